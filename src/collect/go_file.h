/* SPDX-License-Identifier: Apache-2.0
 *
 * The line language of go.mod and go.work (Go Modules Reference, "go.mod files"), read into its directives.
 */
#ifndef AKASHI_COLLECT_GO_FILE_H
#define AKASHI_COLLECT_GO_FILE_H

#include "collect/report.h"

struct go_require {
    str path, version;
    bool indirect;
    uint32_t line;
};
struct go_replace {
    str path, version;  /* version absent: every one */
    str to, to_version; /* to_version absent: a folder */
    uint32_t line;
};
struct go_file {
    str module, go, toolchain;
    uint32_t module_line, go_line, toolchain_line;
    VEC(struct go_require) requires;
    VEC(struct go_require) excludes;
    VEC(struct go_replace) replaces;
    VEC(str) uses; /* go.work */
};

/* Fails when a directive is cut short, or when no line is one. Directives not known here are warned about. */
MUST_USE bool go_file_parse(struct collect *c, const struct found_file *f, str bytes, struct arena *a,
                            struct go_file *out, struct err *e);
/* Version of the standard library it asks for: of the toolchain line, else of the go line; absent when neither. */
str go_file_stdlib(const struct go_file *g);
/* Reports that as golang/stdlib@v…, written as Go writes versions of modules. */
void go_file_find_stdlib(struct collect *c, struct arena *a, const struct go_file *g);
/* Fills type, namespace, name, version for a module. */
void go_find_module(struct find *out, str path, str version);

#endif
