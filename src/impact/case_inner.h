/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of cases and verdicts.
 */
#ifndef AKASHI_IMPACT_CASE_INNER_H
#define AKASHI_IMPACT_CASE_INNER_H

#include "impact/case.h"
#include "impact/verdict.h"
#include "store/queries.h"

void case_step_write(struct jw *w, const struct case_step *s);
/* False when it is none. Strings are the document's. */
bool case_step_read(struct arena *a, struct jv v, struct case_step *out);

/* A row of table verdict; what is absent is NULL there. */
struct verdict_new {
    int64_t place, number;
    str flaw, product, part, justification, impact, action, author;
    int status; /* enum vex_status, or VERDICT_ACCEPTED */
    int64_t until, stated, kev, epss;
};
/* verdicts_of() as it was at a moment. */
MUST_USE bool verdicts_then(struct portfolio *p, struct arena *a, const struct flaw_names *names,
                            const struct as_of *when, struct verdicts *out, struct err *e);
/* Those that speak of this product and no other; -1: those that possibly speak of any. */
MUST_USE bool verdicts_about(struct portfolio *p, struct arena *a, const struct flaw_names *names, int64_t product,
                             const struct as_of *when, struct verdicts *out, struct err *e);
MUST_USE bool verdict_add(struct portfolio *p, const struct entry *x, const struct verdict_new *v, struct err *e);
/* Whether the signer is one of the home's own keys, good when the log took the entry. */
bool signed_by_us(const struct portfolio *p, const struct entry *x);

#endif
