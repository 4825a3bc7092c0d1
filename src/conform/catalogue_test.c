/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/catalogue.h"

#include "base/embedded.h"
#include "base/testing.h"
#include "conform/canonical.h"

#define HEAD                                                                                                           \
    "\"catalogue\":1,\"id\":\"x\",\"version\":\"1\",\"title\":\"X\",\"status\":\"own\",\"unit\":\"requirement\""
#define PACKAGES "\"packages\":[{\"id\":\"minimum\",\"title\":\"m\"},{\"id\":\"standard\",\"title\":\"s\"}]"
#define GROUPS                                                                                                         \
    "\"groups\":[{\"id\":\"G.1\",\"kind\":\"part\",\"parent\":\"G\",\"title\":\"g1\"},{\"id\":\"G\",\"kind\":"         \
    "\"requirement\",\"title\":\"g\"}]"
#define WITH(groups, practices) "{" HEAD "," PACKAGES "," groups ",\"practices\":[" practices "]}"
#define RULE(rule) WITH(GROUPS, "{\"id\":\"P\",\"group\":\"G.1\",\"title\":\"p\",\"evidence\":{\"1\":[" rule "]}}")

static const struct {
    const char *text, *where, *what;
} bad[] = {
    {"[]", "x#", "must be an object"},
    {"{\"catalogue\":1,", "x:1:16", NULL},
    {WITH(GROUPS, "{\"id\":\"P\",\"group\":\"G\"}"), "x#/practices/0", "the member \"title\" is missing"},
    {WITH(GROUPS, "{\"id\":\"P\",\"group\":\"H\",\"title\":\"p\"}"), "x#/practices/0/group",
     "there is no group of this id: H"},
    {WITH(GROUPS, "{\"id\":\"P\",\"group\":\"G\",\"title\":\"p\"},{\"id\":\"P\",\"group\":\"G\",\"title\":\"p\"}"),
     "x#/practices/1/id", "two practices have this id: P"},
    {WITH(GROUPS, "{\"id\":\"P\",\"group\":\"G\",\"title\":\"p\",\"packages\":{\"most\":2}}"),
     "x#/practices/0/packages/most", "there is no package 'most'"},
    {WITH(GROUPS, "{\"id\":\"P\",\"group\":\"G\",\"title\":\"p\",\"packages\":{\"minimum\":5}}"),
     "x#/practices/0/packages/minimum", "must be at most 4"},
    {WITH("\"groups\":[{\"id\":\"G\",\"kind\":\"requirement\",\"title\":\"g\",\"parent\":\"H\"}]", ""),
     "x#/groups/0/parent", "there is no group of this id: H"},
    {WITH("\"groups\":[{\"id\":\"G\",\"kind\":\"requirement\",\"title\":\"g\",\"parent\":\"G\"}]", ""),
     "x#/groups/0/parent", "the groups above this one lead back to it: G"},
    {WITH("\"groups\":[{\"id\":\"T\",\"kind\":\"requirement\",\"title\":\"t\",\"parent\":\"A\"},"
          "{\"id\":\"A\",\"kind\":\"requirement\",\"title\":\"a\",\"parent\":\"B\"},"
          "{\"id\":\"B\",\"kind\":\"requirement\",\"title\":\"b\",\"parent\":\"A\"}]",
          ""),
     "x#/groups/1/parent", "the groups above this one lead back to it: B"},
    {WITH("\"groups\":[{\"id\":\"G\",\"kind\":\"requirement\",\"title\":\"g\"},"
          "{\"id\":\"G\",\"kind\":\"requirement\",\"title\":\"g\"}]",
          ""),
     "x#/groups/1/id", "two groups have this id: G"},
    {WITH("\"groups\":[{\"id\":\"G\",\"kind\":\"part\",\"title\":\"g\"}]", ""), "x#/unit",
     "no group is of this kind: requirement"},
    {RULE("{\"kind\":\"promise\"}"), "x#/practices/0/evidence/1/0/kind",
     "rules know no such kind of statement: promise"},
    {RULE("{\"kind\":\"sbom\",\"about\":\"customers\"}"), "x#/practices/0/evidence/1/0/about",
     "statements of this kind are not counted over this: customers"},
    {RULE("{\"kind\":\"sbom\",\"where\":[{\"fact\":\"meets\",\"is\":\"standard\"}]}"),
     "x#/practices/0/evidence/1/0/where/0/fact", "statements of this kind have no such fact: meets"},
    {RULE("{\"kind\":\"sbom\",\"where\":[{\"fact\":\"edges\"}]}"), "x#/practices/0/evidence/1/0/where/0",
     "must have at least 2 members"},
    {RULE("{\"kind\":\"sbom\",\"share\":0}"), "x#/practices/0/evidence/1/0/share", "must be more than 0"},
    {RULE("{\"kind\":\"sbom\",\"by\":\"me\"}"), "x#/practices/0/evidence/1/0/by", NULL},
    {RULE("{\"any\":[{\"kind\":\"sbom\"},{\"kind\":\"hope\"}]}"), "x#/practices/0/evidence/1/0/any/1/kind",
     "rules know no such kind of statement: hope"},
    {WITH(GROUPS, "{\"id\":\"P\",\"group\":\"G\",\"title\":\"p\",\"evidence\":{\"2\":[{\"kind\":\"sbom\"}]}}"),
     "x#/practices/0/evidence/2", "this level can never be met: a level below it has no rules"},
};

