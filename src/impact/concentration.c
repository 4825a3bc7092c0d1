/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/concentration.h"

#include <math.h>
#include <stdlib.h>

/* Exact reach costs a walk over the whole landscape, so candidates are taken in the order of a bound that is never too
 * low, until no other can be among the first; those that take away the very same systems share one walk. */

enum { WALKS_MOST = 2000, PAGE = 8192 };

struct finding_hubs {
    struct landscape *l;
    const struct concentration_ask *ask;
    struct arena *a;
    struct hubs *out;
    double all_people; /* of services that count */
    uint64_t all_services;
    uint32_t limit;
    roaring_bitmap_t *mask; /* documents the reader may see; NULL: everything */
    int64_t *makers;        /* by product: who answers for it; -1 */
    uint64_t *made;         /* by party: releases of its products */
    int64_t n_makers, n_made;
};

static double value_of(const struct hub *r, enum concentration_by by) {
    switch (by) {
    case BY_POPULATION: return r->population;
    case BY_SERVICES: return (double)r->services;
    case BY_CUSTOMERS: return (double)r->customers;
    case BY_DEPLOYMENTS: return (double)r->deployments;
    case BY_RELEASES: return (double)r->releases;
    }
    return 0;
}

/* By what was asked for, then by services, systems, releases, name: an order that is the same every time. */
static int hub_cmp(const struct hub *x, const struct hub *y, enum concentration_by by) {
    const double keys[][2] = {{value_of(x, by), value_of(y, by)},
                              {x->population, y->population},
                              {(double)x->services, (double)y->services},
                              {(double)x->deployments, (double)y->deployments},
                              {(double)x->releases, (double)y->releases}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] > keys[i][1] || keys[i][0] < keys[i][1])
            return keys[i][0] > keys[i][1] ? -1 : 1;
    return str_cmp(x->label, y->label);
}

/* Keeps the first `most`, in order. */
static void keep(struct finding_hubs *f, const struct hub *r) {
    struct hubs *v = f->out;
    if (!r->deployments && !r->services && !r->releases)
        return;
    uint32_t at = v->n;
    while (at > 0 && hub_cmp(r, &v->v[at - 1], f->ask->by) < 0)
        at--;
    if (at >= f->ask->most)
        return;
    if (v->n < f->ask->most)
        (void)vec_push(f->a, v);
    memmove(&v->v[at + 1], &v->v[at], (v->n - 1 - at) * sizeof *v->v);
    v->v[at] = *r;
}
static double worst_kept(const struct finding_hubs *f) {
    return f->out->n < f->ask->most ? -1 : value_of(&f->out->v[f->out->n - 1], f->ask->by);
}

static bool counts(const struct finding_hubs *f, const struct service *s) {
    return !f->ask->sector.n || str_eq(s->sector, f->ask->sector);
}

/* ── one walk ── */

static void name_fallen(struct finding_hubs *f, struct hub *r, uint32_t service) {
    double people = service_people(&f->l->services.v[service]);
    uint32_t at = r->fallen.n;
    while (at > 0 && people > service_people(&f->l->services.v[r->fallen.v[at - 1]]))
        at--;
    if (at >= HUB_NAMED)
        return;
    if (r->fallen.n < HUB_NAMED)
        (void)vec_push(f->a, &r->fallen);
    memmove(&r->fallen.v[at + 1], &r->fallen.v[at], (r->fallen.n - 1 - at) * sizeof *r->fallen.v);
    r->fallen.v[at] = service;
}

static void count_customers(struct finding_hubs *f, struct hub *r, const uint32_t *nodes, uint32_t n) {
    roaring_bitmap_t *customers = roaring_bitmap_create();
    for (uint32_t i = 0; i < n; i++) {
        const struct place *x = &f->l->places.v[nodes[i]];
        if (x->kind == PLACE_DEPLOYMENT && f->l->deployments.v[x->at].customer >= 0)
            roaring_bitmap_add(customers, (uint32_t)f->l->deployments.v[x->at].customer);
    }
    r->customers = roaring_bitmap_get_cardinality(customers);
    roaring_bitmap_free(customers);
}

/* Takes nodes away and counts what goes with them. */
static void walk(struct finding_hubs *f, const uint32_t *away, uint32_t n, struct hub *r) {
    struct reliance_fall fall;
    struct arena *a = arena_new();
    reliance_fell(&f->l->graph, a, away, n, &fall);
    r->depth = fall.deepest;
    r->services = r->deployments = 0;
    r->population = 0;
    for (uint32_t i = 0; i < fall.n; i++) {
        const struct place *x = &f->l->places.v[fall.order[i]];
        r->deployments += x->kind == PLACE_DEPLOYMENT;
        if (x->kind != PLACE_SERVICE || fall.depth[fall.order[i]] == 0 || !counts(f, &f->l->services.v[x->at]))
            continue;
        r->services++;
        r->population += service_people(&f->l->services.v[x->at]);
        name_fallen(f, r, x->at);
    }
    r->single = r->services > 0;
    count_customers(f, r, fall.order, fall.n);
    arena_free(a);
}

