/* SPDX-License-Identifier: Apache-2.0
 *
 * Every chunk of every pack, read anew from the packs: what check, repair, gc and erase stand on. The index is not
 * asked.
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "archive/inner.h"
#include "archive/roots.h"
#include "archive/tree.h"
#include "base/pool.h"

static bool add_pack(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e) {
    struct census *c = arg;
    struct pack_file f;
    struct stat st;
    bool missing = false;
    if (!pack_open(c->a, id, &f, &missing, missing ? NULL : e))
        return missing;
    struct census_pack *p = vec_push(c->arena, &c->packs);
    *p = (struct census_pack){.open = open && f.open, .size = f.size};
    p->changed = fstat(f.fd, &st) == 0 ? st.st_mtim.tv_sec : INT64_MAX;
    memcpy(p->id, id, PACK_ID);
    pack_close(&f);
    return true;
}

void census_fault(struct census *c, const struct archive_fault *f) {
    pthread_mutex_lock(&c->lock);
    if (c->check) {
        c->check->faults++;
        if (c->check->fault)
            c->check->fault(c->check->arg, f);
    }
    pthread_mutex_unlock(&c->lock);
}

static void add_seen(struct census *c, const struct seen *s) {
    pthread_mutex_lock(&c->lock);
    if (c->n == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 4096;
        c->v = realloc(c->v, c->cap * sizeof *c->v);
        if (!c->v)
            abort();
    }
    c->v[c->n++] = *s;
    if (c->check && (s->flags & SEEN_GOOD)) {
        c->check->chunks++;
        c->check->bytes += s->size;
    }
    pthread_mutex_unlock(&c->lock);
}

/* ── one pack ── */

struct pack_look {
    struct census *c;
    uint32_t number;
    const struct pack_file *f;
    uint64_t next; /* where the next block should begin */
    struct buf footer;
};

static void fault_at(struct pack_look *l, uint64_t at, const struct body_name *name, const char *what) {
    struct archive_fault f = {.where = str_of(l->f->path), .has_offset = true, .offset = at, .what = what};
    if (name) {
        f.has_name = true;
        f.name = *name;
    }
    l->c->packs.v[l->number].damaged = true;
    census_fault(l->c, &f);
}

static void take_table(struct pack_look *l, const struct block_seen *b, str table, bool good) {
    struct entry_head h;
    size_t from = 0;
    for (size_t at = 0; table_next(table, &at, &h); from += h.size) {
        struct seen s = {h.name, l->number, (uint32_t)b->at, h.size, (unsigned char)h.kind, good ? SEEN_GOOD : 0};
        if (good && b->raw.p) {
            str bytes = str_n(b->raw.p + from, h.size);
            struct body_name got;
            digest_of(DIGEST_SHA256, bytes, got.b);
            if (h.kind != CHUNK_LIST && memcmp(got.b, h.name.b, 32) != 0) {
                s.flags = 0;
                fault_at(l, b->at, &h.name, N_("a chunk is not what its name promises"));
            }
            if (str_starts(bytes, str_of(tree_first_line)))
                s.flags |= SEEN_TREE;
        }
        if (!good)
            fault_at(l, b->at, &h.name, N_("a chunk is lost with its block"));
        add_seen(l->c, &s);
    }
}

/* What the footer says about a block that cannot be read. */
static void lost_by_footer(struct pack_look *l, uint64_t from, uint64_t to) {
    struct block_head h;
    str table;
    uint64_t block_at;
    for (size_t at = 0; footer_next(&l->c->a->keys, buf_str(&l->footer), &at, &block_at, &h, &table);)
        if (block_at >= from && block_at < to) {
            struct block_seen b = {.at = block_at};
            take_table(l, &b, table, false);
        }
}

static bool take_block(void *arg, const struct block_seen *b, struct err *e) {
    struct pack_look *l = arg;
    (void)e;
    uint64_t end = b->head.kind ? b->at + block_size(&b->head) : b->at;
    if (b->head.kind == BLOCK_FOOTER) {
        if (!b->whole)
            fault_at(l, b->at, NULL, N_("the footer is damaged"));
        l->next = end;
        return true;
    }
    if (!b->head.kind) {
        fault_at(l, b->at, NULL, N_("there is no block where one should be"));
        return true; /* how far it reaches is known with the next one */
    }
    if (b->at > l->next)
        lost_by_footer(l, l->next, b->at);
    if (b->whole && b->table.p) {
        take_table(l, b, b->table, true);
    } else {
        fault_at(l, b->at, NULL, b->table.p ? N_("a block is damaged") : N_("the table of a block is damaged"));
        if (b->table.p)
            take_table(l, b, b->table, false);
        else
            lost_by_footer(l, b->at, end);
    }
    l->next = end;
    return true;
}

