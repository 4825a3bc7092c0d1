/* SPDX-License-Identifier: Apache-2.0
 *
 * What the version rules share: numbers of any length, and the coarse key. Private to the ecosystems of this room.
 */
#ifndef AKASHI_IDENT_VERSION_PART_H
#define AKASHI_IDENT_VERSION_PART_H

#include "ident/version.h"

static inline enum order order_of(int c) { return c < 0 ? ORDER_LESS : c > 0 ? ORDER_GREATER : ORDER_EQUAL; }

/* Takes the digits (the letters) at the front of *s; empty when there are none. */
static inline str take_digits(str *s) {
    size_t n = 0;
    while (n < s->n && ch_digit(s->p[n]))
        n++;
    str digits = {s->p, n};
    *s = str_from(*s, n);
    return digits;
}
static inline str take_letters(str *s) {
    size_t n = 0;
    while (n < s->n && ch_alpha(s->p[n]))
        n++;
    str letters = {s->p, n};
    *s = str_from(*s, n);
    return letters;
}

static inline bool all_digits(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_digit(s.p[i]))
            return false;
    return s.n > 0;
}

static inline str without_zeros(str digits) {
    while (digits.n && digits.p[0] == '0')
        digits = str_from(digits, 1);
    return digits;
}

/* Digits of any length by value; none at all is 0. */
static inline int digits_cmp(str a, str b) {
    a = without_zeros(a);
    b = without_zeros(b);
    if (a.n != b.n)
        return a.n < b.n ? -1 : 1;
    return a.n ? memcmp(a.p, b.p, a.n) : 0;
}
static inline bool digits_zero(str digits) { return without_zeros(digits).n == 0; }

/* [epoch:]version[-release], as RPM and pacman write it. */
struct evr {
    str epoch, version, release; /* release absent when there is none */
};
static inline bool evr_split(str s, struct evr *v) {
    *v = (struct evr){0};
    s = str_trim(s);
    str rest = s, digits = take_digits(&rest);
    if (rest.n && rest.p[0] == ':') {
        v->epoch = digits;
        s = str_from(rest, 1);
    }
    if (!str_rcut(s, '-', &v->version, &v->release)) {
        v->version = s;
        v->release = (str){NULL, 0};
    }
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ')
            return false;
    return s.n > 0;
}
/* Takes the next run of digits (of letters, when a begins with none) off both, which are not at their end. A number is
 * more than letters. */
static inline int segment_cmp(str *a, str *b) {
    bool number = ch_digit(a->p[0]);
    str x = number ? take_digits(a) : take_letters(a), y = number ? take_digits(b) : take_letters(b);
    if (!y.n)
        return number ? 1 : -1;
    return number ? digits_cmp(x, y) : str_cmp(x, y);
}

/* A "v" in front of a number. */
static inline str without_v(str s) {
    return s.n > 1 && (s.p[0] | 0x20) == 'v' && ch_digit(s.p[1]) ? str_from(s, 1) : s;
}

/* ── the coarse key ──
 *
 *   bit 63 62 61 …                                  0
 *        0  1 | first symbol | second symbol | … cut off where the 64 bits end
 *
 * A rule writes what it compares, in the order it compares it, as symbols whose bits sort like their values. Cutting
 * the row off keeps the order coarse but never wrong. The leading 01 keeps every key of a valid version apart from 0
 * and its sign the same in databases that know only signed integers. */
struct key {
    uint64_t bits;
    unsigned left;
};
static inline struct key key_start(void) { return (struct key){1, 62}; }
static inline void key_put(struct key *k, uint64_t value, unsigned width) {
    unsigned n = width < k->left ? width : k->left;
    if (n == 0)
        return;
    k->bits = (k->bits << n) | (value >> (width - n));
    k->left -= n;
}
static inline uint64_t key_end(struct key k) { return k.left == 64 ? 0 : k.bits << k.left; }
/* Nothing behind this point may tell two versions apart. */
static inline void key_close(struct key *k) {
    if (k->left)
        key_put(k, 0, k->left);
}

/* Numbers: 0+6 bits below 64, 10+11 bits below 2112, 110+20 bits below 1050688, then 111+32 bits, and the rest closes
 * the key. */
static inline void key_number(struct key *k, uint64_t n) {
    if (n < 64)
        key_put(k, n, 7);
    else if (n < 64 + 2048)
        key_put(k, (uint64_t)2 << 11 | (n - 64), 13);
    else if (n < 64 + 2048 + (1U << 20))
        key_put(k, (uint64_t)6 << 20 | (n - 64 - 2048), 23);
    else if (n < (uint64_t)1 << 32)
        key_put(k, (uint64_t)7 << 32 | n, 35);
    else {
        key_put(k, (uint64_t)7 << 32 | UINT32_MAX, 35);
        key_close(k);
    }
}
static inline void key_digits(struct key *k, str digits) {
    uint64_t n = 0;
    digits = without_zeros(digits);
    if (digits.n > 18)
        n = UINT64_MAX;
    else
        for (size_t i = 0; i < digits.n; i++)
            n = n * 10 + (uint64_t)(digits.p[i] - '0');
    key_number(k, n);
}

#endif
