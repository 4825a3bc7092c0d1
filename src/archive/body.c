/* SPDX-License-Identifier: Apache-2.0
 *
 * Chunks into blocks and out again; small bodies.
 *
 * Chunks gather in a block; whoever fills it compresses and writes it while the others go on with the next, so putting
 * from several threads uses as many cores. A block that could not be written (full disk) stays in memory and is tried
 * again before anything else is taken, so a failure loses nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include "archive/inner.h"

/* Documents are read one by one, so their blocks are shorter: opening one costs its whole length. */
static const size_t block_target[GATHER_KINDS] = {[GATHER_TEXT] = 256 << 10, [GATHER_FILE] = 1 << 20};

/* ── in ── */

void gather_free(struct gather *g) {
    buf_free(&g->raw);
    buf_free(&g->table);
    free(g);
}

static struct gather *gather_new(void) {
    struct gather *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    return g;
}

static bool gather_write(struct archive *a, struct gather *g, struct err *e) {
    struct buf block = {0};
    struct place place;
    struct squeezer *s = archive_squeezer(a, g->quick);
    block_write(s, &a->keys, BLOCK_CHUNKS, buf_str(&g->table), buf_str(&g->raw), &block);
    archive_squeezer_back(a, s);
    bool ok = writer_append(a, buf_str(&block), &place, e);
    buf_free(&block);
    struct entry_head h;
    pthread_mutex_lock(&a->lock);
    for (size_t at = 0; ok && table_next(buf_str(&g->table), &at, &h);) {
        struct body_name id = pack_index_id(&a->keys, &h.name);
        index_put(a->index, &id, place);
    }
    if (ok) {
        gather_free(g);
    } else {
        g->next = a->stuck;
        a->stuck = g;
    }
    a->in_flight--;
    pthread_cond_broadcast(&a->settled);
    pthread_mutex_unlock(&a->lock);
    return ok;
}

/* With `lock` held: takes a gather out, to be written by the caller without the lock. */
static struct gather *gather_take(struct archive *a, enum gather_kind kind) {
    struct gather *g = a->gathers[kind];
    if (!g || !g->table.n)
        return NULL;
    a->gathers[kind] = NULL;
    a->in_flight++;
    return g;
}

struct gather *gather_begin(struct archive *a) {
    struct gather *g = gather_new();
    pthread_mutex_lock(&a->lock);
    a->in_flight++;
    pthread_mutex_unlock(&a->lock);
    return g;
}

bool gather_give(struct archive *a, struct gather *g, struct err *e) {
    if (g->table.n)
        return gather_write(a, g, e);
    gather_free(g);
    pthread_mutex_lock(&a->lock);
    a->in_flight--;
    pthread_cond_broadcast(&a->settled);
    pthread_mutex_unlock(&a->lock);
    return true;
}

bool gathers_again(struct archive *a, struct err *e) {
    for (;;) {
        pthread_mutex_lock(&a->lock);
        struct gather *g = a->stuck;
        if (g) {
            a->stuck = g->next;
            a->in_flight++;
        }
        pthread_mutex_unlock(&a->lock);
        if (!g)
            return true;
        if (!gather_write(a, g, e))
            return false;
    }
}

bool chunks_settle(struct archive *a, struct err *e) {
    bool ok = gathers_again(a, e);
    for (int kind = 0; ok && kind < GATHER_KINDS; kind++) {
        pthread_mutex_lock(&a->lock);
        struct gather *g = gather_take(a, (enum gather_kind)kind);
        pthread_mutex_unlock(&a->lock);
        ok = !g || gather_write(a, g, e);
    }
    pthread_mutex_lock(&a->lock);
    while (a->in_flight)
        pthread_cond_wait(&a->settled, &a->lock);
    bool stuck = a->stuck != NULL;
    pthread_mutex_unlock(&a->lock);
    return ok && (!stuck || gathers_again(a, e)); /* another thread's block may have failed meanwhile */
}

/* With `lock` held. A hit in an unfinished pack of another process is only as durable as that pack. */
bool chunk_known(struct archive *a, const struct body_name *id) {
    struct place place;
    if (!index_find(a->index, id, &place))
        return false;
    if (place.pack != PACK_PENDING && !a->packs[place.pack].sealed && !a->packs[place.pack].mine)
        a->packs[place.pack].borrowed = true;
    return true;
}

