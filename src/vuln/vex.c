/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/vex.h"

#include "ident/cpe.h"
#include "ident/version.h"

const char *vex_status_name(enum vex_status s) {
    static const char *const names[] = {"none", "affected", "not_affected", "fixed", "under_investigation"};
    return names[s];
}

/* CycloneDX analysis states as statuses. */
static enum vex_status status_of_state(str state) {
    static const struct {
        const char *state;
        enum vex_status status;
    } known[] = {
        {"not_affected", VEX_NOT_AFFECTED},
        {"false_positive", VEX_NOT_AFFECTED},
        {"resolved", VEX_FIXED},
        {"resolved_with_pedigree", VEX_FIXED},
        {"exploitable", VEX_AFFECTED},
        {"in_triage", VEX_UNDER_INVESTIGATION},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_is(state, known[i].state))
            return known[i].status;
    return VEX_NONE;
}

static const struct {
    str ours, cyclonedx;
} justifications[] = {
    {S_INIT("component_not_present"), S_INIT("requires_dependency")},
    {S_INIT("vulnerable_code_not_present"), S_INIT("code_not_present")},
    {S_INIT("vulnerable_code_not_in_execute_path"), S_INIT("code_not_reachable")},
    {S_INIT("vulnerable_code_cannot_be_controlled_by_adversary"), S_INIT("protected_at_perimeter")},
    {S_INIT("inline_mitigations_already_exist"), S_INIT("protected_by_mitigating_control")},
};

str vex_word_for_cyclonedx(str word) {
    for (size_t i = 0; i < sizeof justifications / sizeof *justifications; i++)
        if (str_eq(word, justifications[i].ours))
            return justifications[i].cyclonedx;
    return word;
}

str vex_word_of_cyclonedx(str word) {
    for (size_t i = 0; i < sizeof justifications / sizeof *justifications; i++)
        if (str_eq(word, justifications[i].cyclonedx))
            return justifications[i].ours;
    return word;
}

/* A BOM-Link is "urn:cdx:SERIAL/VERSION#BOM-REF". */
static struct vex_thing thing_of_ref(str ref) {
    struct vex_thing out = {0};
    str link = str_starts(ref, S("urn:cdx:")) ? str_from(ref, 8) : (str){NULL, 0};
    size_t at = str_chr(link, '#'), slash = str_chr(link, '/');
    if (link.p && at != STR_NONE) {
        out.serial = str_upto(link, slash != STR_NONE && slash < at ? slash : at);
        ref = str_from(link, at + 1);
    }
    out.ref = ref;
    if (str_starts(ref, S("pkg:")))
        out.purl = ref;
    return out;
}

/* What an entry of "versions" says of its own; what contradicts the analysis is taken for the worse. */
static enum vex_status status_in(enum vex_status all, str stated) {
    if (str_is(stated, "unaffected"))
        return VEX_NOT_AFFECTED;
    if (str_is(stated, "unknown"))
        return VEX_UNDER_INVESTIGATION;
    return str_is(stated, "affected") && all == VEX_NOT_AFFECTED ? VEX_AFFECTED : all;
}

static void state_of_thing(struct vex *vex, const struct sbom *s, const struct sbom_vuln *v, str where,
                           enum vex_status status, struct vex_thing thing) {
    struct vex_statement *st = vec_push(vex->a, &vex->statements);
    *st = (struct vex_statement){.status = status,
                                 .justification = v->justification,
                                 .impact = v->analysis_detail,
                                 .action = v->recommendation,
                                 .source = where,
                                 .timestamp = v->updated.p ? v->updated : s->created};
    *vec_push(vex->a, &st->names) = v->id;
    for (uint32_t k = 0; k < v->aliases.n; k++)
        *vec_push(vex->a, &st->names) = v->aliases.v[k];
    *vec_push(vex->a, &st->products) = (struct vex_product){.product = thing};
}

/* A bare reference in a document that stands apart from the one asked about is to a component of its own: that one's
 * names are what both know. */
static struct vex_thing thing_in(const struct sbom *s, str ref) {
    struct vex_thing thing = thing_of_ref(ref);
    for (uint32_t i = 0; !thing.serial.n && i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        if (!str_eq(c->ref, ref) || (!c->purl.n && !c->cpes.n && !c->hashes.n))
            continue;
        return (struct vex_thing){.purl = c->purl,
                                  .cpe = c->cpes.n ? c->cpes.v[0] : (str){NULL, 0},
                                  .hash = c->hashes.n ? c->hashes.v[0].hex : (str){NULL, 0}};
    }
    return thing;
}

