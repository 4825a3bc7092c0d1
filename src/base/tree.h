/* SPDX-License-Identifier: Apache-2.0
 *
 * YAML and TOML read into the JSON tree, so that one reader serves every notation. Line numbers are kept
 * (json_place gives file:line).
 */
#ifndef AKASHI_BASE_TREE_H
#define AKASHI_BASE_TREE_H

#include "base/json.h"

enum yaml_flags {
    YAML_TYPED = 0,   /* YAML 1.2 core schema: true/false/null/int/float become JSON types */
    YAML_STRINGS = 1, /* every scalar stays a string: lock files where 1.10 is a version */
};

/* First document of the stream, or all of them as an array with yaml_parse_all. Anchors are expanded, within
 * limits.file; a key that is not a scalar is an error. Merge keys (`<<`) are applied. */
MUST_USE bool yaml_parse(struct ctx *c, struct arena *a, str text, unsigned flags, str where, struct json *out,
                         struct err *e);
MUST_USE bool yaml_parse_all(struct ctx *c, struct arena *a, str text, unsigned flags, str where, struct json *out,
                             struct err *e);

/* TOML 1.0, and what 1.1 adds. Dates, inf and nan become strings as written. */
MUST_USE bool toml_parse(struct ctx *c, struct arena *a, str text, str where, struct json *out, struct err *e);

#endif
