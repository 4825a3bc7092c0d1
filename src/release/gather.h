/* SPDX-License-Identifier: Apache-2.0
 *
 * The evidence of a release as payloads: one function for each kind, none of which signs or stores anything.
 */
#ifndef AKASHI_RELEASE_GATHER_H
#define AKASHI_RELEASE_GATHER_H

#include "release/release.h"
#include "release/source_commit.h"
#include "seal/statement.h"

struct evidence {
    const char *kind;
    str type, payload;
    str remark;
    bool bad;
};
struct gathering {
    struct ctx *ctx;
    struct arena *arena;
    const struct release_plan *plan;
    const struct release_files *files;
    str party, purl;
    const struct subject *subjects; /* the files */
    uint32_t n_subjects;
    VEC(struct evidence) evidence;
    VEC(str) bodies; /* files the evidence was made from, to be archived with it */
    str advisories;  /* digest of the database the findings stand on; absent when none are stated */
    int64_t advisories_built;
    struct source_commit *source; /* NULL: not named */
};
/* Fills evidence, bodies, advisories, source. Stops at the first file that cannot be understood. */
MUST_USE bool gather(struct gathering *g, struct err *e);

#endif