static bool put(struct archive *a, enum gather_kind where, const struct body_name *name, enum chunk_kind kind,
                str bytes, bool again, struct err *e) {
    struct body_name id = pack_index_id(&a->keys, name);
    struct gather *full = NULL;
    if (!archive_begin(a, e))
        return false;
    pthread_mutex_lock(&a->lock);
    bool stuck = a->stuck != NULL;
    pthread_mutex_unlock(&a->lock);
    if (stuck && !gathers_again(a, e))
        return false;
    pthread_mutex_lock(&a->lock);
    if (again || !chunk_known(a, &id)) {
        if (!a->gathers[where])
            a->gathers[where] = gather_new();
        struct gather *g = a->gathers[where];
        table_add(&g->table, &(struct entry_head){*name, kind, (uint32_t)bytes.n});
        buf_add(&g->raw, bytes);
        index_put(a->index, &id, (struct place){PACK_PENDING, 0});
        if (g->raw.n >= block_target[where] || g->table.n >= TABLE_MOST / 2)
            full = gather_take(a, where);
    }
    pthread_mutex_unlock(&a->lock);
    return !full || gather_write(a, full, e);
}

bool chunk_put(struct archive *a, enum gather_kind where, const struct body_name *name, enum chunk_kind kind, str bytes,
               struct err *e) {
    return put(a, where, name, kind, bytes, false, e);
}
bool chunk_put_again(struct archive *a, const struct body_name *name, enum chunk_kind kind, str bytes, struct err *e) {
    return put(a, bytes.n <= a->cut_texts.average && kind == CHUNK_BYTES ? GATHER_TEXT : GATHER_FILE, name, kind, bytes,
               true, e);
}

void body_writer_begin(struct archive *a, struct body_writer *w) {
    *w = (struct body_writer){.a = a, .sum = digest_begin(DIGEST_SHA256)};
}

static bool piece_put(struct body_writer *w, str bytes, struct err *e) {
    struct piece p = {.kind = PIECE_CHUNK, .size = bytes.n};
    digest_of(DIGEST_SHA256, bytes, p.name.b);
    return chunk_put(w->a, GATHER_FILE, &p.name, CHUNK_BYTES, bytes, e) && list_add(w->a, GATHER_FILE, &w->list, &p, e);
}

/* Cuts `bytes`, but for a rest that may still grow; gives that rest. */
static bool pieces_put(struct body_writer *w, str bytes, bool last, str *rest, struct err *e) {
    const struct cutter *cut = &w->a->cut_texts;
    while (bytes.n && (last || bytes.n >= cut->most)) {
        size_t n = cutter_next(cut, bytes);
        if (!piece_put(w, str_upto(bytes, n), e))
            return false;
        bytes = str_from(bytes, n);
    }
    *rest = bytes;
    return true;
}

bool body_writer_add(struct body_writer *w, str bytes, struct err *e) {
    str rest;
    digest_add(w->sum, bytes);
    buf_add(&w->rest, bytes);
    if (w->rest.n < 4 * (size_t)w->a->cut_texts.most)
        return true;
    if (!pieces_put(w, buf_str(&w->rest), false, &rest, e))
        return false;
    memmove(w->rest.p, rest.p, rest.n);
    w->rest.n = rest.n;
    return true;
}

bool body_writer_end(struct body_writer *w, struct body_name *out, struct err *e) {
    str rest = buf_str(&w->rest);
    digest_end(w->sum, out->b);
    w->sum = NULL;
    bool ok;
    if (w->list.n == 0 && rest.n <= w->a->cut_texts.average)
        ok = chunk_put(w->a, GATHER_TEXT, out, CHUNK_BYTES, rest, e);
    else if ((ok = pieces_put(w, rest, true, &rest, e)) && w->list.n > 1)
        ok = list_end(w->a, GATHER_FILE, &w->list, out, e);
    body_writer_drop(w);
    return ok;
}

void body_writer_drop(struct body_writer *w) {
    unsigned char unused[32];
    if (w->sum)
        digest_end(w->sum, unused);
    w->sum = NULL;
    list_drop(&w->list);
    buf_free(&w->rest);
}

