/* SPDX-License-Identifier: Apache-2.0
 *
 * Checking a log. Each hash of a leaf is there three times over: in the bundle of entries, in the tile of level 0, and
 * within the hash over that tile in level 1 (for the last, partial tile: within the signed root). What two of the three
 * say is believed, and the third is told as wrong; so a single fault is told once and at its place.
 */
#include "seal/log_check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "base/pool.h"

void check_fault(struct check *k, str name, const char *what) {
    pthread_mutex_lock(&k->lock);
    *vec_push(k->a, &k->faults) = (struct log_fault){.where = arena_str(k->a, name), .what = what};
    pthread_mutex_unlock(&k->lock);
}
void check_fault_at(struct check *k, str name, uint64_t index, const char *what) {
    pthread_mutex_lock(&k->lock);
    *vec_push(k->a, &k->faults) = (struct log_fault){
        .where = arena_str(k->a, name), .has_index = true, .index = index, .what = what};
    pthread_mutex_unlock(&k->lock);
}

/* ── files of tiles ── */

static str tile_place(struct arena *a, const struct tile *t) {
    char name[TILE_NAME_MOST];
    size_t n = tile_name(t, name);
    return arena_printf(a, "log/%.*s", (int)n, name);
}

/* The tile's own file and no other; false, and told, when it is not as long as it has to be. */
static bool read_tile(struct check *k, struct arena *a, const struct tile *t, str *out) {
    char name[TILE_NAME_MOST];
    str rest, entry;
    size_t n = tile_name(t, name);
    if (!k->from.read(k->from.of, a, str_n(name, n), out, NULL)) {
        check_fault(k, tile_place(a, t), N_("the file cannot be read"));
        return false;
    }
    if (!out->p) {
        check_fault(k, tile_place(a, t), N_("the file is missing"));
        return false;
    }
    rest = *out;
    for (unsigned i = 0; t->entries && i < t->width && bundle_next(&rest, &entry); i++)
        if (i + 1 == t->width && rest.n == 0)
            return true;
    if (!t->entries && out->n == (size_t)t->width * 32)
        return true;
    check_fault(k, tile_place(a, t), N_("the file has the wrong length"));
    return false;
}

/* Partial tiles of earlier sizes say the same as the tile that is believed, as far as they go. */
static void check_partials(struct check *k, struct arena *a, struct tile t, str believed) {
    char name[TILE_NAME_MOST], path[PATH_MAX];
    unsigned width = t.width;
    t.width = TILE_WIDTH;
    tile_name(&t, name);
    if ((size_t)snprintf(path, sizeof path, "%s/%s.p", k->path.log, name) >= sizeof path)
        return;
    DIR *dir = opendir(path);
    if (!dir)
        return;
    for (struct dirent *d; (d = readdir(dir));) {
        uint64_t n;
        str bytes;
        if (!str_u64(str_of(d->d_name), &n) || n == 0 || n >= width)
            continue;
        t.width = (unsigned)n;
        if (!read_tile(k, a, &t, &bytes))
            continue;
        if (!str_eq(bytes, str_upto(believed, bytes.n)))
            check_fault(k, tile_place(a, &t), N_("the partial tile differs from the one that followed it"));
    }
    closedir(dir);
}

/* ── one tile of level 0 and its bundle ── */

struct leaves {
    bool entries_ok, tile_ok;
    str bundle, tile, entry[TILE_WIDTH];
    struct hash from_entries[TILE_WIDTH], from_tile[TILE_WIDTH];
    unsigned n;
};

static void read_leaves(struct check *k, struct arena *a, uint64_t index, struct leaves *v) {
    struct tile t = {.index = index, .width = tile_width(k->size, 0, index)};
    v->n = t.width;
    v->tile_ok = read_tile(k, a, &t, &v->tile);
    if (v->tile_ok)
        memcpy(v->from_tile, v->tile.p, v->tile.n);
    t.entries = true;
    v->entries_ok = read_tile(k, a, &t, &v->bundle) && bundle_split(v->bundle, v->entry, v->n);
    for (unsigned i = 0; v->entries_ok && i < v->n; i++)
        v->from_entries[i] = merkle_leaf(v->entry[i]);
}

