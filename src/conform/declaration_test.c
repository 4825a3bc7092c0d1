/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/declaration.h"

#include "base/testing.h"
#include "conform/standing.h"

static const char hex[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

static struct declaration sample(struct testing *t) {
    struct declaration d = {.id = S("D-1"),
                            .party = S("yamada-soft"),
                            .party_name = S("山田ソフト"),
                            .catalogue = S("cip"),
                            .catalogue_version = S("2026-11"),
                            .catalogue_sha256 = str_of(hex),
                            .package = S("minimum"),
                            .all = true,
                            .releases = 3,
                            .origin = S("example.jp/akashi"),
                            .size = 42,
                            .time = 1790000000,
                            .from = 1790000000,
                            .until = 1821536000,
                            .signatory = {S("山田 太郎"), S("代表取締役")},
                            .supersedes = str_of(hex),
                            .note = S("second edition")};
    *vec_push(t->a, &d.products) = S("thing");
    *vec_push(t->a, &d.sites) = S("Nagoya");
    *vec_push(t->a, &d.exclusions) = (struct exclusion){S("old site"), S("closed")};
    *vec_push(t->a, &d.evidence) = (struct declared_evidence){17, S("hardening"), S("thing@1.2"), str_of(hex)};
    *vec_push(t->a, &d.evidence) = (struct declared_evidence){18, S("sbom"), S(""), (str){NULL, 0}}; /* withheld */
    struct declared_practice *p = vec_push(t->a, &d.practices);
    *p = (struct declared_practice){.id = S("S(1)-2.2"),
                                    .level = 2,
                                    .target = 3,
                                    .basis = BASIS_COMPUTED,
                                    .claimed = 3,
                                    .by = d.signatory,
                                    .claim = S("a new compiler"),
                                    .until = 1800000000};
    struct declared_rule *r = vec_push(t->a, &p->rules);
    *r = (struct declared_rule){.level = 1, .place = 0, .counted = 3, .met = 3, .sampled = true};
    *vec_push(t->a, &r->evidence) = 1;
    *vec_push(t->a, &d.practices) = (struct declared_practice){
        .id = S("S(6)-1.1"), .target = -1, .basis = BASIS_NOT_APPLICABLE, .reason = S("no customer of others")};
    return d;
}

static void what_is_written_is_read(void **state) {
    struct testing *t = *state;
    struct declaration d = sample(t), back;
    struct statement s;
    str one, two;
    assert_true(declaration_payload(&t->ctx, t->a, &d, &one, &t->e));
    assert_true(statement_parse(&t->ctx, t->a, one, S("one"), &s, &t->e));
    assert_true(declaration_read(t->a, &s, &back));
    assert_true(declaration_payload(&t->ctx, t->a, &back, &two, &t->e));
    assert_true(str_eq(one, two));
    assert_int_equal(back.evidence.n, 2);
    assert_false(back.evidence.v[1].sha256.p);
    const struct declared_practice *p = declared_practice_of(&back, S("S(1)-2.2"));
    assert_int_equal(declared_level(p), 3);
    check_str(p->by.name, "山田 太郎");
    assert_null(declared_practice_of(&back, S("S(9)-9")));
}

static void places_outside_are_left_out(void **state) {
    struct testing *t = *state;
    struct declaration d = sample(t), back;
    struct statement s;
    str text;
    d.practices.v[0].rules.v[0].evidence.v[0] = 7; /* there are two */
    assert_true(declaration_payload(&t->ctx, t->a, &d, &text, &t->e));
    assert_true(statement_parse(&t->ctx, t->a, text, S("text"), &s, &t->e));
    assert_true(declaration_read(t->a, &s, &back));
    assert_int_equal(back.practices.v[0].rules.v[0].evidence.n, 0);
}

static void what_cannot_be_said(void **state) {
    struct testing *t = *state;
    str text;
    struct declaration nobody = sample(t), strange = sample(t);
    nobody.signatory.name = S("");
    assert_false(declaration_payload(&t->ctx, t->a, &nobody, &text, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    t->e = (struct err){0};
    strange.practices.v[0].level = 5;
    assert_false(declaration_payload(&t->ctx, t->a, &strange, &text, &t->e));
    assert_true(strstr(t->e.where, "/practices/0") != NULL);
}

static void words_of_standing(void **state) {
    enum standing s;
    (void)state;
    for (int i = 0; i <= STANDING_WITHDRAWN; i++) {
        assert_true(standing_parse(str_of(standing_name((enum standing)i)), &s));
        assert_int_equal(s, i);
    }
    assert_false(standing_parse(S("fine"), &s));
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(what_is_written_is_read), TEST(places_outside_are_left_out),
                                       TEST(what_cannot_be_said), TEST(words_of_standing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
