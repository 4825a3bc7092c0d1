/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "sbom/graph.h"

static struct sbom *five(struct arena *a) {
    static const char *const names[] = {"root", "a", "b", "c", "lonely"};
    struct sbom *s = sbom_new(a);
    for (size_t i = 0; i < 5; i++) {
        struct sbom_component *component = sbom_add(s);
        component->ref = component->name = str_of(names[i]);
    }
    s->components.v[0].is_root = true;
    sbom_relate(s, S("root"), S("a"), "DEPENDS_ON");
    sbom_relate(s, S("b"), S("a"), "DEPENDENCY_OF");
    sbom_relate(s, S("b"), S("c"), "DEPENDS_ON");
    sbom_relate(s, S("c"), S("a"), "DEPENDS_ON"); /* a cycle */
    sbom_relate(s, S("a"), S("lonely"), "COPY_OF");
    sbom_link(s);
    return s;
}

static void shortest_ways(void **state) {
    struct testing *t = *state;
    struct sbom_graph g = sbom_graph_of(five(t->a), t->a);
    static const uint32_t depth[] = {0, 1, 2, 3, SBOM_NO};
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(g.depth[i], depth[i]);
    uint32_t n;
    const uint32_t *path = sbom_graph_path(&g, 3, t->a, &n);
    assert_int_equal(n, 4);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(path[i], i);
    path = sbom_graph_path(&g, 4, t->a, &n);
    assert_int_equal(n, 1);
    assert_int_equal(path[0], 4);
}

static void an_empty_document(void **state) {
    struct testing *t = *state;
    struct sbom_graph g = sbom_graph_of(sbom_new(t->a), t->a);
    assert_int_equal(g.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(shortest_ways), TEST(an_empty_document)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
