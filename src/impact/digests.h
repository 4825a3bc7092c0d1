/* SPDX-License-Identifier: Apache-2.0
 *
 * Which files are in which releases, by SHA-256: files of components as SBOMs state them, files that a release's own
 * statement names, and the SBOM documents themselves.
 */
#ifndef AKASHI_IMPACT_DIGESTS_H
#define AKASHI_IMPACT_DIGESTS_H

#include "impact/question.h"

/* The files a statement about a release names as its subjects; inside a transaction. */
MUST_USE bool digests_of_release(struct portfolio *p, const struct statement *s, uint32_t release, struct err *e);

/* Adds the components and releases with such a file to a question. */
MUST_USE bool digests_find(struct portfolio *p, struct arena *a, const unsigned char digest[32], struct question *q,
                           struct err *e);

#endif
