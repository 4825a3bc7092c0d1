/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/popular.h"

#include <stdlib.h>

#include "ident/purl.h"
#include "ident/version.h"
#include "impact/hits.h"
#include "store/queries.h"

enum { NEWEST_LOOKED_AT = 2000 };

struct popular {
    struct portfolio *p;
    struct arena *a;
    uint32_t limit;
    bool all; /* everything, now */
    roaring_bitmap_t *mask;
};

static void close_it(void *arg) {
    struct popular *x = arg;
    if (x->mask)
        roaring_bitmap_free(x->mask);
}

bool popular_open(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                  struct popular **out, struct err *e) {
    struct popular *x = arena_new_of(a, struct popular);
    *x = (struct popular){.p = p, .a = a};
    *out = x;
    arena_defer(a, close_it, x);
    if (!contents_releases_at(p->contents, when, &x->limit, e) ||
        !audience_releases(p, reader, when, x->limit, &x->mask, e))
        return false;
    x->all = !x->mask && !when->given;
    return true;
}

/* ── one ── */

static bool count_documents(struct popular *x, const component_id *ids, uint32_t n, uint64_t *out, struct err *e) {
    roaring_bitmap_t *bits;
    *out = 0;
    if (!n)
        return true;
    if (!contents_with(x->p->contents, ids, n, x->limit, &bits, e))
        return false;
    *out = x->mask ? roaring_bitmap_and_cardinality(bits, x->mask) : roaring_bitmap_get_cardinality(bits);
    roaring_bitmap_free(bits);
    return true;
}

static bool is_newer(const struct ecosystem *eco, str x, str y) {
    return eco ? version_compare_osv(eco, x, y) == ORDER_GREATER : str_cmp(x, y) > 0;
}

struct flawed {
    VEC(component_id) ids;
    str upgrade;
    bool unfixed;
};

/* ids: versions that the reader sees, ascending. */
static bool read_flaws(struct popular *x, int64_t package, const struct ecosystem *eco, const component_id *ids,
                       uint32_t n, struct flawed *f, struct popular_row *row, struct err *e) {
    struct ask *q;
    bool more;
    uint32_t at = 0;
    if (!store_ask(x->p->store, &Q_hits_worst, &q, e))
        return false;
    ask_int(q, 1, package);
    for (;;) {
        if (!ask_step(q, &more, e))
            return false;
        if (!more)
            break;
        component_id id = ask_col_int(q, 0);
        int32_t score = (int32_t)ask_col_int(q, 2);
        while (at < n && ids[at] < id)
            at++;
        if (at == n || ids[at] != id)
            continue;
        if (!f->ids.n || f->ids.v[f->ids.n - 1] != id)
            *vec_push(x->a, &f->ids) = id;
        row->score = score > row->score ? score : row->score;
        row->kev |= ask_col_int(q, 3) > 0;
        str fixed = ask_col_text(q, 1);
        if (!fixed.n)
            f->unfixed = true;
        else if (!f->upgrade.n || is_newer(eco, fixed, f->upgrade))
            f->upgrade = arena_str(x->a, fixed);
    }
    ask_end(q);
    return true;
}

/* Versions of the package that the reader sees somewhere, ascending. */
static bool seen_versions(struct popular *x, int64_t package, component_id **out, uint32_t *n, struct err *e) {
    struct component_rows rows = {0};
    if (!contents_versions(x->p->contents, x->a, package, &rows, e))
        return false;
    component_id *ids = arena_array(x->a, component_id, rows.n + 1u);
    for (uint32_t i = 0; i < rows.n; i++)
        ids[i] = rows.v[i].id;
    *out = ids;
    *n = rows.n;
    if (!rows.n || x->all)
        return true;
    uint64_t *counts = arena_array(x->a, uint64_t, rows.n);
    if (!contents_counts(x->p->contents, ids, rows.n, x->limit, x->mask, counts, e))
        return false;
    *n = 0;
    for (uint32_t i = 0; i < rows.n; i++)
        if (counts[i])
            ids[(*n)++] = rows.v[i].id;
    return true;
}

