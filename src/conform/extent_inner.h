/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files that compute an extent.
 */
#ifndef AKASHI_CONFORM_EXTENT_INNER_H
#define AKASHI_CONFORM_EXTENT_INNER_H

#include "conform/decision_words.h"
#include "conform/evidence.h"
#include "conform/extent.h"
#include "impact/contents.h"
#include "sbom/graph.h"
#include "store/store.h"

struct measuring {
    struct portfolio *p;
    struct arena *a;
    struct extent *x;
    const struct reader *reader;
    struct as_of when;
    int64_t now, product; /* now: what "now" is at that moment */
    struct product of;
    bool one_version;             /* asked about one version alone */
    struct release_rows releases; /* documents that the reader may know of, by id */
    struct release_row release;
    struct sbom *sbom;
    struct sbom_graph graph;
};

void extent_set(struct measuring *k, const char *aspect, int degree, str says);
void extent_set_share(struct measuring *k, const char *aspect, uint64_t part, uint64_t all);
/* Who answers for the product; empty when nobody is stated. */
MUST_USE bool extent_owner(struct measuring *k, struct decision_side *out, struct err *e);
/* Rows of evidence of a kind: thing, topic, log_id, entry, time, signer, linker, linked, expires, facts. */
MUST_USE bool extent_ask_evidence(struct measuring *k, const char *kind, enum rule_about about, struct ask **q,
                                  struct err *e);
/* Who of the customers that run it was given what, and what they answered. */
MUST_USE bool extent_sharing(struct measuring *k, struct err *e);

#endif
