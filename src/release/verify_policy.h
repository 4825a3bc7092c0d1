/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody demands of software before letting it in: a TOML file (docs/verify.md).
 */
#ifndef AKASHI_RELEASE_VERIFY_POLICY_H
#define AKASHI_RELEASE_VERIFY_POLICY_H

#include "base/ctx.h"

VEC_NAMED(patterns, str);

struct signer_rule { /* statements of this kind count only when one of these signed them */
    str kind;
    struct patterns names;
};
struct verify_policy {
    str path, name, sha256;
    struct patterns keys; /* files, from the policy's folder; the signers' names are their base names without suffix */
    str log;              /* tlog-policy file, from the policy's folder; absent: none */
    struct patterns statements, hardening, builders, sources;
    VEC(struct signer_rule) signers;
    bool hardening_passed, tests_passed, analysis_passed, no_kev, logged;
    int64_t most_open, most_days; /* < 0: not demanded */
    str no_priority;              /* no open finding at or above: "act", "attend", … */
};
MUST_USE bool verify_policy_read(struct ctx *c, struct arena *a, str path, struct verify_policy *out, struct err *e);

/* A pattern that ends in an asterisk matches any rest. */
bool pattern_matches(const struct patterns *p, str text);

#endif
