/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

bool thread_start(pthread_t *out, void *(*work)(void *), void *arg) {
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT};
    sigset_t others, before;
    sigfillset(&others);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sigdelset(&others, own[i]);
    pthread_sigmask(SIG_BLOCK, &others, &before);
    bool ok = pthread_create(out, NULL, work, arg) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

struct pool {
    void (*job)(void *, size_t, unsigned);
    void *arg;
    size_t n;
    atomic_size_t next;
};
struct worker {
    struct pool *pool;
    unsigned number;
    pthread_t thread;
};

static void *work(void *ptr) {
    struct worker *w = ptr;
    for (size_t i; (i = atomic_fetch_add(&w->pool->next, 1)) < w->pool->n;)
        w->pool->job(w->pool->arg, i, w->number);
    return NULL;
}

void pool_run(struct ctx *c, size_t n, void (*job)(void *, size_t, unsigned), void *arg) {
    struct pool pool = {.job = job, .arg = arg, .n = n};
    struct worker workers[64];
    unsigned threads = c->threads < 64 ? c->threads : 64, started = 1;
    if (n < threads)
        threads = (unsigned)n;
    workers[0] = (struct worker){&pool, 0, 0};
    for (unsigned i = 1; i < threads; i++, started++) {
        workers[i] = (struct worker){.pool = &pool, .number = i};
        if (!thread_start(&workers[i].thread, work, &workers[i]))
            break; /* fewer threads do the same work */
    }
    work(&workers[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}

/* ── progress ── */

struct progress {
    const char *what;
    uint64_t total;
    atomic_uint_fast64_t done;
    atomic_int_fast64_t shown_ms;
    int64_t begun_ms;
};

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct progress *progress_begin(struct ctx *c, const char *what, uint64_t total) {
    if (c->quiet || !isatty(STDERR_FILENO))
        return NULL;
    struct progress *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->what = what;
    p->total = total;
    p->begun_ms = now_ms();
    atomic_store(&p->shown_ms, p->begun_ms + 800); /* first line after a second */
    return p;
}

static void show(const struct progress *p, uint64_t done, int64_t ms) {
    uint64_t rate = ms > 0 ? done * 1000 / (uint64_t)ms : 0;
    if (p->total && rate)
        fprintf(stderr, "\r\033[K%s %llu/%llu  %llu/s  %llus", p->what, (unsigned long long)done,
                (unsigned long long)p->total, (unsigned long long)rate,
                (unsigned long long)(p->total > done ? (p->total - done) / rate : 0));
    else
        fprintf(stderr, "\r\033[K%s %llu  %llu/s", p->what, (unsigned long long)done, (unsigned long long)rate);
    fflush(stderr);
}

void progress_add(struct progress *p, uint64_t more) {
    if (!p)
        return;
    uint64_t done = atomic_fetch_add(&p->done, more) + more;
    int64_t now = now_ms(), shown = atomic_load(&p->shown_ms);
    if (now - shown >= 200 && atomic_compare_exchange_strong(&p->shown_ms, &shown, now))
        show(p, done, now - p->begun_ms);
}

void progress_end(struct progress *p) {
    if (!p)
        return;
    if (atomic_load(&p->shown_ms) > p->begun_ms + 800)
        fputs("\r\033[K", stderr);
    free(p);
}
