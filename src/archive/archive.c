/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "archive/inner.h"
#include "base/file.h"

enum {
    AVERAGE_FILE = 64 << 10,
    AVERAGE_TEXT = 16 << 10,
    LEVEL = 3,
    QUICK = 1,
    SAVE_AFTER = 4096,
    SAVE_WITHIN = 1 << 16
};

/* ── the file that says what this is ── */

static str about_text(const struct archive *a) {
    str id = hex_text(a->arena, a->id, PACK_ID);
    str check = a->keys.on ? hex_text(a->arena, a->keys.check, 16) : S("none");
    return arena_printf(a->arena, "akashi-archive 1\nid %.*s\nkey %.*s\n", STR_ARG(id), STR_ARG(check));
}

static bool about_read(struct archive *a, str text, str path, struct err *e) {
    str line, check;
    if (!str_line(&text, &line) || !str_is(line, "akashi-archive 1"))
        return err_set(e, ERR_INPUT, path, _("this is no archive of this program, or of a later version"));
    if (!str_line(&text, &line) || !str_starts(line, S("id ")) || !hex_bytes(str_from(line, 3), a->id, PACK_ID) ||
        !str_line(&text, &check) || !str_starts(check, S("key ")))
        return err_set(e, ERR_INPUT, path, _("the description of the archive is damaged")),
               err_hint(e, _("remove the file; it is made anew from the packs"));
    check = str_from(check, 4);
    bool encrypted = !str_is(check, "none");
    if (encrypted && !a->keys.on)
        return err_set(e, ERR_USAGE, path, _("the archive is encrypted and no key was given"));
    if (!encrypted && a->keys.on)
        return err_set(e, ERR_USAGE, path, _("a key was given, but the archive is not encrypted"));
    if (encrypted && !str_eq(check, hex_text(a->arena, a->keys.check, 16)))
        return err_set(e, ERR_USAGE, path, _("the archive is encrypted with another key"));
    return true;
}

struct kind_found {
    struct archive *a;
    bool any, sealed;
};
static bool first_kind(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e) {
    struct kind_found *k = arg;
    struct pack_file f;
    unsigned char head[PACK_HEAD], got[PACK_ID];
    (void)open;
    if (!pack_open(k->a, id, &f, NULL, e))
        return false;
    k->any |= f.size >= PACK_HEAD && disk_read(f.fd, f.path, head, PACK_HEAD, 0, NULL) &&
              pack_head_read(str_n((const char *)head, PACK_HEAD), got, &k->sealed);
    pack_close(&f);
    return !k->any;
}

/* A new archive, or one that lost its description: the packs say whether they are encrypted. */
static bool about_make(struct archive *a, const char *path, struct err *e) {
    struct kind_found k = {.a = a};
    struct err ignored = {0};
    best_effort(packs_list(a, first_kind, &k, &ignored));
    if (k.any && k.sealed != a->keys.on)
        return err_set(e, ERR_USAGE, a->folder,
                       k.sealed ? _("the archive is encrypted and no key was given")
                                : _("a key was given, but the archive is not encrypted"));
    random_bytes(a->id, PACK_ID);
    return disk_put(a->ctx, path, about_text(a), 0600, DISK_DURABLE, e);
}

static bool lock_open(struct archive *a, int how, int *fd, struct err *e) {
    char path[PATH_MAX];
    if (!archive_path(a, "lock", path, e) || !disk_open(a->ctx, path, O_RDWR | O_CREAT, 0600, fd, NULL, e))
        return false;
    while (flock(*fd, how) != 0)
        if (errno != EINTR) {
            err_errno(e, str_of(path), _("cannot lock the archive"));
            close(*fd);
            *fd = -1;
            return false;
        }
    return true;
}

static bool about_open(struct archive *a, struct err *e) {
    char path[PATH_MAX], packs[PATH_MAX];
    str text;
    int lock = -1;
    if (!archive_path(a, "archive", path, e) || !archive_path(a, "packs", packs, e))
        return false;
    if (!path_exists(str_of(path))) {
        if (a->read_only)
            return err_set(e, ERR_INPUT, a->folder, _("there is no archive here"));
        if (!disk_folder(a->ctx, packs, 0700, e) || !lock_open(a, LOCK_EX, &lock, e))
            return false;
        bool ok = path_exists(str_of(path)) || about_make(a, path, e);
        close(lock);
        if (!ok)
            return false;
    }
    return file_read(a->ctx, a->arena, str_of(path), &text, e) && about_read(a, text, str_of(path), e);
}

