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
/* Its text; NULL: there is none. */
const struct embedded_file *shape_file(const char *name);

#endif
