/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/log_testing.h"

struct found {
    struct arena *a;
    uint32_t n;
    struct log_fault first;
    bool print;
};
static void keep(void *arg, const struct log_fault *f) {
    struct found *k = arg;
    if (k->n++ == 0) {
        k->first = *f;
        k->first.where = arena_str(k->a, f->where);
    }
    if (k->print)
        fprintf(stderr, "# %.*s %lld: %s\n", STR_ARG(f->where), f->has_index ? (long long)f->index : -1, f->what);
}
static uint32_t check(struct testing *t, struct test_log *x, struct found *k) {
    uint64_t n = 0;
    *k = (struct found){.a = t->a, .print = k->print};
    if (!log_check(&t->ctx, str_of(x->home), &x->store, &x->vkey, keep, k, &n, &t->e))
        fail_msg("cannot check: %s: %s", t->e.where, t->e.what);
    assert_int_equal(n, k->n);
    return k->n;
}
static void check_clean(struct testing *t, struct test_log *x) {
    struct found k = {.print = true};
    assert_int_equal(check(t, x, &k), 0);
}

static void clean(void **state) {
    struct testing *t = *state;
    struct test_log x;
    test_log_make(t, &x, test_base());
    check_clean(t, &x);
    struct log *l = test_log_open(t, &x);
    static const uint32_t steps[] = {1, 1, 200, 54, 1, 255, 1, 256, 700, 3};
    uint64_t size = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_true(test_append(l, t->a, size, steps[i], false, NULL, &t->e));
        size += steps[i];
        check_clean(t, &x);
        if (i % 3 == 2)
            assert_true(log_settle(l, &t->e));
        check_clean(t, &x);
    }
    assert_true(log_forget(l, 77, &t->e));
    check_clean(t, &x);
    log_close(l);
    uint64_t n;
    struct found k = {.a = t->a};
    assert_false(log_check(&t->ctx, path_join(t->a, str_of(x.home), S("store")), NULL, NULL, keep, &k, &n, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    test_log_drop(&x);
}

/* ── every bit ── */

static void flip(const char *path, uint64_t at, unsigned char mask) {
    unsigned char byte = 0;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0 && pread(fd, &byte, 1, (off_t)at) == 1);
    byte ^= mask;
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
    close(fd);
}

/* Every `step`-th byte of the file: a flipped bit is told, in that file or as what it makes wrong. */
static void flip_file(struct testing *t, struct test_log *x, const char *name, uint64_t step) {
    struct stat st;
    str path = arena_printf(t->a, "%s/%s", x->home, name);
    assert_int_equal(stat(path.p, &st), 0);
    for (uint64_t at = step > 1 ? (uint64_t)rand() % step : 0; at < (uint64_t)st.st_size; at += step) {
        struct arena_mark m = arena_mark(t->a);
        struct found k = {.print = false};
        flip(path.p, at, (unsigned char)(1 << at % 8));
        uint32_t n = check(t, x, &k);
        if (n == 0)
            fail_msg("%s: bit %d of byte %llu may be flipped", name, (int)(at % 8), (unsigned long long)at);
        bool here = str_starts(k.first.where, str_of(name)) || (k.first.has_index && strstr(name, "journal"));
        if (n > 2 || !here)
            fail_msg("%s: byte %llu: %u faults, the first in %.*s: %s", name, (unsigned long long)at, n,
                     STR_ARG(k.first.where), k.first.what);
        flip(path.p, at, (unsigned char)(1 << at % 8));
        arena_reset(t->a, m);
    }
}

