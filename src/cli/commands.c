/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of commands, in the order help shows them. A command is `const struct command <name>_command` in its own
 * file and one word here.
 */
#include "cli/cli.h"
#include "cli/help.h"

#define COMMANDS(X)                                                                                                    \
    X(sbom_make)                                                                                                       \
    X(version)                                                                                                         \
    X(help)

#define DECLARE(name) extern const struct command name##_command;
#define LIST(name) &name##_command,
COMMANDS(DECLARE)
const struct command *const commands[] = {COMMANDS(LIST) NULL};
