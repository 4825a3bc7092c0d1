/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/tiles.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"

/* ── names ── */

size_t tile_name(const struct tile *t, char out[TILE_NAME_MOST]) {
    uint64_t above = t->index / 1000;
    unsigned groups[7], n = 0;
    size_t at = t->entries ? (size_t)snprintf(out, TILE_NAME_MOST, "tile/entries")
                           : (size_t)snprintf(out, TILE_NAME_MOST, "tile/%u", t->level);
    for (; above; above /= 1000)
        groups[n++] = (unsigned)(above % 1000);
    while (n)
        at += (size_t)snprintf(out + at, TILE_NAME_MOST - at, "/x%03u", groups[--n]);
    at += (size_t)snprintf(out + at, TILE_NAME_MOST - at, "/%03u", (unsigned)(t->index % 1000));
    if (t->width < TILE_WIDTH)
        at += (size_t)snprintf(out + at, TILE_NAME_MOST - at, ".p/%u", t->width);
    return at;
}

bool tile_named(str name, struct tile *out) {
    str rest = name, part, word, width;
    uint64_t n;
    char again[TILE_NAME_MOST];
    *out = (struct tile){.width = TILE_WIDTH};
    if (name.n >= TILE_NAME_MOST || !str_next(&rest, '/', &part) || !str_is(part, "tile") ||
        !str_next(&rest, '/', &part))
        return false;
    out->entries = str_is(part, "entries");
    if (!out->entries) {
        if (!str_u64(part, &n) || n > 63)
            return false;
        out->level = (unsigned)n;
    }
    while (str_next(&rest, '/', &part)) {
        bool more = part.n == 4 && part.p[0] == 'x';
        word = more ? str_from(part, 1) : str_upto(part, 3);
        if (!str_u64(word, &n) || word.n != 3 || out->index > (UINT64_MAX - n) / 1000)
            return false;
        out->index = out->index * 1000 + n;
        if (more)
            continue;
        if (str_is(str_from(part, 3), ".p") && str_next(&rest, '/', &width) && str_u64(width, &n) && n > 0 &&
            n < TILE_WIDTH)
            out->width = (unsigned)n;
        break;
    }
    return str_eq(str_n(again, tile_name(out, again)), name); /* one spelling for each */
}

unsigned tile_width(uint64_t size, unsigned level, uint64_t index) {
    uint64_t wide = level * TILE_BITS >= 64 ? 0 : size >> level * TILE_BITS;
    if (index > wide >> TILE_BITS)
        return 0;
    return index < wide >> TILE_BITS ? TILE_WIDTH : (unsigned)(wide & (TILE_WIDTH - 1));
}

/* ── bundles ── */

void bundle_add(struct buf *b, str entry) {
    unsigned char length[2] = {(unsigned char)(entry.n >> 8), (unsigned char)entry.n};
    buf_add(b, str_n((char *)length, 2));
    buf_add(b, entry);
}

bool bundle_next(str *rest, str *entry) {
    if (rest->n < 2)
        return false;
    size_t n = (size_t)(unsigned char)rest->p[0] << 8 | (unsigned char)rest->p[1];
    if (rest->n - 2 < n)
        return false;
    *entry = str_n(rest->p + 2, n);
    *rest = str_from(*rest, 2 + n);
    return true;
}

bool bundle_split(str bytes, str *entries, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        if (!bundle_next(&bytes, &entries[i]))
            return false;
    return bytes.n == 0;
}

/* ── a folder ── */

static bool read_file(void *of, struct arena *a, str name, str *out, struct err *e) {
    char path[PATH_MAX];
    int got = snprintf(path, sizeof path, "%s/%.*s", (const char *)of, STR_ARG(name));
    *out = (str){NULL, 0};
    if (got < 0 || (size_t)got >= sizeof path)
        return err_set(e, ERR_ENV, str_of(of), _("the path is too long"));
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR || err_errno(e, str_of(path), _("cannot open the file"));
    struct stat st;
    size_t n = 0;
    bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    if (!ok)
        err_set(e, ERR_INPUT, str_of(path), _("this is no file of a log"));
    else if (st.st_size > BUNDLE_MOST)
        ok = err_set(e, ERR_LIMIT, str_of(path), _("no file of a log is as long as this"));
    if (ok) {
        char *p = arena_alloc(a, (size_t)st.st_size + 1);
        ok = disk_read_some(fd, path, p, (size_t)st.st_size, 0, &n, e);
        *out = str_n(p, n);
    }
    close(fd);
    return ok;
}

struct tile_reader tile_folder(const char *path) {
    return (struct tile_reader){.read = read_file, .of = (void *)(uintptr_t)path, .where = str_of(path)};
}

/* ── tiles of one size ── */

