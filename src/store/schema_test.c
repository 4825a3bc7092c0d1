/* SPDX-License-Identifier: Apache-2.0
 *
 * The schema moves forward: by itself, whole or not at all, never backward.
 */
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "store/store_inner.h"
#include "store/store_testing.h"

#define STORE_PART                                                                                                     \
    {                                                                                                                  \
        "store", 1, {                                                                                                  \
            "CREATE TABLE schema_part (name TEXT PRIMARY KEY, version BIGINT NOT NULL)",                               \
                "CREATE TABLE schema_part (name TEXT COLLATE \"C\" PRIMARY KEY, version BIGINT NOT NULL)"              \
        }                                                                                                              \
    }
#define SAME(sql)                                                                                                      \
    { sql, sql }
static const struct store_schema
    first[] = {{"pair", 1, SAME("CREATE TABLE zz_pair (id BIGINT); INSERT INTO zz_pair VALUES (1)")}, STORE_PART, {0}},
    second[] = {{"pair", 1, SAME("CREATE TABLE zz_pair (id BIGINT); INSERT INTO zz_pair VALUES (1)")},
                {"pair", 2, SAME("ALTER TABLE zz_pair ADD COLUMN twice BIGINT; UPDATE zz_pair SET twice = 2 * id")},
                {"pair", 3, SAME("CREATE TABLE zz_more (id BIGINT)")},
                STORE_PART,
                {0}},
    broken[] = {{"pair", 1, SAME("SELECT 1")},
                {"pair", 2, SAME("ALTER TABLE zz_pair ADD COLUMN twice BIGINT; DELETE FROM zz_pair")},
                {"pair", 3, SAME("INSERT INTO zz_not_there VALUES (1)")},
                STORE_PART,
                {0}},
    changed[] =
        {{"pair", 1,
          SAME("CREATE TABLE zz_pair (was TEXT); INSERT INTO zz_pair VALUES ('x'); CREATE TABLE zz_gone (id BIGINT)")},
         STORE_PART,
         {0}},
    anew[] = {{"pair", 1, SAME("CREATE TABLE zz_pair (id BIGINT); INSERT INTO zz_pair VALUES (1)")},
              {"pair", 2, SAME("ALTER TABLE zz_pair ADD COLUMN twice BIGINT; UPDATE zz_pair SET twice = 2 * id")},
              {"pair", 3, SAME("CREATE TABLE zz_more (id BIGINT)"), true},
              STORE_PART,
              {0}},
    anew_broken[] = {{"pair", 1, SAME("CREATE TABLE zz_pair (id BIGINT)")},
                     {"pair", 3, SAME("INSERT INTO zz_not_there VALUES (1)"), true},
                     STORE_PART,
                     {0}},
    endless[] = {{"pair", 1, SAME("SELECT 1")},
                 {"pair",
                  2,
                  {"DELETE FROM zz_pair; WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) INSERT INTO "
                   "zz_pair SELECT max(i) FROM n",
                   "DELETE FROM zz_pair; SELECT pg_sleep(10)"}},
                 STORE_PART,
                 {0}};

static bool open_as(struct testing *t, const struct store_place *p, const struct store_schema *schemas,
                    enum store_use use, struct store **s) {
    return store_open_schemas(&t->ctx, str_of(p->where), use, schemas, s, &t->e);
}
static void must_open(struct testing *t, const struct store_place *p, const struct store_schema *schemas) {
    struct store *s;
    if (!open_as(t, p, schemas, STORE_WRITE, &s))
        fail_msg("%s: %s (%s)", t->e.where, t->e.what, t->e.hint);
    store_close(s);
}
static void check_dump(struct testing *t, const struct store_place *p, const struct store_schema *schemas,
                       const char *want) {
    struct store *s;
    struct buf dump = {0};
    if (!open_as(t, p, schemas, STORE_READ, &s) || !store_dump(s, &dump, &t->e))
        fail_msg("%s: %s (%s)", t->e.where, t->e.what, t->e.hint);
    store_close(s);
    check_str(buf_str(&dump), want);
    buf_free(&dump);
}
static bool copy_is_there(const struct store_place *p) {
    char path[300];
    struct stat st;
    snprintf(path, sizeof path, "%s/views.db.before", p->folder);
    return stat(path, &st) == 0;
}

static const char old[] = "# schema_part\npair\t1\nstore\t1\n# zz_pair\n1\n";
static const char new[] = "# schema_part\npair\t3\nstore\t1\n# zz_more\n# zz_pair\n1\t2\n";

static void what_was_never_made_is_no_fault(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct store *s;
    store_place_make(&p);
    for (int i = 0; i < 2; i++) {
        assert_true(store_open_made(&t->ctx, str_of(p.where), &s, &t->e));
        assert_null(s);
        assert_false(store_open(&t->ctx, str_of(p.where), STORE_READ, &s, &t->e));
        assert_non_null(strstr(t->e.what, "there are no views"));
        assert_true(open_as(t, &p, NULL, STORE_WRITE, &s)); /* the place, and nothing in it */
        store_close(s);
    }
    assert_true(store_open(&t->ctx, str_of(p.where), STORE_WRITE, &s, &t->e));
    store_close(s);
    assert_true(store_open_made(&t->ctx, str_of(p.where), &s, &t->e));
    assert_non_null(s);
    store_close(s);
    store_place_remove(&p);
}

