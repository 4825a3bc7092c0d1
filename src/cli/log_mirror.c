/* SPDX-License-Identifier: Apache-2.0
 *
 * log mirror serve | pull | push
 */
#include "base/file.h"
#include "cli/net.h"
#include "node/mirror.h"
#include "node/tiles.h"

/* ── serve ── */

static str own_keys(struct cli *cli, const struct mirror *m) {
    struct buf b = {0};
    struct vkey v;
    if (m->n_signers && vkey_of(cli->arena, m->signers->name, m->signers->use, privkey_public(m->signers->key), &v))
        buf_addf(&b, "%.*s\n", STR_ARG(vkey_text(cli->arena, &v)));
    for (uint32_t i = 0; i < m->pending.n_logs; i++) {
        str origin = m->pending.logs[i].name;
        buf_addf(&b, "/%.*s/  %.*s\n", STR_ARG(origin_hash(cli->arena, origin)), STR_ARG(origin));
    }
    str text = arena_str(cli->arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static int run_serve(struct cli *cli) {
    struct err e = {0};
    struct privkey *key = NULL;
    struct witness_signer signer;
    struct mirror m;
    struct mirror_plan plan = {.signers = &signer, .n_signers = 1, .loud = cli_loud};
    bool ok = cli_logs(cli, &plan.logs, &plan.n_logs, &e) && cli_net_folder(cli, S("mirror"), &plan.folder, &e) &&
              mirror_open(cli->ctx, cli->arena, &plan, &m, &e) && cli_cosigner(cli, plan.folder, &key, &signer, &e) &&
              cli_serve(cli, mirror_routes, &m, own_keys(cli, &m), &e);
    privkey_free(key);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_mirror_serve_command = {
    .name = "log mirror serve",
    .args = "",
    .summary = N_("keep and serve copies of others' logs, and cosign what is held"),
    .text = N_("Speaks C2SP tlog-mirror: POST /add-checkpoint and /add-entries, and each log as tlog-tiles below "
               "/HASH/. Entries are kept only when they are proven to belong to a checkpoint the log signed; the "
               "cosignature says that all of them are on disk here. A log that was rolled back or forked is refused "
               "and told on standard error."),
    .options =
        (const struct option_spec[]){
            OPTION_COSIGNER,
            OPTION_LOGS,
            OPTION_LISTEN,
            {.name = "folder",
             .kind = OPT_TEXT,
             .value = "DIR",
             .help = N_("where the copies lie (default: mirror/ in the home)")},
            {0},
        },
    .examples = (const struct example[]){{"akashi log mirror serve --name example.jp/mirror --log supplier.vkey",
                                          N_("hold a supplier's log for all who trust you")},
                                         {0}},
    .run = run_serve,
};

/* ── pull ── */

struct source {
    struct far_log far;
    struct tile_reader tiles;
    struct mirror_source from;
};

static bool source_open(struct cli *cli, str place, struct source *s, struct err *e) {
    bool url = str_istarts(place, S("http://")) || str_istarts(place, S("https://"));
    *s = (struct source){.far.url = place};
    if (url && !http_open(cli->ctx, &s->far.http, e))
        return false;
    struct tile_reader tiles = url ? tile_url(cli->arena, &s->far) : tile_folder(arena_cstr(cli->arena, place));
    s->tiles = tiles;
    s->from.tiles = &s->tiles;
    if (!tiles.read(tiles.of, cli->arena, S("checkpoint"), &s->from.checkpoint, e))
        return false;
    if (s->from.checkpoint.p)
        return true;
    err_set(e, ERR_INPUT, s->tiles.where, _("there is no log here: no checkpoint"));
    return err_hint(e, "%s", _("the folder or address that holds `checkpoint` and `tile/`"));
}

static void report(struct cli *cli, const struct mirrored *done, str where) {
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_obj(&w);
        jw_kint(&w, "before", (int64_t)done->before);
        jw_kint(&w, "size", (int64_t)done->size);
        jw_kstr(&w, "at", where);
        jw_obj_end(&w);
        put_json(cli, &b);
    } else
        fprintf(cli->out, _("%llu entries at %.*s, %llu of them new\n"), (unsigned long long)done->size, STR_ARG(where),
                (unsigned long long)(done->size - (done->before < done->size ? done->before : done->size)));
}

/* Rolled back, forked, not what it claims: the log that was asked about is bad. */
static int fail(struct cli *cli, const struct err *e) {
    int code = cli_fail(cli, e);
    return e->kind == ERR_INPUT ? 1 : code;
}

static int run_pull(struct cli *cli) {
    struct err e = {0};
    struct vkey log;
    struct source s = {0};
    struct mirror m;
    struct mirrored done;
    struct mirror_plan plan = {.logs = &log, .n_logs = 1, .loud = cli_loud};
    if (!cli_vkey(cli, cli_text(cli, "vkey"), &log, &e))
        return cli_fail(cli, &e);
    plan.folder = cli->args[1];
    bool ok = source_open(cli, cli->args[0], &s, &e) && mirror_source_ok(cli->arena, &s.from, &log, &e) &&
              mirror_open(cli->ctx, cli->arena, &plan, &m, &e);
    struct mirror_end to = mirror_near(&m);
    ok = ok && mirror_bring(cli->arena, &s.from, &to, &done, &e) &&
         mirror_take_cosignatures(&m, cli->arena, log.name, s.from.checkpoint, &e);
    http_close(s.far.http);
    if (!ok)
        return fail(cli, &e);
    report(cli, &done, mirror_copy(&m, cli->arena, log.name));
    return 0;
}

const struct command log_mirror_pull_command = {
    .name = "log mirror pull",
    .args = "URL|DIR DEST",
    .summary = N_("keep a verified copy of somebody's log"),
    .text = N_("Reads a log in the tlog-tiles layout from any web server or folder into DEST/HASH/, which is a log in "
               "the same layout. Each bundle of entries is proven before it is kept; a pull that was cut off goes on "
               "where it ended. A log that was rolled back, or that does not continue what was pulled before, is "
               "refused (exit 1), and where it signed both, the proof is kept in DEST/pending/conflict-*.txt."),
    .options =
        (const struct option_spec[]){
            {.name = "vkey", .kind = OPT_TEXT, .value = "VKEY", .help = N_("the log's verifier key, or its file")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi log mirror pull https://supplier.example.jp/log copies --vkey supplier.vkey",
             N_("every night: what the supplier said stays said")},
            {0},
        },
    .min_args = 2,
    .max_args = 2,
    .run = run_pull,
};

/* ── push ── */

/* The mirror's cosignature goes into our checkpoint when its key is known. */
static bool take(struct cli *cli, struct home *h, str checkpoint, const struct mirrored *done, struct err *e) {
    str given = cli_text(cli, "vkey");
    struct vkey v;
    struct note n;
    uint32_t taken;
    bool stale;
    if (!given.p)
        return true;
    if (!cli_vkey(cli, given, &v, e) || !note_parse(cli->arena, checkpoint, h->path, &n, e) ||
        !cosignatures_take(cli->arena, done->cosignatures, http_shown(cli->arena, cli->args[0]), &v, 1, &n, &taken, e))
        return false;
    if (taken == 0)
        return err_set(e, ERR_INPUT, http_shown(cli->arena, cli->args[0]),
                       _("the mirror answered with no cosignature by the key given"));
    return log_add_cosignatures(h->log, &n, &stale, e);
}

static bool push(struct cli *cli, struct home *h, struct mirrored *done, struct err *e) {
    struct source s = {0};
    struct far_mirror far = {.url = cli->args[0]};
    if (!source_open(cli, path_join(cli->arena, h->path, S("log")), &s, e) || !http_open(cli->ctx, &far.http, e))
        return false;
    struct mirror_end to = mirror_far(cli->arena, &far);
    bool ok = mirror_bring(cli->arena, &s.from, &to, done, e) && take(cli, h, s.from.checkpoint, done, e);
    http_close(far.http);
    return ok;
}

static int run_push(struct cli *cli) {
    struct home h;
    struct err e = {0};
    struct mirrored done;
    if (!home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    bool ok = push(cli, &h, &done, &e);
    home_close(&h);
    if (!ok)
        return fail(cli, &e);
    report(cli, &done, http_shown(cli->arena, cli->args[0]));
    return 0;
}

const struct command log_mirror_push_command = {
    .name = "log mirror push",
    .args = "URL",
    .summary = N_("bring this log to a mirror"),
    .text = N_("The client's side of C2SP tlog-mirror. May be cut off at any time and goes on where it ended."),
    .options =
        (const struct option_spec[]){
            {.name = "vkey",
             .kind = OPT_TEXT,
             .value = "VKEY",
             .help = N_("the mirror's verifier key: its cosignature goes into our checkpoint")},
            {0},
        },
    .examples = (const struct example[]){{"akashi log mirror push https://mirror.example.jp --vkey mirror.vkey",
                                          N_("a copy elsewhere, and proof that it is there")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_push,
};
