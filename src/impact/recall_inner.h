/* SPDX-License-Identifier: Apache-2.0
 *
 * Between recall.c (what is kept, and who computes it), recall_news.c (releases that came) and recall_grow.c (what is
 * kept of a question, and how it grows with them).
 */
#ifndef AKASHI_IMPACT_RECALL_INNER_H
#define AKASHI_IMPACT_RECALL_INNER_H

#include <pthread.h>

#include "impact/recall.h"

/* A state of the views. */
struct recall_state {
    uint64_t store;
    int64_t made, moved, time;
    uint32_t releases;
};

/* ── releases that came ── the newest ones, without gaps */
enum { NEWS_MOST = 4096, NEWS_IDS_MOST = 4 << 20 };
struct news_release {
    uint32_t twin, n; /* n components */
    size_t at;        /* in ids */
    int64_t product;
};
struct news {
    uint64_t store;
    int64_t made;
    uint32_t first, n; /* releases [first, first + n) */
    struct news_release v[NEWS_MOST];
    component_id *ids; /* ascending in each */
    size_t n_ids, cap;
};
/* Reads what is not there yet; takes the lock to look and to add. */
MUST_USE bool news_read(struct portfolio *p, struct news *n, pthread_mutex_t *lock, const struct recall_state *now,
                        struct err *e);
/* All of [from, to) of this store is there. */
bool news_cover(const struct news *n, const struct recall_state *now, uint32_t from, uint32_t to);
/* Components of a package in one of them, ascending. */
const component_id *news_of_package(const struct news *n, uint32_t release, int64_t package, uint32_t *count);

/* A row of the page as JSON. */
struct kept_row {
    uint32_t release, n;
    char *text;
};
/* ── what is kept of a question beside its answer, for who sees everything ── */
struct grown {
    struct arena *a;   /* of the question's texts */
    struct question q; /* components apart */
    component_id *ids; /* its components, ascending */
    uint64_t *counts;  /* documents of each */
    str *purls;        /* of those that were shown; in `a` */
    uint32_t n_ids, cap;
    int64_t package;
    component_id last; /* of the package that was known: whether a later one is meant is not, but where all are */
    uint32_t upto;     /* releases there are */
    roaring_bitmap_t *documents, *releases;
    uint32_t *tally; /* releases by product */
    int64_t n_tally;
    uint32_t products;
    struct second_document *seconds;
    uint32_t n_seconds;
    struct arena *around;  /* of the figures */
    struct reach figures;  /* systems: how many, without their rows */
    struct kept_row *rows; /* newest first; those of releases that came since go before them */
    uint32_t n_rows;
};
void grown_free(struct grown *g); /* accepts NULL */
size_t grown_bytes(const struct grown *g);
/* Of a reach of which releases, products and systems were computed; takes its bitmaps. */
MUST_USE bool grown_new(struct reach *r, int64_t package, struct grown **out, struct err *e);
/* Takes what came up to `to`. */
enum growth {
    GROWTH_NONE,
    GROWTH_FRONT,   /* figures have to be written again, and rows come before those there are */
    GROWTH_ROWS,    /* the page and its figures have to be written again */
    GROWTH_SYSTEMS, /* and what is reached to be found again */
    GROWTH_UNKNOWN, /* it is of no use any more */
};
enum growth grown_take(struct grown *g, const struct news *news, uint32_t to);
/* *kept false: views that keep no columns. */
MUST_USE bool grown_systems(struct grown *g, struct portfolio *p, bool *kept, struct err *e);
void grown_forget_rows(struct grown *g);
MUST_USE bool grown_write(struct grown *g, struct portfolio *p, uint64_t rows, struct buf *out, struct err *e);

/* Members of an answer: reach_json_body() without its braces. */
MUST_USE bool recall_write(struct reach *r, uint64_t rows, struct buf *out, struct err *e);

#endif
