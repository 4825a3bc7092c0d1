/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "sbom/spdx3.h"

#define CONTEXT "\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\","

static const char whole[] =
    "{" CONTEXT "\"@graph\":["
    "{\"type\":\"CreationInfo\",\"@id\":\"_:c\",\"specVersion\":\"3.0.1\",\"created\":\"2024-01-01T00:00:00Z\","
    "\"createdBy\":[\"urn:org\"],\"createdUsing\":[\"urn:tool\"]},"
    "{\"type\":\"Organization\",\"spdxId\":\"urn:org\",\"name\":\"Acme\",\"externalIdentifier\":[{\"type\":"
    "\"ExternalIdentifier\",\"externalIdentifierType\":\"email\",\"identifier\":\"a@e.x\"}]},"
    "{\"type\":\"Tool\",\"spdxId\":\"urn:tool\",\"name\":\"make-it-2.0\"},"
    "{\"type\":\"SpdxDocument\",\"spdxId\":\"urn:doc\",\"creationInfo\":\"_:c\",\"name\":\"n\",\"rootElement\":"
    "[\"urn:sbom\"],\"dataLicense\":\"https://spdx.org/licenses/CC0-1.0\"},"
    "{\"type\":\"software_Sbom\",\"spdxId\":\"urn:sbom\",\"rootElement\":[\"urn:p\"]},"
    "{\"type\":\"software_Package\",\"spdxId\":\"urn:p\",\"name\":\"p\",\"software_packageVersion\":\"1\","
    "\"software_packageUrl\":\"pkg:npm/p@1\",\"software_primaryPurpose\":\"library\",\"suppliedBy\":\"urn:org\","
    "\"originatedBy\":[\"urn:gone\"],\"verifiedUsing\":[{\"type\":\"Hash\",\"algorithm\":\"sha3_256\",\"hashValue\":"
    "\"AB\"}],\"externalIdentifier\":[{\"externalIdentifierType\":\"cpe23\",\"identifier\":\"cpe:2.3:a\"}],"
    "\"externalRef\":[{\"externalRefType\":\"issueTracker\",\"locator\":[\"https://e.x\"]}],\"supportLevel\":[]},"
    "{\"type\":\"ai_AIPackage\",\"spdxId\":\"urn:m\",\"name\":\"m\"},"
    "{\"type\":\"software_File\",\"spdxId\":\"urn:f\",\"name\":\"./f\"},"
    "{\"type\":\"simplelicensing_LicenseExpression\",\"spdxId\":\"urn:l\",\"simplelicensing_licenseExpression\":"
    "\"MIT\"},"
    "{\"type\":\"expandedlicensing_DisjunctiveLicenseSet\",\"spdxId\":\"urn:set\",\"expandedlicensing_member\":"
    "[\"https://spdx.org/licenses/MIT\",\"urn:own/LicenseRef-1\"]},"
    "{\"type\":\"expandedlicensing_ConjunctiveLicenseSet\",\"spdxId\":\"urn:loop\",\"expandedlicensing_member\":"
    "[\"urn:loop\",\"urn:loop\"]},"
    "{\"type\":\"Relationship\",\"spdxId\":\"urn:r1\",\"from\":\"urn:p\",\"relationshipType\":\"hasDeclaredLicense\","
    "\"to\":[\"urn:l\"]},"
    "{\"type\":\"Relationship\",\"spdxId\":\"urn:r2\",\"from\":\"urn:p\",\"relationshipType\":\"hasConcludedLicense\","
    "\"to\":[\"urn:set\",\"urn:loop\"]},"
    "{\"type\":\"Relationship\",\"spdxId\":\"urn:r3\",\"from\":\"urn:p\",\"relationshipType\":\"contains\","
    "\"to\":[\"urn:f\",\"urn:m\"]},"
    "{\"type\":\"LifecycleScopedRelationship\",\"spdxId\":\"urn:r4\",\"from\":\"urn:p\",\"relationshipType\":"
    "\"dependsOn\",\"scope\":\"development\",\"to\":[\"urn:m\"]},"
    "{\"type\":\"Relationship\",\"spdxId\":\"urn:r5\",\"from\":\"urn:m\",\"relationshipType\":\"trainedOn\","
    "\"to\":[\"urn:p\"]}"
    "]}";

