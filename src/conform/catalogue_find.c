/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/embedded.h"
#include "conform/catalogue.h"
#include "conform/own.h"

static const struct embedded_file *built_in(str id) {
    const struct embedded_file *f = embedded_catalogues;
    while (f->name && !str_is(id, f->name))
        f++;
    return f->name ? f : NULL;
}

static bool unknown(struct ctx *c, struct portfolio *p, str id, struct err *e) {
    struct arena *a = arena_new();
    struct catalogue_names names = {0};
    struct buf b = {0};
    if (catalogues_list(c, p, a, &names, e)) {
        for (uint32_t i = 0; i < names.n; i++)
            buf_addf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(names.v[i].id));
        err_set(e, ERR_USAGE, S(""), _("there is no catalogue '%.*s'"), STR_ARG(id));
        err_hint(e, _("one of: %.*s; others are taken in by `akashi conform catalogue import FILE`"),
                 STR_ARG(buf_str(&b)));
    }
    buf_free(&b);
    arena_free(a);
    return false;
}

bool catalogue_find(struct ctx *c, struct portfolio *p, struct arena *a, str id, const struct catalogue **out,
                    struct err *e) {
    struct catalogue *found = arena_new_of(a, struct catalogue);
    struct owns imported;
    *out = found;
    if (!own_newest(p, a, "catalogue", id, NULL, &imported, e))
        return false;
    if (imported.n) {
        str where = arena_printf(a, "log/%llu", (unsigned long long)imported.v[0].index);
        return catalogue_read(c, a, json_text(imported.v[0].statement.predicate, a), where, found, e);
    }
    const struct embedded_file *f = built_in(id);
    if (!f)
        return unknown(c, p, id, e);
    return catalogue_read(c, a, str_n(f->bytes, f->size), arena_printf(a, "%s.json", f->name), found, e);
}

static int by_id(const void *x, const void *y) {
    return str_cmp(((const struct catalogue_name *)x)->id, ((const struct catalogue_name *)y)->id);
}

static struct catalogue_name name_of(struct jv root, bool imported) {
    return (struct catalogue_name){j_gets(root, "id"), label_of(j_get(root, "title")), j_gets(root, "status"),
                                   j_gets(root, "version"), imported};
}

bool catalogues_list(struct ctx *c, struct portfolio *p, struct arena *a, struct catalogue_names *out, struct err *e) {
    struct owns imported;
    struct map seen;
    *out = (struct catalogue_names){0};
    map_init(&seen, a);
    if (!own_newest(p, a, "catalogue", (str){NULL, 0}, NULL, &imported, e))
        return false;
    for (uint32_t i = 0; i < imported.n; i++) {
        *vec_push(a, out) = name_of(imported.v[i].statement.predicate, true);
        map_put(&seen, imported.v[i].name, NULL);
    }
    for (const struct embedded_file *f = embedded_catalogues; f->name; f++) {
        struct json doc;
        if (map_find(&seen, str_of(f->name)))
            continue;
        if (!json_parse(c, a, str_n(f->bytes, f->size), JSON_STRICT, str_of(f->name), &doc, e))
            return false;
        *vec_push(a, out) = name_of(doc.root, false);
    }
    if (out->n > 1)
        qsort(out->v, out->n, sizeof *out->v, by_id);
    return true;
}
