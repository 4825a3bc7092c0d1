/* SPDX-License-Identifier: Apache-2.0
 *
 * Gentoo: Package Manager Specification §3.3: numbers, a letter, suffixes, -r revision.
 */
#include "ident/version_part.h"

struct ebuild {
    str numbers, suffixes, revision;
    char letter;
};

static bool take_suffix(str *s, int *place, str *number) {
    static const struct {
        str name;
        int place;
    } suffixes[] = {
        {S_INIT("_alpha"), -4}, {S_INIT("_beta"), -3}, {S_INIT("_pre"), -2}, {S_INIT("_rc"), -1}, {S_INIT("_p"), 1}};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_starts(*s, suffixes[i].name)) {
            *s = str_from(*s, suffixes[i].name.n);
            *place = suffixes[i].place;
            *number = take_digits(s);
            return true;
        }
    return false;
}

static bool split(str s, struct ebuild *v) {
    *v = (struct ebuild){0};
    s = str_trim(s);
    size_t n = 0;
    while (n < s.n && (ch_digit(s.p[n]) || (n && s.p[n] == '.' && n + 1 < s.n && ch_digit(s.p[n + 1]))))
        n++;
    v->numbers = str_upto(s, n);
    s = str_from(s, n);
    if (s.n && ch_alpha(s.p[0])) {
        v->letter = s.p[0];
        s = str_from(s, 1);
    }
    v->suffixes = s;
    int place;
    str number;
    while (take_suffix(&s, &place, &number))
        ;
    v->suffixes = str_upto(v->suffixes, v->suffixes.n - s.n);
    if (str_starts(s, S("-r"))) {
        s = str_from(s, 2);
        v->revision = take_digits(&s);
        if (v->revision.n == 0)
            return false;
    }
    return n > 0 && s.n == 0;
}

static str without_last_zeros(str digits) {
    while (digits.n && digits.p[digits.n - 1] == '0')
        digits.n--;
    return digits;
}

static int numbers_cmp(str a, str b) {
    for (bool first = true; a.n && b.n; first = false) {
        str x = take_digits(&a), y = take_digits(&b);
        bool fraction = !first && (x.p[0] == '0' || y.p[0] == '0');
        int c = fraction ? str_cmp(without_last_zeros(x), without_last_zeros(y)) : digits_cmp(x, y);
        if (c)
            return c;
        a = str_from(a, 1);
        b = str_from(b, 1);
    }
    return (a.n > 0) - (b.n > 0);
}

static int suffixes_cmp(str a, str b) {
    while (a.n || b.n) {
        int x = 0, y = 0;
        str n = {NULL, 0}, m = {NULL, 0};
        (void)take_suffix(&a, &x, &n);
        (void)take_suffix(&b, &y, &m);
        int c = x - y;
        if (!c)
            c = digits_cmp(n, m);
        if (c)
            return c;
    }
    return 0;
}

static enum order compare(str a, str b) {
    struct ebuild x, y;
    if (!split(a, &x) || !split(b, &y))
        return ORDER_ERROR;
    int c = numbers_cmp(x.numbers, y.numbers);
    if (!c)
        c = x.letter - y.letter;
    if (!c)
        c = suffixes_cmp(x.suffixes, y.suffixes);
    return order_of(c ? c : digits_cmp(x.revision, y.revision));
}

static bool valid(str v) {
    struct ebuild x;
    return split(v, &x);
}

/* Later numbers compare as text when a zero leads either of the two, so only the first stands in the key. */
static uint64_t key(str v) {
    struct ebuild x;
    if (!split(v, &x))
        return 0;
    struct key k = key_start();
    key_digits(&k, take_digits(&x.numbers));
    key_put(&k, x.numbers.n > 0, 1);
    key_close(&k);
    return key_end(k);
}

static const char *const names[] = {"ebuild", "portage", NULL};
const struct ecosystem eco_gentoo = {"Gentoo", names, compare, valid, key};
