/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about levels share: which catalogue, whose, of which products.
 */
#ifndef AKASHI_CLI_CONFORM_SCOPE_H
#define AKASHI_CLI_CONFORM_SCOPE_H

#include "cli/conform_words.h"
#include "conform/evaluate.h"

#define OPTION_CATALOGUE                                                                                               \
    { .name = "catalogue", .kind = OPT_TEXT, .value = "ID", .help = N_("which catalogue (default: cip)") }
#define OPTIONS_WHOSE                                                                                                  \
    {.name = "party", .kind = OPT_TEXT, .value = "ID", .help = N_("whose levels (default: this home's own party)")},   \
        {.name = "unit",                                                                                               \
         .kind = OPT_TEXT,                                                                                             \
         .value = "ID",                                                                                                \
         .help = N_("of a unit: a party that has this one as its prime")},                                             \
    {                                                                                                                  \
        .name = "product", .kind = OPT_TEXT, .many = true, .value = "ID",                                              \
        .help = N_("of these products alone (default: all the party answers for)")                                     \
    }

MUST_USE bool cli_catalogue(struct cli *cli, struct portfolio *p, const struct catalogue **out, struct err *e);
/* The practice of that id; ERR_USAGE with the nearest ones. */
MUST_USE bool cli_practice(struct cli *cli, const struct catalogue *c, str id, const struct practice **out,
                           struct err *e);
/* --party, --unit, --product. */
MUST_USE bool cli_conform_scope(struct cli *cli, struct cli_portfolio *x, struct conform_scope *out, struct err *e);
str conform_day(struct arena *a, int64_t t); /* "2026-12-31"; "-" when 0 */

#endif
