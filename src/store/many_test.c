/* SPDX-License-Identifier: Apache-2.0
 *
 * Many processes and threads on one store, and processes that die in the middle: nobody is told of a lock, nothing is
 * lost, nothing is half there.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "store/store_inner.h"
#include "store/store_testing.h"

static const struct store_schema schemas[] = {
    {"pair",
     1,
     {"CREATE TABLE zz_pair (side BIGINT PRIMARY KEY, n BIGINT NOT NULL, fill BYTEA);"
      "INSERT INTO zz_pair (side, n) VALUES (0, 0), (1, 0)",
      "CREATE TABLE zz_pair (side BIGINT PRIMARY KEY, n BIGINT NOT NULL, fill BYTEA);"
      "INSERT INTO zz_pair (side, n) VALUES (0, 0), (1, 0)"}},
    {"store",
     1,
     {"CREATE TABLE schema_part (name TEXT PRIMARY KEY, version BIGINT NOT NULL)",
      "CREATE TABLE schema_part (name TEXT COLLATE \"C\" PRIMARY KEY, version BIGINT NOT NULL)"}},
    {0}};
static const struct query
    q_more = {"more",
              0,
              {"UPDATE zz_pair SET n = n + 1 WHERE side = ?1", "UPDATE zz_pair SET n = n + 1 WHERE side = $1"}},
    q_see = {"see", 0, {"SELECT n FROM zz_pair WHERE side = ?1", "SELECT n FROM zz_pair WHERE side = $1"}},
    q_fill = {
        "fill", 0, {"UPDATE zz_pair SET fill = ?1 WHERE side = 0", "UPDATE zz_pair SET fill = $1 WHERE side = 0"}};
static struct query more, see, fill;
static _Atomic int *progress; /* of all processes: transactions done */

static int set_up(void **state) {
    (void)state;
    progress = mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(progress != MAP_FAILED);
    more = q_more, see = q_see, fill = q_fill;
    more.number = store_query_count;
    see.number = store_query_count + 1;
    fill.number = store_query_count + 2;
    return 0;
}

static bool open_it(struct ctx *c, const struct store_place *p, enum store_use use, struct store **s, struct err *e) {
    return store_open_schemas(c, str_of(p->where), use, schemas, s, e);
}

static bool add_one(struct store *s, struct err *e) {
    bool ok = store_begin(s, e);
    for (int side = 0; ok && side < 2; side++) {
        struct ask *q;
        ok = store_ask(s, &more, &q, e);
        if (ok)
            ask_int(q, 1, side);
        ok = ok && ask_run(q, e);
    }
    ok = ok && store_commit(s, e);
    if (!ok)
        store_rollback(s);
    return ok;
}

/* Both sides of one state. */
static bool read_both(struct store *s, int64_t n[2], struct err *e) {
    bool ok = store_begin_read(s, e), row = false;
    for (int side = 0; ok && side < 2; side++) {
        struct ask *q;
        ok = store_ask(s, &see, &q, e);
        if (ok)
            ask_int(q, 1, side);
        ok = ok && ask_step(q, &row, e) && row;
        n[side] = ok ? ask_col_int(q, 0) : -1;
    }
    store_end_read(s);
    return ok;
}

static void complain(const struct err *e) { fprintf(stderr, "%s: %s (%s)\n", e->where, e->what, e->hint); }

