/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/spdx3_check.h"

#include "ident/licence.h"
#include "sbom/spdx_members.h"

/* Past the cap of the list nothing more is worked out: a place costs a walk through the document. */
enum { ENOUGH = 1000, PARTS_DEEP = 16 };

struct check {
    struct sbom_reading *r;
    struct arena *a;
    struct map ids;     /* spdxId or blank node → struct yyjson_val */
    struct map imports; /* externalSpdxId of ExternalMaps */
    struct map good;    /* licence expressions found to be fine */
};

static void bad(struct check *c, struct jv v, const char *what, ...) PRINTF_LIKE(3, 4);
static void bad(struct check *c, struct jv v, const char *what, ...) {
    if (c->r->problems->n > ENOUGH)
        return;
    va_list ap;
    struct buf b = {0};
    va_start(ap, what);
    buf_addv(&b, what, ap);
    va_end(ap);
    codec_error(c->r, codec_place(c->r, v), "%.*s", STR_ARG(buf_str(&b)));
    buf_free(&b);
}

static const struct spdx3_class_def *class_find(str name) {
    for (const struct spdx3_class_def *def = spdx3_classes; def->name; def++)
        if (str_is(name, def->name))
            return def;
    return NULL;
}

static const struct spdx3_class_def *parent_of(const struct spdx3_class_def *def) {
    return def->parent ? class_find(str_of(def->parent)) : NULL;
}

static const struct spdx3_property *property_find(const struct spdx3_class_def *def, str name) {
    for (; def; def = parent_of(def))
        for (size_t i = 0; i < def->n; i++)
            if (str_is(name, def->properties[i].name))
                return &def->properties[i];
    return NULL;
}

/* ── ids ── */

/* The context turns these words into the individuals' IRIs. */
static bool is_individual(str id) {
    static const char *const words[] = {"NoneElement", "NoAssertionElement", "SpdxOrganization",
                                        "expandedlicensing_NoneLicense", "expandedlicensing_NoAssertionLicense"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(id, words[i]))
            return true;
    return str_starts(id, S("https://spdx.org/licenses/")) || str_starts(id, S("https://spdx.org/rdf/3."));
}

static bool is_iri(str id) {
    size_t colon = str_chr(id, ':');
    return colon != STR_NONE && colon > 0 && colon + 1 < id.n && !str_starts(id, S("_:"));
}

static void check_reference(struct check *c, struct jv v) {
    str id = j_str(v);
    if (map_find(&c->ids, id) || map_find(&c->imports, id) || is_individual(id))
        return;
    bad(c, v, _("there is no %.*s in the document"), STR_ARG(str_upto(id, 120)));
}

static void check_own_id(struct check *c, const struct spdx3_class_def *def, struct jv v) {
    struct jv id = j_get(v, "spdxId");
    if (def->use != ELEMENT)
        return;
    if (!j_is_str(id))
        bad(c, v, _("%s is missing"), "spdxId");
    else if (!is_iri(j_str(id)))
        bad(c, id, _("an spdxId is an IRI"));
    else if (map_get(&c->ids, j_str(id)) != v.v)
        bad(c, id, _("this id stands twice: %.*s"), STR_ARG(str_upto(j_str(id), 120)));
}

/* ── values ── */

static void check_object(struct check *c, struct jv v, unsigned depth);

static bool is_time(str s) {
    static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
    int64_t t;
    bool ok = s.n == sizeof form - 1 && time_parse(s, &t);
    for (size_t i = 0; ok && i < s.n; i++)
        ok = form[i] == 'd' ? ch_digit(s.p[i]) : s.p[i] == form[i];
    return ok;
}

static bool is_time_name(const char *name) {
    str s = str_of(name);
    return str_is(s, "created") || (str_ends(s, S("Time")) && s.n > 4);
}

static bool is_version_name(const char *name) {
    str s = str_of(name);
    return str_is(s, "specVersion") || str_is(s, "simplelicensing_licenseListVersion");
}

