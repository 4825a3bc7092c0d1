/* SPDX-License-Identifier: Apache-2.0
 *
 * Puts, finishes, collects and repairs while the disk fails, fills up, loses renames, or the machine stops, at every
 * call that writes. What a sync acknowledged is there afterwards, the archive is whole, and it goes on working.
 */
#include <errno.h>
#include <sys/mman.h>

#include "archive/testing.h"
#include "base/disk.h"

enum { HELD = 0, ERASED = 4 };
enum { BODIES = 7, MANY = 3 /* put at once */, WRITES_MOST = 256 };
/* First what takes a process of its own: as long as this one is small, they are soon made. */
enum mode { FAIL_KILL, FAIL_POWER, FAIL_EIO, FAIL_FULL, FAIL_SHORT, FAIL_LOST, MODES };
static const char *const mode_names[MODES] = {"kill", "power loss", "EIO", "ENOSPC", "short write", "lost rename"};

struct write_seen {
    int fd;
    uint64_t at, n;
};
struct trouble {
    enum mode mode;
    unsigned at, calls; /* which call; how many so far */
    uint64_t chance;
    struct write_seen writes[WRITES_MOST]; /* not synced */
    unsigned n_writes;
};

static uint64_t next_random(struct trouble *t) {
    t->chance = t->chance * 6364136223846793005u + 1442695040888963407u;
    return t->chance >> 33;
}

/* What was not synced is there in any part: each write whole, as zeros, half, or (the last of a file) not at all. */
static void lose_power(struct trouble *t) {
    char zeros[4096] = {0};
    for (unsigned i = 0; i < t->n_writes; i++) {
        const struct write_seen *w = &t->writes[i];
        uint64_t from = w->at, n = w->n;
        switch (next_random(t) % 4) {
        case 0: continue;
        case 1: break;
        case 2: from += n / 2, n -= n / 2; break;
        default:
            if (ftruncate(w->fd, (off_t)(w->at + n / 3)) != 0)
                _exit(3);
            continue;
        }
        for (uint64_t at = from; at < from + n; at += sizeof zeros) {
            size_t part = from + n - at < sizeof zeros ? (size_t)(from + n - at) : sizeof zeros;
            struct stat st;
            if (fstat(w->fd, &st) == 0 && (uint64_t)st.st_size >= at + part &&
                pwrite(w->fd, zeros, part, (off_t)at) != (ssize_t)part)
                _exit(3);
        }
    }
}

static int before(void *of, struct disk_op *op) {
    struct trouble *t = of;
    bool now = ++t->calls == t->at;
    if (now && t->mode == FAIL_POWER)
        lose_power(t);
    if (now && (t->mode == FAIL_POWER || t->mode == FAIL_KILL)) {
        if (op->call == DISK_WRITE && t->mode == FAIL_KILL && pwrite(op->fd, op->bytes, op->n / 2, (off_t)op->at) < 0)
            _exit(3);
        _exit(0);
    }
    if (op->call == DISK_WRITE && t->n_writes < WRITES_MOST)
        t->writes[t->n_writes++] = (struct write_seen){op->fd, op->at, op->n};
    if (op->call == DISK_SYNC || op->call == DISK_SYNC_ALL) {
        unsigned kept = 0;
        for (unsigned i = 0; i < t->n_writes; i++)
            if (t->writes[i].fd != op->fd)
                t->writes[kept++] = t->writes[i];
        t->n_writes = kept;
    }
    if (!now)
        return 0;
    if (t->mode == FAIL_LOST)
        return op->call == DISK_RENAME ? DISK_LOST : 0;
    if (t->mode == FAIL_SHORT && op->call == DISK_WRITE)
        op->n /= 2;
    return t->mode == FAIL_EIO ? EIO : ENOSPC;
}

struct shared {
    bool acknowledged[BODIES + MANY];
    bool done, held, erased;
    unsigned calls;
};

