/* SPDX-License-Identifier: Apache-2.0
 *
 * A person's word for a practice as it is given: checked, signed, logged, and what the level is then; for commands and
 * the application alike.
 */
#ifndef AKASHI_CONFORM_ATTEST_SAY_H
#define AKASHI_CONFORM_ATTEST_SAY_H

#include "conform/attest.h"

struct attest_request {
    str catalogue, practice; /* catalogue absent: cip */
    str text, person, role;
    int64_t level; /* 1 … 4; 0 with a reason */
    str reason;    /* why it does not apply; absent: it does */
    str date, expires;
    str sample, seed; /* "5/40", "all"; absent: all */
    str party;        /* whom it is about; absent: the home's own */
    struct scope_names products;
    struct attested_documents documents; /* in the archive, not yet synced */
    const char *dashes;                  /* what stands before the name of a field in messages: "--", "" */
};
struct attested {
    const struct catalogue *catalogue;
    const struct practice *practice;
    struct attestation said;
    struct conform_scope scope;
    uint64_t index;
    bool was_there;
    struct practice_state now; /* of the party, after all was said */
};
/* Of the catalogue; ERR_USAGE with the nearest one. */
MUST_USE bool practice_named(const struct catalogue *c, str id, const struct practice **out, struct err *e);
/* Looks at what is to be said; nothing is said yet. */
MUST_USE bool attest_check(struct portfolio *p, struct arena *a, const struct attest_request *r, struct attested *out,
                           struct err *e);
/* Says what was looked at: a statement for each, all of them or none. */
MUST_USE bool attest_say_all(struct portfolio *p, struct arena *a, struct attested *all, uint32_t n, struct err *e);
/* Both, of one. */
MUST_USE bool attest_say(struct portfolio *p, struct arena *a, const struct attest_request *r, struct attested *out,
                         struct err *e);
void attested_json(struct arena *a, struct jw *w, const struct attested *x);

#endif