/* ── what lies in the packs ── */

uint32_t archive_pack_number(struct archive *a, const unsigned char id[PACK_ID]) {
    bool fresh;
    struct map_entry *entry = map_put(&a->by_id, str_n((const char *)id, PACK_ID), &fresh);
    if (!fresh)
        return (uint32_t)((uintptr_t)entry->value - 1);
    entry->key = arena_str(a->arena, entry->key);
    entry->value = (void *)((uintptr_t)a->n_packs + 1); // NOLINT(performance-no-int-to-ptr)
    if (a->n_packs == a->cap_packs) {
        a->cap_packs = a->cap_packs ? 2 * a->cap_packs : 64;
        a->packs = realloc(a->packs, a->cap_packs * sizeof *a->packs);
        if (!a->packs)
            abort();
    }
    a->packs[a->n_packs] = (struct pack_info){0};
    memcpy(a->packs[a->n_packs].id, id, PACK_ID);
    return a->n_packs++;
}

static void index_block(struct archive *a, uint32_t pack, uint64_t at, str table) {
    struct entry_head h;
    for (size_t i = 0; table_next(table, &i, &h);) {
        struct body_name id = pack_index_id(&a->keys, &h.name);
        index_put(a->index, &id, (struct place){pack, (uint32_t)at});
    }
}

struct indexing {
    struct archive *a;
    uint32_t pack;
};
static bool index_seen(void *arg, const struct block_seen *b, struct err *e) {
    const struct indexing *x = arg;
    (void)e;
    if (b->whole && b->table.p && b->head.kind == BLOCK_CHUNKS && b->at < UINT32_MAX)
        index_block(x->a, x->pack, b->at, b->table);
    return true;
}

static bool index_from_footer(struct archive *a, uint32_t pack, const struct pack_file *f) {
    struct buf footer = {0};
    struct block_head h;
    str table;
    uint64_t block_at;
    size_t at = 0;
    bool ok = pack_footer(a, f, &footer);
    while (ok && footer_next(&a->keys, buf_str(&footer), &at, &block_at, &h, &table))
        if (block_at >= a->packs[pack].covered && block_at < UINT32_MAX)
            index_block(a, pack, block_at, table);
    ok = ok && at == footer.n;
    buf_free(&footer);
    return ok;
}

/* Indexes what is new in one pack. One that cannot be read is left out; check says so. */
static bool look_into(struct archive *a, uint32_t number, bool open, struct err *e) {
    struct pack_info *p = &a->packs[number];
    struct indexing x = {a, number};
    struct pack_walk w = {.bodies = true, .each = index_seen, .arg = &x};
    struct pack_file f;
    bool missing, ok = true;
    if ((p->mine && p->covered) || (p->sealed && !open))
        return true;
    if (!pack_open(a, p->id, &f, &missing, e))
        return missing;
    bool good = pack_head_of(a, p->id, &f) != HEAD_BAD;
    if (good && f.size > p->covered && (f.open || !index_from_footer(a, number, &f))) {
        ok = pack_each(a, &f, p->covered, &w, e);
        p = &a->packs[number];
        p->covered = ok && !w.footer ? w.end : p->covered;
    }
    p->sealed = ok && good && !f.open;
    pack_close(&f);
    return ok;
}

struct listing {
    struct archive *a;
    VEC(uint32_t) numbers;
    VEC(bool) open;
    struct arena *arena;
};
static bool list_pack(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e) {
    struct listing *l = arg;
    (void)e;
    *vec_push(l->arena, &l->numbers) = archive_pack_number(l->a, id);
    *vec_push(l->arena, &l->open) = open;
    return true;
}

/* Packs the index is about that are gone: somebody collected. What it says about the others may be old as well. */
static bool any_gone(struct archive *a, const struct listing *l) {
    bool *seen = arena_array(l->arena, bool, a->n_packs + 1), gone = false;
    for (uint32_t i = 0; i < l->numbers.n; i++)
        seen[l->numbers.v[i]] = true;
    for (uint32_t i = 0; i < a->n_packs && !gone; i++) {
        struct pack_file f;
        bool missing = false;
        if (seen[i] || !a->packs[i].covered)
            continue;
        if (pack_open(a, a->packs[i].id, &f, &missing, NULL))
            pack_close(&f);
        gone = missing;
    }
    return gone;
}

