/* SPDX-License-Identifier: Apache-2.0
 *
 * What runs now: the newest release of each product, and of each deployment what it runs, for whom and who runs it,
 * packed into columns that are read whole (a million releases: some 5 MB). They follow from the rows of releases and
 * things alone, by the rules of things.h: a view that grew has the same as one made anew. Moments of the past are not
 * in them; those are answered from the rows.
 */
#ifndef AKASHI_IMPACT_RUNNING_H
#define AKASHI_IMPACT_RUNNING_H

#include "impact/things.h"

#define RUNNING_NONE UINT32_MAX
struct runs { /* a deployment; product -1: nothing holds of it */
    int64_t product, customer, operator_, host, service, since, until; /* numbers -1: none; times 0: open */
    uint32_t release;                                                  /* RUNNING_NONE: unknown */
    enum exposure exposure;
};
struct running {
    bool known; /* false: the views do not keep it (they were written past the projections) */
    uint32_t n_products, n;
    uint32_t *newest; /* by number of the product: release, or RUNNING_NONE */
    struct runs *v;   /* by number of the deployment */
};
MUST_USE bool running_read(struct portfolio *p, struct arena *a, struct running *out, struct err *e);

/* ── keeping it, inside a transaction ── what an entry changed is noted and written by running_flush() before the
 * commit. Without p->touched nothing is noted. */
struct touched;
struct touched *touched_new(void);
void touched_free(struct touched *t); /* accepts NULL */
void touched_forget(struct touched *t);
void touch_product(struct portfolio *p, int64_t product);                   /* all that was said of it may differ */
void touch_release(struct portfolio *p, int64_t product, uint32_t release); /* the first document of a release came */
void touch_deployment(struct portfolio *p, int64_t deployment);
MUST_USE bool running_flush(struct portfolio *p, struct err *e);
/* All of it from the rows; from then on it is kept. */
MUST_USE bool running_rebuild(struct portfolio *p, struct err *e);
MUST_USE bool running_kept(struct portfolio *p, bool *kept, struct err *e);

#endif
