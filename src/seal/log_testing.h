/* SPDX-License-Identifier: Apache-2.0
 *
 * For log_*_test.c: a home with a log in a temporary folder, and a store of envelopes that is a folder of files,
 * written through base/disk.h so that faults reach it as well.
 */
#ifndef AKASHI_SEAL_LOG_TESTING_H
#define AKASHI_SEAL_LOG_TESTING_H

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "base/testing.h"
#include "seal/log_inner.h"

struct test_store {
    struct ctx *ctx;
    char folder[512];
};

static inline const char *store_path(const struct test_store *s, const unsigned char name[32], char out[600]) {
    int n = snprintf(out, 600, "%s/", s->folder);
    for (int i = 0; i < 32; i++)
        n += snprintf(out + n, 600 - (size_t)n, "%02x", name[i]);
    return out;
}
static inline bool store_has(void *of, const unsigned char name[32]) {
    char path[600];
    return access(store_path(of, name, path), F_OK) == 0;
}
static inline bool store_put(void *of, str bytes, struct err *e) {
    struct test_store *s = of;
    unsigned char name[32];
    char path[600];
    digest_of(DIGEST_SHA256, bytes, name);
    return store_has(s, name) || disk_put(s->ctx, store_path(s, name, path), bytes, 0644, DISK_SOON, e);
}
static inline bool store_get(void *of, struct arena *a, const unsigned char name[32], str *out, struct err *e) {
    struct test_store *s = of;
    char path[600];
    *out = (str){NULL, 0};
    return !store_has(s, name) || file_read(s->ctx, a, str_of(store_path(s, name, path)), out, e);
}
static inline bool store_sync(void *of, struct err *e) {
    struct test_store *s = of;
    int fd = open(s->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && disk_sync_all(s->ctx, fd, s->folder, e);
    if (fd >= 0)
        close(fd);
    return ok;
}

struct test_log {
    char home[256];
    struct test_store files;
    struct log_store store;
    struct privkey *key;
    struct vkey vkey;
};

/* Memory where there is some: what is tested there does not depend on the disk, and thousands of files come and go. */
static inline const char *test_base(void) { return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NULL; }

/* A home with an empty log of origin "example.jp/log". The clock stands still. */
static inline void test_log_make(struct testing *t, struct test_log *x, const char *base) {
    memset(x, 0, sizeof *x);
    t->ctx.now = 1000000000;
    t->ctx.now_fixed = true;
    snprintf(x->home, sizeof x->home, "%s/akashi-log-XXXXXX", base ? base : ".");
    assert_non_null(mkdtemp(x->home));
    x->files.ctx = &t->ctx;
    snprintf(x->files.folder, sizeof x->files.folder, "%s/store", x->home);
    assert_int_equal(mkdir(x->files.folder, 0755), 0);
    x->store = (struct log_store){store_put, store_get, store_sync, &x->files};
    assert_true(privkey_new(SIG_ED25519, &x->key, &t->e));
    assert_true(vkey_of(t->a, S("example.jp/log"), NOTE_ED25519, privkey_public(x->key), &x->vkey));
    assert_true(log_make(&t->ctx, str_of(x->home), S("example.jp/log"), x->key, &t->e));
}

static inline void remove_tree(const char *path) {
    DIR *d = opendir(path);
    if (d) {
        for (struct dirent *f; (f = readdir(d));) {
            char below[1024];
            if (strcmp(f->d_name, ".") == 0 || strcmp(f->d_name, "..") == 0)
                continue;
            snprintf(below, sizeof below, "%s/%s", path, f->d_name);
            if (unlink(below) != 0)
                remove_tree(below);
        }
        closedir(d);
    }
    rmdir(path);
}
static inline void test_log_drop(struct test_log *x) {
    privkey_free(x->key);
    remove_tree(x->home);
}

static inline struct log *test_log_open(struct testing *t, struct test_log *x) {
    struct log *l;
    if (!log_open(&t->ctx, str_of(x->home), &x->store, x->key, &l, &t->e))
        fail_msg("cannot open the log: %s: %s", t->e.where, t->e.what);
    return l;
}

/* As after a power failure: nobody remembers how far the journal was carried over. */
static inline void test_log_cold(struct test_log *x) {
    char path[600];
    snprintf(path, sizeof path, "%s/append/lock", x->home);
    assert_int_equal(truncate(path, 0), 0);
}

/* Envelope number i: what it holds says so. */
static inline str test_envelope(struct arena *a, uint64_t i) {
    return arena_printf(a, "{\"payload\":\"number %llu\"}", (unsigned long long)i);
}
static inline bool test_append(struct log *l, struct arena *a, uint64_t from, uint32_t n, bool same_ok, uint64_t *first,
                               struct err *e) {
    struct log_add *adds = arena_array(a, struct log_add, n);
    for (uint32_t i = 0; i < n; i++)
        adds[i] = (struct log_add){.envelope = test_envelope(a, from + i), .kind = S("sbom"), .same_ok = same_ok};
    bool ok = log_append(l, adds, n, e);
    if (ok && first)
        *first = adds[0].index;
    return ok;
}

/* The size and root say that everything is there: rebuilt from entries, and each envelope read back. */
static inline uint64_t test_log_whole(struct testing *t, struct log *l) {
    struct checkpoint cp;
    struct merkle_edge edge = {0};
    if (!log_checkpoint(l, t->a, &cp, NULL, &t->e))
        fail_msg("no checkpoint: %s: %s", t->e.where, t->e.what);
    for (uint64_t i = 0; i < cp.size; i++) {
        struct arena_mark m = arena_mark(t->a);
        struct log_entry x;
        str envelope;
        if (!log_entry(l, t->a, i, &x, &t->e) || !log_envelope(l, t->a, &x, &envelope, &t->e) || !envelope.p)
            fail_msg("entry %llu of %llu: %s: %s", (unsigned long long)i, (unsigned long long)cp.size, t->e.where,
                     t->e.what);
        merkle_edge_add(&edge, merkle_leaf(x.bytes));
        arena_reset(t->a, m);
    }
    assert_memory_equal(merkle_edge_root(&edge).b, cp.root, 32);
    return cp.size;
}

#endif