static void each_byte_of_a_small_log(void **state) {
    struct testing *t = *state;
    struct test_log x;
    test_log_make(t, &x, test_base());
    struct log *l = test_log_open(t, &x);
    assert_true(test_append(l, t->a, 0, 2, false, NULL, &t->e));
    assert_true(log_settle(l, &t->e));
    assert_true(test_append(l, t->a, 2, 2, false, NULL, &t->e));
    assert_true(test_append(l, t->a, 4, 1, false, NULL, &t->e));
    log_close(l);
    static const char *const files[] = {
        "log/checkpoint",           "log/tile/0/000.p/2", "log/tile/0/000.p/5", "log/tile/entries/000.p/4",
        "log/tile/entries/000.p/5", "append/map",         "append/journal"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        flip_file(t, &x, files[i], 1);
    check_clean(t, &x);
    test_log_drop(&x);
}

static void some_bytes_of_a_larger_log(void **state) {
    struct testing *t = *state;
    struct test_log x;
    test_log_make(t, &x, test_base());
    struct log *l = test_log_open(t, &x);
    assert_true(test_append(l, t->a, 0, 600, false, NULL, &t->e));
    assert_true(test_append(l, t->a, 600, 7, false, NULL, &t->e));
    log_close(l);
    t->ctx.threads = 1; /* hundreds of checks, each over in milliseconds */
    srand(5);
    static const char *const files[] = {"log/checkpoint",
                                        "log/tile/0/000",
                                        "log/tile/0/001",
                                        "log/tile/0/002.p/88",
                                        "log/tile/0/002.p/95",
                                        "log/tile/1/000.p/2",
                                        "log/tile/entries/000",
                                        "log/tile/entries/001",
                                        "log/tile/entries/002.p/88",
                                        "log/tile/entries/002.p/95",
                                        "append/map",
                                        "append/journal"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        flip_file(t, &x, files[i], i ? 997 : 41);
    flip_file(t, &x, "append/find", 65521);
    check_clean(t, &x);
    test_log_drop(&x);
}

/* ── named faults: what is told, and where ── */

static void told_by_name(void **state) {
    struct testing *t = *state;
    struct test_log x;
    test_log_make(t, &x, test_base());
    struct log *l = test_log_open(t, &x);
    assert_true(test_append(l, t->a, 0, 300, false, NULL, &t->e) && log_settle(l, &t->e));
    struct log_entry entry;
    char body[600];
    assert_true(log_entry(l, t->a, 260, &entry, &t->e));
    store_path(&x.files, entry.envelope, body);
    log_close(l);
    const struct {
        const char *file;
        uint64_t at;
        const char *where;
        int64_t index;
    } rows[] = {
        {"log/tile/entries/000", 2 + 80 * 7, "log/tile/entries/000", 7}, /* an entry takes 78 bytes and its length */
        {"log/tile/entries/001.p/44", 2 + 80 * 3, "log/tile/entries/001.p/44", 259},
        {"log/tile/0/000", 32 * 9, "log/tile/0/000", -1},
        {"log/tile/0/001.p/44", 32 * 9, "log/tile/0/001.p/44", -1},
        {"log/tile/1/000.p/1", 3, "log/tile/1/000.p/1", -1},
        {"append/map", 72 * 100 + 5, "append/map", 100},
        {"append/map", 72 * 101 + 40, "append/map", 101},
        {"append/map", 72 * 102 + 71, "append/map", 102},
        {body + strlen(x.home) + 1, 3, "archive/", 260},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct found k = {.print = false};
        str path = arena_printf(t->a, "%s/%s", x.home, rows[i].file);
        flip(path.p, rows[i].at, 4);
        uint32_t n = check(t, &x, &k);
        bool index = rows[i].index < 0 ? !k.first.has_index
                                       : k.first.has_index && k.first.index == (uint64_t)rows[i].index;
        if (n != 1 || !str_starts(k.first.where, str_of(rows[i].where)) || !index)
            fail_msg("row %zu: %u faults: %.*s %llu: %s", i, n, STR_ARG(k.first.where),
                     (unsigned long long)k.first.index, k.first.what);
        flip(path.p, rows[i].at, 4);
    }
    static const char *const gone[] = {"log/tile/0/000", "log/tile/entries/001.p/44", "log/tile/1/000.p/1"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
        struct found k = {.print = false};
        str from = arena_printf(t->a, "%s/%s", x.home, gone[i]), to = arena_printf(t->a, "%s/away", x.home);
        assert_int_equal(rename(from.p, to.p), 0);
        assert_int_equal(check(t, &x, &k), 1);
        check_str(k.first.where, gone[i]);
        assert_int_equal(rename(to.p, from.p), 0);
    }
    struct found k = {.print = false};
    unlink(body);
    assert_int_equal(check(t, &x, &k), 1);
    assert_int_equal(k.first.index, 260);
    test_log_drop(&x);
}

/* ── copies ── */

static void compare(struct testing *t, struct test_log *one, struct test_log *two, struct log_difference *d) {
    struct tile_reader x = tile_folder(arena_printf(t->a, "%s/log", one->home).p);
    struct tile_reader y = tile_folder(arena_printf(t->a, "%s/log", two->home).p);
    if (!log_compare(&t->ctx, &x, &y, d, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
}

/* Two logs with the same salts are made by copying the folder; then each goes its own way. */
static void copy_home(struct testing *t, const struct test_log *from, struct test_log *to) {
    test_log_make(t, to, test_base());
    privkey_free(to->key);
    to->key = NULL; /* the other's is lent to it */
    str command = arena_printf(t->a, "cp -r %s/log %s/append %s/store %s/", from->home, from->home, from->home,
                               to->home);
    assert_int_equal(system(command.p), 0);
}

static void forks(void **state) {
    struct testing *t = *state;
    static const struct {
        uint32_t common, one, two;
    } rows[] = {{0, 0, 0}, {0, 1, 1}, {5, 0, 0}, {5, 3, 0}, {255, 1, 2}, {256, 1, 1}, {300, 40, 300}, {513, 0, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct test_log x, y;
        struct log_difference d;
        test_log_make(t, &x, test_base());
        struct log *l = test_log_open(t, &x);
        if (rows[i].common)
            assert_true(test_append(l, t->a, 0, rows[i].common, false, NULL, &t->e));
        copy_home(t, &x, &y);
        if (rows[i].one)
            assert_true(test_append(l, t->a, 5000, rows[i].one, false, NULL, &t->e));
        log_close(l);
        y.key = x.key;
        l = test_log_open(t, &y);
        if (rows[i].two)
            assert_true(test_append(l, t->a, 9000, rows[i].two, false, NULL, &t->e));
        log_close(l);
        y.key = NULL;
        compare(t, &x, &y, &d);
        assert_int_equal(d.size[0], rows[i].common + rows[i].one);
        assert_int_equal(d.size[1], rows[i].common + rows[i].two);
        assert_int_equal(d.agree, rows[i].common);
        assert_int_equal(d.fork, rows[i].one && rows[i].two);
        assert_false(d.origins);
        test_log_drop(&x);
        test_log_drop(&y);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(clean), TEST(each_byte_of_a_small_log), TEST(some_bytes_of_a_larger_log),
                                       TEST(told_by_name), TEST(forks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
