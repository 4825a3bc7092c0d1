/* SPDX-License-Identifier: Apache-2.0 */
#include "node/workers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct workers {
    void (*work)(void *of, struct work *w);
    void *of;
    unsigned most, threads;
    atomic_uint reserved; /* places, from workers_reserve() until a thread takes it */
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct work *first, *last;
    bool stopping;
    pthread_t thread[];
};

static struct work *take(struct workers *w) {
    pthread_mutex_lock(&w->lock);
    while (!w->first && !w->stopping)
        pthread_cond_wait(&w->more, &w->lock);
    struct work *item = w->first;
    if (item) {
        w->first = item->next;
        if (!w->first)
            w->last = NULL;
    }
    pthread_mutex_unlock(&w->lock);
    return item;
}

static void *run(void *arg) {
    struct workers *w = arg;
    for (struct work *item; (item = take(w));) {
        atomic_fetch_sub(&w->reserved, 1);
        w->work(w->of, item);
    }
    return NULL;
}

bool workers_start(unsigned threads, unsigned most, void (*work)(void *of, struct work *w), void *of,
                   struct workers **out, struct err *e) {
    struct workers *w = calloc(1, sizeof *w + threads * sizeof *w->thread);
    *out = NULL;
    if (!w)
        return err_errno(e, S(""), _("no thread can be started"));
    w->work = work;
    w->of = of;
    w->most = most;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->more, NULL);
    for (; w->threads < threads; w->threads++) {
        if (pthread_create(&w->thread[w->threads], NULL, run, w) != 0) {
            workers_stop(w);
            return err_errno(e, S(""), _("no thread can be started"));
        }
    }
    *out = w;
    return true;
}

bool workers_reserve(struct workers *w) {
    if (atomic_fetch_add(&w->reserved, 1) < w->most)
        return true;
    atomic_fetch_sub(&w->reserved, 1);
    return false;
}

void workers_put(struct workers *w, struct work *item) {
    item->next = NULL;
    pthread_mutex_lock(&w->lock);
    if (w->last)
        w->last->next = item;
    else
        w->first = item;
    w->last = item;
    pthread_cond_signal(&w->more);
    pthread_mutex_unlock(&w->lock);
}

unsigned workers_waiting(struct workers *w) { return atomic_load(&w->reserved); }

void workers_stop(struct workers *w) {
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_broadcast(&w->more);
    pthread_mutex_unlock(&w->lock);
    for (unsigned i = 0; i < w->threads; i++)
        pthread_join(w->thread[i], NULL);
    pthread_cond_destroy(&w->more);
    pthread_mutex_destroy(&w->lock);
    free(w);
}
