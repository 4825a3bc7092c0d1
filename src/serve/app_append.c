/* SPDX-License-Identifier: Apache-2.0
 *
 * Many callers, one sync: whoever comes while nobody writes becomes the leader, and writes for all who came until then;
 * those who come meanwhile wait for the next round.
 */
#include "serve/app_inner.h"

enum { ROUND_MOST = 2048 };

struct handed {
    struct handed *next;
    struct portfolio_add *adds;
    uint32_t n;
    bool done, ok;
    struct err e;
};

static struct handed *take_round(struct app *app) {
    struct handed *first = app->handed, *h = first;
    uint32_t n = h->n;
    for (; h->next && n + h->next->n <= ROUND_MOST; h = h->next)
        n += h->next->n;
    app->handed = h->next;
    if (!app->handed)
        app->last_handed = &app->handed;
    h->next = NULL;
    return first;
}

static bool write_one(struct views *v, struct arena *a, struct handed *h) {
    h->ok = portfolio_append(v->p, a, h->adds, h->n, &h->e);
    if (!h->ok && h->e.kind == ERR_ENV)
        v->broken = true;
    return h->ok;
}

/* False: one of them is not as it should be; nobody knows which. */
static bool write_together(struct views *v, struct arena *a, struct handed *round, uint32_t n, struct err *e) {
    struct portfolio_add *all = arena_array(a, struct portfolio_add, n);
    uint32_t at = 0;
    for (struct handed *h = round; h; at += h->n, h = h->next)
        memcpy(all + at, h->adds, h->n * sizeof *all);
    if (!portfolio_append(v->p, a, all, n, e))
        return false;
    at = 0;
    for (struct handed *h = round; h; at += h->n, h = h->next) {
        memcpy(h->adds, all + at, h->n * sizeof *all);
        h->ok = true;
    }
    return true;
}

static void write_round(struct app *app, struct handed *round) {
    struct arena *a = arena_new();
    struct views *v = NULL;
    struct err e = {0};
    uint32_t n = 0;
    for (struct handed *h = round; h; h = h->next)
        n += h->n;
    if (!app_write(app, &v, &e)) {
        for (struct handed *h = round; h; h = h->next)
            h->e = e;
    } else if (!round->next || !write_together(v, a, round, n, &e)) {
        for (struct handed *h = round; h && !v->broken; h = h->next)
            (void)write_one(v, a, h);
        for (struct handed *h = round; h; h = h->next)
            if (!h->ok && h->e.kind == ERR_NONE)
                h->e = e.kind ? e : round->e;
    }
    app_write_end(app, v);
    arena_free(a);
}

static void finish_round(struct app *app, struct handed *round) {
    for (struct handed *h = round, *next; h; h = next) {
        next = h->next; /* once it is done it is its owner's */
        h->done = true;
    }
    pthread_cond_broadcast(&app->written);
}

bool app_append(struct app *app, struct portfolio_add *adds, uint32_t n, struct err *e) {
    struct handed mine = {.adds = adds, .n = n};
    if (!n)
        return true;
    pthread_mutex_lock(&app->lock);
    *app->last_handed = &mine;
    app->last_handed = &mine.next;
    while (!mine.done) {
        if (app->leading) {
            pthread_cond_wait(&app->written, &app->lock);
            continue;
        }
        app->leading = true;
        struct handed *round = take_round(app);
        pthread_mutex_unlock(&app->lock);
        write_round(app, round);
        pthread_mutex_lock(&app->lock);
        app->leading = false;
        finish_round(app, round);
    }
    pthread_mutex_unlock(&app->lock);
    if (!mine.ok && e)
        *e = mine.e;
    return mine.ok;
}
