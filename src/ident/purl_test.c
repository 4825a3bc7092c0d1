/* SPDX-License-Identifier: Apache-2.0
 *
 * Package URLs: own rows, and every case of the official suite when it lies beside the sources.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/json.h"
#include "ident/purl.h"
#include "ident/test_data.h"

static const struct row {
    const char *in, *out; /* NULL: refused */
} rows[] = {
    {"pkg:npm/%40Angular/Core@1.2.3", "pkg:npm/%40Angular/Core@1.2.3"},
    {"pkg:npm/@angular/core@1.2.3", "pkg:npm/%40angular/core@1.2.3"},
    {"pkg:npm/@angular/core", "pkg:npm/%40angular/core"},
    {"pkg:mlflow/CreditFraud@3?repository_url=https://adb-5.0.azuredatabricks.net/api/2.0/mlflow",
     "pkg:mlflow/creditfraud@3?repository_url=https:%2F%2Fadb-5.0.azuredatabricks.net%2Fapi%2F2.0%2Fmlflow"},
    {"pkg:mlflow/CreditFraud@3?repository_url=https://westus2.api.azureml.ms/mlflow/v1.0",
     "pkg:mlflow/CreditFraud@3?repository_url=https:%2F%2Fwestus2.api.azureml.ms%2Fmlflow%2Fv1.0"},
    {" PKG:///NPM/a ", "pkg:npm/a"},
    {"pkg:pypi/Zope.Interface_X@1.0A", "pkg:pypi/zope.interface-x@1.0a"},
    {"pkg:pub/Foo-Bar@1", "pkg:pub/foo_bar@1"},
    {"pkg:github/A/B@Tag#x/./../y//", "pkg:github/a/b@Tag#x/y"},
    {"pkg:git/gitlab.gnome.org/GNOME/x", "pkg:git/gitlab.gnome.org/GNOME/x"},
    {"pkg:git/github.com/Foo/Bar", "pkg:git/github.com/foo/bar"},
    {"pkg:cpan/gdt/URI-PackageURL", "pkg:cpan/GDT/URI-PackageURL"},
    {"pkg:golang/github.com%2FMasterminds/semver@v1+incompatible",
     "pkg:golang/github.com/Masterminds/semver@v1%2Bincompatible"},
    {"pkg:golang//github.com///x//y/", "pkg:golang/github.com/x/y"},
    {"pkg:docker/a@feature/x", "pkg:docker/a@feature%2Fx"},
    {"pkg:deb/debian/a@1?b=2&A=&c=%20x", "pkg:deb/debian/a@1?b=2&c=%20x"},
    {"pkg:generic/%E8%A8%BC@1", "pkg:generic/%E8%A8%BC@1"},
    {"pkg:generic/証", "pkg:generic/%E8%A8%BC"},
    {"pkg:generic/a?x=1&x=2", NULL},
    {"pkg:generic/a?X=1&x=2", NULL},
    {"pkg:generic/a?%78=1", NULL},
    {"pkg:generic/a?1x=1", NULL},
    {"pkg:generic/a%2", NULL},
    {"pkg:generic/a%zz", NULL},
    {"pkg:generic/%ff", NULL},
    {"pkg:3n/a", NULL},
    {"pkg:n+x/a", NULL},
    {"pkg:n%61/a", NULL},
    {"pkg:npm", NULL},
    {"pkg:npm/", NULL},
    {"pkg:npm/@1.0", NULL},
    {"pkg:/", NULL},
    {"npm/a@1", NULL},
    {"", NULL},
};

static void canonical_text(void **state) {
    (void)state;
    struct arena *a = arena_new();
    for (const struct row *r = rows; r < rows + sizeof rows / sizeof *rows; r++) {
        struct purl p;
        struct err e = {0};
        bool ok = purl_parse(a, str_of(r->in), &p, &e);
        assert_int_equal(ok, r->out != NULL);
        if (ok)
            assert_string_equal(purl_text(a, &p).p, r->out);
        else
            assert_string_equal(e.where, r->in);
    }
    arena_free(a);
}

static void type_definitions(void **state) {
    (void)state;
    static const struct {
        const char *purl;
        bool ok;
    } checks[] = {{"pkg:swift/a@1", false},     {"pkg:pypi/a/b@1", false},
                  {"pkg:julia/A@1", false},     {"pkg:julia/A@1?uuid=x", true},
                  {"pkg:swid/a/b/c/d", false},  {"pkg:swid/a/b/c?tag_id=1", true},
                  {"pkg:cpan/A::B", false},     {"pkg:cocoapods/.a", false},
                  {"pkg:unknown/x", true},      {"pkg:chrome-extension/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAp@1.2.3.4", true},
                  {"pkg:deb/curl", false},      {"pkg:chrome-extension/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaq", false},
                  {"pkg:deb/debian/curl", true}};
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        struct purl p;
        struct err e;
        assert_true(purl_parse(a, str_of(checks[i].purl), &p, &e));
        assert_int_equal(purl_check(&p, &e), checks[i].ok);
    }
    arena_free(a);
}

