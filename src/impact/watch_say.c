/* SPDX-License-Identifier: Apache-2.0
 *
 * What a watch decided, as statements: written and signed by a second thread while the next products are looked at,
 * then logged and applied in one append. Steps that are given away do not change any more.
 */
#include <pthread.h>
#include <stdlib.h>

#include "impact/watch_inner.h"

enum { STEPS_MOST = 200 }; /* of one statement */

struct said { /* a statement */
    const struct case_step *steps;
    uint32_t n;
    struct home_add made;
    struct arena *a;
    struct err failed;
    struct said *next; /* waiting behind it */
};
struct saying {
    struct watching *w;
    struct case_watch watch;
    VEC(struct said *) all;
    uint32_t given; /* steps that are in statements already */
    pthread_t thread;
    bool threaded;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t more;
    struct said *first, **last;
    bool over;
};

/* ── writing and signing ── */

static void say(struct saying *x, struct said *s) {
    struct portfolio *p = x->w->p;
    s->a = arena_new();
    s->made = (struct home_add){.kind = S("case"), .checked = true};
    if (!case_payload(p->ctx, s->a, &x->watch, s->steps, s->n, &s->made.payload, &s->failed) ||
        !home_sign(p->home, s->a, &s->made, &s->failed))
        return; /* why stands in failed */
}

/* The next one; NULL: there is none, or, with `wait`, none will come. */
static struct said *take(struct saying *x, bool wait) {
    pthread_mutex_lock(&x->lock);
    while (wait && !x->first && !x->over)
        pthread_cond_wait(&x->more, &x->lock);
    struct said *s = x->first;
    if (s) {
        x->first = s->next;
        x->last = x->first ? x->last : &x->first;
    }
    pthread_mutex_unlock(&x->lock);
    return s;
}

static void *help(void *arg) {
    struct saying *x = arg;
    for (struct said *s; (s = take(x, true));)
        say(x, s);
    return NULL;
}

static void give(struct saying *x, uint32_t n) {
    struct watching *w = x->w;
    struct said *s = arena_new_of(w->a, struct said);
    *s = (struct said){.steps = w->steps.v ? w->steps.v + x->given : NULL, .n = n};
    *vec_push(w->a, &x->all) = s;
    x->given += n;
    pthread_mutex_lock(&x->lock);
    *x->last = s;
    x->last = &s->next;
    pthread_cond_signal(&x->more);
    pthread_mutex_unlock(&x->lock);
}

/* ── from outside ── */

void watch_say_begin(struct watching *w) {
    struct saying *x = arena_new_of(w->a, struct saying);
    *x = (struct saying){.w = w, .watch = {w->digest, w->p->size}};
    x->last = &x->first;
    pthread_mutex_init(&x->lock, NULL);
    pthread_cond_init(&x->more, NULL);
    w->saying = x;
}

void watch_say_some(struct watching *w) {
    struct saying *x = w->saying;
    while (w->steps.n - x->given >= STEPS_MOST)
        give(x, STEPS_MOST);
    if (x->all.n && !x->threaded && w->p->ctx->threads > 1)
        x->threaded = pthread_create(&x->thread, NULL, help, x) == 0;
}

void watch_say_end(struct watching *w) {
    struct saying *x = w->saying;
    if (!x)
        return;
    pthread_mutex_lock(&x->lock);
    x->over = true;
    pthread_cond_signal(&x->more);
    pthread_mutex_unlock(&x->lock);
    if (x->threaded)
        pthread_join(x->thread, NULL);
    for (uint32_t i = 0; i < x->all.n; i++)
        arena_free(x->all.v[i]->a);
    pthread_cond_destroy(&x->more);
    pthread_mutex_destroy(&x->lock);
    w->saying = NULL;
}

/* Nothing was decided and nothing new was looked at with: nothing is said. */
static bool worth_saying(struct watching *w, bool *out, struct err *e) {
    struct case_watch last;
    if (!case_watched(w->p, w->a, &last, e))
        return false;
    *out = w->steps.n > 0 || !str_eq(last.advisories, w->digest) || w->news;
    return true;
}

static void say_rest(struct saying *x) {
    uint32_t left = x->w->steps.n - x->given;
    if (left || !x->all.n)
        give(x, left);
    for (struct said *s; (s = take(x, false));)
        say(x, s);
    pthread_mutex_lock(&x->lock);
    x->over = true;
    pthread_cond_signal(&x->more);
    pthread_mutex_unlock(&x->lock);
    if (x->threaded)
        pthread_join(x->thread, NULL);
    x->threaded = false;
}

bool watch_say_all(struct watching *w, struct err *e) {
    struct saying *x = w->saying;
    bool worth;
    if (!worth_saying(w, &worth, e))
        return false;
    if (!worth)
        return true;
    watch_say_some(w);
    say_rest(x);
    struct portfolio_add *adds = arena_array(w->a, struct portfolio_add, x->all.n);
    for (uint32_t i = 0; i < x->all.n; i++) {
        struct said *s = x->all.v[i];
        if (s->failed.kind != ERR_NONE) {
            *e = s->failed;
            return false;
        }
        adds[i] = (struct portfolio_add){.payload = s->made.payload, .made = &s->made};
    }
    w->out->statements = x->all.n;
    return portfolio_append(w->p, w->a, adds, x->all.n, e);
}
