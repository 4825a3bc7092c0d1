/* SPDX-License-Identifier: Apache-2.0
 *
 *     list  = "alst" · zero 4 · size of the body 8 · piece*
 *     piece = kind 1 · size 8 · name 32 (none for a hole)
 *
 * A list that grows long is put aside in parts, so that memory does not follow the size of the body.
 */
#include "archive/inner.h"
#include "archive/le.h"

enum { LIST_HEAD = 16, PIECE_BARE = 9, PART_AT = 1 << 20 };

static void piece_write(struct buf *b, const struct piece *p) {
    buf_addc(b, (char)p->kind);
    le_add(b, p->size, 8);
    if (p->kind != PIECE_HOLE)
        buf_add(b, str_n((const char *)p->name.b, 32));
}

static void head_write(struct buf *b, uint64_t total) {
    buf_addz(b, "alst");
    le_add(b, 0, 4);
    le_add(b, total, 8);
}

/* What was gathered becomes a chunk of its own and one piece of the list above. */
static bool part_end(struct archive *a, enum gather_kind where, struct list_writer *l, struct err *e) {
    struct buf b = {0};
    struct piece p = {.kind = PIECE_PART, .size = l->part_total};
    head_write(&b, l->part_total);
    buf_add(&b, buf_str(&l->pieces));
    digest_of(DIGEST_SHA256, buf_str(&b), p.name.b);
    bool ok = chunk_put(a, where, &p.name, CHUNK_PART, buf_str(&b), e);
    piece_write(&l->parts, &p);
    buf_clear(&l->pieces);
    l->part_total = 0;
    buf_free(&b);
    return ok;
}

bool list_add(struct archive *a, enum gather_kind where, struct list_writer *l, const struct piece *p, struct err *e) {
    if (l->n++ == 0)
        l->first = *p;
    l->total += p->size;
    l->part_total += p->size;
    piece_write(&l->pieces, p);
    return l->pieces.n < PART_AT || part_end(a, where, l, e);
}

bool list_end(struct archive *a, enum gather_kind where, struct list_writer *l, const struct body_name *body,
              struct err *e) {
    struct buf b = {0};
    bool ok = l->parts.n == 0 || l->pieces.n == 0 || part_end(a, where, l, e);
    head_write(&b, l->total);
    buf_add(&b, l->parts.n ? buf_str(&l->parts) : buf_str(&l->pieces));
    ok = ok && (b.n <= CHUNK_MOST || err_set(e, ERR_LIMIT, a->folder, _("the body is too large")));
    ok = ok && chunk_put(a, where, body, CHUNK_LIST, buf_str(&b), e);
    buf_free(&b);
    list_drop(l);
    return ok;
}

void list_drop(struct list_writer *l) {
    buf_free(&l->pieces);
    buf_free(&l->parts);
    *l = (struct list_writer){0};
}

bool list_begin(str list, uint64_t *total, size_t *at) {
    if (list.n < LIST_HEAD || memcmp(list.p, "alst", 4) != 0 || le_get32(list.p + 4) != 0)
        return false;
    *total = le_get(list.p + 8, 8);
    *at = LIST_HEAD;
    return true;
}

bool list_next(str list, size_t *at, struct piece *out, bool *good) {
    str rest = str_from(list, *at);
    *good = rest.n == 0;
    if (rest.n < PIECE_BARE || (unsigned char)rest.p[0] > PIECE_PART)
        return false;
    out->kind = (unsigned char)rest.p[0];
    out->size = le_get(rest.p + 1, 8);
    size_t n = out->kind == PIECE_HOLE ? PIECE_BARE : PIECE_BARE + 32;
    if (rest.n < n || out->size == 0 || out->size >> 62 || (out->kind == PIECE_CHUNK && out->size > CHUNK_MOST))
        return false;
    if (out->kind != PIECE_HOLE)
        memcpy(out->name.b, rest.p + PIECE_BARE, 32);
    *at += n;
    return true;
}
