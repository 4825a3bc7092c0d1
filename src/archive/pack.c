/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/pack.h"

#include <stdlib.h>

#include "archive/le.h"

enum { SEALED_MORE = AEAD_NONCE + AEAD_TAG, CHECK = 16, SMALL = 64 /* shorter bodies hardly shrink */ };
static const char pack_magic[8] = "akashi-p", tail_magic[8] = "akashi-f", block_magic[4] = "ABLK";

/* ── keys ── */

void pack_keys_derive(const unsigned char *key, struct pack_keys *out) {
    static const char *const uses[] = {"akashi archive seal", "akashi archive id", "akashi archive cut",
                                       "akashi archive check"};
    *out = (struct pack_keys){.on = key != NULL};
    if (!key)
        return;
    unsigned char *const to[] = {out->seal, out->id, out->cut, out->check};
    for (size_t i = 0; i < 4; i++)
        hmac_sha256(str_n((const char *)key, AEAD_KEY), str_of(uses[i]), to[i]);
}

struct body_name pack_index_id(const struct pack_keys *k, const struct body_name *name) {
    struct body_name id = *name;
    if (k->on)
        hmac_sha256(str_n((const char *)k->id, sizeof k->id), str_n((const char *)name->b, sizeof name->b), id.b);
    return id;
}

/* ── head of a pack ── */

void pack_head_write(const unsigned char id[PACK_ID], bool sealed, unsigned char out[PACK_HEAD]) {
    memcpy(out, pack_magic, 8);
    le_put(out + 8, 1, 4);
    le_put(out + 12, sealed, 4);
    memcpy(out + 16, id, PACK_ID);
}

bool pack_head_read(str bytes, unsigned char id[PACK_ID], bool *sealed) {
    if (bytes.n < PACK_HEAD || memcmp(bytes.p, pack_magic, 8) != 0 || le_get32(bytes.p + 8) != 1 ||
        le_get32(bytes.p + 12) > 1)
        return false;
    *sealed = le_get32(bytes.p + 12) == 1;
    memcpy(id, bytes.p + 16, PACK_ID);
    return true;
}

/* ── blocks ──
 * Head: magic 4 · kind 1 · method 1 · zero 2 · table_n 4 · body_n 4 · raw_n 4 · count 4 · check of head and table 16 ·
 * check of body 16 · check of all before 8. Checks are the first bytes of SHA-256. */

static void check_of(str x, str y, unsigned char *out, size_t n) {
    unsigned char whole[32];
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    digest_add(s, x);
    digest_add(s, y);
    digest_end(s, whole);
    memcpy(out, whole, n);
}

static str bytes_of(const unsigned char *p, size_t n) { return str_n((const char *)p, n); }

static void seal_to(const struct pack_keys *k, str associated, str plain, char *to) {
    unsigned char *p = (unsigned char *)to;
    random_bytes(p, AEAD_NONCE);
    aead_seal(k->seal, p, associated, plain, p + AEAD_NONCE);
}

static bool open_to(const struct pack_keys *k, str associated, str sealed, void *to) {
    return sealed.n >= SEALED_MORE && aead_open(k->seal, (const unsigned char *)sealed.p, associated,
                                                str_from(sealed, AEAD_NONCE), (unsigned char *)to);
}

/* What a sealed part is bound to: the head up to the checks, and for the body the table, which names its chunks. */
static str associated(struct buf *b, const unsigned char *head, str table) {
    buf_add(b, bytes_of(head, 24));
    buf_add(b, table);
    return buf_str(b);
}

/* The plain body, compressed when that pays, written behind the table; the size it took. */
static size_t body_squeeze(struct squeezer *s, str raw, char *to, size_t room, bool *squeezed) {
    size_t n = raw.n >= SMALL ? squeeze_into(s, raw, to, room) : 0;
    *squeezed = n && n < raw.n;
    if (*squeezed)
        return n;
    if (raw.n)
        memcpy(to, raw.p, raw.n);
    return raw.n;
}

