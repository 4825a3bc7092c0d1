/* SPDX-License-Identifier: Apache-2.0
 *
 * What commands about declarations share.
 */
#ifndef AKASHI_CLI_DECLARATION_H
#define AKASHI_CLI_DECLARATION_H

#include "cli/portfolio.h"
#include "conform/standing_say.h"

/* The person who answers for what is said. */
#define OPTION_PERSON                                                                                                  \
    { .name = "person", .kind = OPT_TEXT, .value = "NAME", .help = N_("who answers for it") }
#define OPTION_TITLE                                                                                                   \
    { .name = "title", .kind = OPT_TEXT, .value = "ROLE", .help = N_("in which role: president, head of quality …") }

/* By --person and --title; what is missing is for whoever takes it. */
struct person cli_person(struct cli *cli);
/* Files into the archive, as documents a statement names. */
MUST_USE bool cli_attach(struct cli *cli, struct cli_portfolio *x, const str *paths, uint32_t n, struct attacheds *out,
                         struct err *e);
/* By id or digest; ERR_USAGE when none is known. */
MUST_USE bool cli_declaration(struct cli *cli, struct cli_portfolio *x, str name, const struct declaration_row **out,
                              struct err *e);
/* Notices: the declarer at once, of risk and challenges; those who got it when it no longer stands, and when it stays
 * at risk. */
MUST_USE bool cli_tell_declarations(struct cli *cli, struct portfolio *p, struct err *e);
/* In the reader's language: "at risk". */
const char *standing_title(enum standing s);
enum cell_style standing_style(enum standing s);

#endif