static void made_from_parts(void **state) {
    (void)state;
    struct arena *a = arena_new();
    struct purl_qualifier q[] = {{S_INIT("distro"), S_INIT("debian-12")}, {S_INIT("arch"), S_INIT("amd64")}};
    str none = {NULL, 0};
    assert_string_equal(purl_make(a, "npm", S("@a"), S("b"), S("1")).p, "pkg:npm/%40a/b@1");
    assert_string_equal(purl_make(a, "pypi", none, S("A_b%c"), none).p, "pkg:pypi/a-b%25c");
    assert_string_equal(purl_make_q(a, "deb", S("debian"), S("x"), S("1:2+b"), q, 2).p,
                        "pkg:deb/debian/x@1:2%2Bb?arch=amd64&distro=debian-12");
    assert_null(purl_make(a, "npm", none, none, S("1")).p);
    assert_null(purl_make(a, "", none, S("x"), S("1")).p);
    arena_free(a);
}

/* ── the official suite ── */

static bool lower_keys(str purl) {
    str head, q, pair;
    str_cut(purl, '?', &head, &q);
    while (str_next(&q, '&', &pair))
        for (size_t i = 0; i < pair.n && pair.p[i] != '='; i++)
            if (ch_upper(pair.p[i]))
                return false;
    return true;
}

static struct purl from_json(struct arena *a, struct jv v) {
    struct purl p = {.type = j_gets(v, "type"),
                     .ns = j_gets(v, "namespace"),
                     .name = j_gets(v, "name"),
                     .version = j_gets(v, "version"),
                     .subpath = j_gets(v, "subpath")};
    struct jv q = j_get(v, "qualifiers");
    p.qualifiers = arena_array(a, struct purl_qualifier, j_len(q) + 1);
    for (struct jiter it = j_iter(q); j_next(&it);)
        if (j_is_str(it.val))
            p.qualifiers[p.n_qualifiers++] = (struct purl_qualifier){it.key, j_str(it.val)};
    return p;
}

static bool same(const struct purl *x, const struct purl *y) {
    if (!str_eq(x->type, y->type) || !str_eq(x->ns, y->ns) || !str_eq(x->name, y->name) ||
        !str_eq(x->version, y->version) || !str_eq(x->subpath, y->subpath) || x->n_qualifiers != y->n_qualifiers)
        return false;
    for (uint32_t i = 0; i < x->n_qualifiers; i++) {
        struct arena *a = arena_new();
        char *key = arena_cstr(a, x->qualifiers[i].key);
        bool equal = str_eq(x->qualifiers[i].value, purl_qualifier(y, key));
        arena_free(a);
        if (!equal)
            return false;
    }
    return true;
}

static bool suite_case(struct arena *a, struct jv t) {
    struct purl in, p = {0}, want;
    struct err e;
    str type = j_gets(t, "test_type");
    bool ok;
    if (str_is(type, "build")) {
        in = from_json(a, j_get(t, "input"));
        ok = purl_build(a, &in, &p, &e) && purl_check(&p, &e);
    } else {
        str text = j_gets(t, "input");
        ok = purl_parse(a, text, &p, &e) && purl_check(&p, &e);
        /* The suite's "parse" asks for canonical keys, its "validate" mends them; we mend. */
        if (str_is(type, "parse") && !lower_keys(text))
            ok = false;
    }
    if (j_true(j_get(t, "expected_failure")))
        return !ok;
    if (!ok)
        return false;
    if (str_is(type, "parse")) {
        want = from_json(a, j_get(t, "expected_output"));
        return same(&p, &want);
    }
    return str_eq(purl_text(a, &p), j_gets(t, "expected_output"));
}

static unsigned suite_file(struct ctx *c, str path) {
    struct arena *a = arena_new();
    struct json doc;
    struct err e;
    str text;
    unsigned failed = 0;
    assert_true(file_read(c, a, path, &text, &e));
    assert_true(json_parse(c, a, text, JSON_STRICT, path, &doc, &e));
    for (struct jiter it = j_iter(j_get(doc.root, "tests")); j_next(&it);)
        if (!suite_case(a, it.val)) {
            failed++;
            print_error("%.*s /tests/%zu: %.*s\n", STR_ARG(path), it.index,
                        STR_ARG(json_text(j_get(it.val, "input"), a)));
        }
    arena_free(a);
    return failed;
}

static void official_suite(void **state) {
    (void)state;
    struct ctx c;
    ctx_init(&c);
    struct arena *a = arena_new();
    static const char *const folders[] = {"purl/types", "purl/spec"};
    unsigned failed = 0, files = 0;
    for (size_t i = 0; i < 2; i++) {
        str folder = test_data(a, folders[i]);
        DIR *d = folder.p ? opendir(folder.p) : NULL;
        for (struct dirent *f; d && (f = readdir(d));)
            if (str_ends(str_of(f->d_name), S(".json"))) {
                failed += suite_file(&c, path_join(a, folder, str_of(f->d_name)));
                files++;
            }
        if (d)
            closedir(d);
    }
    arena_free(a);
    ctx_free(&c);
    if (!files)
        skip();
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_text),
        cmocka_unit_test(type_definitions),
        cmocka_unit_test(made_from_parts),
        cmocka_unit_test(official_suite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
