/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking releases in.
 */
#include "impact/contents.h"

#include <stdlib.h>

#include "impact/called.h"
#include "impact/contents_inner.h"
#include "impact/gone.h"
#include "impact/moved.h"
#include "impact/running.h"
#include "impact/things.h"
#include "impact/traits.h"
#include "store/queries.h"

bool contents_open(struct portfolio *p, struct contents **out, struct err *e) {
    struct contents *c = calloc(1, sizeof *c);
    (void)e;
    if (!c)
        abort();
    c->p = p;
    c->s = p->store;
    c->arena = arena_new();
    c->twins = roaring_bitmap_create();
    *out = c;
    return true;
}

static void forget_pending(struct contents *c) {
    traits_drop(c);
    arena_free(c->pending_arena);
    c->pending_arena = NULL;
    c->pending.v = NULL;
    c->pending.n = c->pending.cap = 0;
}
void contents_close(struct contents *c) {
    if (!c)
        return;
    forget_pending(c);
    names_forget(c);
    arena_free(c->taken_arena);
    arena_free(c->expected_arena);
    gone_forget(c);
    free(c->tail.ids);
    free(c->tail_index.v);
    free(c->foreseen.known);
    free(c->foreseen.starts);
    free(c->ids);
    free(c->created.ids);
    free(c->tops.v);
    for (uint32_t i = 0; i < c->dense.n; i++)
        free(c->dense.v[i]);
    roaring_bitmap_free(c->twins);
    free(c->seconds);
    free(c->firsts);
    arena_free(c->arena);
    free(c);
}

/* ── the state ── */

/* What is known of rows, and holds as long as the views are not made anew. */
static void forget_remembered(struct contents *c) {
    names_forget(c);
    c->created.known = false;
    c->tail.n = 0;
    c->tail.n_ids = 0;
    c->runs_known = false;
    c->tail_index.n = c->tail_index.lists = c->tail_index.asked = 0;
    c->twins_upto = c->n_seconds = c->n_firsts = 0;
    c->rest_upto = 0;
    memset(c->counts, 0, sizeof c->counts);
    c->tops.known = false;
    roaring_bitmap_clear(c->twins);
    for (uint32_t i = 0; i < c->dense.n; i++) {
        free(c->dense.v[i]);
        c->dense.v[i] = NULL;
    }
}

static bool look_at_number(struct contents *c, struct err *e) {
    struct ask *q;
    bool row;
    if (c->moment && c->moment == store_moment(c->s))
        return true;
    if (!store_ask(c->s, &Q_release_last, &q, e) || !ask_step(q, &row, e))
        return false;
    c->releases = row ? (uint32_t)(ask_col_int(q, 0) + 1) : 0;
    int64_t made = row ? ask_col_int(q, 1) : 0;
    c->moved = row ? ask_col_int(q, 2) : 0;
    ask_end(q);
    if (made != c->made)
        forget_remembered(c);
    c->made = made;
    c->moment = store_moment(c->s);
    return true;
}

bool contents_read(struct contents *c, bool *own, struct err *e) {
    *own = !store_inside(c->s);
    if (*own && !store_begin_read(c->s, e))
        return false;
    if (contents_flush(c, e) && look_at_number(c, e))
        return true;
    contents_read_end(c, *own);
    return false;
}
void contents_read_end(struct contents *c, bool own) {
    if (own)
        store_end_read(c->s);
}

/* Runs follow from the releases there are. */
static bool look_at_runs(struct contents *c, struct err *e) {
    struct ask *q;
    bool row;
    if (c->runs_known && c->runs_of == c->releases)
        return true;
    c->runs_known = false;
    c->runs.n = 0;
    if (!store_ask(c->s, &Q_posting_runs, &q, e))
        return false;
    ask_int(q, 1, (int64_t)contents_sealed(c) * BUCKET_RELEASES);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(c->arena, &c->runs) = (struct run){(uint32_t)ask_col_int(q, 0), (uint32_t)ask_col_int(q, 1)};
    }
    ask_end(q);
    c->runs_known = true;
    c->runs_of = c->releases;
    return true;
}

