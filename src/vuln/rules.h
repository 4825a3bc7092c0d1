/* SPDX-License-Identifier: Apache-2.0
 *
 * What the user decided beforehand, from akashi.toml: findings to ignore (with reason and end), licences to allow,
 * deny or review.
 *
 *   [[ignore]]
 *   id = "CVE-2024-0001"              # any name of the vulnerability
 *   component = "pkg:npm/lodash"      # optional; without version: all of them
 *   reason = "the affected function is not called"
 *   until = "2026-12-31"              # optional; afterwards the finding is back
 *
 *   [licence]
 *   allow = ["MIT", "Apache-2.0"]     # deny = […], review = […]; "*" at the end matches the rest of a name
 */
#ifndef AKASHI_VULN_RULES_H
#define AKASHI_VULN_RULES_H

#include "base/tree.h"
#include "sbom/sbom.h"

struct ignore_rule {
    str id, component, reason, until; /* until: RFC 3339 date; absent = for good */
    str where;                        /* "akashi.toml:3" */
    int64_t end;                      /* INT64_MAX when absent */
};
enum licence_verdict { LICENCE_UNJUDGED, LICENCE_ALLOWED, LICENCE_REVIEW, LICENCE_DENIED };

struct rules {
    VEC(struct ignore_rule) ignore;
    VEC(str) allow, deny, review;
    str mission; /* [scan] mission = "high" */
};

MUST_USE bool rules_read(struct ctx *c, struct arena *a, str path, struct rules *out, struct err *e);
/* The rule that covers a finding now; *expired tells one that would have. NULL when none does. */
const struct ignore_rule *rules_ignore(const struct rules *r, const str *names, uint32_t n,
                                       const struct sbom_component *component, int64_t now,
                                       const struct ignore_rule **expired);
bool rules_have_licences(const struct rules *r);
/* Judges one expression: the best branch of an OR, the worst of an AND. An unknown licence is for review when an allow
 * list exists. */
enum licence_verdict rules_licence(const struct rules *r, str expression);
const char *licence_verdict_name(enum licence_verdict v);

#endif
