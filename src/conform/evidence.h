/* SPDX-License-Identifier: Apache-2.0
 *
 * Evidence: facts that a statement states about a thing, as rows that rules are counted over. A statement kind that
 * rules may name (facts.list) has a projection that calls evidence_add() once for each thing it is about; facts are
 * taken from the statement alone, so a view that grew equals one made anew.
 *
 * Who signed is kept, not judged: what is thought of a key can change without an entry, so evaluate.c judges it when it
 * asks. Of each signer the newest statement of a kind about a thing replaces the one before (of the same topic).
 */
#ifndef AKASHI_CONFORM_EVIDENCE_H
#define AKASHI_CONFORM_EVIDENCE_H

#include "conform/rule.h"
#include "impact/portfolio.h"

struct fact {
    const char *name; /* as in facts.list; more may be kept for people to read */
    double number;    /* yes = 1, no = 0 */
    str word;         /* absent: it is the number */
    int64_t until;    /* the number counts up to this second of the log or clock, then it is 0; 0: for good */
};
struct evidence_new {
    const char *kind;
    enum rule_about about;
    int64_t thing; /* of a release: the id of its document; of a product, party …: its number; -1: of whoever signs */
    str topic;     /* tells statements about one thing apart; absent: nothing does */
    int64_t expires;
    bool fresh;                  /* nothing can have been said about this thing before: saves a look */
    const unsigned char *linker; /* key of the statement that says that it is about this thing; NULL: x's own */
    int64_t linked;              /* and its log time */
    const struct fact *facts;
    uint32_t n;
};
/* Inside a transaction, in a projection. */
MUST_USE bool evidence_add(struct portfolio *p, const struct entry *x, const struct evidence_new *v, struct err *e);

/* Things without a view of their own (decisions, challenges): the number of an id, made when it is new. product, party:
 * numbers (things.h) whose product it concerns and who is asked; -1 none. */
MUST_USE bool evidence_thing(struct portfolio *p, const struct entry *x, enum rule_about about, str id, int64_t product,
                             int64_t party, int64_t *number, struct err *e);

/* ── facts as text ── */
str facts_text(struct arena *a, const struct fact *facts, uint32_t n);
/* False when it is not stated. at: the moment for facts that end (until). */
bool fact_get(str facts, const char *name, int64_t at, struct fact *out);

#endif
