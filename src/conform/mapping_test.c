/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/mapping.h"

#include "base/embedded.h"
#include "base/testing.h"
#include "conform/gap.h"

static const struct {
    const char *text, *where, *what;
} bad[] = {
    {"{\"map\":1,\"from\":\"a\",\"pairs\":[]}", "x#", "the member \"to\" is missing"},
    {"{\"map\":1,\"from\":\"a\",\"to\":\"b\",\"pairs\":[{\"from\":\"1\",\"to\":\"2\",\"strength\":\"like\"}]}",
     "x#/pairs/0/strength", NULL},
    {"{\"map\":1,\"from\":\"a\",\"to\":\"b\",\"pairs\":[{\"from\":\"1\",\"to\":\"2\",\"strength\":\"equal\"},{\"from\":"
     "\"1\","
     "\"to\":\"2\",\"strength\":\"subset\"}]}",
     "x#/pairs/1/to", "this pair stands twice: 1, 2"},
    {"from,to\n", "x:1", "there is no column 'strength'"},
    {"from,to,strength\n1,2,equal\n1,3,like\n", "x:3", "this is no strength: like"},
    {"from,to,strength\n1,,equal\n", "x:2", "one side of this pair is missing"},
    {"元,先,関係\n1,2,同等\n1,2,一部\n", "x:3", "this pair stands twice: 1, 2"},
};

static void bad_ones_are_refused_at_their_place(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct mapping m;
        struct err e = {0};
        assert_false(mapping_read(&t->ctx, t->a, str_of(bad[i].text), S("x"), S("a"), S("b"), &m, &e));
        assert_string_equal(e.where, bad[i].where);
        if (bad[i].what)
            assert_string_equal(e.what, bad[i].what);
    }
}

static struct catalogue small(struct testing *t, const char *id, int n) {
    struct catalogue k;
    struct buf b = {0};
    buf_addf(&b,
             "{\"catalogue\":1,\"id\":\"%s\",\"version\":\"1\",\"title\":\"t\",\"status\":\"own\",\"unit\":\"r\","
             "\"groups\":[{"
             "\"id\":\"G\",\"kind\":\"r\",\"title\":\"g\"}],\"practices\":[",
             id);
    for (int i = 1; i <= n; i++)
        buf_addf(&b, "%s{\"id\":\"%d\",\"group\":\"G\",\"title\":\"p\"}", i > 1 ? "," : "", i);
    buf_addz(&b, "]}");
    assert_true(catalogue_read(&t->ctx, t->a, arena_str(t->a, buf_str(&b)), S("k"), &k, &t->e));
    buf_free(&b);
    return k;
}

static void ids_must_be_known(void **state) {
    struct testing *t = *state;
    struct catalogue a = small(t, "a", 2), b = small(t, "b", 3);
    struct mapping m;
    assert_false(mapping_read(&t->ctx, t->a, S("from,to,strength\n,,\n"), S("a--b.csv"), (str){NULL, 0}, (str){NULL, 0},
                              &m, &t->e));
    assert_string_equal(t->e.where, "a--b.csv");
    assert_true(mapping_read(&t->ctx, t->a, S("from,to,strength\n2,3,equal\n2,4,overlaps\n"), S("a--b.csv"),
                             (str){NULL, 0}, (str){NULL, 0}, &m, &t->e));
    check_str(m.from, "a");
    check_str(m.to, "b");
    assert_false(mapping_check(t->a, &m, &a, &b, &t->e));
    assert_string_equal(t->e.where, "a--b.csv:3");
    assert_string_equal(t->e.what, "b has no practice '4'");
    assert_true(mapping_read(&t->ctx, t->a, m.text, S("x"), S(""), S(""), &m, &t->e));
    assert_false(mapping_check(t->a, &m, &a, &b, &t->e));
    assert_string_equal(t->e.where, "x#/pairs/1/to");
}

/* What is chained is never stronger than what it is made of, and reads the same from the other end. */
static void chains(void **state) {
    (void)state;
    for (int x = MAP_NONE; x <= MAP_EQUAL; x++)
        for (int y = MAP_NONE; y <= MAP_EQUAL; y++) {
            enum map_strength s = strength_chained((enum map_strength)x, (enum map_strength)y);
            assert_int_equal(strength_reversed(s), strength_chained(strength_reversed((enum map_strength)y),
                                                                    strength_reversed((enum map_strength)x)));
            if (strength_full(s))
                assert_true(strength_full((enum map_strength)x) && strength_full((enum map_strength)y));
            if (x == MAP_EQUAL)
                assert_int_equal(s, y);
        }
}

