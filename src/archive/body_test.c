/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/inner.h"
#include "archive/testing.h"
#include "base/file.h"

static const unsigned char key[AEAD_KEY] = {1, 2, 3};

static void check_back(struct testing *t, struct archive *a, str want, const struct body_name *name) {
    str got;
    unsigned char digest[32];
    digest_of(DIGEST_SHA256, want, digest);
    assert_memory_equal(name->b, digest, 32);
    if (!archive_get(a, t->a, name, &got, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    assert_true(str_eq(got, want));
}

static void bodies_come_back(void **state) {
    struct testing *t = *state;
    static const size_t sizes[] = {0, 1, 63, 64, 4000, 16384, 16385, 100000, 1 << 20, (5 << 20) + 7};
    enum { N = sizeof sizes / sizeof *sizes };
    for (int with_key = 0; with_key < 2; with_key++) {
        str folder = scratch(t);
        struct body_name names[N], again;
        str bodies[N];
        struct archive *a = open_one(t, folder, with_key ? key : NULL);
        for (int i = 0; i < N; i++) {
            bodies[i] = noise(t->a, sizes[i], (uint64_t)i);
            assert_true(archive_put(a, bodies[i], &names[i], &t->e));
            check_back(t, a, bodies[i], &names[i]); /* before it is on disk */
        }
        assert_true(archive_sync(a, &t->e));
        archive_close(a);
        a = open_one(t, folder, with_key ? key : NULL);
        for (int i = 0; i < N; i++) {
            assert_true(archive_has(a, &names[i]));
            check_back(t, a, bodies[i], &names[i]);
            assert_true(archive_put(a, bodies[i], &again, &t->e));
        }
        archive_close(a);
        drop(t, folder);
    }
}

static void many_come_back_each_once(void **state) {
    struct testing *t = *state;
    static const size_t sizes[] = {0, 1, 700, 45000, 262144, 262145, 600000};
    enum { N = 400, KINDS = sizeof sizes / sizeof *sizes };
    for (int with_key = 0; with_key < 2; with_key++) {
        str folder = scratch(t);
        struct archive_item *items = arena_array(t->a, struct archive_item, N);
        struct archive_check k = {.sample = 100};
        struct body_name single;
        struct archive *a = open_one(t, folder, with_key ? key : NULL);
        assert_true(archive_put(a, noise(t->a, 700, 2), &single, &t->e)); /* by the other way before */
        for (uint32_t i = 0; i < N; i++) { /* each a second time in the second half, every third by its known name */
            items[i].bytes = noise(t->a, i % 50 < 7 ? sizes[i % 50 % KINDS] : 100 + i % 200, i % 200);
            items[i].named = i % 3 == 0;
            if (items[i].named)
                digest_of(DIGEST_SHA256, items[i].bytes, items[i].name.b);
        }
        assert_true(archive_put_many(a, items, 0, &t->e) && archive_put_many(a, items, N, &t->e));
        check_back(t, a, items[3].bytes, &items[3].name); /* before it is on disk */
        assert_true(archive_sync(a, &t->e));
        archive_close(a);
        a = open_one(t, folder, with_key ? key : NULL);
        for (uint32_t i = 0; i < N; i++)
            check_back(t, a, items[i].bytes, &items[i].name);
        assert_true(archive_check(a, &k, &t->e));
        assert_int_equal(k.faults, 0);
        assert_int_equal(k.bodies, 200 - 3); /* four are empty, and the single one is among them */
        archive_close(a);
        drop(t, folder);
    }
}

/* So many that the index is written meanwhile: what it says then and what came after it must be one. */
static void a_long_run_keeps_its_index_up_to_date(void **state) {
    struct testing *t = *state;
    enum { ROUNDS = 50, EACH = 3000 };
    str folder = scratch(t), index = path_join(t->a, folder, S("index"));
    struct archive *a = open_one(t, folder, NULL);
    struct archive_item *items = arena_array(t->a, struct archive_item, EACH);
    struct body_name *names = arena_array(t->a, struct body_name, ROUNDS);
    unsigned written = 0;
    off_t before = 0;
    for (unsigned r = 0; r < ROUNDS; r++) {
        struct arena_mark m = arena_mark(t->a);
        struct stat st;
        for (uint32_t i = 0; i < EACH; i++)
            items[i].bytes = arena_printf(t->a, "body %u of round %u", i, r);
        assert_true(archive_put_many(a, items, EACH, &t->e) && archive_sync(a, &t->e));
        names[r] = items[r].name;
        if (stat(arena_cstr(t->a, index), &st) == 0 && st.st_size != before) {
            before = st.st_size;
            written++;
        }
        for (unsigned k = 0; k <= r; k++)
            check_back(t, a, arena_printf(t->a, "body %u of round %u", k, k), &names[k]);
        arena_reset(t->a, m);
    }
    assert_in_range(written, 1, 6); /* 150,000 bodies */
    archive_close(a);
    a = open_one(t, folder, NULL);
    for (unsigned k = 0; k < ROUNDS; k++)
        check_back(t, a, arena_printf(t->a, "body %u of round %u", k, k), &names[k]);
    archive_close(a);
    drop(t, folder);
}

static bool last_pack(void *arg, const struct archive_file *f, struct err *e) {
    (void)e;
    snprintf(arg, 200, "%.*s", STR_ARG(f->name));
    return true;
}

/* More than the reader's cache, read back by two threads; and what is damaged in the middle is an error as ever. */
static void a_large_file_is_read_ahead(void **state) {
    struct testing *t = *state;
    enum { SIZE = 90 << 20 };
    str folder = scratch(t), bytes = noise(t->a, SIZE, 5), got, from = path_join(t->a, folder, S("from"));
    str to = path_join(t->a, folder, S("to")), place = path_join(t->a, folder, S("archive"));
    struct body_name name;
    char pack[200];
    uint64_t size;
    t->ctx.threads = 2;
    assert_true(file_replace(from, bytes, &t->e));
    struct archive *a = open_one(t, place, NULL);
    int fd = open(arena_cstr(t->a, from), O_RDONLY), out = open(arena_cstr(t->a, to), O_RDWR | O_CREAT, 0600);
    assert_true(archive_put_fd(a, fd, from, &name, &size, &t->e) && archive_finish(a, &t->e));
    archive_close(a);
    a = open_one(t, place, NULL);
    assert_true(archive_get_fd(a, &name, out, to, &t->e));
    assert_true(file_map(t->a, to, &got, &t->e) && str_eq(got, bytes));
    close(fd);
    assert_int_equal(ftruncate(out, 0) + lseek(out, 0, SEEK_SET), 0);
    assert_true(archive_files(a, last_pack, pack, &t->e));
    fd = open(arena_cstr(t->a, path_join(t->a, place, str_of(pack))), O_RDWR);
    assert_int_equal(pwrite(fd, "damage", 6, 12 << 20), 6);
    close(fd);
    archive_close(a);
    a = open_one(t, place, NULL);
    assert_false(archive_get_fd(a, &name, out, to, &t->e));
    close(out);
    archive_close(a);
    drop(t, folder);
}

/* A block that is written but not synced is not in the file yet, one that gathers is nowhere: both stay known. */
static void what_the_index_cannot_say_yet_stays_in_memory(void **state) {
    struct testing *t = *state;
    str folder = scratch(t), large = noise(t->a, 3 << 20, 1), small = S("small");
    struct body_name names[2];
    struct archive *a = open_one(t, folder, NULL);
    assert_true(archive_put(a, S("first"), &names[0], &t->e) && archive_sync(a, &t->e));
    assert_true(archive_put(a, large, &names[0], &t->e) && archive_put(a, small, &names[1], &t->e));
    assert_true(archive_index_save(a, SAVE_ALWAYS, &t->e));
    check_back(t, a, large, &names[0]);
    check_back(t, a, small, &names[1]);
    archive_close(a);
    drop(t, folder);
}

static void the_key_must_be_the_one(void **state) {
    struct testing *t = *state;
    str folder = scratch(t);
    static const unsigned char other[AEAD_KEY] = {9};
    struct archive_options right = {.key = key}, wrong = {.key = other}, none = {0};
    struct body_name name;
    struct archive *a = open_one(t, folder, right.key);
    assert_true(archive_put(a, S("a secret body"), &name, &t->e) && archive_sync(a, &t->e));
    archive_close(a);
    assert_false(archive_open(&t->ctx, folder, &wrong, &a, &t->e));
    assert_non_null(strstr(t->e.what, "another key"));
    assert_false(archive_open(&t->ctx, folder, &none, &a, &t->e));
    assert_non_null(strstr(t->e.what, "no key"));
    drop(t, folder);
}

static void two_writers_see_each_other(void **state) {
    struct testing *t = *state;
    str folder = scratch(t), got;
    struct archive *a = open_one(t, folder, NULL), *b = open_one(t, folder, NULL);
    struct body_name x, y;
    assert_true(archive_put(a, S("from a"), &x, &t->e) && archive_sync(a, &t->e));
    assert_true(archive_put(b, S("from b"), &y, &t->e) && archive_sync(b, &t->e));
    assert_true(archive_get(b, t->a, &x, &got, &t->e));
    check_str(got, "from a");
    assert_true(archive_get(a, t->a, &y, &got, &t->e));
    check_str(got, "from b");
    archive_close(a);
    archive_close(b);
    drop(t, folder);
}

/* One makes a pack while another looks for packs that a crash left: what it acknowledged is in the archive. */
static void many_begin_at_once(void **state) {
    enum { ROUNDS = 30, WRITERS = 6 };
    struct testing *t = *state;
    t->ctx.quiet = true;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena_mark m = arena_mark(t->a);
        int gate[2], left = 0;
        struct body_name name;
        str folder = scratch(t);
        assert_int_equal(pipe(gate), 0);
        for (int i = 0; i < WRITERS; i++) {
            if (fork() != 0)
                continue;
            close(gate[1]);
            char byte;
            struct archive *a;
            struct archive_options o = {0};
            bool ok = read(gate[0], &byte, 1) == 0 && archive_open(&t->ctx, folder, &o, &a, &t->e) &&
                      archive_put(a, noise(t->a, 300, (uint64_t)i), &name, &t->e) && archive_sync(a, &t->e);
            _exit(!ok);
        }
        close(gate[0]);
        close(gate[1]);
        for (int status; wait(&status) > 0; left++)
            assert_int_equal(status, 0);
        assert_int_equal(left, WRITERS);
        struct archive *a = open_one(t, folder, NULL);
        for (int i = 0; i < WRITERS; i++) {
            digest_of(DIGEST_SHA256, noise(t->a, 300, (uint64_t)i), name.b);
            if (!archive_has(a, &name))
                fail_msg("round %d: what writer %d acknowledged is gone", round, i);
        }
        archive_close(a);
        drop(t, folder);
        arena_reset(t->a, m);
    }
}

static void files_keep_their_holes(void **state) {
    struct testing *t = *state;
    str folder = scratch(t);
    struct archive *a = open_one(t, folder, NULL);
    struct body_name name;
    uint64_t size;
    struct stat st;
    str data = noise(t->a, 3 << 20, 1);
    char *path = arena_cstr(t->a, arena_printf(t->a, "%.*s/sparse", STR_ARG(folder)));
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    assert_int_equal(ftruncate(fd, 100 << 20), 0);
    assert_int_equal(pwrite(fd, data.p, data.n, 40 << 20), (ssize_t)data.n);
    assert_true(archive_put_fd(a, fd, str_of(path), &name, &size, &t->e));
    assert_int_equal(size, 100 << 20);
    close(fd);
    fd = open(path, O_RDWR | O_TRUNC, 0600);
    assert_true(archive_get_fd(a, &name, fd, str_of(path), &t->e));
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(st.st_size, 100 << 20);
    assert_true(st.st_blocks * 512 < 5 << 20);
    close(fd);
    archive_close(a);
    drop(t, folder);
}

/* Enough for the index to be saved; then its loss and its damage change nothing. */
static void the_index_is_only_a_cache(void **state) {
    struct testing *t = *state;
    enum { N = 9000 };
    str folder = scratch(t), got;
    struct body_name *names = arena_array(t->a, struct body_name, N);
    struct archive *a = open_one(t, folder, NULL);
    for (int i = 0; i < N; i++)
        assert_true(archive_put(a, noise(t->a, 40, (uint64_t)i), &names[i], &t->e));
    assert_true(archive_sync(a, &t->e));
    archive_close(a);
    char *path = arena_cstr(t->a, arena_printf(t->a, "%.*s/index", STR_ARG(folder)));
    for (int damage = 0; damage < 5; damage++) {
        struct stat st;
        a = open_one(t, folder, NULL);
        for (int i = 0; i < N; i += 7) {
            assert_true(archive_get(a, t->a, &names[i], &got, &t->e));
            assert_int_equal(got.n, 40);
        }
        struct body_name more;
        assert_true(archive_put(a, noise(t->a, 40, 1000000u + (unsigned)damage), &more, &t->e));
        assert_true(archive_sync(a, &t->e));
        archive_close(a);
        if (damage == 0) {
            assert_int_equal(stat(path, &st), 0);
        } else if (damage == 1) {
            assert_int_equal(truncate(path, 100), 0);
        } else if (damage == 2) {
            int fd = open(path, O_RDWR);
            static const char zeros[20000];
            assert_int_equal(pwrite(fd, zeros, sizeof zeros, 100000), (ssize_t)sizeof zeros);
            close(fd);
        } else {
            unlink(path);
        }
    }
    drop(t, folder);
}

/* A finished pack is judged without a key, and any flipped bit is seen. */
static void a_finished_pack_is_whole(void **state) {
    struct testing *t = *state;
    for (int with_key = 0; with_key < 2; with_key++) {
        str folder = scratch(t);
        char name[200];
        bool whole;
        uint64_t at;
        struct body_name body;
        struct archive *a = open_one(t, folder, with_key ? key : NULL);
        assert_true(archive_put(a, noise(t->a, 500, 1), &body, &t->e) && archive_sync(a, &t->e));
        assert_true(archive_put(a, noise(t->a, 700, 2), &body, &t->e) && archive_finish(a, &t->e));
        assert_true(archive_files(a, last_pack, name, &t->e));
        archive_close(a);
        str path = path_join(t->a, folder, str_of(name));
        assert_true(archive_pack_whole(&t->ctx, path, &whole, &at, &t->e) && whole);
        int fd = open(arena_cstr(t->a, path), O_RDWR);
        off_t size = lseek(fd, 0, SEEK_END);
        for (off_t i = 0; i < size; i++) {
            char c, flipped;
            assert_int_equal(pread(fd, &c, 1, i), 1);
            flipped = (char)(c ^ (1 << i % 8));
            assert_int_equal(pwrite(fd, &flipped, 1, i), 1);
            bool ok = archive_pack_whole(&t->ctx, path, &whole, &at, &t->e);
            if (ok && whole)
                fail_msg("a bit flipped at %lld goes unseen", (long long)i);
            assert_int_equal(pwrite(fd, &c, 1, i), 1);
        }
        close(fd);
        drop(t, folder);
    }
}

static void what_is_missing_is_named(void **state) {
    struct testing *t = *state;
    str folder = scratch(t), got;
    struct archive *a = open_one(t, folder, NULL);
    struct body_name none = {{0xab}};
    assert_false(archive_has(a, &none));
    assert_false(archive_get(a, t->a, &none, &got, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    assert_non_null(strstr(t->e.what, "ab00"));
    archive_close(a);
    drop(t, folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(bodies_come_back),
                                       TEST(many_come_back_each_once),
                                       TEST(a_long_run_keeps_its_index_up_to_date),
                                       TEST(what_the_index_cannot_say_yet_stays_in_memory),
                                       TEST(a_large_file_is_read_ahead),
                                       TEST(the_key_must_be_the_one),
                                       TEST(two_writers_see_each_other),
                                       TEST(many_begin_at_once),
                                       TEST(files_keep_their_holes),
                                       TEST(the_index_is_only_a_cache),
                                       TEST(a_finished_pack_is_whole),
                                       TEST(what_is_missing_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
