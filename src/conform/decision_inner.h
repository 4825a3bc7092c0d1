/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of decisions.
 */
#ifndef AKASHI_CONFORM_DECISION_INNER_H
#define AKASHI_CONFORM_DECISION_INNER_H

#include "conform/decision.h"
#include "store/queries.h"

/* A question that is being asked about one decision. */
struct deciding {
    struct portfolio *p;
    struct arena *a;
    const struct decision_ask *ask;
    struct decision *d;
    int64_t size; /* entries below it count */
};

/* decision.c */
MUST_USE bool decision_receipts(struct portfolio *p, struct arena *a, str envelope, int64_t size, struct receipts *out,
                                struct err *e);
/* decision_judge.c: who may have said it, what holds, what is due. */
MUST_USE bool decision_judge(struct deciding *k, struct err *e);
/* For whom of the two a key speaks. */
MUST_USE bool decision_sides(struct portfolio *p, struct arena *a, const struct decision *d, const struct known_key *k,
                             bool *provider, bool *customer, struct err *e);
/* The key, when it was good at that time; else NULL. */
const struct known_key *decision_key(const struct portfolio *p, const unsigned char id[32], int64_t time);

#endif
