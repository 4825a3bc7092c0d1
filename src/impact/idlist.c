/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/idlist.h"

#include <stdlib.h>

static void put(struct buf *b, uint64_t v) {
    char *p = buf_room(b, 10);
    size_t n = 0;
    for (; v >= 128; v >>= 7)
        p[n++] = (char)(v | 128);
    p[n++] = (char)v;
    b->n += n;
}
static inline bool get(str *rest, uint64_t *out) {
    uint64_t v = 0;
    for (unsigned i = 0; i < rest->n && i < 10; i++) {
        unsigned char c = (unsigned char)rest->p[i];
        v |= (uint64_t)(c & 127) << (7 * i);
        if (c < 128) {
            *out = v;
            rest->p += i + 1;
            rest->n -= i + 1;
            return true;
        }
    }
    return false;
}

static void put_id(struct buf *b, component_id last, component_id id) {
    const component_id within = ((component_id)1 << COMPONENT_BITS) - 1;
    int64_t packages = package_of(id) - package_of(last);
    put(b, (uint64_t)packages);
    put(b, (uint64_t)(packages ? id & within : id - last));
}

void idlist_write(struct buf *b, const component_id *ids, uint32_t n) {
    component_id last = 0;
    for (uint32_t i = 0; i < n; last = ids[i++])
        put_id(b, last, ids[i]);
}

bool idlist_next(str *rest, component_id *last) {
    const uint64_t limit = (uint64_t)INT64_MAX >> COMPONENT_BITS, within = (uint64_t)1 << COMPONENT_BITS;
    uint64_t packages, number, now = (uint64_t)package_of(*last);
    if (!get(rest, &packages) || !get(rest, &number) || packages > limit - now || number >= within)
        return false;
    if (packages)
        *last = (component_id)((now + packages) << COMPONENT_BITS | number);
    else
        *last += (component_id)number;
    return true;
}

/* ── releases of a component ── */

enum { BITS_BYTES = BUCKET_RELEASES / 8 };

static void put_bits(struct buf *b, const uint16_t *offsets, uint32_t n) {
    unsigned char *bits = (unsigned char *)buf_room(b, BITS_BYTES);
    memset(bits, 0, BITS_BYTES);
    for (uint32_t i = 0; i < n; i++)
        bits[offsets[i] / 8] |= (unsigned char)(1 << offsets[i] % 8);
    b->n += BITS_BYTES;
}

void idblock_write(struct buf *b, component_id last, component_id id, const uint16_t *offsets, uint32_t n) {
    put_id(b, last, id);
    if (n > BITS_BYTES) {
        put(b, 0);
        put(b, n);
        put_bits(b, offsets, n);
        return;
    }
    put(b, n);
    for (uint32_t i = 0, before = 0; i < n; before = offsets[i++])
        put(b, offsets[i] - before);
}

static bool get_bits(str *rest, uint16_t *offsets, uint64_t n) {
    uint32_t found = 0;
    if (rest->n < BITS_BYTES || n <= BITS_BYTES)
        return false;
    for (uint32_t i = 0; i < BITS_BYTES; i++)
        for (unsigned byte = (unsigned char)rest->p[i]; byte; byte &= byte - 1) {
            if (found == n)
                return false;
            offsets[found++] = (uint16_t)(i * 8 + (unsigned)__builtin_ctz(byte));
        }
    *rest = str_from(*rest, BITS_BYTES);
    return found == n;
}

/* Most differences are below 128. */
static bool get_offsets(str *rest, uint16_t *offsets, uint64_t n) {
    uint64_t delta, now = 0;
    for (uint64_t i = 0; i < n; i++) {
        if (rest->n && (unsigned char)*rest->p < 128) {
            delta = (unsigned char)*rest->p++;
            rest->n--;
        } else if (!get(rest, &delta) || delta > BUCKET_RELEASES) {
            return false;
        }
        if ((now += delta) >= BUCKET_RELEASES)
            return false;
        offsets[i] = (uint16_t)now;
    }
    return true;
}

bool idblock_next(str *rest, component_id *last, uint16_t *offsets, uint32_t most, uint32_t *n) {
    uint64_t count;
    if (!idlist_next(rest, last) || !get(rest, &count))
        return false;
    bool bits = count == 0;
    if ((bits && !get(rest, &count)) || count == 0 || count > most)
        return false;
    *n = (uint32_t)count;
    return bits ? get_bits(rest, offsets, count) : get_offsets(rest, offsets, count);
}

/* By bytes, the least first; a byte that is the same everywhere costs one look. */
void pairs_sort(struct pair *v, struct pair *room, size_t n) {
    struct pair *from = v, *to = room;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        size_t at[256] = {0};
        for (size_t i = 0; i < n; i++)
            at[(uint64_t)from[i].id >> shift & 255]++;
        if (n == 0 || at[(uint64_t)from[0].id >> shift & 255] == n)
            continue;
        size_t sum = 0;
        for (unsigned k = 0; k < 256; k++) {
            size_t here = at[k];
            at[k] = sum;
            sum += here;
        }
        for (size_t i = 0; i < n; i++)
            to[at[(uint64_t)from[i].id >> shift & 255]++] = from[i];
        struct pair *other = from;
        from = to;
        to = other;
    }
    if (from != v)
        memcpy(v, from, n * sizeof *v);
}

/* ── one release's components ── a thousand documents a second have two hundred each: no function is called to compare
 */

enum { SORTED_PLAINLY = 16, ROOM = 1024 };

static void sort_few(component_id *v, size_t n) {
    for (size_t i = 1; i < n; i++) {
        component_id x = v[i];
        size_t at = i;
        for (; at && v[at - 1] > x; at--)
            v[at] = v[at - 1];
        v[at] = x;
    }
}

static void merge_two(const component_id *x, size_t n_x, const component_id *y, size_t n_y, component_id *out) {
    while (n_x && n_y) {
        bool first = *x <= *y;
        *out++ = first ? *x : *y;
        x += first;
        y += !first;
        n_x -= first;
        n_y -= !first;
    }
    memcpy(out, n_x ? x : y, (n_x + n_y) * sizeof *out);
}

static size_t least(size_t x, size_t y) { return x < y ? x : y; }

static void sort(component_id *v, size_t n, component_id *room) {
    component_id *from = v, *to = room;
    for (size_t at = 0; at < n; at += SORTED_PLAINLY)
        sort_few(v + at, least(n - at, SORTED_PLAINLY));
    for (size_t width = SORTED_PLAINLY; width < n; width *= 2) {
        for (size_t at = 0; at < n; at += 2 * width) {
            size_t n_x = least(n - at, width), n_y = least(n - at - n_x, width);
            merge_two(from + at, n_x, from + at + n_x, n_y, to + at);
        }
        component_id *other = from;
        from = to;
        to = other;
    }
    if (from != v)
        memcpy(v, from, n * sizeof *v);
}

uint32_t ids_sort(component_id *v, uint32_t n) {
    component_id few[ROOM], *room = n > ROOM ? malloc(n * sizeof *room) : few;
    uint32_t kept = 0;
    if (!room)
        abort();
    sort(v, n, room);
    if (room != few)
        free(room);
    for (uint32_t i = 0; i < n; i++)
        if (!kept || v[i] != v[kept - 1])
            v[kept++] = v[i];
    return kept;
}
