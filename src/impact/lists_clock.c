/* SPDX-License-Identifier: Apache-2.0
 *
 * Findings by clock: cases in the order in which they are due (lists_cases.c), each opened into the findings it lists;
 * then the rest.
 */
#include <stdlib.h>

#include "impact/lists_inner.h"

enum { FEW_PRODUCTS = 64, FEW_RELEASES = 8, KEPT_BYTES = 32 << 20 };

struct listed { /* a finding's flaw and hit in the case at hand */
    struct flaw_row flaw;
    struct hit_row hit;
};
struct of_product {
    uint32_t *ids, n;            /* its releases */
    uint32_t seen;               /* documents of them that count */
    struct component_ids *parts; /* what is in each of those; NULL: not read */
};
struct clock_list {
    struct arena *a;                  /* of a case */
    const roaring_bitmap_t *products; /* that the list is limited to; NULL: all */
    roaring_bitmap_t *releases;       /* of the case's product */
    struct of_product *of;            /* the same */
    struct arena *kept;
    struct map known;          /* product (8 bytes) → struct of_product */
    struct map flaws;          /* name → struct flaw_row; in `kept` too */
    struct flaw_names names;   /* of the flaw at hand, once cases are through */
    struct due_findings taken; /* of that, once it is asked for */
    bool has_taken;
    struct lists_past *past; /* NULL: the order of now */
};

/* ── products ── */

static bool is_limited_out(const struct clock_list *k, int64_t product) {
    return k->products &&
           (product < 0 || product >= UINT32_MAX || !roaring_bitmap_contains(k->products, (uint32_t)product));
}

/* ── a case ── */

static int most_severe(const void *x, const void *y) {
    const struct listed *a = x, *b = y;
    if (a->flaw.score != b->flaw.score)
        return a->flaw.score > b->flaw.score ? -1 : 1;
    if (a->flaw.number != b->flaw.number)
        return a->flaw.number > b->flaw.number ? -1 : 1;
    return a->hit.component < b->hit.component ? -1 : a->hit.component > b->hit.component;
}

VEC_NAMED(listings, struct listed);

static bool of_flaw(struct paging *x, struct arena *a, str name, struct due_findings *out, struct err *e) {
    struct due_findings all = {0};
    if (!due_of_flaw(x->f->p, a, name, &all, e))
        return false;
    lists_past_findings(x->clock->past, a, name, &all);
    for (uint32_t i = 0; i < all.n; i++)
        *vec_push(a, out) = all.v[i];
    return true;
}

