/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/store.h"

static int run(struct cli *cli) {
    struct err e = {0};
    struct store_layout l;
    struct buf text = {0};
    str store;
    cli_layout(cli, &l);
    bool ok = cli_store(cli, &store, &e);
    if (ok && !str_starts(store, S("postgres")))
        store = (str){NULL, 0};
    ok = ok && store_plan(cli->ctx, store, &l, &text, &e);
    if (ok && cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_obj(&w);
        jw_kstr(&w, "sql", buf_str(&text));
        jw_obj_end(&w);
        put_json(cli, &b);
    } else if (ok) {
        fwrite(text.p, 1, text.n, cli->out);
    }
    buf_free(&text);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command store_plan_command = {
    .name = "store plan",
    .summary = N_("print how the views would be cut and laid onto servers"),
    .text = N_("The SQL that `akashi store init` runs, for each server, with … in the place of passwords. Nothing is "
               "changed. Tables that grow with the releases are cut by the hash of the component or the release."),
    .options = (const struct option_spec[]){OPTIONS_LAYOUT, OPTION_STORE, {0}},
    .examples =
        (const struct example[]){
            {"akashi store plan --nodes 8", N_("eight parts on one server")},
            {"akashi store plan --server b=postgresql://b.example/akashi --server c=postgresql://c.example/akashi",
             N_("three servers, each with a third")},
            {0}},
    .run = run,
};
