/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"
#include "base/embedded.h"
#include "conform/answer.h"
#include "conform/shape.h"

static void line(struct buf *b, const str *cells, size_t n) {
    for (size_t i = 0; i < n; i++)
        csv_write(b, i == 0, cells[i]);
    buf_addz(b, "\r\n");
}

static str names(struct arena *a, struct jv list) {
    str all = S("");
    for (struct jiter it = j_iter(list); j_next(&it);)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), all.n ? ", " : "", STR_ARG(j_str(it.val)));
    return all;
}

static str sheet_text(struct arena *a, struct jv root, struct map *fields) {
    const str heads[] = {S("ID"),
                         str_of(_("Section")),
                         str_of(_("Text")),
                         S("practice"),
                         str_of(_("Answer")),
                         str_of(_("Level")),
                         str_of(_("Reference")),
                         str_of(_("Remark"))};
    struct buf b = {0};
    line(&b, heads, sizeof heads / sizeof *heads);
    for (struct jiter s = j_iter(j_get(root, "sections")); j_next(&s);)
        for (struct jiter it = j_iter(j_get(s.val, "items")); j_next(&it);) {
            str id = j_gets(it.val, "id"), field = j_gets(it.val, "field");
            const str cells[] = {id,
                                 label_text(label_of(j_get(s.val, "title"))),
                                 label_text(label_of(j_get(it.val, "text"))),
                                 names(a, j_get(it.val, "practices")),
                                 S(""),
                                 S(""),
                                 S(""),
                                 S("")};
            line(&b, cells, sizeof cells / sizeof *cells);
            if (!field.p)
                continue;
            str *value = arena_new_of(a, str);
            *value = field;
            map_put(fields, id, NULL)->value = value;
        }
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static bool unknown(struct arena *a, str id, struct err *e) {
    str all = S("");
    for (const struct embedded_file *f = embedded_forms; f->name; f++)
        all = arena_printf(a, "%.*s%s%s", STR_ARG(all), all.n ? ", " : "", f->name);
    err_set(e, ERR_USAGE, id, "%s", _("there is no such form"));
    return err_hint(e, _("one of: %s"), arena_cstr(a, all));
}

bool answer_form_find(struct ctx *c, struct arena *a, str id, struct answer_form *out, struct err *e) {
    const struct embedded_file *f = embedded_forms;
    struct json doc;
    while (f->name && !str_is(id, f->name))
        f++;
    if (!f->name)
        return unknown(a, id, e);
    if (!json_parse(c, a, str_n(f->bytes, f->size), JSON_STRICT, arena_printf(a, "%s.json", f->name), &doc, e) ||
        !conform_shape(c, a, "form", &doc, e))
        return false;
    *out = (struct answer_form){.id = id,
                                .catalogue = j_gets(doc.root, "catalogue"),
                                .title = label_of(j_get(doc.root, "title")),
                                .source = label_of(j_get(doc.root, "source")),
                                .note = label_of(j_get(doc.root, "note"))};
    map_init(&out->fields, a);
    return csv_sheet_read(a, sheet_text(a, doc.root, &out->fields), doc.where, &out->sheet, e);
}
