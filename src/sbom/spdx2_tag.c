/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x tag-value, read into the JSON tree (SPDX 2.3 clauses 6 to 13, the tag-value column of each field).
 *
 * Lines of "Tag: value"; a value between <text> and </text> may span lines. Which object a tag belongs to is told by
 * the tags before it: PackageName opens a package, FileName a file of the package that is open, and so on.
 */
#include "sbom/spdx2_tree.h"

/* The objects that can be open. */
enum open {
    OPEN_DOC,
    OPEN_CREATION,
    OPEN_ELEMENT,
    OPEN_PACKAGE,
    OPEN_FILE,
    OPEN_SNIPPET,
    OPEN_LICENCE,
    OPEN_RELATION,
    OPEN_ANNOTATION,
    OPEN_REVIEW,
    OPEN_REF,
    OPEN_ARTIFACT,
    OPENS
};

struct annotation {
    struct tn *node;
    str target;
    uint32_t line;
};

struct tags {
    struct sbom_reading *r;
    struct arena *a;
    struct tn *open[OPENS];
    VEC(struct annotation) annotations;
    struct map elements; /* SPDXID → struct tn */
};

struct tag {
    str name;
    enum open in;
    const char *key;
    bool (*put)(struct tags *t, struct tn *in, const char *key, str value, uint32_t line);
};

/* ── kinds of values; false = the value is not written as it must be ── */

static bool put_text(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    if (tn_get(in, str_of(key)))
        spdx2_complain(t->r, line, _("this tag stands twice for one object; the first one counts"));
    else
        tn_add(in, str_of(key), tn_scalar(t->a, str_of(key), value, line));
    return true;
}

static bool put_list(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    tn_push_text(t->a, tn_list(t->a, in, key, line), value, line);
    return true;
}

/* "SHA1: 85ed…" */
static bool checksum(struct tags *t, struct tn *object, str value, uint32_t line) {
    str alg, hex;
    if (!str_cut(value, ':', &alg, &hex))
        return false;
    tn_add_text(t->a, object, "algorithm", str_trim(alg), line);
    tn_add_text(t->a, object, "checksumValue", str_trim(hex), line);
    return true;
}

static bool put_checksum(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    struct tn *object = tn_new(t->a, TN_OBJ, line);
    if (!checksum(t, object, value, line))
        return false;
    tn_push(tn_list(t->a, in, key, line), object);
    return true;
}

/* The next word of *rest; absent at the end. */
static str word(str *rest) {
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && !ch_space(rest->p[n]))
        n++;
    str w = n ? str_upto(*rest, n) : (str){NULL, 0};
    *rest = str_trim(str_from(*rest, n));
    return w;
}

/* "DocumentRef-x https://example.com/doc SHA1: d6a7…" */
static bool put_document_ref(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    str id = word(&value), uri = word(&value);
    struct tn *object = tn_new(t->a, TN_OBJ, line), *sum = tn_new(t->a, TN_OBJ, line);
    if (!uri.p || !checksum(t, sum, value, line))
        return false;
    tn_add_text(t->a, object, "externalDocumentId", id, line);
    tn_add_text(t->a, object, "spdxDocument", uri, line);
    tn_add(object, S("checksum"), sum);
    tn_push(tn_list(t->a, in, key, line), object);
    return true;
}

/* "SECURITY cpe23Type cpe:2.3:…" */
static bool put_external_ref(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    str category = word(&value), type = word(&value);
    if (!type.p || !value.n)
        return false;
    struct tn *object = t->open[OPEN_REF] = tn_new(t->a, TN_OBJ, line);
    tn_add_text(t->a, object, "referenceCategory", category, line);
    tn_add_text(t->a, object, "referenceType", type, line);
    tn_add_text(t->a, object, "referenceLocator", value, line);
    tn_push(tn_list(t->a, in, key, line), object);
    return true;
}

/* "d6a770ba… (excludes: ./a.spdx, ./b.spdx)" */
static bool put_verification(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    str code, rest, name;
    struct tn *object = tn_new(t->a, TN_OBJ, line);
    bool excludes = str_cut(value, '(', &code, &rest);
    tn_add_text(t->a, object, "packageVerificationCodeValue", str_trim(code), line);
    if (excludes) {
        if (!str_ends(rest, S(")")))
            return false;
        rest = str_upto(rest, rest.n - 1);
        if (str_starts(rest, S("excludes:"))) /* some write the names alone */
            rest = str_from(rest, 9);
        while (str_next(&rest, ',', &name))
            if (str_trim(name).n)
                put_list(t, object, "packageVerificationCodeExcludedFiles", str_trim(name), line);
    }
    if (tn_get(in, str_of(key)))
        return false;
    tn_add(in, str_of(key), object);
    return true;
}

