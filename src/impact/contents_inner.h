/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the contents*.c files.
 *
 * A bucket of 65,536 releases is open until it is full. The open bucket is a row of runs, each of at most 1,024
 * releases, and behind them the tail: releases that no run holds yet. What is a run and what is sealed follows from
 * the lists alone, so a view that grew equals one made anew.
 */
#ifndef AKASHI_IMPACT_CONTENTS_INNER_H
#define AKASHI_IMPACT_CONTENTS_INNER_H

#include "impact/contents.h"
#include "impact/idlist.h"

enum {
    RUN_RELEASES = 1024,
    RUN_PAIRS = 4 << 20, /* a run ends early when its lists are this long: its sorting is bounded */
    /* Of a run. A row must fit into a quarter of SQLite's page: a longer one is read whole wherever a search passes it.
     */
    BLOCK_BYTES = 800,
    NAMES_MOST = 1 << 20,  /* in each generation of a cache of names */
    DENSE_RELEASES = 1024, /* in a row of release_products */
};

/* ── names, remembered ── two generations: the elder goes when the younger is full */
struct names {
    struct arena *a[2];
    struct map m[2];
};
bool names_get(struct names *n, str key, int64_t *value);
void names_put(struct names *n, str key, int64_t value); /* value ≥ 0 */
void names_clear(struct names *n);

/* ── the open bucket ── */
struct run {
    uint32_t first, until;
};
struct tail { /* lists of the releases [first, first + n), one behind the other */
    uint32_t first, n;
    component_id *ids;
    size_t n_ids, cap;
    size_t ends[RUN_RELEASES]; /* of each list in ids */
};
struct pending { /* added, and not written yet */
    uint32_t id, twin, components, unidentified;
    int64_t product, party;
    struct release_new row; /* text in pending_arena */
    bool disagrees;
};

struct contents {
    struct portfolio *p;
    struct store *s;
    struct arena *arena; /* for its whole life */

    uint32_t releases; /* that are written, as of the transaction */
    VEC(struct run) runs;
    struct tail tail;

    struct names components; /* key → id << 1 | its licence is known */
    struct names packages, products, parties, licences;
    struct names traits;                /* component, hash, supplier: in the store already */
    struct names lasts;                 /* package number → its last component, as of this transaction */
    int64_t last_package, last_licence; /* -1: to be asked for */
    struct arena *pending_arena;
    VEC(struct pending) pending;
    struct map by_release, by_body; /* of the pending ones → index + 1 */
    component_id *ids;              /* of the release at hand */
    uint32_t ids_cap;

    roaring_bitmap_t *twins;
    uint32_t twins_upto;
    VEC(uint32_t *) dense;                               /* blocks of product numbers; NULL where not read yet */
    uint32_t rest[DENSE_RELEASES], rest_from, rest_upto; /* those behind the last block */
};

/* Reading: a state that does not change under the reader, and the number of releases in it; what is pending is written
 * first. *own: contents_read_end() has to let go of it. */
MUST_USE bool contents_read(struct contents *c, bool *own, struct err *e);
void contents_read_end(struct contents *c, bool own);
/* The runs and the tail of that state too. */
MUST_USE bool contents_look(struct contents *c, struct err *e);
static inline uint32_t contents_sealed(const struct contents *c) { return c->releases / BUCKET_RELEASES; }

/* The component of a key, made when it is new. */
MUST_USE bool contents_intern(struct contents *c, const struct part *part, component_id *id, bool *unidentified,
                              struct err *e);

/* The first 8 bytes: what documents are found by. */
int64_t body_key(const unsigned char body[32]);

void tail_list_add(struct tail *t, const component_id *ids, uint32_t n);
static inline size_t tail_list_begin(const struct tail *t, uint32_t i) { return i ? t->ends[i - 1] : 0; }
/* Makes runs, and seals, as far as the tail and the runs are complete. */
MUST_USE bool contents_fold(struct contents *c, struct err *e);

#endif
