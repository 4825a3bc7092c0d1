/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP tlog-policy: which logs are known, which witnesses, and how many of them must have cosigned a checkpoint before
 * it counts.
 */
#ifndef AKASHI_SEAL_POLICY_H
#define AKASHI_SEAL_POLICY_H

#include "seal/note.h"

struct tlog_policy_log {
    struct vkey key;
    str url; /* absent when not given */
};
/* A witness, or a group of names defined before it. */
struct tlog_policy_name {
    str name;
    bool group, member; /* member: some group counts it already */
    uint32_t need;      /* of a group */
    VEC(uint32_t) members;
    struct vkey key; /* of a witness */
    str url;
};
struct tlog_policy {
    VEC(struct tlog_policy_log) logs;
    VEC(struct tlog_policy_name) names;
    bool quorum_none;
    uint32_t quorum; /* into names */
};

/* Borrows from text. The place of an error is where:LINE. */
MUST_USE bool tlog_policy_parse(struct arena *a, str text, str where, struct tlog_policy *out, struct err *e);
MUST_USE bool tlog_policy_read(struct ctx *c, struct arena *a, str path, struct tlog_policy *out, struct err *e);
/* One log, no witnesses asked for. */
struct tlog_policy tlog_policy_of_log(struct arena *a, const struct vkey *log);

struct cosigned {
    str name;     /* in the policy */
    str key_name; /* of the witness */
    uint64_t time;
};
struct tlog_policy_verdict {
    bool log_good;   /* signed by a log of the policy whose name is the checkpoint's origin */
    bool quorum_met; /* cosigned by enough of the witnesses */
    str broken;      /* the key name of a signature by a known key that does not verify: nothing of the note counts */
    VEC(struct cosigned) cosigned;
};
/* What a checkpoint is worth. The origin is that of the note's text, as checkpoint_parse gave it. */
void tlog_policy_judge(struct arena *a, const struct tlog_policy *p, const struct note *n, str origin,
                       struct tlog_policy_verdict *out);
static inline bool tlog_policy_accepts(const struct tlog_policy_verdict *v) { return v->log_good && v->quorum_met; }

#endif
