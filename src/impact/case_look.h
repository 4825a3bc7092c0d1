/* SPDX-License-Identifier: Apache-2.0
 *
 * When each open case has to be looked at again for its deadlines: a cache, so that a round reads the cases of which
 * something may have to be told and no others. A case is due at the moment that was found when it was last looked at,
 * and at once when a step of it came, something was said of a system of its product, or what is known of one of its
 * flaws changed. When the settings are others, or nothing is remembered, every open case is due.
 */
#ifndef AKASHI_IMPACT_CASE_LOOK_H
#define AKASHI_IMPACT_CASE_LOOK_H

#include "impact/case.h"

enum { CASE_LOOK_MOST = 7 * 86400 }; /* seconds: none rests for longer */

VEC_NAMED(case_numbers, int64_t);
struct case_looks {
    str settings;              /* all that deadlines depend on besides: a digest */
    struct case_numbers cases; /* due, by number; closed ones may be among them */
    bool all;                  /* nothing is remembered that holds */
};
MUST_USE bool case_looks_due(struct portfolio *p, struct arena *a, str settings, int64_t now, struct case_looks *out,
                             struct err *e);
/* After what there is to tell is in safe hands: when to look at each again (INT64_MAX: it is closed), in the order of
 * looks->cases; one transaction. */
MUST_USE bool case_looked(struct portfolio *p, const struct case_looks *looks, const int64_t *again, int64_t now,
                          struct err *e);

#endif
