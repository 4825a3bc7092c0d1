/* SPDX-License-Identifier: Apache-2.0
 *
 * Releases by number, product, document and time.
 */
#include <stdlib.h>

#include "impact/contents_inner.h"
#include "store/queries.h"

/* ── when ── */

static bool first_id(struct ask *q, bool *found, uint32_t *out, struct err *e) {
    if (!ask_step(q, found, e))
        return false;
    if (*found)
        *out = (uint32_t)ask_col_int(q, 0);
    ask_end(q);
    return true;
}

/* Ids follow the log, so the first release behind the moment is found by halving. */
static bool halve(struct contents *c, uint64_t size, uint32_t *out, struct err *e) {
    uint32_t low = 0, high = c->releases;
    if (c->halved.releases && c->halved.releases == c->releases && c->halved.made == c->made &&
        c->halved.size == size) {
        *out = c->halved.found;
        return true;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct ask *q;
        bool row;
        if (!store_ask(c->s, &Q_release_log, &q, e))
            return false;
        ask_int(q, 1, middle);
        if (!ask_step(q, &row, e))
            return false;
        bool later = row && (uint64_t)ask_col_int(q, 1) >= size;
        ask_end(q);
        if (later)
            high = middle;
        else
            low = middle + 1;
    }
    *out = c->halved.found = low;
    c->halved.size = size;
    c->halved.made = c->made;
    c->halved.releases = c->releases;
    return true;
}

static bool releases_at(struct contents *c, const struct as_of *when, uint32_t *out, struct err *e) {
    struct ask *q;
    bool others, found;
    uint32_t id = 0;
    *out = c->releases;
    if (!when || !when->given)
        return true;
    if (!store_ask(c->s, &Q_release_other_log, &q, e))
        return false;
    ask_int(q, 1, c->p->log_id);
    if (!first_id(q, &others, &id, e))
        return false;
    if (!others)
        return halve(c, when->size, out, e);
    /* Of several logs: what came into these views before the home's log had more than that. */
    if (!store_ask(c->s, &Q_release_of_log_from, &q, e))
        return false;
    ask_int(q, 1, c->p->log_id);
    ask_int(q, 2, (int64_t)when->size);
    if (!first_id(q, &found, &id, e))
        return false;
    if (found)
        *out = id;
    return true;
}

bool contents_releases_at(struct contents *c, const struct as_of *when, uint32_t *out, struct err *e) {
    bool own;
    if (!contents_read(c, &own, e))
        return false;
    bool ok = releases_at(c, when, out, e);
    contents_read_end(c, own);
    return ok;
}

/* ── rows ── */

static str kept(struct arena *a, str s) { return a ? arena_str(a, s) : s; }

/* a NULL: strings hold until the next step. */
static bool row_of(struct ask *q, struct arena *a, struct release_row *out) {
    str body = ask_col_blob(q, 4);
    *out = (struct release_row){.id = (uint32_t)ask_col_int(q, 0),
                                .twin = (uint32_t)ask_col_int(q, 1),
                                .product = ask_col_int(q, 2),
                                .version = kept(a, ask_col_text(q, 3)),
                                .log_id = ask_col_int(q, 5),
                                .time = ask_col_int(q, 6),
                                .entry = (uint64_t)ask_col_int(q, 7),
                                .components = (uint32_t)ask_col_int(q, 8),
                                .unidentified = (uint32_t)ask_col_int(q, 9),
                                .disagrees = ask_col_int(q, 10) != 0,
                                .party = ask_col_int(q, 11),
                                .purl = kept(a, ask_col_text(q, 12)),
                                .released = ask_col_int(q, 13),
                                .supersedes = kept(a, ask_col_text(q, 14))};
    if (body.n == 32)
        memcpy(out->body, body.p, 32);
    return body.n == 32;
}

static bool read_rows(struct ask *q, struct arena *a, struct release_rows *out, struct err *e) {
    bool row;
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (!row_of(q, a, vec_push(a, out))) {
            ask_end(q);
            return err_set(e, ERR_ENV, S("release"), "%s", _("the views are damaged"));
        }
    }
    ask_end(q);
    return true;
}

bool contents_release(struct contents *c, struct arena *a, uint32_t id, struct release_row *out, struct err *e) {
    struct release_rows found = {0};
    struct ask *q;
    if (!store_ask(c->s, &Q_release_row, &q, e))
        return false;
    ask_int(q, 1, id);
    if (!read_rows(q, a, &found, e))
        return false;
    if (!found.n)
        return err_set(e, ERR_INPUT, (str){NULL, 0}, _("there is no release %u"), id);
    *out = found.v[0];
    return true;
}

