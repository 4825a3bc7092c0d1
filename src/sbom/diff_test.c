/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "sbom/diff.h"

struct part {
    const char *name, *purl, *version, *licence, *supplier;
};

static struct sbom *sbom_with(struct testing *t, const struct part *parts, size_t n) {
    struct sbom *s = sbom_new(t->a);
    for (size_t i = 0; i < n && parts[i].name; i++) {
        struct sbom_component *c = sbom_add(s);
        c->name = str_of(parts[i].name);
        c->purl = str_of(parts[i].purl);
        c->version = str_of(parts[i].version);
        if (parts[i].licence)
            *vec_push(t->a, &c->licences) = (struct sbom_licence){.expression = str_of(parts[i].licence)};
        if (parts[i].supplier) {
            c->supplier = arena_new_of(t->a, struct sbom_org);
            c->supplier->name = str_of(parts[i].supplier);
        }
    }
    return s;
}

static void tells_each_kind(void **state) {
    struct testing *t = *state;
    static const struct {
        struct part before[3], after[3];
        struct {
            enum diff_kind kind;
            const char *name, *from, *to;
        } want[3];
        uint32_t n;
    } rows[] = {
        {{{"a", "pkg:npm/a@1.9.0", "1.9.0", 0, 0}},
         {{"a", "pkg:npm/a@1.10.0", "1.10.0", 0, 0}},
         {{DIFF_UPGRADED, "pkg:npm/a", "1.9.0", "1.10.0"}},
         1},
        {{{"a", "pkg:deb/debian/a@1.0", "1.0", 0, 0}},
         {{"a", "pkg:deb/debian/a@1.0~rc1?arch=amd64", "1.0~rc1", 0, 0}},
         {{DIFF_DOWNGRADED, "pkg:deb/debian/a", "1.0", "1.0~rc1"}},
         1},
        {{{"a", 0, "1.0", 0, 0}}, {{"a", 0, 0, 0, 0}}, {{DIFF_CHANGED, "a", "1.0", ""}}, 1},
        {{{"a", 0, "1.0", 0, 0}},
         {{"b", 0, "1.0", 0, 0}},
         {{DIFF_ADDED, "b", "", "1.0"}, {DIFF_REMOVED, "a", "1.0", ""}},
         2},
        {{{"a", 0, "1", "MIT", "X"}},
         {{"a", 0, "1", "Apache-2.0", "Y"}},
         {{DIFF_LICENCE, "a", "MIT", "Apache-2.0"}, {DIFF_SUPPLIER, "a", "X", "Y"}},
         2},
        {{{"a", 0, "1", "mit or (Apache-2.0)", 0}}, {{"a", 0, "1", "MIT OR Apache-2.0", 0}}, {{0}}, 0},
        /* two versions side by side: the equal one stays, the other goes up, the third comes in */
        {{{"a", "pkg:npm/a@1.0.0", "1.0.0", 0, 0}, {"a", "pkg:npm/a@2.0.0", "2.0.0", 0, 0}},
         {{"a", "pkg:npm/a@2.0.0", "2.0.0", 0, 0},
          {"a", "pkg:npm/a@3.0.0", "3.0.0", 0, 0},
          {"a", "pkg:npm/a@1.5.0", "1.5.0", 0, 0}},
         {{DIFF_ADDED, "pkg:npm/a", "", "3.0.0"}, {DIFF_UPGRADED, "pkg:npm/a", "1.0.0", "1.5.0"}},
         2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct diff_entries out = {0};
        sbom_diff(t->a, sbom_with(t, rows[i].before, 3), sbom_with(t, rows[i].after, 3), &out);
        if (out.n != rows[i].n)
            fail_msg("row %zu: %u entries", i, out.n);
        for (uint32_t k = 0; k < out.n; k++) {
            assert_int_equal(out.v[k].kind, rows[i].want[k].kind);
            check_str(out.v[k].name, rows[i].want[k].name);
            check_str(out.v[k].from, rows[i].want[k].from);
            check_str(out.v[k].to, rows[i].want[k].to);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(tells_each_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