static bool look_at(struct popular *x, int64_t package, str name, struct popular_row *row, struct err *e) {
    component_id *ids;
    uint32_t n;
    struct flawed f = {0};
    struct purl purl;
    struct err odd = {0};
    struct contents_count count;
    *row = (struct popular_row){.package = name, .score = -1};
    const struct ecosystem *eco = purl_parse(x->a, name, &purl, &odd) ? ecosystem_find(purl.type) : NULL;
    if (!seen_versions(x, package, &ids, &n, e) || !read_flaws(x, package, eco, ids, n, &f, row, e))
        return false;
    row->versions = n;
    row->flawed = f.ids.n;
    if (f.ids.n && !f.unfixed)
        row->upgrade = f.upgrade;
    if (!count_documents(x, f.ids.v, f.ids.n, &row->behind, e))
        return false;
    if (!x->all)
        return count_documents(x, ids, n, &row->documents, e);
    if (!contents_count(x->p->contents, package, &count, e))
        return false;
    row->documents = count.documents;
    return true;
}

bool popular_one(struct popular *x, str package, bool *found, struct popular_row *out, struct err *e) {
    int64_t number;
    if (!contents_package(x->p->contents, package, found, &number, e))
        return false;
    if (!*found)
        return true;
    if (!look_at(x, number, package, out, e))
        return false;
    *found = out->documents > 0;
    return true;
}

/* ── many ── */

static bool name_of(struct popular *x, int64_t package, str *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(x->p->store, &Q_package_name, &q, e))
        return false;
    ask_int(q, 1, package);
    if (!ask_step(q, &row, e))
        return false;
    *out = row ? arena_str(x->a, ask_col_text(q, 0)) : (str){NULL, 0};
    ask_end(q);
    return true;
}

struct newest {
    struct arena *a;
    struct map seen; /* package (8 bytes) → place in v + 1 */
    VEC(struct package_listed) v;
};
static void see_release(void *arg, uint32_t release, const struct component_ids *ids) {
    struct newest *k = arg;
    (void)release;
    for (uint32_t i = 0; i < ids->n; i++) {
        int64_t package = package_of(ids->v[i]);
        bool fresh;
        if (i && package == package_of(ids->v[i - 1]))
            continue;
        str key = str_n((const char *)&package, sizeof package);
        struct map_entry *at = map_put(&k->seen, key, &fresh);
        if (fresh) {
            at->key = arena_str(k->a, key);
            *vec_push(k->a, &k->v) = (struct package_listed){.package = package};
            at->value = (void *)(uintptr_t)k->v.n; // NOLINT(performance-no-int-to-ptr): a number, never followed
        }
        k->v.v[(uintptr_t)at->value - 1].documents++;
    }
}

/* Of the newest releases that the reader may know of. */
static bool choose_seen(struct popular *x, const struct package_listed **out, uint32_t *n, uint32_t *looked,
                        struct err *e) {
    uint32_t ids[NEWEST_LOOKED_AT], at = NEWEST_LOOKED_AT;
    struct newest k = {.a = x->a};
    map_init(&k.seen, x->a);
    for (uint32_t id = x->limit; at && id-- > 0;)
        if (!x->mask || roaring_bitmap_contains(x->mask, id))
            ids[--at] = id;
    bool ok = contents_of_each(x->p->contents, ids + at, NEWEST_LOOKED_AT - at, see_release, &k, e);
    if (k.v.n)
        qsort(k.v.v, k.v.n, sizeof *k.v.v, package_listed_cmp);
    *out = k.v.v;
    *n = k.v.n;
    *looked = at ? 0 : NEWEST_LOOKED_AT;
    return ok;
}

bool popular_list(struct popular *x, uint64_t from, uint64_t n, struct popular_rows *out, uint64_t *total,
                  uint32_t *looked, struct err *e) {
    const struct package_listed *v;
    uint32_t there;
    *out = (struct popular_rows){0};
    *looked = 0;
    if (!(x->all ? contents_top(x->p->contents, &v, &there, e) : choose_seen(x, &v, &there, looked, e)))
        return false;
    *total = there;
    for (uint64_t i = from; i < there && i < from + n; i++) {
        str name;
        int64_t package = v[i].package;
        if (!name_of(x, package, &name, e))
            return false;
        if (name.n && !look_at(x, package, name, vec_push(x->a, out), e))
            return false;
    }
    return true;
}
