/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "impact/contents_inner.h"
#include "impact/reach_inner.h"
#include "impact/recall_inner.h"
#include "store/queries.h"

void grown_forget_rows(struct grown *g) {
    for (uint32_t i = 0; i < g->n_rows; i++)
        free(g->rows[i].text);
    free(g->rows);
    g->rows = NULL;
    g->n_rows = 0;
}

void grown_free(struct grown *g) {
    if (!g)
        return;
    if (g->documents)
        roaring_bitmap_free(g->documents);
    if (g->releases)
        roaring_bitmap_free(g->releases);
    grown_forget_rows(g);
    free(g->ids);
    free(g->counts);
    free(g->purls);
    free(g->tally);
    free(g->seconds);
    arena_free(g->around);
    arena_free(g->a);
    free(g);
}

size_t grown_bytes(const struct grown *g) {
    enum { REST = 8192, PURL = 300 };
    size_t rows = 0;
    for (uint32_t i = 0; i < g->n_rows; i++)
        rows += sizeof *g->rows + g->rows[i].n;
    return REST + rows + roaring_bitmap_size_in_bytes(g->documents) + roaring_bitmap_size_in_bytes(g->releases) +
           (size_t)g->n_tally * sizeof *g->tally + g->cap * (sizeof *g->ids + sizeof *g->counts + PURL) +
           g->n_seconds * sizeof *g->seconds;
}

static void *room(void *old, size_t n, size_t size) {
    void *x = realloc(old, (n ? n : 1) * size);
    if (!x)
        abort();
    return x;
}

/* ── from a whole one ── */

static bool last_of(struct contents *c, int64_t package, component_id *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(c->s, &Q_component_last, &q, e))
        return false;
    ask_int(q, 1, package << COMPONENT_BITS);
    ask_int(q, 2, ((package + 1) << COMPONENT_BITS) - 1);
    if (!ask_step(q, &row, e))
        return false;
    *out = row ? (component_id)ask_col_int(q, 0) : (component_id)(package << COMPONENT_BITS);
    ask_end(q);
    return true;
}

static void take_question(struct grown *g, const struct reach *r) {
    const struct question *q = r->q;
    g->q = (struct question){.kind = q->kind,
                             .asked = arena_str(g->a, q->asked),
                             .name = arena_str(g->a, q->name),
                             .range = arena_str(g->a, q->range),
                             .package = arena_str(g->a, q->package),
                             .every = q->every,
                             .flaw = -1,
                             .party = -1,
                             .product = -1};
    g->n_ids = g->cap = q->components.n;
    g->ids = room(NULL, g->cap, sizeof *g->ids);
    g->counts = room(NULL, g->cap, sizeof *g->counts);
    g->purls = room(NULL, g->cap, sizeof *g->purls);
    memset(g->purls, 0, g->cap * sizeof *g->purls);
    if (g->n_ids) {
        memcpy(g->ids, q->components.v, g->n_ids * sizeof *g->ids);
        memcpy(g->counts, r->per_component, g->n_ids * sizeof *g->counts);
    }
}

static void take_products(struct grown *g, const struct reach *r) {
    g->products = r->products.n;
    g->n_tally = r->products.n ? r->products.v[r->products.n - 1] + 1 : 0;
    g->tally = room(NULL, (size_t)g->n_tally, sizeof *g->tally);
    memset(g->tally, 0, (size_t)g->n_tally * sizeof *g->tally);
    for (uint32_t i = 0; i < r->products.n; i++)
        g->tally[r->products.v[i]] = r->per_product[i];
}

static void copy_places(struct arena *a, const struct reached_places *from, struct reached_places *to) {
    *to = (struct reached_places){0};
    for (uint32_t i = 0; i < from->n; i++) {
        struct reached_place *x = vec_push(a, to);
        *x = from->v[i];
        x->name = arena_str(a, x->name);
    }
}

/* The numbers of rows, without the rows. */
static void take_figures(struct grown *g, const struct reach *r) {
    arena_free(g->around);
    g->around = arena_new();
    g->figures = *r;
    g->figures.deployments.v = NULL;
    g->figures.services.v = NULL;
    g->figures.customers.v = g->figures.operators.v = g->figures.hosts.v = NULL;
    copy_places(g->around, &r->sectors, &g->figures.sectors);
    copy_places(g->around, &r->regions, &g->figures.regions);
}

