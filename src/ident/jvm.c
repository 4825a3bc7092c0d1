/* SPDX-License-Identifier: Apache-2.0
 *
 * Java runtimes: JEP 223 ("11.0.4+11", "9-ea") and what was before it ("1.8.0_131-b11" is 8.0.131). The build does not
 * count.
 */
#include "ident/version_part.h"

enum { NUMBERS = 8 };
struct jvm {
    str number[NUMBERS];
    unsigned n;
    bool pre;
};

static bool word(char c) { return c == '_' || c == 'u' || c == 'U'; }

/* 1.8.0_131 and 8u131 count the update as the third number. */
static void put_update(struct jvm *v, str update) {
    while (v->n < 2)
        v->number[v->n++] = S("0");
    v->number[2] = update;
    v->n = 3;
}

static void old_numbering(struct jvm *v) {
    if (v->n < 2 || !str_is(v->number[0], "1"))
        return;
    memmove(v->number, v->number + 1, (v->n - 1) * sizeof *v->number);
    v->n--;
}

static bool split(str s, struct jvm *v) {
    *v = (struct jvm){0};
    s = str_trim(s);
    for (;;) {
        str digits = take_digits(&s);
        if (!digits.n || v->n == NUMBERS)
            return false;
        v->number[v->n++] = digits;
        if (!s.n || s.p[0] != '.')
            break;
        s = str_from(s, 1);
    }
    old_numbering(v);
    if (s.n > 1 && word(s.p[0]) && ch_digit(s.p[1])) {
        s = str_from(s, 1);
        put_update(v, take_digits(&s));
    }
    if (s.n && s.p[0] != '-' && s.p[0] != '+')
        return false;
    v->pre = str_starts(s, S("-ea")) || str_starts(s, S("-internal")) || str_starts(s, S("-beta")) ||
             str_starts(s, S("-rc"));
    return true;
}

static enum order compare(str a, str b) {
    struct jvm x, y;
    if (!split(a, &x) || !split(b, &y))
        return ORDER_ERROR;
    for (unsigned i = 0; i < x.n || i < y.n; i++) {
        int c = digits_cmp(i < x.n ? x.number[i] : S("0"), i < y.n ? y.number[i] : S("0"));
        if (c)
            return order_of(c);
    }
    return order_of(y.pre - x.pre);
}

static bool valid(str v) {
    struct jvm x;
    return split(v, &x);
}

static uint64_t key(str v) {
    struct jvm x;
    if (!split(v, &x))
        return 0;
    struct key k = key_start();
    for (unsigned i = 0; i < 4; i++)
        key_digits(&k, i < x.n ? x.number[i] : S("0"));
    return key_end(k);
}

static const char *const names[] = {"java", "jdk", "jre", NULL};
const struct ecosystem eco_jvm = {"jvm", names, compare, valid, key};
