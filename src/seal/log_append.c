/* SPDX-License-Identifier: Apache-2.0
 *
 * Appending. Callers prepare their entries side by side (digests, salts, long envelopes into the store), then queue;
 * whoever finds nobody leading takes the lock and the whole queue, and writes one record with one sync for all of them.
 */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/ctx.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/msg.h"
#include "seal/log_inner.h"

struct prepared {
    unsigned char digest[32], body[32];
    bool in_store;
};
struct log_request {
    struct log_add *adds;
    struct prepared *made;
    uint32_t n;
    bool done, ok;
    struct err e;
    struct log_request *next;
};

/* ── before the queue ── */

static bool usable(const struct log *l, const struct log_add *adds, uint32_t n, struct err *e) {
    if (!l->key)
        return err_set(e, ERR_USAGE, str_of(l->path.log), _("the log is open for reading only"));
    if (l->lock_fd < 0 || l->journal_fd < 0 || l->map_fd < 0 || l->find_fd < 0)
        return err_set(e, ERR_ENV, str_of(l->path.append), _("the log cannot be written here"));
    for (uint32_t i = 0; i < n; i++) {
        if (adds[i].envelope.n == 0)
            return err_set(e, ERR_USAGE, str_of(l->path.log), _("an entry needs an envelope"));
        if (adds[i].kind.n == 0 || adds[i].kind.n > LEAF_KIND_MOST)
            return err_set(e, ERR_USAGE, str_of(l->path.log), _("the kind of an entry has 1 to %d bytes"),
                           LEAF_KIND_MOST);
        if (adds[i].envelope.n >= IN_STORE)
            return err_set(e, ERR_LIMIT, str_of(l->path.log), _("an envelope is shorter than 4 GiB"));
    }
    return true;
}

static bool prepare(struct log *l, struct log_request *q, struct err *e) {
    uint64_t bytes = 0;
    bool stored = false;
    for (uint32_t i = 0; i < q->n; i++)
        bytes += q->adds[i].envelope.n;
    for (uint32_t i = 0; i < q->n; i++) {
        struct log_add *x = &q->adds[i];
        struct prepared *p = &q->made[i];
        random_bytes(x->salt, LEAF_SALT);
        digest_of(DIGEST_SHA256, x->envelope, p->digest);
        leaf_commit(x->salt, x->envelope, p->body);
        p->in_store = x->envelope.n > INLINE_MOST || bytes > INLINE_BATCH;
        if (!p->in_store)
            continue;
        if (!l->has_store)
            return err_set(e, ERR_USAGE, str_of(l->path.log), _("without the archive no long envelope can be added"));
        if (!l->store.put(l->store.of, x->envelope, e))
            return false;
        stored = true;
    }
    return !stored || l->store.sync(l->store.of, e);
}

/* ── a batch ── */

struct batch {
    struct log *log;
    struct arena *a;
    struct journal_entry *entries;
    uint32_t n;
    int64_t time;
    struct merkle_edge edge;
    struct map seen; /* digest → index + 1, of this batch */
};

/* When the very envelope is there already; its salt is read back from the map. */
static bool already(struct batch *b, struct log_add *x, const unsigned char digest[32], struct err *e) {
    struct log *l = b->log;
    struct find find = log_find(l);
    const struct map_entry *now = map_find(&b->seen, str_n((const char *)digest, 32));
    x->was_there = now != NULL;
    if (now) {
        x->index = (uint64_t)(uintptr_t)now->value - 1;
        memcpy(x->salt, b->entries[x->index - l->tail.edge.size].salt, LEAF_SALT);
        return true;
    }
    if (!find_get(&find, l->tail.edge.size, digest, &x->was_there, &x->index, e))
        return false;
    return !x->was_there || disk_read(l->map_fd, l->path.map, x->salt, LEAF_SALT, x->index * MAP_RECORD, e);
}

static bool add(struct batch *b, struct log_add *x, const struct prepared *p, struct err *e) {
    x->was_there = false;
    if (x->same_ok && !already(b, x, p->digest, e))
        return false;
    if (x->was_there)
        return true;
    struct leaf leaf = {.time = b->time, .kind = x->kind};
    memcpy(leaf.key, x->key, 32);
    memcpy(leaf.body, p->body, 32);
    unsigned char *bytes = arena_alloc(b->a, LEAF_LEAST + x->kind.n);
    struct journal_entry *j = &b->entries[b->n++];
    j->leaf = str_n((char *)bytes, leaf_write(&leaf, bytes));
    j->envelope = p->in_store ? (str){NULL, 0} : x->envelope;
    memcpy(j->salt, x->salt, 32);
    memcpy(j->digest, p->digest, 32);
    x->index = b->edge.size;
    merkle_edge_add(&b->edge, merkle_leaf(j->leaf));
    struct map_entry *seen = map_put(&b->seen, str_n((const char *)j->digest, 32), NULL);
    if (!seen->value)
        seen->value = (void *)(uintptr_t)b->edge.size;
    return true;
}

/* The record, whole and synced; cut back when that fails, so that nothing half-written stays before the next one. */
static bool write_record(struct log *l, str record, struct err *e) {
    if (disk_write(l->ctx, l->journal_fd, l->path.journal, record, l->state.journal, e) &&
        disk_sync(l->ctx, l->journal_fd, l->path.journal, e))
        return true;
    l->broken = !disk_truncate(l->ctx, l->journal_fd, l->path.journal, l->state.journal, NULL);
    return false;
}

