/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/store.h"

static void say(struct cli *cli, const struct store_layout *l) {
    uint32_t servers = l->n_nodes + 1, parts = l->parts ? l->parts : servers;
    if (!cli->json) {
        fprintf(cli->out, _("the views are laid out: %u parts on %u servers\n"), parts, servers);
        return;
    }
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kint(&w, "parts", parts);
    jw_kint(&w, "servers", servers);
    jw_obj_end(&w);
    put_json(cli, &b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct store_layout l;
    str store;
    cli_layout(cli, &l);
    l.replace = cli_flag(cli, "replace");
    if (!cli_store(cli, &store, &e) || !store_spread(cli->ctx, store.p ? store : S(""), &l, &e))
        return cli_fail(cli, &e);
    say(cli, &l);
    return 0;
}

const struct command store_init_command = {
    .name = "store init",
    .summary = N_("cut the views in PostgreSQL into parts, on one server or several"),
    .text = N_("Tables that grow with the releases are cut by the hash of the component or the release: into parts of "
               "the one server, onto the servers given with --server (through postgres_fdw, which the database must "
               "allow), or onto the workers of Citus where the database has that. A transaction is on all servers or "
               "on none. See docs/store.md."),
    .options =
        (const struct option_spec[]){
            OPTIONS_LAYOUT,
            {.name = "replace",
             .kind = OPT_FLAG,
             .help = N_("throw away the views that are there; the next command makes them again from the log")},
            OPTION_STORE,
            {0}},
    .examples =
        (const struct example[]){
            {"akashi store init --nodes 8 --store postgresql://a.example/akashi", N_("eight parts on one server")},
            {"akashi store init --store postgresql://a.example/akashi --server b=postgresql://b.example/akashi",
             N_("two servers, each with a half")},
            {0}},
    .run = run,
};
