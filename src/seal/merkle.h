/* SPDX-License-Identifier: Apache-2.0
 *
 * RFC 6962 Merkle trees: hashes, and proofs made from any source of hashes and checked without one.
 */
#ifndef AKASHI_SEAL_MERKLE_H
#define AKASHI_SEAL_MERKLE_H

#include "base/ctx.h"

struct hash {
    unsigned char b[32];
};
enum { MERKLE_PROOF_MOST = 64 * 2 };

struct hash merkle_leaf(str entry);                    /* SHA-256(0x00 ‖ entry) */
struct hash merkle_node(struct hash l, struct hash r); /* SHA-256(0x01 ‖ l ‖ r) */
struct hash merkle_empty(void);                        /* SHA-256("") */
static inline bool hash_eq(struct hash x, struct hash y) { return memcmp(x.b, y.b, sizeof x.b) == 0; }

/* The right edge of a growing tree: what is needed to add to it and to say its root. */
struct merkle_edge {
    uint64_t size;
    struct hash full[64]; /* full[i]: the complete subtree of 2^i leaves, where bit i of size is set */
};
/* Adds a leaf; `done`, when given, gets every subtree that it completes, from level 0 up; returns how many. */
unsigned merkle_edge_put(struct merkle_edge *m, struct hash leaf, struct hash done[65]);
void merkle_edge_add(struct merkle_edge *m, struct hash leaf);
struct hash merkle_edge_root(const struct merkle_edge *m);

/* Gives the hash of the complete subtree number `index` at `level` (0 = leaves). */
struct hash_source {
    bool (*get)(void *of, unsigned level, uint64_t index, struct hash *out, struct err *e);
    void *of;
};
MUST_USE bool merkle_root(const struct hash_source *s, uint64_t size, struct hash *out, struct err *e);
/* Both append at most MERKLE_PROOF_MOST hashes to proof. */
MUST_USE bool merkle_inclusion(const struct hash_source *s, uint64_t index, uint64_t size, struct hash *proof,
                               uint32_t *n, struct err *e);
MUST_USE bool merkle_consistency(const struct hash_source *s, uint64_t from, uint64_t to, struct hash *proof,
                                 uint32_t *n, struct err *e);

/* Proofs must be exactly as long as they have to be. */
bool merkle_inclusion_ok(uint64_t index, uint64_t size, struct hash leaf, const struct hash *proof, uint32_t n,
                         struct hash root);
/* From 0 is consistent with everything by an empty proof; from == to needs the same roots and an empty proof. */
bool merkle_consistency_ok(uint64_t from, uint64_t to, struct hash from_root, struct hash to_root,
                           const struct hash *proof, uint32_t n);

/* ── subtrees: entries [start, end) of a larger tree, where start is a multiple of the least power of two ≥ end - start
 * (draft-ietf-plants-merkle-tree-certs §4); no other range is one ── */
bool merkle_subtree(uint64_t start, uint64_t end);
bool merkle_subtree_inclusion_ok(uint64_t index, uint64_t start, uint64_t end, struct hash leaf,
                                 const struct hash *proof, uint32_t n, struct hash root);
/* Appends at most MERKLE_PROOF_MOST hashes. */
MUST_USE bool merkle_subtree_consistency(const struct hash_source *s, uint64_t start, uint64_t end, uint64_t size,
                                         struct hash *proof, uint32_t *n, struct err *e);
/* That the tree of `size` leaves holds the subtree there. The empty subtree needs no proof and proves nothing. */
bool merkle_subtree_consistency_ok(uint64_t start, uint64_t end, uint64_t size, struct hash subtree, struct hash root,
                                   const struct hash *proof, uint32_t n);

#endif
