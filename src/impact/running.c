/* SPDX-License-Identifier: Apache-2.0
 *
 *     product_newest     release + 1 of each product, 4 bytes, least first
 *     deployment_runs    of each deployment, least bytes first: product, release, customer, operator, host, service
 *                        (4 bytes each, + 1, 0: none), exposure (4), since (8), until (8); all 0: nothing holds of it
 */
#include "impact/running.h"

#include <stdlib.h>

#include "impact/contents.h"
#include "impact/moved.h"
#include "impact/things_inner.h"
#include "store/queries.h"

enum { PRODUCTS = 512, DEPLOYMENTS = 64, PRODUCT_BYTES = 4, RUNS_BYTES = 44 };

/* ── blocks of a column ── */

struct column {
    const struct query *get, *put, *all;
    uint32_t rows, bytes; /* of a block; of a row */
};
static const struct column newest_column = {&Q_product_newest_get, &Q_product_newest_put, &Q_product_newest_all,
                                            PRODUCTS, PRODUCT_BYTES};
static const struct column runs_column = {&Q_deployment_runs_get, &Q_deployment_runs_put, &Q_deployment_runs_all,
                                          DEPLOYMENTS, RUNS_BYTES};

static void put_number(unsigned char *to, uint32_t bytes, uint64_t v) {
    for (uint32_t i = 0; i < bytes; i++)
        to[i] = (unsigned char)(v >> 8 * i);
}
static uint64_t get_number(const unsigned char *from, uint32_t bytes) {
    uint64_t v = 0;
    for (uint32_t i = bytes; i-- > 0;)
        v = v << 8 | from[i];
    return v;
}

/* One block at hand, written when another is wanted. */
struct block {
    const struct column *of;
    struct portfolio *p;
    int64_t number; /* -1: none */
    bool changed;
    unsigned char
        bytes[DEPLOYMENTS * RUNS_BYTES > PRODUCTS *PRODUCT_BYTES ? DEPLOYMENTS *RUNS_BYTES : PRODUCTS *PRODUCT_BYTES];
};

static bool block_write(struct block *b, struct err *e) {
    struct ask *q;
    if (!b->changed)
        return true;
    b->changed = false;
    if (b->of == &runs_column)
        portfolio_moves(b->p);
    if (!store_ask(b->p->store, b->of->put, &q, e))
        return false;
    ask_int(q, 1, b->number);
    ask_blob(q, 2, str_n((const char *)b->bytes, (size_t)b->of->rows * b->of->bytes));
    return ask_run(q, e);
}

static bool block_row(struct block *b, int64_t number, unsigned char **row, struct err *e) {
    int64_t block = number / b->of->rows;
    if (block != b->number) {
        struct ask *q;
        bool found;
        if (!block_write(b, e) || !store_ask(b->p->store, b->of->get, &q, e))
            return false;
        ask_int(q, 1, block);
        if (!ask_step(q, &found, e))
            return false;
        str bytes = found ? ask_col_blob(q, 0) : (str){NULL, 0};
        memset(b->bytes, 0, sizeof b->bytes);
        if (bytes.n && bytes.n <= sizeof b->bytes)
            memcpy(b->bytes, bytes.p, bytes.n);
        ask_end(q);
        b->number = block;
    }
    *row = b->bytes + (size_t)(number % b->of->rows) * b->of->bytes;
    return true;
}

static bool block_put(struct block *b, int64_t number, const unsigned char *row, struct err *e) {
    unsigned char *at;
    if (!block_row(b, number, &at, e))
        return false;
    if (memcmp(at, row, b->of->bytes) != 0) {
        memcpy(at, row, b->of->bytes);
        b->changed = true;
    }
    return true;
}

/* ── what was touched ── */

struct touched {
    struct arena *a;
    struct map products;    /* number (8 bytes) → first new release, + 1; 0: look at all of them */
    struct map deployments; /* number (8 bytes) */
};

