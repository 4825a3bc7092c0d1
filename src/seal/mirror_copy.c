/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/mirror_copy.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"

static str named(const struct replica *c, struct arena *a, const struct tile *t) {
    char name[TILE_NAME_MOST];
    size_t n = tile_name(t, name);
    return path_join(a, str_of(c->folder), str_n(name, n));
}

static bool there(const struct replica *c, struct arena *a, const struct tile *t) {
    return path_exists(named(c, a, t));
}

bool replica_open(const struct mirror *m, struct arena *a, str origin, struct replica *out, struct err *e) {
    *out = (struct replica){m->ctx, arena_cstr(a, mirror_copy(m, a, origin)), arena_str(a, origin), 0};
    str path = path_join(a, str_of(out->folder), S("checkpoint")), text;
    struct note n;
    struct checkpoint at;
    if (!path_exists(path))
        return true;
    if (!file_read(m->ctx, a, path, &text, e) || !note_parse(a, text, path, &n, e) ||
        !checkpoint_parse(n.text, path, &at, e))
        return false;
    out->size = at.size;
    return str_eq(at.origin, origin) || err_set(e, ERR_INPUT, path, _("this is the checkpoint of another log"));
}

/* ── bundles ── */

/* The widest partial bundle at that place; 0 when there is none. */
static unsigned widest(const struct replica *c, struct arena *a, uint64_t bundle) {
    struct tile t = {.entries = true, .index = bundle, .width = 1};
    DIR *d = opendir(arena_cstr(a, path_dir(named(c, a, &t))));
    unsigned most = 0;
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        uint64_t w;
        if (str_u64(str_of(e->d_name), &w) && w < TILE_WIDTH && w > most)
            most = (unsigned)w;
    }
    if (d)
        closedir(d);
    return most;
}

static bool full_bundle(const struct replica *c, struct arena *a, uint64_t index) {
    struct tile t = {.entries = true, .index = index, .width = TILE_WIDTH};
    return there(c, a, &t);
}

uint64_t replica_next(const struct replica *c) {
    struct arena *a = arena_new();
    uint64_t have = c->size / TILE_WIDTH, step = 1; /* bundles come in order: all below `have` are there */
    while (full_bundle(c, a, have + step - 1)) {
        have += step;
        step *= 2;
    }
    while (step > 1) /* the one at have + step - 1 is missing */
        if (full_bundle(c, a, have + (step /= 2) - 1))
            have += step;
    uint64_t next = have * TILE_WIDTH + widest(c, a, have);
    arena_free(a);
    return next;
}

static struct tile bundle_upto(uint64_t upto) {
    uint64_t index = (upto - 1) / TILE_WIDTH;
    return (struct tile){.entries = true, .index = index, .width = (unsigned)(upto - index * TILE_WIDTH)};
}

bool replica_read(const struct replica *c, struct arena *a, uint64_t upto, str *out, struct err *e) {
    struct tile t = bundle_upto(upto), had = t;
    struct tile_reader from = tile_folder(c->folder);
    had.width = TILE_WIDTH;
    if (!there(c, a, &had) && (had.width = widest(c, a, t.index)) < t.width)
        had.width = t.width; /* then reading says what is missing */
    if (!tiles_read(&from, a, &had, out, e))
        return false;
    str rest = *out, entry;
    for (unsigned i = 0; i < t.width; i++)
        if (!bundle_next(&rest, &entry))
            return err_set(e, ERR_INPUT, named(c, a, &had), _("the bundle ends too early"));
    out->n -= rest.n;
    return true;
}

static bool put(const struct replica *c, struct arena *a, const struct tile *t, str bytes, enum disk_when when,
                struct err *e) {
    str path = named(c, a, t);
    return disk_folder(c->ctx, arena_cstr(a, path_dir(path)), 0755, e) &&
           disk_put(c->ctx, arena_cstr(a, path), bytes, 0644, when, e);
}

/* Partial tiles go when the full one is there; readers then take that. */
static void drop_partials(const struct replica *c, struct arena *a, struct tile t) {
    t.width = 1;
    str folder = path_dir(named(c, a, &t));
    DIR *d = opendir(arena_cstr(a, folder));
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.')
            (void)!disk_remove(c->ctx, arena_cstr(a, path_join(a, folder, str_of(e->d_name))), NULL);
    if (d) {
        closedir(d);
        (void)!disk_remove(c->ctx, arena_cstr(a, folder), NULL);
    }
}

bool replica_write(const struct replica *c, struct arena *a, uint64_t upto, str bytes, struct err *e) {
    struct tile t = bundle_upto(upto), full = t;
    full.width = TILE_WIDTH;
    if (there(c, a, &full) || (t.width < TILE_WIDTH && widest(c, a, t.index) >= t.width))
        return true;
    return put(c, a, &t, bytes, DISK_DURABLE, e);
}

/* ── tiles ── */

