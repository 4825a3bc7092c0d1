/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"

static int run_version(struct cli *cli) {
    if (cli->json)
        fprintf(cli->out, "{\"version\":\"%s\"}\n", AKASHI_VERSION);
    else
        fprintf(cli->out, "akashi %s\n", AKASHI_VERSION);
    return 0;
}

const struct command version_command = {
    .name = "version",
    .summary = N_("say which Akashi this is"),
    .run = run_version,
};
