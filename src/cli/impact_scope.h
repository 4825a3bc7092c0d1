/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands share that look at the components of many releases: which releases, how many rows.
 */
#ifndef AKASHI_CLI_IMPACT_SCOPE_H
#define AKASHI_CLI_IMPACT_SCOPE_H

#include "cli/impact.h"
#include "impact/scope.h"

#define OPTIONS_SCOPE                                                                                                  \
    {.name = "all",                                                                                                    \
     .kind = OPT_FLAG,                                                                                                 \
     .help = N_("every release ever shipped, not only the newest of each product and what deployments run")},          \
        {.name = "product",                                                                                            \
         .kind = OPT_TEXT,                                                                                             \
         .value = "ID[@VERSION]",                                                                                      \
         .help = N_("only releases of this product, or this one")},                                                    \
        {.name = "limit", .kind = OPT_NUMBER, .value = "N", .help = N_("at most so many rows (default: 50; 0: all)")}, \
        {.name = "offset", .kind = OPT_NUMBER, .value = "N", .help = N_("leave out the first N rows")}, OPTION_AS_OF,  \
        OPTION_AUDIENCE, OPTION_STORE

struct looking_at {
    struct cli *cli;
    struct cli_portfolio views;
    struct scope scope;
    uint64_t releases; /* in the scope */
    uint64_t offset, limit;
};
MUST_USE bool look_open(struct looking_at *x, struct cli *cli, struct err *e);
void look_close(struct looking_at *x);
/* Of n rows those that are shown: *from up to the result. */
uint64_t look_page(const struct looking_at *x, uint64_t n, uint64_t *from);
/* "… 1,234 more: --offset 50" when there are. */
void look_more(const struct looking_at *x, uint64_t n, uint64_t until);
/* "scope", "total", "offset" of the JSON answers. */
void look_json(const struct looking_at *x, struct jw *w, uint64_t n);

#endif