/* Opens, adds and closes again and again; 0 when all went well. */
static int writer(const struct store_place *p, int rounds, int each) {
    struct ctx c;
    struct err e = {0};
    ctx_init(&c);
    bool ok = true;
    for (int r = 0; ok && r < rounds; r++) {
        struct store *s;
        ok = open_it(&c, p, STORE_WRITE, &s, &e);
        for (int i = 0; ok && i < each; i++)
            ok = add_one(s, &e) && ++*progress;
        if (ok || s)
            store_close(s);
    }
    if (!ok)
        complain(&e);
    ctx_free(&c);
    return ok ? 0 : 1;
}
static int reader(const struct store_place *p, int rounds) {
    struct ctx c;
    struct err e = {0};
    struct store *s = NULL;
    int64_t n[2], before = 0;
    ctx_init(&c);
    bool ok = open_it(&c, p, STORE_READ, &s, &e);
    for (int i = 0; ok && i < rounds; i++) {
        ok = read_both(s, n, &e);
        if (ok && (n[0] != n[1] || n[0] < before)) {
            fprintf(stderr, "saw %lld and %lld after %lld\n", (long long)n[0], (long long)n[1], (long long)before);
            ok = false;
        }
        before = n[0];
    }
    if (!ok)
        complain(&e);
    store_close(s);
    ctx_free(&c);
    return ok ? 0 : 1;
}

