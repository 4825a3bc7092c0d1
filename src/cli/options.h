/* SPDX-License-Identifier: Apache-2.0
 *
 * From argv to a command and its values.
 */
#ifndef AKASHI_CLI_OPTIONS_H
#define AKASHI_CLI_OPTIONS_H

#include "cli/cli.h"

/* Options every command has; ends with {0}. */
extern const struct option_spec common_options[];

/* Fills command, args and values. `--help` and no words at all become the help command. */
MUST_USE bool cli_parse(struct cli *cli, int argc, char **argv, struct err *e);

/* The command of that name ("sbom make"), or NULL. */
enum { COMMAND_WORDS = 3 };
/* "log witness add" of its words. */
str words_joined(struct arena *a, const str *words, uint32_t n);
/* The command that the most of the first words name; *used: how many. NULL when there is none. */
const struct command *command_of(struct arena *a, const str *words, uint32_t n, uint32_t *used);
const struct command *command_find(str name);
/* The known word nearest to a mistyped one, or NULL when none is near. */
const char *nearest_word(str word, const char *const *known, uint32_t n);

#endif