static struct sbom *read_ok(struct testing *t, const char *text) {
    struct sbom *s = NULL;
    if (!sbom_read(&t->ctx, t->a, str_of(text), S("f"), SBOM_LENIENT, &s, NULL, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return s;
}

static void fills_the_model(void **state) {
    struct testing *t = *state;
    struct sbom *s = read_ok(t, whole);
    check_str(s->form.version, "3.0.1");
    check_str(s->id, "urn:doc");
    check_str(s->data_licence, "CC0-1.0");
    check_str(s->created, "2024-01-01T00:00:00Z");
    check_str(s->authors.v[0].name, "Acme");
    check_str(s->authors.v[0].email, "a@e.x");
    check_str(s->tools.v[0].name, "make-it");
    check_str(s->tools.v[0].version, "2.0");
    assert_int_equal(s->components.n, 2);
    assert_int_equal(s->components.v[1].type, TYPE_MODEL);
    assert_int_equal(s->files.n, 1);
    struct sbom_component *c = &s->components.v[0];
    check_str(c->purl, "pkg:npm/p@1");
    check_str(c->hashes.v[0].alg, "SHA3-256");
    check_str(c->hashes.v[0].hex, "ab");
    check_str(c->cpes.v[0], "cpe:2.3:a");
    check_str(c->externals.v[0].type, "issue-tracker");
    check_str(c->supplier->name, "Acme");
    check_str(c->producer->name, "urn:gone");
    assert_int_equal(c->extras.n, 1);
    assert_int_equal(s->root, 0);
}

static void licences_are_relationships(void **state) {
    struct testing *t = *state;
    struct sbom_component *c = &read_ok(t, whole)->components.v[0];
    assert_int_equal(c->licences.n, 2); /* the set that contains itself is none */
    check_str(c->licences.v[0].expression, "MIT");
    assert_int_equal(c->licences.v[0].kind, LICENCE_DECLARED);
    check_str(c->licences.v[1].expression, "(MIT OR LicenseRef-1)");
    assert_int_equal(c->licences.v[1].kind, LICENCE_CONCLUDED);
}

static void relationships_become_relations(void **state) {
    struct testing *t = *state;
    struct sbom *s = read_ok(t, whole);
    static const struct {
        const char *from, *type, *to;
        bool implied;
    } rows[] = {
        {"urn:p", "CONTAINS", "urn:f", false},          {"urn:p", "CONTAINS", "urn:m", false},
        {"urn:m", "DEV_DEPENDENCY_OF", "urn:p", false}, {"urn:m", "TRAINED_ON", "urn:p", false},
        {"urn:doc", "DESCRIBES", "urn:p", true},
    };
    assert_int_equal(s->relations.n, sizeof rows / sizeof *rows);
    for (size_t i = 0; i < s->relations.n; i++) {
        check_str(s->relations.v[i].from, rows[i].from);
        check_str(s->relations.v[i].type, rows[i].type);
        check_str(s->relations.v[i].to, rows[i].to);
        assert_int_equal(s->relations.v[i].implied, rows[i].implied);
    }
}

static void words_go_both_ways(void **state) {
    struct testing *t = *state;
    static const char *const types[] = {"CONTAINS",  "DEPENDS_ON", "DEV_DEPENDENCY_OF", "TEST_TOOL_OF", "TRAINED_ON",
                                        "PATCH_FOR", "OTHER"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        bool there, back;
        str scope, type = spdx3_relation_from_model(str_of(types[i]), &scope, &there);
        check_str(spdx3_relation_to_model(t->a, type, scope, &back), types[i]);
        assert_int_equal(there, back);
        assert_true(spdx3_is_relation(type));
    }
    check_str(spdx3_class(S("https://spdx.org/rdf/3.0.1/terms/Software/Package")), "Package");
}

static void one_object_is_a_document(void **state) {
    struct testing *t = *state;
    struct sbom *s = read_ok(t, "{" CONTEXT "\"type\":\"software_Package\",\"spdxId\":\"urn:p\",\"name\":\"p\"}");
    assert_int_equal(s->components.n, 1);
}

static void refuses_what_is_no_graph(void **state) {
    struct testing *t = *state;
    struct sbom *s;
    assert_false(sbom_read(&t->ctx, t->a, S("{" CONTEXT "\"@graph\":{}}"), S("f"), 0, &s, NULL, &t->e));
    assert_string_equal(t->e.where, "f#/@graph");
    assert_false(sbom_read(&t->ctx, t->a, S("{" CONTEXT "\"@graph\":[{},1]}"), S("f"), 0, &s, NULL, &t->e));
    assert_string_equal(t->e.where, "f#/@graph/1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(fills_the_model),    TEST(licences_are_relationships), TEST(relationships_become_relations),
        TEST(words_go_both_ways), TEST(one_object_is_a_document),   TEST(refuses_what_is_no_graph),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
