/* SPDX-License-Identifier: Apache-2.0
 *
 * A map between catalogues is refused with a reason, or its canonical text is read again as the same map.
 */
#include <assert.h>

#include "conform/mapping.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct mapping m, again;
    struct err e = {0};
    ctx_init(&c);
    if (mapping_read(&c, a, str_n((const char *)data, size), S("fuzz"), S("cip"), S("ssdf"), &m, &e)) {
        bool ok = mapping_read(&c, a, m.text, S("again"), S(""), S(""), &again, &e);
        assert(ok && str_eq(again.text, m.text) && again.rows.n == m.rows.n);
        for (uint32_t i = 0; i < m.rows.n; i++)
            assert(again.rows.v[i].strength == m.rows.v[i].strength && str_eq(again.rows.v[i].from, m.rows.v[i].from));
    } else {
        assert(e.kind != ERR_NONE && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
