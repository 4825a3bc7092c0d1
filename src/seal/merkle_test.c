/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cipher.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/testing.h"
#include "seal/merkle.h"

/* ── a tree of the plainest kind to hold against: RFC 6962 §2.1 as written ── */

enum { MOST = 130 };
struct plain {
    struct hash leaf[MOST];
};
static struct hash mth(const struct plain *t, uint64_t from, uint64_t to) {
    if (from == to)
        return merkle_empty();
    if (to - from == 1)
        return t->leaf[from];
    uint64_t k = 1;
    while (k * 2 < to - from)
        k *= 2;
    return merkle_node(mth(t, from, from + k), mth(t, from + k, to));
}
static bool plain_get(void *of, unsigned level, uint64_t index, struct hash *out, struct err *e) {
    (void)e;
    *out = mth(of, index << level, (index + 1) << level);
    return true;
}
static struct plain *plant(struct testing *t) {
    struct plain *p = arena_new_of(t->a, struct plain);
    for (uint32_t i = 0; i < MOST; i++)
        p->leaf[i] = merkle_leaf(arena_printf(t->a, "entry %u", i));
    return p;
}
static bool failing_get(void *of, unsigned level, uint64_t index, struct hash *out, struct err *e) {
    (void)of, (void)level, (void)index;
    memset(out, 0, sizeof *out);
    return err_set(e, ERR_ENV, S("tile"), "no");
}

