/* SPDX-License-Identifier: Apache-2.0
 *
 * What remains, and how far one catalogue covers another, as JSON and CSV for whoever asks.
 */
#ifndef AKASHI_CONFORM_GAP_JSON_H
#define AKASHI_CONFORM_GAP_JSON_H

#include "conform/gap.h"

/* All of a catalogue, as what is met already. */
void gap_have_all(struct arena *a, const struct catalogue *k, struct hads *out);
void gap_json(struct jw *w, const struct gap_ask *ask, const struct gap *g);
void gap_csv(struct arena *a, const struct gap *g, struct buf *b);
/* "S(1)-2.1, S(1)-2.2 and 3 more" */
str gap_by_text(struct arena *a, const struct gap_row *r, uint32_t most);

/* From *first on the pairs of that practice of `to`; returns past the last. Pairs stand in its order, strongest first.
 */
uint32_t relation_pairs_of(const struct relation *r, uint32_t practice, uint32_t *first);
enum covered { COVERED_FULL, COVERED_PARTLY, COVERED_NONE };
enum covered relation_covered(const struct relation *r, uint32_t first, uint32_t end);
const char *covered_name(enum covered c); /* "full", "partly", "none" */
void relation_counts(const struct relation *r, uint32_t counts[3]);
void relation_json(struct jw *w, const struct relation *r);
void relation_csv(const struct relation *r, struct buf *b);

#endif