void tail_list_add(struct tail *t, const component_id *ids, uint32_t n) {
    if (t->n_ids + n > t->cap) {
        t->cap = (t->n_ids + n) * 2;
        t->ids = realloc(t->ids, t->cap * sizeof *t->ids);
        if (!t->ids)
            abort();
    }
    if (n)
        memcpy(t->ids + t->n_ids, ids, n * sizeof *ids);
    t->n_ids += n;
    t->ends[t->n++] = t->n_ids;
}

static bool take_list(struct contents *c, str list) {
    struct tail *t = &c->tail;
    component_id id = 0;
    uint32_t n = 0;
    str rest = list;
    while (idlist_next(&rest, &id)) {
        if (n == c->ids_cap) {
            c->ids_cap = c->ids_cap ? c->ids_cap * 2 : 1024;
            c->ids = realloc(c->ids, c->ids_cap * sizeof *c->ids);
            if (!c->ids)
                abort();
        }
        c->ids[n++] = id;
    }
    tail_list_add(t, c->ids, n);
    return rest.n == 0;
}

static bool look_at_tail(struct contents *c, struct err *e) {
    struct tail *t = &c->tail;
    uint32_t first = c->runs.n ? c->runs.v[c->runs.n - 1].until : contents_sealed(c) * BUCKET_RELEASES;
    struct ask *q;
    bool row;
    if (t->first != first || t->n > c->releases - first) {
        t->first = first;
        t->n = 0;
        t->n_ids = 0;
    }
    if (t->first + t->n == c->releases)
        return true;
    if (!store_ask(c->s, &Q_release_lists, &q, e))
        return false;
    ask_int(q, 1, (int64_t)t->first + t->n);
    ask_int(q, 2, c->releases);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (t->n == RUN_RELEASES || ask_col_int(q, 0) != (int64_t)t->first + t->n ||
            !take_list(c, ask_col_blob(q, 1))) {
            t->n = 0;
            t->n_ids = 0;
            ask_end(q);
            err_set(e, ERR_ENV, S("release_list"), "%s", _("the views are damaged"));
            return err_hint(e, "%s", _("`akashi rebuild` makes them anew"));
        }
    }
    ask_end(q);
    return true;
}

bool contents_look(struct contents *c, struct err *e) { return look_at_runs(c, e) && look_at_tail(c, e); }

/* What others wrote since is not known here. */
static void created_begin(struct contents *c) {
    struct created *k = &c->created;
    if (k->known && k->upto == c->releases)
        return;
    k->known = true;
    k->n = 0;
    k->from = k->upto = c->releases;
}
void contents_creates(struct contents *c, component_id id) {
    struct created *k = &c->created;
    if (k->n == CREATED_MOST)
        k->known = false;
    if (!k->known)
        return;
    if (k->n == k->cap) {
        k->cap = k->cap ? k->cap * 2 : 256;
        k->ids = realloc(k->ids, k->cap * sizeof *k->ids);
        if (!k->ids)
            abort();
    }
    k->ids[k->n++] = id;
}
bool contents_created(const struct contents *c, uint32_t from, uint32_t to, const component_id **ids, uint32_t *n) {
    const struct created *k = &c->created;
    *ids = k->ids;
    *n = k->n;
    return k->known && k->from <= from && k->upto == to;
}
void contents_created_seen(struct contents *c) {
    c->created.n = 0;
    c->created.from = c->created.upto;
}

bool contents_begin(struct contents *c, struct err *e) {
    forget_pending(c);
    c->pending_arena = arena_new();
    arena_free(c->taken_arena);
    c->taken_arena = arena_new();
    map_init(&c->by_release, c->taken_arena);
    map_init(&c->by_body, c->taken_arena);
    map_init(&c->new_products, c->taken_arena);
    names_begin(c);
    if (!look_at_number(c, e))
        return false;
    created_begin(c);
    return contents_look(c, e);
}
void contents_undo(struct contents *c) {
    forget_pending(c);
    expected_forget(c);
    forget_remembered(c);
}

void portfolio_moves(struct portfolio *p) {
    if (p->contents)
        p->contents->moves = true;
}
bool portfolio_tell_moved(struct portfolio *p, struct err *e) {
    struct ask *q;
    bool moves = p->contents->moves;
    p->contents->moves = false;
    return !moves || (store_ask(p->store, &Q_portfolio_moved, &q, e) && ask_send(q, e));
}

/* ── one release ── */

