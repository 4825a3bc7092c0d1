/* SPDX-License-Identifier: Apache-2.0
 *
 * The index of a log: a sorted table from search keys to the entries about them, whose Merkle root stands in a signed
 * statement of kind "index" in that same log. With it an answer can be shown to be whole: the row of what was asked for
 * (or the two rows between which it would stand), the index statement, its proof, and the entries that came after the
 * index. docs/find.md has it byte by byte.
 */
#ifndef AKASHI_SEAL_INDEX_H
#define AKASHI_SEAL_INDEX_H

#include "seal/keyring.h"
#include "seal/proof.h"
#include "seal/view.h"

struct index_root {
    unsigned char root[32];
    uint64_t rows, size; /* size: of the log it covers */
};
/* From the rows of the view below that size. */
MUST_USE bool index_compute(struct view *v, uint64_t size, struct index_root *out, struct err *e);
/* The predicate of an index statement. */
str index_predicate(struct arena *a, str origin, const struct index_root *r);

/* The proof of the answer to what is asked, against the newest index of at most `size` entries (UINT64_MAX: of all)
 * that a key of ours signed. ERR_INPUT when the log has no index yet, or when entries were erased since it was made. */
MUST_USE bool index_prove(struct ctx *c, struct view *v, const struct keyring *keys, struct arena *a,
                          const struct words *asked, uint64_t size, str *proof, struct err *e);

/* Whether the newest index is what the view lists: not so when it left something out, or when entries it covers were
 * erased since. */
MUST_USE bool index_audit(struct ctx *c, struct view *v, const struct keyring *keys, struct arena *a, bool *found,
                          uint64_t *index, bool *holds, struct err *e);

struct index_answer {
    struct word word;
    VEC(uint64_t) entries; /* below `covered` by the index; for keys and kinds also those behind it, by their leaves */
};
struct index_behind {
    uint64_t index;
    struct leaf leaf;
};
struct index_verdict {
    struct proof_verdict log; /* of the index statement: in which log, who cosigned */
    unsigned char signer[32]; /* of the index statement: a key of the caller's */
    bool signature;           /* … whose signature is good */
    uint64_t covered, size;   /* entries the index covers; entries of the log the proof speaks of */
    bool holds;               /* everything fits together; else `fault` says what does not */
    bool complete;            /* and nothing but the index itself stands between covered and size (or what was
                                 asked for can be told from the leaves) */
    const char *fault;        /* N_() */
    VEC(struct index_answer) answers;
    VEC(struct index_behind) behind; /* entries the index does not cover, from the log itself */
};
/* With public keys only. Fails when the text is no such proof. */
MUST_USE bool index_proof_check(struct ctx *c, struct arena *a, str text, str where, const struct tlog_policy *policy,
                                const struct pubkey *signers, uint32_t n, struct index_verdict *out, struct err *e);
/* Whether a text is meant as one. */
bool index_proof_is(struct jv root);

#endif
