/* SPDX-License-Identifier: Apache-2.0
 *
 * Maps put together. Which chain of catalogues is the shortest is found from the maps' heads; pairs are joined only
 * along those.
 */
#include <stdlib.h>

#include "conform/mapping.h"

enum { CATALOGUES_MOST = 256, PAIRS_MOST = 1000000 };

struct joining {
    struct ctx *c;
    struct portfolio *p;
    struct arena *a;
    struct mappings maps;
    struct map known; /* catalogues read so far, by id */
    const struct catalogue *from, *to;
    struct relation *out;
    struct map seen; /* pairs of out by "from to" → place + 1 */
};

enum map_strength strength_reversed(enum map_strength s) {
    return s == MAP_SUBSET ? MAP_SUPERSET : s == MAP_SUPERSET ? MAP_SUBSET : s;
}

/* What holds of x and z when it holds of x and y, and of y and z. Columns: overlaps, subset, superset, equal of y-z. */
enum map_strength strength_chained(enum map_strength xy, enum map_strength yz) {
    static const enum map_strength table[4][4] = {
        /* overlaps */ {MAP_NONE, MAP_OVERLAPS, MAP_NONE, MAP_OVERLAPS},
        /* subset */ {MAP_NONE, MAP_SUBSET, MAP_NONE, MAP_SUBSET},
        /* superset */ {MAP_OVERLAPS, MAP_OVERLAPS, MAP_SUPERSET, MAP_SUPERSET},
        /* equal */ {MAP_OVERLAPS, MAP_SUBSET, MAP_SUPERSET, MAP_EQUAL},
    };
    return xy && yz ? table[xy - 1][yz - 1] : MAP_NONE;
}

static bool catalogue_at(struct joining *j, str id, const struct catalogue **out, struct err *e) {
    *out = map_get(&j->known, id);
    if (*out)
        return true;
    if (!catalogue_find(j->c, j->p, j->a, id, out, e))
        return false;
    map_put(&j->known, id, NULL)->value = (void *)(uintptr_t)*out; // NOLINT(performance-no-int-to-ptr): read only
    return true;
}

/* ── the shortest chains ── */

static bool touches(const struct mapping *m, str x, str *other) {
    *other = str_eq(m->from, x) ? m->to : m->from;
    return str_eq(m->from, x) || str_eq(m->to, x);
}

/* Steps from each catalogue to the goal. */
static bool measure(struct joining *j, struct map *steps, struct err *e) {
    str queue[CATALOGUES_MOST], other;
    uint32_t n = 1;
    queue[0] = j->to->id;
    map_put(steps, j->to->id, NULL)->value = (void *)(uintptr_t)1;
    for (uint32_t i = 0; i < n; i++) {
        uintptr_t here = (uintptr_t)map_get(steps, queue[i]);
        for (uint32_t m = 0; m < j->maps.n; m++) {
            if (!touches(j->maps.v[m], queue[i], &other) || map_find(steps, other))
                continue;
            if (n == CATALOGUES_MOST)
                return err_set(e, ERR_LIMIT, other, _("there are maps between more than %d catalogues"),
                               CATALOGUES_MOST);
            map_put(steps, other, NULL)->value = (void *)(here + 1); // NOLINT(performance-no-int-to-ptr): a number
            queue[n++] = other;
        }
    }
    return true;
}

/* ── joining ── */

static struct relation_pair *pair_put(struct joining *j, struct relation_pairs *to, struct map *seen, uint32_t from,
                                      uint32_t at, bool *fresh) {
    str key = arena_printf(j->a, "%u %u", from, at);
    struct map_entry *entry = map_put(seen, key, fresh);
    if (*fresh) {
        *vec_push(j->a, to) = (struct relation_pair){.from = from, .to = at};
        entry->value = (void *)(uintptr_t)to->n; // NOLINT(performance-no-int-to-ptr): a number, never followed
    }
    return &to->v[(uintptr_t)entry->value - 1];
}

struct link { /* a row of a map, in the direction of the chain */
    uint32_t from, to;
    enum map_strength strength;
    struct label why;
};
VEC_NAMED(links, struct link);

static bool links_of(struct joining *j, const struct mapping *m, const struct catalogue *x, const struct catalogue *y,
                     struct links *out, struct err *e) {
    bool forward = str_eq(m->from, x->id);
    if (!mapping_check(j->a, m, forward ? x : y, forward ? y : x, e))
        return false;
    for (uint32_t i = 0; i < m->rows.n; i++) {
        const struct map_row *r = &m->rows.v[i];
        const struct practice *from = practice_of(x, forward ? r->from : r->to),
                              *to = practice_of(y, forward ? r->to : r->from);
        *vec_push(j->a, out) = (struct link){(uint32_t)(from - x->practices.v), (uint32_t)(to - y->practices.v),
                                             forward ? r->strength : strength_reversed(r->strength), r->why};
    }
    return true;
}

static int by_from(const void *x, const void *y) {
    const struct link *a = x, *b = y;
    return a->from != b->from ? (a->from > b->from) - (a->from < b->from) : (a->to > b->to) - (a->to < b->to);
}

