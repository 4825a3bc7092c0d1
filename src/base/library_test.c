/* SPDX-License-Identifier: Apache-2.0 */
#include "base/library.h"

#include "base/testing.h"

struct calls {
    double (*cosine)(double);
    void *none;
};

static void found_or_not(void **state) {
    static const struct library_call calls[] = {{"cos", offsetof(struct calls, cosine)},
                                                {"no_such_function", offsetof(struct calls, none)}};
    struct calls k = {0};
    (void)state;
    assert_true(library_load("libm.so.6", calls, 1, &k));
    assert_true(k.cosine(0) == 1);
    assert_true(library_load("libm.so.6", calls, 1, &k)); /* once more */
    assert_false(library_load("libm.so.6", calls, 2, &k));
    assert_false(library_load("libno-such-library.so.0", calls, 1, &k));
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(found_or_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
