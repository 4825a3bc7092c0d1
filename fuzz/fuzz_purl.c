/* SPDX-License-Identifier: Apache-2.0
 *
 * purl: the canonical text of what is accepted reads back as itself; parts put together again give the same.
 */
#include <stdlib.h>

#include "ident/purl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    struct purl p, again, built;
    struct err e = {0};
    if (purl_parse(a, str_n((const char *)data, size), &p, &e)) {
        str text = purl_text(a, &p);
        check(purl_parse(a, text, &again, &e));
        check(str_eq(purl_text(a, &again), text));
        check(purl_build(a, &p, &built, &e));
        check(str_eq(purl_text(a, &built), text));
        (void)!purl_check(&p, &e);
    } else {
        check(e.kind != ERR_NONE);
    }
    arena_free(a);
    return 0;
}
