/* SPDX-License-Identifier: Apache-2.0
 *
 * Contracts: which practice of a catalogue is whose under a contract, a service level agreement, cloud terms or a
 * subcontract; the clocks that were promised; what is agreed on requirements, responsibility, cost and rights. A
 * statement about a contract says all that holds from then on; the newest of our own counts.
 */
#ifndef AKASHI_CONFORM_CONTRACT_H
#define AKASHI_CONFORM_CONTRACT_H

#include "conform/catalogue.h"
#include "impact/things.h"

#define CONTRACT_KINDS "contract|sla|cloud|subcontract"
#define CONTRACT_SIDES "provider|customer|prime|sub"
#define CONTRACT_HOLDERS "developer|supplier|operator|customer|shared"
#define CONTRACT_ITEMS "requirement|responsibility|cost|rights"
/* Whether a word is one of "a|b|c". */
bool contract_word(const char *words, str word);

struct contract_side {
    str side, party, name;
};
struct contract_duty {
    str practice, holder, note;
};
struct contract_clock {
    str what;
    int64_t within; /* seconds */
};
struct contract_item {
    str item, text;
};
struct contract {
    str id, kind, title, catalogue, document;
    VEC(struct contract_side) sides;
    int64_t from, until; /* 0: not stated */
    VEC(struct contract_duty) duties;
    VEC(struct contract_clock) clocks;
    VEC(struct contract_item) items;
    int64_t unheld; /* as it was written; -1: not stated */
    uint64_t entry; /* of the log */
    int64_t time;
};
VEC_NAMED(contracts, struct contract);

bool contract_read(struct arena *a, struct jv predicate, struct contract *out);
str contract_text(struct arena *a, const struct contract *k); /* the predicate */
/* What the statement and the JSON for people both say; words: times as people write them ("24h"), else seconds. */
struct jw;
void contract_members_json(struct arena *a, struct jw *w, const struct contract *k, bool words);
/* Signed and logged; *same: it says so already, and nothing was added. */
MUST_USE bool contract_say(struct portfolio *p, struct arena *a, const struct contract *k, bool *same, struct err *e);
/* The newest of each that we stated, by id. */
MUST_USE bool contracts_list(struct portfolio *p, struct arena *a, const struct as_of *when, struct contracts *out,
                             struct err *e);
MUST_USE bool contract_find(struct portfolio *p, struct arena *a, str id, const struct as_of *when, bool *found,
                            struct contract *out, struct err *e);
/* Party of that side; absent: none. */
str contract_party(const struct contract *k, const char *side);
const struct contract_duty *contract_duty_of(const struct contract *k, str practice);
void contract_give(struct arena *a, struct contract *k, const struct contract_duty *duty); /* adds, or replaces */

/* Practices that bind under such a contract and that nobody holds. */
VEC_NAMED(practice_ids, str);
void contract_unheld(struct arena *a, const struct catalogue *c, const struct contract *k, struct practice_ids *out);
/* Practices that we hold towards a customer, that bind subcontractors, and that a subcontract does not give to anybody:
 * they stop at us. towards: the contract in which we hold it. */
struct contract_gap {
    str practice, towards;
};
VEC_NAMED(contract_gaps, struct contract_gap);
void contract_not_passed_on(struct arena *a, const struct catalogue *c, const struct contracts *all,
                            const struct contract *sub, struct contract_gaps *out);

#endif