static void add_statements(struct vex *vex, const struct sbom *s, str where, bool apart) {
    for (uint32_t i = 0; i < s->vulns.n; i++) {
        const struct sbom_vuln *v = &s->vulns.v[i];
        enum vex_status status = status_of_state(v->state);
        if (status == VEX_NONE || !v->id.n)
            continue;
        for (uint32_t k = 0; k < v->affects.n; k++) {
            const struct sbom_affect *affect = &v->affects.v[k];
            struct vex_thing thing = apart ? thing_in(s, affect->ref) : thing_of_ref(affect->ref);
            for (uint32_t n = 0; n < affect->versions.n; n++) {
                thing.version = affect->versions.v[n].version;
                thing.range = affect->versions.v[n].range;
                if (thing.version.n || thing.range.n)
                    state_of_thing(vex, s, v, where, status_in(status, affect->versions.v[n].status), thing);
            }
            if (!affect->versions.n)
                state_of_thing(vex, s, v, where, status, thing);
        }
    }
}

void vex_from_sbom(struct vex *vex, const struct sbom *s, str where) { add_statements(vex, s, where, false); }

/* ── purls, for a range of versions too ── */

str vex_purl_range(const struct purl *p) { return purl_qualifier(p, "vers"); }

str vex_purl_ranged(struct arena *a, str purl, str range) {
    struct purl p;
    struct vers vers;
    if (!purl_parse(a, purl, &p, NULL) || !vers_parse(a, range, &vers, NULL))
        return (str){NULL, 0};
    if (p.version.n || str_is(vers.scheme, "all"))
        return purl;
    struct purl_qualifier *list = arena_array(a, struct purl_qualifier, p.n_qualifiers + 1u);
    if (p.n_qualifiers)
        memcpy(list, p.qualifiers, p.n_qualifiers * sizeof *list);
    list[p.n_qualifiers++] = (struct purl_qualifier){S("vers"), range};
    p.qualifiers = list;
    struct purl whole;
    return purl_build(a, &p, &whole, NULL) ? purl_text(a, &whole) : (str){NULL, 0};
}

static bool qualifiers_are(const struct purl *stated, const struct purl *of) {
    for (uint32_t i = 0; i < stated->n_qualifiers; i++) {
        bool same = str_is(stated->qualifiers[i].key, "vers");
        for (uint32_t k = 0; k < of->n_qualifiers; k++)
            same |= str_eq(stated->qualifiers[i].key, of->qualifiers[k].key) &&
                    str_eq(stated->qualifiers[i].value, of->qualifiers[k].value);
        if (!same)
            return false;
    }
    return true;
}

bool vex_purl_covers(struct arena *a, str stated, str of) {
    struct purl x, y;
    struct vers vers;
    bool inside = true;
    if (!stated.n || !of.n || !purl_parse(a, stated, &x, NULL) || !purl_parse(a, of, &y, NULL))
        return false;
    if (!str_eq(x.type, y.type) || !str_eq(x.ns, y.ns) || !str_eq(x.name, y.name) ||
        (x.version.n && !str_eq(x.version, y.version)) || !qualifiers_are(&x, &y))
        return false;
    str range = vex_purl_range(&x);
    return !range.n || (y.version.n && vers_parse(a, range, &vers, NULL) &&
                        vers_contains(&vers, y.version, &inside, NULL) && inside);
}

/* ── of a CycloneDX document ── */

struct telling {
    struct vex *vex;
    const struct sbom *s;
    struct vex_thing product;
    struct map refs; /* bom-ref → number of the component + 1 */
    uint32_t vuln;
};

static str copy(struct telling *t, str s) { return s.p ? arena_str(t->vex->a, s) : s; }

static struct vex_thing thing_of_component(struct telling *t, const struct sbom_component *c) {
    struct vex_thing out = {.purl = copy(t, c->purl.n ? c->purl : c->more_purls.n ? c->more_purls.v[0] : c->purl)};
    if (c->cpes.n)
        out.cpe = copy(t, c->cpes.v[0]);
    out.ref = copy(t, c->name);
    return out;
}

/* The document's subject; a thing without any name when it does not say. */
static struct vex_thing subject_of(struct telling *t, str product) {
    const struct sbom_component *root = t->s->root != SBOM_NO ? &t->s->components.v[t->s->root] : NULL;
    if (product.n || !root)
        return (struct vex_thing){.ref = copy(t, product)};
    if (root->purl.n)
        return (struct vex_thing){.purl = copy(t, root->purl)};
    str name = root->group.n ? arena_printf(t->vex->a, "%.*s/%.*s", STR_ARG(root->group), STR_ARG(root->name))
                             : root->name;
    if (str_starts(root->ref, S("urn:akashi:product:"))) /* ours, of a product without a purl */
        return (struct vex_thing){.ref = copy(t, root->ref)};
    return (struct vex_thing){.ref = root->version.n
                                         ? arena_printf(t->vex->a, "%.*s@%.*s", STR_ARG(name), STR_ARG(root->version))
                                         : copy(t, name)};
}

