/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/diff.h"

#include <stdlib.h>

#include "ident/licence.h"
#include "ident/purl.h"
#include "ident/version.h"

/* All components of one unversioned identity, on both sides. */
struct bundle {
    str name;
    const struct ecosystem *eco;
    VEC(const struct sbom_component *) side[2];
};

struct diff {
    struct arena *a;
    struct map bundles;
    struct diff_entries *out;
};

/* ── identity ── */

static bool purl_of(struct arena *a, const struct sbom_component *c, struct purl *out) {
    struct err e;
    return c->purl.n && purl_parse(a, c->purl, out, &e);
}

str sbom_unversioned(struct arena *a, const struct sbom_component *c) {
    struct purl p;
    if (purl_of(a, c, &p)) {
        p.version = p.subpath = (str){NULL, 0};
        p.n_qualifiers = 0;
        return purl_text(a, &p);
    }
    str name = c->name.p ? c->name : S("");
    return c->group.n ? arena_printf(a, "%.*s/%.*s", STR_ARG(c->group), STR_ARG(name)) : name;
}

/* ── licences ── */

static str normal(struct arena *a, str expression) {
    struct licence *l;
    struct err e;
    struct buf b = {0};
    if (!licence_parse(a, expression, &l, &e))
        return expression;
    licence_write(l, &b);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static bool add_licences(struct arena *a, struct buf *b, const struct sbom_component *c, enum sbom_licence_kind kind) {
    for (uint32_t i = 0; i < c->licences.n; i++) {
        const struct sbom_licence *l = &c->licences.v[i];
        str one = l->expression.n ? normal(a, l->expression) : l->name;
        if (l->kind != kind || !one.n)
            continue;
        buf_addz(b, b->n ? ", " : "");
        buf_add(b, one);
    }
    return b->n > 0;
}

str sbom_licence_line(struct arena *a, const struct sbom_component *c) {
    struct buf b = {0};
    bool any = add_licences(a, &b, c, LICENCE_DECLARED) || add_licences(a, &b, c, LICENCE_CONCLUDED);
    str s = any ? arena_str(a, buf_str(&b)) : (str){NULL, 0};
    buf_free(&b);
    return s;
}

/* ── gathering ── */

static void gather(struct diff *d, const struct sbom *s, int side) {
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        str name = sbom_unversioned(d->a, c);
        struct map_entry *entry = map_put(&d->bundles, name, NULL);
        struct bundle *bundle = entry->value;
        if (!bundle) {
            struct purl p;
            bundle = arena_new_of(d->a, struct bundle);
            bundle->name = name;
            bundle->eco = purl_of(d->a, c, &p) ? ecosystem_find(p.type) : NULL;
            if (!bundle->eco)
                bundle->eco = ecosystem_find(S("generic"));
            entry->value = bundle;
        }
        *vec_push(d->a, &bundle->side[side]) = c;
    }
}

/* ── comparing ── */

static void note(struct diff *d, enum diff_kind kind, const struct bundle *bundle, const struct sbom_component *before,
                 const struct sbom_component *after, str from, str to) {
    *vec_push(d->a, d->out) = (struct diff_entry){
        .kind = kind, .before = before, .after = after, .name = bundle->name, .from = from, .to = to};
}

static str supplier(const struct sbom_component *c) { return c->supplier ? c->supplier->name : (str){NULL, 0}; }

static void compare_facts(struct diff *d, const struct bundle *bundle, const struct sbom_component *before,
                          const struct sbom_component *after) {
    str from = sbom_licence_line(d->a, before), to = sbom_licence_line(d->a, after);
    if (!str_eq(from, to))
        note(d, DIFF_LICENCE, bundle, before, after, from, to);
    if (!str_eq(supplier(before), supplier(after)))
        note(d, DIFF_SUPPLIER, bundle, before, after, supplier(before), supplier(after));
}

