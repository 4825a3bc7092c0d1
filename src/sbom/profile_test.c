/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "sbom/profile.h"

static struct sbom *good(struct arena *a) {
    struct sbom *s = sbom_new(a);
    s->form = (struct sbom_form){SBOM_CYCLONEDX, NOTE_JSON, S("1.6")};
    s->created = S("2026-01-02T03:04:05Z");
    *vec_push(a, &s->authors) = (struct sbom_org){.name = S("Example KK")};
    for (int i = 0; i < 2; i++) {
        struct sbom_component *c = sbom_add(s);
        c->name = i ? S("lib") : S("app");
        c->ref = c->name;
        c->version = S("1");
        c->purl = i ? S("pkg:npm/lib@1") : S("pkg:npm/app@1");
        c->supplier = arena_new_of(a, struct sbom_org);
        c->supplier->name = S("Example KK");
        c->is_root = i == 0;
    }
    sbom_relate(s, S("app"), S("lib"), "DEPENDS_ON");
    sbom_link(s);
    return s;
}

static void every_built_in_profile_reads(void **state) {
    struct testing *t = *state;
    uint32_t n = 0;
    for (const char *const *name = profile_names(t->a); *name; name++, n++) {
        struct profile p;
        if (!profile_read(&t->ctx, t->a, str_of(*name), &p, &t->e))
            fail_msg("%s: %s", *name, t->e.what);
        check_str(p.id, *name);
        assert_true(p.title.n > 0);
    }
    assert_true(n >= 5);
}

static void full_and_missing(void **state) {
    struct testing *t = *state;
    struct profile p;
    struct sbom *s = good(t->a);
    assert_true(profile_read(&t->ctx, t->a, S("ntia"), &p, &t->e));
    assert_int_equal((int)(profile_apply(&p, s, t->a).score + 0.5), 100);
    s->components.v[1].version = (str){NULL, 0};
    struct profile_score score = profile_apply(&p, s, t->a);
    assert_int_equal((int)(score.score * 100 + 0.5), 9286); /* 6.5 of 7 */
    assert_int_equal(score.elements[2].asked, 2);
    assert_int_equal(score.elements[2].filled, 1);
    assert_int_equal(score.elements[2].missing[0], 1);
}

static void unknown_profile(void **state) {
    struct testing *t = *state;
    struct profile p;
    assert_false(profile_read(&t->ctx, t->a, S("nothing"), &p, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
    assert_non_null(strstr(t->e.hint, "meti"));
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(every_built_in_profile_reads), TEST(full_and_missing),
                                       TEST(unknown_profile)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
