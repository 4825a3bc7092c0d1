/* SPDX-License-Identifier: Apache-2.0
 *
 * OSCAL catalogues: groups, controls and the controls within controls. A control's text is its statement with the items
 * beneath it, parameters written out as what they ask for, then its guidance. Parts that say how to assess are left out
 * (once, with a warning).
 */
#include "conform/import.h"
#include "conform/oscal.h"

enum { NESTED_MOST = 30 };

struct reading {
    struct importing *i;
    struct map params; /* id → its struct jv */
    uint32_t left_out; /* parts about assessment */
    struct buf text;   /* of the control at hand */
};

static bool is_ours(struct jv prop) { return str_is(j_gets(prop, "ns"), OSCAL_NS); }

static str our_prop(struct jv of, const char *name) {
    for (struct jiter it = j_iter(j_get(of, "props")); j_next(&it);)
        if (is_ours(it.val) && str_is(j_gets(it.val, "name"), name))
            return j_gets(it.val, "value");
    return (str){NULL, 0};
}

/* ── what came from us ── */

static bool our_id(struct reading *r, struct jv of, str *out, struct err *e) {
    for (struct jiter it = j_iter(j_get(of, "props")); j_next(&it);) {
        if (!is_ours(it.val) || !str_is(j_gets(it.val, "name"), "id"))
            continue;
        *out = j_gets(it.val, "value");
        if (!str_is(j_gets(it.val, "class"), "json"))
            return true;
        struct json *doc = arena_new_of(r->i->a, struct json);
        if (!json_parse(r->i->c, r->i->a, *out, JSON_STRICT, json_place(r->i->doc, it.val, r->i->a), doc, e))
            return false;
        *out = j_str(doc->root);
        return true;
    }
    return true;
}

static bool our_members(struct reading *r, struct jv of, struct draft_members *out, struct err *e) {
    for (struct jiter it = j_iter(j_get(of, "props")); j_next(&it);) {
        struct json doc;
        if (!is_ours(it.val) || !str_is(j_gets(it.val, "class"), "json") || str_is(j_gets(it.val, "name"), "id"))
            continue;
        if (!json_parse(r->i->c, r->i->a, j_gets(it.val, "value"), JSON_STRICT, json_place(r->i->doc, it.val, r->i->a),
                        &doc, e))
            return false;
        *vec_push(r->i->a, out) = (struct draft_member){j_gets(it.val, "name"), j_gets(it.val, "value")};
    }
    return true;
}

static int64_t our_order(struct jv of) {
    uint64_t n;
    return str_u64(our_prop(of, "order"), &n) && n < INT32_MAX ? (int64_t)n : 0;
}

/* ── text ── */

static void collect_params(struct reading *r, struct jv of) {
    for (struct jiter it = j_iter(j_get(of, "params")); j_next(&it);)
        map_put(&r->params, j_gets(it.val, "id"), NULL)->value = it.val.v;
}

static void add_prose(struct reading *r, str prose, uint32_t depth);

/* What stands for a parameter: its value, its choices, or in brackets what is to be filled in. */
static void add_param(struct reading *r, str id, uint32_t depth) { // NOLINT(misc-no-recursion): counted by depth
    struct jv p = {map_get(&r->params, id)}, select = j_get(p, "select"), values = j_get(p, "values");
    buf_addc(&r->text, '[');
    if (j_len(values)) {
        for (struct jiter it = j_iter(values); j_next(&it);) {
            buf_addz(&r->text, it.index ? "; " : "");
            buf_add(&r->text, j_str(it.val));
        }
    } else if (j_ok(select) && depth < 4) {
        for (struct jiter it = j_iter(j_get(select, "choice")); j_next(&it);) {
            buf_addz(&r->text, it.index ? "; " : "");
            add_prose(r, j_str(it.val), depth + 1);
        }
    } else {
        str label = j_gets(p, "label");
        buf_add(&r->text, label.n ? label : id);
    }
    buf_addc(&r->text, ']');
}

/* {{ insert: param, ac-1_prm_1 }} */
static void add_prose(struct reading *r, str prose, uint32_t depth) { // NOLINT(misc-no-recursion): counted by depth
    size_t at, end;
    while ((at = str_find(prose, S("{{"))) != STR_NONE && (end = str_find(str_from(prose, at), S("}}"))) != STR_NONE) {
        str inside = str_trim(str_upto(str_from(prose, at + 2), end - 2)), what, id;
        buf_add(&r->text, str_upto(prose, at));
        if (str_starts(inside, S("insert:")) && str_cut(inside, ',', &what, &id))
            add_param(r, str_trim(id), depth);
        else
            buf_add(&r->text, str_upto(str_from(prose, at), end + 2));
        prose = str_from(prose, at + end + 2);
    }
    buf_add(&r->text, prose);
}

