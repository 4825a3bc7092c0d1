/* SPDX-License-Identifier: Apache-2.0
 *
 * Records as bytes, there and back; and no byte of them may be another.
 */
#include "vuln/compile_form.h"

#include "base/testing.h"
#include "vuln/import_compiled.h"

static const char *const documents[] = {
    "{\"id\":\"GHSA-aaaa-bbbb-cccc\",\"modified\":\"2026-01-02T00:00:00Z\",\"aliases\":[\"CVE-2026-1\"],\"summary\":"
    "\"s\","
    "\"details\":\"d\",\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"left\"},\"ranges\":[{\"type\":"
    "\"SEMVER\","
    "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"2.0.0\"}]}],\"versions\":[\"1.0.0\"]}]}",
    "{\"id\":\"GHSA-dddd-bbbb-cccc\",\"modified\":\"2026-01-02T00:00:00Z\",\"withdrawn\":\"2026-01-02T00:00:00Z\"}",
    ("{\"catalogVersion\":\"2026.01.01\",\"dateReleased\":\"2026-01-01T00:00:00Z\",\"vulnerabilities\":[{\"cveID\":"
     "\"CVE-2026-1\",\"dateAdded\":\"2026-01-01\",\"vulnerabilityName\":\"n\"}]}"),
    "#model_version:v2025.03.14,score_date:2026-01-01T00:00:00+0000\ncve,epss,percentile\nCVE-2026-1,0.5,0.9\n",
};

static void no_fault(void *arg, const struct err *e) {
    (void)arg;
    fail_msg("%s: %s", e->where, e->what);
}
static bool keep(void *arg, struct compiler *k) {
    (void)arg;
    (void)k;
    return true;
}
static void write_it(void *arg, struct compiler *k) { compiler_write(k, arg); }

static void it_comes_back_as_it_was(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct buf b = {0}, again = {0};
        struct compiler k;
        const struct compile_plan plan = {no_fault, keep, write_it, &b};
        advdb_compile(&t->ctx, str_of(documents[i]), S("a.json"), &plan);
        assert_true(b.n > 16);
        compiler_init(&k);
        assert_true(compiler_take(&k, buf_str(&b), &t->e));
        assert_true(k.records.n == 1 || k.kev.n == 1 || k.epss.n == 1);
        compiler_write(&k, &again);
        assert_true(str_eq(buf_str(&b), buf_str(&again)));
        compiler_free(&k);
        buf_free(&b);
        buf_free(&again);
    }
}

static void what_is_cut_or_longer_is_refused(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct buf b = {0};
        struct compiler k;
        const struct compile_plan plan = {no_fault, keep, write_it, &b};
        advdb_compile(&t->ctx, str_of(documents[i]), S("a.json"), &plan);
        compiler_init(&k);
        for (size_t n = 0; n < b.n; n++) {
            assert_false(compiler_take(&k, str_n(b.p, n), &t->e));
            assert_int_equal(k.records.n, 0);
        }
        buf_addc(&b, 0);
        assert_false(compiler_take(&k, buf_str(&b), &t->e));
        compiler_free(&k);
        buf_free(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(it_comes_back_as_it_was), TEST(what_is_cut_or_longer_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
