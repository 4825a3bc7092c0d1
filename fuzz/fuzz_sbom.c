/* SPDX-License-Identifier: Apache-2.0
 *
 * Any SBOM: checked without harm, and what was read, written in its own form and read again, has as many components.
 */
#include <stdlib.h>

#include "sbom/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void round_trip(struct ctx *c, struct arena *a, const struct sbom *s) {
    struct buf out = {0};
    struct sbom *again;
    struct sbom_problems problems = {0};
    struct err e = {0};
    bool written = sbom_write(c, s, s->form, false, &out, &problems, &e);
    if (written) {
        check(sbom_read(c, a, buf_str(&out), S("again"), SBOM_LENIENT, &again, NULL, &e));
        check(sbom_count(again) == sbom_count(s));
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
    if (sbom_read(&c, a, str_n((const char *)data, size), S("f"), SBOM_VALIDATE, &s, &problems, &e)) {
        const struct sbom_codec *codec = codec_of(s->form.format, s->form.notation);
        check(codec != NULL);
        for (uint32_t i = 0; i < problems.n; i++)
            check(problems.v[i].what.n > 0);
        if (codec->write && codec_writes(codec, s->form.version))
            round_trip(&c, a, s);
    } else {
        check(e.kind != ERR_NONE && e.what[0]);
    }
    ctx_free(&c);
    arena_free(a);
    return 0;
}
