/* SPDX-License-Identifier: Apache-2.0
 *
 * All open cases in the order in which they are due. The order is kept in the views, but it is no view of the log
 * alone: it follows the clock profiles, the advisories and where things run. Whoever needs it brings it up to date
 * first; what happened to some cases, or to their advisories, costs those, other profiles all that are open.
 */
#ifndef AKASHI_IMPACT_DUE_H
#define AKASHI_IMPACT_DUE_H

#include "impact/case.h"
#include "impact/clock.h"
#include "impact/hits.h"

/* In a transaction of its own, when something changed; home (its folder, may be absent) is where the profiles of
 * `clocks` came from. */
MUST_USE bool due_update(struct portfolio *p, const struct clock_set *clocks, str home, struct err *e);

/* Only if at most so many cases have to be looked at. */
MUST_USE bool due_update_some(struct portfolio *p, const struct clock_set *clocks, str home, uint64_t most,
                              struct err *e);

struct due_case {
    int64_t number, product, due;
};
VEC_NAMED(due_cases, struct due_case);
/* The next (at most 256) behind a place, with a finding of such a score; {INT64_MIN, …} = from the start. */
MUST_USE bool due_next(struct portfolio *p, struct arena *a, struct due_case after, struct flaw_range scores,
                       struct due_cases *out, struct err *e);
MUST_USE bool due_of_product(struct portfolio *p, struct arena *a, int64_t product, struct flaw_range scores,
                             struct due_cases *out, struct err *e);
MUST_USE bool due_of_case(struct portfolio *p, int64_t number, bool *found, struct due_case *out, struct err *e);
/* Those that list a flaw which a verdict may answer for their product; some of them twice. */
MUST_USE bool due_answered(struct portfolio *p, struct arena *a, struct due_cases *out, struct err *e);
/* Cases that list a flaw by this name, with the component they list it in. */
struct due_finding {
    struct due_case in;
    str component;
};
VEC_NAMED(due_findings, struct due_finding);
MUST_USE bool due_of_flaw(struct portfolio *p, struct arena *a, str name, struct due_findings *out, struct err *e);
/* Whether a case of the product that comes before this one lists the finding too. */
MUST_USE bool due_before(struct portfolio *p, const struct due_case *x, str component, str flaw, bool *yes,
                         struct err *e);

#endif