/* ── single points of failure ── */

static bool wanted_kind(const struct finding_hubs *f, enum place_kind kind) {
    return f->ask->of == OF_RELEASES ? kind == PLACE_RELEASE : kind != PLACE_RELEASE && kind != PLACE_PACKAGE;
}

/* From what each service cannot do without: what takes how many with it. */
static void sum_essential(struct finding_hubs *f, struct hub *sums) {
    roaring_bitmap_t **sets = reliance_essential(&f->l->graph, f->a);
    for (uint32_t i = 0; i < f->l->places.n; i++) {
        const struct place *x = &f->l->places.v[i];
        bool service = x->kind == PLACE_SERVICE && counts(f, &f->l->services.v[x->at]);
        if (!service && x->kind != PLACE_DEPLOYMENT)
            continue;
        uint32_t n = (uint32_t)roaring_bitmap_get_cardinality(sets[i]);
        struct arena_mark mark = arena_mark(f->a);
        uint32_t *nodes = arena_array(f->a, uint32_t, n);
        roaring_bitmap_to_uint32_array(sets[i], nodes);
        for (uint32_t k = 0; k < n; k++) {
            struct hub *r = &sums[nodes[k]];
            if (service && nodes[k] != i) {
                r->services++;
                r->population += service_people(&f->l->services.v[x->at]);
            }
            r->deployments += x->kind == PLACE_DEPLOYMENT;
        }
        arena_reset(f->a, mark);
    }
    reliance_essential_free(&f->l->graph, sets);
}

static void single_points(struct finding_hubs *f) {
    struct hub *sums = arena_array(f->a, struct hub, f->l->places.n);
    sum_essential(f, sums);
    for (uint32_t i = 0; i < f->l->places.n; i++) {
        const struct place *x = &f->l->places.v[i];
        struct hub *r = &sums[i];
        *r = (struct hub){.kind = x->kind,
                          .label = x->label,
                          .number = i,
                          .services = r->services,
                          .population = r->population,
                          .deployments = r->deployments,
                          .releases = x->kind == PLACE_RELEASE};
        bool worth = f->ask->by == BY_CUSTOMERS || value_of(r, f->ask->by) >= worst_kept(f);
        /* A system by itself is a point of failure only for a service. */
        bool alone = f->ask->sector.n || x->kind == PLACE_SERVICE || x->kind == PLACE_DEPLOYMENT;
        if (!wanted_kind(f, x->kind) || (!r->services && alone) || !worth)
            continue;
        if (f->ask->by == BY_CUSTOMERS)
            walk(f, &i, 1, r);
        keep(f, r);
    }
    for (uint32_t i = 0; i < f->out->n; i++) {
        struct hub *r = &f->out->v[i];
        uint32_t node = (uint32_t)r->number;
        r->fallen.n = 0;
        walk(f, &node, 1, r);
        r->number = f->l->places.v[node].number;
    }
}

/* ── what is in many systems at once ── */

struct candidate {
    int64_t number; /* of the package or party */
    double bound;
    uint64_t systems; /* fingerprint of the set of deployments */
    uint64_t n;       /* of them; 0: not counted */
};
VEC_NAMED(candidates, struct candidate);

static int by_bound(const void *x, const void *y) {
    const struct candidate *a = x, *b = y;
    if (a->bound > b->bound || a->bound < b->bound)
        return a->bound > b->bound ? -1 : 1;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}
static int by_number(const void *x, const void *y) {
    const struct candidate *a = x, *b = y;
    return a->number < b->number ? -1 : a->number > b->number;
}
/* Adds up the lines of each number; none can hit more than all there is. */
static void gather(struct candidates *v, double all) {
    if (!v->n)
        return;
    qsort(v->v, v->n, sizeof *v->v, by_number);
    uint32_t n = 0;
    for (uint32_t i = 1; i < v->n; i++)
        if (v->v[i].number == v->v[n].number) {
            v->v[n].bound += v->v[i].bound;
            v->v[n].systems += v->v[i].systems;
            v->v[n].n += v->v[i].n;
        } else {
            v->v[++n] = v->v[i];
        }
    v->n = n + 1;
    for (uint32_t i = 0; i < v->n; i++)
        v->v[i].bound = v->v[i].bound < all ? v->v[i].bound : all;
    qsort(v->v, v->n, sizeof *v->v, by_bound);
}

