/* SPDX-License-Identifier: Apache-2.0
 *
 * Faults at each call of the file layer while a log is appended to, settled, opened: errors, short writes, renames that
 * do not happen, and power that fails, where whatever was not synced is lost in parts. Afterwards nothing acknowledged
 * is missing, the check finds nothing, and appending goes on.
 */
#include <errno.h>
#include <sys/wait.h>

#include "seal/log_testing.h"

/* ── a disk whose power can fail ── */

enum { KEPT_MOST = 4096 };
/* How to undo one call that is not synced yet. */
struct undo {
    enum disk_call call;
    char path[300], to[300];
    uint64_t at, size; /* of a write: place and former size of the file; of a truncate: former size */
    char *before;      /* former bytes; of a rename: the former target, or NULL */
    size_t n;
};
enum fault { FAULT_NONE, FAULT_EIO, FAULT_ENOSPC, FAULT_SHORT, FAULT_LOST, FAULT_KILL, FAULT_POWER };
struct disk_test {
    enum fault fault;
    int at, seen, slots; /* the fault comes at call number `at` */
    unsigned seed;
    struct undo *kept;
    size_t n;
};

static char *slurp(const char *path, size_t *n) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        return NULL;
    char *p = malloc((size_t)st.st_size + 1);
    *n = 0;
    if (p && read(fd, p, (size_t)st.st_size) == st.st_size)
        *n = (size_t)st.st_size;
    close(fd);
    return p;
}
static void spit(const char *path, const char *p, size_t n) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0) {
        (void)!write(fd, p, n);
        close(fd);
    }
}

static void remember(struct disk_test *d, const struct disk_op *op) {
    struct undo *u = &d->kept[d->n];
    struct stat st;
    if (d->n == KEPT_MOST)
        return;
    *u = (struct undo){.call = op->call, .at = op->at, .n = op->n};
    snprintf(u->path, sizeof u->path, "%s", op->path);
    snprintf(u->to, sizeof u->to, "%s", op->to ? op->to : "");
    if (op->call == DISK_WRITE || op->call == DISK_TRUNCATE) {
        if (fstat(op->fd, &st) != 0)
            return;
        u->size = (uint64_t)st.st_size;
        if (op->call == DISK_TRUNCATE)
            u->n = u->size > op->at ? u->size - op->at : 0;
        u->before = calloc(1, u->n + 1);
        (void)!pread(op->fd, u->before, u->n, (off_t)op->at);
    } else if (op->call == DISK_RENAME)
        u->before = slurp(op->to, &u->n);
    d->n++;
}
/* A synced file keeps what it has; so does, with all, everything. */
static void forget(struct disk_test *d, const char *path) {
    size_t kept = 0;
    for (size_t i = 0; i < d->n; i++) {
        bool same = !path || ((d->kept[i].call == DISK_WRITE || d->kept[i].call == DISK_TRUNCATE) &&
                              strcmp(d->kept[i].path, path) == 0);
        if (same)
            free(d->kept[i].before);
        else
            d->kept[kept++] = d->kept[i];
    }
    d->n = kept;
}
/* From the newest on, each unsynced call is undone, left, or (a write) left by halves. */
static void power_fails(struct disk_test *d) {
    while (d->n) {
        struct undo *u = &d->kept[--d->n];
        int how = rand_r(&d->seed) % 3;
        if (how == 0 || (how == 1 && u->call != DISK_WRITE))
            continue;
        int fd = u->call == DISK_RENAME ? -1 : open(u->path, O_RDWR | O_CLOEXEC);
        if (u->call == DISK_RENAME) {
            rename(u->to, u->path);
            if (u->before)
                spit(u->to, u->before, u->n);
        } else if (fd >= 0 && u->call == DISK_WRITE) {
            size_t lost = how == 1 ? u->n / 2 : u->n;
            (void)!pwrite(fd, u->before + (u->n - lost), lost, (off_t)(u->at + u->n - lost));
            if (how == 2 && u->at + u->n > u->size)
                (void)!ftruncate(fd, (off_t)u->size);
        } else if (fd >= 0 && u->call == DISK_TRUNCATE && u->size > u->at)
            (void)!pwrite(fd, u->before, u->n, (off_t)u->at);
        if (fd >= 0)
            close(fd);
    }
}

