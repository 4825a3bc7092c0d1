/* SPDX-License-Identifier: Apache-2.0
 *
 * What commands about declarations share.
 */
#ifndef AKASHI_CLI_DECLARATION_H
#define AKASHI_CLI_DECLARATION_H

#include "cli/portfolio.h"
#include "conform/standing.h"
#include "release/verify.h"

/* The person who answers for what is said. */
#define OPTION_PERSON                                                                                                  \
    { .name = "person", .kind = OPT_TEXT, .value = "NAME", .help = N_("who answers for it") }
#define OPTION_TITLE                                                                                                   \
    { .name = "title", .kind = OPT_TEXT, .value = "ROLE", .help = N_("in which role: president, head of quality …") }

/* By --person and --title; ERR_USAGE when one is missing. */
MUST_USE bool cli_person(struct cli *cli, struct person *out, struct err *e);
/* Signs and logs a payload, and writes NAME (--to, or made from `end`) with its proof for handing over. */
MUST_USE bool cli_state_and_hand_over(struct cli *cli, struct cli_portfolio *x, str payload, str file, uint64_t *index,
                                      struct err *e);
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

/* What a file of somebody else's says of declarations (a bundle with its proofs): the declaration, an endorsement, a
 * challenge, an answer, a standing. Signatures are checked with the keys this home knows and those that the file brings
 * along, so that a stranger's word is taken in as a stranger's. */
struct cli_handed {
    struct verdict verdict;
    const struct verified *of[5]; /* in that order; NULL: not in it, or not signed by the key it names */
    bool known[5];                /* by a key this home trusts */
};
MUST_USE bool cli_handed_read(struct cli *cli, struct home *home, str file, struct cli_handed *out, struct err *e);

#endif
