/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unistd.h>

#include "base/testing.h"
#include "vuln/rules.h"

static bool read_text(struct testing *t, const char *text, struct rules *r) {
    char path[] = "akashi-rules-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && fd_write_all(fd, str_of(text), S("x"), &t->e));
    close(fd);
    bool ok = rules_read(&t->ctx, t->a, arena_str(t->a, str_of(path)), r, &t->e);
    unlink(path);
    return ok;
}

static void ignoring(void **state) {
    struct testing *t = *state;
    struct rules r;
    assert_true(read_text(t,
                          "[[ignore]]\nid = \"CVE-1\"\ncomponent = \"pkg:npm/a\"\nreason = \"r\"\n"
                          "until = \"2026-12-31\"\n[[ignore]]\nid = \"CVE-2\"\nreason = \"always\"\n",
                          &r));
    struct sbom_component a = {.purl = S("pkg:npm/a@1"), .name = S("a")}, b = {.purl = S("pkg:npm/b@1")};
    str one = S("cve-1"), two = S("CVE-2");
    int64_t last_day = 0, next_year = 0;
    assert_true(time_parse(S("2026-12-31T23:59:59Z"), &last_day) && time_parse(S("2027-01-01"), &next_year));
    const struct ignore_rule *expired = NULL;
    assert_non_null(rules_ignore(&r, &one, 1, &a, last_day, &expired));
    assert_null(rules_ignore(&r, &one, 1, &b, last_day, &expired));
    assert_null(expired);
    assert_null(rules_ignore(&r, &one, 1, &a, next_year, &expired));
    assert_non_null(expired);
    assert_non_null(rules_ignore(&r, &two, 1, &b, next_year, &expired));
}

static void refuses(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *line;
    } rows[] = {
        {"[[ignore]]\nid = \"CVE-1\"\n", ":1"},
        {"[[ignore]]\nreason = \"x\"\n", ":1"},
        {"[[ignore]]\nid = \"C\"\nreason = \"x\"\nuntil = \"soon\"\n", ":4"},
        {"[[ignore]\n", ":1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rules r;
        assert_false(read_text(t, rows[i].text, &r));
        assert_int_equal(t->e.kind, ERR_INPUT);
        if (str_find(str_of(t->e.where), str_of(rows[i].line)) == STR_NONE)
            fail_msg("row %zu: %s", i, t->e.where);
    }
}

static void licences(void **state) {
    struct testing *t = *state;
    struct rules r;
    assert_true(read_text(t,
                          "[licence]\nallow = [\"MIT\", \"Apache-2.0\"]\ndeny = [\"AGPL-*\"]\n"
                          "review = [\"MPL-2.0\"]\n",
                          &r));
    static const struct {
        const char *expression;
        enum licence_verdict want;
    } rows[] = {
        {"MIT", LICENCE_ALLOWED},
        {"mit", LICENCE_ALLOWED},
        {"AGPL-3.0-only", LICENCE_DENIED},
        {"MIT OR AGPL-3.0-only", LICENCE_ALLOWED},
        {"MIT AND AGPL-3.0-only", LICENCE_DENIED},
        {"MIT AND MPL-2.0", LICENCE_REVIEW},
        {"GPL-2.0-only", LICENCE_REVIEW},
        {"some words", LICENCE_REVIEW},
        {"(MIT OR GPL-2.0-only) AND Apache-2.0", LICENCE_ALLOWED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rules_licence(&r, str_of(rows[i].expression)) != rows[i].want)
            fail_msg("%s: %s", rows[i].expression, licence_verdict_name(rules_licence(&r, str_of(rows[i].expression))));
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(ignoring), TEST(refuses), TEST(licences)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
