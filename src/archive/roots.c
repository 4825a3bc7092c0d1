/* SPDX-License-Identifier: Apache-2.0
 *
 * The file "roots": a line for each time something was put by hand or held.
 *
 *     keep NAME - LABEL
 *     hold NAME 2031-11-21T00:00:00Z LABEL
 *     drop NAME - LABEL            it was erased: what stood before no longer counts
 */
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "archive/inner.h"
#include "archive/roots.h"
#include "base/file.h"

static bool line_append(struct archive *a, str line, struct err *e) {
    char path[PATH_MAX];
    uint64_t size = 0;
    int fd;
    if (!archive_begin(a, e) || !archive_path(a, "roots", path, e) ||
        !disk_open(a->ctx, path, O_RDWR | O_CREAT, 0600, &fd, NULL, e))
        return false;
    bool ok = flock(fd, LOCK_EX) == 0 || err_errno(e, str_of(path), _("cannot lock the archive"));
    char last = '\n';
    ok = ok && disk_size(fd, path, &size, e) && (size == 0 || disk_read(fd, path, &last, 1, size - 1, e));
    /* A line that was cut short by a crash was never acknowledged; it stays as a line that says nothing. */
    struct buf b = {0};
    if (last != '\n')
        buf_addc(&b, '\n');
    buf_add(&b, line);
    ok = ok && disk_write(a->ctx, fd, path, buf_str(&b), size, e) && disk_sync(a->ctx, fd, path, e);
    if (!ok && fd >= 0)
        best_effort(disk_truncate(a->ctx, fd, path, size, NULL));
    char folder[PATH_MAX];
    ok = ok && archive_path(a, "", folder, e) && disk_sync_folder(a->ctx, folder, e);
    buf_free(&b);
    close(fd);
    return ok;
}

static str one_line(struct arena *a, str s) {
    str copy = arena_str(a, s.p ? s : S(""));
    for (size_t i = 0; i < copy.n; i++)
        if ((unsigned char)copy.p[i] < ' ')
            ((char *)(uintptr_t)copy.p)[i] = ' ';
    return copy;
}

static bool root_line(struct archive *a, const char *word, const struct archive_root *r, struct err *e) {
    struct arena *arena = arena_new();
    str when = r->until ? time_rfc3339(arena, r->until) : S("-");
    bool ok = line_append(a,
                          arena_printf(arena, "%s %.*s %.*s %.*s\n", word, STR_ARG(hex_text(arena, r->name.b, 32)),
                                       STR_ARG(when), STR_ARG(one_line(arena, r->label))),
                          e);
    arena_free(arena);
    return ok;
}

bool archive_root_add(struct archive *a, const struct archive_root *root, struct err *e) {
    return root_line(a, root->until ? "hold" : "keep", root, e);
}

bool root_drop(struct archive *a, const struct body_name *name, struct err *e) {
    return root_line(a, "drop", &(struct archive_root){.name = *name, .label = S("erased")}, e);
}

bool root_line_read(str line, struct archive_root *out, bool *drop) {
    str word, hex, when;
    *out = (struct archive_root){0};
    if (!str_cut(line, ' ', &word, &line) || !str_cut(line, ' ', &hex, &line) || !hex_bytes(hex, out->name.b, 32) ||
        !str_cut(line, ' ', &when, &out->label))
        return false;
    *drop = str_is(word, "drop");
    if (str_is(word, "hold"))
        return time_parse(when, &out->until) && out->until > 0;
    return *drop || str_is(word, "keep");
}

bool archive_roots(struct archive *a, struct arena *into, const struct archive_root **out, uint32_t *n, struct err *e) {
    char path[PATH_MAX];
    str text, line;
    struct map by_name;
    VEC(struct archive_root) all = {0};
    uint32_t kept = 0;
    *n = 0;
    *out = NULL;
    if (!archive_path(a, "roots", path, e))
        return false;
    if (!path_exists(str_of(path)))
        return true;
    if (!file_read(a->ctx, into, str_of(path), &text, e))
        return false;
    map_init(&by_name, into);
    while (str_line(&text, &line)) {
        struct archive_root r;
        bool drop, fresh;
        if (!root_line_read(line, &r, &drop))
            continue;
        str key = arena_str(into, str_n((const char *)r.name.b, 32));
        struct map_entry *entry = map_put(&by_name, key, &fresh);
        if (fresh || !entry->value) {
            if (drop)
                continue;
            *vec_push(into, &all) = r;
            entry->value = (void *)(uintptr_t)all.n; // NOLINT(performance-no-int-to-ptr)
            continue;
        }
        struct archive_root *old = &all.v[(uintptr_t)entry->value - 1];
        if (drop) {
            *old = (struct archive_root){0};
            entry->value = NULL;
        } else if (r.until >= old->until) {
            *old = r;
        }
    }
    for (uint32_t i = 0; i < all.n; i++)
        if (all.v[i].label.p)
            all.v[kept++] = all.v[i];
    *out = all.v;
    *n = kept;
    return true;
}

bool roots_erased(struct archive *a, struct arena *into, struct map *out, struct err *e) {
    char path[PATH_MAX];
    str text, line;
    map_init(out, into);
    if (!archive_path(a, "roots", path, e))
        return false;
    if (!path_exists(str_of(path)))
        return true;
    if (!file_read(a->ctx, into, str_of(path), &text, e))
        return false;
    while (str_line(&text, &line)) {
        struct archive_root r;
        bool drop, fresh;
        if (!root_line_read(line, &r, &drop))
            continue;
        struct map_entry *entry = map_put(out, str_n((const char *)r.name.b, 32), &fresh);
        if (fresh)
            entry->key = arena_str(into, entry->key);
        entry->value = drop ? out : NULL;
    }
    return true;
}
