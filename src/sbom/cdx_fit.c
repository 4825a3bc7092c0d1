/* SPDX-License-Identifier: Apache-2.0
 *
 * A CycloneDX tree fitted to a version: members it cannot hold are left out and told; forms that changed between
 * versions are exchanged. What cannot be fitted takes its parent with it only where the parent needs it.
 */
#include "sbom/cdx_write.h"

struct fit {
    struct sbom_writing *w;
    const struct json *tree;
    struct jw *out;
    unsigned version;
    uint8_t bit;
};

static bool fit(struct fit *f, struct jv v, const struct cdx_rule *rule);

/* ── taking back what was written ── */

struct place {
    struct jw jw;
    size_t n;
};
static struct place here(const struct fit *f) { return (struct place){*f->out, f->out->b->n}; }
static bool back(struct fit *f, struct place p) {
    f->out->b->n = p.n;
    *f->out = p.jw;
    return false;
}

static void lose(struct fit *f, struct jv v) {
    if (f->w->losses->n > 1000)
        return;
    codec_loss(f->w, json_pointer(f->tree, v, f->w->arena), _("CycloneDX 1.%u cannot hold this"), f->version);
}

static bool is_foreign(str key) { return str_starts(key, S("$xml")); }

/* ── texts ── */

/* The nearest word a version has for one it lacks. */
static const char *other_word(const struct cdx_rule *rule, str word, uint8_t bit) {
    static const char *const words[][2] = {
        {"machine-learning-model", "library"},
        {"data", "file"},
        {"cryptographic-asset", "library"},
        {"platform", "framework"},
        {"device-driver", "firmware"},
        {"container", "application"},
        {"firmware", "device"},
        {"file", "library"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i][0]) && cdx_word_allowed(rule, str_of(words[i][1]), bit))
            return words[i][1];
    return cdx_word_allowed(rule, S("other"), bit) ? "other" : NULL;
}

static bool fit_date(struct fit *f, str s) {
    str whole = s.n == 10 ? arena_cat(f->w->arena, s, S("T00:00:00Z")) : arena_cat(f->w->arena, s, S("Z"));
    if (s.n > 10 && s.p[10] == ' ') {
        whole = arena_str(f->w->arena, cdx_format_ok(FORMAT_DATE_TIME, s) ? s : whole);
        ((char *)(uintptr_t)whole.p)[10] = 'T';
    }
    if (!cdx_format_ok(FORMAT_DATE_TIME, whole))
        return false;
    jw_str(f->out, whole);
    return true;
}

static bool fit_iri(struct fit *f, str s) {
    struct buf b = {0};
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
            buf_addf(&b, "%%%02X", (unsigned)(unsigned char)s.p[i]);
        else
            buf_addc(&b, s.p[i]);
    jw_str(f->out, buf_str(&b));
    buf_free(&b);
    return true;
}

static bool fit_text(struct fit *f, struct jv v, const struct cdx_rule *rule) {
    const char *instead = NULL;
    if (j_is_str(v) && rule->words && !cdx_word_allowed(rule, j_str(v), f->bit))
        instead = other_word(rule, j_str(v), f->bit);
    if (instead) {
        lose(f, v);
        jw_str(f->out, str_of(instead));
        return true;
    }
    if (cdx_value_ok(v, rule, f->bit)) {
        jw_val(f->out, v);
        return true;
    }
    if (!j_is_str(v))
        return false;
    if (rule->format == FORMAT_DATE_TIME && j_str(v).n >= 10)
        return fit_date(f, j_str(v));
    return rule->format == FORMAT_IRI && rule->pattern == PATTERN_NONE ? fit_iri(f, j_str(v)) : false;
}

/* ── lists ── */

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool fit_array(struct fit *f, struct jv v, const struct cdx_rule *rule) {
    const struct cdx_rule *item = cdx_item_of(rule, f->bit);
    struct map seen;
    int n = 0;
    if (!j_is_arr(v) || !item)
        return false;
    map_init(&seen, f->w->arena);
    jw_arr(f->out);
    for (struct jiter it = j_iter(v); j_next(&it);) {
        struct place before = here(f);
        bool fresh = true;
        if (!fit(f, it.val, item)) {
            back(f, before);
            lose(f, it.val);
            continue;
        }
        if (rule->unique & f->bit)
            map_put(&seen, arena_str(f->w->arena, str_n(f->out->b->p + before.n, f->out->b->n - before.n)), &fresh);
        if (fresh)
            n++;
        else
            back(f, before);
    }
    jw_arr_end(f->out);
    return n >= rule->min && (rule->max == 0 || n <= rule->max);
}

/* ── licences ── */

static bool expression_holds(const struct fit *f, str key) {
    static const struct {
        const char *key;
        unsigned since;
    } rows[] = {{"expression", 2}, {"bom-ref", 5}, {"acknowledgement", 6}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_is(key, rows[i].key))
            return f->version >= rows[i].since;
    return false;
}

