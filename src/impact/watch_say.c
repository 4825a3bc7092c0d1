/* SPDX-License-Identifier: Apache-2.0
 *
 * What a watch decided, as statements: while the next products are looked at in one state of the views, one thread
 * writes, signs and logs them, and another one applies what is logged, through a connection of its own. When nothing is
 * left to look at, the first thread helps to write, and works what is committed into the file. Steps that are given
 * away do not change any more.
 *
 * The last statement alone says how far the watch had looked: one that ends before it has opened cases, and is done
 * again.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/pool.h"
#include "impact/follow.h"
#include "impact/watch_inner.h"

enum {
    STEPS_MOST = 200,   /* of one statement */
    PART_LEAST = 16,    /* statements that are logged with one sync */
    COMMIT_LEAST = 192, /* and applied in one transaction, */
    COMMIT_WAIT = 50,   /* unless the next ones are longer in coming, in ms: others write too */
    AHEAD_PARTS = 4     /* decided before they are applied: whoever is behind has the processor */
};

struct said { /* a statement */
    const struct case_step *steps;
    uint32_t n;
    bool last, written;
    struct home_add made;
    struct portfolio_add add; /* once it is logged */
    struct arena *own;        /* of the steps, until it is written */
    struct arena *a;          /* of what was made, until it is applied */
};
struct saying {
    struct watching *w;
    struct case_watch watch;
    uint32_t part, commit;   /* statements that go on together */
    struct case_step *steps; /* of the next statement, so many: */
    uint32_t n;
    struct arena *own; /* of these steps */
    pthread_t threads[2];
    unsigned n_threads;
    unsigned roles;       /* what is left to the first thread */
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t moved;
    VEC(struct said *) all;
    uint32_t taken, written, logged, applied; /* so many of them, from the first on; taken by who writes them */
    uint32_t committed;
    bool logging, applying; /* somebody is */
    bool over;              /* none comes any more */
    bool carried;           /* what is committed, into the file */
    struct err failed;
};

/* ── what is done ── */

/* What it took to make them is some ten times as large, and goes. */
static bool say(struct saying *x, struct said *s, struct err *e) {
    struct portfolio *p = x->w->p;
    const struct case_watch watch = {x->watch.advisories, x->watch.entries, !s->last};
    struct home_add made = {.kind = S("case"), .checked = true};
    struct arena *a = arena_new();
    bool ok = case_payload(p->ctx, a, &watch, s->steps, s->n, &made.payload, e) && home_sign(p->home, a, &made, e);
    if (ok) {
        s->a = arena_new();
        s->made = made;
        s->made.payload = arena_str(s->a, made.payload);
        s->made.envelope = arena_str(s->a, made.envelope);
    }
    arena_free(a);
    arena_free(s->own);
    s->own = NULL;
    return ok;
}

static bool log_part(struct portfolio *p, struct said **part, uint32_t n, struct err *e) {
    struct arena *a = arena_new();
    struct portfolio_add *adds = arena_array(a, struct portfolio_add, n);
    for (uint32_t i = 0; i < n; i++)
        adds[i] = (struct portfolio_add){.payload = part[i]->made.payload, .made = &part[i]->made};
    bool ok = portfolio_log(p, a, adds, n, e);
    for (uint32_t i = 0; i < n; i++)
        part[i]->add = adds[i];
    arena_free(a);
    return ok;
}

static bool apply_part(struct portfolio *p, struct said **part, uint32_t n, struct err *e) {
    if (!p->open && !portfolio_apply_begin(p, e))
        return false;
    struct arena *a = arena_new();
    struct portfolio_add *adds = arena_array(a, struct portfolio_add, n);
    for (uint32_t i = 0; i < n; i++)
        adds[i] = part[i]->add;
    bool ok = portfolio_apply(p, adds, n, e);
    for (uint32_t i = 0; i < n; i++) {
        arena_free(part[i]->a);
        part[i]->a = NULL;
    }
    arena_free(a);
    return ok;
}

/* ── what is next ── under the lock, which is let go while something is done */

