/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x RDF/XML, read into the JSON tree. Each class of subject is a table of its properties; a subject is written
 * where a table asks for it and classes nest only a few levels, so cycles in the graph end by themselves. Licence sets
 * are the exception and carry bounds of their own.
 */
#include "sbom/rdf.h"
#include "sbom/spdx2_tree.h"

enum { SETS_DEEP = 32, EXPRESSION_MOST = 1 << 16 };

struct graph {
    struct sbom_reading *r;
    struct arena *a;
    struct rdf rdf;
    struct tn *root;
    str ns;                /* of the document, up to '#' */
    struct map other_docs; /* namespace → "DocumentRef-x" (struct tn of TN_STR) */
};

struct shape;
struct property {
    str name;
    const char *key;
    bool list;
    /* The value as a node; NULL = it cannot be one. */
    struct tn *(*value)(struct graph *g, const struct property *def, const struct rdf_property *p);
    const struct shape *shape; /* of nested objects */
};
struct shape {
    const struct property *properties;
    size_t n;
};

static struct tn *text(struct graph *g, str s, uint32_t line) {
    struct tn *n = tn_new(g->a, TN_STR, line);
    n->text = s.p ? s : S("");
    return n;
}

static struct tn *object(struct graph *g, const struct shape *shape, const struct rdf_subject *s);

/* ── kinds of values ── */

/* "http://spdx.org/rdf/terms#noassertion" and "#none" stand for words. */
static str special(str iri) {
    str local = rdf_local(iri);
    if (str_is(local, "noassertion"))
        return S("NOASSERTION");
    return str_is(local, "none") ? S("NONE") : (str){NULL, 0};
}

static struct tn *literal(struct graph *g, const struct property *def, const struct rdf_property *p) {
    str word = p->iri.p ? special(p->iri) : (str){NULL, 0};
    return tn_scalar(g->a, str_of(def->key), p->literal.p ? p->literal : word.p ? word : p->iri, p->line);
}

/* The id of an element within this document, or with the DocumentRef of its own. */
static str element_id(struct graph *g, str iri) {
    str ns, local, word = special(iri);
    if (word.p)
        return word;
    if (!str_rcut(iri, '#', &ns, &local) || str_eq(ns, g->ns) || !ns.n)
        return local;
    const struct tn *doc = map_get(&g->other_docs, ns);
    return doc ? arena_printf(g->a, "%.*s:%.*s", STR_ARG(doc->text), STR_ARG(local)) : local;
}

static struct tn *id(struct graph *g, const struct property *def, const struct rdf_property *p) {
    (void)def;
    str iri = p->iri.p ? p->iri : p->literal;
    return iri.p ? text(g, element_id(g, iri), p->line) : NULL;
}

/* relationshipType_dependsOn → DEPENDS_ON */
static struct tn *word(struct graph *g, const struct property *def, const struct rdf_property *p) {
    struct buf b = {0};
    str local = rdf_local(p->iri), head, tail;
    (void)def;
    if (!p->iri.p)
        return text(g, p->literal, p->line);
    if (!str_cut(local, '_', &head, &tail))
        tail = local;
    for (size_t i = 0; i < tail.n; i++) {
        if (ch_upper(tail.p[i]) && i)
            buf_addc(&b, '_');
        buf_addc(&b, ch_lower(tail.p[i]) ? (char)(tail.p[i] & ~0x20) : tail.p[i]);
    }
    str s = arena_str(g->a, buf_str(&b));
    buf_free(&b);
    return text(g, s, p->line);
}

/* referenceCategory_packageManager → PACKAGE-MANAGER */
static struct tn *category(struct graph *g, const struct property *def, const struct rdf_property *p) {
    struct tn *n = word(g, def, p);
    if (str_is(n->text, "PACKAGE_MANAGER"))
        n->text = S("PACKAGE-MANAGER");
    if (str_is(n->text, "PERSISTENT_ID"))
        n->text = S("PERSISTENT-ID");
    return n;
}