static struct hash over_tile(const struct hash *leaf) {
    struct hash h[TILE_WIDTH];
    memcpy(h, leaf, sizeof h);
    for (unsigned n = TILE_WIDTH / 2; n; n /= 2)
        for (unsigned i = 0; i < n; i++)
            h[i] = merkle_node(h[2 * i], h[2 * i + 1]);
    return h[0];
}

/* Tells what is wrong given whom to believe, and goes on with that. */
static void settle_leaves(struct check *k, struct arena *a, uint64_t index, struct leaves *v, bool entries_right) {
    struct tile t = {.index = index, .width = v->n};
    bool differ = v->entries_ok && v->tile_ok && memcmp(v->from_entries, v->from_tile, v->n * 32) != 0;
    if (differ && entries_right)
        check_fault(k, tile_place(a, &t), N_("the tile does not hold the hashes of the entries"));
    if (v->tile_ok && (!differ || !entries_right))
        check_partials(k, a, t, v->tile);
    t.entries = true;
    for (unsigned i = 0; differ && !entries_right && i < v->n; i++)
        if (!hash_eq(v->from_entries[i], v->from_tile[i]))
            check_fault_at(k, tile_place(a, &t), index * TILE_WIDTH + i, N_("the entry is not what was logged"));
    if (!v->entries_ok || (differ && !entries_right))
        return;
    check_partials(k, a, t, v->bundle);
    check_bodies(k, a, index * TILE_WIDTH, v->entry, v->n);
}

static void check_full(void *arg, size_t index, unsigned worker) {
    struct check *k = arg;
    struct arena *a = k->arenas[worker];
    struct arena_mark m = arena_mark(a);
    struct leaves *v = arena_new_of(a, struct leaves);
    read_leaves(k, a, index, v);
    struct hash by_entries = {0}, by_tile = {0};
    if (v->entries_ok)
        by_entries = over_tile(v->from_entries);
    if (v->tile_ok)
        by_tile = memcmp(v->from_entries, v->from_tile, TILE_BYTES) == 0 ? by_entries : over_tile(v->from_tile);
    bool entries_right = v->entries_ok && (!v->tile_ok || !hash_eq(by_tile, k->above[index]));
    k->over[index] = entries_right ? by_entries : by_tile;
    if (!v->entries_ok && !v->tile_ok)
        k->over[index] = k->above[index];
    settle_leaves(k, a, index, v, entries_right);
    arena_reset(a, m);
}

/* ── what is over them ── */

static struct hash root_with(const struct check *k, const struct hash *leaf, unsigned n) {
    struct merkle_edge low = {0}, high = {0};
    for (unsigned i = 0; i < n; i++)
        merkle_edge_add(&low, leaf[i]);
    for (uint64_t i = 0; i < k->size / TILE_WIDTH; i++)
        merkle_edge_add(&high, k->over[i]);
    if (n == 0 || high.size == 0)
        return n ? merkle_edge_root(&low) : merkle_edge_root(&high);
    struct hash h = merkle_edge_root(&low);
    for (unsigned level = 0; level < 64; level++)
        if (high.size >> level & 1)
            h = merkle_node(high.full[level], h);
    return h;
}

