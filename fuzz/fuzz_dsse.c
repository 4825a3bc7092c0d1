/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an envelope. What is accepted and written again is the same envelope, no key that did not sign is good
 * for it, and what is refused names a place.
 */
#include <stdlib.h>

#include "seal/dsse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}
static void same(const struct dsse *x, const struct dsse *y) {
    check(str_eq(x->payload, y->payload) && str_eq(x->payload_type, y->payload_type));
    check(x->signatures.n == y->signatures.n);
    for (uint32_t i = 0; i < x->signatures.n; i++)
        check(str_eq(x->signatures.v[i].sig, y->signatures.v[i].sig) &&
              str_eq(x->signatures.v[i].keyid, y->signatures.v[i].keyid));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct dsse d, again;
    struct err e = {0};
    ctx_init(&c);
    c.limits.depth = 64;
    if (dsse_parse(&c, a, str_n((const char *)data, size), S("f"), &d, &e)) {
        /* RFC 8032 §7.1, test 2: it signed none of these. */
        struct pubkey k = {.kind = SIG_ED25519, .n = 32, .bytes = {0x3d, 0x40, 0x17, 0xc3, 0xe8, 0x43, 0x89, 0x5a,
                                                                   0x92, 0xb7, 0x0a, 0xa7, 0x4d, 0x1b, 0x7e, 0xbc,
                                                                   0x9c, 0x98, 0x2c, 0xcf, 0x2e, 0xc4, 0x96, 0x8c,
                                                                   0xc0, 0xcd, 0x55, 0xf1, 0x2a, 0xf4, 0x66, 0x0c}};
        check(dsse_verify(a, &d, &k, 1, NULL) == 0);
        check(dsse_parse(&c, a, dsse_text(a, &d), S("g"), &again, &e));
        same(&d, &again);
    } else {
        check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
