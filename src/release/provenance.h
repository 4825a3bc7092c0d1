/* SPDX-License-Identifier: Apache-2.0
 *
 * SLSA provenance v1: what built this, from which sources, started by whom. Read from the variables of common CI
 * systems (one row each in a table); without one it says so honestly: built locally.
 */
#ifndef AKASHI_RELEASE_PROVENANCE_H
#define AKASHI_RELEASE_PROVENANCE_H

#include "base/ctx.h"
#include "release/source_commit.h"

struct environment {
    const char *(*get)(void *of, const char *name); /* NULL or "" when not set */
    void *of;
};
/* Of this process. */
struct environment environment_own(void);

struct provenance_facts {
    str party;                          /* who builds locally */
    str builder;                        /* overrides builder.id; absent: from the environment */
    const struct source_commit *source; /* of the work tree, where the environment says nothing; NULL: none */
};

/* The predicate as JSON. */
str provenance_predicate(struct ctx *c, struct arena *a, const struct environment *env,
                         const struct provenance_facts *facts);
/* Name of the CI system of the environment ("github-actions"), or absent. */
str provenance_system(const struct environment *env);

#endif