struct touched *touched_new(void) {
    struct touched *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    touched_forget(t);
    return t;
}
void touched_free(struct touched *t) {
    if (t)
        arena_free(t->a);
    free(t);
}
void touched_forget(struct touched *t) {
    if (!t)
        return;
    if (t->a)
        arena_free(t->a);
    t->a = arena_new();
    map_init(&t->products, t->a);
    map_init(&t->deployments, t->a);
}

static struct map_entry *note(struct touched *t, struct map *m, int64_t number, bool *fresh) {
    str key = str_n((const char *)&number, sizeof number);
    struct map_entry *at = map_find(m, key);
    *fresh = !at;
    return at ? at : map_put(m, arena_str(t->a, key), NULL);
}
void touch_product(struct portfolio *p, int64_t product) {
    bool fresh;
    if (p->touched && product >= 0)
        note(p->touched, &p->touched->products, product, &fresh)->value = NULL;
}
void touch_release(struct portfolio *p, int64_t product, uint32_t release) {
    bool fresh;
    if (!p->touched || product < 0)
        return;
    struct map_entry *at = note(p->touched, &p->touched->products, product, &fresh);
    if (fresh) /* ids rise: the first is the least */
        at->value = (void *)((uintptr_t)release + 1);
}
void touch_deployment(struct portfolio *p, int64_t deployment) {
    bool fresh;
    if (p->touched && deployment >= 0)
        note(p->touched, &p->touched->deployments, deployment, &fresh);
}

VEC_NAMED(touched_numbers, int64_t);
static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}
static void sorted(struct arena *a, const struct map *m, struct touched_numbers *out) {
    *out = (struct touched_numbers){0};
    for (uint32_t i = 0; i < m->entries.n; i++)
        memcpy(vec_push(a, out), m->entries.v[i].key.p, sizeof *out->v);
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_number);
}

/* ── newest releases ── */

struct came { /* a first document of a release */
    uint32_t id;
    str version;
    struct came *next; /* of the product, by id */
};
struct keeping {
    struct portfolio *p;
    struct arena *a; /* of one product or deployment */
    struct block newest, runs;
    /* Asked for at once, since each question may be a round trip to several servers. */
    struct map came;     /* product (8 bytes) → struct came_list: what this transaction brought */
    struct map versions; /* release (4 bytes) → str *, of those that were the newest */
};
struct came_list {
    struct came *first, *last;
};

static bool find_came(struct keeping *k, struct arena *a, uint32_t least, struct err *e) {
    struct ask *q;
    bool row = true;
    if (!store_ask(k->p->store, &Q_releases_came, &q, e))
        return false;
    ask_int(q, 1, least);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        int64_t product = ask_col_int(q, 0);
        struct map_entry *at = map_put(&k->came, arena_str(a, str_n((const char *)&product, sizeof product)), NULL);
        struct came_list *list = at->value ? at->value : (at->value = arena_new_of(a, struct came_list));
        struct came *x = arena_new_of(a, struct came);
        *x = (struct came){(uint32_t)ask_col_int(q, 1), arena_str(a, ask_col_text(q, 2)), NULL};
        *(list->last ? &list->last->next : &list->first) = x;
        list->last = x;
    }
    ask_end(q);
    return true;
}

static bool find_versions(struct keeping *k, struct arena *a, str ids, struct err *e) {
    struct ask *q;
    bool row = true;
    if (!store_ask(k->p->store, &Q_release_versions, &q, e))
        return false;
    ask_text(q, 1, ids);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        uint32_t id = (uint32_t)ask_col_int(q, 0);
        str *version = arena_new_of(a, str);
        *version = arena_str(a, ask_col_text(q, 1));
        map_put(&k->versions, arena_str(a, str_n((const char *)&id, sizeof id)), NULL)->value = version;
    }
    ask_end(q);
    return true;
}

