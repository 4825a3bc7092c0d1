/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody means who types a part of a name: packages, flaws, products, releases, parties, services and cases that
 * the reader may know of, the best first (named exactly so; beginning so; containing it).
 *
 * The work is bounded: of each kind at most some thousands of the newest rows are looked through.
 */
#ifndef AKASHI_IMPACT_SEARCH_H
#define AKASHI_IMPACT_SEARCH_H

#include "impact/audience.h"

struct search_hit {
    const char *kind; /* "package", "flaw", "product", "release", "party", "service", "case" */
    str id, name;     /* name: what it is called, or is about; absent */
    unsigned rank;    /* 0: exactly so */
};
VEC_NAMED(search_hits, struct search_hit);
/* At most `most`. */
MUST_USE bool search_find(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                          str text, uint32_t most, struct search_hits *out, struct err *e);
void search_json(struct jw *w, str text, const struct search_hits *found);

#endif
