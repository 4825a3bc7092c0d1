/* SPDX-License-Identifier: Apache-2.0
 *
 * log witness serve | add | ask | list
 */
#include "base/digest.h"
#include "base/disk.h"
#include "base/file.h"
#include "cli/net.h"
#include "node/cosign.h"
#include "node/witness.h"
#include "seal/home.h"
#include "seal/statement.h"

/* ── serve ── */

static str own_keys(struct cli *cli, const struct witness_signer *s) {
    struct vkey v;
    if (!vkey_of(cli->arena, s->name, s->use, privkey_public(s->key), &v))
        return S("");
    return arena_printf(cli->arena, "%.*s\n", STR_ARG(vkey_text(cli->arena, &v)));
}

static str conflict_predicate(struct cli *cli, struct arena *a, const struct witness_conflict *x) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "origin", x->origin);
    jw_kstr(&w, "held", x->held);
    jw_kstr(&w, "refused", x->refused);
    jw_kstr(&w, "seenOn", time_rfc3339(a, (int64_t)signing_time(cli->ctx)));
    jw_obj_end(&w);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* What was seen is a fact like others: signed and logged, so that it can be shown to those whom it concerns. */
static void log_conflict(void *of, const struct witness_conflict *x) {
    struct cli *cli = of;
    struct arena *a = arena_new();
    struct err e = {0};
    struct home h = {0};
    struct home_add add = {0};
    struct subject subject = {.name = x->origin};
    *vec_push(a, &subject.digests) = (struct subject_digest){S("sha256"), digest_hex(a, DIGEST_SHA256, x->refused)};
    bool ok = statement_text(cli->ctx, a, str_of(predicate_of_kind(S("witness-conflict"))->type), &subject, 1,
                             conflict_predicate(cli, a, x), &add.payload, &e) &&
              home_open(cli->ctx, a, cli->home, HOME_SIGN, &h, &e) && home_append(&h, a, &add, 1, &e);
    if (!ok)
        cli_loud(cli, &e);
    home_close(&h);
    arena_free(a);
}

static int run_serve(struct cli *cli) {
    struct err e = {0};
    struct privkey *key = NULL;
    struct witness_signer signer;
    struct witness w = {.ctx = cli->ctx, .signers = &signer, .n_signers = 1, .loud = cli_loud, .of = cli};
    if (home_is(cli->home))
        w.conflict = log_conflict;
    bool ok = cli_logs(cli, &w.logs, &w.n_logs, &e) && cli_net_folder(cli, S("witness"), &w.folder, &e) &&
              disk_folder(cli->ctx, arena_cstr(cli->arena, w.folder), 0700, &e) &&
              cli_cosigner(cli, w.folder, &key, &signer, &e) &&
              cli_serve(cli, witness_routes, &w, own_keys(cli, &signer), &e);
    privkey_free(key);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_witness_serve_command = {
    .name = "log witness serve",
    .args = "",
    .summary = N_("witness the logs of others: cosign what continues what was seen, refuse the rest"),
    .text = N_(
        "Speaks C2SP tlog-witness (POST /add-checkpoint). Prints where it listens, and the verifier key that "
        "others need. A checkpoint is cosigned only when it is consistent with the last one seen of that log; "
        "what was seen is on disk before the cosignature leaves. A log that signed two different trees is told "
        "on standard error, and the proof kept in the folder (conflict-*.txt); where there is a home, it is also "
        "logged there, as a statement of kind witness-conflict."),
    .options =
        (const struct option_spec[]){
            OPTION_COSIGNER,
            OPTION_LOGS,
            OPTION_LISTEN,
            {.name = "folder",
             .kind = OPT_TEXT,
             .value = "DIR",
             .help = N_("where it keeps what it saw (default: witness/ in the home)")},
            {0},
        },
    .examples = (const struct example[]){{"akashi log witness serve --name example.jp/witness --log supplier.vkey "
                                          "--listen 127.0.0.1:8080",
                                          N_("behind a web server that does TLS")},
                                         {0}},
    .run = run_serve,
};

/* ── add, ask ── */

/* "example.jp-witness": a name in the policy has no blanks; slashes would read badly. */
static str short_name(struct cli *cli, const struct vkey *v) {
    str given = cli_text(cli, "name");
    char *name = arena_cstr(cli->arena, given.p ? given : v->name);
    for (char *p = name; *p; p++)
        if (*p == '/' || *p == ' ' || *p == '\t')
            *p = '-';
    return str_of(name);
}

static void show_rows_json(struct cli *cli, const struct cosign_list *rows) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < rows->n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "witness", rows->v[i].name);
        jw_kstr(&w, "url", http_shown(cli->arena, rows->v[i].url));
        jw_kbool(&w, "cosigned", rows->v[i].ok);
        if (!rows->v[i].ok)
            jw_kstr(&w, "reason", str_of(rows->v[i].e.what));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    put_json(cli, &b);
}

/* 0 when all cosigned, 1 when one refused, 4 when one could only not be reached. */
static int show_rows(struct cli *cli, const struct cosign_list *rows) {
    int code = 0;
    for (uint32_t i = 0; i < rows->n; i++) {
        const struct cosign_one *r = &rows->v[i];
        if (!r->ok) {
            cli_fail(cli, &r->e);
            code = r->e.kind == ERR_INPUT ? 1 : code ? code : 4;
        } else if (!cli->json)
            fprintf(cli->out, _("%.*s cosigned the checkpoint\n"), STR_ARG(r->name));
    }
    if (cli->json)
        show_rows_json(cli, rows);
    return code;
}

