/* SPDX-License-Identifier: Apache-2.0
 *
 * Business days: a weekend and holidays by rule, from a data file (catalogues/calendars, HOME/calendars;
 * docs/clocks.md).
 *
 * A calendar is worked out for all its years when it is read, and only read afterwards: threads may share it. Outside
 * of its years it knows nothing, and says so instead of guessing.
 */
#ifndef AKASHI_IMPACT_CALENDAR_H
#define AKASHI_IMPACT_CALENDAR_H

#include "impact/label.h"
#include "impact/zone.h"

struct holiday {
    int64_t day;
    struct label name;
};
struct calendar {
    str id;
    struct label title;
    struct zone zone;
    int64_t first, last; /* days it knows */
    unsigned weekend;    /* bit per weekday, 1 << 0 = Sunday */
    const struct holiday *holidays;
    uint32_t n_holidays; /* by day, each day once */
};

/* A file's text. Checked against the calendar schema: an unknown member is an error with its place. */
MUST_USE bool calendar_read(struct ctx *c, struct arena *a, str text, str where, struct calendar *out, struct err *e);
/* By id: FOLDER/ID.json when there is a folder and it has the file, else the built-in one. */
MUST_USE bool calendar_find(struct ctx *c, struct arena *a, str id, str folder, struct calendar *out, struct err *e);

/* The holiday on that day, or NULL; the weekend is none. */
const struct holiday *calendar_holiday(const struct calendar *cal, int64_t day);
/* Neither weekend nor holiday. */
bool calendar_works(const struct calendar *cal, int64_t day);
/* The nth business day after `day` (before it when n < 0). ERR_LIMIT when that lies outside of the calendar's years. */
MUST_USE bool calendar_add(const struct calendar *cal, int64_t day, int64_t n, int64_t *out, struct err *e);
/* That day, or the first business day after it. */
MUST_USE bool calendar_roll(const struct calendar *cal, int64_t day, int64_t *out, struct err *e);

#endif
