/* SPDX-License-Identifier: Apache-2.0
 *
 * How records are packed into the database's blobs: little-endian numbers, LEB128 lengths, bytes.
 *
 * A reader (`struct rd`) never leaves its slice: past the end it answers 0 and "" and remembers that the blob is bad.
 */
#ifndef AKASHI_VULN_PACK_H
#define AKASHI_VULN_PACK_H

#include "base/str.h"

struct rd {
    const unsigned char *p, *end;
    bool bad;
};

static inline struct rd rd_of(str s) {
    const unsigned char *p = (const unsigned char *)(s.p ? s.p : "");
    return (struct rd){p, p + s.n, false};
}
static inline bool rd_more(const struct rd *r) { return !r->bad && r->p < r->end; }
static inline size_t rd_left(const struct rd *r) { return (size_t)(r->end - r->p); }

static inline uint8_t rd_u8(struct rd *r) {
    if (r->p >= r->end) {
        r->bad = true;
        return 0;
    }
    return *r->p++;
}
static inline uint64_t rd_u64(struct rd *r) {
    uint64_t v = 0;
    if (rd_left(r) < 8) {
        r->bad = true;
        r->p = r->end;
        return 0;
    }
    for (int i = 7; i >= 0; i--)
        v = v << 8 | r->p[i];
    r->p += 8;
    return v;
}
static inline uint64_t rd_var(struct rd *r) {
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t b = rd_u8(r);
        v |= (uint64_t)(b & 0x7F) << shift;
        if (!(b & 0x80))
            return v;
    }
    r->bad = true;
    return 0;
}
static inline uint32_t rd_u32(struct rd *r) {
    uint64_t v = rd_var(r);
    if (v > UINT32_MAX)
        r->bad = true;
    return (uint32_t)v;
}
/* A count of things of at least one byte each: never more than what is left. */
static inline uint32_t rd_count(struct rd *r) {
    uint32_t n = rd_u32(r);
    if (n > rd_left(r)) {
        r->bad = true;
        return 0;
    }
    return n;
}
static inline str rd_str(struct rd *r) {
    uint64_t n = rd_var(r);
    if (n > rd_left(r)) {
        r->bad = true;
        r->p = r->end;
        return (str){"", 0};
    }
    str s = {(const char *)r->p, (size_t)n};
    r->p += n;
    return s;
}

static inline void pk_u8(struct buf *b, unsigned v) { buf_addc(b, (char)v); }
static inline void pk_u64(struct buf *b, uint64_t v) {
    char *p = buf_room(b, 8);
    for (int i = 0; i < 8; i++)
        p[i] = (char)(v >> (8 * i));
    b->n += 8;
}
static inline void pk_var(struct buf *b, uint64_t v) {
    char *p = buf_room(b, 10);
    size_t n = 0;
    for (; v >= 0x80; v >>= 7)
        p[n++] = (char)(v | 0x80);
    p[n++] = (char)v;
    b->n += n;
}
static inline void pk_str(struct buf *b, str s) {
    pk_var(b, s.n);
    buf_add(b, s);
}

/* A hash that is the same in every process and on every machine (FNV-1a with a final mix): it names rows in the
 * database. Collisions are resolved by the names stored beside it, so nothing depends on it being hard to collide. */
static inline uint64_t stable_hash(uint64_t h, str s) {
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
    h = (h ^ 0xFF) * 0x100000001B3u;
    return h;
}
#define STABLE_HASH_START 0xCBF29CE484222325u

#endif
