/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/limits.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { SHARDS = 16, SLOTS = 1024, NEAR = 8, HOLDS_SECONDS = 10 };

struct bucket {
    uint64_t who;      /* 0: nobody's */
    int64_t milli, at; /* thousandths of a request, at that moment */
};
struct shard {
    pthread_mutex_t lock;
    struct bucket slots[SLOTS];
};
struct limits_table {
    unsigned rate;
    struct shard shards[SHARDS];
};

struct limits_table *limits_new(unsigned rate) {
    struct limits_table *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    t->rate = rate;
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_init(&t->shards[i].lock, NULL);
    return t;
}

void limits_free(struct limits_table *t) {
    if (!t)
        return;
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_destroy(&t->shards[i].lock);
    free(t);
}

/* Their own bucket, a free one, or the one that was used longest ago. */
static struct bucket *find(struct shard *s, uint64_t who) {
    struct bucket *oldest = NULL;
    for (unsigned i = 0; i < NEAR; i++) {
        struct bucket *b = &s->slots[((who >> 8) + i) % SLOTS];
        if (b->who == who)
            return b;
        if (!oldest || (oldest->who && (!b->who || b->at < oldest->at)))
            oldest = b;
    }
    oldest->who = 0;
    return oldest;
}

bool limits_take(struct limits_table *t, uint64_t who, int64_t now, unsigned *wait) {
    struct shard *s = &t->shards[who % SHARDS];
    int64_t most = (int64_t)t->rate * HOLDS_SECONDS * 1000;
    if (!t->rate)
        return true;
    pthread_mutex_lock(&s->lock);
    struct bucket *b = find(s, who);
    if (b->who != who)
        *b = (struct bucket){.who = who, .milli = most, .at = now};
    int64_t passed = now > b->at ? now - b->at : 0;
    b->milli = passed > HOLDS_SECONDS * 1000 ? most : b->milli + passed * t->rate;
    if (b->milli > most)
        b->milli = most;
    b->at = now;
    bool ok = b->milli >= 1000;
    if (ok)
        b->milli -= 1000;
    else
        *wait = (unsigned)((1000 - b->milli) / t->rate / 1000) + 1;
    pthread_mutex_unlock(&s->lock);
    return ok;
}

static uint64_t key_of(char kind, str s) {
    char text[96] = {kind};
    size_t n = s.n < sizeof text - 1 ? s.n : sizeof text - 1;
    memcpy(text + 1, s.p ? s.p : "", n);
    return hash_bytes(str_n(text, n + 1)) | 1;
}

static uint64_t address_key(str text) {
    struct address x;
    if (!address_parse(text, &x))
        return key_of('?', text);
    bool four = x.bytes[10] == 0xff && x.bytes[11] == 0xff;
    return key_of('a', str_n((const char *)x.bytes, four ? 16 : 8));
}

bool limits_admit(struct limits_table *t, const struct asked *asked, unsigned *wait) {
    static const char *const shown[] = {"Authorization", "X-Api-Key", "Cookie"};
    struct timespec now;
    if (!t->rate)
        return true;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    int64_t ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    if (!limits_take(t, address_key(asked->address), ms, wait))
        return false;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        str given = asked_header(asked, shown[i]);
        if (given.n)
            return limits_take(t, hash_bytes(given) | 1, ms, wait);
    }
    return true;
}
