/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of SPDX 2.x: a document without problems, and for each rule one that breaks it, with the place.
 */
#include "base/testing.h"
#include "sbom/codec.h"

#define CREATION "\"creationInfo\":{\"created\":\"2024-01-01T00:00:00Z\",\"creators\":[\"Tool: x-1\"]},"
#define HEAD                                                                                                           \
    "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"n\",\"dataLicense\":\"CC0-1.0\","        \
    "\"documentNamespace\":\"https://e.x/n\","
#define PACKAGE(more)                                                                                                  \
    "\"packages\":[{\"SPDXID\":\"SPDXRef-p\",\"name\":\"p\",\"downloadLocation\":\"NOASSERTION\"" more "}]"
#define DOC(more) HEAD CREATION PACKAGE("") more "}"
#define WITH(more) HEAD CREATION PACKAGE("," more) "}"
#define REF(category, type, locator)                                                                                   \
    WITH("\"externalRefs\":[{\"referenceCategory\":\"" category "\",\"referenceType\":\"" type                         \
         "\",\"referenceLocator\":\"" locator "\"}]")
#define RELATION(from, type, to)                                                                                       \
    DOC(",\"relationships\":[{\"spdxElementId\":\"" from "\",\"relationshipType\":\"" type                             \
        "\",\"relatedSpdxElement\":\"" to "\"}]")

#define FILES                                                                                                          \
    "\"files\":[{\"SPDXID\":\"SPDXRef-f\",\"fileName\":\"f\",\"checksums\":[{\"algorithm\":\"SHA1\","                  \
    "\"checksumValue\":\"d6a770ba38583ed4bb4525bd96e50461655d2759\"}]}]"
#define RANGE(unit, from, to)                                                                                          \
    "{\"startPointer\":{\"reference\":\"SPDXRef-f\",\"" unit "\":" from                                                \
    "},\"endPointer\":{\"reference\":\"SPDXRef-f\",\"" unit "\":" to "}}"
#define SNIPPET(ranges)                                                                                                \
    DOC("," FILES ",\"snippets\":[{\"SPDXID\":\"SPDXRef-s\",\"name\":\"s\",\"snippetFromFile\":\"SPDXRef-f\","         \
        "\"ranges\":[" ranges "]}]")

