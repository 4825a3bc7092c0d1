/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as TOML. What is accepted reads back from its own JSON text as the same tree, each of its values has a
 * line inside the text, and what is refused names a place.
 */
#include <stdlib.h>

#include "base/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct json j, again;
    struct err e = {0};
    ctx_init(&c);
    c.limits.depth = 64;
    if (toml_parse(&c, a, str_n((const char *)data, size), S("f"), &j, &e)) {
        uint32_t lines = 1;
        for (size_t i = 0; i < size; i++)
            lines += data[i] == '\n';
        for (size_t i = 0; i < j.doc->val_read; i++)
            check(j.lines[i] >= 1 && j.lines[i] <= lines);
        check(json_parse(&c, a, json_text(j.root, a), JSON_STRICT, S("f"), &again, &e));
        check(json_equal(j.root, again.root));
    } else {
        check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