static void pointer(struct tags *t, struct tn *range, const char *side, const char *key, str number, uint32_t line) {
    struct tn *object = tn_new(t->a, TN_OBJ, line);
    str file = tn_text(t->open[OPEN_SNIPPET], "snippetFromFile");
    if (file.p)
        tn_add_text(t->a, object, "reference", file, line);
    tn_add(object, str_of(key), tn_scalar(t->a, str_of(key), str_trim(number), line));
    tn_add(range, str_of(side), object);
}

/* The file may be named behind its ranges. */
static bool put_file(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    static const char *const sides[] = {"startPointer", "endPointer"};
    struct tn *ranges = tn_get(in, S("ranges"));
    for (struct tn *range = ranges ? ranges->first : NULL; range; range = range->next)
        for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
            if (!tn_get(tn_get(range, str_of(sides[i])), S("reference")))
                tn_add_text(t->a, tn_get(range, str_of(sides[i])), "reference", value, range->line);
    return put_text(t, in, key, value, line);
}

/* A snippet has one range in bytes and one in lines (clauses 9.3, 9.4). */
static bool has_range(const struct tn *in, const char *unit) {
    const struct tn *ranges = tn_get(in, S("ranges"));
    for (const struct tn *range = ranges ? ranges->first : NULL; range; range = range->next)
        if (tn_get(tn_get(range, S("startPointer")), str_of(unit)))
            return true;
    return false;
}

/* "310:420" */
static bool put_range(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    str from, to;
    if (!str_cut(value, ':', &from, &to))
        return false;
    if (has_range(in, key)) {
        spdx2_complain(t->r, line, _("this tag stands twice for one object; the first one counts"));
        return true;
    }
    struct tn *range = tn_new(t->a, TN_OBJ, line);
    pointer(t, range, "startPointer", key, from, line);
    pointer(t, range, "endPointer", key, to, line);
    tn_push(tn_list(t->a, in, "ranges", line), range);
    return true;
}

/* "SPDXRef-a CONTAINS SPDXRef-b" */
static bool put_relation(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    str from = word(&value), type = word(&value), to = word(&value);
    if (!to.p || value.n)
        return false;
    struct tn *object = t->open[OPEN_RELATION] = tn_new(t->a, TN_OBJ, line);
    tn_add_text(t->a, object, "spdxElementId", from, line);
    tn_add_text(t->a, object, "relationshipType", type, line);
    tn_add_text(t->a, object, "relatedSpdxElement", to, line);
    tn_push(tn_list(t->a, in, key, line), object);
    return true;
}

/* ── tags that open an object ── */

static struct tn *opened(struct tags *t, enum open what, const char *list, uint32_t line) {
    struct tn *object = t->open[what] = tn_new(t->a, TN_OBJ, line);
    if (list)
        tn_push(tn_list(t->a, t->open[OPEN_DOC], list, line), object);
    return object;
}

static bool open_package(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    (void)in;
    struct tn *object = t->open[OPEN_ELEMENT] = opened(t, OPEN_PACKAGE, "packages", line);
    t->open[OPEN_FILE] = t->open[OPEN_REF] = NULL;
    return put_text(t, object, key, value, line);
}

static bool open_file(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    (void)in;
    struct tn *object = t->open[OPEN_ELEMENT] = opened(t, OPEN_FILE, "files", line);
    t->open[OPEN_ARTIFACT] = NULL;
    return put_text(t, object, key, value, line);
}

static void element(struct tags *t, str id, struct tn *object) {
    struct map_entry *entry = map_put(&t->elements, id, NULL);
    if (!entry->value)
        entry->value = object;
}

/* A file belongs to the package that is open. */
static bool put_id(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    if (!tn_get(in, S("SPDXID"))) {
        element(t, value, in);
        if (in == t->open[OPEN_FILE] && t->open[OPEN_PACKAGE])
            put_list(t, t->open[OPEN_PACKAGE], "hasFiles", value, line);
    }
    return put_text(t, in, key, value, line);
}

static bool open_snippet(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    (void)in;
    struct tn *object = opened(t, OPEN_SNIPPET, "snippets", line);
    element(t, value, object);
    return put_text(t, object, key, value, line);
}

