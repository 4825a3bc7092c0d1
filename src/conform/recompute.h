/* SPDX-License-Identifier: Apache-2.0
 *
 * A declaration, checked by somebody else: its levels computed again, by the same rules, from the statements that were
 * handed over with it. Needs no home and no network; trust begins at the keys the caller names.
 */
#ifndef AKASHI_CONFORM_RECOMPUTE_H
#define AKASHI_CONFORM_RECOMPUTE_H

#include "conform/standing.h"
#include "release/verify.h"

enum confirmed {
    CONFIRMED,     /* the statements handed over carry the level */
    ATTESTED_ONLY, /* it rests on a person's word */
    NOT_DISCLOSED, /* some of the evidence it names was not handed over */
    CONTRADICTED,  /* all of it was, and carries less; or what was handed over speaks against it */
    NOT_CLAIMED,   /* level 0, or not applicable with a reason */
};
const char *confirmed_name(enum confirmed c); /* "attested-only" */
struct recomputed_practice {
    const struct declared_practice *declared;
    const struct practice *practice; /* NULL: the catalogue at hand has none of this id */
    int level;                       /* computed here */
    enum confirmed verdict;
    uint32_t named, disclosed; /* evidence */
    str why;                   /* in the reader's language; absent when there is nothing to say */
};
VEC_NAMED(recomputed_practices, struct recomputed_practice);
struct recomputation {
    struct verdict checked; /* signatures, proofs: verify.h's list */
    const struct verified *statement;
    struct declaration declaration;
    bool trusted;        /* the declaration itself: signed by a trusted key that was good then, and logged */
    bool same_catalogue; /* the catalogue at hand is the one it names */
    bool valid_now;
    struct recomputed_practices practices;
    uint32_t count[5];                /* by enum confirmed */
    struct declaration_events events; /* endorsements, challenges … that came with it, signatures checked */
};
/* thing: the bundle, or its name where o->given is one; more: other files with statements (bundles, envelopes). */
MUST_USE bool declaration_recompute(struct ctx *c, struct arena *a, str thing, const str *more, uint32_t n_more,
                                    const struct verify_options *o, struct recomputation *out, struct err *e);

/* What a customer may rely on: trusted, valid today, contradicted nowhere. */
bool recomputation_good(const struct recomputation *r);
void recomputation_json(struct arena *a, struct jw *w, const struct recomputation *r);

#endif
