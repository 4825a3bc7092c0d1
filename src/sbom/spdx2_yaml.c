/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x YAML: the JSON tree in other clothes. Scalars are read as text, so that a version 1.10 stays one, and the
 * few members that are no text are typed by name.
 */
#include "base/tree.h"
#include "sbom/spdx2_tree.h"

bool spdx2_yaml_tree(struct sbom_reading *r, struct json *out, struct err *e) {
    struct json text;
    if (!yaml_parse(r->ctx, r->arena, r->text, YAML_STRINGS, r->where, &text, e))
        return false;
    return tn_finish(r, tn_of_json(r->arena, &text, true), out, e);
}
