/* SPDX-License-Identifier: Apache-2.0 */
#include "base/squeeze.h"
#include "base/testing.h"

static void texts_come_back(void **state) {
    struct testing *t = *state;
    struct squeezer *s = squeezer_new();
    const size_t sizes[] = {0, 1, 159, 160, 5000, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *p = arena_alloc(t->a, sizes[i] + 1);
        for (size_t k = 0; k < sizes[i]; k++)
            p[k] = (char)('a' + k * k % 7);
        struct buf b = {0};
        squeeze(s, &b, str_n(p, sizes[i]));
        assert_true(b.n <= sizes[i] + 1);
        str back = unsqueeze(t->a, buf_str(&b), sizes[i]);
        assert_true(back.p && str_eq(back, str_n(p, sizes[i])));
        if (sizes[i])
            assert_null(unsqueeze(t->a, buf_str(&b), sizes[i] - 1).p); /* longer than the caller takes */
        for (size_t cut = 0; cut < b.n && sizes[i] >= 160; cut += 1 + b.n / 50)
            (void)unsqueeze(t->a, str_n(b.p, cut), sizes[i]);
        buf_free(&b);
    }
    assert_null(unsqueeze(t->a, S(""), 10).p);
    assert_null(unsqueeze(t->a, S("\2abc"), 10).p);
    squeezer_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(texts_come_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
