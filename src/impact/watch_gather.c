/* SPDX-License-Identifier: Apache-2.0
 *
 * Packages at hand: their hits, and which of their components are in live releases. One walk over the bitmaps of a
 * package serves all its products.
 */
#include <stdlib.h>

#include "impact/watch_inner.h"

/* ── what is small ── */

static bool read_products(struct watching *w, struct err *e) {
    const struct as_of now = {0};
    if (!contents_releases_at(w->p->contents, &now, &w->n_releases, e))
        return false;
    uint32_t *ids = malloc((w->n_releases + 1u) * sizeof *ids);
    w->products = malloc((w->n_releases + 1u) * sizeof *w->products);
    w->may_live = calloc(w->n_releases + 1u, sizeof *w->may_live);
    if (!ids || !w->products || !w->may_live)
        abort();
    for (uint32_t i = 0; i < w->n_releases; i++)
        ids[i] = i;
    bool ok = w->n_releases == 0 || contents_products(w->p->contents, ids, w->n_releases, w->products, e);
    free(ids);
    return ok;
}

static bool runs_now(const struct watching *w, const struct runs *r) {
    return r->product >= 0 && r->release < w->n_releases && (!r->until || r->until >= w->now);
}

/* In the order of their products, those of one by number. */
static void order_running(struct watching *w) {
    const struct running *r = &w->running;
    uint32_t *starts = arena_array(w->a, uint32_t, r->n_products + 2u);
    w->running_order = arena_array(w->a, uint32_t, r->n + 1u);
    for (uint32_t i = 0; i < r->n; i++)
        if (runs_now(w, &r->v[i]) && r->v[i].product < r->n_products) {
            starts[r->v[i].product + 1]++;
            w->n_running++;
        }
    for (uint32_t i = 0; i < r->n_products; i++)
        starts[i + 1] += starts[i];
    for (uint32_t i = 0; i < r->n; i++)
        if (runs_now(w, &r->v[i]) && r->v[i].product < r->n_products)
            w->running_order[starts[r->v[i].product]++] = i;
}

/* What any document of a live release lists may be in it. */
static bool read_twins(struct watching *w, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(w->p->store, &Q_watch_twins, &q, e))
        return false;
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        struct twin t = {(uint32_t)ask_col_int(q, 0), (uint32_t)ask_col_int(q, 1)};
        if (t.first >= w->n_releases || t.id >= w->n_releases)
            continue;
        *vec_push(w->a, &w->twins) = t;
        w->may_live[t.id] |= w->may_live[t.first];
    }
    ask_end(q);
    return true;
}

bool watch_read(struct watching *w, struct err *e) {
    if (w->may_live)
        return true;
    if (!running_read(w->p, w->a, &w->running, e) || !read_products(w, e))
        return false;
    if (!w->running.known)
        return err_set(e, ERR_ENV, S("running_made"), "%s", _("the views are damaged"));
    for (uint32_t i = 0; i < w->running.n_products; i++)
        if (w->running.newest[i] < w->n_releases)
            w->may_live[w->running.newest[i]] = true;
    for (uint32_t i = 0; i < w->running.n; i++)
        if (runs_now(w, &w->running.v[i]))
            w->may_live[w->running.v[i].release] = true;
    order_running(w);
    return read_twins(w, e);
}

/* ── hits ── */

static struct component_known *component_new(struct watching *w, component_id id) {
    str key = str_n((const char *)&id, sizeof id);
    struct map_entry *at = map_find(&w->components, key);
    if (!at)
        at = map_put(&w->components, arena_str(w->a, key), NULL);
    if (!at->value)
        at->value = arena_new_of(w->a, struct component_known);
    return at->value;
}

/* Rows come by component: each gets its stretch of the list. */
static void share_out(struct watching *w, const struct hit_rows *hits, struct component_ids *ids) {
    for (uint32_t i = 0, end; i < hits->n; i = end) {
        for (end = i + 1; end < hits->n && hits->v[end].component == hits->v[i].component; end++)
            ;
        struct component_known *k = component_new(w, hits->v[i].component);
        k->hits.v = hits->v + i;
        k->hits.n = k->hits.cap = end - i;
        *vec_push(w->a, ids) = hits->v[i].component;
    }
}

/* ── releases ── */

enum { SEEN = 1, LIVE = 2, CASES = 4 };
struct gathering {
    struct watching *w;
    const component_id *ids; /* hit, or changed */
    const uint64_t *flaws;   /* of each: how many changed */
    uint64_t *raw;           /* by product */
    unsigned char *marks;    /* by product */
    VEC(int64_t) seen;
    int64_t n_products;
};

