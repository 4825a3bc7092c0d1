/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/testing.h"

/* Answers the k-th call (from 0) with one verdict; counts them all. */
struct nth {
    int k, verdict, seen;
    size_t shorten;
    enum disk_call last;
};
static int at_nth(void *of, struct disk_op *op) {
    struct nth *t = of;
    t->last = op->call;
    if (t->seen++ != t->k)
        return 0;
    if (op->call == DISK_WRITE)
        op->n = t->shorten;
    return t->verdict;
}

static char *folder(struct testing *t) {
    char *path = arena_cstr(t->a, S("akashi-disk-XXXXXX"));
    assert_non_null(mkdtemp(path));
    return path;
}
static const char *in(struct testing *t, const char *dir, const char *name) {
    return arena_printf(t->a, "%s/%s", dir, name).p;
}
static str content(struct testing *t, const char *path) {
    str s = {NULL, 0};
    if (path_exists(str_of(path)))
        assert_true(file_read(&t->ctx, t->a, str_of(path), &s, &t->e));
    return s;
}

static void puts_whole(void **state) {
    struct testing *t = *state;
    char *dir = folder(t);
    const char *path = in(t, dir, "a/b/f"), *sub = in(t, dir, "a/b");
    assert_true(disk_folder(&t->ctx, sub, 0755, &t->e));
    assert_true(disk_folder(&t->ctx, sub, 0755, &t->e));
    assert_true(disk_put(&t->ctx, path, S("one"), 0644, DISK_DURABLE, &t->e));
    assert_true(disk_put(&t->ctx, path, S("second"), 0644, DISK_SOON, &t->e));
    check_str(content(t, path), "second");
    int fd;
    bool missing;
    char got[8];
    size_t n;
    assert_true(disk_open(&t->ctx, in(t, dir, "none"), O_RDONLY, 0, &fd, &missing, &t->e));
    assert_true(missing && fd == -1);
    assert_true(disk_open(&t->ctx, path, O_RDWR, 0, &fd, &missing, &t->e));
    assert_true(disk_read(fd, path, got, 3, 1, &t->e));
    assert_memory_equal(got, "eco", 3);
    assert_true(disk_read_some(fd, path, got, 8, 4, &n, &t->e));
    assert_int_equal(n, 2);
    assert_false(disk_read(fd, path, got, 8, 4, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    assert_true(str_ends(str_of(t->e.where), S(":6")));
    assert_true(disk_sync_all(&t->ctx, fd, path, &t->e));
    close(fd);
    assert_true(disk_remove(&t->ctx, path, &t->e) && disk_remove(&t->ctx, path, &t->e));
    assert_true(disk_remove(&t->ctx, sub, &t->e) && disk_remove(&t->ctx, in(t, dir, "a"), &t->e));
    assert_true(disk_remove(&t->ctx, dir, &t->e));
}

/* At whichever call a durable put fails, the file is the old or the new one and nothing else lies about. */
static void fails_at_each_call(void **state) {
    struct testing *t = *state;
    char *dir = folder(t);
    const char *path = in(t, dir, "f");
    static const int verdicts[] = {EIO, ENOSPC};
    for (int v = 0; v < 2; v++)
        for (int k = 0; k < 6; k++) {
            struct nth n = {.k = k, .verdict = verdicts[v], .shorten = 2};
            struct disk_faults faults = {at_nth, &n};
            t->ctx.faults = NULL;
            assert_true(disk_put(&t->ctx, path, S("before"), 0644, DISK_DURABLE, &t->e));
            t->ctx.faults = &faults;
            bool ok = disk_put(&t->ctx, path, S("after"), 0644, DISK_DURABLE, &t->e);
            assert_int_equal(ok, k >= 5); /* open, write, sync, rename, sync of the folder */
            check_str(content(t, path), k >= 4 ? "after" : "before");
            assert_false(path_exists(str_of(in(t, dir, "f.new"))));
            if (!ok)
                assert_int_equal(t->e.kind, ERR_ENV);
        }
    struct nth lost = {.k = 3, .verdict = DISK_LOST};
    struct disk_faults faults = {at_nth, &lost};
    t->ctx.faults = &faults;
    assert_true(disk_put(&t->ctx, path, S("later"), 0644, DISK_DURABLE, &t->e));
    check_str(content(t, path), "after");
    t->ctx.faults = NULL;
    unlink(in(t, dir, "f.new"));
    unlink(path);
    rmdir(dir);
}

static void short_write(void **state) {
    struct testing *t = *state;
    char *dir = folder(t);
    const char *path = in(t, dir, "f");
    struct nth n = {.k = 1, .verdict = ENOSPC, .shorten = 3};
    struct disk_faults faults = {at_nth, &n};
    int fd;
    t->ctx.faults = &faults;
    assert_true(disk_open(&t->ctx, path, O_RDWR | O_CREAT, 0644, &fd, NULL, &t->e));
    assert_false(disk_write(&t->ctx, fd, path, S("abcdef"), 0, &t->e));
    check_str(content(t, path), "abc");
    assert_true(disk_truncate(&t->ctx, fd, path, 1, &t->e));
    assert_int_equal(n.last, DISK_TRUNCATE);
    check_str(content(t, path), "a");
    close(fd);
    t->ctx.faults = NULL;
    unlink(path);
    rmdir(dir);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(puts_whole), TEST(fails_at_each_call), TEST(short_write)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
