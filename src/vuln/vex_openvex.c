/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenVEX 0.0.1 to 0.2.0.
 */
#include "vuln/vex.h"

static enum vex_status status_of(str s) {
    static const enum vex_status all[] = {VEX_AFFECTED, VEX_NOT_AFFECTED, VEX_FIXED, VEX_UNDER_INVESTIGATION};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_is(s, vex_status_name(all[i])))
            return all[i];
    return VEX_NONE;
}

/* "@id", "identifiers" and "hashes" of a product or subcomponent; 0.0.1 has a bare string. */
static struct vex_thing thing_of(struct jv v) {
    struct vex_thing t = {0};
    str id = j_is_str(v) ? j_str(v) : j_gets(v, "@id");
    t.ref = id;
    t.purl = str_starts(id, S("pkg:")) ? id : j_str(j_get2(v, "identifiers", "purl"));
    t.cpe = j_str(j_get2(v, "identifiers", "cpe23"));
    if (!t.cpe.p)
        t.cpe = j_str(j_get2(v, "identifiers", "cpe22"));
    for (struct jiter it = j_iter(j_get(v, "hashes")); j_next(&it);)
        t.hash = j_str(it.val);
    return t;
}

static void add_products(struct vex *vex, struct vex_statement *st, struct jv statement) {
    for (struct jiter it = j_iter(j_get(statement, "products")); j_next(&it);) {
        struct vex_product *p = vec_push(vex->a, &st->products);
        *p = (struct vex_product){.product = thing_of(it.val)};
        for (struct jiter k = j_iter(j_get(it.val, "subcomponents")); j_next(&k);)
            *vec_push(vex->a, &p->parts) = thing_of(k.val);
    }
    for (struct jiter k = j_iter(j_get(statement, "subcomponents")); j_next(&k);) /* 0.0.1: beside products */
        for (uint32_t i = 0; i < st->products.n; i++)
            *vec_push(vex->a, &st->products.v[i].parts) = thing_of(k.val);
}

static void add_names(struct vex *vex, struct vex_statement *st, struct jv v) {
    str name = j_is_str(v) ? j_str(v) : j_gets(v, "name");
    if (!name.p)
        name = j_gets(v, "@id");
    if (name.n)
        *vec_push(vex->a, &st->names) = name;
    for (struct jiter it = j_iter(j_get(v, "aliases")); j_next(&it);)
        *vec_push(vex->a, &st->names) = j_str(it.val);
}

bool vex_read_openvex(struct vex *vex, const struct json *doc, struct err *e) {
    struct jv context = j_get(doc->root, "@context"), list = j_get(doc->root, "statements");
    if (str_find(j_str(context), S("openvex")) == STR_NONE || !j_is_arr(list))
        return false;
    for (struct jiter it = j_iter(list); j_next(&it);) {
        enum vex_status status = status_of(j_gets(it.val, "status"));
        if (status == VEX_NONE)
            return err_set(e, ERR_INPUT, json_place(doc, it.val, vex->a),
                           _("this OpenVEX statement has no known status"));
        struct vex_statement *st = vec_push(vex->a, &vex->statements);
        *st = (struct vex_statement){.status = status, .source = doc->where};
        st->justification = j_gets(it.val, "justification");
        st->impact = j_gets(it.val, "impact_statement");
        st->action = j_gets(it.val, "action_statement");
        st->timestamp = j_gets(it.val, "timestamp");
        if (!st->timestamp.p)
            st->timestamp = j_gets(doc->root, "timestamp");
        st->author = j_gets(doc->root, "author");
        add_names(vex, st, j_get(it.val, "vulnerability"));
        add_products(vex, st, it.val);
    }
    return true;
}
