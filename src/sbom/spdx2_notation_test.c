/* SPDX-License-Identifier: Apache-2.0
 *
 * The notations other than JSON: each text and the JSON tree it must become.
 */
#include "base/testing.h"
#include "sbom/spdx2_tree.h"

static struct sbom *read_ok(struct testing *t, str text, unsigned flags, struct sbom_problems *problems) {
    struct sbom *s = NULL;
    if (!sbom_read(&t->ctx, t->a, text, S("f"), flags, &s, problems, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return s;
}

static void check_tree(struct testing *t, const struct sbom *s, const char *want) {
    struct json tree;
    assert_true(json_parse(&t->ctx, t->a, str_of(want), 0, S("want"), &tree, &t->e));
    if (!json_equal(s->source.root, tree.root))
        fail_msg("got %s", json_text(s->source.root, t->a).p);
}

static const char tag[] = "SPDXVersion: SPDX-2.3\n"
                          "# a comment: not a tag\n"
                          "SPDXID: SPDXRef-DOCUMENT\n"
                          "Creator: Tool: x-1\n"
                          "FileName: ./loose\n"
                          "SPDXID: SPDXRef-loose\n"
                          "PackageName: p\n"
                          "SPDXID: SPDXRef-p\n"
                          "PackageVerificationCode: ab (excludes: ./x, ./y)\n"
                          "PackageChecksum: SHA1: cd\n"
                          "FilesAnalyzed: True\n"
                          "PackageComment: <text>one:\r\n  two</text>\n"
                          "ExternalRef: OTHER t a b\n"
                          "ExternalRefComment: c\n"
                          "FileName: ./f\n"
                          "SPDXID: SPDXRef-f\n"
                          "SnippetSPDXID: SPDXRef-s\n"
                          "SnippetLineRange: 5:7\n"
                          "SnippetFromFileSPDXID: SPDXRef-f\n"
                          "Relationship: SPDXRef-p DEPENDS_ON NONE\n"
                          "RelationshipComment: r\n"
                          "Annotator: Person: j\n"
                          "SPDXREF: SPDXRef-f\n"
                          "ExternalDocumentRef: DocumentRef-d https://example.com/d SHA1: ef\n"
                          "LicenseID: LicenseRef-1\n"
                          "ExtractedText: <text></text>\n";
static const char tag_tree[] =
    "{\"creationInfo\":{\"creators\":[\"Tool: x-1\"]},\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\","
    "\"files\":[{\"fileName\":\"./loose\",\"SPDXID\":\"SPDXRef-loose\"},{\"fileName\":\"./f\",\"SPDXID\":\"SPDXRef-f\","
    "\"annotations\":[{\"annotator\":\"Person: j\"}]}],"
    "\"packages\":[{\"name\":\"p\",\"SPDXID\":\"SPDXRef-p\",\"packageVerificationCode\":{"
    "\"packageVerificationCodeValue\":\"ab\",\"packageVerificationCodeExcludedFiles\":[\"./x\",\"./y\"]},"
    "\"checksums\":[{\"algorithm\":\"SHA1\",\"checksumValue\":\"cd\"}],\"filesAnalyzed\":true,"
    "\"comment\":\"one:\\n  two\",\"externalRefs\":[{\"referenceCategory\":\"OTHER\",\"referenceType\":\"t\","
    "\"referenceLocator\":\"a b\",\"comment\":\"c\"}],\"hasFiles\":[\"SPDXRef-f\"]}],"
    "\"snippets\":[{\"SPDXID\":\"SPDXRef-s\",\"snippetFromFile\":\"SPDXRef-f\",\"ranges\":[{\"startPointer\":"
    "{\"lineNumber\":5,\"reference\":\"SPDXRef-f\"},\"endPointer\":{\"lineNumber\":7,\"reference\":\"SPDXRef-f\"}}]}],"
    "\"relationships\":[{\"spdxElementId\":\"SPDXRef-p\",\"relationshipType\":\"DEPENDS_ON\","
    "\"relatedSpdxElement\":\"NONE\",\"comment\":\"r\"}],"
    "\"externalDocumentRefs\":[{\"externalDocumentId\":\"DocumentRef-d\",\"spdxDocument\":\"https://example.com/d\","
    "\"checksum\":{\"algorithm\":\"SHA1\",\"checksumValue\":\"ef\"}}],"
    "\"hasExtractedLicensingInfos\":[{\"licenseId\":\"LicenseRef-1\",\"extractedText\":\"\"}]}";

static void tag_value_becomes_the_tree(void **state) {
    struct testing *t = *state;
    struct sbom *s = read_ok(t, str_of(tag), 0, NULL);
    check_tree(t, s, tag_tree);
    struct jv package = j_at(j_get(s->source.root, "packages"), 0);
    check_str(json_place(&s->source, j_get(package, "comment"), t->a), "f:12");
    check_str(json_place(&s->source, j_at(j_get(package, "hasFiles"), 0), t->a), "f:17");
}

static void tag_value_tells_what_is_odd(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"PackageVersion: 1\n", "f:2"},
        {"Nonsense: 1\n", "f:2"},
        {"nonsense\n", "f:2"},
        {"Relationship: a b\n", "f:2"},
        {"PackageName: p\nPackageChecksum: ab\n", "f:3"},
        {"PackageName: p\nPackageVersion: 1\nPackageVersion: 2\n", "f:4"},
        {"PackageName: p\nPackageComment: <text>\n</text> x\n", "f:4"},
        {"Annotator: Person: x\nSPDXREF: SPDXRef-gone\n", "f:3"},
        {"PackageName: p\nPackageVerificationCode: ab (x\n", "f:3"},
        {"ExternalDocumentRef: a b\n", "f:2"},
        {"SnippetSPDXID: SPDXRef-s\nSnippetByteRange: 1\n", "f:3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom_problems problems = {0};
        bool found = false;
        read_ok(t, arena_cat(t->a, S("SPDXVersion: SPDX-2.3\n"), str_of(rows[i].text)), SBOM_VALIDATE, &problems);
        for (uint32_t k = 0; k < problems.n; k++)
            found |= problems.v[k].error && str_is(problems.v[k].where, rows[i].where);
        if (!found)
            fail_msg("row %zu: no problem at %s", i, rows[i].where);
    }
}

static void tag_value_without_an_end_is_refused(void **state) {
    struct testing *t = *state;
    struct sbom *s;
    assert_false(
        sbom_read(&t->ctx, t->a, S("SPDXVersion: SPDX-2.3\nCreatorComment: <text>x\ny\n"), S("f"), 0, &s, NULL, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    assert_string_equal(t->e.where, "f:2");
}

static void a_tag_that_ends_the_text_has_no_value(void **state) {
    struct testing *t = *state;
    str text = S("SPDXVersion: SPDX-2.3\nPackageName: p\nPackageVersion:");
    struct sbom *s = read_ok(t, arena_str(t->a, text), SBOM_LENIENT, NULL);
    assert_int_equal(sbom_count(s), 1);
    check_str(s->components.v[0].name, "p");
    assert_int_equal(s->components.v[0].version.n, 0);
}

static void yaml_and_xml_are_typed_by_name(void **state) {
    struct testing *t = *state;
    static const char tree[] = "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"packages\":[{\"name\":"
                               "\"p\",\"versionInfo\":\"1.10\",\"filesAnalyzed\":false,\"hasFiles\":[\"SPDXRef-f\"]}]}";
    struct sbom *s = read_ok(t,
                             S("spdxVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\npackages:\n- name: p\n  versionInfo: "
                               "1.10\n  filesAnalyzed: false\n  hasFiles:\n  - SPDXRef-f\n"),
                             0, NULL);
    check_tree(t, s, tree);
    check_str(json_place(&s->source, j_get(j_at(j_get(s->source.root, "packages"), 0), "versionInfo"), t->a), "f:5");
    s = read_ok(
        t,
        S("<?xml version='1.0'?>\n<Document><spdxVersion>SPDX-2.3</spdxVersion><SPDXID>SPDXRef-DOCUMENT</SPDXID>"
          "<packages>\n<name>p</name><versionInfo>1.10</versionInfo><filesAnalyzed>false</filesAnalyzed>"
          "<hasFiles>SPDXRef-f</hasFiles></packages></Document>"),
        0, NULL);
    check_tree(t, s, tree);
    check_str(json_place(&s->source, j_get(j_at(j_get(s->source.root, "packages"), 0), "name"), t->a), "f:3");
}

#define RDF_HEAD                                                                                                       \
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:spdx='http://spdx.org/rdf/terms#' "        \
    "xmlns:rdfs='http://www.w3.org/2000/01/rdf-schema#'>\n"

/* Nested, referenced, split into two descriptions, typed by rdf:type, as attribute. */
static const char rdf[] = RDF_HEAD
    "<spdx:SpdxDocument rdf:about='https://e.x/d#SPDXRef-DOCUMENT' spdx:name='n'>"
    "<spdx:specVersion>SPDX-2.3</spdx:specVersion>"
    "<spdx:describesPackage rdf:resource='https://e.x/d#SPDXRef-p'/>"
    "<spdx:externalDocumentRef><spdx:ExternalDocumentRef rdf:about='https://e.x/d#DocumentRef-o'>"
    "<spdx:spdxDocument rdf:resource='https://e.x/o'/></spdx:ExternalDocumentRef></spdx:externalDocumentRef>"
    "<spdx:relationship><spdx:Relationship>"
    "<spdx:relationshipType rdf:resource='http://spdx.org/rdf/terms#relationshipType_copyOf'/>"
    "<spdx:relatedSpdxElement rdf:resource='https://e.x/o#SPDXRef-q'/></spdx:Relationship></spdx:relationship>"
    "</spdx:SpdxDocument>\n"
    "<rdf:Description rdf:about='https://e.x/d#SPDXRef-p'>"
    "<rdf:type rdf:resource='http://spdx.org/rdf/terms#Package'/><spdx:name>p</spdx:name>"
    "<spdx:checksum rdf:parseType='Resource'>"
    "<spdx:algorithm rdf:resource='http://spdx.org/rdf/terms#checksumAlgorithm_blake2b256'/>"
    "<spdx:checksumValue>ab</spdx:checksumValue></spdx:checksum></rdf:Description>\n"
    "<rdf:Description rdf:about='https://e.x/d#SPDXRef-p'>"
    "<spdx:licenseDeclared rdf:nodeID='set'/><spdx:licenseConcluded "
    "rdf:resource='http://spdx.org/rdf/terms#noassertion'/></rdf:Description>\n"
    "<spdx:DisjunctiveLicenseSet rdf:nodeID='set'><spdx:member rdf:resource='http://spdx.org/licenses/MIT'/>"
    "<spdx:member><spdx:OrLaterOperator><spdx:member rdf:resource='http://spdx.org/licenses/GPL-2.0'/>"
    "</spdx:OrLaterOperator></spdx:member></spdx:DisjunctiveLicenseSet></rdf:RDF>";

static void rdf_becomes_the_tree(void **state) {
    struct testing *t = *state;
    check_tree(t, read_ok(t, str_of(rdf), 0, NULL),
               "{\"SPDXID\":\"SPDXRef-DOCUMENT\",\"documentNamespace\":\"https://e.x/d\",\"name\":\"n\","
               "\"spdxVersion\":\"SPDX-2.3\",\"documentDescribes\":[\"SPDXRef-p\"],\"externalDocumentRefs\":[{"
               "\"spdxDocument\":\"https://e.x/o\",\"externalDocumentId\":\"DocumentRef-o\"}],\"relationships\":[{"
               "\"spdxElementId\":\"SPDXRef-DOCUMENT\",\"relationshipType\":\"COPY_OF\",\"relatedSpdxElement\":"
               "\"DocumentRef-o:SPDXRef-q\"}],\"packages\":[{\"SPDXID\":\"SPDXRef-p\",\"name\":\"p\",\"checksums\":[{"
               "\"algorithm\":\"BLAKE2b-256\",\"checksumValue\":\"ab\"}],\"licenseDeclared\":\"MIT OR GPL-2.0+\","
               "\"licenseConcluded\":\"NOASSERTION\"}]}");
}

/* A licence set that contains itself, and a document without an SpdxDocument. */
static void rdf_cycles_end(void **state) {
    struct testing *t = *state;
    struct sbom *s = read_ok(t,
                             S(RDF_HEAD
                               "<spdx:SpdxDocument rdf:about='#SPDXRef-DOCUMENT'/><spdx:Package rdf:about='#SPDXRef-p'>"
                               "<spdx:name>p</spdx:name><spdx:licenseDeclared rdf:nodeID='a'/></spdx:Package>"
                               "<spdx:ConjunctiveLicenseSet rdf:nodeID='a'><spdx:member rdf:nodeID='a'/>"
                               "<spdx:member rdf:nodeID='a'/></spdx:ConjunctiveLicenseSet></rdf:RDF>"),
                             0, NULL);
    assert_int_equal(s->components.n, 1);
    assert_int_equal(s->components.v[0].licences.n, 0);
    assert_false(sbom_read(&t->ctx, t->a, S(RDF_HEAD "</rdf:RDF>"), S("f"), 0, &s, NULL, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(tag_value_becomes_the_tree),
        TEST(tag_value_tells_what_is_odd),
        TEST(tag_value_without_an_end_is_refused),
        TEST(a_tag_that_ends_the_text_has_no_value),
        TEST(yaml_and_xml_are_typed_by_name),
        TEST(rdf_becomes_the_tree),
        TEST(rdf_cycles_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
