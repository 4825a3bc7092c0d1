/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "seal/log_inner.h"

void log_paths_of(struct arena *a, str home, struct log_paths *out) {
    struct {
        const char **to, *name;
    } all[] = {{&out->home, ""},           {&out->log, "/log"},          {&out->checkpoint, "/log/checkpoint"},
               {&out->append, "/append"},  {&out->lock, "/append/lock"}, {&out->journal, "/append/journal"},
               {&out->map, "/append/map"}, {&out->find, "/append/find"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i].to = arena_printf(a, "%.*s%s", STR_ARG(home), all[i].name).p;
}

/* ── making one ── */

static bool make_file(struct ctx *c, const char *path, struct err *e) {
    int fd;
    if (!disk_open(c, path, O_RDWR | O_CREAT, 0600, &fd, NULL, e))
        return false;
    bool ok = disk_sync(c, fd, path, e);
    close(fd);
    return ok;
}

static bool sign(struct arena *a, str origin, const struct merkle_edge *edge, const struct privkey *key, int64_t now,
                 str *out, struct err *e) {
    struct checkpoint cp = {.origin = origin, .size = edge->size, .extensions = S("")};
    struct hash root = merkle_edge_root(edge);
    memcpy(cp.root, root.b, 32);
    struct note note = {.text = checkpoint_text(a, &cp)};
    bool quantum = privkey_public(key)->kind == SIG_ML_DSA_44;
    if (!note_sign(a, &note, origin, quantum ? NOTE_ML_DSA_44 : NOTE_ED25519, key, (uint64_t)now, e))
        return false;
    *out = note_text(a, &note);
    return true;
}
bool log_sign(struct log *l, struct arena *a, const struct merkle_edge *edge, int64_t now, str *out, struct err *e) {
    return sign(a, l->origin, edge, l->key, now, out, e);
}

bool log_make(struct ctx *c, str home, str origin, const struct privkey *key, struct err *e) {
    struct arena *a = arena_new();
    struct merkle_edge empty = {0};
    struct log_paths p;
    str note;
    bool ok = false;
    log_paths_of(a, home, &p);
    if (access(p.checkpoint, F_OK) == 0) {
        err_set(e, ERR_ENV, str_of(p.checkpoint), _("there is a log already"));
        goto out;
    }
    /* The checkpoint comes last: with it there is a log. */
    ok = sign(a, origin, &empty, key, c->now, &note, e) && disk_folder(c, p.log, 0755, e) &&
         disk_folder(c, p.append, 0700, e) && make_file(c, p.lock, e) && make_file(c, p.journal, e) &&
         make_file(c, p.map, e) && make_file(c, p.find, e) && disk_sync_folder(c, p.append, e) &&
         disk_sync_folder(c, p.home, e) && disk_put(c, p.checkpoint, note, 0644, DISK_DURABLE, e);
out:
    arena_free(a);
    return ok;
}

/* ── opening ── */

static bool read_checkpoint(struct log *l, struct arena *a, struct checkpoint *out, str *note, struct err *e) {
    struct tile_reader from = tile_folder(l->path.log);
    str text, where = str_of(l->path.checkpoint);
    struct note n;
    if (!from.read(from.of, a, S("checkpoint"), &text, e))
        return false;
    if (!text.p) {
        err_set(e, ERR_ENV, where, _("there is no log here"));
        return err_hint(e, "%s", _("make one with `akashi init`"));
    }
    if (note)
        *note = text;
    return note_parse(a, text, where, &n, e) && checkpoint_parse(n.text, where, out, e);
}

bool log_checkpoint(struct log *l, struct arena *a, struct checkpoint *out, str *note, struct err *e) {
    if (!read_checkpoint(l, a, out, note, e))
        return false;
    uint_fast64_t known = atomic_load(&l->size);
    while (out->size > known && !atomic_compare_exchange_weak(&l->size, &known, out->size))
        ;
    return true;
}

/* -1 without complaint where this process may only read. */
static bool open_file(struct log *l, const char *path, int *fd, struct err *e) {
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd >= 0 || (!l->key && (errno == EACCES || errno == EROFS || errno == ENOENT)))
        return true;
    return err_errno(e, str_of(path), _("cannot open the file"));
}

static bool open_files(struct log *l, struct err *e) {
    if (!open_file(l, l->path.lock, &l->lock_fd, e) || !open_file(l, l->path.journal, &l->journal_fd, e) ||
        !open_file(l, l->path.map, &l->map_fd, e) || !open_file(l, l->path.find, &l->find_fd, e))
        return false;
    l->folder_fd = open(l->path.log, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (l->folder_fd < 0)
        return err_errno(e, str_of(l->path.log), _("cannot open the folder"));
    if (l->map_fd < 0)
        l->map_fd = open(l->path.map, O_RDONLY | O_CLOEXEC);
    if (l->journal_fd < 0)
        l->journal_fd = open(l->path.journal, O_RDONLY | O_CLOEXEC);
    return true;
}

static bool start(struct log *l, struct err *e) {
    struct arena *a = arena_new();
    struct checkpoint cp;
    bool ok;
    if (access(l->path.log, F_OK) != 0) {
        err_set(e, ERR_ENV, str_of(l->path.log), _("there is no log here"));
        ok = err_hint(e, "%s", _("make one with `akashi init`"));
    } else {
        ok = open_files(l, e);
        if (ok && l->lock_fd >= 0 && l->find_fd >= 0 && l->journal_fd >= 0) {
            ok = log_lock(l, e);
            if (ok)
                log_unlock(l);
        }
        ok = ok && log_checkpoint(l, a, &cp, NULL, e);
        if (ok)
            l->origin = arena_str(l->arena, cp.origin);
    }
    arena_free(a);
    return ok;
}

bool log_open(struct ctx *c, str home, const struct log_store *store, const struct privkey *key, struct log **out,
              struct err *e) {
    struct log *l = calloc(1, sizeof *l);
    if (!l)
        abort();
    l->ctx = c;
    l->arena = arena_new();
    l->index_arena = arena_new();
    map_init(&l->index, l->index_arena);
    log_paths_of(l->arena, home, &l->path);
    l->has_store = store != NULL;
    if (store)
        l->store = *store;
    l->key = key;
    l->lock_fd = l->journal_fd = l->map_fd = l->find_fd = l->folder_fd = -1;
    l->last = &l->first;
    pthread_mutex_init(&l->queue_lock, NULL);
    pthread_cond_init(&l->queue_moved, NULL);
    pthread_mutex_init(&l->read_lock, NULL);
    boot_id(l->boot);
    if (start(l, e)) {
        *out = l;
        return true;
    }
    log_close(l);
    *out = NULL;
    return false;
}

void log_close(struct log *l) {
    if (!l)
        return;
    int *fds[] = {&l->lock_fd, &l->journal_fd, &l->map_fd, &l->find_fd, &l->folder_fd};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (*fds[i] >= 0)
            close(*fds[i]);
    tail_free(&l->tail);
    pthread_mutex_destroy(&l->queue_lock);
    pthread_cond_destroy(&l->queue_moved);
    pthread_mutex_destroy(&l->read_lock);
    arena_free(l->index_arena);
    arena_free(l->arena);
    free(l);
}

str log_origin(const struct log *l) { return l->origin; }
