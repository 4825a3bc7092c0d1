/* SPDX-License-Identifier: Apache-2.0
 *
 * Holiday rules of a calendar file, worked out into days. Used by calendar.c alone.
 */
#ifndef AKASHI_IMPACT_CALENDAR_RULES_H
#define AKASHI_IMPACT_CALENDAR_RULES_H

#include "impact/calendar.h"

struct day_off {
    int64_t day;
    struct label name;
    bool national;  /* counts for substitute days and for days between two holidays */
    uint32_t order; /* of the rule: of two holidays on one day the first named stays */
};
VEC_NAMED(days_off, struct day_off);

/* Weekday bits of ["sat", "sun"]. */
unsigned weekdays_of(struct jv names);
/* All holidays of doc in the years first … last, sorted, each day once. */
MUST_USE bool rules_apply(struct arena *a, const struct json *doc, int first, int last, struct days_off *out,
                          struct err *e);

#endif
