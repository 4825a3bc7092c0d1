/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadlines of a case: what its steps and findings mean to the clocks.
 */
#ifndef AKASHI_IMPACT_CASE_CLOCK_H
#define AKASHI_IMPACT_CASE_CLOCK_H

#include "impact/case.h"
#include "impact/clock.h"

/* history: what counts of it (all, or what was known at a moment): the findings and places are those that its last
 * step names. When a moment is given, systems are those of then, and of the findings counts what that step says of
 * them: what an advisory says of itself later does not. now: where the clocks stand. */
MUST_USE bool case_deadlines(struct portfolio *p, struct arena *a, const struct clock_set *clocks,
                             const struct case_row *c, const struct case_history *history, const struct as_of *when,
                             int64_t now, struct deadlines *out, struct err *e);

/* The same for many cases as of one moment: what was read for those before, as many are about the same flaws and
 * systems. It begins with its arena alone. */
struct case_met {
    struct arena *a;
    struct map flaws;   /* name → struct flaw_row, NULL: there is none */
    struct map systems; /* id of a deployment → enum exposure + 1 */
    bool begun;
};
MUST_USE bool case_deadlines_met(struct portfolio *p, struct arena *a, const struct clock_set *clocks,
                                 const struct case_row *c, const struct case_history *history, const struct as_of *when,
                                 int64_t now, struct case_met *met, struct deadlines *out, struct err *e);

/* What the case was found in, as its last such step says; NULL: none does. */
const struct case_step *case_last_found(const struct case_history *h);

#endif
