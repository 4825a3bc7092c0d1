/* SPDX-License-Identifier: Apache-2.0
 *
 * For the SPDX targets: a text is handed to one notation's reader, checked and all. What is read can be written; what
 * was written reads again, with as many components and files, and is then written the same, byte for byte.
 */
#ifndef AKASHI_FUZZ_SPDX_H
#define AKASHI_FUZZ_SPDX_H

#include <stdlib.h>

#include "sbom/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void check(int ok) {
    if (!ok)
        abort();
}

static inline struct sbom *read_with(struct ctx *c, struct arena *a, const struct sbom_codec *codec, str text,
                                     struct err *e) {
    struct sbom_problems problems = {0};
    struct sbom_reading r = {.ctx = c,
                             .arena = a,
                             .text = text,
                             .where = S("f"),
                             .flags = SBOM_VALIDATE,
                             .out = sbom_new(a),
                             .problems = &problems};
    r.out->form = (struct sbom_form){codec->format, codec->notation, S("2.3")};
    if (codec->notation == NOTE_JSON) {
        if (!json_parse(c, a, text, JSON_STRICT, S("f"), &r.doc, e))
            return NULL;
        r.out->source = r.doc;
    }
    if (!codec->read(&r, e)) {
        check(e->kind != ERR_NONE && e->where[0] == 'f' && e->what[0]);
        return NULL;
    }
    check(problems.n <= 1001);
    sbom_link(r.out);
    return r.out;
}

static inline str write_as(struct ctx *c, struct arena *a, const struct sbom *s, struct sbom_form form) {
    struct buf b = {0};
    struct err e = {0};
    check(sbom_write(c, s, form, false, &b, NULL, &e));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* Texts are read by `codec` and written in `form`. */
static inline void fuzz_spdx(const uint8_t *data, size_t size, const struct sbom_codec *codec, struct sbom_form form) {
    struct ctx c;
    struct err e = {0};
    struct arena *a = arena_new();
    ctx_init(&c);
    c.limits.depth = 64;
    c.now = 1700000000;
    struct sbom *s = read_with(&c, a, codec, str_n((const char *)data, size), &e);
    if (s) {
        str once = write_as(&c, a, s, form);
        struct sbom *again = read_with(&c, a, codec_of(form.format, form.notation), once, &e);
        check(again && again->components.n == s->components.n && again->files.n == s->files.n);
        check(str_eq(once, write_as(&c, a, again, form)));
    }
    arena_free(a);
    ctx_free(&c);
}

#endif
