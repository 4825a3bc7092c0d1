/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "seal/log_inner.h"

/* The size to read at: that we know of, or if it does not reach `index`, what the checkpoint says now. */
static bool size_for(struct log *l, uint64_t index, uint64_t *size, struct err *e) {
    *size = atomic_load(&l->size);
    if (index < *size)
        return true;
    struct arena *a = arena_new();
    struct checkpoint cp;
    bool ok = log_checkpoint(l, a, &cp, NULL, e);
    *size = atomic_load(&l->size);
    arena_free(a);
    return ok;
}

static bool read_map(const struct log *l, uint64_t index, struct log_entry *out, struct err *e) {
    unsigned char bytes[MAP_RECORD];
    struct map_record r;
    if (l->map_fd < 0) { /* a copy of the served folder alone: entries without bodies */
        out->erased = true;
        return true;
    }
    if (!disk_read(l->map_fd, l->path.map, bytes, sizeof bytes, index * MAP_RECORD, e))
        return false;
    map_decode(index, bytes, &r);
    if (!r.good)
        return err_set(e, ERR_INPUT, str_of(l->path.map), _("the record of entry %llu is damaged"),
                       (unsigned long long)index);
    memcpy(out->salt, r.salt, 32);
    memcpy(out->envelope, r.digest, 32);
    out->erased = r.erased;
    return true;
}

static bool fill(const struct log *l, uint64_t index, str bytes, struct log_entry *out, struct err *e) {
    *out = (struct log_entry){.index = index, .bytes = bytes};
    if (!leaf_read(bytes, &out->leaf))
        return err_set(e, ERR_INPUT, str_of(l->path.log), _("entry %llu is no record of ours"),
                       (unsigned long long)index);
    return read_map(l, index, out, e);
}

/* Entries are in the journal alone for as long as there is no room for the tiles. */
static void tell_behind(struct log *l, struct err *e) {
    pthread_mutex_lock(&l->queue_lock);
    if (l->behind.kind != ERR_NONE && e)
        *e = l->behind;
    pthread_mutex_unlock(&l->queue_lock);
}

static bool bundle(struct log *l, struct arena *a, uint64_t size, uint64_t index, str entries[TILE_WIDTH], unsigned *n,
                   struct err *e) {
    struct tile_reader from = tile_folder(l->path.log);
    struct tiles tiles;
    tiles_open(&tiles, a, &from, size);
    if (tiles_entries(&tiles, a, index, entries, n, e))
        return true;
    tell_behind(l, e);
    return false;
}

bool log_entry(struct log *l, struct arena *a, uint64_t index, struct log_entry *out, struct err *e) {
    str entries[TILE_WIDTH];
    unsigned n;
    uint64_t size;
    if (!size_for(l, index, &size, e))
        return false;
    if (index >= size)
        return err_set(e, ERR_USAGE, str_of(l->path.log), _("the log has %llu entries; there is no entry %llu"),
                       (unsigned long long)size, (unsigned long long)index);
    return bundle(l, a, size, index / TILE_WIDTH, entries, &n, e) &&
           fill(l, index, entries[index % TILE_WIDTH], out, e);
}

/* Whether the log reaches `to`; *size: at which to read. */
static bool reaches(struct log *l, uint64_t to, uint64_t *size, struct err *e) {
    *size = 0;
    if (to == 0)
        return true;
    return size_for(l, to - 1, size, e) &&
           (to <= *size ||
            err_set(e, ERR_USAGE, str_of(l->path.log), _("the log has %llu entries; there is no entry %llu"),
                    (unsigned long long)*size, (unsigned long long)to - 1));
}

