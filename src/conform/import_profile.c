/* SPDX-License-Identifier: Apache-2.0
 *
 * OSCAL profiles: what they choose from a catalogue becomes a catalogue of its own. The catalogue is the one the caller
 * names, else a file beside the profile; nothing is fetched.
 */
#include "base/file.h"
#include "conform/import.h"
#include "conform/oscal.h"

enum { PROFILES_MOST = 8 };

struct choosing {
    struct importing *i;
    const struct catalogue *k;
    bool *chosen; /* by practice */
    struct map by_id, by_token;
};

static bool is_profile(struct jv root) { return j_is_obj(j_get(root, "profile")); }

static bool fail(const struct importing *i, struct jv at, struct err *e, const char *what, str word) {
    return err_set(e, ERR_INPUT, json_place(i->doc, at, i->a), "%s: %.*s", what, STR_ARG(word));
}

/* ── where the catalogue is ── */

/* "#uuid" is a resource of the profile's own. */
static str resource_href(struct importing *i, str href) {
    struct jv profile = j_get(i->doc->root, "profile");
    for (struct jiter it = j_iter(j_get2(profile, "back-matter", "resources")); j_next(&it);) {
        if (!str_ieq(j_gets(it.val, "uuid"), str_from(href, 1)))
            continue;
        for (struct jiter l = j_iter(j_get(it.val, "rlinks")); j_next(&l);)
            if (str_iends(j_gets(l.val, "href"), S(".json")))
                return j_gets(l.val, "href");
    }
    return href;
}

static bool read_beside(struct importing *i, struct jv at, str href, struct catalogue *out, struct err *e) {
    struct catalogue_import x = {.where = path_join(i->a, path_dir(i->ask->where), href)};
    if (!path_dir(i->ask->where).n)
        x.where = href;
    if (i->ask->alone || str_find(href, S("://")) != STR_NONE || str_starts(href, S("#")) || !path_exists(x.where)) {
        fail(i, at, e, _("the catalogue this profile chooses from is not here"), href);
        return err_hint(e, "%s", _("name it with --onto ID, or put its file beside the profile"));
    }
    if (i->depth >= PROFILES_MOST)
        return fail(i, at, e, _("profiles of profiles are too deep"), href);
    struct draft d = {.a = i->a};
    struct json doc;
    struct importing next = {.c = i->c, .a = i->a, .ask = &x, .doc = &doc, .draft = &d, .depth = i->depth + 1};
    if (!file_read(i->c, i->a, x.where, &x.text, e) || !json_parse(i->c, i->a, x.text, JSON_STRICT, x.where, &doc, e))
        return false;
    for (const struct import_format *const *f = import_formats; *f; f++)
        if ((*f)->is(doc.root))
            return (*f)->read(&next, e) && catalogue_read(i->c, i->a, draft_text(&d), x.where, out, e);
    return catalogue_read(i->c, i->a, x.text, x.where, out, e);
}

static bool find_catalogue(struct importing *i, struct jv import, const struct catalogue **out, struct err *e) {
    struct catalogue *k;
    str href = j_gets(import, "href");
    *out = i->ask->onto;
    if (i->ask->onto)
        return true;
    *out = k = arena_new_of(i->a, struct catalogue);
    if (str_starts(href, S("#")))
        href = resource_href(i, href);
    return read_beside(i, j_get(import, "href"), href, k, e);
}

/* ── what is chosen ── */

static void choose_children(struct choosing *x, uint32_t practice, bool value) {
    str id = x->k->practices.v[practice].id;
    for (uint32_t i = 0; i < x->k->practices.n; i++)
        if (str_eq(x->k->groups.v[x->k->practices.v[i].group].id, id))
            x->chosen[i] = value;
}

static bool choose_id(struct choosing *x, struct jv at, bool children, bool value, struct err *e) {
    uintptr_t n = (uintptr_t)map_get(&x->by_id, j_str(at));
    if (!n)
        n = (uintptr_t)map_get(&x->by_token, j_str(at));
    if (!n)
        return fail(x->i, at, e, _("the catalogue has no control of this id"), j_str(at));
    x->chosen[n - 1] = value;
    if (children)
        choose_children(x, (uint32_t)n - 1, value);
    return true;
}

static bool choose(struct choosing *x, struct jv list, bool value, struct err *e) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        bool children = str_is(j_gets(it.val, "with-child-controls"), "yes");
        for (struct jiter id = j_iter(j_get(it.val, "with-ids")); j_next(&id);)
            if (!choose_id(x, id.val, children, value, e))
                return false;
        for (struct jiter m = j_iter(j_get(it.val, "matching")); j_next(&m);)
            for (uint32_t n = 0; n < x->k->practices.n; n++)
                if (str_glob(j_gets(m.val, "pattern"), x->k->practices.v[n].id)) {
                    x->chosen[n] = value;
                    if (children)
                        choose_children(x, n, value);
                }
    }
    return true;
}