/* Ids so near to each other are read in one go. */
enum { RELEASES_APART = 8 };

static bool take_each(struct ask *q, const uint32_t *ids, uint32_t n,
                      bool (*each)(void *arg, const struct release_row *row, struct err *e), void *arg, struct err *e) {
    struct release_row r;
    bool row, ok = true;
    uint32_t at = 0;
    while (ok && at < n) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (ask_col_int(q, 0) != ids[at])
            continue;
        at++;
        ok = row_of(q, NULL, &r) ? each(arg, &r, e)
                                 : err_set(e, ERR_ENV, S("release"), "%s", _("the views are damaged"));
    }
    ask_end(q);
    return ok && (at == n || err_set(e, ERR_INPUT, (str){NULL, 0}, _("there is no release %u"), ids[at]));
}

static bool stretch_each(struct contents *c, const uint32_t *ids, uint32_t n,
                         bool (*each)(void *arg, const struct release_row *row, struct err *e), void *arg,
                         struct err *e) {
    struct ask *q;
    if (!store_ask(c->s, &Q_release_rows_down, &q, e))
        return false;
    ask_int(q, 1, ids[n - 1]);
    ask_int(q, 2, ids[0]);
    return take_each(q, ids, n, each, arg, e);
}

static bool some_each(struct contents *c, const uint32_t *ids, uint32_t n,
                      bool (*each)(void *arg, const struct release_row *row, struct err *e), void *arg, struct err *e) {
    struct arena *a = arena_new();
    struct ask *q;
    bool ok = store_ask(c->s, &Q_release_rows_of, &q, e);
    if (ok)
        ask_numbers(q, 1, a, ids, n);
    ok = ok && take_each(q, ids, n, each, arg, e);
    arena_free(a);
    return ok;
}

bool contents_releases_each(struct contents *c, const uint32_t *ids, uint32_t n,
                            bool (*each)(void *arg, const struct release_row *row, struct err *e), void *arg,
                            struct err *e) {
    enum { AT_ONCE = 512 };
    bool ok = true;
    for (uint32_t from = 0, to; ok && from < n; from = to) {
        to = from + 1;
        while (to < n && ids[to - 1] - ids[to] <= RELEASES_APART)
            to++;
        bool near = to - from >= AT_ONCE || to == n;
        if (!near)
            to = n - from < AT_ONCE ? n : from + AT_ONCE;
        ok = near ? stretch_each(c, ids + from, to - from, each, arg, e)
                  : some_each(c, ids + from, to - from, each, arg, e);
    }
    return ok;
}

bool contents_releases(struct contents *c, struct arena *a, int64_t product, str version, struct release_rows *out,
                       struct err *e) {
    struct ask *q;
    *out = (struct release_rows){0};
    if (!store_ask(c->s, version.p ? &Q_releases_of_version : &Q_releases_of_product, &q, e))
        return false;
    ask_int(q, 1, product);
    if (version.p)
        ask_text(q, 2, version);
    return read_rows(q, a, out, e);
}

bool contents_of_body(struct contents *c, struct arena *a, const unsigned char body[32], uint32_t n,
                      struct release_rows *out, struct err *e) {
    struct ask *q;
    *out = (struct release_rows){0};
    if (!store_ask(c->s, &Q_releases_of_body, &q, e))
        return false;
    ask_int(q, 1, body_key(body));
    ask_blob(q, 2, str_n((const char *)body, 32));
    ask_int(q, 3, n);
    return read_rows(q, a, out, e);
}

bool contents_of_bodies(struct contents *c, const unsigned char (*bodies)[32], uint32_t n, bool *maybe, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct ask *q;
    bool row = true;
    memset(maybe, 0, n * sizeof *maybe);
    jw_arr(&w);
    for (uint32_t i = 0; i < n; i++)
        jw_int(&w, body_key(bodies[i]));
    jw_arr_end(&w);
    bool ok = n == 0 || store_ask(c->s, &Q_bodies_known, &q, e);
    if (ok && n)
        ask_text(q, 1, buf_str(&b));
    while (ok && n && row) {
        ok = ask_step(q, &row, e);
        if (ok && row && (uint64_t)ask_col_int(q, 0) < n)
            maybe[ask_col_int(q, 0)] = true;
    }
    if (ok && n)
        ask_end(q);
    buf_free(&b);
    return ok;
}

