/* SPDX-License-Identifier: Apache-2.0
 *
 * Which releases contain these components: sealed buckets and runs in one question, then the tail.
 */
#include <stdlib.h>

#include "impact/contents_inner.h"
#include "store/queries.h"

enum { GAP = 64, LIST_MOST = 32 /* releases that are handed on as a list */, ARRAY_MOST = 4096 };

struct asking {
    struct contents *c;
    const component_id *ids; /* ascending, each once */
    uint32_t n, limit;
    void *arg;
    /* Releases of ids[at]: a bitmap, or a list of n ascending ids. */
    void (*bits)(void *arg, uint32_t at, const roaring_bitmap_t *bits);
    void (*list)(void *arg, uint32_t at, const uint32_t *releases, uint32_t n);
    struct component_releases *room; /* of a component in a bucket or run */
};
struct component_releases {
    uint16_t offsets[BUCKET_RELEASES];
    uint32_t ids[LIST_MOST];
    struct buf bits; /* Roaring, portable form */
};
struct stretch { /* ids[from, to): near enough to each other to be read in one go */
    uint32_t from, to;
};

static uint32_t stretch_end(const struct asking *k, uint32_t from) {
    uint32_t to = from + 1;
    while (to < k->n && k->ids[to] - k->ids[to - 1] <= GAP)
        to++;
    return to;
}

/* Moves *at to the place of id in the stretch; false when it is not asked for. */
static bool is_asked(const struct asking *k, struct stretch s, component_id id, uint32_t *at) {
    while (*at < s.to && k->ids[*at] < id)
        ++*at;
    return *at < s.to && k->ids[*at] == id;
}

static bool damaged(const char *table, struct err *e) {
    err_set(e, ERR_ENV, str_of(table), "%s", _("the views are damaged"));
    return err_hint(e, "%s", _("`akashi rebuild` makes them anew"));
}

/* ── buckets and runs ── */

static void put_u16(struct buf *b, uint32_t v) {
    buf_addc(b, (char)v);
    buf_addc(b, (char)(v >> 8));
}

/* One container as RoaringFormatSpec has it: an array of the lower halves up to 4,096, else a bit for each. */
static roaring_bitmap_t *bits_of(struct buf *b, uint32_t first, const uint16_t *offsets, uint32_t n) {
    const uint32_t low = first % BUCKET_RELEASES;
    const uint32_t head[] = {12346, 0, 1, 0, first / BUCKET_RELEASES, n - 1, 16, 0}; /* cookie, containers, key, … */
    buf_clear(b);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_u16(b, head[i]);
    if (n <= ARRAY_MOST) {
        for (uint32_t i = 0; i < n; i++)
            put_u16(b, low + offsets[i]);
    } else {
        unsigned char *bits = (unsigned char *)buf_room(b, BUCKET_RELEASES / 8);
        memset(bits, 0, BUCKET_RELEASES / 8);
        for (uint32_t i = 0; i < n; i++)
            bits[(low + offsets[i]) / 8] |= (unsigned char)(1 << (low + offsets[i]) % 8);
        b->n += BUCKET_RELEASES / 8;
    }
    return roaring_bitmap_portable_deserialize_safe(b->p, b->n);
}

static bool hand_on(const struct asking *k, uint32_t at, uint32_t first, uint32_t n) {
    struct component_releases *x = k->room;
    if (first % BUCKET_RELEASES + (uint32_t)x->offsets[n - 1] >= BUCKET_RELEASES)
        return false;
    if (n <= LIST_MOST) {
        for (uint32_t i = 0; i < n; i++)
            x->ids[i] = first + x->offsets[i];
        k->list(k->arg, at, x->ids, n);
        return true;
    }
    roaring_bitmap_t *bits = bits_of(&x->bits, first, x->offsets, n);
    if (bits) {
        k->bits(k->arg, at, bits);
        roaring_bitmap_free(bits);
    }
    return bits != NULL;
}

static bool scan_block(const struct asking *k, struct stretch s, uint32_t first, str data, uint32_t *at,
                       struct err *e) {
    uint32_t n;
    component_id id = 0;
    while (data.n) {
        if (!idblock_next(&data, &id, k->room->offsets, BUCKET_RELEASES, &n))
            return damaged("posting", e);
        if (id > k->ids[s.to - 1])
            return true;
        if (is_asked(k, s, id, at) && !hand_on(k, *at, first, n))
            return damaged("posting", e);
    }
    return true;
}

