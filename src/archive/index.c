/* SPDX-License-Identifier: Apache-2.0
 *
 *     head   magic 8 · archive 16 · packs 4 · zero 4 · records 8 · check of head and packs 8     (48)
 *     packs  (id 16 · covered 8)*; the upper bit of covered: the pack is finished
 *     fan    256 × 4: how many records begin with at most this byte
 *     records (id 32 · pack 4 · offset 4)*, sorted
 *     SHA-256 of all before
 */
#include "archive/index.h"

#include <stdlib.h>

#include "archive/le.h"
#include "base/file.h"

enum { HEAD = 48, PACK = 24, RECORD = 40, FAN = 256, MOST_PACKS = 1 << 24 };
static const char magic[8] = "akashi-i";
static const uint64_t sealed_bit = (uint64_t)1 << 63;

struct fresh {
    struct body_name id;
    struct place place;
    bool used;
};
struct index {
    struct arena *arena; /* of the map */
    str file;
    const char *fan, *records;
    uint64_t n_records;
    uint32_t *numbers, n_numbers; /* of a pack in the file → what the caller calls it */
    struct fresh *slots;          /* open addressing; ids are hashes already */
    uint64_t mask, n_fresh;
};

struct index *index_new(void) {
    struct index *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    x->arena = arena_new();
    return x;
}

void index_free(struct index *x) {
    if (!x)
        return;
    arena_free(x->arena);
    free(x->slots);
    free(x);
}

/* ── the file ── */

static void head_check(str file, uint64_t n_packs, unsigned char out[32]) {
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    digest_add(s, str_upto(file, 40));
    digest_add(s, str_upto(str_from(file, HEAD), (size_t)(n_packs * PACK)));
    digest_end(s, out);
}

static bool layout_good(str f, const unsigned char archive_id[PACK_ID], uint64_t *n_packs, uint64_t *n_records) {
    unsigned char check[32];
    if (f.n < HEAD || memcmp(f.p, magic, 8) != 0 || memcmp(f.p + 8, archive_id, PACK_ID) != 0)
        return false;
    *n_packs = le_get32(f.p + 24);
    *n_records = le_get(f.p + 32, 8);
    if (*n_packs > MOST_PACKS || *n_records > UINT32_MAX ||
        f.n != HEAD + *n_packs * PACK + FAN * 4 + *n_records * RECORD + 32)
        return false;
    head_check(f, *n_packs, check);
    return memcmp(check, f.p + 40, 8) == 0;
}

bool index_load(struct index *x, str path, const unsigned char archive_id[PACK_ID], const struct index_pack **packs,
                uint32_t *n) {
    str f = {NULL, 0};
    uint64_t n_packs, n_records;
    *n = 0;
    if (!path_exists(path) || !file_map(x->arena, path, &f, NULL) || !layout_good(f, archive_id, &n_packs, &n_records))
        return false;
    x->file = f;
    x->fan = f.p + HEAD + n_packs * PACK;
    x->records = x->fan + FAN * 4;
    x->n_records = n_records;
    struct index_pack *list = arena_array(x->arena, struct index_pack, n_packs + 1);
    for (uint32_t i = 0; i < n_packs; i++) {
        memcpy(list[i].id, f.p + HEAD + (size_t)i * PACK, PACK_ID);
        uint64_t covered = le_get(f.p + HEAD + (size_t)i * PACK + PACK_ID, 8);
        list[i].covered = covered & ~sealed_bit;
        list[i].sealed = (covered & sealed_bit) != 0;
    }
    x->numbers = arena_array(x->arena, uint32_t, n_packs + 1);
    x->n_numbers = (uint32_t)n_packs;
    *packs = list;
    *n = (uint32_t)n_packs;
    return true;
}

void index_number(struct index *x, uint32_t i, uint32_t number) { x->numbers[i] = number; }

bool index_whole(const struct index *x) {
    unsigned char digest[32];
    if (!x->file.p)
        return true;
    digest_of(DIGEST_SHA256, str_upto(x->file, x->file.n - 32), digest);
    return memcmp(digest, x->file.p + x->file.n - 32, 32) == 0;
}

/* ── finding ── */

