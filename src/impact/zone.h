/* SPDX-License-Identifier: Apache-2.0
 *
 * Days and time zones by rule, so that a deadline is the same on every machine: no time zone database is read.
 *
 * A day is a number, days since 1970-01-01 in the proleptic Gregorian calendar. An instant is seconds since 1970. Both
 * are bounded to the years 0 to 9999; what lies outside is taken as the nearest one inside.
 */
#ifndef AKASHI_IMPACT_ZONE_H
#define AKASHI_IMPACT_ZONE_H

#include "base/arena.h"

enum { DAY_SECONDS = 86400 };

struct civil {
    int year, month, day; /* month 1 … 12 */
};
int64_t day_of(int year, int month, int day);
struct civil day_civil(int64_t day);
int day_weekday(int64_t day); /* 0 = Sunday … 6 = Saturday */
int month_days(int year, int month);
/* The same day of the month n months later; the last one where that month is shorter. */
int64_t day_add_months(int64_t day, int64_t n);
/* The nth (1 … 5; -1 = last) such weekday of a month; beyond the month when it has no fifth. */
int64_t day_nth(int year, int month, int weekday, int nth);
bool day_parse(str s, int64_t *out); /* "2026-11-21", a day there is */
str day_text(struct arena *a, int64_t day);

/* When summer time holds. EU: last Sunday of March to last Sunday of October (September until 1995) at 01:00 UTC, from
 * 1981 (as in central Europe). US: second Sunday of March to first of November at 02:00 local, from 2007 (first of
 * April to last of October before). */
enum zone_summer { SUMMER_NONE, SUMMER_EU, SUMMER_US };
struct zone {
    int32_t standard; /* seconds east of Greenwich outside of summer time */
    enum zone_summer summer;
};
/* "UTC", "Z", "+09:00", "-0330", or a name in the table of zone.c ("Asia/Tokyo", "Europe/Brussels"), any case. */
bool zone_parse(str name, struct zone *out);
/* Seconds east of Greenwich at that instant. */
int32_t zone_offset(struct zone z, int64_t t);
/* The day there at that instant, and the second of the day (may be NULL). */
int64_t zone_day(struct zone z, int64_t t, int32_t *second);
/* The instant at which clocks there show it. What is shown twice means the first; what is skipped in spring, as much
 * later as the clock jumps. */
int64_t zone_instant(struct zone z, int64_t day, int32_t second);
/* RFC 3339 as clocks there show it: "2026-11-21T16:59:03+09:00". */
str zone_text(struct arena *a, struct zone z, int64_t t);

#endif
