/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of a tree: one that can be read names nothing outside, and written and read again it says the same.
 */
#include <stdlib.h>

#include "archive/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    struct tree_entry t, again;
    struct buf one = {0}, two = {0};
    if (tree_line_read(a, str_n((const char *)data, size), &t, NULL)) {
        if (str_find(t.path, S("/../")) != STR_NONE || str_ends(t.path, S("/..")) || str_starts(t.path, S("/")))
            abort();
        tree_line_write(&one, &t);
        if (!tree_line_read(a, str_upto(buf_str(&one), one.n - 1), &again, NULL))
            abort();
        tree_line_write(&two, &again);
        if (!str_eq(buf_str(&one), buf_str(&two)))
            abort();
    }
    buf_free(&one);
    buf_free(&two);
    arena_free(a);
    return 0;
}