/* An interrupted write leaves the beginning of a block, or zeros; nothing that was acknowledged. */
static bool only_torn(const struct archive *a, const struct pack_file *f, uint64_t at) {
    struct buf b = {0};
    struct block_head h;
    size_t n = f->size - at < (1 << 20) ? (size_t)(f->size - at) : 1 << 20, zeros = 0;
    bool torn = false;
    if (disk_read(f->fd, f->path, buf_room(&b, n), n, at, NULL)) {
        while (zeros < n && b.p[zeros] == 0)
            zeros++;
        torn = n < BLOCK_HEAD || zeros == n ||
               (block_head_read(&a->keys, str_n(b.p, n), &h) && at + block_size(&h) > f->size);
    }
    buf_free(&b);
    return torn;
}

static bool footer_agrees(struct pack_look *l) {
    struct block_head h;
    str table;
    uint64_t block_at;
    size_t at = 0;
    while (footer_next(&l->c->a->keys, buf_str(&l->footer), &at, &block_at, &h, &table))
        ;
    return at == l->footer.n;
}

static bool take_pack(struct census *c, uint32_t number, struct err *e) {
    struct pack_file f;
    struct pack_look l = {.c = c, .number = number, .f = &f, .next = PACK_HEAD};
    struct pack_walk w = {.bodies = c->bodies, .raw = c->bodies, .each = take_block, .arg = &l};
    if (!pack_open(c->a, c->packs.v[number].id, &f, NULL, e))
        return false;
    if (f.size == 0 && f.open) { /* made, never written to */
        pack_close(&f);
        return true;
    }
    bool empty = f.open && f.size <= PACK_HEAD; /* nothing is in it yet */
    if (!empty && pack_head_of(c->a, c->packs.v[number].id, &f) == HEAD_BAD)
        fault_at(&l, 0, NULL, N_("the head of the pack is damaged"));
    bool footer = !f.open && pack_footer(c->a, &f, &l.footer) && footer_agrees(&l);
    bool ok = pack_each(c->a, &f, PACK_HEAD, &w, e);
    if (ok && !f.open && (!footer || !w.footer || w.tail != PACK_TAIL || !pack_tail_there(&f))) {
        if (l.next < w.end || w.tail != PACK_TAIL)
            lost_by_footer(&l, l.next, UINT64_MAX);
        fault_at(&l, w.end, NULL, N_("the end of the pack is damaged"));
    } else if (ok && f.open && w.tail && !(w.footer && w.tail == PACK_TAIL) && !only_torn(c->a, &f, w.end)) {
        fault_at(&l, w.end, NULL, N_("behind this offset the pack cannot be read"));
    }
    buf_free(&l.footer);
    pack_close(&f);
    return ok;
}

static void pack_job(void *arg, size_t i, unsigned worker) {
    struct census *c = arg;
    struct err e = {0};
    (void)worker;
    if (c->failed || take_pack(c, (uint32_t)i, &e))
        return;
    pthread_mutex_lock(&c->lock);
    if (!c->failed)
        c->first = e;
    c->failed = true;
    pthread_mutex_unlock(&c->lock);
}

static int by_name(const void *x, const void *y) {
    const struct seen *a = x, *b = y;
    int order = memcmp(a->name.b, b->name.b, 32);
    return order ? order : a->pack != b->pack ? (a->pack < b->pack ? -1 : 1) : a->at < b->at ? -1 : a->at > b->at;
}

bool census_take(struct archive *a, bool bodies, struct archive_check *check, struct census *c, struct err *e) {
    *c = (struct census){.a = a, .arena = arena_new(), .bodies = bodies, .check = check};
    pthread_mutex_init(&c->lock, NULL);
    if (!roots_erased(a, c->arena, &c->erased, e) || !packs_list(a, add_pack, c, e))
        return false;
    pool_run(a->ctx, c->packs.n, pack_job, c);
    if (c->failed && e)
        *e = c->first;
    if (check)
        check->packs = c->packs.n;
    if (c->n)
        qsort(c->v, c->n, sizeof *c->v, by_name);
    return !c->failed;
}

void census_free(struct census *c) {
    if (c->arena) {
        arena_free(c->arena);
        pthread_mutex_destroy(&c->lock);
    }
    free(c->v);
}

