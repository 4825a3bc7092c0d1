/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of SPDX 3.0, and that what the writer makes keeps them.
 */
#include "base/testing.h"
#include "sbom/codec.h"

#define GRAPH(elements)                                                                                                \
    "{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",\"@graph\":["                                    \
    "{\"type\":\"CreationInfo\",\"@id\":\"_:c\",\"specVersion\":\"3.0.1\",\"created\":\"2024-01-01T00:00:00Z\","       \
    "\"createdBy\":[\"urn:a\"]},{\"type\":\"Person\",\"spdxId\":\"urn:a\",\"creationInfo\":\"_:c\"}" elements "]}"
#define ELEMENT_OF(type, more) GRAPH(",{\"type\":\"" type "\",\"spdxId\":\"urn:p\",\"creationInfo\":\"_:c\"" more "}")
#define EPSS(percentile, probability)                                                                                  \
    ELEMENT_OF("security_EpssVulnAssessmentRelationship",                                                              \
               ",\"from\":\"urn:a\",\"to\":[\"urn:a\"],\"relationshipType\":\"hasAssessmentFor\","                     \
               "\"security_percentile\":" percentile ",\"security_probability\":" probability)
#define SNIPPET(from, to)                                                                                              \
    ELEMENT_OF("software_Snippet",                                                                                     \
               ",\"software_snippetFromFile\":\"urn:p\",\"software_byteRange\":{\"type\":"                             \
               "\"PositiveIntegerRange\",\"beginIntegerRange\":" from ",\"endIntegerRange\":" to "}")

