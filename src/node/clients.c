/* SPDX-License-Identifier: Apache-2.0 */
#include "node/clients.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/pool.h"

struct clients {
    void (*tick)(void *of);
    void *of;
    pthread_mutex_t lock;
    pthread_cond_t end;
    struct client *first;
    unsigned n;
    bool stopping;
    pthread_t thread;
};

int64_t clients_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Under the lock, so that the fd is still that client's. */
static void cut_off_late(struct clients *s) {
    int64_t now = clients_clock();
    for (struct client *c = s->first; c; c = c->next) {
        int64_t until = atomic_load_explicit(&c->until, memory_order_relaxed);
        if (until && until < now) {
            shutdown(c->fd, SHUT_RDWR);
            atomic_store_explicit(&c->until, 0, memory_order_relaxed);
        }
    }
}

static void *watch(void *arg) {
    enum { TICK = 250 * 1000 * 1000 };
    struct clients *s = arg;
    pthread_mutex_lock(&s->lock);
    while (!s->stopping) {
        struct timespec at;
        clock_gettime(CLOCK_REALTIME, &at);
        at.tv_nsec += TICK;
        at.tv_sec += at.tv_nsec / 1000000000;
        at.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&s->end, &s->lock, &at);
        cut_off_late(s);
        pthread_mutex_unlock(&s->lock);
        s->tick(s->of);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

struct clients *clients_start(void (*tick)(void *of), void *of) {
    struct clients *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->tick = tick;
    s->of = of;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->end, NULL);
    if (!thread_start(&s->thread, watch, s))
        abort();
    return s;
}

void clients_stop(struct clients *s) {
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_signal(&s->end);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->end);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

struct client *clients_enter(struct clients *s, int fd, const struct sockaddr *from, int64_t ms) {
    struct client *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->fd = fd;
    (void)address_of_socket(from, &c->peer);
    client_within(c, ms);
    pthread_mutex_lock(&s->lock);
    c->next = s->first;
    if (s->first)
        s->first->before = c;
    s->first = c;
    s->n++;
    pthread_mutex_unlock(&s->lock);
    return c;
}

void clients_leave(struct clients *s, struct client *c) {
    if (!c)
        return;
    pthread_mutex_lock(&s->lock);
    if (c->before)
        c->before->next = c->next;
    else
        s->first = c->next;
    if (c->next)
        c->next->before = c->before;
    s->n--;
    pthread_mutex_unlock(&s->lock);
    free(c);
}

unsigned clients_count(struct clients *s) {
    pthread_mutex_lock(&s->lock);
    unsigned n = s->n;
    pthread_mutex_unlock(&s->lock);
    return n;
}