static void bad_ones_are_refused_at_their_place(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct catalogue k;
        struct err e = {0};
        assert_false(catalogue_read(&t->ctx, t->a, str_of(bad[i].text), S("x"), &k, &e));
        assert_string_equal(e.where, bad[i].where);
        if (bad[i].what)
            assert_string_equal(e.what, bad[i].what);
        assert_int_equal(e.kind, ERR_INPUT);
    }
}

static void nesting_is_bounded(void **state) {
    struct testing *t = *state;
    struct catalogue k;
    struct buf b = {0};
    buf_addz(&b, "{" HEAD ",\"practices\":[],\"groups\":[{\"id\":\"0\",\"kind\":\"requirement\",\"title\":\"g\"}");
    for (int i = 1; i < 40; i++)
        buf_addf(&b, ",{\"id\":\"%d\",\"parent\":\"%d\",\"kind\":\"requirement\",\"title\":\"g\"}", i, i - 1);
    buf_addz(&b, "]}");
    assert_false(catalogue_read(&t->ctx, t->a, buf_str(&b), S("x"), &k, &t->e));
    assert_string_equal(t->e.where, "x#/groups/33");
    assert_int_equal(t->e.kind, ERR_LIMIT);
    buf_free(&b);
}

static void what_is_read(void **state) {
    struct testing *t = *state;
    struct catalogue k;
    const char *text = WITH(GROUPS,
                            "{\"id\":\"S(1)-2.2\",\"group\":\"G.1\",\"title\":{\"ja\":\"ビルド\",\"en\":\"build\"},"
                            "\"origin\":\"guideline\",\"binds\":[\"developer\",\"operator\"],\"contract\":[\"sub\"],"
                            "\"packages\":{\"standard\":3},\"evidence\":{\"1\":[{\"kind\":\"hardening\","
                            "\"shipped_within_days\":365,\"where\":[{\"fact\":\"meets\",\"at_least\":\"minimum\"}]},"
                            "{\"any\":[{\"kind\":\"attestation\",\"within_days\":90},{\"kind\":\"vsa\",\"share\":0.5,"
                            "\"least\":3}]}]},\"effort\":{\"first\":8,\"yearly\":2}},"
                            "{\"id\":\"Q\",\"group\":\"G\",\"title\":\"q\"}");
    assert_true(catalogue_read(&t->ctx, t->a, str_of(text), S("x"), &k, &t->e));
    const struct practice *p = practice_of(&k, S("S(1)-2.2")), *q = practice_of(&k, S("Q"));
    assert_non_null(p);
    assert_null(practice_of(&k, S("P")));
    check_str(p->title.ja, "ビルド");
    assert_true(p->official && !q->official);
    assert_int_equal(p->binds, ROLE_DEVELOPER | ROLE_OPERATOR);
    assert_int_equal(p->contract, CONTRACT_SUB);
    assert_int_equal(p->targets[package_number(&k, S("standard"))], 3);
    assert_int_equal(p->targets[package_number(&k, S("minimum"))], -1);
    assert_int_equal(package_number(&k, S("most")), -1);
    check_str(k.groups.v[practice_unit(&k, p)].id, "G");
    assert_int_equal(p->effort.first, 8);
    assert_int_equal(q->effort.first, -1);
    assert_int_equal(p->evidence[1].n, 2);
    const struct rule *r = &p->evidence[1].v[0], *any = &p->evidence[1].v[1];
    assert_true(r->about == ABOUT_RELEASES && r->by == BY_SELF && r->share == 1 && r->least == 1);
    assert_int_equal(r->shipped_within, 365 * 86400);
    check_str(r->where.v[0].text, "minimum");
    assert_true(r->where.v[0].relation == FACT_AT_LEAST);
    assert_true(!any->kind.p && any->any.n == 2);
    assert_int_equal(any->any.v[0].fresh_within, 90 * 86400);
    assert_true(any->any.v[0].about == ABOUT_ONCE && any->any.v[1].by == BY_OTHER && any->any.v[1].least == 3);
}

