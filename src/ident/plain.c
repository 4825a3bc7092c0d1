/* SPDX-License-Identifier: Apache-2.0
 *
 * Orders that belong to no package manager: points in time (RFC 3339), bytes, and the natural order people expect of
 * version strings nobody defined.
 */
#include "ident/version_part.h"

/* ── datetime ── */

struct instant {
    int64_t seconds;
    str fraction;
};

static bool take_number(str *s, size_t n, int *out) {
    *out = 0;
    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!ch_digit(s->p[i]))
            return false;
        *out = *out * 10 + (s->p[i] - '0');
    }
    *s = str_from(*s, n);
    return true;
}
static bool take_char(str *s, char c) {
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* Days since 1970-01-01 of a Gregorian date. Years begin in March so that the leap day comes last. */
static int64_t days(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool take_offset(str *s, int *minutes) {
    int hour, minute;
    *minutes = 0;
    if (take_char(s, 'Z'))
        return true;
    int sign = take_char(s, '+') ? 1 : take_char(s, '-') ? -1 : 0;
    if (!sign || !take_number(s, 2, &hour) || !take_char(s, ':') || !take_number(s, 2, &minute) || hour > 23 ||
        minute > 59)
        return false;
    *minutes = sign * (hour * 60 + minute);
    return true;
}

static int month_length(int year, int month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

static bool instant_of(str s, struct instant *t) {
    int year, month, day, hour, minute, second, offset;
    *t = (struct instant){0};
    if (!take_number(&s, 4, &year) || !take_char(&s, '-') || !take_number(&s, 2, &month) || !take_char(&s, '-') ||
        !take_number(&s, 2, &day) || !take_char(&s, 'T') || !take_number(&s, 2, &hour) || !take_char(&s, ':') ||
        !take_number(&s, 2, &minute) || !take_char(&s, ':') || !take_number(&s, 2, &second))
        return false;
    if (take_char(&s, '.')) {
        t->fraction = take_digits(&s);
        if (!t->fraction.n)
            return false;
        while (t->fraction.n && t->fraction.p[t->fraction.n - 1] == '0')
            t->fraction.n--;
    }
    if (month < 1 || month > 12 || day < 1 || day > month_length(year, month) || hour > 23 || minute > 59 ||
        second > 60 || !take_offset(&s, &offset) || s.n)
        return false;
    t->seconds = days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset * 60;
    return true;
}

static enum order datetime_compare(str a, str b) {
    struct instant x, y;
    if (!instant_of(a, &x) || !instant_of(b, &y))
        return ORDER_ERROR;
    return order_of(x.seconds != y.seconds ? (x.seconds < y.seconds ? -1 : 1) : str_cmp(x.fraction, y.fraction));
}
static bool datetime_valid(str v) {
    struct instant t;
    return instant_of(v, &t);
}
static uint64_t datetime_key(str v) {
    struct instant t;
    if (!instant_of(v, &t))
        return 0;
    struct key k = key_start();
    key_put(&k, (uint64_t)(t.seconds + ((int64_t)1 << 40)), 42);
    key_close(&k);
    return key_end(k);
}

/* ── lexicographic ── */

static bool any_valid(str v) { return v.n > 0; }
static enum order bytes_compare(str a, str b) {
    return any_valid(a) && any_valid(b) ? order_of(str_cmp(a, b)) : ORDER_ERROR;
}
static uint64_t bytes_key(str v) {
    if (!any_valid(v))
        return 0;
    struct key k = key_start();
    for (size_t i = 0; i < v.n && k.left; i++)
        key_put(&k, (unsigned char)v.p[i], 8);
    key_close(&k);
    return key_end(k);
}

/* ── generic ──
 * Runs of digits and of letters. A pre-release word comes before the end, other words behind it, numbers last. */

enum { PRE, NOTHING, WORD, NUMBER };

static bool pre_word(str s) {
    static const char *const words[] = {"alpha", "beta",     "pre",       "preview", "rc", "cr",
                                        "dev",   "snapshot", "milestone", "nightly", "a",  "b"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_ieq(s, str_of(words[i])))
            return true;
    return false;
}

static int generic_next(str *s, str *run) {
    while (s->n && !ch_alnum(s->p[0]) && (unsigned char)s->p[0] < 0x80)
        *s = str_from(*s, 1);
    *run = (str){NULL, 0};
    if (s->n == 0)
        return NOTHING;
    if (ch_digit(s->p[0])) {
        *run = take_digits(s);
        return NUMBER;
    }
    size_t n = 0;
    while (n < s->n && (ch_alpha(s->p[n]) || (unsigned char)s->p[n] >= 0x80))
        n++;
    *run = str_upto(*s, n);
    *s = str_from(*s, n);
    return pre_word(*run) ? PRE : WORD;
}

static enum order generic_compare(str a, str b) {
    if (!any_valid(a) || !any_valid(b))
        return ORDER_ERROR;
    a = without_v(str_trim(a));
    b = without_v(str_trim(b));
    for (;;) {
        str x, y;
        int p = generic_next(&a, &x), q = generic_next(&b, &y);
        if (p != q)
            return order_of(p - q);
        if (p == NOTHING)
            return ORDER_EQUAL;
        int c = p == NUMBER ? digits_cmp(x, y) : str_icmp(x, y);
        if (c)
            return order_of(c);
    }
}
static uint64_t generic_key(str v) {
    if (!any_valid(v))
        return 0;
    struct key k = key_start();
    str s = without_v(str_trim(v)), run;
    while (k.left) {
        int p = generic_next(&s, &run);
        key_put(&k, (uint64_t)p, 2);
        if (p == NUMBER)
            key_digits(&k, run);
        else if (p != NOTHING) {
            for (size_t i = 0; i < run.n; i++)
                key_put(&k, (unsigned char)ch_tolower(run.p[i]), 8);
            key_put(&k, 0, 8);
        }
        if (p == NOTHING)
            key_close(&k);
    }
    return key_end(k);
}

static const char *const none[] = {NULL};
static const char *const generic_names[] = {"OSS-Fuzz", "Android", "nix",         "guix",   "conda",  "luarocks",
                                            "cpan",     "vcpkg",   "huggingface", "mlflow", "docker", "oci",
                                            "swid",     "qpkg",    "brew",        NULL};
static const char *const git_names[] = {"gitlab", "bitbucket", NULL};

/* Commits have no order without their repository; the same commit may be written short. */
static bool git_valid(str v) {
    for (size_t i = 0; i < v.n; i++)
        if (!ch_hex(v.p[i]))
            return false;
    return v.n >= 7 && v.n <= 64;
}
static enum order git_compare(str a, str b) {
    if (!git_valid(a) || !git_valid(b))
        return ORDER_ERROR;
    return str_istarts(a, b) || str_istarts(b, a) ? ORDER_EQUAL : ORDER_ERROR;
}
static uint64_t git_key(str v) { return git_valid(v) ? key_end(key_start()) : 0; }

const struct ecosystem eco_datetime = {"datetime", none, datetime_compare, datetime_valid, datetime_key};
const struct ecosystem eco_lexicographic = {"lexicographic", none, bytes_compare, any_valid, bytes_key};
const struct ecosystem eco_generic = {"generic", generic_names, generic_compare, any_valid, generic_key};
const struct ecosystem eco_git = {"GIT", git_names, git_compare, git_valid, git_key};
