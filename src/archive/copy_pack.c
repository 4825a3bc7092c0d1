/* SPDX-License-Identifier: Apache-2.0
 *
 * One pack looked at by itself, from its head to its tail, block behind block without a gap.
 */
#include "archive/copy_place.h"

struct walking {
    struct copy_pack *p;
    const struct pack_keys *keys; /* NULL: only what needs none */
    struct pack_keys bare;        /* for the sizes in heads: sealed or not */
    uint64_t at;
    struct buf stored, table, body;
};

static bool read_to(struct walking *w, struct buf *b, uint64_t at, size_t n, struct err *e) {
    buf_clear(b);
    if (!disk_read(w->p->fd, w->p->path, buf_room(b, n + 1), n, at, e))
        return false;
    b->n = n;
    return true;
}

/* A list is named by the body it makes, whose chunks may lie in other packs: here it has to be one. */
static bool list_good(str list) {
    struct piece piece;
    uint64_t total;
    size_t at;
    bool good = list_begin(list, &total, &at);
    while (good && list_next(list, &at, &piece, &good))
        good = true; /* it speaks of the end only */
    return good;
}

static bool chunks_good(struct walking *w, str table, str body) {
    struct entry_head h;
    unsigned char sum[32];
    size_t from = 0;
    for (size_t i = 0; table_next(table, &i, &h); from += h.size) {
        if (h.size > body.n - from)
            return false;
        str bytes = str_n(body.p + from, h.size);
        if (h.kind == CHUNK_LIST) {
            if (!list_good(bytes))
                return false;
        } else {
            digest_of(DIGEST_SHA256, bytes, sum);
            if (memcmp(sum, h.name.b, 32) != 0)
                return false;
        }
        w->p->bodies++;
    }
    return from == body.n;
}

static bool opens(struct walking *w, const struct block_head *h, str table, str body) {
    struct buf plain = {0};
    if (!block_table_read(w->keys, h, table, &w->table))
        return false;
    bool good = block_body_read(w->keys, h, buf_str(&w->table), body, buf_room(&plain, (size_t)h->raw_n + 1));
    plain.n = good ? h->raw_n : 0;
    good = good && (h->kind == BLOCK_FOOTER || chunks_good(w, buf_str(&w->table), buf_str(&plain)));
    buf_free(&plain);
    return good;
}

/* The block at w->at; *good, and w->at moved behind it. */
static bool block(struct walking *w, struct block_head *h, bool *good, struct err *e) {
    *good = false;
    if (w->p->size - w->at < BLOCK_HEAD)
        return true;
    if (!read_to(w, &w->stored, w->at, BLOCK_HEAD, e))
        return false;
    if (!block_head_read(&w->bare, buf_str(&w->stored), h) || block_size(h) > w->p->size - w->at)
        return true;
    if (!read_to(w, &w->stored, w->at + BLOCK_HEAD, h->table_n, e) ||
        !read_to(w, &w->body, w->at + BLOCK_HEAD + h->table_n, h->body_n, e))
        return false;
    str table = buf_str(&w->stored), body = buf_str(&w->body);
    *good = block_table_whole(h, table) && block_body_whole(h, body) && (!w->keys || opens(w, h, table, body));
    w->at += block_size(h);
    return true;
}

static bool walk(struct walking *w, struct err *e) {
    unsigned char head[PACK_HEAD], tail[PACK_TAIL], id[PACK_ID];
    struct block_head h = {0};
    uint64_t footer_at = 0, last = 0;
    bool good = true;
    if (!disk_size(w->p->fd, w->p->path, &w->p->size, e))
        return false;
    if (w->p->size < PACK_HEAD + PACK_TAIL)
        return true;
    if (!disk_read(w->p->fd, w->p->path, head, PACK_HEAD, 0, e) ||
        !disk_read(w->p->fd, w->p->path, tail, PACK_TAIL, w->p->size - PACK_TAIL, e))
        return false;
    if (!pack_head_read(str_n((const char *)head, PACK_HEAD), id, &w->bare.on) || memcmp(id, w->p->id, PACK_ID) != 0 ||
        !pack_tail_read(str_n((const char *)tail, PACK_TAIL), &footer_at) || (w->keys && w->keys->on != w->bare.on))
        return true;
    for (w->at = PACK_HEAD; good && h.kind != BLOCK_FOOTER;) {
        last = w->at;
        if (!block(w, &h, &good, e))
            return false;
    }
    w->p->good = good && last == footer_at && w->p->size - w->at == PACK_TAIL;
    return true;
}

bool copy_pack_prove(struct copy_pack *p, const struct pack_keys *keys, struct err *e) {
    struct walking w = {.p = p, .keys = keys};
    p->good = false;
    p->bodies = p->size = 0;
    bool ok = walk(&w, e);
    buf_free(&w.stored);
    buf_free(&w.table);
    buf_free(&w.body);
    return ok;
}

bool copy_pack_whole(struct copy_pack *p, struct err *e) { return copy_pack_prove(p, NULL, e); }
