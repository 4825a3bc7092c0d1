/* SPDX-License-Identifier: Apache-2.0
 *
 * CSAF 2.0 and 2.1 product status as VEX statements.
 */
#include "vuln/vex.h"

struct products {
    struct arena *a;
    struct map by_id; /* product_id → struct vex_product */
};

static struct vex_thing thing_of(struct jv product) {
    struct jv helper = j_get(product, "product_identification_helper");
    struct vex_thing t = {.ref = j_gets(product, "product_id"), .cpe = j_gets(helper, "cpe")};
    t.purl = j_gets(helper, "purl");
    if (!t.purl.p) /* 2.1 has a list */
        t.purl = j_str(j_at(j_get(helper, "purls"), 0));
    t.hash = j_gets(j_at(j_get(j_at(j_get(helper, "hashes"), 0), "file_hashes"), 0), "value");
    return t;
}

/* A branch of the category "product_version_range" is about the versions its name tells, as VERS; about none when that
 * cannot be read: what holds for some versions must not be taken for all. */
static void narrow(struct products *p, struct vex_thing *t, str range) {
    t->cpe = t->hash = (str){NULL, 0};
    t->purl = t->purl.n ? vex_purl_ranged(p->a, t->purl, range) : t->purl;
}

static void keep(struct products *p, struct jv product, str range) {
    struct vex_product *v = arena_new_of(p->a, struct vex_product);
    v->product = thing_of(product);
    if (range.p)
        narrow(p, &v->product, range);
    if (v->product.ref.n)
        map_put(&p->by_id, v->product.ref, NULL)->value = v;
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

/* "A as a component of B": B is the product, A its part. */
static void relate(struct products *p, struct jv relation) {
    const struct vex_product *part = map_get(&p->by_id, j_gets(relation, "product_reference"));
    const struct vex_product *whole = map_get(&p->by_id, j_gets(relation, "relates_to_product_reference"));
    str id = j_gets(j_get(relation, "full_product_name"), "product_id");
    if (!part || !whole || !id.n)
        return;
    struct vex_product *v = arena_new_of(p->a, struct vex_product);
    v->product = whole->product;
    *vec_push(p->a, &v->parts) = part->product;
    map_put(&p->by_id, id, NULL)->value = v;
}

static void gather(struct products *p, struct jv tree) {
    for (struct jiter it = j_iter(j_get(tree, "full_product_names")); j_next(&it);)
        keep(p, it.val, (str){NULL, 0});
    walk(p, j_get(tree, "branches"));
    for (struct jiter it = j_iter(j_get(tree, "relationships")); j_next(&it);)
        relate(p, it.val);
}

/* Label of the flag, or text of the threat, that speaks of this product. */
static str said_of(struct jv list, const char *field, const char *category, str id) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        if (category && !str_is(j_gets(it.val, "category"), category))
            continue;
        bool all = !j_len(j_get(it.val, "product_ids")) && !j_len(j_get(it.val, "group_ids"));
        for (struct jiter k = j_iter(j_get(it.val, "product_ids")); j_next(&k);)
            all |= str_eq(j_str(k.val), id);
        if (all)
            return j_gets(it.val, field);
    }
    return (str){NULL, 0};
}

static void add_statement(struct vex *vex, struct products *p, const struct json *doc, struct jv vuln, str id,
                          enum vex_status status) {
    const struct vex_product *product = map_get(&p->by_id, id);
    if (!product)
        return;
    struct vex_statement *st = vec_push(vex->a, &vex->statements);
    *st = (struct vex_statement){.status = status, .source = doc->where};
    if (j_gets(vuln, "cve").n)
        *vec_push(vex->a, &st->names) = j_gets(vuln, "cve");
    for (struct jiter it = j_iter(j_get(vuln, "ids")); j_next(&it);)
        *vec_push(vex->a, &st->names) = j_gets(it.val, "text");
    *vec_push(vex->a, &st->products) = *product;
    st->justification = said_of(j_get(vuln, "flags"), "label", NULL, id);
    st->impact = said_of(j_get(vuln, "threats"), "details", "impact", id);
    st->action = said_of(j_get(vuln, "remediations"), "details", NULL, id);
    st->timestamp = j_str(j_get2(j_get(doc->root, "document"), "tracking", "current_release_date"));
    st->author = j_str(j_get2(j_get(doc->root, "document"), "publisher", "name"));
}

bool vex_read_csaf(struct vex *vex, const struct json *doc, struct err *e) {
    static const struct {
        const char *list;
        enum vex_status status;
    } lists[] = {
        {"known_affected", VEX_AFFECTED},
        {"first_affected", VEX_AFFECTED},
        {"last_affected", VEX_AFFECTED},
        {"known_not_affected", VEX_NOT_AFFECTED},
        {"fixed", VEX_FIXED},
        {"first_fixed", VEX_FIXED},
        {"under_investigation", VEX_UNDER_INVESTIGATION},
    };
    (void)e;
    struct jv document = j_get(doc->root, "document");
    if (!str_starts(j_gets(document, "csaf_version"), S("2.")))
        return false;
    struct products p = {.a = vex->a};
    map_init(&p.by_id, vex->a);
    gather(&p, j_get(doc->root, "product_tree"));
    for (struct jiter v = j_iter(j_get(doc->root, "vulnerabilities")); j_next(&v);)
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
            for (struct jiter it = j_iter(j_get2(v.val, "product_status", lists[i].list)); j_next(&it);)
                add_statement(vex, &p, doc, v.val, j_str(it.val), lists[i].status);
    return true;
}