static bool commit(struct batch *b, struct err *e) {
    struct log *l = b->log;
    struct buf record = {0};
    struct journal_record r;
    unsigned char sum[32];
    str note;
    if (b->n == 0)
        return true;
    if (!log_sign(l, b->a, &b->edge, b->time, &note, e))
        return false;
    journal_write(&record, l->tail.edge.size, l->state.sum, note, b->entries, b->n, sum);
    bool ok = write_record(l, buf_str(&record), e);
    if (ok && journal_read(buf_str(&record), NULL, &r)) {
        r.at = l->state.journal;
        /* Acknowledged from here on: what cannot be carried over now is by whoever takes the lock next. */
        struct err why = {0};
        l->fresh = log_integrate(l, &r, &why) &&
                   state_write(l->ctx, l->lock_fd, l->path.lock, l->boot, &l->state, &why);
        log_set_behind(l, &why);
        if (atomic_load(&l->size) < b->edge.size)
            atomic_store(&l->size, b->edge.size);
    }
    buf_free(&record);
    return ok;
}

/* A clock that was set back: entries stay in order, but deadlines are told from the wrong moment. Seconds are what two
 * machines differ by; a moment that was asked for (SOURCE_DATE_EPOCH) is meant. */
static void tell_clock(struct log *l, int64_t now) {
    enum { NOTHING = 300 };
    if (l->ctx->now_fixed || now + NOTHING > l->tail.time || l->clock_told)
        return;
    l->clock_told = true;
    struct arena *a = arena_new();
    str here = time_rfc3339(a, now), last = time_rfc3339(a, l->tail.time);
    ctx_warn(l->ctx, S("log"),
             _("this machine's clock says %.*s, and the last entry is from %.*s: set the clock, until then entries get "
               "that time and deadlines are wrong"),
             STR_ARG(here), STR_ARG(last));
    arena_free(a);
}

static int64_t now_not_before(struct log *l) {
    int64_t now = l->ctx->now_fixed ? l->ctx->now : (int64_t)time(NULL);
    tell_clock(l, now);
    return now > l->tail.time ? now : l->tail.time;
}

static bool run_batch(struct log *l, struct log_request *q, struct err *e) {
    struct arena *a = arena_new();
    struct batch b = {.log = l, .a = a, .time = now_not_before(l), .edge = l->tail.edge};
    uint32_t n = 0;
    bool ok = true;
    for (const struct log_request *r = q; r; r = r->next)
        n += r->n;
    b.entries = arena_array(a, struct journal_entry, n ? n : 1);
    map_init(&b.seen, a);
    for (struct log_request *r = q; ok && r; r = r->next)
        for (uint32_t i = 0; ok && i < r->n; i++)
            ok = add(&b, &r->adds[i], &r->made[i], e);
    ok = ok && commit(&b, e);
    arena_free(a);
    return ok;
}

/* ── the queue ── */

static struct log_request *take_queue(struct log *l) {
    pthread_mutex_lock(&l->queue_lock);
    struct log_request *head = l->first, *last = head;
    uint64_t n = head->n;
    while (last->next && n + last->next->n <= BATCH_MOST) {
        last = last->next;
        n += last->n;
    }
    l->first = last->next;
    if (!l->first)
        l->last = &l->first;
    last->next = NULL;
    pthread_mutex_unlock(&l->queue_lock);
    return head;
}

static void answer(struct log *l, struct log_request *q, bool ok, const struct err *e) {
    pthread_mutex_lock(&l->queue_lock);
    for (struct log_request *next; q; q = next) {
        next = q->next; /* the request is its caller's again once it is done */
        q->ok = ok;
        q->e = *e;
        q->done = true;
    }
    pthread_cond_broadcast(&l->queue_moved);
    pthread_mutex_unlock(&l->queue_lock);
}

static void lead(struct log *l) {
    struct err e = {0};
    bool locked = log_lock(l, &e), ok = locked;
    struct log_request *q = take_queue(l);
    if (ok && l->state.journal >= JOURNAL_MOST)
        ok = log_settle_locked(l, &e);
    ok = ok && run_batch(l, q, &e);
    answer(l, q, ok, &e);
    if (locked && ok && l->fresh && l->state.journal >= JOURNAL_FULL && l->has_store)
        (void)!log_settle_locked(l, NULL); /* tried again by the next one */
    if (locked)
        log_unlock(l);
}

bool log_append(struct log *l, struct log_add *adds, uint32_t n, struct err *e) {
    if (!usable(l, adds, n, e))
        return false;
    if (n == 0)
        return true;
    struct log_request q = {.adds = adds, .n = n, .made = calloc(n, sizeof *q.made)};
    if (!q.made)
        abort();
    bool ok = prepare(l, &q, e);
    if (ok) {
        pthread_mutex_lock(&l->queue_lock);
        *l->last = &q;
        l->last = &q.next;
        while (!q.done) {
            if (l->leading) {
                pthread_cond_wait(&l->queue_moved, &l->queue_lock);
                continue;
            }
            l->leading = true;
            pthread_mutex_unlock(&l->queue_lock);
            lead(l);
            pthread_mutex_lock(&l->queue_lock);
            l->leading = false;
            pthread_cond_broadcast(&l->queue_moved);
        }
        pthread_mutex_unlock(&l->queue_lock);
        ok = q.ok;
        if (!ok && e)
            *e = q.e;
    }
    free(q.made);
    return ok;
}
