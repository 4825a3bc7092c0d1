/* SPDX-License-Identifier: Apache-2.0 */
#include "node/workers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/pool.h"

/* In the order they came. */
struct lane {
    struct work *first, *last;
};
struct workers {
    void (*work)(void *of, struct work *w);
    void *of;
    unsigned most, threads;
    atomic_uint reserved; /* places, from workers_reserve() until a thread takes it */
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct lane all, held;          /* held: those that wait, while there is no thread for them */
    unsigned waiting, waiting_most; /* threads that are at one of those */
    bool stopping;
    pthread_t thread[];
};

static void put(struct lane *l, struct work *item) {
    item->next = NULL;
    if (l->last)
        l->last->next = item;
    else
        l->first = item;
    l->last = item;
}
static struct work *pull(struct lane *l) {
    struct work *item = l->first;
    if (item) {
        l->first = item->next;
        if (!l->first)
            l->last = NULL;
    }
    return item;
}

/* Those held came before whatever is in the queue. */
static struct work *next(struct workers *w) {
    if (w->held.first && w->waiting < w->waiting_most)
        return pull(&w->held);
    for (struct work *item; (item = pull(&w->all));) {
        if (!item->waits || w->waiting < w->waiting_most)
            return item;
        put(&w->held, item);
    }
    return NULL;
}

static struct work *take(struct workers *w, bool waited) {
    struct work *item;
    pthread_mutex_lock(&w->lock);
    w->waiting -= waited;
    while (!(item = next(w)) && !w->stopping) /* those held are left to the threads they wait for */
        pthread_cond_wait(&w->more, &w->lock);
    w->waiting += item && item->waits;
    pthread_mutex_unlock(&w->lock);
    return item;
}

static void *run(void *arg) {
    struct workers *w = arg;
    bool waits = false;
    for (struct work *item; (item = take(w, waits));) {
        waits = item->waits;
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
    w->waiting_most = threads - (threads > 1 && threads < 4 ? 1 : threads / 4);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->more, NULL);
    for (; w->threads < threads; w->threads++) {
        if (!thread_start(&w->thread[w->threads], run, w)) {
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
    pthread_mutex_lock(&w->lock);
    put(&w->all, item);
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
