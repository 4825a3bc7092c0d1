/* SPDX-License-Identifier: Apache-2.0
 *
 * Decisions in words and as JSON, and which of them a reader may see: those it is a side of.
 */
#ifndef AKASHI_CONFORM_DECISION_WORDS_H
#define AKASHI_CONFORM_DECISION_WORDS_H

#include "conform/decision.h"
#include "impact/audience.h"

str decision_side_text(const struct decision_side *s);            /* name, else id */
str decision_day(struct arena *a, int64_t t);                     /* "2026-12-31"; "-" when 0 */
const char *decision_state_text(const struct decision *d);        /* in the reader's language */
const char *answer_kind_text(enum answer_kind k);                 /* "declined" */
const char *reopened_text(enum reopened_because b);               /* "is exploited" */
str decision_due_text(struct arena *a, const struct decision *d); /* why it must be looked at; absent: it need not */

/* A line of a list, and all that was said. */
void decision_row_json(struct arena *a, struct jw *w, const struct decision *d);
void decision_json(struct arena *a, struct jw *w, const struct decision *d);

/* One of these parties (ids) is the reader's. */
MUST_USE bool reader_is_side(struct portfolio *p, struct arena *a, const struct reader *r, const str *parties,
                             uint32_t n, bool *may, struct err *e);
MUST_USE bool decision_seen(struct portfolio *p, struct arena *a, const struct reader *r, const struct decision *d,
                            bool *may, struct err *e);

#endif