bool archive_put(struct archive *a, str bytes, struct body_name *out, struct err *e) {
    struct body_writer w = {.a = a};
    bool ok;
    str rest;
    digest_of(DIGEST_SHA256, bytes, out->b);
    if (bytes.n <= a->cut_texts.average)
        return chunk_put(a, GATHER_TEXT, out, CHUNK_BYTES, bytes, e);
    if ((ok = pieces_put(&w, bytes, true, &rest, e)) && w.list.n > 1)
        ok = list_end(a, GATHER_FILE, &w.list, out, e);
    list_drop(&w.list);
    return ok;
}

/* ── out ── */

bool index_lookup(struct archive *a, const struct body_name *name, struct place *place) {
    struct body_name id = pack_index_id(&a->keys, name);
    pthread_mutex_lock(&a->lock);
    best_effort(archive_index_ready(a, NULL)); /* what is missed for it is looked for again */
    bool found = index_find(a->index, &id, place);
    pthread_mutex_unlock(&a->lock);
    return found;
}

/* Others may have added; and an index that a disk has damaged would hide what is there, so it is read whole once. */
static bool look_again(struct archive *a, struct err *e) {
    pthread_mutex_lock(&a->lock);
    bool bad = !a->index_checked && !index_whole(a->index);
    a->index_checked = true;
    pthread_mutex_unlock(&a->lock);
    if (bad && !chunks_settle(a, e))
        return false;
    pthread_mutex_lock(&a->lock);
    if (bad)
        archive_forget_index(a);
    bool ok = archive_refresh(a, e);
    pthread_mutex_unlock(&a->lock);
    return ok;
}

bool archive_has(struct archive *a, const struct body_name *name) {
    struct place place;
    return index_lookup(a, name, &place) || (look_again(a, NULL) && index_lookup(a, name, &place));
}

bool chunk_get(struct archive *a, const struct body_name *name, struct buf *out, enum chunk_kind *kind, bool *found,
               struct err *e) {
    struct place place;
    for (int turn = 0; turn < 3; turn++) {
        *found = index_lookup(a, name, &place);
        if (*found && place.pack == PACK_PENDING) {
            if (!chunks_settle(a, e))
                return false;
        } else if (*found) {
            unsigned char pack[PACK_ID];
            bool gone;
            pthread_mutex_lock(&a->lock);
            memcpy(pack, a->packs[place.pack].id, PACK_ID);
            pthread_mutex_unlock(&a->lock);
            if (cache_chunk(a, pack, place.at, name, out, kind, &gone, e))
                return true;
            struct err again = {0};
            if ((!gone && turn > 0) || !look_again(a, &again))
                return false;
        } else if (turn > 0 || !look_again(a, e)) {
            return turn > 0;
        }
    }
    *found = false;
    return true;
}

struct walking {
    struct archive *a;
    const struct body_walk *w;
    struct digest_state *sum;
    struct buf chunk;
    str where;
};

static bool missing(const struct walking *k, const struct body_name *name, struct err *e) {
    unsigned char const *b = name->b;
    char hex[65];
    for (int i = 0; i < 32; i++)
        snprintf(hex + 2 * i, 3, "%02x", b[i]);
    return err_set(e, ERR_INPUT, k->where, _("%s is not in the archive"), hex);
}

static bool damaged_list(const struct walking *k, struct err *e) {
    return err_set(e, ERR_INPUT, k->where, _("the list of the body's chunks is damaged"));
}

static void add_zeros(struct digest_state *s, uint64_t n) {
    static const char zeros[1 << 16];
    for (; n; n -= n < sizeof zeros ? n : sizeof zeros)
        digest_add(s, str_n(zeros, n < sizeof zeros ? (size_t)n : sizeof zeros));
}

static bool give(struct walking *k, str bytes, uint64_t hole, struct err *e) {
    if (bytes.p)
        digest_add(k->sum, bytes);
    else
        add_zeros(k->sum, hole);
    return k->w->piece(k->w->arg, bytes, hole, e);
}

static bool list_walk(struct walking *k, str list, int level, struct err *e);