static int ended(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static int64_t total(struct testing *t, const struct store_place *p, enum store_use use) {
    struct store *s;
    int64_t n[2] = {-1, -2};
    if (!open_it(&t->ctx, p, use, &s, &t->e) || !read_both(s, n, &t->e))
        fail_msg("%s: %s (%s)", t->e.where, t->e.what, t->e.hint);
    store_close(s);
    assert_true(n[0] == n[1]);
    return n[0];
}

static void processes_make_it_and_write_at_once(void **state) {
    struct testing *t = *state;
    struct store_place p;
    store_place_make(&p);
    pid_t pids[8];
    for (int i = 0; i < 8; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            _exit(writer(&p, 4, 10));
    }
    for (int i = 0; i < 8; i++)
        assert_int_equal(ended(pids[i]), 0);
    for (int i = 0; i < 4; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            _exit(i % 2 ? reader(&p, 100) : writer(&p, 4, 10));
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(ended(pids[i]), 0);
    assert_int_equal(total(t, &p, STORE_READ), 8 * 40 + 2 * 40);
    store_place_remove(&p);
}

/* All at the same moment, at a place where nothing is yet, and the last one to close while others open. */
static void the_first_moment_is_shared(void **state) {
    struct testing *t = *state;
    for (int round = 0; round < (store_testing_address() ? 2 : 12); round++) {
        struct store_place p;
        pid_t pids[10];
        int gate[2];
        char byte;
        store_place_make(&p);
        assert_int_equal(pipe(gate), 0);
        for (int i = 0; i < 10; i++) {
            pids[i] = fork();
            if (pids[i] == 0) {
                close(gate[1]);
                if (read(gate[0], &byte, 1) < 0)
                    _exit(9);
                _exit(writer(&p, 3, 1));
            }
        }
        close(gate[0]);
        close(gate[1]);
        for (int i = 0; i < 10; i++)
            assert_int_equal(ended(pids[i]), 0);
        assert_int_equal(total(t, &p, STORE_READ), 30);
        store_place_remove(&p);
    }
}

struct work {
    const struct store_place *p;
    bool reads;
    int code;
};
static void *thread(void *arg) {
    struct work *w = arg;
    w->code = w->reads ? reader(w->p, 200) : writer(w->p, 3, 25);
    return NULL;
}
static void threads_write_and_read_at_once(void **state) {
    struct testing *t = *state;
    struct store_place p;
    store_place_make(&p);
    assert_int_equal(writer(&p, 1, 1), 0);
    pthread_t threads[6];
    struct work work[6];
    for (int i = 0; i < 6; i++) {
        work[i] = (struct work){&p, i % 2, 1};
        assert_int_equal(pthread_create(&threads[i], NULL, thread, &work[i]), 0);
    }
    for (int i = 0; i < 6; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(work[i].code, 0);
    }
    assert_int_equal(total(t, &p, STORE_WRITE), 1 + 3 * 75);
    store_place_remove(&p);
}

static void a_killed_writer_leaves_whole_transactions(void **state) {
    struct testing *t = *state;
    struct store_place p;
    store_place_make(&p);
    assert_int_equal(writer(&p, 1, 1), 0);
    int64_t before = 1;
    srand(7);
    for (int i = 0; i < 20; i++) {
        *progress = 0;
        pid_t pid = fork();
        if (pid == 0)
            _exit(writer(&p, 1000, 30));
        for (int wait = 0; i % 4 && *progress < 2 && wait < 60000; wait++) /* one in four dies while it opens */
            nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        nanosleep(&(struct timespec){.tv_nsec = rand() % 20000 * 1000L}, NULL);
        kill(pid, SIGKILL);
        assert_int_equal(ended(pid), 100 + SIGKILL);
        int64_t now = total(t, &p, i % 2 ? STORE_READ : STORE_WRITE);
        assert_true(now >= before);
        before = now;
        assert_int_equal(writer(&p, 1, 1), 0);
        before++;
    }
    assert_true(before > 40);
    store_place_remove(&p);
}

/* ── a file in a place that fails ── */

static int as_nobody(const struct store_place *p, enum store_use use) {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 9;
    struct ctx c;
    struct err e = {0};
    struct store *s = NULL;
    int64_t n[2] = {0, 0};
    ctx_init(&c);
    bool ok = open_it(&c, p, use, &s, &e);
    ok = ok && (use == STORE_READ ? read_both(s, n, &e) && n[0] == 3 : add_one(s, &e));
    store_close(s);
    ctx_free(&c);
    return ok ? 0 : e.kind == ERR_ENV && e.hint[0] ? 1 : 2;
}
static void a_folder_that_may_only_be_read_is_read(void **state) {
    (void)state;
    struct store_place p;
    store_place_make(&p);
    if (p.postgres) {
        store_place_remove(&p);
        skip();
    }
    assert_int_equal(writer(&p, 1, 3), 0);
    chmod(p.where, 0444);
    chmod(p.folder, 0555);
    pid_t pid = fork();
    if (pid == 0)
        _exit(as_nobody(&p, STORE_READ));
    assert_int_equal(ended(pid), 0);
    pid = fork();
    if (pid == 0)
        _exit(as_nobody(&p, STORE_WRITE));
    assert_int_equal(ended(pid), 1);
    chmod(p.folder, 0755);
    store_place_remove(&p);
}

static int on_a_full_disk(const struct store_place *p) {
    struct ctx c;
    struct err e = {0};
    struct store *s = NULL;
    ctx_init(&c);
    bool ok = open_it(&c, p, STORE_WRITE, &s, &e);
    if (!ok)
        return 3;
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit most = {300 << 10, 300 << 10};
    setrlimit(RLIMIT_FSIZE, &most);
    char *block = calloc(1, 1 << 20);
    struct ask *q;
    for (int i = 0; ok && i < 3; i++) {
        ok = store_begin(s, &e) && store_ask(s, &fill, &q, &e);
        if (ok)
            ask_blob(q, 1, str_n(block, 1 << 20));
        ok = ok && ask_run(q, &e) && store_commit(s, &e);
    }
    free(block);
    int code = ok ? 4 : e.kind == ERR_ENV && e.hint[0] ? 0 : 5;
    int64_t n[2];
    if (code == 0 && (!read_both(s, n, &e) || n[0] != 3))
        code = 6;
    store_close(s);
    ctx_free(&c);
    return code;
}
static void a_full_disk_undoes_and_says_so(void **state) {
    struct testing *t = *state;
    struct store_place p;
    store_place_make(&p);
    if (p.postgres) {
        store_place_remove(&p);
        skip();
    }
    assert_int_equal(writer(&p, 1, 3), 0);
    pid_t pid = fork();
    if (pid == 0)
        _exit(on_a_full_disk(&p));
    assert_int_equal(ended(pid), 0);
    assert_int_equal(total(t, &p, STORE_READ), 3);
    assert_int_equal(writer(&p, 1, 3), 0);
    store_place_remove(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_first_moment_is_shared),
        TEST(processes_make_it_and_write_at_once),
        TEST(threads_write_and_read_at_once),
        TEST(a_killed_writer_leaves_whole_transactions),
        TEST(a_folder_that_may_only_be_read_is_read),
        TEST(a_full_disk_undoes_and_says_so),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