/* The record of id among those that begin alike. The fan may be damaged: it only ever narrows within the file. */
static const char *record_find(const struct index *x, const struct body_name *id) {
    if (!x->n_records)
        return NULL;
    uint64_t low = id->b[0] ? le_get32(x->fan + (id->b[0] - 1) * 4) : 0, high = le_get32(x->fan + id->b[0] * 4);
    if (high > x->n_records)
        high = x->n_records;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        const char *r = x->records + middle * RECORD;
        int order = memcmp(r, id->b, 32);
        if (order == 0)
            return r;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static struct fresh *slot_of(const struct index *x, const struct body_name *id) {
    for (uint64_t i = le_get(id->b, 8);; i++) {
        struct fresh *f = &x->slots[i & x->mask];
        if (!f->used || memcmp(f->id.b, id->b, 32) == 0)
            return f;
    }
}

/* False for a pack the file does not have: it is damaged. */
static bool record_place(const struct index *x, const char *r, struct place *out) {
    uint32_t pack = le_get32(r + 32);
    if (pack >= x->n_numbers)
        return false;
    *out = (struct place){x->numbers[pack], le_get32(r + 36)};
    return true;
}

bool index_find(const struct index *x, const struct body_name *id, struct place *out) {
    const struct fresh *f = x->slots ? slot_of(x, id) : NULL;
    if (f && f->used) {
        *out = f->place;
        return true;
    }
    const char *r = record_find(x, id);
    return r && record_place(x, r, out);
}

static void grow(struct index *x) {
    struct fresh *old = x->slots;
    uint64_t n = old ? x->mask + 1 : 0;
    x->mask = n ? 2 * n - 1 : 1023;
    x->slots = calloc(x->mask + 1, sizeof *x->slots);
    if (!x->slots)
        abort();
    for (uint64_t i = 0; i < n; i++)
        if (old[i].used)
            *slot_of(x, &old[i].id) = old[i];
    free(old);
}

void index_put(struct index *x, const struct body_name *id, struct place place) {
    if (!x->slots || x->n_fresh * 2 > x->mask)
        grow(x);
    struct fresh *f = slot_of(x, id);
    x->n_fresh += !f->used;
    *f = (struct fresh){*id, place, true};
}

void index_follow(struct index *x, struct index *old) {
    struct place said;
    for (uint64_t s = 0; old->slots && s <= old->mask; s++) {
        const struct fresh *f = &old->slots[s];
        if (f->used && (!index_find(x, &f->id, &said) || said.pack != f->place.pack || said.at != f->place.at))
            index_put(x, &f->id, f->place);
    }
    index_free(old);
}

uint64_t index_count(const struct index *x) { return x->n_records + x->n_fresh; }
uint64_t index_fresh(const struct index *x) { return x->n_fresh; }

/* ── writing ── */

static int by_id(const void *x, const void *y) {
    const struct fresh *const *a = x, *const *b = y;
    return memcmp((*a)->id.b, (*b)->id.b, 32);
}

struct writing {
    const uint32_t *number; /* of a pack in the file + 1; 0 = left out */
    const struct index_pack *packs;
    uint32_t n_packs, counts[FAN];
    struct buf *out;
};

static void record_add(struct writing *w, const unsigned char id[32], struct place place) {
    if (place.pack >= w->n_packs || !w->number[place.pack] || place.at >= w->packs[place.pack].covered)
        return;
    buf_add(w->out, str_n((const char *)id, 32));
    le_add(w->out, w->number[place.pack] - 1, 4);
    le_add(w->out, place.at, 4);
    w->counts[id[0]]++;
}

static void merge(const struct index *x, struct writing *w) {
    const struct fresh **sorted = malloc((x->n_fresh + 1) * sizeof *sorted);
    uint64_t n = 0, i = 0;
    if (!sorted)
        abort();
    for (uint64_t s = 0; x->slots && s <= x->mask; s++)
        if (x->slots[s].used)
            sorted[n++] = &x->slots[s];
    if (n)
        qsort(sorted, n, sizeof *sorted, by_id);
    for (uint64_t r = 0; r < x->n_records; r++) {
        const char *old = x->records + r * RECORD;
        int order = 1;
        while (i < n && (order = memcmp(sorted[i]->id.b, old, 32)) < 0)
            record_add(w, sorted[i]->id.b, sorted[i]->place), i++;
        struct place place;
        if ((i == n || order > 0) && record_place(x, old, &place))
            record_add(w, (const unsigned char *)old, place);
    }
    for (; i < n; i++)
        record_add(w, sorted[i]->id.b, sorted[i]->place);
    free(sorted);
}

void index_write(const struct index *x, const unsigned char archive_id[PACK_ID], const struct index_pack *packs,
                 uint32_t n, struct buf *out) {
    struct writing *w = calloc(1, sizeof *w);
    uint32_t *number = calloc(n + 1u, sizeof *number), kept = 0;
    unsigned char digest[32];
    if (!w || !number)
        abort();
    *w = (struct writing){.number = number, .packs = packs, .n_packs = n, .out = out};
    size_t start = out->n;
    (void)buf_room(out, HEAD + (size_t)n * PACK + FAN * 4 + (size_t)index_count(x) * RECORD + sizeof digest);
    buf_add(out, str_n(magic, 8));
    buf_add(out, str_n((const char *)archive_id, PACK_ID));
    memset(buf_room(out, 24), 0, 24);
    out->n += 24;
    for (uint32_t i = 0; i < n; i++)
        if (packs[i].covered) {
            number[i] = ++kept;
            buf_add(out, str_n((const char *)packs[i].id, PACK_ID));
            le_add(out, packs[i].covered | (packs[i].sealed ? sealed_bit : 0), 8);
        }
    size_t fan = out->n;
    memset(buf_room(out, FAN * 4), 0, FAN * 4);
    out->n += FAN * 4;
    merge(x, w);
    uint32_t sum = 0;
    for (uint32_t i = 0; i < FAN; i++)
        le_put(out->p + fan + (size_t)i * 4, sum += w->counts[i], 4);
    le_put(out->p + start + 24, kept, 4);
    le_put(out->p + start + 32, sum, 8);
    head_check(str_n(out->p + start, out->n - start), kept, digest);
    memcpy(out->p + start + 40, digest, 8);
    digest_of(DIGEST_SHA256, str_n(out->p + start, out->n - start), digest);
    buf_add(out, str_n((const char *)digest, 32));
    free(number);
    free(w);
}
