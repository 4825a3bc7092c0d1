/* SPDX-License-Identifier: Apache-2.0
 *
 * What test runners and analysers left behind, turned into predicates: JUnit XML → in-toto test-result, SARIF 2.1.0 →
 * static-analysis.
 */
#ifndef AKASHI_RELEASE_EVIDENCE_H
#define AKASHI_RELEASE_EVIDENCE_H

#include "base/ctx.h"

/* One predicate over all the files. A report without any test, or one that cannot be read, is an error. url: of the CI
 * run, absent when unknown. */
MUST_USE bool tests_predicate(struct ctx *c, struct arena *a, const str *files, uint32_t n, str url, str *predicate,
                              struct err *e);

MUST_USE bool analysis_predicate(struct ctx *c, struct arena *a, const str *files, uint32_t n, str *predicate,
                                 struct err *e);

#endif
