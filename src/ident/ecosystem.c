/* SPDX-License-Identifier: Apache-2.0 */
#include "ident/pypi.h"
#include "ident/version.h"

/* clang-format off */
#define ECOSYSTEMS(X) \
    X(alpine) X(arch) X(actions) X(bitnami) X(cargo) X(conan) X(cran) X(datetime) X(debian) X(freebsd) X(generic) X(gentoo) \
    X(git) X(go) X(hackage) X(hex) X(jvm) X(lexicographic) X(maven) X(nginx) X(npm) X(nuget) X(openssl) X(packagist) X(pub) \
    X(pypi) X(rpm) X(rubygems) X(semver)
/* clang-format on */
#define DECLARE(name) extern const struct ecosystem eco_##name;
ECOSYSTEMS(DECLARE)
#define LIST(name) &eco_##name,
const struct ecosystem *const ecosystems[] = {ECOSYSTEMS(LIST) NULL};

static bool is_called(const struct ecosystem *eco, str name) {
    if (str_ieq(name, str_of(eco->name)))
        return true;
    for (const char *const *other = eco->names; *other; other++)
        if (str_ieq(name, str_of(*other)))
            return true;
    return false;
}

static const struct ecosystem *find(str name) {
    for (const struct ecosystem *const *eco = ecosystems; *eco; eco++)
        if (is_called(*eco, name))
            return *eco;
    return NULL;
}

/* Those who patch what others package name the other in the suffix: "Root:Alpine:3.18", "TuxCare:npm". */
static bool patches_others(str name) {
    return str_ieq(name, S("Root")) || str_ieq(name, S("TuxCare")) || str_ieq(name, S("Docker Hardened Images"));
}

const struct ecosystem *ecosystem_find(str name) {
    str head, suffix;
    str_cut(str_trim(name), ':', &head, &suffix);
    if (!patches_others(head))
        return find(head);
    str_cut(suffix, ':', &head, &suffix);
    const struct ecosystem *eco = find(head);
    return eco ? eco : &eco_generic;
}

/* 0: the bare "0"; 1: PyPI's old strings; 2: a version; 3: no version. */
static int osv_place(const struct ecosystem *eco, str v) {
    if (str_is(v, "0"))
        return 0;
    return eco->valid(v) ? 2 : eco == &eco_pypi ? 1 : 3;
}

enum order version_compare_osv(const struct ecosystem *eco, str a, str b) {
    int x = osv_place(eco, a), y = osv_place(eco, b), c = x - y;
    if (!c && x == 1)
        c = pep440_legacy_cmp(a, b);
    if (!c && x == 3)
        c = str_cmp(a, b);
    if (!c && x == 2) {
        enum order o = eco->compare(a, b);
        c = o == ORDER_ERROR ? str_cmp(a, b) : o;
    }
    return c < 0 ? ORDER_LESS : c > 0 ? ORDER_GREATER : ORDER_EQUAL;
}
