/* SPDX-License-Identifier: Apache-2.0
 *
 * Blocks, footers and lists of an archive: what is read stays within the bytes given and the bounds stated, and any
 * bytes written as a block come back.
 */
#include <stdlib.h>

#include "archive/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_block(const struct pack_keys *k, str text) {
    struct block_head h;
    struct buf table = {0};
    if (block_head_read(k, text, &h) && block_size(&h) <= text.n && h.raw_n < 1 << 20 &&
        block_table_read(k, &h, str_n(text.p + BLOCK_HEAD, h.table_n), &table)) {
        char *raw = malloc(h.raw_n + 1u);
        struct entry_head e;
        uint64_t sum = 0;
        for (size_t at = 0; table_next(buf_str(&table), &at, &e);)
            sum += e.size;
        if (raw && h.kind == BLOCK_CHUNKS && sum != h.raw_n)
            abort();
        (void)block_body_read(k, &h, buf_str(&table), str_n(text.p + BLOCK_HEAD + h.table_n, h.body_n), raw);
        free(raw);
    }
    buf_free(&table);
}

static void read_rest(const struct pack_keys *k, str text) {
    struct block_head h;
    struct piece p;
    str table;
    uint64_t n;
    size_t at = 0;
    bool good = false;
    while (footer_next(k, text, &at, &n, &h, &table))
        if (at > text.n)
            abort();
    if (list_begin(text, &n, &at))
        while (list_next(text, &at, &p, &good))
            if (at > text.n || p.size == 0)
                abort();
    (void)pack_tail_read(text, &n);
}

static void round_trip(const struct pack_keys *k, str text) {
    struct squeezer *s = squeezer_new_at(1);
    struct buf block = {0}, table = {0}, back = {0};
    struct block_head h;
    struct entry_head e = {.kind = CHUNK_BYTES, .size = (uint32_t)text.n};
    char *raw = malloc(text.n + 1);
    digest_of(DIGEST_SHA256, text, e.name.b);
    table_add(&table, &e);
    block_write(s, k, BLOCK_CHUNKS, buf_str(&table), text, &block);
    if (!raw || !block_head_read(k, buf_str(&block), &h) || block_size(&h) != block.n ||
        !block_table_read(k, &h, str_n(block.p + BLOCK_HEAD, h.table_n), &back) ||
        !str_eq(buf_str(&back), buf_str(&table)) ||
        !block_body_read(k, &h, buf_str(&back), str_n(block.p + BLOCK_HEAD + h.table_n, h.body_n), raw) ||
        !str_eq(str_n(raw, h.raw_n), text))
        abort();
    free(raw);
    buf_free(&block);
    buf_free(&table);
    buf_free(&back);
    squeezer_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pack_keys k = {.on = size > 0 && data[0] & 1};
    str text = {(const char *)data, size};
    if (size > 1 << 20)
        return 0;
    read_block(&k, text);
    read_rest(&k, text);
    round_trip(&k, text);
    return 0;
}
