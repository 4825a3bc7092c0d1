/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/home.h"
#include "cli/net.h"

static int run_index(struct cli *cli) {
    struct err e = {0};
    struct home h = {0};
    struct buf b = {0};
    uint64_t index = 0;
    bool ok = home_open(cli->ctx, cli->arena, cli->home, HOME_SIGN, &h, &e) && home_index(&h, cli->arena, &index, &e);
    if (ok && cli->json) {
        struct jw w = jw_to(&b, true);
        jw_obj(&w);
        jw_kint(&w, "index", (int64_t)index);
        jw_obj_end(&w);
        put_json(cli, &b);
    } else if (ok) {
        fprintf(cli->out, _("entry %llu is an index of the %llu entries before it\n"), (unsigned long long)index,
                (unsigned long long)index);
    }
    if (ok)
        cli_cosign(cli, &h);
    home_close(&h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_index_command = {
    .name = "log index",
    .summary = N_("sign and log an index of the log, so that answers can be proved whole"),
    .text = N_("Done by itself every thousand entries (in a long log: whenever it grew by an eighth). The index is a "
               "sorted table from what can be asked for to the entries "
               "about it; its Merkle root is what is signed and logged. docs/find.md tells how it is made."),
    .examples = (const struct example[]){{"akashi log index", N_("before `akashi log find … --prove`")}, {0}},
    .run = run_index,
};