static bool open_licence(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    (void)in;
    return put_text(t, opened(t, OPEN_LICENCE, "hasExtractedLicensingInfos", line), key, value, line);
}

static bool open_review(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    (void)in;
    return put_text(t, opened(t, OPEN_REVIEW, "revieweds", line), key, value, line);
}

static bool open_annotation(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    (void)in;
    struct tn *object = opened(t, OPEN_ANNOTATION, NULL, line);
    *vec_push(t->a, &t->annotations) = (struct annotation){.node = object, .line = line};
    return put_text(t, object, key, value, line);
}

static bool put_annotated(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    (void)in, (void)key;
    struct annotation *last = &t->annotations.v[t->annotations.n - 1];
    last->target = value;
    last->line = line;
    return true;
}

static bool open_artifact(struct tags *t, struct tn *in, const char *key, str value, uint32_t line) {
    struct tn *object = t->open[OPEN_ARTIFACT] = tn_new(t->a, TN_OBJ, line);
    tn_push(tn_list(t->a, in, "artifactOfs", line), object);
    return put_text(t, object, key, value, line);
}

/* ── the tags ── */

static const struct tag tags[] = {
    {S_INIT("SPDXVersion"), OPEN_DOC, "spdxVersion", put_text},
    {S_INIT("DataLicense"), OPEN_DOC, "dataLicense", put_text},
    {S_INIT("SPDXID"), OPEN_ELEMENT, "SPDXID", put_id},
    {S_INIT("DocumentName"), OPEN_DOC, "name", put_text},
    {S_INIT("DocumentNamespace"), OPEN_DOC, "documentNamespace", put_text},
    {S_INIT("DocumentComment"), OPEN_DOC, "comment", put_text},
    {S_INIT("ExternalDocumentRef"), OPEN_DOC, "externalDocumentRefs", put_document_ref},
    {S_INIT("LicenseListVersion"), OPEN_CREATION, "licenseListVersion", put_text},
    {S_INIT("Creator"), OPEN_CREATION, "creators", put_list},
    {S_INIT("Created"), OPEN_CREATION, "created", put_text},
    {S_INIT("CreatorComment"), OPEN_CREATION, "comment", put_text},

    {S_INIT("PackageName"), OPEN_DOC, "name", open_package},
    {S_INIT("PackageVersion"), OPEN_PACKAGE, "versionInfo", put_text},
    {S_INIT("PackageFileName"), OPEN_PACKAGE, "packageFileName", put_text},
    {S_INIT("PackageSupplier"), OPEN_PACKAGE, "supplier", put_text},
    {S_INIT("PackageOriginator"), OPEN_PACKAGE, "originator", put_text},
    {S_INIT("PackageDownloadLocation"), OPEN_PACKAGE, "downloadLocation", put_text},
    {S_INIT("FilesAnalyzed"), OPEN_PACKAGE, "filesAnalyzed", put_text},
    {S_INIT("PackageVerificationCode"), OPEN_PACKAGE, "packageVerificationCode", put_verification},
    {S_INIT("PackageChecksum"), OPEN_PACKAGE, "checksums", put_checksum},
    {S_INIT("PackageHomePage"), OPEN_PACKAGE, "homepage", put_text},
    {S_INIT("PackageSourceInfo"), OPEN_PACKAGE, "sourceInfo", put_text},
    {S_INIT("PackageLicenseConcluded"), OPEN_PACKAGE, "licenseConcluded", put_text},
    {S_INIT("PackageLicenseInfoFromFiles"), OPEN_PACKAGE, "licenseInfoFromFiles", put_list},
    {S_INIT("PackageLicenseDeclared"), OPEN_PACKAGE, "licenseDeclared", put_text},
    {S_INIT("PackageLicenseComments"), OPEN_PACKAGE, "licenseComments", put_text},
    {S_INIT("PackageCopyrightText"), OPEN_PACKAGE, "copyrightText", put_text},
    {S_INIT("PackageSummary"), OPEN_PACKAGE, "summary", put_text},
    {S_INIT("PackageDescription"), OPEN_PACKAGE, "description", put_text},
    {S_INIT("PackageComment"), OPEN_PACKAGE, "comment", put_text},
    {S_INIT("PackageAttributionText"), OPEN_PACKAGE, "attributionTexts", put_list},
    {S_INIT("PrimaryPackagePurpose"), OPEN_PACKAGE, "primaryPackagePurpose", put_text},
    {S_INIT("ReleaseDate"), OPEN_PACKAGE, "releaseDate", put_text},
    {S_INIT("BuiltDate"), OPEN_PACKAGE, "builtDate", put_text},
    {S_INIT("ValidUntilDate"), OPEN_PACKAGE, "validUntilDate", put_text},
    {S_INIT("ExternalRef"), OPEN_PACKAGE, "externalRefs", put_external_ref},
    {S_INIT("ExternalRefComment"), OPEN_REF, "comment", put_text},

    {S_INIT("FileName"), OPEN_DOC, "fileName", open_file},
    {S_INIT("FileType"), OPEN_FILE, "fileTypes", put_list},
    {S_INIT("FileChecksum"), OPEN_FILE, "checksums", put_checksum},
    {S_INIT("LicenseConcluded"), OPEN_FILE, "licenseConcluded", put_text},
    {S_INIT("LicenseInfoInFile"), OPEN_FILE, "licenseInfoInFiles", put_list},
    {S_INIT("LicenseComments"), OPEN_FILE, "licenseComments", put_text},
    {S_INIT("FileCopyrightText"), OPEN_FILE, "copyrightText", put_text},
    {S_INIT("FileComment"), OPEN_FILE, "comment", put_text},
    {S_INIT("FileNotice"), OPEN_FILE, "noticeText", put_text},
    {S_INIT("FileContributor"), OPEN_FILE, "fileContributors", put_list},
    {S_INIT("FileAttributionText"), OPEN_FILE, "attributionTexts", put_list},
    {S_INIT("FileDependency"), OPEN_FILE, "fileDependencies", put_list},
    {S_INIT("ArtifactOfProjectName"), OPEN_FILE, "name", open_artifact},
    {S_INIT("ArtifactOfProjectHomePage"), OPEN_ARTIFACT, "homePage", put_text},
    {S_INIT("ArtifactOfProjectURI"), OPEN_ARTIFACT, "projectUri", put_text},

    {S_INIT("SnippetSPDXID"), OPEN_DOC, "SPDXID", open_snippet},
    {S_INIT("SnippetSPDXIdentifier"), OPEN_DOC, "SPDXID", open_snippet},
    {S_INIT("SnippetFromFileSPDXID"), OPEN_SNIPPET, "snippetFromFile", put_file},
    {S_INIT("SnippetByteRange"), OPEN_SNIPPET, "offset", put_range},
    {S_INIT("SnippetLineRange"), OPEN_SNIPPET, "lineNumber", put_range},
    {S_INIT("SnippetLicenseConcluded"), OPEN_SNIPPET, "licenseConcluded", put_text},
    {S_INIT("LicenseInfoInSnippet"), OPEN_SNIPPET, "licenseInfoInSnippets", put_list},
    {S_INIT("SnippetLicenseComments"), OPEN_SNIPPET, "licenseComments", put_text},
    {S_INIT("SnippetCopyrightText"), OPEN_SNIPPET, "copyrightText", put_text},
    {S_INIT("SnippetComment"), OPEN_SNIPPET, "comment", put_text},
    {S_INIT("SnippetName"), OPEN_SNIPPET, "name", put_text},
    {S_INIT("SnippetAttributionText"), OPEN_SNIPPET, "attributionTexts", put_list},

    {S_INIT("LicenseID"), OPEN_DOC, "licenseId", open_licence},
    {S_INIT("ExtractedText"), OPEN_LICENCE, "extractedText", put_text},
    {S_INIT("LicenseName"), OPEN_LICENCE, "name", put_text},
    {S_INIT("LicenseCrossReference"), OPEN_LICENCE, "seeAlsos", put_list},
    {S_INIT("LicenseComment"), OPEN_LICENCE, "comment", put_text},

    {S_INIT("Relationship"), OPEN_DOC, "relationships", put_relation},
    {S_INIT("RelationshipComment"), OPEN_RELATION, "comment", put_text},

    {S_INIT("Annotator"), OPEN_DOC, "annotator", open_annotation},
    {S_INIT("AnnotationDate"), OPEN_ANNOTATION, "annotationDate", put_text},
    {S_INIT("AnnotationType"), OPEN_ANNOTATION, "annotationType", put_text},
    {S_INIT("SPDXREF"), OPEN_ANNOTATION, "", put_annotated},
    {S_INIT("AnnotationComment"), OPEN_ANNOTATION, "comment", put_text},

    {S_INIT("Reviewer"), OPEN_DOC, "reviewer", open_review},
    {S_INIT("ReviewDate"), OPEN_REVIEW, "reviewDate", put_text},
    {S_INIT("ReviewComment"), OPEN_REVIEW, "comment", put_text},
};

