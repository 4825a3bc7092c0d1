/* SPDX-License-Identifier: Apache-2.0
 *
 * The witnesses of our own log. HOME/witnesses is a C2SP tlog-policy: those of its witnesses that have a URL are asked
 * to cosign each checkpoint, and the file is what others need to check that they did.
 */
#ifndef AKASHI_NODE_COSIGN_H
#define AKASHI_NODE_COSIGN_H

#include "base/json.h"
#include "seal/home.h"
#include "seal/policy.h"

/* HOME/witnesses; *there = false, and true, when there is no such file. */
MUST_USE bool witnesses_read(struct ctx *c, struct arena *a, str home, bool *there, struct tlog_policy *out,
                             struct err *e);
/* Adds a witness, durably, keeping what the file says: into the group "witnesses" when the file has it. The file is
 * made when it is not there, asking for any one of them. A witness that is there gets the new address and keeps its
 * name, which *name then is. */
MUST_USE bool witnesses_add(struct ctx *c, struct arena *a, str home, const struct vkey *log, str *name,
                            const struct vkey *witness, str url, struct err *e);

/* Who of them cosigned the present checkpoint. */
MUST_USE bool witnesses_judge(struct home *h, struct arena *a, struct tlog_policy *p, struct tlog_policy_verdict *v,
                              struct err *e);
uint64_t witness_cosigned(const struct tlog_policy_verdict *v, const struct tlog_policy_name *w); /* 0: it did not */
/* {"quorum", "witnesses"} */
void witnesses_json(struct arena *a, struct jw *w, const struct tlog_policy *p, const struct tlog_policy_verdict *v);

struct cosign_one {
    str name, url;
    bool ok;
    struct err e;
};
VEC_NAMED(cosign_list, struct cosign_one);
/* Asks those of the policy's witnesses that have a URL (only: all, or the one of that name) to cosign the present
 * checkpoint, and keeps what they give. A witness that refuses or is silent is told in its row, and is no failure. */
MUST_USE bool cosign(struct home *h, struct arena *a, const struct tlog_policy *p, str only, struct cosign_list *out,
                     struct err *e);

#endif
