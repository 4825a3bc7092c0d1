/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/pool.h"
#include "node/notify_outbox.h"

/* Each subscriber's notices go out one after the other, different subscribers' beside each other: who answers slowly,
 * or not at all, keeps nobody else waiting. So many at a time; a lane that has nothing to do looks again after a second
 * as long as another is busy, and leaves a subscriber after so many notices for the next one. */
enum { LANES_MOST = 16, TURN_MOST = 64, LOOK_SECONDS = 1 };

/* ── whose turn it is ── */

static bool is_among(const str *list, uint32_t n, str subscriber) {
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(list[i], subscriber))
            return true;
    return false;
}
static bool may_be_asked(const struct pass *p, str subscriber) {
    return !is_among(p->served.v, p->served.n, subscriber) && !is_among(p->missed.v, p->missed.n, subscriber);
}

/* Those for whom something waits: when the first of it may go out. */
struct waiting {
    str subscriber;
    int64_t due;
};
VEC_NAMED(waitings, struct waiting);

static bool who_waits(struct pass *p, struct arena *a, struct waitings *out, struct err *e) {
    static const char sql[] =
        "SELECT n.subscriber, max(n.due, coalesce(r.quiet, 0)) FROM notice n LEFT JOIN receiver r USING (subscriber) "
        "WHERE n.state = 0 AND n.subscriber > ?1 ORDER BY n.subscriber, n.due LIMIT 1";
    struct stmt *s;
    bool row = true;
    str last = S("");
    *out = (struct waitings){0};
    while (row) {
        if (!db_stmt(p->o->db, sql, &s, e))
            return false;
        stmt_text(s, 1, last);
        if (!stmt_step(s, &row, e))
            return false;
        if (row) {
            last = arena_str(a, stmt_col_text(s, 0));
            *vec_push(a, out) = (struct waiting){last, stmt_col_int(s, 1)};
        }
        stmt_reset(s);
    }
    return true;
}

/* A receiver that is mended while others are waited for is asked where it is now. */
static void look_again(struct pass *p, struct arena *a) {
    struct subscriptions *fresh;
    struct err faulty = {0}; /* somebody is writing it: those of before are as good as any */
    if (!p->subs->version || p->subs->version == subscriptions_version(p->o->ctx, a, p->subs->home))
        return;
    fresh = arena_new_of(p->a, struct subscriptions);
    if (subscriptions_read(p->o->ctx, p->a, p->subs->home, fresh, &faulty))
        p->subs = fresh;
}

static bool take_turn(struct pass *p, struct arena *a, str *subscriber, struct err *e) {
    struct waitings all;
    int64_t now = pass_now(p);
    *subscriber = (str){0};
    look_again(p, a);
    if (p->gathered != now && !outbox_gather(p, e))
        return false;
    p->gathered = now;
    if (!who_waits(p, a, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n && !subscriber->p; i++) {
        const struct waiting *w = &all.v[(p->turn + i) % all.n];
        if (w->due <= now && may_be_asked(p, w->subscriber)) {
            *subscriber = w->subscriber;
            p->turn = (p->turn + i + 1) % all.n;
        }
    }
    return true;
}

/* ── lanes ── */

static bool next_row(struct lane *l, str subscriber, bool *found, struct err *e) {
    static const char sql[] = "SELECT " OUTBOX_COLUMNS
                              " FROM notice WHERE state = 0 AND subscriber = ?1 AND due <= ?2 ORDER BY due, id LIMIT 1";
    struct stmt *s;
    *found = false;
    if (!db_stmt(l->p->o->db, sql, &s, e))
        return false;
    stmt_text(s, 1, subscriber);
    stmt_int(s, 2, pass_now(l->p));
    bool ok = stmt_step(s, found, e);
    if (ok && *found)
        l->row = outbox_row_of(l->a, s);
    stmt_reset(s);
    return ok;
}

static bool is_over(const struct pass *p) { return p->failed || ctx_ending(p->o->ctx); }

static bool serve(struct lane *l, str subscriber, struct err *e) {
    bool found = true, quiet = false;
    for (int i = 0; i < TURN_MOST && found && !quiet && !is_over(l->p); i++) {
        struct arena_mark m = arena_mark(l->a);
        if (!next_row(l, subscriber, &found, e) || (found && !outbox_attempt(l, &quiet, e)))
            return false;
        arena_reset(l->a, m);
    }
    if (quiet)
        *vec_push(l->p->a, &l->p->missed) = arena_str(l->p->a, subscriber);
    return true;
}

static void rest(struct pass *p) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LOOK_SECONDS;
    pthread_cond_timedwait(&p->changed, &p->lock, &until);
}

