/* SPDX-License-Identifier: Apache-2.0
 *
 * The packages of one Python lock file while it is read: first all packages, then edges and roots by name, then the
 * report. A package whose file states its scope keeps it; the others get theirs from what leads to them.
 */
#ifndef AKASHI_COLLECT_PYPI_LOCK_H
#define AKASHI_COLLECT_PYPI_LOCK_H

#include "base/tree.h"
#include "collect/pypi.h"

struct pypi_lock {
    struct collect *c;
    const struct found_file *file;
    struct arena *a;
    struct json doc;
    VEC(struct pypi_package) packages;
    struct pypi_index index;
    struct scopes scopes;
};

/* Parses TOML. */
MUST_USE bool pypi_lock_toml(struct pypi_lock *l, struct collect *c, const struct found_file *f, str bytes,
                             struct arena *a, struct err *e);
/* A member that must be a list of tables, if it is there. */
MUST_USE bool pypi_lock_list(const struct pypi_lock *l, const char *key, struct jv *out, struct err *e);
/* Adds one; its key is set. */
struct pypi_package *pypi_lock_add(struct pypi_lock *l, struct pypi_package p);
/* All packages are there: edges and roots may follow. */
void pypi_lock_ready(struct pypi_lock *l);
/* To every package of that name, or only to the one of that version when it is given. */
void pypi_lock_edge(struct pypi_lock *l, uint32_t from, str name, str version, bool optional);
void pypi_lock_root(struct pypi_lock *l, str name, str version, enum sbom_scope scope);
/* Roots from pyproject.toml beside the file, when there is one. */
void pypi_lock_wishes(struct pypi_lock *l);
void pypi_lock_report(struct pypi_lock *l);

#endif
