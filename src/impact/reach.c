/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/reach.h"
#include "impact/contents_inner.h"
#include "impact/reach_inner.h"
#include "store/queries.h"

#include <stdlib.h>

enum { AT_ONCE = 4096 };

bool reach_begin(struct reach *r, struct portfolio *p, struct arena *a, const struct question *q,
                 const struct reader *reader, const struct as_of *when, struct err *e) {
    *r = (struct reach){.a = a, .p = p, .q = q, .reader = reader, .when = *when, .pin = *when};
    if (!when->given)
        r->pin = (struct as_of){.given = true, .size = p->size, .time = p->ctx->now};
    return contents_releases_at(p->contents, when, &r->limit, e) &&
           audience_releases(p, reader, when, r->limit, &r->mask, e);
}

void reach_free(struct reach *r) {
    roaring_bitmap_t **const all[] = {&r->mask, &r->documents, &r->releases};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (*all[i])
            roaring_bitmap_free(*all[i]);
        *all[i] = NULL;
    }
}

/* ── documents ── */

static void add_named(struct reach *r, roaring_bitmap_t *into) {
    for (uint32_t i = 0; i < r->q->releases.n; i++)
        if (r->q->releases.v[i] < r->limit)
            roaring_bitmap_add(into, r->q->releases.v[i]);
}

static bool take_supplied(struct reach *r, int64_t number, roaring_bitmap_t *products, struct err *e) {
    struct arena_mark m = arena_mark(r->a);
    struct product x;
    bool found, ok = product_get(r->p, r->a, number, &r->when, &x, &found, e);
    if (ok && found && x.party == r->q->party && number < UINT32_MAX && audience_product(r->reader, &x))
        roaring_bitmap_add(products, (uint32_t)number);
    arena_reset(r->a, m);
    return ok;
}

/* All releases of the products a party answers for: of those it ever did. */
static bool add_supplied(struct reach *r, roaring_bitmap_t *into, struct err *e) {
    struct numbers some = {0};
    struct ask *q;
    bool row = true;
    if (!store_ask(r->p->store, &Q_products_of_party, &q, e))
        return false;
    ask_int(q, 1, r->q->party);
    for (; row;) {
        if (!ask_step(q, &row, e))
            return false;
        if (row)
            *vec_push(r->a, &some) = ask_col_int(q, 0);
    }
    roaring_bitmap_t *products = roaring_bitmap_create();
    bool ok = true;
    for (uint32_t i = 0; ok && i < some.n; i++)
        ok = take_supplied(r, some.v[i], products, e);
    ok = ok && contents_releases_of(r->p->contents, products, r->limit, into, e);
    roaring_bitmap_free(products);
    return ok;
}

bool reach_releases(struct reach *r, struct err *e) {
    const struct question *q = r->q;
    r->per_component = arena_array(r->a, uint64_t, q->components.n + 1u);
    if (!contents_with_counts(r->p->contents, q->components.v, q->components.n, r->limit, r->mask, &r->documents,
                              r->per_component, e))
        return false;
    add_named(r, r->documents);
    if (q->party >= 0 && !add_supplied(r, r->documents, e))
        return false;
    if (r->mask)
        roaring_bitmap_and_inplace(r->documents, r->mask);
    r->releases = roaring_bitmap_copy(r->documents);
    if (!contents_by_first(r->p->contents, r->a, r->releases, &r->seconds, e))
        return false;
    r->n_releases = roaring_bitmap_get_cardinality(r->releases);
    return true;
}

/* A release with two documents would count twice. */
bool reach_count(struct reach *r, struct err *e) {
    struct contents_count all;
    if (r->q->every < 0 || r->mask || r->when.given)
        return reach_releases(r, e);
    if (!contents_count(r->p->contents, r->q->every, &all, e))
        return false;
    if (all.twins || all.releases != r->limit)
        return reach_releases(r, e);
    r->n_releases = all.documents;
    return true;
}

/* ── products ── */

/* Counters by product number, grown as needed. */
struct tally {
    uint32_t *v;
    int64_t n;
};

static void tally_add(struct tally *t, const int64_t *products, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        int64_t at = products[i];
        if (at < 0)
            continue;
        if (at >= t->n) {
            int64_t more = at + at / 2 + 1024;
            t->v = realloc(t->v, (size_t)more * sizeof *t->v);
            if (!t->v)
                abort();
            memset(t->v + t->n, 0, (size_t)(more - t->n) * sizeof *t->v);
            t->n = more;
        }
        t->v[at]++;
    }
}

static bool tally_releases(struct reach *r, struct tally *t, struct err *e) {
    uint32_t *ids = malloc(AT_ONCE * sizeof *ids), n;
    int64_t *products = malloc(AT_ONCE * sizeof *products);
    if (!ids || !products)
        abort();
    roaring_uint32_iterator_t *it = roaring_create_iterator(r->releases);
    bool ok = true;
    while (ok && (n = roaring_read_uint32_iterator(it, ids, AT_ONCE)) > 0) {
        ok = contents_products(r->p->contents, ids, n, products, e);
        if (ok)
            tally_add(t, products, n);
    }
    roaring_free_uint32_iterator(it);
    free(products);
    free(ids);
    return ok;
}

bool reach_products(struct reach *r, struct err *e) {
    struct tally t = {NULL, 0};
    bool ok = tally_releases(r, &t, e);
    uint32_t n = 0;
    for (int64_t i = 0; ok && i < t.n; i++)
        n += t.v[i] > 0;
    r->products.v = arena_array(r->a, int64_t, n + 1);
    r->per_product = arena_array(r->a, uint32_t, n + 1);
    for (int64_t i = 0; ok && i < t.n; i++)
        if (t.v[i]) {
            r->per_product[r->products.n] = t.v[i];
            r->products.v[r->products.n++] = i;
        }
    free(t.v);
    return ok;
}

/* ── components ── */

bool reach_purl(struct reach *r, uint32_t which, str *out, struct err *e) {
    const struct component_ids *ids = &r->q->components;
    struct component_row row;
    if (!r->purls) {
        r->purls_in = r->a;
        r->purls = arena_array(r->a, str, ids->n + 1);
    }
    if (!r->purls[which].p) {
        if (!contents_component_row(r->p->contents, r->purls_in, ids->v[which], &row, e))
            return false;
        r->purls[which] = row.purl.p ? row.purl : S("");
    }
    *out = r->purls[which];
    return true;
}

bool reach_components(struct reach *r, struct reached_components *out, struct err *e) {
    const struct component_ids *ids = &r->q->components;
    uint64_t *counts = r->per_component ? r->per_component : arena_array(r->a, uint64_t, ids->n + 1);
    *out = (struct reached_components){0};
    if (!r->per_component && !contents_counts(r->p->contents, ids->v, ids->n, r->limit, r->mask, counts, e))
        return false;
    for (uint32_t i = 0; i < ids->n; i++)
        if (counts[i])
            *vec_push(r->a, out) = (struct reached_component){ids->v[i], counts[i]};
    return true;
}
