/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/testing.h"
#include "seal/leaf.h"

static struct leaf sample(void) {
    struct leaf l = {.time = 0x0102030405060708, .kind = S("sbom")};
    memset(l.key, 0x11, 32);
    memset(l.body, 0x22, 32);
    return l;
}

/* docs/log.md, byte by byte. */
static void layout(void **state) {
    struct testing *t = *state;
    struct leaf l = sample(), back;
    unsigned char bytes[LEAF_MOST];
    size_t n = leaf_write(&l, bytes);
    check_str(hex_text(t->a, bytes, n), "010102030405060708"
                                        "1111111111111111111111111111111111111111111111111111111111111111"
                                        "2222222222222222222222222222222222222222222222222222222222222222"
                                        "0473626f6d");
    assert_true(leaf_read(str_n((char *)bytes, n), &back));
    assert_int_equal(back.time, l.time);
    check_str(back.kind, "sbom");
    assert_memory_equal(back.key, l.key, 32);
    assert_memory_equal(back.body, l.body, 32);
}

static void refuses(void **state) {
    (void)state;
    struct leaf l = sample(), back;
    unsigned char bytes[LEAF_MOST + 1] = {0};
    size_t n = leaf_write(&l, bytes);
    for (size_t k = 0; k < n; k++)
        assert_false(leaf_read(str_n((char *)bytes, k), &back));
    assert_false(leaf_read(str_n((char *)bytes, n + 1), &back));
    bytes[0] = 2;
    assert_false(leaf_read(str_n((char *)bytes, n), &back));
    bytes[0] = 1;
    bytes[1] = 0x80; /* a time before 1970 */
    assert_false(leaf_read(str_n((char *)bytes, n), &back));
}

static void longest(void **state) {
    struct testing *t = *state;
    struct leaf l = sample(), back;
    unsigned char bytes[LEAF_MOST];
    l.kind = str_n(arena_alloc(t->a, 300), 300);
    assert_int_equal(leaf_write(&l, bytes), LEAF_MOST);
    assert_true(leaf_read(str_n((char *)bytes, LEAF_MOST), &back));
    assert_int_equal(back.kind.n, 255);
    l.kind = (str){0};
    assert_int_equal(leaf_write(&l, bytes), LEAF_LEAST);
    assert_true(leaf_read(str_n((char *)bytes, LEAF_LEAST), &back));
}

static void commitment(void **state) {
    (void)state;
    unsigned char salt[LEAF_SALT], all[LEAF_SALT + 3], want[32], got[32];
    memset(salt, 7, sizeof salt);
    memset(all, 7, sizeof salt);
    memcpy(all + LEAF_SALT, "abc", 3);
    digest_of(DIGEST_SHA256, str_n((char *)all, sizeof all), want);
    leaf_commit(salt, S("abc"), got);
    assert_memory_equal(got, want, 32);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(layout), TEST(refuses), TEST(longest), TEST(commitment)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