void archive_forget_index(struct archive *a) {
    index_free(a->index);
    a->index = index_new();
    a->late = false;
    for (uint32_t i = 0; i < a->n_packs; i++)
        a->packs[i].covered = 0, a->packs[i].sealed = false;
}

/* NULL when there is none that is good. With `lock` held. */
static struct index *index_read(struct archive *a, const char *path) {
    const struct index_pack *packs;
    uint32_t n;
    struct index *x = index_new();
    if (!index_load(x, str_of(path), a->id, &packs, &n)) {
        index_free(x);
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t number = archive_pack_number(a, packs[i].id); /* may move a->packs */
        struct pack_info *p = &a->packs[number];
        p->covered = p->covered > packs[i].covered ? p->covered : packs[i].covered;
        p->sealed |= packs[i].sealed;
        index_number(x, i, number);
    }
    return x;
}

static bool look_into_all(struct archive *a, struct err *e) {
    struct listing l = {.a = a, .arena = arena_new()};
    bool ok = packs_list(a, list_pack, &l, e);
    if (ok && a->fd < 0 && any_gone(a, &l))
        archive_forget_index(a);
    for (uint32_t i = 0; ok && i < l.numbers.n; i++)
        ok = look_into(a, l.numbers.v[i], l.open.v[i], e);
    arena_free(l.arena);
    return ok;
}

bool archive_index_ready(struct archive *a, struct err *e) {
    char path[PATH_MAX];
    if (!a->late)
        return true;
    if (!archive_path(a, "index", path, e))
        return false;
    a->late = false;
    struct index *x = index_read(a, path);
    if (x) {
        index_free(a->index);
        a->index = x;
    }
    return look_into_all(a, e);
}

bool archive_refresh(struct archive *a, struct err *e) {
    return a->late ? archive_index_ready(a, e) : look_into_all(a, e);
}

/* What the index says about an unfinished pack must be on disk, whoever writes it. */
static bool on_disk(struct archive *a, const struct pack_info *p) {
    struct pack_file f;
    if (p->sealed || p->mine)
        return true;
    if (!p->covered || !pack_open(a, p->id, &f, NULL, NULL))
        return false;
    bool ok = disk_sync(a->ctx, f.fd, f.path, NULL);
    pack_close(&f);
    return ok;
}

/* With `lock` held. */
static void index_text(struct archive *a, struct buf *out) {
    struct index_pack *packs = calloc(a->n_packs + 1u, sizeof *packs);
    if (!packs)
        abort();
    for (uint32_t i = 0; i < a->n_packs; i++) {
        const struct pack_info *p = &a->packs[i];
        memcpy(packs[i].id, p->id, PACK_ID);
        packs[i].sealed = p->sealed;
        packs[i].covered = !on_disk(a, p) ? 0 : p->sealed ? UINT32_MAX : p->covered;
    }
    index_write(a->index, a->id, packs, a->n_packs, out);
    free(packs);
}

/* What is in the file now need not stay in memory. */
static void index_reread(struct archive *a, const char *path, const struct index *written) {
    if (a->index != written)
        return;
    struct index *x = index_read(a, path);
    if (x) {
        index_follow(x, a->index);
        a->index = x;
    }
}

static bool index_put_file(struct archive *a, const char *path, struct err *e) {
    struct buf b = {0};
    pthread_mutex_lock(&a->lock);
    const struct index *written = a->index;
    index_text(a, &b);
    pthread_mutex_unlock(&a->lock);
    bool ok = disk_put(a->ctx, path, buf_str(&b), 0600, DISK_DURABLE, e);
    buf_free(&b);
    pthread_mutex_lock(&a->lock);
    if (ok)
        index_reread(a, path, written);
    pthread_mutex_unlock(&a->lock);
    return ok;
}

bool archive_index_save(struct archive *a, enum index_save when, struct err *e) {
    char path[PATH_MAX];
    if (!archive_path(a, "index", path, e))
        return false;
    pthread_mutex_lock(&a->lock);
    uint64_t fresh = index_fresh(a->index), all = index_count(a->index);
    bool due = when == SAVE_ALWAYS || (when == SAVE_AT_END && fresh > SAVE_AFTER && fresh > all / 256) ||
               (when == SAVE_MEANWHILE && fresh > SAVE_WITHIN && fresh > all / 8);
    due = due && !a->saving;
    a->saving |= due;
    pthread_mutex_unlock(&a->lock);
    if (!due)
        return true;
    bool ok = index_put_file(a, path, e);
    pthread_mutex_lock(&a->lock);
    a->saving = false;
    pthread_mutex_unlock(&a->lock);
    return ok;
}