void block_write(struct squeezer *s, const struct pack_keys *k, enum block_kind kind, str table, str raw,
                 struct buf *out) {
    size_t more = k->on ? SEALED_MORE : 0, room = squeeze_most(raw.n);
    struct buf plain = {0}, bound = {0};
    bool squeezed;
    unsigned char *head = (unsigned char *)buf_room(out, BLOCK_HEAD + table.n + more + room + more);
    char *at = (char *)head + BLOCK_HEAD, *body = at + table.n + more;
    size_t body_n = body_squeeze(s, raw, k->on ? buf_room(&plain, room) : body, room, &squeezed);

    memset(head, 0, BLOCK_HEAD);
    memcpy(head, block_magic, 4);
    head[4] = (unsigned char)kind;
    head[5] = squeezed;
    le_put(head + 8, table.n + more, 4);
    le_put(head + 12, body_n + more, 4);
    le_put(head + 16, raw.n, 4);
    le_put(head + 20, table.n / ENTRY_SIZE, 4);
    if (k->on) {
        seal_to(k, associated(&bound, head, S("")), table, at);
        buf_clear(&bound);
        seal_to(k, associated(&bound, head, table), str_n(plain.p, body_n), body);
    } else if (table.n) {
        memcpy(at, table.p, table.n);
    }
    check_of(bytes_of(head, 24), str_n(at, table.n + more), head + 24, CHECK);
    check_of(str_n(body, body_n + more), S(""), head + 40, CHECK);
    check_of(bytes_of(head, 56), S(""), head + 56, 8);
    out->n += BLOCK_HEAD + table.n + more + body_n + more;
    buf_free(&plain);
    buf_free(&bound);
}

bool block_head_read(const struct pack_keys *k, str bytes, struct block_head *h) {
    unsigned char check[8];
    size_t more = k->on ? SEALED_MORE : 0;
    if (bytes.n < BLOCK_HEAD || memcmp(bytes.p, block_magic, 4) != 0)
        return false;
    memcpy(h->bytes, bytes.p, BLOCK_HEAD);
    check_of(bytes_of(h->bytes, 56), S(""), check, sizeof check);
    h->kind = h->bytes[4];
    h->squeezed = h->bytes[5] == 1;
    h->table_n = le_get32(bytes.p + 8);
    h->body_n = le_get32(bytes.p + 12);
    h->raw_n = le_get32(bytes.p + 16);
    h->count = le_get32(bytes.p + 20);
    size_t raw_most = h->kind == BLOCK_FOOTER ? FOOTER_MOST : BLOCK_MOST;
    return memcmp(check, h->bytes + 56, sizeof check) == 0 &&
           (h->kind == BLOCK_CHUNKS || (h->kind == BLOCK_FOOTER && h->count == 0)) && h->bytes[5] <= 1 &&
           h->count <= TABLE_MOST / ENTRY_SIZE && h->table_n == (size_t)h->count * ENTRY_SIZE + more &&
           h->raw_n <= raw_most && h->body_n >= more &&
           (h->squeezed ? h->body_n - more < h->raw_n : h->body_n - more == h->raw_n);
}

/* Kinds known, sizes within bounds and together those of the body. */
static bool table_good(const struct block_head *h, str table) {
    struct entry_head e;
    uint64_t sum = 0;
    for (size_t at = 0; table_next(table, &at, &e); sum += e.size)
        if (e.kind < CHUNK_BYTES || e.kind > CHUNK_PART || e.size > CHUNK_MOST)
            return false;
    return h->kind == BLOCK_FOOTER || sum == h->raw_n;
}

bool block_table_whole(const struct block_head *h, str stored) {
    unsigned char check[CHECK];
    if (stored.n != h->table_n)
        return false;
    check_of(bytes_of(h->bytes, 24), stored, check, CHECK);
    return memcmp(check, h->bytes + 24, CHECK) == 0;
}

