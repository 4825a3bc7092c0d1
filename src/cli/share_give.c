/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "cli/portfolio.h"
#include "conform/attest.h"
#include "conform/disclose.h"
#include "seal/home_bundle.h"

struct giving {
    struct cli *cli;
    struct cli_portfolio h;
    struct disclosed said;
    bool wanted[4];
    struct giveables all; /* those that are given */
    uint32_t count[4];
    str folder, file;
    uint64_t index;
    bool was_there;
};

static bool take_release(struct giving *g, struct err *e) {
    str text = g->cli->args[0];
    if (str_rcut(text, '@', &g->said.product, &g->said.version) && g->said.product.n && g->said.version.n)
        return true;
    err_set(e, ERR_USAGE, text, "%s", _("this names no release"));
    return err_hint(e, "%s", _("write it like thing@1.2.0"));
}

static bool take_receivers(struct giving *g, struct err *e) {
    uint32_t n;
    const str *ids = cli_texts(g->cli, "to", &n);
    for (uint32_t i = 0; i < n; i++) {
        int64_t number;
        bool found;
        if (!thing_find(g->h.p, THING_PARTY, ids[i], &found, &number, e))
            return false;
        if (!found) {
            err_set(e, ERR_USAGE, ids[i], "%s", _("nobody has told of this party"));
            return err_hint(e, "%s", _("see: akashi party list"));
        }
        *vec_push(g->cli->arena, &g->said.to) = ids[i];
    }
    return n || err_set(e, ERR_USAGE, S("--to"), "%s", _("say to whom it is given: --to PARTY"));
}

static bool take_what(struct giving *g, struct err *e) {
    str list = cli_text(g->cli, "what"), one;
    for (int k = 0; k < 4; k++)
        g->wanted[k] = !list.p;
    while (list.p && str_next(&list, ',', &one)) {
        int k = 0;
        while (k < 4 && !str_is(str_trim(one), disclosed_kinds[k]))
            k++;
        if (k == 4) {
            err_set(e, ERR_USAGE, one, "%s", _("nothing is called so here"));
            return err_hint(e, "%s", _("one of: sbom, provenance, vex, hardening; commas between several"));
        }
        g->wanted[k] = true;
    }
    return true;
}

/* What was asked for by name must be there. */
static bool choose(struct giving *g, struct err *e) {
    struct giveables found;
    if (!disclosable(g->h.p, g->cli->arena, g->said.product, g->said.version, &found, e))
        return false;
    for (uint32_t i = 0; i < found.n; i++) {
        const struct giveable *x = &found.v[i];
        if (x->what >= 0 && !g->wanted[x->what])
            continue;
        *vec_push(g->cli->arena, &g->all) = *x;
        *vec_push(g->cli->arena, &g->said.envelopes) = x->sha256;
        if (x->what >= 0)
            g->count[x->what]++;
    }
    for (int k = 0; k < 4; k++) {
        if (g->count[k])
            *vec_push(g->cli->arena, &g->said.what) = str_of(disclosed_kinds[k]);
        else if (g->wanted[k] && cli_text(g->cli, "what").p)
            return err_set(e, ERR_INPUT, g->cli->args[0], _("there is nothing of this kind about it: %s"),
                           disclosed_kinds[k]);
    }
    return g->said.what.n ||
           err_set(e, ERR_INPUT, g->cli->args[0], "%s", _("there is nothing about this release that could be given"));
}

/* ── files ── */

static bool write_document(struct giving *g, const struct giveable *x, struct err *e) {
    struct arena *a = arena_new();
    struct body_name name;
    str text;
    memcpy(name.b, x->body, 32);
    str path = path_join(a, g->folder, arena_printf(a, "sbom-%.*s", 16, hex_text(a, x->body, 32).p));
    bool ok = archive_get(g->h.home.archive, a, &name, &text, e) && file_replace(path, text, e);
    arena_free(a);
    return ok;
}