static void fit_expression(struct fit *f, struct jv v, bool alone) {
    struct jv text = j_get(v, "expression");
    jw_obj(f->out);
    if (!alone) { /* up to 1.6 an expression stands alone */
        lose(f, text);
        jw_kobj(f->out, "license");
        jw_kstr(f->out, "name", j_str(text).p ? j_str(text) : S(""));
        if (f->version >= 6 && j_ok(j_get(v, "acknowledgement"))) {
            jw_key(f->out, S("acknowledgement"));
            jw_val(f->out, j_get(v, "acknowledgement"));
        }
        jw_obj_end(f->out);
    }
    for (struct jiter it = j_iter(v); j_next(&it);) {
        if (expression_holds(f, it.key) && alone) {
            jw_key(f->out, it.key);
            jw_val(f->out, it.val);
        } else if (alone) {
            lose(f, it.val);
        }
    }
    jw_obj_end(f->out);
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool fit_licences(struct fit *f, struct jv v) {
    bool alone = j_len(v) == 1 || (f->version < 5 && f->w->form.notation == NOTE_JSON);
    jw_arr(f->out);
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        struct place before = here(f);
        if (j_is_str(j_get(it.val, "expression"))) {
            fit_expression(f, it.val, alone);
            continue;
        }
        jw_obj(f->out);
        jw_key(f->out, S("license"));
        if (!fit(f, j_get(it.val, "license"), cdx_licence_rule)) {
            back(f, before);
            lose(f, it.val);
        } else {
            jw_obj_end(f->out);
        }
    }
    jw_arr_end(f->out);
    return true;
}

/* ── tools: a list of {vendor, name, version} before 1.5 ── */

static void fit_tool(struct fit *f, struct jv v) {
    static const char *const makers[] = {"vendor", "publisher", "manufacturer", "supplier", "provider", "group"};
    str vendor = {NULL, 0};
    for (size_t i = 0; i < sizeof makers / sizeof *makers && !vendor.p; i++) {
        struct jv maker = j_get(v, makers[i]);
        vendor = j_is_obj(maker) ? j_gets(maker, "name") : j_str(maker);
    }
    jw_obj(f->out);
    jw_kstr(f->out, "vendor", vendor);
    jw_kstr(f->out, "name", j_gets(v, "name"));
    jw_kstr(f->out, "version", j_gets(v, "version"));
    jw_obj_end(f->out);
}

static bool fit_tools(struct fit *f, struct jv v) {
    jw_arr(f->out);
    for (struct jiter group = j_iter(v); j_next(&group);)
        for (struct jiter it = j_iter(group.val); j_is_arr(group.val) && j_next(&it);)
            fit_tool(f, it.val);
    jw_arr_end(f->out);
    return true;
}

/* ── objects ── */

