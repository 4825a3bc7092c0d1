/* SPDX-License-Identifier: Apache-2.0
 *
 * Conan 2: items between points, then "-pre" and "+build"; zeros at the end do not count. A number and a word compare
 * as text, as Conan itself does it, which is no total order ("9" > "10x" > "10" > "9").
 */
#include "ident/version_part.h"

struct conan {
    str items, pre, build;
};

static bool split(str s, struct conan *v) {
    s = str_trim(s);
    *v = (struct conan){.items = s};
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ')
            return false;
    str head, tail;
    if (str_rcut(v->items, '+', &head, &tail)) {
        v->build = tail;
        v->items = head;
    }
    if (str_rcut(v->items, '-', &head, &tail)) {
        v->pre = tail;
        v->items = head;
    }
    return s.n > 0;
}

/* Without zeros at the end; absent when nothing is left. */
static str significant(str items) {
    str head, last;
    while (items.p) {
        bool more = str_rcut(items, '.', &head, &last);
        if (last.n == 0 || !all_digits(last) || !digits_zero(last))
            return items;
        items = more ? head : (str){NULL, 0};
    }
    return items;
}

static int items_cmp(str a, str b) {
    a = significant(a);
    b = significant(b);
    str x, y;
    for (;;) {
        bool more_a = str_next(&a, '.', &x), more_b = str_next(&b, '.', &y);
        if (!more_a || !more_b)
            return more_a - more_b;
        int c = all_digits(x) && all_digits(y) ? digits_cmp(x, y) : str_cmp(x, y);
        if (c)
            return c;
    }
}

static int qualifier_cmp(str a, str b) { return a.p && b.p ? items_cmp(a, b) : (a.p != NULL) - (b.p != NULL); }

static enum order compare(str a, str b) {
    struct conan x, y;
    if (!split(a, &x) || !split(b, &y))
        return ORDER_ERROR;
    int c = items_cmp(x.items, y.items);
    if (!c && (!x.pre.p || !y.pre.p))
        c = (y.pre.p != NULL) - (x.pre.p != NULL);
    if (!c)
        c = qualifier_cmp(x.pre, y.pre);
    return order_of(c ? c : qualifier_cmp(x.build, y.build));
}

static bool valid(str v) {
    struct conan x;
    return split(v, &x);
}

/* A number and a word have no fixed order, so the key ends before the first item that any version could have as a word.
 */
static uint64_t key(str v) {
    struct conan x;
    if (!split(v, &x))
        return 0;
    struct key k = key_start();
    key_close(&k);
    return key_end(k);
}

static const char *const names[] = {"conan", NULL};
const struct ecosystem eco_conan = {"ConanCenter", names, compare, valid, key};
