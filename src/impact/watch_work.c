/* SPDX-License-Identifier: Apache-2.0
 *
 * What has to be looked at: flaws that changed, in the products whose releases contain what they hit; and products of
 * which something was said or shipped since the last watch.
 */
#include <stdlib.h>

#include "impact/watch_inner.h"

void watch_pair(struct watching *w, int64_t product, int64_t package, uint64_t raw, bool cases) {
    int64_t both[2] = {product, package};
    str key = str_n((const char *)both, sizeof both);
    struct map_entry *at = map_find(&w->pairs_seen, key);
    if (at) {
        struct pair *there = &w->pairs.v[(uintptr_t)at->value - 1];
        there->raw += raw;
        there->cases |= cases;
        return;
    }
    *vec_push(w->a, &w->pairs) = (struct pair){product, package, raw, cases};
    map_put(&w->pairs_seen, arena_str(w->a, key), NULL)->value = (void *)(uintptr_t)w->pairs.n;
}

static bool find_package(struct watching *w, str name, int64_t *out, struct err *e) {
    bool found;
    if (!contents_package(w->p->contents, name, &found, out, e))
        return false;
    if (!found)
        *out = -1;
    return true;
}

/* ── flaws ── */

static bool add_cases_with(struct watching *w, str flaw, struct err *e) {
    struct ask *q;
    bool row;
    struct found {
        int64_t product;
        str package;
    };
    VEC(struct found) found = {0};
    if (!store_ask(w->p->store, &Q_case_pairs_of_flaw, &q, e))
        return false;
    ask_text(q, 1, flaw);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(w->a, &found) = (struct found){ask_col_int(q, 0), arena_str(w->a, ask_col_text(q, 1))};
    }
    ask_end(q);
    for (uint32_t i = 0; i < found.n; i++) {
        int64_t package;
        if (!find_package(w, found.v[i].package, &package, e))
            return false;
        if (package >= 0)
            watch_pair(w, found.v[i].product, package, 0, true);
    }
    return true;
}

static bool add_flaw(struct watching *w, int64_t flaw, struct map *components, struct err *e) {
    struct hit_rows hits;
    struct flaw_names names;
    if (!hits_of_flaw(w->p, w->a, flaw, &hits, e) || !hits_names(w->p, w->a, flaw, &names, e))
        return false;
    for (uint32_t i = 0; i < hits.n; i++) { /* of one component hit by many flaws the releases are read once */
        str key = str_n((const char *)&hits.v[i].component, sizeof hits.v[i].component);
        bool fresh;
        if (!map_find(components, key))
            key = arena_str(w->a, key);
        struct map_entry *at = map_put(components, key, &fresh);
        at->value = (void *)((uintptr_t)at->value + 1);
    }
    for (uint32_t i = 0; i < names.n; i++)
        if (!add_cases_with(w, names.v[i], e))
            return false;
    return true;
}

static bool changed_flaws(struct watching *w, const struct case_watch *last, struct err *e) {
    struct ask *q;
    bool row;
    VEC(str) named = {0};
    if (!store_ask(w->p->store, &Q_hit_changed_all, &q, e))
        return false;
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(w->a, &w->changed) = ask_col_int(q, 0);
    }
    ask_end(q);
    /* Flaws that somebody gave a verdict on since, and those that a rule of the settings passed over until now. */
    if (!store_ask(w->p->store, &Q_verdicts_from, &q, e))
        return false;
    ask_int(q, 1, w->p->log_id);
    ask_int(q, 2, (int64_t)last->entries);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(w->a, &named) = arena_str(w->a, ask_col_text(q, 0));
    }
    ask_end(q);
    w->news |= named.n > 0;
    for (uint32_t i = 0; i < w->plan->policy->ignore.ignore.n; i++)
        if (w->plan->policy->ignore.ignore.v[i].end < w->now)
            *vec_push(w->a, &named) = w->plan->policy->ignore.ignore.v[i].id;
    for (uint32_t i = 0; i < named.n; i++) {
        struct flaw_row f;
        bool found;
        if (!hits_flaw(w->p, w->a, named.v[i], &found, &f, e))
            return false;
        if (found)
            *vec_push(w->a, &w->changed) = f.number;
    }
    return true;
}

struct changed {
    component_id component;
    uint64_t flaws;
};
static int by_component(const void *x, const void *y) {
    component_id a = ((const struct changed *)x)->component, b = ((const struct changed *)y)->component;
    return (a > b) - (a < b);
}

/* Package by package. */
static bool gather_changed(struct watching *w, const struct map *components, struct err *e) {
    uint32_t n = components->entries.n;
    struct changed *all = arena_array(w->a, struct changed, n + 1u);
    component_id *ids = arena_array(w->a, component_id, n + 1u);
    uint64_t *flaws = arena_array(w->a, uint64_t, n + 1u);
    for (uint32_t i = 0; i < n; i++) {
        memcpy(&all[i].component, components->entries.v[i].key.p, sizeof all[i].component);
        all[i].flaws = (uintptr_t)components->entries.v[i].value;
    }
    qsort(all, n, sizeof *all, by_component);
    for (uint32_t i = 0; i < n; i++) {
        ids[i] = all[i].component;
        flaws[i] = all[i].flaws;
    }
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && package_of(ids[end]) == package_of(ids[i]); end++)
            ;
        if (!watch_gather(w, package_of(ids[i]), ids + i, flaws + i, end - i, e))
            return false;
    }
    return true;
}

