/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/sender.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/pool.h"

enum { PATIENCE = 10, WAITERS_MOST = 2 };

struct sender {
    struct ctx *c;
    struct arena *arena;
    str home;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    uint64_t wanted, done; /* passes asked for; of them, those that are over */
    uint64_t news;         /* rises when something came of a notice, and with each pass */
    unsigned waiters;
    bool closing;
    bool elsewhere, failed; /* of the last pass */
    struct err why;         /* it failed */
};

/* ── passes ── */

static void something_came(void *of) {
    struct sender *s = of;
    pthread_mutex_lock(&s->lock);
    s->news++;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static void set_time(const struct sender *s, struct ctx *c) {
    c->now_fixed = s->c->now_fixed;
    c->now = c->now_fixed ? s->c->now : (int64_t)time(NULL);
}

static bool send_all(struct sender *s, bool *elsewhere, struct err *e) {
    struct ctx c;
    struct arena *a = arena_new();
    struct subscriptions subs;
    struct outbox *box = NULL;
    struct outbox_result r;
    ctx_init(&c);
    c.limits = s->c->limits;
    c.quiet = true;
    c.asked_to_end = s->c->asked_to_end;
    c.asked_of = s->c->asked_of;
    set_time(s, &c);
    bool ok = subscriptions_read(&c, a, s->home, &subs, e) && outbox_open(&c, s->home, &box, e);
    if (ok) {
        outbox_tell(box, something_came, s);
        ok = outbox_send(box, &subs, c.now, elsewhere, &r, e);
    }
    outbox_close(box);
    arena_free(a);
    ctx_free(&c);
    return ok;
}

/* Who asks while a pass goes on has another one behind it: that one asks a receiver again who did not answer. */
static void *work(void *arg) {
    struct sender *s = arg;
    pthread_mutex_lock(&s->lock);
    while (!s->closing) {
        if (s->done == s->wanted) {
            pthread_cond_wait(&s->changed, &s->lock);
            continue;
        }
        uint64_t upto = s->wanted;
        struct err e = {0};
        bool elsewhere = false;
        pthread_mutex_unlock(&s->lock);
        bool ok = send_all(s, &elsewhere, &e);
        pthread_mutex_lock(&s->lock);
        s->done = upto;
        s->elsewhere = elsewhere;
        s->failed = !ok;
        s->why = e;
        s->news++;
        pthread_cond_broadcast(&s->changed);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ── its life ── */

bool sender_open(struct ctx *c, str home, struct sender **out, struct err *e) {
    struct arena *a = arena_new();
    struct sender *s = arena_new_of(a, struct sender);
    pthread_condattr_t monotonic;
    *s = (struct sender){.c = c, .arena = a, .home = arena_str(a, home)};
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&s->lock, NULL);
    s->started = thread_start(&s->thread, work, s);
    *out = s->started ? s : NULL;
    if (s->started)
        return true;
    sender_close(s);
    return err_errno(e, S(""), _("no thread can be started"));
}

void sender_close(struct sender *s) {
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
    if (s->started)
        pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    arena_free(s->arena);
}

/* ── who asks ── */

struct waiting {
    uint64_t pass; /* the one that has to send them */
    struct timespec until;
    bool waits;
};

static struct waiting want(struct sender *s) {
    struct waiting w = {.pass = ++s->wanted, .waits = s->waiters < WAITERS_MOST};
    clock_gettime(CLOCK_MONOTONIC, &w.until);
    w.until.tv_sec += PATIENCE;
    s->waiters += w.waits;
    pthread_cond_broadcast(&s->changed);
    return w;
}

/* Under the lock, but for looking into the outbox. */
static bool await(struct sender *s, const struct waiting *w, struct outbox *box, const struct outbox_ids *these,
                  struct outbox_result *out, uint32_t *open, bool *over, struct err *e) {
    for (bool late = !w->waits;;) {
        uint64_t seen = s->news;
        *over = s->done >= w->pass;
        pthread_mutex_unlock(&s->lock);
        bool ok = outbox_told(box, these, out, open, e);
        pthread_mutex_lock(&s->lock);
        if (!ok || !*open || *over || late)
            return ok;
        while (s->news == seen && !late)
            late = pthread_cond_timedwait(&s->changed, &s->lock, &w->until) != 0;
    }
}

bool sender_send(struct sender *s, struct outbox *box, const struct outbox_ids *these, enum sending *how,
                 struct outbox_result *out, struct err *e) {
    uint32_t open;
    bool over;
    pthread_mutex_lock(&s->lock);
    const struct waiting w = want(s);
    bool ok = await(s, &w, box, these, out, &open, &over, e);
    *how = !ok || !open ? SENDING_OVER : !over ? SENDING_GOES_ON : s->elsewhere ? SENDING_ELSEWHERE : SENDING_OVER;
    if (ok && open && over && s->failed) {
        *e = s->why;
        ok = false;
    }
    s->waiters -= w.waits;
    pthread_mutex_unlock(&s->lock);
    return ok;
}