static void put(struct tags *t, str name, str value, uint32_t line) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (!str_eq(tags[i].name, name))
            continue;
        struct tn *in = t->open[tags[i].in];
        if (!in)
            spdx2_complain(t->r, line, _("%.*s stands before the object it belongs to"), STR_ARG(name));
        else if (!tags[i].put(t, in, tags[i].key, value, line))
            spdx2_complain(t->r, line, _("the value of %.*s is not written as the format asks"), STR_ARG(name));
        return;
    }
    spdx2_complain(t->r, line, _("SPDX has no tag %.*s"), STR_ARG(str_upto(name, 80)));
}

/* Annotations stand anywhere and name what they annotate. */
static void annotate(struct tags *t) {
    for (uint32_t i = 0; i < t->annotations.n; i++) {
        struct annotation *n = &t->annotations.v[i];
        struct tn *target = n->target.p ? map_get(&t->elements, n->target) : t->open[OPEN_DOC];
        if (!n->target.p)
            spdx2_complain(t->r, n->line, _("%s is missing"), "SPDXREF");
        if (!target)
            spdx2_complain(t->r, n->line, _("%.*s is annotated but not in the document"),
                           STR_ARG(str_upto(n->target, 80)));
        tn_push(tn_list(t->a, target ? target : t->open[OPEN_DOC], "annotations", n->line), n->node);
    }
}

