/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/temporary.h"
#include "store/db.h"

struct fixture {
    struct ctx c;
    struct arena *a;
    char dir[256];
    str path;
};

static int begin(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    ctx_init(&f->c);
    f->a = arena_new();
    temporary_name(f->dir, sizeof f->dir, "db");
    assert_non_null(mkdtemp(f->dir));
    f->path = path_join(f->a, str_of(f->dir), S("a?b#c%20.db"));
    *state = f;
    return 0;
}
static int end(void **state) {
    struct fixture *f = *state;
    unlink(arena_cstr(f->a, f->path));
    rmdir(f->dir);
    arena_free(f->a);
    ctx_free(&f->c);
    free(f);
    return 0;
}

static void fill(struct fixture *f) {
    struct err e = {0};
    struct db *db;
    struct stmt *s;
    assert_true(db_open(&f->c, f->path, DB_WRITE, &db, &e));
    assert_true(db_exec(db, "CREATE TABLE t(n INTEGER PRIMARY KEY, x TEXT, b BLOB)", &e));
    static const char insert[] = "INSERT INTO t VALUES(?1,?2,?3)";
    for (int i = 1; i <= 3; i++) {
        assert_true(db_stmt(db, insert, &s, &e));
        stmt_int(s, 1, i);
        stmt_text(s, 2, i == 2 ? (str){NULL, 0} : S("h\xC3\xA9llo"));
        stmt_blob(s, 3, i == 3 ? S("") : str_n("\0\1", 2));
        assert_true(stmt_run(s, &e));
        assert_int_equal(db_changes(db), 1);
    }
    db_close(db);
}

static void check_rows(struct db *db) {
    struct err e = {0};
    struct stmt *s;
    bool row;
    assert_true(db_stmt(db, "SELECT n, x, b FROM t ORDER BY n", &s, &e));
    for (int i = 1; i <= 3; i++) {
        assert_true(stmt_step(s, &row, &e));
        assert_true(row);
        assert_int_equal(stmt_col_int(s, 0), i);
        assert_true(i == 2 ? stmt_col_text(s, 1).p == NULL : str_is(stmt_col_text(s, 1), "h\xC3\xA9llo"));
        assert_non_null(stmt_col_blob(s, 2).p);
        assert_int_equal(stmt_col_blob(s, 2).n, i == 3 ? 0 : 2);
    }
    assert_true(stmt_step(s, &row, &e));
    assert_false(row);
}

static void rows_come_back(void **state) {
    struct fixture *f = *state;
    struct err e = {0};
    struct db *db;
    fill(f);
    for (int mode = DB_READ; mode <= DB_FOREIGN; mode++) {
        assert_true(db_open(&f->c, f->path, (enum db_mode)mode, &db, &e));
        check_rows(db);
        db_close(db);
    }
}

static void a_text_in_memory_is_read(void **state) {
    struct fixture *f = *state;
    struct err e = {0};
    struct db *db;
    str text;
    fill(f);
    assert_true(file_read(&f->c, f->a, f->path, &text, &e));
    assert_true(db_open_text(&f->c, text, S("layer!rpmdb.sqlite"), &db, &e));
    check_rows(db);
    db_close(db);
    for (size_t n = 0; n < text.n; n += 700) { /* cut short anywhere: an error or rows, never a crash */
        struct stmt *s;
        bool row = true;
        if (!db_open_text(&f->c, str_upto(text, n), S("cut"), &db, &e))
            continue;
        if (db_stmt(db, "SELECT n, x, b FROM t", &s, &e))
            while (row && stmt_step(s, &row, &e))
                ;
        db_close(db);
    }
}

static void errors_name_the_file(void **state) {
    struct fixture *f = *state;
    struct err e = {0};
    struct db *db;
    struct stmt *s;
    bool row;
    assert_false(db_open(&f->c, f->path, DB_READ, &db, &e));
    assert_int_equal(e.kind, ERR_ENV);
    assert_string_equal(e.where, arena_cstr(f->a, f->path));
    assert_null(db);
    assert_true(file_replace(f->path,
                             S("this is a text, and longer than a header of one hundred bytes would have to be "
                               "in order to be looked at by the library"),
                             &e));
    bool ok = db_open(&f->c, f->path, DB_FOREIGN, &db, &e) && db_stmt(db, "SELECT * FROM t", &s, &e) &&
              stmt_step(s, &row, &e);
    assert_false(ok);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_string_equal(e.where, arena_cstr(f->a, f->path));
    db_close(db);
    assert_false(db_open_text(&f->c, S("no"), S("x!y"), &db, &e));
    assert_int_equal(e.kind, ERR_INPUT);
    assert_string_equal(e.where, "x!y");
}

