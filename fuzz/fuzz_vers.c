/* SPDX-License-Identifier: Apache-2.0
 *
 * VERS: the text of what is accepted reads back as itself and holds the same versions. The same bytes as a native range
 * of every ecosystem give VERS that can be read.
 */
#include <stdlib.h>

#include "ident/version.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static str write(struct arena *a, const struct vers *v) {
    struct buf b = {0};
    vers_write(v, &b);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* Conan's, Maven's and pacman's orders are not total, so lists of theirs have no one sorted form. */
static bool sorts(const struct ecosystem *eco) {
    str name = str_of(eco->name);
    return !str_is(name, "ConanCenter") && !str_is(name, "Maven") && !str_is(name, "Arch Linux");
}

static void check_vers(struct arena *a, str text) {
    struct vers v, again;
    struct err e;
    if (!vers_parse(a, text, &v, &e))
        return;
    str canonical = write(a, &v);
    check(vers_parse(a, canonical, &again, &e));
    check(again.n == v.n && (!sorts(v.eco) || str_eq(write(a, &again), canonical)));
    for (uint32_t i = 0; i < v.n && i < 8; i++) {
        bool x, y;
        if (v.v[i].op != RANGE_ANY && vers_contains(&v, v.v[i].version, &x, &e))
            check(vers_contains(&again, v.v[i].version, &y, &e) && (x == y || !sorts(v.eco)));
    }
}

static void check_native(struct arena *a, const struct ecosystem *eco, str text) {
    struct vers v, again;
    struct err e;
    bool inside;
    if (vers_from_native(a, eco, text, &v, &e) && v.n && ecosystem_find(v.scheme) == eco) {
        for (uint32_t i = 0; i < v.n; i++)
            if (v.v[i].op != RANGE_ANY && !eco->valid(v.v[i].version))
                return;
        check(vers_parse(a, write(a, &v), &again, &e));
        check(again.n == v.n);
    }
    (void)!range_satisfies(a, eco, text, S("1.2.3"), &inside, &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    str text = {(const char *)data, size > 2000 ? 2000 : size};
    check_vers(a, text);
    for (const struct ecosystem *const *eco = ecosystems; *eco; eco++)
        check_native(a, *eco, text);
    arena_free(a);
    return 0;
}
