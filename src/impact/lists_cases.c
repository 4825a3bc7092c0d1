/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases in the order in which they are due, of those products and flaws that a list is limited to. Of a package, or of
 * few products, their orders are merged; of few flaws their cases are gathered and sorted; else all are walked. A walk,
 * or a package, that passes over too many cases of others goes on as a merge of products.
 */
#include <stdlib.h>

#include "impact/lists_inner.h"

enum {
    FEW_PRODUCTS = 4096,   /* an index is asked for each before the first case is known */
    MOST_PRODUCTS = 65536, /* where a walk led nowhere */
    PASSED = 8192,
    FEW_CASES = 1024,
    AT_ONCE = 1024, /* products in one question */
    FIRST = 4,
    THEN = 32
};

struct of_one { /* cases of a product, or of a package, read some at a time */
    int64_t product, package;
    struct due_case *v;
    uint32_t at, n, room;
    bool end;
};
struct due_walk {
    struct paging *x;
    struct arena *a, *page_arena;
    const roaring_bitmap_t *products; /* NULL: all */
    struct due_wish wish;
    struct due_case after;
    int64_t packages[FEW_PACKAGES]; /* that the list is limited to */
    uint32_t n_packages;            /* 0: any */
    enum { WALK, MERGE, MERGE_PACKAGES, GATHERED } how;
    struct due_cases page; /* WALK, GATHERED */
    uint32_t at, passed;
    bool end;
    struct of_one **heap; /* merging: the next one due on top */
    uint32_t n_heap;
    struct due_case start, ahead; /* ahead: the next one of now, where has_ahead */
    bool has_ahead, is_ahead;     /* is_ahead: there is one */
    struct due_cases past;        /* that stood elsewhere then, in order */
    uint32_t past_at;
    const struct lists_past *then;
};

