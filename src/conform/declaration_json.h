/* SPDX-License-Identifier: Apache-2.0
 *
 * Declarations as JSON, and which of them a reader may see: its own, and those it was given.
 */
#ifndef AKASHI_CONFORM_DECLARATION_JSON_H
#define AKASHI_CONFORM_DECLARATION_JSON_H

#include "conform/standing.h"
#include "impact/audience.h"

/* A line of a list; all that was declared, and all that was said about it. The catalogue is for titles; NULL: none. */
void declaration_row_json(struct arena *a, struct jw *w, const struct declaration_row *d);
void declaration_json(struct arena *a, struct jw *w, const struct catalogue *k, const struct declaration_row *d);
void declared_practice_json(struct arena *a, struct jw *w, const struct catalogue *k,
                            const struct declared_practice *x);

MUST_USE bool declaration_seen(struct portfolio *p, struct arena *a, const struct reader *r,
                               const struct declaration_row *d, bool *may, struct err *e);

#endif
