/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/net.h"

#include <time.h>

#include "base/disk.h"
#include "base/file.h"
#include "cli/following.h"
#include "node/cosign.h"
#include "node/system.h"
#include "seal/keyfile.h"

bool cli_vkey(struct cli *cli, str given, struct vkey *out, struct err *e) {
    str text = given;
    if (!str_trim(given).n)
        return err_set(e, ERR_USAGE, S(""), _("a verifier key is missing (NAME+KEYID+KEY, or a file that holds it)"));
    if (str_chr(given, '+') == STR_NONE && !file_read(cli->ctx, cli->arena, given, &text, e))
        return false;
    return vkey_parse(cli->arena, str_trim(text), given, out, e);
}

bool cli_logs(struct cli *cli, const struct vkey **out, uint32_t *n, struct err *e) {
    VEC(struct vkey) list = {0};
    struct tlog_policy p = {.quorum_none = true};
    uint32_t given;
    const str *texts = cli_texts(cli, "log", &given);
    str policy = cli_text(cli, "policy");
    for (uint32_t i = 0; i < given; i++)
        if (!cli_vkey(cli, texts[i], vec_push(cli->arena, &list), e))
            return false;
    if (policy.p && !tlog_policy_read(cli->ctx, cli->arena, policy, &p, e))
        return false;
    for (uint32_t i = 0; i < p.logs.n; i++)
        *vec_push(cli->arena, &list) = p.logs.v[i].key;
    *out = list.v;
    *n = list.n;
    if (list.n)
        return true;
    err_set(e, ERR_USAGE, S(""), _("which logs? none is named"));
    return err_hint(e, "%s", _("--log VKEY names one; `akashi key export --format vkey` of its owner prints it"));
}

/* A key of its own, unsealed: a witness starts alone, and its key signs nothing else. */
static bool make_key(struct cli *cli, str path, struct err *e) {
    struct privkey *key = NULL;
    if (!disk_folder(cli->ctx, arena_cstr(cli->arena, path_dir(path)), 0700, e) || !privkey_new(SIG_ED25519, &key, e))
        return false;
    struct keyfile_plan plan = {.key = key, .made = cli->ctx->now};
    bool ok = keyfile_write(cli->ctx, path, &plan, e);
    privkey_free(key);
    return ok;
}

bool cli_cosigner(struct cli *cli, str folder, struct privkey **key, struct witness_signer *out, struct err *e) {
    str path = cli_text(cli, "key"), name = cli_text(cli, "name");
    *key = NULL;
    if (!name.n) {
        err_set(e, ERR_USAGE, S(""), _("--name is missing: who cosigns?"));
        return err_hint(e, "%s", _("a name that nobody else has, such as --name example.jp/witness"));
    }
    if (!path.p) {
        path = path_join(cli->arena, folder, S("cosigner.key"));
        if (!path_exists(path) && !make_key(cli, path, e))
            return false;
    }
    if (!keyfile_load(cli->arena, path, NULL, key, e))
        return false;
    struct vkey v;
    *out = (struct witness_signer){
        name, privkey_public(*key)->kind == SIG_ML_DSA_44 ? NOTE_ML_DSA_44 : NOTE_COSIGNATURE, *key};
    if (vkey_of(cli->arena, name, out->use, privkey_public(*key), &v))
        return true;
    privkey_free(*key);
    *key = NULL;
    return err_set(e, ERR_USAGE, name,
                   _("a cosigner has an Ed25519 or ML-DSA-44 key, and a name without blanks and +"));
}

bool cli_net_folder(struct cli *cli, str in_home, str *out, struct err *e) {
    *out = cli_text(cli, "folder");
    if (out->p)
        return true;
    *out = path_join(cli->arena, cli->home, in_home);
    if (home_is(cli->home))
        return true;
    err_set(e, ERR_USAGE, cli->home, _("there is no home here, so where is the state to be kept?"));
    return err_hint(e, "%s", _("--folder DIR names a place; `akashi init` makes a home"));
}

void cli_loud(void *of, const struct err *e) {
    (void)of;
    char line[1200];
    int n = snprintf(line, sizeof line, "akashi: %s%s%s\n", e->where, e->where[0] ? ": " : "", e->what);
    if (n > 0) /* one write, so that threads do not mix their lines */
        (void)!fwrite(line, 1, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1, stderr);
}

/* "{address}" stands for where it listens, known only once it does. */
static void put_more(struct cli *cli, str more, str address) {
    static const char mark[] = "{address}";
    for (size_t at; (at = str_find(more, str_of(mark))) != STR_NONE; more = str_from(more, at + sizeof mark - 1))
        fprintf(cli->out, "%.*s%.*s", STR_ARG(str_upto(more, at)), STR_ARG(address));
    fprintf(cli->out, "%.*s", STR_ARG(more));
}

bool cli_serve_plan(struct cli *cli, struct server_plan *plan, str more, struct err *e) {
    struct server *s;
    plan->listen = cli_text(cli, "listen");
    plan->problem = cli_loud;
    if (!plan->listen.p)
        plan->listen = S("127.0.0.1:0");
    if (!server_start(cli->ctx, plan, &s, e))
        return false;
    str address = arena_printf(cli->arena, "%s://%.*s", plan->certificate.n ? "https" : "http",
                               STR_ARG(server_address(s, cli->arena)));
    fprintf(cli->out, _("listening on %.*s\n"), STR_ARG(address));
    put_more(cli, more, address);
    fflush(cli->out);
    system_notify("READY=1");
    server_wait(s);
    system_notify("STOPPING=1");
    ending_now(cli);
    server_stop(s);
    return true;
}

bool cli_serve(struct cli *cli, const struct route *routes, void *of, str more, struct err *e) {
    struct server_plan plan = {.routes = routes, .of = of};
    return cli_serve_plan(cli, &plan, more, e);
}

/* A witness that refuses is told even where warnings are not wanted: it may be a fork. */
static void tell(struct cli *cli, const struct err *e) {
    if (!cli->ctx->quiet || e->kind == ERR_INPUT)
        (void)cli_fail(cli, e);
}

void cli_cosign(struct cli *cli, struct home *h) {
    struct tlog_policy p;
    struct cosign_list rows = {0};
    struct err e = {0};
    bool there;
    if (!witnesses_read(cli->ctx, cli->arena, h->path, &there, &p, &e) ||
        (there && !cosign(h, cli->arena, &p, (str){NULL, 0}, &rows, &e)))
        tell(cli, &e);
    for (uint32_t i = 0; i < rows.n; i++)
        if (!rows.v[i].ok)
            tell(cli, &rows.v[i].e);
}
