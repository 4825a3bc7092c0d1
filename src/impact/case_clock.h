/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadlines of a case: what its steps and findings mean to the clocks.
 */
#ifndef AKASHI_IMPACT_CASE_CLOCK_H
#define AKASHI_IMPACT_CASE_CLOCK_H

#include "impact/case.h"
#include "impact/clock.h"

/* history: what counts of it (all, or what was known at a moment): the findings and places are those that its last
 * step names, and what was not known of them then does not count. */
MUST_USE bool case_deadlines(struct portfolio *p, struct arena *a, const struct clock_set *clocks,
                             const struct case_row *c, const struct case_history *history, int64_t now,
                             struct deadlines *out, struct err *e);

#endif
