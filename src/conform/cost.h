/* SPDX-License-Identifier: Apache-2.0
 *
 * What practices took, in hours and money, as booked in the log. Only what the home's own keys booked counts.
 */
#ifndef AKASHI_CONFORM_COST_H
#define AKASHI_CONFORM_COST_H

#include "impact/portfolio.h"

struct cost {
    str catalogue, practice, currency, text; /* currency absent: no money */
    double hours, money;
    int64_t spent, booked; /* as stated; of the log */
    uint64_t entry;
};
VEC_NAMED(costs, struct cost);
/* ERR_INPUT when it says nothing, or cannot be. */
MUST_USE bool cost_payload(struct ctx *c, struct arena *a, const struct cost *x, str *payload, struct err *e);
/* By catalogue and practice, oldest first. */
MUST_USE bool costs_list(struct portfolio *p, struct arena *a, const struct as_of *when, struct costs *out,
                         struct err *e);

#endif
