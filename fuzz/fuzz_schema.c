/* SPDX-License-Identifier: Apache-2.0
 *
 * A schema and a document, a NUL between them. A schema that loads decides every document: it fits, or a fault with a
 * place is told; and what fits still fits when it was written and read again.
 */
#include <stdlib.h>

#include "base/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct schema s;
    struct json j, again;
    struct err e = {0};
    str head, tail;
    ctx_init(&c);
    c.limits.depth = 64;
    if (size < 1 << 16 && str_cut(str_n((const char *)data, size), 0, &head, &tail) &&
        schema_load(&c, a, head, S("s"), &s, &e) && json_parse(&c, a, tail, JSON_STRICT, S("d"), &j, &e)) {
        bool ok = schema_check(&s, a, &j, j.root, &e);
        check(ok || (e.where[0] == 'd' && e.what[0]));
        check(json_parse(&c, a, json_text(j.root, a), JSON_STRICT, S("d"), &again, &e));
        check(schema_check(&s, a, &again, again.root, &e) == ok);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