struct squeezer *archive_squeezer(struct archive *a, bool quick) {
    pthread_mutex_lock(&a->lock);
    struct squeezer *s = a->n_squeezers ? a->squeezers[--a->n_squeezers] : NULL;
    pthread_mutex_unlock(&a->lock);
    if (!s)
        s = squeezer_new_at(LEVEL);
    squeezer_level(s, quick ? QUICK : LEVEL);
    return s;
}

void archive_squeezer_back(struct archive *a, struct squeezer *s) {
    pthread_mutex_lock(&a->lock);
    if (a->n_squeezers < WORKERS_MOST) {
        a->squeezers[a->n_squeezers++] = s;
        s = NULL;
    }
    pthread_mutex_unlock(&a->lock);
    squeezer_free(s);
}

bool archive_begin(struct archive *a, struct err *e) {
    pthread_mutex_lock(&a->lock);
    bool ok = true;
    if (a->read_only)
        ok = err_set(e, ERR_ENV, a->folder, _("the archive was opened for reading only"));
    else if (a->lock_fd < 0 && lock_open(a, LOCK_SH, &a->lock_fd, e) && !(ok = archive_refresh(a, e))) {
        close(a->lock_fd);
        a->lock_fd = -1;
    }
    ok = ok && (a->read_only || a->lock_fd >= 0);
    pthread_mutex_unlock(&a->lock);
    return ok;
}

bool archive_alone(struct archive *a, struct err *e) {
    if (!archive_begin(a, e))
        return false;
    if (flock(a->lock_fd, LOCK_EX | LOCK_NB) != 0) {
        err_set(e, ERR_ENV, a->folder, _("another process is putting into the archive"));
        return err_hint(e, _("try again when it has ended"));
    }
    return true;
}

/* ── opening and closing ── */

bool archive_open(struct ctx *c, str folder, const struct archive_options *o, struct archive **out, struct err *e) {
    struct archive *a = calloc(1, sizeof *a);
    *out = NULL;
    if (!a)
        abort();
    a->ctx = c;
    a->arena = arena_new();
    a->folder = arena_str(a->arena, folder);
    a->read_only = o && o->read_only;
    a->fd = a->lock_fd = -1;
    map_init(&a->by_id, a->arena);
    pthread_mutex_init(&a->lock, NULL);
    pthread_mutex_init(&a->writing, NULL);
    pthread_cond_init(&a->settled, NULL);
    pack_keys_derive(o ? o->key : NULL, &a->keys);
    cutter_init(&a->cut_files, AVERAGE_FILE, a->keys.on ? a->keys.cut : NULL);
    cutter_init(&a->cut_texts, AVERAGE_TEXT, a->keys.on ? a->keys.cut : NULL);
    a->cache = cache_new();
    a->index = index_new();
    a->late = true;
    if (!about_open(a, e)) {
        archive_close(a);
        return false;
    }
    *out = a;
    return true;
}

static void gathers_free(struct gather *g) {
    while (g) {
        struct gather *next = g->next;
        gather_free(g);
        g = next;
    }
}

void archive_close(struct archive *a) {
    if (!a)
        return;
    if (a->index && a->fd >= 0 && !a->broken && a->synced == a->end)
        best_effort(archive_index_save(a, SAVE_AT_END, NULL)); /* only a cache */
    writer_close(a);
    if (a->lock_fd >= 0)
        close(a->lock_fd);
    for (int i = 0; i < GATHER_KINDS; i++)
        gathers_free(a->gathers[i]);
    gathers_free(a->stuck);
    for (uint32_t i = 0; i < a->n_squeezers; i++)
        squeezer_free(a->squeezers[i]);
    cache_free(a->cache);
    index_free(a->index);
    pthread_cond_destroy(&a->settled);
    pthread_mutex_destroy(&a->writing);
    pthread_mutex_destroy(&a->lock);
    wipe(&a->keys, sizeof a->keys);
    free(a->packs);
    arena_free(a->arena);
    free(a);
}

bool archive_sync(struct archive *a, struct err *e) {
    if (!chunks_settle(a, e) || !writer_sync(a, e))
        return false;
    best_effort(archive_index_save(a, SAVE_MEANWHILE, NULL)); /* only a cache */
    return true;
}
