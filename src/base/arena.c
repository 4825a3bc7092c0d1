/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/near.h"

/* Blocks start small (a purl needs a few hundred bytes) and double to 1 MiB, so that a large document costs few
 * mallocs and a small one little memory. A request larger than a block gets its own. */
enum { BLOCK_FIRST = 4096, BLOCK_MOST = 1 << 20, ALIGN = 16 };

struct block {
    struct block *older;
    size_t size, used;
    _Alignas(ALIGN) char bytes[];
};
struct deferred {
    struct deferred *older;
    void (*fn)(void *);
    void *ptr;
};
struct arena {
    struct block *block;
    struct deferred *deferred;
    size_t next_size, held;
};

static void *must(void *p) {
    if (!p)
        abort();
    return p;
}

struct arena *arena_new(void) {
    struct arena *a = must(calloc(1, sizeof *a));
    a->next_size = BLOCK_FIRST;
    return a;
}

static struct block *block_add(struct arena *a, size_t at_least) {
    size_t size = a->next_size;
    if (size < at_least)
        size = at_least;
    else if (a->next_size < BLOCK_MOST)
        a->next_size *= 2;
    struct block *b = must(malloc(sizeof *b + size));
    b->older = a->block;
    b->size = size;
    b->used = 0;
    a->block = b;
    a->held += size;
    return b;
}

void *arena_room(struct arena *a, size_t n) {
    if (n > SIZE_MAX / 2)
        abort();
    n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    struct block *b = a->block;
    if (!b || b->size - b->used < n)
        b = block_add(a, n);
    void *p = b->bytes + b->used;
    b->used += n;
    return p;
}

void *arena_alloc(struct arena *a, size_t n) { return memset(arena_room(a, n), 0, n); }

void *arena_alloc_n(struct arena *a, size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size)
        abort();
    return arena_alloc(a, count * size);
}

void arena_defer(struct arena *a, void (*fn)(void *), void *ptr) {
    struct deferred *d = arena_new_of(a, struct deferred);
    *d = (struct deferred){a->deferred, fn, ptr};
    a->deferred = d;
}

struct arena_mark arena_mark(struct arena *a) {
    return (struct arena_mark){a->block, a->deferred, a->block ? a->block->used : 0};
}

void arena_reset(struct arena *a, struct arena_mark m) {
    while (a->deferred != m.deferred) {
        struct deferred *d = a->deferred;
        a->deferred = d->older;
        d->fn(d->ptr);
    }
    while (a->block != m.block) {
        struct block *b = a->block;
        a->block = b->older;
        a->held -= b->size;
        free(b);
    }
    if (a->block)
        a->block->used = m.used;
    /* As if what came after had never been: a loop must not take a larger block in each of its little turns. */
    a->next_size = !a->block ? BLOCK_FIRST : a->block->size < BLOCK_MOST / 2 ? a->block->size * 2 : BLOCK_MOST;
}

void arena_free(struct arena *a) {
    if (!a)
        return;
    arena_reset(a, (struct arena_mark){0});
    free(a);
}

size_t arena_bytes(const struct arena *a) { return a->held; }

