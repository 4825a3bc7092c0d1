/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/attest_sheet.h"

#include "base/testing.h"

/* What becomes of a row: "PRACTICE LEVEL REASON PERSON EXPIRES files products". */
static str shown(struct arena *a, const struct attest_row *r) {
    struct buf b = {0};
    buf_addf(&b, "%.*s %d '%.*s' %.*s %.*s", STR_ARG(r->ask.practice), (int)r->ask.level, STR_ARG(r->ask.reason),
             STR_ARG(r->ask.person), STR_ARG(r->ask.expires));
    for (uint32_t i = 0; i < r->files.n; i++)
        buf_addf(&b, " f:%.*s", STR_ARG(r->files.v[i]));
    for (uint32_t i = 0; i < r->ask.products.n; i++)
        buf_addf(&b, " p:%.*s", STR_ARG(r->ask.products.v[i]));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static const struct {
    const char *text;
    uint32_t rows, empty;
    const char *first, *where, *what; /* where: it is refused */
} sheets[] = {
    {"practice,level,person,expires,documents\nA,2,Mai,2027-03-31,a.pdf; b.pdf\n", 1, 0,
     "A 2 '' Mai 2027-03-31 f:a.pdf f:b.pdf p:thing", NULL, NULL},
    /* cells left open are as the options say; a row nobody filled in says nothing */
    {"practice,level\nA,1\nB,\n\n,,\n", 1, 1, "A 1 '' Ito 2027-01-01 p:thing", NULL, NULL},
    {"practice,not applicable because,products\r\nA,nothing is compiled,x;y\r\n", 1, 0,
     "A 0 'nothing is compiled' Ito 2027-01-01 p:x p:y", NULL, NULL},
    {"\xEF\xBB\xBF個別要求事項,レベル,氏名,有効期限\r\nA,3,伊藤,2027/3/31\r\n", 1, 0, "A 3 '' 伊藤 2027/3/31 p:thing",
     NULL, NULL},
    /* レベル in Shift_JIS */
    {"practice,\x83\x8c\x83\x78\x83\x8b\nA,4\n", 1, 0, "A 4 '' Ito 2027-01-01 p:thing", NULL, NULL},
    {"practice,level\nA,5\n", 0, 0, NULL, "s.csv:2", "'5' is no level: 1 to 4"},
    {"practice,level\nA,1\nB,yes\n", 0, 0, NULL, "s.csv:3", "'yes' is no level: 1 to 4"},
    {"practice,level\n,1\n", 0, 0, NULL, "s.csv:2", "this row does not say which practice it is about"},
    {"practice,level\nA,1,2\n", 0, 0, NULL, "s.csv:2", "this row has 3 cells, the head has 2"},
    {"practice,level\nA,\"1\n", 0, 0, NULL, "s.csv:2", "the sheet ends within quotes"},
    {"practice,grade\nA,1\n", 0, 0, NULL, "s.csv:1", "there is no column 'grade'"},
    {"practice,level,Level\nA,1,1\n", 0, 0, NULL, "s.csv:1", "the column 'Level' stands twice"},
    {"level\n1\n", 0, 0, NULL, "s.csv:1", "there is no column 'practice'"},
    {"", 0, 0, NULL, "s.csv", "this sheet is empty"},
};

static void sheets_are_read_or_refused_at_their_line(void **state) {
    struct testing *t = *state;
    struct attest_request otherwise = {.person = S("Ito"), .role = S("President"), .expires = S("2027-01-01")};
    *vec_push(t->a, &otherwise.products) = S("thing");
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct attest_sheet s;
        struct err e = {0};
        bool ok = attest_sheet_read(t->a, str_of(sheets[i].text), S("s.csv"), &otherwise, &s, &e);
        if (ok != !sheets[i].where)
            fail_msg("sheet %zu: %s %s", i, e.where, e.what);
        if (!ok) {
            assert_string_equal(e.where, sheets[i].where);
            assert_string_equal(e.what, sheets[i].what);
            continue;
        }
        assert_int_equal(s.rows.n, sheets[i].rows);
        assert_int_equal(s.empty, sheets[i].empty);
        check_str(shown(t->a, &s.rows.v[0]), sheets[i].first);
    }
}

