/* SPDX-License-Identifier: Apache-2.0
 *
 * How far a supplier goes for a product (the METI guide's SBOM correspondence model): which parts its SBOMs cover,
 * which fields they fill, how they are made and checked, how far vulnerabilities are managed and shared. A degree from
 * 0 to 4 for each aspect, computed from what log, archive and views hold; nothing is taken at somebody's word.
 *
 * A target is what provider and customer agreed on: the same statement signed by both, in both logs (exchange.h).
 */
#ifndef AKASHI_CONFORM_EXTENT_H
#define AKASHI_CONFORM_EXTENT_H

#include "conform/decision.h"
#include "impact/audience.h"

enum { EXTENT_DEGREES = 5, EXTENT_ASPECTS_MOST = 32 };
enum extent_group { EXTENT_PARTS, EXTENT_FIELDS, EXTENT_MADE, EXTENT_FLAWS, EXTENT_SHARED };
struct extent_aspect {
    const char *id; /* "parts-direct" */
    enum extent_group group;
    const char *title; /* N_() */
};
extern const struct extent_aspect extent_aspects[];  /* ends with {0} */
const char *extent_group_title(enum extent_group g); /* N_() */
int extent_aspect_at(str id);                        /* place in extent_aspects; -1: none */

struct extent {
    str product, version;
    bool has_sbom;
    uint32_t components, customers;
    int degrees[EXTENT_ASPECTS_MOST]; /* -1: not for this reader */
    str says[EXTENT_ASPECTS_MOST];    /* in the reader's language: "12 of 14" */
};
struct extent_ask {
    str product, version;        /* version absent: of the newest release */
    struct as_of when;           /* keys as they are known now */
    const struct reader *reader; /* NULL: the owner of the home */
};
/* ERR_USAGE for a product or version that is not known, or that the reader may not know of. Without a release all
 * degrees about SBOMs are 0. Customers, measures and what was given are those the reader may know of; of
 * vulnerabilities it is told what it agreed on. */
MUST_USE bool extent_compute(struct portfolio *p, struct arena *a, const struct extent_ask *ask, struct extent *out,
                             struct err *e);

struct extent_target {
    str product;
    struct decision_side provider, customer;
    int degrees[EXTENT_ASPECTS_MOST]; /* -1: not agreed on */
    int64_t until, stated;            /* until 0: for good */
    bool both;                        /* both signed it */
    bool ours;                        /* we signed it */
    uint64_t entry;                   /* of it with most signatures */
    int64_t time;
    str content;
};
VEC_NAMED(extent_targets, struct extent_target);
void extent_target_read(struct jv predicate, struct extent_target *out);
str extent_target_text(struct arena *a, const struct extent_target *t); /* the predicate */
MUST_USE bool extent_target_say(struct portfolio *p, struct arena *a, const struct extent_target *t, uint64_t *entry,
                                struct err *e);
/* Of a product (absent: of all), in the order of the log; of one customer the newest. */
MUST_USE bool extent_targets_of(struct portfolio *p, struct arena *a, str product, struct extent_targets *out,
                                struct err *e);
/* Takes targets out of a file into the log, and signs those of others that are not signed by us. */
MUST_USE bool extent_target_take(struct portfolio *p, struct arena *a, str path, struct extent_targets *out,
                                 struct err *e);
/* The same of a bundle that was taken apart already (seal/bundle.h); where: for messages. */
struct bundle;
MUST_USE bool extent_target_take_bundle(struct portfolio *p, struct arena *a, const struct bundle *b, str where,
                                        struct extent_targets *out, struct err *e);
/* Aspects below a target, of those that are told. */
uint32_t extent_below(const struct extent *x, const struct extent_target *t);

/* Degrees that the home proposes to a customer (a party's id): those of today, but for those of `degrees` that are
 * not -1. Signed and logged; ERR_USAGE for a party that is not known. */
struct extent_proposal {
    const struct extent *today;
    str customer;
    int degrees[EXTENT_ASPECTS_MOST];
    int64_t until; /* 0: for good */
};
MUST_USE bool extent_target_propose(struct portfolio *p, struct arena *a, const struct extent_proposal *x,
                                    struct extent_target *out, struct err *e);

/* against: a target to stand beside each degree; NULL: none. */
void extent_json(struct jw *w, const struct extent *x, const struct extent_target *against);
void extent_target_json(struct arena *a, struct jw *w, const struct extent_target *t);

#endif
