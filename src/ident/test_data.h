/* SPDX-License-Identifier: Apache-2.0
 *
 * For this room's tests only: where the shared data lies, and its tables row by row.
 */
#ifndef AKASHI_IDENT_TEST_DATA_H
#define AKASHI_IDENT_TEST_DATA_H

#include <stdlib.h>

#include "base/file.h"

/* Absent when the data is not there; the test then skips. */
static inline str test_data(struct arena *a, const char *path) {
    const char *shared = getenv("AKASHI_SHARED"), *source = getenv("AKASHI_SOURCE");
    str p = shared ? arena_printf(a, "%s/%s", shared, path)
                   : arena_printf(a, "%s/../shared/data/%s", source ? source : ".", path);
    return path_exists(p) ? p : (str){NULL, 0};
}

/* The file whole; absent when it is not there. */
static inline str test_text(struct ctx *c, struct arena *a, const char *path) {
    str text = {NULL, 0}, p = test_data(a, path);
    struct err e = {0};
    return p.p && file_read(c, a, p, &text, &e) ? text : (str){NULL, 0};
}

/* Up to 4 fields of the next row; how many there were, 0 at the end. */
static inline unsigned test_row(str *rest, str field[4]) {
    str line;
    unsigned n = 0;
    while (n == 0) {
        if (!str_line(rest, &line))
            return 0;
        for (str f; n < 4 && line.n && str_next(&line, '\t', &f); n++)
            field[n] = f;
    }
    return n;
}

#endif
