/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/shape.h"

#include <assert.h>

#include "base/embedded.h"
#include "base/schema.h"

bool conform_shape(struct ctx *c, struct arena *a, const char *name, const struct json *doc, struct err *e) {
    const struct embedded_file *f = embedded_conform_shapes;
    const struct schema *s;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    assert(f->name);
    return schema_ours(c, f, &s, e) && schema_check(s, a, doc, doc->root, e);
}
