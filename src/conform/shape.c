/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/shape.h"

#include <assert.h>

#include "base/embedded.h"
#include "base/schema.h"

bool conform_shape(struct ctx *c, struct arena *a, const char *name, const struct json *doc, struct err *e) {
    const struct embedded_file *f = embedded_conform_shapes;
    struct schema schema;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    assert(f->name);
    return schema_load(c, a, str_n(f->bytes, f->size), str_of(name), &schema, e) &&
           schema_check(&schema, a, doc, doc->root, e);
}
