/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c of this room: folders that come and go, bytes that do not compress.
 */
#ifndef AKASHI_ARCHIVE_TESTING_H
#define AKASHI_ARCHIVE_TESTING_H

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/file.h"
#include "base/temporary.h"
#include "base/testing.h"

static inline str scratch(struct testing *t) {
    char name[256];
    assert_non_null(mkdtemp(temporary_name(name, sizeof name, "archive")));
    return arena_str(t->a, str_of(name));
}

static inline void run_tool(const char *tool, const char *flags, const char *from, const char *to) {
    if (fork() == 0) {
        execlp(tool, tool, flags, from, to, (char *)NULL);
        _exit(1);
    }
    wait(NULL);
}
static inline void drop(struct testing *t, str folder) {
    assert_true(folder_remove(AT_FDCWD, arena_cstr(t->a, folder)));
}

static inline struct archive *open_one(struct testing *t, str folder, const unsigned char *key) {
    struct archive *a;
    struct archive_options o = {.key = key};
    if (!archive_open(&t->ctx, folder, &o, &a, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return a;
}

/* Bytes that do not compress, the same for the same seed. */
static inline str noise(struct arena *a, size_t n, uint64_t seed) {
    char *p = arena_alloc(a, n + 8);
    for (size_t i = 0; i < n; i += 8) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t v = seed ^ seed >> 29;
        memcpy(p + i, &v, 8);
    }
    return str_n(p, n);
}

#define MUST(call)                                                                                                     \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s: %s", #call, t->e.where, t->e.what);                                                      \
    } while (0)

#endif
