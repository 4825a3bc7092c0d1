/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of commands. A command is `const struct command <name>_command` in its own file and one line in
 * commands.list.
 */
#include "cli/cli.h"

#define COMMAND(name) extern const struct command name##_command;
#include "cli/commands.list"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &name##_command,
#include "cli/commands.list"
#undef COMMAND
    NULL,
};