static str label_of_props(struct jv of) {
    for (struct jiter it = j_iter(j_get(of, "props")); j_next(&it);)
        if (str_is(j_gets(it.val, "name"), "label") && !j_ok(j_get(it.val, "class")))
            return j_gets(it.val, "value");
    return (str){NULL, 0};
}

static void add_part(struct reading *r, struct jv part, uint32_t depth) { // NOLINT(misc-no-recursion): counted by depth
    str name = j_gets(part, "name"), label = label_of_props(part), prose = j_gets(part, "prose");
    if (str_starts(name, S("assessment"))) {
        r->left_out++;
        return;
    }
    if (prose.n) {
        if (r->text.n)
            buf_addz(&r->text, depth ? "\n" : "\n\n");
        for (uint32_t n = 1; n < depth; n++)
            buf_addz(&r->text, "  ");
        if (depth && label.n)
            buf_addf(&r->text, "%.*s ", STR_ARG(label));
        add_prose(r, prose, 0);
    }
    if (depth < NESTED_MOST)
        for (struct jiter it = j_iter(j_get(part, "parts")); j_next(&it);)
            add_part(r, it.val, depth + 1);
}

static str text_of(struct reading *r, struct jv of) {
    buf_clear(&r->text);
    for (struct jiter it = j_iter(j_get(of, "parts")); j_next(&it);)
        add_part(r, it.val, 0);
    return arena_str(r->i->a, str_trim(buf_str(&r->text)));
}

static bool is_withdrawn(struct jv control) {
    for (struct jiter it = j_iter(j_get(control, "props")); j_next(&it);)
        if (str_is(j_gets(it.val, "name"), "status") && str_ieq(j_gets(it.val, "value"), S("withdrawn")))
            return true;
    return false;
}

/* ── groups and controls ── */

static bool too_deep(struct reading *r, struct jv at, struct err *e) {
    return err_set(e, ERR_LIMIT, json_place(r->i->doc, at, r->i->a), _("groups lie more than %d deep in one another"),
                   NESTED_MOST);
}

static bool no_id(struct reading *r, struct jv at, struct err *e) {
    return err_set(e, ERR_INPUT, json_place(r->i->doc, at, r->i->a), "%s", _("this control has no id"));
}

static bool read_control(struct reading *r, struct jv v, str group, uint32_t depth, /* NOLINT(misc-no-recursion) */
                         struct err *e) {
    str id = j_gets(v, "id"), title = j_gets(v, "title");
    if (depth > NESTED_MOST)
        return too_deep(r, v, e);
    if (!our_id(r, v, &id, e))
        return false;
    if (!id.n)
        return no_id(r, v, e);
    collect_params(r, v);
    if (j_len(j_get(v, "controls"))) { /* the control and those within it are a group of that name */
        *vec_push(r->i->a, &r->i->draft->groups) = (struct draft_group){
            .id = id, .parent = group, .kind = S("control"), .title = label_both(title)};
        group = id;
    }
    struct draft_practice *p = draft_practice(r->i->draft, id, group);
    p->order = our_order(v);
    p->title = label_both(title.n ? title : id);
    str text = text_of(r, v);
    p->text = label_both(text.n ? text : is_withdrawn(v) ? S("(withdrawn)") : S(""));
    if (!our_members(r, v, &p->ours, e))
        return false;
    for (struct jiter it = j_iter(j_get(v, "controls")); j_next(&it);)
        if (!read_control(r, it.val, group, depth + 1, e))
            return false;
    return true;
}

static bool read_inside(struct reading *r, struct jv of, str group, uint32_t depth, struct err *e);

static bool read_group(struct reading *r, struct jv v, str parent, uint32_t depth, /* NOLINT(misc-no-recursion) */
                       struct err *e) {
    struct draft *d = r->i->draft;
    str id = j_gets(v, "id"), title = j_gets(v, "title");
    if (depth > NESTED_MOST)
        return too_deep(r, v, e);
    if (str_is(our_prop(v, "transparent"), "true"))
        return read_inside(r, v, parent, depth + 1, e);
    if (!our_id(r, v, &id, e))
        return false;
    if (!id.n)
        id = title.n ? title : arena_printf(r->i->a, "group-%u", d->groups.n + 1);
    struct draft_group g = {.id = id, .parent = parent, .title = label_both(title), .order = our_order(v)};
    str class = slug_of(r->i->a, j_gets(v, "class"), "");
    g.kind = class.n ? class : S("group");
    collect_params(r, v);
    g.text = label_both(text_of(r, v));
    if (!our_members(r, v, &g.ours, e))
        return false;
    *vec_push(r->i->a, &d->groups) = g;
    return read_inside(r, v, id, depth + 1, e);
}

