/* SPDX-License-Identifier: Apache-2.0
 *
 * Which files are in which releases: SHA-256 digests of components (one row for each digest of a component, however
 * many releases have it), of files that an SBOM lists by themselves, and of the files of a release (its manifest).
 */
#ifndef AKASHI_IMPACT_DIGESTS_H
#define AKASHI_IMPACT_DIGESTS_H

#include "impact/question.h"

/* ── writing, inside a transaction; what is there already is not added again ── */
MUST_USE bool digest_of_component(struct portfolio *p, const unsigned char digest[32], component_id component,
                                  struct err *e);
MUST_USE bool digest_of_release(struct portfolio *p, const unsigned char digest[32], uint32_t release, struct err *e);

/* Adds the components and releases with such a file to a question. */
MUST_USE bool digests_find(struct portfolio *p, struct arena *a, const unsigned char digest[32], struct question *q,
                           struct err *e);

#endif
