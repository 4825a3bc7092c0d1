/* SPDX-License-Identifier: Apache-2.0
 *
 * A clock profile is refused, or gives deadlines for any case: due after they started, in their order, and the same
 * when asked again.
 */
#include <assert.h>

#include "impact/clock.h"

static void ask(struct clock_set *set, struct arena *a, const struct clock_case *k, int64_t now) {
    struct deadlines one, two;
    struct err e = {0};
    bool ok = clock_deadlines(set, a, k, now, &one, &e);
    assert(ok == clock_deadlines(set, a, k, now, &two, &e));
    for (uint32_t i = 0; ok && i < one.n; i++) {
        const struct deadline *d = &one.v[i];
        assert(d->due == two.v[i].due && d->state == two.v[i].state && clock_say(a, d, now).n);
        assert(d->state == CLOCK_WAITING || d->rule->span == SPAN_KEV_DUE || d->due >= d->started);
        assert(!i || d->state > CLOCK_RUNNING || (d->due >= d[-1].due && d[-1].state <= CLOCK_RUNNING));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct clock_set set = {0};
    struct clock_case k;
    struct err e = {0};
    ctx_init(&c);
    clock_case_init(&k);
    bool tables = ssvc_load(&c, a, (str){NULL, 0}, &set.tables, &e);
    assert(tables);
    if (clock_read(&c, a, str_n((const char *)data, size), S("fuzz"), &set, &e)) {
        *vec_push(a, &set.used) = S("fuzz");
        ask(&set, a, &k, 0);
        for (int i = 0; i < EVENT_CLOSED; i++)
            k.at[i] = 1795248000 + i * 86400;
        k.kev_due = 1795248000;
        ask(&set, a, &k, 1795248000 + 10 * 86400);
        ask(&set, a, &k, INT64_MAX - 1);
    } else {
        assert(e.kind != ERR_NONE && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
