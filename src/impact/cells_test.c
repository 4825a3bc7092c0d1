/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/cells.h"

#include "base/testing.h"

typedef str made(struct arena *a, str s);
static str trimmed(struct arena *a, str s) {
    (void)a;
    return cell_trim(s);
}

static void cells_are_read_as_people_write_them(void **state) {
    struct testing *t = *state;
    static const struct {
        made *make;
        const char *text, *want; /* NULL: stays as it is */
    } rows[] = {
        {trimmed, "　 a　b\t　", "a　b"},
        {trimmed, "　", ""},
        {cell_narrow, "２０２６／４／１　ＡＢ～", "2026/4/1 AB~"},
        {cell_narrow, "ｱ１", "ｱ1"},
        {cell_narrow, "\xEF\xBC", NULL},
        {cell_narrow, "￥５", "￥5"},
        {cell_day, "2026/4/1", "2026-04-01"},
        {cell_day, "2026.4.1", "2026-04-01"},
        {cell_day, "2026年4月1日", "2026-04-01"},
        {cell_day, "令和8年4月1日", "2026-04-01"},
        {cell_day, "令和元年5月1日", "2019-05-01"},
        {cell_day, "平成31年4月30日", "2019-04-30"},
        {cell_day, "R8.4.1", "2026-04-01"},
        {cell_day, "S64/1/7", "1989-01-07"},
        {cell_day, "令和0年4月1日", NULL},
        {cell_day, "2026年4月1", NULL},
        {cell_day, "2026年4月日", NULL},
        {cell_day, "2026/13/1", NULL},
        {cell_day, "4/1", NULL},
        {cell_day, "2026-04-01", NULL},
        {cell_duration, "4時間", "PT4H"},
        {cell_duration, "4 h", "PT4H"},
        {cell_duration, "1日12時間", "P1DT12H"},
        {cell_duration, "1 d 12 h", "P1DT12H"},
        {cell_duration, "90分", "PT1H30M"},
        {cell_duration, "2週間", "P14D"},
        {cell_duration, "4", NULL},
        {cell_duration, "4ヶ月", NULL},
        {cell_duration, "PT4H", NULL},
        {cell_duration, "99999999999999999999日", NULL},
        {cell_duration, "9223372036854775807日", NULL},
        {cell_duration, "", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str got = rows[i].make(t->a, str_of(rows[i].text));
        if (!str_is(got, rows[i].want ? rows[i].want : rows[i].text))
            fail_msg("%s: %.*s", rows[i].text, STR_ARG(got));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(cells_are_read_as_people_write_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
