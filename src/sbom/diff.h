/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed between two SBOMs, of any formats: components are matched by identity without the version.
 */
#ifndef AKASHI_SBOM_DIFF_H
#define AKASHI_SBOM_DIFF_H

#include "base/json.h"
#include "sbom/sbom.h"

enum diff_kind {
    DIFF_ADDED,
    DIFF_REMOVED,
    DIFF_UPGRADED,
    DIFF_DOWNGRADED,
    DIFF_CHANGED, /* another version, which of the two is newer cannot be said */
    DIFF_LICENCE,
    DIFF_SUPPLIER,
    DIFF_KINDS
};

struct diff_entry {
    enum diff_kind kind;
    const struct sbom_component *before, *after; /* NULL where there is none */
    str name;                                    /* identity without the version */
    str from, to;                                /* versions, licences or suppliers; absent when not stated */
};
VEC_NAMED(diff_entries, struct diff_entry);

/* Sorted by kind, then name. Where an SBOM holds several versions of one thing, equal versions are matched first and
 * the others in order of version. */
void sbom_diff(struct arena *a, const struct sbom *before, const struct sbom *after, struct diff_entries *out);

void diff_json(struct arena *a, struct jw *w, str before, str after, const struct diff_entries *entries);

/* Identity without the version: "pkg:npm/%40b/core", else "group/name". For a purl, qualifiers do not count. */
str sbom_unversioned(struct arena *a, const struct sbom_component *c);
/* Licences as one text, declared before concluded; absent when none is stated. */
str sbom_licence_line(struct arena *a, const struct sbom_component *c);

#endif
