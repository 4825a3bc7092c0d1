/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/duration.h"

#include "base/testing.h"

static void durations_are_read_and_written(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text;
        int64_t seconds; /* -1: none */
        const char *written;
    } rows[] = {
        {"PT4H", 14400, "PT4H"},
        {"P1DT12H", 129600, "P1DT12H"},
        {"P2W", 1209600, "P14D"},
        {"PT90M", 5400, "PT1H30M"},
        {"P1DT1H1M1S", 90061, "P1DT1H1M1S"},
        {"PT0S", 0, "PT0S"},
        {"4h", 14400, "PT4H"},
        {"30M", 1800, "PT30M"},
        {"1w", 604800, "P7D"},
        {"2d", 172800, "P2D"},
        {"", -1, ""},
        {"P", -1, ""},
        {"PT", -1, ""},
        {"P1M", -1, ""},
        {"P1Y", -1, ""},
        {"PT1H1D", -1, ""},
        {"PT1M1H", -1, ""},
        {"PT1H1H", -1, ""},
        {"P1H", -1, ""},
        {"PT4", -1, ""},
        {"-PT4H", -1, ""},
        {"PT-4H", -1, ""},
        {"4", -1, ""},
        {"h", -1, ""},
        {"4 h", -1, ""},
        {"P9223372036854775807D", -1, ""},
        {"P1DT", -1, ""},
        {"PT4HT", -1, ""},
        {"P99999999999999999999D", -1, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t got;
        bool ok = duration_parse(str_of(rows[i].text), &got);
        if (ok != (rows[i].seconds >= 0) || (ok && got != rows[i].seconds))
            fail_msg("%s: %s %lld", rows[i].text, ok ? "read as" : "refused", (long long)got);
        if (ok)
            check_str(duration_text(t->a, got), rows[i].written);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(durations_are_read_and_written)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