/* Takes the value behind a colon: the rest of the line, or what stands between <text> and </text>. */
static bool take_value(struct tags *t, str *rest, str *value, uint32_t *line, struct err *e) {
    uint32_t opened_at = *line;
    str look = *rest;
    while (look.n && (look.p[0] == ' ' || look.p[0] == '\t'))
        look = str_from(look, 1);
    if (!str_starts(look, S("<text>"))) {
        *value = S(""); /* of a tag that ends the text there is no further line */
        str_line(rest, value);
        *value = str_trim(*value);
        return true;
    }
    look = str_from(look, 6);
    size_t end = str_find(look, S("</text>"));
    if (end == STR_NONE)
        return err_set(e, ERR_INPUT, spdx2_line_place(t->r, opened_at), _("<text> is never closed"));
    *value = str_upto(look, end);
    for (size_t i = 0; i < end; i++)
        *line += look.p[i] == '\n';
    *rest = str_from(look, end + 7);
    str tail = S("");
    if (str_line(rest, &tail) && str_trim(tail).n)
        spdx2_complain(t->r, *line, _("text behind </text> is left out"));
    return true;
}

static bool take_lines(struct tags *t, str rest, struct err *e) {
    for (uint32_t line = 1; rest.n; line++) {
        size_t n = 0;
        while (n < rest.n && rest.p[n] != ':' && rest.p[n] != '\n')
            n++;
        str name = str_trim(str_upto(rest, n)), value;
        if (n == rest.n || rest.p[n] == '\n' || str_starts(name, S("#"))) {
            str_line(&rest, &value);
            if (name.n && name.p[0] != '#')
                spdx2_complain(t->r, line, _("this line is no \"Tag: value\""));
            continue;
        }
        rest = str_from(rest, n + 1);
        uint32_t at = line;
        if (!take_value(t, &rest, &value, &line, e))
            return false;
        put(t, name, value, at);
    }
    return true;
}

/* Lines end with "\n", "\r\n" or "\r" alone; behind this, all with "\n". */
static str plain_lines(struct arena *a, str text) {
    if (str_chr(text, '\r') == STR_NONE)
        return text;
    char *out = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool cr = text.p[i] == '\r';
        if (!cr || i + 1 == text.n || text.p[i + 1] != '\n')
            out[n++] = cr ? '\n' : text.p[i];
    }
    return str_n(out, n);
}

bool spdx2_tag_tree(struct sbom_reading *r, struct json *out, struct err *e) {
    struct tags t = {.r = r, .a = r->arena};
    struct tn *root = tn_new(t.a, TN_OBJ, 1);
    map_init(&t.elements, t.a);
    t.open[OPEN_DOC] = t.open[OPEN_ELEMENT] = root;
    t.open[OPEN_CREATION] = tn_add(root, S("creationInfo"), tn_new(t.a, TN_OBJ, 1));
    if (!take_lines(&t, plain_lines(r->arena, r->text), e))
        return false;
    annotate(&t);
    return tn_finish(r, root, out, e);
}
