/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv_sheet.h"

#include "base/testing.h"

static str written(struct testing *t, const struct csv_sheet *s, uint32_t *replaced) {
    struct buf b = {0};
    struct err e = {0};
    assert_true(csv_sheet_write(t->a, s, &b, replaced, &e));
    str out = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static const struct {
    const char *bytes;
    size_t n;
    const char *charset;
    uint32_t rows, columns;
    const char *second; /* of the last row, in UTF-8 */
} sheets[] = {
#define SHEET(bytes, ...)                                                                                              \
    { bytes, sizeof bytes - 1, __VA_ARGS__ }
    SHEET("a,b\r\n1,\"x \"\"y\"\"\r\nz\"\r\n", "UTF-8", 2, 2, "x \"y\"\r\nz"),
    SHEET("a;b,c;d\n1; 2 ;3\n", "UTF-8", 2, 3, "2"),
    SHEET("a\tb\n1\t'=2", "UTF-8", 2, 2, "=2"),
    SHEET("\xef\xbb\xbf\xe9\xa0\x85,b\r\n,\r\n", "UTF-8", 2, 2, ""),
    SHEET("\x94\xd4\x8d\x86,\x89\xf1\x93\x9a\r\n1,\"\x83\x5c,\x83\x7c\"\r\n", "CP932", 2, 2, "ソ,ポ"),
    SHEET("\xff\xfe\x61\0\t\0\x6c\x67\r\0\n\0\x31\0\t\0\x32\0", "UTF-16LE", 2, 2, "2"),
    SHEET("\xfe\xff\0\x61\0,\0\x62", "UTF-16BE", 1, 2, "b"),
    SHEET("a;b\n19\" wide, deep;\"x, \"\"y\"\", z\"\n", "UTF-8", 2, 2, "x, \"y\", z"),
    SHEET("a;b\n19\";one, two, three;\n", "UTF-8", 2, 3, "one, two, three"),
    SHEET("", "UTF-8", 0, 0, ""),
    SHEET(",,\n\n,", "UTF-8", 3, 3, ""),
    SHEET("one", "UTF-8", 1, 1, ""),
};

static void what_nobody_changed_comes_back_as_it_was(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct csv_sheet s;
        struct err e = {0};
        uint32_t replaced;
        str bytes = str_n(sheets[i].bytes, sheets[i].n);
        assert_true(csv_sheet_read(t->a, bytes, S("s.csv"), &s, &e));
        check_str(str_of(s.charset), sheets[i].charset);
        assert_int_equal(s.rows.n, sheets[i].rows);
        assert_int_equal(s.columns, sheets[i].columns);
        check_str(csv_sheet_text(&s, s.rows.n - 1, 1), sheets[i].second);
        assert_true(str_eq(written(t, &s, &replaced), bytes));
        assert_int_equal(replaced, 0);
    }
}

static void cells_are_filled_in_the_sheets_own_encoding(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *bytes;
        uint32_t row, column;
        const char *text, *want;
        uint32_t replaced;
    } rows[] = {
        {"a,b\r\n1\r\n", 1, 1, "x, \"y\"", "a,b\r\n1,\"x, \"\"y\"\"\"\r\n", 0},
        {"a,b\n1", 1, 3, "=x", "a,b\n1,,,'=x", 0},
        {"a;b;c\n1;2;3", 1, 1, "x;y", "a;b;c\n1;\"x;y\";3", 0},
        {"\x94\xd4,\x89\xf1\r\n\xed\x40,\r\n", 1, 1, "ソ", "\x94\xd4,\x89\xf1\r\n\xed\x40,\x83\x5c\r\n", 0},
        {"\x94\xd4,\x89\xf1\r\n1,\r\n", 1, 1, "é€a", "\x94\xd4,\x89\xf1\r\n1,\x81\xac\x81\xac\x61\r\n", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct csv_sheet s;
        struct err e = {0};
        uint32_t replaced;
        assert_true(csv_sheet_read(t->a, str_of(rows[i].bytes), S("s.csv"), &s, &e));
        csv_sheet_put(t->a, &s, rows[i].row, rows[i].column, str_of(rows[i].text));
        check_str(written(t, &s, &replaced), rows[i].want);
        assert_int_equal(replaced, rows[i].replaced);
    }
}

static void what_is_no_sheet_is_refused_at_its_line(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *bytes, *where;
    } rows[] = {{"a,b\n1,\"x\n", "s.csv:2"}, {"a,b\n1,\xff\xff\n", "s.csv:2"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct csv_sheet s;
        struct err e = {0};
        assert_false(csv_sheet_read(t->a, str_of(rows[i].bytes), S("s.csv"), &s, &e));
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.where, rows[i].where);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_nobody_changed_comes_back_as_it_was),
        TEST(cells_are_filled_in_the_sheets_own_encoding),
        TEST(what_is_no_sheet_is_refused_at_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
