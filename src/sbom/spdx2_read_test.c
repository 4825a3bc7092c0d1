/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "sbom/spdx2.h"

static const char whole[] =
    "{\"SPDXID\":\"SPDXRef-DOCUMENT\",\"spdxVersion\":\"SPDX-2.3\",\"name\":\"n\",\"dataLicense\":\"CC0-1.0\","
    "\"documentNamespace\":\"https://example.com/n\",\"documentDescribes\":[\"SPDXRef-a\"],"
    "\"creationInfo\":{\"created\":\"2024-01-02T03:04:05Z\",\"creators\":[\"Tool: make-it-1.2.3\","
    "\"Organization: Acme (Europe) (x@example.com)\",\"Person: Jo ()\"],\"licenseListVersion\":\"3.9\"},"
    "\"packages\":[{\"SPDXID\":\"SPDXRef-a\",\"name\":\"a\",\"versionInfo\":\"1.0\",\"downloadLocation\":\"NONE\","
    "\"supplier\":\"Organization: Acme\",\"originator\":\"NOASSERTION\",\"filesAnalyzed\":false,"
    "\"licenseDeclared\":\"MIT\",\"licenseConcluded\":\"NOASSERTION\",\"licenseInfoFromFiles\":[\"MIT\",\"NONE\"],"
    "\"primaryPackagePurpose\":\"LIBRARY\",\"hasFiles\":[\"SPDXRef-f\"],"
    "\"checksums\":[{\"algorithm\":\"SHA256\",\"checksumValue\":\"AB\"}],"
    "\"externalRefs\":[{\"referenceCategory\":\"PACKAGE_MANAGER\",\"referenceType\":\"purl\","
    "\"referenceLocator\":\"pkg:npm/a@1.0\"},{\"referenceCategory\":\"PACKAGE-MANAGER\",\"referenceType\":"
    "\"http://spdx.org/rdf/references/purl\",\"referenceLocator\":\"pkg:npm/b@1.0\"},"
    "{\"referenceCategory\":\"SECURITY\",\"referenceType\":\"cpe23Type\",\"referenceLocator\":\"cpe:2.3:a\"},"
    "{\"referenceCategory\":\"OTHER\",\"referenceType\":\"x\",\"referenceLocator\":\"y\"}]}],"
    "\"files\":[{\"SPDXID\":\"SPDXRef-f\",\"fileName\":\"./f\",\"checksums\":[],\"fileTypes\":[\"SOURCE\"]}],"
    "\"hasExtractedLicensingInfos\":[{\"licenseId\":\"LicenseRef-1\",\"extractedText\":\"t\",\"seeAlsos\":[\"u\"]}],"
    "\"relationships\":[{\"spdxElementId\":\"SPDXRef-a\",\"relationshipType\":\"CONTAINS\","
    "\"relatedSpdxElement\":\"SPDXRef-f\",\"comment\":\"c\"}],\"snippets\":[]}";

