/* SPDX-License-Identifier: Apache-2.0
 *
 * Findings by clock: cases in the order in which they are due, each opened into the findings it lists; then the rest.
 * Cases come from an index over all of them, unless a filter or the reader leaves so few flaws or products that theirs
 * are gathered and sorted.
 */
#include <stdlib.h>

#include "impact/lists_inner.h"

enum { FEW_PRODUCTS = 1000, FEW_CASES = 4096, FEW_RELEASES = 8, KEPT_BYTES = 32 << 20 };

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
    struct due_findings taken; /* of the flaw at hand, once cases are through */
    struct lists_past *past;   /* NULL: the order of now */
};

/* ── products ── */

static bool is_limited_out(const struct clock_list *k, int64_t product) {
    return k->products &&
           (product < 0 || product >= UINT32_MAX || !roaring_bitmap_contains(k->products, (uint32_t)product));
}

static int by_due(const void *x, const void *y) {
    const struct due_case *a = x, *b = y;
    if (a->due != b->due)
        return a->due < b->due ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
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
        *yes = all.v[i].in.product == x->in->product && by_due(&all.v[i].in, x->in) < 0 &&
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

static bool list_finding(struct paging *x, const struct case_finding *c, struct listings *out, struct err *e) {
    struct findings *f = x->f;
    struct arena *a = x->clock->a;
    struct listed one;
    struct hit_rows hits;
    bool found, before, answer = true;
    component_id id;
    if (!contents_component(f->p->contents, c->component, &found, &id, e))
        return false;
    if (!found || !may_be_listed(x, id))
        return true;
    if (!hits_flaw(f->p, a, c->flaw, &found, &one.flaw, e))
        return false;
    if (!found || !flaw_wished(&f->wish, &one.flaw))
        return true;
    if (f->wish.status == FINDINGS_ANSWERED && !status_may_answer(f, one.flaw.number, x->in->product, &answer, e))
        return false;
    if (!answer)
        return true;
    if (!hits_of_component(f->p, a, id, &hits, e))
        return false;
    for (uint32_t i = 0; i < hits.n; i++) {
        if (hits.v[i].flaw != one.flaw.number || !hit_wished(f, &hits.v[i]))
            continue;
        one.hit = hits.v[i];
        if (!stands_before(x, c->component, one.flaw.number, &before, e))
            return false;
        if (!before)
            *vec_push(a, out) = one;
    }
    return true;
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
    for (uint32_t i = 0; ok && out->parts && i < out->seen; i++)
        ok = contents_of(x->f->p->contents, a, seen[i], &out->parts[i], e);
    arena_reset(x->row_arena, m);
    return ok;
}

/* A product has several cases. */
static bool know_product(struct paging *x, int64_t product, struct err *e) {
    struct clock_list *k = x->clock;
    str key = str_n((const char *)&product, sizeof product);
    if (!k->kept || arena_bytes(k->kept) > KEPT_BYTES) {
        arena_free(k->kept);
        k->kept = arena_new();
        map_init(&k->known, k->kept);
    }
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
    bool ok = status_flaw(x->f, x->flaw_arena, l->flaw.number, &x->said, e);
    x->flaw = &l->flaw;
    if (ok && (x->said.all.n || x->f->wish.status != FINDINGS_ANSWERED))
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

/* Of few products, or of few flaws; *few false where neither is so. */
static bool gather_cases(struct paging *x, bool *few, struct due_cases *out, struct err *e) {
    struct findings *f = x->f;
    struct clock_list *k = x->clock;
    struct flaw_rows flaws;
    *out = (struct due_cases){0};
    *few = k->products && roaring_bitmap_get_cardinality(k->products) <= FEW_PRODUCTS;
    if (*few) {
        uint32_t products[FEW_PRODUCTS];
        uint64_t n = roaring_bitmap_get_cardinality(k->products);
        roaring_bitmap_to_uint32_array(k->products, products);
        for (uint64_t i = 0; i < n; i++)
            if (!due_of_product(f->p, f->a, products[i], scores_wished(&f->wish), out, e))
                return false;
        lists_past_cases(k->past, f->a, out);
        return true;
    }
    if (f->wish.status == FINDINGS_ANSWERED && !f->wish.package) {
        *few = true;
        if (!due_answered(f->p, f->a, out, e))
            return false;
        lists_past_cases(k->past, f->a, out);
        return true;
    }
    if (!flaws_filtered(f, f->a, few, &flaws, e))
        return false;
    for (uint32_t i = 0; i < flaws.n && *few; i++) {
        struct flaw_names names;
        struct due_findings some = {0};
        if (!hits_names(f->p, f->a, flaws.v[i].number, &names, e))
            return false;
        for (uint32_t n = 0; n < names.n; n++)
            if (!of_flaw(x, f->a, names.v[n], &some, e))
                return false;
        for (uint32_t n = 0; n < some.n; n++)
            if (!n || some.v[n].in.number != some.v[n - 1].in.number)
                *vec_push(f->a, out) = some.v[n].in;
        *few = out->n < FEW_CASES; /* of many, some are met soon */
    }
    return true;
}

static bool put_cases(struct paging *x, struct due_cases *cases, const struct due_case *after, struct err *e) {
    for (uint32_t i = 0; i < cases->n && !x->more; i++) {
        const struct due_case *c = &cases->v[i];
        if (by_due(c, after) <= 0 || (i && cases->v[i - 1].number == c->number) || is_limited_out(x->clock, c->product))
            continue;
        if (!open_case(x, c, e))
            return false;
    }
    return true;
}

/* A page of now as it was: up to its last place, or to the end. */
static void put_between(const struct lists_past *past, struct arena *a, const struct due_case *after,
                        const struct due_case *last, struct due_cases *page) {
    uint32_t kept = 0;
    lists_past_cases(past, a, page);
    for (uint32_t i = 0; i < page->n; i++)
        if (by_due(&page->v[i], after) > 0 && (!last || by_due(&page->v[i], last) <= 0))
            page->v[kept++] = page->v[i];
    page->n = kept;
    if (kept)
        qsort(page->v, kept, sizeof *page->v, by_due);
}

static bool walk_cases(struct paging *x, struct due_case after, struct err *e) {
    struct arena *a = arena_new();
    struct due_cases page;
    bool ok, full;
    do {
        struct arena_mark m = arena_mark(a);
        ok = due_next(x->f->p, a, after, scores_wished(&x->f->wish), &page, e);
        full = ok && page.n == 256;
        struct due_case last = ok && page.n ? page.v[page.n - 1] : after;
        if (ok && x->clock->past)
            put_between(x->clock->past, a, &after, full ? &last : NULL, &page);
        ok = ok && put_cases(x, &page, &after, e);
        after = last;
        arena_reset(a, m);
    } while (ok && full && !x->more);
    arena_free(a);
    return ok;
}

static bool cases_in_order(struct paging *x, struct due_case after, struct err *e) {
    struct due_cases cases;
    bool few;
    if (!gather_cases(x, &few, &cases, e))
        return false;
    if (!few)
        return walk_cases(x, after, e);
    if (cases.n)
        qsort(cases.v, cases.n, sizeof *cases.v, by_due);
    return put_cases(x, &cases, &after, e);
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

/* Those that stand in a case: found by their products. */
static bool not_in_cases(struct paging *x, str purl, roaring_bitmap_t *releases, struct err *e) {
    const struct due_findings *taken = &x->clock->taken;
    roaring_bitmap_t *products = roaring_bitmap_create();
    for (uint32_t i = 0; i < taken->n; i++)
        if (taken->v[i].in.product >= 0 && taken->v[i].in.product < UINT32_MAX && str_eq(taken->v[i].component, purl))
            roaring_bitmap_add(products, (uint32_t)taken->v[i].in.product);
    bool ok = true;
    uint64_t n = roaring_bitmap_is_empty(products) ? 0 : roaring_bitmap_get_cardinality(releases);
    uint32_t *ids = malloc((n ? n : 1) * sizeof *ids);
    int64_t *of = malloc((n ? n : 1) * sizeof *of);
    if (!ids || !of)
        abort();
    if (n) {
        roaring_bitmap_to_uint32_array(releases, ids);
        ok = contents_products(x->f->p->contents, ids, (uint32_t)n, of, e);
    }
    for (uint64_t i = 0; ok && i < n; i++)
        if (of[i] >= 0 && of[i] < UINT32_MAX && roaring_bitmap_contains(products, (uint32_t)of[i]))
            roaring_bitmap_remove(releases, ids[i]);
    free(of);
    free(ids);
    roaring_bitmap_free(products);
    return ok;
}

bool clock_flaw(struct paging *x, const struct flaw_row *flaw, struct err *e) {
    struct flaw_names names;
    x->clock->taken = (struct due_findings){0};
    bool ok = hits_names(x->f->p, x->flaw_arena, flaw->number, &names, e);
    for (uint32_t i = 0; ok && i < names.n; i++)
        ok = of_flaw(x, x->flaw_arena, names.v[i], &x->clock->taken, e);
    return ok;
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
