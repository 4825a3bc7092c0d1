/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/restoring.h"

#include "base/testing.h"

enum { HOUR = 3600 };

static void needs(struct reliance *g, uint32_t node, uint32_t on) {
    reliance_any(g, node, reliance_group(g, node), on);
}

/* Two systems lost, one team: the one with the near limit first, although it was named last. */
static void near_limits_come_first(void **state) {
    struct testing *t = *state;
    struct reliance g;
    reliance_init(&g, t->a);
    enum { ARCHIVE, EMERGENCY, ARCHIVE_SYSTEM, EMERGENCY_SYSTEM, N };
    for (int i = 0; i < N; i++)
        reliance_node(&g);
    needs(&g, ARCHIVE, ARCHIVE_SYSTEM);
    needs(&g, EMERGENCY, EMERGENCY_SYSTEM);
    struct restoring_job jobs[] = {{ARCHIVE_SYSTEM, 10 * HOUR}, {EMERGENCY_SYSTEM, 4 * HOUR}};
    struct restoring_stake stakes[] = {{ARCHIVE, 72 * HOUR, 1000}, {EMERGENCY, 4 * HOUR, 1000}};
    struct restoring_plan p = {&g, jobs, 2, 1, stakes, 2};
    struct restoring_result r;
    restoring_find(&p, t->a, &r);
    assert_true(r.exact);
    assert_int_equal(r.order[0], 1);
    assert_int_equal(r.back[1], 4 * HOUR);
    assert_int_equal(r.back[0], 14 * HOUR);
    assert_true(r.late < 1 && r.naive_late > 1);
    p.teams = 2;
    restoring_find(&p, t->a, &r);
    assert_int_equal(r.back[0], 10 * HOUR);
}

/* An alternative is enough, and what needs a service is back with it; a circle does not stay down. */
static void back_as_soon_as_one_way_is(void **state) {
    struct testing *t = *state;
    struct reliance g;
    reliance_init(&g, t->a);
    enum { WARD, LAB, SITE_A, SITE_B, N };
    for (int i = 0; i < N; i++)
        reliance_node(&g);
    uint32_t sites = reliance_group(&g, LAB);
    reliance_any(&g, LAB, sites, SITE_A);
    reliance_any(&g, LAB, sites, SITE_B);
    needs(&g, WARD, LAB);
    needs(&g, LAB, WARD);
    struct restoring_job jobs[] = {{SITE_A, 20 * HOUR}, {SITE_B, 3 * HOUR}};
    struct restoring_stake stakes[] = {{WARD, HOUR, 10}};
    struct restoring_plan p = {&g, jobs, 2, 1, stakes, 1};
    struct restoring_result r;
    restoring_find(&p, t->a, &r);
    assert_int_equal(r.order[0], 1);
    assert_int_equal(r.back[0], 3 * HOUR);
    assert_int_equal(r.done[0], 23 * HOUR);
}

static uint32_t next(uint32_t *seed) { return *seed = *seed * 1664525U + 1013904223U, *seed >> 8; }

/* With more jobs than can be tried: never worse than the order given, and close to the best for independent jobs of
 * equal limits, which the ratio of people to hours orders best. */
static void many_jobs_are_ordered_well(void **state) {
    struct testing *t = *state;
    uint32_t seed = 3;
    enum { N = 40 };
    struct reliance g;
    reliance_init(&g, t->a);
    struct restoring_job jobs[N];
    struct restoring_stake stakes[N];
    for (uint32_t i = 0; i < N; i++) {
        uint32_t system = reliance_node(&g), service = reliance_node(&g);
        needs(&g, service, system);
        jobs[i] = (struct restoring_job){system, HOUR * (1 + next(&seed) % 20)};
        stakes[i] = (struct restoring_stake){service, 0, 1 + next(&seed) % 100};
    }
    struct restoring_plan p = {&g, jobs, N, 1, stakes, N};
    struct restoring_result r;
    restoring_find(&p, t->a, &r);
    assert_false(r.exact);
    assert_true(r.late <= r.naive_late);
    for (uint32_t i = 0; i + 1 < N; i++) {
        const struct restoring_job *x = &jobs[r.order[i]], *y = &jobs[r.order[i + 1]];
        double rx = stakes[r.order[i]].people / (double)x->takes, ry = stakes[r.order[i + 1]].people / (double)y->takes;
        assert_true(rx >= ry - 1e-12);
    }
}

static void nothing_lost(void **state) {
    struct testing *t = *state;
    struct reliance g;
    reliance_init(&g, t->a);
    struct restoring_stake stake = {reliance_node(&g), 0, 5};
    struct restoring_plan p = {&g, NULL, 0, 1, &stake, 1};
    struct restoring_result r;
    restoring_find(&p, t->a, &r);
    assert_int_equal(r.back[0], 0);
    assert_true(r.total < 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(near_limits_come_first), TEST(back_as_soon_as_one_way_is),
                                       TEST(many_jobs_are_ordered_well), TEST(nothing_lost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