/* ── what is in one ── */

bool contents_of(struct contents *c, struct arena *a, uint32_t release_id, struct component_ids *out, struct err *e) {
    struct ask *q;
    bool row;
    component_id id = 0;
    *out = (struct component_ids){0};
    if (!store_ask(c->s, &Q_release_list, &q, e))
        return false;
    ask_int(q, 1, release_id);
    if (!ask_step(q, &row, e))
        return false;
    str list = row ? ask_col_blob(q, 0) : (str){NULL, 0};
    while (idlist_next(&list, &id))
        *vec_push(a, out) = id;
    ask_end(q);
    if (!row)
        return err_set(e, ERR_INPUT, (str){NULL, 0}, _("there is no release %u"), release_id);
    return list.n == 0 || err_set(e, ERR_ENV, S("release_list"), "%s", _("the views are damaged"));
}

struct some_lists {
    const uint32_t *releases;
    uint32_t n, at;
    void (*each)(void *arg, uint32_t at, const struct component_ids *ids);
    void *arg;
};
static bool some_lists(struct contents *c, struct arena *a, struct some_lists *k, uint32_t n, struct err *e) {
    struct ask *q;
    bool row = true;
    uint32_t to = k->at + n;
    if (!store_ask(c->s, &Q_release_lists_of, &q, e))
        return false;
    ask_numbers(q, 1, a, k->releases + k->at, n);
    while (row && k->at <= to) {
        struct arena_mark m = arena_mark(a);
        struct component_ids ids = {0};
        component_id id = 0;
        if (!ask_step(q, &row, e))
            return false;
        if (!row || k->at == to || ask_col_int(q, 0) != k->releases[k->at])
            break;
        str list = ask_col_blob(q, 1);
        while (idlist_next(&list, &id))
            *vec_push(a, &ids) = id;
        if (list.n)
            break;
        k->each(k->arg, k->at++, &ids);
        arena_reset(a, m);
    }
    ask_end(q);
    return k->at == to || err_set(e, ERR_ENV, S("release_list"), "%s", _("the views are damaged"));
}

bool contents_of_each(struct contents *c, const uint32_t *releases, uint32_t n,
                      void (*each)(void *arg, uint32_t at, const struct component_ids *ids), void *arg, struct err *e) {
    enum { AT_ONCE = 512 };
    struct some_lists k = {releases, n, 0, each, arg};
    struct arena *a = arena_new();
    bool ok = true;
    while (ok && k.at < n) {
        ok = some_lists(c, a, &k, n - k.at < AT_ONCE ? n - k.at : AT_ONCE, e);
        arena_reset(a, (struct arena_mark){0});
    }
    arena_free(a);
    return ok;
}

/* ── twins ── */

static void note_twin(struct contents *c, uint32_t id, uint32_t first) {
    if (!roaring_bitmap_add_checked(c->twins, id))
        return;
    if (c->n_seconds == c->cap_seconds) {
        c->cap_seconds = c->cap_seconds ? c->cap_seconds * 2 : 64;
        c->seconds = realloc(c->seconds, c->cap_seconds * sizeof *c->seconds);
        if (!c->seconds)
            abort();
    }
    c->seconds[c->n_seconds++] = (struct second_document){.first = first, .second = id};
}

static bool add_twins(struct contents *c, struct err *e) {
    struct ask *q;
    bool row = true;
    if (!store_ask(c->s, &Q_release_twins, &q, e))
        return false;
    ask_int(q, 1, c->twins_upto);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        note_twin(c, (uint32_t)ask_col_int(q, 0), (uint32_t)ask_col_int(q, 1));
    }
    ask_end(q);
    c->twins_upto = c->releases;
    return true;
}

bool contents_twins(struct contents *c, const roaring_bitmap_t **out, struct err *e) {
    bool own;
    *out = c->twins;
    if (!contents_read(c, &own, e))
        return false;
    bool ok = c->twins_upto == c->releases || add_twins(c, e);
    contents_read_end(c, own);
    return ok;
}

static int by_first(const void *x, const void *y) {
    const struct second_document *a = x, *b = y;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->second < b->second ? -1 : a->second > b->second;
}

