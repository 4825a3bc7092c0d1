/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "seal/log_inner.h"

void map_encode(uint64_t index, const unsigned char salt[32], const unsigned char digest[32],
                unsigned char out[MAP_RECORD]) {
    unsigned char all[72], sum[32];
    memcpy(out, salt, 32);
    memcpy(out + 32, digest, 32);
    put_be(all, index, 8);
    memcpy(all + 8, out, 64);
    digest_of(DIGEST_SHA256, str_n((char *)all, sizeof all), sum);
    memcpy(out + 64, sum, 8);
}

void map_decode(uint64_t index, const unsigned char bytes[MAP_RECORD], struct map_record *out) {
    static const unsigned char none[32];
    unsigned char copy[MAP_RECORD], again[MAP_RECORD];
    memcpy(copy, bytes, sizeof copy);
    memcpy(out->salt, copy, 32);
    memcpy(out->digest, copy + 32, 32);
    map_encode(index, copy, copy + 32, again);
    out->good = memcmp(again, copy, MAP_RECORD) == 0;
    out->erased = out->good && memcmp(out->salt, none, 32) == 0;
}

/* ── find: slots of 8 bytes, 24 bits of the digest and index + 1 in 40 ── */

enum { SLOT = 8, FINGER_BITS = 24, INDEX_BITS = 40 };
#define INDEX_MASK (((uint64_t)1 << INDEX_BITS) - 1)

struct table {
    uint64_t from, slots, at; /* first entry; number of slots, a power of two; place in the file */
};
static struct table table_at(unsigned k) {
    return (struct table){(uint64_t)FIND_FIRST * (((uint64_t)1 << k) - 1), (uint64_t)2 * FIND_FIRST << k,
                          (uint64_t)2 * FIND_FIRST * SLOT * (((uint64_t)1 << k) - 1)};
}
static unsigned table_of(uint64_t index) { return 63u - (unsigned)__builtin_clzll(index / FIND_FIRST + 1); }

static uint64_t slot_value(const unsigned char digest[32], uint64_t index) {
    return get_be(digest + 8, 3) << INDEX_BITS | (index + 1);
}

/* Walks the slots a digest may be in, from its own to the first empty one. A page of slots is read at a time. */
struct walk {
    struct table t;
    uint64_t slot, read;      /* read: the first slot of `page` */
    unsigned char page[4096]; /* SLOT · 512 */
    bool have;
};
static void walk_begin(struct walk *w, unsigned k, const unsigned char digest[32]) {
    w->t = table_at(k);
    w->slot = get_be(digest, 8) & (w->t.slots - 1);
    w->have = false;
}
static bool walk_get(struct walk *w, const struct find *f, uint64_t *value, struct err *e) {
    uint64_t page = w->slot & ~(uint64_t)511;
    if (!w->have || w->read != page) {
        if (!disk_read(f->fd, f->path, w->page, sizeof w->page, w->t.at + page * SLOT, e))
            return false;
        w->read = page;
        w->have = true;
    }
    *value = get_be(w->page + (w->slot - page) * SLOT, SLOT);
    return true;
}
static void walk_on(struct walk *w) { w->slot = (w->slot + 1) & (w->t.slots - 1); }

static bool is_it(const struct find *f, uint64_t index, const unsigned char digest[32], bool *is, struct err *e) {
    unsigned char bytes[MAP_RECORD];
    struct map_record r;
    if (!disk_read(f->map_fd, f->map_path, bytes, sizeof bytes, index * MAP_RECORD, e))
        return false;
    map_decode(index, bytes, &r);
    *is = memcmp(r.digest, digest, 32) == 0 && r.good && !r.erased;
    return true;
}

bool find_get(const struct find *f, uint64_t size, const unsigned char digest[32], bool *found, uint64_t *index,
              struct err *e) {
    struct walk w;
    *found = false;
    for (unsigned k = 0; size && k <= table_of(size - 1); k++) {
        uint64_t value = 0;
        walk_begin(&w, k, digest);
        for (uint64_t steps = 0; steps < w.t.slots; steps++, walk_on(&w)) {
            if (!walk_get(&w, f, &value, e))
                return false;
            if (value == 0)
                break;
            *index = (value & INDEX_MASK) - 1;
            if (value != slot_value(digest, *index) || *index >= size)
                continue;
            if (!is_it(f, *index, digest, found, e))
                return false;
            if (*found)
                return true;
        }
    }
    return true;
}

/* Stops at the slot that holds the entry or at the first that is free: empty, or without an index, as a write that was
 * cut short leaves it. */
static bool seek(struct walk *w, const struct find *f, uint64_t index, const unsigned char digest[32], bool *has,
                 struct err *e) {
    uint64_t value, wanted = slot_value(digest, index);
    walk_begin(w, table_of(index), digest);
    for (uint64_t steps = 0; steps < w->t.slots; steps++, walk_on(w)) {
        if (!walk_get(w, f, &value, e))
            return false;
        *has = value == wanted;
        if (*has || (value & INDEX_MASK) == 0)
            return true;
    }
    return err_set(e, ERR_INPUT, str_of(f->path), _("this file is damaged; delete it and it is made anew"));
}

bool find_has(const struct find *f, uint64_t index, const unsigned char digest[32], bool *has, struct err *e) {
    struct walk w;
    return seek(&w, f, index, digest, has, e);
}

static bool make_room(const struct find *f, uint64_t index, struct err *e) {
    struct table t = table_at(table_of(index));
    uint64_t wanted = t.at + t.slots * SLOT, have;
    return disk_size(f->fd, f->path, &have, e) && (have >= wanted || disk_truncate(f->ctx, f->fd, f->path, wanted, e));
}

bool find_put(const struct find *f, uint64_t index, const unsigned char digest[32], struct err *e) {
    struct walk w;
    bool has;
    if (index == table_at(table_of(index)).from && !make_room(f, index, e))
        return false;
    if (!seek(&w, f, index, digest, &has, e))
        return false;
    unsigned char bytes[SLOT];
    put_be(bytes, slot_value(digest, index), SLOT);
    return has || disk_write(f->ctx, f->fd, f->path, str_n((char *)bytes, SLOT), w.t.at + w.slot * SLOT, e);
}

bool find_ready(const struct find *f, uint64_t size, struct err *e) {
    uint64_t have, map;
    if (size == 0)
        return true;
    struct table t = table_at(table_of(size - 1));
    if (!disk_size(f->fd, f->path, &have, e) || !disk_size(f->map_fd, f->map_path, &map, e))
        return false;
    if (have >= t.at + t.slots * SLOT)
        return true;
    if (!disk_truncate(f->ctx, f->fd, f->path, 0, e) || !make_room(f, size - 1, e))
        return false;
    for (uint64_t i = 0; i < size && i < map / MAP_RECORD; i++) {
        unsigned char bytes[MAP_RECORD];
        if (!disk_read(f->map_fd, f->map_path, bytes, sizeof bytes, i * MAP_RECORD, e) ||
            !find_put(f, i, bytes + 32, e))
            return false;
    }
    return true;
}