int64_t body_key(const unsigned char body[32]) {
    uint64_t v = 0;
    for (int i = 0; i < 8; i++)
        v = v << 8 | body[i];
    return (int64_t)v;
}

static str number_key(const int64_t *number) { return str_n((const char *)number, sizeof *number); }

static bool number_of(struct contents *c, enum thing_kind kind, str id, uint64_t entry, int64_t *out, struct err *e) {
    struct names *known = kind == THING_PRODUCT ? &c->products : &c->parties;
    bool fresh;
    if (names_get(known, id, out))
        return true;
    if (!thing_met(c->p, kind, id, entry, out, &fresh, e))
        return false;
    names_put(known, id, *out);
    if (fresh && kind == THING_PRODUCT)
        map_put(&c->new_products, arena_str(c->taken_arena, number_key(out)), NULL);
    return true;
}

struct adding {
    struct contents *c;
    const struct release_new *r;
    struct pending row;
    const int64_t *known;          /* of its parts; NULL: nothing */
    str release_key, document_key; /* in by_release; in by_body and expected */
    bool twin;
};

str release_place(struct arena *a, int64_t product, str version) {
    return arena_printf(a, "%lld\n%.*s", (long long)product, STR_ARG(version));
}
str document_place(struct arena *a, str release, const unsigned char body[32]) {
    return arena_cat(a, release, str_n((const char *)body, 32));
}

static bool is_taken(const struct map *taken, str place, uint32_t *id) {
    const void *at = map_get(taken, place);
    if (at)
        *id = (uint32_t)((uintptr_t)at - 1);
    return at != NULL;
}
static bool is_expected(int64_t known, uint32_t *id) {
    if (known >= 0)
        *id = (uint32_t)known;
    return known >= 0;
}

static bool is_new_product(const struct adding *x) {
    return map_find(&x->c->new_products, number_key(&x->row.product)) != NULL;
}

/* The same document for the same release. */
static bool find_same(struct adding *x, bool *found, uint32_t *id, struct err *e) {
    const struct known_release *known = map_get(&x->c->expected, x->document_key);
    struct ask *q;
    *found = is_taken(&x->c->by_body, x->document_key, id) || (known && is_expected(known->same, id));
    if (*found || known || is_new_product(x))
        return true;
    if (!store_ask(x->c->s, &Q_release_same, &q, e))
        return false;
    ask_int(q, 1, body_key(x->r->body));
    ask_int(q, 2, x->row.product);
    ask_text(q, 3, x->r->version);
    ask_blob(q, 4, str_n((const char *)x->r->body, 32));
    if (!ask_step(q, found, e))
        return false;
    *id = *found ? (uint32_t)ask_col_int(q, 0) : 0;
    ask_end(q);
    return true;
}

/* The first document of the same release. */
static bool find_first(struct adding *x, bool *found, struct err *e) {
    const struct known_release *known = map_get(&x->c->expected, x->document_key);
    struct ask *q;
    *found = is_taken(&x->c->by_release, x->release_key, &x->row.twin) ||
             (known && is_expected(known->first, &x->row.twin));
    if (*found || known || is_new_product(x))
        return true;
    if (!store_ask(x->c->s, &Q_release_first, &q, e))
        return false;
    ask_int(q, 1, x->row.product);
    ask_text(q, 2, x->r->version);
    if (!ask_step(q, found, e))
        return false;
    if (*found)
        x->row.twin = (uint32_t)ask_col_int(q, 0);
    ask_end(q);
    return true;
}

/* What contents_expect() found of this release's parts; NULL: nothing. Who adds others first is told of none. */
static const int64_t *take_foreseen(struct contents *c, const struct release_new *r) {
    struct foreseen *f = &c->foreseen;
    uint32_t i = f->at++;
    if (i < f->n && f->list[i].parts == r->parts)
        return f->known + f->starts[i];
    f->n = 0;
    return NULL;
}

