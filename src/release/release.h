/* SPDX-License-Identifier: Apache-2.0
 *
 * One command a release: what it is made of, what is known to be wrong with it, how it was built, hardened and tested;
 * each a signed statement about the same files, tied together by one release manifest, logged in one batch.
 *
 * Invariant: the log has either all of a release's statements or none, and the manifest is the last of them. The same
 * bits with the same evidence released again add nothing.
 */
#ifndef AKASHI_RELEASE_RELEASE_H
#define AKASHI_RELEASE_RELEASE_H

#include "release/files.h"
#include "seal/home.h"

struct release_plan {
    const str *paths; /* one folder, or files */
    uint32_t n_paths;
    const struct release_file *listed; /* without paths: files that lie elsewhere, by name and SHA-256 */
    uint32_t n_listed;
    bool elsewhere;            /* made on another machine: how is told by what is handed in alone */
    str provenance, hardening; /* files: a predicate, or a statement or an envelope with one; absent: found out here */
    str product, version;
    str purl;       /* of the release; absent: pkg:generic/PRODUCT@VERSION */
    str sbom;       /* file of an SBOM made elsewhere; absent: one is made */
    str source;     /* work tree the release was built from; absent: none is named */
    str builder;    /* builder.id; absent: from the CI system, or this party */
    str advisories; /* advisory database; absent: no findings are stated */
    str policy;     /* of hardening: "minimum", "standard" or a file; absent: minimum */
    str bundle;     /* where to; absent: beside the files */
    const str *tests, *analyses, *vex;
    uint32_t n_tests, n_analyses, n_vex;
    void (*logged)(void *of); /* when the statements are in the log, before the proofs are made; may be NULL */
    void *of;
};

struct release_line { /* a statement of it */
    str kind, type;
    str sha256; /* of the envelope */
    uint64_t index;
    str remark; /* "14 components", in the reader's language */
    bool bad;   /* the remark is bad news */
};
struct release_result {
    bool was_there; /* released before: nothing was added */
    bool differs;   /* refused: released before with other files */
    struct release_files files;
    uint64_t bytes;
    VEC(struct release_line) lines;
    str bundle;
    str purl;
};
MUST_USE bool release_run(struct ctx *c, struct arena *a, struct home *home, const struct release_plan *plan,
                          struct release_result *out, struct err *e);

/* What came of it, as members of an object. */
void release_json(struct jw *w, const struct release_plan *plan, const struct release_result *r);

#endif
