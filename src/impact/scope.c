/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/scope.h"

#include <stdlib.h>

#include "ident/purl.h"
#include "ident/version.h"
#include "store/queries.h"

void scope_free(struct scope *s) {
    roaring_bitmap_free(s->releases);
    if (s->seen)
        roaring_bitmap_free(s->seen);
    s->releases = s->seen = NULL;
}

/* ── the newest of each product ── */

struct newest {
    int64_t product;
    uint32_t id;
};
struct making {
    struct portfolio *p;
    struct arena *a;
    const struct scope_ask *ask;
    const struct as_of *when;
    struct scope *out;
    VEC(struct newest) newest; /* by product */
    str version;               /* of the last one */
    const struct ecosystem *eco;
};

/* How the versions of a product are ordered: as its package URL says. */
static const struct ecosystem *ecosystem_of(struct making *k, int64_t product, struct err *e) {
    struct product x;
    struct purl purl;
    bool found;
    if (!product_get(k->p, k->a, product, k->when, &x, &found, e))
        return NULL;
    const struct ecosystem *eco = x.purl.n && purl_parse(k->a, x.purl, &purl, NULL) ? ecosystem_find(purl.type) : NULL;
    return eco ? eco : ecosystem_find(S("generic"));
}

struct candidate {
    int64_t product;
    uint32_t id;
    str version;
};
enum { PAGE = 4096 };
static bool read_page(struct making *k, struct arena *a, const struct candidate *after, struct candidate *page,
                      uint32_t *n, struct err *e) {
    struct ask *q;
    bool row = true;
    *n = 0;
    if (!store_ask(k->p->store, &Q_releases_by_product, &q, e))
        return false;
    ask_int(q, 1, k->out->limit);
    ask_int(q, 2, after->product);
    ask_text(q, 3, after->version);
    ask_int(q, 4, after->id);
    ask_int(q, 5, PAGE);
    for (;; ++*n) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        page[*n] = (struct candidate){ask_col_int(q, 0), (uint32_t)ask_col_int(q, 2), arena_str(a, ask_col_text(q, 1))};
    }
    ask_end(q);
    return true;
}

static bool take(struct making *k, const struct candidate *c, struct err *e) {
    struct newest *last = k->newest.n ? &k->newest.v[k->newest.n - 1] : NULL;
    if (!last || last->product != c->product) {
        k->eco = ecosystem_of(k, c->product, e);
        if (!k->eco)
            return false;
        *vec_push(k->a, &k->newest) = (struct newest){c->product, c->id};
        k->version = arena_str(k->a, c->version);
        return true;
    }
    enum order o = k->eco->compare(c->version, k->version);
    if (o == ORDER_LESS || (o != ORDER_GREATER && c->id < last->id))
        return true;
    last->id = c->id;
    k->version = arena_str(k->a, c->version);
    return true;
}

static bool find_newest(struct making *k, struct err *e) {
    struct candidate *page = arena_array(k->a, struct candidate, PAGE + 1), last = {.product = -1, .version = S("")};
    struct arena *pages[2] = {arena_new(), arena_new()}; /* the last of a page is needed for the next */
    bool ok = true;
    for (uint32_t n = PAGE, at = 0; ok && n == PAGE; at ^= 1) {
        arena_free(pages[at]);
        pages[at] = arena_new();
        ok = read_page(k, pages[at], &last, page, &n, e);
        for (uint32_t i = 0; ok && i < n; i++)
            ok = take(k, &page[i], e);
        if (ok && n)
            last = page[n - 1];
    }
    arena_free(pages[0]);
    arena_free(pages[1]);
    for (uint32_t i = 0; ok && i < k->newest.n; i++)
        roaring_bitmap_add(k->out->releases, k->newest.v[i].id);
    return ok;
}

/* What follows runs the newest, which is there already. */
static bool take_deployment(void *arg, const struct deployment *d, struct err *e) {
    struct making *k = arg;
    int64_t now = k->when && k->when->given ? k->when->time : k->p->ctx->now;
    uint32_t id;
    bool found;
    if (d->follows || d->product < 0 || (d->until && d->until < now))
        return true;
    if (!deployment_release(k->p, d, k->when, &found, &id, e))
        return false;
    if (found)
        roaring_bitmap_add(k->out->releases, id);
    return true;
}

/* ── the others ── */