static bool ask_stretch(const struct asking *k, struct stretch s, struct err *e) {
    struct ask *q;
    bool row;
    uint32_t at = s.from, last = UINT32_MAX;
    if (!store_ask(k->c->s, &Q_posting_range, &q, e))
        return false;
    ask_int(q, 1, (int64_t)contents_sealed(k->c) * BUCKET_RELEASES);
    ask_int(q, 2, k->limit);
    ask_int(q, 3, k->ids[s.from]);
    ask_int(q, 4, k->ids[s.to - 1]);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        uint32_t first = (uint32_t)ask_col_int(q, 0);
        if (first != last)
            at = s.from;
        last = first;
        if (!scan_block(k, s, first, ask_col_blob(q, 2), &at, e)) {
            ask_end(q);
            return false;
        }
    }
    ask_end(q);
    return true;
}

/* ── the tail ── lists that nothing sorts by component: walked once for all that is asked for ── */

size_t ids_from(const component_id *ids, size_t n, component_id least) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ids[middle] < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool place_of(const component_id *ids, size_t n, component_id id, size_t *at) {
    *at = ids_from(ids, n, id);
    return *at < n && ids[*at] == id;
}

enum { FEW_ASKS = 3, INDEX_MOST = 1 << 20 /* pairs */ };

static void index_tail(struct contents *c) {
    const struct tail *t = &c->tail;
    struct tail_index *x = &c->tail_index;
    struct pair *room = malloc((t->n_ids + 1) * sizeof *room);
    x->v = realloc(x->v, (t->n_ids + 1) * sizeof *x->v);
    if (!room || !x->v)
        abort();
    for (uint32_t i = 0; i < t->n; i++)
        for (size_t at = tail_list_begin(t, i); at < t->ends[i]; at++)
            x->v[x->n++] = (struct pair){t->ids[at], t->first + i};
    pairs_sort(x->v, room, x->n);
    free(room);
}

static bool is_indexed(struct contents *c) {
    const struct tail *t = &c->tail;
    struct tail_index *x = &c->tail_index;
    if (x->first != t->first || x->lists != t->n) {
        x->first = t->first;
        x->lists = t->n;
        x->asked = 0;
        x->n = 0;
    }
    if (x->asked < FEW_ASKS || t->n_ids > INDEX_MOST) {
        x->asked++;
        return false;
    }
    if (!x->n && t->n_ids)
        index_tail(c);
    return true;
}

static void ask_index(const struct asking *k) {
    const struct tail_index *x = &k->c->tail_index;
    uint32_t releases[RUN_RELEASES];
    for (uint32_t i = 0; i < k->n; i++) {
        size_t low = 0, high = x->n;
        uint32_t n = 0;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (x->v[middle].id < k->ids[i])
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < x->n && n < RUN_RELEASES && x->v[low].id == k->ids[i] && x->v[low].at < k->limit; low++)
            releases[n++] = x->v[low].at;
        if (n)
            k->list(k->arg, i, releases, n);
    }
}

static void ask_tail(const struct asking *k) {
    const struct tail *t = &k->c->tail;
    size_t at;
    if (is_indexed(k->c)) {
        ask_index(k);
        return;
    }
    for (uint32_t i = 0; i < t->n && t->first + i < k->limit; i++) {
        const component_id *list = t->ids + tail_list_begin(t, i);
        size_t n = t->ends[i] - tail_list_begin(t, i);
        uint32_t release = t->first + i;
        if (k->n < n) {
            for (uint32_t x = 0; x < k->n; x++)
                if (place_of(list, n, k->ids[x], &at))
                    k->list(k->arg, x, &release, 1);
        } else {
            for (size_t x = 0; x < n; x++)
                if (place_of(k->ids, k->n, list[x], &at))
                    k->list(k->arg, (uint32_t)at, &release, 1);
        }
    }
}

static bool ask_all(const struct asking *k, struct err *e) {
    bool any = contents_sealed(k->c) || k->c->runs.n;
    for (uint32_t from = 0, to; any && from < k->n; from = to) {
        to = stretch_end(k, from);
        if (!ask_stretch(k, (struct stretch){from, to}, e))
            return false;
    }
    ask_tail(k);
    return true;
}

