/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON Schemas of what routes take and answer: serve/shapes/NAME.json, named by a route_doc. A body that does not
 * fit is refused before its handler is asked, with the place; OpenAPI shows the same text.
 */
#ifndef AKASHI_SERVE_SHAPE_H
#define AKASHI_SERVE_SHAPE_H

#include "base/embedded.h"
#include "base/schema.h"

/* All of them, read. Checking a document may be done on any thread. */
struct shapes;
MUST_USE bool shapes_open(struct ctx *c, struct arena *a, struct shapes **out, struct err *e);
/* ERR_INPUT with the place of what does not fit. There is a shape of that name: a test walks the table. */
MUST_USE bool shapes_check(const struct shapes *s, struct arena *a, const char *name, const struct json *doc,
                           struct err *e);
/* Whether an answer is what the row of its route tells of: a JSON text that fits doc->answer, another type that is
 * named there, or nothing; or a problem. For tests: it reads the answer again. */
struct route_doc;
struct answered {
    int status;
    str type, body;
};
MUST_USE bool shapes_answer(const struct shapes *s, struct ctx *c, struct arena *a, const struct route_doc *of,
                            const struct answered *answer, struct err *e);
/* Its text; NULL: there is none. */
const struct embedded_file *shape_file(const char *name);

#endif