static bool write_all(struct giving *g, struct err *e) {
    struct arena *a = g->cli->arena;
    struct bundle b = {0};
    str out = cli_text(g->cli, "out");
    uint64_t *indices = arena_array(a, uint64_t, g->all.n + 1);
    for (uint32_t i = 0; i < g->all.n; i++)
        indices[i] = g->all.v[i].index;
    g->folder = out.n ? out : S(".");
    if (!home_bundle(&g->h.home, a, indices, g->all.n, &b, e) || !folder_make(g->folder, 0777, e))
        return false;
    str name = arena_printf(a, "%.*s-%.*s.akashi.json", STR_ARG(g->said.product), STR_ARG(g->said.version));
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/')
            ((char *)(uintptr_t)name.p)[i] = '_';
    g->file = path_join(a, g->folder, name);
    for (uint32_t i = 0; i < g->all.n; i++)
        if (g->all.v[i].document && !write_document(g, &g->all.v[i], e))
            return false;
    return file_replace(g->file, bundle_text(a, &b), e);
}

static bool state(struct giving *g, struct err *e) {
    struct portfolio_add add = {0};
    if (!disclosure_payload(g->cli->ctx, g->cli->arena, &g->said, &add.payload, e) ||
        !portfolio_append(g->h.p, g->cli->arena, &add, 1, e))
        return false;
    g->index = add.index;
    g->was_there = add.was_there;
    return true;
}

/* ── the answer ── */

static void show(struct giving *g) {
    struct buf b = {0};
    for (int k = 0; k < 4; k++)
        if (g->count[k])
            buf_addf(&b, "%s%s", b.n ? ", " : "", disclosed_kinds[k]);
    fprintf(g->cli->out, _("%.*s: %.*s\nlogged, entry %llu\n"), STR_ARG(g->file), STR_ARG(buf_str(&b)),
            (unsigned long long)g->index);
    buf_free(&b);
}

static void show_json(struct giving *g) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "file", g->file);
    jw_kint(&w, "entry", (int64_t)g->index);
    jw_karr(&w, "what");
    for (uint32_t i = 0; i < g->said.what.n; i++)
        jw_str(&w, g->said.what.v[i]);
    jw_arr_end(&w);
    jw_kint(&w, "statements", g->all.n);
    jw_obj_end(&w);
    put_json(g->cli, &b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct giving g = {.cli = cli, .said = {.text = cli_text(cli, "text")}};
    if (!cli_portfolio_open(cli, HOME_SIGN, &g.h, &e))
        return cli_fail(cli, &e);
    bool ok = take_release(&g, &e) && take_receivers(&g, &e) && take_what(&g, &e) && choose(&g, &e) &&
              write_all(&g, &e) && state(&g, &e);
    if (ok && cli->json)
        show_json(&g);
    else if (ok)
        show(&g);
    cli_portfolio_close(&g.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command share_give_command = {
    .name = "share give",
    .args = "PRODUCT@VERSION",
    .summary = N_("hand over what is known of a release, with proofs, and log to whom"),
    .text = N_(
        "Writes one file that `akashi verify` checks without a home or a network: the statements about the release "
        "with the proofs that they are in the log, and beside it SBOM documents that came as files. That it was "
        "given, what and to whom, is logged: rules about informing customers count it."),
    .options =
        (const struct option_spec[]){
            {.name = "to", .kind = OPT_TEXT, .many = true, .value = "PARTY", .help = N_("who is given it")},
            {.name = "what",
             .kind = OPT_TEXT,
             .value = "LIST",
             .help = N_("of sbom, provenance, vex, hardening (default: all there is)")},
            {.name = "out",
             .kind = OPT_TEXT,
             .value = "DIR",
             .help = N_("where the files are written (default: here)")},
            {.name = "text",
             .kind = OPT_TEXT,
             .value = "TEXT",
             .help = N_("a note: by which way, under which contract")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi share give thing@1.2.0 --to hospital-a --out outbox",
                                          N_("all that a customer may ask for")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