static bool cut(const struct tile *tile, str *bytes) {
    if (!tile->entries) {
        bool enough = bytes->n >= (size_t)tile->width * 32;
        *bytes = str_upto(*bytes, (size_t)tile->width * 32);
        return enough;
    }
    str rest = *bytes, entry;
    for (unsigned i = 0; i < tile->width; i++)
        if (!bundle_next(&rest, &entry))
            return false;
    bytes->n -= rest.n;
    return true;
}

bool tiles_read(const struct tile_reader *from, struct arena *a, const struct tile *tile, str *out, struct err *e) {
    char name[TILE_NAME_MOST];
    struct tile t = *tile;
    size_t n = tile_name(&t, name);
    str found;
    if (!from->read(from->of, a, str_n(name, n), &found, e))
        return false;
    if (!found.p && t.width < TILE_WIDTH) { /* partial ones may go when the full one is there */
        t.width = TILE_WIDTH;
        n = tile_name(&t, name);
        if (!from->read(from->of, a, str_n(name, n), &found, e))
            return false;
    }
    str where = arena_printf(a, "%.*s/%.*s", STR_ARG(from->where), (int)n, name);
    if (!found.p)
        return err_set(e, ERR_INPUT, where, _("this tile of the log is missing"));
    *out = found;
    if (!cut(tile, out) || (t.width == tile->width && out->n != found.n))
        return err_set(e, ERR_INPUT, where, _("this tile of the log has the wrong length"));
    return true;
}

void tiles_open(struct tiles *t, struct arena *a, const struct tile_reader *from, uint64_t size) {
    *t = (struct tiles){.from = *from, .size = size, .a = a};
}

/* A tile is a binary tree of height 8 laid out as a heap: leaf k at 256 + k, and what is over nodes 2i and 2i + 1 at i;
 * nodes over leaves are hashed when asked for. */
static bool load(struct tiles *t, unsigned level, uint64_t index, struct tile_cache **out, struct err *e) {
    struct tile_cache *c = t->cache[level];
    struct tile tile = {.level = level, .index = index, .width = tile_width(t->size, level, index)};
    if (!c)
        c = t->cache[level] = arena_new_of(t->a, struct tile_cache);
    *out = c;
    if (c->held && c->index == index && c->width == tile.width)
        return true;
    if (tile.width == 0)
        return err_set(e, ERR_USAGE, t->from.where, _("the tree of size %llu has no such hash"),
                       (unsigned long long)t->size);
    struct arena_mark m = arena_mark(t->a);
    str bytes;
    c->held = tiles_read(&t->from, t->a, &tile, &bytes, e);
    if (c->held) {
        memcpy(c->hash + TILE_WIDTH, bytes.p, bytes.n);
        memset(c->made, 0, sizeof c->made);
        c->index = index;
        c->width = tile.width;
    }
    arena_reset(t->a, m);
    return c->held;
}

static struct hash node(struct tile_cache *c, unsigned height, unsigned at) {
    for (unsigned h = 1; h <= height; h++) {
        unsigned first = at << (height - h), n = 1u << (height - h);
        for (unsigned i = (TILE_WIDTH >> h) + first, end = i + n; i < end; i++)
            if (!(c->made[i / 64] >> i % 64 & 1)) {
                c->hash[i] = merkle_node(c->hash[2 * i], c->hash[2 * i + 1]);
                c->made[i / 64] |= (uint64_t)1 << i % 64;
            }
    }
    return c->hash[(TILE_WIDTH >> height) + at];
}

static bool get(void *of, unsigned level, uint64_t index, struct hash *out, struct err *e) {
    struct tiles *t = of;
    struct tile_cache *c;
    unsigned height = level % TILE_BITS, across = TILE_BITS - height;
    if (level >= 64 || index >= (t->size >> level))
        return err_set(e, ERR_USAGE, t->from.where, _("the tree of size %llu has no such hash"),
                       (unsigned long long)t->size);
    if (!load(t, level / TILE_BITS, index >> across, &c, e))
        return false;
    *out = node(c, height, (unsigned)(index & ((1u << across) - 1)));
    return true;
}

struct hash_source tiles_hashes(struct tiles *t) {
    return (struct hash_source){get, t};
}

bool tiles_entries(const struct tiles *t, struct arena *a, uint64_t index, str entries[TILE_WIDTH], unsigned *n,
                   struct err *e) {
    struct tile tile = {.entries = true, .index = index, .width = tile_width(t->size, 0, index)};
    str bytes;
    *n = tile.width;
    if (*n == 0)
        return true;
    if (!tiles_read(&t->from, a, &tile, &bytes, e))
        return false;
    (void)!bundle_split(bytes, entries, *n); /* cut to that number */
    return true;
}
