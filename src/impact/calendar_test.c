/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/calendar.h"

#include "base/testing.h"

static struct calendar calendar(struct testing *t, const char *id) {
    struct calendar cal;
    if (!calendar_find(&t->ctx, t->a, str_of(id), (str){NULL, 0}, &cal, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return cal;
}

static str days_off_of(struct testing *t, const struct calendar *cal, int year) {
    struct buf b = {0};
    for (int64_t day = day_of(year, 1, 1); day <= day_of(year, 12, 31); day++)
        if (calendar_holiday(cal, day)) {
            struct civil c = day_civil(day);
            buf_addf(&b, "%s%02d%02d", b.n ? " " : "", c.month, c.day);
        }
    str out = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* All days off of a year as the Cabinet Office has published them; from 2028 on as the law now stands. */
static const struct {
    int year;
    const char *days;
} japan[] = {
    {1980, "0101 0115 0211 0320 0429 0503 0505 0915 0923 1010 1103 1123 1124"},
    {1985, "0101 0115 0211 0321 0429 0503 0505 0506 0915 0916 0923 1010 1103 1104 1123"},
    {1986, "0101 0115 0211 0321 0429 0503 0505 0915 0923 1010 1103 1123 1124"},
    {1988, "0101 0115 0211 0320 0321 0429 0503 0504 0505 0915 0923 1010 1103 1123"},
    {1989, "0101 0102 0115 0116 0211 0224 0321 0429 0503 0504 0505 0915 0923 1010 1103 1123 1223"},
    {1990, "0101 0115 0211 0212 0321 0429 0430 0503 0504 0505 0915 0923 0924 1010 1103 1112 1123 1223 1224"},
    {1993, "0101 0115 0211 0320 0429 0503 0504 0505 0609 0915 0923 1010 1011 1103 1123 1223"},
    {1998, "0101 0115 0211 0321 0429 0503 0504 0505 0720 0915 0923 1010 1103 1123 1223"},
    {2000, "0101 0110 0211 0320 0429 0503 0504 0505 0720 0915 0923 1009 1103 1123 1223"},
    {2003, "0101 0113 0211 0321 0429 0503 0505 0721 0915 0923 1013 1103 1123 1124 1223"},
    {2006, "0101 0102 0109 0211 0321 0429 0503 0504 0505 0717 0918 0923 1009 1103 1123 1223"},
    {2007, "0101 0108 0211 0212 0321 0429 0430 0503 0504 0505 0716 0917 0923 0924 1008 1103 1123 1223 1224"},
    {2008, "0101 0114 0211 0320 0429 0503 0504 0505 0506 0721 0915 0923 1013 1103 1123 1124 1223"},
    {2009, "0101 0112 0211 0320 0429 0503 0504 0505 0506 0720 0921 0922 0923 1012 1103 1123 1223"},
    {2012, "0101 0102 0109 0211 0320 0429 0430 0503 0504 0505 0716 0917 0922 1008 1103 1123 1223 1224"},
    {2015, "0101 0112 0211 0321 0429 0503 0504 0505 0506 0720 0921 0922 0923 1012 1103 1123 1223"},
    {2016, "0101 0111 0211 0320 0321 0429 0503 0504 0505 0718 0811 0919 0922 1010 1103 1123 1223"},
    {2018, "0101 0108 0211 0212 0321 0429 0430 0503 0504 0505 0716 0811 0917 0923 0924 1008 1103 1123 1223 1224"},
    {2019,
     "0101 0114 0211 0321 0429 0430 0501 0502 0503 0504 0505 0506 0715 0811 0812 0916 0923 1014 1022 1103 1104 1123"},
    {2020, "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0723 0724 0810 0921 0922 1103 1123"},
    {2021, "0101 0111 0211 0223 0320 0429 0503 0504 0505 0722 0723 0808 0809 0920 0923 1103 1123"},
    {2022, "0101 0110 0211 0223 0321 0429 0503 0504 0505 0718 0811 0919 0923 1010 1103 1123"},
    {2023, "0101 0102 0109 0211 0223 0321 0429 0503 0504 0505 0717 0811 0918 0923 1009 1103 1123"},
    {2024, "0101 0108 0211 0212 0223 0320 0429 0503 0504 0505 0506 0715 0811 0812 0916 0922 0923 1014 1103 1104 1123"},
    {2025, "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 0721 0811 0915 0923 1013 1103 1123 1124"},
    {2026, "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 1123"},
    {2027, "0101 0111 0211 0223 0321 0322 0429 0503 0504 0505 0719 0811 0920 0923 1011 1103 1123"},
    {2028, "0101 0110 0211 0223 0320 0429 0503 0504 0505 0717 0811 0918 0922 1009 1103 1123"},
    {2029, "0101 0108 0211 0212 0223 0320 0429 0430 0503 0504 0505 0716 0811 0917 0923 0924 1008 1103 1123"},
    {2030, "0101 0114 0211 0223 0320 0429 0503 0504 0505 0506 0715 0811 0812 0916 0923 1014 1103 1104 1123"},
    {2031, "0101 0113 0211 0223 0224 0321 0429 0503 0504 0505 0506 0721 0811 0915 0923 1013 1103 1123 1124"},
    {2032, "0101 0112 0211 0223 0320 0429 0503 0504 0505 0719 0811 0920 0921 0922 1011 1103 1123"},
};

static void japan_by_year(void **state) {
    struct testing *t = *state;
    struct calendar jp = calendar(t, "jp");
    for (size_t i = 0; i < sizeof japan / sizeof *japan; i++) {
        str got = days_off_of(t, &jp, japan[i].year);
        if (!str_is(got, japan[i].days))
            fail_msg("%d: got %.*s, want %s", japan[i].year, STR_ARG(got), japan[i].days);
    }
}

/* Days of the month of both equinoxes in Japan time, as astronomers give them. */
static void equinoxes(void **state) {
    struct testing *t = *state;
    struct calendar jp = calendar(t, "jp");
    static const struct {
        int year, march, september;
    } rows[] = {{1980, 20, 23}, {1983, 21, 23}, {1992, 20, 23}, {1999, 21, 23}, {2000, 20, 23}, {2001, 20, 23},
                {2002, 21, 23}, {2003, 21, 23}, {2004, 20, 23}, {2008, 20, 23}, {2012, 20, 22}, {2016, 20, 22},
                {2020, 20, 22}, {2024, 20, 22}, {2025, 20, 23}, {2026, 20, 23}, {2027, 21, 23}, {2028, 20, 22},
                {2029, 20, 23}, {2044, 20, 22}, {2045, 20, 22}, {2046, 20, 23}, {2050, 20, 23}, {2056, 20, 22},
                {2077, 20, 22}, {2092, 19, 22}, {2096, 19, 22}, {2099, 20, 23}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int half = 0; half < 2; half++) {
            int month = half ? 9 : 3, day = half ? rows[i].september : rows[i].march;
            const struct holiday *h = calendar_holiday(&jp, day_of(rows[i].year, month, day));
            if (!h || !str_is(h->name.ja, half ? "秋分の日" : "春分の日"))
                fail_msg("%d-%02d-%02d is no equinox", rows[i].year, month, day);
        }
}

static void names_and_languages(void **state) {
    struct testing *t = *state;
    struct calendar jp = calendar(t, "jp");
    static const struct {
        const char *day, *ja, *en;
    } rows[] = {
        {"2026-09-22", "国民の休日", "Citizens' holiday"}, {"2026-05-06", "振替休日", "Substitute holiday"},
        {"2019-04-30", "国民の休日", "Citizens' holiday"}, {"2019-05-01", "天皇の即位の日", "Accession to the throne"},
        {"2019-05-06", "振替休日", "Substitute holiday"},  {"1988-05-04", "国民の休日", "Citizens' holiday"},
        {"2006-04-29", "みどりの日", "Greenery Day"},      {"2007-04-29", "昭和の日", "Showa Day"},
        {"2021-08-08", "山の日", "Mountain Day"},          {"2021-08-09", "振替休日", "Substitute holiday"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t day;
        assert_true(day_parse(str_of(rows[i].day), &day));
        const struct holiday *h = calendar_holiday(&jp, day);
        assert_non_null(h);
        check_str(h->name.ja, rows[i].ja);
        check_str(h->name.en, rows[i].en);
    }
    assert_null(calendar_holiday(&jp, day_of(2019, 12, 23)));
    assert_null(calendar_holiday(&jp, day_of(2019, 2, 23)));
    assert_null(calendar_holiday(&jp, day_of(2020, 7, 20)));
    assert_null(calendar_holiday(&jp, day_of(2020, 8, 11)));
    assert_null(calendar_holiday(&jp, day_of(2020, 10, 12)));
    assert_null(calendar_holiday(&jp, day_of(1986, 5, 4))); /* a Sunday: the law of then left it out */
}

static void business_days(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *calendar, *from;
        int64_t n;
        const char *want;
    } rows[] = {
        {"jp", "2026-09-18", 1, "2026-09-24"}, /* Friday before five days off */
        {"jp", "2026-09-18", 2, "2026-09-25"},        {"jp", "2026-09-24", -1, "2026-09-18"},
        {"jp", "2026-09-20", 0, "2026-09-20"},        {"jp", "2019-04-26", 1, "2019-05-07"}, /* ten days off */
        {"jp", "2026-12-31", 1, "2027-01-04"},        {"eu", "2026-04-02", 1, "2026-04-07"}, /* over Easter */
        {"eu", "2026-05-13", 1, "2026-05-15"},                                               /* Ascension */
        {"eu", "2026-05-22", 1, "2026-05-26"},                                               /* Whit Monday */
        {"eu", "2026-12-24", 1, "2026-12-28"},        {"weekdays", "2026-11-20", 1, "2026-11-23"},
        {"every-day", "2026-11-20", 3, "2026-11-23"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct calendar cal = calendar(t, rows[i].calendar);
        int64_t from, got;
        assert_true(day_parse(str_of(rows[i].from), &from));
        assert_true(calendar_add(&cal, from, rows[i].n, &got, &t->e));
        check_str(day_text(t->a, got), rows[i].want);
    }
    struct calendar jp = calendar(t, "jp");
    int64_t got;
    assert_true(calendar_roll(&jp, day_of(2026, 9, 19), &got, &t->e));
    check_str(day_text(t->a, got), "2026-09-24");
    assert_true(calendar_roll(&jp, day_of(2026, 9, 24), &got, &t->e));
    check_str(day_text(t->a, got), "2026-09-24");
}

static void beyond_its_years(void **state) {
    struct testing *t = *state;
    struct calendar jp = calendar(t, "jp");
    int64_t got;
    assert_false(calendar_add(&jp, day_of(2100, 1, 1), 1, &got, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    assert_string_equal(t->e.what, "the calendar jp knows the years 1980 to 2099 only");
    assert_false(calendar_add(&jp, day_of(2099, 12, 31), 1, &got, &t->e));
    assert_false(calendar_add(&jp, day_of(1980, 1, 1), INT64_MIN, &got, &t->e));
    assert_false(calendar_add(&jp, day_of(2026, 1, 1), INT64_MAX, &got, &t->e));
    assert_false(calendar_roll(&jp, day_of(1979, 12, 31), &got, &t->e));
    struct calendar none;
    assert_false(calendar_find(&t->ctx, t->a, S("../jp"), S("/"), &none, &t->e));
    assert_string_equal(t->e.what, "there is no calendar '../jp'");
}

#define HEAD "{\"id\":\"x\",\"title\":\"X\",\"zone\":\"UTC\",\"years\":[2000,2010],\"weekend\":[\"sat\",\"sun\"],"
static void faults(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {HEAD "\"holidays\":[]}", NULL},
        {HEAD "\"holidays\":[{\"name\":\"a\",\"month\":2,\"day\":30}]}", NULL}, /* never comes */
        {HEAD "\"holidays\":[],\"more\":1}", "c#/more"},
        {HEAD "\"holidays\":[{\"name\":\"a\",\"month\":1}]}", "c#/holidays/0"},
        {HEAD "\"holidays\":[{\"name\":\"a\",\"month\":1,\"day\":1,\"nth\":1,\"weekday\":\"mon\"}]}", "c#/holidays/0"},
        {HEAD "\"holidays\":[{\"name\":\"a\",\"month\":1,\"nth\":1}]}", "c#/holidays/0"},
        {HEAD "\"holidays\":[{\"name\":\"a\",\"day\":1}]}", "c#/holidays/0"},
        {HEAD "\"holidays\":[{\"name\":\"a\",\"date\":\"2001-02-29\"}]}", "c#/holidays/0/date"},
        {HEAD "\"holidays\":[{\"name\":\"a\",\"month\":13,\"day\":1}]}", "c#/holidays/0/month"},
        {"{\"id\":\"x\",\"title\":\"X\",\"zone\":\"Moon\",\"years\":[2000,2010],\"weekend\":[],\"holidays\":[]}",
         "c#/zone"},
        {"{\"id\":\"x\",\"title\":\"X\",\"zone\":\"UTC\",\"years\":[2010,2000],\"weekend\":[],\"holidays\":[]}",
         "c#/years"},
        {"{\"id\":\"x\",\"title\":\"X\",\"zone\":\"UTC\",\"years\":[1950,2000],\"weekend\":[],\"holidays\":"
         "[{\"name\":\"a\",\"equinox\":\"spring\"}]}",
         "c#/holidays/0"},
        {"{\"id\":\"x\",\"title\":\"X\",\"zone\":\"UTC\",\"years\":[2000,2010],\"weekend\":[\"sun\",\"mon\",\"tue\","
         "\"wed\",\"thu\",\"fri\",\"sat\"],\"holidays\":[]}",
         "c#/weekend"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct calendar cal;
        t->e = (struct err){0};
        bool ok = calendar_read(&t->ctx, t->a, str_of(rows[i].text), S("c"), &cal, &t->e);
        assert_int_equal(ok, rows[i].where == NULL);
        if (!ok)
            assert_string_equal(t->e.where, rows[i].where);
    }
}

/* England: what falls on a weekend is made up for on the next business day. */
static void a_calendar_of_ones_own(void **state) {
    struct testing *t = *state;
    struct calendar cal;
    str text = S("{\"id\":\"uk\",\"title\":\"UK\",\"zone\":\"Europe/"
                 "London\",\"years\":[2020,2030],\"weekend\":[\"sat\",\"sun\"],"
                 "\"holidays\":[{\"name\":\"Christmas\",\"month\":12,\"day\":25},{\"name\":\"Boxing Day\",\"month\":12,"
                 "\"day\":26}],\"substitutes\":[{\"name\":\"in "
                 "lieu\",\"when\":[\"sat\",\"sun\"],\"style\":\"next-business-day\"}]}");
    assert_true(calendar_read(&t->ctx, t->a, text, S("c"), &cal, &t->e));
    check_str(days_off_of(t, &cal, 2026), "1225 1226 1228"); /* Friday, Saturday */
    check_str(days_off_of(t, &cal, 2025), "1225 1226");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(japan_by_year),         TEST(equinoxes),        TEST(names_and_languages),
                                       TEST(business_days),         TEST(beyond_its_years), TEST(faults),
                                       TEST(a_calendar_of_ones_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
