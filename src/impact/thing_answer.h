/* SPDX-License-Identifier: Apache-2.0
 *
 * Parties, products, deployments and services as JSON, for commands and the application alike.
 */
#ifndef AKASHI_IMPACT_THING_ANSWER_H
#define AKASHI_IMPACT_THING_ANSWER_H

#include "impact/audience.h"
#include "impact/things_form.h"

/* The members of a form, within an object: as in the predicate. */
void said_json(struct jw *w, struct arena *a, const struct said *s);
/* "history" of what was said of a thing, within an object. */
void said_history_json(struct jw *w, struct arena *a, const struct home *home, const struct history *past);
/* Whether the reader may know of a thing. */
MUST_USE bool audience_thing(struct portfolio *p, struct arena *a, const struct reader *reader,
                             const struct as_of *when, enum thing_kind kind, int64_t number, bool *yes, struct err *e);

#endif
