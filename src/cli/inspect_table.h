/* SPDX-License-Identifier: Apache-2.0
 *
 * The report of an inspection for people: programs one per line, configuration one finding per line, then what to do.
 */
#ifndef AKASHI_CLI_INSPECT_TABLE_H
#define AKASHI_CLI_INSPECT_TABLE_H

#include "cli/cli.h"
#include "inspect/inspect.h"

/* all: files without a failed requirement too. */
void inspect_table_print(struct cli *cli, const struct inspect_report *r, bool all);

#endif
