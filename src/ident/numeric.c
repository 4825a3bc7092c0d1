/* SPDX-License-Identifier: Apache-2.0
 *
 * Versions that are plain lists of numbers, compared as lists: a longer one is greater than its beginning, so 1.0 comes
 * before 1.0.0. Hackage separates with points, CRAN with points and dashes.
 */
#include "ident/version_part.h"

static bool list_valid(str s, bool dash) {
    bool number = false;
    for (size_t i = 0; i < s.n; i++) {
        bool separator = s.p[i] == '.' || (dash && s.p[i] == '-');
        if (!ch_digit(s.p[i]) && !(separator && number))
            return false;
        number = !separator;
    }
    return number;
}

static enum order list_compare(str a, str b, bool dash) {
    a = str_trim(a);
    b = str_trim(b);
    if (!list_valid(a, dash) || !list_valid(b, dash))
        return ORDER_ERROR;
    while (a.n && b.n) {
        str x = take_digits(&a), y = take_digits(&b);
        int c = digits_cmp(x, y);
        if (c)
            return order_of(c);
        a = str_from(a, 1);
        b = str_from(b, 1);
    }
    return order_of((a.n > 0) - (b.n > 0));
}

/* One bit says whether the list goes on. */
static uint64_t list_key(str s, bool dash) {
    s = str_trim(s);
    if (!list_valid(s, dash))
        return 0;
    struct key k = key_start();
    while (s.n && k.left) {
        key_put(&k, 1, 1);
        key_digits(&k, take_digits(&s));
        s = str_from(s, 1);
    }
    key_close(&k);
    return key_end(k);
}

static enum order hackage_compare(str a, str b) { return list_compare(a, b, false); }
static bool hackage_valid(str v) { return list_valid(str_trim(v), false); }
static uint64_t hackage_key(str v) { return list_key(v, false); }
static enum order cran_compare(str a, str b) { return list_compare(a, b, true); }
static bool cran_valid(str v) { return list_valid(str_trim(v), true); }
static uint64_t cran_key(str v) { return list_key(v, true); }

static const char *const hackage_names[] = {"GHC", NULL};
static const char *const cran_names[] = {"Bioconductor", "R", NULL};
const struct ecosystem eco_hackage = {"Hackage", hackage_names, hackage_compare, hackage_valid, hackage_key};
const struct ecosystem eco_cran = {"CRAN", cran_names, cran_compare, cran_valid, cran_key};