static void know_ids(struct choosing *x) {
    map_init(&x->by_id, x->i->a);
    map_init(&x->by_token, x->i->a);
    for (uint32_t n = 0; n < x->k->practices.n; n++) {
        bool fresh;
        void *number = (void *)(uintptr_t)(n + 1); // NOLINT(performance-no-int-to-ptr): a number, never followed
        map_put(&x->by_id, x->k->practices.v[n].id, NULL)->value = number;
        struct map_entry *at = map_put(&x->by_token, oscal_token(x->i->a, x->k->practices.v[n].id), &fresh);
        if (fresh)
            at->value = number;
    }
}

/* ── what becomes of it ── */

static void take_members(struct importing *i, struct jv source, const char *const *but, struct draft_members *out) {
    for (struct jiter it = j_iter(source); j_next(&it);) {
        bool left = false;
        for (const char *const *b = but; *b; b++)
            left = left || str_is(it.key, *b);
        if (!left)
            *vec_push(i->a, out) = (struct draft_member){it.key, json_text(it.val, i->a)};
    }
}

static void take_groups(struct choosing *x, bool *wanted) {
    static const char *const but[] = {"id", "parent", NULL};
    const struct catalogue *k = x->k;
    for (uint32_t n = 0; n < k->groups.n; n++) {
        const struct catalogue_group *g = &k->groups.v[n];
        if (!wanted[n])
            continue;
        struct draft_group *to = vec_push(x->i->a, &x->i->draft->groups);
        *to = (struct draft_group){.id = g->id};
        if (g->parent >= 0)
            to->parent = k->groups.v[g->parent].id;
        take_members(x->i, j_at(j_get(k->json, "groups"), n), but, &to->ours);
    }
}

static void take_chosen(struct choosing *x, bool first) {
    static const char *const but[] = {"id", "group", NULL}, *const but_packages[] = {"id", "group", "packages", NULL};
    const struct catalogue *k = x->k;
    bool *wanted = arena_array(x->i->a, bool, k->groups.n + 1);
    for (uint32_t n = 0; n < k->practices.n; n++) {
        const struct practice *p = &k->practices.v[n];
        if (!x->chosen[n])
            continue;
        for (int32_t g = (int32_t)p->group; g >= 0 && !wanted[g]; g = k->groups.v[g].parent)
            wanted[g] = true;
        struct draft_practice *to = draft_practice(x->i->draft, p->id, k->groups.v[p->group].id);
        take_members(x->i, p->json, first ? but : but_packages, &to->ours);
    }
    take_groups(x, wanted);
}

static void take_head(struct importing *i, const struct catalogue *k) {
    static const char *const but[] = {"catalogue", "id", "title", "version", "groups", "practices", NULL};
    struct jv metadata = j_get2(i->doc->root, "profile", "metadata"), title = j_get(metadata, "title"),
              version = j_get(metadata, "version");
    struct draft *d = i->draft;
    d->id = import_id(i, (str){NULL, 0}, j_str(title));
    *vec_push(i->a, &d->ours) = (struct draft_member){
        S("title"), json_text(j_str(title).n ? title : j_get(k->json, "title"), i->a)};
    *vec_push(i->a, &d->ours) = (struct draft_member){
        S("version"),
        json_text(j_str(version).n && j_str(version).n <= 64 ? version : j_get(k->json, "version"), i->a)};
    take_members(i, k->json, but, &d->ours);
}

static bool read_import(struct importing *i, struct jv import, bool first, struct err *e) {
    struct choosing x = {.i = i};
    if (!find_catalogue(i, import, &x.k, e))
        return false;
    struct jv include = j_get(import, "include-controls");
    know_ids(&x);
    x.chosen = arena_array(i->a, bool, x.k->practices.n + 1);
    if (!j_ok(include))
        memset(x.chosen, 1, x.k->practices.n);
    if (!choose(&x, include, true, e) || !choose(&x, j_get(import, "exclude-controls"), false, e))
        return false;
    if (first)
        take_head(i, x.k);
    take_chosen(&x, first);
    return true;
}

static void warn_of_changes(struct importing *i, struct jv modify) {
    uint32_t alters = 0;
    if (j_len(j_get(modify, "set-parameters")))
        ctx_warn(i->c, json_place(i->doc, j_get(modify, "set-parameters"), i->a), "%s",
                 _("values that the profile sets for parameters are left out"));
    for (struct jiter it = j_iter(j_get(modify, "alters")); j_next(&it);)
        for (struct jiter add = j_iter(j_get(it.val, "adds")); j_next(&add);)
            alters += !str_is(j_gets(j_at(j_get(add.val, "props"), 0), "ns"), OSCAL_NS);
    if (alters)
        ctx_warn(i->c, json_place(i->doc, j_get(modify, "alters"), i->a), "%s",
                 _("what the profile adds to controls is left out"));
}

static bool read_profile(struct importing *i, struct err *e) {
    struct jv profile = j_get(i->doc->root, "profile"), imports = j_get(profile, "imports");
    for (struct jiter it = j_iter(imports); j_next(&it);)
        if (!read_import(i, it.val, it.index == 0, e))
            return false;
    warn_of_changes(i, j_get(profile, "modify"));
    if (!i->draft->practices.n)
        return err_set(e, ERR_INPUT, i->ask->where, "%s", _("the profile chooses nothing"));
    return true;
}
const struct import_format import_oscal_profile = {"oscal-profile", is_profile, read_profile};