/* Of products of which only the new releases have to be looked at. */
static bool look_ahead(struct keeping *k, struct arena *a, const struct touched_numbers *products, struct err *e) {
    struct buf ids = {0};
    struct jw w = jw_to(&ids, false);
    uint32_t least = UINT32_MAX;
    bool ok = true;
    map_init(&k->came, a);
    map_init(&k->versions, a);
    jw_arr(&w);
    for (uint32_t i = 0; ok && i < products->n; i++) {
        str key = str_n((const char *)&products->v[i], sizeof *products->v);
        uint32_t from = (uint32_t)(uintptr_t)map_get(&k->p->touched->products, key), best;
        unsigned char *row;
        if (!from)
            continue;
        least = from - 1 < least ? from - 1 : least;
        ok = block_row(&k->newest, products->v[i], &row, e);
        if (ok && (best = (uint32_t)get_number(row, PRODUCT_BYTES)) != 0)
            jw_int(&w, best - 1);
    }
    jw_arr_end(&w);
    ok = ok && (least == UINT32_MAX || find_came(k, a, least, e)) &&
         (ids.n <= 2 || find_versions(k, a, buf_str(&ids), e));
    buf_free(&ids);
    return ok;
}

static bool version_of(struct keeping *k, uint32_t release, str *out, struct err *e) {
    const str *known = map_get(&k->versions, str_n((const char *)&release, sizeof release));
    struct ask *q;
    bool row;
    if (known) {
        *out = *known;
        return true;
    }
    if (!store_ask(k->p->store, &Q_release_version, &q, e))
        return false;
    ask_int(q, 1, release);
    if (!ask_step(q, &row, e))
        return false;
    *out = row ? arena_str(k->a, ask_col_text(q, 0)) : S("");
    ask_end(q);
    return true;
}

struct best {
    const struct ecosystem *eco;
    uint32_t id; /* + 1; 0: none */
    str version;
};
static void try_release(struct keeping *k, struct best *b, uint32_t id, str version) {
    if (b->id && !version_newer(b->eco, version, id, b->version, b->id - 1))
        return;
    b->id = id + 1;
    b->version = arena_str(k->a, version);
}

static bool try_all(struct keeping *k, struct best *b, int64_t product, struct err *e) {
    struct ask *q;
    bool more;
    if (!store_ask(k->p->store, &Q_releases_newer, &q, e))
        return false;
    ask_int(q, 1, product);
    ask_int(q, 2, 0);
    for (;;) {
        if (!ask_step(q, &more, e))
            return false;
        if (!more)
            break;
        try_release(k, b, (uint32_t)ask_col_int(q, 0), ask_col_text(q, 1));
    }
    ask_end(q);
    return true;
}

/* Ids rise, so what was the newest and then each that came since is the order all of them would be looked at in. */
static bool look_at_product(struct keeping *k, int64_t product, uint32_t from, struct err *e) {
    struct product about;
    unsigned char *row, now[PRODUCT_BYTES];
    bool known;
    if (!product_get(k->p, k->a, product, NULL, &about, &known, e) || !block_row(&k->newest, product, &row, e))
        return false;
    struct best b = {.eco = versions_of_product(k->a, about.purl)};
    if (from) {
        const struct came_list *came = map_get(&k->came, str_n((const char *)&product, sizeof product));
        b.id = (uint32_t)get_number(row, PRODUCT_BYTES);
        if (b.id && !version_of(k, b.id - 1, &b.version, e))
            return false;
        for (const struct came *x = came ? came->first : NULL; x; x = x->next)
            try_release(k, &b, x->id, x->version);
    } else if (!try_all(k, &b, product, e)) {
        return false;
    }
    put_number(now, PRODUCT_BYTES, b.id);
    return block_put(&k->newest, product, now, e);
}

static bool add_deployments(struct keeping *k, int64_t product, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, &Q_running_deployments, &q, e))
        return false;
    ask_int(q, 1, product);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        touch_deployment(k->p, ask_col_int(q, 0));
    }
    ask_end(q);
    return true;
}

/* ── what deployments run ── */

