/* SPDX-License-Identifier: Apache-2.0
 *
 * What a file of somebody else's says of declarations (a bundle with its proofs): the declaration, an endorsement, a
 * challenge, an answer, a standing. Signatures are checked with the keys this home knows and those that the file brings
 * along, so that a stranger's word is taken in as a stranger's.
 */
#ifndef AKASHI_CONFORM_HANDED_H
#define AKASHI_CONFORM_HANDED_H

#include "conform/standing.h"
#include "release/verify.h"

enum { HANDED_KINDS = 5 };
struct handed_over {
    struct verdict verdict;
    const struct verified *of[HANDED_KINDS]; /* in that order; NULL: not in it, or not signed by the key it names */
    bool known[HANDED_KINDS];                /* by a key this home trusts */
};
MUST_USE bool handed_read(struct ctx *c, struct arena *a, struct home *home, str file, struct handed_over *out,
                          struct err *e);
/* The same of one that was taken apart already; where: for messages. */
struct bundle;
MUST_USE bool handed_of(struct ctx *c, struct arena *a, struct home *home, const struct bundle *b, str where,
                        struct handed_over *out, struct err *e);

struct handed_entry {
    str kind;
    uint64_t index;
    bool was_there, known;
};
VEC_NAMED(handed_entries, struct handed_entry);
/* Into the log as what it is: signed by that key, known or not. What must be by the declarer counts only from a key
 * that is trusted for it; of a stranger only challenges and endorsements are taken in (ERR_INPUT for others, at once
 * and for all). ERR_INPUT when nothing in it is about declarations. */
MUST_USE bool handed_take(struct portfolio *p, struct arena *a, str file, const struct handed_over *h,
                          struct handed_entries *out, struct err *e);

#endif
