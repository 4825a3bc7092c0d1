/* SPDX-License-Identifier: Apache-2.0
 *
 * Arch: [epoch:]version[-release] as pacman's vercmp(8) orders them. A release that only one side has does not count,
 * so "1.5" equals both "1.5-1" and "1.5-2": an order for pairs, not for sorting.
 */
#include "ident/version_part.h"

static bool split(str s, struct evr *v) { return evr_split(s, v) && v->version.n > 0 && ch_alnum(v->version.p[0]); }

static size_t take_separators(str *s) {
    size_t n = 0;
    while (n < s->n && !ch_alnum(s->p[n]) && s->p[n] != '~')
        n++;
    *s = str_from(*s, n);
    return n;
}

/* What is left when one side ran out: "1.0rc" < "1.0" < "1.0.rc". Behind three numbers letters that follow at once are
 * a later build ("1.0.0a" > "1.0.0"), as OpenSSL and its likes count. */
static int rest_cmp(str a, str b, unsigned numbers) {
    if (!a.n && !b.n)
        return 0;
    str rest = a.n ? a : b;
    bool pre = rest.p[0] == '~' || (ch_alpha(rest.p[0]) && numbers < 3);
    return (a.n > 0) != pre ? 1 : -1;
}

static int vercmp(str a, str b) {
    unsigned numbers = 0;
    while (a.n && b.n) {
        str before_a = a, before_b = b;
        size_t n = take_separators(&a), m = take_separators(&b);
        if (!a.n || !b.n)
            return rest_cmp(before_a.n && a.n ? before_a : a, before_b.n && b.n ? before_b : b, numbers);
        if (a.p[0] == '~' || b.p[0] == '~') {
            if (a.p[0] != b.p[0])
                return a.p[0] == '~' ? -1 : 1;
            a = str_from(a, 1);
            b = str_from(b, 1);
            continue;
        }
        if (n != m)
            return n < m ? -1 : 1;
        bool number = ch_digit(a.p[0]);
        int c = segment_cmp(&a, &b);
        if (c)
            return c;
        numbers += number;
    }
    return rest_cmp(a, b, numbers);
}

static enum order compare(str a, str b) {
    struct evr x, y;
    if (!split(a, &x) || !split(b, &y))
        return ORDER_ERROR;
    int c = digits_cmp(x.epoch, y.epoch);
    if (!c)
        c = vercmp(x.version, y.version);
    return order_of(c || !x.release.p || !y.release.p ? c : vercmp(x.release, y.release));
}

static bool valid(str v) {
    struct evr x;
    return split(v, &x);
}

/* Behind the first number letters and separators sort by what the other side has, so the key holds no more. */
static uint64_t key(str v) {
    struct evr x;
    if (!split(v, &x))
        return 0;
    struct key k = key_start();
    key_digits(&k, x.epoch);
    if (ch_digit(x.version.p[0])) {
        key_put(&k, 1, 1);
        key_digits(&k, take_digits(&x.version));
    }
    key_close(&k);
    return key_end(k);
}

static const char *const names[] = {"alpm", "archlinux", "arch", "pacman", "Manjaro", "msys2", NULL};
const struct ecosystem eco_arch = {"Arch Linux", names, compare, valid, key};
