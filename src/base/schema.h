/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON Schema (draft 2020-12), the part that our own schemas use. A schema is ours, a document is anybody's: a keyword
 * that is not known here fails the load, so no rule is ever silently left unchecked, while checking a document is
 * bounded in steps and depth.
 *
 * Known: type, const, enum, required, properties, additionalProperties, minProperties, maxProperties, items, minItems,
 * maxItems, uniqueItems, minLength, maxLength, minimum, exclusiveMinimum, maximum, pattern (POSIX extended), format
 * (date-time, uri), anyOf, oneOf, $ref to #/$defs/NAME; and $schema, $id, $comment, $defs, title, description,
 * examples, default, which demand nothing.
 */
#ifndef AKASHI_BASE_SCHEMA_H
#define AKASHI_BASE_SCHEMA_H

#include "base/embedded.h"
#include "base/json.h"

struct schema {
    uint32_t depth; /* nesting of what is checked */
    struct json doc;
    struct map patterns; /* text → compiled */
};

/* Lives in the arena; the text need not outlive the call. */
MUST_USE bool schema_load(struct ctx *c, struct arena *a, str text, str where, struct schema *out, struct err *e);
/* One of our own, which must load: loaded once for the ctx and all its threads. It lives as long as the ctx. */
MUST_USE bool schema_ours(struct ctx *c, const struct embedded_file *file, const struct schema **out, struct err *e);
/* Whether v, a value of doc, fits. e says the place (file#/pointer) and what was expected there: of several faults the
 * first, of several forms (anyOf) the one that fitted furthest. */
MUST_USE bool schema_check(const struct schema *s, struct arena *a, const struct json *doc, struct jv v, struct err *e);

#endif
