/* SPDX-License-Identifier: Apache-2.0
 *
 * What a copy needs to know of an archive.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/inner.h"
#include "base/file.h"

bool archive_finish(struct archive *a, struct err *e) {
    return archive_begin(a, e) && chunks_settle(a, e) && writer_finish(a, e);
}

struct packs_named {
    struct arena *arena;
    VEC(str) names;
};
static int by_text(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

static bool name_pack(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e) {
    struct packs_named *n = arg;
    (void)e;
    if (!open)
        *vec_push(n->arena, &n->names) = arena_printf(n->arena, "packs/%.*s.pack",
                                                      STR_ARG(hex_text(n->arena, id, PACK_ID)));
    return true;
}

bool archive_files(struct archive *a, bool (*each)(void *arg, const struct archive_file *f, struct err *e), void *arg,
                   struct err *e) {
    struct packs_named n = {.arena = arena_new()};
    *vec_push(n.arena, &n.names) = S("archive");
    bool ok = packs_list(a, name_pack, &n, e);
    if (n.names.n > 1)
        qsort(n.names.v + 1, n.names.n - 1, sizeof *n.names.v, by_text);
    for (uint32_t i = 0; ok && i < n.names.n; i++) {
        struct archive_file f = {.name = n.names.v[i]};
        char path[PATH_MAX];
        int fd = -1;
        ok = archive_path(a, arena_cstr(n.arena, f.name), path, e) &&
             disk_open(a->ctx, path, O_RDONLY, 0, &fd, NULL, e) && disk_size(fd, path, &f.size, e);
        if (fd >= 0)
            close(fd);
        ok = ok && each(arg, &f, e);
    }
    arena_free(n.arena);
    return ok;
}

struct wholeness {
    uint64_t at; /* of the first damage */
    bool bad;
};
static bool look(void *arg, const struct block_seen *b, struct err *e) {
    struct wholeness *w = arg;
    (void)e;
    if (!w->bad && (!b->whole || !b->head.kind))
        *w = (struct wholeness){b->at, true};
    return true;
}

bool archive_pack_whole(struct ctx *c, str path, bool *whole, uint64_t *offset, struct err *e) {
    struct archive *a = calloc(1, sizeof *a); /* only ctx and keys are looked at */
    struct pack_file f = {.fd = -1};
    struct wholeness w = {0};
    struct pack_walk walk = {.bodies = true, .seals_stay = true, .each = look, .arg = &w};
    unsigned char head[PACK_HEAD], id[PACK_ID], named[PACK_ID];
    if (!a)
        abort();
    a->ctx = c;
    snprintf(f.path, sizeof f.path, "%.*s", STR_ARG(path));
    bool ok = disk_open(c, f.path, O_RDONLY, 0, &f.fd, NULL, e) && disk_size(f.fd, f.path, &f.size, e);
    *whole = ok && f.size >= PACK_HEAD && disk_read(f.fd, f.path, head, PACK_HEAD, 0, NULL) &&
             pack_head_read(str_n((const char *)head, PACK_HEAD), id, &a->keys.on);
    str base = path_base(path); /* the name repeats the id */
    if (*whole && base.n == 2 * PACK_ID + 5 && hex_bytes(str_upto(base, 2 * PACK_ID), named, PACK_ID))
        *whole = memcmp(id, named, PACK_ID) == 0;
    *offset = 0;
    if (ok && *whole) {
        ok = pack_each(a, &f, PACK_HEAD, &walk, e);
        *whole = !w.bad && walk.footer && walk.tail == PACK_TAIL && pack_tail_there(&f);
        *offset = w.bad ? w.at : walk.end;
    }
    pack_close(&f);
    free(a);
    return ok;
}
