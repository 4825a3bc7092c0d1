/* SPDX-License-Identifier: Apache-2.0
 *
 * Notices of a case's clocks: a deadline is near, or was missed.
 */
#ifndef AKASHI_NODE_NOTIFY_DEADLINE_H
#define AKASHI_NODE_NOTIFY_DEADLINE_H

#include "impact/clock.h"
#include "node/notify.h"

/* Near: less than a quarter of its time is left, and at most three days. */
bool deadline_near(const struct deadline *d, int64_t now);
/* False when there is nothing to tell: not open, or not near yet. about: id and title of the case, whom it concerns,
 * its priority; subject, text, kind, event and time are filled in here. A deadline that moves (another event started
 * it) is told anew. The notice passes every minimum when the deadline was missed. */
bool notice_of_deadline(struct arena *a, const struct notice *about, const struct deadline *d, int64_t now,
                        struct notice *out);
/* When that may be otherwise, as far as time alone decides; INT64_MAX: never. */
int64_t deadline_look(const struct deadline *d, int64_t now);

#endif
