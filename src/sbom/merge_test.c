/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "sbom/merge.h"

static struct sbom *part(struct testing *t, const char *text) {
    struct sbom *s = NULL;
    if (!sbom_read(&t->ctx, t->a, str_of(text), S("f"), SBOM_LENIENT, &s, NULL, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return s;
}

#define PURL(purl)                                                                                                     \
    "\"externalRefs\":[{\"referenceCategory\":\"PACKAGE-MANAGER\",\"referenceType\":\"purl\",\"referenceLocator\":"    \
    "\"" purl "\"}]"

/* Both parts call other things SPDXRef-x and LicenseRef-1. */
static const char one[] =
    "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"documentDescribes\":[\"SPDXRef-x\"],\"packages\":["
    "{\"SPDXID\":\"SPDXRef-x\",\"name\":\"one\",\"versionInfo\":\"1\",\"licenseDeclared\":\"LicenseRef-1\"},"
    "{\"SPDXID\":\"SPDXRef-l\",\"name\":\"lib\",\"versionInfo\":\"1\"," PURL(
        "pkg:npm/lib@1") "}],"
                         "\"hasExtractedLicensingInfos\":[{\"licenseId\":\"LicenseRef-1\",\"extractedText\":\"a\"}],"
                         "\"relationships\":[{\"spdxElementId\":\"SPDXRef-x\",\"relationshipType\":\"DEPENDS_ON\","
                         "\"relatedSpdxElement\":"
                         "\"SPDXRef-l\"}]}";
static const char two[] =
    "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"packages\":["
    "{\"SPDXID\":\"SPDXRef-x\",\"name\":\"two\",\"versionInfo\":\"2\",\"licenseDeclared\":\"MIT OR LicenseRef-1\"},"
    "{\"SPDXID\":\"SPDXRef-y\",\"name\":\"lib\",\"versionInfo\":\"1\",\"supplier\":\"Organization: Acme\","
    "\"licenseDeclared\":\"MIT\"," PURL(
        "pkg:npm/lib@1") "}],"
                         "\"hasExtractedLicensingInfos\":[{\"licenseId\":\"LicenseRef-1\",\"extractedText\":\"b\"}],"
                         "\"relationships\":[{\"spdxElementId\":\"SPDXRef-x\",\"relationshipType\":\"DEPENDS_ON\","
                         "\"relatedSpdxElement\":"
                         "\"SPDXRef-y\"}]}";

static struct sbom *merged(struct testing *t, struct sbom_problems *notes) {
    struct merge_part parts[] = {{part(t, one), S("one.json")}, {part(t, two), S("two.json")}};
    struct merge_options options = {.product = S("suite"), .version = S("9"), .supplier = S("Us")};
    t->ctx.now = 1700000000;
    return sbom_merge(&t->ctx, t->a, parts, 2, &options, notes);
}

static void duplicates_become_one(void **state) {
    struct testing *t = *state;
    struct sbom *s = merged(t, NULL);
    assert_int_equal(s->components.n, 4); /* suite, one, lib, two */
    assert_int_equal(s->root, 0);
    check_str(s->components.v[0].ref, "suite@9");
    struct sbom_component *lib = &s->components.v[2];
    check_str(lib->purl, "pkg:npm/lib@1");
    check_str(lib->supplier->name, "Acme");
    check_str(lib->licences.v[0].expression, "MIT");
    assert_int_equal(lib->properties.n, 2);
    check_str(lib->properties.v[0].value, "one.json");
    check_str(lib->properties.v[1].value, "two.json");
}

static void relations_are_rewired(void **state) {
    struct testing *t = *state;
    struct sbom *s = merged(t, NULL);
    static const struct { uint32_t from, to; } rows[] = {{1, 2}, {0, 1}, {3, 2}, {0, 3}};
    assert_int_equal(s->relations.n, 4);
    for (uint32_t i = 0; i < 4; i++) {
        check_str(s->relations.v[i].type, "DEPENDS_ON");
        assert_int_equal(s->relations.v[i].from_at, rows[i].from);
        assert_int_equal(s->relations.v[i].to_at, rows[i].to);
    }
}

static void licence_refs_do_not_collide(void **state) {
    struct testing *t = *state;
    struct sbom *s = merged(t, NULL);
    assert_int_equal(s->licence_texts.n, 2);
    check_str(s->components.v[1].licences.v[0].expression, "LicenseRef-1");
    check_str(s->components.v[3].licences.v[0].expression, "MIT OR LicenseRef-1-2");
    check_str(s->licence_texts.v[1].id, "LicenseRef-1-2");
}

/* The parts stay as they were, and what the merge makes is valid in each format. */
static void the_result_can_be_written(void **state) {
    struct testing *t = *state;
    static const struct {
        enum sbom_format format;
        enum sbom_notation notation;
        const char *version;
    } forms[] = {{SBOM_SPDX2, NOTE_JSON, "2.3"}, {SBOM_SPDX2, NOTE_TAGVALUE, "2.3"}, {SBOM_SPDX3, NOTE_JSON, "3.0.1"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct sbom_problems problems = {0};
        struct sbom *again;
        struct buf b = {0};
        struct sbom_form form = {forms[i].format, forms[i].notation, str_of(forms[i].version)};
        assert_true(sbom_write(&t->ctx, merged(t, NULL), form, true, &b, NULL, &t->e));
        assert_true(
            sbom_read(&t->ctx, t->a, arena_str(t->a, buf_str(&b)), S("f"), SBOM_VALIDATE, &again, &problems, &t->e));
        buf_free(&b);
        if (problems.n)
            fail_msg("%.*s: %.*s", STR_ARG(problems.v[0].where), STR_ARG(problems.v[0].what));
        assert_int_equal(again->components.n, 4);
        assert_int_equal(again->components.v[2].properties.n, 2);
    }
}

static void what_is_left_behind_is_told(void **state) {
    struct testing *t = *state;
    struct sbom_problems notes = {0};
    merged(t, &notes);
    assert_int_equal(notes.n, 1); /* documentDescribes of the first part */
    check_str(notes.v[0].where, "one.json");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(duplicates_become_one),     TEST(relations_are_rewired),       TEST(licence_refs_do_not_collide),
        TEST(the_result_can_be_written), TEST(what_is_left_behind_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
