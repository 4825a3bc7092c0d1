/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/answer.h"

#include "base/testing.h"

static const char mini[] =
    "{\"catalogue\":1,\"id\":\"mini\",\"version\":\"1\",\"title\":\"Mini\",\"status\":\"own\",\"unit\":\"requirement\","
    "\"packages\":[{\"id\":\"minimum\",\"title\":\"Minimum\"}],"
    "\"groups\":[{\"id\":\"(1)-1\",\"kind\":\"requirement\",\"title\":\"One\"}],\"practices\":["
    "{\"id\":\"S(1)-1.1\",\"group\":\"(1)-1\",\"title\":\"A\",\"packages\":{\"minimum\":2}},"
    "{\"id\":\"S(1)-1.2\",\"group\":\"(1)-1\",\"title\":\"B\",\"packages\":{\"minimum\":1}},"
    "{\"id\":\"S(1)-1.3\",\"group\":\"(1)-1\",\"title\":\"C\"},"
    "{\"id\":\"S(1)-1.4\",\"group\":\"(1)-1\",\"title\":\"D\",\"packages\":{\"minimum\":1}}]}";

struct asking {
    struct testing *t;
    struct catalogue c;
    struct answer_source source;
    struct answer_map map;
    struct answer_ask ask;
    struct csv_sheet sheet;
    struct answers out;
};

/* A is at its target, B has nothing, C is at 2 and not wanted, D does not apply. */
static void begin(struct asking *x, struct testing *t, const char *map) {
    static struct answer_known known[4];
    *x = (struct asking){.t = t};
    assert_true(catalogue_read(&t->ctx, t->a, str_of(mini), S("mini.json"), &x->c, &t->e));
    known[0] = (struct answer_known){.level = 2, .target = 2, .basis = BASIS_COMPUTED, .entries = S("7")};
    known[1] = (struct answer_known){.target = 1};
    known[2] = (struct answer_known){.level = 2, .target = -1, .basis = BASIS_COMPUTED};
    known[3] = (struct answer_known){.target = 1, .basis = BASIS_NOT_APPLICABLE, .reason = S("none")};
    x->source = (struct answer_source){&x->c, S("log x"), known};
    x->ask = (struct answer_ask){
        .source = &x->source, .of = &x->c, .words = {S_INIT("yes"), S_INIT("part"), S_INIT("n/a")}};
    if (!map)
        return;
    assert_true(answer_map_read(&t->ctx, t->a, str_of(map), S("m.csv"), &x->map, &t->e));
    x->ask.map = &x->map;
}

static void answer(struct asking *x, const char *sheet) {
    struct answer_columns columns;
    assert_true(csv_sheet_read(x->t->a, str_of(sheet), S("s.csv"), &x->sheet, &x->t->e));
    assert_true(answer_columns_find(x->t->a, &x->sheet, NULL, 0, &columns, &x->t->e));
    answer_sheet(x->t->a, &x->ask, &x->sheet, &columns, &x->out);
}

static void a_question_is_worth_what_its_practices_are(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *map; /* of question 1 */
        enum answer_state state;
        int level;
    } rows[] = {
        {"1,S(1)-1.1,\n", ANSWERED_YES, 2},
        {"1,S(1)-1.1,subset\n", ANSWERED_YES, 2},
        {"1,S(1)-1.1,superset\n", ANSWERED_PARTLY, -1}, /* it asks for more */
        {"1,S(1)-1.1,overlaps\n", BLANK_OVERLAPS, -1},
        {"1,S(1)-1.2,\n", BLANK_UNKNOWN, -1},
        {"1,S(1)-1.2,superset\n", BLANK_UNKNOWN, -1},
        {"1,S(1)-1.3,\n", ANSWERED_PARTLY, 2}, /* no target: the highest level is a yes */
        {"1,S(1)-1.4,\n", ANSWERED_NOT_APPLICABLE, -1},
        {"1,S(1)-1.1,\n1,S(1)-1.2,\n", ANSWERED_PARTLY, -1}, /* it asks for both */
        {"1,S(1)-1.1,\n1,S(1)-1.3,\n", ANSWERED_PARTLY, 2},
        {"1,S(1)-1.1,\n1,S(1)-1.4,\n", ANSWERED_YES, 2},
        {"1,S(1)-1.2,\n1,S(1)-1.4,\n", BLANK_UNKNOWN, -1},
        {"1,(1)-1,\n", ANSWERED_PARTLY, -1},
        {"1,S(1)-1.2,\n1,S(1)-1.1,superset\n", ANSWERED_PARTLY, -1},
        {"１,Ｓ（１）－１．１,同等\n", ANSWERED_YES, 2},
        {"1,S(9)-9,\n", BLANK_FAULT, -1},
        {"2,S(1)-1.1,\n", BLANK_UNMAPPED, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct asking x;
        begin(&x, t, arena_printf(t->a, "設問,実践,関係\n%s", rows[i].map).p);
        answer(&x, "No,Question,Answer\n1,?,\n");
        assert_int_equal(x.out.rows.n, 1);
        assert_int_equal(x.out.rows.v[0].state, rows[i].state);
        assert_int_equal(x.out.rows.v[0].level, rows[i].level);
        assert_int_equal(x.out.rows.v[0].answer.n > 0, rows[i].state <= ANSWERED_NOT_APPLICABLE);
    }
}

