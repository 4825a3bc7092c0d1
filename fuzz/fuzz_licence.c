/* SPDX-License-Identifier: Apache-2.0
 *
 * Licence expressions: the normal form of what is accepted is its own normal form. What people write gives an
 * expression that parses.
 */
#include <stdlib.h>

#include "ident/licence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static str write(struct arena *a, const struct licence *l) {
    struct buf b = {0};
    licence_write(l, &b);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    struct licence *l;
    struct err e = {0};
    str text = {(const char *)data, size};
    if (licence_parse(a, text, &l, &e)) {
        str normal = write(a, l);
        check(licence_parse(a, normal, &l, &e));
        check(str_eq(write(a, l), normal));
    } else {
        check(e.kind != ERR_NONE);
    }
    str id = licence_from_text(a, text);
    check(!id.p || licence_parse(a, id, &l, &e));
    arena_free(a);
    return 0;
}
