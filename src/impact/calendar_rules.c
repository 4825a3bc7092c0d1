/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/calendar_rules.h"

#include <stdlib.h>

/* ── single days ── */

static int weekday_of(str name) {
    static const char *const names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    for (int i = 0; i < 7; i++)
        if (str_is(name, names[i]))
            return i;
    return 0;
}

unsigned weekdays_of(struct jv names) {
    unsigned bits = 0;
    for (struct jiter it = j_iter(names); j_next(&it);)
        bits |= 1U << weekday_of(j_str(it.val));
    return bits;
}

/* Day of the month of the equinox in Japan time: the mean equinox of 1980, a tropical year of 365.242194 days, and the
 * leap years of the calendar. Holds for 1980 to 2099, as the almanac office's own dates show. */
static int64_t equinox(int year, bool spring) {
    int n = year - 1980;
    double at = (spring ? 20.8431 : 23.2488) + 0.242194 * n;
    return day_of(year, spring ? 3 : 9, (int)at - n / 4);
}

/* Sunday of Easter, Gregorian (the anonymous algorithm of 1876). */
static int64_t easter(int year) {
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
    return day_of(year, sum / 31, sum % 31 + 1);
}

static bool excepted(struct jv rule, int year) {
    for (struct jiter it = j_iter(j_get(rule, "except")); j_next(&it);)
        if (j_int(it.val, 0) == year)
            return true;
    return false;
}

/* The rule's day in that year; false when that month has none (30 February, a fifth Monday). */
static bool day_by_rule(struct jv rule, int year, int64_t *out) {
    int month = (int)j_int(j_get(rule, "month"), 1);
    if (j_ok(j_get(rule, "equinox"))) {
        *out = equinox(year, str_is(j_gets(rule, "equinox"), "spring"));
    } else if (j_ok(j_get(rule, "easter"))) {
        *out = easter(year) + j_int(j_get(rule, "easter"), 0);
    } else if (j_ok(j_get(rule, "nth"))) {
        *out = day_nth(year, month, weekday_of(j_gets(rule, "weekday")), (int)j_int(j_get(rule, "nth"), 1));
        return day_civil(*out).month == month;
    } else {
        int day = (int)j_int(j_get(rule, "day"), 1);
        *out = day_of(year, month, day);
        return day <= month_days(year, month);
    }
    return true;
}

static bool fail(const struct json *doc, struct jv at, struct arena *a, struct err *e, const char *what) {
    return err_set(e, ERR_INPUT, json_place(doc, at, a), "%s", what);
}

/* What the schema cannot say: exactly one way to find the day, and years the equinox formula holds for. */
static bool rule_sound(const struct json *doc, struct jv rule, int first, int last, struct arena *a, struct err *e) {
    bool fixed = j_ok(j_get(rule, "day")), nth = j_ok(j_get(rule, "nth")), weekday = j_ok(j_get(rule, "weekday"));
    bool other = j_ok(j_get(rule, "equinox")) || j_ok(j_get(rule, "easter")) || j_ok(j_get(rule, "date"));
    int ways = fixed + nth + j_ok(j_get(rule, "equinox")) + j_ok(j_get(rule, "easter")) + j_ok(j_get(rule, "date"));
    if (ways != 1 || nth != weekday || other == j_ok(j_get(rule, "month")))
        return fail(
            doc, rule, a, e,
            _("a holiday is found in one way: month and day; month, weekday and nth; equinox; easter; or date"));
    if (j_ok(j_get(rule, "equinox")) && (first < 1980 || last > 2099))
        return fail(doc, rule, a, e, _("equinoxes are known for the years 1980 to 2099"));
    return true;
}

static bool rule_apply(struct arena *a, const struct json *doc, struct jv rule, uint32_t order, int first, int last,
                       struct days_off *out, struct err *e) {
    int64_t from = j_int(j_get(rule, "from"), first), until = j_int(j_get(rule, "until"), last), day;
    bool national = !j_ok(j_get(rule, "national")) || j_true(j_get(rule, "national"));
    struct day_off off = {0, label_of(j_get(rule, "name")), national, order};
    first = from > first ? (int)from : first;
    last = until < last ? (int)until : last;
    if (!rule_sound(doc, rule, first, last, a, e))
        return false;
    str date = j_gets(rule, "date");
    if (date.p) {
        if (!day_parse(date, &off.day))
            return fail(doc, j_get(rule, "date"), a, e, _("this is no date such as 2019-05-01"));
        int year = day_civil(off.day).year;
        if (year >= first && year <= last)
            *vec_push(a, out) = off;
        return true;
    }
    for (int year = first; year <= last; year++)
        if (!excepted(rule, year) && day_by_rule(rule, year, &day)) {
            off.day = day;
            *vec_push(a, out) = off;
        }
    return true;
}

