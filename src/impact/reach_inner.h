/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files that compute a reach.
 */
#ifndef AKASHI_IMPACT_REACH_INNER_H
#define AKASHI_IMPACT_REACH_INNER_H

#include "base/json.h"
#include "impact/reach_rows.h"

void numbers_unique(struct numbers *x); /* ascending, each once */
MUST_USE bool reach_services(struct reach *r, struct err *e);

/* reach_json() in two: the members that depend on the moment of asking, and those that do not ("counts" first). */
void reach_json_head(struct jw *w, struct arena *a, const struct question *q, const struct as_of *pin);
MUST_USE bool reach_json_body(struct jw *w, struct reach *r, const struct reach_page *page, struct err *e);
/* The second part in two: what comes before "rows", and the elements of it, with a word after each (may be NULL). */
MUST_USE bool reach_json_figures(struct jw *w, struct reach *r, enum reach_list list, struct err *e);
MUST_USE bool reach_json_rows(struct jw *w, struct reach *r, const struct reach_page *page, void (*put)(void *arg),
                              void *arg, struct err *e);

/* The component of that place in q->components; read once. */
MUST_USE bool reach_purl(struct reach *r, uint32_t which, str *out, struct err *e);

#endif