/* Made once: thousands of runs need them. */
static str bodies[BODIES + MANY];

static void make_bodies(struct testing *t) {
    static const size_t sizes[BODIES + MANY] = {100, 30000, 300000, 5000, 90000, 700, 200000, 60000, 100000, 900};
    for (int i = 0; i < BODIES + MANY; i++)
        bodies[i] = noise(t->a, sizes[i], 100 + (uint64_t)i);
}

static bool needed(void *arg, const struct body_name *name) {
    struct body_name *dead = arg;
    return memcmp(dead->b, name->b, 32) != 0;
}

/* One step; on failure the archive is opened anew and the step done again. False: not even then. */
typedef bool step_fn(struct archive *a, int i, struct err *e);

static bool put_step(struct archive *a, int i, struct err *e) {
    struct body_name name;
    return archive_put(a, bodies[i], &name, e) && archive_sync(a, e);
}
static bool many_step(struct archive *a, int i, struct err *e) {
    struct archive_item items[MANY] = {0};
    (void)i;
    for (int k = 0; k < MANY; k++)
        items[k].bytes = bodies[BODIES + k];
    return archive_put_many(a, items, MANY, e) && archive_sync(a, e);
}
static bool finish_step(struct archive *a, int i, struct err *e) {
    (void)i;
    return archive_finish(a, e);
}
static bool collect_step(struct archive *a, int i, struct err *e) {
    struct body_name dead;
    digest_of(DIGEST_SHA256, bodies[i], dead.b);
    struct archive_gc g = {.is_needed = needed, .arg = &dead};
    return archive_gc(a, &g, e);
}
static bool repair_step(struct archive *a, int i, struct err *e) {
    (void)i;
    struct archive_repair r = {0};
    return archive_repair(a, &r, e);
}

static struct body_name name_of(int i) {
    struct body_name name;
    digest_of(DIGEST_SHA256, bodies[i], name.b);
    return name;
}
static bool hold_step(struct archive *a, int i, struct err *e) {
    const struct archive_root root = {.name = name_of(i), .until = (int64_t)1 << 33, .label = S("held")};
    return archive_root_add(a, &root, e);
}
/* Done again after a failure, it may find its work done. */
static bool erase_step(struct archive *a, int i, struct err *e) {
    struct archive_erase x = {.name = name_of(i)};
    return !archive_has(a, &x.name) || archive_erase(a, &x, e);
}

static bool do_step(struct testing *t, str folder, struct archive **a, step_fn *step, int i) {
    struct archive_options o = {0};
    for (int turn = 0; turn < 3; turn++) {
        if (!*a && !archive_open(&t->ctx, folder, &o, a, &t->e))
            continue;
        if (step(*a, i, &t->e) || (turn == 0 && step(*a, i, &t->e)))
            return true;
        archive_close(*a);
        *a = NULL;
    }
    return false;
}

static bool scenario(struct testing *t, str folder, struct shared *s) {
    struct archive *a = NULL;
    bool ok = true;
    for (int i = 0; ok && i < 4; i++)
        s->acknowledged[i] = ok = do_step(t, folder, &a, put_step, i);
    ok = ok && do_step(t, folder, &a, finish_step, 0);
    for (int i = 4; ok && i < BODIES; i++)
        s->acknowledged[i] = ok = do_step(t, folder, &a, put_step, i);
    ok = ok && do_step(t, folder, &a, many_step, 0);
    for (int i = BODIES; i < BODIES + MANY; i++)
        s->acknowledged[i] = ok;
    s->acknowledged[2] = false; /* may go from here on */
    ok = ok && do_step(t, folder, &a, collect_step, 2) && do_step(t, folder, &a, repair_step, 0);
    s->held = ok = ok && do_step(t, folder, &a, hold_step, HELD);
    s->acknowledged[ERASED] = false;
    s->erased = ok = ok && do_step(t, folder, &a, erase_step, ERASED);
    archive_close(a);
    return ok;
}

