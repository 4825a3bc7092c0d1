/* SPDX-License-Identifier: Apache-2.0
 *
 * Packagist: PHP's version_compare(). Runs of digits and of letters, whatever separates them; words sort by a table:
 * any other < dev < alpha = a < beta = b < RC = rc < a number < pl = p.
 */
#include "ident/version_part.h"

enum { TRAILING = -2, OTHER = -1, NUMBER = 4 };

static int place(str word) {
    static const struct {
        str word;
        int place;
    } words[] = {{S_INIT("dev"), 0}, {S_INIT("a"), 1},  {S_INIT("b"), 2},
                 {S_INIT("RC"), 3},  {S_INIT("rc"), 3}, {S_INIT("p"), 5}};
    if (word.n == 0)
        return TRAILING;
    if (ch_digit(word.p[0]))
        return NUMBER;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(word, words[i].word))
            return words[i].place;
    return OTHER;
}

/* Takes the next run; a separator at the very end gives an empty one. */
static bool next_run(str *s, str *run) {
    bool separated = false;
    while (s->n && !ch_alnum(s->p[0])) {
        *s = str_from(*s, 1);
        separated = true;
    }
    if (s->n == 0 && !separated)
        return false;
    *run = s->n == 0 ? S("") : ch_digit(s->p[0]) ? take_digits(s) : take_letters(s);
    return true;
}

static bool valid(str v) {
    v = str_trim(v);
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] < ' ')
            return false;
    return v.n && ch_alnum(v.p[0]);
}

static enum order compare(str a, str b) {
    if (!valid(a) || !valid(b))
        return ORDER_ERROR;
    a = without_v(str_trim(a));
    b = without_v(str_trim(b));
    for (;;) {
        str x, y;
        bool more_a = next_run(&a, &x), more_b = next_run(&b, &y);
        if (!more_a && !more_b)
            return ORDER_EQUAL;
        if (!more_a)
            return ch_digit(y.n ? y.p[0] : 0) ? ORDER_LESS : order_of(NUMBER - place(y));
        if (!more_b)
            return ch_digit(x.n ? x.p[0] : 0) ? ORDER_GREATER : order_of(place(x) - NUMBER);
        int c = place(x) - place(y);
        if (!c && place(x) == NUMBER)
            c = digits_cmp(x, y);
        if (c)
            return order_of(c);
    }
}

/* Symbols: place + 2, where nothing stands between RC and a number. */
static uint64_t key(str v) {
    if (!valid(v))
        return 0;
    struct key k = key_start();
    str s = without_v(str_trim(v)), run;
    while (k.left && next_run(&s, &run)) {
        int p = place(run);
        key_put(&k, (uint64_t)(p >= NUMBER ? p + 3 : p + 2), 4);
        if (p == NUMBER)
            key_digits(&k, run);
    }
    key_put(&k, NUMBER + 2, 4);
    key_close(&k);
    return key_end(k);
}

static const char *const names[] = {"composer", "php", "Drupal", "wordpress", NULL};
const struct ecosystem eco_packagist = {"Packagist", names, compare, valid, key};
