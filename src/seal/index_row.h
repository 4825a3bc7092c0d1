/* SPDX-License-Identifier: Apache-2.0
 *
 * Within the index: its rows and their tree. A row's leaf is key ‖ number of entries, 8 bytes ‖ SHA-256 of the entries,
 * 8 bytes each, big-endian: who is shown a neighbour learns nothing of what it lists.
 */
#ifndef AKASHI_SEAL_INDEX_ROW_H
#define AKASHI_SEAL_INDEX_ROW_H

#include "base/digest.h"
#include "seal/index.h"

struct index_row {
    unsigned char key[32], list[32];
    uint64_t count;
};
struct hash index_row_hash(const struct index_row *r);
void index_list_digest(const uint64_t *entries, uint64_t n, unsigned char out[32]);

/* Where a key stands among the rows, or would: rows are passed by once and not kept. */
struct index_place {
    unsigned char key[32];
    bool there, has_before, has_after;
    uint64_t at; /* of its row; else of the row behind, or the number of rows */
    struct index_row row, before, after;
};
struct index_table {
    struct arena *a;
    struct index_place *places;
    uint32_t n_places;
    VEC(struct hash) hashes; /* of all rows, by key */
};
/* Fills the places, whose keys are given. */
MUST_USE bool index_table_read(struct view *v, struct arena *a, uint64_t size, struct index_place *places, uint32_t n,
                               struct index_table *out, struct err *e);
struct hash_source index_hashes(struct index_table *t);
void index_table_root(const struct index_table *t, uint64_t size, struct index_root *out);

#define INDEX_PROOF "akashi-find/1"

#endif
