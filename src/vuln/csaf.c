/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/csaf.h"

#include "ident/purl.h"
#include "ident/version.h"

/* ── ranges ── */

static bool is_vls_constraint(str s) {
    static const char *const operators[] = {"<=", ">=", "!=", "<", ">", "="};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_starts(s, str_of(operators[i]))) {
            s = str_trim(str_from(s, strlen(operators[i])));
            break;
        }
    for (size_t i = 0; i < s.n; i++)
        if (ch_space(s.p[i]) || strchr("<>=!/", s.p[i]))
            return false;
    return s.n > 0;
}

static bool is_vls(str name) {
    str rest = name, one;
    bool ok = str_trim(name).n > 0;
    while (ok && str_next(&rest, '|', &one))
        ok = is_vls_constraint(one);
    return ok;
}

static bool readable(struct arena *a, str range) {
    struct vers v;
    return vers_parse(a, range, &v, NULL);
}

str csaf_range(struct arena *a, str name, str purl) {
    struct purl p;
    str scheme = purl.n && purl_parse(a, purl, &p, NULL) ? p.type : S("generic"), head;
    if (str_ieq(name, S("all versions")))
        return S("vers:all/*");
    bool vers = str_istarts(name, S("vers:"));
    if (vers && readable(a, name))
        return name;
    if (vers && !str_cut(name, '/', &head, &name))
        return (str){NULL, 0};
    if (!is_vls(name) || (vers && (str_ieq(head, S("vers:all")) || str_ieq(head, S("vers:none")))))
        return (str){NULL, 0};
    str range = arena_printf(a, "vers:%.*s/%.*s", STR_ARG(scheme), STR_ARG(name));
    if (!readable(a, range))
        range = arena_printf(a, "vers:generic/%.*s", STR_ARG(name));
    return readable(a, range) ? range : (str){NULL, 0};
}

bool csaf_is_void(struct jv document) {
    str category = j_gets(document, "category");
    return str_is(category, "csaf_withdrawn") || str_is(category, "csaf_superseded");
}

/* ── product ids ── */

struct csaf_ids csaf_ids(struct jv object, struct jv tree) {
    return (struct csaf_ids){.ids = j_iter(j_get(object, "product_ids")),
                             .groups = j_iter(j_get(object, "group_ids")),
                             .group = j_iter((struct jv){NULL}),
                             .tree = tree};
}

static struct jv group_of(struct jv tree, str id) {
    for (struct jiter it = j_iter(j_get(tree, "product_groups")); j_next(&it);)
        if (str_eq(j_gets(it.val, "group_id"), id))
            return j_get(it.val, "product_ids");
    return (struct jv){NULL};
}

bool csaf_ids_next(struct csaf_ids *it, str *id) {
    for (;;) {
        struct jiter *from = j_next(&it->ids) ? &it->ids : j_next(&it->group) ? &it->group : NULL;
        if (from) {
            *id = j_str(from->val);
            return true;
        }
        if (!j_next(&it->groups))
            return false;
        it->group = j_iter(group_of(it->tree, j_str(it->groups.val)));
    }
}

/* ── relations ── */

struct csaf_relations csaf_relations(struct jv tree) {
    return (struct csaf_relations){.it = j_iter(j_get(tree, "relationships")), .tree = tree};
}

bool csaf_relation_next(struct csaf_relations *r, struct csaf_relation *out) {
    bool more = j_next(&r->it);
    if (!more && !r->paths) {
        r->paths = true;
        r->it = j_iter(j_get(r->tree, "product_paths"));
        more = j_next(&r->it);
    }
    if (!more)
        return false;
    struct jv v = r->it.val;
    out->product = j_get(v, "full_product_name");
    out->id = j_gets(out->product, "product_id");
    out->part = j_gets(v, r->paths ? "beginning_product_reference" : "product_reference");
    out->wholes = r->paths ? j_get(v, "subpaths") : v;
    return true;
}

str csaf_whole(const struct csaf_relation *r, size_t i) {
    if (j_is_arr(r->wholes) && i < CSAF_STEPS)
        return j_gets(j_at(r->wholes, i), "next_product_reference");
    return i || j_is_arr(r->wholes) ? (str){NULL, 0} : j_gets(r->wholes, "relates_to_product_reference");
}
