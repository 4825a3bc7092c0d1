/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "sbom/codec.h"

static void detects(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum sbom_format format;
        enum sbom_notation notation;
        const char *version;
    } rows[] = {
        {"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}", SBOM_CYCLONEDX, NOTE_JSON, "1.6"},
        {" {\"specVersion\":\"1.4\", \"components\":[{\"bomFormat\":\"x\"}], \"bomFormat\" : \"CycloneDX\"}",
         SBOM_CYCLONEDX, NOTE_JSON, "1.4"},
        {"{\"$schema\":\"http://cyclonedx.org/schema/bom-1.6.schema.json\",\"bomFormat\":\"Other\","
         "\"specVersion\":\"1.6\"}",
         SBOM_CYCLONEDX, NOTE_JSON, "1.6"},
        {"\xEF\xBB\xBF{\"SPDXID\":\"SPDXRef-DOCUMENT\",\"spdxVersion\":\"SPDX-2.3\"}", SBOM_SPDX2, NOTE_JSON, "2.3"},
        {"{\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"\\\"", SBOM_SPDX2, NOTE_JSON, ""},
        {"{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",\"@graph\":[]}", SBOM_SPDX3, NOTE_JSON,
         "3.0.1"},
        {"{\"@context\":[\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",{}],\"@graph\":[]}", SBOM_SPDX3, NOTE_JSON,
         "3.0.1"},
        {"<?xml version=\"1.0\"?>\n<!-- <bom> --><bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\" version=\"1\">",
         SBOM_CYCLONEDX, NOTE_XML, "1.5"},
        {"<c:bom xmlns:c='http://cyclonedx.org/schema/bom/1.0'/>", SBOM_CYCLONEDX, NOTE_XML, "1.0"},
        {"<rdf:RDF xmlns:spdx=\"http://spdx.org/rdf/terms#\"><spdx:specVersion>SPDX-2.2</spdx:specVersion>", SBOM_SPDX2,
         NOTE_RDF, "2.2"},
        {"# a comment\nDocumentName: x\nSPDXVersion: SPDX-2.2\n", SBOM_SPDX2, NOTE_TAGVALUE, "2.2"},
        {"SPDXID: \"SPDXRef-DOCUMENT\"\nspdxVersion: \"SPDX-2.3\"\n", SBOM_SPDX2, NOTE_YAML, "2.3"},
        {"", SBOM_NONE, NOTE_JSON, ""},
        {"{\"name\":\"left-pad\",\"lockfileVersion\":3}", SBOM_NONE, NOTE_JSON, ""},
        {"<project><bom/></project>", SBOM_NONE, NOTE_JSON, ""},
        {"<", SBOM_NONE, NOTE_JSON, ""},
        {"not SPDXVersion: SPDX-2.2\n", SBOM_NONE, NOTE_JSON, ""},
        {"\nSPDXVersion:", SBOM_SPDX2, NOTE_TAGVALUE, ""},
        {"{\"a\\", SBOM_NONE, NOTE_JSON, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom_form form = sbom_detect(str_of(rows[i].text));
        if (form.format != rows[i].format || form.notation != rows[i].notation ||
            !str_is(form.version, rows[i].version))
            fail_msg("row %zu: got %d %d \"%.*s\"", i, (int)form.format, (int)form.notation, STR_ARG(form.version));
    }
}

static void names_of_forms(void **state) {
    struct testing *t = *state;
    struct sbom_form form;
    assert_false(sbom_form_parse(S("cyclonedx-json@0.9"), &form, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
    assert_string_equal(t->e.where, "cyclonedx-json@0.9");
    assert_false(sbom_form_parse(S("nonsense"), &form, &t->e));
    assert_string_equal(t->e.where, "nonsense");
    check_str(sbom_form_name(t->a, (struct sbom_form){SBOM_CYCLONEDX, NOTE_JSON, S("1.6")}), "cyclonedx-json@1.6");
}

int main(void) {
    const struct CMUnitTest all[] = {TEST(detects), TEST(names_of_forms)};
    return cmocka_run_group_tests_name("sbom-detect", all, NULL, NULL);
}
