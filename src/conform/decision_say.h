/* SPDX-License-Identifier: Apache-2.0
 *
 * An offer or an answer as somebody puts it, in words and names: held against what the home knows, then signed and
 * logged. ERR_USAGE with the field as the place when something is missing or names nothing.
 */
#ifndef AKASHI_CONFORM_DECISION_SAY_H
#define AKASHI_CONFORM_DECISION_SAY_H

#include "conform/decision.h"

/* A day or a time as people write it; absent: *out = 0. A bare day is its beginning, or its end. */
enum day_edge { DAY_BEGINS, DAY_ENDS };
MUST_USE bool day_read(str text, enum day_edge edge, str where, int64_t *out, struct err *e);
/* The name of a field in messages: "--risk-owner" behind dashes, "riskOwner" without. */
str field_name(struct arena *a, const char *dashes, const char *name);

struct offer_request {
    str title, customer, measure; /* customer: a party's id */
    str product, release, deployment, case_id;
    struct case_names flaws, practices;
    str risk, cost_provider, cost_customer, if_not;
    str deadline, date;
    const char *dashes; /* what stands before the name of a field in messages: "--", "" */
};
/* A case brings its product and its flaws, a deployment its product. advisories: the file that knows which flaws are
 * exploited now; it need not be there. *digest: of the offer. */
MUST_USE bool offer_request_say(struct portfolio *p, struct arena *a, const struct offer_request *r, str advisories,
                                str *digest, struct err *e);

#define ANSWER_KINDS "accept|decline|defer|alternative"
struct answer_request {
    str kind, until, alternative;
    str reason, person, role, risk_owner, review, date;
    bool reported;
    const char *dashes;
};
/* What it says; the offer is not looked at. */
MUST_USE bool answer_request_read(struct ctx *c, struct arena *a, const struct answer_request *r,
                                  struct offer_answer *out, struct err *e);
/* As the answer to this offer: by us as its customer, or as what its customer said elsewhere (`reported`) by us as its
 * provider. document: a paper that shows it, kept in the archive; absent: none. */
MUST_USE bool answer_request_say(struct portfolio *p, struct arena *a, const struct decision *d,
                                 struct offer_answer *answer, str document, struct err *e);

#endif
