/* SPDX-License-Identifier: Apache-2.0
 *
 * CPE: the formatted string of what is accepted reads back as itself, equals itself, and never matches one way only.
 */
#include <stdlib.h>

#include "ident/cpe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static str write(struct arena *a, const struct cpe *c) {
    struct buf b = {0};
    cpe_write(c, &b);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static void check_pair(const struct cpe *x, const struct cpe *y) {
    enum cpe_relation forth = cpe_compare(x, y), back = cpe_compare(y, x);
    check(forth != CPE_EQUAL || back == CPE_EQUAL);
    check(forth != CPE_SUPERSET || back == CPE_SUBSET || back == CPE_UNDEFINED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 1024) /* written with its quotes a longer one may pass the bound of cpe_parse */
        return 0;
    struct arena *a = arena_new();
    struct cpe x, y, again;
    struct err e = {0};
    str head, tail;
    str_cut(str_n((const char *)data, size), '\n', &head, &tail);
    if (cpe_parse(a, head, &x, &e)) {
        str text = write(a, &x);
        check(cpe_parse(a, text, &again, &e));
        check(str_eq(write(a, &again), text));
        check(cpe_compare(&x, &again) == CPE_EQUAL);
        if (cpe_parse(a, tail, &y, &e))
            check_pair(&x, &y);
    } else {
        check(e.kind != ERR_NONE);
    }
    arena_free(a);
    return 0;
}