enum { WRITES = 1, LOGS = 2, APPLIES = 4, CARRIES = 8 }; /* roles */
enum doing { NOTHING, WRITING, LOGGING, APPLYING, COMMITTING, CARRYING, DONE };
static enum doing next_of(const struct saying *x, unsigned roles) {
    uint32_t written = x->written - x->logged, logged = x->logged - x->applied, applied = x->applied - x->committed;
    if (x->failed.kind != ERR_NONE || (x->over && x->committed == x->all.n))
        return DONE;
    if (roles & APPLIES && !x->applying && applied && (applied >= x->commit || (x->over && x->applied == x->all.n)))
        return COMMITTING;
    if (roles & APPLIES && !x->applying && (logged >= x->part || (x->over && logged && x->logged == x->all.n)))
        return APPLYING;
    if (roles & LOGS && !x->logging && (written >= x->part || (x->over && written && x->written == x->all.n)))
        return LOGGING;
    if (roles & WRITES && x->taken < x->all.n)
        return WRITING;
    return roles & CARRIES && !x->carried && x->committed ? CARRYING : NOTHING;
}

static void write_one(struct saying *x) {
    struct said *s = x->all.v[x->taken++];
    struct err e = {0};
    pthread_mutex_unlock(&x->lock);
    bool said = say(x, s, &e);
    pthread_mutex_lock(&x->lock);
    s->written = said; /* others look at it */
    if (!said)
        x->failed = e;
    while (x->written < x->taken && x->all.v[x->written]->written)
        x->written++;
}

typedef bool part_fn(struct portfolio *p, struct said **part, uint32_t n, struct err *e);
static void pass_on(struct saying *x, struct portfolio *p, part_fn *pass, bool *busy, uint32_t *from, uint32_t to) {
    uint32_t n = to - *from;
    struct said **part = x->all.v + *from;
    struct err e = {0};
    *busy = true;
    pthread_mutex_unlock(&x->lock);
    bool ok = pass(p, part, n, &e);
    pthread_mutex_lock(&x->lock);
    *busy = false;
    if (ok)
        *from += n;
    else
        x->failed = e;
}

static bool commit_part(struct portfolio *p, struct said **part, uint32_t n, struct err *e) {
    (void)part;
    (void)n;
    return portfolio_apply_end(p, e);
}

static void carry(struct saying *x, struct portfolio *p) {
    x->carried = true;
    pthread_mutex_unlock(&x->lock);
    store_carry(p->store);
    pthread_mutex_lock(&x->lock);
}

static void do_one(struct saying *x, struct portfolio *p, enum doing what) {
    if (what == WRITING)
        write_one(x);
    else if (what == CARRYING)
        carry(x, p);
    else if (what == LOGGING)
        pass_on(x, p, log_part, &x->logging, &x->logged, x->written);
    else if (what == APPLYING)
        pass_on(x, p, apply_part, &x->applying, &x->applied, x->logged);
    else
        pass_on(x, p, commit_part, &x->applying, &x->committed, x->applied);
    pthread_cond_broadcast(&x->moved);
}

