/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/key.h"
#include "seal/home_trust.h"

static int run(struct cli *cli) {
    struct home h;
    struct known_key k;
    struct err e = {0};
    if (!key_home(cli, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    bool ok = home_distrust(&h, cli->arena, cli->args[0], &k, &e);
    str id = ok ? pubkey_id_hex(cli->arena, &k.key) : (str){NULL, 0};
    if (ok && cli->json)
        fprintf(cli->out, "{\"id\": \"%.*s\"}\n", STR_ARG(id));
    else if (ok)
        fprintf(cli->out, _("no longer trusted: %.*s of %.*s\n"), STR_ARG(id), STR_ARG(k.name));
    home_close(&h);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct example examples[] = {
    {"akashi key distrust 03d3422b53359fe7", N_("what it signs counts no more, nor what it signed")}, {0}};

const struct command key_distrust_command = {
    .name = "key distrust",
    .args = "KEY",
    .summary = N_("trust a key of somebody else no more"),
    .text = N_("KEY is an id, 8 hex digits or more, as `akashi key list` shows it. What the key signed stays in the "
               "log; views "
               "take it as the word of nobody known when they are next made. `akashi key trust` trusts it again."),
    .examples = examples,
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
