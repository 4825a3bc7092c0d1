/* SPDX-License-Identifier: Apache-2.0 */
#include "base/qr.h"

#include "base/testing.h"

/* The three finders: a dark ring of 7, a light one, a dark square of 3. */
static bool is_finder(const struct qr *q, unsigned x, unsigned y) {
    for (unsigned dy = 0; dy < 7; dy++)
        for (unsigned dx = 0; dx < 7; dx++) {
            unsigned ring = dx < dy ? dx : dy, far = 6 - (dx > dy ? dx : dy);
            ring = ring < far ? ring : far;
            if (q->dark[(y + dy) * q->width + x + dx] != (ring != 1))
                return false;
        }
    return true;
}

static void a_digest(void **state) {
    struct testing *t = *state;
    struct qr q;
    if (!qr_make(t->a, S("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"), &q))
        skip();
    assert_true(q.width >= 21 && (q.width - 17) % 4 == 0);
    assert_true(is_finder(&q, 0, 0) && is_finder(&q, q.width - 7, 0) && is_finder(&q, 0, q.width - 7));
    str svg = qr_svg(t->a, &q, S("a <digest>"));
    assert_true(str_find(svg, S("a &lt;digest&gt;")) != STR_NONE);
    assert_true(str_find(svg, S("M4 4h7v1h-7z")) != STR_NONE);
}

static void too_long(void **state) {
    struct testing *t = *state;
    struct qr q;
    char *text = arena_alloc(t->a, 5000);
    memset(text, 'x', 5000);
    assert_false(qr_make(t->a, str_n(text, 5000), &q));
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(a_digest), TEST(too_long)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
