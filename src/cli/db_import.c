/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"
#include "vuln/vuln.h"

static void show(struct cli *cli, const struct import_result *r, const struct advdb_info *info) {
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_obj(&w);
        jw_kint(&w, "documents", (int64_t)r->documents);
        jw_kint(&w, "added", (int64_t)r->added);
        jw_kint(&w, "changed", (int64_t)r->changed);
        jw_kint(&w, "unchanged", (int64_t)r->unchanged);
        jw_kint(&w, "withdrawn", (int64_t)r->withdrawn);
        jw_kint(&w, "skipped", (int64_t)r->skipped);
        jw_kint(&w, "advisories", (int64_t)info->advisories);
        jw_kstr(&w, "digest", info->digest);
        jw_obj_end(&w);
        buf_addc(&b, '\n');
        fwrite(b.p, 1, b.n, cli->out);
        buf_free(&b);
        return;
    }
    fprintf(cli->out,
            msg_n("%llu document: %llu added, %llu changed, %llu unchanged, %llu withdrawn, %llu passed over\n",
                  "%llu documents: %llu added, %llu changed, %llu unchanged, %llu withdrawn, %llu passed over\n",
                  r->documents),
            (unsigned long long)r->documents, (unsigned long long)r->added, (unsigned long long)r->changed,
            (unsigned long long)r->unchanged, (unsigned long long)r->withdrawn, (unsigned long long)r->skipped);
    fprintf(cli->out,
            msg_n("the database has %llu advisory now; digest %.*s\n",
                  "the database has %llu advisories now; digest %.*s\n", info->advisories),
            (unsigned long long)info->advisories, STR_ARG(info->digest));
}

static int run_db_import(struct cli *cli) {
    struct import_result r;
    struct err e = {0};
    struct advdb *db;
    struct advdb_info info;
    str path = cli_db_path(cli);
    bool own_place = cli_text(cli, "db").p != NULL;
    if ((!own_place && !cli_home_make(cli, &e)) || !advdb_import(cli->ctx, path, cli->args, cli->n_args, &r, &e)) {
        cli_warnings(cli);
        return cli_fail(cli, &e);
    }
    cli_warnings(cli);
    if (!advdb_open(cli->ctx, path, &db, &e))
        return cli_fail(cli, &e);
    advdb_info(db, cli->arena, &info);
    show(cli, &r, &info);
    advdb_close(db);
    return 0;
}

const struct command db_import_command = {
    .name = "db import",
    .args = "FILE|DIR|ZIP…",
    .summary = N_("take advisories from files, folders and archives into the advisory database"),
    .text = N_("The format is told by content: OSV (single advisories and whole exports), CVE 5 records, NVD API 2.0 "
               "pages, CISA KEV (JSON, CSV), EPSS (CSV), JVN VULDEF (XML), CSAF 2.0 and 2.1, OpenVEX; compressed or "
               "not, in zips within zips. Only what changed since the last import is compiled again. The database is "
               "one file that can be copied to another machine; it is replaced when all is well, and untouched when "
               "anything fails."),
    .options =
        (const struct option_spec[]){
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi db import all.zip", N_("an ecosystem's export of osv.dev")},
            {"akashi db import advisories/ known_exploited_vulnerabilities.json",
             N_("a folder of advisories, and CISA's list")},
            {0},
        },
    .min_args = 1,
    .max_args = -1,
    .run = run_db_import,
};
