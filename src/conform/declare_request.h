/* SPDX-License-Identifier: Apache-2.0
 *
 * A declaration as somebody asks for it, in words: resolved, computed, signed; for commands and the application alike.
 */
#ifndef AKASHI_CONFORM_DECLARE_REQUEST_H
#define AKASHI_CONFORM_DECLARE_REQUEST_H

#include "conform/declaration.h"

struct declare_request {
    str catalogue, package, party;      /* ids; absent: cip, minimum, the home's own */
    struct scope_names products, sites; /* products: ids; none: all */
    struct exclusions exclusions;
    struct claims claims;
    struct person signatory;
    str from, until; /* days; absent: now, a year */
    str note;
    bool withhold;
    const char *dashes; /* what stands before the name of a field in messages: "--", "" */
};
struct declaring {
    const struct catalogue *catalogue;
    struct conform_scope scope;
    struct declare_ask ask;
    struct declaration d;
    struct shortfalls short_of; /* what keeps it from being signed */
};

/* "WHAT: REASON" and "PRACTICE=LEVEL: REASON"; ERR_USAGE when it is written otherwise. */
MUST_USE bool exclusion_read(str text, struct exclusion *out, struct err *e);
MUST_USE bool claim_read(str text, struct claim *out, struct err *e);

/* Computes it as of now; nothing is signed. ERR_USAGE for what there is not. */
MUST_USE bool declare_request_make(struct portfolio *p, struct arena *a, const struct declare_request *r,
                                   struct declaring *out, struct err *e);
/* Signs and logs it; bundle: what is handed over. Only without shortfalls. */
MUST_USE bool declaring_sign(struct portfolio *p, struct arena *a, struct declaring *k, uint64_t *index, str *bundle,
                             struct err *e);
/* Members: what is, or would be, declared, and what falls short. */
void declaring_json(struct arena *a, struct jw *w, const struct declaring *k);

#endif
