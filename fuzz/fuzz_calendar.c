/* SPDX-License-Identifier: Apache-2.0
 *
 * A calendar is refused, or its days make sense: sorted, within its years, and the n business days up to a day found by
 * adding are as many as counting finds.
 */
#include <assert.h>

#include "impact/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct calendar cal;
    struct err e = {0};
    ctx_init(&c);
    if (calendar_read(&c, a, str_n((const char *)data, size), S("calendar.json"), &cal, &e)) {
        for (uint32_t i = 0; i < cal.n_holidays; i++)
            assert((i == 0 || cal.holidays[i - 1].day < cal.holidays[i].day) && cal.holidays[i].name.en.p);
        int64_t day = cal.first + 40, found = 0, counted = 0;
        if (calendar_add(&cal, day, 25, &found, NULL)) {
            assert(calendar_works(&cal, found));
            for (int64_t d = day + 1; d <= found; d++)
                counted += calendar_works(&cal, d);
            assert(counted == 25);
        }
    } else {
        assert(e.kind != ERR_NONE && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
