/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x tag-value, written from the JSON tree. A file stands behind the package that has it; files of no package
 * stand before all packages, because a file always belongs to the package before it.
 */
#include "sbom/spdx2_write.h"

struct tag_out {
    struct sbom_writing *w;
    struct arena *a;
    struct buf *b;
    struct jv root;
    str id;           /* of the object being written */
    struct map files; /* SPDXID → the file's value, NULL once written */
};

struct line_def {
    const char *key, *tag;
    void (*write)(struct tag_out *o, const char *tag, struct jv v);
};

/* ── values ── */

static bool needs_text(str s) {
    return str_chr(s, '\n') != STR_NONE || str_chr(s, '\r') != STR_NONE || str_starts(s, S("<text>")) ||
           (s.n && (ch_space(s.p[0]) || ch_space(s.p[s.n - 1])));
}

static void line(struct tag_out *o, const char *tag, str value) {
    bool text = needs_text(value);
    if (text && str_find(value, S("</text>")) != STR_NONE)
        codec_loss(o->w, o->id, _("%s has </text> in it, where tag-value ends"), tag);
    buf_addf(o->b, text ? "%s: <text>" : "%s: ", tag);
    buf_add(o->b, value);
    buf_addz(o->b, text ? "</text>\n" : "\n");
}

static void scalar(struct tag_out *o, const char *tag, struct jv v) {
    line(o, tag, j_is_str(v) ? j_str(v) : json_text(v, o->a));
}

static void list(struct tag_out *o, const char *tag, struct jv v) {
    for (struct jiter it = j_iter(v); j_next(&it);)
        scalar(o, tag, it.val);
}

static str checksum_text(struct tag_out *o, struct jv v) {
    str alg = j_gets(v, "algorithm"), hex = j_gets(v, "checksumValue");
    return arena_printf(o->a, "%.*s: %.*s", STR_ARG(alg), STR_ARG(hex));
}

static void checksums(struct tag_out *o, const char *tag, struct jv v) {
    for (struct jiter it = j_iter(v); j_next(&it);)
        line(o, tag, checksum_text(o, it.val));
}

static void document_refs(struct tag_out *o, const char *tag, struct jv v) {
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str id = j_gets(it.val, "externalDocumentId"), uri = j_gets(it.val, "spdxDocument");
        str sum = checksum_text(o, j_get(it.val, "checksum"));
        line(o, tag, arena_printf(o->a, "%.*s %.*s %.*s", STR_ARG(id), STR_ARG(uri), STR_ARG(sum)));
    }
}

static void references(struct tag_out *o, const char *tag, struct jv v) {
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str category = j_gets(it.val, "referenceCategory"), type = j_gets(it.val, "referenceType");
        str locator = j_gets(it.val, "referenceLocator"), comment = j_gets(it.val, "comment");
        line(o, tag, arena_printf(o->a, "%.*s %.*s %.*s", STR_ARG(category), STR_ARG(type), STR_ARG(locator)));
        if (comment.p)
            line(o, "ExternalRefComment", comment);
    }
}

static void verification(struct tag_out *o, const char *tag, struct jv v) {
    struct buf b = {0};
    buf_add(&b, j_gets(v, "packageVerificationCodeValue"));
    struct jv excluded = j_get(v, "packageVerificationCodeExcludedFiles");
    for (struct jiter it = j_iter(excluded); j_next(&it);) {
        buf_addz(&b, it.index ? ", " : " (excludes: ");
        buf_add(&b, j_str(it.val));
    }
    buf_addz(&b, j_len(excluded) ? ")" : "");
    line(o, tag, buf_str(&b));
    buf_free(&b);
}

static void range(struct tag_out *o, const char *tag, struct jv v, const char *key) {
    struct jv from = j_get(j_get(v, "startPointer"), key), to = j_get(j_get(v, "endPointer"), key);
    if (from.v && to.v)
        line(o, tag, arena_printf(o->a, "%lld:%lld", (long long)j_int(from, 0), (long long)j_int(to, 0)));
}

static void ranges(struct tag_out *o, const char *tag, struct jv v) {
    (void)tag;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        range(o, "SnippetByteRange", it.val, "offset");
        range(o, "SnippetLineRange", it.val, "lineNumber");
    }
}