static struct sbom_problems problems_of(struct testing *t, str text) {
    struct sbom *s;
    struct sbom_problems problems = {0};
    if (!sbom_read(&t->ctx, t->a, text, S("f"), SBOM_VALIDATE, &s, &problems, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return problems;
}

static void good_documents_have_no_problems(void **state) {
    struct testing *t = *state;
    static const char *const rows[] = {
        DOC(""),
        WITH("\"filesAnalyzed\":false,\"supplier\":\"Person: J (j@e.x)\",\"originator\":\"NOASSERTION\","
             "\"homepage\":\"NONE\",\"licenseDeclared\":\"MIT AND (Apache-2.0 OR BSD-3-Clause)\","
             "\"primaryPackagePurpose\":\"LIBRARY\",\"builtDate\":\"2024-01-01T00:00:00Z\","
             "\"checksums\":[{\"algorithm\":\"MD5\",\"checksumValue\":\"624c1abb3664f4b35547e7c73864ad24\"}]"),
        REF("PACKAGE-MANAGER", "purl", "pkg:npm/a@1"),
        REF("PACKAGE_MANAGER", "purl", "pkg:npm/a@1"),
        REF("SECURITY", "cpe23Type", "cpe:2.3:a:v:p:1:*:*:*:*:*:*:*"),
        REF("SECURITY", "http://spdx.org/rdf/references/cpe22Type", "cpe:/a:v:p:1"),
        REF("OTHER", "https://e.x/any", "any"),
        SNIPPET(RANGE("offset", "310", "420")),
        SNIPPET(RANGE("offset", "310", "310") "," RANGE("lineNumber", "5", "23")),
        "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: n\n"
        "DocumentNamespace: https://e.x/n\nCreator: Tool: x-1\nCreated: 2024-01-01T00:00:00Z\n"
        "PackageName: p\nSPDXID: SPDXRef-p\nPackageDownloadLocation: NONE\nPrimaryPackagePurpose: OPERATING-SYSTEM\n",
        RELATION("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-p"),
        RELATION("SPDXRef-p", "SPECIFICATION_FOR", "SPDXRef-DOCUMENT"),
        RELATION("SPDXRef-p", "CONTAINS", "NONE"),
        DOC(",\"externalDocumentRefs\":[{\"externalDocumentId\":\"DocumentRef-o\",\"spdxDocument\":\"https://e.x/o\","
            "\"checksum\":{\"algorithm\":\"SHA1\",\"checksumValue\":\"d6a770ba38583ed4bb4525bd96e50461655d2759\"}}],"
            "\"relationships\":[{\"spdxElementId\":\"SPDXRef-p\",\"relationshipType\":\"COPY_OF\","
            "\"relatedSpdxElement\":\"DocumentRef-o:SPDXRef-q\"}]"),
        DOC(",\"hasExtractedLicensingInfos\":[{\"licenseId\":\"LicenseRef-1\",\"extractedText\":\"t\"}],\"files\":[{"
            "\"SPDXID\":\"SPDXRef-f\",\"fileName\":\"f\",\"licenseConcluded\":\"LicenseRef-1\",\"checksums\":[{"
            "\"algorithm\":\"SHA1\",\"checksumValue\":\"d6a770ba38583ed4bb4525bd96e50461655d2759\"}]}]"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom_problems p = problems_of(t, str_of(rows[i]));
        if (p.n)
            fail_msg("row %zu: %.*s: %.*s", i, STR_ARG(p.v[0].where), STR_ARG(p.v[0].what));
    }
}

static void broken_rules_are_told_with_their_place(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"{\"spdxVersion\":\"SPDX-2.3\"}", "f#"},
        {"{\"spdxVersion\":\"SPDX-2.9\"}", "f#/spdxVersion"},
        {HEAD "\"dataLicence\":\"x\"}", "f#/dataLicence"},
        {HEAD PACKAGE("") "}", "f#"},
        {HEAD "\"creationInfo\":{\"created\":\"2024-01-01\",\"creators\":[\"Tool: x\"]}}", "f#/creationInfo/created"},
        {HEAD "\"creationInfo\":{\"created\":\"2024-01-01T00:00:00.5Z\",\"creators\":[\"Tool: x\"]}}",
         "f#/creationInfo/created"},
        {HEAD "\"creationInfo\":{\"created\":\"2024-01-01T00:00:00Z\",\"creators\":[\"x\"]}}",
         "f#/creationInfo/creators/0"},
        {HEAD "\"creationInfo\":{\"created\":\"2024-01-01T00:00:00Z\",\"creators\":[]}}", "f#/creationInfo/creators"},
        {"{\"spdxVersion\":\"SPDX-2.3\",\"documentNamespace\":\"https://e.x/n#x\"}", "f#/documentNamespace"},
        {"{\"spdxVersion\":\"SPDX-2.3\",\"documentNamespace\":\"e.x\"}", "f#/documentNamespace"},
        {"{\"spdxVersion\":\"SPDX-2.3\",\"dataLicense\":\"MIT\"}", "f#/dataLicense"},
        {"{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-x\"}", "f#/SPDXID"},
        {WITH("\"supplier\":\"Acme\""), "f#/packages/0/supplier"},
        {WITH("\"supplier\":\"Tool: x\""), "f#/packages/0/supplier"},
        {WITH("\"homepage\":\"e.x\""), "f#/packages/0/homepage"},
        {WITH("\"filesAnalyzed\":\"false\""), "f#/packages/0/filesAnalyzed"},
        {WITH("\"licenseDeclared\":\"Nonsense\""), "f#/packages/0/licenseDeclared"},
        {WITH("\"licenseDeclared\":\"MIT AND\""), "f#/packages/0/licenseDeclared"},
        {WITH("\"licenseConcluded\":\"LicenseRef-gone\""), "f#/packages/0/licenseConcluded"},
        {WITH("\"licenseConcluded\":\"DocumentRef-gone:LicenseRef-1\""), "f#/packages/0/licenseConcluded"},
        {WITH("\"primaryPackagePurpose\":\"TOY\""), "f#/packages/0/primaryPackagePurpose"},
        {WITH("\"hasFiles\":[\"SPDXRef-gone\"]"), "f#/packages/0/hasFiles/0"},
        {WITH("\"checksums\":[{\"algorithm\":\"MD5\",\"checksumValue\":\"62\"}]"),
         "f#/packages/0/checksums/0/checksumValue"},
        {WITH("\"checksums\":[{\"algorithm\":\"MD99\",\"checksumValue\":\"62\"}]"),
         "f#/packages/0/checksums/0/algorithm"},
        {WITH("\"filesAnalyzed\":false,\"packageVerificationCode\":{\"packageVerificationCodeValue\":"
              "\"d6a770ba38583ed4bb4525bd96e50461655d2759\"}"),
         "f#/packages/0/packageVerificationCode"},
        {REF("SECURITY", "purl", "pkg:npm/a"), "f#/packages/0/externalRefs/0/referenceType"},
        {REF("SECURE", "x", "y"), "f#/packages/0/externalRefs/0/referenceCategory"},
        {REF("OTHER", "x", "y z"), "f#/packages/0/externalRefs/0"},
        {REF("PACKAGE-MANAGER", "purl", "npm/a"), "f#/packages/0/externalRefs/0/referenceLocator"},
        {REF("SECURITY", "cpe23Type", "cpe:2.3:a"), "f#/packages/0/externalRefs/0/referenceLocator"},
        {RELATION("SPDXRef-gone", "CONTAINS", "SPDXRef-p"), "f#/relationships/0/spdxElementId"},
        {RELATION("NONE", "CONTAINS", "SPDXRef-p"), "f#/relationships/0/spdxElementId"},
        {RELATION("SPDXRef-p", "CONTAINS", "DocumentRef-o:SPDXRef-q"), "f#/relationships/0/relatedSpdxElement"},
        {RELATION("SPDXRef-p", "HOLDS", "NONE"), "f#/relationships/0/relationshipType"},
        {HEAD CREATION "\"packages\":[{\"SPDXID\":\"SPDXRef-a_b\",\"name\":\"p\",\"downloadLocation\":\"NONE\"}]}",
         "f#/packages/0/SPDXID"},
        {HEAD CREATION "\"packages\":[{\"SPDXID\":\"SPDXRef-a\",\"name\":\"p\",\"downloadLocation\":\"NONE\"},"
                       "{\"SPDXID\":\"SPDXRef-a\",\"name\":\"p\",\"downloadLocation\":\"NONE\"}]}",
         "f#/packages/1/SPDXID"},
        {DOC(",\"files\":[{\"SPDXID\":\"SPDXRef-f\",\"fileName\":\"f\",\"checksums\":[{\"algorithm\":\"MD5\","
             "\"checksumValue\":\"624c1abb3664f4b35547e7c73864ad24\"}]}]"),
         "f#/files/0/checksums"},
        {DOC(",\"hasExtractedLicensingInfos\":[{\"licenseId\":\"x\",\"extractedText\":\"t\"}]"),
         "f#/hasExtractedLicensingInfos/0/licenseId"},
        {DOC(",\"annotations\":[{\"annotationDate\":\"2024-01-01T00:00:00Z\",\"annotationType\":\"X\",\"annotator\":"
             "\"Tool: x\",\"comment\":\"\"}]"),
         "f#/annotations/0/annotationType"},
        {DOC(",\"hasExtractedLicensingInfos\":[{\"licenseId\":\"LicenseRef-a+\",\"extractedText\":\"t\"}]"),
         "f#/hasExtractedLicensingInfos/0/licenseId"},
        {WITH("\"primaryPackagePurpose\":\"OPERATING-SYSTEM\""), "f#/packages/0/primaryPackagePurpose"},
        {SNIPPET(RANGE("offset", "0", "4")), "f#/snippets/0/ranges/0"},
        {SNIPPET(RANGE("offset", "45", "23")), "f#/snippets/0/ranges/0"},
        {SNIPPET(RANGE("offset", "1", "2") "," RANGE("lineNumber", "5", "4")), "f#/snippets/0/ranges/1"},
        {SNIPPET("{\"startPointer\":{\"reference\":\"SPDXRef-f\"},\"endPointer\":{\"reference\":\"SPDXRef-f\"}}"),
         "f#/snippets/0/ranges/0"},
        /* known as SPDX, though it cannot be read */
        {HEAD CREATION "\"packages\":\"x\"}", "f#/packages"},
        {HEAD CREATION "\"packages\":[null]}", "f#/packages/0"},
        {HEAD CREATION "\"relationships\":{}}", "f#/relationships"},
        /* 2.2 knows less and asks for more */
        {"{\"spdxVersion\":\"SPDX-2.2\",\"relationships\":[{\"spdxElementId\":\"SPDXRef-DOCUMENT\","
         "\"relationshipType\":"
         "\"SPECIFICATION_FOR\",\"relatedSpdxElement\":\"NONE\"}]}",
         "f#/relationships/0/relationshipType"},
        {"{\"spdxVersion\":\"SPDX-2.2\",\"files\":[{\"licenseInfoInFiles\":[]}]}", "f#/files/0/licenseInfoInFiles"},
        {"{\"spdxVersion\":\"SPDX-2.2\",\"packages\":[{\"builtDate\":\"2024-01-01T00:00:00Z\"}]}",
         "f#/packages/0/builtDate"},
        {"{\"spdxVersion\":\"SPDX-2.2\",\"packages\":[{\"SPDXID\":\"SPDXRef-p\",\"name\":\"p\",\"downloadLocation\":"
         "\"NONE\",\"licenseDeclared\":\"NONE\",\"licenseConcluded\":\"NONE\"}]}",
         "f#/packages/0"},
        {"SPDXVersion: SPDX-2.3\nPackageName: p\nPackageSupplier: Acme\n", "f:3"},
        {"SPDXVersion: SPDX-2.3\nSnippetSPDXID: SPDXRef-s\nSnippetByteRange: 1:4\nSnippetByteRange: 2:5\n", "f:4"},
        {"SPDXVersion: SPDX-2.3\nAnnotator: Tool: x\nAnnotationType: OTHER\n", "f:2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom_problems p = problems_of(t, str_of(rows[i].text));
        bool found = false;
        for (uint32_t k = 0; k < p.n; k++)
            found |= p.v[k].error && str_is(p.v[k].where, rows[i].where);
        if (!found)
            fail_msg("row %zu: no problem at %s, first at %.*s", i, rows[i].where, STR_ARG(p.n ? p.v[0].where : S("")));
    }
}

static void says_when_nothing_is_described(void **state) {
    struct testing *t = *state;
    struct sbom_problems p = problems_of(t, S(HEAD CREATION "\"packages\":[]}"));
    assert_int_equal(p.n, 1);
    assert_false(p.v[0].error);
}

/* A hundred thousand problems cost no more than a thousand. */
static void the_list_is_bounded(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    buf_addz(&b, HEAD CREATION "\"packages\":[{}");
    for (int i = 0; i < 100000; i++)
        buf_addz(&b, ",{}");
    buf_addz(&b, "]}");
    assert_true(problems_of(t, buf_str(&b)).n <= 1001);
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(good_documents_have_no_problems),
        TEST(broken_rules_are_told_with_their_place),
        TEST(says_when_nothing_is_described),
        TEST(the_list_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
