/* SPDX-License-Identifier: Apache-2.0 */
#include "release/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/pool.h"

enum { READ_AT_ONCE = 256 * 1024, FILES_MOST = 1000000 };

bool file_sha256(struct arena *a, str path, str *hex, uint64_t *size, struct err *e) {
    unsigned char digest[DIGEST_MOST], *room = malloc(READ_AT_ONCE);
    int fd = open(arena_cstr(a, path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    uint64_t total = 0;
    ssize_t n = fd < 0 || !room ? -1 : 1;
    while (n > 0) {
        n = read(fd, room, READ_AT_ONCE);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0)
            digest_add(s, str_n((char *)room, (size_t)n)), total += (uint64_t)n;
    }
    bool ok = n == 0 || err_errno(e, path, _("cannot be read"));
    digest_end(s, digest);
    free(room);
    if (fd >= 0)
        close(fd);
    *hex = hex_text(a, digest, digest_size(DIGEST_SHA256));
    if (size)
        *size = total;
    return ok;
}

/* ── which files ── */

struct listing {
    struct ctx *c;
    struct arena *a;
    str root;
    VEC(str) folders; /* still to be listed, from the root */
    struct release_files *out;
};

static void add_file(struct listing *l, str path, str name) {
    *vec_push(l->a, l->out) = (struct release_file){.path = path, .name = name};
}

static bool list_entry(struct listing *l, str folder, const char *base, struct err *e) {
    str name = folder.n ? path_join(l->a, folder, str_of(base)) : arena_str(l->a, str_of(base));
    str path = path_join(l->a, l->root, name);
    struct stat st;
    if (lstat(arena_cstr(l->a, path), &st) != 0)
        return err_errno(e, path, _("cannot be read"));
    if (S_ISDIR(st.st_mode))
        *vec_push(l->a, &l->folders) = name;
    else if (S_ISREG(st.st_mode) && (folder.n || !str_ends(file_new_target(name), S(BUNDLE_END))))
        add_file(l, path, name);
    else if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
        ctx_warn(l->c, path, _("this is neither a file nor a folder: it is left out"));
    if (l->out->n > FILES_MOST)
        return err_set(e, ERR_LIMIT, l->root, _("more than %d files in one release"), FILES_MOST);
    return true;
}

static bool list_folder(struct listing *l, str folder, struct err *e) {
    str path = folder.n ? path_join(l->a, l->root, folder) : l->root;
    DIR *d = opendir(arena_cstr(l->a, path));
    bool ok = d != NULL || err_errno(e, path, _("cannot be opened"));
    for (struct dirent *entry; ok && (entry = readdir(d));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            ok = list_entry(l, folder, entry->d_name, e);
    if (d)
        closedir(d);
    return ok;
}

static bool list_tree(struct listing *l, struct err *e) {
    *vec_push(l->a, &l->folders) = S("");
    while (l->folders.n)
        if (!list_folder(l, l->folders.v[--l->folders.n], e))
            return false;
    return true;
}

static int by_name(const void *x, const void *y) {
    return str_cmp(((const struct release_file *)x)->name, ((const struct release_file *)y)->name);
}

static bool names_differ(const struct release_files *files, struct err *e) {
    for (uint32_t i = 1; i < files->n; i++)
        if (str_eq(files->v[i - 1].name, files->v[i].name))
            return err_set(e, ERR_USAGE, files->v[i].path, _("two files of the release have the same name: %.*s"),
                           STR_ARG(files->v[i].name));
    return true;
}

/* ── digests ── */

static void digest_job(void *arg, size_t i, unsigned worker) {
    struct release_files *files = arg;
    struct release_file *f = &files->v[i];
    struct arena *own = arena_new();
    str hex;
    (void)worker;
    f->ok = file_sha256(own, f->path, &hex, &f->size, &f->fault);
    if (f->ok)
        memcpy((char *)(uintptr_t)f->sha256.p, hex.p, f->sha256.n);
    arena_free(own);
}

static bool digest_all(struct ctx *c, struct arena *a, struct release_files *files, struct err *e) {
    size_t hex = 2 * digest_size(DIGEST_SHA256);
    for (uint32_t i = 0; i < files->n; i++)
        files->v[i].sha256 = str_n(arena_alloc(a, hex + 1), hex);
    pool_run(c, files->n, digest_job, files);
    for (uint32_t i = 0; i < files->n; i++)
        if (!files->v[i].ok) {
            *e = files->v[i].fault;
            return false;
        }
    return true;
}

bool release_files_read(struct ctx *c, struct arena *a, const str *paths, uint32_t n, struct release_files *out,
                        struct err *e) {
    struct listing l = {.c = c, .a = a, .out = out};
    for (uint32_t i = 0; i < n; i++) {
        if (path_is_dir(paths[i])) {
            if (n > 1)
                return err_set(e, ERR_USAGE, paths[i], _("give either one folder or files"));
            l.root = paths[i];
            if (!list_tree(&l, e))
                return false;
        } else {
            add_file(&l, paths[i], path_base(paths[i]));
        }
    }
    if (out->n == 0)
        return err_set(e, ERR_INPUT, n ? paths[0] : S(""), _("there is no file in it: nothing to release"));
    qsort(out->v, out->n, sizeof *out->v, by_name);
    return names_differ(out, e) && digest_all(c, a, out, e);
}

/* From the root of the release, without ways out of it. */
static bool name_ok(str name) {
    str step;
    if (!name.n || name.n > 4096 || !str_utf8_ok(name))
        return false;
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < ' ')
            return false;
    while (str_next(&name, '/', &step))
        if (!step.n || str_is(step, ".") || str_is(step, ".."))
            return false;
    return true;
}

bool release_files_take(struct arena *a, const struct release_file *listed, uint32_t n, struct release_files *out,
                        struct err *e) {
    unsigned char bytes[DIGEST_MOST];
    size_t size = digest_size(DIGEST_SHA256);
    if (n == 0)
        return err_set(e, ERR_INPUT, S(""), _("there is no file in it: nothing to release"));
    for (uint32_t i = 0; i < n; i++) {
        if (!name_ok(listed[i].name))
            return err_set(e, ERR_INPUT, listed[i].name, _("this is no name of a file in a release"));
        if (!hex_bytes(listed[i].sha256, bytes, size))
            return err_set(e, ERR_INPUT, listed[i].name, _("its SHA-256 must be given, as 64 hex digits"));
        *vec_push(a, out) = (struct release_file){.name = arena_str(a, listed[i].name),
                                                  .size = listed[i].size,
                                                  .sha256 = hex_text(a, bytes, size),
                                                  .ok = true};
    }
    qsort(out->v, out->n, sizeof *out->v, by_name);
    return names_differ(out, e);
}

str release_files_digest(struct arena *a, const struct release_files *files) {
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    unsigned char out[DIGEST_MOST];
    for (uint32_t i = 0; i < files->n; i++) {
        digest_add(s, files->v[i].sha256);
        digest_add(s, S("  "));
        digest_add(s, files->v[i].name);
        digest_add(s, str_n("", 1)); /* a NUL: no name holds one */
    }
    digest_end(s, out);
    return hex_text(a, out, digest_size(DIGEST_SHA256));
}
