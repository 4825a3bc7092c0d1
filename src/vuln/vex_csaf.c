/* SPDX-License-Identifier: Apache-2.0
 *
 * CSAF 2.0 and 2.1 product status as VEX statements.
 */
#include "vuln/csaf.h"
#include "vuln/vex.h"

VEC_NAMED(vex_products, struct vex_product);

struct products {
    struct arena *a;
    struct map by_id; /* product_id → struct vex_products: one for each of its package URLs */
    struct jv tree;
};

static struct vex_thing thing_of(struct jv product, size_t i) {
    struct jv helper = j_get(product, "product_identification_helper");
    struct vex_thing t = {.ref = j_gets(product, "product_id"), .cpe = j_gets(helper, "cpe")};
    t.purl = j_gets(helper, "purl");
    if (!t.purl.p) /* 2.1 has a list */
        t.purl = j_str(j_at(j_get(helper, "purls"), i));
    t.hash = j_gets(j_at(j_get(j_at(j_get(helper, "hashes"), 0), "file_hashes"), 0), "value");
    return t;
}

/* A branch of the category "product_version_range" is about the versions its name tells; about none when that cannot be
 * read: what holds for some versions must not be taken for all. */
static void narrow(struct products *p, struct vex_thing *t, str range) {
    t->cpe = t->hash = (str){NULL, 0};
    t->purl = t->purl.n ? vex_purl_ranged(p->a, t->purl, csaf_range(p->a, range, t->purl)) : t->purl;
}

static void keep(struct products *p, struct jv product, str range) {
    struct vex_products *all = arena_new_of(p->a, struct vex_products);
    size_t n = j_len(j_get2(product, "product_identification_helper", "purls"));
    for (size_t i = 0; i < (n ? n : 1) && i < CSAF_PURLS; i++) {
        struct vex_product *v = vec_push(p->a, all);
        *v = (struct vex_product){.product = thing_of(product, i)};
        if (range.p)
            narrow(p, &v->product, range);
    }
    if (all->v[0].product.ref.n)
        map_put(&p->by_id, all->v[0].product.ref, NULL)->value = all;
}

static void walk(struct products *p, struct jv branches) { /* NOLINT(misc-no-recursion): depth bounded by json_parse */
    for (struct jiter it = j_iter(branches); j_next(&it);) {
        bool range = str_is(j_gets(it.val, "category"), "product_version_range");
        str name = j_gets(it.val, "name");
        if (j_ok(j_get(it.val, "product")))
            keep(p, j_get(it.val, "product"), range ? (name.p ? name : S("")) : (str){NULL, 0});
        walk(p, j_get(it.val, "branches"));
    }
}

/* What the relation begins with: the thing itself, or the part when it is a relation already. */
static struct vex_thing thing_in(const struct vex_product *v) { return v->parts.n ? v->parts.v[0] : v->product; }

/* "A as a component of B": B is the product, A its part; on a longer path the last is the product. False when something
 * on the way is not known (yet). */
static bool relate(struct products *p, const struct csaf_relation *r) {
    const struct vex_products *part = map_get(&p->by_id, r->part), *whole = NULL;
    for (size_t i = 0; csaf_whole(r, i).n; i++)
        if (!(whole = map_get(&p->by_id, csaf_whole(r, i))))
            return false;
    if (!part || !whole || !r->id.n)
        return false;
    struct vex_products *all = arena_new_of(p->a, struct vex_products);
    for (uint32_t w = 0; w < whole->n; w++) {
        struct vex_product *v = vec_push(p->a, all);
        *v = (struct vex_product){.product = whole->v[w].product};
        for (uint32_t i = 0; i < part->n; i++)
            *vec_push(p->a, &v->parts) = thing_in(&part->v[i]);
    }
    map_put(&p->by_id, r->id, NULL)->value = all;
    return true;
}

