/* SPDX-License-Identifier: Apache-2.0 */
#include "release/verify_policy.h"

#include <stdio.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"

static bool read_policy(struct testing *t, const char *text, struct verify_policy *out) {
    char *name = temporary_name(arena_alloc(t->a, 256), 256, "policy");
    int fd = mkstemp(name);
    assert_true(fd >= 0 && fd_write_all(fd, str_of(text), str_of(name), &t->e));
    close(fd);
    bool ok = verify_policy_read(&t->ctx, t->a, str_of(name), out, &t->e);
    unlink(name);
    return ok;
}

static void reads(void **state) {
    struct testing *t = *state;
    struct verify_policy p;
    assert_true(
        read_policy(t,
                    "name = \"受入\"\n[trust]\nkeys = [\"supplier.pub\", \"/abs/x.pub\"]\nlog = \"log.policy\"\n"
                    "[require]\nstatements = [\"sbom\", \"provenance\"]\nhardening = true\nno-kev = true\n"
                    "most-open-findings = 3\nbuilders = [\"https://ci.example/*\"]\n"
                    "[signers]\nsbom = [\"supplier\"]\n",
                    &p));
    check_str(p.name, "受入");
    assert_int_equal(p.keys.n, 2);
    assert_true(str_ends(p.keys.v[0], S("/supplier.pub")) && p.keys.v[0].p[0] == '/');
    check_str(p.keys.v[1], "/abs/x.pub");
    assert_true(p.hardening_passed && p.no_kev && !p.tests_passed);
    assert_int_equal(p.most_open, 3);
    assert_int_equal(p.most_days, -1);
    check_str(p.signers.v[0].kind, "sbom");
    assert_int_equal(p.sha256.n, 64);
    assert_true(pattern_matches(&p.builders, S("https://ci.example/7")));
    assert_false(pattern_matches(&p.builders, S("https://ci.example.evil/7")));
    assert_false(pattern_matches(&p.statements, S("sbo")));
}

static void refuses(void **state) {
    struct testing *t = *state;
    static const char *const bad[] = {"[require]\nhardning = true\n",
                                      "[required]\n",
                                      "[require]\nno-kev = \"yes\"\n",
                                      "[require]\nmost-open-findings = -1\n",
                                      "[trust]\nkeys = \"one\"\n",
                                      "[signers]\nsbom = \"x\"\n",
                                      "typo = 1\n",
                                      "[require]\nstatements = [1]\n",
                                      "= "};
    struct verify_policy p;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        t->e = (struct err){0};
        assert_false(read_policy(t, bad[i], &p));
        assert_int_equal(t->e.kind, ERR_INPUT);
        assert_non_null(strchr(t->e.where, ':')); /* file:line */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(reads), TEST(refuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
