/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"

#include "base/testing.h"

/* Rows as "field|field/field|…". */
static str rows_of(struct testing *t, const char *text, bool *open) {
    struct buf b = {0};
    struct csv_row row;
    str rest = str_of(text);
    *open = false;
    while (csv_next(t->a, &rest, &row)) {
        for (uint32_t i = 0; i < row.n; i++)
            buf_addf(&b, "%s%.*s", i ? "|" : "", STR_ARG(row.v[i]));
        buf_addf(&b, "/%u ", row.lines);
        *open |= row.open;
    }
    str out = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void rows_are_taken_apart(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *want;
        bool open;
    } rows[] = {
        {"a,b\r\nc, d \n", "a|b/1 c|d/1 ", false},
        {"\"a,\"\"x\"\"\",\"b\nc\"\nd", "a,\"x\"|b\nc/2 d/0 ", false},
        {"a,\n,\n", "a|/1 |/1 ", false},
        {"\"a\" trash,b\n", "a|b/1 ", false},
        {"a,\"b\nc", "a|b\nc/1 ", true},
        {"\"", "/0 ", true},
        {"a,", "a|/0 ", false},
        {"", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool open;
        check_str(rows_of(t, rows[i].text, &open), rows[i].want);
        assert_int_equal(open, rows[i].open);
    }
}

static void cells_come_back_and_are_no_formulas(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *cell, *written;
    } rows[] = {
        {"a", "a"},         {"", ""},
        {"a,b", "\"a,b\""}, {"a\"b", "\"a\"\"b\""},
        {" a ", "\" a \""}, {"=1+1", "'=1+1"},
        {"'=x", "''=x"},    {"'a", "'a"},
        {"-5", "'-5"},      {"+81-3", "'+81-3"},
        {"@x", "'@x"},      {"a\nb", "\"a\nb\""},
        {"'", "'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf b = {0};
        struct csv_row row;
        csv_write(&b, true, str_of(rows[i].cell));
        check_str(buf_str(&b), rows[i].written);
        csv_write(&b, false, S("z"));
        str rest = buf_str(&b);
        assert_true(csv_next(t->a, &rest, &row));
        assert_int_equal(row.n, 2);
        check_str(csv_plain(row.v[0]), rows[i].cell);
        buf_free(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(rows_are_taken_apart), TEST(cells_come_back_and_are_no_formulas)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