static const char mini[] =
    "{\"catalogue\":1,\"id\":\"mini\",\"version\":\"1\",\"title\":\"Mini\",\"status\":\"own\",\"unit\":\"requirement\","
    "\"packages\":[{\"id\":\"minimum\",\"title\":\"Minimum\"}],\"groups\":[{\"id\":\"R\",\"kind\":\"requirement\","
    "\"title\":\"R\"}],\"practices\":["
    "{\"id\":\"WORD\",\"group\":\"R\",\"title\":\"=1+1\",\"packages\":{\"minimum\":2},\"levels\":[\"-\",\"a\",\"b\","
    "\"c\",\"d\"],"
    "\"evidence\":{\"1\":[{\"kind\":\"attestation\",\"where\":[{\"fact\":\"level\",\"at_least\":1}]}],"
    "\"2\":[{\"kind\":\"attestation\",\"where\":[{\"fact\":\"level\",\"at_least\":2}]},{\"kind\":\"sbom\"}]}},"
    "{\"id\":\"MACHINE\",\"group\":\"R\",\"title\":\"M\",\"packages\":{\"minimum\":1},\"evidence\":{\"1\":[{\"kind\":"
    "\"sbom\"}]}},"
    "{\"id\":\"OTHERS\",\"group\":\"R\",\"title\":\"O\",\"packages\":{\"minimum\":1},\"evidence\":{\"1\":[{\"kind\":"
    "\"attestation\",\"by\":\"other\"}]}},"
    "{\"id\":\"NOT\",\"group\":\"R\",\"title\":\"N\",\"evidence\":{\"1\":[{\"kind\":\"attestation\"}]}}]}";

/* Nothing holds of it. */
static struct evaluation nothing_holds(struct testing *t, const struct catalogue *c) {
    struct evaluation all = {0};
    for (uint32_t i = 0; i < c->practices.n; i++) {
        struct practice_state *s = vec_push(t->a, &all.practices);
        *s = (struct practice_state){.practice = &c->practices.v[i], .target = c->practices.v[i].targets[0]};
        for (int level = 1; level < LEVELS; level++)
            for (uint32_t r = 0; r < c->practices.v[i].evidence[level].n; r++)
                *vec_push(t->a,
                          &s->rules[level]) = (struct rule_state){.rule = &c->practices.v[i].evidence[level].v[r]};
    }
    return all;
}

static void only_what_a_word_brings_forward_is_asked(void **state) {
    struct testing *t = *state;
    struct catalogue c;
    struct words_wanted wanted;
    struct attest_sheet s;
    struct attest_request otherwise = {0};
    struct buf b = {0};
    uint32_t others;
    assert_true(catalogue_read(&t->ctx, t->a, str_of(mini), S("mini"), &c, &t->e));
    struct evaluation all = nothing_holds(t, &c);
    words_wanted(t->a, &all, &wanted, &others);
    assert_int_equal(wanted.n, 1);
    assert_int_equal(others, 2);
    check_str(wanted.v[0].state->practice->id, "WORD");
    check_str(wanted.v[0].asks, "a b");
    assert_int_equal(wanted.v[0].level, 2);
    assert_true(wanted.v[0].more_than);
    all.practices.v[0].rules[1].v[0].holds = true;
    words_wanted(t->a, &all, &wanted, &others);
    check_str(wanted.v[0].asks, "b");

    /* As it is written it says nothing yet. */
    for (int japanese = 0; japanese < 2; japanese++) {
        attest_sheet_write(&b, &wanted, japanese);
        assert_true(attest_sheet_read(t->a, buf_str(&b), S("s.csv"), &otherwise, &s, &t->e));
        assert_int_equal(s.rows.n, 0);
        assert_int_equal(s.empty, 1);
        buf_clear(&b);
    }
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(sheets_are_read_or_refused_at_their_line),
                                       TEST(only_what_a_word_brings_forward_is_asked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
