/* SPDX-License-Identifier: Apache-2.0
 *
 * Policies of the user's own: which requirement decides, what is excepted, and where a mistake stands.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "inspect/policy.h"
#include "inspect/testing.h"

static bool read_policy(struct testing *t, const char *text, const struct policy **p) {
    char name[] = "akashi-policy-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_true(fd_write_all(fd, str_of(text), str_of(name), &t->e));
    close(fd);
    bool ok = policy_read(&t->ctx, t->a, str_of(name), p, &t->e);
    unlink(name);
    return ok;
}

static const struct check_spec pie = {"pie", "pie", NULL, "fix", NULL, WEIGHT_HIGH, NULL},
                               relro = {"relro", "relro", NULL, "fix", NULL, WEIGHT_MEDIUM, NULL},
                               rule = {"root-login", "root", NULL, "fix", NULL, WEIGHT_LOW, "standard"};

/* One file with pie=partial, relro=bad, root-login=bad; wanted: which fail, with their weight. */
static const struct {
    const char *policy, *failed;
} rows[] = {
    {"{\"requirements\":[]}", ""},
    {"{\"requirements\":[{\"checks\":\"pie\"}]}", "pie:high"},
    {"{\"requirements\":[{\"checks\":[\"pie\",\"relro\"],\"state\":\"partial\"}]}", "relro:medium"},
    {"{\"requirements\":[{\"checks\":\"*\",\"weight\":\"low\"}]}", "pie:low relro:low root-login:low"},
    {"{\"requirements\":[{\"checks\":\"relro\",\"state\":\"any\"},{}]}", "pie:high root-login:low"},
    {"{\"requirements\":[{\"from\":\"medium\"}]}", "pie:high relro:medium"},
    {"{\"requirements\":[{\"levels\":\"minimum\"}]}", ""},
    {"{\"requirements\":[{\"levels\":[\"minimum\",\"standard\"]}]}", "root-login:low"},
    {"{\"requirements\":[{\"kinds\":\"pe\"}]}", ""},
    {"{\"requirements\":[{\"types\":\"library\"}]}", ""},
    {"{\"requirements\":[{\"checks\":\"relro\",\"languages\":\"R*\"}]}", "relro:medium"},
    {"{\"requirements\":[{\"checks\":\"relro\",\"paths\":\"bin/*\"}]}", "relro:medium"},
    {"{\"requirements\":[{\"checks\":\"relro\",\"paths\":\"sbin/*\"}]}", ""},
    {"{\"requirements\":[{\"checks\":\"relro\",\"except\":[{\"languages\":[\"Go\",\"Rust\"],\"reason\":\"x\"}]}]}", ""},
    {"{\"requirements\":[{\"checks\":\"relro\",\"except\":[{\"paths\":\"bin/y\"}]},{\"checks\":\"relro\"}]}",
     "relro:medium"},
    {"{\"requirements\":[{\"checks\":\"relro\",\"except\":[{\"paths\":\"bin/x\"}]},{\"checks\":\"relro\"}]}", ""},
};

static void test_rows(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct policy *p;
        struct check checks[] = {{.spec = &pie, .state = CHECK_PARTIAL},
                                 {.spec = &relro, .state = CHECK_BAD},
                                 {.spec = &rule, .state = CHECK_BAD}};
        struct inspection f = {.path = S("usr/bin/x"), .kind = "elf", .type = "executable", .language = S("Rust")};
        struct buf b = {0};
        f.checks.v = checks;
        f.checks.n = 3;
        if (!read_policy(t, rows[i].policy, &p))
            fail_msg("%s: %s", rows[i].policy, t->e.what);
        policy_judge(p, &f);
        for (int k = 0; k < 3; k++)
            if (checks[k].failed)
                buf_addf(&b, "%s%s:%s", b.n ? " " : "", checks[k].spec->id, weight_name(checks[k].weight));
        if (!str_is(buf_str(&b), rows[i].failed))
            fail_msg("%s: failed %.*s, want %s", rows[i].policy, STR_ARG(buf_str(&b)), rows[i].failed);
        buf_free(&b);
    }
}

static void test_lenient(void **state) {
    struct testing *t = *state;
    const struct policy *p;
    struct check checks[] = {{.spec = &pie, .state = CHECK_NONE}, {.spec = &relro, .state = CHECK_UNKNOWN}};
    struct inspection f = {.path = S("x"), .kind = "elf", .type = "executable"};
    f.checks.v = checks;
    f.checks.n = 2;
    assert_true(read_policy(t, "{\"requirements\":[{}]}", &p));
    policy_judge(p, &f);
    assert_int_equal(f.failed, 0);
    assert_true(checks[0].required);
}

static void test_mistakes(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *policy, *place;
    } bad[] = {
        {"{}", ""},
        {"[]", ""},
        {"{\"requirements\":[1]}", "#/requirements/0"},
        {"{\"requirements\":[{\"check\":\"pie\"}]}", "#/requirements/0/check"},
        {"{\"requirements\":[{\"checks\":3}]}", "#/requirements/0/checks"},
        {"{\"requirements\":[{\"checks\":[\"a\",3]}]}", "#/requirements/0/checks/1"},
        {"{\"requirements\":[{\"state\":\"fine\"}]}", "#/requirements/0/state"},
        {"{\"requirements\":[{\"state\":\"bad\"}]}", "#/requirements/0/state"},
        {"{\"requirements\":[{\"weight\":\"heavy\"}]}", "#/requirements/0/weight"},
        {"{\"requirements\":[{\"except\":[{\"state\":\"any\"}]}]}", "#/requirements/0/except/0/state"},
        {"{\"requirement\":[],\"requirements\":[]}", "#/requirement"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct policy *p;
        t->e = (struct err){0};
        if (read_policy(t, bad[i].policy, &p))
            fail_msg("accepted: %s", bad[i].policy);
        assert_int_equal(t->e.kind, ERR_INPUT);
        if (!str_ends(str_of(t->e.where), str_of(bad[i].place)))
            fail_msg("%s: place %s", bad[i].policy, t->e.where);
    }
    const struct policy *p;
    assert_false(policy_read(&t->ctx, t->a, S("no-such-policy"), &p, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
}

static void test_built_in(void **state) {
    struct testing *t = *state;
    static const char *const names[] = {"minimum", "standard"};
    for (size_t i = 0; i < 2; i++) {
        const struct policy *p;
        if (!policy_read(&t->ctx, t->a, str_of(names[i]), &p, &t->e))
            fail_msg("%s: %s %s", names[i], t->e.where, t->e.what);
        check_str(p->name, names[i]);
        assert_int_equal(p->sha256.n, 64);
        assert_true(p->title.n > 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_rows), TEST(test_lenient), TEST(test_mistakes), TEST(test_built_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
