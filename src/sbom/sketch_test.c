/* SPDX-License-Identifier: Apache-2.0
 *
 * Sketches, there and back; and no byte of them may be missing.
 */
#include "sbom/sketch.h"

#include "base/testing.h"
#include "sbom/diff.h"
#include "sbom/graph.h"

static const char document[] =
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"metadata\":{\"component\":{\"bom-ref\":\"r\","
    "\"type\":\"application\",\"name\":\"shop\",\"version\":\"1\"}},\"components\":[{\"bom-ref\":\"a\",\"type\":"
    "\"library\","
    "\"name\":\"left\",\"version\":\"1\",\"purl\":\"pkg:npm/"
    "left@1.0.0\",\"scope\":\"optional\",\"supplier\":{\"name\":\"Acme\"},"
    "\"licenses\":[{\"license\":{\"id\":\"MIT\"}}],\"hashes\":[{\"alg\":\"SHA-256\",\"content\":"
    "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}]},{\"bom-ref\":\"b\",\"type\":\"operating-"
    "system\","
    "\"name\":\"debian\",\"version\":\"12\",\"properties\":[{\"name\":\"akashi:stream\",\"value\":\"x\"},{\"name\":"
    "\"other\","
    "\"value\":\"y\"}]}],\"dependencies\":[{\"ref\":\"r\",\"dependsOn\":[\"a\"]},{\"ref\":\"a\",\"dependsOn\":[\"b\"]}]"
    "}";

static void it_answers_as_the_document_does(void **state) {
    struct testing *t = *state;
    struct sbom *s, *back;
    struct buf b = {0}, again = {0};
    struct diff_entries none = {0};
    assert_true(sbom_read(&t->ctx, t->a, str_of(document), S("d"), SBOM_LENIENT, &s, NULL, &t->e));
    sbom_sketch(s, &b);
    assert_true(sbom_of_sketch(t->a, buf_str(&b), &back, &t->e));
    sbom_sketch(back, &again);
    assert_true(str_eq(buf_str(&b), buf_str(&again)));
    assert_int_equal(back->components.n, 3);
    assert_int_equal(back->root, s->root);
    sbom_diff(t->a, s, back, &none);
    assert_int_equal(none.n, 0);
    struct sbom_graph x = sbom_graph_of(s, t->a), y = sbom_graph_of(back, t->a);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(x.depth[i], y.depth[i]);
        assert_int_equal(x.depth[i], i);
    }
    check_str(sbom_licence_line(t->a, &back->components.v[1]), "MIT");
    assert_int_equal(back->components.v[2].properties.n, 1);
    buf_free(&b);
    buf_free(&again);
}

static void what_is_cut_or_longer_is_refused(void **state) {
    struct testing *t = *state;
    struct sbom *s, *back;
    struct buf b = {0};
    assert_true(sbom_read(&t->ctx, t->a, str_of(document), S("d"), SBOM_LENIENT, &s, NULL, &t->e));
    sbom_sketch(s, &b);
    for (size_t n = 0; n < b.n; n++) {
        assert_false(sbom_of_sketch(t->a, str_n(b.p, n), &back, &t->e));
        assert_int_equal(back->components.n, 0);
    }
    buf_addc(&b, 0);
    assert_false(sbom_of_sketch(t->a, buf_str(&b), &back, &t->e));
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(it_answers_as_the_document_does), TEST(what_is_cut_or_longer_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
