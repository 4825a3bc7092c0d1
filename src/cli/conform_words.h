/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about catalogues share.
 */
#ifndef AKASHI_CLI_CONFORM_WORDS_H
#define AKASHI_CLI_CONFORM_WORDS_H

#include "cli/portfolio.h"
#include "conform/catalogue_json.h"

/* Opens home and views where there are any; without a home h->p is NULL and built-in catalogues are all there are. */
MUST_USE bool cli_conform_open(struct cli *cli, struct cli_portfolio *h, struct err *e);
void cli_conform_close(struct cli_portfolio *h);

/* Text in paragraphs, indented, broken where the terminal ends. */
void cli_paragraph(const struct cli *cli, unsigned indent, str text);
/* "head  text", the text wrapped behind the head; nothing when it is empty. */
void cli_entry(const struct cli *cli, const char *head, str text);
/* "8 h + 4 h a year"; "-" when not estimated. */
str effort_text(struct arena *a, const struct practice_effort *effort);
/* "developer, supplier" in the reader's language. */
str binds_text(struct arena *a, unsigned roles);
/* Roles as people type them (English or Japanese, commas between): false with e filled when one is none. */
MUST_USE bool cli_roles(str text, unsigned *out, struct err *e);

#endif