static bool of_product(struct making *k, struct err *e) {
    struct release_rows rows = {0};
    if (!contents_releases(k->p->contents, k->a, k->ask->product, k->ask->version, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++)
        if (rows.v[i].id < k->out->limit && rows.v[i].twin == rows.v[i].id)
            roaring_bitmap_add(k->out->releases, rows.v[i].id);
    return true;
}

static bool all(struct making *k, struct err *e) {
    const roaring_bitmap_t *twins;
    if (!contents_twins(k->p->contents, &twins, e))
        return false;
    roaring_bitmap_add_range(k->out->releases, 0, k->out->limit);
    roaring_bitmap_andnot_inplace(k->out->releases, twins);
    return true;
}

bool scope_make(struct portfolio *p, const struct scope_ask *ask, const struct as_of *when, struct scope *out,
                struct err *e) {
    struct making k = {.p = p, .a = arena_new(), .ask = ask, .when = when, .out = out};
    *out = (struct scope){.releases = roaring_bitmap_create(), .past = when && when->given};
    bool ok = contents_releases_at(p->contents, when, &out->limit, e);
    if (ok && ask->product >= 0)
        ok = of_product(&k, e);
    else if (ok && ask->all)
        ok = all(&k, e);
    else
        ok = ok && find_newest(&k, e) && deployments_each(p, when, take_deployment, &k, e);
    const roaring_bitmap_t *twins;
    ok = ok && contents_twins(p->contents, &twins, e); /* for contents_of_release() */
    arena_free(k.a);
    if (!ok)
        scope_free(out);
    return ok;
}

/* ── counting ── */

/* Open addressing: components of the portfolio are many, and each is met in many releases. */
struct counter {
    struct tally *v;
    uint64_t n, cap; /* cap: a power of two */
};
static uint64_t slot_of(const struct counter *c, component_id id) {
    uint64_t h = (uint64_t)id * 0x9E3779B97F4A7C15u;
    uint64_t at = (h ^ h >> 32) & (c->cap - 1);
    while (c->v[at].releases && c->v[at].id != id)
        at = (at + 1) & (c->cap - 1);
    return at;
}
static void counter_grow(struct counter *c) {
    struct counter more = {.cap = c->cap ? c->cap * 2 : 1024, .n = c->n};
    more.v = calloc(more.cap, sizeof *more.v);
    if (!more.v)
        abort();
    for (uint64_t i = 0; i < c->cap; i++)
        if (c->v[i].releases)
            more.v[slot_of(&more, c->v[i].id)] = c->v[i];
    free(c->v);
    *c = more;
}
static void count_one(struct counter *c, component_id id) {
    if (c->n * 2 >= c->cap)
        counter_grow(c);
    struct tally *t = &c->v[slot_of(c, id)];
    c->n += !t->releases;
    t->id = id;
    t->releases++;
}

static void count_all(void *arg, uint32_t at, const struct component_ids *ids) {
    (void)at;
    for (uint32_t i = 0; i < ids->n; i++)
        count_one(arg, ids->v[i]);
}

static int by_id(const void *x, const void *y) {
    const struct tally *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

bool scope_tally(struct portfolio *p, struct arena *a, const struct scope *s, struct tallies *out, struct err *e) {
    enum { AT_ONCE = 4096 };
    struct counter c = {0};
    uint32_t releases[AT_ONCE], n;
    roaring_uint32_iterator_t *it = roaring_create_iterator(s->releases);
    bool ok = true;
    while (ok && (n = roaring_read_uint32_iterator(it, releases, AT_ONCE)) > 0)
        ok = contents_of_release_each(p->contents, releases, n, s->limit, count_all, &c, e);
    roaring_free_uint32_iterator(it);
    *out = (struct tallies){.v = arena_array(a, struct tally, c.n + 1), .cap = (uint32_t)c.n + 1};
    for (uint64_t i = 0; ok && i < c.cap; i++)
        if (c.v[i].releases)
            out->v[out->n++] = c.v[i];
    qsort(out->v, out->n, sizeof *out->v, by_id);
    free(c.v);
    return ok;
}

const struct tally *tally_of(const struct tallies *t, component_id id) {
    struct tally key = {.id = id};
    return t->n ? bsearch(&key, t->v, t->n, sizeof *t->v, by_id) : NULL;
}

bool scope_count(struct portfolio *p, const struct scope *s, const component_id *ids, uint32_t n, uint64_t *out,
                 struct err *e) {
    roaring_bitmap_t *with;
    struct arena *a = arena_new();
    bool ok = contents_with(p->contents, ids, n, s->limit, &with, e);
    if (ok) {
        ok = contents_by_first(p->contents, a, with, NULL, e);
        *out = roaring_bitmap_and_cardinality(with, s->releases);
        roaring_bitmap_free(with);
    }
    arena_free(a);
    return ok;
}