static void check_last(struct check *k) {
    struct arena *a = k->arenas[0];
    struct leaves *v = arena_new_of(a, struct leaves);
    uint64_t index = k->size / TILE_WIDTH;
    bool entries_right = true;
    struct hash root;
    if (k->size % TILE_WIDTH) {
        read_leaves(k, a, index, v);
        if (v->tile_ok) { /* the tile's word counts for less when the root does not confirm it */
            root = root_with(k, v->from_tile, v->n);
            entries_right = v->entries_ok && !hash_eq(root, k->root);
        }
        if (entries_right && v->entries_ok)
            root = root_with(k, v->from_entries, v->n);
        settle_leaves(k, a, index, v, entries_right);
        if (!v->tile_ok && !v->entries_ok)
            return;
    } else
        root = root_with(k, NULL, 0);
    if (k->signed_root && !hash_eq(root, k->root))
        check_fault(k, S("log/checkpoint"), N_("the entries do not lead to the root of the checkpoint"));
}

/* Level by level from what is believed below. */
static void check_upper(struct check *k) {
    struct arena *a = k->arenas[0];
    uint64_t n = k->size / TILE_WIDTH;
    for (unsigned level = 1; n && level < TILE_LEVELS; level++) {
        for (uint64_t i = 0; i * TILE_WIDTH < n; i++) {
            struct arena_mark m = arena_mark(a);
            struct tile t = {.level = level, .index = i, .width = tile_width(k->size, level, i)};
            str want = str_n((char *)(k->over + i * TILE_WIDTH), (size_t)t.width * 32), bytes;
            if (read_tile(k, a, &t, &bytes) && !str_eq(bytes, want))
                check_fault(k, tile_place(a, &t), N_("the tile does not hold the hashes over the tiles below"));
            check_partials(k, a, t, want);
            if (t.width == TILE_WIDTH)
                k->over[i] = over_tile(k->over + i * TILE_WIDTH);
            arena_reset(a, m);
        }
        n /= TILE_WIDTH;
    }
}

/* Silently: what is wrong with these tiles is told when their turn comes. */
static void read_above(struct check *k) {
    struct arena *a = k->arenas[0];
    for (uint64_t i = 0, n = k->size / TILE_WIDTH; i * TILE_WIDTH < n; i++) {
        struct arena_mark m = arena_mark(a);
        struct tile t = {.level = 1, .index = i, .width = tile_width(k->size, 1, i)};
        str bytes;
        if (tiles_read(&k->from, a, &t, &bytes, NULL))
            memcpy(k->above + i * TILE_WIDTH, bytes.p, bytes.n);
        arena_reset(a, m);
    }
}

/* ── the whole ── */

static bool read_checkpoint(struct check *k, const struct vkey *key, struct err *e) {
    struct arena *a = k->a;
    struct checkpoint cp;
    struct note note;
    struct err bad = {0};
    bool broken;
    str text;
    if (!k->from.read(k->from.of, a, S("checkpoint"), &text, e))
        return false;
    if (!text.p) {
        err_set(e, ERR_ENV, str_of(k->path.checkpoint), _("there is no log here"));
        return err_hint(e, "%s", _("make one with `akashi init`"));
    }
    uint64_t bytes = 0; /* the map says how many there are where the checkpoint is not to be believed */
    if (k->map_fd >= 0 && !disk_size(k->map_fd, k->path.map, &bytes, e))
        return false;
    k->size = bytes / MAP_RECORD;
    if (!note_parse(a, text, S("checkpoint"), &note, &bad) ||
        !checkpoint_parse(note.text, S("checkpoint"), &cp, &bad)) {
        check_fault(k, S("log/checkpoint"), N_("this is no checkpoint"));
        return true;
    }
    memcpy(k->root.b, cp.root, 32);
    k->signed_root = !key || note_verify(&note, key, NULL, &broken);
    if (!k->signed_root)
        check_fault(k, S("log/checkpoint"), N_("the signature of the checkpoint is bad or not by the log's key"));
    if (k->signed_root || k->map_fd < 0)
        k->size = cp.size;
    return true;
}

static void check_times(struct check *k) {
    for (uint64_t i = 1, n = (k->size + TILE_WIDTH - 1) / TILE_WIDTH; i < n; i++)
        if (k->first_time[i] < k->last_time[i - 1] && k->first_time[i] != INT64_MIN)
            check_fault_at(k, S("log"), i * TILE_WIDTH, N_("the entry is older than the one before it"));
}