static bool run_it(struct asking *k, const component_id *ids, uint32_t n, struct err *e) {
    bool own;
    if (!n) /* whoever asks for no component need not know what came */
        return true;
    component_id *sorted = malloc(n * sizeof *sorted);
    k->room = malloc(sizeof *k->room);
    if (!sorted || !k->room)
        abort();
    k->room->bits = (struct buf){0};
    memcpy(sorted, ids, n * sizeof *ids);
    k->ids = sorted;
    k->n = ids_sort(sorted, n);
    bool ok = contents_read(k->c, &own, e);
    if (ok) {
        ok = contents_look(k->c, e) && ask_all(k, e);
        contents_read_end(k->c, own);
    }
    buf_free(&k->room->bits);
    free(k->room);
    free(sorted);
    return ok;
}

/* ── each by itself ── */

struct parting {
    roaring_bitmap_t **out;
    const roaring_bitmap_t *mask;
};
static void part_bits(void *arg, uint32_t at, const roaring_bitmap_t *bits) {
    struct parting *x = arg;
    if (!x->mask) {
        roaring_bitmap_or_inplace(x->out[at], bits);
        return;
    }
    roaring_bitmap_t *both = roaring_bitmap_and(bits, x->mask);
    roaring_bitmap_or_inplace(x->out[at], both);
    roaring_bitmap_free(both);
}
static void part_list(void *arg, uint32_t at, const uint32_t *releases, uint32_t n) {
    struct parting *x = arg;
    for (uint32_t i = 0; x->mask && i < n; i++)
        if (roaring_bitmap_contains(x->mask, releases[i]))
            roaring_bitmap_add(x->out[at], releases[i]);
    if (!x->mask)
        roaring_bitmap_add_many(x->out[at], n, releases);
}

bool contents_bitmaps(struct contents *c, const component_id *ids, uint32_t n, uint32_t limit,
                      const roaring_bitmap_t *mask, roaring_bitmap_t **out, struct err *e) {
    struct parting x = {out, mask};
    struct asking k = {.c = c, .limit = limit, .arg = &x, .bits = part_bits, .list = part_list};
    for (uint32_t i = 0; i < n; i++)
        out[i] = roaring_bitmap_create();
    bool ok = run_it(&k, ids, n, e);
    for (uint32_t i = 0; i < n; i++) {
        roaring_bitmap_remove_range(out[i], limit, (uint64_t)UINT32_MAX + 1);
        if (!ok)
            roaring_bitmap_free(out[i]);
    }
    return ok;
}

struct handing {
    void *arg;
    void (*each)(void *arg, uint32_t at, const uint32_t *releases, uint32_t n);
    uint32_t *room; /* of a bucket */
};
static void hand_bits(void *arg, uint32_t at, const roaring_bitmap_t *bits) {
    struct handing *h = arg;
    roaring_bitmap_to_uint32_array(bits, h->room);
    h->each(h->arg, at, h->room, (uint32_t)roaring_bitmap_get_cardinality(bits));
}
static void hand_list(void *arg, uint32_t at, const uint32_t *releases, uint32_t n) {
    struct handing *h = arg;
    h->each(h->arg, at, releases, n);
}

bool contents_each(struct contents *c, const component_id *ids, uint32_t n,
                   void (*each)(void *arg, uint32_t at, const uint32_t *releases, uint32_t n), void *arg,
                   struct err *e) {
    struct handing h = {arg, each, malloc(BUCKET_RELEASES * sizeof(uint32_t))};
    struct asking k = {.c = c, .limit = UINT32_MAX, .arg = &h, .bits = hand_bits, .list = hand_list};
    if (!h.room)
        abort();
    bool ok = n == 0 || run_it(&k, ids, n, e);
    free(h.room);
    return ok;
}

/* ── how many ── */

struct counting {
    const struct asking *k;
    uint64_t *counts; /* by place in k->ids */
    const roaring_bitmap_t *mask;
    roaring_bitmap_t *below;
};
static void count_bits(void *arg, uint32_t at, const roaring_bitmap_t *bits) {
    struct counting *x = arg;
    if (x->mask)
        x->counts[at] += roaring_bitmap_and_cardinality(bits, x->mask);
    else if (roaring_bitmap_maximum(bits) < x->k->limit)
        x->counts[at] += roaring_bitmap_get_cardinality(bits);
    else if (x->k->limit)
        x->counts[at] += roaring_bitmap_rank(bits, x->k->limit - 1);
}
static void count_list(void *arg, uint32_t at, const uint32_t *releases, uint32_t n) {
    struct counting *x = arg;
    for (uint32_t i = 0; i < n; i++)
        x->counts[at] += releases[i] < x->k->limit && (!x->mask || roaring_bitmap_contains(x->mask, releases[i]));
}

