/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/tree.h"
#include "cli/impact_scope.h"
#include "impact/licences.h"

struct answering {
    struct looking_at at;
    VEC(str) deny;
    struct licence_uses uses;
    uint64_t denied;
};

/* --deny, and [policy] deny-licences of akashi.toml. */
static bool read_policy(struct answering *k, struct err *e) {
    struct cli *cli = k->at.cli;
    str given = cli_text(cli, "deny"), one, text;
    str file = path_join(cli->arena, cli->home, S("akashi.toml"));
    struct json doc;
    while (str_next(&given, ',', &one))
        if (str_trim(one).n)
            *vec_push(cli->arena, &k->deny) = str_trim(one);
    if (!path_exists(file))
        return true;
    if (!file_read(cli->ctx, cli->arena, file, &text, e) || !toml_parse(cli->ctx, cli->arena, text, file, &doc, e))
        return false;
    struct jv list = j_get2(doc.root, "policy", "deny-licences");
    if (j_ok(list) && !j_is_arr(list))
        return err_set(e, ERR_INPUT, json_place(&doc, list, cli->arena), "%s", _("must be a list of SPDX ids"));
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (j_str(it.val).n)
            *vec_push(cli->arena, &k->deny) = j_str(it.val);
    return true;
}

static bool names_of(struct answering *k, const component_id *ids, uint32_t n, uint32_t most,
                     struct component_rows *out, struct err *e) {
    for (uint32_t i = 0; i < n && i < most; i++)
        if (!contents_component_row(k->at.views.p->contents, k->at.cli->arena, ids[i], vec_push(k->at.cli->arena, out),
                                    e))
            return false;
    return true;
}

enum { SOME = 3 };
static bool show_text(struct answering *k, uint64_t from, uint64_t until, struct err *e) {
    static const struct column columns[] = {{.head = N_("licence"), .wrap = true},
                                            {.head = N_("releases"), .right = true},
                                            {.head = N_("components"), .right = true},
                                            {.head = N_("such as"), .wrap = true, .spare = true}};
    struct cli *cli = k->at.cli;
    struct table *t = table_new(cli->arena, columns, 4);
    for (uint64_t i = from; i < until; i++) {
        const struct licence_use *x = &k->uses.v[i];
        struct component_rows some = {0};
        str names = S("");
        if (!names_of(k, x->components.v, x->components.n, SOME, &some, e))
            return false;
        for (uint32_t n = 0; n < some.n; n++)
            names = arena_printf(cli->arena, "%.*s%s%.*s", STR_ARG(names), n ? ", " : "", STR_ARG(some.v[n].purl));
        str shown = !x->text.n  ? str_of(_("(none stated)"))
                    : x->denied ? arena_printf(cli->arena, _("%.*s (denied)"), STR_ARG(x->text))
                    : x->odd    ? arena_printf(cli->arena, _("%.*s (no SPDX expression)"), STR_ARG(x->text))
                                : x->text;
        table_row(t);
        table_cell(t, shown, x->denied ? CELL_RED : x->text.n ? CELL_BOLD : CELL_YELLOW);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)x->releases), CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%u", x->components.n), CELL_PLAIN);
        table_cell(t, names, CELL_PLAIN);
    }
    if (until > from)
        table_print(t, cli);
    else
        fprintf(cli->out, "%s\n", _("no component states it"));
    look_more(&k->at, k->uses.n, until);
    return true;
}

static bool show_json(struct answering *k, uint64_t from, uint64_t until, bool components, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    bool ok = true;
    jw_obj(&w);
    look_json(&k->at, &w, k->uses.n);
    jw_kint(&w, "denied", (int64_t)k->denied);
    jw_karr(&w, "licences");
    for (uint64_t i = from; ok && i < until; i++) {
        const struct licence_use *x = &k->uses.v[i];
        struct component_rows rows = {0};
        jw_obj(&w);
        jw_kstr(&w, "licence", x->text);
        jw_kbool(&w, "denied", x->denied);
        jw_kbool(&w, "spdx", x->text.n && !x->odd);
        jw_kint(&w, "releases", (int64_t)x->releases);
        jw_kint(&w, "components", x->components.n);
        ok = !components || names_of(k, x->components.v, x->components.n, UINT32_MAX, &rows, e);
        if (components)
            jw_karr(&w, "purls");
        for (uint32_t n = 0; ok && n < rows.n; n++)
            jw_str(&w, rows.v[n].purl);
        if (components)
            jw_arr_end(&w);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    if (ok)
        put_json(k->at.cli, &b);
    else
        buf_free(&b);
    return ok;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct answering k = {.at.cli = cli};
    str named = cli->n_args ? cli->args[0] : (str){NULL, 0};
    uint64_t from, until;
    bool ok = read_policy(&k, &e) && look_open(&k.at, cli, &e) &&
              licences_find(k.at.views.p, cli->arena, &k.at.scope, named, k.deny.v, k.deny.n, &k.uses, &e);
    if (ok) {
        until = look_page(&k.at, k.uses.n, &from);
        for (uint32_t i = 0; i < k.uses.n; i++)
            k.denied += k.uses.v[i].denied;
        ok = cli->json ? show_json(&k, from, until, named.p != NULL, &e) : show_text(&k, from, until, &e);
    }
    look_close(&k.at);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : k.denied ? 1 : 0;
}

const struct command impact_licence_command = {
    .name = "impact licence",
    .args = "[EXPRESSION]",
    .summary = N_("which licences releases carry, and which of them are denied"),
    .text = N_(
        "With an EXPRESSION or an SPDX id, only what states it, alone or within an expression. Denied is what no "
        "choice makes usable without a licence of --deny or of deny-licences in [policy] of akashi.toml; exit "
        "1 when there is any."),
    .options =
        (const struct option_spec[]){
            {.name = "deny", .kind = OPT_TEXT, .value = "ID,…", .help = N_("SPDX ids that must not be used")},
            OPTIONS_SCOPE,
            {0}},
    .examples =
        (const struct example[]){
            {"akashi impact licence --deny AGPL-3.0-only,AGPL-3.0-or-later", N_("what may not be shipped")},
            {"akashi impact licence GPL-3.0-only --json", N_("every component that states it")},
            {0},
        },
    .max_args = 1,
    .run = run,
};