/* ── sorted, each day once ── */

static int by_day(const void *x, const void *y) {
    const struct day_off *p = x, *q = y;
    if (p->day != q->day)
        return p->day < q->day ? -1 : 1;
    if (p->national != q->national)
        return p->national ? -1 : 1;
    return (p->order > q->order) - (p->order < q->order);
}

static void settle(struct days_off *off) {
    uint32_t n = 0;
    if (off->n)
        qsort(off->v, off->n, sizeof *off->v, by_day);
    for (uint32_t i = 0; i < off->n; i++)
        if (!n || off->v[n - 1].day != off->v[i].day)
            off->v[n++] = off->v[i];
    off->n = n;
}

static const struct day_off *off_on(const struct days_off *off, uint32_t n, int64_t day) {
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (off->v[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && off->v[low].day == day ? &off->v[low] : NULL;
}

static bool national_on(const struct days_off *off, uint32_t n, int64_t day) {
    const struct day_off *o = off_on(off, n, day);
    return o && o->national;
}

/* ── days that follow from others ── */

/* Whether a clause of the law (from, until) stood on that day. */
static bool in_force(struct jv clause, int64_t day) {
    int64_t from, until;
    return (!day_parse(j_gets(clause, "from"), &from) || day >= from) &&
           (!day_parse(j_gets(clause, "until"), &until) || day <= until);
}

struct following {
    struct arena *a;
    struct days_off *off;
    uint32_t n; /* the holidays that were there before: off grows behind them */
    unsigned weekend;
};

/* A holiday on a Sunday gives another day off. Japan: the Monday after (1973-04-12 to 2006), since 2007 the nearest
 * later day that is no national holiday. Elsewhere: the next business day. */
static void substitutes(struct following *f, struct jv clause) {
    unsigned when = weekdays_of(j_get(clause, "when"));
    str style = j_gets(clause, "style");
    for (uint32_t i = 0; i < f->n; i++) {
        const struct day_off now = f->off->v[i];
        if (!now.national || !(when & 1U << day_weekday(now.day)) || !in_force(clause, now.day))
            continue;
        int64_t day = now.day + 1;
        if (str_is(style, "next-free-day"))
            while (national_on(f->off, f->n, day))
                day++;
        if (str_is(style, "next-business-day"))
            while ((f->weekend & 1U << day_weekday(day)) || off_on(f->off, f->n, day))
                day++;
        *vec_push(f->a, f->off) = (struct day_off){day, label_of(j_get(clause, "name")), false, UINT32_MAX};
    }
}

/* A day between two national holidays (国民の休日). A Sunday or a substitute day it may be or not: it is off anyway. */
static void between(struct following *f, struct jv clause) {
    for (uint32_t i = 0; i + 1 < f->n; i++) {
        const struct day_off now = f->off->v[i];
        int64_t day = now.day + 1;
        if (now.national && in_force(clause, day) && !off_on(f->off, f->n, day) && national_on(f->off, f->n, day + 1) &&
            !(day_weekday(day) == 0 && j_true(j_get(clause, "not-sunday"))))
            *vec_push(f->a, f->off) = (struct day_off){day, label_of(j_get(clause, "name")), false, UINT32_MAX};
    }
}

bool rules_apply(struct arena *a, const struct json *doc, int first, int last, struct days_off *out, struct err *e) {
    for (struct jiter it = j_iter(j_get(doc->root, "holidays")); j_next(&it);)
        if (!rule_apply(a, doc, it.val, (uint32_t)it.index, first, last, out, e))
            return false;
    settle(out);
    struct following f = {a, out, out->n, weekdays_of(j_get(doc->root, "weekend"))};
    for (struct jiter it = j_iter(j_get(doc->root, "substitutes")); j_next(&it);)
        substitutes(&f, it.val);
    for (struct jiter it = j_iter(j_get(doc->root, "between")); j_next(&it);)
        between(&f, it.val);
    settle(out);
    return true;
}
