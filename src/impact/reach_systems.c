/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "impact/reach_inner.h"

static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

/* ── deployments ── */

struct running {
    struct reach *r;
    int64_t product; /* looked at */
    bool has_product;
    struct product of;
    struct arena *a; /* of the product looked at */
    bool has_rows, has_newest;
    struct release_rows rows; /* its documents */
    uint32_t newest;          /* release; UINT32_MAX: there is none */
};

/* Deployments come by product, so what was found for the last one serves for the next. */
static bool turn_to(struct running *x, int64_t product, struct err *e) {
    if (x->product == product)
        return true;
    arena_free(x->a);
    x->a = arena_new();
    x->product = product;
    x->has_product = x->has_rows = x->has_newest = false;
    return x->r->reader->owner || product < 0 ||
           product_get(x->r->p, x->a, product, &x->r->when, &x->of, &x->has_product, e);
}

/* The newest by the rule of things.h. */
static bool find_newest(struct running *x, const struct deployment *d, uint32_t *out, struct err *e) {
    bool found;
    if (!x->has_newest) {
        if (!deployment_release(x->r->p, d, &x->r->when, &found, &x->newest, e))
            return false;
        x->newest = found ? x->newest : UINT32_MAX;
        x->has_newest = true;
    }
    *out = x->newest;
    return true;
}

/* A version that is named is the first document with it. */
static bool release_it_runs(struct running *x, const struct deployment *d, uint32_t *out, struct err *e) {
    if (d->follows || !d->version.p)
        return find_newest(x, d, out, e);
    if (!x->has_rows && !contents_releases(x->r->p->contents, x->a, d->product, (str){NULL, 0}, &x->rows, e))
        return false;
    x->has_rows = true;
    *out = UINT32_MAX;
    for (uint32_t i = 0; i < x->rows.n; i++) {
        const struct release_row *row = &x->rows.v[i];
        if (row->id < x->r->limit && row->twin == row->id && str_eq(row->version, d->version)) {
            *out = row->id;
            return true;
        }
    }
    return true;
}

static bool take_deployment(void *arg, const struct deployment *d, struct err *e) {
    struct running *x = arg;
    struct reach *r = x->r;
    uint32_t release;
    if (!turn_to(x, d->product, e))
        return false;
    if (!audience_deployment(r->reader, d, x->has_product ? &x->of : NULL))
        return true;
    if (!release_it_runs(x, d, &release, e))
        return false;
    bool hit = release != UINT32_MAX && roaring_bitmap_contains(r->releases, release);
    int64_t party = r->q->party;
    bool runs_it = party >= 0 && (d->operator_ == party || d->host == party);
    if (hit || runs_it || (party >= 0 && d->customer == party))
        *vec_push(r->a, &r->deployments) = (struct reached_deployment){
            d->number, d->product, d->customer, d->operator_, d->host, d->service, release, hit || runs_it};
    return true;
}

static void add_number(struct reach *r, struct numbers *to, int64_t number) {
    if (number >= 0)
        *vec_push(r->a, to) = number;
}
void numbers_unique(struct numbers *x) {
    uint32_t kept = 0;
    if (x->n)
        qsort(x->v, x->n, sizeof *x->v, by_number);
    for (uint32_t i = 0; i < x->n; i++)
        if (!kept || x->v[kept - 1] != x->v[i])
            x->v[kept++] = x->v[i];
    x->n = kept;
}

static int by_deployment(const void *x, const void *y) {
    const struct reached_deployment *a = x, *b = y;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool find_deployments(struct reach *r, struct err *e) {
    struct running x = {.r = r, .product = -2};
    bool ok = r->q->party >= 0 ? deployments_each(r->p, &r->when, take_deployment, &x, e)
                               : deployments_of(r->p, r->products.v, r->products.n, &r->when, take_deployment, &x, e);
    arena_free(x.a);
    if (!ok)
        return false;
    if (r->deployments.n)
        qsort(r->deployments.v, r->deployments.n, sizeof *r->deployments.v, by_deployment);
    for (uint32_t i = 0; i < r->deployments.n; i++) {
        add_number(r, &r->customers, r->deployments.v[i].customer);
        add_number(r, &r->operators, r->deployments.v[i].operator_);
        add_number(r, &r->hosts, r->deployments.v[i].host);
    }
    numbers_unique(&r->customers);
    numbers_unique(&r->operators);
    numbers_unique(&r->hosts);
    return true;
}

bool reach_systems(struct reach *r, struct err *e) {
    if (!find_deployments(r, e))
        return false;
    return reach_services(r, e);
}