/* What is next when nothing is there to be done: what was applied is not kept from others for long. */
static enum doing wait_with(struct saying *x, const struct portfolio *p, unsigned roles) {
    struct timespec until;
    if (!(roles & APPLIES && p->open)) {
        pthread_cond_wait(&x->moved, &x->lock);
        return NOTHING;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += COMMIT_WAIT * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    return pthread_cond_timedwait(&x->moved, &x->lock, &until) == ETIMEDOUT ? COMMITTING : NOTHING;
}

/* Until all is done, or something failed. */
static void work(struct saying *x, struct portfolio *p, unsigned roles) {
    pthread_mutex_lock(&x->lock);
    for (enum doing what; (what = next_of(x, roles)) != DONE;)
        if (what != NOTHING || (what = wait_with(x, p, roles)) != NOTHING)
            do_one(x, p, what);
    pthread_mutex_unlock(&x->lock);
    if (roles & APPLIES && p)
        (void)portfolio_apply_undo(p); /* of what failed */
}

static void *help_log(void *arg) {
    struct saying *x = arg;
    work(x, x->w->p, WRITES | LOGS);
    return NULL;
}

static void *help_apply(void *arg) {
    struct saying *x = arg;
    struct portfolio *p;
    struct err e = {0};
    bool ok = portfolio_begin(x->w->p->ctx, x->w->p->home, x->w->p->where, &p, &e);
    pthread_mutex_lock(&x->lock);
    if (!ok)
        x->failed = e;
    pthread_mutex_unlock(&x->lock);
    work(x, p, APPLIES);
    portfolio_close(p);
    return NULL;
}

static void start(struct saying *x, void *(*help)(void *arg), unsigned role) {
    if (!thread_start(&x->threads[x->n_threads], help, x))
        return;
    x->n_threads++;
    x->roles &= ~role;
}

/* Views in memory are this process' own, and have no second connection. */
static void start_all(struct saying *x) {
    const struct portfolio *p = x->w->p;
    if (x->n_threads || p->ctx->threads < 2)
        return;
    start(x, help_log, LOGS);
    if (!str_is(p->where, ":memory:"))
        start(x, help_apply, APPLIES);
}

static void keep_pace(struct saying *x) {
    if (x->roles & (LOGS | APPLIES)) /* left to this thread */
        return;
    pthread_mutex_lock(&x->lock);
    while (x->failed.kind == ERR_NONE && x->all.n - x->applied > AHEAD_PARTS * x->part)
        if (x->taken < x->all.n)
            do_one(x, x->w->p, WRITING);
        else
            pthread_cond_wait(&x->moved, &x->lock);
    pthread_mutex_unlock(&x->lock);
}

static void give(struct saying *x, bool last) {
    struct watching *w = x->w;
    struct said *s = arena_new_of(w->a, struct said);
    *s = (struct said){.steps = x->steps, .n = x->n, .last = last, .own = x->own};
    x->steps = NULL;
    x->own = NULL;
    x->n = 0;
    pthread_mutex_lock(&x->lock);
    *vec_push(w->a, &x->all) = s;
    x->over = last;
    pthread_cond_broadcast(&x->moved);
    pthread_mutex_unlock(&x->lock);
    if (last)
        return;
    start_all(x);
    keep_pace(x);
}

/* ── from outside ── */

void watch_say_begin(struct watching *w) {
    struct saying *x = arena_new_of(w->a, struct saying);
    *x = (struct saying){.w = w,
                         .roles = WRITES | LOGS | APPLIES,
                         .part = w->plan->part ? w->plan->part : PART_LEAST,
                         .commit = w->plan->part ? w->plan->part : COMMIT_LEAST,
                         .watch = {.advisories = w->digest, .entries = w->p->size}};
    home_index_wait(w->p->home);
    pthread_mutex_init(&x->lock, NULL);
    pthread_cond_init(&x->moved, NULL);
    w->saying = x;
}

struct arena *watch_say_arena(struct watching *w) {
    struct saying *x = w->saying;
    if (x->n == STEPS_MOST)
        give(x, false);
    if (!x->own)
        x->own = arena_new();
    if (!x->steps)
        x->steps = arena_array(x->own, struct case_step, STEPS_MOST);
    return x->own;
}

struct case_step *watch_say_step(struct watching *w) {
    struct saying *x = w->saying;
    (void)watch_say_arena(w);
    return &x->steps[x->n++];
}

void watch_say_end(struct watching *w) {
    struct saying *x = w->saying;
    if (!x)
        return;
    pthread_mutex_lock(&x->lock);
    if (!x->over)
        x->failed.kind = ERR_ENV; /* why is known elsewhere */
    pthread_cond_broadcast(&x->moved);
    pthread_mutex_unlock(&x->lock);
    for (unsigned i = 0; i < x->n_threads; i++)
        pthread_join(x->threads[i], NULL);
    home_index_go_on(w->p->home);
    for (uint32_t i = 0; i < x->all.n; i++) {
        arena_free(x->all.v[i]->own);
        arena_free(x->all.v[i]->a);
    }
    arena_free(x->own);
    pthread_cond_destroy(&x->moved);
    pthread_mutex_destroy(&x->lock);
    w->saying = NULL;
}

/* Nothing was decided and nothing new was looked at with: nothing is said. */
static bool worth_saying(struct watching *w, bool *out, struct err *e) {
    struct case_watch last;
    if (!case_watched(w->p, w->a, &last, e))
        return false;
    *out = w->saying->n > 0 || w->saying->all.n > 0 || !str_eq(last.advisories, w->digest) || w->news;
    return true;
}

bool watch_say_all(struct watching *w, struct err *e) {
    struct saying *x = w->saying;
    bool worth;
    if (!worth_saying(w, &worth, e))
        return false;
    if (!worth)
        return true;
    give(x, true);
    work(x, w->p, x->roles | (x->roles & APPLIES ? 0 : CARRIES));
    w->out->statements = x->all.n;
    home_index_go_on(w->p->home);
    if (x->failed.kind != ERR_NONE) {
        *e = x->failed;
        return false;
    }
    return portfolio_refresh(w->p, e) && portfolio_catch_up(w->p, e);
}
