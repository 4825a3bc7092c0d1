/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/merkle.h"

#include "base/digest.h"

struct hash merkle_leaf(str entry) {
    unsigned char small[1024];
    struct hash h;
    if (entry.n < sizeof small) {
        small[0] = 0;
        if (entry.n)
            memcpy(small + 1, entry.p, entry.n);
        digest_of(DIGEST_SHA256, str_n((char *)small, entry.n + 1), h.b);
        return h;
    }
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    digest_add(s, str_n("", 1));
    digest_add(s, entry);
    digest_end(s, h.b);
    return h;
}

struct hash merkle_node(struct hash l, struct hash r) {
    unsigned char both[65] = {1};
    struct hash h;
    memcpy(both + 1, l.b, 32);
    memcpy(both + 33, r.b, 32);
    digest_of(DIGEST_SHA256, str_n((char *)both, sizeof both), h.b);
    return h;
}

struct hash merkle_empty(void) {
    struct hash h;
    digest_of(DIGEST_SHA256, S(""), h.b);
    return h;
}

/* ── the edge ── */

unsigned merkle_edge_put(struct merkle_edge *m, struct hash leaf, struct hash done[65]) {
    unsigned level = 0;
    struct hash h = leaf;
    if (done)
        done[0] = h;
    for (; m->size >> level & 1; level++) {
        h = merkle_node(m->full[level], h);
        if (done)
            done[level + 1] = h;
    }
    m->full[level] = h;
    m->size++;
    return level + 1;
}
void merkle_edge_add(struct merkle_edge *m, struct hash leaf) { merkle_edge_put(m, leaf, NULL); }

struct hash merkle_edge_root(const struct merkle_edge *m) {
    struct hash h = {0};
    bool any = false;
    for (unsigned level = 0; level < 64; level++)
        if (m->size >> level & 1) {
            h = any ? merkle_node(m->full[level], h) : m->full[level];
            any = true;
        }
    return any ? h : merkle_empty();
}

/* ── proofs made ── */

/* The hash of leaves [from, to), whose right edge may be ragged: complete subtrees from the small end upwards. from is
 * a multiple of the least power of two ≥ to - from, so every subtree begins where one may. */
static bool range_hash(const struct hash_source *s, uint64_t from, uint64_t to, struct hash *out, struct err *e) {
    bool any = false;
    uint64_t n = to - from;
    for (unsigned level = 0; level < 64; level++) {
        if (!(n >> level & 1))
            continue;
        struct hash h;
        to -= (uint64_t)1 << level;
        if (!s->get(s->of, level, to >> level, &h, e))
            return false;
        *out = any ? merkle_node(h, *out) : h;
        any = true;
    }
    return true;
}

bool merkle_root(const struct hash_source *s, uint64_t size, struct hash *out, struct err *e) {
    *out = merkle_empty();
    return size == 0 || range_hash(s, 0, size, out, e);
}

/* The largest power of two below n, for n ≥ 2. */
static uint64_t split(uint64_t n) { return (uint64_t)1 << (63 - __builtin_clzll(n - 1)); }

static void reverse(struct hash *p, uint32_t n) {
    for (uint32_t i = 0, j = n; i + 1 < j; i++) {
        struct hash h = p[--j];
        p[j] = p[i];
        p[i] = h;
    }
}

bool merkle_inclusion(const struct hash_source *s, uint64_t index, uint64_t size, struct hash *proof, uint32_t *n,
                      struct err *e) {
    uint64_t from = 0, to = size;
    *n = 0;
    if (index >= size)
        return err_set(e, ERR_USAGE, S(""), _("the tree of size %llu has no entry %llu"), (unsigned long long)size,
                       (unsigned long long)index);
    while (to - from > 1) { /* from the root down; each step leaves the sibling of where it goes */
        uint64_t middle = from + split(to - from);
        bool left = index < middle;
        if (!range_hash(s, left ? middle : from, left ? to : middle, &proof[(*n)++], e))
            return false;
        *(left ? &to : &from) = middle;
    }
    reverse(proof, *n);
    return true;
}

bool merkle_consistency(const struct hash_source *s, uint64_t from, uint64_t to, struct hash *proof, uint32_t *n,
                        struct err *e) {
    uint64_t begin = 0, end = to;
    *n = 0;
    if (from > to)
        return err_set(e, ERR_USAGE, S(""), _("the tree of size %llu has no earlier size %llu"), (unsigned long long)to,
                       (unsigned long long)from);
    if (from == 0 || from == to)
        return true;
    while (from != end) { /* RFC 6962 §2.1.2, SUBPROOF without recursion */
        uint64_t middle = begin + split(end - begin);
        bool left = from <= middle;
        if (!range_hash(s, left ? middle : begin, left ? end : middle, &proof[(*n)++], e))
            return false;
        *(left ? &end : &begin) = middle;
    }
    if (begin != 0 && !range_hash(s, begin, end, &proof[(*n)++], e))
        return false;
    reverse(proof, *n);
    return true;
}

