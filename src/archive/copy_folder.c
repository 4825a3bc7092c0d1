/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy in a folder. An object is written beside its name, synced, read back, and then gets its name, so that what has
 * a name is whole. In a write-once copy the name is made without replacing anything, and the file cannot be written.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/copy_place.h"
#include "base/file.h"

enum { PIECE = 1 << 20 };

static str path_of(struct copy_place *p, struct arena *a, str name) { return path_join(a, p->o->place, name); }

static bool list(struct copy_place *p, struct arena *a, struct copy_objects *out, struct err *e) {
    struct stat st;
    unsigned char id[PACK_ID];
    *out = (struct copy_objects){0};
    char *packs = arena_cstr(a, path_of(p, a, S("packs")));
    DIR *d = opendir(packs);
    if (!d)
        return errno == ENOENT || err_errno(e, str_of(packs), _("cannot open the folder"));
    for (const struct dirent *entry; (errno = 0, entry = readdir(d));) {
        str name = arena_printf(a, "packs/%s", entry->d_name);
        if (copy_pack_id(name, id) && fstatat(dirfd(d), entry->d_name, &st, 0) == 0 && S_ISREG(st.st_mode))
            *vec_push(a, out) = (struct copy_object){name, (uint64_t)st.st_size};
    }
    bool ok = !errno || err_errno(e, str_of(packs), _("cannot read the folder"));
    closedir(d);
    return ok;
}

static bool open_there(struct copy_place *p, struct arena *a, str name, int *fd, bool *missing, struct err *e) {
    return disk_open(p->ctx, arena_cstr(a, path_of(p, a, name)), O_RDONLY, 0, fd, missing, e);
}

static bool compare_in(struct copy_place *p, struct arena *a, const struct copy_item *item, enum copy_state *out,
                       struct err *e) {
    struct copy_item there = {0};
    bool missing = false;
    int fd;
    if (!open_there(p, a, item->name, &fd, &missing, e))
        return false;
    *out = COPY_ABSENT;
    if (missing)
        return true;
    bool ok = copy_measure(fd, path_of(p, a, item->name), &there, e);
    close(fd);
    bool same = there.size == item->size && memcmp(there.sha256, item->sha256, 32) == 0;
    *out = same ? COPY_SAME : COPY_OTHER;
    return ok;
}

static bool compare(struct copy_place *p, const struct copy_item *item, enum copy_state *out, struct err *e) {
    struct arena *a = arena_new();
    bool ok = compare_in(p, a, item, out, e);
    arena_free(a);
    return ok;
}

static bool write_all(struct copy_place *p, const struct copy_item *item, int fd, const char *path, struct err *e) {
    struct buf b = {0};
    uint64_t at = 0;
    bool ok = true;
    while (ok && at < item->size) {
        size_t n = item->size - at < PIECE ? (size_t)(item->size - at) : PIECE;
        ok = disk_read(item->fd, path, buf_room(&b, n), n, at, e) && disk_write(p->ctx, fd, path, str_n(b.p, n), at, e);
        at += n;
    }
    buf_free(&b);
    return ok;
}

/* What came to lie there is read back before it gets its name. */
static bool read_back(const struct copy_item *item, int fd, const char *path, struct err *e) {
    struct copy_item there = {0};
    if (!copy_measure(fd, str_of(path), &there, e))
        return false;
    return (there.size == item->size && memcmp(there.sha256, item->sha256, 32) == 0) ||
           err_set(e, ERR_ENV, str_of(path), _("what was written reads back differently"));
}

/* The one who holds the unfinished file is the one who copies; what a killed copy left is written anew. */
static bool open_new(struct copy_place *p, const char *path, int *fd, struct err *e) {
    if (!disk_open(p->ctx, path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600, fd, NULL, e))
        return false;
    bool mine = flock(*fd, LOCK_EX | LOCK_NB) == 0 && archive_still_there(path, *fd);
    if (mine && disk_truncate(p->ctx, *fd, path, 0, e))
        return true;
    if (!mine)
        err_set(e, ERR_ENV, str_of(path), _("another copy into this folder is running"));
    close(*fd);
    *fd = -1;
    return false;
}

/* The name is made, or was there: link(2) replaces nothing. */
static bool name_once(struct copy_place *p, const char *from, const char *to, bool *there, struct err *e) {
    *there = false;
    if (link(from, to) != 0) {
        if (errno != EEXIST)
            return err_errno(e, str_of(to), _("cannot make the file"));
        *there = true;
    }
    return disk_remove(p->ctx, from, e);
}

static bool put_in(struct copy_place *p, struct arena *a, const struct copy_item *item, bool *there, struct err *e) {
    char *to = arena_cstr(a, path_of(p, a, item->name));
    char *from = arena_cstr(a, arena_printf(a, "%s.new", to));
    char *folder = arena_cstr(a, path_dir(str_of(to)));
    int fd = -1;
    *there = false;
    bool ok = disk_folder(p->ctx, folder, 0700, e) && open_new(p, from, &fd, e);
    if (!ok)
        return false;
    ok = write_all(p, item, fd, from, e) && disk_sync(p->ctx, fd, from, e) && read_back(item, fd, from, e);
    if (ok && p->o->write_once)
        ok = (fchmod(fd, 0444) == 0 || err_errno(e, str_of(from), _("cannot set the mode"))) &&
             name_once(p, from, to, there, e);
    else if (ok)
        ok = disk_rename(p->ctx, from, to, e);
    close(fd);
    return ok && disk_sync_folder(p->ctx, folder, e);
}

static bool put(struct copy_place *p, const struct copy_item *item, bool *there, struct err *e) {
    struct arena *a = arena_new();
    bool ok = put_in(p, a, item, there, e);
    arena_free(a);
    return ok;
}

static bool get(struct copy_place *p, str name, int fd, uint64_t most, struct err *e) {
    struct arena *a = arena_new();
    struct buf b = {0};
    bool missing = false;
    uint64_t at = 0;
    size_t got = 1;
    int from;
    bool ok = open_there(p, a, name, &from, &missing, e);
    const char *path = arena_cstr(a, path_of(p, a, name));
    if (missing) {
        e->kind = ERR_NONE;
        ok = false;
    }
    while (ok && got) {
        ok = disk_read_some(from, path, buf_room(&b, PIECE), PIECE, at, &got, e) &&
             (at + got <= most || err_set(e, ERR_INPUT, str_of(path), _("this is larger than it may be"))) &&
             fd_write_all(fd, str_n(b.p, got), str_of(path), e);
        at += got;
    }
    if (from >= 0)
        close(from);
    buf_free(&b);
    arena_free(a);
    return ok;
}

static void done(struct copy_place *p) { (void)p; }

static const struct copy_kind folder_kind = {
    .list = list, .compare = compare, .put = put, .get = get, .close = done, .joins = true};

bool copy_folder_open(struct copy_place *p, enum copy_use use, struct err *e) {
    char *packs = arena_cstr(p->arena, path_join(p->arena, p->o->place, S("packs")));
    p->kind = &folder_kind;
    if (p->o->retain)
        return err_set(e, ERR_USAGE, p->o->place, _("only a store can be asked to keep objects for days"));
    if (use == COPY_WRITE)
        return disk_folder(p->ctx, packs, 0700, e);
    return path_is_dir(p->o->place) || err_set(e, ERR_INPUT, p->o->place, _("there is no copy here"));
}