static void leave(struct pass *p, str subscriber) {
    for (uint32_t i = 0; i < p->served.n; i++)
        if (str_eq(p->served.v[i], subscriber)) {
            p->served.v[i] = p->served.v[--p->served.n];
            break;
        }
    pthread_cond_broadcast(&p->changed);
}

static void *work(void *arg) {
    struct lane *l = arg;
    struct pass *p = l->p;
    struct err e = {0};
    bool ok = true;
    pthread_mutex_lock(&p->lock);
    while (ok && !is_over(p)) {
        struct arena_mark m = arena_mark(l->a);
        str subscriber;
        ok = take_turn(p, l->a, &subscriber, &e);
        if (ok && subscriber.p) {
            *vec_push(p->a, &p->served) = subscriber;
            ok = serve(l, subscriber, &e);
            leave(p, subscriber);
        } else if (ok && p->served.n) {
            rest(p);
        } else {
            break;
        }
        arena_reset(l->a, m);
    }
    if (!ok && !p->failed) {
        p->failed = true;
        *p->e = e;
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static void run_lanes(struct pass *p) {
    struct lane lanes[LANES_MOST];
    pthread_t threads[LANES_MOST];
    bool started[LANES_MOST] = {false};
    unsigned n = p->subs->all.n < LANES_MOST ? p->subs->all.n + 1 : LANES_MOST; /* one may be added meanwhile */
    for (unsigned i = 0; i < n; i++)
        lanes[i] = (struct lane){.p = p, .a = arena_new()};
    for (unsigned i = 1; i < n; i++)
        started[i] = thread_start(&threads[i], work, &lanes[i]);
    work(&lanes[0]);
    for (unsigned i = 0; i < n; i++) {
        if (started[i])
            pthread_join(threads[i], NULL);
        http_close(lanes[i].http);
        arena_free(lanes[i].a);
    }
}

/* ── a pass ── */

static bool next_due(struct pass *p, struct err *e) {
    struct waitings all;
    p->out->next = INT64_MAX;
    if (!who_waits(p, p->a, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++)
        if (all.v[i].due < p->out->next)
            p->out->next = all.v[i].due;
    return true;
}

static bool run(struct pass *p, struct err *e) {
    if (!outbox_recover(p, e) || !outbox_set_clock(p, e))
        return false;
    run_lanes(p);
    return !p->failed && next_due(p, e);
}

static bool begin(struct pass *p, struct err *e) {
    pthread_condattr_t monotonic;
    bool ok = pthread_condattr_init(&monotonic) == 0 && pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
              pthread_cond_init(&p->changed, &monotonic) == 0 && pthread_mutex_init(&p->lock, NULL) == 0;
    pthread_condattr_destroy(&monotonic);
    p->a = arena_new();
    p->e = e;
    return ok || err_errno(e, p->o->path, _("cannot lock"));
}

bool outbox_send(struct outbox *o, const struct subscriptions *subs, int64_t now, bool *busy, struct outbox_result *out,
                 struct err *e) {
    int fd = open(o->lock.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    *busy = false;
    *out = (struct outbox_result){.next = INT64_MAX};
    if (fd < 0)
        return err_errno(e, o->lock, _("cannot open"));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        bool other = errno == EWOULDBLOCK;
        *busy = other;
        close(fd);
        return other || err_errno(e, o->lock, _("cannot lock"));
    }
    struct pass p = {.o = o, .subs = subs, .fixed = now, .out = out};
    bool ok = begin(&p, e) && run(&p, e);
    pthread_cond_destroy(&p.changed);
    pthread_mutex_destroy(&p.lock);
    arena_free(p.a);
    close(fd);
    return ok;
}
