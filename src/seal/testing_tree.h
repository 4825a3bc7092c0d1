/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: a small log in memory, and checkpoints of it.
 */
#ifndef AKASHI_SEAL_TESTING_TREE_H
#define AKASHI_SEAL_TESTING_TREE_H

#include "base/testing.h"

#include "seal/note.h"
#include "seal/tiles.h"

enum { TREE_MOST = 1024, TREE_LEVELS = 11 };
struct tree {
    struct hash level[TREE_LEVELS][TREE_MOST];
    uint32_t size, fork;
};
static inline str tree_entry(struct arena *a, const struct tree *t, uint64_t i) {
    return arena_printf(a, "entry %u%s", (unsigned)i, i >= t->fork ? "'" : "");
}

/* fork: from this entry on it is another log. */
static inline struct tree *tree_new(struct arena *a, uint32_t size, uint32_t fork) {
    struct tree *t = arena_new_of(a, struct tree);
    t->size = size;
    t->fork = fork;
    for (uint32_t i = 0; i < size; i++)
        t->level[0][i] = merkle_leaf(tree_entry(a, t, i));
    for (unsigned l = 1; l < TREE_LEVELS; l++)
        for (uint32_t i = 0; (i + 1) << l <= size; i++)
            t->level[l][i] = merkle_node(t->level[l - 1][2 * i], t->level[l - 1][2 * i + 1]);
    return t;
}
static inline bool tree_get(void *of, unsigned level, uint64_t index, struct hash *out, struct err *e) {
    const struct tree *t = of;
    (void)e;
    assert_true(level < TREE_LEVELS && (index + 1) << level <= t->size);
    *out = t->level[level][index];
    return true;
}
static inline struct hash_source tree_hashes(struct tree *t) { return (struct hash_source){tree_get, t}; }
static inline struct hash tree_root(struct tree *t, uint64_t size) {
    struct hash_source s = tree_hashes(t);
    struct hash h;
    struct err e = {0};
    assert_true(merkle_root(&s, size, &h, &e));
    return h;
}
/* A signed checkpoint of the first `size` entries. */
static inline str tree_checkpoint(struct arena *a, struct tree *t, uint64_t size, str origin,
                                  const struct privkey *key) {
    struct checkpoint c = {.origin = origin, .size = size, .extensions = S("")};
    struct hash root = tree_root(t, size);
    struct err e = {0};
    memcpy(c.root, root.b, sizeof c.root);
    struct note n = {.text = checkpoint_text(a, &c)};
    assert_true(note_sign(a, &n, origin, NOTE_ED25519, key, 0, &e));
    return note_text(a, &n);
}

/* The same as tiles: the log on a server. */
static inline bool tree_read(void *of, struct arena *a, str name, str *out, struct err *e) {
    struct tree *t = of;
    struct tile tile;
    struct buf b = {0};
    (void)e;
    *out = (str){NULL, 0};
    if (!tile_named(name, &tile) || tile_width(t->size, tile.entries ? 0 : tile.level, tile.index) < tile.width)
        return true;
    for (unsigned i = 0; i < tile.width; i++) {
        uint64_t at = tile.index * TILE_WIDTH + i;
        if (tile.entries)
            bundle_add(&b, tree_entry(a, t, at));
        else
            buf_add(&b, str_n((const char *)t->level[tile.level * TILE_BITS][at].b, 32));
    }
    *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return true;
}
static inline struct tile_reader tree_tiles(struct tree *t) { return (struct tile_reader){tree_read, t, S("tree")}; }

#endif