static void the_built_in_ones(void **state) {
    struct testing *t = *state;
    struct mappings all;
    struct map seen;
    map_init(&seen, t->a);
    assert_true(mappings_all(&t->ctx, NULL, t->a, &all, &t->e));
    for (uint32_t i = 0; i < all.n; i++) {
        const struct catalogue *from, *to;
        const struct mapping *m = all.v[i];
        assert_true(catalogue_find(&t->ctx, NULL, t->a, m->from, &from, &t->e));
        assert_true(catalogue_find(&t->ctx, NULL, t->a, m->to, &to, &t->e));
        if (!mapping_check(t->a, m, from, to, &t->e))
            fail_msg("%s: %s", t->e.where, t->e.what);
        check_str(m->where, arena_printf(t->a, "%.*s--%.*s.json", STR_ARG(m->from), STR_ARG(m->to)).p);
    }
}

static enum map_strength related(struct testing *t, const char *from, const char *x, const char *to, const char *y,
                                 uint32_t *steps) {
    const struct catalogue *a, *b;
    struct relation r;
    assert_true(catalogue_find(&t->ctx, NULL, t->a, str_of(from), &a, &t->e));
    assert_true(catalogue_find(&t->ctx, NULL, t->a, str_of(to), &b, &t->e));
    if (!relation_find(&t->ctx, NULL, t->a, a, b, &r, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    *steps = r.steps;
    for (uint32_t i = 0; i < r.pairs.n; i++)
        if (str_is(a->practices.v[r.pairs.v[i].from].id, x) && str_is(b->practices.v[r.pairs.v[i].to].id, y))
            return r.pairs.v[i].strength;
    return MAP_NONE;
}

static void maps_are_read_both_ways_and_chained(void **state) {
    struct testing *t = *state;
    uint32_t steps;
    assert_int_equal(related(t, "cip", "S(1)-1.1", "ssdf", "PW.1.1", &steps), MAP_EQUAL);
    assert_int_equal(steps, 1);
    assert_int_equal(related(t, "ssdf", "PW.1.1", "cip", "S(1)-1.1", &steps), MAP_EQUAL);
    assert_int_equal(related(t, "cip", "S(1)-1.1", "cip", "S(1)-1.1", &steps), MAP_EQUAL);
    (void)related(t, "iso27001", "A.5.1", "ssdf", "PO.1.1", &steps);
    assert_int_equal(steps, 2);
    (void)related(t, "jcstar", "x", "ssdf", "y", &steps);
    assert_int_equal(steps, 0);
}

static void what_remains(void **state) {
    struct testing *t = *state;
    const struct catalogue *cip;
    struct hads have;
    struct gap g;
    assert_true(catalogue_find(&t->ctx, NULL, t->a, S("cip"), &cip, &t->e));
    assert_true(gap_read(t->a, S("catalogue,id,level\nssdf,PW.1.1,\nssdf,PO.1.1,0\ncip,S(1)-2.2,1\ncip,S(1)-2.1,3\n"),
                         S("have.csv"), &have, &t->e));
    struct gap_ask ask = {.want = cip, .package = S("minimum"), .have = &have, .where = S("have.csv")};
    assert_true(gap_find(&t->ctx, NULL, t->a, &ask, &g, &t->e));
    uint32_t met = 0;
    for (uint32_t i = 0; i < g.rows.n; i++) {
        const struct gap_row *r = &g.rows.v[i];
        met += r->state == GAP_MET;
        if (str_is(r->practice->id, "S(1)-1.1") || str_is(r->practice->id, "S(1)-2.1"))
            assert_int_equal(r->state, GAP_MET);
        if (str_is(r->practice->id, "S(1)-2.2")) /* at level 1, wanted is 2 */
            assert_int_equal(r->state, GAP_PARTLY);
        if (i && r->state != GAP_MET && g.rows.v[i - 1].state != GAP_MET && r->practice->effort.first >= 0)
            assert_true(g.rows.v[i - 1].practice->effort.first <= r->practice->effort.first);
    }
    assert_int_equal(met, g.counts[GAP_MET]);
    assert_int_equal(g.counts[0] + g.counts[1] + g.counts[2], g.rows.n);
    assert_true(gap_read(t->a, S("id\nPW.1.1\nPW.99\n"), S("d/ssdf.csv"), &have, &t->e));
    ask.where = S("d/ssdf.csv");
    assert_false(gap_find(&t->ctx, NULL, t->a, &ask, &g, &t->e));
    assert_string_equal(t->e.where, "d/ssdf.csv:3");
    assert_false(gap_read(t->a, S("id,level\nPW.1.1,9\n"), S("ssdf.csv"), &have, &t->e));
    assert_string_equal(t->e.where, "ssdf.csv:2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(bad_ones_are_refused_at_their_place), TEST(ids_must_be_known), TEST(chains), TEST(the_built_in_ones),
        TEST(maps_are_read_both_ways_and_chained), TEST(what_remains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