struct place {
    component_id id;
    uint32_t at;
};
static int by_id(const void *x, const void *y) {
    component_id a = ((const struct place *)x)->id, b = ((const struct place *)y)->id;
    return (a > b) - (a < b);
}
/* From the order of k->ids (ascending, each once) back to the caller's. */
static void hand_back(const uint64_t *sorted, const component_id *ids, uint32_t n, uint64_t *counts) {
    struct place *places = malloc((n ? n : 1) * sizeof *places);
    if (!places)
        abort();
    for (uint32_t i = 0; i < n; i++)
        places[i] = (struct place){ids[i], i};
    qsort(places, n, sizeof *places, by_id);
    for (uint32_t i = 0, k = 0; i < n; i++) {
        k += i && places[i].id != places[i - 1].id;
        counts[places[i].at] = sorted[k];
    }
    free(places);
}

/* The mask below the limit, so that one AND is enough. */
static void count_below(struct counting *x, const struct asking *k, const roaring_bitmap_t *mask) {
    x->k = k;
    x->mask = mask;
    if (mask && k->limit < UINT32_MAX) {
        x->below = roaring_bitmap_copy(mask);
        roaring_bitmap_remove_range(x->below, k->limit, (uint64_t)UINT32_MAX + 1);
        x->mask = x->below;
    }
}
static void count_end(struct counting *x) {
    free(x->counts);
    if (x->below)
        roaring_bitmap_free(x->below);
}

bool contents_counts(struct contents *c, const component_id *ids, uint32_t n, uint32_t limit,
                     const roaring_bitmap_t *mask, uint64_t *counts, struct err *e) {
    struct counting x = {.counts = calloc(n ? n : 1, sizeof *counts)};
    struct asking k = {.c = c, .limit = limit, .arg = &x, .bits = count_bits, .list = count_list};
    if (!x.counts)
        abort();
    count_below(&x, &k, mask);
    bool ok = limit == 0 || run_it(&k, ids, n, e);
    if (ok)
        hand_back(x.counts, ids, n, counts);
    count_end(&x);
    return ok;
}

/* ── the union ── */

struct uniting {
    roaring_bitmap_t *sealed, *open;
    struct counting *counts; /* of each component too; NULL */
};
static void unite_bits(void *arg, uint32_t at, const roaring_bitmap_t *bits) {
    struct uniting *u = arg;
    roaring_bitmap_lazy_or_inplace(u->sealed, bits, false);
    if (u->counts)
        count_bits(u->counts, at, bits);
}
static void unite_list(void *arg, uint32_t at, const uint32_t *releases, uint32_t n) {
    struct uniting *u = arg;
    if (u->counts)
        count_list(u->counts, at, releases, n);
    roaring_bitmap_add_many(u->open, n, releases);
}

static bool unite(struct uniting *u, struct asking *k, const component_id *ids, uint32_t n, roaring_bitmap_t **out,
                  struct err *e) {
    uint32_t limit = k->limit;
    bool ok = run_it(k, ids, n, e);
    roaring_bitmap_repair_after_lazy(u->sealed);
    roaring_bitmap_or_inplace(u->sealed, u->open);
    roaring_bitmap_remove_range(u->sealed, limit, (uint64_t)UINT32_MAX + 1);
    roaring_bitmap_free(u->open);
    *out = ok ? u->sealed : NULL;
    if (!ok)
        roaring_bitmap_free(u->sealed);
    return ok;
}

bool contents_with(struct contents *c, const component_id *ids, uint32_t n, uint32_t limit, roaring_bitmap_t **out,
                   struct err *e) {
    struct uniting u = {.sealed = roaring_bitmap_create(), .open = roaring_bitmap_create()};
    struct asking k = {.c = c, .limit = limit, .arg = &u, .bits = unite_bits, .list = unite_list};
    return unite(&u, &k, ids, n, out, e);
}

bool contents_with_counts(struct contents *c, const component_id *ids, uint32_t n, uint32_t limit,
                          const roaring_bitmap_t *mask, roaring_bitmap_t **out, uint64_t *counts, struct err *e) {
    struct counting x = {.counts = calloc(n ? n : 1, sizeof *counts)};
    struct uniting u = {roaring_bitmap_create(), roaring_bitmap_create(), &x};
    struct asking k = {.c = c, .limit = limit, .arg = &u, .bits = unite_bits, .list = unite_list};
    if (!x.counts)
        abort();
    count_below(&x, &k, mask);
    bool ok = unite(&u, &k, ids, n, out, e);
    if (ok)
        hand_back(x.counts, ids, n, counts);
    count_end(&x);
    return ok;
}
