/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/testing.h"
#include "base/unpack.h"

/* A ustar archive of regular files, made here so that unsafe names can be in it. */
static void tar_add(struct buf *b, const char *name, str content) {
    char h[512] = {0};
    snprintf(h, 100, "%s", name);
    memcpy(h + 100,
           "0000644\0"
           "0000000\0"
           "0000000\0",
           24);
    snprintf(h + 124, 12, "%011zo", content.n);
    memcpy(h + 136, "00000000000\0        0", 21);
    memcpy(h + 257,
           "ustar\0"
           "00",
           8);
    unsigned sum = 0;
    for (size_t i = 0; i < 512; i++)
        sum += (unsigned char)h[i];
    snprintf(h + 148, 8, "%06o", sum);
    buf_add(b, str_n(h, 512));
    buf_add(b, content);
    char zero[512] = {0};
    buf_add(b, str_n(zero, (512 - content.n % 512) % 512));
}
static void tar_end(struct buf *b) {
    char zero[1024] = {0};
    buf_add(b, str_n(zero, 1024));
}

static void entries_and_content(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    tar_add(&b, "./a/b.txt", S("hello"));
    tar_add(&b, "../../etc/passwd", S("x"));
    tar_add(&b, "/abs", S("y"));
    tar_end(&b);
    assert_true(unpack_looks_like_archive(buf_str(&b)));
    struct unpack *u;
    struct entry entry;
    str got;
    assert_true(unpack_open_text(&t->ctx, buf_str(&b), S("t.tar"), &u, &t->e));
    assert_true(unpack_next(u, &entry, &t->e));
    check_str(entry.path, "a/b.txt");
    assert_true(unpack_peek(u, 2, &got, &t->e));
    check_str(got, "he");
    assert_true(unpack_read(u, t->a, &got, &t->e));
    check_str(got, "hello");
    assert_true(unpack_next(u, &entry, &t->e));
    assert_true(entry.unsafe);
    assert_null(entry.path.p);
    assert_true(unpack_next(u, &entry, &t->e));
    check_str(entry.path, "abs");
    assert_true(unpack_borrow(u, &got, &t->e));
    check_str(got, "y");
    assert_true(got.p > b.p && got.p < b.p + b.n);
    assert_false(unpack_next(u, &entry, &t->e));
    assert_int_equal(t->e.kind, ERR_NONE);
    unpack_close(u);
    buf_free(&b);
}

