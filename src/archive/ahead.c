/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading ahead: while one thread hashes and writes out what a list names, another opens the blocks that come next, so
 * that they lie in the cache when they are wanted. It only ever makes things faster: what it cannot read the reader
 * comes upon himself.
 */
#include <stdlib.h>

#include "archive/inner.h"
#include "base/pool.h"

/* Well within what the cache holds, so that nothing is pushed out before it was used. */
enum { AHEAD = 12 << 20, WORTH = 4 << 20 };

struct ahead {
    struct archive *a;
    str list;
    size_t at;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t moved;
    uint64_t consumed;
    bool stop;
};

/* False when reading has ended. */
static bool wait_for_reader(struct ahead *x, uint64_t offset) {
    pthread_mutex_lock(&x->lock);
    while (!x->stop && offset > x->consumed + AHEAD)
        pthread_cond_wait(&x->moved, &x->lock);
    bool go_on = !x->stop;
    pthread_mutex_unlock(&x->lock);
    return go_on;
}

static void *run_ahead(void *arg) {
    struct ahead *x = arg;
    struct place last = {PACK_PENDING, 0}, now;
    struct buf scratch = {0};
    struct piece p;
    struct err ignored = {0};
    uint64_t offset = 0;
    bool good, found;
    for (; list_next(x->list, &x->at, &p, &good) && wait_for_reader(x, offset); offset += p.size) {
        enum chunk_kind kind;
        if (p.kind != PIECE_CHUNK || !index_lookup(x->a, &p.name, &now) || now.pack == PACK_PENDING ||
            (now.pack == last.pack && now.at == last.at))
            continue;
        last = now;
        buf_clear(&scratch);
        best_effort(chunk_get(x->a, &p.name, &scratch, &kind, &found, &ignored));
    }
    buf_free(&scratch);
    return NULL;
}

struct ahead *ahead_begin(struct archive *a, str list) {
    uint64_t total;
    size_t at;
    if (a->ctx->threads < 2 || !list_begin(list, &total, &at) || total < WORTH)
        return NULL;
    struct ahead *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    *x = (struct ahead){.a = a, .list = list, .at = at};
    pthread_mutex_init(&x->lock, NULL);
    pthread_cond_init(&x->moved, NULL);
    if (thread_start(&x->thread, run_ahead, x))
        return x;
    pthread_cond_destroy(&x->moved);
    pthread_mutex_destroy(&x->lock);
    free(x);
    return NULL;
}

void ahead_moved(struct ahead *x, uint64_t consumed) {
    if (!x)
        return;
    pthread_mutex_lock(&x->lock);
    x->consumed = consumed;
    pthread_cond_signal(&x->moved);
    pthread_mutex_unlock(&x->lock);
}

void ahead_end(struct ahead *x) {
    if (!x)
        return;
    pthread_mutex_lock(&x->lock);
    x->stop = true;
    pthread_cond_signal(&x->moved);
    pthread_mutex_unlock(&x->lock);
    pthread_join(x->thread, NULL);
    pthread_cond_destroy(&x->moved);
    pthread_mutex_destroy(&x->lock);
    free(x);
}
