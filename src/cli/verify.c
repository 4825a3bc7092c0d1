/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi verify: what holds, what does not, what was not checked.
 */
#include "release/verify.h"

#include "base/digest.h"
#include "base/file.h"
#include "cli/cli.h"
#include "seal/keytext.h"

struct job {
    struct cli *cli;
    struct verify_options options;
    struct verify_policy policy;
    struct tlog_policy log_policy;
    struct home home;
    bool has_home;
};

/* ── what is trusted ── */

/* "supplier.pub" → "supplier": what a policy calls the signer. */
static str name_of_key_file(str path) {
    str base = path_base(path), stem, end;
    return str_rcut(base, '.', &stem, &end) && stem.n ? stem : base;
}

static bool trust(struct job *j, str given, struct err *e) {
    struct trusted_key *k = vec_push(j->cli->arena, &j->options.keys);
    struct key_text text;
    if (!keytext_given(j->cli->ctx, j->cli->arena, given, &text, e))
        return false;
    *k = (struct trusted_key){.key = text.key,
                              .name = path_exists(given) || !text.name.p ? name_of_key_file(given) : text.name};
    pubkey_id(&k->key, k->id);
    return true;
}

static bool trust_all(struct job *j, struct err *e) {
    uint32_t n;
    const str *given = cli_texts(j->cli, "key", &n);
    for (uint32_t i = 0; i < n; i++)
        if (!trust(j, given[i], e))
            return false;
    for (uint32_t i = 0; i < j->policy.keys.n; i++)
        if (!trust(j, j->policy.keys.v[i], e))
            return false;
    return true;
}

/* A home that is there is asked, unless --no-home: its keys, and the keys it trusts. */
static bool open_home(struct job *j, struct err *e) {
    struct cli *cli = j->cli;
    if (cli_flag(cli, "no-home") || !path_exists(path_join(cli->arena, cli->home, S("log/checkpoint"))))
        return true;
    j->has_home = home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &j->home, e);
    j->options.home = &j->home;
    return j->has_home;
}

static bool read_policies(struct job *j, struct err *e) {
    struct cli *cli = j->cli;
    str policy = cli_text(cli, "policy"), log = cli_text(cli, "log-policy");
    if (policy.p) {
        if (!verify_policy_read(cli->ctx, cli->arena, policy, &j->policy, e))
            return false;
        j->options.policy = &j->policy;
    }
    if (!log.p)
        log = j->policy.log;
    if (!log.p)
        return true;
    j->options.log_policy = &j->log_policy;
    return tlog_policy_read(cli->ctx, cli->arena, log, &j->log_policy, e);
}

/* ── the answer ── */

static const char *state_word(enum holds s) {
    static const char *const words[] = {N_("holds"), N_("FAILS"), N_("not checked")};
    return _(words[s]);
}

/* Lines that say the same of several statements are one: "sbom, provenance, release: signed by …". */
struct shown {
    const struct verify_line *line;
    struct buf about;
};
VEC_NAMED(shown_lines, struct shown);

static void group_lines(struct arena *a, const struct verdict *v, struct shown_lines *out) {
    struct map known;
    map_init(&known, a);
    for (uint32_t i = 0; i < v->lines.n; i++) {
        const struct verify_line *l = &v->lines.v[i];
        bool fresh = false;
        str key = arena_printf(a, "%d %s %.*s", (int)l->state, l->id, STR_ARG(l->what));
        struct map_entry *known_as = map_put(&known, key, &fresh);
        if (fresh) {
            *vec_push(a, out) = (struct shown){.line = l};
            known_as->value = (void *)(uintptr_t)out->n; /* its number + 1: the lines move while they grow */
        }
        struct buf *about = &out->v[(uintptr_t)known_as->value - 1].about;
        if (about->n)
            buf_addz(about, ", ");
        buf_add(about, l->about);
    }
}

static void show_lines(struct cli *cli, const struct verdict *v) {
    static const struct column columns[] = {{.head = N_("verdict")},
                                            {.head = N_("check")},
                                            {.head = N_("about"), .wrap = true},
                                            {.head = N_("what"), .wrap = true}};
    static const enum cell_style styles[] = {CELL_GREEN, CELL_RED, CELL_YELLOW};
    struct table *t = table_new(cli->arena, columns, 4);
    struct shown_lines lines = {0};
    group_lines(cli->arena, v, &lines);
    for (uint32_t i = 0; i < lines.n; i++) {
        const struct verify_line *l = lines.v[i].line;
        table_row(t);
        table_cell(t, str_of(state_word(l->state)), styles[l->state]);
        table_cell(t, str_of(l->id), CELL_PLAIN);
        table_cell(t, arena_str(cli->arena, buf_str(&lines.v[i].about)), CELL_PLAIN);
        table_cell(t, l->what, CELL_PLAIN);
        buf_free(&lines.v[i].about);
    }
    table_print(t, cli);
}

/* Each hint once: ten statements by one unknown key need one remedy. */
static void show_hints(struct cli *cli, const struct verdict *v) {
    struct map said;
    map_init(&said, cli->arena);
    for (uint32_t i = 0; i < v->lines.n; i++) {
        bool fresh = false;
        if (v->lines.v[i].hint.n)
            map_put(&said, v->lines.v[i].hint, &fresh);
        if (fresh)
            fprintf(cli->out, "  → %.*s\n", STR_ARG(v->lines.v[i].hint));
    }
}

static void show(struct cli *cli, const struct verdict *v) {
    show_lines(cli, v);
    fputc('\n', cli->out);
    show_hints(cli, v);
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
static bool sign_vsa(struct job *j, str payload, str *text, struct err *e) {
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
static bool write_vsa(struct job *j, const struct verdict *v, struct err *e) {
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
    struct job j = {.cli = cli, .options = {.as_of = UINT64_MAX, .bundle = cli_text(cli, "bundle")}};
    struct verdict v = {0};
    struct err e = {0};
    bool ok = read_policies(&j, &e) && trust_all(&j, &e) && open_home(&j, &e) &&
              verify_thing(cli->ctx, cli->arena, cli->args[0], &j.options, &v, &e) && write_vsa(&j, &v, &e);
    if (ok && cli->json)
        show_json(cli, &v);
    else if (ok)
        show(cli, &v);
    if (j.has_home)
        home_close(&j.home);
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
            {.name = "key",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("public key of a signer: PEM, vkey, minisign, signify or SSH; may be repeated")},
            {.name = "bundle", .kind = OPT_TEXT, .value = "FILE", .help = N_("the statements about it")},
            {.name = "policy",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("what must have been said, by whom, with which result (TOML)")},
            {.name = "log-policy",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("which logs and how many witnesses count (C2SP tlog-policy)")},
            {.name = "vsa",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_(
                 "write the verdict as a verification summary statement (SLSA VSA), signed with the home's key")},
            {.name = "unsigned", .kind = OPT_FLAG, .help = N_("leave the summary unsigned")},
            {.name = "no-home", .kind = OPT_FLAG, .help = N_("do not ask the home, even if there is one")},
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