static bool intern_all(struct adding *x, struct err *e) {
    struct contents *c = x->c;
    uint32_t n = x->r->parts->n;
    const int64_t *known = x->known;
    if (n > c->ids_cap) {
        c->ids_cap = n;
        c->ids = realloc(c->ids, n * sizeof *c->ids);
        if (!c->ids)
            abort();
    }
    /* The last bit says for a moment that it is unidentified. */
    for (uint32_t i = 0; i < n; i++) {
        component_id id;
        bool unidentified;
        if (!contents_intern(c, &x->r->parts->v[i], known ? known[i] : -1, &id, &unidentified, e) ||
            !traits_note(c, id, &x->r->parts->v[i], x->row.id, e))
            return false;
        c->ids[i] = id << 1 | unidentified;
    }
    x->row.components = ids_sort(c->ids, n);
    for (uint32_t i = 0; i < x->row.components; i++) {
        x->row.unidentified += c->ids[i] & 1;
        c->ids[i] >>= 1;
    }
    return true;
}

static bool same_list(struct contents *c, uint32_t id, uint32_t n, bool *same, struct err *e) {
    const struct tail *t = &c->tail;
    if (id >= t->first) {
        uint32_t i = id - t->first;
        *same = t->ends[i] - tail_list_begin(t, i) == n &&
                (n == 0 || memcmp(t->ids + tail_list_begin(t, i), c->ids, n * sizeof *c->ids) == 0);
        return true;
    }
    struct arena *a = arena_new();
    struct component_ids other = {0};
    bool ok = contents_of(c, a, id, &other, e);
    *same = ok && other.n == n && (n == 0 || memcmp(other.v, c->ids, n * sizeof *c->ids) == 0);
    arena_free(a);
    return ok;
}

/* Two documents that disagree are both marked. */
static bool compare(struct adding *x, struct err *e) {
    struct contents *c = x->c;
    struct ask *q;
    bool same;
    if (!same_list(c, x->row.twin, x->row.components, &same, e))
        return false;
    x->row.disagrees = !same;
    c->disagreeing += !same;
    if (same)
        return true;
    if (x->row.twin >= c->releases) {
        c->pending.v[x->row.twin - c->releases].disagrees = true;
        return true;
    }
    if (!store_ask(c->s, &Q_release_disagrees, &q, e))
        return false;
    ask_int(q, 1, x->row.twin);
    return ask_send(q, e);
}

static void keep(struct adding *x) {
    struct contents *c = x->c;
    struct arena *a = c->pending_arena;
    struct release_new *r = &x->row.row;
    *r = *x->r;
    r->version = arena_str(a, x->r->version);
    r->purl = arena_str(a, x->r->purl);
    r->supersedes = arena_str(a, x->r->supersedes);
    r->product = r->party = (str){NULL, 0};
    r->parts = NULL;
    *vec_push(a, &c->pending) = x->row;
    void *at = (void *)(uintptr_t)(x->row.id + (uint64_t)1);
    map_put(&c->by_body, x->document_key, NULL)->value = at;
    if (!x->twin)
        map_put(&c->by_release, x->release_key, NULL)->value = at;
    tail_list_add(&c->tail, c->ids, x->row.components);
}

bool contents_add(struct contents *c, const struct release_new *r, uint32_t *release_id, bool *fresh, struct err *e) {
    struct adding x = {.c = c, .r = r, .row = {.party = -1}, .known = take_foreseen(c, r)};
    bool same;
    if (!number_of(c, THING_PRODUCT, r->product, r->entry, &x.row.product, e) ||
        (r->party.n && !number_of(c, THING_PARTY, r->party, r->entry, &x.row.party, e)))
        return false;
    x.release_key = release_place(c->taken_arena, x.row.product, r->version);
    x.document_key = document_place(c->taken_arena, x.release_key, r->body);
    if (!find_same(&x, &same, release_id, e))
        return false;
    *fresh = !same;
    if (same)
        return true;
    *release_id = x.row.id = x.row.twin = c->releases + c->pending.n;
    if (!find_first(&x, &x.twin, e) || !intern_all(&x, e) || (x.twin && !compare(&x, e)) ||
        !called_note(c->p, x.row.product, r->purl, e))
        return false;
    keep(&x);
    /* A run that is full is made at once, so that memory stays bounded. */
    return (c->tail.n < RUN_RELEASES && c->tail.n_ids < RUN_PAIRS &&
            c->tail.first + c->tail.n < (contents_sealed(c) + 1) * BUCKET_RELEASES) ||
           contents_flush(c, e);
}