bool log_leaves(struct log *l, uint64_t from, uint64_t to,
                bool (*each)(void *arg, uint64_t index, const struct leaf *leaf, struct err *e), void *arg,
                struct err *e) {
    struct arena *a = arena_new();
    uint64_t size;
    bool ok = reaches(l, to, &size, e);
    while (ok && from < to) {
        struct arena_mark m = arena_mark(a);
        str entries[TILE_WIDTH];
        unsigned n;
        ok = bundle(l, a, size, from / TILE_WIDTH, entries, &n, e);
        for (unsigned i = from % TILE_WIDTH; ok && i < n && from < to; i++, from++) {
            struct leaf leaf;
            ok = leaf_read(entries[i], &leaf) ? each(arg, from, &leaf, e)
                                              : err_set(e, ERR_INPUT, str_of(l->path.log),
                                                        _("entry %llu is no record of ours"), (unsigned long long)from);
        }
        arena_reset(a, m);
    }
    arena_free(a);
    return ok;
}

bool log_each(struct log *l, uint64_t from, uint64_t to,
              bool (*each)(void *arg, const struct log_entry *entry, struct err *e), void *arg, struct err *e) {
    struct arena *a = arena_new();
    uint64_t size;
    bool ok = reaches(l, to, &size, e);
    while (ok && from < to) {
        struct arena_mark m = arena_mark(a);
        str entries[TILE_WIDTH];
        unsigned n;
        ok = bundle(l, a, size, from / TILE_WIDTH, entries, &n, e);
        for (unsigned i = from % TILE_WIDTH; ok && i < n && from < to; i++, from++) {
            struct log_entry entry;
            ok = fill(l, from, entries[i], &entry, e) && each(arg, &entry, e);
        }
        arena_reset(a, m);
    }
    arena_free(a);
    return ok;
}

/* ── envelopes ── */

/* Reads on in the journal from where the index ends, or from its start when it was emptied since. */
static bool index_journal(struct log *l, struct err *e) {
    struct log_state s;
    struct journal_record r;
    struct journal_entry x;
    uint64_t have;
    if (l->journal_fd < 0)
        return true;
    if (l->lock_fd < 0 || !state_read(l->lock_fd, l->boot, &s))
        s.generation = l->index_generation;
    if (!disk_size(l->journal_fd, l->path.journal, &have, e))
        return false;
    if (s.generation != l->index_generation || have < l->index_upto) {
        arena_free(l->index_arena);
        l->index_arena = arena_new();
        map_init(&l->index, l->index_arena);
        l->index_generation = s.generation;
        l->index_upto = 0;
    }
    if (have == l->index_upto)
        return true;
    struct arena *a = arena_new();
    char *p = arena_alloc(a, have - l->index_upto);
    size_t got = 0;
    bool ok = disk_read_some(l->journal_fd, l->path.journal, p, have - l->index_upto, l->index_upto, &got, e);
    for (str bytes = str_n(p, got); ok && journal_read(bytes, NULL, &r); bytes = str_from(bytes, r.length)) {
        for (str rest = r.entries; journal_next(&rest, &x);) {
            if (!x.envelope.p)
                continue;
            str key = arena_str(l->index_arena, str_n((char *)x.digest, 32));
            uint64_t *place = arena_array(l->index_arena, uint64_t, 2);
            place[0] = l->index_upto + (uint64_t)(x.envelope.p - bytes.p);
            place[1] = x.envelope.n;
            map_put(&l->index, key, NULL)->value = place;
        }
        l->index_upto += r.length;
    }
    arena_free(a);
    return ok;
}

bool log_from_journal(struct log *l, struct arena *a, const unsigned char digest[32], str *out, struct err *e) {
    unsigned char sum[32];
    *out = (str){NULL, 0};
    pthread_mutex_lock(&l->read_lock);
    bool ok = index_journal(l, e);
    const uint64_t *place = ok ? map_get(&l->index, str_n((const char *)digest, 32)) : NULL;
    uint64_t at = place ? place[0] : 0, n = place ? place[1] : 0;
    pthread_mutex_unlock(&l->read_lock);
    if (!ok || !n)
        return ok;
    char *p = arena_alloc(a, n);
    size_t got;
    if (!disk_read_some(l->journal_fd, l->path.journal, p, n, at, &got, e))
        return false;
    digest_of(DIGEST_SHA256, str_n(p, got), sum);
    if (got == n && memcmp(sum, digest, 32) == 0) /* else it was emptied meanwhile */
        *out = str_n(p, n);
    return true;
}