static void mark(struct gathering *g, int64_t product, unsigned char what) {
    if (!(g->marks[product] & SEEN))
        *vec_push(g->w->a, &g->seen) = product;
    g->marks[product] |= SEEN | what;
}

static void take_releases(void *arg, uint32_t at, const uint32_t *releases, uint32_t n) {
    struct gathering *g = arg;
    struct watching *w = g->w;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t release = releases[i];
        int64_t product = release < w->n_releases ? w->products[release] : -1;
        if (product < 0 || product >= g->n_products)
            continue;
        if (g->flaws[at]) {
            mark(g, product, 0);
            g->raw[product] += g->flaws[at];
        }
        if (!w->may_live[release])
            continue;
        mark(g, product, LIVE);
        *vec_push(w->a, &w->held) = (struct held){product, release, g->ids[at]};
    }
}

static bool mark_cases(struct gathering *g, int64_t package, struct err *e) {
    struct ask *q;
    bool row;
    str name;
    if (!watch_package(g->w, package, &name, e) || !store_ask(g->w->p->store, &Q_case_products, &q, e))
        return false;
    ask_text(q, 1, name);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        int64_t product = ask_col_int(q, 0);
        if (product >= 0 && product < g->n_products && g->marks[product] & SEEN)
            g->marks[product] |= CASES;
    }
    ask_end(q);
    return true;
}

/* What only releases hold that nobody runs any more, and never was a case, needs no look: it is counted. */
static void make_pairs(struct gathering *g, int64_t package) {
    struct watching *w = g->w;
    for (uint32_t i = 0; i < g->seen.n; i++) {
        int64_t product = g->seen.v[i];
        uint64_t raw = g->raw[product];
        if (raw && g->marks[product] & (LIVE | CASES)) {
            watch_pair(w, product, package, raw, g->marks[product] & CASES);
        } else if (raw) {
            w->out->places++;
            w->out->findings += raw;
            w->out->not_live += raw;
        }
        g->raw[product] = 0;
        g->marks[product] = 0;
    }
}

/* Both ascending: the ids of either, with the count of the second. */
static uint32_t merge(const struct component_ids *hit, const component_id *changed, const uint64_t *flaws, uint32_t n,
                      component_id *ids, uint64_t *counts) {
    uint32_t i = 0, k = 0, all = 0;
    while (i < hit->n || k < n) {
        bool first = k == n || (i < hit->n && hit->v[i] <= changed[k]);
        bool second = i == hit->n || (k < n && changed[k] <= hit->v[i]);
        ids[all] = first ? hit->v[i] : changed[k];
        counts[all++] = second ? flaws[k] : 0;
        i += first;
        k += second;
    }
    return all;
}

bool watch_gather(struct watching *w, int64_t package, const component_id *changed, const uint64_t *flaws, uint32_t n,
                  struct err *e) {
    str key = str_n((const char *)&package, sizeof package);
    struct hit_rows hits;
    struct component_ids hit = {0};
    if (map_find(&w->gathered, key))
        return true;
    map_put(&w->gathered, arena_str(w->a, key), NULL);
    if (!hits_of_package(w->p, w->a, package, &hits, e))
        return false;
    share_out(w, &hits, &hit);
    component_id *ids = arena_array(w->a, component_id, hit.n + n + 1u);
    uint64_t *counts = arena_array(w->a, uint64_t, hit.n + n + 1u);
    uint32_t all = merge(&hit, changed, flaws, n, ids, counts);
    struct gathering g = {.w = w, .ids = ids, .flaws = counts, .n_products = w->running.n_products};
    g.raw = calloc((size_t)g.n_products + 1, sizeof *g.raw);
    g.marks = calloc((size_t)g.n_products + 1, 1);
    if (!g.raw || !g.marks)
        abort();
    bool ok = contents_each(w->p->contents, ids, all, take_releases, &g, e) && mark_cases(&g, package, e);
    if (ok)
        make_pairs(&g, package);
    free(g.raw);
    free(g.marks);
    return ok;
}

static int by_product(const void *x, const void *y) {
    const struct held *a = x, *b = y;
    if (a->product != b->product)
        return a->product < b->product ? -1 : 1;
    if (a->release != b->release)
        return a->release < b->release ? -1 : 1;
    return a->component < b->component ? -1 : a->component > b->component;
}

void watch_gathered(struct watching *w) {
    if (w->held.n)
        qsort(w->held.v, w->held.n, sizeof *w->held.v, by_product);
}
