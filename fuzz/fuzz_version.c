/* SPDX-License-Identifier: Apache-2.0
 *
 * Two versions on two lines, in every ecosystem: both directions agree, valid versions compare, keys never contradict
 * the order, OSV's order has an answer.
 */
#include <stdlib.h>

#include "ident/version.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void check_pair(const struct ecosystem *eco, str a, str b) {
    enum order o = eco->compare(a, b), back = eco->compare(b, a);
    uint64_t x = eco->key(a), y = eco->key(b);
    check(o == ORDER_ERROR ? back == ORDER_ERROR : o == -back);
    check(eco->valid(a) == (x != 0) && eco->valid(b) == (y != 0));
    if (x && y) {
        check(o != ORDER_ERROR || str_is(str_of(eco->name), "GIT"));
        check((x >= y || o == ORDER_LESS) && (x <= y || o == ORDER_GREATER));
        check(eco->compare(a, a) == ORDER_EQUAL);
    }
    check(version_compare_osv(eco, a, b) == -version_compare_osv(eco, b, a));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    str a, b, text = {(const char *)data, size > 2000 ? 2000 : size};
    if (!str_cut(text, '\n', &a, &b))
        return 0;
    for (const struct ecosystem *const *eco = ecosystems; *eco; eco++)
        check_pair(*eco, a, b);
    return 0;
}
