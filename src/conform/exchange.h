/* SPDX-License-Identifier: Apache-2.0
 *
 * Statements that two parties hand each other: a bundle (seal/bundle.h) whose every statement is signed by a key known
 * here and whose proofs hold. What is taken in comes into the log as it is, with a receipt of what the other party's
 * log says of it; so either side can later prove alone what was said and when, and hand on all of it.
 */
#ifndef AKASHI_CONFORM_EXCHANGE_H
#define AKASHI_CONFORM_EXCHANGE_H

#include "impact/portfolio.h"
#include "seal/bundle.h"

VEC_NAMED(known_keys, const struct known_key *);
struct exchanged {
    struct bundled from;
    str kind, digest; /* digest: of the envelope, hex */
    struct statement statement;
    struct known_keys signers; /* whose signature is good, and whose key was when it was logged; one at least */
    bool proven;               /* it is in a log that a key known here speaks for */
    str origin;                /* that log, where, and when */
    uint64_t place;
    int64_t time;
};
VEC_NAMED(exchanged_list, struct exchanged);

/* Statements of these kinds (NULL at the end) in a file; others in it are passed over. ERR_INPUT: no key known here
 * signed one, it was changed, its proof does not hold, or there is none of these kinds at all. */
MUST_USE bool exchange_read(struct home *home, struct arena *a, str path, const char *const *kinds,
                            struct exchanged_list *out, struct err *e);
/* The same of a text; where: for messages. */
MUST_USE bool exchange_parse(struct home *home, struct arena *a, str text, str where, const char *const *kinds,
                             struct exchanged_list *out, struct err *e);
MUST_USE bool exchange_of(struct home *home, struct arena *a, const struct bundle *b, str where,
                          const char *const *kinds, struct exchanged_list *out, struct err *e);
/* Logs it, and a receipt where another log speaks of it; what is there already is not added again. */
MUST_USE bool exchange_take(struct portfolio *p, struct arena *a, const struct exchanged *x, bool *was_there,
                            struct err *e);
/* Puts our signature in front of those it has, and logs that as ours. */
MUST_USE bool exchange_countersign(struct portfolio *p, struct arena *a, const struct exchanged *x, struct err *e);

/* A bundle of entries of our log, each with our proof and with those we were given; and the keys of all who signed. */
MUST_USE bool exchange_bundle(struct portfolio *p, struct arena *a, const uint64_t *entries, uint32_t n,
                              struct bundle *out, struct err *e);

#endif
