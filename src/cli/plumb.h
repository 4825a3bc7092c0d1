/* SPDX-License-Identifier: Apache-2.0
 *
 * Line-based commands: rows in, one row out for each, whatever is wrong with a row.
 */
#ifndef AKASHI_CLI_PLUMB_H
#define AKASHI_CLI_PLUMB_H

#include "cli/cli.h"

/* Answers one row into out, without its line end. The arena is emptied after each row. */
typedef void plumb_row(void *state, struct arena *a, str row, struct buf *out);

/* Feeds the rows of all files given (standard input when there is none) and prints the answers; the exit code. */
int plumb_rows(struct cli *cli, plumb_row *row, void *state);

/* A purl, name or version; a tab or line end in it, which would break the row, becomes %09 and the like. */
void plumb_field(struct buf *b, str s);

#endif
