/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about the views' store share.
 */
#ifndef AKASHI_CLI_STORE_H
#define AKASHI_CLI_STORE_H

#include "cli/portfolio.h"

#define OPTIONS_LAYOUT                                                                                                 \
    {.name = "nodes",                                                                                                  \
     .kind = OPT_NUMBER,                                                                                               \
     .value = "N",                                                                                                     \
     .help = N_("into how many parts (default: one for each server)")},                                                \
    {                                                                                                                  \
        .name = "server", .kind = OPT_TEXT, .many = true, .value = "NAME=URL",                                         \
        .help = N_("another PostgreSQL server that takes parts; its name is of your choosing")                         \
    }

/* --nodes and --server. */
void cli_layout(struct cli *cli, struct store_layout *out);

#endif
