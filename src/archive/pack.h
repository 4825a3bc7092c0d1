/* SPDX-License-Identifier: Apache-2.0
 *
 * The bytes of a pack, without files: what a block and a footer look like (docs/archive.md draws them).
 *
 *     pack  = head (32) · block* · [footer block · tail (24)]
 *     block = head (64) · table · body
 *     table = (name 32 · kind 1 · size 4)*      the chunks of the block, in the order of the body
 *     body  = their bytes one behind the other, compressed as one, so that small ones share what they share
 *
 * Every byte of a block is under a check that needs no key; with a key, table and body are sealed as well. A block
 * stands alone: its head says how long it is and what is in it, so a pack that was never finished is read up to the
 * point it was written to.
 */
#ifndef AKASHI_ARCHIVE_PACK_H
#define AKASHI_ARCHIVE_PACK_H

#include "archive/archive.h"
#include "base/squeeze.h"

enum {
    PACK_ID = 16,
    PACK_HEAD = 32,
    PACK_TAIL = 24,
    BLOCK_HEAD = 64,
    ENTRY_SIZE = 37,
    CHUNK_MOST = 4 << 20,                  /* bytes of one chunk */
    BLOCK_MOST = 16 << 20,                 /* bytes of a block, plain */
    TABLE_MOST = ENTRY_SIZE * (256 << 10), /* bytes of a table, plain */
    FOOTER_MOST = 256 << 20,
};
enum chunk_kind {
    CHUNK_BYTES = 1, /* name = SHA-256 of the bytes */
    CHUNK_LIST = 2,  /* what a larger body is made of; name = SHA-256 of that body */
    CHUNK_PART = 3   /* a stretch of such a list; name = SHA-256 of these bytes */
};
enum block_kind { BLOCK_CHUNKS = 1, BLOCK_FOOTER = 2 };

/* Derived from the archive's key; on = false when bodies are not encrypted. */
struct pack_keys {
    bool on;
    unsigned char seal[AEAD_KEY], id[32], cut[32], check[32];
};
void pack_keys_derive(const unsigned char *key, struct pack_keys *out);
/* What stands in the index for a name: the name itself, or a keyed hash that tells an outsider nothing. */
struct body_name pack_index_id(const struct pack_keys *k, const struct body_name *name);

void pack_head_write(const unsigned char id[PACK_ID], bool sealed, unsigned char out[PACK_HEAD]);
bool pack_head_read(str bytes, unsigned char id[PACK_ID], bool *sealed);

struct block_head {
    enum block_kind kind;
    bool squeezed;
    uint32_t table_n, body_n; /* as they lie in the pack */
    uint32_t raw_n;           /* of the body, plain */
    uint32_t count;           /* entries of the table */
    unsigned char bytes[BLOCK_HEAD];
};
static inline uint64_t block_size(const struct block_head *h) { return (uint64_t)BLOCK_HEAD + h->table_n + h->body_n; }
/* Appends a whole block. */
void block_write(struct squeezer *s, const struct pack_keys *k, enum block_kind kind, str table, str raw,
                 struct buf *out);
/* False when these are not the bytes of a head or a bound is exceeded. Needs BLOCK_HEAD bytes. */
bool block_head_read(const struct pack_keys *k, str bytes, struct block_head *out);
/* `stored` is the table as it lies there, checked and opened into *out (emptied first). False when damaged. */
bool block_table_read(const struct pack_keys *k, const struct block_head *h, str stored, struct buf *out);
/* Only the check over the stored table, without key. */
bool block_table_whole(const struct block_head *h, str stored);
/* Only the check over the stored body, without key or decompression. */
bool block_body_whole(const struct block_head *h, str stored);
/* out: h->raw_n bytes. False when damaged. */
bool block_body_read(const struct pack_keys *k, const struct block_head *h, str table, str stored, void *out);

struct entry_head {
    struct body_name name;
    enum chunk_kind kind;
    uint32_t size;
};
void table_add(struct buf *table, const struct entry_head *e);
/* The entry at table.p + *at; false at the end. Tables from block_table_read hold only good entries. */
bool table_next(str table, size_t *at, struct entry_head *out);

/* The footer's text: for each block its place, head and table. */
void footer_add(struct buf *footer, uint64_t at, const struct block_head *h, str table);
bool footer_next(const struct pack_keys *k, str footer, size_t *at, uint64_t *block_at, struct block_head *h,
                 str *table);
void pack_tail_write(uint64_t footer_at, unsigned char out[PACK_TAIL]);
bool pack_tail_read(str bytes, uint64_t *footer_at);

#endif