static void tell(struct telling *t, enum vex_status status, struct vex_thing part, bool whole) {
    const struct sbom_vuln *v = &t->s->vulns.v[t->vuln];
    struct vex_statement *st = vec_push(t->vex->a, &t->vex->statements);
    *st = (struct vex_statement){.status = status,
                                 .justification = copy(t, v->justification),
                                 .impact = copy(t, v->analysis_detail),
                                 .action = copy(t, v->recommendation),
                                 .timestamp = copy(t, v->updated.p ? v->updated : t->s->created)};
    *vec_push(t->vex->a, &st->names) = copy(t, v->id);
    for (uint32_t k = 0; k < v->aliases.n; k++)
        *vec_push(t->vex->a, &st->names) = copy(t, v->aliases.v[k]);
    struct vex_product *p = vec_push(t->vex->a, &st->products);
    *p = (struct vex_product){.product = whole ? part : t->product};
    if (!whole)
        *vec_push(t->vex->a, &p->parts) = part;
}

/* A version or range that is stated of it; false when the thing cannot be told by it. */
static bool narrow(struct telling *t, struct vex_thing *thing, const struct sbom_affected *by) {
    struct purl p;
    if (!purl_parse(t->vex->a, thing->purl, &p, NULL))
        return false;
    if (p.version.n && by->version.n)
        return str_eq(p.version, by->version);
    if (p.version.n) {
        struct vers vers;
        bool inside;
        return vers_parse(t->vex->a, by->range, &vers, NULL) && vers_contains(&vers, p.version, &inside, NULL) &&
               inside;
    }
    p.version = by->version;
    thing->cpe = thing->ref = (str){NULL, 0};
    thing->purl = by->version.n ? purl_text(t->vex->a, &p) : vex_purl_ranged(t->vex->a, thing->purl, by->range);
    thing->purl = copy(t, thing->purl);
    return thing->purl.n > 0;
}

static void tell_affect(struct telling *t, enum vex_status status, const struct sbom_affect *affect) {
    struct vex_thing named = thing_of_ref(affect->ref), thing;
    uintptr_t at = (uintptr_t)map_get(&t->refs, named.ref);
    bool whole = at && at - 1 == t->s->root;
    thing = whole ? t->product
            : at  ? thing_of_component(t, &t->s->components.v[at - 1])
                  : (struct vex_thing){.purl = copy(t, named.purl), .ref = copy(t, named.ref)};
    for (uint32_t i = 0; i < affect->versions.n; i++) {
        struct vex_thing one = thing;
        if (narrow(t, &one, &affect->versions.v[i]))
            tell(t, status_in(status, affect->versions.v[i].status), one, whole);
    }
    if (!affect->versions.n)
        tell(t, status, thing, whole);
}

void vex_of_product(struct vex *vex, const struct sbom *s, str product) {
    struct telling t = {.vex = vex, .s = s};
    if (!s->vulns.n)
        return;
    t.product = subject_of(&t, product);
    map_init(&t.refs, vex->a);
    for (uint32_t i = 0; i < s->components.n; i++)
        if (s->components.v[i].ref.n)
            map_put(&t.refs, copy(&t, s->components.v[i].ref), NULL)->value = (void *)(uintptr_t)(i + 1);
    for (t.vuln = 0; t.vuln < s->vulns.n; t.vuln++) {
        const struct sbom_vuln *v = &s->vulns.v[t.vuln];
        enum vex_status status = status_of_state(v->state);
        for (uint32_t k = 0; k < v->affects.n && status != VEX_NONE && v->id.n; k++)
            tell_affect(&t, status, &v->affects.v[k]);
    }
}

/* ── any document ── */

bool vex_read(struct ctx *c, struct vex *vex, str bytes, str where, struct err *e) {
    struct json doc;
    struct err none = {0};
    where = arena_str(vex->a, where);
    if (sbom_detect(bytes).format == SBOM_CYCLONEDX) {
        struct sbom *s;
        if (!sbom_read(c, vex->a, bytes, where, SBOM_LENIENT, &s, NULL, e))
            return false;
        add_statements(vex, s, where, true);
        return true;
    }
    if (!json_parse(c, vex->a, bytes, JSON_STRICT, where, &doc, e))
        return false;
    if (vex_read_openvex(vex, &doc, &none) || (none.kind == ERR_NONE && vex_read_csaf(vex, &doc, &none)))
        return true;
    if (none.kind != ERR_NONE) {
        *e = none;
        return false;
    }
    err_set(e, ERR_INPUT, where, _("this is no VEX document"));
    return err_hint(e, "%s", _("OpenVEX, CSAF and CycloneDX are understood"));
}

