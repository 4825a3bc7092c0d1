/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/cells.h"

#include "impact/duration.h"

#define WIDE_BLANK "\xE3\x80\x80"

str cell_trim(str s) {
    for (;;) {
        s = str_trim(s);
        if (str_starts(s, S(WIDE_BLANK)))
            s = str_from(s, 3);
        else if (str_ends(s, S(WIDE_BLANK)))
            s = str_upto(s, s.n - 3);
        else
            return s;
    }
}

/* U+FF01 to U+FF5E stand for U+0021 to U+007E, U+3000 for a blank, U+3001 for a comma. */
static char narrow_of(str s) {
    if (str_starts(s, S(WIDE_BLANK)))
        return ' ';
    if (str_starts(s, S("、")))
        return ',';
    if (s.n < 3 || (unsigned char)s.p[0] != 0xEF)
        return 0;
    unsigned x = ((unsigned char)s.p[1] & 0x3Fu) << 6 | ((unsigned char)s.p[2] & 0x3Fu);
    return x >= 0xF01 && x <= 0xF5E ? (char)(x - 0xF01 + '!') : 0;
}

str cell_narrow(struct arena *a, str s) {
    struct buf b = {0};
    for (size_t i = 0; i < s.n;) {
        char c = narrow_of(str_from(s, i));
        buf_addc(&b, c ? c : s.p[i]);
        i += c ? 3 : 1;
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* ── days ── */

static const struct era {
    const char *name;
    unsigned before; /* its first year is the one after this */
} eras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"R", 2018}, {"H", 1988}, {"S", 1925}};

static bool take_year(str text, uint64_t *year) {
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++) {
        str name = str_of(eras[i].name);
        if (!str_starts(text, name))
            continue;
        text = str_from(text, name.n);
        bool first = str_is(text, "元");
        if (!first && (!str_u64(text, year) || *year < 1 || *year > 99))
            return false;
        *year = eras[i].before + (first ? 1 : *year);
        return true;
    }
    return str_u64(text, year) && *year <= 9999;
}

/* Three parts between the same marks; the last mark may be missing where it is none. */
static bool cut_day(str text, const char *const marks[3], str *year, str *month, str *day) {
    size_t at = str_find(text, str_of(marks[0]));
    if (at == STR_NONE)
        return false;
    *year = str_upto(text, at);
    text = str_from(text, at + strlen(marks[0]));
    at = str_find(text, str_of(marks[1]));
    if (at == STR_NONE)
        return false;
    *month = str_upto(text, at);
    *day = str_from(text, at + strlen(marks[1]));
    if (*marks[2] && !str_ends(*day, str_of(marks[2])))
        return false;
    *day = str_upto(*day, day->n - strlen(marks[2]));
    return true;
}

str cell_day(struct arena *a, str s) {
    static const char *const ways[][3] = {{"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}};
    str year, month, day;
    uint64_t y, m, d;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (cut_day(s, ways[i], &year, &month, &day) && take_year(str_trim(year), &y) && str_u64(str_trim(month), &m) &&
            str_u64(str_trim(day), &d) && m <= 12 && d <= 31)
            return arena_printf(a, "%04u-%02u-%02u", (unsigned)y, (unsigned)m, (unsigned)d);
    return s;
}

/* ── durations ── */

static const struct unit {
    const char *name;
    int64_t seconds;
} units[] = {{"週間", 604800}, {"週", 604800}, {"日間", 86400}, {"日", 86400}, {"時間", 3600}, {"分間", 60}, {"分", 60},
             {"秒", 1},        {"w", 604800},  {"d", 86400},    {"h", 3600},   {"min", 60},    {"m", 60},    {"s", 1}};

/* "4時間" off the front. */
static bool take_part(str *rest, int64_t *sum) {
    size_t n = 0;
    int64_t number, more;
    while (n < rest->n && ch_digit(rest->p[n]))
        n++;
    if (!n || !str_i64(str_upto(*rest, n), &number))
        return false;
    str behind = str_trim(str_from(*rest, n));
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(units[i].name);
        if (behind.n < len || !str_ieq(str_upto(behind, len), str_of(units[i].name)))
            continue;
        *rest = str_trim(str_from(behind, len));
        return !__builtin_mul_overflow(number, units[i].seconds, &more) && !__builtin_add_overflow(*sum, more, sum);
    }
    return false;
}

str cell_duration(struct arena *a, str s) {
    str rest = s;
    int64_t sum = 0;
    if (!s.n)
        return s;
    while (rest.n)
        if (!take_part(&rest, &sum))
            return s;
    return duration_text(a, sum);
}
