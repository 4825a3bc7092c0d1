/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: cmocka and a ctx with an arena that die with the test.
 */
#ifndef AKASHI_BASE_TESTING_H
#define AKASHI_BASE_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/ctx.h"
#include "base/file.h"

struct testing {
    struct ctx ctx;
    struct arena *a;
    struct err e;
};

static inline int test_setup(void **state) {
    struct testing *t = calloc(1, sizeof *t);
    ctx_init(&t->ctx);
    t->a = arena_new();
    *state = t;
    return 0;
}
static inline int test_teardown(void **state) {
    struct testing *t = *state;
    arena_free(t->a);
    ctx_free(&t->ctx);
    free(t);
    return 0;
}
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, test_setup, test_teardown)

static inline void check_str(str got, const char *want) {
    if (!str_is(got, want))
        fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(got), want);
}

/* The folder of the shared test data, when `part` of it lies there; else absent (then skip()). */
static inline str shared_data(struct arena *a, const char *part) {
    const char *given = getenv("AKASHI_SHARED"), *source = getenv("AKASHI_SOURCE");
    str path = given ? str_of(given) : arena_printf(a, "%s/../shared/data", source ? source : ".");
    return path_exists(path_join(a, path, str_of(part))) ? path : (str){NULL, 0};
}

#endif
