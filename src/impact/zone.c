/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/zone.h"

#include <assert.h>

/* ── days ── */

enum { DAY_FIRST = -719528, DAY_LAST = 2932896 }; /* 0000-01-01 and 9999-12-31 */

static int64_t within(int64_t day) { return day < DAY_FIRST ? DAY_FIRST : day > DAY_LAST ? DAY_LAST : day; }

static bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int month_days(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return days[month - 1] + (month == 2 && leap(year));
}

/* Years are counted from March, so that the leap day is the last of its year; 400 years have 146,097 days. */
int64_t day_of(int year, int month, int day) {
    int y = year - (month <= 2), m = (month + 9) % 12;
    int era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * m + 2) / 5 + day - 1;
    return within((int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468);
}

struct civil day_civil(int64_t day) {
    int64_t n = within(day) + 719468, era = (n >= 0 ? n : n - 146096) / 146097, of_era = n - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    int month = (int)(m < 10 ? m + 3 : m - 9);
    return (struct civil){(int)(y + era * 400) + (month <= 2), month, (int)(of_year - (153 * m + 2) / 5 + 1)};
}

int day_weekday(int64_t day) {
    int64_t r = (day + 4) % 7; /* 1970-01-01 was a Thursday */
    return (int)(r < 0 ? r + 7 : r);
}

int64_t day_add_months(int64_t day, int64_t n) {
    struct civil c = day_civil(day);
    n = n < -120000 ? -120000 : n > 120000 ? 120000 : n;
    int64_t months = (int64_t)c.year * 12 + c.month - 1 + n;
    int64_t year = months >= 0 ? months / 12 : -((-months + 11) / 12);
    if (year < 0 || year > 9999)
        return year < 0 ? DAY_FIRST : DAY_LAST;
    int month = (int)(months - year * 12) + 1, most = month_days((int)year, month);
    return day_of((int)year, month, c.day < most ? c.day : most);
}

int64_t day_nth(int year, int month, int weekday, int nth) {
    if (nth < 0) {
        int64_t last = day_of(year, month, month_days(year, month));
        return last - (day_weekday(last) - weekday + 7) % 7;
    }
    int64_t first = day_of(year, month, 1);
    return first + (weekday - day_weekday(first) + 7) % 7 + 7 * (nth - 1);
}

bool day_parse(str s, int64_t *out) {
    uint64_t y, m, d;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !str_u64(str_upto(s, 4), &y) ||
        !str_u64(str_upto(str_from(s, 5), 2), &m) || !str_u64(str_from(s, 8), &d))
        return false;
    if (m < 1 || m > 12 || d < 1 || d > (uint64_t)month_days((int)y, (int)m))
        return false;
    *out = day_of((int)y, (int)m, (int)d);
    return true;
}

