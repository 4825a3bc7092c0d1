/* SPDX-License-Identifier: Apache-2.0
 *
 * A place in a list, as text: which moment the list is of (so that it stays the same while the portfolio grows), how
 * far it was shown, and a check that it belongs to this very question. It names nothing that its reader was not shown:
 * the size of the log is public in its checkpoint.
 */
#ifndef AKASHI_IMPACT_CURSOR_H
#define AKASHI_IMPACT_CURSOR_H

#include "impact/portfolio.h"

struct cursor {
    uint64_t size; /* of the log */
    int64_t time;
    uint64_t offset; /* rows shown; behind `name` when there is one */
    int64_t value;   /* of a flaw in the order of the list */
    str name;        /* of that flaw; absent in lists without */
};
/* "1042.1763700000.50.0..9f2c41d0e8a7b613"; question: everything that decides which list it is. */
str cursor_text(struct arena *a, const struct cursor *c, str question);
MUST_USE bool cursor_parse(struct arena *a, str text, str question, struct cursor *out, struct err *e);
static inline struct as_of cursor_when(const struct cursor *c) {
    return (struct as_of){.given = true, .size = c->size, .time = c->time};
}

#endif