bool block_table_read(const struct pack_keys *k, const struct block_head *h, str stored, struct buf *out) {
    struct buf bound = {0};
    bool ok = block_table_whole(h, stored);
    buf_clear(out);
    if (ok && !k->on) {
        buf_add(out, stored);
    } else if (ok) {
        ok = open_to(k, associated(&bound, h->bytes, S("")), stored, buf_room(out, stored.n));
        out->n += ok ? stored.n - SEALED_MORE : 0;
    }
    buf_free(&bound);
    return ok && table_good(h, buf_str(out));
}

bool block_body_whole(const struct block_head *h, str stored) {
    unsigned char check[CHECK];
    if (stored.n != h->body_n)
        return false;
    check_of(stored, S(""), check, CHECK);
    return memcmp(check, h->bytes + 40, CHECK) == 0;
}

bool block_body_read(const struct pack_keys *k, const struct block_head *h, str table, str stored, void *out) {
    struct buf plain = {0}, bound = {0};
    bool ok = block_body_whole(h, stored);
    if (ok && k->on) {
        char *to = h->squeezed ? buf_room(&plain, stored.n) : out;
        ok = open_to(k, associated(&bound, h->bytes, table), stored, to);
        stored = str_n(to, stored.n - SEALED_MORE);
    } else if (ok && !h->squeezed && h->raw_n) {
        memcpy(out, stored.p, h->raw_n);
    }
    if (ok && h->squeezed)
        ok = unsqueeze_into(stored, out, h->raw_n);
    buf_free(&plain);
    buf_free(&bound);
    return ok;
}

/* ── tables and footers ── */

void table_add(struct buf *table, const struct entry_head *e) {
    char *p = buf_room(table, ENTRY_SIZE);
    memcpy(p, e->name.b, 32);
    p[32] = (char)e->kind;
    le_put(p + 33, e->size, 4);
    table->n += ENTRY_SIZE;
}

bool table_next(str table, size_t *at, struct entry_head *out) {
    if (table.n - *at < ENTRY_SIZE)
        return false;
    const char *p = table.p + *at;
    memcpy(out->name.b, p, 32);
    out->kind = (unsigned char)p[32];
    out->size = le_get32(p + 33);
    *at += ENTRY_SIZE;
    return true;
}

void footer_add(struct buf *footer, uint64_t at, const struct block_head *h, str table) {
    le_add(footer, at, 8);
    buf_add(footer, bytes_of(h->bytes, BLOCK_HEAD));
    buf_add(footer, table);
}

bool footer_next(const struct pack_keys *k, str footer, size_t *at, uint64_t *block_at, struct block_head *h,
                 str *table) {
    str rest = str_from(footer, *at);
    if (rest.n < 8 + BLOCK_HEAD || !block_head_read(k, str_n(rest.p + 8, BLOCK_HEAD), h) || h->kind != BLOCK_CHUNKS)
        return false;
    *block_at = le_get(rest.p, 8);
    *table = str_upto(str_from(rest, 8 + BLOCK_HEAD), (size_t)h->count * ENTRY_SIZE);
    if (table->n != (size_t)h->count * ENTRY_SIZE || !table_good(h, *table))
        return false;
    *at += 8 + BLOCK_HEAD + table->n;
    return true;
}

void pack_tail_write(uint64_t footer_at, unsigned char out[PACK_TAIL]) {
    le_put(out, footer_at, 8);
    memcpy(out + 8, tail_magic, 8);
    check_of(bytes_of(out, 16), S(""), out + 16, 8);
}

bool pack_tail_read(str bytes, uint64_t *footer_at) {
    unsigned char check[8];
    if (bytes.n < PACK_TAIL || memcmp(bytes.p + 8, tail_magic, 8) != 0)
        return false;
    check_of(str_upto(bytes, 16), S(""), check, sizeof check);
    *footer_at = le_get(bytes.p, 8);
    return memcmp(check, bytes.p + 16, sizeof check) == 0;
}