static void object(struct tag_out *o, const struct line_def *defs, size_t n, struct jv v);
#define LINES(t) t, sizeof(t) / sizeof *(t)

static const struct line_def artifact_lines[] = {
    {"name", "ArtifactOfProjectName", scalar},
    {"homePage", "ArtifactOfProjectHomePage", scalar},
    {"projectUri", "ArtifactOfProjectURI", scalar},
};

static void artifacts(struct tag_out *o, const char *tag, struct jv v) { /* NOLINT(misc-no-recursion): one level */
    (void)tag;
    for (struct jiter it = j_iter(v); j_next(&it);)
        object(o, LINES(artifact_lines), it.val);
}

/* Written elsewhere: by position, or at the end. */
static void elsewhere(struct tag_out *o, const char *tag, struct jv v) { (void)o, (void)tag, (void)v; }

/* ── classes, in the order of the specification ── */

static const struct line_def creation_lines[] = {
    {"licenseListVersion", "LicenseListVersion", scalar},
    {"creators", "Creator", list},
    {"created", "Created", scalar},
    {"comment", "CreatorComment", scalar},
};

static void creation(struct tag_out *o, const char *tag, struct jv v) { /* NOLINT(misc-no-recursion): one level */
    (void)tag;
    object(o, LINES(creation_lines), v);
}

static const struct line_def document_lines[] = {
    {"spdxVersion", "SPDXVersion", scalar},
    {"dataLicense", "DataLicense", scalar},
    {"SPDXID", "SPDXID", scalar},
    {"name", "DocumentName", scalar},
    {"documentNamespace", "DocumentNamespace", scalar},
    {"externalDocumentRefs", "ExternalDocumentRef", document_refs},
    {"comment", "DocumentComment", scalar},
    {"creationInfo", NULL, creation},
    {"packages", NULL, elsewhere},
    {"files", NULL, elsewhere},
    {"snippets", NULL, elsewhere},
    {"hasExtractedLicensingInfos", NULL, elsewhere},
    {"relationships", NULL, elsewhere},
    {"annotations", NULL, elsewhere},
    {"revieweds", NULL, elsewhere},
    {"documentDescribes", NULL, elsewhere},
    {"$schema", NULL, elsewhere},
};

static const struct line_def package_lines[] = {
    {"name", "PackageName", scalar},
    {"SPDXID", "SPDXID", scalar},
    {"versionInfo", "PackageVersion", scalar},
    {"packageFileName", "PackageFileName", scalar},
    {"supplier", "PackageSupplier", scalar},
    {"originator", "PackageOriginator", scalar},
    {"downloadLocation", "PackageDownloadLocation", scalar},
    {"filesAnalyzed", "FilesAnalyzed", scalar},
    {"packageVerificationCode", "PackageVerificationCode", verification},
    {"checksums", "PackageChecksum", checksums},
    {"homepage", "PackageHomePage", scalar},
    {"sourceInfo", "PackageSourceInfo", scalar},
    {"licenseConcluded", "PackageLicenseConcluded", scalar},
    {"licenseInfoFromFiles", "PackageLicenseInfoFromFiles", list},
    {"licenseDeclared", "PackageLicenseDeclared", scalar},
    {"licenseComments", "PackageLicenseComments", scalar},
    {"copyrightText", "PackageCopyrightText", scalar},
    {"summary", "PackageSummary", scalar},
    {"description", "PackageDescription", scalar},
    {"comment", "PackageComment", scalar},
    {"externalRefs", "ExternalRef", references},
    {"attributionTexts", "PackageAttributionText", list},
    {"primaryPackagePurpose", "PrimaryPackagePurpose", scalar},
    {"releaseDate", "ReleaseDate", scalar},
    {"builtDate", "BuiltDate", scalar},
    {"validUntilDate", "ValidUntilDate", scalar},
    {"hasFiles", NULL, elsewhere},
    {"annotations", NULL, elsewhere},
};