static struct sbom *read_ok(struct testing *t, const char *text) {
    struct sbom *s = NULL;
    if (!sbom_read(&t->ctx, t->a, str_of(text), S("f"), SBOM_LENIENT, &s, NULL, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return s;
}

static void fills_the_document(void **state) {
    struct testing *t = *state;
    struct sbom *s = read_ok(t, whole);
    check_str(s->form.version, "2.3");
    check_str(s->name, "n");
    check_str(s->id, "https://example.com/n");
    check_str(s->created, "2024-01-02T03:04:05Z");
    assert_int_equal(s->tools.n, 1);
    check_str(s->tools.v[0].name, "make-it");
    check_str(s->tools.v[0].version, "1.2.3");
    assert_int_equal(s->authors.n, 2);
    check_str(s->authors.v[0].name, "Acme (Europe)");
    check_str(s->authors.v[0].email, "x@example.com");
    check_str(s->authors.v[1].name, "Jo");
    assert_true(s->authors.v[1].is_person);
    assert_int_equal(s->metadata_extras.n, 1);
    assert_int_equal(s->licence_texts.n, 1);
    check_str(s->licence_texts.v[0].urls.v[0], "u");
    assert_int_equal(s->files.n, 1);
    check_str(s->files.v[0].types.v[0], "SOURCE");
    assert_int_equal(s->extras.n, 2); /* documentDescribes, snippets */
    assert_int_equal(s->root, 0);
}

static void fills_a_package(void **state) {
    struct testing *t = *state;
    struct sbom_component *c = &read_ok(t, whole)->components.v[0];
    check_str(c->ref, "SPDXRef-a");
    check_str(c->supplier->name, "Acme");
    assert_null(c->producer);
    assert_null(c->download.p);
    assert_int_equal(c->type, TYPE_LIBRARY);
    assert_int_equal(c->licences.n, 2);
    assert_int_equal(c->licences.v[1].kind, LICENCE_SEEN);
    check_str(c->hashes.v[0].alg, "SHA-256");
    check_str(c->hashes.v[0].hex, "ab");
    check_str(c->purl, "pkg:npm/a@1.0");
    check_str(c->more_purls.v[0], "pkg:npm/b@1.0");
    check_str(c->cpes.v[0], "cpe:2.3:a");
    assert_int_equal(c->externals.n, 1);
    check_str(c->externals.v[0].category, "OTHER");
    /* downloadLocation, originator, filesAnalyzed, licenseConcluded, licenseInfoFromFiles, hasFiles */
    assert_int_equal(c->extras.n, 6);
}

static void shorthand_becomes_relations_once(void **state) {
    struct testing *t = *state;
    struct sbom *s = read_ok(t, whole);
    assert_int_equal(s->relations.n, 2);
    check_str(s->relations.v[0].type, "CONTAINS");
    assert_false(s->relations.v[0].implied);
    check_str(s->relations.v[1].type, "DESCRIBES");
    assert_true(s->relations.v[1].implied);
    assert_int_equal(s->relations.v[1].to_at, 0);
}

static void refuses_what_is_no_array_of_objects(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"{\"spdxVersion\":\"SPDX-2.3\",\"packages\":{}}", "f#/packages"},
        {"{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{},1]}", "f#/packages/1"},
        {"{\"spdxVersion\":\"SPDX-2.3\",\"relationships\":[[]]}", "f#/relationships/0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom *s;
        assert_false(sbom_read(&t->ctx, t->a, str_of(rows[i].text), S("f"), 0, &s, NULL, &t->e));
        assert_int_equal(t->e.kind, ERR_INPUT);
        assert_string_equal(t->e.where, rows[i].where);
    }
}

static void parses_parties(void **state) {
    (void)state;
    static const struct {
        const char *text, *name, *email;
        bool person;
    } rows[] = {
        {"Organization: Acme", "Acme", NULL, false},
        {"Person: Jane Doe (jane@example.com)", "Jane Doe", "jane@example.com", true},
        {"Person: Jane ()", "Jane", NULL, true},
        {"Organization: Acme (Japan)", "Acme (Japan)", NULL, false},
        {"Acme", "Acme", NULL, false},
        {"https://example.com", "https://example.com", NULL, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom_org org = {0};
        spdx2_party_parse(str_of(rows[i].text), &org);
        check_str(org.name, rows[i].name);
        assert_int_equal(org.is_person, rows[i].person);
        assert_true(str_eq(org.email, str_of(rows[i].email)));
    }
}

static void parses_tools(void **state) {
    (void)state;
    static const struct {
        const char *text, *name, *version;
    } rows[] = {
        {"syft-0.60.1", "syft", "0.60.1"},   {" x-v2", "x", "v2"},
        {"make-it", "make-it", ""},          {"Microsoft.SBOMTool-0.2.7-rc1", "Microsoft.SBOMTool", "0.2.7-rc1"},
        {"a-1.0-beta-2", "a-1.0-beta", "2"}, {"-1", "-1", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom_tool tool = {0};
        spdx2_tool_parse(str_of(rows[i].text), &tool);
        check_str(tool.name, rows[i].name);
        check_str(tool.version, rows[i].version);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(fills_the_document),
        TEST(fills_a_package),
        TEST(shorthand_becomes_relations_once),
        TEST(refuses_what_is_no_array_of_objects),
        TEST(parses_parties),
        TEST(parses_tools),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
