/* SPDX-License-Identifier: Apache-2.0
 *
 * What a list of findings is limited to.
 */
#include "impact/lists.h"

#include <stdlib.h>

#include "impact/lists_inner.h"
#include "impact/reach.h"
#include "vuln/cvss.h"

bool findings_sort_parse(str word, enum findings_sort *out) {
    static const char *const names[FINDINGS_SORTS] = {"severity", "epss", "kev", "newest", "clock"};
    for (size_t i = 0; i < FINDINGS_SORTS; i++)
        if (str_is(word, names[i])) {
            *out = (enum findings_sort)i;
            return true;
        }
    return false;
}

/* ── how often ── */

static uint32_t slot_of(const struct occurrences *o, component_id id) {
    uint64_t h = (uint64_t)id * 0x9E3779B97F4A7C15u;
    uint32_t at = (uint32_t)(h >> 32) & o->mask;
    while (o->v[at].id && o->v[at].id != id)
        at = (at + 1) & o->mask;
    return at;
}

static void occurrences_grow(struct occurrences *o) {
    struct occurrences more = {.mask = o->v ? o->mask * 2 + 1 : 4095};
    more.v = calloc((size_t)more.mask + 1, sizeof *more.v);
    if (!more.v)
        abort();
    for (uint32_t i = 0; o->v && i <= o->mask; i++)
        if (o->v[i].id) {
            more.v[slot_of(&more, o->v[i].id)] = o->v[i];
            more.n++;
        }
    free(o->v);
    *o = more;
}

void occurrences_add(struct occurrences *o, component_id id, uint32_t n) {
    if (!o->v || o->n >= o->mask / 2)
        occurrences_grow(o);
    struct occurrence *at = &o->v[slot_of(o, id)];
    o->n += !at->id;
    at->id = id;
    at->n += n;
}
uint32_t occurrences_of(const struct occurrences *o, component_id id) {
    return o->v ? o->v[slot_of(o, id)].n : 0; /* a free slot has none */
}
void occurrences_free(struct occurrences *o) {
    free(o->v);
    *o = (struct occurrences){0};
}

/* ── what counts ── */

bool flaw_wished(const struct findings_wish *w, const struct flaw_row *f) {
    enum severity s = f->score < 0 ? SEVERITY_UNKNOWN : severity_of_score((double)f->score / 10);
    if (w->severities && !(w->severities & 1U << s))
        return false;
    if ((w->kev && !f->kev) || (w->epss && f->epss < w->epss))
        return false;
    return !w->exploited || f->kev || str_is(f->exploitation, "active");
}

bool is_component_in(const struct component_ids *ids, component_id id) {
    uint32_t low = 0, high = ids->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ids->v[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ids->n && ids->v[low] == id;
}

bool component_wished(const struct findings *f, component_id id) {
    if (f->narrow && !occurrences_of(&f->in, id))
        return false;
    if (!f->wish.package)
        return true;
    return is_component_in(&f->wish.package->components, id);
}

int64_t flaw_value(enum findings_sort by, const struct flaw_row *f) {
    switch (by) {
    case FINDINGS_BY_EPSS: return f->epss;
    case FINDINGS_BY_KEV: return -f->kev_due;
    case FINDINGS_BY_NEWEST: return f->seen;
    case FINDINGS_BY_SEVERITY:
    case FINDINGS_BY_CLOCK:
    case FINDINGS_SORTS: break;
    }
    return f->score;
}

static void hold(struct findings *f, component_id id, uint32_t release) {
    if (f->n_held == f->cap_held) {
        f->cap_held = f->cap_held ? f->cap_held * 2 : 4096;
        f->held = realloc(f->held, f->cap_held * sizeof *f->held);
        if (!f->held)
            abort();
    }
    f->held[f->n_held++] = (struct pair){id, release};
}

static void sort_held(struct findings *f) {
    struct pair *room = f->held_sorted ? NULL : malloc((f->n_held + 1) * sizeof *room);
    if (f->held_sorted)
        return;
    if (!room)
        abort();
    pairs_sort(f->held, room, f->n_held);
    free(room);
    f->held_sorted = true;
}

/* What is in few releases was read already. */
static void held_with(struct findings *f, const component_id *ids, uint32_t n, roaring_bitmap_t **out) {
    sort_held(f);
    for (uint32_t i = 0; i < n; i++) {
        size_t low = 0, high = f->n_held;
        out[i] = roaring_bitmap_create();
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (f->held[middle].id < ids[i])
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < f->n_held && f->held[low].id == ids[i]; low++)
            roaring_bitmap_add(out[i], f->held[low].at);
    }
}

bool releases_with(struct findings *f, const component_id *ids, uint32_t n, roaring_bitmap_t **out, struct err *e) {
    if (f->narrow)
        held_with(f, ids, n, out);
    else if (!contents_bitmaps(f->p->contents, ids, n, f->limit, f->mask, out, e))
        return false;
    bool ok = true;
    if (f->narrow && !f->twins)
        return true;
    for (uint32_t i = 0; ok && i < n; i++)
        ok = contents_by_first(f->p->contents, f->a, out[i], NULL, e);
    for (uint32_t i = 0; !ok && i < n; i++)
        roaring_bitmap_free(out[i]);
    return ok;
}

