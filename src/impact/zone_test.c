/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/zone.h"

#include <time.h>

#include "base/testing.h"

static int64_t at(const char *rfc3339) {
    int64_t t = 0;
    assert_true(time_parse(str_of(rfc3339), &t));
    return t;
}

static void days(void **state) {
    (void)state;
    static const struct {
        int y, m, d, weekday;
        int64_t day;
    } rows[] = {{1970, 1, 1, 4, 0},    {1969, 12, 31, 3, -1},      {2000, 2, 29, 2, 11016}, {2026, 11, 21, 6, 20778},
                {1, 1, 1, 1, -719162}, {9999, 12, 31, 5, 2932896}, {2100, 3, 1, 1, 47541},  {1600, 2, 29, 2, -135081}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(day_of(rows[i].y, rows[i].m, rows[i].d), rows[i].day);
        struct civil c = day_civil(rows[i].day);
        assert_true(c.year == rows[i].y && c.month == rows[i].m && c.day == rows[i].d);
        assert_int_equal(day_weekday(rows[i].day), rows[i].weekday);
    }
    for (int64_t day = -719528; day <= 2932896; day += 17) {
        struct civil c = day_civil(day);
        assert_int_equal(day_of(c.year, c.month, c.day), day);
    }
}

static void months(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *day;
        int64_t n;
        const char *want;
    } rows[] = {{"2026-01-31", 1, "2026-02-28"},  {"2024-01-31", 1, "2024-02-29"},  {"2026-12-15", 1, "2027-01-15"},
                {"2026-01-15", -1, "2025-12-15"}, {"2026-03-31", -1, "2026-02-28"}, {"2026-05-05", 120, "2036-05-05"},
                {"9999-12-01", 1, "9999-12-31"},  {"0000-01-15", -1, "0000-01-01"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t day;
        assert_true(day_parse(str_of(rows[i].day), &day));
        check_str(day_text(t->a, day_add_months(day, rows[i].n)), rows[i].want);
    }
    check_str(day_text(t->a, day_nth(2026, 10, 1, 2)), "2026-10-12");
    check_str(day_text(t->a, day_nth(2026, 10, 0, -1)), "2026-10-25");
    check_str(day_text(t->a, day_nth(2026, 11, 0, 1)), "2026-11-01");
    int64_t none;
    static const char *const bad[] = {"2026-02-29",  "2026-13-01", "2026-00-01", "2026-1-1",
                                      "2026-01-01Z", "",           "----------"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(day_parse(str_of(bad[i]), &none));
}

static void names(void **state) {
    (void)state;
    struct zone z;
    static const struct {
        const char *name;
        int32_t standard;
    } rows[] = {{"UTC", 0}, {"z", 0}, {"asia/tokyo", 32400}, {"+09:00", 32400}, {"-0330", -12600}, {"+14", 50400}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(zone_parse(str_of(rows[i].name), &z));
        assert_int_equal(z.standard, rows[i].standard);
    }
    static const char *const bad[] = {"", "Mars/Olympus", "+9", "+15:00", "+09:60", "+09:0", "09:00", "+0:900"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(zone_parse(str_of(bad[i]), &z));
}

static void clocks(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *zone, *utc, *there;
    } rows[] = {
        {"Asia/Tokyo", "2026-11-21T15:00:00Z", "2026-11-22T00:00:00+09:00"},
        {"Europe/Brussels", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"},
        {"Europe/Brussels", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"},
        {"Europe/Brussels", "2026-10-25T00:59:59Z", "2026-10-25T02:59:59+02:00"},
        {"Europe/Brussels", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"},
        {"Europe/London", "2026-07-01T00:00:00Z", "2026-07-01T01:00:00+01:00"},
        {"America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T01:59:59-05:00"},
        {"America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T03:00:00-04:00"},
        {"America/New_York", "2026-11-01T06:00:00Z", "2026-11-01T01:00:00-05:00"},
        {"-03:30", "1970-01-01T00:00:00Z", "1969-12-31T20:30:00-03:30"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct zone z;
        assert_true(zone_parse(str_of(rows[i].zone), &z));
        check_str(zone_text(t->a, z, at(rows[i].utc)), rows[i].there);
        /* back, but for the hour that is shown twice */
        int32_t second;
        int64_t day = zone_day(z, at(rows[i].utc), &second), back = zone_instant(z, day, second);
        assert_true(back == at(rows[i].utc) || back == at(rows[i].utc) - 3600);
        check_str(str_upto(zone_text(t->a, z, back), 19), arena_cstr(t->a, str_upto(str_of(rows[i].there), 19)));
    }
    struct zone brussels;
    assert_true(zone_parse(S("Europe/Brussels"), &brussels));
    int64_t skipped = zone_instant(brussels, day_of(2026, 3, 29), 2 * 3600 + 1800);
    check_str(zone_text(t->a, brussels, skipped), "2026-03-29T03:30:00+02:00");
    int64_t twice = zone_instant(brussels, day_of(2026, 10, 25), 2 * 3600 + 1800);
    check_str(zone_text(t->a, brussels, twice), "2026-10-25T02:30:00+02:00");
    zone_text(t->a, brussels, INT64_MAX);
    zone_text(t->a, brussels, INT64_MIN);
    zone_instant(brussels, INT64_MIN, 0);
}

/* The system's own database is the twin, where it is installed. */
static void as_the_system_says(void **state) {
    (void)state;
    static const char *const zones[] = {"Asia/Tokyo",    "Europe/Brussels",  "Europe/London",
                                        "Europe/Athens", "America/New_York", "America/Los_Angeles"};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        struct zone z;
        struct tm tm;
        assert_true(zone_parse(str_of(zones[i]), &z));
        setenv("TZ", zones[i], 1);
        tzset();
        time_t july = (time_t)at("2026-07-01T00:00:00Z");
        if (!localtime_r(&july, &tm) || tm.tm_gmtoff != zone_offset(z, july))
            skip(); /* no database here */
        for (int64_t when = at("1996-01-01T00:00:00Z"); when < at("2037-12-31T00:00:00Z"); when += 6 * 3600 + 1800) {
            time_t then = (time_t)when;
            assert_non_null(localtime_r(&then, &tm));
            if (tm.tm_gmtoff != zone_offset(z, when))
                fail_msg("%s at %lld: %d, not %ld", zones[i], (long long)when, zone_offset(z, when), tm.tm_gmtoff);
        }
    }
    unsetenv("TZ");
    tzset();
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(days), TEST(months), TEST(names), TEST(clocks), TEST(as_the_system_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