static enum order version_order(const struct bundle *bundle, str x, str y) {
    return bundle->eco && x.n && y.n ? bundle->eco->compare(x, y) : ORDER_ERROR;
}

static enum diff_kind version_kind(const struct bundle *bundle, str from, str to) {
    switch (version_order(bundle, from, to)) {
    case ORDER_LESS: return DIFF_UPGRADED;
    case ORDER_GREATER: return DIFF_DOWNGRADED;
    case ORDER_EQUAL:
    case ORDER_ERROR: break;
    }
    return DIFF_CHANGED;
}

/* Stable for versions without an order. */
static int by_version(const void *x, const void *y, void *bundle) {
    const struct sbom_component *a = *(const struct sbom_component *const *)x,
                                *b = *(const struct sbom_component *const *)y;
    enum order o = version_order(bundle, a->version, b->version);
    return o == ORDER_LESS || o == ORDER_GREATER ? (int)o : str_cmp(a->version, b->version);
}

/* Takes out what both sides have in the same version. Both are sorted by text first, so this is one walk. */
static int by_text(const void *x, const void *y) {
    return str_cmp((*(const struct sbom_component *const *)x)->version,
                   (*(const struct sbom_component *const *)y)->version);
}

static void match_equal(struct diff *d, struct bundle *bundle) {
    uint32_t i = 0, j = 0, left = 0, right = 0;
    const struct sbom_component **x = bundle->side[0].v, **y = bundle->side[1].v;
    if (bundle->side[0].n)
        qsort(x, bundle->side[0].n, sizeof *x, by_text);
    if (bundle->side[1].n)
        qsort(y, bundle->side[1].n, sizeof *y, by_text);
    while (i < bundle->side[0].n || j < bundle->side[1].n) {
        int o = i == bundle->side[0].n ? 1 : j == bundle->side[1].n ? -1 : str_cmp(x[i]->version, y[j]->version);
        if (o == 0)
            compare_facts(d, bundle, x[i++], y[j++]);
        else if (o < 0)
            x[left++] = x[i++];
        else
            y[right++] = y[j++];
    }
    bundle->side[0].n = left;
    bundle->side[1].n = right;
}

static void compare(struct diff *d, struct bundle *bundle) {
    match_equal(d, bundle);
    for (int side = 0; side < 2; side++)
        if (bundle->side[side].n)
            qsort_r(bundle->side[side].v, bundle->side[side].n, sizeof(void *), by_version, bundle);
    uint32_t n = bundle->side[0].n, m = bundle->side[1].n;
    for (uint32_t i = 0; i < n && i < m; i++) {
        const struct sbom_component *before = bundle->side[0].v[i], *after = bundle->side[1].v[i];
        note(d, version_kind(bundle, before->version, after->version), bundle, before, after, before->version,
             after->version);
        compare_facts(d, bundle, before, after);
    }
    for (uint32_t i = m; i < n; i++)
        note(d, DIFF_REMOVED, bundle, bundle->side[0].v[i], NULL, bundle->side[0].v[i]->version, (str){NULL, 0});
    for (uint32_t i = n; i < m; i++)
        note(d, DIFF_ADDED, bundle, NULL, bundle->side[1].v[i], (str){NULL, 0}, bundle->side[1].v[i]->version);
}

static int by_kind(const void *x, const void *y) {
    const struct diff_entry *a = x, *b = y;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int o = str_cmp(a->name, b->name);
    if (!o)
        o = str_cmp(a->from, b->from);
    return o ? o : str_cmp(a->to, b->to);
}

void sbom_diff(struct arena *a, const struct sbom *before, const struct sbom *after, struct diff_entries *out) {
    struct diff d = {.a = a, .out = out};
    map_init(&d.bundles, a);
    gather(&d, before, 0);
    gather(&d, after, 1);
    for (uint32_t i = 0; i < d.bundles.entries.n; i++)
        compare(&d, d.bundles.entries.v[i].value);
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_kind);
}