/* Semantic Versioning 2.0 without its rules for the parts after '-' and '+': "3.0.1", "3.25.0-rc.1". */
static bool is_version(str s) {
    size_t i = 0;
    for (int part = 0; part < 3; part++) {
        size_t start = i;
        while (i < s.n && ch_digit(s.p[i]))
            i++;
        if (i == start || (s.p[start] == '0' && i > start + 1) || (part < 2 && (i == s.n || s.p[i++] != '.')))
            return false;
    }
    if (i == s.n)
        return true;
    bool ok = s.p[i] == '-' || s.p[i] == '+';
    for (ok &= ++i < s.n; ok && i < s.n; i++)
        ok = ch_alnum(s.p[i]) || s.p[i] == '-' || s.p[i] == '.' || s.p[i] == '+';
    return ok;
}

static bool is_media_type(str s) {
    str type, subtype;
    return str_cut(s, '/', &type, &subtype) && type.n && subtype.n && str_chr(subtype, '/') == STR_NONE;
}

/* xsd:decimal: "-12.50" */
static bool is_decimal(str s) {
    size_t i = s.n && s.p[0] == '-', digits = 0, points = 0;
    for (; i < s.n; i++) {
        if (s.p[i] == '.' && digits)
            points++;
        else if (ch_digit(s.p[i]))
            digits++;
        else
            return false;
    }
    return digits && points <= 1;
}

static void check_expression(struct check *c, struct jv v) {
    struct licence *l;
    struct err e = {0};
    str text = j_str(v);
    if (spdx_unstated(text) || map_find(&c->good, text))
        return;
    if (licence_parse(c->a, text, &l, &e))
        map_put(&c->good, text, NULL);
    else
        bad(c, v, "%s", e.what);
}

static void check_text(struct check *c, const struct spdx3_property *p, struct jv v) {
    if (!j_is_str(v))
        bad(c, v, _("this must be a text"));
    else if (is_time_name(p->name) && !is_time(j_str(v)))
        bad(c, v, _("this must be a time like 2024-01-31T12:00:00Z"));
    else if (is_version_name(p->name) && !is_version(j_str(v)))
        bad(c, v, _("this must be a semantic version like 3.0.1"));
    else if (str_is(str_of(p->name), "contentType") && !is_media_type(j_str(v)))
        bad(c, v, _("this must be a media type like text/plain"));
    else if (str_is(str_of(p->name), "simplelicensing_licenseExpression"))
        check_expression(c, v);
}

