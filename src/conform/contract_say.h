/* SPDX-License-Identifier: Apache-2.0
 *
 * A contract as somebody writes it down: what is given is added or changed and the rest stays; held against what the
 * home knows, then signed and logged.
 */
#ifndef AKASHI_CONFORM_CONTRACT_SAY_H
#define AKASHI_CONFORM_CONTRACT_SAY_H

#include "conform/contract.h"

struct contract_promise {
    str what, within; /* "critical patch", "7d" */
};
struct contract_change { /* what is absent or empty stays */
    str kind, title, catalogue, from, until;
    VEC(struct contract_side) sides; /* names are looked up */
    VEC(struct contract_duty) duties;
    VEC(struct contract_promise) clocks;
    VEC(struct contract_item) items;
    const char *dashes; /* what stands before the name of a field in messages: "--", "" */
};
/* ERR_USAGE, or ERR_INPUT for a practice or holder that there is not; with the field as the place. */
MUST_USE bool contract_change_take(struct portfolio *p, struct arena *a, const struct contract_change *x,
                                   struct contract *k, struct err *e);
/* A practice of the catalogue and who may hold it; where: for messages. */
MUST_USE bool contract_duty_check(const struct catalogue *c, const struct contract_duty *d, str where, struct err *e);
/* With a paper that shows it, kept in the archive (absent: none more). Counts what nobody holds, signs, logs; *same: it
 * says so already, and nothing was added. */
MUST_USE bool contract_seal(struct portfolio *p, struct arena *a, struct contract *k, str document, bool *same,
                            struct err *e);

#endif
