/* SPDX-License-Identifier: Apache-2.0
 *
 * Durations of fixed length, ISO 8601: weeks, days, hours, minutes, seconds. Months and years have no fixed length and
 * are none.
 */
#ifndef AKASHI_IMPACT_DURATION_H
#define AKASHI_IMPACT_DURATION_H

#include "base/arena.h"

/* "PT4H", "P1DT12H", "P2W"; also what people type: "90s", "30m", "4h", "2d", "1w". False when it is none, or longer
 * than an int64_t of seconds. */
bool duration_parse(str s, int64_t *seconds);
/* "P1DT12H"; "PT0S" for nothing. seconds must not be negative. */
str duration_text(struct arena *a, int64_t seconds);

#endif