static void damage_is_told(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    tar_add(&b, "a", S("hello"));
    struct unpack *u;
    struct entry entry;
    str got;
    assert_true(unpack_open_text(&t->ctx, str_upto(buf_str(&b), 514), S("t.tar"), &u, &t->e));
    assert_true(unpack_next(u, &entry, &t->e));
    assert_false(unpack_read(u, t->a, &got, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    assert_string_equal(t->e.where, "t.tar");
    unpack_close(u);
    buf_free(&b);
}

static void sizes_are_bounded(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    char big[5000] = {0};
    tar_add(&b, "a", str_n(big, sizeof big));
    tar_end(&b);
    struct unpack *u;
    struct entry entry;
    str got;
    t->ctx.limits.member = 4000;
    assert_true(unpack_open_text(&t->ctx, buf_str(&b), S("t.tar"), &u, &t->e));
    assert_true(unpack_next(u, &entry, &t->e));
    assert_false(unpack_read(u, t->a, &got, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    unpack_close(u);
    buf_free(&b);
}

/* gzip of "hello". */
static void streams_unpack(void **state) {
    struct testing *t = *state;
    static const unsigned char gz[] = {0x1f, 0x8b, 0x08, 0,    0,    0,    0,    0,    2,    3,    0xcb, 0x48, 0xcd,
                                       0xc9, 0xc9, 0x07, 0x00, 0x86, 0xa6, 0x10, 0x36, 0x05, 0x00, 0x00, 0x00};
    str got;
    assert_true(text_unpack(&t->ctx, t->a, str_n((const char *)gz, sizeof gz), S("f.gz"), &got, &t->e));
    check_str(got, "hello");
    assert_true(text_unpack(&t->ctx, t->a, S("plain"), S("f"), &got, &t->e));
    check_str(got, "plain");
    assert_false(text_unpack(&t->ctx, t->a, str_n((const char *)gz, 14), S("f.gz"), &got, &t->e));
    assert_string_equal(t->e.where, "f.gz");
}

/* tar | bzip2 of `a`, 8 MiB of zeros, and `b`, one byte. */
static const unsigned char bomb[] = {
    0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0x59, 0x2f, 0x23, 0xdd, 0x01, 0x01, 0x7a, 0x7b,
    0x80, 0xc9, 0x80, 0x00, 0x80, 0x40, 0x00, 0x75, 0x00, 0x00, 0x00, 0xf0, 0x00, 0x1e, 0x40, 0x08, 0x08, 0x20,
    0x00, 0x90, 0x28, 0xd1, 0x90, 0x34, 0x69, 0x91, 0xa0, 0x54, 0x92, 0x4f, 0x53, 0x4d, 0x1a, 0x66, 0xa1, 0xe9,
    0x3a, 0xe7, 0x9d, 0x9a, 0x55, 0x24, 0x4c, 0xd4, 0x42, 0x40, 0x0b, 0x5e, 0x10, 0x88, 0x02, 0xb7, 0xf8, 0xe1,
    0xb4, 0xe2, 0x9b, 0xbb, 0xb5, 0x90, 0x44, 0x01, 0x42, 0xa7, 0x0b, 0x44, 0xb2, 0xf6, 0x23, 0x0d, 0x26, 0xb5,
    0x1a, 0x53, 0xb5, 0xa7, 0x18, 0x5a, 0xea, 0xb2, 0x97, 0x4c, 0x7e, 0x98, 0x65, 0x95, 0xf2, 0xea, 0xc9, 0x24,
    0x20, 0x0f, 0xe2, 0xee, 0x48, 0xa7, 0x0a, 0x12, 0x0b, 0x25, 0xe4, 0x7b, 0xa0};

static void an_entry_passed_over_counts_too(void **state) {
    struct testing *t = *state;
    static const struct {
        size_t unpacked;
        uint32_t ratio;
        bool whole;
    } rows[] = {{(size_t)64 << 20, 1000000, true}, {(size_t)1 << 20, 1000000, false}, {(size_t)64 << 20, 1000, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct unpack *u;
        struct entry entry;
        t->ctx.limits.unpacked = rows[i].unpacked;
        t->ctx.limits.ratio = rows[i].ratio;
        assert_true(unpack_open_text(&t->ctx, str_n((const char *)bomb, sizeof bomb), S("b.tbz"), &u, &t->e));
        assert_true(unpack_next(u, &entry, &t->e));
        assert_int_equal(unpack_next(u, &entry, &t->e), rows[i].whole);
        if (rows[i].whole)
            check_str(entry.path, "b");
        else
            assert_int_equal(t->e.kind, ERR_LIMIT);
        unpack_close(u);
    }
}

/* zlib of "hello". */
static void zlib_unpacks(void **state) {
    struct testing *t = *state;
    static const unsigned char z[] = {0x78, 0x9c, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x06, 0x2c, 0x02, 0x15};
    str got;
    assert_true(zlib_unpack(&t->ctx, t->a, str_n((const char *)z, sizeof z), S("z"), &got, &t->e));
    check_str(got, "hello");
    for (size_t n = 0; n < sizeof z; n++) {
        assert_false(zlib_unpack(&t->ctx, t->a, str_n((const char *)z, n), S("z"), &got, &t->e));
        assert_string_equal(t->e.where, "z");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(entries_and_content),
                                       TEST(damage_is_told),
                                       TEST(sizes_are_bounded),
                                       TEST(streams_unpack),
                                       TEST(an_entry_passed_over_counts_too),
                                       TEST(zlib_unpacks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
