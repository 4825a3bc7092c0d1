/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/throttle.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    COUNTERS = 4096,
    WAYS = 8,
    FORGET = 3600,
    LONGEST = 300,
    PENDING = 1024,
    PENDING_SECONDS = 300,
    DATA_MOST = 1000
};

struct counter {
    uint64_t key;
    int64_t last;
    unsigned failures;
};
struct waiting {
    uint64_t key;
    int64_t until;
    size_t n;
    char data[DATA_MOST];
};
struct throttle {
    pthread_mutex_t lock;
    struct counter counters[COUNTERS];
    struct waiting waiting[PENDING];
};

struct throttle *throttle_new(void) {
    struct throttle *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    pthread_mutex_init(&t->lock, NULL);
    return t;
}
void throttle_free(struct throttle *t) {
    if (!t)
        return;
    pthread_mutex_destroy(&t->lock);
    free(t);
}

static uint64_t key_of(char kind, str key) {
    char text[300];
    size_t n = key.n < sizeof text - 1 ? key.n : sizeof text - 1;
    text[0] = kind;
    if (n)
        memcpy(text + 1, key.p, n);
    return hash_bytes(str_n(text, n + 1)) | 1; /* 0 is an empty place */
}

/* Its counter, or the one of its places that was used longest ago. */
static struct counter *counter_of(struct throttle *t, uint64_t key, int64_t now) {
    struct counter *set = &t->counters[key / 2 % (COUNTERS / WAYS) * WAYS], *oldest = set;
    for (unsigned i = 0; i < WAYS; i++) {
        if (set[i].key == key) {
            if (set[i].last < now - FORGET)
                set[i].failures = 0;
            return &set[i];
        }
        if (set[i].last < oldest->last)
            oldest = &set[i];
    }
    return oldest;
}

int64_t throttle_wait(struct throttle *t, char kind, str key, int64_t now, unsigned free) {
    uint64_t k = key_of(kind, key);
    pthread_mutex_lock(&t->lock);
    struct counter c = *counter_of(t, k, now);
    pthread_mutex_unlock(&t->lock);
    if (c.key != k || c.failures < free)
        return 0;
    unsigned over = c.failures - free;
    int64_t wait = over < 9 && 1 << over < LONGEST ? 1 << over : LONGEST;
    return c.last + wait > now ? c.last + wait - now : 0;
}

bool throttle_failed(struct throttle *t, char kind, str key, int64_t now, unsigned free) {
    uint64_t k = key_of(kind, key);
    pthread_mutex_lock(&t->lock);
    struct counter *c = counter_of(t, k, now);
    if (c->key != k)
        *c = (struct counter){.key = k};
    c->last = now;
    bool told = ++c->failures == free;
    pthread_mutex_unlock(&t->lock);
    return told;
}

static void lower(struct throttle *t, uint64_t k, bool all) {
    pthread_mutex_lock(&t->lock);
    struct counter *c = counter_of(t, k, INT64_MIN / 2);
    if (c->key == k)
        c->failures = all || !c->failures ? 0 : c->failures - 1;
    pthread_mutex_unlock(&t->lock);
}
void throttle_back(struct throttle *t, char kind, str key) { lower(t, key_of(kind, key), false); }
void throttle_good(struct throttle *t, char kind, str key) { lower(t, key_of(kind, key), true); }

/* ── for one answer ── */

void pending_put(struct throttle *t, char kind, str key, str data, int64_t now) {
    if (data.n > DATA_MOST)
        abort(); /* ours */
    pthread_mutex_lock(&t->lock);
    struct waiting *w = t->waiting;
    for (unsigned i = 1; i < PENDING; i++)
        if (t->waiting[i].until < w->until)
            w = &t->waiting[i];
    *w = (struct waiting){.key = key_of(kind, key), .until = now + PENDING_SECONDS, .n = data.n};
    if (data.n)
        memcpy(w->data, data.p, data.n);
    pthread_mutex_unlock(&t->lock);
}

bool pending_take(struct throttle *t, struct arena *a, char kind, str key, int64_t now, str *data) {
    uint64_t k = key_of(kind, key);
    bool found = false;
    pthread_mutex_lock(&t->lock);
    for (unsigned i = 0; i < PENDING && !found; i++) {
        struct waiting *w = &t->waiting[i];
        found = w->key == k && w->until >= now;
        if (!found)
            continue;
        *data = arena_str(a, str_n(w->data, w->n));
        *w = (struct waiting){0};
    }
    pthread_mutex_unlock(&t->lock);
    return found;
}