static int before(void *of, struct disk_op *op) {
    struct disk_test *d = of;
    bool stored = str_find(str_of(op->path), S("/store/")) != STR_NONE;
    /* The store answers for its own names. */
    if (d->fault == FAULT_LOST && (op->call != DISK_RENAME || stored))
        return 0;
    /* Filling the table of digests and the store are most of the calls and always the same: one in sixteen counts. */
    bool same = (stored || (op->call == DISK_WRITE && str_ends(str_of(op->path), S("/find")))) && d->slots++ % 16;
    bool now = !same && d->seen++ == d->at;
    if (now && (d->fault == FAULT_KILL || d->fault == FAULT_POWER)) {
        if (op->call == DISK_WRITE && op->n > 1 && d->seed % 2) { /* in the middle of it */
            remember(d, op);
            (void)!pwrite(op->fd, op->bytes, op->n / 2, (off_t)op->at);
        }
        if (d->fault == FAULT_POWER)
            power_fails(d);
        _exit(99);
    }
    if (now && d->fault == FAULT_SHORT && op->call == DISK_WRITE) {
        op->n /= 2;
        return ENOSPC;
    }
    if (now && d->fault == FAULT_LOST && op->call == DISK_RENAME)
        return DISK_LOST;
    if (now && (d->fault == FAULT_EIO || d->fault == FAULT_ENOSPC)) {
        op->n = 0;
        return d->fault == FAULT_EIO ? EIO : ENOSPC;
    }
    if (d->fault != FAULT_POWER)
        return 0;
    if (op->call == DISK_SYNC)
        forget(d, op->path);
    else if (op->call == DISK_SYNC_ALL)
        forget(d, NULL);
    else if (op->call == DISK_WRITE || op->call == DISK_TRUNCATE || op->call == DISK_RENAME)
        remember(d, op);
    return 0;
}

/* ── what is done meanwhile, and what holds afterwards ── */

enum { ROUNDS = 5 };
static const uint32_t rounds[ROUNDS] = {1, 3, 260, 2, 30};

/* Appends, settles in between, opens anew; writes each acknowledgement to the pipe. */
static void work(struct testing *t, struct test_log *x, int acknowledged) {
    struct log *l = NULL;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        if (!l && !log_open(&t->ctx, str_of(x->home), &x->store, x->key, &l, &t->e))
            continue;
        uint64_t first = 0;
        if (test_append(l, t->a, i * 1000, rounds[i], false, &first, &t->e)) {
            uint64_t said[2] = {i, first};
            assert_int_equal(write(acknowledged, said, sizeof said), (ssize_t)sizeof said);
        }
        if (i % 2 == 1)
            (void)!log_settle(l, &t->e);
        if (i % 2 == 0) {
            log_close(l);
            l = NULL;
        }
    }
    log_close(l);
}

static void told(void *arg, const struct log_fault *f) {
    (void)arg;
    fprintf(stderr, "# %.*s %llu: %s\n", STR_ARG(f->where), (unsigned long long)f->index, f->what);
}

static void holds(struct testing *t, struct test_log *x, int acknowledged, const char *what) {
    struct log *l = test_log_open(t, x);
    uint64_t said[2], size = test_log_whole(t, l), faults;
    while (read(acknowledged, said, sizeof said) == (ssize_t)sizeof said)
        for (uint64_t i = 0; i < rounds[said[0]]; i++) {
            struct log_entry entry;
            str envelope;
            if (said[1] + i >= size || !log_entry(l, t->a, said[1] + i, &entry, &t->e) ||
                !log_envelope(l, t->a, &entry, &envelope, &t->e) ||
                !str_eq(envelope, test_envelope(t->a, said[0] * 1000 + i)))
                fail_msg("%s: entry %llu was acknowledged and is not there", what, (unsigned long long)(said[1] + i));
        }
    if (!test_append(l, t->a, 77000, 2, false, NULL, &t->e))
        fail_msg("%s: cannot append: %s: %s", what, t->e.where, t->e.what);
    log_close(l);
    l = test_log_open(t, x);
    assert_int_equal(test_log_whole(t, l), size + 2);
    log_close(l);
    if (!log_check(&t->ctx, str_of(x->home), &x->store, &x->vkey, told, NULL, &faults, &t->e) || faults)
        fail_msg("%s: %llu faults", what, (unsigned long long)faults);
}