/* Packages of cases that nothing else brought. */
static bool gather_rest(struct watching *w, struct err *e) {
    for (uint32_t i = 0; i < w->pairs.n; i++) /* makes no pairs: nothing of it changed */
        if (w->pairs.v[i].package >= 0 && !watch_gather(w, w->pairs.v[i].package, NULL, NULL, 0, e))
            return false;
    watch_gathered(w);
    return true;
}

static bool add_flaws(struct watching *w, const struct case_watch *last, struct err *e) {
    struct map components;
    map_init(&components, w->a);
    if (!changed_flaws(w, last, e))
        return false;
    struct map done; /* one flaw may be here under several names */
    map_init(&done, w->a);
    for (uint32_t i = 0; i < w->changed.n; i++) {
        bool fresh;
        map_put(&done, str_n((const char *)&w->changed.v[i], sizeof *w->changed.v), &fresh);
        if (fresh && !add_flaw(w, w->changed.v[i], &components, e))
            return false;
    }
    return gather_changed(w, &components, e);
}

/* ── products ── */

VEC_NAMED(numbers_of, int64_t);
static bool read_numbers(struct watching *w, const struct query *of, int parameters, int64_t first, int64_t second,
                         struct numbers_of *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(w->p->store, of, &q, e))
        return false;
    if (parameters > 0)
        ask_int(q, 1, first);
    if (parameters > 1)
        ask_int(q, 2, second);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(w->a, out) = ask_col_int(q, 0);
    }
    ask_end(q);
    return true;
}

static bool add_shipped(struct watching *w, const struct case_watch *last, struct numbers_of *products, struct err *e) {
    const struct as_of then = {.given = true, .size = last->entries};
    const struct as_of now = {0};
    uint32_t before, after;
    if (!contents_releases_at(w->p->contents, &then, &before, e) ||
        !contents_releases_at(w->p->contents, &now, &after, e))
        return false;
    for (uint32_t id = before; id < after; id++)
        *vec_push(w->a, products) = w->products[id];
    return true;
}

/* Products whose support, or a deployment of which, has ended since: nobody says so on the day. From the last entry
 * that was considered on, which may be earlier than the last watch: looking again changes nothing. */
static bool add_lapsed(struct watching *w, const struct case_watch *last, struct err *e) {
    struct numbers_of products = {0};
    struct log_entry then;
    if (!last->entries || !w->p->home || !w->p->home->log)
        return true;
    if (!log_entry(w->p->home->log, w->a, last->entries - 1, &then, e) ||
        !read_numbers(w, &Q_watch_lapsed, 2, then.leaf.time, w->now, &products, e))
        return false;
    for (uint32_t i = 0; i < w->running.n; i++)
        if (w->running.v[i].until >= then.leaf.time && w->running.v[i].until && w->running.v[i].until < w->now &&
            w->running.v[i].product >= 0)
            *vec_push(w->a, &products) = w->running.v[i].product;
    for (uint32_t i = 0; i < products.n; i++)
        watch_pair(w, products.v[i], -1, 0, true);
    return true;
}

static bool add_accepted(struct watching *w, struct err *e) {
    struct ask *q;
    bool row;
    VEC(str) packages = {0};
    VEC(int64_t) products = {0};
    if (!store_ask(w->p->store, &Q_cases_accepted, &q, e))
        return false;
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(w->a, &products) = ask_col_int(q, 0);
        *vec_push(w->a, &packages) = arena_str(w->a, ask_col_text(q, 1));
    }
    ask_end(q);
    for (uint32_t i = 0; i < products.n; i++) {
        int64_t package;
        if (!find_package(w, packages.v[i], &package, e))
            return false;
        if (package >= 0)
            watch_pair(w, products.v[i], package, 0, true);
    }
    return true;
}

static int pair_order(const void *x, const void *y) {
    const struct pair *a = x, *b = y;
    if (a->product != b->product)
        return a->product < b->product ? -1 : 1;
    return a->package < b->package ? -1 : a->package > b->package;
}

bool watch_work(struct watching *w, struct err *e) {
    struct case_watch last;
    struct numbers_of products = {0};
    if (!case_watched(w->p, w->a, &last, e) || !watch_read(w, e))
        return false;
    if (w->plan->all) {
        if (!read_numbers(w, &Q_watch_all_products, 0, 0, 0, &products, e))
            return false;
    } else if (last.advisories.p) {
        if (!add_shipped(w, &last, &products, e) ||
            !read_numbers(w, &Q_watch_said, 2, (int64_t)last.entries, w->p->log_id, &products, e) ||
            !read_numbers(w, &Q_watch_deployed, 2, (int64_t)last.entries, w->p->log_id, &products, e) ||
            !add_lapsed(w, &last, e))
            return false;
    }
    for (uint32_t i = 0; i < products.n; i++)
        watch_pair(w, products.v[i], -1, 0, true);
    w->news |= products.n > 0;
    if (!add_flaws(w, &last, e) || !add_accepted(w, e) || !gather_rest(w, e))
        return false;
    if (w->pairs.n)
        qsort(w->pairs.v, w->pairs.n, sizeof *w->pairs.v, pair_order);
    return true;
}
