/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of hits: bringing the cache up to date. Flaws first (hits_flaw.c), then components (hits_update.c).
 */
#ifndef AKASHI_IMPACT_HITS_INNER_H
#define AKASHI_IMPACT_HITS_INNER_H

#include "impact/hits.h"
#include "store/queries.h"
#include "vuln/change.h"
#include "vuln/priority.h"

VEC_NAMED(numbers, int64_t);

struct updating {
    struct portfolio *p;
    struct matcher *m;
    struct arena *a;       /* of the whole update */
    struct arena *scratch; /* of one component */
    struct hits_change *out;
    uint32_t releases_before, releases; /* when this was last brought up to date; now */
    int64_t now;                        /* log time */
    int64_t next;                       /* number for the next new flaw */
    struct map flaws;                   /* number of the database's flaw (4 bytes) → struct flaw_known */
    struct map changed;                 /* view numbers (8 bytes) of flaws that are new or changed */
    struct map robbed;                  /* view numbers (8 bytes) of flaws that lost a name to another */
    uint32_t robbed_done, queue_done;
    struct numbers queue; /* packages whose components are matched again, in this order */
    struct map queued;    /* package (8 bytes) → its last place in the queue, + 1 */
};

/* The view's number of the flaw an advisory is about; made when it is new. */
MUST_USE bool flaw_resolve(struct updating *u, const struct hit *h, int64_t *number, struct err *e);
/* Facts and names of a flaw, read again; packages it hits are rechecked when it is now another flaw or two. */
MUST_USE bool flaw_refresh(struct updating *u, int64_t number, struct err *e);
/* Flaws whose facts come from changed documents and lists. */
MUST_USE bool flaws_refresh(struct updating *u, const struct advdb_change *change, struct err *e);
/* Those that lost names since the last call. */
MUST_USE bool flaws_robbed(struct updating *u, struct err *e);
void flaw_changed(struct updating *u, int64_t number, bool fresh);

/* A package is looked at again, also when it was already: what it was told may be out of date. */
void recheck(struct updating *u, int64_t package);
/* A set of numbers in a map. */
bool number_add(struct arena *a, struct map *m, int64_t number);
static inline int64_t number_of(const struct map_entry *x) {
    int64_t n;
    memcpy(&n, x->key.p, sizeof n);
    return n;
}
/* All rows of a query with one number in each. */
MUST_USE bool numbers_ask(struct store *s, const struct query *q, struct arena *a, const int64_t *number, str text,
                          struct numbers *out, struct err *e);

#endif