static struct sbom_problems problems_of(struct testing *t, str text, struct sbom **s) {
    struct sbom_problems problems = {0};
    if (!sbom_read(&t->ctx, t->a, text, S("f"), SBOM_VALIDATE, s, &problems, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return problems;
}

static void rules(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where; /* NULL = none is broken */
    } rows[] = {
        {GRAPH(""), NULL},
        {ELEMENT_OF("software_Package", ",\"software_packageVersion\":\"1\",\"suppliedBy\":\"urn:a\""), NULL},
        {ELEMENT_OF("Relationship", ",\"from\":\"urn:a\",\"to\":[\"NoneElement\"],\"relationshipType\":\"other\""),
         NULL},
        {ELEMENT_OF("software_Package", ",\"releaseTime\":\"2024\""), "f#/@graph/2/releaseTime"},
        {ELEMENT_OF("software_Package", ",\"packageVersion\":\"1\""), "f#/@graph/2/packageVersion"},
        {ELEMENT_OF("software_Package", ",\"name\":1"), "f#/@graph/2/name"},
        {ELEMENT_OF("software_Package", ",\"suppliedBy\":\"urn:gone\""), "f#/@graph/2/suppliedBy"},
        {ELEMENT_OF("software_Package", ",\"originatedBy\":\"urn:a\""), "f#/@graph/2/originatedBy"},
        {ELEMENT_OF("software_Package", ",\"software_primaryPurpose\":\"toy\""), "f#/@graph/2/software_primaryPurpose"},
        {ELEMENT_OF("software_Package", ",\"verifiedUsing\":[{\"type\":\"Hash\",\"algorithm\":\"sha1\"}]"),
         "f#/@graph/2/verifiedUsing/0"},
        {ELEMENT_OF("software_Pkg", ""), "f#/@graph/2/type"},
        {ELEMENT_OF("software_SoftwareArtifact", ""), "f#/@graph/2/type"},
        {ELEMENT_OF("Relationship", ",\"from\":\"urn:a\",\"relationshipType\":\"other\""), "f#/@graph/2"},
        {ELEMENT_OF("Relationship", ",\"from\":\"urn:a\",\"to\":[],\"relationshipType\":\"other\""), "f#/@graph/2/to"},
        {ELEMENT_OF("Relationship", ",\"from\":\"urn:a\",\"to\":[\"urn:a\"],\"relationshipType\":\"CONTAINS\""),
         "f#/@graph/2/relationshipType"},
        {ELEMENT_OF("simplelicensing_LicenseExpression", ",\"simplelicensing_licenseExpression\":\"MIT OR\""),
         "f#/@graph/2/simplelicensing_licenseExpression"},
        {ELEMENT_OF("simplelicensing_LicenseExpression",
                    ",\"simplelicensing_licenseExpression\":\"MIT\",\"simplelicensing_licenseListVersion\":\"3.25.0\""),
         NULL},
        {ELEMENT_OF("simplelicensing_LicenseExpression",
                    ",\"simplelicensing_licenseExpression\":\"MIT\",\"simplelicensing_licenseListVersion\":\"3.25\""),
         "f#/@graph/2/simplelicensing_licenseListVersion"},
        {ELEMENT_OF("software_File", ",\"contentType\":\"text/plain\""), NULL},
        {ELEMENT_OF("software_File", ",\"contentType\":\"text\""), "f#/@graph/2/contentType"},
        /* xsd:decimal is a number or a text that is one */
        {EPSS("0.5", "\"0.93\""), NULL},
        {EPSS("\"-1.\"", "1"), NULL},
        {EPSS("\"1e3\"", "1"), "f#/@graph/2/security_percentile"},
        {EPSS("1", "\"\""), "f#/@graph/2/security_probability"},
        {SNIPPET("1", "2"), NULL},
        {SNIPPET("0", "2"), "f#/@graph/2/software_byteRange/beginIntegerRange"},
        {SNIPPET("1", "2.5"), "f#/@graph/2/software_byteRange/endIntegerRange"},
        /* known as SPDX, though it cannot be read */
        {"{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",\"@graph\":\"x\"}", "f#/@graph"},
        {GRAPH(",7"), "f#/@graph/2"},
        {GRAPH(",{\"type\":\"Person\",\"spdxId\":\"urn:a\",\"creationInfo\":\"_:c\"}"), "f#/@graph/2/spdxId"},
        {GRAPH(",{\"type\":\"Person\",\"creationInfo\":\"_:c\"}"), "f#/@graph/2"},
        {GRAPH(",{\"type\":\"Person\",\"spdxId\":\"SPDXRef-x\",\"creationInfo\":\"_:c\"}"), "f#/@graph/2/spdxId"},
        {GRAPH(",{\"type\":\"Person\",\"spdxId\":\"urn:x\"}"), "f#/@graph/2"},
        {GRAPH(",{\"type\":\"Person\",\"spdxId\":\"urn:x\",\"creationInfo\":\"_:gone\"}"), "f#/@graph/2/creationInfo"},
        {GRAPH(",{\"spdxId\":\"urn:x\",\"creationInfo\":\"_:c\"}"), "f#/@graph/2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom *s;
        struct sbom_problems p = problems_of(t, str_of(rows[i].text), &s);
        bool found = !rows[i].where && !p.n;
        for (uint32_t k = 0; rows[i].where && k < p.n; k++)
            found |= p.v[k].error && str_is(p.v[k].where, rows[i].where);
        if (!found)
            fail_msg("row %zu: first problem: %.*s: %.*s", i, STR_ARG(p.n ? p.v[0].where : S("none")),
                     STR_ARG(p.n ? p.v[0].what : S("")));
    }
}

static str write_ok(struct testing *t, const struct sbom *s) {
    struct sbom_form form = {.format = SBOM_SPDX3, .notation = NOTE_JSON, .version = S("3.0.1")};
    struct buf b = {0};
    assert_true(sbom_write(&t->ctx, s, form, false, &b, NULL, &t->e));
    str text = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* From SPDX 2.3: valid, and the same facts when it is read again; the same bytes when it is written again. */
static void writes_what_keeps_them(void **state) {
    struct testing *t = *state;
    struct sbom *s, *again;
    static const char text[] =
        "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"n\",\"dataLicense\":\"CC0-1.0\","
        "\"documentNamespace\":\"https://e.x/n\",\"creationInfo\":{\"created\":\"2024-01-01T00:00:00Z\",\"creators\":["
        "\"Organization: Acme (a@e.x)\",\"Tool: x-1\"]},\"documentDescribes\":[\"SPDXRef-a\"],\"packages\":[{"
        "\"SPDXID\":\"SPDXRef-a\",\"name\":\"a\",\"versionInfo\":\"1\",\"downloadLocation\":\"NONE\",\"supplier\":"
        "\"Organization: Acme (a@e.x)\",\"licenseDeclared\":\"MIT OR LicenseRef-1\",\"externalRefs\":[{"
        "\"referenceCategory\":\"PACKAGE-MANAGER\",\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:npm/a@1\"}],"
        "\"checksums\":[{\"algorithm\":\"SHA1\",\"checksumValue\":\"d6a770ba38583ed4bb4525bd96e50461655d2759\"}]},"
        "{\"SPDXID\":\"SPDXRef-b\",\"name\":\"b\",\"downloadLocation\":\"https://e.x/b\"}],"
        "\"hasExtractedLicensingInfos\":[{\"licenseId\":\"LicenseRef-1\",\"extractedText\":\"text\"}],"
        "\"externalDocumentRefs\":[{\"externalDocumentId\":\"DocumentRef-o\",\"spdxDocument\":\"https://e.x/"
        "o\",\"checksum\":{"
        "\"algorithm\":\"SHA1\",\"checksumValue\":\"d6a770ba38583ed4bb4525bd96e50461655d2759\"}}],"
        "\"relationships\":[{\"spdxElementId\":\"SPDXRef-b\",\"relationshipType\":\"DEV_DEPENDENCY_OF\","
        "\"relatedSpdxElement\":\"SPDXRef-a\"},{\"spdxElementId\":\"SPDXRef-b\",\"relationshipType\":\"DEPENDS_ON\","
        "\"relatedSpdxElement\":\"NONE\"},{\"spdxElementId\":\"SPDXRef-b\",\"relationshipType\":\"COPY_OF\","
        "\"relatedSpdxElement\":\"DocumentRef-o:SPDXRef-b\"}]}";
    problems_of(t, str_of(text), &s);
    str written = write_ok(t, s);
    struct sbom_problems p = problems_of(t, written, &again);
    if (p.n)
        fail_msg("%.*s: %.*s", STR_ARG(p.v[0].where), STR_ARG(p.v[0].what));
    assert_true(str_eq(written, write_ok(t, s)));
    assert_true(str_eq(written, write_ok(t, again)));
    check_str(again->authors.v[0].email, "a@e.x");
    check_str(again->components.v[0].ref, "https://e.x/n#SPDXRef-a");
    check_str(again->components.v[0].purl, "pkg:npm/a@1");
    check_str(again->components.v[0].supplier->name, "Acme");
    check_str(again->components.v[0].licences.v[0].expression, "MIT OR LicenseRef-1");
    check_str(again->licence_texts.v[0].id, "LicenseRef-1");
    assert_int_equal(again->root, 0);
    check_str(again->relations.v[0].type, "DEV_DEPENDENCY_OF");
    check_str(again->relations.v[0].from, "https://e.x/n#SPDXRef-b");
}

/* A changed document keeps what the model does not name. */
static void keeps_the_rest_of_a_changed_graph(void **state) {
    struct testing *t = *state;
    struct sbom *s, *again;
    problems_of(t,
                S(ELEMENT_OF("software_Package", ",\"name\":\"p\",\"software_attributionText\":[\"x\"]},{\"type\":"
                                                 "\"Annotation\",\"spdxId\":\"urn:n\",\"creationInfo\":\"_:c\","
                                                 "\"annotationType\":\"other\",\"subject\":\"urn:p\"")),
                &s);
    s->components.v[0].version = S("2");
    str written = write_ok(t, s);
    struct sbom_problems p = problems_of(t, written, &again);
    if (p.n)
        fail_msg("%.*s: %.*s", STR_ARG(p.v[0].where), STR_ARG(p.v[0].what));
    check_str(again->components.v[0].version, "2");
    check_str(again->components.v[0].ref, "urn:p");
    assert_int_equal(again->components.v[0].extras.n, 1);
    assert_true(str_find(written, S("\"Annotation\"")) != STR_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(rules),
        TEST(writes_what_keeps_them),
        TEST(keeps_the_rest_of_a_changed_graph),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
