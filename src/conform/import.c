/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/import.h"

#include "base/charset.h"
#include "base/file.h"

extern const struct import_format import_oscal, import_oscal_profile, import_oscal_component, import_cyclonedx,
    import_list;

const struct import_format *const import_formats[] = {
    &import_oscal, &import_oscal_profile, &import_oscal_component, &import_cyclonedx, &import_list, NULL,
};

/* "guide" of "dir/guide.oscal.json" */
static str stem_of(str where) {
    static const char *const endings[] = {".json", ".csv", ".oscal", ".cdx", ".flat", "_catalog", "_profile", NULL};
    str name = path_base(where);
    for (int i = 0; endings[i]; i++)
        if (str_iends(name, str_of(endings[i])))
            name = str_upto(name, name.n - strlen(endings[i]));
    return name;
}

str import_id(const struct importing *i, str own, str title) {
    if (i->ask->id.n)
        return i->ask->id;
    if (own.n)
        return own;
    str stem = slug_of(i->a, stem_of(i->ask->where), "");
    return stem.n ? stem : slug_of(i->a, title, "own");
}

static bool unknown(const struct catalogue_import *x, struct err *e) {
    err_set(e, ERR_INPUT, x->where, "%s", _("this is no list of requirements in any format that is known here"));
    return err_hint(e, "%s",
                    _("known: JSON of Akashi, OSCAL 1.1 catalogue or profile in JSON, CycloneDX 1.6 standards "
                      "in JSON, lists with \"id\" and \"text\" in JSON or CSV"));
}

static bool of_json(struct importing *i, struct err *e) {
    struct jv root = i->doc->root;
    if (j_is_obj(root) && j_ok(j_get(root, "catalogue"))) {
        i->ask->format = "akashi";
        i->ask->json = json_text(root, i->a);
        if (i->ask->id.n && !str_eq(i->ask->id, j_gets(root, "id")))
            return err_set(e, ERR_USAGE, json_place(i->doc, j_get(root, "id"), i->a),
                           _("this catalogue says itself what it is called: %.*s"), STR_ARG(j_gets(root, "id")));
        return true;
    }
    for (const struct import_format *const *f = import_formats; *f; f++) {
        if (!(*f)->is(root))
            continue;
        i->ask->format = (*f)->name;
        if (!(*f)->read(i, e))
            return false;
        i->ask->json = draft_text(i->draft);
        return true;
    }
    return unknown(i->ask, e);
}

static bool looks_like_json(str text) {
    while (text.n && ch_space(*text.p))
        text = str_from(text, 1);
    return text.n && (*text.p == '{' || *text.p == '[');
}

bool catalogue_import(struct ctx *c, struct arena *a, struct catalogue_import *x, struct err *e) {
    struct draft d = {.a = a};
    struct importing i = {.c = c, .a = a, .ask = x, .draft = &d};
    struct json doc;
    const char *charset;
    str text;
    if (!text_decode(a, x->text, x->where, &text, &charset, e))
        return false;
    if (looks_like_json(text)) {
        i.doc = &doc;
        return json_parse(c, a, text, JSON_STRICT, x->where, &doc, e) && of_json(&i, e);
    }
    x->format = "csv";
    i.csv = text;
    if (!import_csv(&i, e))
        return false;
    x->json = draft_text(&d);
    return true;
}