/* A part holds no parts. */
static bool list_pieces(struct walking *k, str list, int level, struct ahead *ahead, // NOLINT(misc-no-recursion)
                        struct err *e) {
    struct piece p;
    uint64_t total, sum = 0;
    size_t at;
    bool good = false, found;
    enum chunk_kind kind = CHUNK_BYTES;
    if (!list_begin(list, &total, &at))
        return damaged_list(k, e);
    while (list_next(list, &at, &p, &good)) {
        ahead_moved(ahead, sum);
        sum += p.size;
        if (sum > total)
            return damaged_list(k, e);
        if (p.kind == PIECE_HOLE) {
            if (!give(k, (str){NULL, 0}, p.size, e))
                return false;
            continue;
        }
        struct buf part = {0}, *to = p.kind == PIECE_PART ? &part : &k->chunk;
        buf_clear(&k->chunk);
        bool ok = chunk_get(k->a, &p.name, to, &kind, &found, e) && (found || missing(k, &p.name, e));
        if (ok && p.kind == PIECE_PART)
            ok = level == 0 && kind == CHUNK_PART ? list_walk(k, buf_str(&part), 1, e) : damaged_list(k, e);
        else if (ok)
            ok = k->chunk.n == p.size && kind == CHUNK_BYTES ? give(k, buf_str(&k->chunk), 0, e) : damaged_list(k, e);
        buf_free(&part);
        if (!ok)
            return false;
    }
    return (good && sum == total) || damaged_list(k, e);
}

static bool list_walk(struct walking *k, str list, int level, struct err *e) { // NOLINT(misc-no-recursion)
    struct ahead *ahead = k->w->ahead ? ahead_begin(k->a, list) : NULL;
    bool ok = list_pieces(k, list, level, ahead, e);
    ahead_end(ahead);
    return ok;
}

bool body_each(struct archive *a, const struct body_name *name, const struct body_walk *w, struct err *e) {
    struct walking k = {.a = a, .w = w, .where = a->folder};
    struct buf first = {0};
    struct body_name got;
    enum chunk_kind kind = CHUNK_BYTES;
    bool found;
    if (!chunk_get(a, name, &first, &kind, &found, e))
        return buf_free(&first), false;
    k.sum = digest_begin(DIGEST_SHA256);
    uint64_t total = first.n;
    size_t at;
    bool ok = (found && kind != CHUNK_PART) || missing(&k, name, e);
    if (ok && kind == CHUNK_LIST && !list_begin(buf_str(&first), &total, &at))
        ok = damaged_list(&k, e);
    ok = ok && (!w->begin || w->begin(w->arg, total, e));
    if (ok)
        ok = kind == CHUNK_LIST ? list_walk(&k, buf_str(&first), 0, e) : give(&k, buf_str(&first), 0, e);
    digest_end(k.sum, got.b);
    if (ok && memcmp(got.b, name->b, 32) != 0)
        ok = err_set(e, ERR_INPUT, a->folder, _("the body's bytes are not those its name promises"));
    buf_free(&first);
    buf_free(&k.chunk);
    return ok;
}

struct to_memory {
    struct archive *a;
    struct arena *into;
    char *p;
    size_t n;
};
static bool memory_begin(void *arg, uint64_t total, struct err *e) {
    struct to_memory *m = arg;
    if (total > m->a->ctx->limits.file)
        return err_set(e, ERR_LIMIT, m->a->folder, _("larger than the %zu MiB a document may have"),
                       m->a->ctx->limits.file >> 20);
    m->p = arena_alloc(m->into, (size_t)total + 1);
    return true;
}
static bool memory_piece(void *arg, str bytes, uint64_t hole, struct err *e) {
    struct to_memory *m = arg;
    (void)e;
    if (bytes.p)
        memcpy(m->p + m->n, bytes.p, bytes.n);
    m->n += bytes.p ? bytes.n : (size_t)hole; /* arena memory is zero */
    return true;
}

bool archive_get(struct archive *a, struct arena *into, const struct body_name *name, str *out, struct err *e) {
    struct to_memory m = {.a = a, .into = into};
    struct body_walk w = {memory_begin, memory_piece, &m};
    if (!body_each(a, name, &w, e))
        return false;
    *out = str_n(m.p, m.n);
    return true;
}