bool contents_by_first(struct contents *c, struct arena *a, roaring_bitmap_t *documents,
                       struct second_documents *seconds, struct err *e) {
    const roaring_bitmap_t *twins;
    if (!contents_twins(c, &twins, e))
        return false;
    if (!roaring_bitmap_intersect(documents, twins))
        return true;
    for (uint32_t i = 0; i < c->n_seconds; i++)
        if (roaring_bitmap_remove_checked(documents, c->seconds[i].second)) {
            roaring_bitmap_add(documents, c->seconds[i].first); /* a first document is nobody's second */
            if (seconds)
                *vec_push(a, seconds) = c->seconds[i];
        }
    if (seconds && seconds->n)
        qsort(seconds->v, seconds->n, sizeof *seconds->v, by_first);
    return true;
}

static void sort_firsts(struct contents *c) {
    if (c->n_firsts == c->n_seconds)
        return;
    c->firsts = realloc(c->firsts, c->n_seconds * sizeof *c->firsts);
    if (!c->firsts)
        abort();
    memcpy(c->firsts, c->seconds, c->n_seconds * sizeof *c->firsts);
    qsort(c->firsts, c->n_seconds, sizeof *c->firsts, by_first);
    c->n_firsts = c->n_seconds;
}

static uint32_t first_place(const struct contents *c, uint32_t release) {
    uint32_t from = 0, end = c->n_firsts;
    while (from < end) {
        uint32_t middle = from + (end - from) / 2;
        if (c->firsts[middle].first < release)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

static int by_component(const void *x, const void *y) {
    component_id a = *(const component_id *)x, b = *(const component_id *)y;
    return (a > b) - (a < b);
}

static void sort_each_once(struct component_ids *v) {
    uint32_t n = 1;
    if (!v->n)
        return;
    qsort(v->v, v->n, sizeof *v->v, by_component);
    for (uint32_t i = 1; i < v->n; i++)
        if (v->v[i] != v->v[n - 1])
            v->v[n++] = v->v[i];
    v->n = n;
}

bool contents_of_release(struct contents *c, struct arena *a, uint32_t first, uint32_t limit, struct component_ids *out,
                         bool *several, struct err *e) {
    bool more = false;
    if (!contents_of(c, a, first, out, e))
        return false;
    sort_firsts(c);
    for (uint32_t at = first_place(c, first); at < c->n_firsts && c->firsts[at].first == first; at++) {
        struct component_ids further;
        if (c->firsts[at].second >= limit)
            continue;
        if (!contents_of(c, a, c->firsts[at].second, &further, e))
            return false;
        for (uint32_t i = 0; i < further.n; i++)
            *vec_push(a, out) = further.v[i];
        more = true;
    }
    if (several)
        *several = more;
    if (more)
        sort_each_once(out);
    return true;
}

/* ── what is in many ── lists of further documents, which are few, are read before those of the first ones */

struct further {
    uint32_t first, second;
    struct component_ids ids;
};
struct of_releases {
    struct arena *a; /* of the further documents */
    const uint32_t *releases;
    uint32_t base; /* place of the first in what was asked for */
    struct further *further;
    uint32_t n, at; /* by first; by second while they are read */
    void (*each)(void *arg, uint32_t at, const struct component_ids *ids);
    void *arg;
};
static int further_by_first(const void *x, const void *y) {
    const struct further *a = x, *b = y;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->second < b->second ? -1 : a->second > b->second;
}
static int further_by_second(const void *x, const void *y) {
    const struct further *a = x, *b = y;
    return a->second < b->second ? -1 : a->second > b->second;
}

static void add_list(struct arena *a, struct component_ids *to, const struct component_ids *ids) {
    for (uint32_t i = 0; i < ids->n; i++)
        *vec_push(a, to) = ids->v[i];
}
static void keep_further(void *arg, uint32_t at, const struct component_ids *ids) {
    struct of_releases *k = arg;
    add_list(k->a, &k->further[at].ids, ids);
}

static void hand_on(void *arg, uint32_t at, const struct component_ids *ids) {
    struct of_releases *k = arg;
    if (k->at == k->n || k->further[k->at].first != k->releases[at]) {
        k->each(k->arg, k->base + at, ids);
        return;
    }
    struct arena *a = arena_new();
    struct component_ids all = {0};
    add_list(a, &all, ids);
    for (; k->at < k->n && k->further[k->at].first == k->releases[at]; k->at++)
        add_list(a, &all, &k->further[k->at].ids);
    sort_each_once(&all);
    k->each(k->arg, k->base + at, &all);
    arena_free(a);
}

static bool read_further(struct contents *c, struct of_releases *k, uint32_t n, uint32_t limit, struct err *e) {
    VEC(struct further) v = {0};
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t at = first_place(c, k->releases[i]); at < c->n_firsts && c->firsts[at].first == k->releases[i];
             at++)
            if (c->firsts[at].second < limit)
                *vec_push(k->a, &v) = (struct further){.first = c->firsts[at].first, .second = c->firsts[at].second};
    k->further = v.v;
    k->n = v.n;
    k->at = 0;
    if (!v.n)
        return true;
    uint32_t *ids = arena_array(k->a, uint32_t, v.n);
    qsort(v.v, v.n, sizeof *v.v, further_by_second);
    for (uint32_t i = 0; i < v.n; i++)
        ids[i] = v.v[i].second;
    if (!contents_of_each(c, ids, v.n, keep_further, k, e))
        return false;
    qsort(v.v, v.n, sizeof *v.v, further_by_first);
    return true;
}

bool contents_of_release_each(struct contents *c, const uint32_t *releases, uint32_t n, uint32_t limit,
                              void (*each)(void *arg, uint32_t at, const struct component_ids *ids), void *arg,
                              struct err *e) {
    enum { AT_ONCE = 512 };
    bool ok = true;
    sort_firsts(c);
    for (uint32_t from = 0; ok && from < n; from += AT_ONCE) {
        uint32_t some = n - from < AT_ONCE ? n - from : AT_ONCE;
        struct of_releases k = {.a = arena_new(), .releases = releases + from, .base = from, .each = each, .arg = arg};
        ok = read_further(c, &k, some, limit, e) && contents_of_each(c, k.releases, some, hand_on, &k, e);
        arena_free(k.a);
    }
    return ok;
}

bool contents_all_documents(struct contents *c, roaring_bitmap_t *releases, uint32_t limit, struct err *e) {
    const roaring_bitmap_t *twins;
    if (!contents_twins(c, &twins, e))
        return false;
    for (uint32_t i = 0; i < c->n_seconds && c->seconds[i].second < limit; i++)
        if (roaring_bitmap_contains(releases, c->seconds[i].first))
            roaring_bitmap_add(releases, c->seconds[i].second);
    return true;
}

/* ── products of many ── */

static bool read_dense(struct contents *c, uint32_t block, uint32_t **out, struct err *e) {
    struct ask *q;
    bool row;
    while (c->dense.n <= block)
        *vec_push(c->arena, &c->dense) = NULL;
    *out = c->dense.v[block];
    if (*out)
        return true;
    if (!store_ask(c->s, &Q_release_products, &q, e))
        return false;
    ask_int(q, 1, block);
    if (!ask_step(q, &row, e))
        return false;
    str bytes = row ? ask_col_blob(q, 0) : (str){NULL, 0};
    if (bytes.n == DENSE_RELEASES * 4) {
        *out = malloc(DENSE_RELEASES * sizeof **out);
        if (!*out)
            abort();
        for (uint32_t i = 0; i < DENSE_RELEASES; i++) {
            const unsigned char *p = (const unsigned char *)bytes.p + (size_t)i * 4;
            (*out)[i] = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
        }
        c->dense.v[block] = *out;
    }
    ask_end(q);
    return *out || err_set(e, ERR_ENV, S("release_products"), "%s", _("the views are damaged"));
}

/* Those behind the last full block, read once; more may have come behind them since. */
static bool read_rest(struct contents *c, struct err *e) {
    struct ask *q;
    bool row;
    uint32_t from = c->releases / DENSE_RELEASES * DENSE_RELEASES;
    if (c->rest_from != from || c->rest_upto < from || c->rest_upto > c->releases)
        c->rest_from = c->rest_upto = from;
    if (c->rest_upto == c->releases)
        return true;
    if (!store_ask(c->s, &Q_release_product_range, &q, e))
        return false;
    ask_int(q, 1, c->rest_upto);
    ask_int(q, 2, c->releases);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row || ask_col_int(q, 0) != c->rest_upto)
            break;
        c->rest[c->rest_upto++ - from] = (uint32_t)ask_col_int(q, 1);
    }
    ask_end(q);
    return c->rest_upto == c->releases || err_set(e, ERR_ENV, S("release"), "%s", _("the views are damaged"));
}

