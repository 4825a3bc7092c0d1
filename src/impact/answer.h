/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers about the portfolio as JSON, written once: what a command prints with --json and what the application answers
 * is the same text for the same reader.
 *
 * Each writes exactly one value, unless it says "members": then the caller has opened the object.
 */
#ifndef AKASHI_IMPACT_ANSWER_H
#define AKASHI_IMPACT_ANSWER_H

#include "impact/concentration.h"
#include "impact/cursor.h"
#include "impact/lists.h"
#include "impact/whatif.h"

/* ── rows, whatever the list (reach_cells.c) ── */
str cell_joined(struct arena *a, const struct reach_cell *c, const char *between);
void cells_json(struct arena *a, struct jw *w, const struct reach_column *columns, const struct reach_cell *cells);
void cells_csv_head(struct buf *b, const struct reach_column *columns);
void cells_csv_row(struct arena *a, struct buf *b, const struct reach_column *columns, const struct reach_cell *cells);

/* ── whom a question reaches (reach_json.c) ── all of it was computed: releases, products, systems */
/* Counts, then the page; `question`: everything that decides which list it is (cursor.h). */
MUST_USE bool reach_json(struct jw *w, struct reach *r, const struct reach_page *page, str question, struct err *e);
/* Where the next page begins; absent at the end. */
str reach_next(const struct reach *r, const struct reach_page *page, str question);
/* Of a release, a product or a party also how many flaws its components have; *asked is false for others. */
MUST_USE bool reach_findings(struct reach *r, bool *asked, uint64_t *n, bool *exact, struct err *e);
/* To a reader who may see nothing of it a party or product is as unknown as one that is not there. */
bool reach_unknown(const struct reach *r);

/* ── findings (findings_json.c) ── */
/* "high" is high and above; "low,medium" exactly these; ERR_USAGE for other words. */
MUST_USE bool findings_severities(str text, unsigned *out, struct err *e);
/* "0.1" → 1,000; ERR_USAGE for what is no probability. */
MUST_USE bool findings_epss(str text, int32_t *out, struct err *e);
struct findings_answer {
    struct findings *list;
    uint64_t count;
    bool exact;
    const struct cursor *from;
    uint64_t limit;
    str question;
};
MUST_USE bool findings_json(struct portfolio *p, struct arena *a, struct jw *w, const struct findings_answer *k,
                            struct err *e);

/* ── concentration, what-if ── */
void concentration_json(struct jw *w, const struct landscape *l, const struct hubs *found);
void whatif_json(struct jw *w, const struct landscape *l, str what, const struct whatif *found);

#endif