/* A relation may build on one that stands behind it. */
static void relate_all(struct products *p, struct jv tree) {
    bool more = true;
    for (int round = 0; more && round < CSAF_ROUNDS; round++) {
        more = false;
        struct csaf_relation r;
        for (struct csaf_relations it = csaf_relations(tree); csaf_relation_next(&it, &r);)
            more |= !map_find(&p->by_id, r.id) && relate(p, &r);
    }
}

static void gather(struct products *p, struct jv tree) {
    for (struct jiter it = j_iter(j_get(tree, "full_product_names")); j_next(&it);)
        keep(p, it.val, (str){NULL, 0});
    walk(p, j_get(tree, "branches"));
    relate_all(p, tree);
}

/* Label of the flag, or text of the threat, that speaks of this product. */
static str said_of(const struct products *p, struct jv list, const char *field, const char *category, str id) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        if (category && !str_is(j_gets(it.val, "category"), category))
            continue;
        bool all = !j_len(j_get(it.val, "product_ids")) && !j_len(j_get(it.val, "group_ids"));
        str one;
        for (struct csaf_ids k = csaf_ids(it.val, p->tree); !all && csaf_ids_next(&k, &one);)
            all = str_eq(one, id);
        if (all)
            return j_gets(it.val, field);
    }
    return (str){NULL, 0};
}

static void add_statement(struct vex *vex, struct products *p, const struct json *doc, struct jv vuln, str id,
                          enum vex_status status) {
    const struct vex_products *products = map_get(&p->by_id, id);
    if (!products)
        return;
    struct vex_statement *st = vec_push(vex->a, &vex->statements);
    *st = (struct vex_statement){.status = status, .source = doc->where};
    if (j_gets(vuln, "cve").n)
        *vec_push(vex->a, &st->names) = j_gets(vuln, "cve");
    for (struct jiter it = j_iter(j_get(vuln, "ids")); j_next(&it);)
        *vec_push(vex->a, &st->names) = j_gets(it.val, "text");
    for (uint32_t i = 0; i < products->n; i++)
        *vec_push(vex->a, &st->products) = products->v[i];
    st->justification = said_of(p, j_get(vuln, "flags"), "label", NULL, id);
    st->impact = said_of(p, j_get(vuln, "threats"), "details", "impact", id);
    st->action = said_of(p, j_get(vuln, "remediations"), "details", NULL, id);
    st->timestamp = j_str(j_get2(j_get(doc->root, "document"), "tracking", "current_release_date"));
    st->author = j_str(j_get2(j_get(doc->root, "document"), "publisher", "name"));
}

bool vex_read_csaf(struct vex *vex, const struct json *doc, struct err *e) {
    /* Of a product in several lists the last one counts: a document that contradicts itself clears nothing. */
    static const struct {
        const char *list;
        enum vex_status status;
    } lists[] = {
        {"known_not_affected", VEX_NOT_AFFECTED},
        {"fixed", VEX_FIXED},
        {"first_fixed", VEX_FIXED},
        {"under_investigation", VEX_UNDER_INVESTIGATION},
        {"known_affected", VEX_AFFECTED},
        {"first_affected", VEX_AFFECTED},
        {"last_affected", VEX_AFFECTED},
    };
    (void)e;
    struct jv document = j_get(doc->root, "document");
    if (!str_starts(j_gets(document, "csaf_version"), S("2.")))
        return false;
    if (csaf_is_void(document))
        return true;
    struct products p = {.a = vex->a, .tree = j_get(doc->root, "product_tree")};
    map_init(&p.by_id, vex->a);
    gather(&p, p.tree);
    for (struct jiter v = j_iter(j_get(doc->root, "vulnerabilities")); j_next(&v);)
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
            for (struct jiter it = j_iter(j_get2(v.val, "product_status", lists[i].list)); j_next(&it);)
                add_statement(vex, &p, doc, v.val, j_str(it.val), lists[i].status);
    return true;
}