/* The hash of a full tile of the level below, which is one hash of this level. */
static bool tile_hash(const struct replica *c, struct arena *a, unsigned level, uint64_t index, struct hash *out,
                      struct err *e) {
    struct tile t = {.level = level, .index = index, .width = TILE_WIDTH};
    struct tile_reader from = tile_folder(c->folder);
    struct hash row[TILE_WIDTH];
    str bytes;
    if (!tiles_read(&from, a, &t, &bytes, e))
        return false;
    memcpy(row, bytes.p, sizeof row);
    for (unsigned n = TILE_WIDTH; n > 1; n /= 2)
        for (unsigned i = 0; i < n / 2; i++)
            row[i] = merkle_node(row[2 * i], row[2 * i + 1]);
    *out = row[0];
    return true;
}

static bool leaf_hashes(const struct replica *c, struct arena *a, const struct tile *t, struct hash *row,
                        struct err *e) {
    str bytes, entry;
    if (!replica_read(c, a, t->index * TILE_WIDTH + t->width, &bytes, e))
        return false;
    for (unsigned i = 0; i < t->width && bundle_next(&bytes, &entry); i++)
        row[i] = merkle_leaf(entry);
    return true;
}

static bool build_tile(const struct replica *c, struct arena *a, const struct tile *t, struct err *e) {
    struct hash row[TILE_WIDTH];
    if (t->level == 0 && !leaf_hashes(c, a, t, row, e))
        return false;
    for (unsigned i = 0; t->level > 0 && i < t->width; i++)
        if (!tile_hash(c, a, t->level - 1, t->index * TILE_WIDTH + i, &row[i], e))
            return false;
    return put(c, a, t, str_n((const char *)row, t->width * sizeof *row), DISK_SOON, e);
}

/* The tiles of one level that the tree has and the copy's present tree does not have that wide; a partial bundle of
 * that width too, since a checkpoint of that size is about to be shown. */
static bool build_level(const struct replica *c, unsigned level, uint64_t size, struct err *e) {
    struct arena *a = arena_new();
    bool ok = true;
    struct tile t = {.level = level, .index = c->size >> TILE_BITS * level >> TILE_BITS};
    for (; ok && (t.width = tile_width(size, level, t.index)) > 0; t.index++) {
        struct arena_mark m = arena_mark(a);
        str bytes;
        struct tile entries = {.entries = true, .index = t.index, .width = t.width};
        ok = build_tile(c, a, &t, e);
        if (ok && level == 0 && t.width < TILE_WIDTH && !there(c, a, &entries))
            ok = replica_read(c, a, size, &bytes, e) && put(c, a, &entries, bytes, DISK_SOON, e);
        arena_reset(a, m);
    }
    arena_free(a);
    return ok;
}

static void tidy(const struct replica *c, uint64_t size) {
    struct arena *a = arena_new();
    for (unsigned level = 0; level < TILE_LEVELS; level++) {
        struct tile t = {.level = level, .index = c->size >> TILE_BITS * level >> TILE_BITS};
        for (; tile_width(size, level, t.index) == TILE_WIDTH; t.index++) {
            drop_partials(c, a, t);
            if (level == 0)
                drop_partials(c, a, (struct tile){.entries = true, .index = t.index});
        }
    }
    arena_free(a);
}

static bool makes_root(const struct replica *c, uint64_t size, struct hash root, struct err *e) {
    struct arena *a = arena_new();
    struct tile_reader from = tile_folder(c->folder);
    struct tiles tiles;
    struct hash made;
    tiles_open(&tiles, a, &from, size);
    struct hash_source s = tiles_hashes(&tiles);
    bool ok = merkle_root(&s, size, &made, e);
    arena_free(a);
    return ok && (hash_eq(made, root) ||
                  err_set(e, ERR_INPUT, str_of(c->folder), _("this copy does not make the root of the checkpoint")));
}

bool replica_build(const struct replica *c, uint64_t size, struct hash root, struct err *e) {
    int fd;
    if (!disk_folder(c->ctx, c->folder, 0755, e) ||
        !disk_open(c->ctx, c->folder, O_RDONLY | O_DIRECTORY, 0, &fd, NULL, e))
        return false;
    bool ok = true;
    for (unsigned level = 0; ok && level < TILE_LEVELS; level++)
        ok = build_level(c, level, size, e);
    ok = ok && disk_sync_all(c->ctx, fd, c->folder, e) && makes_root(c, size, root, e);
    close(fd);
    return ok;
}

bool replica_show(const struct replica *c, struct arena *a, str checkpoint, struct err *e) {
    str path = path_join(a, str_of(c->folder), S("checkpoint"));
    struct note n;
    struct checkpoint at;
    if (!disk_put(c->ctx, arena_cstr(a, path), checkpoint, 0644, DISK_DURABLE, e))
        return false;
    if (note_parse(a, checkpoint, path, &n, NULL) && checkpoint_parse(n.text, path, &at, NULL))
        tidy(c, at.size);
    return true;
}
