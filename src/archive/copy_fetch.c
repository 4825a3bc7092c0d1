/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy back into a folder. A pack gets its name only when every block in it holds.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "archive/copy_place.h"
#include "base/file.h"
#include "base/pool.h"

struct fetching {
    struct ctx *c;
    struct copy_place place;
    const struct copy_options *o;
    struct copy_report *r;
    struct arena *arena;
    str folder;
};

static bool local_path(const struct fetching *x, str name, char out[PATH_MAX], struct err *e) {
    int n = snprintf(out, PATH_MAX, "%.*s/%.*s", STR_ARG(x->folder), STR_ARG(name));
    return (n > 0 && n < PATH_MAX) || err_set(e, ERR_INPUT, x->folder, _("this is no usable file name"));
}

static bool whole(int fd, const char *path, str name, struct err *e) {
    struct copy_pack p = {.fd = fd, .path = path};
    if (!copy_pack_id(name, p.id) || !copy_pack_whole(&p, e) || p.good)
        return p.good;
    return err_set(e, ERR_INPUT, name, _("this pack of the copy is damaged"));
}

static bool fetch_into(const struct fetching *x, str name, uint64_t most, const char *path, bool pack, struct err *e) {
    char fresh[PATH_MAX + 8];
    int fd;
    snprintf(fresh, sizeof fresh, "%s.new", path);
    if (!disk_open(x->c, fresh, O_RDWR | O_CREAT | O_NOFOLLOW, 0600, &fd, NULL, e))
        return false;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 || !archive_still_there(fresh, fd)) {
        close(fd);
        return err_set(e, ERR_ENV, str_of(fresh), _("another copy into this folder is running"));
    }
    struct err why = {0};
    bool ok = disk_truncate(x->c, fd, fresh, 0, e);
    if (ok && !x->place.kind->get((struct copy_place *)&x->place, name, fd, most, &why)) {
        if (why.kind == ERR_NONE)
            err_set(&why, ERR_INPUT, name, _("the copy has no such object"));
        if (e)
            *e = why;
        ok = false;
    }
    ok = ok && (!pack || whole(fd, fresh, name, e)) && disk_sync(x->c, fd, fresh, e) &&
         disk_rename(x->c, fresh, path, e);
    if (!ok)
        best_effort(disk_remove(x->c, fresh, NULL));
    close(fd);
    return ok;
}

static bool here_already(const struct fetching *x, const struct copy_object *o, const char *path) {
    uint64_t size;
    struct err ignored = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool same = disk_size(fd, path, &size, &ignored) && size == o->size &&
                (!x->o->verify || whole(fd, path, o->name, &ignored));
    close(fd);
    return same;
}

static bool fetch_pack(struct fetching *x, const struct copy_object *o, struct err *e) {
    char path[PATH_MAX];
    if (!local_path(x, o->name, path, e))
        return false;
    x->r->packs++;
    if (here_already(x, o, path)) {
        x->r->there++;
        return true;
    }
    x->r->redone += path_exists(str_of(path));
    if (!fetch_into(x, o->name, o->size, path, true, e))
        return false;
    x->r->sent++;
    x->r->bytes += o->size;
    return true;
}

/* A folder that is another archive is left alone. */
static bool fetch_description(struct fetching *x, struct err *e) {
    char path[PATH_MAX], fresh[PATH_MAX];
    str mine, theirs;
    if (!local_path(x, S("archive"), path, e))
        return false;
    if (!path_exists(str_of(path)))
        return fetch_into(x, S("archive"), 4096, path, false, e);
    if (!local_path(x, S("archive.copy"), fresh, e) || !fetch_into(x, S("archive"), 4096, fresh, false, e))
        return false;
    bool ok = file_read(x->c, x->arena, str_of(path), &mine, e) && file_read(x->c, x->arena, str_of(fresh), &theirs, e);
    best_effort(disk_remove(x->c, fresh, NULL));
    return ok && (str_eq(mine, theirs) || err_set(e, ERR_USAGE, x->folder, _("another archive lies in this folder")));
}

static bool fetch_all(struct fetching *x, struct err *e) {
    char packs[PATH_MAX];
    unsigned char id[PACK_ID];
    struct copy_objects objects;
    if (!copy_open(x->c, x->o, COPY_READ, &x->place, e) || !local_path(x, S("packs"), packs, e) ||
        !disk_folder(x->c, packs, 0700, e) || !x->place.kind->list(&x->place, x->arena, &objects, e) ||
        !fetch_description(x, e))
        return false;
    struct progress *shown = progress_begin(x->c, _("packs copied"), objects.n);
    bool ok = true;
    for (uint32_t i = 0; ok && i < objects.n; i++) {
        ok = !copy_pack_id(objects.v[i].name, id) || fetch_pack(x, &objects.v[i], e);
        progress_add(shown, 1);
    }
    progress_end(shown);
    return ok && disk_sync_folder(x->c, packs, e) && disk_sync_folder(x->c, arena_cstr(x->arena, x->folder), e);
}

bool copy_fetch(struct ctx *c, str folder, const struct copy_options *o, struct copy_report *r, struct err *e) {
    struct fetching x = {.c = c, .o = o, .r = r, .arena = arena_new(), .folder = folder};
    *r = (struct copy_report){0};
    bool ok = fetch_all(&x, e);
    copy_close(&x.place);
    arena_free(x.arena);
    return ok;
}