int due_order(const void *x, const void *y) {
    const struct due_case *a = x, *b = y;
    if (a->due != b->due)
        return a->due < b->due ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool is_limited_out(const struct due_walk *w, int64_t product) {
    return w->products &&
           (product < 0 || product >= UINT32_MAX || !roaring_bitmap_contains(w->products, (uint32_t)product));
}

/* ── merging ── */

static int heap_order(const struct of_one *x, const struct of_one *y) { return due_order(&x->v[x->at], &y->v[y->at]); }

static void sift(struct due_walk *w, uint32_t at) {
    for (;;) {
        uint32_t least = at;
        for (uint32_t k = 2 * at + 1; k <= 2 * at + 2 && k < w->n_heap; k++)
            if (heap_order(w->heap[k], w->heap[least]) < 0)
                least = k;
        if (least == at)
            return;
        struct of_one *o = w->heap[at];
        w->heap[at] = w->heap[least];
        w->heap[least] = o;
        at = least;
    }
}

static bool refill(struct due_walk *w, struct of_one *o, uint32_t most, struct err *e) {
    struct portfolio *p = w->x->f->p;
    struct due_case from = o->n ? o->v[o->n - 1] : w->after;
    struct arena_mark m = arena_mark(w->page_arena);
    struct due_cases some = {0};
    bool ok = w->how == MERGE_PACKAGES
                  ? due_of_package(p, w->page_arena, o->package, from, &w->wish, most, &some, e)
                  : due_of_product(p, w->page_arena, o->product, o->package, from, &w->wish, most, &some, e);
    if (ok && some.n > o->room) {
        o->room = some.n;
        o->v = arena_array(w->a, struct due_case, some.n);
    }
    if (ok && some.n)
        memcpy(o->v, some.v, some.n * sizeof *o->v);
    o->at = 0;
    o->n = ok ? some.n : 0;
    o->end = some.n < most;
    arena_reset(w->page_arena, m);
    return ok;
}

static bool heap_add(struct due_walk *w, struct of_one one, uint32_t most, struct err *e) {
    if (!refill(w, &one, most, e))
        return false;
    if (!one.n)
        return true;
    w->heap[w->n_heap] = arena_new_of(w->a, struct of_one);
    *w->heap[w->n_heap++] = one;
    return true;
}
static void heap_begin(struct due_walk *w, uint32_t n) {
    w->heap = arena_array(w->a, struct of_one *, n + 1);
    w->n_heap = 0;
}
static void heap_sort(struct due_walk *w) {
    for (uint32_t i = w->n_heap / 2; i-- > 0;)
        sift(w, i);
}

/* The first cases of each, in one question: over a network as many questions as products are the wait of a list. */
static bool add_products(struct due_walk *w, const uint32_t *products, uint32_t n, int64_t package, struct err *e) {
    struct due_cases all;
    if (!due_of_each(w->x->f->p, w->a, products, n, package, w->after, &w->wish, FIRST, &all, e))
        return false;
    for (uint32_t from = 0, to; from < all.n; from = to) {
        for (to = from + 1; to < all.n && all.v[to].product == all.v[from].product;)
            to++;
        struct of_one *o = w->heap[w->n_heap++] = arena_new_of(w->a, struct of_one);
        *o = (struct of_one){.product = all.v[from].product,
                             .package = package,
                             .v = all.v + from,
                             .n = to - from,
                             .room = to - from,
                             .end = to - from < FIRST};
    }
    return true;
}

static bool merge_products(struct due_walk *w, struct err *e) {
    int64_t package = w->n_packages == 1 ? w->packages[0] : DUE_ANY_PACKAGE;
    roaring_uint32_iterator_t it;
    uint32_t some[AT_ONCE], n;
    w->how = MERGE;
    heap_begin(w, (uint32_t)roaring_bitmap_get_cardinality(w->products));
    roaring_init_iterator(w->products, &it);
    while ((n = roaring_read_uint32_iterator(&it, some, AT_ONCE)) > 0)
        if (!add_products(w, some, n, package, e))
            return false;
    heap_sort(w);
    return true;
}

/* Those of no one package may list it too. */
static bool merge_packages(struct due_walk *w, struct err *e) {
    w->how = MERGE_PACKAGES;
    heap_begin(w, w->n_packages + 1);
    for (uint32_t i = 0; i <= w->n_packages; i++) {
        struct of_one one = {.package = i < w->n_packages ? w->packages[i] : DUE_NO_PACKAGE};
        if (!heap_add(w, one, DUE_PAGE, e))
            return false;
    }
    heap_sort(w);
    return true;
}

static bool merge_next(struct due_walk *w, struct due_case *out, bool *found, struct err *e) {
    *found = w->n_heap > 0;
    if (!*found)
        return true;
    struct of_one *o = w->heap[0];
    *out = o->v[o->at++];
    if (o->at == o->n && (o->end || !refill(w, o, w->how == MERGE_PACKAGES ? DUE_PAGE : THEN, e))) {
        if (!o->end)
            return false;
        o->n = 0;
    }
    if (!o->n)
        w->heap[0] = w->heap[--w->n_heap];
    if (w->n_heap)
        sift(w, 0);
    return true;
}

/* ── of all, or of packages ── */

/* Where most are of other products, those of the list are asked one by one. */
static bool is_led_nowhere(const struct due_walk *w) {
    return w->passed > PASSED && roaring_bitmap_get_cardinality(w->products) <= MOST_PRODUCTS;
}

static bool packages_next(struct due_walk *w, struct due_case *out, bool *found, struct err *e) {
    for (;;) {
        if (!merge_next(w, out, found, e))
            return false;
        if (!*found)
            return true;
        w->after = *out;
        if (!is_limited_out(w, out->product))
            return true;
        w->passed++;
        if (is_led_nowhere(w))
            return merge_products(w, e) && merge_next(w, out, found, e);
    }
}

/* ── few flaws ── */

static bool gather_flaw(struct due_walk *w, int64_t flaw, struct err *e) {
    struct findings *f = w->x->f;
    struct flaw_names names;
    if (!hits_names(f->p, w->a, flaw, &names, e))
        return false;
    for (uint32_t i = 0; i < names.n && w->page.n < FEW_CASES; i++)
        if (!due_of_flaw_some(f->p, w->a, names.v[i], w->wish.answered, FEW_CASES, &w->page, e))
            return false;
    return true;
}

/* Of many, some are met soon. */
static bool gather(struct due_walk *w, bool *few, struct err *e) {
    struct flaw_rows flaws;
    if (!flaws_filtered(w->x->f, w->a, few, &flaws, e))
        return false;
    *few &= flaws.n < FEW_CASES;
    for (uint32_t i = 0; i < flaws.n && *few; i++) {
        if (!gather_flaw(w, flaws.v[i].number, e))
            return false;
        *few = w->page.n < FEW_CASES;
    }
    if (!*few)
        w->page.n = 0;
    else if (w->page.n)
        qsort(w->page.v, w->page.n, sizeof *w->page.v, due_order);
    return true;
}

static bool gathered_next(struct due_walk *w, struct due_case *out, bool *found) {
    while (w->at < w->page.n && (due_order(&w->page.v[w->at], &w->after) <= 0 ||
                                 (w->at && w->page.v[w->at - 1].number == w->page.v[w->at].number) ||
                                 is_limited_out(w, w->page.v[w->at].product)))
        w->at++;
    *found = w->at < w->page.n;
    if (*found)
        *out = w->page.v[w->at++];
    return true;
}

static bool read_page(struct due_walk *w, struct err *e) {
    arena_reset(w->page_arena, (struct arena_mark){0});
    w->at = 0;
    if (!due_next(w->x->f->p, w->page_arena, w->after, &w->wish, &w->page, e))
        return false;
    w->end = w->page.n < DUE_PAGE;
    return true;
}

static bool walk_next(struct due_walk *w, struct due_case *out, bool *found, struct err *e) {
    *found = false;
    for (;;) {
        for (; w->at < w->page.n && !*found; w->at++) {
            w->after = *out = w->page.v[w->at];
            *found = !is_limited_out(w, out->product);
            w->passed = *found ? w->passed : w->passed + 1;
        }
        if (*found || w->end)
            return true;
        if (is_led_nowhere(w))
            return merge_products(w, e) && merge_next(w, out, found, e);
        if (!read_page(w, e))
            return false;
    }
}

/* ── whichever ── */

static void walk_end(void *arg) {
    struct due_walk *w = arg;
    arena_free(w->page_arena);
    arena_free(w->a);
}

static struct due_wish wished(const struct findings_wish *w) {
    return (struct due_wish){.scores = scores_wished(w),
                             .kev = w->kev         ? 2
                                    : w->exploited ? 1
                                                   : 0,
                             .epss = w->epss ? w->epss : -1,
                             .answered = w->status == FINDINGS_ANSWERED};
}

bool due_walk_begin(struct paging *x, const struct lists_past *past, const roaring_bitmap_t *products,
                    struct due_case after, struct due_walk **out, struct err *e) {
    struct due_walk *w = arena_new_of(x->f->a, struct due_walk);
    *w = (struct due_walk){.x = x,
                           .a = arena_new(),
                           .page_arena = arena_new(),
                           .products = products,
                           .wish = wished(&x->f->wish),
                           .after = after,
                           .start = after,
                           .then = past};
    arena_defer(x->f->a, walk_end, w);
    *out = w;
    lists_past_cases(past, w->a, &w->past);
    if (few_packages(x->f->wish.package, w->packages, &w->n_packages))
        return merge_packages(w, e);
    bool few = products && roaring_bitmap_get_cardinality(products) <= FEW_PRODUCTS;
    if (few)
        return merge_products(w, e);
    if (!gather(w, &few, e))
        return false;
    w->how = few ? GATHERED : WALK;
    return true;
}

static bool next_of_now(struct due_walk *w, struct due_case *out, bool *found, struct err *e) {
    do {
        bool ok = w->how == MERGE            ? merge_next(w, out, found, e)
                  : w->how == MERGE_PACKAGES ? packages_next(w, out, found, e)
                  : w->how == GATHERED       ? gathered_next(w, out, found)
                                             : walk_next(w, out, found, e);
        if (!ok)
            return false;
    } while (*found && lists_past_moved(w->then, out->number));
    return true;
}

bool due_walk_next(struct due_walk *w, struct due_case *out, bool *found, struct err *e) {
    if (!w->has_ahead && !next_of_now(w, &w->ahead, &w->is_ahead, e))
        return false;
    w->has_ahead = true;
    while (w->past_at < w->past.n &&
           (due_order(&w->past.v[w->past_at], &w->start) <= 0 || is_limited_out(w, w->past.v[w->past_at].product)))
        w->past_at++;
    if (w->past_at < w->past.n && (!w->is_ahead || due_order(&w->past.v[w->past_at], &w->ahead) < 0)) {
        *out = w->past.v[w->past_at++];
        return *found = true;
    }
    *out = w->ahead;
    *found = w->is_ahead;
    w->has_ahead = false;
    return true;
}
