/* SPDX-License-Identifier: Apache-2.0
 *
 * A portfolio over statements that somebody handed over: the same projections as over one's own log, in memory, gone
 * when it is closed. Nothing is checked here: who makes the list has verified signatures and proofs, and takes times
 * and indices from the log that the proofs lead to.
 */
#ifndef AKASHI_IMPACT_GIVEN_H
#define AKASHI_IMPACT_GIVEN_H

#include "impact/portfolio.h"

struct given {
    uint64_t index;
    int64_t time; /* of the log */
    unsigned char key[32];
    str envelope; /* its canonical text; its SHA-256 is what others call it by */
    const struct statement *statement;
};
struct given_body { /* a document by its SHA-256: an SBOM that is not a statement itself */
    unsigned char sha256[32];
    str bytes;
};
struct givens {
    const struct given *v; /* index ascending, each once */
    uint32_t n;
    const struct given_body *bodies;
    uint32_t n_bodies;
};
/* home: who speaks (party, origin, keys); needs neither log nor archive. All of it is borrowed until the portfolio is
 * closed. Entries are those given; its size is one above the last. */
MUST_USE bool portfolio_of_given(struct ctx *c, struct home *home, const struct givens *list, struct portfolio **out,
                                 struct err *e);
#endif
