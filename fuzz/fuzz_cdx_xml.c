/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX XML: every element read becomes a tree with a line for each value, and the document written as JSON and
 * as XML of the newest version is valid there.
 */
#include <stdlib.h>

#include "sbom/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void written(struct ctx *c, struct arena *a, const struct sbom *s, enum sbom_notation notation) {
    struct buf out = {0};
    struct sbom *again;
    struct sbom_problems losses = {0};
    struct err e = {0};
    struct sbom_form form = {SBOM_CYCLONEDX, notation, S("1.7")};
    if (sbom_write(c, s, form, true, &out, &losses, &e)) {
        check(sbom_read(c, a, buf_str(&out), S("again"), SBOM_LENIENT, &again, NULL, &e));
        check(again->form.format == SBOM_CYCLONEDX && str_is(again->form.version, "1.7"));
    }
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct sbom *s;
    struct sbom_problems problems = {0};
    struct err e = {0};
    ctx_init(&c);
    c.limits.file = 1 << 22;
    str text = str_n((const char *)data, size);
    if (size && data[0] == '<' && sbom_read(&c, a, text, S("f"), SBOM_VALIDATE, &s, &problems, &e) &&
        s->form.format == SBOM_CYCLONEDX) {
        const struct yyjson_val *first = s->source.root.v, *last = first + s->source.doc->val_read;
        for (const struct yyjson_val *v = first; v < last; v++)
            check(s->source.lines[v - first] > 0);
        written(&c, a, s, NOTE_JSON);
        written(&c, a, s, NOTE_XML);
    }
    ctx_free(&c);
    arena_free(a);
    return 0;
}
