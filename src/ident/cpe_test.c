/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "ident/cpe.h"

static const struct {
    const char *in, *out; /* NULL: refused */
} rows[] = {
    {"cpe:2.3:a:Foo:bar:1.0:*:*:*:*:*:*:*", "cpe:2.3:a:foo:bar:1.0:*:*:*:*:*:*:*"},
    {"cpe:/a:foo:bar:1.0", "cpe:2.3:a:foo:bar:1.0:*:*:*:*:*:*:*"},
    {"cpe:/a:hp:insight:7.4.0.1570:-:~~online~win2003~x64~",
     "cpe:2.3:a:hp:insight:7.4.0.1570:-:*:*:online:win2003:x64:*"},
    {"cpe:/a:hp:insight:7.4.%02::~pro~~~x%2f1~", "cpe:2.3:a:hp:insight:7.4.*:*:pro:*:*:*:x\\/1:*"},
    {"cpe:2.3:a:a\\:b:c\\*:\\-:*:*:*:*:*:*:*", "cpe:2.3:a:a\\:b:c\\*:\\-:*:*:*:*:*:*:*"},
    {"cpe:2.3:a:?\\??:*:*:*:*:de-DE:*:*:*:*", "cpe:2.3:a:?\\??:*:*:*:*:de-de:*:*:*:*"},
    {"cpe:2.3:*:*:*:*:*:*:*:*:*:*:*", "cpe:2.3:*:*:*:*:*:*:*:*:*:*:*"},
    {"cpe:2.3:x:a:b:1:*:*:*:*:*:*:*", NULL},       /* no such part */
    {"cpe:2.3:a:a:b:1:*:*:*:*:*:*", NULL},         /* ten parts */
    {"cpe:2.3:a:a:b:1:*:*:*:*:*:*:*:*", NULL},     /* twelve */
    {"cpe:2.3:a:a:b:1*2:*:*:*:*:*:*:*", NULL},     /* a wildcard within */
    {"cpe:2.3:a:a:b:**:*:*:*:*:*:*:*", NULL},      /* two stars */
    {"cpe:2.3:a:a:b::*:*:*:*:*:*:*", NULL},        /* empty */
    {"cpe:2.3:a:a:b:1 2:*:*:*:*:*:*:*", NULL},     /* a space */
    {"cpe:2.3:a:a:b:1:*:*:english:*:*:*:*", NULL}, /* no language tag */
    {"cpe:/a:b:c:d:e:f:g:h", NULL},
    {"cpe:/a:b%", NULL},
    {"", NULL},
};

static void names(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cpe c;
        bool ok = cpe_parse(t->a, str_of(rows[i].in), &c, &t->e);
        assert_int_equal(ok, rows[i].out != NULL);
        if (!ok) {
            assert_string_equal(t->e.where, rows[i].in);
            continue;
        }
        struct buf b = {0};
        cpe_write(&c, &b);
        check_str(buf_str(&b), rows[i].out);
        buf_free(&b);
    }
}

static void relations(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *source, *target;
        enum cpe_relation relation;
    } pairs[] = {
        {"cpe:/a:x:y:1", "cpe:/a:x:y:1", CPE_EQUAL},
        {"cpe:/a:x:y", "cpe:/a:x:y:1", CPE_SUPERSET},
        {"cpe:/a:x:y:1", "cpe:/a:x:y", CPE_SUBSET},
        {"cpe:/a:x:y:1", "cpe:/a:x:y:2", CPE_DISJOINT},
        {"cpe:/a:x:y:-", "cpe:/a:x:y:2", CPE_DISJOINT},
        {"cpe:/a:x:y:-", "cpe:/a:x:y", CPE_SUBSET},
        {"cpe:2.3:a:x:y:1.*:*:*:*:*:*:*:*", "cpe:/a:x:y:1.2.3", CPE_SUPERSET},
        {"cpe:2.3:a:x:y:1.?:*:*:*:*:*:*:*", "cpe:/a:x:y:1.", CPE_SUPERSET},
        {"cpe:2.3:a:x:y:1.?:*:*:*:*:*:*:*", "cpe:/a:x:y:1.22", CPE_DISJOINT},
        {"cpe:2.3:a:x:y:*2?:*:*:*:*:*:*:*", "cpe:/a:x:y:1.22", CPE_SUPERSET},
        {"cpe:/a:x:y:1.2", "cpe:2.3:a:x:y:1.*:*:*:*:*:*:*:*", CPE_UNDEFINED},
        {"cpe:/a:x:y:1", "cpe:/a:x:y::sp1", CPE_UNDEFINED},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct cpe s, g;
        assert_true(cpe_parse(t->a, str_of(pairs[i].source), &s, &t->e));
        assert_true(cpe_parse(t->a, str_of(pairs[i].target), &g, &t->e));
        assert_int_equal(cpe_compare(&s, &g), pairs[i].relation);
    }
}

static void shared_lists(void **state) {
    struct testing *t = *state;
    str folder = shared_data(t->a, "csaf/cpe");
    if (!folder.p)
        skip();
    static const char *const lists[] = {"csaf/cpe/invalid.txt", "csaf/cpe/valid.txt"};
    for (unsigned valid = 0; valid < 2; valid++) {
        str text, line;
        assert_true(file_read(&t->ctx, t->a, path_join(t->a, folder, str_of(lists[valid])), &text, &t->e));
        while (str_line(&text, &line)) {
            struct cpe c;
            if (line.n && cpe_parse(t->a, line, &c, &t->e) != (valid == 1))
                fail_msg("%s: %.*s", lists[valid], STR_ARG(line));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(names), TEST(relations), TEST(shared_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
