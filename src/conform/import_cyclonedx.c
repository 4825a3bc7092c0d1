/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX 1.6 standards: requirements that have others beneath them are groups, the rest practices; levels are
 * packages. Several standards in one document lie side by side.
 */
#include "conform/import.h"

struct reading {
    struct importing *i;
    struct map parents; /* bom-refs that others name as their parent */
    struct map ids;     /* bom-ref → id */
    struct map taken;   /* ids of practices, ids of groups */
    struct map practices;
};

static struct jv standards_of(struct jv root) {
    struct jv in = j_get2(root, "definitions", "standards");
    return j_len(in) ? in : j_get2(root, "declarations", "standards");
}

static bool is_cyclonedx(struct jv root) {
    return str_is(j_gets(root, "bomFormat"), "CycloneDX") && j_len(standards_of(root)) > 0;
}

/* The identifier; where two have the same, the reference that tells them apart. */
static str id_of(struct reading *r, struct jv v) {
    bool fresh;
    str ref = j_gets(v, "bom-ref"), id = j_gets(v, "identifier");
    id = id.n ? id : ref;
    map_put(&r->taken, id, &fresh);
    if (!fresh && ref.n)
        map_put(&r->taken, id = ref, &fresh);
    return id;
}

static bool learn(struct reading *r, struct jv list, struct err *e) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        str id = id_of(r, it.val), ref = j_gets(it.val, "bom-ref");
        if (!id.n)
            return err_set(e, ERR_INPUT, json_place(r->i->doc, it.val, r->i->a), "%s", _("this requirement has no id"));
        struct map_entry *at = map_put(&r->ids, ref.n ? ref : id, NULL);
        str *kept = arena_new_of(r->i->a, str);
        *kept = id;
        at->value = kept;
        if (j_gets(it.val, "parent").n)
            map_put(&r->parents, j_gets(it.val, "parent"), NULL);
    }
    return true;
}

static str text_of(struct reading *r, struct jv v) {
    struct buf b = {0};
    buf_add(&b, j_gets(v, "text"));
    for (struct jiter it = j_iter(j_get(v, "descriptions")); j_next(&it);) {
        buf_addz(&b, b.n ? "\n\n" : "");
        buf_add(&b, j_str(it.val));
    }
    str text = arena_str(r->i->a, buf_str(&b));
    buf_free(&b);
    return text;
}

static bool take_requirement(struct reading *r, struct jv v, str top, struct err *e) {
    struct draft *d = r->i->draft;
    str ref = j_gets(v, "bom-ref"), parent = j_gets(v, "parent"), title = j_gets(v, "title"), text = text_of(r, v);
    const str *id = map_get(&r->ids, ref.n ? ref : j_gets(v, "identifier")), *up = map_get(&r->ids, parent);
    if (parent.n && !up)
        return err_set(e, ERR_INPUT, json_place(r->i->doc, j_get(v, "parent"), r->i->a),
                       _("there is no parent of this id: %.*s"), STR_ARG(parent));
    if (map_find(&r->parents, ref)) {
        *vec_push(r->i->a, &d->groups) = (struct draft_group){.id = *id,
                                                              .kind = up ? S("section") : S("chapter"),
                                                              .parent = up ? *up : top,
                                                              .title = label_both(title.n ? title : text),
                                                              .text = label_both(title.n ? text : S(""))};
        return true;
    }
    map_put(&r->practices, ref.n ? ref : *id, NULL)->value =
        (void *)(uintptr_t)(d->practices.n + 1); // NOLINT(performance-no-int-to-ptr): a number, never followed
    struct draft_practice *p = draft_practice(d, *id, up ? *up : top);
    p->title = label_both(title.n ? title : text.n ? text : *id);
    p->text = label_both(title.n ? text : S(""));
    return true;
}

static void take_levels(struct reading *r, struct jv standard) {
    struct draft *d = r->i->draft;
    for (struct jiter it = j_iter(j_get(standard, "levels")); j_next(&it);) {
        str id = j_gets(it.val, "identifier"), title = j_gets(it.val, "title");
        id = id.n ? id : j_gets(it.val, "bom-ref");
        title = title.n ? title : j_gets(it.val, "description");
        str slug = slug_of(r->i->a, id, "level");
        if (ch_digit(slug.p[0]) && slug.n < 10)
            slug = arena_cat(r->i->a, S("level-"), slug);
        int package = draft_package(d, slug, label_both(title.n ? title : id));
        if (package < 0) {
            ctx_warn(r->i->c, json_place(r->i->doc, it.val, r->i->a),
                     _("there are more than %d levels; this one is left out"), 8);
            continue;
        }
        for (struct jiter of = j_iter(j_get(it.val, "requirements")); j_next(&of);) {
            uintptr_t n = (uintptr_t)map_get(&r->practices, j_str(of.val));
            if (n)
                d->practices.v[n - 1].targets[package] = 1;
        }
    }
}

static bool take_standard(struct reading *r, struct jv standard, bool several, struct err *e) {
    struct draft *d = r->i->draft;
    str top = {NULL, 0}, name = j_gets(standard, "name");
    bool fresh;
    if (several) { /* each under a group of its own */
        top = name;
        for (int n = 2; map_put(&r->taken, top, &fresh), !fresh || !top.n; n++)
            top = arena_printf(r->i->a, "%.*s (%d)", STR_ARG(name), n);
        *vec_push(r->i->a, &d->groups) = (struct draft_group){
            .id = top, .kind = S("standard"), .title = label_both(name.n ? name : top)};
    }
    if (!learn(r, j_get(standard, "requirements"), e))
        return false;
    for (struct jiter it = j_iter(j_get(standard, "requirements")); j_next(&it);)
        if (!take_requirement(r, it.val, top, e))
            return false;
    take_levels(r, standard);
    return true;
}

static void read_head(struct importing *i, struct jv standard) {
    struct draft *d = i->draft;
    struct jv licence = j_at(j_get2(i->doc->root, "metadata", "licenses"), 0);
    str version = j_gets(standard, "version"), id = j_gets(j_get(licence, "license"), "id");
    d->title = label_both(j_gets(standard, "name"));
    d->version = version.n <= 64 ? version : str_upto(version, 64);
    d->publisher = label_both(j_gets(standard, "owner"));
    d->note = label_both(j_gets(standard, "description"));
    d->licence = id.n ? id : j_gets(licence, "expression");
    d->id = import_id(i, (str){NULL, 0}, d->title.en);
}

static bool read_cyclonedx(struct importing *i, struct err *e) {
    struct jv standards = standards_of(i->doc->root);
    struct reading r = {.i = i};
    map_init(&r.parents, i->a);
    map_init(&r.ids, i->a);
    map_init(&r.taken, i->a);
    map_init(&r.practices, i->a);
    read_head(i, j_at(standards, 0));
    for (struct jiter it = j_iter(standards); j_next(&it);)
        if (!take_standard(&r, it.val, j_len(standards) > 1, e))
            return false;
    if (!i->draft->practices.n)
        return err_set(e, ERR_INPUT, i->ask->where, "%s", _("there is no requirement in it"));
    return true;
}
const struct import_format import_cyclonedx = {"cyclonedx", is_cyclonedx, read_cyclonedx};