/* In a child, so that it can end in the middle; true when the fault never came since there are fewer calls. */
static bool one(struct testing *t, enum fault fault, int at, unsigned seed) {
    struct test_log x;
    char what[100];
    int pipe_fd[2], status;
    snprintf(what, sizeof what, "fault %d at call %d, seed %u", (int)fault, at, seed);
    test_log_make(t, &x, test_base());
    assert_int_equal(pipe(pipe_fd), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct disk_test d = {.fault = fault, .at = at, .seed = seed};
        d.kept = calloc(KEPT_MOST, sizeof *d.kept);
        struct disk_faults faults = {before, &d};
        t->ctx.faults = &faults;
        work(t, &x, pipe_fd[1]);
        _exit(d.seen > at ? 0 : 1);
    }
    close(pipe_fd[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code != 0 && code != 1 && code != 99)
        fail_msg("%s: the child ended with %d", what, status);
    if (fault == FAULT_POWER || fault == FAULT_LOST)
        test_log_cold(&x);
    holds(t, &x, pipe_fd[0], what);
    close(pipe_fd[0]);
    test_log_drop(&x);
    return code == 1;
}

static void at_each_call(struct testing *t, enum fault fault, int step) {
    int calls = 0;
    for (bool over = false; !over; calls += step) {
        struct arena_mark m = arena_mark(t->a);
        over = one(t, fault, calls, (unsigned)calls);
        arena_reset(t->a, m);
    }
    assert_true(calls > (fault == FAULT_LOST ? 10 : 50));
}
/* AKASHI_FAULTS_ALL: at each call; else at some of them. */
static int step(void) { return getenv("AKASHI_FAULTS_ALL") ? 1 : 17; }

static void errors(void **state) { at_each_call(*state, FAULT_EIO, step()); }
static void no_space(void **state) { at_each_call(*state, FAULT_ENOSPC, step()); }
static void short_writes(void **state) { at_each_call(*state, FAULT_SHORT, step()); }
static void killed(void **state) { at_each_call(*state, FAULT_KILL, step()); }
static void power(void **state) { at_each_call(*state, FAULT_POWER, step()); }
static void lost_renames(void **state) { at_each_call(*state, FAULT_LOST, getenv("AKASHI_FAULTS_ALL") ? 1 : 3); }

/* A write that failed in the middle is cut back at once, also when nobody opens the log anew in between: the next
 * record lies where it began, whatever of the failed one had reached the disk. */
static int half_a_record(void *of, struct disk_op *op) {
    int *left = of;
    if (op->call != DISK_WRITE || !str_ends(str_of(op->path), S("/journal")) || (*left)-- != 0)
        return 0;
    op->n -= 7;
    return EIO;
}
static void a_failed_write_is_cut_back(void **state) {
    struct testing *t = *state;
    struct test_log x;
    struct stat before, after;
    int left = 1;
    struct disk_faults faults = {half_a_record, &left};
    test_log_make(t, &x, test_base());
    struct log *l = test_log_open(t, &x);
    str journal = path_join(t->a, str_of(x.home), S("append/journal"));
    t->ctx.faults = &faults;
    assert_true(test_append(l, t->a, 0, 3, false, NULL, &t->e));
    assert_int_equal(stat(arena_cstr(t->a, journal), &before), 0);
    assert_false(test_append(l, t->a, 1000, 3, false, NULL, &t->e));
    t->ctx.faults = NULL;
    assert_int_equal(stat(arena_cstr(t->a, journal), &after), 0);
    assert_int_equal(after.st_size, before.st_size);
    assert_true(test_append(l, t->a, 2000, 1, false, NULL, &t->e));
    log_close(l);
    l = test_log_open(t, &x);
    assert_int_equal(test_log_whole(t, l), 4);
    log_close(l);
    test_log_drop(&x);
}

/* Entries that are acknowledged and have no tiles yet: who reads them is told why. */
static int no_tiles(void *of, struct disk_op *op) {
    (void)of;
    return op->call == DISK_WRITE && str_find(str_of(op->path), S("/log/tile/")) != STR_NONE ? ENOSPC : 0;
}
static void no_room_for_tiles(void **state) {
    struct testing *t = *state;
    struct test_log x;
    struct log_entry entry;
    struct disk_faults faults = {no_tiles, NULL};
    test_log_make(t, &x, test_base());
    struct log *l = test_log_open(t, &x);
    uint64_t first;
    t->ctx.faults = &faults;
    assert_true(test_append(l, t->a, 0, 3, false, &first, &t->e));
    assert_false(log_entry(l, t->a, first, &entry, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_true(str_ends(str_of(t->e.where), S("/log")));
    assert_non_null(strstr(t->e.what, strerror(ENOSPC)));
    assert_false(test_append(l, t->a, 1000, 1, false, NULL, &t->e));
    t->ctx.faults = NULL;
    assert_true(test_append(l, t->a, 1000, 1, false, NULL, &t->e));
    assert_true(log_entry(l, t->a, first, &entry, &t->e));
    assert_int_equal(test_log_whole(t, l), first + 4);
    log_close(l);
    test_log_drop(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(errors),
                                       TEST(no_space),
                                       TEST(short_writes),
                                       TEST(killed),
                                       TEST(power),
                                       TEST(lost_renames),
                                       TEST(a_failed_write_is_cut_back),
                                       TEST(no_room_for_tiles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
