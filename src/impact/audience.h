/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may see what: the one place where that is decided. A reader is a set of parties with a TLP clearance; the owner
 * of the home sees everything. Questions take the reader's releases as a bitmap, so that counts and pages never
 * contain, or let guess, what the reader may not see.
 */
#ifndef AKASHI_IMPACT_AUDIENCE_H
#define AKASHI_IMPACT_AUDIENCE_H

#include "impact/contents.h"
#include "impact/things.h"

enum tlp { TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED };
bool tlp_parse(str word, enum tlp *out);

struct reader {
    bool owner;             /* sees all */
    const int64_t *parties; /* whose members the reader speaks for */
    uint32_t n;
    enum tlp clearance;
};
/* "--audience PARTY[,PARTY][:TLP]" */
MUST_USE bool reader_parse(struct portfolio *p, struct arena *a, str text, struct reader *out, struct err *e);

/* Releases the reader may know of, below limit: those of products of its parties (and of their sub-contractors for
 * it), those deployed at its parties, those whose product is shared by TLP. NULL for the owner: everything. The caller
 * frees it. */
MUST_USE bool audience_releases(struct portfolio *p, const struct reader *r, const struct as_of *when, uint32_t limit,
                                roaring_bitmap_t **out, struct err *e);
bool audience_deployment(const struct reader *r, const struct deployment *d, const struct product *of);
bool audience_service(const struct reader *r, const struct service *s);

#endif
