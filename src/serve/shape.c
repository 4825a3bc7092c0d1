/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/shape.h"

#include <string.h>

struct shapes {
    const struct schema *v; /* beside embedded_serve_shapes */
};

const struct embedded_file *shape_file(const char *name) {
    for (const struct embedded_file *f = embedded_serve_shapes; name && f->name; f++)
        if (strcmp(f->name, name) == 0)
            return f;
    return NULL;
}

bool shapes_open(struct ctx *c, struct arena *a, struct shapes **out, struct err *e) {
    uint32_t n = 0;
    while (embedded_serve_shapes[n].name)
        n++;
    struct schema *v = arena_array(a, struct schema, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const struct embedded_file *f = &embedded_serve_shapes[i];
        if (!schema_load(c, a, str_n(f->bytes, f->size), str_of(f->name), &v[i], e))
            return false;
    }
    *out = arena_new_of(a, struct shapes);
    (*out)->v = v;
    return true;
}

bool shapes_check(const struct shapes *s, struct arena *a, const char *name, const struct json *doc, struct err *e) {
    const struct embedded_file *f = shape_file(name);
    return f ? schema_check(&s->v[f - embedded_serve_shapes], a, doc, doc->root, e)
             : err_set(e, ERR_ENV, str_of(name), "%s", _("there is no such schema"));
}