static const struct line_def file_lines[] = {
    {"fileName", "FileName", scalar},
    {"SPDXID", "SPDXID", scalar},
    {"fileTypes", "FileType", list},
    {"checksums", "FileChecksum", checksums},
    {"licenseConcluded", "LicenseConcluded", scalar},
    {"licenseInfoInFiles", "LicenseInfoInFile", list},
    {"licenseComments", "LicenseComments", scalar},
    {"copyrightText", "FileCopyrightText", scalar},
    {"artifactOfs", NULL, artifacts},
    {"comment", "FileComment", scalar},
    {"noticeText", "FileNotice", scalar},
    {"fileContributors", "FileContributor", list},
    {"attributionTexts", "FileAttributionText", list},
    {"fileDependencies", "FileDependency", list},
    {"annotations", NULL, elsewhere},
};

static const struct line_def snippet_lines[] = {
    {"SPDXID", "SnippetSPDXID", scalar},
    {"snippetFromFile", "SnippetFromFileSPDXID", scalar},
    {"ranges", NULL, ranges},
    {"licenseConcluded", "SnippetLicenseConcluded", scalar},
    {"licenseInfoInSnippets", "LicenseInfoInSnippet", list},
    {"licenseComments", "SnippetLicenseComments", scalar},
    {"copyrightText", "SnippetCopyrightText", scalar},
    {"comment", "SnippetComment", scalar},
    {"name", "SnippetName", scalar},
    {"attributionTexts", "SnippetAttributionText", list},
    {"annotations", NULL, elsewhere},
};

static const struct line_def licence_lines[] = {
    {"licenseId", "LicenseID", scalar},    {"extractedText", "ExtractedText", scalar},
    {"name", "LicenseName", scalar},       {"seeAlsos", "LicenseCrossReference", list},
    {"comment", "LicenseComment", scalar},
};

static const struct line_def annotation_lines[] = {
    {"annotator", "Annotator", scalar},
    {"annotationDate", "AnnotationDate", scalar},
    {"annotationType", "AnnotationType", scalar},
    {"comment", "AnnotationComment", scalar},
};

static const struct line_def review_lines[] = {
    {"reviewer", "Reviewer", scalar},
    {"reviewDate", "ReviewDate", scalar},
    {"comment", "ReviewComment", scalar},
};

static bool in_table(const struct line_def *defs, size_t n, str key) {
    for (size_t i = 0; i < n; i++)
        if (str_is(key, defs[i].key))
            return true;
    return false;
}

/* NOLINTNEXTLINE(misc-no-recursion): creation and artifacts are one level below */
static void object(struct tag_out *o, const struct line_def *defs, size_t n, struct jv v) {
    str id = j_gets(v, "SPDXID");
    if (id.n)
        o->id = id;
    for (size_t i = 0; i < n; i++) {
        struct jv member = j_get(v, defs[i].key);
        if (member.v)
            defs[i].write(o, defs[i].tag, member);
    }
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!in_table(defs, n, it.key))
            codec_loss(o->w, o->id, _("tag-value has no tag for %.*s"), STR_ARG(it.key));
}

/* ── the document ── */

static void blank(struct tag_out *o) { buf_addc(o->b, '\n'); }

static void relation(struct tag_out *o, str from, str type, str to, str comment) {
    line(o, "Relationship", arena_printf(o->a, "%.*s %.*s %.*s", STR_ARG(from), STR_ARG(type), STR_ARG(to)));
    if (comment.p)
        line(o, "RelationshipComment", comment);
}

/* Files some package has; a file of two packages stands behind the first. */
static void index_files(struct tag_out *o) {
    map_init(&o->files, o->a);
    struct map owned;
    map_init(&owned, o->a);
    for (struct jiter it = j_iter(j_get(o->root, "packages")); j_next(&it);)
        for (struct jiter in = j_iter(j_get(it.val, "hasFiles")); j_next(&in);)
            map_put(&owned, j_str(in.val), NULL);
    for (struct jiter it = j_iter(j_get(o->root, "files")); j_next(&it);) {
        str id = j_gets(it.val, "SPDXID");
        if (id.n && map_find(&owned, id) && !map_get(&o->files, id)) {
            map_put(&o->files, id, NULL)->value = it.val.v;
        } else {
            object(o, LINES(file_lines), it.val);
            blank(o);
        }
    }
}

