/* SPDX-License-Identifier: Apache-2.0
 *
 * What a confined process hands over of a bundle: any bytes are refused, or mean what is written again as the very
 * same; and what is made of any bundle that can be read is taken, with the same envelopes.
 */
#include <stdlib.h>

#include "seal/bundle_form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static bool check_form(struct arena *a, str bytes, struct bundle *out) {
    struct buf b = {0};
    if (!bundle_take(a, bytes, out, NULL))
        return false;
    bundle_write(out, &b);
    check(str_eq(buf_str(&b), bytes));
    buf_free(&b);
    return true;
}

static void check_document(struct ctx *c, struct arena *a, str text) {
    struct bundle x, back;
    struct buf b = {0};
    if (!bundle_read_any(c, a, text, S("f"), &x, NULL))
        return;
    bundle_write(&x, &b);
    check(check_form(a, arena_str(a, buf_str(&b)), &back));
    buf_free(&b);
    check(x.statements.n == back.statements.n && x.documents.n == back.documents.n);
    for (uint32_t i = 0; i < x.statements.n; i++)
        check(str_eq(x.statements.v[i].text, back.statements.v[i].text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    struct bundle b;
    struct ctx c;
    ctx_init(&c);
    c.quiet = true;
    (void)check_form(a, str_n((const char *)data, size), &b);
    check_document(&c, a, str_n((const char *)data, size));
    ctx_free(&c);
    arena_free(a);
    return 0;
}