static void edge_grows(void **state) {
    struct testing *t = *state;
    struct plain *p = plant(t);
    struct hash_source s = {plain_get, p};
    struct merkle_edge edge = {0};
    for (uint64_t n = 0; n <= MOST; n++) {
        struct hash root, done[65];
        assert_true(merkle_root(&s, n, &root, &t->e));
        assert_true(hash_eq(root, mth(p, 0, n)));
        assert_true(hash_eq(merkle_edge_root(&edge), root));
        if (n == MOST)
            break;
        unsigned made = merkle_edge_put(&edge, p->leaf[n], done);
        assert_int_equal(made, 1 + __builtin_ctzll(n + 1));
        for (unsigned level = 0; level < made; level++) {
            struct hash want;
            plain_get(p, level, n >> level, &want, NULL);
            assert_true(hash_eq(done[level], want));
        }
    }
    s.get = failing_get;
    struct hash h, proof[MERKLE_PROOF_MOST];
    uint32_t n;
    assert_false(merkle_root(&s, 3, &h, &t->e));
    assert_false(merkle_inclusion(&s, 1, 3, proof, &n, &t->e));
    assert_false(merkle_consistency(&s, 1, 3, proof, &n, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
}

/* No proof with a hash flipped, taken out or put in passes; nor for another place. */
static void inclusion_all(void **state) {
    struct testing *t = *state;
    struct plain *p = plant(t);
    struct hash_source s = {plain_get, p};
    for (uint64_t size = 1; size <= MOST; size++)
        for (uint64_t i = 0; i < size; i++) {
            struct hash proof[MERKLE_PROOF_MOST + 1], root = mth(p, 0, size), leaf = p->leaf[i];
            uint32_t n;
            assert_true(merkle_inclusion(&s, i, size, proof, &n, &t->e));
            assert_true(merkle_inclusion_ok(i, size, leaf, proof, n, root));
            assert_false(merkle_inclusion_ok(i ^ 1, size, leaf, proof, n, root));
            assert_false(merkle_inclusion_ok(i, size, p->leaf[(i + 1) % MOST], proof, n, root));
            if (size > 1)
                assert_false(merkle_inclusion_ok(i, size, leaf, proof, 0, root));
            for (uint32_t k = 0; k < n; k++) {
                proof[k].b[k % 32] ^= 4;
                assert_false(merkle_inclusion_ok(i, size, leaf, proof, n, root));
                proof[k].b[k % 32] ^= 4;
            }
            struct hash changed[MERKLE_PROOF_MOST + 1];
            for (uint32_t k = 0; k <= n; k++) {
                if (k < n) {
                    memcpy(changed, proof, k * sizeof *proof);
                    memcpy(changed + k, proof + k + 1, (n - k - 1) * sizeof *proof);
                    assert_false(merkle_inclusion_ok(i, size, leaf, changed, n - 1, root));
                }
                memcpy(changed, proof, k * sizeof *proof);
                changed[k] = k < n ? proof[k] : root;
                memcpy(changed + k + 1, proof + k, (n - k) * sizeof *proof);
                assert_false(merkle_inclusion_ok(i, size, leaf, changed, n + 1, root));
            }
        }
    struct hash proof[MERKLE_PROOF_MOST];
    uint32_t n;
    assert_false(merkle_inclusion(&s, 5, 5, proof, &n, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
}

static void consistency_all(void **state) {
    struct testing *t = *state;
    struct plain *p = plant(t);
    struct hash_source s = {plain_get, p};
    for (uint64_t to = 0; to <= MOST; to++)
        for (uint64_t from = 0; from <= to; from++) {
            struct hash proof[MERKLE_PROOF_MOST + 1], old = mth(p, 0, from), new = mth(p, 0, to), bad = new;
            uint32_t n;
            bad.b[7] ^= 1;
            assert_true(merkle_consistency(&s, from, to, proof, &n, &t->e));
            assert_true(merkle_consistency_ok(from, to, old, new, proof, n));
            assert_true(from != 0 || n == 0);
            if (from)
                assert_false(merkle_consistency_ok(from, to, old, bad, proof, n));
            assert_false(merkle_consistency_ok(from, to, bad, new, proof, n));
            assert_false(merkle_consistency_ok(to + 1, to, old, new, proof, n));
            for (uint32_t k = 0; k < n; k++) {
                proof[k].b[k % 32] ^= 4;
                assert_false(merkle_consistency_ok(from, to, old, new, proof, n));
                proof[k].b[k % 32] ^= 4;
            }
            if (n)
                assert_false(merkle_consistency_ok(from, to, old, new, proof, n - 1));
            proof[n] = new;
            assert_false(merkle_consistency_ok(from, to, old, new, proof, n + 1));
            if (n)
                assert_false(merkle_consistency_ok(from, to, old, new, proof + 1, n - 1));
        }
}

static void subtree_ranges(void **state) {
    (void)state;
    static const struct {
        uint64_t start, end;
        bool is;
    } rows[] = {{0, 0, true},          {3, 3, true},           {5, 6, true},  {4, 8, true},
                {4, 7, true},          {2, 5, false},          {1, 3, false}, {8, 13, true},
                {0, UINT64_MAX, true}, {1, UINT64_MAX, false}, {6, 5, false}, {8, 17, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(merkle_subtree(rows[i].start, rows[i].end), rows[i].is);
}

/* ── vectors ── */

/* Twelve characters stand where a root does not matter; such a root fits nothing. */
static bool base64_hash(struct arena *a, str text, struct hash *out) {
    str bytes;
    memset(out, 0, sizeof *out);
    if (!base64_bytes(a, text, false, &bytes) || bytes.n != 32)
        return false;
    memcpy(out->b, bytes.p, 32);
    return true;
}

struct vector {
    uint64_t index, start, end, size;
    struct hash leaf, one, two, proof[MERKLE_PROOF_MOST];
    uint32_t n;
    bool whole; /* every hash had 32 bytes */
};
static void read_vector(struct arena *a, struct jv v, struct vector *out) {
    memset(out, 0, sizeof *out);
    out->whole = true;
    const struct {
        const char *key;
        uint64_t *to;
    } numbers[] = {{"leafIdx", &out->index}, {"start", &out->start}, {"end", &out->end},   {"treeSize", &out->size},
                   {"size", &out->size},     {"size1", &out->start}, {"size2", &out->size}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct jv x = j_get(v, numbers[i].key);
        if (j_is_int(x))
            *numbers[i].to = yyjson_get_uint(x.v);
    }
    const struct {
        const char *key;
        struct hash *to;
    } hashes[] = {{"leafHash", &out->leaf}, {"root", &out->two}, {"root1", &out->one}, {"root2", &out->two}};
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++)
        if (j_is_str(j_get(v, hashes[i].key)) && !base64_hash(a, j_gets(v, hashes[i].key), hashes[i].to) &&
            hashes[i].to != &out->two)
            out->whole = false;
    for (struct jiter it = j_iter(j_get(v, "proof")); j_next(&it);) {
        assert_true(out->n < MERKLE_PROOF_MOST);
        out->whole = base64_hash(a, j_str(it.val), &out->proof[out->n++]) && out->whole;
    }
}

static bool inclusion_verdict(const struct vector *v) {
    return merkle_inclusion_ok(v->index, v->size, v->leaf, v->proof, v->n, v->two);
}
static bool consistency_verdict(const struct vector *v) {
    return merkle_consistency_ok(v->start, v->size, v->one, v->two, v->proof, v->n);
}
static bool subtree_inclusion_verdict(const struct vector *v) {
    return merkle_subtree_inclusion_ok(v->index, v->start, v->end, v->leaf, v->proof, v->n, v->two);
}
static bool subtree_consistency_verdict(const struct vector *v) {
    return merkle_subtree_consistency_ok(v->start, v->end, v->size, v->one, v->two, v->proof, v->n);
}

static void vectors(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *file;
        bool (*verdict)(const struct vector *);
        bool two_matters; /* a second root that is no hash is refused */
    } files[] = {{"inclusion", inclusion_verdict, false},
                 {"consistency", consistency_verdict, true},
                 {"subtreeinclusion", subtree_inclusion_verdict, false},
                 {"subtreeconsistency", subtree_consistency_verdict, false}};
    str data = shared_data(t->a, "tlog/merkle");
    if (!data.p)
        skip();
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct json doc;
        str text, path = arena_printf(t->a, "%.*s/tlog/merkle/%s.json", STR_ARG(data), files[f].file);
        assert_true(file_read(&t->ctx, t->a, path, &text, &t->e));
        assert_true(json_parse(&t->ctx, t->a, text, JSON_STRICT, path, &doc, &t->e));
        size_t seen = 0;
        for (struct jiter it = j_iter(doc.root); j_next(&it); seen++) {
            struct vector v;
            struct hash ignored;
            read_vector(t->a, it.val, &v);
            bool two = !files[f].two_matters || base64_hash(t->a, j_gets(it.val, "root2"), &ignored);
            bool ok = v.whole && two && files[f].verdict(&v);
            if (ok == j_true(j_get(it.val, "wantErr")))
                fail_msg("%s %.*s: %s", files[f].file, STR_ARG(j_gets(it.val, "name")), ok ? "accepted" : "refused");
        }
        assert_true(seen > 50);
    }
}

static void rfc6962_tree(void **state) {
    struct testing *t = *state;
    str data = shared_data(t->a, "tlog/merkle/rfc6962-tree.json"), text;
    struct json doc;
    if (!data.p)
        skip();
    str path = path_join(t->a, data, S("tlog/merkle/rfc6962-tree.json"));
    assert_true(file_read(&t->ctx, t->a, path, &text, &t->e) &&
                json_parse(&t->ctx, t->a, text, JSON_STRICT, path, &doc, &t->e));
    struct merkle_edge edge = {0};
    struct jv inputs = j_get(doc.root, "leaf_inputs_hex"), leaves = j_get(doc.root, "leaf_hashes_hex");
    for (size_t n = 0;; n++) {
        struct hash root = merkle_edge_root(&edge);
        struct jv want = j_at(j_get(doc.root, "root_hash_hex_by_tree_size"), n);
        assert_true(str_eq(j_str(want), hex_text(t->a, root.b, 32)));
        if (n == j_len(inputs))
            break;
        str in = j_str(j_at(inputs, n));
        unsigned char *bytes = arena_alloc(t->a, in.n / 2 + 1);
        assert_true(hex_bytes(in, bytes, in.n / 2));
        struct hash leaf = merkle_leaf(str_n((char *)bytes, in.n / 2));
        assert_true(str_eq(j_str(j_at(leaves, n)), hex_text(t->a, leaf.b, 32)));
        merkle_edge_add(&edge, leaf);
    }
}

/* Every subtree of every small tree: what is made passes, and only for that subtree; from 0 it is the proof of RFC
 * 6962. */
static void subtree_proofs_made(void **state) {
    struct testing *t = *state;
    struct plain *p = plant(t);
    struct hash_source s = {plain_get, p};
    for (uint64_t size = 1; size <= 70; size++)
        for (uint64_t start = 0; start <= size; start++)
            for (uint64_t end = start; end <= size; end++) {
                struct hash proof[MERKLE_PROOF_MOST], old[MERKLE_PROOF_MOST];
                uint32_t n = 0, n_old = 0;
                bool made = merkle_subtree_consistency(&s, start, end, size, proof, &n, &t->e);
                assert_int_equal(made, merkle_subtree(start, end));
                if (!made)
                    continue;
                struct hash sub = mth(p, start, end), root = mth(p, 0, size);
                assert_true(merkle_subtree_consistency_ok(start, end, size, sub, root, proof, n));
                if (start < end)
                    assert_false(merkle_subtree_consistency_ok(start, end, size, merkle_empty(), root, proof, n));
                if (start == 0) {
                    assert_true(merkle_consistency(&s, end, size, old, &n_old, &t->e));
                    assert_int_equal(n, n_old);
                    assert_memory_equal(proof, old, n * sizeof *proof);
                }
            }
}

/* Entries longer than the buffer on the stack hash the same. */
static void long_leaf(void **state) {
    struct testing *t = *state;
    for (size_t n = 1020; n < 1030; n++) {
        char *p = arena_alloc(t->a, n + 1);
        memset(p + 1, 'x', n);
        struct hash h = merkle_leaf(str_n(p + 1, n)), want;
        digest_of(DIGEST_SHA256, str_n(p, n + 1), want.b);
        assert_true(hash_eq(h, want));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(edge_grows), TEST(inclusion_all), TEST(consistency_all), TEST(subtree_ranges),
        TEST(vectors),    TEST(rfc6962_tree),  TEST(long_leaf),       TEST(subtree_proofs_made)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