static void packages(struct tag_out *o) {
    for (struct jiter it = j_iter(j_get(o->root, "packages")); j_next(&it);) {
        object(o, LINES(package_lines), it.val);
        blank(o);
        for (struct jiter in = j_iter(j_get(it.val, "hasFiles")); j_next(&in);) {
            struct map_entry *file = map_find(&o->files, j_str(in.val));
            if (!file || !file->value)
                continue;
            object(o, LINES(file_lines), (struct jv){file->value});
            blank(o);
            file->value = NULL;
        }
    }
}

static void objects(struct tag_out *o, const char *key, const struct line_def *defs, size_t n) {
    for (struct jiter it = j_iter(j_get(o->root, key)); j_next(&it);) {
        object(o, defs, n, it.val);
        blank(o);
    }
}

static void annotations_of(struct tag_out *o, struct jv element, str id) {
    for (struct jiter it = j_iter(j_get(element, "annotations")); j_next(&it);) {
        object(o, LINES(annotation_lines), it.val);
        line(o, "SPDXREF", id);
        blank(o);
    }
}

static void annotations(struct tag_out *o) {
    static const char *const keys[] = {"packages", "files", "snippets"};
    str document = j_gets(o->root, "SPDXID");
    annotations_of(o, o->root, document.n ? document : S("SPDXRef-DOCUMENT"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        for (struct jiter it = j_iter(j_get(o->root, keys[i])); j_next(&it);)
            annotations_of(o, it.val, j_gets(it.val, "SPDXID"));
}

/* Shorthand that has no tag: told in full, unless it is told already or by position. */
static void shorthand(struct tag_out *o, str from, const char *type, struct jv list_of, struct map *said) {
    for (struct jiter it = j_iter(list_of); j_next(&it);) {
        str to = j_str(it.val);
        bool fresh;
        map_put(said, arena_printf(o->a, "%.*s %s %.*s", STR_ARG(from), type, STR_ARG(to)), &fresh);
        if (fresh && to.n)
            relation(o, from, str_of(type), to, (str){NULL, 0});
    }
}

static void relations(struct tag_out *o) {
    struct map said, first;
    map_init(&said, o->a);
    map_init(&first, o->a);
    for (struct jiter it = j_iter(j_get(o->root, "relationships")); j_next(&it);) {
        str from = j_gets(it.val, "spdxElementId"), type = j_gets(it.val, "relationshipType");
        str to = j_gets(it.val, "relatedSpdxElement");
        relation(o, from, type, to, j_gets(it.val, "comment"));
        map_put(&said, arena_printf(o->a, "%.*s %.*s %.*s", STR_ARG(from), STR_ARG(type), STR_ARG(to)), NULL);
    }
    shorthand(o, j_gets(o->root, "SPDXID"), "DESCRIBES", j_get(o->root, "documentDescribes"), &said);
    for (struct jiter it = j_iter(j_get(o->root, "packages")); j_next(&it);) {
        str from = j_gets(it.val, "SPDXID");
        for (struct jiter in = j_iter(j_get(it.val, "hasFiles")); j_next(&in);) {
            bool fresh;
            map_put(&first, j_str(in.val), &fresh);
            if (fresh && map_find(&o->files, j_str(in.val))) /* by position */
                map_put(&said, arena_printf(o->a, "%.*s CONTAINS %.*s", STR_ARG(from), STR_ARG(j_str(in.val))), NULL);
        }
        shorthand(o, from, "CONTAINS", j_get(it.val, "hasFiles"), &said);
    }
}

void spdx2_tag_write(struct sbom_writing *sw, struct jv root) {
    struct tag_out o = {.w = sw, .a = sw->arena, .b = sw->out, .root = root, .id = S("")};
    object(&o, LINES(document_lines), root);
    blank(&o);
    index_files(&o);
    packages(&o);
    objects(&o, "snippets", LINES(snippet_lines));
    objects(&o, "hasExtractedLicensingInfos", LINES(licence_lines));
    relations(&o);
    blank(&o);
    annotations(&o);
    objects(&o, "revieweds", LINES(review_lines));
}
