/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/choice.h"

#include "base/testing.h"

static struct questionnaire built_in(struct testing *t) {
    const struct catalogue *k;
    struct questionnaire q = {0};
    if (!catalogue_find(&t->ctx, NULL, t->a, S("cip"), &k, &t->e) || !questionnaire_find(&t->ctx, t->a, k, &q, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return q;
}

static void answers_of(struct testing *t, const struct questionnaire *q, const char *text, int32_t *answers) {
    str rest = str_of(text), one;
    for (int i = 0; i < QUESTIONS_MOST; i++)
        answers[i] = UNANSWERED;
    while (*text && str_next(&rest, ' ', &one))
        if (!answer_take(q, one, S("--answer"), answers, &t->e))
            fail_msg("%s", t->e.what);
}

#define LIGHT "personal-data=none safety=no critical-infrastructure=no exposure=internal customers=few firm-size=small"
static const struct {
    const char *answers, *package;
    bool certain;
} rows[] = {
    {LIGHT, "minimum", true},
    {LIGHT " safety=directly", "standard", true},
    {LIGHT " critical-infrastructure=essential", "standard", true},
    {LIGHT " personal-data=sensitive customers=hundreds", "standard", true},
    {LIGHT " personal-data=sensitive customers=tens", "minimum", true},
    {"", "minimum", false},
    {"safety=directly", "standard", true}, /* nothing else can take it back */
    {"personal-data=none safety=no critical-infrastructure=no exposure=internal customers=few", "minimum", true},
    {"personal-data=none safety=no critical-infrastructure=no exposure=internal", "minimum", true},
    {"personal-data=many safety=no critical-infrastructure=no exposure=internet customers=tens", "minimum", false},
    {"personal-data=none critical-infrastructure=no exposure=internal customers=few firm-size=small", "minimum", false},
};

static void what_is_recommended(void **state) {
    struct testing *t = *state;
    struct questionnaire q = built_in(t);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int32_t answers[QUESTIONS_MOST];
        struct recommendation r;
        answers_of(t, &q, rows[i].answers, answers);
        recommend(t->a, &q, answers, &r);
        if (!str_is(q.results.v[r.result].package, rows[i].package) || r.certain != rows[i].certain)
            fail_msg("%s: %.*s, certain %d", rows[i].answers, STR_ARG(q.results.v[r.result].package), r.certain);
        for (uint32_t n = 0; n < r.changes.n; n++) { /* each of them does change it */
            struct recommendation other;
            int32_t kept = answers[r.changes.v[n].question];
            answers[r.changes.v[n].question] = (int32_t)r.changes.v[n].answer;
            recommend(t->a, &q, answers, &other);
            assert_int_equal(other.result, r.changes.v[n].result);
            assert_int_not_equal(other.result, r.result);
            answers[r.changes.v[n].question] = kept;
        }
    }
}

/* An answer that weighs more never leads to less. */
static void heavier_is_never_less(void **state) {
    struct testing *t = *state;
    struct questionnaire q = built_in(t);
    uint32_t seed = 1;
    for (int round = 0; round < 200; round++) {
        int32_t answers[QUESTIONS_MOST];
        struct recommendation before, after;
        for (uint32_t i = 0; i < q.questions.n; i++) {
            seed = seed * 1664525 + 1013904223;
            answers[i] = (int32_t)(seed >> 16) % ((int32_t)q.questions.v[i].answers.n + 1) - 1;
        }
        recommend(t->a, &q, answers, &before);
        uint32_t n = (seed >> 8) % q.questions.n;
        const struct choose_answers *of = &q.questions.v[n].answers;
        int32_t weight = answers[n] == UNANSWERED ? 0 : of->v[answers[n]].weight,
                forces = answers[n] == UNANSWERED ? -1 : of->v[answers[n]].forces;
        for (uint32_t i = 0; i < of->n; i++)
            if (of->v[i].weight >= weight && of->v[i].forces >= forces) {
                answers[n] = (int32_t)i;
                recommend(t->a, &q, answers, &after);
                assert_true(after.result >= before.result);
            }
    }
}

static void reasons_heaviest_first(void **state) {
    struct testing *t = *state;
    struct questionnaire q = built_in(t);
    int32_t answers[QUESTIONS_MOST];
    struct recommendation r;
    answers_of(t, &q, LIGHT " exposure=internet safety=directly personal-data=sensitive", answers);
    recommend(t->a, &q, answers, &r);
    assert_int_equal(r.reasons.n, 3);
    check_str(q.questions.v[r.reasons.v[0].question].id, "safety");
    check_str(q.questions.v[r.reasons.v[1].question].id, "personal-data");
}

static void answers_that_are_none(void **state) {
    struct testing *t = *state;
    struct questionnaire q = built_in(t);
    int32_t answers[QUESTIONS_MOST];
    static const char *const bad[] = {"safety", "colour=red", "safety=maybe"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = {0};
        assert_false(answer_take(&q, str_of(bad[i]), S("--answer"), answers, &e));
        assert_int_equal(e.kind, ERR_USAGE);
    }
}

#define BODY(results, questions)                                                                                       \
    "{\"choose\":1,\"catalogue\":\"cip\",\"version\":\"1\",\"title\":\"t\",\"results\":[" results                      \
    "],\"questions\":[" questions "]}"
#define A "{\"id\":\"a\",\"text\":\"a\",\"weight\":0}"
#define R "{\"package\":\"m\",\"from\":0,\"text\":\"m\"},{\"package\":\"s\",\"from\":2,\"text\":\"s\"}"
static const struct {
    const char *text, *where;
} bad_files[] = {
    {BODY("{\"package\":\"m\",\"from\":1,\"text\":\"m\"},{\"package\":\"s\",\"from\":2,\"text\":\"s\"}", ""), NULL},
    {BODY("{\"package\":\"m\",\"from\":0,\"text\":\"m\"},{\"package\":\"m\",\"from\":2,\"text\":\"s\"}",
          "{\"id\":\"q\",\"text\":\"q\",\"answers\":[" A ",{\"id\":\"b\",\"text\":\"a\",\"weight\":0}]}"),
     "x#/results/1/package"},
    {BODY("{\"package\":\"m\",\"from\":0,\"text\":\"m\"},{\"package\":\"s\",\"from\":0,\"text\":\"s\"}",
          "{\"id\":\"q\",\"text\":\"q\",\"answers\":[" A ",{\"id\":\"b\",\"text\":\"a\",\"weight\":0}]}"),
     "x#/results/1/from"},
    {BODY(R, "{\"id\":\"q\",\"text\":\"q\",\"answers\":[" A "," A "]}"), "x#/questions/0/answers/1/id"},
    {BODY(R, "{\"id\":\"q\",\"text\":\"q\",\"answers\":[" A
             ",{\"id\":\"b\",\"text\":\"a\",\"weight\":0,\"forces\":\"z\"}]}"),
     "x#/questions/0/answers/1/forces"},
};

static void files_that_are_none(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof bad_files / sizeof *bad_files; i++) {
        struct questionnaire q;
        struct err e = {0};
        assert_false(questionnaire_read(&t->ctx, t->a, str_of(bad_files[i].text), S("x"), &q, &e));
        if (bad_files[i].where)
            assert_string_equal(e.where, bad_files[i].where);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_is_recommended),   TEST(heavier_is_never_less), TEST(reasons_heaviest_first),
        TEST(answers_that_are_none), TEST(files_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