bool grown_new(struct reach *r, int64_t package, struct grown **out, struct err *e) {
    struct grown *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    *out = g;
    g->a = arena_new();
    g->package = package;
    g->upto = r->limit;
    take_question(g, r);
    take_products(g, r);
    take_figures(g, r);
    g->n_seconds = r->seconds.n;
    g->seconds = room(NULL, g->n_seconds, sizeof *g->seconds);
    if (g->n_seconds)
        memcpy(g->seconds, r->seconds.v, g->n_seconds * sizeof *g->seconds);
    g->documents = r->documents;
    g->releases = r->releases;
    r->documents = r->releases = NULL;
    if (last_of(r->p->contents, package, &g->last, e))
        return true;
    grown_free(g);
    *out = NULL;
    return false;
}

/* ── what came ── */

static bool find(const struct grown *g, component_id id, uint32_t *at) {
    uint32_t low = 0, high = g->n_ids;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    *at = low;
    return low < g->n_ids && g->ids[low] == id;
}

/* Components of a package are numbered in the order they came. */
static void add_component(struct grown *g, component_id id) {
    if (g->n_ids == g->cap) {
        g->cap = g->cap * 2 + 16;
        g->ids = room(g->ids, g->cap, sizeof *g->ids);
        g->counts = room(g->counts, g->cap, sizeof *g->counts);
        g->purls = room(g->purls, g->cap, sizeof *g->purls);
    }
    g->ids[g->n_ids] = id;
    g->purls[g->n_ids] = (str){NULL, 0};
    g->counts[g->n_ids++] = 0;
    g->last = id;
}

static void add_product(struct grown *g, int64_t product) {
    if (product < 0)
        return;
    if (product >= g->n_tally) {
        int64_t more = product + product / 8 + 1024;
        g->tally = room(g->tally, (size_t)more, sizeof *g->tally);
        memset(g->tally + g->n_tally, 0, (size_t)(more - g->n_tally) * sizeof *g->tally);
        g->n_tally = more;
    }
    g->products += g->tally[product]++ == 0;
}

/* By their first document, then as they came: this one came last. */
static void add_second(struct grown *g, uint32_t first, uint32_t second) {
    uint32_t at = g->n_seconds;
    g->seconds = room(g->seconds, g->n_seconds + 1u, sizeof *g->seconds);
    while (at && g->seconds[at - 1].first > first)
        at--;
    memmove(g->seconds + at + 1, g->seconds + at, (g->n_seconds - at) * sizeof *g->seconds);
    g->seconds[at] = (struct second_document){first, second};
    g->n_seconds++;
}

static enum growth take_release(struct grown *g, const struct news *news, uint32_t id) {
    const struct news_release *x = &news->v[id - news->first];
    uint32_t n, at, hits = 0;
    const component_id *ids = news_of_package(news, id, g->package, &n);
    for (uint32_t i = 0; i < n; i++) {
        if (ids[i] > g->last && g->q.every < 0)
            return GROWTH_UNKNOWN;
        if (ids[i] > g->last)
            add_component(g, ids[i]);
        if (find(g, ids[i], &at)) {
            g->counts[at]++;
            hits++;
        }
    }
    bool known = roaring_bitmap_contains(g->releases, x->twin);
    if (!hits) /* two documents may say that they disagree */
        return known ? GROWTH_ROWS : GROWTH_NONE;
    roaring_bitmap_add(g->documents, id);
    if (x->twin != id)
        add_second(g, x->twin, id);
    if (known)
        return GROWTH_ROWS;
    roaring_bitmap_add(g->releases, x->twin);
    add_product(g, x->product);
    return x->twin == id ? GROWTH_FRONT : GROWTH_SYSTEMS; /* what runs it was there before */
}

enum growth grown_take(struct grown *g, const struct news *news, uint32_t to) {
    enum growth most = GROWTH_NONE;
    for (; g->upto < to && most != GROWTH_UNKNOWN; g->upto++) {
        enum growth one = take_release(g, news, g->upto);
        most = one > most ? one : most;
    }
    return most;
}

/* ── the answer ── */

/* As reach.h has it, with everything that grew; what it points to is ours. */
static void reach_of(struct grown *g, struct portfolio *p, struct arena *a, struct reach *r) {
    r->a = a;
    r->p = p;
    r->reader = &reader_owner;
    r->when = (struct as_of){0};
    r->pin = (struct as_of){.given = true, .size = p->size, .time = p->ctx->now};
    r->limit = g->upto;
    g->q.components.v = g->ids;
    g->q.components.n = g->q.components.cap = g->n_ids;
    r->q = &g->q;
    r->documents = g->documents;
    r->releases = g->releases;
    r->n_releases = roaring_bitmap_get_cardinality(g->releases);
    r->per_component = g->counts;
    r->purls = g->purls;
    r->purls_in = g->a;
    r->seconds.v = g->seconds;
    r->seconds.n = r->seconds.cap = g->n_seconds;
    r->products.v = NULL;
    r->products.n = g->products;
}

