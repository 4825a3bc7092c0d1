/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"
#include "vuln/vuln.h"

static str day(struct cli *cli, int64_t t) { return t > 0 ? str_upto(time_rfc3339(cli->arena, t), 10) : str_of("-"); }

static void show_json(struct cli *cli, str path, const struct advdb_info *info) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "file", path);
    jw_kstr(&w, "digest", info->digest);
    jw_kstr(&w, "built", time_rfc3339(cli->arena, info->built));
    jw_kint(&w, "advisories", (int64_t)info->advisories);
    jw_kint(&w, "flaws", (int64_t)info->flaws);
    jw_kint(&w, "packages", (int64_t)info->packages);
    jw_kint(&w, "withdrawn", (int64_t)info->withdrawn);
    jw_kint(&w, "kev", (int64_t)info->kev);
    jw_kint(&w, "epss", (int64_t)info->epss);
    jw_karr(&w, "sources");
    for (uint32_t i = 0; i < info->n_sources; i++) {
        const struct advdb_source *s = &info->sources[i];
        jw_obj(&w);
        jw_kstr(&w, "kind", s->kind);
        jw_kstr(&w, "ecosystem", s->ecosystem);
        jw_kint(&w, "advisories", (int64_t)s->advisories);
        if (s->newest > 0)
            jw_kstr(&w, "newest", time_rfc3339(cli->arena, s->newest));
        jw_kstr(&w, "imported", time_rfc3339(cli->arena, s->imported));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

static void show_sources(struct cli *cli, const struct advdb_info *info) {
    static const struct column columns[] = {{.head = N_("kind")},
                                            {.head = N_("ecosystem"), .shrink = true},
                                            {.head = N_("advisories"), .right = true},
                                            {.head = N_("newest")},
                                            {.head = N_("imported")}};
    struct table *t = table_new(cli->arena, columns, 5);
    for (uint32_t i = 0; i < info->n_sources; i++) {
        const struct advdb_source *s = &info->sources[i];
        table_row(t);
        table_cell(t, s->kind, CELL_PLAIN);
        table_cell(t, s->ecosystem.n ? s->ecosystem : S("-"), CELL_PLAIN);
        table_cell(t, arena_printf(cli->arena, "%llu", (unsigned long long)s->advisories), CELL_PLAIN);
        table_cell(t, day(cli, s->newest), CELL_PLAIN);
        table_cell(t, day(cli, s->imported), CELL_PLAIN);
    }
    table_print(t, cli);
}

static void show_text(struct cli *cli, str path, const struct advdb_info *info) {
    FILE *out = cli->out;
    fprintf(out, "%.*s\n", STR_ARG(path));
    fprintf(out, _("digest %.*s, built %.*s\n"), STR_ARG(info->digest), STR_ARG(day(cli, info->built)));
    fprintf(out, _("advisories %llu, flaws %llu, packages %llu; withdrawn %llu; KEV %llu, EPSS %llu\n"),
            (unsigned long long)info->advisories, (unsigned long long)info->flaws, (unsigned long long)info->packages,
            (unsigned long long)info->withdrawn, (unsigned long long)info->kev, (unsigned long long)info->epss);
    if (info->n_sources) {
        fputc('\n', out);
        show_sources(cli, info);
    }
}

static int run_db_info(struct cli *cli) {
    struct err e = {0};
    struct advdb *db;
    struct advdb_info info;
    str path = cli_db_path(cli);
    if (!advdb_open(cli->ctx, path, &db, &e))
        return cli_fail(cli, &e);
    advdb_info(db, cli->arena, &info);
    if (cli->json)
        show_json(cli, path, &info);
    else
        show_text(cli, path, &info);
    if (!info.advisories)
        ctx_warn(cli->ctx, path, "%s", _("the database is EMPTY: a scan with it finds nothing and proves nothing"));
    cli_warnings(cli);
    advdb_close(db);
    return 0;
}

const struct command db_info_command = {
    .name = "db info",
    .summary = N_("say what is in the advisory database, from when, and its digest"),
    .text = N_("The digest is over what was published, so two machines with the same advisories show the same one, in "
               "whatever order they were imported."),
    .options =
        (const struct option_spec[]){
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            {0},
        },
    .examples = (const struct example[]){{"akashi db info", N_("what a scan stands on")}, {0}},
    .run = run_db_info,
};
