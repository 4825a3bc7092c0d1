/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "collect/guess.h"

static struct source *new_source(struct ctx *c, struct arena *a, const struct matcher *m) {
    struct source *s = arena_new_of(a, struct source);
    *s = (struct source){.ctx = c, .arena = a, .matcher = m, .prefix = S(""), .root = -1, .spill = -1};
    map_init(&s->files, a);
    map_init(&s->links, a);
    return s;
}

/* A lock file under another name, named by hand: its content says what it is. */
static void claim_by_content(struct source *s, str path, struct candidate *cand) {
    enum { MOST = 8 << 20 };
    str bytes;
    if (cand->file.size == 0 || cand->file.size > MOST || !file_read(s->ctx, s->arena, path, &bytes, NULL))
        return;
    const char *name = guess_name(bytes);
    if (name)
        match_path(s->matcher, str_of(name), &cand->claims);
}

static bool open_single(struct source *s, str path, uint64_t size, uint32_t mode, struct err *e) {
    struct candidate cand = {
        .file = {.source = s, .path = arena_str(s->arena, path_base(path)), .size = size, .mode = mode | 0111}};
    match_path(s->matcher, cand.file.path, &cand.claims);
    if (!cand.claims.n)
        claim_by_content(s, path, &cand);
    s->single = arena_str(s->arena, path);
    *vec_push(s->arena, &s->candidates) = cand;
    /* Files beside it are reached as in a folder ("../pom.xml" is not). */
    char dir[PATH_MAX];
    str folder = path_dir(path);
    snprintf(dir, sizeof dir, "%.*s%s", STR_ARG(folder), path.n && path.p[0] == '/' ? "/" : folder.n ? "" : ".");
    s->root = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return s->root >= 0 || err_errno(e, path, _("cannot open the file"));
}

static bool open_archive(struct source *s, str path, struct err *e) {
    struct unpack *u;
    s->packed = true;
    if (!unpack_open_file(s->ctx, path, &u, e))
        return false;
    bool ok = source_stream(s, u, e);
    unpack_close(u);
    /* What was read before the damage is worth reporting. */
    if (!ok && e->kind == ERR_INPUT && s->candidates.n) {
        ctx_warn_err(s->ctx, e);
        source_sort(s);
        ok = true;
    }
    return ok;
}

/* Claimed by its name for what it is, not only for what is in it. */
static bool is_claimed(const struct matcher *m, const struct claims *c) {
    for (uint8_t i = 0; i < c->n; i++)
        if (!matcher_detector(m, c->by[i])->archives)
            return true;
    return false;
}

static bool open_file(struct source *s, str path, const struct stat *st, struct err *e) {
    struct claims named;
    char head[512];
    bool is_image = false;
    match_path(s->matcher, path_base(path), &named);
    int fd = open(arena_cstr(s->arena, path), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : pread(fd, head, sizeof head, 0);
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return err_errno(e, path, _("cannot open the file"));
    if (is_claimed(s->matcher, &named) || !unpack_looks_like_archive(str_n(head, (size_t)n)))
        return open_single(s, path, (uint64_t)st->st_size, st->st_mode & 07777, e);
    if (!source_image_file(s, path, &is_image, e))
        return false;
    return is_image || open_archive(s, path, e);
}

bool source_open(struct ctx *c, struct arena *a, const struct matcher *m, str path, bool everything,
                 struct source **out, struct err *e) {
    struct source *s = *out = new_source(c, a, m);
    struct stat st;
    bool is_image = false;
    s->everything = everything;
    s->budget = arena_new_of(a, struct source_budget);
    if (path.n == 0 || path.n >= PATH_MAX || memchr(path.p, 0, path.n))
        return err_set(e, ERR_INPUT, path, _("this is no usable file name"));
    if (stat(arena_cstr(a, path), &st) != 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR;
        err_errno(e, path, _("cannot open the file"));
        e->kind = missing ? ERR_INPUT : ERR_ENV;
        return false;
    }
    if (S_ISREG(st.st_mode))
        return open_file(s, path, &st, e);
    if (!S_ISDIR(st.st_mode))
        return err_set(e, ERR_INPUT, path, _("this is neither a folder nor a file"));
    if (!source_image_folder(s, path, &is_image, e))
        return false;
    return is_image || source_walk(s, path, e);
}

bool source_open_text(struct ctx *c, struct arena *a, const struct matcher *m, str path, str bytes, struct source **out,
                      struct err *e) {
    struct source *s = *out = new_source(c, a, m);
    s->packed = true;
    s->budget = arena_new_of(a, struct source_budget);
    str clean = path_clean(a, path);
    if (!clean.n)
        return err_set(e, ERR_INPUT, path, _("this is no usable file name"));
    source_add_text(s, clean, bytes);
    source_sort(s);
    return true;
}

bool source_open_nested(struct source *outer, struct arena *a, str bytes, str prefix, struct source **out,
                        struct err *e) {
    struct source *s = *out = new_source(outer->ctx, a, outer->matcher);
    struct unpack *u;
    s->packed = true;
    s->prefix = prefix;
    s->budget = outer->budget;
    s->nested = outer->nested + 1;
    if (s->nested > s->ctx->limits.nested)
        return err_set(e, ERR_LIMIT, prefix, _("more than %u archives inside each other"), s->ctx->limits.nested);
    if (!unpack_open_text(s->ctx, bytes, prefix, &u, e))
        return false;
    bool ok = source_stream(s, u, e);
    unpack_close(u);
    return ok;
}

bool source_take(struct source *s, struct candidate *cand, struct arena *a, str *bytes, struct err *e) {
    *bytes = (str){NULL, 0};
    return s->packed ? source_take_packed(s, cand, a, bytes, e) : source_take_folder(s, cand, a, bytes, e);
}

bool source_read(struct source *s, str path, struct arena *a, str *bytes, struct err *e) {
    e->kind = ERR_NONE;
    return s->packed ? source_read_packed(s, path, a, bytes, e) : source_read_folder(s, path, a, bytes, e);
}

str source_capabilities(struct source *s, const struct candidate *cand, struct arena *a) {
    return s->packed ? cand->file.capabilities : source_capabilities_folder(s, cand->file.path, a);
}

void source_close(struct source *s) {
    if (!s)
        return;
    if (s->root >= 0)
        close(s->root);
    if (s->spill >= 0)
        close(s->spill);
    s->root = s->spill = -1;
}
