/* SPDX-License-Identifier: Apache-2.0
 *
 * Walks a tree along its shapes.
 */
#include "sbom/spdx2_check.h"

/* Past the cap of the list nothing more is worked out: a place costs a walk through the document. */
enum { ENOUGH = 1000 };

static void note(struct spdx2_check *c, bool error, struct jv v, const char *what, va_list ap) PRINTF_LIKE(4, 0);
static void note(struct spdx2_check *c, bool error, struct jv v, const char *what, va_list ap) {
    if (c->r->problems->n > ENOUGH)
        return;
    struct buf b = {0};
    buf_addv(&b, what, ap);
    str place = codec_place(c->r, v);
    if (error)
        codec_error(c->r, place, "%.*s", STR_ARG(buf_str(&b)));
    else
        codec_advice(c->r, place, "%.*s", STR_ARG(buf_str(&b)));
    buf_free(&b);
}

void spdx2_bad(struct spdx2_check *c, struct jv v, const char *what, ...) {
    va_list ap;
    va_start(ap, what);
    note(c, true, v, what, ap);
    va_end(ap);
}

void spdx2_odd(struct spdx2_check *c, struct jv v, const char *what, ...) {
    va_list ap;
    va_start(ap, what);
    note(c, false, v, what, ap);
    va_end(ap);
}

static const struct spdx2_field *field_find(const struct spdx2_shape *shape, str key, size_t *at) {
    for (size_t i = 0; i < shape->n; i++)
        if (str_is(key, shape->fields[i].key)) {
            *at = i;
            return &shape->fields[i];
        }
    return NULL;
}

static void check_object(struct spdx2_check *c, const struct spdx2_shape *shape, struct jv v);

static void check_texts(struct spdx2_check *c, const struct spdx2_field *field, struct jv v) {
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!j_is_str(it.val))
            spdx2_bad(c, it.val, _("this must be a text"));
        else if (field->rule)
            field->rule(c, it.val);
}

/* NOLINTNEXTLINE(misc-no-recursion): json_parse bounds the depth */
static void check_objects(struct spdx2_check *c, const struct spdx2_field *field,
                          struct jv v) { /* NOLINT(misc-no-recursion) */
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (j_is_obj(it.val))
            check_object(c, field->shape, it.val);
        else
            spdx2_bad(c, it.val, _("this must be an object"));
}

static bool kind_fits(const struct spdx2_field *field, struct jv v) {
    switch (field->kind) {
    case KIND_TEXT: return j_is_str(v);
    case KIND_BOOL: return j_is_bool(v);
    case KIND_INT: return j_is_int(v);
    case KIND_OBJECT: return j_is_obj(v);
    case KIND_TEXTS:
    case KIND_OBJECTS: return j_is_arr(v);
    }
    return false;
}

static const char *kind_message(const struct spdx2_field *field) {
    switch (field->kind) {
    case KIND_TEXT: return _("this must be a text");
    case KIND_BOOL: return _("this must be true or false");
    case KIND_INT: return _("this must be a whole number");
    case KIND_OBJECT: return _("this must be an object");
    case KIND_TEXTS:
    case KIND_OBJECTS: return _("this must be an array");
    }
    return "";
}

/* NOLINTNEXTLINE(misc-no-recursion): json_parse bounds the depth */
static void check_member(struct spdx2_check *c, const struct spdx2_field *field,
                         struct jv v) { /* NOLINT(misc-no-recursion) */
    if (!kind_fits(field, v)) {
        spdx2_bad(c, v, "%s", kind_message(field));
        return;
    }
    if ((field->flags & SINCE_23) && c->v22)
        spdx2_bad(c, v, _("SPDX 2.2 does not have %s"), field->key);
    if ((field->flags & (c->v22 ? SOME_22 : SOME_23)) && !j_len(v))
        spdx2_bad(c, v, _("%s must not be empty"), field->key);
    if (field->kind == KIND_TEXT && field->rule)
        field->rule(c, v);
    else if (field->kind == KIND_TEXTS)
        check_texts(c, field, v);
    else if (field->kind == KIND_OBJECT)
        check_object(c, field->shape, v);
    else if (field->kind == KIND_OBJECTS)
        check_objects(c, field, v);
}

/* Shapes nest four levels. */
/* NOLINTNEXTLINE(misc-no-recursion): json_parse bounds the depth */
static void check_object(struct spdx2_check *c, const struct spdx2_shape *shape,
                         struct jv v) { /* NOLINT(misc-no-recursion) */
    uint64_t seen = 0;                  /* a bit for each field: no shape has more than 32 */
    size_t at = 0;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        const struct spdx2_field *field = field_find(shape, it.key, &at);
        if (!field) {
            spdx2_bad(c, it.val, _("SPDX has no %.*s here"), STR_ARG(str_upto(it.key, 80)));
            continue;
        }
        seen |= 1ULL << at;
        check_member(c, field, it.val);
    }
    for (size_t i = 0; i < shape->n; i++)
        if (!(seen >> i & 1) && (shape->fields[i].flags & (c->v22 ? NEED_22 : NEED_23)))
            spdx2_bad(c, v, _("%s is missing"), shape->fields[i].key);
    if (shape->rule)
        shape->rule(c, v);
}

/* ── what is defined ── */

static void define(struct map *map, struct jv list, const char *key) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        struct jv id = j_get(it.val, key);
        struct map_entry *entry = j_str(id).n ? map_put(map, j_str(id), NULL) : NULL;
        if (entry && !entry->value)
            entry->value = id.v;
    }
}

static void define_all(struct spdx2_check *c) {
    map_init(&c->ids, c->a);
    map_init(&c->licences, c->a);
    map_init(&c->documents, c->a);
    map_init(&c->good, c->a);
    struct jv own = j_get(c->root, "SPDXID");
    if (j_str(own).n)
        map_put(&c->ids, j_str(own), NULL)->value = own.v;
    define(&c->ids, j_get(c->root, "packages"), "SPDXID");
    define(&c->ids, j_get(c->root, "files"), "SPDXID");
    define(&c->ids, j_get(c->root, "snippets"), "SPDXID");
    define(&c->licences, j_get(c->root, "hasExtractedLicensingInfos"), "licenseId");
    define(&c->documents, j_get(c->root, "externalDocumentRefs"), "externalDocumentId");
}

void spdx2_check_tree(struct sbom_reading *r, const struct json *tree) {
    struct spdx2_check c = {.r = r, .a = r->arena, .root = tree->root};
    c.v22 = str_is(r->out->form.version, "2.2");
    define_all(&c);
    check_object(&c, &spdx2_document_shape, tree->root);
}
