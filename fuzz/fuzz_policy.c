/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a tlog-policy: what is accepted has a quorum that names above it, groups that can be met, and judges a
 * note nobody signed as not accepted; what is refused names its place.
 */
#include <stdlib.h>

#include "seal/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    struct tlog_policy p;
    struct tlog_policy_verdict v;
    struct note n = {.text = S("o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")};
    struct err e = {0};
    if (tlog_policy_parse(a, str_n((const char *)data, size), S("f"), &p, &e)) {
        check(p.quorum_none || p.quorum < p.names.n);
        for (uint32_t i = 0; i < p.names.n; i++) {
            check(!p.names.v[i].group || (p.names.v[i].need >= 1 && p.names.v[i].need <= p.names.v[i].members.n));
            for (uint32_t m = 0; m < p.names.v[i].members.n; m++)
                check(p.names.v[i].members.v[m] < i);
        }
        tlog_policy_judge(a, &p, &n, S("o"), &v);
        check(!tlog_policy_accepts(&v) && v.quorum_met == p.quorum_none);
    } else
        check(e.kind != ERR_NONE && e.where[0] == 'f');
    arena_free(a);
    return 0;
}