/* Members that go by another name or form in older versions. */
/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool fit_renamed(struct fit *f, struct jv obj, str key, struct jv v, const struct cdx_rule *rule) {
    bool has_author = cdx_member_of(rule, S("author"), f->bit) != NULL;
    if (str_is(key, "authors") && has_author && !j_ok(j_get(obj, "author"))) {
        struct buf names = {0};
        for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
            if (j_gets(it.val, "name").n)
                buf_addf(&names, "%s%.*s", names.n ? ", " : "", STR_ARG(j_gets(it.val, "name")));
        bool named = names.n > 0;
        if (named) {
            jw_key(f->out, S("author"));
            jw_str(f->out, buf_str(&names));
        }
        buf_free(&names);
        return named;
    }
    const struct cdx_member *old;
    if (str_is(key, "manufacturer") && (old = cdx_member_of(rule, S("manufacture"), f->bit)) &&
        !j_ok(j_get(obj, "manufacture"))) {
        jw_key(f->out, S("manufacture"));
        return fit(f, v, old->rule);
    }
    return false;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool fit_value(struct fit *f, str key, struct jv v, const struct cdx_rule *rule) {
    if (str_is(key, "licenses") && f->version < 7)
        return fit_licences(f, v);
    if (str_is(key, "tools") && f->version < 5 && j_is_obj(v))
        return fit_tools(f, v);
    if (str_is(key, "identity") && j_is_arr(v) && rule->kind == CDX_OBJECT) {
        for (struct jiter it = j_iter(v); j_next(&it);)
            if (it.index > 0)
                lose(f, it.val);
        return fit(f, j_at(v, 0), rule);
    }
    if (str_is(key, "$schema")) {
        jw_str(f->out, arena_printf(f->w->arena, "http://cyclonedx.org/schema/bom-1.%u.schema.json", f->version));
        return true;
    }
    return fit(f, v, rule);
}

/* An id that is not on the licence list goes as a name. */
/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void fit_member(struct fit *f, struct jv obj, str key, struct jv v, const struct cdx_rule *rule,
                       uint64_t *done) {
    const struct cdx_member *m = cdx_member_of(rule, key, f->bit);
    struct place before = here(f);
    bool as_name = rule == cdx_licence_rule && str_is(key, "id") && j_is_str(v) && !cdx_licence_id_ok(j_str(v));
    if (as_name && !j_ok(j_get(obj, "name"))) {
        jw_kstr(f->out, "name", j_str(v));
        return;
    }
    bool twice = rule == cdx_licence_rule && str_is(key, "name") && cdx_licence_id_ok(j_gets(obj, "id"));
    bool stray = rule == cdx_component_rule && str_is(key, "versionRange") &&
                 (!j_true(j_get(obj, "isExternal")) || j_ok(j_get(obj, "version")));
    if (twice || stray) {
        lose(f, v);
        return;
    }
    if (!m && !is_foreign(key) && (rule->open & f->bit)) {
        jw_key(f->out, key);
        jw_val(f->out, v);
        return;
    }
    if (!m) {
        if (!fit_renamed(f, obj, key, v, rule)) {
            back(f, before);
            lose(f, v);
        }
        return;
    }
    jw_key(f->out, key);
    if (!fit_value(f, key, v, m->rule)) {
        back(f, before);
        lose(f, v);
    } else if (rule->members && m >= rule->members && m < rule->members + 64) {
        *done |= (uint64_t)1 << (m - rule->members);
    }
}

/* What a document must state and this one does not. */
static bool supply(struct fit *f, const struct cdx_rule *rule, const char *name) {
    if (rule == cdx_bom && strcmp(name, "version") == 0) {
        jw_kint(f->out, name, 1);
        return true;
    }
    if (rule != cdx_component_rule)
        return false;
    if (strcmp(name, "type") == 0)
        jw_kstr(f->out, name, S("library"));
    else if (strcmp(name, "version") == 0 || strcmp(name, "name") == 0)
        jw_kstr(f->out, name, S(""));
    else
        return false;
    return true;
}

/* Rules over the whole object are looked at in what was written. */
static bool holds_also(struct fit *f, struct place start, const struct cdx_rule *rule) {
    struct arena_mark mark = arena_mark(f->w->arena);
    struct json made;
    size_t at = start.n;
    while (at < f->out->b->n && f->out->b->p[at] != '{')
        at++;
    bool ok = json_parse(f->w->ctx, f->w->arena, str_n(f->out->b->p + at, f->out->b->n - at), JSON_DUPLICATES_OK, S(""),
                         &made, NULL) &&
              cdx_value_ok(made.root, rule->also, f->bit);
    arena_reset(f->w->arena, mark);
    return ok;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool fit_object(struct fit *f, struct jv v, const struct cdx_rule *rule) {
    uint64_t done = 0;
    struct place start = here(f);
    if (!j_is_obj(v))
        return false;
    jw_obj(f->out);
    for (struct jiter it = j_iter(v); j_next(&it);)
        fit_member(f, v, it.key, it.val, rule, &done);
    for (const struct cdx_member *m = rule->members; m && m->name; m++)
        if ((m->required & f->bit) && m - rule->members < 64 && !(done >> (m - rule->members) & 1) &&
            !supply(f, rule, m->name))
            return false;
    jw_obj_end(f->out);
    return !rule->also || holds_also(f, start, rule);
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool fit_alternatives(struct fit *f, struct jv v, const struct cdx_rule *rule) {
    struct place before = here(f);
    for (int strict = 1; strict >= 0; strict--)
        for (const struct cdx_part *p = rule->parts; p->versions; p++) {
            if (!(p->versions & f->bit) || (strict && !cdx_value_ok(v, p->rule, f->bit)))
                continue;
            if (fit(f, v, p->rule))
                return true;
            back(f, before);
        }
    return false;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static bool fit(struct fit *f, struct jv v, const struct cdx_rule *rule) {
    switch (rule->kind) {
    case CDX_ANY: jw_val(f->out, v); return true;
    case CDX_STRING:
    case CDX_LICENCE: return fit_text(f, v, rule);
    case CDX_INTEGER:
    case CDX_NUMBER:
    case CDX_BOOL:
        if (!cdx_value_ok(v, rule, f->bit))
            return false;
        jw_val(f->out, v);
        return true;
    case CDX_OBJECT: return fit_object(f, v, rule);
    case CDX_ARRAY: return fit_array(f, v, rule);
    case CDX_ONE_OF:
    case CDX_ANY_OF: return fit_alternatives(f, v, rule);
    case CDX_ALL_OF:
        for (const struct cdx_part *p = rule->parts; p->versions; p++)
            if (p->versions & f->bit)
                return fit(f, v, p->rule);
        return true;
    }
    return false;
}

void cdx_fit(struct sbom_writing *w, const struct json *tree, unsigned version, bool keep, struct jw *out) {
    struct fit f = {.w = w, .tree = tree, .out = out, .version = version, .bit = V(version, version)};
    struct place before = here(&f);
    if (!keep && fit(&f, tree->root, cdx_bom))
        return;
    back(&f, before);
    jw_val(out, tree->root);
}
