/* SPDX-License-Identifier: Apache-2.0
 *
 * What a confined process hands over of a document: any bytes are refused, or mean what is written again as the very
 * same; and what is made of any document that can be read is taken.
 */
#include <stdlib.h>

#include "impact/gist.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void check_form(struct arena *a, str bytes) {
    struct gist g;
    struct buf b = {0};
    if (!gist_read(a, bytes, &g, NULL))
        return;
    gist_write(&g, &b);
    check(str_eq(buf_str(&b), bytes));
    gist_of_product(&g, S("p@1"));
    buf_free(&b);
}

static void check_document(struct ctx *c, struct arena *a, str text) {
    struct sbom *s;
    struct gist g, again;
    struct buf b = {0};
    if (!sbom_read(c, a, text, S("f"), SBOM_LENIENT, &s, NULL, NULL))
        return;
    gist_of(a, s, &g);
    gist_write(&g, &b);
    check(gist_read(a, buf_str(&b), &again, NULL));
    check_form(a, buf_str(&b));
    buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    struct ctx c;
    ctx_init(&c);
    c.quiet = true;
    check_form(a, str_n((const char *)data, size));
    check_document(&c, a, str_n((const char *)data, size));
    ctx_free(&c);
    arena_free(a);
    return 0;
}