static bool add(struct cli *cli, struct home *h, struct cosign_list *rows, struct err *e) {
    struct vkey witness;
    struct tlog_policy p;
    bool there;
    if (!cli_vkey(cli, cli_text(cli, "vkey"), &witness, e))
        return false;
    str name = short_name(cli, &witness);
    return witnesses_add(cli->ctx, cli->arena, h->path, &h->vkey, &name, &witness, cli->args[0], e) &&
           witnesses_read(cli->ctx, cli->arena, h->path, &there, &p, e) && cosign(h, cli->arena, &p, name, rows, e);
}

static bool ask(struct cli *cli, struct home *h, struct cosign_list *rows, struct err *e) {
    struct tlog_policy p;
    bool there;
    if (!witnesses_read(cli->ctx, cli->arena, h->path, &there, &p, e))
        return false;
    if (!there) {
        err_set(e, ERR_USAGE, h->path, _("no witness is known here"));
        return err_hint(e, "%s", _("`akashi log witness add URL --vkey VKEY` adds one"));
    }
    return cosign(h, cli->arena, &p, (str){NULL, 0}, rows, e);
}

static int with_home(struct cli *cli,
                     bool (*work)(struct cli *cli, struct home *h, struct cosign_list *rows, struct err *e)) {
    struct home h;
    struct err e = {0};
    struct cosign_list rows = {0};
    if (!home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    bool ok = work(cli, &h, &rows, &e);
    home_close(&h);
    cli_warnings(cli);
    return ok ? show_rows(cli, &rows) : cli_fail(cli, &e);
}

static int run_add(struct cli *cli) { return with_home(cli, add); }
static int run_ask(struct cli *cli) { return with_home(cli, ask); }

const struct command log_witness_add_command = {
    .name = "log witness add",
    .args = "URL",
    .summary = N_("have this log witnessed: remember a witness, and ask it at once"),
    .text = N_("Sends the present checkpoint with a proof that it continues what the witness has, and puts its "
               "cosignature into the checkpoint that is served. From now on every append asks it. The witnesses are "
               "kept in HOME/witnesses, a C2SP tlog-policy file that can be edited, and given to those who check."),
    .options =
        (const struct option_spec[]){
            {.name = "vkey", .kind = OPT_TEXT, .value = "VKEY", .help = N_("the witness's verifier key, or its file")},
            {.name = "name", .kind = OPT_TEXT, .value = "NAME", .help = N_("what to call it here")},
            {0},
        },
    .examples = (const struct example[]){{"akashi log witness add https://witness.example.jp --vkey witness.vkey",
                                          N_("from now on they see each growth of the log")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_add,
};

const struct command log_witness_ask_command = {
    .name = "log witness ask",
    .args = "",
    .summary = N_("ask the witnesses to cosign the present checkpoint"),
    .examples = (const struct example[]){{"akashi log witness ask", N_("after a time without network")}, {0}},
    .run = run_ask,
};

/* ── list ── */

/* When it cosigned the present checkpoint; 0: it did not. */
static str time_or_dash(struct cli *cli, uint64_t t) { return t ? time_rfc3339(cli->arena, (int64_t)t) : S("-"); }

static void list_table(struct cli *cli, const struct tlog_policy *p, const struct tlog_policy_verdict *v) {
    static const struct column columns[] = {{.head = N_("witness")},
                                            {.head = N_("key"), .shrink = true},
                                            {.head = N_("address"), .shrink = true},
                                            {.head = N_("cosigned")}};
    struct table *t = table_new(cli->arena, columns, 4);
    for (uint32_t i = 0; i < p->names.n; i++) {
        const struct tlog_policy_name *w = &p->names.v[i];
        uint64_t at = witness_cosigned(v, w);
        if (w->group)
            continue;
        table_row(t);
        table_cell(t, w->name, CELL_PLAIN);
        table_cell(t, w->key.name, CELL_PLAIN);
        table_cell(t, w->url.n ? http_shown(cli->arena, w->url) : S("-"), CELL_PLAIN);
        table_cell(t, time_or_dash(cli, at), at ? CELL_GREEN : CELL_YELLOW);
    }
    table_print(t, cli);
}

static void list_json(struct cli *cli, const struct tlog_policy *p, const struct tlog_policy_verdict *v) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    witnesses_json(cli->arena, &w, p, v);
    put_json(cli, &b);
}

static bool list(struct cli *cli, struct home *h, struct err *e) {
    struct tlog_policy p;
    struct tlog_policy_verdict v;
    if (!witnesses_judge(h, cli->arena, &p, &v, e))
        return false;
    if (cli->json)
        list_json(cli, &p, &v);
    else
        list_table(cli, &p, &v);
    return true;
}

static int run_list(struct cli *cli) {
    struct home h;
    struct err e = {0};
    if (!home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    bool ok = list(cli, &h, &e);
    home_close(&h);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_witness_list_command = {
    .name = "log witness list",
    .args = "",
    .summary = N_("the witnesses of this log, and which of them cosigned the present checkpoint"),
    .examples = (const struct example[]){{"akashi log witness list", N_("who has seen the log as it is now")}, {0}},
    .run = run_list,
};