static int fault_order(const void *x, const void *y) {
    const struct log_fault *a = x, *b = y;
    int by_place = str_cmp(a->where, b->where);
    return by_place ? by_place : a->index < b->index ? -1 : a->index > b->index;
}

/* The size may be nonsense when the checkpoint is damaged: no more is believed than files can hold. */
static bool plausible(struct check *k, struct err *e) {
    uint64_t bytes = 0;
    if (k->map_fd < 0 || !disk_size(k->map_fd, k->path.map, &bytes, e))
        return k->map_fd < 0;
    if (k->size > bytes / MAP_RECORD + BATCH_MOST || k->size >> 48) {
        check_fault(k, S("log/checkpoint"), N_("it names more entries than there are"));
        k->size = bytes / MAP_RECORD;
        k->signed_root = false;
    }
    return true;
}

static void check_all(struct check *k) {
    uint64_t full = k->size / TILE_WIDTH;
    k->above = calloc(full + 1, sizeof *k->above);
    k->over = calloc(full + 1, sizeof *k->over);
    k->first_time = calloc(full + 1, sizeof *k->first_time);
    k->last_time = calloc(full + 1, sizeof *k->last_time);
    if (!k->above || !k->over || !k->first_time || !k->last_time)
        abort();
    for (uint64_t i = 0; i <= full; i++)
        k->first_time[i] = k->last_time[i] = INT64_MIN;
    check_journal(k);
    read_above(k);
    pool_run(k->ctx, full, check_full, k);
    check_last(k);
    check_upper(k);
    check_times(k);
    check_find_strays(k);
    free(k->above);
    free(k->over);
    free(k->first_time);
    free(k->last_time);
}

bool log_check(struct ctx *c, str home, const struct log_store *store, const struct vkey *key,
               void (*fault)(void *arg, const struct log_fault *f), void *arg, uint64_t *faults, struct err *e) {
    struct check k = {.ctx = c, .store = store, .a = arena_new(), .lost_from = UINT64_MAX};
    unsigned workers = c->threads < 64 ? c->threads : 64;
    struct err ignored = {0};
    log_paths_of(k.a, home, &k.path);
    k.from = tile_folder(k.path.log);
    pthread_mutex_init(&k.lock, NULL);
    map_init(&k.envelopes, k.a);
    for (unsigned i = 0; i < workers; i++)
        k.arenas[i] = arena_new();
    /* Nobody appends meanwhile, where that can be had. */
    int lock = open(k.path.lock, O_RDONLY | O_CLOEXEC);
    while (lock >= 0 && flock(lock, LOCK_SH) != 0 && errno == EINTR)
        ;
    k.map_fd = open(k.path.map, O_RDONLY | O_CLOEXEC);
    k.find_fd = open(k.path.find, O_RDONLY | O_CLOEXEC);
    if (path_exists(str_of(k.path.journal)) && !file_map(k.a, str_of(k.path.journal), &k.journal, &ignored))
        check_fault(&k, S("append/journal"), N_("the file cannot be read"));
    bool ok = read_checkpoint(&k, key, e) && plausible(&k, e);
    if (ok) {
        check_all(&k);
        if (k.faults.n)
            qsort(k.faults.v, k.faults.n, sizeof *k.faults.v, fault_order);
        for (uint32_t i = 0; i < k.faults.n; i++)
            fault(arg, &k.faults.v[i]);
        *faults = k.faults.n;
    }
    int fds[] = {lock, k.map_fd, k.find_fd};
    for (size_t i = 0; i < 3; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    for (unsigned i = 0; i < workers; i++)
        arena_free(k.arenas[i]);
    pthread_mutex_destroy(&k.lock);
    arena_free(k.a);
    return ok;
}
