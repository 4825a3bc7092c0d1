/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 3.0: relationships, and licences, which are relationships too.
 */
#include "sbom/spdx3.h"
#include "sbom/spdx_members.h"

/* Sets may share members and contain themselves: depth and length are bounded. */
enum { SETS_DEEP = 32, EXPRESSION_MOST = 1 << 16 };

struct expression {
    struct spdx3_in *in;
    struct buf out;
    unsigned depth;
};

static bool add_expression(struct expression *x, struct jv v);

static bool add_set(struct expression *x, struct jv members, const char *op) { /* NOLINT(misc-no-recursion) */
    buf_addc(&x->out, '(');
    for (struct jiter it = j_iter(members); j_next(&it);) {
        if (it.index)
            buf_addf(&x->out, " %s ", op);
        if (!add_expression(x, it.val))
            return false;
    }
    buf_addc(&x->out, ')');
    return j_len(members) > 0;
}

/* "https://spdx.org/licenses/MIT" → "MIT", "…#LicenseRef-1" → "LicenseRef-1" */
static str last_part(str iri) {
    size_t hash = str_rchr(iri, '#'), slash = str_rchr(iri, '/');
    size_t ref = str_find(iri, S("LicenseRef-"));
    if (ref != STR_NONE)
        return str_from(iri, ref);
    size_t cut = hash == STR_NONE ? slash : slash == STR_NONE || hash > slash ? hash : slash;
    return cut == STR_NONE ? iri : str_from(iri, cut + 1);
}

static bool add_id(struct expression *x, str iri) {
    str id = last_part(iri);
    if (str_is(id, "NoAssertionLicense") || str_is(id, "NoAssertion") ||
        str_is(id, "expandedlicensing_NoAssertionLicense"))
        id = S("NOASSERTION");
    if (str_is(id, "NoneLicense") || str_is(id, "None") || str_is(id, "expandedlicensing_NoneLicense"))
        id = S("NONE");
    buf_add(&x->out, id);
    return id.n > 0;
}

static struct jv ex(struct jv v, const char *name) { return spdx3_get(v, "expandedlicensing_", name); }

static bool add_element(struct expression *x, struct jv v, str id) { /* NOLINT(misc-no-recursion) */
    str class = spdx3_type_of(v), text = j_str(spdx3_get(v, "simplelicensing_", "licenseExpression"));
    if (text.n) {
        buf_add(&x->out, text);
        return true;
    }
    if (str_is(class, "ConjunctiveLicenseSet"))
        return add_set(x, ex(v, "member"), "AND");
    if (str_is(class, "DisjunctiveLicenseSet"))
        return add_set(x, ex(v, "member"), "OR");
    if (str_is(class, "OrLaterOperator")) {
        bool ok = add_expression(x, ex(v, "subjectLicense"));
        buf_addc(&x->out, '+');
        return ok;
    }
    if (str_is(class, "WithAdditionOperator")) {
        bool ok = add_expression(x, ex(v, "subjectExtendableLicense"));
        buf_addz(&x->out, " WITH ");
        return ok && add_expression(x, ex(v, "subjectAddition"));
    }
    str stated = j_gets(v, "licenseId");
    return add_id(x, stated.n ? stated : id);
}

static bool add_expression(struct expression *x, struct jv v) { /* NOLINT(misc-no-recursion) */
    struct jv element = spdx3_resolve(x->in, v);
    if (x->depth >= SETS_DEEP || x->out.n > EXPRESSION_MOST || !v.v)
        return false;
    x->depth++;
    bool ok = j_is_obj(element) ? add_element(x, element, spdx3_named(v)) : add_id(x, j_str(v));
    x->depth--;
    return ok;
}

str spdx3_expression(struct spdx3_in *in, struct jv v) {
    struct expression x = {.in = in};
    struct jv element = spdx3_resolve(in, v);
    str plain = j_str(spdx3_get(element, "simplelicensing_", "licenseExpression"));
    if (plain.p)
        return spdx_unstated(plain) || !plain.n ? (str){NULL, 0} : plain;
    bool ok = add_expression(&x, v);
    str text = ok ? arena_str(in->a, buf_str(&x.out)) : (str){NULL, 0};
    buf_free(&x.out);
    return spdx_unstated(text) ? (str){NULL, 0} : text;
}

/* ── relationships ── */

static void add_licence(struct spdx3_in *in, str from, struct jv to, enum sbom_licence_kind kind) {
    struct sbom_licence licence = {.kind = kind, .expression = spdx3_expression(in, to), .ref = spdx3_named(to)};
    uintptr_t component = (uintptr_t)map_get(&in->components, from), file = (uintptr_t)map_get(&in->files, from);
    if (!licence.expression.p)
        return;
    if (component)
        *vec_push(in->a, &in->s->components.v[component - 1].licences) = licence;
    else if (file)
        *vec_push(in->a, &in->s->files.v[file - 1].licences) = licence;
}

static void relate(struct spdx3_in *in, struct jv v, str from, str to, str type, str scope) {
    bool reversed = false;
    str model = spdx3_relation_to_model(in->a, type, scope, &reversed);
    struct sbom_relation *r = vec_push(in->a, &in->s->relations);
    *r = (struct sbom_relation){
        .from = reversed ? to : from,
        .to = reversed ? from : to,
        .type = model,
        .comment = j_gets(v, "comment"),
        .from_at = SBOM_NO,
        .to_at = SBOM_NO,
    };
}

void spdx3_read_relation(struct spdx3_in *in, struct jv v) {
    str from = spdx3_named(j_get(v, "from")), type = spdx3_word(j_gets(v, "relationshipType"));
    struct jv to = j_get(v, "to");
    bool declared = str_is(type, "hasDeclaredLicense"), concluded = str_is(type, "hasConcludedLicense");
    for (size_t i = 0, n = j_is_arr(to) ? j_len(to) : to.v != NULL; i < n; i++) {
        struct jv one = j_is_arr(to) ? j_at(to, i) : to;
        if (declared || concluded)
            add_licence(in, from, one, declared ? LICENCE_DECLARED : LICENCE_CONCLUDED);
        else if (spdx3_named(one).n)
            relate(in, v, from, spdx3_named(one), type, spdx3_word(j_gets(v, "scope")));
    }
}

/* rootElement says what describes says; through an Sbom it reaches the packages. */
/* NOLINTNEXTLINE(misc-no-recursion): depth is counted */
static void describe(struct spdx3_in *in, struct map *said, struct jv roots, unsigned depth) {
    for (struct jiter it = j_iter(roots); j_next(&it);) {
        str id = spdx3_named(it.val);
        bool fresh = false;
        if (id.n)
            map_put(said, id, &fresh);
        if (!fresh)
            continue;
        if (map_get(&in->components, id) || map_get(&in->files, id))
            sbom_relate(in->s, in->document, id, "DESCRIBES")->implied = true;
        else if (depth < 4)
            describe(in, said, j_get(spdx3_resolve(in, it.val), "rootElement"), depth + 1);
    }
}

void spdx3_root_relations(struct spdx3_in *in, struct jv document) {
    struct map said;
    map_init(&said, in->a);
    for (uint32_t i = 0; i < in->s->relations.n; i++)
        if (str_is(in->s->relations.v[i].type, "DESCRIBES") && str_eq(in->s->relations.v[i].from, in->document))
            map_put(&said, in->s->relations.v[i].to, NULL);
    describe(in, &said, j_get(document, "rootElement"), 0);
}
