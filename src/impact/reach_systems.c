/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdlib.h>

#include "impact/reach_inner.h"
#include "impact/running.h"

static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

/* ── deployments ── */

struct walking {
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
static bool turn_to(struct walking *x, int64_t product, struct err *e) {
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
static bool find_newest(struct walking *x, const struct deployment *d, uint32_t *out, struct err *e) {
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
static bool release_it_runs(struct walking *x, const struct deployment *d, uint32_t *out, struct err *e) {
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
    struct walking *x = arg;
    struct reach *r = x->r;
    uint32_t release;
    if (!runs_at(d->since, d->until, r->when.given ? r->when.time : r->p->ctx->now))
        return true;
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

/* ── now: from the columns of what runs ── */

/* Whether the reader may know of it. Few are asked for: those that are hit. */
static bool may_see(struct walking *x, const struct runs *d, bool *yes, struct err *e) {
    const struct deployment about = {
        .product = d->product, .customer = d->customer, .operator_ = d->operator_, .host = d->host};
    if (!turn_to(x, d->product, e))
        return false;
    *yes = audience_deployment(x->r->reader, &about, x->has_product ? &x->of : NULL);
    return true;
}

static bool take_runs(struct walking *x, const struct runs *d, int64_t number, struct err *e) {
    struct reach *r = x->r;
    int64_t party = r->q->party;
    bool yes = r->reader->owner, runs_it = party >= 0 && (d->operator_ == party || d->host == party);
    bool hit = d->release != RUNNING_NONE && roaring_bitmap_contains(r->releases, d->release);
    if (!hit && !runs_it && !(party >= 0 && d->customer == party))
        return true;
    if (!yes && !may_see(x, d, &yes, e))
        return false;
    if (yes)
        *vec_push(r->a, &r->deployments) = (struct reached_deployment){
            number, d->product, d->customer, d->operator_, d->host, d->service, d->release, hit || runs_it};
    return true;
}

/* From `at` on (0: never) something begins or has ended. */
static void note_change(struct reach *r, int64_t at, int64_t time) {
    if (at && at <= time && at > r->same_from)
        r->same_from = at;
    if (at > time && at - 1 < r->same_until)
        r->same_until = at - 1;
}

static bool take_running(struct walking *x, const struct running *now, struct err *e) {
    int64_t time = x->r->p->ctx->now;
    struct reach *r = x->r;
    r->deployments.v = arena_room(r->a, (now->n + 1u) * sizeof *r->deployments.v); /* the most there can be */
    r->deployments.cap = now->n;
    r->from_columns = true;
    r->same_from = INT64_MIN;
    r->same_until = INT64_MAX;
    for (uint32_t i = 0; i < now->n; i++) {
        const struct runs *d = &now->v[i];
        note_change(r, d->since, time);
        note_change(r, d->until ? d->until + 1 : 0, time);
        if (d->product >= 0 && runs_at(d->since, d->until, time) && !take_runs(x, d, i, e))
            return false;
    }
    return true;
}

/* ── all of them ── */

static bool find_in_rows(struct walking *x, struct err *e) {
    struct reach *r = x->r;
    if (!(r->q->party >= 0 ? deployments_each(r->p, &r->when, take_deployment, x, e)
                           : deployments_of(r->p, r->products.v, r->products.n, &r->when, take_deployment, x, e)))
        return false;
    if (r->deployments.n)
        qsort(r->deployments.v, r->deployments.n, sizeof *r->deployments.v, by_deployment);
    return true;
}

/* The distinct parties in one of the fields, ascending: their numbers are small. */
static void parties_in(struct reach *r, size_t field, struct numbers *out) {
    int64_t most = -1, number;
    for (uint32_t i = 0; i < r->deployments.n; i++) {
        memcpy(&number, (const char *)&r->deployments.v[i] + field, sizeof number);
        most = number > most ? number : most;
    }
    bool *seen = arena_array(r->a, bool, (size_t)most + 2);
    for (uint32_t i = 0; i < r->deployments.n; i++) {
        memcpy(&number, (const char *)&r->deployments.v[i] + field, sizeof number);
        if (number >= 0)
            seen[number] = true;
    }
    for (number = 0; number <= most; number++)
        if (seen[number])
            *vec_push(r->a, out) = number;
}

static bool find_deployments(struct reach *r, struct err *e) {
    struct walking x = {.r = r, .product = -2};
    struct running *now = arena_new_of(r->a, struct running);
    bool ok = (r->when.given || running_read(r->p, r->a, now, e)) &&
              (now->known ? take_running(&x, now, e) : find_in_rows(&x, e));
    r->now = now->known ? now : NULL;
    arena_free(x.a);
    if (!ok)
        return false;
    parties_in(r, offsetof(struct reached_deployment, customer), &r->customers);
    parties_in(r, offsetof(struct reached_deployment, operator_), &r->operators);
    parties_in(r, offsetof(struct reached_deployment, host), &r->hosts);
    return true;
}

bool reach_systems(struct reach *r, struct err *e) {
    if (!find_deployments(r, e))
        return false;
    return reach_services(r, e);
}
