/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/file.h"
#include "base/pool.h"
#include "base/tree.h"
#include "cli/cli.h"
#include "cli/db.h"
#include "vuln/fetch.h"
#include "vuln/vuln.h"

struct update {
    struct cli *cli;
    struct fetch_options options;
    VEC(str) urls, bodies; /* bodies: what there is to import */
    uint32_t changed, failed;
    bool must;       /* no address at all is an error */
    bool everything; /* there is no database yet: unchanged bodies count too */
};

/* [db] of akashi.toml: urls = ["https://…/all.zip", …], and optionally max_mib, idle_seconds. */
static bool read_settings(struct update *u, str path, struct err *e) {
    struct cli *cli = u->cli;
    str text;
    struct json doc;
    if (!file_read(cli->ctx, cli->arena, path, &text, e) || !toml_parse(cli->ctx, cli->arena, text, path, &doc, e))
        return false;
    struct jv db = j_get(doc.root, "db");
    for (struct jiter it = j_iter(j_get(db, "urls")); j_next(&it);) {
        str url = j_str(it.val);
        if (!str_starts(url, S("https://")) && !str_starts(url, S("http://")))
            return err_set(e, ERR_INPUT, json_place(&doc, it.val, cli->arena),
                           _("an address of advisories starts with https:// or http://"));
        *vec_push(cli->arena, &u->urls) = url;
    }
    int64_t mib = j_int(j_get(db, "max_mib"), 0), idle = j_int(j_get(db, "idle_seconds"), 0);
    if (mib < 0 || mib > 1 << 20 || idle < 0 || idle > 3600)
        return err_set(e, ERR_INPUT, json_place(&doc, db, cli->arena), _("this number is out of range"));
    u->options.most = (uint64_t)mib << 20;
    u->options.idle = (uint32_t)idle;
    return true;
}

static bool find_settings(struct update *u, struct err *e) {
    struct cli *cli = u->cli;
    str given = cli_text(cli, "config");
    const str places[] = {S("akashi.toml"), path_join(cli->arena, cli->home, S("akashi.toml"))};
    if (given.p && !read_settings(u, given, e))
        return false;
    for (size_t i = 0; !given.p && !u->urls.n && i < sizeof places / sizeof *places; i++)
        if (path_exists(places[i]) && !read_settings(u, places[i], e))
            return false;
    for (uint32_t i = 0; i < cli->n_args; i++)
        *vec_push(cli->arena, &u->urls) = cli->args[i];
    if (u->urls.n || !u->must)
        return true;
    err_set(e, ERR_USAGE, S(""), _("no address to fetch advisories from"));
    return err_hint(e, "%s",
                    _("give addresses as arguments, or list them in akashi.toml: [db] urls = [\"https://…\"]"));
}

static void fetch_all(struct update *u) {
    struct cli *cli = u->cli;
    struct progress *p = progress_begin(cli->ctx, _("fetching"), u->urls.n);
    for (uint32_t i = 0; i < u->urls.n; i++) {
        struct err e = {0};
        struct fetched f;
        bool ok = fetch(cli->ctx, cli->arena, &u->options, u->urls.v[i], &f, &e);
        if (!ok && ctx_ending(cli->ctx))
            break;
        if (!ok) {
            ctx_warn_err(cli->ctx, &e);
            u->failed++;
        } else if (f.changed || u->everything) {
            *vec_push(cli->arena, &u->bodies) = f.path;
            u->changed += f.changed;
        }
        progress_add(p, 1);
    }
    progress_end(p);
}

static bool import_all(struct update *u, struct import_result *r, struct err *e) {
    struct cli *cli = u->cli;
    *r = (struct import_result){0};
    if (!u->bodies.n || advdb_import(cli->ctx, cli_db_path(cli), u->bodies.v, u->bodies.n, r, e))
        return true;
    for (uint32_t i = 0; i < u->urls.n; i++) /* the next update fetches them anew */
        fetch_forget(cli->arena, &u->options, u->urls.v[i]);
    return false;
}

static int finish(struct update *u, const struct import_result *r) {
    struct cli *cli = u->cli;
    struct err e = {0};
    fprintf(cli->out,
            msg_n("%u address: %u changed, %u failed; advisories: %llu added, %llu changed, %llu withdrawn\n",
                  "%u addresses: %u changed, %u failed; advisories: %llu added, %llu changed, %llu withdrawn\n",
                  u->urls.n),
            u->urls.n, u->changed, u->failed, (unsigned long long)r->added, (unsigned long long)r->changed,
            (unsigned long long)r->withdrawn);
    cli_warnings(cli);
    if (!u->failed)
        return 0;
    err_set(&e, ERR_ENV, S(""), _("not all advisories could be fetched; what was there before stays in use"));
    return cli_fail(cli, &e);
}

bool cli_db_update(struct cli *cli, bool *any, uint32_t *failed, struct import_result *r, struct err *e) {
    struct update u = {.cli = cli};
    *r = (struct import_result){0};
    *failed = 0;
    u.options.folder = path_join(cli->arena, cli->home, S("downloads"));
    if (!find_settings(&u, e))
        return false;
    *any = u.urls.n > 0;
    if (!*any)
        return true;
    u.everything = !path_exists(cli_db_path(cli));
    if (!folder_make(u.options.folder, 0700, e))
        return false;
    fetch_all(&u);
    *failed = u.failed;
    return import_all(&u, r, e);
}

static int run_db_update(struct cli *cli) {
    struct update u = {.cli = cli, .must = true};
    struct err e = {0};
    struct import_result r;
    u.options.folder = path_join(cli->arena, cli->home, S("downloads"));
    if (!find_settings(&u, &e) || !cli_home_make(cli, &e) || !folder_make(u.options.folder, 0700, &e))
        return cli_fail(cli, &e);
    u.everything = !path_exists(cli_db_path(cli));
    fetch_all(&u);
    if (!import_all(&u, &r, &e)) {
        cli_warnings(cli);
        return cli_fail(cli, &e);
    }
    return finish(&u, &r);
}

const struct command db_update_command = {
    .name = "db update",
    .args = "[URL…]",
    .summary = N_("fetch advisories from the addresses of akashi.toml and import what changed"),
    .text = N_(
        "Addresses stand in akashi.toml (in the current folder or the home) as [db] urls = [\"https://…\"], or are "
        "given as arguments; everything `akashi db import` reads can be fetched. A file that has not changed is "
        "not sent again, a transfer that was cut off goes on where it ended, and a proxy is taken from "
        "https_proxy, http_proxy and no_proxy. When a fetch or the import fails, the database stays as it was."),
    .options =
        (const struct option_spec[]){
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            {.name = "config",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("settings (default: akashi.toml in the current or the home folder)")},
            {0},
        },
    .examples = (const struct example[]){{"akashi db update", N_("everything the settings name")},
                                         {"akashi db update https://mirror.example/osv/npm/all.zip",
                                          N_("one export from a mirror of your own")},
                                         {0}},
    .max_args = -1,
    .run = run_db_update,
};
