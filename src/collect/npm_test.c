/* SPDX-License-Identifier: Apache-2.0
 *
 * What the JavaScript lock files share: names, specifiers, hashes, licences, scopes.
 */
#include "collect/npm.h"

#include "base/testing.h"
#include "collect/scope.h"

static void names(void **state) {
    static const struct {
        const char *full, *ns, *name;
        bool ok;
    } rows[] = {
        {"a", NULL, "a", true},
        {"@s/a", "@s", "a", true},
        {"JSONStream", NULL, "JSONStream", true},
        {"", NULL, NULL, false},
        {"a/b", NULL, NULL, false},
        {"@s", NULL, NULL, false},
        {"@/a", NULL, NULL, false},
        {"@s/", NULL, NULL, false},
        {"a b", NULL, NULL, false},
        {"node_modules/a", NULL, NULL, false},
        {"..", NULL, NULL, false},
        {"a@1", NULL, NULL, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str ns, name;
        bool ok = npm_name(str_of(rows[i].full), &ns, &name);
        if (ok != rows[i].ok || (ok && (!str_eq(ns, str_of(rows[i].ns)) || !str_is(name, rows[i].name))))
            fail_msg("row %zu: %s", i, rows[i].full);
    }
}

static void origins(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *spec;
        enum npm_from from;
        const char *said; /* vcs_url, url, path, or alias@range */
    } rows[] = {
        {"^1.0.0", NPM_REGISTRY, "@^1.0.0"},
        {"npm:^1.0.0", NPM_REGISTRY, "@^1.0.0"},
        {"npm:@s/a@1.0.0", NPM_REGISTRY, "@s/a@1.0.0"},
        {"latest", NPM_REGISTRY, "@latest"},
        {"https://r.example/a/-/a-1.0.0.tgz", NPM_REGISTRY, NULL},
        {"https://r.example/download/@s/a/1.0.0/0123", NPM_REGISTRY, NULL},
        {"https://user:token@h.example/x.tgz", NPM_TARBALL, "https://h.example/x.tgz"},
        {"https://h.example/o/r/tarball/1.0", NPM_TARBALL, "https://h.example/o/r/tarball/1.0"},
        {"git+ssh://git@h.example:o/r.git#0a", NPM_GIT, "git+ssh://git@h.example/o/r.git@0a"},
        {"git@h.example:o/r.git", NPM_GIT, "git+ssh://git@h.example/o/r.git"},
        {"git+https://token@h.example/o/r.git#main", NPM_GIT, "git+https://h.example/o/r.git@main"},
        {"git://h.example/o/r", NPM_GIT, "git://h.example/o/r"},
        {"https://h.example/o/r.git#commit=0a&x=1", NPM_GIT, "git+https://h.example/o/r.git@0a"},
        {"ssh://git@h.example:22/o/r", NPM_GIT, "git+ssh://git@h.example:22/o/r"},
        {"github:o/r#0a", NPM_GIT, "git+https://github.com/o/r.git@0a"},
        {"o/r#v1", NPM_GIT, "git+https://github.com/o/r.git@v1"},
        {"https://codeload.github.com/o/r/tar.gz/0a", NPM_GIT, "git+https://github.com/o/r.git@0a"},
        {"file:../x", NPM_LOCAL, "../x"},
        {"./x.tgz", NPM_LOCAL, "./x.tgz"},
        {"workspace:apps/x", NPM_LOCAL, "apps/x"},
        {"file:../x#../x::hash=1&locator=y", NPM_LOCAL, "../x"},
        {"unheard:1", NPM_UNKNOWN, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct npm_origin o = npm_origin_of(t->a, str_of(rows[i].spec));
        str said = o.from == NPM_GIT ? o.vcs_url : o.from == NPM_TARBALL ? o.url : o.path;
        if (o.from == NPM_REGISTRY)
            said = arena_printf(t->a, "%.*s@%.*s", STR_ARG(o.alias), STR_ARG(o.range));
        if (o.from != rows[i].from || (rows[i].said && !str_is(said, rows[i].said)))
            fail_msg("row %zu (%s): %d %.*s", i, rows[i].spec, (int)o.from, STR_ARG(said));
    }
}

static void tarball_names(void **state) {
    (void)state;
    check_str(npm_tarball_name(S("https://r.example/a/-/a-1.0.0.tgz")), "a");
    check_str(npm_tarball_name(S("https://r.example/repo/npm/@s/a/-/a-1.0.0.tgz")), "@s/a");
    assert_null(npm_tarball_name(S("https://h.example/a-1.0.0.tgz")).p);
    assert_null(npm_tarball_name(S("file:a/-/b")).p);
}

static void sums(void **state) {
    struct testing *t = *state;
    struct sbom_hashes h = {0};
    npm_integrity(t->a, S("sha1-qUqP5cyxm6YcTAhz05Hph5gvu9M= sha512-broken unknown-AAAA"), &h);
    assert_int_equal(h.n, 1);
    check_str(h.v[0].alg, "SHA-1");
    check_str(h.v[0].hex, "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3");
    npm_hex_hash(t->a, S("A94A8FE5CCB19BA61C4C0873D391E987982FBBD3"), &h);
    npm_hex_hash(t->a, S("A94A"), &h);
    assert_int_equal(h.n, 2);
    check_str(h.v[1].hex, "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3");
}

static void licences(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *json, *want;
    } rows[] = {
        {"{\"license\": \"MIT\"}", "MIT"},
        {"{\"license\": {\"type\": \"MIT\", \"url\": \"u\"}}", "MIT"},
        {"{\"license\": [\"MIT\", \"Apache2\"]}", "MIT OR Apache2"},
        {"{\"licenses\": [{\"type\": \"MIT\"}, {\"type\": \"A AND B\"}]}", "MIT OR (A AND B)"},
        {"{}", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json j;
        assert_true(json_parse(&t->ctx, t->a, str_of(rows[i].json), 0, S("j"), &j, &t->e));
        check_str(npm_licence(t->a, j.root), rows[i].want);
    }
}

static void scopes_spread(void **state) {
    struct testing *t = *state;
    struct scopes s;
    /* 0 → 1 → 2 (optional) → 3;  4 (dev) → 1, 5;  6 alone; 7 ⇄ 8 */
    scopes_init(&s, t->a, 9);
    scopes_edge(&s, 0, 1, false);
    scopes_edge(&s, 1, 2, true);
    scopes_edge(&s, 2, 3, false);
    scopes_edge(&s, 4, 1, false);
    scopes_edge(&s, 4, 5, true);
    scopes_edge(&s, 7, 8, false);
    scopes_edge(&s, 8, 7, false);
    assert_int_equal(scopes_direct(&s, 0), DIRECT_UNKNOWN);
    scopes_root(&s, 0, SCOPE_REQUIRED);
    scopes_root(&s, 4, SCOPE_DEV);
    scopes_root(&s, 7, SCOPE_DEV);
    scopes_run(&s);
    static const enum sbom_scope want[] = {SCOPE_REQUIRED, SCOPE_REQUIRED, SCOPE_OPTIONAL, SCOPE_OPTIONAL, SCOPE_DEV,
                                           SCOPE_DEV,      SCOPE_UNKNOWN,  SCOPE_DEV,      SCOPE_DEV};
    for (uint32_t i = 0; i < 9; i++)
        assert_int_equal(scopes_of(&s, i), want[i]);
    assert_int_equal(scopes_direct(&s, 4), DIRECT_YES);
    assert_int_equal(scopes_direct(&s, 1), DIRECT_TRANSITIVE);
}

int main(void) {
    const struct CMUnitTest all[] = {TEST(names), TEST(origins),  TEST(tarball_names),
                                     TEST(sums),  TEST(licences), TEST(scopes_spread)};
    return cmocka_run_group_tests(all, NULL, NULL);
}
