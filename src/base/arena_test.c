/* SPDX-License-Identifier: Apache-2.0
 *
 * Arenas, growing arrays and the map.
 */
#include <stdio.h>

#include "base/testing.h"

static void memory_is_zeroed_and_aligned(void **state) {
    struct testing *t = *state;
    for (size_t n = 0; n < 300; n += 7) {
        unsigned char *p = arena_alloc(t->a, n);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, n);
    }
    unsigned char *large = arena_alloc(t->a, 3 << 20); /* larger than any block */
    assert_int_equal(large[(3 << 20) - 1], 0);
}

static void reset_gives_back_all_since_the_mark(void **state) {
    struct testing *t = *state;
    str kept = arena_str(t->a, S("kept"));
    size_t held = arena_bytes(t->a);
    for (int round = 0; round < 3; round++) {
        struct arena_mark m = arena_mark(t->a);
        for (int i = 0; i < 1000; i++)
            memset(arena_alloc(t->a, 1000), 0xAA, 1000);
        assert_true(arena_bytes(t->a) > 900000);
        arena_reset(t->a, m);
        assert_int_equal(arena_bytes(t->a), held);
    }
    check_str(kept, "kept");
    assert_int_equal(*(char *)arena_alloc(t->a, 1), 0); /* used bytes come back zeroed */
}

static void note(void *ptr) {
    char **at = ptr;
    *(*at)++ = 'x';
}

static void deferred_calls_run_once_at_reset_or_end(void **state) {
    (void)state;
    char log[8] = {0}, *at = log;
    struct arena *a = arena_new();
    arena_defer(a, note, (void *)&at);
    struct arena_mark m = arena_mark(a);
    arena_defer(a, note, (void *)&at);
    arena_defer(a, note, (void *)&at);
    arena_reset(a, m);
    assert_string_equal(log, "xx");
    arena_free(a);
    assert_string_equal(log, "xxx");
    arena_free(NULL);
}

static void texts_are_copied_with_a_nul_behind(void **state) {
    struct testing *t = *state;
    char source[] = "abc";
    str copy = arena_str(t->a, str_n(source, 2));
    source[0] = 'z';
    assert_string_equal(copy.p, "ab");
    assert_null(arena_str(t->a, (str){NULL, 0}).p);
    assert_non_null(arena_str(t->a, S("")).p);
    assert_null(arena_lower(t->a, (str){NULL, 0}).p);
    check_str(arena_lower(t->a, S("AbC\xC3\x84")), "abc\xC3\x84"); /* ASCII only */
    check_str(arena_cat(t->a, S("a"), (str){NULL, 0}), "a");
    assert_string_equal(arena_printf(t->a, "%d-%s", 4, "x").p, "4-x");
    assert_string_equal(arena_cstr(t->a, (str){NULL, 0}), "");
}

static void vec_keeps_what_it_holds(void **state) {
    struct testing *t = *state;
    VEC(uint32_t) v = {0};
    for (uint32_t i = 0; i < 5000; i++)
        *vec_push(t->a, &v) = i * 3;
    assert_int_equal(v.n, 5000);
    for (uint32_t i = 0; i < v.n; i++)
        assert_int_equal(v.v[i], i * 3);
}

static void map_finds_every_key(void **state) {
    struct testing *t = *state;
    struct map m;
    map_init(&m, t->a);
    assert_null(map_find(&m, S("a")));
    enum { MANY = 100000 };
    for (uintptr_t i = 1; i <= MANY; i++) {
        bool fresh = false;
        struct map_entry *e = map_put(&m, arena_printf(t->a, "key-%zu", (size_t)i), &fresh);
        assert_true(fresh);
        assert_null(e->value);
        e->value = (void *)i;
    }
    assert_int_equal(m.entries.n, MANY);
    for (uintptr_t i = 1; i <= MANY; i++) {
        char key[32];
        snprintf(key, sizeof key, "key-%zu", (size_t)i);
        assert_int_equal((uintptr_t)map_get(&m, str_of(key)), i);
    }
    assert_null(map_get(&m, S("key-0")));
    check_str(m.entries.v[41].key, "key-42"); /* in the order they came */
}

static void map_keys_are_bytes(void **state) {
    struct testing *t = *state;
    struct map m;
    map_init(&m, t->a);
    char empty[] = "empty", nul[] = "nul", other[] = "other", a[] = "a", again[] = "again";
    bool fresh;
    map_put(&m, S(""), &fresh)->value = empty;
    map_put(&m, S("a\0b"), &fresh)->value = nul;
    map_put(&m, S("a\0c"), NULL)->value = other;
    map_put(&m, S("a"), NULL)->value = a;
    map_put(&m, S("a"), &fresh)->value = again;
    assert_false(fresh);
    assert_string_equal(map_get(&m, (str){NULL, 0}), "empty");
    assert_string_equal(map_get(&m, S("a\0b")), "nul");
    assert_string_equal(map_get(&m, S("a\0c")), "other");
    assert_string_equal(map_get(&m, S("a")), "again");
    assert_int_equal(m.entries.n, 4);
}

static void hash_reads_every_byte(void **state) {
    (void)state;
    char text[65];
    memset(text, 'a', sizeof text);
    for (size_t n = 1; n <= 64; n++) {
        uint64_t plain = hash_bytes(str_n(text, n));
        assert_true(plain == hash_bytes(str_n(text, n)));
        assert_true(plain != hash_bytes(str_n(text, n - 1)));
        for (size_t i = 0; i < n; i++) {
            text[i] = 'b';
            assert_true(plain != hash_bytes(str_n(text, n)));
            text[i] = 'a';
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(memory_is_zeroed_and_aligned),
        TEST(reset_gives_back_all_since_the_mark),
        TEST(deferred_calls_run_once_at_reset_or_end),
        TEST(texts_are_copied_with_a_nul_behind),
        TEST(vec_keeps_what_it_holds),
        TEST(map_finds_every_key),
        TEST(map_keys_are_bytes),
        TEST(hash_reads_every_byte),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
