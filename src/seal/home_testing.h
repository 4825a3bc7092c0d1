/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: a home in a folder of its own that goes with the test.
 */
#ifndef AKASHI_SEAL_HOME_TESTING_H
#define AKASHI_SEAL_HOME_TESTING_H

#include "base/temporary.h"
#include "base/testing.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "seal/home.h"
#include "seal/statement.h"

struct home_test {
    struct testing t; /* first: TEST()'s setup is the same */
    char dir[64];
    str path;
    struct home h;
    bool opened;
};

static inline void remove_tree(const char *path) {
    DIR *d = opendir(path);
    for (struct dirent *f; d && (f = readdir(d));) {
        char child[4096];
        struct stat st;
        if (strcmp(f->d_name, ".") == 0 || strcmp(f->d_name, "..") == 0)
            continue;
        snprintf(child, sizeof child, "%s/%s", path, f->d_name);
        if (lstat(child, &st) == 0 && S_ISDIR(st.st_mode))
            remove_tree(child);
        else
            unlink(child);
    }
    if (d)
        closedir(d);
    rmdir(path);
}

static inline int home_setup(void **state) {
    struct home_test *x = calloc(1, sizeof *x);
    ctx_init(&x->t.ctx);
    x->t.a = arena_new();
    temporary_name(x->dir, sizeof x->dir, "home");
    assert_non_null(mkdtemp(x->dir));
    x->path = path_join(x->t.a, str_of(x->dir), S("home"));
    *state = x;
    return 0;
}
static inline void home_test_close(struct home_test *x) {
    if (x->opened)
        home_close(&x->h);
    x->opened = false;
}
static inline int home_teardown(void **state) {
    struct home_test *x = *state;
    home_test_close(x);
    remove_tree(x->dir);
    arena_free(x->t.a);
    ctx_free(&x->t.ctx);
    free(x);
    return 0;
}
#define HOME_TEST(fn) cmocka_unit_test_setup_teardown(fn, home_setup, home_teardown)

#define MUST(call)                                                                                                     \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s: %s", #call, x->t.e.where, x->t.e.what);                                                  \
    } while (0)

static inline struct home_plan home_test_plan(void) {
    return (struct home_plan){.party = S("\xE4\xBE\x8B"),
                              .roles = ROLE_DEVELOPER | ROLE_SUPPLIER,
                              .origin = S("example.jp/akashi"),
                              .kind = SIG_ED25519};
}
static inline void home_test_open(struct home_test *x, enum home_use use) {
    home_test_close(x);
    MUST(home_open(&x->t.ctx, x->t.a, x->path, use, &x->h, &x->t.e));
    x->opened = true;
}
static inline void home_test_make(struct home_test *x) {
    struct home_plan plan = home_test_plan();
    MUST(home_make(&x->t.ctx, x->path, &plan, &x->t.e));
    home_test_open(x, HOME_SIGN);
}

/* A payload about a subject of that name, whose digest is the SHA-256 of the name. */
static inline str home_test_payload(struct home_test *x, const char *type, const char *name, const char *predicate) {
    struct subject s = {.name = arena_str(x->t.a, str_of(name))};
    str payload;
    *vec_push(x->t.a, &s.digests) = (struct subject_digest){S("sha256"), digest_hex(x->t.a, DIGEST_SHA256, s.name)};
    MUST(statement_text(&x->t.ctx, x->t.a, str_of(type), &s, 1, str_of(predicate), &payload, &x->t.e));
    return payload;
}
static inline uint64_t home_test_add(struct home_test *x, const char *type, const char *name, const char *predicate) {
    struct home_add add = {.payload = home_test_payload(x, type, name, predicate)};
    MUST(home_append(&x->h, x->t.a, &add, 1, &x->t.e));
    return add.added.index;
}
/* The body of an entry is gone, and the log says so. */
static inline void home_test_erase(struct home_test *x, uint64_t index) {
    home_test_add(x, "tag:akashi,2026:predicate/erasure/v1", "erased",
                  arena_printf(x->t.a, "{\"reason\":\"r\",\"by\":\"b\",\"index\":%llu}", (unsigned long long)index).p);
    MUST(log_forget(x->h.log, index, &x->t.e));
}

#endif
