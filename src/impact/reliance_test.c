/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/reliance.h"

#include "base/testing.h"

static void need(struct reliance *g, uint32_t node, uint32_t on) { reliance_any(g, node, reliance_group(g, node), on); }
static void need_any(struct reliance *g, uint32_t node, uint32_t x, uint32_t y) {
    uint32_t group = reliance_group(g, node);
    reliance_any(g, node, group, x);
    reliance_any(g, node, group, y);
}

/* hospital needs lab and (power a or power b); both powers need one grid. */
static void two_ways_over_one_bridge(void **state) {
    struct testing *t = *state;
    struct reliance g;
    reliance_init(&g, t->a);
    enum { HOSPITAL, LAB, POWER_A, POWER_B, GRID, N };
    for (int i = 0; i < N; i++)
        reliance_node(&g);
    need(&g, HOSPITAL, LAB);
    need_any(&g, HOSPITAL, POWER_A, POWER_B);
    need(&g, POWER_A, GRID);
    need(&g, POWER_B, GRID);
    roaring_bitmap_t **sets = reliance_essential(&g, t->a);
    assert_int_equal(roaring_bitmap_get_cardinality(sets[HOSPITAL]), 3);
    assert_true(roaring_bitmap_contains(sets[HOSPITAL], GRID));
    assert_true(roaring_bitmap_contains(sets[HOSPITAL], LAB));
    assert_false(roaring_bitmap_contains(sets[HOSPITAL], POWER_A));
    reliance_essential_free(&g, sets);
    struct reliance_fall f;
    reliance_fell(&g, t->a, (uint32_t[]){GRID}, 1, &f);
    assert_int_equal(f.n, 4);
    assert_int_equal(f.deepest, 2);
    assert_int_equal(f.depth[HOSPITAL], 2);
    assert_int_equal(f.depth[LAB], RELIANCE_NONE);
    reliance_fell(&g, t->a, (uint32_t[]){POWER_A}, 1, &f);
    assert_int_equal(f.n, 1);
    reliance_fell(&g, t->a, (uint32_t[]){POWER_A, POWER_B, POWER_A}, 3, &f);
    assert_int_equal(f.n, 3);
    assert_int_equal(f.cause[HOSPITAL], POWER_B);
}

static void a_circle_holds_itself_up(void **state) {
    struct testing *t = *state;
    struct reliance g;
    reliance_init(&g, t->a);
    for (int i = 0; i < 4; i++)
        reliance_node(&g);
    need(&g, 0, 1);
    need(&g, 1, 0);
    need(&g, 1, 2);
    need(&g, 3, 3); /* needs itself */
    struct reliance_fall f;
    reliance_fell(&g, t->a, NULL, 0, &f);
    assert_int_equal(f.n, 0);
    reliance_fell(&g, t->a, (uint32_t[]){2}, 1, &f);
    assert_int_equal(f.n, 3);
    roaring_bitmap_t **sets = reliance_essential(&g, t->a);
    assert_int_equal(roaring_bitmap_get_cardinality(sets[0]), 3);
    assert_int_equal(roaring_bitmap_get_cardinality(sets[3]), 1);
    reliance_essential_free(&g, sets);
}

static uint32_t next(uint32_t *seed) { return *seed = *seed * 1664525U + 1013904223U, *seed >> 8; }

static void random_graph(struct reliance *g, struct arena *a, uint32_t *seed) {
    reliance_init(g, a);
    uint32_t n = 2 + next(seed) % 14;
    for (uint32_t i = 0; i < n; i++)
        reliance_node(g);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = next(seed) % 3; k > 0; k--) {
            uint32_t group = reliance_group(g, i);
            for (uint32_t m = 1 + next(seed) % 3; m > 0; m--)
                reliance_any(g, i, group, next(seed) % n);
        }
}

/* A node is essential to another exactly when taking it away fells that one. */
static void essential_is_what_fells(void **state) {
    struct testing *t = *state;
    uint32_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        struct arena_mark mark = arena_mark(t->a);
        struct reliance g;
        random_graph(&g, t->a, &seed);
        roaring_bitmap_t **sets = reliance_essential(&g, t->a);
        for (uint32_t away = 0; away < g.nodes.n; away++) {
            struct reliance_fall f;
            reliance_fell(&g, t->a, &away, 1, &f);
            for (uint32_t i = 0; i < g.nodes.n; i++)
                assert_int_equal(roaring_bitmap_contains(sets[i], away), f.depth[i] != RELIANCE_NONE);
        }
        reliance_essential_free(&g, sets);
        arena_reset(t->a, mark);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(two_ways_over_one_bridge), TEST(a_circle_holds_itself_up),
                                       TEST(essential_is_what_fells)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