static void print_fault(void *arg, const struct archive_fault *f) {
    (void)arg;
    print_message("%.*s@%llu: %s\n", STR_ARG(f->where), (unsigned long long)f->offset, f->what);
}

/* Afterwards, with a disk that works. */
static void look_after(struct testing *t, str folder, const struct shared *s, const char *what, unsigned at) {
    struct body_name name;
    struct archive_check k = {.sample = 100, .fault = print_fault};
    str got;
    struct archive *a = open_one(t, folder, NULL);
    if (!archive_put(a, S("afterwards"), &name, &t->e) || !archive_sync(a, &t->e))
        fail_msg("%s at call %u: nothing can be put any more: %s", what, at, t->e.what);
    for (int i = 0; i < BODIES + MANY; i++) {
        str want = bodies[i];
        digest_of(DIGEST_SHA256, want, name.b);
        if (s->acknowledged[i] && (!archive_get(a, t->a, &name, &got, &t->e) || !str_eq(got, want)))
            fail_msg("%s at call %u: body %d was acknowledged and is lost: %s", what, at, i, t->e.what);
    }
    struct archive_erase held = {.name = name_of(HELD), .dry = true};
    if (s->held && archive_erase(a, &held, &t->e))
        fail_msg("%s at call %u: what was held may go", what, at);
    name = name_of(ERASED);
    if (s->erased && archive_has(a, &name))
        fail_msg("%s at call %u: what was erased is there", what, at);
    if (!archive_check(a, &k, &t->e) || k.faults)
        fail_msg("%s at call %u: %llu faults", what, at, (unsigned long long)k.faults);
    archive_close(a);
}

/* Another part of what was not synced is lost with each. */
static uint64_t chance(void) {
    const char *given = getenv("AKASHI_TEST_CHANCE");
    return given ? strtoull(given, NULL, 10) * 1000003 : 0;
}

static void one_run(struct testing *t, struct shared *s, enum mode mode, unsigned at) {
    struct trouble trouble = {.mode = mode, .at = at, .chance = at * 77u + mode + chance()};
    struct disk_faults faults = {before, &trouble};
    str folder = scratch(t);
    *s = (struct shared){0};
    if (mode == FAIL_KILL || mode == FAIL_POWER) {
        int status = 0;
        pid_t child = fork();
        if (child == 0) {
            t->ctx.faults = &faults;
            s->done = scenario(t, folder, s);
            _exit(s->done ? 0 : 2);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            fail_msg("%s at call %u: status %d", mode_names[mode], at, status);
    } else {
        t->ctx.faults = &faults;
        s->done = scenario(t, folder, s);
        t->ctx.faults = NULL;
        if (!s->done)
            fail_msg("%s at call %u: it does not go on: %s: %s", mode_names[mode], at, t->e.where, t->e.what);
    }
    s->calls = trouble.calls;
    look_after(t, folder, s, mode_names[mode], at);
    drop(t, folder);
}

static void nothing_acknowledged_is_lost(void **state) {
    struct testing *t = *state;
    struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(s != MAP_FAILED);
    make_bodies(t);
    t->ctx.quiet = true;
    t->ctx.threads = 1; /* the same calls in the same order each time */
    one_run(t, s, FAIL_EIO, 0);
    unsigned calls = s->calls;
    assert_true(calls > 30);
    for (int mode = 0; mode < MODES; mode++)
        for (unsigned at = 1; at <= calls; at++) {
            struct arena_mark m = arena_mark(t->a);
            one_run(t, s, (enum mode)mode, at);
            arena_reset(t->a, m);
        }
    munmap(s, sizeof *s);
}

int main(void) {
    /* Memory where there is some: thousands of files come and go. */
    if (access("/dev/shm", W_OK) == 0 && setenv("TMPDIR", "/dev/shm", 1) != 0)
        return 1;
    const struct CMUnitTest tests[] = {TEST(nothing_acknowledged_is_lost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
