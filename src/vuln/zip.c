/* SPDX-License-Identifier: Apache-2.0
 *
 * APPNOTE.TXT: the directory's place stands in the last record (§4.3.16, ZIP64 §4.3.14-15), one header for each entry
 * in the directory (§4.3.12), and before the data a header of its own with lengths of its own (§4.3.7).
 */
#include "vuln/zip.h"

#include <zlib.h>

enum { END_SIZE = 22, END64_SIZE = 56, LOCATOR_SIZE = 20, CENTRAL_SIZE = 46, LOCAL_SIZE = 30 };

static uint64_t le(str text, uint64_t at, unsigned n) {
    uint64_t v = 0;
    for (unsigned i = n; i-- > 0;)
        v = v << 8 | (unsigned char)text.p[at + i];
    return v;
}
static bool within(str text, uint64_t at, uint64_t n) { return at <= text.n && n <= text.n - at; }

bool zip_is(str head) { return head.n >= 4 && (memcmp(head.p, "PK\3\4", 4) == 0 || memcmp(head.p, "PK\5\6", 4) == 0); }

static bool find_end(str text, uint64_t *at) {
    for (uint64_t i = END_SIZE; i <= text.n && i <= END_SIZE + 65535; i++)
        if (memcmp(text.p + text.n - i, "PK\5\6", 4) == 0) {
            *at = text.n - i;
            return true;
        }
    return false;
}

struct directory {
    uint64_t at, size, entries;
};

static bool find_directory(str text, struct directory *d) {
    uint64_t end;
    if (!find_end(text, &end))
        return false;
    *d = (struct directory){le(text, end + 16, 4), le(text, end + 12, 4), le(text, end + 10, 2)};
    if (d->at != UINT32_MAX && d->size != UINT32_MAX && d->entries != UINT16_MAX)
        return true;
    if (end < LOCATOR_SIZE || memcmp(text.p + end - LOCATOR_SIZE, "PK\6\7", 4) != 0)
        return true;
    uint64_t end64 = le(text, end - LOCATOR_SIZE + 8, 8);
    if (!within(text, end64, END64_SIZE) || memcmp(text.p + end64, "PK\6\6", 4) != 0)
        return false;
    *d = (struct directory){le(text, end64 + 48, 8), le(text, end64 + 40, 8), le(text, end64 + 32, 8)};
    return true;
}

/* ZIP64 sizes and offset stand in an extra field, only those that are full in the header, in this order. */
static void widen(str extra, struct zip_entry *z) {
    uint64_t at = 0;
    while (within(extra, at, 4)) {
        uint64_t id = le(extra, at, 2), n = le(extra, at + 2, 2), p = at + 4;
        if (!within(extra, p, n))
            return;
        uint64_t *fields[] = {&z->size, &z->packed, &z->at};
        for (unsigned i = 0; id == 1 && i < 3; i++)
            if (*fields[i] == UINT32_MAX && p + 8 <= at + 4 + n) {
                *fields[i] = le(extra, p, 8);
                p += 8;
            }
        at += 4 + n;
    }
}

/* One header of the directory at *at; false when it is broken or needs more than we do. */
static bool read_header(str text, uint64_t *at, struct zip_entry *z) {
    if (!within(text, *at, CENTRAL_SIZE) || memcmp(text.p + *at, "PK\1\2", 4) != 0)
        return false;
    uint64_t name = le(text, *at + 28, 2), extra = le(text, *at + 30, 2), comment = le(text, *at + 32, 2);
    if (!within(text, *at + CENTRAL_SIZE, name + extra + comment))
        return false;
    uint64_t flags = le(text, *at + 8, 2);
    *z = (struct zip_entry){.name = str_n(text.p + *at + CENTRAL_SIZE, name),
                            .at = le(text, *at + 42, 4),
                            .packed = le(text, *at + 20, 4),
                            .size = le(text, *at + 24, 4),
                            .crc = (uint32_t)le(text, *at + 16, 4),
                            .method = (uint16_t)le(text, *at + 10, 2)};
    widen(str_n(z->name.p + name, extra), z);
    *at += CENTRAL_SIZE + name + extra + comment;
    return !(flags & 1) && (z->method == 0 || z->method == 8);
}