static bool rest_of(struct contents *c, const uint32_t *ids, uint32_t n, int64_t *products, struct err *e) {
    if (!read_rest(c, e))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        if (ids[i] >= c->releases)
            return err_set(e, ERR_INPUT, (str){NULL, 0}, _("there is no release %u"), ids[i]);
        products[i] = c->rest[ids[i] - c->rest_from];
    }
    return true;
}

static bool products_of(struct contents *c, const uint32_t *ids, uint32_t n, int64_t *products, struct err *e) {
    uint32_t full = c->releases / DENSE_RELEASES, *block;
    for (uint32_t i = 0; i < n;) {
        uint32_t b = ids[i] / DENSE_RELEASES;
        if (b >= full)
            return rest_of(c, ids + i, n - i, products + i, e);
        if (!read_dense(c, b, &block, e))
            return false;
        for (; i < n && ids[i] / DENSE_RELEASES == b; i++)
            products[i] = block[ids[i] % DENSE_RELEASES];
    }
    return true;
}

/* Release after release; a bit is looked up without a branch. */
static void add_of(const uint32_t *products, uint32_t n, uint32_t first, const uint64_t *of, uint32_t bits,
                   roaring_bitmap_t *out) {
    uint32_t ids[DENSE_RELEASES], kept = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = products[i] < bits ? products[i] : bits; /* the bit behind the last one is not set */
        ids[kept] = first + i;
        kept += (uint32_t)(of[k / 64] >> k % 64 & 1);
    }
    roaring_bitmap_add_many(out, kept, ids);
}