bool merkle_subtree_consistency(const struct hash_source *s, uint64_t start, uint64_t end, uint64_t size,
                                struct hash *proof, uint32_t *n, struct err *e) {
    uint64_t from = 0, to = size;
    bool whole = true; /* what is reached is the subtree itself, whose hash the verifier has */
    *n = 0;
    if (!merkle_subtree(start, end) || end > size)
        return err_set(e, ERR_USAGE, S(""), _("the tree of size %llu has no subtree from %llu to %llu"),
                       (unsigned long long)size, (unsigned long long)start, (unsigned long long)end);
    if (start == end)
        return true;
    while (from != start || to != end) { /* SUBTREE_SUBPROOF without recursion */
        uint64_t middle = from + split(to - from);
        bool left = end <= middle;
        if (!range_hash(s, left ? middle : from, left ? to : middle, &proof[(*n)++], e))
            return false;
        whole &= left || start >= middle;
        if (!left && start < middle)
            start = middle;
        *(left ? &to : &from) = middle;
    }
    if (!whole && !range_hash(s, from, to, &proof[(*n)++], e))
        return false;
    reverse(proof, *n);
    return true;
}

/* ── proofs checked ── */

bool merkle_inclusion_ok(uint64_t index, uint64_t size, struct hash leaf, const struct hash *proof, uint32_t n,
                         struct hash root) {
    if (index >= size)
        return false;
    uint64_t at = index, last = size - 1; /* RFC 9162 §2.1.3.2 */
    struct hash h = leaf;
    for (uint32_t i = 0; i < n; i++) {
        if (last == 0)
            return false;
        if (at & 1 || at == last) {
            h = merkle_node(proof[i], h);
            for (; !(at & 1) && at; at >>= 1)
                last >>= 1;
        } else
            h = merkle_node(h, proof[i]);
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_eq(h, root);
}

bool merkle_consistency_ok(uint64_t from, uint64_t to, struct hash from_root, struct hash to_root,
                           const struct hash *proof, uint32_t n) {
    if (from > to)
        return false;
    if (from == 0)
        return n == 0 && hash_eq(from_root, merkle_empty()) && (to != 0 || hash_eq(to_root, from_root));
    return merkle_subtree_consistency_ok(0, from, to, from_root, to_root, proof, n);
}

bool merkle_subtree(uint64_t start, uint64_t end) {
    if (start > end)
        return false;
    uint64_t n = end - start;
    if (n <= 1)
        return true;
    unsigned bits = 64 - (unsigned)__builtin_clzll(n - 1); /* 2^bits ≥ n */
    return bits == 64 ? start == 0 : start % ((uint64_t)1 << bits) == 0;
}

bool merkle_subtree_inclusion_ok(uint64_t index, uint64_t start, uint64_t end, struct hash leaf,
                                 const struct hash *proof, uint32_t n, struct hash root) {
    return merkle_subtree(start, end) && index >= start && index < end &&
           merkle_inclusion_ok(index - start, end - start, leaf, proof, n, root);
}

/* Climbs from the subtree's last complete node, hashing both towards the subtree's own top (sub) and the tree's (top):
 * `at` and `stop` are the numbers of the subtree's first and last node on the level reached, `last` the tree's. */
bool merkle_subtree_consistency_ok(uint64_t start, uint64_t end, uint64_t size, struct hash subtree, struct hash root,
                                   const struct hash *proof, uint32_t n) {
    if (!merkle_subtree(start, end) || end > size)
        return false;
    if (start == end)
        return n == 0 && hash_eq(subtree, merkle_empty());
    uint64_t at = start, stop = end - 1, last = size - 1;
    while (at != stop && (stop == last || stop & 1)) {
        at >>= 1;
        stop >>= 1;
        last >>= 1;
    }
    uint32_t i = 0;
    if (at != stop && n == 0)
        return false;
    struct hash sub = at == stop ? subtree : proof[i++], top = sub;
    for (; i < n; i++) {
        if (last == 0)
            return false;
        if (stop & 1 || stop == last) {
            if (at < stop)
                sub = merkle_node(proof[i], sub);
            top = merkle_node(proof[i], top);
            for (; !(stop & 1) && stop; stop >>= 1) {
                at >>= 1;
                last >>= 1;
            }
        } else
            top = merkle_node(top, proof[i]);
        at >>= 1;
        stop >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_eq(sub, subtree) && hash_eq(top, root);
}
