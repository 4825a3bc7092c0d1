/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a statement. What is accepted can be written again, when its digests are digests, and reads back as the
 * same; what is refused names a place.
 */
#include <stdlib.h>

#include "seal/statement.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct statement s, again;
    struct err e = {0};
    str text;
    ctx_init(&c);
    c.limits.depth = 64;
    if (statement_parse(&c, a, str_n((const char *)data, size), S("f"), &s, &e)) {
        check(s.type.n && s.subjects.n);
        if (j_ok(s.predicate) &&
            statement_text(&c, a, s.type, s.subjects.v, s.subjects.n, json_text(s.predicate, a), &text, &e)) {
            check(statement_parse(&c, a, text, S("f"), &again, &e));
            check(again.subjects.n == s.subjects.n && str_eq(again.type, s.type));
            check(json_equal(again.predicate, s.predicate));
        }
    } else {
        check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
