/* SPDX-License-Identifier: Apache-2.0
 *
 * What the home itself said last: of a kind of statement (catalogue, mapping, choice), the newest of each name that one
 * of its own keys signed while it was good. Others' statements never count here. The name is the first subject's.
 */
#ifndef AKASHI_CONFORM_OWN_H
#define AKASHI_CONFORM_OWN_H

#include "impact/portfolio.h"

struct own {
    uint64_t index; /* in the home's log */
    int64_t time;   /* of the log */
    str name;
    unsigned char envelope[32];
    struct statement statement;
};
VEC_NAMED(owns, struct own);
/* By name; name absent: of every name. when may be NULL: now. p NULL: none. Bodies that were erased or withheld are
 * passed over, so that the one before it counts. */
MUST_USE bool own_newest(struct portfolio *p, struct arena *a, const char *kind, str name, const struct as_of *when,
                         struct owns *out, struct err *e);

/* Says it: a statement whose subjects are the name with the digest of its predicate (canonical JSON) and, when
 * something was said of that name before, what it replaces. *same: that very predicate is the newest already, and
 * nothing was added. */
struct own_say {
    const char *kind;
    str name, predicate;
    uint64_t index; /* out */
    bool same, replaced;
};
/* The same without saying it: add->payload is what is to be logged, unless x->same. */
MUST_USE bool own_prepare(struct portfolio *p, struct arena *a, struct own_say *x, struct portfolio_add *add,
                          struct err *e);
MUST_USE bool own_say(struct portfolio *p, struct arena *a, struct own_say *x, struct err *e);

#endif
