/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "vuln/priority.h"

static void tree_rows(void **state) {
    (void)state;
    static const struct {
        struct priority_facts facts;
        enum priority want;
    } rows[] = {
        {{EXPLOITATION_NONE, false, false, MISSION_LOW}, PRIORITY_TRACK},
        {{EXPLOITATION_NONE, false, true, MISSION_HIGH}, PRIORITY_TRACK_STAR},
        {{EXPLOITATION_NONE, true, false, MISSION_HIGH}, PRIORITY_ATTEND},
        {{EXPLOITATION_POC, false, true, MISSION_MEDIUM}, PRIORITY_TRACK_STAR},
        {{EXPLOITATION_POC, true, true, MISSION_HIGH}, PRIORITY_ATTEND},
        {{EXPLOITATION_ACTIVE, false, true, MISSION_MEDIUM}, PRIORITY_ATTEND},
        {{EXPLOITATION_ACTIVE, false, true, MISSION_HIGH}, PRIORITY_ACT},
        {{EXPLOITATION_ACTIVE, true, false, MISSION_LOW}, PRIORITY_ATTEND},
        {{EXPLOITATION_ACTIVE, true, true, MISSION_MEDIUM}, PRIORITY_ACT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(priority_decide(&rows[i].facts), rows[i].want);
}

static void facts_come_from_what_is_known(void **state) {
    struct testing *t = *state;
    struct advisory a = {.epss = -1};
    str v = S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
    struct priority_facts f = priority_facts_of(&a, v, MISSION_MEDIUM);
    assert_int_equal(f.exploitation, EXPLOITATION_NONE);
    assert_true(f.automatable && f.total);
    a.kev = true;
    f = priority_facts_of(&a, v, MISSION_MEDIUM);
    assert_int_equal(priority_decide(&f), PRIORITY_ACT);
    check_str(priority_reason(t->a, &f, &a), "exploited now (KEV) · automatable · total impact");
    a = (struct advisory){.epss = 0.4, .ssvc_automatable = S("no")};
    f = priority_facts_of(&a, v, MISSION_MEDIUM);
    assert_int_equal(f.exploitation, EXPLOITATION_POC);
    assert_false(f.automatable);
}

static void worst_rating_wins(void **state) {
    struct testing *t = *state;
    struct advisory a = {.severity_text = S("LOW"), .epss = -1};
    assert_int_equal(advisory_worst(&a).severity, SEVERITY_LOW);
    *vec_push(t->a, &a.ratings) = (struct rating){S("AV:N/AC:L/Au:N/C:C/I:C/A:C"), S("nvd"), -1};
    assert_int_equal(advisory_worst(&a).severity, SEVERITY_CRITICAL);
    *vec_push(t->a, &a.ratings) = (struct rating){S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"), S("ghsa"), -1};
    struct worst_rating w = advisory_worst(&a);
    check_str(w.source, "ghsa");
    assert_int_equal(w.severity, SEVERITY_HIGH);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(tree_rows), TEST(facts_come_from_what_is_known), TEST(worst_rating_wins)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
