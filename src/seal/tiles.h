/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP tlog-tiles: names of tiles and entry bundles, and hashes and entries of a log read through them, wherever they
 * lie. What is read is believed only after it was held against a checkpoint's root (merkle_root, or a proof).
 */
#ifndef AKASHI_SEAL_TILES_H
#define AKASHI_SEAL_TILES_H

#include "seal/merkle.h"

enum { TILE_WIDTH = 256, TILE_BITS = 8, TILE_LEVELS = 8, TILE_BYTES = TILE_WIDTH * 32 };
enum { TILE_NAME_MOST = 64, BUNDLE_MOST = TILE_WIDTH * (2 + 65535) };

struct tile {
    bool entries;   /* a bundle of entries; else hashes of `level` */
    unsigned level; /* in tiles: 0 to 63 */
    uint64_t index;
    unsigned width; /* 1 to 256 */
};
/* "tile/0/x001/x234/067.p/112", "tile/entries/000"; returns the length. */
size_t tile_name(const struct tile *t, char out[TILE_NAME_MOST]);
/* Exactly what tile_name() writes; false for anything else. */
bool tile_named(str name, struct tile *out);
/* The width that tile has in a tree of that size: 0 (none) to 256. */
unsigned tile_width(uint64_t size, unsigned level, uint64_t index);

/* Entry bundles: each entry behind its length, two bytes, big-endian. */
void bundle_add(struct buf *b, str entry);
/* Takes one entry off the front; false at the end and when bytes are missing (then *rest is not empty). */
bool bundle_next(str *rest, str *entry);
/* All of them: false unless there are exactly n. */
bool bundle_split(str bytes, str *entries, unsigned n);

/* Where tiles come from: gives the bytes of a name below the log's prefix ("checkpoint", "tile/…"); absent, and true,
 * when there is no such thing. Thread-safe where it is used by threads. */
struct tile_reader {
    bool (*read)(void *of, struct arena *a, str name, str *out, struct err *e);
    void *of;
    str where; /* for messages: a folder or URL */
};
/* A folder in that layout. path must be NUL-terminated and outlive the reader. */
struct tile_reader tile_folder(const char *path);

/* A tree of one size read through tiles; remembers the tile of each level read last. One thread at a time. */
struct tiles {
    struct tile_reader from;
    uint64_t size;
    struct tile_cache {
        bool held;
        uint64_t index;
        unsigned width;
        struct hash hash[2 * TILE_WIDTH]; /* node k of height h at (k | 256) >> h … see tiles.c */
        uint64_t made[2 * TILE_WIDTH / 64];
    } * cache[TILE_LEVELS];
    struct arena *a;
};
/* Memory comes from a, and does not grow with what is read. */
void tiles_open(struct tiles *t, struct arena *a, const struct tile_reader *from, uint64_t size);
/* Bytes of a tile, width as the size has it; a full tile stands in for a partial one that is gone. *out is cut to the
 * width (for bundles: by entries). ERR_INPUT when it is missing or has the wrong length. */
MUST_USE bool tiles_read(const struct tile_reader *from, struct arena *a, const struct tile *tile, str *out,
                         struct err *e);
/* Holds as long as t. */
struct hash_source tiles_hashes(struct tiles *t);
/* Entries of bundle `index` (256 to a bundle, the last one fewer): *n of them, in the arena. Not verified. */
MUST_USE bool tiles_entries(const struct tiles *t, struct arena *a, uint64_t index, str entries[TILE_WIDTH],
                            unsigned *n, struct err *e);

#endif