static void a_hostile_view_is_stopped(void **state) {
    struct fixture *f = *state;
    struct err e = {0};
    struct db *db;
    struct stmt *s;
    bool row = true;
    assert_true(db_open(&f->c, f->path, DB_WRITE, &db, &e));
    assert_true(db_exec(db,
                        "CREATE VIEW Packages(hnum,blob) AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM "
                        "r) SELECT n,n FROM r WHERE n<0",
                        &e));
    db_close(db);
    f->c.limits.steps >>= 6; /* with the sanitizers as many as there are take half a minute */
    assert_true(db_open(&f->c, f->path, DB_FOREIGN, &db, &e));
    assert_true(db_stmt(db, "SELECT blob FROM Packages", &s, &e));
    assert_false(stmt_step(s, &row, &e));
    assert_int_equal(e.kind, ERR_LIMIT);
    db_close(db);
}

/* ── each page under its check ── */

static bool read_checked(struct fixture *f, const unsigned char id[DB_ID], int64_t *sum, struct err *e) {
    static const char query[] = "SELECT sum(n * length(x)), count(*) FROM t";
    struct db *db;
    struct stmt *s;
    bool row = false;
    *sum = 0;
    if (!db_open_checked(&f->c, f->path, id, false, &db, e))
        return false;
    bool ok = db_stmt(db, query, &s, e) && stmt_step(s, &row, e);
    if (ok)
        *sum = stmt_col_int(s, 0);
    db_close(db);
    return ok;
}

static void a_checked_file_tells_whatever_was_changed(void **state) {
    struct fixture *f = *state;
    static const unsigned char id[DB_ID] = {1, 2, 3}, other[DB_ID] = {1, 2, 4};
    static const char insert[] = "INSERT INTO t VALUES(?1, ?2)";
    struct err e = {0};
    struct db *db;
    struct stmt *s;
    int64_t sum, got;
    unsigned noticed = 0, tried = 0;
    assert_true(db_open_checked(&f->c, f->path, id, true, &db, &e));
    assert_true(db_exec(db, "PRAGMA journal_mode = OFF; CREATE TABLE t(n INTEGER PRIMARY KEY, x TEXT); BEGIN", &e));
    for (int i = 1; i <= 500; i++) {
        assert_true(db_stmt(db, insert, &s, &e));
        stmt_int(s, 1, i);
        stmt_text(s, 2, str_upto(S("a text that is more or less long"), (size_t)i % 32));
        assert_true(stmt_run(s, &e));
    }
    assert_true(db_exec(db, "COMMIT", &e));
    db_close(db);
    assert_true(read_checked(f, id, &sum, &e) && sum > 0);
    assert_false(read_checked(f, other, &got, &e));
    assert_int_equal(e.kind, ERR_INPUT);
    int fd = open(arena_cstr(f->a, f->path), O_RDWR);
    off_t size = lseek(fd, 0, SEEK_END);
    assert_true(size >= 4 * 4096);
    for (off_t i = 0; i < size; i += 3, tried++) {
        unsigned char c;
        assert_int_equal(pread(fd, &c, 1, i), 1);
        unsigned char flipped = (unsigned char)(c ^ (1u << i % 8));
        assert_int_equal(pwrite(fd, &flipped, 1, i), 1);
        e = (struct err){0};
        if (read_checked(f, id, &got, &e)) {
            assert_int_equal(got, sum);
        } else {
            assert_int_equal(e.kind, ERR_INPUT);
            noticed++;
        }
        assert_int_equal(pwrite(fd, &c, 1, i), 1);
    }
    assert_int_equal(noticed, tried);
    for (off_t cut = size - 4096; cut >= 0; cut -= 1000) {
        assert_int_equal(ftruncate(fd, cut), 0);
        assert_false(read_checked(f, id, &got, &e));
    }
    close(fd);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_come_back, begin, end),
        cmocka_unit_test_setup_teardown(a_checked_file_tells_whatever_was_changed, begin, end),
        cmocka_unit_test_setup_teardown(a_text_in_memory_is_read, begin, end),
        cmocka_unit_test_setup_teardown(errors_name_the_file, begin, end),
        cmocka_unit_test_setup_teardown(a_hostile_view_is_stopped, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