bool grown_systems(struct grown *g, struct portfolio *p, bool *kept, struct err *e) {
    struct reach r = {0};
    struct arena *a = arena_new();
    reach_of(g, p, a, &r);
    r.products.n = 0; /* asked for where there are no columns alone */
    bool ok = reach_systems(&r, e);
    *kept = ok && r.from_columns;
    if (*kept)
        take_figures(g, &r);
    arena_free(a);
    return ok;
}

bool recall_write(struct reach *r, uint64_t rows, struct buf *out, struct err *e) {
    const struct reach_page page = {.list = REACH_RELEASES, .n = rows};
    struct jw w = jw_to(out, false);
    jw_obj(&w);
    bool ok = reach_json_body(&w, r, &page, e);
    jw_obj_end(&w);
    return ok;
}

/* ── rows that were written before ── */

struct taking_rows {
    const struct buf *text;
    uint32_t n;
    size_t *ends;
};
static void row_ends(void *arg) {
    struct taking_rows *k = arg;
    k->ends[k->n++] = k->text->n;
}

/* How many of the first `most` rows are not kept. */
static uint32_t rows_missing(const struct grown *g, uint32_t most) {
    if (!g->n_rows)
        return most;
    uint64_t newer = roaring_bitmap_get_cardinality(g->releases) - roaring_bitmap_rank(g->releases, g->rows[0].release);
    return newer < most ? (uint32_t)newer : most;
}

/* The newest `fresh` releases before those that are kept, `most` in all. */
static void put_in_front(struct grown *g, const struct taking_rows *k, uint32_t fresh, uint32_t most) {
    uint32_t stay = most - fresh < g->n_rows ? most - fresh : g->n_rows;
    struct kept_row *all = room(NULL, fresh + stay, sizeof *all);
    uint64_t newest = roaring_bitmap_get_cardinality(g->releases) - 1;
    for (uint32_t i = 0; i < fresh; i++) {
        size_t from = i ? k->ends[i - 1] + 1 : 1; /* behind the bracket or comma */
        all[i].n = (uint32_t)(k->ends[i] - from);
        all[i].text = room(NULL, all[i].n, 1);
        memcpy(all[i].text, k->text->p + from, all[i].n);
        (void)roaring_bitmap_select(g->releases, (uint32_t)(newest - i), &all[i].release);
    }
    if (stay)
        memcpy(all + fresh, g->rows, stay * sizeof *all);
    for (uint32_t i = stay; i < g->n_rows; i++)
        free(g->rows[i].text);
    free(g->rows);
    g->rows = all;
    g->n_rows = fresh + stay;
}

static bool bring_rows(struct grown *g, struct reach *r, uint64_t rows, struct err *e) {
    uint32_t most = (uint32_t)(r->n_releases < rows ? r->n_releases : rows), fresh = rows_missing(g, most);
    struct buf text = {0};
    struct jw w = jw_to(&text, false);
    struct taking_rows k = {.text = &text, .ends = arena_array(r->a, size_t, fresh + 1)};
    const struct reach_page page = {.list = REACH_RELEASES, .n = fresh};
    jw_arr(&w);
    bool ok = !fresh || reach_json_rows(&w, r, &page, row_ends, &k, e);
    if (ok && fresh)
        put_in_front(g, &k, fresh, most);
    buf_free(&text);
    return ok;
}

/* As recall_write() has it. */
bool grown_write(struct grown *g, struct portfolio *p, uint64_t rows, struct buf *out, struct err *e) {
    struct reach r = g->figures;
    struct arena *a = arena_new();
    struct jw w = jw_to(out, false);
    reach_of(g, p, a, &r);
    jw_obj(&w);
    bool ok = reach_json_figures(&w, &r, REACH_RELEASES, e) && bring_rows(g, &r, rows, e);
    jw_karr(&w, "rows");
    for (uint32_t i = 0; ok && i < g->n_rows; i++)
        jw_raw(&w, str_n(g->rows[i].text, g->rows[i].n));
    jw_arr_end(&w);
    jw_obj_end(&w);
    arena_free(a);
    return ok;
}
