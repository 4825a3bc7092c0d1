/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "vuln/cvss.h"

static void scores(void **state) {
    (void)state;
    static const struct {
        const char *vector;
        int tenths;
    } rows[] = {
        {"AV:N/AC:L/Au:N/C:N/I:N/A:C", 78},
        {"(AV:N/AC:L/Au:N/C:C/I:C/A:C)", 100},
        {"AV:L/AC:H/Au:N/C:C/I:C/A:C", 62},
        {"CVSS:2.0/AV:N/AC:M/Au:S/C:P/I:N/A:N", 35},
        {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98},
        {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 100},
        {"CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 31},
        {"CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:L/A:N", 73},
        {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0},
        {"CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:C/C:L/I:L/A:L", 43},
        {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 100},
        {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 93},
        {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", 87},
        {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0},
        {"CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N", 53},
        {"CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 85},
        {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U", 81},
        {"CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 77},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double score = -1;
        if (!cvss_score(str_of(rows[i].vector), &score) || (int)(score * 10 + 0.5) != rows[i].tenths)
            fail_msg("%s: %.1f, want %.1f", rows[i].vector, score, rows[i].tenths / 10.0);
    }
}

static void no_vectors(void **state) {
    (void)state;
    static const char *const rows[] = {"",
                                       "7.5",
                                       "CVSS:3.1/AV:N",
                                       "CVSS:9.9/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                                       "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                                       "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double score;
        if (cvss_score(str_of(rows[i]), &score))
            fail_msg("'%s' got a score", rows[i]);
    }
}

static void words(void **state) {
    (void)state;
    assert_int_equal(severity_of_word(S("IMPORTANT")), SEVERITY_HIGH);
    assert_int_equal(severity_of_word(S("whatever")), SEVERITY_UNKNOWN);
    assert_int_equal(severity_of_score(9.0), SEVERITY_CRITICAL);
    assert_int_equal(severity_of_score(6.9), SEVERITY_MEDIUM);
    check_str(cvss_metric(S("CVSS:3.1/AV:N/AC:L"), "AC"), "L");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(scores), cmocka_unit_test(no_vectors), cmocka_unit_test(words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
