/* SPDX-License-Identifier: Apache-2.0
 *
 * go.sum: hashes of modules. "path version h1:…" for a module's content, "path version/go.mod h1:…" for its go.mod.
 */
#ifndef AKASHI_COLLECT_GO_SUM_H
#define AKASHI_COLLECT_GO_SUM_H

#include "collect/go_file.h"

struct go_module {
    str path;
    str version; /* the highest with a hash of its content; absent when there is none */
    str any;     /* the highest named at all */
    uint32_t line;
};
struct go_sum {
    struct map modules; /* path → struct go_module */
    struct map sums;    /* "path version" → its h1 text (str *) */
};
void go_sum_init(struct go_sum *s, struct arena *a);
/* Fails on a line that is not three words. */
MUST_USE bool go_sum_parse(const struct found_file *f, str bytes, struct arena *a, struct go_sum *out, struct err *e);
/* "h1:…" of a module; absent when not listed. */
str go_sum_of(struct arena *a, const struct map *sums, str path, str version);
void go_sum_find(struct collect *c, const struct go_module *m, str version, enum sbom_direct direct);

#endif