/* ── which statement speaks of a component ── */

static bool cpe_covers(struct arena *a, str stated, const struct sbom_component *component) {
    struct cpe x, y;
    if (!stated.n || !cpe_parse(a, stated, &x, NULL))
        return false;
    for (uint32_t i = 0; i < component->cpes.n; i++) {
        if (!cpe_parse(a, component->cpes.v[i], &y, NULL))
            continue;
        enum cpe_relation r = cpe_compare(&x, &y);
        if (r == CPE_EQUAL || r == CPE_SUPERSET)
            return true;
    }
    return false;
}

/* Whether a bom-ref is one of this document. */
static bool same_document(str serial, const struct sbom *s) {
    str scheme = S("urn:uuid:");
    return !serial.n || (str_istarts(s->id, scheme) && str_ieq(str_from(s->id, scheme.n), serial));
}

static bool version_fits(struct arena *a, const struct vex_thing *t, const struct sbom_component *component) {
    struct vers vers;
    struct purl p;
    bool inside = false;
    str is = component->version;
    if (!t->version.n && !t->range.n)
        return true;
    if (!is.n && component->purl.n && purl_parse(a, component->purl, &p, NULL))
        is = p.version;
    if (t->version.n)
        return str_eq(t->version, is);
    return is.n && vers_parse(a, t->range, &vers, NULL) && vers_contains(&vers, is, &inside, NULL) && inside;
}

static bool thing_is(struct arena *a, const struct vex_thing *t, const struct sbom *s,
                     const struct sbom_component *component) {
    if (!version_fits(a, t, component))
        return false;
    if (t->ref.n && str_eq(t->ref, component->ref) && same_document(t->serial, s))
        return true;
    if (t->ref.n && str_eq(t->ref, component->purl))
        return true;
    if (vex_purl_covers(a, t->purl, component->purl) || cpe_covers(a, t->cpe, component))
        return true;
    for (uint32_t i = 0; t->hash.n && i < component->hashes.n; i++)
        if (str_ieq(t->hash, component->hashes.v[i].hex))
            return true;
    return false;
}

/* The product is the document as a whole: its root component, or the document's own id. */
static bool thing_is_document(struct arena *a, const struct vex_thing *t, const struct sbom *s) {
    if (t->ref.n && str_eq(t->ref, s->id))
        return true;
    return s->root != SBOM_NO && thing_is(a, t, s, &s->components.v[s->root]);
}

static bool speaks_of(struct arena *a, const struct vex_product *p, const struct sbom *s,
                      const struct sbom_component *component) {
    if (!p->parts.n)
        return thing_is(a, &p->product, s, component) || thing_is_document(a, &p->product, s);
    if (!thing_is_document(a, &p->product, s) && !thing_is(a, &p->product, s, component))
        return false;
    for (uint32_t i = 0; i < p->parts.n; i++)
        if (thing_is(a, &p->parts.v[i], s, component))
            return true;
    return false;
}

static bool names_meet(const struct vex_statement *st, const str *names, uint32_t n) {
    for (uint32_t i = 0; i < st->names.n; i++)
        for (uint32_t k = 0; k < n; k++)
            if (str_ieq(st->names.v[i], names[k]))
                return true;
    return false;
}

const struct vex_statement *vex_decide(const struct vex *vex, const str *names, uint32_t n, const struct sbom *s,
                                       const struct sbom_component *component) {
    const struct vex_statement *best = NULL;
    int64_t best_time = INT64_MIN;
    struct arena *a = vex->statements.n ? arena_new() : NULL;
    for (uint32_t i = 0; i < vex->statements.n; i++) {
        const struct vex_statement *st = &vex->statements.v[i];
        if (!names_meet(st, names, n))
            continue;
        bool speaks = false;
        for (uint32_t k = 0; !speaks && k < st->products.n; k++)
            speaks = speaks_of(a, &st->products.v[k], s, component);
        int64_t when = INT64_MIN + 1;
        (void)time_parse(st->timestamp, &when);
        if (speaks && when >= best_time) {
            best = st; /* of equal age the later one: documents are read in the order they were given */
            best_time = when;
        }
    }
    arena_free(a);
    return best;
}