bool contents_listed(struct contents *c, uint32_t release_id, uint32_t *components, uint32_t *unidentified,
                     struct err *e) {
    if (release_id >= c->releases && release_id - c->releases < c->pending.n) {
        const struct pending *x = &c->pending.v[release_id - c->releases];
        *components = x->components;
        *unidentified = x->unidentified;
        return true;
    }
    struct arena *a = arena_new();
    struct release_row row = {0};
    bool ok = contents_release(c, a, release_id, &row, e);
    *components = row.components;
    *unidentified = row.unidentified;
    arena_free(a);
    return ok;
}

/* ── writing ── */

static bool write_rows(struct contents *c, struct err *e) {
    struct loading *l;
    if (!load_begin(c->s, &L_release_in, &l, e))
        return false;
    for (uint32_t i = 0; i < c->pending.n; i++) {
        const struct pending *x = &c->pending.v[i];
        load_int(l, x->id);
        load_int(l, x->product);
        load_text(l, x->row.version);
        load_int(l, x->party);
        load_text(l, x->row.purl);
        load_blob(l, str_n((const char *)x->row.body, 32));
        load_int(l, body_key(x->row.body));
        load_int(l, x->row.log_id);
        load_int(l, (int64_t)x->row.entry);
        load_int(l, x->row.time);
        load_int(l, x->row.released);
        load_text(l, x->row.supersedes);
        load_int(l, x->twin);
        load_int(l, x->components);
        load_int(l, x->unidentified);
        load_int(l, x->disagrees);
        load_blob(l, str_n((const char *)x->row.signer, 32));
        if (!load_row(l, e))
            return false;
    }
    return load_end(l, e);
}

static bool write_lists(struct contents *c, struct err *e) {
    const struct tail *t = &c->tail;
    struct buf b = {0};
    struct loading *l;
    bool ok = load_begin(c->s, &L_release_list_in, &l, e);
    for (uint32_t i = 0; ok && i < c->pending.n; i++) {
        uint32_t at = c->pending.v[i].id - t->first;
        buf_clear(&b);
        idlist_write(&b, t->ids + tail_list_begin(t, at), (uint32_t)(t->ends[at] - tail_list_begin(t, at)));
        load_int(l, c->pending.v[i].id);
        load_blob(l, buf_str(&b));
        ok = load_row(l, e);
    }
    buf_free(&b);
    return ok && load_end(l, e);
}

/* A block of product numbers as soon as its last release is there. */
static bool write_dense(struct contents *c, uint32_t before, struct err *e) {
    struct loading *l;
    for (uint32_t block = before / DENSE_RELEASES; block < c->releases / DENSE_RELEASES; block++) {
        unsigned char bytes[DENSE_RELEASES * 4] = {0};
        struct ask *q;
        bool row;
        if (!store_ask(c->s, &Q_release_product_range, &q, e))
            return false;
        ask_int(q, 1, (int64_t)block * DENSE_RELEASES);
        ask_int(q, 2, ((int64_t)block + 1) * DENSE_RELEASES);
        for (;;) {
            if (!ask_step(q, &row, e))
                return false;
            if (!row)
                break;
            uint32_t at = (uint32_t)ask_col_int(q, 0) % DENSE_RELEASES, product = (uint32_t)ask_col_int(q, 1);
            for (int k = 0; k < 4; k++)
                bytes[at * 4 + (uint32_t)k] = (unsigned char)(product >> 8 * k);
        }
        ask_end(q);
        if (!load_begin(c->s, &L_release_products_in, &l, e))
            return false;
        load_int(l, block);
        load_blob(l, str_n((char *)bytes, sizeof bytes));
        if (!load_row(l, e) || !load_end(l, e))
            return false;
    }
    return true;
}

bool contents_flush(struct contents *c, struct err *e) {
    uint32_t before = c->releases;
    if (!c->pending.n)
        return true;
    if (!names_write(c, e) || !traits_write(c, e) || !write_rows(c, e) || !write_lists(c, e))
        return false;
    c->releases += c->pending.n;
    c->created.upto = c->releases;
    for (uint32_t i = 0; i < c->pending.n; i++)
        if (c->pending.v[i].twin == c->pending.v[i].id)
            touch_release(c->p, c->pending.v[i].product, c->pending.v[i].id);
    forget_pending(c);
    c->pending_arena = arena_new();
    names_none_fresh(c);
    return write_dense(c, before, e) && contents_fold(c, e);
}