/* What names a catalogue does not depend on how its file was laid out. */
static void one_digest_for_one_content(void **state) {
    struct testing *t = *state;
    struct catalogue x, y, z;
    assert_true(catalogue_read(&t->ctx, t->a,
                               S("{\"id\":\"x\" ,\"catalogue\":1.0,\"version\":\"1\",\"title\":\"\\u0058\","
                                 "\"status\":\"own\",\n\"groups\":[{\"kind\":\"r\",\"id\":\"G\",\"title\":\"g\"}],"
                                 "\"practices\":[],\"unit\":\"r\"}"),
                               S("x"), &x, &t->e));
    check_str(
        x.text,
        "{\"catalogue\":1,\"groups\":[{\"id\":\"G\",\"kind\":\"r\",\"title\":\"g\"}],\"id\":\"x\",\"practices\":[],"
        "\"status\":\"own\",\"title\":\"X\",\"unit\":\"r\",\"version\":\"1\"}");
    assert_true(catalogue_read(&t->ctx, t->a, x.text, S("x"), &y, &t->e));
    assert_true(str_eq(x.text, y.text) && str_eq(x.digest, y.digest));
    assert_true(catalogue_read(&t->ctx, t->a,
                               S("{\"id\":\"x\",\"catalogue\":1,\"version\":\"2\",\"title\":\"X\",\"status\":"
                                 "\"own\",\"groups\":[{\"kind\":\"r\",\"id\":\"G\",\"title\":\"g\"}],"
                                 "\"practices\":[],\"unit\":\"r\"}"),
                               S("x"), &z, &t->e));
    assert_false(str_eq(x.digest, z.digest));
}

static void the_built_in_ones(void **state) {
    struct testing *t = *state;
    struct catalogue_names names;
    uint32_t n = 0;
    assert_true(catalogues_list(&t->ctx, NULL, t->a, &names, &t->e));
    for (const struct embedded_file *f = embedded_catalogues; f->name; f++, n++) {
        const struct catalogue *k;
        if (!catalogue_find(&t->ctx, NULL, t->a, str_of(f->name), &k, &t->e))
            fail_msg("%s: %s: %s", t->e.where, t->e.what, t->e.hint);
        check_str(k->id, f->name); /* the file's name */
        for (uint32_t i = 0; i < k->practices.n; i++)
            if (practice_unit(k, &k->practices.v[i]) < 0)
                fail_msg("%s: %.*s is under no %.*s", f->name, STR_ARG(k->practices.v[i].id), STR_ARG(k->unit));
    }
    assert_int_equal(names.n, n);
    const struct catalogue *k;
    assert_false(catalogue_find(&t->ctx, NULL, t->a, S("none"), &k, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(bad_ones_are_refused_at_their_place), TEST(nesting_is_bounded), TEST(what_is_read),
        TEST(one_digest_for_one_content),          TEST(the_built_in_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