static void check_word(struct check *c, const struct spdx3_property *p, struct jv v) {
    for (const char *const *word = p->words; *word; word++)
        if (str_is(j_str(v), *word))
            return;
    bad(c, v, _("SPDX does not have the word %.*s here"), STR_ARG(str_upto(j_str(v), 80)));
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is counted */
static void check_value(struct check *c, const struct spdx3_property *p, struct jv v, unsigned depth) {
    switch (p->value) {
    case VALUE_TEXT: check_text(c, p, v); break;
    case VALUE_WORD: check_word(c, p, v); break;
    case VALUE_FLAG:
        if (!j_is_bool(v))
            bad(c, v, _("this must be true or false"));
        break;
    case VALUE_DECIMAL:
        if (!j_is_num(v) && !is_decimal(j_str(v)))
            bad(c, v, _("this must be a number"));
        break;
    case VALUE_SIZE:
    case VALUE_PLACE:
        if (!j_is_int(v) || j_int(v, 0) < (p->value == VALUE_PLACE))
            bad(c, v, _("this must be a whole number from %d"), p->value == VALUE_PLACE);
        break;
    case VALUE_THING:
        if (j_is_str(v))
            check_reference(c, v);
        else if (j_is_obj(v))
            check_object(c, v, depth + 1);
        else
            bad(c, v, _("this must be an object or the id of one"));
        break;
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is counted */
static void check_property(struct check *c, const struct spdx3_property *p, struct jv v, unsigned depth) {
    if (!(p->flags & LIST)) {
        check_value(c, p, v, depth);
        return;
    }
    if (!j_is_arr(v)) {
        bad(c, v, _("this must be an array"));
        return;
    }
    if ((p->flags & FILLED) && !j_len(v))
        bad(c, v, _("%s must not be empty"), p->name);
    for (struct jiter it = j_iter(v); j_next(&it);)
        check_value(c, p, it.val, depth);
}

static void check_needed(struct check *c, const struct spdx3_class_def *def, struct jv v) {
    for (; def; def = parent_of(def))
        for (size_t i = 0; i < def->n; i++)
            if ((def->properties[i].flags & NEEDED) && !j_get(v, def->properties[i].name).v)
                bad(c, v, _("%s is missing"), def->properties[i].name);
}

static bool is_frame(str key) {
    return str_is(key, "type") || str_is(key, "spdxId") || str_is(key, "@id") || str_is(key, "@context");
}

static void check_object(struct check *c, struct jv v, unsigned depth) { /* NOLINT(misc-no-recursion): counted */
    struct jv type = j_get(v, "type");
    const struct spdx3_class_def *def = class_find(j_str(type));
    if (depth > PARTS_DEEP)
        return;
    if (!j_is_str(type))
        bad(c, v, _("%s is missing"), "type");
    else if (!def && !is_iri(j_str(type))) /* an extension's class is an IRI */
        bad(c, type, _("SPDX has no class %.*s"), STR_ARG(str_upto(j_str(type), 80)));
    else if (def && def->use == ABSTRACT)
        bad(c, type, _("%.*s is abstract: a class derived from it is needed"), STR_ARG(j_str(type)));
    if (!def)
        return;
    check_own_id(c, def, v);
    for (struct jiter it = j_iter(v); j_next(&it);) {
        const struct spdx3_property *p = is_frame(it.key) ? NULL : property_find(def, it.key);
        if (p)
            check_property(c, p, it.val, depth);
        else if (!is_frame(it.key) && !is_iri(it.key))
            bad(c, it.val, _("SPDX has no %.*s here"), STR_ARG(str_upto(it.key, 80)));
    }
    check_needed(c, def, v);
}

/* ── the document ── */

/* Parts may be elements too: everything with an id counts, wherever it stands. */
static void define(struct check *c, struct jv v, unsigned depth) { /* NOLINT(misc-no-recursion): depth is counted */
    str id = spdx3_id_of(v), other = j_gets(v, "externalSpdxId");
    struct map_entry *entry = id.n ? map_put(&c->ids, id, NULL) : NULL;
    if (entry && !entry->value)
        entry->value = v.v;
    if (other.n)
        map_put(&c->imports, other, NULL);
    if (depth >= PARTS_DEEP)
        return;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        if (j_is_obj(it.val))
            define(c, it.val, depth + 1);
        for (struct jiter in = j_iter(it.val); j_is_arr(it.val) && j_next(&in);)
            if (j_is_obj(in.val))
                define(c, in.val, depth + 1);
    }
}

static void check_context(struct check *c, struct jv root) {
    struct jv context = j_get(root, "@context");
    if (!str_is(j_str(context), "https://spdx.org/rdf/3.0.1/spdx-context.jsonld") &&
        !str_is(j_str(context), "https://spdx.org/rdf/3.0.0/spdx-context.jsonld"))
        bad(c, context.v ? context : root, _("this must be the context of an SPDX release"));
}

void spdx3_check_tree(struct sbom_reading *r, const struct json *tree) {
    struct check c = {.r = r, .a = r->arena};
    uint32_t documents = 0;
    map_init(&c.ids, c.a);
    map_init(&c.imports, c.a);
    map_init(&c.good, c.a);
    check_context(&c, tree->root);
    struct jv graph = j_get(tree->root, "@graph");
    if (graph.v && !j_is_arr(graph)) {
        bad(&c, graph, _("this must be an array"));
        return;
    }
    for (struct jiter it = spdx3_elements(tree->root); j_next(&it);) {
        define(&c, it.val, 0);
        documents += str_is(spdx3_type_of(it.val), "SpdxDocument");
    }
    for (struct jiter it = spdx3_elements(tree->root); j_next(&it);)
        if (j_is_obj(it.val))
            check_object(&c, it.val, 0);
        else
            bad(&c, it.val, _("this must be an object"));
    if (documents > 1)
        bad(&c, tree->root, _("a file holds one SpdxDocument at most"));
}
