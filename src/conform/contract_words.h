/* SPDX-License-Identifier: Apache-2.0
 *
 * Contracts in words and as JSON, which of them a reader may see (those it is a side of), and the responsibility
 * matrix: whose each practice is under each contract, and what is missing.
 */
#ifndef AKASHI_CONFORM_CONTRACT_WORDS_H
#define AKASHI_CONFORM_CONTRACT_WORDS_H

#include "conform/contract.h"
#include "impact/audience.h"

const char *contract_holder_text(str holder); /* in the reader's language */
const char *contract_kind_text(str kind);

MUST_USE bool contract_seen(struct portfolio *p, struct arena *a, const struct reader *r, const struct contract *k,
                            bool *may, struct err *e);
/* Those that the reader may see; when may be NULL: now. */
MUST_USE bool contracts_seen(struct portfolio *p, struct arena *a, const struct reader *r, const struct as_of *when,
                             struct contracts *out, struct err *e);
/* Of a catalogue, and not ended. */
void contracts_of(struct arena *a, const struct contracts *all, const struct catalogue *c, int64_t now,
                  struct contracts *out);

void contract_json(struct arena *a, struct jw *w, const struct contract *k);
/* A list: each practice, and who holds it under each of these contracts. */
void responsibilities_json(struct arena *a, struct jw *w, const struct catalogue *c, const struct contracts *all);

/* What nobody holds, and what is ours towards a customer and stops at us. */
struct missing_duty {
    str contract, practice;
    str towards; /* the contract in which we hold it; absent: nobody holds it */
};
VEC_NAMED(missing_duties, struct missing_duty);
void missing_duties_find(struct arena *a, const struct catalogue *c, const struct contracts *all,
                         struct missing_duties *out);
str missing_duty_text(struct arena *a, const struct missing_duty *m);
void missing_duties_json(struct arena *a, struct jw *w, const struct catalogue *c, const struct missing_duties *all);

#endif
