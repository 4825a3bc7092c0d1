/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a bundle or another wrapping of envelopes. What is read can be written and reads back as the same, with
 * the same identities; what is refused names a place.
 */
#include <stdlib.h>

#include "seal/bundle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct bundle b, again;
    struct err e = {0};
    ctx_init(&c);
    c.limits.depth = 64;
    if (bundle_read_any(&c, a, str_n((const char *)data, size), S("f"), &b, &e)) {
        str text = bundle_text(a, &b);
        check(bundle_parse(&c, a, text, S("f"), &again, &e));
        check(str_eq(bundle_text(a, &again), text) && again.statements.n == b.statements.n);
        for (uint32_t i = 0; i < b.statements.n; i++)
            check(str_eq(b.statements.v[i].text, again.statements.v[i].text));
    } else {
        check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
