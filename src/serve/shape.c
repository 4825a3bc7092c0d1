/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/shape.h"

#include <string.h>

#include "serve/route.h"

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

/* ── answers ── */

static bool is_among(const char *list, str type) {
    str rest = str_of(list ? list : ""), one;
    while (str_next(&rest, '|', &one))
        if (str_eq(one, type))
            return true;
    return false;
}

static bool misfits(struct err *e, const char *what, str which) {
    return err_set(e, ERR_ENV, S("answer"), "%s %.*s", what, STR_ARG(which));
}

bool shapes_answer(const struct shapes *s, struct ctx *c, struct arena *a, const struct route_doc *of,
                   const struct answered *answer, struct err *e) {
    str type = answer->type, rest;
    struct json doc;
    bool problem = answer->status >= 400;
    (void)str_cut(type, ';', &type, &rest);
    if (answer->status == 304 || (answer->status >= 300 && answer->status < 400))
        return !answer->body.n || misfits(e, "has a body, with status 3xx", type);
    if (answer->status == 204)
        return (of->nothing && !answer->body.n) || misfits(e, "is nothing", type);
    if (!problem && is_among(of->others, type))
        return true;
    if (!str_is(type, problem ? "application/problem+json" : "application/json"))
        return misfits(e, "is of the type", type);
    if (!problem && !of->answer)
        return misfits(e, "is JSON, and its route names no schema", type);
    return json_parse(c, a, answer->body, JSON_STRICT, S("answer"), &doc, e) &&
           shapes_check(s, a, problem ? "problem" : of->answer, &doc, e);
}
