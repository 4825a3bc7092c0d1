/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/index.h"

#include "seal/index_row.h"

/* ── rows ── */

struct hash index_row_hash(const struct index_row *r) {
    unsigned char bytes[32 + 8 + 32];
    memcpy(bytes, r->key, 32);
    for (int i = 0; i < 8; i++)
        bytes[32 + i] = (unsigned char)(r->count >> (56 - 8 * i));
    memcpy(bytes + 40, r->list, 32);
    return merkle_leaf(str_n((const char *)bytes, sizeof bytes));
}

void index_list_digest(const uint64_t *entries, uint64_t n, unsigned char out[32]) {
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    for (uint64_t i = 0; i < n; i++) {
        unsigned char bytes[8];
        for (int k = 0; k < 8; k++)
            bytes[k] = (unsigned char)(entries[i] >> (56 - 8 * k));
        digest_add(s, str_n((const char *)bytes, sizeof bytes));
    }
    digest_end(s, out);
}

static void take_row(void *arg, const unsigned char key[32], const uint64_t *entries, uint64_t n) {
    struct index_table *t = arg;
    struct index_row *r = vec_push(t->a, &t->rows);
    memcpy(r->key, key, 32);
    r->count = n;
    index_list_digest(entries, n, r->list);
    *vec_push(t->a, &t->hashes) = index_row_hash(r);
}

bool index_table_read(struct view *v, struct arena *a, uint64_t size, struct index_table *out, struct err *e) {
    *out = (struct index_table){.a = a};
    return view_rows(v, size, take_row, out, e);
}

/* ── its tree ── */

static bool get_hash(void *of, unsigned level, uint64_t index, struct hash *out, struct err *e) {
    const struct index_table *t = of;
    struct merkle_edge edge = {0};
    uint64_t from = index << level, to = (index + 1) << level;
    if (to > t->hashes.n)
        return err_set(e, ERR_INPUT, S("index"), _("the index has no such node"));
    for (uint64_t i = from; i < to; i++)
        merkle_edge_add(&edge, t->hashes.v[i]);
    *out = merkle_edge_root(&edge);
    return true;
}

struct hash_source index_hashes(struct index_table *t) {
    return (struct hash_source){get_hash, t};
}

static void root_of(const struct index_table *t, unsigned char out[32]) {
    struct merkle_edge edge = {0};
    for (uint32_t i = 0; i < t->hashes.n; i++)
        merkle_edge_add(&edge, t->hashes.v[i]);
    struct hash root = t->hashes.n ? merkle_edge_root(&edge) : merkle_empty();
    memcpy(out, root.b, 32);
}

void index_table_root(const struct index_table *t, uint64_t size, struct index_root *out) {
    *out = (struct index_root){.rows = t->rows.n, .size = size};
    root_of(t, out->root);
}

bool index_compute(struct view *v, uint64_t size, struct index_root *out, struct err *e) {
    struct arena *a = arena_new();
    struct index_table t;
    bool ok = index_table_read(v, a, size, &t, e);
    if (ok)
        index_table_root(&t, size, out);
    arena_free(a);
    return ok;
}

str index_predicate(struct arena *a, str origin, const struct index_root *r) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "origin", origin);
    jw_kint(&w, "size", (int64_t)r->size);
    jw_kstr(&w, "root", hex_text(a, r->root, 32));
    jw_kint(&w, "rows", (int64_t)r->rows);
    jw_obj_end(&w);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}
