/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/catalogue.h"

#include "base/digest.h"
#include "conform/canonical.h"
#include "conform/shape.h"

enum { GROUPS_DEEP = 32 };

struct reading {
    struct arena *a;
    struct json doc;
    struct catalogue *out;
    struct map groups, practices; /* id → its number + 1 */
};

static bool fail(const struct reading *r, struct jv at, struct err *e, const char *what) {
    return err_set(e, ERR_INPUT, json_place(&r->doc, at, r->a), "%s", what);
}

static bool fail_word(const struct reading *r, struct jv at, struct err *e, const char *what) {
    return err_set(e, ERR_INPUT, json_place(&r->doc, at, r->a), "%s: %.*s", what, STR_ARG(j_str(at)));
}

static void number_put(struct map *m, str id, uint32_t number, bool *fresh) {
    struct map_entry *at = map_put(m, id, fresh);
    if (*fresh)
        at->value = (void *)(uintptr_t)(number + 1); // NOLINT(performance-no-int-to-ptr): a number, never followed
}

static int32_t number_get(const struct map *m, str id) { return (int32_t)(uintptr_t)map_get(m, id) - 1; }

/* ── the head ── */

static void read_levels(struct jv v, struct label *out) {
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (it.index < LEVELS)
            out[it.index] = label_of(it.val);
}

static bool read_packages(struct reading *r, struct jv list, struct err *e) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        if (package_number(r->out, j_gets(it.val, "id")) >= 0)
            return fail_word(r, j_get(it.val, "id"), e, _("two packages have this id"));
        *vec_push(r->a, &r->out->packages) = (struct catalogue_package){
            j_gets(it.val, "id"), label_of(j_get(it.val, "title")), label_of(j_get(it.val, "text"))};
    }
    return true;
}

static void read_head(struct reading *r, struct jv root) {
    struct catalogue *k = r->out;
    k->id = j_gets(root, "id");
    k->version = j_gets(root, "version");
    k->title = label_of(j_get(root, "title"));
    k->publisher = label_of(j_get(root, "publisher"));
    k->source = label_of(j_get(root, "source"));
    k->note = label_of(j_get(root, "note"));
    k->licence = j_gets(root, "licence");
    k->status = j_gets(root, "status");
    k->unit = j_gets(root, "unit");
    read_levels(j_get(root, "levels"), k->levels);
}

/* ── groups ── */

static bool read_parents(struct reading *r, struct jv list, struct err *e) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        struct jv parent = j_get(it.val, "parent");
        struct catalogue_group *g = &r->out->groups.v[it.index];
        g->parent = j_ok(parent) ? number_get(&r->groups, j_str(parent)) : -1;
        if (j_ok(parent) && g->parent < 0)
            return fail_word(r, parent, e, _("there is no group of this id"));
    }
    return true;
}

/* No group is above itself, and none is nested beyond what writers of nested formats can follow. */
static bool no_circle(const struct reading *r, struct jv list, struct err *e) {
    const struct catalogue_groups *g = &r->out->groups;
    int32_t deep = -1;
    for (uint32_t i = 0; i < g->n; i++) {
        int32_t at = g->v[i].parent, steps = 0;
        for (; at >= 0 && at != (int32_t)i && steps < GROUPS_DEEP; steps++)
            at = g->v[at].parent;
        if (at == (int32_t)i)
            return fail_word(r, j_get(j_at(list, i), "parent"), e, _("the groups above this one lead back to it"));
        if (at >= 0 && deep < 0)
            deep = (int32_t)i;
    }
    return deep < 0 || err_set(e, ERR_LIMIT, json_place(&r->doc, j_at(list, (size_t)deep), r->a),
                               _("groups lie more than %d deep in one another"), GROUPS_DEEP);
}

static bool read_groups(struct reading *r, struct jv list, struct err *e) {
    bool fresh, unit = false;
    for (struct jiter it = j_iter(list); j_next(&it);) {
        struct catalogue_group g = {j_gets(it.val, "id"), j_gets(it.val, "kind"), -1, label_of(j_get(it.val, "title")),
                                    label_of(j_get(it.val, "text"))};
        number_put(&r->groups, g.id, r->out->groups.n, &fresh);
        if (!fresh)
            return fail_word(r, j_get(it.val, "id"), e, _("two groups have this id"));
        unit = unit || str_eq(g.kind, r->out->unit);
        *vec_push(r->a, &r->out->groups) = g;
    }
    if (!unit)
        return fail_word(r, j_get(r->doc.root, "unit"), e, _("no group is of this kind"));
    return read_parents(r, list, e) && no_circle(r, list, e);
}

/* ── practices ── */

static unsigned bits_of(struct jv words, const char *const *names) {
    unsigned bits = 0;
    for (struct jiter it = j_iter(words); j_next(&it);)
        for (unsigned i = 0; names[i]; i++)
            if (str_is(j_str(it.val), names[i]))
                bits |= 1U << i;
    return bits;
}

