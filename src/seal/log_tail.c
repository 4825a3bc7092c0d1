/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "seal/log_inner.h"

void tail_free(struct tail *t) { buf_free(&t->bundle); }

/* ── reading it ── */

static bool load_time(struct tail *t, const struct tiles *tiles, struct arena *a, struct err *e) {
    str entries[TILE_WIDTH];
    struct leaf last;
    unsigned n;
    t->time = 0;
    if (tiles->size == 0)
        return true;
    uint64_t bundle = (tiles->size - 1) / TILE_WIDTH;
    if (!tiles_entries(tiles, a, bundle, entries, &n, e))
        return false;
    if (!leaf_read(entries[n - 1], &last))
        return err_set(e, ERR_INPUT, tiles->from.where, _("entry %llu is no record of ours"),
                       (unsigned long long)tiles->size - 1);
    t->time = last.time;
    for (unsigned i = 0; i < n && n < TILE_WIDTH; i++)
        bundle_add(&t->bundle, entries[i]);
    return true;
}

static bool load_rows(struct tail *t, struct tiles *tiles, struct arena *a, struct err *e) {
    struct hash_source s = tiles_hashes(tiles);
    for (unsigned level = 0; level < 64; level++)
        if (tiles->size >> level & 1 && !s.get(s.of, level, (tiles->size >> level) - 1, &t->edge.full[level], e))
            return false;
    for (unsigned level = 0; level < TILE_LEVELS; level++) {
        struct tile tile = {.level = level, .index = tiles->size >> TILE_BITS * level >> TILE_BITS};
        tile.width = tile_width(tiles->size, level, tile.index);
        str bytes;
        if (tile.width == 0)
            continue;
        if (!tiles_read(&tiles->from, a, &tile, &bytes, e))
            return false;
        memcpy(t->row[level], bytes.p, bytes.n);
    }
    return true;
}

bool tail_load(struct tail *t, const struct folder *f, uint64_t size, struct err *e) {
    struct arena *a = arena_new();
    struct tile_reader from = tile_folder(f->path);
    struct tiles tiles;
    tiles_open(&tiles, a, &from, size);
    buf_clear(&t->bundle);
    t->edge = (struct merkle_edge){.size = size};
    bool ok = load_rows(t, &tiles, a, e) && load_time(t, &tiles, a, e);
    arena_free(a);
    return ok;
}

/* ── writing behind it ── */

static bool put(const struct folder *f, const struct tile *tile, str bytes, struct err *e) {
    char name[TILE_NAME_MOST], path[PATH_MAX], parent[PATH_MAX];
    tile_name(tile, name);
    if ((size_t)snprintf(path, sizeof path, "%s/%s", f->path, name) >= sizeof path)
        return err_set(e, ERR_ENV, str_of(f->path), _("the path is too long"));
    str dir = path_dir(str_of(path));
    snprintf(parent, sizeof parent, "%.*s", STR_ARG(dir));
    return (access(parent, F_OK) == 0 || disk_folder(f->ctx, parent, 0755, e)) &&
           disk_put(f->ctx, path, bytes, 0644, DISK_SOON, e);
}

/* Partial tiles of a tile that is full, but for the width of the settled size: after a power failure the full tile may
 * not be there, and that one is what recovery begins from. A leftover is harmless, so nothing is told. */
static void drop_partials(const struct folder *f, struct tile tile, unsigned keep) {
    char name[TILE_NAME_MOST], path[PATH_MAX], file[PATH_MAX];
    tile.width = TILE_WIDTH;
    tile_name(&tile, name);
    if ((size_t)snprintf(path, sizeof path, "%s/%s.p", f->path, name) >= sizeof path)
        return;
    DIR *dir = opendir(path);
    if (!dir)
        return;
    for (struct dirent *d; (d = readdir(dir));) {
        uint64_t width = 0;
        if (d->d_name[0] == '.' || (str_u64(str_of(d->d_name), &width) && width == keep) ||
            (size_t)snprintf(file, sizeof file, "%s/%s", path, d->d_name) >= sizeof file)
            continue;
        (void)!disk_remove(f->ctx, file, NULL);
    }
    closedir(dir);
    if (!keep)
        (void)!disk_remove(f->ctx, path, NULL);
}