static void an_older_schema_is_brought_forward(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct store *s;
    store_place_make(&p);
    must_open(t, &p, first);
    check_dump(t, &p, first, old);
    /* A reader changes nothing, and says what to do. */
    assert_false(open_as(t, &p, second, STORE_READ, &s));
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_true(t->e.hint[0]);
    must_open(t, &p, second);
    check_dump(t, &p, second, new);
    assert_false(copy_is_there(&p));
    must_open(t, &p, second);
    check_dump(t, &p, second, new);
    store_place_remove(&p);
}

static void a_newer_schema_is_refused(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct store *s;
    store_place_make(&p);
    must_open(t, &p, second);
    for (int use = STORE_READ; use <= STORE_WRITE; use++) {
        assert_false(open_as(t, &p, first, (enum store_use)use, &s));
        assert_int_equal(t->e.kind, ERR_ENV);
        assert_non_null(strstr(t->e.what, "pair 3"));
        assert_true(t->e.hint[0]);
    }
    check_dump(t, &p, second, new);
    store_place_remove(&p);
}

/* A program that goes on while a newer one brings its views forward: it reads and writes nothing any more. */
static void a_newer_program_beside_it(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct store *s;
    store_place_make(&p);
    assert_true(open_as(t, &p, first, STORE_WRITE, &s));
    assert_true(store_begin(s, &t->e) && store_commit(s, &t->e));
    must_open(t, &p, second);
    for (int write = 0; write < 2; write++) {
        t->e = (struct err){0};
        assert_false(write ? store_begin(s, &t->e) : store_begin_read(s, &t->e));
        assert_int_equal(t->e.kind, ERR_ENV);
        assert_non_null(strstr(t->e.what, "a newer one, has brought these views forward"));
        assert_false(store_inside(s));
    }
    store_close(s);
    check_dump(t, &p, second, new);
    store_place_remove(&p);
}

static void a_failed_step_changes_nothing(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct store *s;
    store_place_make(&p);
    must_open(t, &p, first);
    assert_false(open_as(t, &p, broken, STORE_WRITE, &s));
    assert_int_equal(t->e.kind, ERR_ENV);
    check_dump(t, &p, first, old);
    assert_true(copy_is_there(&p) == !p.postgres);
    if (!p.postgres)
        assert_non_null(strstr(t->e.hint, "views.db.before"));
    must_open(t, &p, second); /* the copy of the failed attempt is in nobody's way */
    check_dump(t, &p, second, new);
    assert_false(copy_is_there(&p));
    store_place_remove(&p);
}

/* Made by another program under the same version, in a form that no step leads on from. */
static void views_of_before_are_made_anew(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct store *s;
    store_place_make(&p);
    must_open(t, &p, changed);
    assert_false(open_as(t, &p, anew, STORE_READ, &s));
    assert_false(open_as(t, &p, anew_broken, STORE_WRITE, &s));
    check_dump(t, &p, changed, "# schema_part\npair\t1\nstore\t1\n# zz_gone\n# zz_pair\nx\n");
    if (getenv("AKASHI_TEST_CITUS")) { /* whoever spread the tables makes them anew */
        assert_false(open_as(t, &p, anew, STORE_WRITE, &s));
        assert_int_equal(t->e.kind, ERR_ENV);
        store_place_remove(&p);
        return;
    }
    must_open(t, &p, anew);
    check_dump(t, &p, anew, new);
    assert_false(copy_is_there(&p)); /* of what nobody needs */
    must_open(t, &p, anew);
    check_dump(t, &p, anew, new);
    store_place_remove(&p);
}

static void killed_in_the_middle_the_old_one_is_there(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct store *s;
    int status;
    store_place_make(&p);
    must_open(t, &p, first);
    pid_t pid = fork();
    if (pid == 0)
        _exit(open_as(t, &p, endless, STORE_WRITE, &s));
    nanosleep(&(struct timespec){.tv_nsec = 400000000L}, NULL);
    kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    assert_true(WIFSIGNALED(status));
    check_dump(t, &p, first, old);
    /* The server notices that its client died only at the next word: pg_sleep goes on holding the lock. */
    if (!p.postgres) {
        must_open(t, &p, second);
        check_dump(t, &p, second, new);
    }
    store_place_remove(&p);
}

static void many_bring_it_forward_at_once(void **state) {
    struct testing *t = *state;
    struct store_place p;
    struct store *s;
    pid_t pids[6];
    int status;
    store_place_make(&p);
    must_open(t, &p, first);
    for (int i = 0; i < 6; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            bool ok = open_as(t, &p, second, STORE_WRITE, &s);
            if (!ok)
                fprintf(stderr, "%s: %s (%s)\n", t->e.where, t->e.what, t->e.hint);
            _exit(!ok);
        }
    }
    for (int i = 0; i < 6; i++) {
        while (waitpid(pids[i], &status, 0) < 0 && errno == EINTR)
            ;
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    check_dump(t, &p, second, new);
    assert_false(copy_is_there(&p));
    store_place_remove(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_never_made_is_no_fault),
        TEST(an_older_schema_is_brought_forward),
        TEST(a_newer_schema_is_refused),
        TEST(a_newer_program_beside_it),
        TEST(a_failed_step_changes_nothing),
        TEST(views_of_before_are_made_anew),
        TEST(killed_in_the_middle_the_old_one_is_there),
        TEST(many_bring_it_forward_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