static bool too_large(struct ctx *c, const struct zip_entry *z) {
    return z->size > c->limits.member || (z->size > (1 << 20) && z->size / c->limits.ratio > z->packed);
}

bool zip_open(struct ctx *c, struct arena *a, str text, str where, struct zip *out, bool *plain, struct err *e) {
    struct directory d = {0};
    *out = (struct zip){.text = text, .where = where};
    *plain = true;
    if (!find_directory(text, &d))
        return err_set(e, ERR_INPUT, where, _("the archive ends too early: its directory is missing"));
    if (d.entries > c->limits.entries)
        return err_set(e, ERR_LIMIT, where, _("more than %u entries in one archive"), c->limits.entries);
    /* A header takes 46 bytes at least: a count that cannot be true asks for no memory. */
    if (!within(text, d.at, d.size) || d.entries > d.size / CENTRAL_SIZE)
        return err_set(e, ERR_INPUT, where, _("the archive's directory is damaged"));
    out->v = arena_array(a, struct zip_entry, d.entries);
    uint64_t at = d.at, total = 0;
    for (; out->n < d.entries; out->n++) {
        struct zip_entry *z = &out->v[out->n];
        if (!read_header(text, &at, z)) {
            *plain = false;
            out->n = 0;
            return true;
        }
        total += z->size;
        /* Entries may overlap, so that each keeps the ratio and all together do not. */
        bool bomb = total > (1 << 20) && total / c->limits.ratio > text.n;
        if (too_large(c, z) || bomb || total > c->limits.unpacked || total < z->size)
            return err_set(e, ERR_LIMIT, arena_printf(a, "%.*s!%.*s", STR_ARG(where), STR_ARG(z->name)),
                           _("unpacks to more than we take (a zip bomb?)"));
    }
    return true;
}

static bool inflate_all(str packed, char *to, uint64_t size) {
    z_stream s = {.next_in = (Bytef *)(uintptr_t)packed.p, .next_out = (Bytef *)to};
    if (packed.n > UINT32_MAX || size > UINT32_MAX || inflateInit2(&s, -15) != Z_OK)
        return false;
    s.avail_in = (uInt)packed.n;
    s.avail_out = (uInt)size;
    int code = inflate(&s, Z_FINISH);
    bool ok = code == Z_STREAM_END && s.avail_out == 0;
    inflateEnd(&s);
    return ok;
}

bool zip_read(struct ctx *c, struct arena *a, const struct zip *z, uint32_t i, str *out, struct err *e) {
    const struct zip_entry *v = &z->v[i];
    str text = z->text;
    (void)c;
    *out = S("");
    if (within(text, v->at, LOCAL_SIZE) && memcmp(text.p + v->at, "PK\3\4", 4) == 0) {
        uint64_t data = v->at + LOCAL_SIZE + le(text, v->at + 26, 2) + le(text, v->at + 28, 2);
        bool ok = within(text, data, v->packed);
        str packed = ok ? str_n(text.p + data, v->packed) : S("");
        if (ok && v->method == 0) {
            *out = packed;
            ok = v->packed == v->size;
        } else if (ok) {
            char *to = arena_alloc(a, v->size + 1);
            *out = str_n(to, v->size);
            ok = inflate_all(packed, to, v->size);
        }
        if (ok && crc32_z(0, (const Bytef *)out->p, out->n) == v->crc)
            return true;
    }
    *out = S("");
    return err_set(e, ERR_INPUT, arena_printf(a, "%.*s!%.*s", STR_ARG(z->where), STR_ARG(v->name)),
                   _("this entry of the archive is damaged"));
}
