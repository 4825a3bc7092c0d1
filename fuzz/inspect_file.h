/* SPDX-License-Identifier: Apache-2.0
 *
 * One file before one inspector. Property: looked at twice, the answers are the same; a file that is judged answers
 * every check of its kind exactly once, and a requirement fails only with a state that is worse than good. The file
 * lies in a block of its own size, so that a read beyond its end is seen.
 */
#include <stdlib.h>

#include "inspect/inspect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static const struct inspection *look(struct ctx *c, struct arena *a, const char *kind, str bytes,
                                     struct inspect_report *r) {
    struct inspect_options o = {.only = str_of(kind)};
    struct err e = {0};
    check(inspect_text(c, a, S("bin/x"), bytes, &o, r, &e));
    check(r->files.n + r->malformed <= 1);
    return r->files.n ? &r->files.v[0] : NULL;
}

static int inspect_file(const char *kind, const uint8_t *data, size_t size) {
    struct ctx c;
    ctx_init(&c);
    c.threads = 1;
    struct arena *a = arena_new();
    struct inspect_report first = {0}, second = {0};
    char *copy = malloc(size ? size : 1);
    memcpy(copy, data, size);
    const struct inspection *x = look(&c, a, kind, str_n(copy, size), &first),
                            *y = look(&c, a, kind, str_n(copy, size), &second);
    free(copy); /* nothing in the report may point into the file */
    check(!x == !y && first.malformed == second.malformed);
    for (uint32_t i = 0; x && i < x->checks.n; i++) {
        const struct check *one = &x->checks.v[i], *two = &y->checks.v[i];
        check(one->state == two->state && str_eq(one->detail, two->detail));
        check(check_find(x, one->spec->id) == one);
        check(!one->failed || one->state >= CHECK_PARTIAL);
    }
    for (uint32_t i = 0; x && i < x->facts.n; i++)
        check(x->facts.v[i].value.n > 0 && str_eq(x->facts.v[i].value, y->facts.v[i].value));
    arena_free(a);
    ctx_free(&c);
    return 0;
}