static bool releases_of(struct contents *c, const uint64_t *of, uint32_t bits, uint32_t limit, roaring_bitmap_t *out,
                        struct err *e) {
    uint32_t at = 0, full = c->releases / DENSE_RELEASES, *block;
    for (; at < limit && at / DENSE_RELEASES < full; at += DENSE_RELEASES) {
        if (!read_dense(c, at / DENSE_RELEASES, &block, e))
            return false;
        add_of(block, limit - at < DENSE_RELEASES ? limit - at : DENSE_RELEASES, at, of, bits, out);
    }
    if (at >= limit)
        return true;
    if (!read_rest(c, e))
        return false;
    if (limit > c->releases)
        return err_set(e, ERR_INPUT, (str){NULL, 0}, _("there is no release %u"), limit - 1);
    add_of(c->rest + (at - c->rest_from), limit - at, at, of, bits, out);
    return true;
}

static bool releases_one_by_one(struct contents *c, const roaring_bitmap_t *products, uint32_t limit,
                                roaring_bitmap_t *out, struct err *e) {
    struct arena *a = arena_new();
    roaring_uint32_iterator_t it;
    bool ok = true;
    for (roaring_init_iterator(products, &it); ok && it.has_value; roaring_advance_uint32_iterator(&it)) {
        struct release_rows rows = {0};
        struct arena_mark m = arena_mark(a);
        ok = contents_releases(c, a, it.current_value, (str){NULL, 0}, &rows, e);
        for (uint32_t i = 0; ok && i < rows.n; i++)
            if (rows.v[i].id < limit)
                roaring_bitmap_add(out, rows.v[i].id);
        arena_reset(a, m);
    }
    arena_free(a);
    return ok;
}

/* Looking up one product's releases costs about as much as this many steps of the walk. */
enum { WALK_PER_LOOKUP = 20000 };

bool contents_releases_of(struct contents *c, const roaring_bitmap_t *products, uint32_t limit, roaring_bitmap_t *out,
                          struct err *e) {
    if (roaring_bitmap_get_cardinality(products) * WALK_PER_LOOKUP < limit)
        return releases_one_by_one(c, products, limit, out, e);
    uint32_t bits = roaring_bitmap_is_empty(products) ? 0 : roaring_bitmap_maximum(products) + 1;
    uint64_t *of = calloc(bits / 64 + (size_t)1, sizeof *of);
    roaring_uint32_iterator_t it;
    bool own;
    if (!of)
        abort();
    for (roaring_init_iterator(products, &it); it.has_value; roaring_advance_uint32_iterator(&it))
        of[it.current_value / 64] |= (uint64_t)1 << it.current_value % 64;
    bool ok = contents_read(c, &own, e);
    if (ok) {
        ok = releases_of(c, of, bits, limit, out, e);
        contents_read_end(c, own);
    }
    free(of);
    return ok;
}

bool contents_products(struct contents *c, const uint32_t *ids, uint32_t n, int64_t *products, struct err *e) {
    bool own;
    if (!contents_read(c, &own, e))
        return false;
    bool ok = products_of(c, ids, n, products, e);
    contents_read_end(c, own);
    return ok;
}