static bool stood_before(struct paging *x, str component, str name, bool *yes, struct err *e) {
    struct due_findings all = {0};
    if (!of_flaw(x, x->clock->a, name, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n && !*yes; i++)
        *yes = all.v[i].in.product == x->in->product && due_order(&all.v[i].in, x->in) < 0 &&
               str_eq(all.v[i].component, component);
    return true;
}

/* What an earlier case of the product lists, by any name of the flaw, stands there. */
static bool stands_before(struct paging *x, str component, int64_t flaw, bool *yes, struct err *e) {
    struct flaw_names names;
    *yes = false;
    if (!hits_names(x->f->p, x->clock->a, flaw, &names, e))
        return false;
    for (uint32_t i = 0; i < names.n && !*yes; i++)
        if (!(x->clock->past ? stood_before(x, component, names.v[i], yes, e)
                             : due_before(x->f->p, x->in, component, names.v[i], yes, e)))
            return false;
    return true;
}

/* Told without reading what it is. */
static bool may_be_listed(const struct paging *x, component_id id) {
    const struct of_product *of = x->clock->of;
    bool in = !of->parts;
    for (uint32_t i = 0; of->parts && i < of->seen && !in; i++)
        in = is_component_in(&of->parts[i], id);
    return in && component_wished(x->f, id);
}

/* By its name; the same flaw stands in many cases. NULL: no flaw of that name, or none that is wished. */
static bool know_flaw(struct paging *x, str name, const struct flaw_row **out, struct err *e) {
    struct clock_list *k = x->clock;
    struct map_entry *at = map_find(&k->flaws, name);
    if (!at) {
        struct arena_mark m = arena_mark(k->kept);
        struct flaw_row *row = arena_new_of(k->kept, struct flaw_row);
        bool found;
        if (!hits_flaw(x->f->p, k->kept, name, &found, row, e))
            return false;
        if (!found || !flaw_wished(&x->f->wish, row)) {
            arena_reset(k->kept, m);
            row = NULL;
        }
        at = map_put(&k->flaws, arena_str(k->kept, name), NULL);
        at->value = row;
    }
    *out = at->value;
    return true;
}

static bool list_hits(struct paging *x, const struct case_finding *c, component_id id, const struct flaw_row *flaw,
                      struct listings *out, struct err *e) {
    struct listed one = {.flaw = *flaw};
    struct hit_rows hits;
    bool before;
    if (!hits_of_component(x->f->p, x->clock->a, id, &hits, e))
        return false;
    for (uint32_t i = 0; i < hits.n; i++) {
        if (hits.v[i].flaw != flaw->number || !hit_wished(x->f, &hits.v[i]))
            continue;
        one.hit = hits.v[i];
        if (!stands_before(x, c->component, flaw->number, &before, e))
            return false;
        if (!before)
            *vec_push(x->clock->a, out) = one;
    }
    return true;
}

static bool list_finding(struct paging *x, const struct case_finding *c, struct listings *out, struct err *e) {
    struct findings *f = x->f;
    const struct flaw_row *flaw;
    bool found, answer = true;
    component_id id;
    if (!know_flaw(x, c->flaw, &flaw, e))
        return false;
    if (flaw && f->wish.status == FINDINGS_ANSWERED && !status_may_answer(f, flaw->number, x->in->product, &answer, e))
        return false;
    if (!flaw || !answer)
        return true;
    if (!contents_component(f->p->contents, c->component, &found, &id, e))
        return false;
    return !found || !may_be_listed(x, id) || list_hits(x, c, id, flaw, out, e);
}

struct reading {
    struct arena *a;
    struct component_ids *parts;
};
static void keep_parts(void *arg, uint32_t at, const struct component_ids *ids) {
    struct reading *k = arg;
    struct component_ids *out = &k->parts[at];
    out->n = out->cap = ids->n;
    out->v = arena_array(k->a, component_id, ids->n + 1);
    if (ids->n)
        memcpy(out->v, ids->v, ids->n * sizeof *ids->v);
}

static bool read_product(struct paging *x, struct arena *a, int64_t product, struct of_product *out, struct err *e) {
    struct release_rows rows = {0};
    struct arena_mark m = arena_mark(x->row_arena);
    bool ok = contents_releases(x->f->p->contents, x->row_arena, product, (str){NULL, 0}, &rows, e);
    uint32_t *seen = arena_array(x->row_arena, uint32_t, rows.n + 1);
    out->ids = arena_array(a, uint32_t, rows.n + 1);
    for (uint32_t i = 0; ok && i < rows.n; i++) {
        out->ids[out->n++] = rows.v[i].id;
        if (!x->f->mask || roaring_bitmap_contains(x->f->mask, rows.v[i].id))
            seen[out->seen++] = rows.v[i].id;
    }
    if (x->f->mask && out->seen <= FEW_RELEASES)
        out->parts = arena_array(a, struct component_ids, out->seen + 1);
    struct reading into = {a, out->parts};
    ok = ok && (!out->parts || contents_of_each(x->f->p->contents, seen, out->seen, keep_parts, &into, e));
    arena_reset(x->row_arena, m);
    return ok;
}

static void keep_some(struct clock_list *k) {
    if (k->kept && arena_bytes(k->kept) <= KEPT_BYTES)
        return;
    arena_free(k->kept);
    k->kept = arena_new();
    map_init(&k->known, k->kept);
    map_init(&k->flaws, k->kept);
}

/* A product has several cases. */
static bool know_product(struct paging *x, int64_t product, struct err *e) {
    struct clock_list *k = x->clock;
    str key = str_n((const char *)&product, sizeof product);
    keep_some(k);
    k->of = map_get(&k->known, key);
    if (!k->of) {
        struct of_product *of = arena_new_of(k->kept, struct of_product);
        *of = (struct of_product){0};
        if (!read_product(x, k->kept, product, of, e))
            return false;
        map_put(&k->known, arena_str(k->kept, key), NULL)->value = of;
        k->of = of;
    }
    roaring_bitmap_clear(k->releases);
    roaring_bitmap_add_many(k->releases, k->of->n, k->of->ids);
    return true;
}

static bool of_the_product(struct paging *x, str purl, roaring_bitmap_t *releases, struct err *e) {
    (void)purl;
    (void)e;
    roaring_bitmap_and_inplace(releases, x->clock->releases);
    return true;
}

static bool put_listed(struct paging *x, const struct listed *l, struct err *e) {
    struct arena_mark m = arena_mark(x->flaw_arena);
    bool ok = status_flaw(x->f, x->flaw_arena, l->flaw.number, x->in->product, &x->said, e);
    x->flaw = &l->flaw;
    if (ok && (x->said.some || x->f->wish.status != FINDINGS_ANSWERED))
        ok = paging_hits(x, &l->hit, 1, e);
    status_flaw_end(&x->said);
    arena_reset(x->flaw_arena, m);
    return ok;
}

static bool open_case(struct paging *x, const struct due_case *c, struct err *e) {
    struct clock_list *k = x->clock;
    struct arena_mark m = arena_mark(k->a);
    struct case_findings findings = {0};
    struct listings list = {0};
    x->in = c;
    x->at = 0;
    const struct case_findings *then = NULL;
    bool ok = know_product(x, c->product, e);
    if (ok && k->of->seen && lists_past_case(k->past, c->number, &then))
        findings = *then;
    else if (ok && k->of->seen)
        ok = case_findings(x->f->p, k->a, c->number, &findings, e);
    for (uint32_t i = 0; ok && i < findings.n; i++)
        ok = list_finding(x, &findings.v[i], &list, e);
    if (ok && list.n)
        qsort(list.v, list.n, sizeof *list.v, most_severe);
    for (uint32_t i = 0; ok && !x->more && i < list.n; i++)
        if (!i || most_severe(&list.v[i - 1], &list.v[i]) != 0) /* under two names */
            ok = put_listed(x, &list.v[i], e);
    x->skip = 0;
    x->in = NULL;
    arena_reset(k->a, m);
    return ok;
}

/* ── cases in order ── */

static bool cases_in_order(struct paging *x, struct due_case after, struct err *e) {
    struct due_walk *w;
    struct due_case c;
    bool found = true, ok = due_walk_begin(x, x->clock->past, x->clock->products, after, &w, e);
    while (ok && found && !x->more)
        ok = due_walk_next(w, &c, &found, e) && (!found || open_case(x, &c, e));
    return ok;
}

/* The case a page ended in, if it is still due, then those behind its place. */
static bool resume_case(struct paging *x, const struct cursor *from, struct due_case *after, struct err *e) {
    struct due_case c;
    bool found;
    int64_t number;
    if (!str_i64(str_from(from->name, 5), &number))
        return true;
    *after = (struct due_case){.number = number, .due = from->value};
    const struct due_case *then = lists_past_case(x->clock->past, number, NULL);
    if (then)
        c = *then;
    if (!(found = then != NULL) && !lists_past_moved(x->clock->past, number) &&
        !due_of_case(x->f->p, number, &found, &c, e))
        return false;
    if (!found || c.due != from->value || is_limited_out(x->clock, c.product))
        return true;
    x->skip = from->offset;
    return open_case(x, &c, e);
}

/* ── the rest ── */

static bool read_taken(struct paging *x, struct err *e) {
    struct clock_list *k = x->clock;
    for (uint32_t i = 0; i < k->names.n && !k->has_taken; i++)
        if (!of_flaw(x, x->flaw_arena, k->names.v[i], &k->taken, e))
            return false;
    k->has_taken = true;
    return true;
}

/* Of few products each is asked whether a case of it lists the finding; else all that lists the flaw is read. */
static bool in_cases(struct paging *x, str purl, const int64_t *of, uint64_t n, roaring_bitmap_t *out, struct err *e) {
    struct clock_list *k = x->clock;
    roaring_bitmap_t *products = roaring_bitmap_create();
    for (uint64_t i = 0; i < n; i++)
        if (of[i] >= 0 && of[i] < UINT32_MAX)
            roaring_bitmap_add(products, (uint32_t)of[i]);
    bool ok = true, few = !k->past && !k->has_taken && roaring_bitmap_get_cardinality(products) <= FEW_PRODUCTS;
    uint32_t some[FEW_PRODUCTS], left = few ? (uint32_t)roaring_bitmap_get_cardinality(products) : 0;
    if (left)
        roaring_bitmap_to_uint32_array(products, some);
    for (uint32_t i = 0; ok && left && i < k->names.n; i++)
        ok = due_listing(x->f->p, x->row_arena, some, left, purl, k->names.v[i], out, e);
    roaring_bitmap_free(products);
    ok = ok && (few || read_taken(x, e));
    for (uint32_t i = 0; ok && !few && i < k->taken.n; i++)
        if (k->taken.v[i].in.product >= 0 && k->taken.v[i].in.product < UINT32_MAX &&
            str_eq(k->taken.v[i].component, purl))
            roaring_bitmap_add(out, (uint32_t)k->taken.v[i].in.product);
    return ok;
}

/* Those that stand in a case: found by their products. */
static bool not_in_cases(struct paging *x, str purl, roaring_bitmap_t *releases, struct err *e) {
    roaring_bitmap_t *taken = roaring_bitmap_create();
    uint64_t n = roaring_bitmap_get_cardinality(releases);
    uint32_t *ids = malloc((n + 1) * sizeof *ids);
    int64_t *of = malloc((n + 1) * sizeof *of);
    if (!ids || !of)
        abort();
    roaring_bitmap_to_uint32_array(releases, ids);
    bool ok = contents_products(x->f->p->contents, ids, (uint32_t)n, of, e) && in_cases(x, purl, of, n, taken, e);
    for (uint64_t i = 0; ok && i < n; i++)
        if (of[i] >= 0 && of[i] < UINT32_MAX && roaring_bitmap_contains(taken, (uint32_t)of[i]))
            roaring_bitmap_remove(releases, ids[i]);
    free(of);
    free(ids);
    roaring_bitmap_free(taken);
    return ok;
}

bool clock_flaw(struct paging *x, const struct flaw_row *flaw, struct err *e) {
    x->clock->taken = (struct due_findings){0};
    x->clock->has_taken = false;
    return hits_names(x->f->p, x->flaw_arena, flaw->number, &x->clock->names, e);
}

/* ── both ── */

static void list_end(void *arg) {
    struct clock_list *k = arg;
    roaring_bitmap_free(k->releases);
    arena_free(k->kept);
    arena_free(k->a);
}

bool clock_page(struct paging *x, const struct cursor *from, struct err *e) {
    struct findings *f = x->f;
    if (f->wish.sort != FINDINGS_BY_CLOCK || f->nothing)
        return true;
    struct clock_list *k = arena_new_of(f->a, struct clock_list);
    *k = (struct clock_list){.a = arena_new(), .releases = roaring_bitmap_create()};
    arena_defer(f->a, list_end, k);
    x->clock = k;
    bool in_cases = !from->name.p || str_starts(from->name, S("case:"));
    struct due_case after = {.number = INT64_MIN, .due = INT64_MIN};
    bool ok = lists_past_find(f, &k->past, e) && findings_products(f, &k->products, e);
    x->narrow = of_the_product;
    if (ok && from->name.p && in_cases)
        ok = resume_case(x, from, &after, e);
    if (ok && in_cases && !x->more)
        ok = cases_in_order(x, after, e);
    x->narrow = not_in_cases;
    return ok;
}