/* so far: pairs from the beginning to x; each is led on by the links from there. */
static bool lead_on(struct joining *j, const struct relation_pairs *so_far, const struct catalogue *x,
                    struct links *links, struct relation_pairs *out, struct map *seen, struct err *e) {
    if (links->n)
        qsort(links->v, links->n, sizeof *links->v, by_from);
    for (uint32_t i = 0; i < so_far->n; i++) {
        const struct relation_pair *p = &so_far->v[i];
        struct link key = {.from = p->to, .to = 0};
        uint32_t low = 0, high = links->n;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (by_from(&links->v[middle], &key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < links->n && links->v[low].from == p->to; low++) {
            bool fresh;
            enum map_strength s = strength_chained(p->strength, links->v[low].strength);
            if (!s)
                continue;
            if (out->n == PAIRS_MOST)
                return err_set(e, ERR_LIMIT, x->id, _("the chain has more than %d pairs"), PAIRS_MOST);
            struct relation_pair *to = pair_put(j, out, seen, p->from, links->v[low].to, &fresh);
            if (s <= to->strength)
                continue;
            to->strength = s;
            to->via = arena_printf(j->a, "%.*s%s%.*s %.*s", STR_ARG(p->via), p->via.n ? ", " : "", STR_ARG(x->id),
                                   STR_ARG(x->practices.v[p->to].id));
        }
    }
    return true;
}

static void take(struct joining *j, const struct relation_pairs *pairs) {
    for (uint32_t i = 0; i < pairs->n; i++) {
        bool fresh;
        const struct relation_pair *p = &pairs->v[i];
        struct relation_pair *to = pair_put(j, &j->out->pairs, &j->seen, p->from, p->to, &fresh);
        if (p->strength > to->strength)
            *to = *p;
    }
}

/* Walks every shortest chain; at most RELATION_STEPS deep. */
static bool walk(struct joining *j, const struct map *steps, const struct catalogue *x, // NOLINT(misc-no-recursion)
                 const struct relation_pairs *so_far, struct err *e) {
    uintptr_t left = (uintptr_t)map_get(steps, x->id);
    if (left == 1) {
        take(j, so_far);
        return true;
    }
    for (uint32_t m = 0; m < j->maps.n; m++) {
        str other;
        const struct catalogue *y;
        struct links links = {0};
        struct relation_pairs next = {0};
        struct map seen;
        if (!touches(j->maps.v[m], x->id, &other) || (uintptr_t)map_get(steps, other) != left - 1)
            continue;
        if (!catalogue_at(j, other, &y, e) || !links_of(j, j->maps.v[m], x, y, &links, e))
            return false;
        map_init(&seen, j->a);
        if (so_far) {
            if (!lead_on(j, so_far, x, &links, &next, &seen, e))
                return false;
        } else {
            for (uint32_t i = 0; i < links.n; i++)
                *vec_push(j->a, &next) = (struct relation_pair){
                    links.v[i].from, links.v[i].to, links.v[i].strength, links.v[i].why, {NULL, 0}};
        }
        if (!walk(j, steps, y, &next, e))
            return false;
    }
    return true;
}

static int by_to(const void *x, const void *y) {
    const struct relation_pair *a = x, *b = y;
    if (a->to != b->to)
        return (a->to > b->to) - (a->to < b->to);
    if (a->strength != b->strength)
        return (a->strength < b->strength) - (a->strength > b->strength);
    return (a->from > b->from) - (a->from < b->from);
}

bool relation_find(struct ctx *c, struct portfolio *p, struct arena *a, const struct catalogue *from,
                   const struct catalogue *to, struct relation *out, struct err *e) {
    struct joining j = {.c = c, .p = p, .a = a, .from = from, .to = to, .out = out};
    struct map steps;
    *out = (struct relation){.from = from, .to = to};
    map_init(&j.known, a);
    map_init(&j.seen, a);
    map_init(&steps, a);
    map_put(&j.known, from->id, NULL)->value = (void *)(uintptr_t)from; // NOLINT(performance-no-int-to-ptr): read only
    map_put(&j.known, to->id, NULL)->value = (void *)(uintptr_t)to;     // NOLINT(performance-no-int-to-ptr): read only
    if (str_eq(from->id, to->id)) {
        for (uint32_t i = 0; i < from->practices.n; i++)
            *vec_push(a, &out->pairs) = (struct relation_pair){.from = i, .to = i, .strength = MAP_EQUAL};
        out->steps = 1;
        return true;
    }
    if (!mappings_all(c, p, a, &j.maps, e) || !measure(&j, &steps, e))
        return false;
    uintptr_t far = (uintptr_t)map_get(&steps, from->id);
    if (!far || far - 1 > RELATION_STEPS)
        return true;
    out->steps = (uint32_t)far - 1;
    if (!walk(&j, &steps, from, NULL, e))
        return false;
    if (out->pairs.n)
        qsort(out->pairs.v, out->pairs.n, sizeof *out->pairs.v, by_to);
    return true;
}