/* checksumAlgorithm_blake2b256 → BLAKE2b-256 */
static struct tn *algorithm(struct graph *g, const struct property *def, const struct rdf_property *p) {
    str local = rdf_local(p->iri), tail;
    if (!p->iri.p || !str_cut(local, '_', &local, &tail))
        return word(g, def, p);
    str known = spdx2_alg_squeezed(tail);
    return known.p ? text(g, known, p->line) : word(g, def, p);
}

static struct tn *reference_type(struct graph *g, const struct property *def, const struct rdf_property *p) {
    (void)def;
    str iri = p->iri.p ? p->iri : p->literal;
    bool listed = str_starts(iri, S("http://spdx.org/rdf/references/"));
    return text(g, listed ? rdf_local(iri) : iri, p->line);
}

static struct tn *nested(struct graph *g, const struct property *def, const struct rdf_property *p) {
    return p->subject ? object(g, def->shape, p->subject) : NULL;
}

/* ── licences ── */

struct expression {
    struct graph *g;
    struct buf out;
    unsigned depth;
};

static bool add_licence(struct expression *x, const struct rdf_property *p);

static bool add_set(struct expression *x, const struct rdf_subject *s, const char *op) { /* NOLINT(misc-no-recursion) */
    unsigned members = 0;
    buf_addc(&x->out, '(');
    for (uint32_t i = 0; i < s->properties.n; i++) {
        if (!str_is(s->properties.v[i].name, "member"))
            continue;
        if (members++)
            buf_addf(&x->out, " %s ", op);
        if (!add_licence(x, &s->properties.v[i]))
            return false;
    }
    buf_addc(&x->out, ')');
    return members > 0;
}

static bool add_with(struct expression *x, const struct rdf_subject *s) { /* NOLINT(misc-no-recursion) */
    const struct rdf_property *member = rdf_get(s, "member"), *exception = rdf_get(s, "licenseException");
    if (!member || !exception || !add_licence(x, member))
        return false;
    const struct rdf_property *exception_id = rdf_get(exception->subject, "licenseExceptionId");
    buf_addz(&x->out, " WITH ");
    buf_add(&x->out, exception_id ? exception_id->literal : rdf_local(exception->iri));
    return true;
}

static bool add_subject(struct expression *x, const struct rdf_subject *s) { /* NOLINT(misc-no-recursion) */
    if (str_is(s->type, "ConjunctiveLicenseSet"))
        return add_set(x, s, "AND");
    if (str_is(s->type, "DisjunctiveLicenseSet"))
        return add_set(x, s, "OR");
    if (str_is(s->type, "WithExceptionOperator"))
        return add_with(x, s);
    const struct rdf_property *member = rdf_get(s, "member"), *name = rdf_get(s, "licenseId");
    if (str_is(s->type, "OrLaterOperator")) {
        if (!member || !add_licence(x, member))
            return false;
        buf_addc(&x->out, '+');
        return true;
    }
    str word = name ? name->literal : s->id.p ? rdf_local(s->id) : (str){NULL, 0};
    buf_add(&x->out, word);
    return word.n > 0;
}

/* Sets may share members and contain themselves: depth and length are bounded. */
static bool add_licence(struct expression *x, const struct rdf_property *p) { /* NOLINT(misc-no-recursion) */
    if (x->depth >= SETS_DEEP || x->out.n > EXPRESSION_MOST)
        return false;
    x->depth++;
    bool ok = true;
    str special_word = special(p->iri);
    if (p->iri.p && special_word.p)
        buf_add(&x->out, special_word);
    else if (p->subject)
        ok = add_subject(x, p->subject);
    else
        buf_add(&x->out, p->iri.p ? rdf_local(p->iri) : p->literal);
    x->depth--;
    return ok;
}

static struct tn *licence(struct graph *g, const struct property *def, const struct rdf_property *p) {
    struct expression x = {.g = g};
    (void)def;
    bool ok = add_licence(&x, p);
    str s = ok ? arena_str(g->a, buf_str(&x.out)) : (str){NULL, 0};
    buf_free(&x.out);
    if (s.n > 2 && s.p[0] == '(' && str_chr(str_from(s, 1), '(') == STR_NONE && str_ends(s, S(")")))
        s = str_n(s.p + 1, s.n - 2);
    return ok ? text(g, s, p->line) : NULL;
}

