/* SPDX-License-Identifier: Apache-2.0
 *
 * Help, man pages and shell completion, all from the table of commands.
 */
#ifndef AKASHI_CLI_HELP_H
#define AKASHI_CLI_HELP_H

#include "cli/cli.h"

extern const struct command help_command;

/* True when commands "group …" exist. */
bool help_has_group(str group);
/* Error for words that are no command, with the nearest one as hint; returns false. */
bool help_unknown(struct cli *cli, const str *words, uint32_t n, struct err *e);

#endif
