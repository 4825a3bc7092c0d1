/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/home.h"
#include "cli/net.h"
#include "seal/bundle.h"
#include "seal/statement.h"

struct appending {
    struct cli *cli;
    struct home home;
    VEC(struct home_add) adds;
    VEC(str) wheres;
};

/* ── who signed it ── */

static const struct known_key *good_signer(struct appending *k, const struct dsse *d, enum key_verdict *worst) {
    const struct keyring *ring = k->home.keys;
    *worst = KEY_UNKNOWN;
    for (uint32_t i = 0; i < ring->keys.n; i++) {
        const struct known_key *known = &ring->keys.v[i];
        if (dsse_verify(k->cli->arena, d, &known->key, 1, NULL) != 1)
            continue;
        *worst = keyring_judge(ring, known->id, k->cli->ctx->now);
        if (*worst == KEY_GOOD)
            return known;
    }
    return NULL;
}

static bool refuse(struct appending *k, const struct bundled *b, enum key_verdict verdict, struct err *e) {
    switch (verdict) {
    case KEY_ROTATED: return err_set(e, ERR_INPUT, b->where, "%s", _("signed by a key that another has replaced"));
    case KEY_REVOKED: return err_set(e, ERR_INPUT, b->where, "%s", _("signed by a key that was revoked"));
    case KEY_TOO_EARLY: return err_set(e, ERR_INPUT, b->where, "%s", _("signed by a key that is not good yet"));
    case KEY_GOOD:
    case KEY_UNKNOWN: break;
    }
    if (!b->envelope.signatures.n)
        return err_set(e, ERR_INPUT, b->where, "%s", _("this envelope has no signature"));
    str id = b->envelope.signatures.v[0].keyid;
    unsigned char named[32];
    const struct known_key *known = hex_bytes(id, named, 32) ? keyring_find(k->home.keys, named) : NULL;
    if (known)
        return err_set(e, ERR_INPUT, b->where,
                       _("the signature of %.*s does not fit: it was changed after it was signed"),
                       STR_ARG(known->name.n ? known->name : id));
    if (id.n)
        err_set(e, ERR_INPUT, b->where, _("no key you trust signed this; it names the key %.*s"), STR_ARG(id));
    else
        err_set(e, ERR_INPUT, b->where, "%s", _("no key you trust signed this; it does not say which key did"));
    return err_hint(e, "%s", _("`akashi key trust` adds the signer's public key, once you are sure whose it is"));
}

static bool take(struct appending *k, const struct bundled *b, struct err *e) {
    struct statement s;
    enum key_verdict verdict;
    if (!str_is(b->envelope.payload_type, DSSE_IN_TOTO))
        return err_set(e, ERR_INPUT, b->where, _("the payload is no in-toto statement: %.*s"),
                       STR_ARG(b->envelope.payload_type));
    const struct known_key *signer = good_signer(k, &b->envelope, &verdict);
    if (!signer)
        return refuse(k, b, verdict, e);
    if (!statement_parse(k->cli->ctx, k->cli->arena, b->envelope.payload, b->where, &s, e))
        return false;
    struct home_add *add = vec_push(k->cli->arena, &k->adds);
    *add = (struct home_add){.envelope = b->text};
    memcpy(add->key, signer->id, 32);
    *vec_push(k->cli->arena, &k->wheres) = b->where;
    return true;
}

static bool read_all(struct appending *k, struct err *e) {
    struct cli *cli = k->cli;
    for (uint32_t i = 0; i < cli->n_args; i++) {
        struct bundle b;
        str text;
        if (!file_read_plain(cli->ctx, cli->arena, cli->args[i], &text, e) ||
            !bundle_read_any(cli->ctx, cli->arena, text, cli->args[i], &b, e))
            return false;
        if (!b.statements.n)
            ctx_warn(cli->ctx, cli->args[i], "%s", _("this bundle is empty"));
        for (uint32_t n = 0; n < b.statements.n; n++)
            if (!take(k, &b.statements.v[n], e))
                return false;
    }
    return true;
}

/* ── the answer ── */

static void say_json(struct appending *k, str note) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_karr(&w, "entries");
    for (uint32_t i = 0; i < k->adds.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "from", k->wheres.v[i]);
        jw_kint(&w, "index", (int64_t)k->adds.v[i].added.index);
        jw_kstr(&w, "kind", k->adds.v[i].kind);
        jw_kbool(&w, "wasThere", k->adds.v[i].added.was_there);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_kstr(&w, "checkpoint", note);
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

static void say_text(struct appending *k) {
    for (uint32_t i = 0; i < k->adds.n; i++) {
        const struct home_add *add = &k->adds.v[i];
        fprintf(
            k->cli->out, add->added.was_there ? _("%llu  %.*s by %.*s: already there\n") : _("%llu  %.*s by %.*s\n"),
            (unsigned long long)add->added.index, STR_ARG(add->kind), STR_ARG(key_owner(k->cli, &k->home, add->key)));
    }
}

static int run_append(struct cli *cli) {
    struct err e = {0};
    struct appending k = {.cli = cli};
    struct checkpoint now;
    str note;
    bool ok = home_open(cli->ctx, cli->arena, cli->home, HOME_SIGN, &k.home, &e) && read_all(&k, &e) &&
              (!k.adds.n || home_append(&k.home, cli->arena, k.adds.v, k.adds.n, &e)) &&
              log_checkpoint(k.home.log, cli->arena, &now, &note, &e);
    if (ok && cli->json)
        say_json(&k, note);
    else if (ok)
        say_text(&k);
    if (ok)
        cli_cosign(cli, &k.home);
    home_close(&k.home);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_append_command = {
    .name = "log append",
    .args = "BUNDLE…",
    .summary = N_("take in statements made elsewhere, once their signatures are checked"),
    .text = N_(
        "Takes DSSE envelopes, lines of them (.intoto.jsonl), bundles of akashi release, and Sigstore bundles. Each "
        "must be signed by a key you trust that is good now; else nothing of all the files is taken. What is in "
        "the log already is not added again."),
    .examples =
        (const struct example[]){
            {"akashi log append supplier/thing-1.2.akashi.json", N_("what a supplier delivered")},
            {"akashi log append build.intoto.jsonl", N_("provenance from a build system")},
            {0},
        },
    .min_args = 1,
    .max_args = -1,
    .run = run_append,
};