/* ── classes ── */

#define SHAPE(name, table) static const struct shape name = {table, sizeof table / sizeof *(table)}

static const struct property checksum_properties[] = {
    {S_INIT("algorithm"), "algorithm", false, algorithm, NULL},
    {S_INIT("checksumValue"), "checksumValue", false, literal, NULL},
};
SHAPE(checksum_shape, checksum_properties);

static const struct property verification_properties[] = {
    {S_INIT("packageVerificationCodeValue"), "packageVerificationCodeValue", false, literal, NULL},
    {S_INIT("packageVerificationCodeExcludedFile"), "packageVerificationCodeExcludedFiles", true, literal, NULL},
};
SHAPE(verification_shape, verification_properties);

static const struct property reference_properties[] = {
    {S_INIT("referenceCategory"), "referenceCategory", false, category, NULL},
    {S_INIT("referenceType"), "referenceType", false, reference_type, NULL},
    {S_INIT("referenceLocator"), "referenceLocator", false, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
};
SHAPE(reference_shape, reference_properties);

static const struct property annotation_properties[] = {
    {S_INIT("annotationDate"), "annotationDate", false, literal, NULL},
    {S_INIT("annotationType"), "annotationType", false, word, NULL},
    {S_INIT("annotator"), "annotator", false, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
};
SHAPE(annotation_shape, annotation_properties);

static const struct property cross_properties[] = {
    {S_INIT("url"), "url", false, literal, NULL},
    {S_INIT("match"), "match", false, literal, NULL},
    {S_INIT("isLive"), "isLive", false, literal, NULL},
    {S_INIT("isValid"), "isValid", false, literal, NULL},
    {S_INIT("isWayBackLink"), "isWayBackLink", false, literal, NULL},
    {S_INIT("order"), "order", false, literal, NULL},
    {S_INIT("timestamp"), "timestamp", false, literal, NULL},
};
SHAPE(cross_shape, cross_properties);

static const struct property licence_properties[] = {
    {S_INIT("licenseId"), "licenseId", false, literal, NULL},
    {S_INIT("extractedText"), "extractedText", false, literal, NULL},
    {S_INIT("name"), "name", false, literal, NULL},
    {S_INIT("licenseName"), "name", false, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
    {S_INIT("seeAlso"), "seeAlsos", true, literal, NULL},
    {S_INIT("crossRef"), "crossRefs", true, nested, &cross_shape},
};
SHAPE(licence_shape, licence_properties);

static const struct property project_properties[] = {
    {S_INIT("name"), "name", false, literal, NULL},
    {S_INIT("homepage"), "homePage", false, literal, NULL},
};
SHAPE(project_shape, project_properties);

static const struct property package_properties[] = {
    {S_INIT("name"), "name", false, literal, NULL},
    {S_INIT("versionInfo"), "versionInfo", false, literal, NULL},
    {S_INIT("packageFileName"), "packageFileName", false, literal, NULL},
    {S_INIT("supplier"), "supplier", false, literal, NULL},
    {S_INIT("originator"), "originator", false, literal, NULL},
    {S_INIT("downloadLocation"), "downloadLocation", false, literal, NULL},
    {S_INIT("filesAnalyzed"), "filesAnalyzed", false, literal, NULL},
    {S_INIT("packageVerificationCode"), "packageVerificationCode", false, nested, &verification_shape},
    {S_INIT("checksum"), "checksums", true, nested, &checksum_shape},
    {S_INIT("homepage"), "homepage", false, literal, NULL},
    {S_INIT("sourceInfo"), "sourceInfo", false, literal, NULL},
    {S_INIT("licenseConcluded"), "licenseConcluded", false, licence, NULL},
    {S_INIT("licenseInfoFromFiles"), "licenseInfoFromFiles", true, licence, NULL},
    {S_INIT("licenseDeclared"), "licenseDeclared", false, licence, NULL},
    {S_INIT("licenseComments"), "licenseComments", false, literal, NULL},
    {S_INIT("copyrightText"), "copyrightText", false, literal, NULL},
    {S_INIT("summary"), "summary", false, literal, NULL},
    {S_INIT("description"), "description", false, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
    {S_INIT("externalRef"), "externalRefs", true, nested, &reference_shape},
    {S_INIT("attributionText"), "attributionTexts", true, literal, NULL},
    {S_INIT("primaryPackagePurpose"), "primaryPackagePurpose", false, word, NULL},
    {S_INIT("releaseDate"), "releaseDate", false, literal, NULL},
    {S_INIT("builtDate"), "builtDate", false, literal, NULL},
    {S_INIT("validUntilDate"), "validUntilDate", false, literal, NULL},
    {S_INIT("hasFile"), "hasFiles", true, id, NULL},
    {S_INIT("annotation"), "annotations", true, nested, &annotation_shape},
    {S_INIT("relationship"), NULL, false, NULL, NULL},
};
SHAPE(package_shape, package_properties);

static const struct property file_properties[] = {
    {S_INIT("fileName"), "fileName", false, literal, NULL},
    {S_INIT("fileType"), "fileTypes", true, word, NULL},
    {S_INIT("checksum"), "checksums", true, nested, &checksum_shape},
    {S_INIT("licenseConcluded"), "licenseConcluded", false, licence, NULL},
    {S_INIT("licenseInfoInFile"), "licenseInfoInFiles", true, licence, NULL},
    {S_INIT("licenseComments"), "licenseComments", false, literal, NULL},
    {S_INIT("copyrightText"), "copyrightText", false, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
    {S_INIT("noticeText"), "noticeText", false, literal, NULL},
    {S_INIT("fileContributor"), "fileContributors", true, literal, NULL},
    {S_INIT("attributionText"), "attributionTexts", true, literal, NULL},
    {S_INIT("fileDependency"), "fileDependencies", true, id, NULL},
    {S_INIT("artifactOf"), "artifactOfs", true, nested, &project_shape},
    {S_INIT("annotation"), "annotations", true, nested, &annotation_shape},
    {S_INIT("relationship"), NULL, false, NULL, NULL},
};
SHAPE(file_shape, file_properties);

static const struct property pointer_properties[] = {
    {S_INIT("reference"), "reference", false, id, NULL},
    {S_INIT("offset"), "offset", false, literal, NULL},
    {S_INIT("lineNumber"), "lineNumber", false, literal, NULL},
};
SHAPE(pointer_shape, pointer_properties);

static const struct property range_properties[] = {
    {S_INIT("startPointer"), "startPointer", false, nested, &pointer_shape},
    {S_INIT("endPointer"), "endPointer", false, nested, &pointer_shape},
};
SHAPE(range_shape, range_properties);

static const struct property snippet_properties[] = {
    {S_INIT("name"), "name", false, literal, NULL},
    {S_INIT("snippetFromFile"), "snippetFromFile", false, id, NULL},
    {S_INIT("range"), "ranges", true, nested, &range_shape},
    {S_INIT("licenseConcluded"), "licenseConcluded", false, licence, NULL},
    {S_INIT("licenseInfoInSnippet"), "licenseInfoInSnippets", true, licence, NULL},
    {S_INIT("licenseComments"), "licenseComments", false, literal, NULL},
    {S_INIT("copyrightText"), "copyrightText", false, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
    {S_INIT("attributionText"), "attributionTexts", true, literal, NULL},
    {S_INIT("annotation"), "annotations", true, nested, &annotation_shape},
    {S_INIT("relationship"), NULL, false, NULL, NULL},
};
SHAPE(snippet_shape, snippet_properties);

static const struct property creation_properties[] = {
    {S_INIT("created"), "created", false, literal, NULL},
    {S_INIT("creator"), "creators", true, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
    {S_INIT("licenseListVersion"), "licenseListVersion", false, literal, NULL},
};
SHAPE(creation_shape, creation_properties);

static const struct property document_ref_properties[] = {
    {S_INIT("externalDocumentId"), "externalDocumentId", false, literal, NULL},
    {S_INIT("spdxDocument"), "spdxDocument", false, literal, NULL},
    {S_INIT("checksum"), "checksum", false, nested, &checksum_shape},
};
SHAPE(document_ref_shape, document_ref_properties);

static const struct property review_properties[] = {
    {S_INIT("reviewer"), "reviewer", false, literal, NULL},
    {S_INIT("reviewDate"), "reviewDate", false, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
};
SHAPE(review_shape, review_properties);

static const struct property document_properties[] = {
    {S_INIT("specVersion"), "spdxVersion", false, literal, NULL},
    {S_INIT("dataLicense"), "dataLicense", false, licence, NULL},
    {S_INIT("name"), "name", false, literal, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
    {S_INIT("creationInfo"), "creationInfo", false, nested, &creation_shape},
    {S_INIT("externalDocumentRef"), "externalDocumentRefs", true, nested, &document_ref_shape},
    {S_INIT("describesPackage"), "documentDescribes", true, id, NULL},
    {S_INIT("reviewed"), "revieweds", true, nested, &review_shape},
    {S_INIT("annotation"), "annotations", true, nested, &annotation_shape},
    {S_INIT("hasExtractedLicensingInfo"), NULL, false, NULL, NULL},
    {S_INIT("relationship"), NULL, false, NULL, NULL},
    {S_INIT("referencesFile"), NULL, false, NULL, NULL},
};
SHAPE(document_shape, document_properties);

static const struct property relation_properties[] = {
    {S_INIT("relationshipType"), "relationshipType", false, word, NULL},
    {S_INIT("relatedSpdxElement"), "relatedSpdxElement", false, id, NULL},
    {S_INIT("comment"), "comment", false, literal, NULL},
};
SHAPE(relation_shape, relation_properties);

/* ── subjects into the tree ── */

static const struct property *property_find(const struct shape *shape, str name) {
    for (size_t i = 0; i < shape->n; i++)
        if (str_eq(shape->properties[i].name, name))
            return &shape->properties[i];
    return NULL;
}

/* NOLINTNEXTLINE(misc-no-recursion): classes nest four levels */
static void add_property(struct graph *g, struct tn *out, const struct property *def, const struct rdf_property *p) {
    struct tn *value = def->value(g, def, p);
    if (!value)
        spdx2_complain(g->r, p->line, _("this property has no value SPDX knows"));
    else if (def->list)
        tn_push(tn_list(g->a, out, def->key, p->line), value);
    else if (tn_get(out, str_of(def->key)))
        spdx2_complain(g->r, p->line, _("this property stands twice; the first one counts"));
    else
        tn_add(out, str_of(def->key), value);
}

static void fill(struct graph *g, struct tn *out, const struct shape *shape, /* NOLINT(misc-no-recursion) */
                 const struct rdf_subject *s) {
    for (uint32_t i = 0; i < s->properties.n; i++) {
        const struct rdf_property *p = &s->properties.v[i];
        const struct property *def = property_find(shape, p->name);
        if (def && def->value)
            add_property(g, out, def, p);
        else if (!def)
            spdx2_complain(g->r, p->line, _("SPDX has no property %.*s here"), STR_ARG(str_upto(p->name, 80)));
    }
}

static struct tn *object(struct graph *g, const struct shape *shape, /* NOLINT(misc-no-recursion) */
                         const struct rdf_subject *s) {
    struct tn *out = tn_new(g->a, TN_OBJ, s->line);
    fill(g, out, shape, s);
    return out;
}

static void add_relations(struct graph *g, const struct rdf_subject *s) {
    for (uint32_t i = 0; i < s->properties.n; i++) {
        const struct rdf_property *p = &s->properties.v[i];
        if (!str_is(p->name, "relationship") || !p->subject)
            continue;
        struct tn *relation = tn_new(g->a, TN_OBJ, p->line);
        tn_add_text(g->a, relation, "spdxElementId", element_id(g, s->id), p->line);
        fill(g, relation, &relation_shape, p->subject);
        tn_push(tn_list(g->a, g->root, "relationships", p->line), relation);
    }
}

static const struct {
    str type;
    const char *list;
    const struct shape *shape;
    const char *id;
} classes[] = {
    {S_INIT("Package"), "packages", &package_shape, "SPDXID"},
    {S_INIT("File"), "files", &file_shape, "SPDXID"},
    {S_INIT("Snippet"), "snippets", &snippet_shape, "SPDXID"},
    {S_INIT("ExtractedLicensingInfo"), "hasExtractedLicensingInfos", &licence_shape, NULL},
};

static void add_element(struct graph *g, const struct rdf_subject *s) {
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (!str_eq(classes[i].type, s->type))
            continue;
        struct tn *out = tn_new(g->a, TN_OBJ, s->line);
        if (classes[i].id && s->id.p)
            tn_add_text(g->a, out, classes[i].id, element_id(g, s->id), s->line);
        fill(g, out, classes[i].shape, s);
        if (!classes[i].id && s->id.p && !tn_get(out, S("licenseId")))
            tn_add_text(g->a, out, "licenseId", rdf_local(s->id), s->line);
        tn_push(tn_list(g->a, g->root, classes[i].list, s->line), out);
    }
}

/* External documents: the id is the subject's own when it is not stated, and elements are known by namespace. */
static void learn_documents(struct graph *g, const struct rdf_subject *doc) {
    for (uint32_t i = 0; i < doc->properties.n; i++) {
        const struct rdf_property *p = &doc->properties.v[i];
        if (!str_is(p->name, "externalDocumentRef") || !p->subject)
            continue;
        const struct rdf_property *uri = rdf_get(p->subject, "spdxDocument"),
                                  *stated = rdf_get(p->subject, "externalDocumentId");
        str name = stated && stated->literal.p ? stated->literal : rdf_local(p->subject->id);
        if (uri && name.n)
            map_put(&g->other_docs, uri->iri.p ? uri->iri : uri->literal, NULL)->value = text(g, name, p->line);
    }
}

static void name_documents(struct graph *g) {
    struct tn *refs = tn_get(g->root, S("externalDocumentRefs"));
    for (struct tn *ref = refs ? refs->first : NULL; ref; ref = ref->next) {
        str uri = tn_text(ref, "spdxDocument");
        const struct tn *name = uri.p ? map_get(&g->other_docs, uri) : NULL;
        if (name && !tn_get(ref, S("externalDocumentId")))
            tn_add_text(g->a, ref, "externalDocumentId", name->text, ref->line);
    }
}

static const struct rdf_subject *document_of(const struct graph *g) {
    for (uint32_t i = 0; i < g->rdf.subjects.n; i++)
        if (str_is(g->rdf.subjects.v[i]->type, "SpdxDocument"))
            return g->rdf.subjects.v[i];
    return NULL;
}

bool spdx2_rdf_tree(struct sbom_reading *r, struct json *out, struct err *e) {
    struct graph g = {.r = r, .a = r->arena};
    map_init(&g.other_docs, g.a);
    if (!rdf_read(r->ctx, r->arena, r->text, r->where, &g.rdf, e))
        return false;
    const struct rdf_subject *doc = document_of(&g);
    if (!doc)
        return err_set(e, ERR_INPUT, r->where, _("the RDF graph has no SpdxDocument"));
    str local;
    if (!doc->id.p || !str_rcut(doc->id, '#', &g.ns, &local))
        g.ns = local = S("");
    g.root = tn_new(g.a, TN_OBJ, doc->line);
    tn_add_text(g.a, g.root, "SPDXID", local, doc->line);
    if (g.ns.n)
        tn_add_text(g.a, g.root, "documentNamespace", g.ns, doc->line);
    learn_documents(&g, doc);
    fill(&g, g.root, &document_shape, doc);
    name_documents(&g);
    for (uint32_t i = 0; i < g.rdf.subjects.n; i++) {
        add_element(&g, g.rdf.subjects.v[i]);
        add_relations(&g, g.rdf.subjects.v[i]);
    }
    return tn_finish(r, g.root, out, e);
}