bool log_envelope(struct log *l, struct arena *a, const struct log_entry *entry, str *out, struct err *e) {
    unsigned char body[32];
    *out = (str){NULL, 0};
    if (entry->erased)
        return true;
    /* What is not in the journal any more is in the store, never the other way round. */
    if (!log_from_journal(l, a, entry->envelope, out, e) ||
        (!out->p && l->has_store && !l->store.get(l->store.of, a, entry->envelope, out, e)))
        return false;
    if (!out->p)
        return true;
    leaf_commit(entry->salt, *out, body);
    if (memcmp(body, entry->leaf.body, 32) != 0)
        return err_set(e, ERR_INPUT, str_of(l->path.map),
                       _("the envelope of entry %llu is not what the log committed to"),
                       (unsigned long long)entry->index);
    return true;
}

/* ── time ── */

bool log_size_at(struct log *l, int64_t time, uint64_t *out, struct err *e) {
    struct arena *a = arena_new();
    struct checkpoint cp;
    bool ok = log_checkpoint(l, a, &cp, NULL, e);
    uint64_t low = 0, high = ok ? cp.size : 0;
    while (ok && low < high) { /* times never fall, so entries up to a time are the first ones */
        struct arena_mark m = arena_mark(a);
        struct log_entry entry;
        uint64_t middle = low + (high - low) / 2;
        ok = log_entry(l, a, middle, &entry, e);
        if (ok && entry.leaf.time <= time)
            low = middle + 1;
        else
            high = middle;
        arena_reset(a, m);
    }
    *out = low;
    arena_free(a);
    return ok;
}

/* ── hashes ── */

static bool get_hash(void *of, unsigned level, uint64_t index, struct hash *out, struct err *e) {
    struct log *l = of;
    pthread_mutex_lock(&l->read_lock);
    struct hash_source s = tiles_hashes(&l->tiles);
    bool ok = s.get(s.of, level, index, out, e);
    pthread_mutex_unlock(&l->read_lock);
    return ok;
}

struct hash_source log_hashes(struct log *l) {
    struct arena *a = arena_new();
    struct checkpoint cp;
    bool known = log_checkpoint(l, a, &cp, NULL, NULL);
    arena_free(a);
    pthread_mutex_lock(&l->read_lock);
    if (!l->tiles.a) {
        struct tile_reader from = tile_folder(l->path.log);
        tiles_open(&l->tiles, l->arena, &from, 0);
    }
    if (known && cp.size > l->tiles.size)
        l->tiles.size = cp.size;
    pthread_mutex_unlock(&l->read_lock);
    return (struct hash_source){get_hash, l};
}

/* ── forgetting ── */

bool log_forget(struct log *l, uint64_t index, struct err *e) {
    static const unsigned char none[32];
    unsigned char bytes[MAP_RECORD];
    if (!log_lock(l, e))
        return false;
    /* The journal holds salts as well. */
    bool ok = index < l->state.size ||
              err_set(e, ERR_USAGE, str_of(l->path.log), _("the log has %llu entries; there is no entry %llu"),
                      (unsigned long long)l->state.size, (unsigned long long)index);
    ok = ok && log_settle_locked(l, e) && disk_read(l->map_fd, l->path.map, bytes, sizeof bytes, index * MAP_RECORD, e);
    if (ok) {
        map_encode(index, none, bytes + 32, bytes);
        ok = disk_write(l->ctx, l->map_fd, l->path.map, str_n((char *)bytes, sizeof bytes), index * MAP_RECORD, e) &&
             disk_sync(l->ctx, l->map_fd, l->path.map, e);
    }
    log_unlock(l);
    return ok;
}
