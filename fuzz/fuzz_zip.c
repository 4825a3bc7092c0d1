/* SPDX-License-Identifier: Apache-2.0
 *
 * Zip archives: an entry that is read has the size its header states, within the bounds.
 */
#include <stdlib.h>

#include "vuln/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct zip z;
    bool plain;
    ctx_init(&c);
    c.limits.member = 1 << 20;
    struct arena *a = arena_new();
    str text = {(const char *)data, size}, body;
    if (zip_open(&c, a, text, S("fuzz"), &z, &plain, NULL))
        for (uint32_t i = 0; i < z.n && i < 32; i++)
            if (zip_read(&c, a, &z, i, &body, NULL) && (body.n != z.v[i].size || body.n > c.limits.member))
                abort();
    arena_free(a);
    ctx_free(&c);
    return 0;
}