str arena_str(struct arena *a, str s) {
    if (!s.p)
        return s;
    char *p = arena_room(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return str_n(p, s.n);
}

char *arena_cstr(struct arena *a, str s) {
    char *p = arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

str arena_printf(struct arena *a, const char *fmt, ...) {
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n < 0)
        abort();
    char *p = arena_room(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    va_end(ap);
    return str_n(p, (size_t)n);
}

str arena_cat(struct arena *a, str x, str y) {
    char *p = arena_alloc(a, x.n + y.n + 1);
    if (x.n)
        memcpy(p, x.p, x.n);
    if (y.n)
        memcpy(p + x.n, y.p, y.n);
    return str_n(p, x.n + y.n);
}

str arena_lower(struct arena *a, str s) {
    if (!s.p)
        return s;
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = ch_tolower(s.p[i]);
    return str_n(p, s.n);
}

void *arena_vec_grow(struct arena *a, void *old, uint32_t n, uint32_t *cap, size_t size) {
    if (*cap > UINT32_MAX / 2)
        abort();
    *cap = *cap ? *cap * 2 : 8;
    if (size && *cap > SIZE_MAX / 2 / size)
        abort();
    char *p = arena_room(a, *cap * size);
    if (n)
        memcpy(p, old, n * size);
    memset(p + n * size, 0, (*cap - n) * size);
    return p;
}

/* ── map ── */

static uint64_t mix(uint64_t x, uint64_t y) {
    __uint128_t m = (__uint128_t)x * y;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

static uint64_t seed(void) {
    static uint64_t value; /* one per process; a race only makes both threads read randomness */
    uint64_t v = __atomic_load_n(&value, __ATOMIC_ACQUIRE);
    if (v)
        return v;
    uint64_t fresh = 0;
    if (getrandom(&fresh, sizeof fresh, 0) != sizeof fresh || !fresh)
        fresh = 0x9E3779B97F4A7C15u ^ (uint64_t)(uintptr_t)&fresh;
    uint64_t none = 0;
    return __atomic_compare_exchange_n(&value, &none, fresh, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE) ? fresh : none;
}

/* Multiply-and-fold over 16 bytes a step, after wyhash. */
uint64_t hash_bytes(str s) {
    const uint64_t k0 = 0xA0761D6478BD642Fu, k1 = 0xE7037ED1A0B428DBu;
    uint64_t h = seed() ^ mix(s.n ^ k0, k1), x, y;
    const char *p = s.p;
    size_t n = s.n;
    for (; n >= 16; p += 16, n -= 16) {
        memcpy(&x, p, 8);
        memcpy(&y, p + 8, 8);
        h = mix(x ^ k0, y ^ h);
    }
    x = y = 0;
    if (n >= 8) {
        memcpy(&x, p, 8);
        memcpy(&y, p + n - 8, 8);
    } else if (n) {
        memcpy(&x, p, n);
    }
    return mix(mix(x ^ k1, y ^ h), h ^ k0);
}

void map_init(struct map *m, struct arena *a) { *m = (struct map){.a = a}; }

static uint32_t *slot_of(const struct map *m, str key, uint64_t hash) {
    for (uint32_t i = (uint32_t)hash & m->mask;; i = (i + 1) & m->mask) {
        uint32_t at = m->slots[i];
        if (!at || (m->entries.v[at - 1].hash == hash && str_eq(m->entries.v[at - 1].key, key)))
            return &m->slots[i];
    }
}

struct map_entry *map_find_hashed(const struct map *m, str key, uint64_t hash) {
    if (!m->slots)
        return NULL;
    uint32_t at = *slot_of(m, key, hash);
    return at ? &m->entries.v[at - 1] : NULL;
}
struct map_entry *map_find(const struct map *m, str key) {
    return map_find_hashed(m, key, hash_bytes(key));
}

void map_near(const struct map *m, const uint64_t *hashes, uint32_t n) {
    if (!m->slots)
        return;
    for (uint32_t i = 0; i < n; i++)
        __builtin_prefetch(&m->slots[hashes[i] & m->mask]);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = m->slots[hashes[i] & m->mask];
        __builtin_prefetch(&m->entries.v[at ? at - 1 : 0]);
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = m->slots[hashes[i] & m->mask];
        __builtin_prefetch(m->entries.v[at ? at - 1 : 0].key.p);
    }
}

void *map_get(const struct map *m, str key) {
    struct map_entry *e = map_find(m, key);
    return e ? e->value : NULL;
}

struct map_entry *map_put(struct map *m, str key, bool *fresh) {
    /* At most 3/4 full: grow before looking, so that there is always an empty slot to stop at. */
    if (!m->slots || m->entries.n + 1 > m->mask / 4 * 3) {
        uint32_t size = m->slots ? (m->mask + 1) * 2 : 16;
        m->slots = arena_array(m->a, uint32_t, size);
        m->mask = size - 1;
        for (uint32_t i = 0; i < m->entries.n; i++)
            *slot_of(m, m->entries.v[i].key, m->entries.v[i].hash) = i + 1;
    }
    uint64_t hash = hash_bytes(key);
    uint32_t *slot = slot_of(m, key, hash);
    if (fresh)
        *fresh = !*slot;
    if (!*slot) {
        *vec_push(m->a, &m->entries) = (struct map_entry){.key = key, .hash = hash};
        *slot = m->entries.n;
    }
    return &m->entries.v[*slot - 1];
}
