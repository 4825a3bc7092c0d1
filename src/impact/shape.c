/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/shape.h"

#include <assert.h>

#include "base/embedded.h"
#include "base/schema.h"

bool shape_check(struct ctx *c, struct arena *a, const char *name, const struct json *doc, struct err *e) {
    const struct embedded_file *f = embedded_impact_shapes;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    assert(f->name);
    struct schema schema;
    return schema_load(c, a, str_n(f->bytes, f->size), str_of(name), &schema, e) &&
           schema_check(&schema, a, doc, doc->root, e);
}

bool shape_id_ok(str id) {
    if (!id.n || id.n > 64 || id.p[0] == '-' || id.p[id.n - 1] == '-')
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (!ch_lower(id.p[i]) && !ch_digit(id.p[i]) && !(id.p[i] == '-' && id.p[i - 1] != '-'))
            return false;
    return true;
}