static bool release_of(struct keeping *k, const struct deployment *d, uint32_t *out, struct err *e) {
    struct ask *q;
    unsigned char *row;
    bool found;
    *out = 0;
    if (d->product < 0)
        return true;
    if (d->follows || !d->version.p) {
        if (!block_row(&k->newest, d->product, &row, e))
            return false;
        *out = (uint32_t)get_number(row, PRODUCT_BYTES);
        return true;
    }
    if (!store_ask(k->p->store, &Q_release_first, &q, e))
        return false;
    ask_int(q, 1, d->product);
    ask_text(q, 2, d->version);
    if (!ask_step(q, &found, e))
        return false;
    *out = found ? (uint32_t)ask_col_int(q, 0) + 1 : 0;
    ask_end(q);
    return true;
}

static void pack(unsigned char *to, const struct deployment *d, uint32_t release) {
    const uint64_t numbers[] = {(uint64_t)(d->product + 1),  release,
                                (uint64_t)(d->customer + 1), (uint64_t)(d->operator_ + 1),
                                (uint64_t)(d->host + 1),     (uint64_t)(d->service + 1),
                                (uint64_t)d->exposure};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(to + i * 4, 4, numbers[i]);
    put_number(to + 28, 8, (uint64_t)d->since);
    put_number(to + 36, 8, (uint64_t)d->until);
}

static void unpack(const unsigned char *from, struct runs *out) {
    int64_t n[7];
    for (uint32_t i = 0; i < 7; i++)
        n[i] = (int64_t)get_number(from + i * 4u, 4);
    *out = (struct runs){.product = n[0] - 1,
                         .release = n[1] ? (uint32_t)n[1] - 1 : RUNNING_NONE,
                         .customer = n[2] - 1,
                         .operator_ = n[3] - 1,
                         .host = n[4] - 1,
                         .service = n[5] - 1,
                         .exposure = (enum exposure)n[6],
                         .since = (int64_t)get_number(from + 28, 8),
                         .until = (int64_t)get_number(from + 36, 8)};
}

static bool look_at_deployment(struct keeping *k, int64_t number, struct err *e) {
    struct deployment d;
    unsigned char row[RUNS_BYTES] = {0};
    uint32_t release;
    bool found;
    if (!deployment_get(k->p, k->a, number, NULL, &d, &found, e))
        return false;
    if (found && !d.mentioned) {
        if (!release_of(k, &d, &release, e))
            return false;
        pack(row, &d, release);
    }
    return block_put(&k->runs, number, row, e);
}

/* ── writing ── */

static bool write_all(struct keeping *k, struct err *e) {
    struct touched *t = k->p->touched;
    struct touched_numbers numbers;
    struct arena_mark mark = arena_mark(k->a);
    sorted(t->a, &t->products, &numbers);
    if (!look_ahead(k, t->a, &numbers, e))
        return false;
    for (uint32_t i = 0; i < numbers.n; i++) {
        str key = str_n((const char *)&numbers.v[i], sizeof *numbers.v);
        uint32_t from = (uint32_t)(uintptr_t)map_get(&t->products, key);
        if (!look_at_product(k, numbers.v[i], from, e) || !add_deployments(k, numbers.v[i], e))
            return false;
        arena_reset(k->a, mark);
    }
    sorted(t->a, &t->deployments, &numbers);
    for (uint32_t i = 0; i < numbers.n; i++) {
        if (!look_at_deployment(k, numbers.v[i], e))
            return false;
        arena_reset(k->a, mark);
    }
    return block_write(&k->newest, e) && block_write(&k->runs, e);
}

bool running_kept(struct portfolio *p, bool *kept, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_running_made, &q, e) || !ask_step(q, kept, e))
        return false;
    ask_end(q);
    return true;
}

bool running_flush(struct portfolio *p, struct err *e) {
    struct touched *t = p->touched;
    bool kept;
    if (!t || (!t->products.entries.n && !t->deployments.entries.n))
        return true;
    if (!running_kept(p, &kept, e))
        return false;
    struct keeping *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    k->p = p;
    k->a = arena_new();
    k->newest = (struct block){.of = &newest_column, .p = p, .number = -1};
    k->runs = (struct block){.of = &runs_column, .p = p, .number = -1};
    bool ok = !kept || write_all(k, e);
    arena_free(k->a);
    free(k);
    touched_forget(t);
    return ok;
}