static uint64_t fingerprint(uint32_t x) {
    uint64_t h = (x + 1) * UINT64_C(0x9E3779B97F4A7C15);
    h = (h ^ (h >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94D049BB133111EB);
    return h ^ (h >> 31);
}

/* What could at most be hit with a deployment: everything that wants it by any way. */
static double bound_of(struct finding_hubs *f, uint32_t deployment) {
    enum concentration_by by = f->ask->by;
    if (by != BY_POPULATION && by != BY_SERVICES)
        return by == BY_RELEASES ? 0 : 1;
    struct arena_mark mark = arena_mark(f->a);
    roaring_bitmap_t *seen = roaring_bitmap_create();
    VEC(uint32_t) queue = {0};
    double sum = 0;
    *vec_push(f->a, &queue) = f->l->deployment_places.v[deployment];
    for (uint32_t at = 0; at < queue.n; at++) {
        const struct reliance_node *x = &f->l->graph.nodes.v[queue.v[at]];
        const struct place *place = &f->l->places.v[queue.v[at]];
        if (place->kind == PLACE_SERVICE && counts(f, &f->l->services.v[place->at]))
            sum += by == BY_SERVICES ? 1 : service_people(&f->l->services.v[place->at]);
        for (uint32_t i = 0; i < x->wanted.n; i++)
            if (roaring_bitmap_add_checked(seen, x->wanted.v[i].node))
                *vec_push(f->a, &queue) = x->wanted.v[i].node;
    }
    roaring_bitmap_free(seen);
    arena_reset(f->a, mark);
    return sum;
}

struct by_release {
    uint32_t release, deployment;
};
static int release_cmp(const void *x, const void *y) {
    const struct by_release *a = x, *b = y;
    if (a->release != b->release)
        return a->release < b->release ? -1 : 1;
    return a->deployment < b->deployment ? -1 : a->deployment > b->deployment;
}

struct release_runs {
    double bound;
    uint32_t deployments;
};
struct running_somewhere {
    struct finding_hubs *f;
    uint32_t *releases;
    struct release_runs *runs; /* of each of them */
    struct candidates *out;
};
static void take_packages(void *arg, uint32_t at, const struct component_ids *ids) {
    struct running_somewhere *x = arg;
    for (uint32_t i = 0; i < ids->n; i++)
        if (i == 0 || package_of(ids->v[i]) != package_of(ids->v[i - 1]))
            *vec_push(x->f->a, x->out) = (struct candidate){package_of(ids->v[i]), x->runs[at].bound,
                                                            fingerprint(x->releases[at]), x->runs[at].deployments};
}

/* Packages of releases that run somewhere, each with what hangs on its systems. */
static bool deployed_packages(struct finding_hubs *f, struct candidates *out, struct err *e) {
    uint32_t n = f->l->deployments.n, end;
    struct by_release *v = arena_array(f->a, struct by_release, n);
    for (uint32_t i = 0; i < n; i++)
        v[i] = (struct by_release){f->l->releases.v[i], i};
    if (n)
        qsort(v, n, sizeof *v, release_cmp);
    struct running_somewhere x = {.f = f,
                                  .runs = arena_array(f->a, struct release_runs, n),
                                  .releases = arena_array(f->a, uint32_t, n),
                                  .out = out};
    uint32_t releases = 0;
    for (uint32_t i = 0; i < n && v[i].release != RELIANCE_NONE; i = end) {
        double bound = 0;
        for (end = i; end < n && v[end].release == v[i].release; end++)
            bound += bound_of(f, v[end].deployment);
        x.releases[releases] = v[i].release;
        x.runs[releases++] = (struct release_runs){bound, end - i};
    }
    return contents_of_release_each(f->l->portfolio->contents, x.releases, releases, f->limit, take_packages, &x, e);
}

/* All packages by how many releases their versions are in; one release may hold two versions, so this is a bound. */
static bool shipped_packages(struct finding_hubs *f, struct candidates *out, struct err *e) {
    struct arena *a = arena_new();
    component_id from = 0;
    bool ok = true;
    for (uint32_t n = PAGE; ok && n == PAGE;) {
        struct component_rows rows = {0};
        struct arena_mark mark = arena_mark(a);
        ok = contents_walk(f->l->portfolio->contents, a, from, PAGE, &rows, e);
        n = ok ? rows.n : 0;
        component_id *ids = arena_array(a, component_id, n);
        uint64_t *sums = arena_array(a, uint64_t, n);
        for (uint32_t i = 0; i < n; i++)
            ids[i] = rows.v[i].id;
        ok = ok && contents_counts(f->l->portfolio->contents, ids, n, f->limit, f->mask, sums, e);
        for (uint32_t i = 0; ok && i < n; i++)
            *vec_push(f->a, out) = (struct candidate){package_of(ids[i]), (double)sums[i], (uint64_t)ids[i], 0};
        from = n ? ids[n - 1] + 1 : from;
        arena_reset(a, mark);
    }
    arena_free(a);
    return ok;
}

/* ── suppliers ── */

static bool take_maker(void *arg, const struct product *x, struct err *e) {
    struct finding_hubs *f = arg;
    (void)e;
    while (f->n_makers <= x->number) { /* they come by number */
        if ((f->n_makers & (f->n_makers - 1)) == 0) {
            int64_t *more = arena_array(f->a, int64_t, (size_t)f->n_makers * 2 + 1);
            if (f->n_makers)
                memcpy(more, f->makers, (size_t)f->n_makers * sizeof *more);
            f->makers = more;
        }
        f->makers[f->n_makers++] = -1;
    }
    f->makers[x->number] = x->party;
    f->n_made = x->party >= f->n_made ? x->party + 1 : f->n_made;
    return true;
}

static int64_t maker_of(const struct finding_hubs *f, int64_t product) {
    return product >= 0 && product < f->n_makers ? f->makers[product] : -1;
}

/* The releases the reader may see, each once, by who answers for them. */
static bool count_made(struct finding_hubs *f, struct err *e) {
    enum { AT_ONCE = 4096 };
    struct contents *c = f->l->portfolio->contents;
    roaring_bitmap_t *releases = f->mask ? roaring_bitmap_copy(f->mask) : roaring_bitmap_create();
    if (!f->mask)
        roaring_bitmap_add_range(releases, 0, f->limit);
    uint32_t ids[AT_ONCE], n;
    int64_t products[AT_ONCE];
    bool ok = contents_by_first(c, f->a, releases, NULL, e);
    roaring_uint32_iterator_t *it = roaring_create_iterator(releases);
    f->made = arena_array(f->a, uint64_t, (size_t)f->n_made + 1);
    while (ok && (n = roaring_read_uint32_iterator(it, ids, AT_ONCE)) > 0) {
        ok = contents_products(c, ids, n, products, e);
        for (uint32_t i = 0; ok && i < n; i++)
            if (maker_of(f, products[i]) >= 0)
                f->made[maker_of(f, products[i])]++;
    }
    roaring_free_uint32_iterator(it);
    roaring_bitmap_free(releases);
    return ok;
}

/* One line per system: who supplies what it runs; by releases, a line for each supplier. */
static bool suppliers(struct finding_hubs *f, struct candidates *out, struct err *e) {
    if (!products_each(f->l->portfolio, &f->l->when, take_maker, f, e) || !count_made(f, e))
        return false;
    for (uint32_t i = 0; i < f->l->deployments.n; i++) {
        int64_t maker = maker_of(f, f->l->deployments.v[i].product);
        if (maker >= 0)
            *vec_push(f->a, out) = (struct candidate){maker, bound_of(f, i), fingerprint(i), 1};
    }
    for (int64_t i = 0; f->ask->by == BY_RELEASES && i < f->n_made; i++)
        if (f->made[i])
            *vec_push(f->a, out) = (struct candidate){i, (double)f->made[i], 0, 0};
    return true;
}

/* ── the exact reach of a candidate ── */

static bool package_reach(struct finding_hubs *f, struct arena *a, const struct candidate *x, bool walked,
                          struct hub *r, struct err *e) {
    struct contents *c = f->l->portfolio->contents;
    struct component_rows rows = {0};
    roaring_bitmap_t *releases;
    uint32_t *nodes, n;
    if (!contents_versions(c, a, x->number, &rows, e))
        return false;
    component_id *ids = arena_array(a, component_id, rows.n);
    for (uint32_t i = 0; i < rows.n; i++)
        ids[i] = rows.v[i].id;
    if (!contents_with(c, ids, rows.n, f->limit, &releases, e))
        return false;
    if (f->mask)
        roaring_bitmap_and_inplace(releases, f->mask);
    bool ok = contents_by_first(c, a, releases, NULL, e);
    r->kind = PLACE_PACKAGE;
    r->releases = roaring_bitmap_get_cardinality(releases);
    str name = rows.n ? rows.v[0].purl : (str){0}, head, tail;
    r->label = arena_str(f->a, str_cut(name, '@', &head, &tail) && head.n ? head : name);
    landscape_running(f->l, a, releases, &nodes, &n);
    roaring_bitmap_free(releases);
    if (ok && !walked)
        walk(f, nodes, n, r);
    return ok;
}

static bool supplier_reach(struct finding_hubs *f, struct arena *a, const struct candidate *x, bool walked,
                           struct hub *r, struct err *e) {
    struct landscape *l = f->l;
    uint32_t *nodes = arena_array(a, uint32_t, l->deployments.n), n = 0;
    for (uint32_t i = 0; i < l->deployments.n; i++)
        if (maker_of(f, l->deployments.v[i].product) == x->number)
            nodes[n++] = l->deployment_places.v[i];
    r->kind = PLACE_PARTY;
    r->releases = f->made[x->number];
    if (!walked)
        walk(f, nodes, n, r);
    return thing_id(l->portfolio, f->a, THING_PARTY, x->number, &r->label, e);
}

struct walked { /* a reach by the systems it took away */
    uint64_t systems;
    struct hub reach;
};

/* All there is of what is ranked by. */
static double all_of(const struct finding_hubs *f) {
    return f->ask->by == BY_POPULATION ? f->all_people : f->ask->by == BY_SERVICES ? (double)f->all_services : INFINITY;
}

/* Whether a candidate, at its very best, still comes behind what is kept. Where the first ones all take everything
 * away, the number of systems tells. */
static bool too_late(const struct finding_hubs *f, const struct candidate *x) {
    enum concentration_by by = f->ask->by;
    double least = worst_kept(f), slack = least * 1e-9; /* sums in another order differ in their last digits */
    if (x->bound < least - slack)
        return true;
    if (f->out->n < f->ask->most || !x->n || (by != BY_POPULATION && by != BY_SERVICES) || x->bound > least + slack)
        return false;
    const struct hub *worst = &f->out->v[f->out->n - 1];
    struct hub best = {
        .deployments = x->n, .releases = UINT64_MAX, .services = f->all_services, .population = worst->population};
    if (by == BY_SERVICES)
        best.population = f->all_people * (1 + 1e-9);
    return hub_cmp(worst, &best, by) < 0;
}

static bool exact(struct finding_hubs *f, const struct candidates *v, struct err *e) {
    VEC(struct walked) known = {0};
    bool ok = true;
    for (uint32_t i = 0; ok && i < v->n && known.n < WALKS_MOST; i++) {
        const struct candidate *x = &v->v[i];
        if (too_late(f, x))
            break; /* and none behind it can do better */
        struct hub r = {0};
        uint32_t k = 0;
        while (k < known.n && known.v[k].systems != x->systems)
            k++;
        if (k < known.n)
            r = known.v[k].reach;
        r.number = x->number;
        struct arena *a = arena_new();
        ok = f->ask->of == OF_PACKAGES ? package_reach(f, a, x, k < known.n, &r, e)
                                       : supplier_reach(f, a, x, k < known.n, &r, e);
        arena_free(a);
        if (ok && k == known.n)
            *vec_push(f->a, &known) = (struct walked){x->systems, r};
        keep(f, &r);
    }
    return ok;
}

static bool in_many(struct finding_hubs *f, struct err *e) {
    const struct concentration_ask *ask = f->ask;
    struct candidates v = {0};
    const roaring_bitmap_t *twins;
    if (!contents_twins(f->l->portfolio->contents, &twins, e)) /* for contents_of_release() */
        return false;
    bool ok = ask->of == OF_SUPPLIERS  ? suppliers(f, &v, e)
              : ask->by == BY_RELEASES ? shipped_packages(f, &v, e)
                                       : deployed_packages(f, &v, e);
    for (uint32_t i = 0; i < f->l->services.n; i++)
        if (counts(f, &f->l->services.v[i])) {
            f->all_services++;
            f->all_people += service_people(&f->l->services.v[i]);
        }
    gather(&v, all_of(f));
    return ok && exact(f, &v, e);
}

bool concentration_find(struct landscape *l, const struct concentration_ask *ask, struct hubs *out, struct err *e) {
    struct finding_hubs f = {.l = l, .ask = ask, .a = l->a, .out = out};
    memset(out, 0, sizeof *out);
    if (ask->of == OF_HOSTS || ask->of == OF_RELEASES) {
        single_points(&f);
        return true;
    }
    bool ok = contents_releases_at(l->portfolio->contents, &l->when, &f.limit, e) &&
              audience_releases(l->portfolio, l->reader, &l->when, f.limit, &f.mask, e) && in_many(&f, e);
    if (f.mask)
        roaring_bitmap_free(f.mask);
    return ok;
}