static void heads_are_found_below_titles_and_in_both_languages(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *sheet, *want; /* answers of the first row behind the head */
        uint32_t rows;
    } rows[] = {
        {"調査票,,\n,,\n項番,質問内容,ご回答(○/×)\nS(1)-1.1,?,\n,,\n", "yes", 1},
        {"Question ID,Vendor Response\nS(1)-1.1,\n", "yes", 1},
        {"x,個別要求事項,回答\na,\"S(1)-1.1、S(1)-1.4\",\n", "yes", 1},
        {"x,Practice,Answer\na,\"S(1)-1.1, S(1)-1.2\",\n", "part", 1},
        {"x,Practice,Answer\na,S(1)-1.1,no\n", "no", 1}, /* it stays */
        {"Practice\nS(1)-1.1\n", "yes", 1},              /* columns are appended */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct asking x;
        struct answer_columns c;
        begin(&x, t, NULL);
        answer(&x, rows[i].sheet);
        assert_int_equal(x.out.rows.n, rows[i].rows);
        assert_true(answer_columns_find(t->a, &x.sheet, NULL, 0, &c, &t->e));
        uint32_t at = c.at[ANSWER_ANSWER] == SHEET_COLUMNS ? 1 : c.at[ANSWER_ANSWER];
        const struct sheet_cell *cell = &x.sheet.rows.v[c.head + 1].cells.v[at];
        check_str(cell->now.p ? cell->now : cell->text, rows[i].want);
    }
}

static void a_persons_claim_is_told_as_such(void **state) {
    struct testing *t = *state;
    struct asking x;
    begin(&x, t, NULL);
    x.source.known[1].claimed = 1;
    x.source.known[1].by = S("T. Yamada, President");
    x.source.known[1].reason = S("in writing");
    answer(&x, "Practice,Answer,Remarks\nS(1)-1.2,,\n");
    assert_int_equal(x.out.rows.v[0].state, ANSWERED_YES);
    check_str(x.out.rows.v[0].note, "S(1)-1.2: claimed by T. Yamada, President (in writing)");
    check_str(x.out.rows.v[0].reference, "log x; S(1)-1.2 level 1");
}

static void faults_have_their_place(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *map, *where;
    } maps[] = {{"question,practice,strength\n1,A,equal\n2,B,much\n", "m.csv:3"},
                {"a,b\n1,2\n", "m.csv:1"},
                {"question,practice\n,\n", "m.csv"},
                {"question,practice\n1,\"x\n", "m.csv:2"}};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        struct answer_map m;
        struct err e = {0};
        assert_false(answer_map_read(&t->ctx, t->a, str_of(maps[i].map), S("m.csv"), &m, &e));
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.where, maps[i].where);
    }
    struct csv_sheet s;
    struct answer_columns c;
    struct err e = {0};
    const str given[] = {S_INIT("answer=Nothing")}, wrong[] = {S_INIT("colour=x")};
    assert_true(csv_sheet_read(t->a, S("a,b\n1,2\n"), S("s.csv"), &s, &e));
    assert_false(answer_columns_find(t->a, &s, NULL, 0, &c, &e));
    assert_int_equal(e.kind, ERR_INPUT);
    assert_false(answer_columns_find(t->a, &s, given, 1, &c, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_false(answer_columns_find(t->a, &s, wrong, 1, &c, &e));
    assert_string_equal(e.where, "colour=x");
}

static void the_built_in_form_names_practices_that_exist(void **state) {
    struct testing *t = *state;
    struct answer_form f;
    struct asking x;
    const struct catalogue *c;
    begin(&x, t, NULL);
    assert_true(answer_form_find(&t->ctx, t->a, S("cisa"), &f, &t->e));
    assert_true(catalogue_find(&t->ctx, NULL, t->a, f.catalogue, &c, &t->e));
    struct answer_known *known = arena_array(t->a, struct answer_known, c->practices.n);
    for (uint32_t i = 0; i < c->practices.n; i++)
        known[i] = (struct answer_known){.level = 4, .target = -1, .basis = BASIS_COMPUTED};
    x.source = (struct answer_source){c, S("log x"), known};
    x.ask.of = c;
    x.ask.fields = &f.fields;
    struct answer_columns columns;
    assert_true(answer_columns_find(t->a, &f.sheet, NULL, 0, &columns, &t->e));
    answer_sheet(t->a, &x.ask, &f.sheet, &columns, &x.out);
    assert_int_equal(x.out.counts[BLANK_FAULT], 0);
    assert_int_equal(x.out.counts[ANSWERED_YES], 9);
    assert_int_equal(x.out.counts[ANSWERED_FIELD], f.fields.entries.n);
    struct err e = {0};
    assert_false(answer_form_find(&t->ctx, t->a, S("nothing"), &f, &e));
    assert_int_equal(e.kind, ERR_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(a_question_is_worth_what_its_practices_are),
                                       TEST(heads_are_found_below_titles_and_in_both_languages),
                                       TEST(a_persons_claim_is_told_as_such), TEST(faults_have_their_place),
                                       TEST(the_built_in_form_names_practices_that_exist)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