static bool put_full(const struct folder *f, struct tile tile, str bytes, struct err *e) {
    tile.width = TILE_WIDTH;
    if (!put(f, &tile, bytes, e))
        return false;
    drop_partials(f, tile, tile_width(f->settled, tile.level, tile.index) % TILE_WIDTH);
    return true;
}

/* One entry: the hashes it completes go into their rows, rows that are full become tiles. */
static bool add_one(struct tail *t, const struct folder *f, str leaf, bool touched[TILE_LEVELS], struct err *e) {
    struct hash done[65];
    uint64_t index = t->edge.size;
    unsigned made = merkle_edge_put(&t->edge, merkle_leaf(leaf), done);
    struct leaf read;
    if (leaf_read(leaf, &read))
        t->time = read.time;
    bundle_add(&t->bundle, leaf);
    for (unsigned level = 0; level < TILE_LEVELS && level * TILE_BITS < made; level++) {
        uint64_t place = index >> level * TILE_BITS;
        t->row[level][place % TILE_WIDTH] = done[level * TILE_BITS];
        touched[level] = true;
        if (place % TILE_WIDTH != TILE_WIDTH - 1)
            continue;
        struct tile tile = {.level = level, .index = place / TILE_WIDTH};
        if (!put_full(f, tile, str_n((char *)t->row[level], TILE_BYTES), e))
            return false;
        touched[level] = false;
        if (level > 0)
            continue;
        tile.entries = true;
        if (!put_full(f, tile, buf_str(&t->bundle), e))
            return false;
        buf_clear(&t->bundle);
    }
    return true;
}

bool tail_add(struct tail *t, const struct folder *f, const str *leaves, uint32_t n, struct err *e) {
    bool touched[TILE_LEVELS] = {false};
    for (uint32_t i = 0; i < n; i++)
        if (!add_one(t, f, leaves[i], touched, e))
            return false;
    for (unsigned level = 0; level < TILE_LEVELS; level++) {
        struct tile tile = {.level = level, .index = t->edge.size >> TILE_BITS * level >> TILE_BITS};
        tile.width = tile_width(t->edge.size, level, tile.index);
        if (!touched[level] || tile.width == 0)
            continue;
        if (!put(f, &tile, str_n((char *)t->row[level], tile.width * sizeof(struct hash)), e))
            return false;
        tile.entries = true;
        if (level == 0 && !put(f, &tile, buf_str(&t->bundle), e))
            return false;
    }
    return true;
}

void folder_tidy(const struct folder *f, uint64_t before, uint64_t size) {
    for (unsigned level = 0; level < TILE_LEVELS; level++) {
        struct tile tile = {.level = level, .index = before >> TILE_BITS * level >> TILE_BITS};
        unsigned width = tile_width(before, level, tile.index);
        if (width == 0 || tile_width(size, level, tile.index) != TILE_WIDTH)
            continue;
        drop_partials(f, tile, 0);
        tile.entries = true;
        if (level == 0)
            drop_partials(f, tile, 0);
    }
}

static bool is_there(const struct folder *f, const struct tile *tile, struct err *e) {
    char name[TILE_NAME_MOST], path[PATH_MAX];
    tile_name(tile, name);
    if ((size_t)snprintf(path, sizeof path, "%s/%s", f->path, name) >= sizeof path)
        return err_set(e, ERR_ENV, str_of(f->path), _("the path is too long"));
    return access(path, F_OK) == 0 || err_set(e, ERR_ENV, str_of(path), _("what was written here is not there"));
}

bool folder_has(const struct folder *f, uint64_t before, uint64_t size, struct err *e) {
    for (unsigned level = 0; level < TILE_LEVELS; level++) {
        struct tile tile = {.level = level, .index = before >> TILE_BITS * level >> TILE_BITS};
        for (; (tile.width = tile_width(size, level, tile.index)) > 0; tile.index++) {
            struct tile entries = tile;
            entries.entries = true;
            if (!is_there(f, &tile, e) || (level == 0 && !is_there(f, &entries, e)))
                return false;
        }
    }
    return true;
}
