/* SPDX-License-Identifier: Apache-2.0
 *
 * Many small bodies at once. Each is one chunk, under its own name, so its bytes are hashed once and no list is needed;
 * neighbours share a block, and each thread fills, compresses and writes blocks of its own.
 */
#include <stdlib.h>

#include "archive/inner.h"
#include "base/pool.h"

/* One body is got by opening its whole block, hence no longer blocks. What is longer than WHOLE_MOST is cut as usual.
 */
enum { BLOCK_TARGET = 256 << 10, WHOLE_MOST = 256 << 10 };

struct many {
    struct archive *a;
    struct archive_item *items;
    VEC(uint32_t) starts; /* of each block's items; behind the last, their number */
    struct arena *arena;
    pthread_mutex_t lock; /* for the first error */
    struct err first;
    bool failed;
};

static void failed(struct many *m, const struct err *e) {
    pthread_mutex_lock(&m->lock);
    if (!m->failed)
        m->first = *e;
    m->failed = true;
    pthread_mutex_unlock(&m->lock);
}

/* Whether it is to be put now: then nobody else will. */
static bool claim(struct archive *a, const struct body_name *name) {
    struct body_name id = pack_index_id(&a->keys, name);
    pthread_mutex_lock(&a->lock);
    bool known = chunk_known(a, &id);
    if (!known)
        index_put(a->index, &id, (struct place){PACK_PENDING, 0});
    pthread_mutex_unlock(&a->lock);
    return !known;
}

static void add_whole(struct archive *a, struct gather *g, struct archive_item *x) {
    if (!x->named)
        digest_of(DIGEST_SHA256, x->bytes, x->name.b);
    if (!claim(a, &x->name))
        return;
    table_add(&g->table, &(struct entry_head){x->name, CHUNK_BYTES, (uint32_t)x->bytes.n});
    buf_add(&g->raw, x->bytes);
}

static void put_block(void *arg, size_t i, unsigned worker) {
    struct many *m = arg;
    struct archive *a = m->a;
    struct err e = {0};
    struct gather *g = gather_begin(a);
    bool ok = true;
    (void)worker;
    g->quick = true;
    (void)buf_room(&g->raw, BLOCK_TARGET + WHOLE_MOST);
    for (uint32_t k = m->starts.v[i]; k < m->starts.v[i + 1]; k++)
        if (m->items[k].bytes.n <= WHOLE_MOST)
            add_whole(a, g, &m->items[k]);
        else
            ok = archive_put(a, m->items[k].bytes, &m->items[k].name, &e) && ok;
    if (!gather_give(a, g, ok ? &e : NULL) || !ok)
        failed(m, &e);
}

bool archive_put_many(struct archive *a, struct archive_item *items, uint32_t n, struct err *e) {
    struct many m = {.a = a, .items = items, .arena = arena_new()};
    size_t bytes = BLOCK_TARGET;
    if (!archive_begin(a, e) || !gathers_again(a, e)) {
        arena_free(m.arena);
        return false;
    }
    pthread_mutex_init(&m.lock, NULL);
    for (uint32_t i = 0; i < n; i++) {
        if (bytes >= BLOCK_TARGET) {
            *vec_push(m.arena, &m.starts) = i;
            bytes = 0;
        }
        bytes += items[i].bytes.n;
    }
    *vec_push(m.arena, &m.starts) = n;
    pool_run(a->ctx, m.starts.n - 1, put_block, &m);
    pthread_mutex_destroy(&m.lock);
    arena_free(m.arena);
    if (m.failed && e)
        *e = m.first;
    return !m.failed;
}
