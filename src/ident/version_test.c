/* SPDX-License-Identifier: Apache-2.0
 *
 * Version order: own rows for each ecosystem, and the shared tables.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "ident/test_data.h"
#include "ident/version.h"

static char sign(enum order o) {
    return o == ORDER_LESS ? '<' : o == ORDER_GREATER ? '>' : o == ORDER_EQUAL ? '=' : '!';
}

/* Both directions, and what the coarse keys may say. */
static bool row_holds(const struct ecosystem *eco, str a, char op, str b) {
    char mirror = op == '<' ? '>' : op == '>' ? '<' : op;
    if (sign(eco->compare(a, b)) != op || sign(eco->compare(b, a)) != mirror)
        return false;
    uint64_t x = eco->key(a), y = eco->key(b);
    if (!x || !y)
        return true;
    return op == '<' ? x <= y : op == '>' ? x >= y : op == '=' ? x == y : true;
}

static unsigned table(struct ctx *c, struct arena *a, const char *path, bool osv) {
    str text = test_text(c, a, path), f[4];
    unsigned failed = 0;
    while (test_row(&text, f) == 4) {
        const struct ecosystem *eco = ecosystem_find(f[0]);
        bool holds = eco && (osv ? sign(version_compare_osv(eco, f[1], f[3])) == f[2].p[0]
                                 : row_holds(eco, f[1], f[2].p[0], f[3]));
        if (!holds && failed++ < 40)
            print_error("%s: %.*s %.*s %.*s: %c, keys %llx %llx\n", path, STR_ARG(f[1]), STR_ARG(f[2]), STR_ARG(f[3]),
                        eco ? sign(osv ? version_compare_osv(eco, f[1], f[3]) : eco->compare(f[1], f[3])) : '?',
                        eco ? (unsigned long long)eco->key(f[1]) : 0, eco ? (unsigned long long)eco->key(f[3]) : 0);
    }
    return failed;
}

static void shared_tables(void **state) {
    (void)state;
    struct ctx c;
    ctx_init(&c);
    struct arena *a = arena_new();
    str folder = test_data(a, "versions/compare");
    unsigned failed = 0;
    DIR *d = folder.p ? opendir(folder.p) : NULL;
    for (struct dirent *f; d && (f = readdir(d));)
        if (str_ends(str_of(f->d_name), S(".tsv")))
            failed += table(&c, a, arena_printf(a, "versions/compare/%s", f->d_name).p, false);
    if (d)
        closedir(d);
    failed += table(&c, a, "versions/compare-legacy/pypi-not-pep440.tsv", true);
    failed += table(&c, a, "versions/compare-osv-rules/sentinel-and-invalid.tsv", true);
    arena_free(a);
    ctx_free(&c);
    if (!folder.p)
        skip();
    assert_int_equal(failed, 0);
}

