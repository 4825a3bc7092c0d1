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

enum { LISTED = 128 };
static str list_bytes(const uint64_t *entries, uint64_t n, unsigned char bytes[LISTED * 8]) {
    for (uint64_t i = 0; i < n; i++)
        for (int k = 0; k < 8; k++)
            bytes[i * 8 + (uint64_t)k] = (unsigned char)(entries[i] >> (56 - 8 * k));
    return str_n((const char *)bytes, n * 8);
}
void index_list_digest(const uint64_t *entries, uint64_t n, unsigned char out[32]) {
    unsigned char bytes[LISTED * 8];
    if (n <= LISTED) {
        digest_of(DIGEST_SHA256, list_bytes(entries, n, bytes), out);
        return;
    }
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    for (uint64_t i = 0; i < n; i += LISTED)
        digest_add(s, list_bytes(entries + i, n - i < LISTED ? n - i : LISTED, bytes));
    digest_end(s, out);
}

static struct index_row row_of(const unsigned char key[32], const uint64_t *entries, uint64_t n) {
    struct index_row r = {.count = n};
    memcpy(r.key, key, 32);
    index_list_digest(entries, n, r.list);
    return r;
}

/* Rows come in ascending order of their keys. */
static void see(struct index_place *p, const struct index_row *r, uint64_t at) {
    int order = memcmp(r->key, p->key, 32);
    if (order < 0) {
        p->before = *r;
        p->has_before = true;
        p->at = at + 1;
    } else if (order == 0) {
        p->row = *r;
        p->there = true;
        p->at = at;
    } else if (!p->has_after) {
        p->after = *r;
        p->has_after = true;
    }
}

static void take_row(void *arg, const unsigned char key[32], const uint64_t *entries, uint64_t n) {
    struct index_table *t = arg;
    struct index_row r = row_of(key, entries, n);
    for (uint32_t i = 0; i < t->n_places; i++)
        see(&t->places[i], &r, t->hashes.n);
    *vec_push(t->a, &t->hashes) = index_row_hash(&r);
}

static void begin_table(void *arg) {
    struct index_table *t = arg;
    t->hashes.n = 0;
    for (uint32_t i = 0; i < t->n_places; i++) {
        struct index_place *p = &t->places[i];
        p->there = p->has_before = p->has_after = false;
        p->at = 0;
    }
}

bool index_table_read(struct view *v, struct arena *a, uint64_t size, struct index_place *places, uint32_t n,
                      struct index_table *out, struct err *e) {
    *out = (struct index_table){.a = a, .places = places, .n_places = n};
    return view_rows(v, size, &(struct view_reader){begin_table, take_row, out}, e);
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

static void root_of(const struct merkle_edge *edge, uint64_t size, struct index_root *out) {
    struct hash root = edge->size ? merkle_edge_root(edge) : merkle_empty();
    *out = (struct index_root){.rows = edge->size, .size = size};
    memcpy(out->root, root.b, 32);
}

void index_table_root(const struct index_table *t, uint64_t size, struct index_root *out) {
    struct merkle_edge edge = {0};
    for (uint32_t i = 0; i < t->hashes.n; i++)
        merkle_edge_add(&edge, t->hashes.v[i]);
    root_of(&edge, size, out);
}

static void begin_edge(void *arg) { *(struct merkle_edge *)arg = (struct merkle_edge){0}; }

static void add_row(void *arg, const unsigned char key[32], const uint64_t *entries, uint64_t n) {
    struct merkle_edge *edge = arg;
    struct index_row r = row_of(key, entries, n);
    merkle_edge_add(edge, index_row_hash(&r));
}

bool index_compute(struct view *v, uint64_t size, struct index_root *out, struct err *e) {
    struct merkle_edge edge = {0};
    if (!view_rows(v, size, &(struct view_reader){begin_edge, add_row, &edge}, e))
        return false;
    root_of(&edge, size, out);
    return true;
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
