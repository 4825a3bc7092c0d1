/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "vuln/vex.h"

static struct sbom *app(struct arena *a) {
    struct sbom *s = sbom_new(a);
    static const char *const purls[] = {"pkg:oci/app@1.0", "pkg:npm/lodash@4.17.20", "pkg:npm/%40x/y@2.0.0"};
    for (size_t i = 0; i < 3; i++) {
        struct sbom_component *c = sbom_add(s);
        c->ref = c->purl = str_of(purls[i]);
        c->is_root = i == 0;
    }
    s->id = S("urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79");
    sbom_link(s);
    return s;
}

static const struct vex_statement *decide(struct testing *t, const char *document, const char *name, uint32_t at) {
    struct vex vex = {.a = t->a};
    if (!vex_read(&t->ctx, &vex, str_of(document), S("v.json"), &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    struct sbom *s = app(t->a);
    str names[] = {S("GHSA-other"), str_of(name)};
    return vex_decide(&vex, names, 2, s, &s->components.v[at]);
}

#define OPENVEX(statements)                                                                                            \
    "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"x\",\"author\":\"a\",\"version\":1,"                    \
    "\"timestamp\":\"2026-01-01T00:00:00Z\",\"statements\":[" statements "]}"

static void openvex_products(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *product;
        bool lodash, scoped;
    } rows[] = {
        {"{\"@id\":\"pkg:npm/lodash@4.17.20\"}", true, false},
        {"{\"@id\":\"pkg:npm/lodash\"}", true, false},
        {"{\"@id\":\"pkg:npm/lodash@4.17.21\"}", false, false},
        {"{\"@id\":\"pkg:npm/%40x/y\"}", false, true},
        {"{\"@id\":\"pkg:oci/app@1.0\"}", true, true},
        {"{\"@id\":\"pkg:oci/app@1.0\",\"subcomponents\":[{\"@id\":\"pkg:npm/lodash\"}]}", true, false},
        {"{\"@id\":\"pkg:oci/other\",\"subcomponents\":[{\"@id\":\"pkg:npm/lodash\"}]}", false, false},
        {"{\"@id\":\"https://x/y\",\"identifiers\":{\"purl\":\"pkg:npm/lodash\"}}", true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str doc = arena_printf(t->a,
                               OPENVEX("{\"vulnerability\":{\"name\":\"CVE-1\"},\"products\":[%s],"
                                       "\"status\":\"not_affected\",\"justification\":\"component_not_present\"}"),
                               rows[i].product);
        const struct vex_statement *st = decide(t, doc.p, "CVE-1", 1);
        if ((st != NULL) != rows[i].lodash || (decide(t, doc.p, "CVE-1", 2) != NULL) != rows[i].scoped)
            fail_msg("row %zu", i);
        if (st) {
            assert_int_equal(st->status, VEX_NOT_AFFECTED);
            check_str(st->justification, "component_not_present");
        }
        assert_null(decide(t, doc.p, "CVE-2", 1));
    }
}

static void newest_statement_wins(void **state) {
    struct testing *t = *state;
    const char *doc = OPENVEX("{\"vulnerability\":{\"name\":\"CVE-1\"},\"products\":[{\"@id\":\"pkg:npm/lodash\"}],"
                              "\"status\":\"affected\",\"timestamp\":\"2026-03-01T00:00:00Z\"},"
                              "{\"vulnerability\":{\"name\":\"CVE-1\"},\"products\":[{\"@id\":\"pkg:npm/lodash\"}],"
                              "\"status\":\"fixed\",\"timestamp\":\"2026-02-01T00:00:00Z\"}");
    assert_int_equal(decide(t, doc, "CVE-1", 1)->status, VEX_AFFECTED);
}

static void csaf_products(void **state) {
    struct testing *t = *state;
    const char *doc =
        "{\"document\":{\"category\":\"csaf_vex\",\"csaf_version\":\"2.0\",\"tracking\":{\"current_release_date\":"
        "\"2026-01-01T00:00:00Z\"}},\"product_tree\":{\"branches\":[{\"branches\":[{\"product\":{\"product_id\":\"L\","
        "\"name\":\"l\",\"product_identification_helper\":{\"purl\":\"pkg:npm/lodash@4.17.20\"}}}]}],"
        "\"full_product_names\":[{\"product_id\":\"A\",\"name\":\"app\",\"product_identification_helper\":{\"purl\":"
        "\"pkg:oci/app@1.0\"}}],\"relationships\":[{\"product_reference\":\"L\",\"relates_to_product_reference\":\"A\","
        "\"category\":\"default_component_of\",\"full_product_name\":{\"product_id\":\"LA\",\"name\":\"x\"}}]},"
        "\"vulnerabilities\":[{\"cve\":\"CVE-1\",\"product_status\":{\"known_not_affected\":[\"LA\"]},\"flags\":"
        "[{\"label\":\"vulnerable_code_not_present\",\"product_ids\":[\"LA\"]}]}]}";
    const struct vex_statement *st = decide(t, doc, "CVE-1", 1);
    assert_non_null(st);
    assert_int_equal(st->status, VEX_NOT_AFFECTED);
    check_str(st->justification, "vulnerable_code_not_present");
    assert_null(decide(t, doc, "CVE-1", 2));
}

static void csaf_status_of(struct testing *t, const char *tree, const char *rest, int want) {
    str doc = arena_printf(t->a,
                           "{\"document\":{\"category\":\"csaf_vex\",\"csaf_version\":\"2.1\"},\"product_tree\":{%s},"
                           "\"vulnerabilities\":[{\"cve\":\"CVE-1\",%s}]}",
                           tree, rest);
    const struct vex_statement *st = decide(t, arena_cstr(t->a, doc), "CVE-1", 1);
    if ((st ? (int)st->status : VEX_NONE) != want)
        fail_msg("%s: %d, want %d", rest, st ? (int)st->status : 0, want);
    if (st && st->status == VEX_NOT_AFFECTED)
        check_str(st->justification, "component_not_present");
}

#define FLAG "\"flags\":[{\"label\":\"component_not_present\",\"group_ids\":[\"G\"]}],\"product_status\":{"
#define LODASH(purls) "{\"product_id\":\"L\",\"name\":\"l\",\"product_identification_helper\":{\"purls\":[" purls "]}}"

static void csaf_says_who_and_which(void **state) {
    struct testing *t = *state;
    static const char plain[] = "\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":[\"X\",\"L\"]}],"
                                "\"full_product_names\":[" LODASH("\"pkg:npm/x\",\"pkg:npm/lodash\"") "]";
    csaf_status_of(t, plain, FLAG "\"known_not_affected\":[\"L\"]}", VEX_NOT_AFFECTED);
    csaf_status_of(t, plain, FLAG "\"known_not_affected\":[\"L\"],\"known_affected\":[\"L\"]}", VEX_AFFECTED);
    csaf_status_of(t, plain, FLAG "\"fixed\":[\"L\"],\"under_investigation\":[\"L\"]}", VEX_UNDER_INVESTIGATION);
    static const struct {
        const char *range;
        int want;
    } rows[] = {{"<5", VEX_FIXED}, {"<4", VEX_NONE}, {"before 5", VEX_NONE}, {"vers:npm/<5.0.0", VEX_FIXED}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        csaf_status_of(t,
                       arena_cstr(t->a, arena_printf(t->a,
                                                     "\"branches\":[{\"category\":\"product_version_range\",\"name\":"
                                                     "\"%s\",\"product\":" LODASH("\"pkg:npm/lodash\"") "}]",
                                                     rows[i].range)),
                       FLAG "\"fixed\":[\"L\"]}", rows[i].want);
    static const char path[] =
        "\"product_paths\":[{\"beginning_product_reference\":\"L\",\"full_product_name\":{\"product_id\":\"LA\"},"
        "\"subpaths\":[{\"next_product_reference\":\"A\"}]}],\"full_product_names\":["
        "{\"product_id\":\"A\",\"product_identification_helper\":{\"purls\":[\"pkg:oci/app@1.0\"]}}," LODASH(
            "\"pkg:npm/lodash@4.17.20\"") "]";
    csaf_status_of(t, path, FLAG "\"fixed\":[\"LA\"]}", VEX_FIXED);
}

static void cyclonedx_analysis(void **state) {
    struct testing *t = *state;
    const char *doc = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"vulnerabilities\":[{\"id\":"
                      "\"CVE-1\",\"analysis\":{\"state\":\"false_positive\",\"detail\":\"no\"},\"affects\":[{\"ref\":"
                      "\"urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg:npm/lodash@4.17.20\"}]}]}";
    const struct vex_statement *st = decide(t, doc, "CVE-1", 1);
    assert_non_null(st);
    assert_int_equal(st->status, VEX_NOT_AFFECTED);
    check_str(st->impact, "no");
}

/* Of lodash 4.17.20, bom-ref "pkg:npm/lodash@4.17.20", in the document 3e671687-…. */
static void cyclonedx_affects(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *components, *affects;
        enum vex_status want;
    } rows[] = {
        {"", "{\"ref\":\"urn:cdx:3E671687-395b-41f5-a30f-a58921a69b79/1#part\"}", VEX_NOT_AFFECTED},
        {"", "{\"ref\":\"urn:cdx:00000000-395b-41f5-a30f-a58921a69b79/1#part\"}", VEX_NONE}, /* part of another */
        {"", "{\"ref\":\"part\"}", VEX_NOT_AFFECTED},
        {"{\"type\":\"library\",\"name\":\"left\",\"bom-ref\":\"part\",\"purl\":\"pkg:npm/left@1\"}",
         "{\"ref\":\"part\"}", VEX_NONE}, /* its own part, which is another */
        {"{\"type\":\"library\",\"name\":\"l\",\"bom-ref\":\"here\",\"purl\":\"pkg:npm/lodash\"}", "{\"ref\":\"here\"}",
         VEX_NOT_AFFECTED},
        {"", "{\"ref\":\"part\",\"versions\":[{\"version\":\"4.17.20\",\"status\":\"unaffected\"}]}", VEX_NOT_AFFECTED},
        {"", "{\"ref\":\"part\",\"versions\":[{\"version\":\"4.17.21\",\"status\":\"unaffected\"}]}", VEX_NONE},
        {"", "{\"ref\":\"part\",\"versions\":[{\"range\":\"vers:npm/<4.17.21\",\"status\":\"affected\"}]}",
         VEX_AFFECTED},
        {"", "{\"ref\":\"part\",\"versions\":[{\"range\":\"vers:npm/<4\",\"status\":\"unaffected\"}]}", VEX_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct vex vex = {.a = t->a};
        str names[] = {S("CVE-1")},
            doc = arena_printf(t->a,
                               "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[%s],"
                               "\"vulnerabilities\":[{\"id\":\"CVE-1\",\"analysis\":{\"state\":\"not_affected\"},"
                               "\"affects\":[%s]}]}",
                               rows[i].components, rows[i].affects);
        assert_true(vex_read(&t->ctx, &vex, doc, S("v.json"), &t->e));
        struct sbom *s = app(t->a);
        s->components.v[1].ref = S("part");
        const struct vex_statement *st = vex_decide(&vex, names, 1, s, &s->components.v[1]);
        if ((st ? st->status : VEX_NONE) != rows[i].want)
            fail_msg("row %zu: %d", i, st ? (int)st->status : 0);
    }
}

static void refuses(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"{}", "v.json"},
        {"[", "v.json:1:2"},
        {OPENVEX("{\"vulnerability\":{\"name\":\"CVE-1\"},\"status\":\"maybe\"}"), "v.json#/statements/0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct vex vex = {.a = t->a};
        assert_false(vex_read(&t->ctx, &vex, str_of(rows[i].text), S("v.json"), &t->e));
        assert_string_equal(t->e.where, rows[i].where);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(openvex_products),   TEST(newest_statement_wins), TEST(csaf_products), TEST(csaf_says_who_and_which),
        TEST(cyclonedx_analysis), TEST(cyclonedx_affects),     TEST(refuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
