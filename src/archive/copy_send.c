/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/copy.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/copy_place.h"
#include "base/file.h"
#include "base/pool.h"

struct sending {
    struct archive *a;
    struct copy_place place;
    const struct copy_options *o;
    struct copy_report *r;
    struct arena *arena;
    struct map there; /* name → struct copy_object * */
    VEC(str) packs;   /* names of ours, finished */
};

/* One that still is unfinished now is written by another process. */
static bool note_pack(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e) {
    struct sending *s = arg;
    (void)e;
    if (open)
        s->r->writing++;
    else
        *vec_push(s->arena, &s->packs) = copy_pack_name(s->arena, id);
    return true;
}

/* A damaged pack is not sent: where nothing can be replaced it would stay for good. */
static bool whole(const struct pack_file *f, const unsigned char id[PACK_ID], struct err *e) {
    struct copy_pack p = {.fd = f->fd, .path = f->path};
    memcpy(p.id, id, PACK_ID);
    if (!copy_pack_whole(&p, e) || p.good)
        return p.good;
    err_set(e, ERR_INPUT, str_of(f->path), _("the pack is damaged; it was not copied"));
    return err_hint(e, "%s", _("see what is damaged with: akashi archive check"));
}

static bool send_item(struct sending *s, const struct copy_item *item, bool redo, struct err *e) {
    bool there;
    enum copy_state state;
    if (!s->place.kind->put(&s->place, item, &there, e))
        return false;
    if (there) { /* it came to be there meanwhile */
        if (!s->place.kind->compare(&s->place, item, &state, e))
            return false;
        s->r->there++;
        return state == COPY_SAME ||
               err_set(e, ERR_ENV, item->name,
                       _("something else has this name in the copy, and nothing is replaced there"));
    }
    s->r->sent++;
    s->r->redone += redo;
    s->r->bytes += item->size;
    return true;
}

static bool send_pack(struct sending *s, str name, struct err *e) {
    unsigned char id[PACK_ID];
    struct pack_file f;
    const struct copy_object *there = map_get(&s->there, name);
    enum copy_state state = COPY_ABSENT;
    struct copy_item item = {.name = name};
    if (!copy_pack_id(name, id) || !pack_open(s->a, id, &f, NULL, e))
        return false;
    bool same = there && there->size == f.size, ok = true, other = there && !same;
    if (same && s->o->verify) {
        item.fd = f.fd;
        ok = copy_measure(f.fd, str_of(f.path), &item, e) && s->place.kind->compare(&s->place, &item, &state, e);
        other = ok && state == COPY_OTHER;
        same = ok && state == COPY_SAME;
    }
    if (ok && same)
        s->r->there++;
    else if (ok && other && s->o->write_once)
        ok = err_set(e, ERR_ENV, name, _("something else has this name in the copy, and nothing is replaced there"));
    else if (ok) {
        item.fd = f.fd;
        ok = whole(&f, id, e) && copy_measure(f.fd, str_of(f.path), &item, e) && send_item(s, &item, other, e);
    }
    pack_close(&f);
    return ok;
}

static bool same_encryption(str ours, str theirs) {
    return str_find(ours, S("\nkey none\n")) != STR_NONE && str_find(theirs, S("\nkey none\n")) != STR_NONE;
}

/* What is there describes this archive, or another one that may take our packs in. */
static bool join(struct sending *s, str ours, int fd, struct err *e) {
    char text[256];
    size_t n;
    if (!disk_read_some(fd, "archive", text, sizeof text, 0, &n, e))
        return false;
    str theirs = str_n(text, n);
    if (str_eq(ours, theirs) || (s->place.kind->joins && same_encryption(ours, theirs)))
        return true;
    err_set(e, ERR_USAGE, s->o->place, _("this is the copy of another archive"));
    return err_hint(e, "%s", _("name another folder, or another prefix of the bucket"));
}

/* The description comes first: it says whose packs these are. */
static bool send_description(struct sending *s, struct err *e) {
    char path[PATH_MAX];
    str text;
    struct copy_item item = {.name = S("archive")};
    bool there = false, ok;
    int fd;
    if (!archive_path(s->a, "archive", path, e) || !file_read(s->a->ctx, s->arena, str_of(path), &text, e))
        return false;
    if (!file_nameless(&fd, e))
        return false;
    e->kind = ERR_NONE;
    if (s->place.kind->get(&s->place, item.name, fd, 4096, e))
        ok = join(s, text, fd, e);
    else if ((ok = e->kind == ERR_NONE)) {
        item.fd = open(path, O_RDONLY | O_CLOEXEC);
        ok = item.fd >= 0
                 ? copy_measure(item.fd, str_of(path), &item, e) && s->place.kind->put(&s->place, &item, &there, e)
                 : err_errno(e, str_of(path), _("cannot open the file"));
        if (item.fd >= 0)
            close(item.fd);
    }
    close(fd);
    return ok;
}

static bool look(struct sending *s, struct err *e) {
    struct copy_objects objects;
    unsigned char id[PACK_ID];
    if (!s->place.kind->list(&s->place, s->arena, &objects, e) || !packs_list(s->a, note_pack, s, e))
        return false;
    map_init(&s->there, s->arena);
    for (uint32_t i = 0; i < objects.n; i++)
        if (copy_pack_id(objects.v[i].name, id))
            map_put(&s->there, objects.v[i].name, NULL)->value = &objects.v[i];
    s->r->packs = s->packs.n;
    s->r->more = s->there.entries.n;
    for (uint32_t i = 0; i < s->packs.n; i++)
        s->r->more -= map_get(&s->there, s->packs.v[i]) != NULL;
    return true;
}

static bool send_all(struct sending *s, struct err *e) {
    if (!archive_finish(s->a, e) || !copy_open(s->a->ctx, s->o, COPY_WRITE, &s->place, e) || !send_description(s, e) ||
        !look(s, e))
        return false;
    struct progress *shown = progress_begin(s->a->ctx, _("packs copied"), s->packs.n);
    bool ok = true;
    for (uint32_t i = 0; ok && i < s->packs.n; i++) {
        ok = send_pack(s, s->packs.v[i], e);
        progress_add(shown, 1);
    }
    progress_end(shown);
    return ok;
}

bool copy_send(struct archive *a, const struct copy_options *o, struct copy_report *r, struct err *e) {
    struct sending s = {.a = a, .o = o, .r = r, .arena = arena_new()};
    struct err own = {0};
    *r = (struct copy_report){0};
    bool ok = send_all(&s, &own);
    if (!ok && e)
        *e = own;
    copy_close(&s.place);
    arena_free(s.arena);
    return ok;
}