/* One row for each rule that matters, so that the order is tested without the shared tables too. */
static void own_rows(void **state) {
    (void)state;
    static const struct {
        const char *eco, *a, op, *b;
    } rows[] = {
        {"npm", "1.0.0-alpha.1", '<', "1.0.0-alpha.beta"},
        {"npm", "1.0.0-rc", '<', "1.0.0"},
        {"npm", "1.0.0+x", '=', "v1.0"},
        {"Go", "v1.2.0-0.20200101000000-abcdef", '<', "v1.2.0"},
        {"Go", "go1.9", '<', "go1.21rc2"},
        {"PyPI", "1.0.dev1", '<', "1.0a1"},
        {"PyPI", "1.0a1", '<', "1.0a1.post1"},
        {"PyPI", "1.0", '=', "1.0.0"},
        {"PyPI", "1.0+abc", '<', "1.0+5"},
        {"PyPI", "1!0.1", '>', "99"},
        {"PyPI", "1.0", '!', "one"},
        {"Maven", "1-alpha-1", '=', "1.0.0-a1"},
        {"Maven", "1-snapshot", '<', "1"},
        {"Maven", "1", '<', "1-sp"},
        {"Maven", "1-1", '<', "1.1"},
        {"NuGet", "1.0.0-BETA", '=', "1.0.0.0-beta+x"},
        {"RubyGems", "1.0.a.2", '<', "1.0"},
        {"RubyGems", "1.2.0-x86_64-linux", '=', "1.2"},
        {"Packagist", "1.0-dev", '<', "1.0-alpha"},
        {"Packagist", "1.0", '<', "1.0pl1"},
        {"Hackage", "1.0", '<', "1.0.0"},
        {"CRAN", "1.0-2", '<', "1.0-10"},
        {"ConanCenter", "1.0-pre", '<', "1"},
        {"Pub", "1.0.0", '<', "1.0.0+1"},
        {"Bitnami", "1.2.3-4", '=', "1.2.3"},
        {"Debian", "1.0~rc1", '<', "1.0"},
        {"Debian", "1.0+b1", '>', "1.0a"},
        {"Debian", "0:1", '=', "1"},
        {"Debian", "1-", '!', "1"},
        {"Alpine", "1.0_rc1", '<', "1.0"},
        {"Alpine", "1.0", '<', "1.0_p1"},
        {"Alpine", "1.0-r9", '<', "1.0-r10"},
        {"rpm", "1.0~rc1", '<', "1.0"},
        {"rpm", "1.0^git", '>', "1.0"},
        {"rpm", "2:1-1", '>', "9-1"},
        {"Arch Linux", "1.0rc", '<', "1.0"},
        {"Arch Linux", "1.0-1", '=', "1.0"},
        {"Gentoo", "1.01", '<', "1.1"},
        {"Gentoo", "1_alpha", '<', "1"},
        {"FreeBSD", "1.0.rc1", '<', "1.0"},
        {"FreeBSD", "1.0_2", '<', "1.0_10"},
        {"FreeBSD", "9.9", '<', "1.0,1"},
        {"openssl", "1.0.2z", '<', "1.0.2za"},
        {"jvm", "1.8.0_131", '=', "8.0.131+b2"},
        {"datetime", "2024-01-01T00:00:00Z", '=', "2024-01-01T01:00:00.0+01:00"},
        {"datetime", "2024-02-30T00:00:00Z", '!', "2024-01-01T00:00:00Z"},
        {"lexicographic", "a", '<', "b"},
        {"OSS-Fuzz", "release-1.9", '<', "release-1.10"},
        {"GIT", "abcdef0", '=', "abcdef0123"},
        {"GIT", "abcdef0", '!', "abcdef1"},
        {"Root:Alpine:3.18", "1.0_rc1", '<', "1.0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!row_holds(ecosystem_find(str_of(rows[i].eco)), str_of(rows[i].a), rows[i].op, str_of(rows[i].b)))
            fail_msg("%s: %s %c %s", rows[i].eco, rows[i].a, rows[i].op, rows[i].b);
}

/* Every ecosystem name OSV knows, and the names purl and VERS use. */
static void names_are_known(void **state) {
    (void)state;
    static const char *const names[] = {"AlmaLinux:9",
                                        "Alpaquita",
                                        "Alpine:v3.19",
                                        "Android",
                                        "Azure Linux",
                                        "BellSoft Hardened Containers",
                                        "Bioconductor",
                                        "Bitnami",
                                        "Chainguard",
                                        "CleanStart",
                                        "ConanCenter",
                                        "CRAN",
                                        "crates.io",
                                        "Debian:12",
                                        "Docker Hardened Images",
                                        "Echo",
                                        "FreeBSD",
                                        "GHC",
                                        "GIT",
                                        "GitHub Actions",
                                        "Go",
                                        "Hackage",
                                        "Hex",
                                        "Julia",
                                        "Kubernetes",
                                        "Linux",
                                        "Mageia",
                                        "Maven",
                                        "MinimOS",
                                        "npm",
                                        "NuGet",
                                        "opam",
                                        "openEuler",
                                        "openSUSE",
                                        "OSS-Fuzz",
                                        "Packagist",
                                        "Photon OS",
                                        "Pub",
                                        "PyPI",
                                        "Red Hat:enterprise_linux:9",
                                        "Rocky Linux",
                                        "Root",
                                        "RubyGems",
                                        "SUSE",
                                        "SwiftURL",
                                        "TuxCare",
                                        "Ubuntu:22.04:LTS",
                                        "vcpkg",
                                        "VSCode",
                                        "Wolfi",
                                        "alpm",
                                        "apk",
                                        "cargo",
                                        "composer",
                                        "conan",
                                        "cran",
                                        "deb",
                                        "gem",
                                        "github",
                                        "golang",
                                        "hackage",
                                        "hex",
                                        "maven",
                                        "nuget",
                                        "pub",
                                        "PYPI",
                                        "rpm",
                                        "swift",
                                        "ebuild",
                                        "nginx",
                                        "openssl",
                                        "generic",
                                        "semver",
                                        "intdot",
                                        "datetime",
                                        "lexicographic",
                                        "githubactions"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!ecosystem_find(str_of(names[i])))
            fail_msg("%s", names[i]);
    assert_null(ecosystem_find(S("")));
    assert_null(ecosystem_find(S("nothing")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_rows),
        cmocka_unit_test(names_are_known),
        cmocka_unit_test(shared_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
