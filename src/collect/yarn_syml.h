/* SPDX-License-Identifier: Apache-2.0
 *
 * The text of a yarn.lock. Yarn 1 writes a notation of its own, Yarn 2 and later YAML; both are lines of words under
 * indentation, and one reader takes both:
 *
 *   a@^1.0.0, "b@npm:c@2":        "a@npm:^1.0.0, a@npm:^1.1.0":
 *     version "1.0.0"               version: 1.0.0
 *     dependencies:                 dependencies:
 *       x "^2"                        x: ^2
 *
 * A YAML library would refuse the keys that stand twice in files joined by hand, which Yarn reads.
 */
#ifndef AKASHI_COLLECT_YARN_SYML_H
#define AKASHI_COLLECT_YARN_SYML_H

#include "base/ctx.h"

struct syml {
    struct arena *a;
    str rest, where;
    str pending; /* a pair that stood behind the colon of a long key */
    uint32_t line;
};
/* One line that says something: at depth 0 the key of an entry (words of a list joined by ", "), below it a key with
 * its value; value is absent when a deeper block follows. */
struct syml_line {
    uint32_t depth, line; /* depth: indentation in steps of two */
    str key, value;
};
static inline struct syml syml_of(struct arena *a, str text, str where) {
    return (struct syml){.a = a, .rest = text, .where = where};
}
/* False at the end (e->kind == ERR_NONE) or on a line that is none of the notation. */
MUST_USE bool syml_next(struct syml *s, struct syml_line *out, struct err *e);

#endif
