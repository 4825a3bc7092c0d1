/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi verify: what holds, what does not, what was not checked.
 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/trust.h"

/* ── the answer ── */

static void show(struct cli *cli, const struct verdict *v) {
    cli_checklist(cli, v);
    if (v->failing)
        fprintf(cli->out, msg_n("NOT verified: %u check fails\n", "NOT verified: %u checks fail\n", v->failing),
                v->failing);
    else
        fprintf(cli->out,
                msg_n("Verified: everything checked holds; %u thing was not checked\n",
                      "Verified: everything checked holds; %u things were not checked\n", v->unchecked),
                v->unchecked);
}

static void json_statements(struct jw *w, struct cli *cli, const struct verdict *v) {
    jw_karr(w, "statements");
    for (uint32_t i = 0; i < v->statements.n; i++) {
        const struct verified *s = &v->statements.v[i];
        jw_obj(w);
        jw_kstr(w, "kind", s->kind);
        jw_kstr(w, "predicateType", s->statement.type);
        jw_kbool(w, "trusted", s->trusted);
        jw_kbool(w, "understood", s->understood);
        jw_karr(w, "signers");
        for (uint32_t k = 0; k < s->signers.n; k++)
            jw_str(w, s->signers.v[k]);
        jw_arr_end(w);
        if (s->logged) {
            jw_kint(w, "index", (int64_t)s->index);
            jw_kstr(w, "logged", time_rfc3339(cli->arena, s->time));
        }
        jw_kobj(w, "digest");
        jw_kstr(w, "sha256", s->sha256);
        jw_obj_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void show_json(struct cli *cli, const struct verdict *v) {
    static const char *const states[] = {"holds", "fails", "not-checked"};
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "thing", v->thing);
    jw_kstr(&w, "kind", str_of(v->kind));
    jw_kbool(&w, "verified", v->failing == 0);
    jw_kstr(&w, "product", v->product);
    jw_kstr(&w, "version", v->version);
    jw_kstr(&w, "party", v->party);
    jw_kstr(&w, "sha256", v->sha256);
    jw_karr(&w, "checks");
    for (uint32_t i = 0; i < v->lines.n; i++) {
        const struct verify_line *l = &v->lines.v[i];
        jw_obj(&w);
        jw_kstr(&w, "check", str_of(l->id));
        jw_kstr(&w, "verdict", str_of(states[l->state]));
        jw_kstr(&w, "about", l->about);
        jw_kstr(&w, "what", l->what);
        jw_kstr(&w, "hint", l->hint);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    json_statements(&w, cli, v);
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

/* ── a summary for others ── */

/* By the home's key, unless --unsigned or without a home. */
static bool sign_vsa(struct cli_trust *j, str payload, str *text, struct err *e) {
    struct cli *cli = j->cli;
    struct home home;
    if (!j->has_home || cli_flag(cli, "unsigned")) {
        if (!cli_flag(cli, "unsigned"))
            ctx_warn(cli->ctx, cli_text(cli, "vsa"), _("the summary is not signed: there is no home with a key"));
        *text = payload;
        return true;
    }
    if (!home_open(cli->ctx, cli->arena, cli->home, HOME_SIGN, &home, e))
        return false;
    bool ok = statement_sign(cli->ctx, cli->arena, payload, home.key, text, e);
    home_close(&home);
    return ok;
}

/* The verdict as a VSA statement: in an envelope, or bare when it is not signed. */
static bool write_vsa(struct cli_trust *j, const struct verdict *v, struct err *e) {
    struct cli *cli = j->cli;
    str path = cli_text(cli, "vsa"), payload;
    if (!path.p)
        return true;
    if (!j->options.policy)
        return err_set(e, ERR_USAGE, path, _("a verification summary needs a --policy to have verified against"));
    struct subject subject = {.name = path_base(v->thing)};
    str sha256 = v->sha256;
    if (!sha256.n)
        for (uint32_t i = 0; i < v->statements.n && !sha256.n; i++)
            if (str_is(v->statements.v[i].kind, "release-manifest"))
                sha256 = v->statements.v[i].sha256;
    if (!sha256.n)
        return err_set(e, ERR_INPUT, v->thing, _("there is nothing a summary could be about"));
    *vec_push(cli->arena, &subject.digests) = (struct subject_digest){S("sha256"), sha256};
    return statement_text(cli->ctx, cli->arena, S("https://slsa.dev/verification_summary/v1"), &subject, 1,
                          vsa_predicate(cli->ctx, cli->arena, v, &j->policy), &payload, e) &&
           sign_vsa(j, payload, &payload, e) && file_replace(path, arena_cat(cli->arena, payload, S("\n")), e);
}

static int run_verify(struct cli *cli) {
    struct cli_trust t;
    struct verdict v = {0};
    struct err e = {0};
    if (!cli_trust_open(cli, cli_text(cli, "policy"), &t, &e))
        return cli_fail(cli, &e);
    t.options.bundle = cli_text(cli, "bundle");
    bool ok = verify_thing(cli->ctx, cli->arena, cli->args[0], &t.options, &v, &e) && write_vsa(&t, &v, &e);
    if (ok && cli->json)
        show_json(cli, &v);
    else if (ok)
        show(cli, &v);
    cli_trust_close(&t);
    cli_warnings(cli);
    return ok ? v.failing > 0 : cli_fail(cli, &e);
}

const struct command verify_command = {
    .name = "verify",
    .args = "FILE|DIR|BUNDLE|DIGEST|…",
    .summary = N_("say what holds about a file, release, bundle, envelope, proof, log or archive, and why"),
    .text = N_(
        "A file is looked up in the bundle that lies beside it (NAME.akashi.json) or is given with --bundle: is it "
        "part of a release, signed by whom, logged where, and are all statements signed with the same key? A "
        "folder with a bundle is compared file by file. A served log (checkpoint and tiles) is hashed again "
        "from its first entry; a home is checked down to its last body.\n\nTrust begins at the keys given with "
        "--key, named by the policy, or known to the home. Neither a home nor a network is needed. Exit 1 when "
        "anything fails."),
    .options =
        (const struct option_spec[]){
            OPTION_KEY,
            {.name = "bundle", .kind = OPT_TEXT, .value = "FILE", .help = N_("the statements about it")},
            {.name = "policy",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("what must have been said, by whom, with which result (TOML)")},
            OPTION_LOG_POLICY,
            {.name = "vsa",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_(
                 "write the verdict as a verification summary statement (SLSA VSA), signed with the home's key")},
            {.name = "unsigned", .kind = OPT_FLAG, .help = N_("leave the summary unsigned")},
            OPTION_NO_HOME,
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi verify thing.tar.gz --key supplier.pem", N_("is this the file the supplier released?")},
            {"akashi verify dist/ --key supplier.pem --policy intake.toml --vsa verdict.json",
             N_("a whole release against one's own demands")},
            {"akashi verify mirror/log --log-policy logs.policy", N_("has anybody tampered with this log?")},
            {0},
        },
    .min_args = 1,
    .max_args = 1,
    .run = run_verify,
};