/* ── all of it ── */

static bool run(struct portfolio *p, const struct query *of, struct err *e) {
    struct ask *q;
    return store_ask(p->store, of, &q, e) && ask_run(q, e);
}

static bool touch_all(struct portfolio *p, enum thing_kind kind, void (*touch)(struct portfolio *, int64_t),
                      struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_running_numbers, &q, e))
        return false;
    ask_int(q, 1, kind);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        touch(p, ask_col_int(q, 0));
    }
    ask_end(q);
    return true;
}

bool running_rebuild(struct portfolio *p, struct err *e) {
    struct touched *own = p->touched ? NULL : touched_new();
    if (own)
        p->touched = own;
    portfolio_moves(p);
    bool ok = run(p, &Q_running_made_set, e) && run(p, &Q_product_newest_drop, e) &&
              run(p, &Q_deployment_runs_drop, e) && touch_all(p, THING_PRODUCT, touch_product, e) &&
              touch_all(p, THING_DEPLOYMENT, touch_deployment, e) && running_flush(p, e);
    if (own) {
        touched_free(own);
        p->touched = NULL;
    }
    return ok;
}

/* ── reading ── */

static void take_newest(struct running *r, uint32_t number, const unsigned char *row) {
    r->newest[number] = (uint32_t)get_number(row, PRODUCT_BYTES) - 1; /* 0: RUNNING_NONE */
}
static void take_runs(struct running *r, uint32_t number, const unsigned char *row) { unpack(row, &r->v[number]); }

static void room_newest(struct running *r, struct arena *a, uint32_t n) {
    r->newest = arena_room(a, (n + 1u) * sizeof *r->newest);
    r->n_products = n;
}
static void room_runs(struct running *r, struct arena *a, uint32_t n) {
    r->v = arena_room(a, (n + 1u) * sizeof *r->v);
    r->n = n;
}

struct decoding {
    const struct column *of;
    void (*room)(struct running *r, struct arena *a, uint32_t n);
    void (*take)(struct running *r, uint32_t number, const unsigned char *row);
};

/* The last block comes first: it tells how many there are. Blocks in which nothing was ever said are not stored. */
static bool read_column(struct portfolio *p, struct arena *a, const struct decoding *d, struct running *out,
                        struct err *e) {
    const unsigned char nothing[RUNS_BYTES] = {0};
    size_t size = (size_t)d->of->rows * d->of->bytes;
    int64_t below = -1; /* blocks from here on are decoded */
    struct ask *q;
    bool row;
    if (!store_ask(p->store, d->of->all, &q, e))
        return false;
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        int64_t block = row ? ask_col_int(q, 0) : -1;
        str bytes = row ? ask_col_blob(q, 1) : (str){NULL, 0};
        if (below < 0)
            d->room(out, a, (uint32_t)(block + 1) * d->of->rows);
        for (int64_t i = (block + 1) * d->of->rows; below >= 0 && i < below * d->of->rows; i++)
            d->take(out, (uint32_t)i, nothing);
        if (!row)
            break;
        below = block;
        for (uint32_t i = 0; i < d->of->rows; i++)
            d->take(out, (uint32_t)block * d->of->rows + i,
                    bytes.n == size ? (const unsigned char *)bytes.p + (size_t)i * d->of->bytes : nothing);
    }
    ask_end(q);
    return true;
}

bool running_read(struct portfolio *p, struct arena *a, struct running *out, struct err *e) {
    static const struct decoding newest = {&newest_column, room_newest, take_newest},
                                 runs = {&runs_column, room_runs, take_runs};
    *out = (struct running){0};
    if (!running_kept(p, &out->known, e))
        return false;
    return !out->known || (read_column(p, a, &newest, out, e) && read_column(p, a, &runs, out, e));
}
