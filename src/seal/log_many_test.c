/* SPDX-License-Identifier: Apache-2.0
 *
 * Many writers: threads of several processes at once, and processes killed at any moment.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "seal/log_testing.h"

enum { PROCESSES = 4, THREADS = 4, APPENDS = 25 };

struct writer {
    struct testing *t;
    struct log *log;
    uint64_t base;
    int out;
};
/* Each append brings two entries; what was acknowledged is written down: number of the first envelope, its index. */
static void *write_some(void *arg) {
    struct writer *w = arg;
    struct arena *a = arena_new();
    struct err e = {0};
    for (uint64_t i = 0; i < APPENDS; i++) {
        uint64_t said[2] = {w->base + 2 * i};
        if (!test_append(w->log, a, said[0], 2, i % 3 == 0, &said[1], &e) ||
            write(w->out, said, sizeof said) != (ssize_t)sizeof said)
            _exit(3);
    }
    arena_free(a);
    return NULL;
}

static void one_process(struct testing *t, struct test_log *x, uint64_t number, int out) {
    struct writer w[THREADS];
    pthread_t threads[THREADS];
    struct log *l;
    if (!log_open(&t->ctx, str_of(x->home), &x->store, x->key, &l, &t->e))
        _exit(2);
    for (uint64_t i = 0; i < THREADS; i++) {
        w[i] = (struct writer){t, l, (number * THREADS + i) * 1000, out};
        if (pthread_create(&threads[i], NULL, write_some, &w[i]) != 0)
            _exit(4);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    if (number == 0 && !log_settle(l, &t->e))
        _exit(5);
    log_close(l);
    _exit(0);
}

static void told(void *arg, const struct log_fault *f) {
    (void)arg;
    fprintf(stderr, "# %.*s %llu: %s\n", STR_ARG(f->where), (unsigned long long)f->index, f->what);
}
static void check_clean(struct testing *t, struct test_log *x) {
    uint64_t faults;
    assert_true(log_check(&t->ctx, str_of(x->home), &x->store, &x->vkey, told, NULL, &faults, &t->e));
    assert_int_equal(faults, 0);
}

static uint32_t acknowledged_are_there(struct testing *t, struct log *l, int in, uint32_t at_once) {
    uint64_t said[2];
    uint32_t n = 0;
    for (; read(in, said, sizeof said) == (ssize_t)sizeof said; n++)
        for (uint32_t i = 0; i < at_once; i++) {
            struct arena_mark m = arena_mark(t->a);
            struct log_entry entry;
            str envelope;
            if (!log_entry(l, t->a, said[1] + i, &entry, &t->e) || !log_envelope(l, t->a, &entry, &envelope, &t->e) ||
                !str_eq(envelope, test_envelope(t->a, said[0] + i)))
                fail_msg("envelope %llu was acknowledged as entry %llu and is not there",
                         (unsigned long long)(said[0] + i), (unsigned long long)(said[1] + i));
            arena_reset(t->a, m);
        }
    return n;
}

static void processes_and_threads(void **state) {
    struct testing *t = *state;
    struct test_log x;
    int fds[2], status;
    test_log_make(t, &x, test_base());
    assert_int_equal(pipe(fds), 0);
    assert_true(fcntl(fds[1], F_SETPIPE_SZ, 1 << 17) > 0);
    for (uint64_t p = 0; p < PROCESSES; p++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            one_process(t, &x, p, fds[1]);
    }
    close(fds[1]);
    for (int p = 0; p < PROCESSES; p++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    struct log *l = test_log_open(t, &x);
    assert_int_equal(acknowledged_are_there(t, l, fds[0], 2), PROCESSES * THREADS * APPENDS);
    assert_int_equal(test_log_whole(t, l), 2 * PROCESSES * THREADS * APPENDS);
    log_close(l);
    close(fds[0]);
    check_clean(t, &x);
    test_log_drop(&x);
}

/* ── killed at any moment ── */

static void append_until_killed(struct testing *t, struct test_log *x, uint64_t base, int out) {
    struct log *l;
    if (!log_open(&t->ctx, str_of(x->home), &x->store, x->key, &l, &t->e))
        _exit(2);
    for (uint64_t i = 0;; i += 3) {
        struct arena *a = arena_new();
        uint64_t said[2] = {base + i};
        if (!test_append(l, a, said[0], 3, false, &said[1], &t->e) || write(out, said, sizeof said) < 0)
            _exit(3);
        if (i % 60 == 57 && !log_settle(l, &t->e))
            _exit(4);
        arena_free(a);
    }
}

/* Two writers; one is killed after a while of its own, now and then both. AKASHI_KILLS says how often. */
static void killed(void **state) {
    struct testing *t = *state;
    const char *wanted = getenv("AKASHI_KILLS");
    int kills = wanted ? atoi(wanted) : 40, fds[2], status;
    struct test_log x;
    struct timespec began, now;
    unsigned seed = 7;
    test_log_make(t, &x, test_base());
    clock_gettime(CLOCK_MONOTONIC, &began);
    uint32_t seen = 0;
    for (int k = 0; k < kills; k++) {
        assert_int_equal(pipe(fds), 0);
        assert_true(fcntl(fds[1], F_SETPIPE_SZ, 1 << 17) > 0);
        pid_t child[2];
        for (int i = 0; i < 2; i++) {
            child[i] = fork();
            assert_true(child[i] >= 0);
            if (child[i] == 0)
                append_until_killed(t, &x, (uint64_t)(2 * k + i) * 1000000, fds[1]);
        }
        close(fds[1]);
        if (k % 4 == 0) /* not before something was acknowledged, however long that takes here */
            assert_int_equal(poll(&(struct pollfd){.fd = fds[0], .events = POLLIN}, 1, 60000), 1);
        struct timespec nap = {0, 2000000 + rand_r(&seed) % 30000000};
        nanosleep(&nap, NULL);
        kill(child[0], SIGKILL);
        nap.tv_nsec = 1000000 + rand_r(&seed) % 8000000;
        nanosleep(&nap, NULL);
        kill(child[1], SIGKILL);
        for (int i = 0; i < 2; i++) {
            assert_int_equal(waitpid(child[i], &status, 0), child[i]);
            assert_true(WIFSIGNALED(status));
        }
        struct log *l = test_log_open(t, &x);
        seen += acknowledged_are_there(t, l, fds[0], 3);
        close(fds[0]);
        if (k % 20 == 19) {
            test_log_whole(t, l);
            check_clean(t, &x);
        }
        log_close(l);
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (!wanted && now.tv_sec - began.tv_sec > 50)
            break;
    }
    assert_true(seen > 0);
    struct log *l = test_log_open(t, &x);
    test_log_whole(t, l);
    log_close(l);
    check_clean(t, &x);
    test_log_drop(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(processes_and_threads), TEST(killed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
