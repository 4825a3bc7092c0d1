/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a tlog-proof: what is accepted is written back byte for byte; no proof holds without a signature.
 */
#include <stdlib.h>

#include "seal/proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    str text = str_n((const char *)data, size);
    struct proof p;
    struct proof_verdict v;
    struct tlog_policy policy;
    struct err e = {0};
    if (proof_parse(a, text, S("f"), &p, &e))
        check(str_eq(proof_text(a, &p), text));
    else
        check(e.kind != ERR_NONE && e.where[0] == 'f');
    check(tlog_policy_parse(a, S("quorum none\n"), S("p"), &policy, &e));
    if (proof_check(a, text, S("f"), S("{}"), &policy, &v, &e))
        check(!proof_holds(&v));
    arena_free(a);
    return 0;
}
