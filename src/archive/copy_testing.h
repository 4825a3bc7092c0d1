/* SPDX-License-Identifier: Apache-2.0
 *
 * For the tests of copies only: an archive in a folder of its own, bodies to put and to find again, packs to damage.
 */
#ifndef AKASHI_ARCHIVE_COPY_TESTING_H
#define AKASHI_ARCHIVE_COPY_TESTING_H

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/copy.h"
#include "base/testing.h"

struct copies {
    struct testing *t;
    struct archive *a;
    const char *key;
    char root[64];
};

static inline str under(struct copies *x, const char *name) { return arena_printf(x->t->a, "%s/%s", x->root, name); }

static inline struct archive *open_in(struct copies *x, const char *folder, bool read_only) {
    struct archive *a;
    struct archive_options o = {.key = (const unsigned char *)x->key, .read_only = read_only};
    if (!archive_open(&x->t->ctx, under(x, folder), &o, &a, &x->t->e))
        fail_msg("%s: %s", x->t->e.where, x->t->e.what);
    return a;
}

static inline struct copies copies_begin(void **state, const char *key) {
    struct copies x = {.t = *state, .key = key, .root = "akashi-copy-XXXXXX"};
    assert_non_null(mkdtemp(x.root));
    x.a = open_in(&x, "archive", false);
    return x;
}

static inline void remove_under(struct copies *x, const char *name) {
    str command = arena_printf(x->t->a, "rm -rf ./%s/%s", x->root, name);
    assert_int_equal(system(arena_cstr(x->t->a, command)), 0);
}

static inline void copies_end(struct copies *x) {
    archive_close(x->a);
    remove_under(x, "");
}

/* Bytes that neither repeat nor compress well; the same for the same seed. */
static inline str body_bytes(struct copies *x, size_t n, unsigned seed) {
    char *p = arena_alloc(x->t->a, n + 1);
    uint64_t v = seed + 1;
    for (size_t i = 0; i < n; i++) {
        v = v * 6364136223846793005u + 1442695040888963407u;
        p[i] = (char)(v >> 57);
    }
    return str_n(p, n);
}

static inline struct body_name put_body(struct copies *x, size_t n, unsigned seed) {
    struct body_name name;
    assert_true(archive_put(x->a, body_bytes(x, n, seed), &name, &x->t->e));
    assert_true(archive_sync(x->a, &x->t->e));
    return name;
}

static inline void check_body(struct copies *x, const char *folder, const struct body_name *name, size_t n,
                              unsigned seed) {
    struct archive *a = open_in(x, folder, true);
    str got;
    if (!archive_get(a, x->t->a, name, &got, &x->t->e))
        fail_msg("%s: %s: %s", folder, x->t->e.where, x->t->e.what);
    assert_true(str_eq(got, body_bytes(x, n, seed)));
    archive_close(a);
}

static inline str bytes_of(struct copies *x, str path) {
    str bytes;
    assert_true(file_read(&x->t->ctx, x->t->a, path, &bytes, &x->t->e));
    return bytes;
}

static inline void flip(struct copies *x, str path, size_t at) {
    char byte;
    int fd = open(arena_cstr(x->t->a, path), O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &byte, 1, (off_t)at), 1);
    byte ^= 4;
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
    close(fd);
}

/* Finished packs in a folder; *last (may be NULL): the path of one. */
static inline unsigned each_pack(struct copies *x, const char *folder, str *last) {
    unsigned n = 0;
    str packs = under(x, folder);
    DIR *d = opendir(arena_cstr(x->t->a, arena_cat(x->t->a, packs, S("/packs"))));
    for (const struct dirent *entry; d && (entry = readdir(d));)
        if (str_ends(str_of(entry->d_name), S(".pack"))) {
            n++;
            if (last)
                *last = arena_printf(x->t->a, "%.*s/packs/%s", STR_ARG(packs), entry->d_name);
        }
    if (d)
        closedir(d);
    return n;
}
static inline unsigned count_packs(struct copies *x, const char *folder) { return each_pack(x, folder, NULL); }
static inline str pack_in(struct copies *x, const char *folder) {
    str path = {0};
    assert_true(each_pack(x, folder, &path) > 0);
    return path;
}

/* Every pack that has its name is whole. */
static inline void check_all_whole(struct copies *x, const char *folder) {
    str packs = arena_cat(x->t->a, under(x, folder), S("/packs"));
    DIR *d = opendir(arena_cstr(x->t->a, packs));
    for (const struct dirent *entry; d && (entry = readdir(d));) {
        uint64_t at;
        bool whole = true;
        if (!str_ends(str_of(entry->d_name), S(".pack")))
            continue;
        str path = arena_printf(x->t->a, "%.*s/%s", STR_ARG(packs), entry->d_name);
        assert_true(archive_pack_whole(&x->t->ctx, path, &whole, &at, &x->t->e));
        assert_true(whole);
    }
    if (d)
        closedir(d);
}

static inline int fd_of(struct copies *x, const char *text) {
    str path = under(x, "text");
    assert_true(file_replace(path, str_of(text), &x->t->e));
    int fd = open(arena_cstr(x->t->a, path), O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    return fd;
}

#endif