struct seen *census_find(const struct census *c, const struct body_name *name) {
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (memcmp(c->v[middle].name.b, name->b, 32) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->n && memcmp(c->v[low].name.b, name->b, 32) == 0 ? &c->v[low] : NULL;
}

void census_flag(const struct census *c, const struct body_name *name, unsigned char flag) {
    for (struct seen *s = census_find(c, name); s && s < c->v + c->n && memcmp(s->name.b, name->b, 32) == 0; s++)
        s->flags |= flag;
}

/* ── lists ── */

static bool pieces(struct archive *a, str list, int level, // NOLINT(misc-no-recursion)
                   piece_each *each, void *arg, bool *whole, struct err *e) {
    struct piece p;
    uint64_t total;
    size_t at;
    bool good;
    if (!list_begin(list, &total, &at)) {
        *whole = false;
        return true;
    }
    while (list_next(list, &at, &p, &good)) {
        if (p.kind != PIECE_HOLE && !each(arg, &p, e))
            return false;
        if (p.kind != PIECE_PART)
            continue;
        struct buf part = {0};
        struct err ignored = {0};
        enum chunk_kind kind;
        bool found = false, ok = true;
        if (level > 0 || !chunk_get(a, &p.name, &part, &kind, &found, &ignored) || !found || kind != CHUNK_PART)
            *whole = false;
        else
            ok = pieces(a, buf_str(&part), level + 1, each, arg, whole, e);
        buf_free(&part);
        if (!ok)
            return false;
    }
    *whole &= good;
    return true;
}

bool census_pieces(struct archive *a, const struct body_name *list, piece_each *each, void *arg, bool *whole,
                   struct err *e) {
    struct buf text = {0};
    struct err ignored = {0};
    enum chunk_kind kind;
    bool found;
    *whole = chunk_get(a, list, &text, &kind, &found, &ignored) && found && kind == CHUNK_LIST;
    bool ok = !*whole || pieces(a, buf_str(&text), 0, each, arg, whole, e);
    buf_free(&text);
    return ok;
}

static int by_place(const void *x, const void *y) {
    const struct seen *a = *(struct seen *const *)x, *b = *(struct seen *const *)y;
    return a->pack != b->pack ? (a->pack < b->pack ? -1 : 1) : a->at < b->at ? -1 : a->at > b->at;
}

struct seen **census_by_place(const struct census *c) {
    struct seen **order = malloc((c->n + 1) * sizeof *order);
    if (!order)
        abort();
    for (size_t i = 0; i < c->n; i++)
        order[i] = &c->v[i];
    if (c->n)
        qsort(order, c->n, sizeof *order, by_place);
    return order;
}

bool census_erased(const struct census *c, const struct body_name *name) {
    return map_get(&c->erased, str_n((const char *)name->b, 32)) != NULL;
}

bool census_good(const struct census *c, const struct body_name *name) {
    for (const struct seen *s = census_find(c, name); s && s < c->v + c->n && memcmp(s->name.b, name->b, 32) == 0; s++)
        if (s->flags & SEEN_GOOD)
            return true;
    return false;
}

void census_lacks(struct census *c, const struct body_name *name, str path, const char *what) {
    struct archive_fault f = {.has_name = true, .name = *name, .path = path, .what = what};
    census_fault(c, &f);
}

struct list_look {
    struct census *c;
    bool whole, first, tree;
};
static bool list_piece(void *arg, const struct piece *p, struct err *e) {
    struct list_look *l = arg;
    const struct seen *s = census_find(l->c, &p->name);
    (void)e;
    if (l->first && p->kind == PIECE_CHUNK) {
        l->tree = s && (s->flags & SEEN_TREE);
        l->first = false;
    }
    census_flag(l->c, &p->name, SEEN_PIECE);
    l->whole &= census_good(l->c, &p->name);
    return true;
}

bool census_lists(struct census *c, struct err *e) {
    struct seen **order = census_by_place(c);
    bool ok = true;
    for (size_t i = 0; ok && i < c->n; i++) {
        struct seen *s = order[i];
        struct list_look l = {.c = c, .whole = true, .first = true};
        bool whole;
        if (s->kind != CHUNK_LIST || !(s->flags & SEEN_GOOD))
            continue;
        ok = census_pieces(c->a, &s->name, list_piece, &l, &whole, e);
        if (ok && (!whole || !l.whole)) {
            census_lacks(c, &s->name, (str){NULL, 0}, N_("a body lacks some of its chunks"));
            s->flags &= (unsigned char)~SEEN_GOOD;
        }
        s->flags |= l.tree ? SEEN_TREE : 0;
    }
    free(order);
    return ok;
}

bool census_is_body(const struct census *c, size_t i) {
    const struct seen *s = &c->v[i];
    bool again = i > 0 && memcmp(s->name.b, c->v[i - 1].name.b, 32) == 0;
    return !again && s->kind != CHUNK_PART && (s->kind == CHUNK_LIST || !(s->flags & SEEN_PIECE));
}
