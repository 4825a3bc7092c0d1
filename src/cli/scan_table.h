/* SPDX-License-Identifier: Apache-2.0
 *
 * The findings table and summary of `akashi scan` for a terminal.
 */
#ifndef AKASHI_CLI_SCAN_TABLE_H
#define AKASHI_CLI_SCAN_TABLE_H

#include "cli/cli.h"
#include "vuln/finding.h"

void scan_table_print(struct cli *cli, const struct scan *scan, bool show_suppressed);

#endif
