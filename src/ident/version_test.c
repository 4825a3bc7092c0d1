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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
