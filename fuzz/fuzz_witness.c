/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a request to a witness and as a witness's answer: what is understood is written back byte for byte, and
 * no answer gives a cosignature that was not made.
 */
#include <stdlib.h>

#include "seal/witness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    str text = str_n((const char *)data, size);
    struct add_checkpoint r;
    struct note n = {.text = S("o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")};
    struct vkey v;
    struct err e = {0};
    uint32_t taken = 0;
    if (add_checkpoint_parse(a, text, &r, &e))
        check(str_eq(add_checkpoint_text(a, r.old, r.proof.v, r.proof.n, r.bytes), text));
    else
        check(e.kind != ERR_NONE && e.where[0]);
    check(vkey_parse(a, S("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), S("v"), &v, &e));
    if (cosignatures_take(a, text, S("f"), &v, 1, &n, &taken, &e))
        check(taken == 0 && n.lines.n == 0);
    arena_free(a);
    return 0;
}
