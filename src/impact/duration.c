/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/duration.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, WEEK = 7 * DAY };

static bool add(int64_t *sum, int64_t n, int64_t unit) {
    int64_t more;
    return !__builtin_mul_overflow(n, unit, &more) && !__builtin_add_overflow(*sum, more, sum);
}

/* Units in the order they must have; '\0' at the end. */
static const struct unit {
    char letter;
    bool time; /* behind the T */
    int64_t seconds;
} units[] = {{'W', false, WEEK}, {'D', false, DAY}, {'H', true, HOUR}, {'M', true, MINUTE}, {'S', true, 1}};
enum { UNITS = sizeof units / sizeof *units };

/* "4h" */
static bool typed(str s, int64_t *seconds) {
    int64_t n;
    *seconds = 0;
    if (s.n < 2 || !str_i64(str_upto(s, s.n - 1), &n))
        return false;
    for (size_t i = 0; i < UNITS; i++)
        if (ch_tolower(s.p[s.n - 1]) == (char)(units[i].letter | 0x20))
            return add(seconds, n, units[i].seconds);
    return false;
}

bool duration_parse(str s, int64_t *seconds) {
    bool time = false, any = false;
    size_t unit = 0, at = 1;
    if (!s.n || s.p[0] != 'P')
        return typed(s, seconds);
    for (*seconds = 0; at < s.n; any = true) {
        size_t from = at;
        int64_t n;
        if (!time && s.p[at] == 'T') {
            time = true;
            from = ++at;
        }
        while (at < s.n && ch_digit(s.p[at]))
            at++;
        while (at < s.n && unit < UNITS && (units[unit].letter != s.p[at] || units[unit].time != time))
            unit++;
        if (at == s.n || unit == UNITS || !str_i64(str_n(s.p + from, at - from), &n) ||
            !add(seconds, n, units[unit++].seconds))
            return false;
        at++;
    }
    return any;
}

str duration_text(struct arena *a, int64_t seconds) {
    str out = S("P");
    bool time = false;
    for (size_t i = 1; i < UNITS; i++) { /* weeks are said in days */
        int64_t n = seconds / units[i].seconds;
        seconds %= units[i].seconds;
        if (!n)
            continue;
        out = arena_printf(a, "%.*s%s%lld%c", STR_ARG(out), units[i].time && !time ? "T" : "", (long long)n,
                           units[i].letter);
        time |= units[i].time;
    }
    return out.n > 1 ? out : S("PT0S");
}
