/* SPDX-License-Identifier: Apache-2.0
 *
 * Blocks opened lately. Chunks of one block are mostly wanted together; a block is decompressed once for them, also
 * when several threads want it at the same time.
 */
#include <stdlib.h>

#include "archive/inner.h"

enum { SLOTS = 128, BYTES = 64 << 20 };

struct slot {
    unsigned char pack[PACK_ID];
    uint64_t at, used; /* used: when, by a counter; 0 = empty */
    bool loading;
    struct buf table, raw;
};
struct cache {
    pthread_mutex_t lock;
    pthread_cond_t loaded;
    struct slot slots[SLOTS];
    uint64_t clock;
    size_t bytes;
};

struct cache *cache_new(void) {
    struct cache *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->loaded, NULL);
    return c;
}

void cache_free(struct cache *c) {
    if (!c)
        return;
    for (size_t i = 0; i < SLOTS; i++) {
        buf_free(&c->slots[i].table);
        buf_free(&c->slots[i].raw);
    }
    pthread_mutex_destroy(&c->lock);
    pthread_cond_destroy(&c->loaded);
    free(c);
}

static void empty_slot(struct cache *c, struct slot *s) {
    c->bytes -= s->raw.n;
    buf_free(&s->table);
    buf_free(&s->raw);
    *s = (struct slot){0};
}

/* An empty slot, with room for n more bytes; the longest unused go. NULL: all are being loaded. */
static struct slot *make_room(struct cache *c, size_t n) {
    for (;;) {
        struct slot *empty = NULL, *oldest = NULL;
        for (struct slot *s = c->slots; s < c->slots + SLOTS; s++) {
            if (!s->used)
                empty = s;
            else if (!s->loading && (!oldest || s->used < oldest->used))
                oldest = s;
        }
        if (empty && (c->bytes + n <= BYTES || !oldest))
            return empty;
        if (!oldest)
            return NULL;
        empty_slot(c, oldest);
    }
}

static struct slot *find(struct cache *c, const unsigned char pack[PACK_ID], uint64_t at) {
    for (struct slot *s = c->slots; s < c->slots + SLOTS; s++)
        if (s->used && s->at == at && memcmp(s->pack, pack, PACK_ID) == 0)
            return s;
    return NULL;
}

static bool damaged(const struct pack_file *f, uint64_t at, struct err *e) {
    err_set(e, ERR_INPUT, str_of(f->path), _("the block at offset %llu is damaged"), (unsigned long long)at);
    return err_hint(e, _("`akashi archive check` says what is lost, `akashi archive repair --from COPY` mends it"));
}

/* One read for head and body: blocks are mostly shorter than this. */
enum { AHEAD = 128 << 10 };

static bool load(struct archive *a, const unsigned char pack[PACK_ID], uint64_t at, struct buf *table, struct buf *raw,
                 bool *gone, struct err *e) {
    struct pack_file f;
    struct block_head h;
    struct buf b = {0};
    size_t got = 0;
    if (!pack_open(a, pack, &f, gone, e))
        return false;
    bool ok = disk_read_some(f.fd, f.path, buf_room(&b, AHEAD), AHEAD, at, &got, e);
    b.n = got;
    if (ok && (!block_head_read(&a->keys, buf_str(&b), &h) || h.kind != BLOCK_CHUNKS || at + block_size(&h) > f.size))
        ok = damaged(&f, at, e);
    size_t size = ok ? (size_t)block_size(&h) : 0;
    if (ok && b.n < size) {
        ok = disk_read(f.fd, f.path, buf_room(&b, size - b.n), size - b.n, at + b.n, e);
        b.n = size;
    }
    str stored = str_from(str_upto(buf_str(&b), size), BLOCK_HEAD);
    if (ok && (!block_table_read(&a->keys, &h, str_upto(stored, h.table_n), table) ||
               !block_body_read(&a->keys, &h, buf_str(table), str_from(stored, h.table_n), buf_room(raw, h.raw_n))))
        ok = damaged(&f, at, e);
    raw->n = ok ? h.raw_n : 0;
    buf_free(&b);
    pack_close(&f);
    return ok;
}

static bool take_chunk(const struct slot *s, const struct body_name *name, struct buf *out, enum chunk_kind *kind) {
    struct entry_head h;
    size_t from = 0;
    for (size_t at = 0; table_next(buf_str(&s->table), &at, &h); from += h.size)
        if (memcmp(h.name.b, name->b, 32) == 0) {
            *kind = h.kind;
            buf_add(out, str_n(s->raw.p + from, h.size));
            return true;
        }
    return false;
}

/* As good as gone: the index is old or damaged. */
static bool misled(const struct archive *a, bool *gone, struct err *e) {
    *gone = true;
    return err_set(e, ERR_INPUT, a->folder, _("the index leads to a block without the chunk"));
}

bool cache_chunk(struct archive *a, const unsigned char pack[PACK_ID], uint64_t at, const struct body_name *name,
                 struct buf *out, enum chunk_kind *kind, bool *gone, struct err *e) {
    struct cache *c = a->cache;
    struct slot *s;
    bool ok = true;
    *gone = false;
    pthread_mutex_lock(&c->lock);
    while ((s = find(c, pack, at)) && s->loading)
        pthread_cond_wait(&c->loaded, &c->lock);
    if (!s) {
        struct slot fresh = {.at = at};
        s = make_room(c, 2 << 20);
        if (s) {
            *s = (struct slot){.at = at, .used = ++c->clock, .loading = true};
            memcpy(s->pack, pack, PACK_ID);
        }
        pthread_mutex_unlock(&c->lock);
        ok = load(a, pack, at, &fresh.table, &fresh.raw, gone, e);
        pthread_mutex_lock(&c->lock);
        struct slot *to = s ? s : &fresh;
        to->table = fresh.table;
        to->raw = fresh.raw;
        c->bytes += s ? to->raw.n : 0;
        if (s)
            s->loading = false;
        pthread_cond_broadcast(&c->loaded);
        if (ok && !take_chunk(to, name, out, kind))
            ok = misled(a, gone, e);
        if (!s) {
            buf_free(&fresh.table);
            buf_free(&fresh.raw);
        } else if (!ok) {
            empty_slot(c, s);
        }
    } else {
        s->used = ++c->clock;
        if (!take_chunk(s, name, out, kind))
            ok = misled(a, gone, e);
    }
    pthread_mutex_unlock(&c->lock);
    return ok;
}