static bool read_inside(struct reading *r, struct jv of, str group, uint32_t depth, /* NOLINT(misc-no-recursion) */
                        struct err *e) {
    for (struct jiter it = j_iter(j_get(of, "groups")); j_next(&it);)
        if (!read_group(r, it.val, group, depth, e))
            return false;
    for (struct jiter it = j_iter(j_get(of, "controls")); j_next(&it);)
        if (!read_control(r, it.val, group, depth, e))
            return false;
    return true;
}

/* ── the head ── */

static void read_head(struct reading *r, struct jv metadata) {
    struct draft *d = r->i->draft;
    str version = j_gets(metadata, "version");
    d->title = label_both(j_gets(metadata, "title"));
    d->version = version.n <= 64 ? version : str_upto(version, 64);
    for (struct jiter it = j_iter(j_get(metadata, "parties")); j_next(&it) && !d->publisher.en.n;)
        if (str_is(j_gets(it.val, "type"), "organization"))
            d->publisher = label_both(j_gets(it.val, "name"));
    d->note = label_both(j_gets(metadata, "remarks"));
    d->id = import_id(r->i, our_prop(metadata, "id"), d->title.en);
}

static bool is_catalogue(struct jv root) { return j_is_obj(j_get(root, "catalog")); }

static bool read_catalogue(struct importing *i, struct err *e) {
    struct jv root = j_get(i->doc->root, "catalog");
    struct reading r = {.i = i};
    map_init(&r.params, i->a);
    read_head(&r, j_get(root, "metadata"));
    collect_params(&r, root);
    bool ok = our_members(&r, j_get(root, "metadata"), &i->draft->ours, e) &&
              read_inside(&r, root, (str){NULL, 0}, 0, e);
    buf_free(&r.text);
    if (ok && r.left_out)
        ctx_warn(i->c, i->ask->where, _("%u parts that say how to assess are left out"), r.left_out);
    return ok;
}
const struct import_format import_oscal = {"oscal", is_catalogue, read_catalogue};

/* ── component definitions: what a product's maker says of controls ── */

static bool is_component(struct jv root) { return j_is_obj(j_get(root, "component-definition")); }

static bool read_requirements(struct reading *r, struct jv of, str group, struct map *seen, struct err *e) {
    for (struct jiter it = j_iter(j_get(of, "implemented-requirements")); j_next(&it);) {
        bool fresh;
        str control = j_gets(it.val, "control-id"), id = control;
        if (!control.n)
            return no_id(r, it.val, e);
        for (int n = 2; map_put(seen, id, &fresh), !fresh; n++)
            id = arena_printf(r->i->a, "%.*s (%d)", STR_ARG(control), n);
        buf_clear(&r->text);
        add_prose(r, j_gets(it.val, "description"), 0);
        for (struct jiter s = j_iter(j_get(it.val, "statements")); j_next(&s);) {
            buf_addz(&r->text, "\n\n");
            add_prose(r, j_gets(s.val, "description"), 0);
        }
        struct draft_practice *p = draft_practice(r->i->draft, id, group);
        p->origin = S("own");
        p->title = label_both(control);
        p->text = label_both(arena_str(r->i->a, str_trim(buf_str(&r->text))));
    }
    return true;
}

static bool read_component(struct importing *i, struct err *e) {
    struct jv root = j_get(i->doc->root, "component-definition");
    struct reading r = {.i = i};
    struct map seen;
    bool ok = true;
    map_init(&r.params, i->a);
    map_init(&seen, i->a);
    read_head(&r, j_get(root, "metadata"));
    i->draft->status = S("own");
    for (struct jiter c = j_iter(j_get(root, "components")); j_next(&c);)
        for (struct jiter it = j_iter(j_get(c.val, "control-implementations")); ok && j_next(&it);) {
            str id = arena_printf(i->a, "%zu.%zu", c.index + 1, it.index + 1);
            *vec_push(i->a,
                      &i->draft->groups) = (struct draft_group){.id = id,
                                                                .kind = S("component"),
                                                                .title = label_both(j_gets(c.val, "title")),
                                                                .text = label_both(j_gets(it.val, "description"))};
            ok = read_requirements(&r, it.val, id, &seen, e);
        }
    buf_free(&r.text);
    if (ok && !i->draft->practices.n)
        return err_set(e, ERR_INPUT, i->ask->where, "%s", _("there is no requirement in it"));
    return ok;
}
const struct import_format import_oscal_component = {"oscal-component", is_component, read_component};
