/* SPDX-License-Identifier: Apache-2.0 */
#include "release/evidence.h"

#include <stdio.h>
#include <unistd.h>

#include "base/json.h"
#include "base/temporary.h"
#include "base/testing.h"

static str file_of(struct testing *t, const char *text) {
    char *name = temporary_name(arena_alloc(t->a, 256), 256, "evidence");
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_true(fd_write_all(fd, str_of(text), str_of(name), &t->e));
    close(fd);
    return str_of(name);
}

typedef bool make_fn(struct ctx *c, struct arena *a, const str *files, uint32_t n, str *predicate, struct err *e);
static bool junit(struct ctx *c, struct arena *a, const str *files, uint32_t n, str *predicate, struct err *e) {
    return tests_predicate(c, a, files, n, S("https://ci.example/1"), predicate, e);
}

static bool make(struct testing *t, make_fn *fn, const char *text, struct jv *out) {
    str path = file_of(t, text), predicate;
    struct json doc;
    bool ok = fn(&t->ctx, t->a, &path, 1, &predicate, &t->e);
    unlink(path.p);
    if (ok) {
        assert_true(json_parse(&t->ctx, t->a, predicate, JSON_STRICT, S("predicate"), &doc, &t->e));
        *out = doc.root;
    }
    return ok;
}

static void counts_tests(void **state) {
    struct testing *t = *state;
    struct jv p;
    assert_true(make(t, junit,
                     "<testsuites><testsuite name='s'><testcase classname='A' name='one'/>"
                     "<testcase name='two'><failure message='x'>no</failure></testcase>"
                     "<testsuite><testcase classname='B' name='inner'><skipped/></testcase></testsuite>"
                     "<testcase name='shaky'><flakyFailure/></testcase></testsuite>"
                     "<testsuite><testcase classname='C' name='last'/></testsuite></testsuites>",
                     &p));
    check_str(j_gets(p, "result"), "FAILED");
    check_str(j_gets(p, "url"), "https://ci.example/1");
    assert_int_equal(j_len(j_get(p, "passedTests")), 2);
    check_str(j_str(j_at(j_get(p, "passedTests"), 1)), "C.last");
    check_str(j_str(j_at(j_get(p, "failedTests"), 0)), "two");
    check_str(j_str(j_at(j_get(p, "skippedTests"), 0)), "B.inner");
    check_str(j_str(j_at(j_get(p, "warnedTests"), 0)), "shaky");
    assert_int_equal(j_gets(j_get(j_at(j_get(p, "configuration"), 0), "digest"), "sha256").n, 64);
}

static void refuses_reports(void **state) {
    struct testing *t = *state;
    static const char *const bad[] = {"", "<html/>", "<testsuite/>", "<testsuites><testsuite>", "{}"};
    struct jv p;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        t->e = (struct err){0};
        assert_false(make(t, junit, bad[i], &p));
        assert_string_not_equal(t->e.where, "");
    }
}

static void counts_results(void **state) {
    struct testing *t = *state;
    struct jv p;
    assert_true(
        make(t, analysis_predicate,
             "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"lint\",\"version\":\"3\",\"rules\":["
             "{\"id\":\"r0\"},{\"id\":\"r1\",\"defaultConfiguration\":{\"level\":\"note\"}}]}},\"results\":["
             "{\"ruleId\":\"r0\",\"message\":{\"text\":\"x\"}},{\"ruleId\":\"r1\",\"message\":{\"text\":\"x\"}},"
             "{\"ruleIndex\":1,\"message\":{\"text\":\"x\"}},"
             "{\"ruleId\":\"r0\",\"level\":\"error\",\"suppressions\":[{\"kind\":\"inSource\"}]},"
             "{\"ruleId\":\"r0\",\"kind\":\"pass\"}]}]}",
             &p));
    check_str(j_gets(p, "result"), "WARNED");
    struct jv n = j_get(p, "counts");
    assert_int_equal(j_int(j_get(n, "warning"), -1), 1);
    assert_int_equal(j_int(j_get(n, "note"), -1), 2);
    assert_false(j_ok(j_get(n, "none"))); /* a result that is no complaint */
    assert_int_equal(j_int(j_get(n, "error"), -1), 0);
    assert_int_equal(j_int(j_get(n, "suppressed"), -1), 1);
    check_str(j_gets(j_at(j_get(p, "tools"), 0), "name"), "lint");
}

static void refuses_sarif(void **state) {
    struct testing *t = *state;
    static const char *const bad[] = {"", "{}", "{\"version\":\"2.0.0\",\"runs\":[]}",
                                      "{\"version\":\"2.1.0\",\"runs\":[]}",
                                      "{\"version\":\"2.1.0\",\"runs\":[{\"results\":[]}]}"};
    struct jv p;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        t->e = (struct err){0};
        assert_false(make(t, analysis_predicate, bad[i], &p));
        assert_string_not_equal(t->e.where, "");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(counts_tests), TEST(refuses_reports), TEST(counts_results),
                                       TEST(refuses_sarif)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