static bool products_of_mask(struct findings *f, roaring_bitmap_t **out, struct err *e) {
    enum { AT_ONCE = 4096 };
    uint64_t n = roaring_bitmap_get_cardinality(f->mask);
    uint32_t *ids = malloc((n ? n : 1) * sizeof *ids);
    int64_t *products = malloc(AT_ONCE * sizeof *products);
    bool ok = true;
    if (!ids || !products)
        abort();
    roaring_bitmap_to_uint32_array(f->mask, ids);
    *out = roaring_bitmap_create();
    for (uint64_t from = 0; ok && from < n; from += AT_ONCE) {
        uint32_t k = n - from < AT_ONCE ? (uint32_t)(n - from) : AT_ONCE;
        ok = contents_products(f->p->contents, ids + from, k, products, e);
        for (uint32_t i = 0; ok && i < k; i++)
            if (products[i] >= 0 && products[i] < UINT32_MAX)
                roaring_bitmap_add(*out, (uint32_t)products[i]);
    }
    free(products);
    free(ids);
    return ok;
}

bool findings_products(struct findings *f, const roaring_bitmap_t **out, struct err *e) {
    bool ok = !f->mask || f->products || products_of_mask(f, &f->products, e);
    *out = f->products;
    return ok;
}

/* ── beginning ── */

static bool limit_to(struct findings *f, const struct question *within, struct err *e) {
    struct reach r;
    bool ok = reach_begin(&r, f->p, f->a, within, f->reader, &f->when, e) && reach_releases(&r, e);
    if (ok) {
        if (f->mask)
            roaring_bitmap_free(f->mask);
        f->mask = r.documents;
        r.documents = NULL;
    }
    reach_free(&r);
    return ok;
}

/* Components are ascending, a package's together. */
bool few_packages(const struct question *of, int64_t *out, uint32_t *n) {
    *n = 0;
    for (uint32_t i = 0; of && i < of->components.n; i++) {
        int64_t package = package_of(of->components.v[i]);
        if (*n && out[*n - 1] == package)
            continue;
        if (*n == FEW_PACKAGES) {
            *n = 0;
            return false;
        }
        out[(*n)++] = package;
    }
    return *n > 0;
}

/* By clock many packages are looked for in the cases of those who have them; the cases of few are known. */
static bool limit_to_package(struct findings *f, const struct component_ids *ids, struct err *e) {
    roaring_bitmap_t *with;
    if (!contents_with(f->p->contents, ids->v, ids->n, f->limit, &with, e))
        return false;
    if (f->mask) {
        roaring_bitmap_and_inplace(with, f->mask);
        roaring_bitmap_free(f->mask);
    }
    f->mask = with;
    return true;
}

/* So few releases that reading what is in all of them costs less than walking flaws. */
enum { NARROW = 2500 };

struct narrowing {
    struct findings *f;
    uint32_t releases[NARROW];
};
static void hold_all(void *arg, uint32_t at, const struct component_ids *ids) {
    struct narrowing *x = arg;
    for (uint32_t i = 0; i < ids->n; i++) {
        occurrences_add(&x->f->in, ids->v[i], 1);
        hold(x->f, ids->v[i], x->releases[at]);
    }
}

static bool read_narrow(struct findings *f, struct err *e) {
    const roaring_bitmap_t *twins;
    struct narrowing x = {.f = f};
    bool ok = contents_twins(f->p->contents, &twins, e);
    bool has_twins = ok && twins && roaring_bitmap_intersect(f->mask, twins);
    roaring_bitmap_to_uint32_array(f->mask, x.releases);
    ok = ok && contents_of_each(f->p->contents, x.releases, (uint32_t)roaring_bitmap_get_cardinality(f->mask), hold_all,
                                &x, e);
    map_init(&f->rows, f->a);
    f->narrow = ok;
    f->twins = has_twins;
    return ok;
}

bool findings_begin(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                    const struct findings_wish *wish, struct findings **out, struct err *e) {
    struct findings *f = arena_new_of(a, struct findings);
    *f = (struct findings){.p = p, .a = a, .reader = reader, .when = *when, .pin = *when, .wish = *wish};
    *out = f;
    if (!when->given)
        f->pin = (struct as_of){.given = true, .size = p->size, .time = p->ctx->now};
    if (!contents_releases_at(p->contents, when, &f->limit, e))
        return false;
    if (wish->within ? !limit_to(f, wish->within, e) : !audience_releases(p, reader, when, f->limit, &f->mask, e))
        return false;
    if (!status_begin(f, e))
        return false;
    int64_t packages[FEW_PACKAGES];
    uint32_t n;
    if (wish->package && wish->sort == FINDINGS_BY_CLOCK && !few_packages(wish->package, packages, &n) &&
        !limit_to_package(f, &wish->package->components, e))
        return false;
    f->nothing = (wish->package && !wish->package->components.n) || (f->mask && roaring_bitmap_is_empty(f->mask));
    return !f->mask || roaring_bitmap_get_cardinality(f->mask) > NARROW || read_narrow(f, e);
}

void findings_free(struct findings *f) {
    if (!f)
        return;
    if (f->mask)
        roaring_bitmap_free(f->mask);
    f->mask = NULL;
    if (f->products)
        roaring_bitmap_free(f->products);
    f->products = NULL;
    occurrences_free(&f->in);
    free(f->held);
    f->held = NULL;
    status_end(f);
}

const struct as_of *findings_pin(const struct findings *f) { return &f->pin; }