static bool read_targets(struct reading *r, struct jv packages, struct practice *p, struct err *e) {
    memset(p->targets, -1, sizeof p->targets);
    for (struct jiter it = j_iter(packages); j_next(&it);) {
        int32_t n = package_number(r->out, it.key);
        if (n < 0)
            return err_set(e, ERR_INPUT, json_place(&r->doc, it.val, r->a), _("there is no package '%.*s'"),
                           STR_ARG(it.key));
        p->targets[n] = (int8_t)j_int(it.val, -1);
    }
    return true;
}

static bool read_evidence(struct reading *r, struct jv evidence, struct practice *p, struct err *e) {
    static const char *const names[] = {"0", "1", "2", "3", "4"};
    bool gap = false;
    for (int level = 1; level < LEVELS; level++) {
        struct jv rules = j_get(evidence, names[level]);
        if (j_ok(rules) && gap)
            return fail(r, rules, e, _("this level can never be met: a level below it has no rules"));
        gap = gap || !j_ok(rules);
        if (!rule_list_read(r->a, &r->doc, rules, &p->evidence[level], e))
            return false;
    }
    return true;
}

static bool read_practice(struct reading *r, struct jv v, struct practice *p, struct err *e) {
    static const char *const roles[] = {"developer", "supplier", "operator", "customer", "other", NULL};
    static const char *const contracts[] = {"prime", "sub", NULL};
    struct jv effort = j_get(v, "effort");
    int32_t group = number_get(&r->groups, j_gets(v, "group"));
    if (group < 0)
        return fail_word(r, j_get(v, "group"), e, _("there is no group of this id"));
    *p = (struct practice){.id = j_gets(v, "id"), .group = (uint32_t)group, .origin = j_gets(v, "origin"), .json = v};
    if (!p->origin.p)
        p->origin = S("own");
    p->official = str_is(p->origin, "guideline");
    p->title = label_of(j_get(v, "title"));
    p->text = label_of(j_get(v, "text"));
    p->binds = bits_of(j_get(v, "binds"), roles);
    p->contract = bits_of(j_get(v, "contract"), contracts);
    read_levels(j_get(v, "levels"), p->levels);
    p->effort.first = (int32_t)j_int(j_get(effort, "first"), -1);
    p->effort.yearly = (int32_t)j_int(j_get(effort, "yearly"), -1);
    p->protects = label_of(j_get(v, "protects"));
    p->incident = label_of(j_get(v, "incident"));
    p->start = label_of(j_get(v, "start"));
    p->command = j_gets(v, "command");
    return read_targets(r, j_get(v, "packages"), p, e) && read_evidence(r, j_get(v, "evidence"), p, e);
}

static bool read_practices(struct reading *r, struct jv list, struct err *e) {
    bool fresh;
    for (struct jiter it = j_iter(list); j_next(&it);) {
        number_put(&r->practices, j_gets(it.val, "id"), r->out->practices.n, &fresh);
        if (!fresh)
            return fail_word(r, j_get(it.val, "id"), e, _("two practices have this id"));
        if (!read_practice(r, it.val, vec_push(r->a, &r->out->practices), e))
            return false;
    }
    return true;
}

bool catalogue_read(struct ctx *c, struct arena *a, str text, str where, struct catalogue *out, struct err *e) {
    struct reading r = {.a = a, .out = out};
    *out = (struct catalogue){0};
    map_init(&r.groups, a);
    map_init(&r.practices, a);
    if (!json_parse(c, a, text, JSON_STRICT, where, &r.doc, e) || !conform_shape(c, a, "catalogue", &r.doc, e))
        return false;
    read_head(&r, r.doc.root);
    if (!read_packages(&r, j_get(r.doc.root, "packages"), e) || !read_groups(&r, j_get(r.doc.root, "groups"), e) ||
        !read_practices(&r, j_get(r.doc.root, "practices"), e))
        return false;
    out->json = r.doc.root;
    out->numbers = r.practices;
    out->text = canonical_text(a, r.doc.root);
    out->digest = digest_hex(a, DIGEST_SHA256, out->text);
    return true;
}

/* ── asking ── */

const struct practice *practice_of(const struct catalogue *c, str id) {
    int32_t n = number_get(&c->numbers, id);
    return n < 0 ? NULL : &c->practices.v[n];
}

int32_t package_number(const struct catalogue *c, str id) {
    for (uint32_t i = 0; i < c->packages.n; i++)
        if (str_eq(c->packages.v[i].id, id))
            return (int32_t)i;
    return -1;
}

int32_t practice_unit(const struct catalogue *c, const struct practice *p) {
    int32_t g = (int32_t)p->group;
    while (g >= 0 && !str_eq(c->groups.v[g].kind, c->unit))
        g = c->groups.v[g].parent;
    return g;
}
