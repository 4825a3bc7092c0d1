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
#include "impact/roaring.h"

/* In a transaction of its own, when something changed; home (its folder, may be absent) is where the profiles of
 * `clocks` came from. */
MUST_USE bool due_update(struct portfolio *p, const struct clock_set *clocks, str home, struct err *e);

/* Looks at the verdicts on all cases of the order again: for those who write the order themselves. */
MUST_USE bool due_answers(struct portfolio *p, struct err *e);

/* Only if at most so many cases have to be looked at. */
MUST_USE bool due_update_some(struct portfolio *p, const struct clock_set *clocks, str home, uint64_t most,
                              struct err *e);

struct due_case {
    int64_t number, product, due;
};
VEC_NAMED(due_cases, struct due_case);
struct due_wish { /* of a finding it lists; not necessarily the same one */
    struct flaw_range scores;
    int kev;       /* 2: in KEV; 1: exploited; 0: any */
    int32_t epss;  /* at least; -1: any */
    bool answered; /* a verdict may answer it */
};
#define DUE_ANY_PACKAGE (-2)
#define DUE_NO_PACKAGE (-1) /* of cases whose findings are in several, or in one that is not known */
/* The next (at most DUE_PAGE) behind a place; {INT64_MIN, …} = from the start. */
enum { DUE_PAGE = 256 };
MUST_USE bool due_next(struct portfolio *p, struct arena *a, struct due_case after, const struct due_wish *wish,
                       struct due_cases *out, struct err *e);
/* Of a product at most so many, of those that may be of a package. */
MUST_USE bool due_of_product(struct portfolio *p, struct arena *a, int64_t product, int64_t package,
                             struct due_case after, const struct due_wish *wish, uint32_t most, struct due_cases *out,
                             struct err *e);
/* The same of each of so many products, theirs together and in order. */
MUST_USE bool due_of_each(struct portfolio *p, struct arena *a, const uint32_t *products, uint32_t n, int64_t package,
                          struct due_case after, const struct due_wish *wish, uint32_t most, struct due_cases *out,
                          struct err *e);
MUST_USE bool due_of_package(struct portfolio *p, struct arena *a, int64_t package, struct due_case after,
                             const struct due_wish *wish, uint32_t most, struct due_cases *out, struct err *e);
MUST_USE bool due_of_case(struct portfolio *p, int64_t number, bool *found, struct due_case *out, struct err *e);
/* Cases that list a flaw by this name, with the component they list it in. */
struct due_finding {
    struct due_case in;
    str component;
};
VEC_NAMED(due_findings, struct due_finding);
MUST_USE bool due_of_flaw(struct portfolio *p, struct arena *a, str name, struct due_findings *out, struct err *e);
/* Adds the cases alone, at most so many in all. */
MUST_USE bool due_of_flaw_some(struct portfolio *p, struct arena *a, str name, bool answered, uint32_t most,
                               struct due_cases *out, struct err *e);
/* Those of so many products of which a case lists the finding: adds them to `out`. */
MUST_USE bool due_listing(struct portfolio *p, struct arena *a, const uint32_t *products, uint32_t n, str component,
                          str flaw, roaring_bitmap_t *out, struct err *e);
/* Whether a case of the product that comes before this one lists the finding too. */
MUST_USE bool due_before(struct portfolio *p, const struct due_case *x, str component, str flaw, bool *yes,
                         struct err *e);

#endif