str day_text(struct arena *a, int64_t day) {
    struct civil c = day_civil(day);
    return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

/* ── zones ── */

static const struct {
    const char *name;
    int minutes;
    enum zone_summer summer;
} zones[] = {
    {"UTC", 0, SUMMER_NONE},
    {"Z", 0, SUMMER_NONE},
    {"Etc/UTC", 0, SUMMER_NONE},
    {"Asia/Tokyo", 540, SUMMER_NONE},
    {"Japan", 540, SUMMER_NONE},
    {"JST", 540, SUMMER_NONE},
    {"Asia/Seoul", 540, SUMMER_NONE},
    {"Asia/Singapore", 480, SUMMER_NONE},
    {"Asia/Taipei", 480, SUMMER_NONE},
    {"Asia/Shanghai", 480, SUMMER_NONE},
    {"Asia/Kolkata", 330, SUMMER_NONE},
    {"Europe/London", 0, SUMMER_EU},
    {"Europe/Dublin", 0, SUMMER_EU},
    {"Europe/Lisbon", 0, SUMMER_EU},
    {"Europe/Brussels", 60, SUMMER_EU},
    {"Europe/Amsterdam", 60, SUMMER_EU},
    {"Europe/Berlin", 60, SUMMER_EU},
    {"Europe/Copenhagen", 60, SUMMER_EU},
    {"Europe/Luxembourg", 60, SUMMER_EU},
    {"Europe/Madrid", 60, SUMMER_EU},
    {"Europe/Paris", 60, SUMMER_EU},
    {"Europe/Prague", 60, SUMMER_EU},
    {"Europe/Rome", 60, SUMMER_EU},
    {"Europe/Stockholm", 60, SUMMER_EU},
    {"Europe/Vienna", 60, SUMMER_EU},
    {"Europe/Warsaw", 60, SUMMER_EU},
    {"Europe/Zurich", 60, SUMMER_EU},
    {"Europe/Athens", 120, SUMMER_EU},
    {"Europe/Bucharest", 120, SUMMER_EU},
    {"Europe/Helsinki", 120, SUMMER_EU},
    {"Europe/Riga", 120, SUMMER_EU},
    {"Europe/Tallinn", 120, SUMMER_EU},
    {"Europe/Vilnius", 120, SUMMER_EU},
    {"America/New_York", -300, SUMMER_US},
    {"America/Chicago", -360, SUMMER_US},
    {"America/Denver", -420, SUMMER_US},
    {"America/Los_Angeles", -480, SUMMER_US},
};

/* "+09:00", "+0900", "-03" */
static bool parse_offset(str s, int32_t *out) {
    uint64_t hours, minutes = 0;
    if (s.n < 3 || (s.p[0] != '+' && s.p[0] != '-') || !str_u64(str_upto(str_from(s, 1), 2), &hours))
        return false;
    str rest = str_from(s, 3);
    if (rest.n && rest.p[0] == ':')
        rest = str_from(rest, 1);
    if (s.n > 3 && (rest.n != 2 || !str_u64(rest, &minutes)))
        return false;
    if (hours > 14 || minutes > 59)
        return false;
    *out = (int32_t)(hours * 3600 + minutes * 60) * (s.p[0] == '-' ? -1 : 1);
    return true;
}

bool zone_parse(str name, struct zone *out) {
    *out = (struct zone){0, SUMMER_NONE};
    if (parse_offset(name, &out->standard))
        return true;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (str_ieq(name, str_of(zones[i].name))) {
            *out = (struct zone){zones[i].minutes * 60, zones[i].summer};
            return true;
        }
    return false;
}

static int64_t floor_div(int64_t x, int64_t by) { return x / by - (x % by < 0); }

/* First and last instant (exclusive) of summer time in a year; false when there is none. */
static bool summer_of(struct zone z, int year, int64_t *from, int64_t *until) {
    int64_t first, last;
    if (z.summer == SUMMER_EU && year >= 1981) {
        first = day_nth(year, 3, 0, -1);
        last = day_nth(year, year < 1996 ? 9 : 10, 0, -1);
        *from = first * DAY_SECONDS + 3600;
        *until = last * DAY_SECONDS + 3600;
        return true;
    }
    if (z.summer == SUMMER_US && year >= 1987) {
        first = year < 2007 ? day_nth(year, 4, 0, 1) : day_nth(year, 3, 0, 2);
        last = year < 2007 ? day_nth(year, 10, 0, -1) : day_nth(year, 11, 0, 1);
        *from = first * DAY_SECONDS + 7200 - z.standard;
        *until = last * DAY_SECONDS + 3600 - z.standard; /* 02:00 summer time */
        return true;
    }
    return false;
}

int32_t zone_offset(struct zone z, int64_t t) {
    int64_t from, until;
    if (z.summer == SUMMER_NONE)
        return z.standard;
    /* Both changes lie months away from a new year, so the year in UTC will do. */
    int year = day_civil(floor_div(t, DAY_SECONDS)).year;
    return z.standard + (summer_of(z, year, &from, &until) && t >= from && t < until ? 3600 : 0);
}

int64_t zone_day(struct zone z, int64_t t, int32_t *second) {
    const int64_t least = (int64_t)DAY_FIRST * DAY_SECONDS, most = ((int64_t)DAY_LAST + 1) * DAY_SECONDS - 1;
    t = t < least ? least : t > most ? most : t;
    int64_t local = t + zone_offset(z, t), day = floor_div(local, DAY_SECONDS);
    if (second)
        *second = (int32_t)(local - day * DAY_SECONDS);
    return within(day);
}

int64_t zone_instant(struct zone z, int64_t day, int32_t second) {
    int64_t local = within(day) * DAY_SECONDS + second;
    /* With the offset of before the change: right but for the hour that summer time shows a second time. */
    int64_t winter = local - z.standard, summer = winter - 3600;
    return zone_offset(z, summer) != z.standard ? summer : winter;
}

str zone_text(struct arena *a, struct zone z, int64_t t) {
    int32_t second, offset = zone_offset(z, t), minutes = (offset < 0 ? -offset : offset) / 60;
    struct civil c = day_civil(zone_day(z, t, &second));
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month, c.day, second / 3600,
                        second / 60 % 60, second % 60, offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}
