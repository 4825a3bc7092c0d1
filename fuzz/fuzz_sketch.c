/* SPDX-License-Identifier: Apache-2.0
 *
 * What a confined process hands over of an archived SBOM: any bytes are refused, or mean what is written again as the
 * very same; what is made of any document that can be read is taken, and has the same graph.
 */
#include <stdlib.h>

#include "sbom/graph.h"
#include "sbom/sketch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static struct sbom *check_form(struct arena *a, str bytes) {
    struct sbom *s;
    struct buf b = {0};
    if (!sbom_of_sketch(a, bytes, &s, NULL))
        return NULL;
    sbom_sketch(s, &b);
    check(str_eq(buf_str(&b), bytes));
    buf_free(&b);
    (void)sbom_graph_of(s, a);
    return s;
}

static void check_document(struct ctx *c, struct arena *a, str text) {
    struct sbom *s;
    struct buf b = {0};
    if (!sbom_read(c, a, text, S("f"), SBOM_LENIENT, &s, NULL, NULL))
        return;
    sbom_sketch(s, &b);
    struct sbom *back = check_form(a, arena_str(a, buf_str(&b)));
    buf_free(&b);
    check(back != NULL);
    struct sbom_graph x = sbom_graph_of(s, a), y = sbom_graph_of(back, a);
    for (uint32_t i = 0; i < x.n; i++)
        check(x.depth[i] == y.depth[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    struct ctx c;
    ctx_init(&c);
    c.quiet = true;
    (void)check_form(a, str_n((const char *)data, size));
    check_document(&c, a, str_n((const char *)data, size));
    ctx_free(&c);
    arena_free(a);
    return 0;
}
