/* SPDX-License-Identifier: Apache-2.0
 *
 * A decision table is refused, or decides whatever is known, even nothing; each value of each point can be given by
 * key.
 */
#include <assert.h>

#include "impact/ssvc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct ssvc_table t;
    struct ssvc_set set = {0};
    struct ssvc_decision d;
    struct err e = {0};
    ctx_init(&c);
    if (ssvc_read(&c, a, str_n((const char *)data, size), S("table.json"), &t, &e)) {
        *vec_push(a, &set.tables) = t;
        struct ssvc_inputs known = {0};
        assert(ssvc_decide(&set, a, &t, &known, &d, &e));
        for (uint32_t i = 0; i < t.n_points; i++)
            *vec_push(a, &known) = (struct ssvc_input){t.points[i].key, t.points[i].values[0].key};
        assert(ssvc_decide(&set, a, &t, &known, &d, &e));
        assert(d.outcome < t.outcome.n_values && ssvc_rank(&d) <= 100 && ssvc_path(a, &d, "en").n);
    } else {
        assert(e.kind != ERR_NONE && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
