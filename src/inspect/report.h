/* SPDX-License-Identifier: Apache-2.0
 *
 * The report of an inspection for machines.
 */
#ifndef AKASHI_INSPECT_REPORT_H
#define AKASHI_INSPECT_REPORT_H

#include "inspect/inspect.h"

enum { REPORT_DETAIL_MOST = 2000 };

/* JSON as in docs/inspect.md: the statement's form, and each check that occurs explained once. */
void inspect_report_json(const struct inspect_report *r, struct arena *a, struct jw *w);
/* SARIF 2.1.0: failed requirements as results. */
void inspect_report_sarif(const struct inspect_report *r, struct arena *a, struct jw *w);

/* ── pieces (statement.c) ── */
void report_head(struct jw *w, const struct inspect_report *r); /* members tool, policy, result, malformed */
void report_file(struct jw *w, const struct inspection *i);
void report_check(struct jw *w, const struct check *c);

#endif
