/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP tlog-proof: one file from which anyone with the public keys sees, offline, that something is in a log. The
 * "extra" of ours is the leaf's bytes followed by its salt, so that who has the envelope recomputes the entry; without
 * the salt (a body that is withheld or erased) it still shows that an entry of this kind, time and signer is there.
 */
#ifndef AKASHI_SEAL_PROOF_H
#define AKASHI_SEAL_PROOF_H

#include "seal/leaf.h"
#include "seal/merkle.h"
#include "seal/policy.h"

struct proof {
    str extra; /* bytes; absent when there are none */
    uint64_t index;
    VEC(struct hash) hashes;
    str checkpoint; /* the note, verbatim */
    struct note note;
    struct checkpoint at;
};
/* Borrows from text. What is read is written back byte for byte. */
MUST_USE bool proof_parse(struct arena *a, str text, str where, struct proof *out, struct err *e);
str proof_text(struct arena *a, const struct proof *p); /* uses extra, index, hashes, checkpoint */
/* salt NULL: withheld. */
str proof_extra(struct arena *a, str leaf, const unsigned char salt[LEAF_SALT]);

struct proof_verdict {
    bool has_entry;     /* the extra holds a leaf of ours; else nothing below but signatures can be said */
    bool has_salt;      /* … and its salt */
    bool entry_matches; /* the leaf commits to the envelope given */
    bool included;      /* the leaf is at that index of the tree the checkpoint speaks of */
    struct leaf leaf;
    uint64_t index;
    struct checkpoint at;
    struct tlog_policy_verdict policy; /* the log's signature; the quorum: who cosigned, when */
};
/* envelope may be absent (then entry_matches is false). Fails only when the proof cannot be read. */
MUST_USE bool proof_check(struct arena *a, str proof, str where, str envelope, const struct tlog_policy *policy,
                          struct proof_verdict *out, struct err *e);
/* All of it holds. */
bool proof_holds(const struct proof_verdict *v);

#endif
