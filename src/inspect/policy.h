/* SPDX-License-Identifier: Apache-2.0
 *
 * A policy: which checks must have which state, for which files. Data (src/inspect/policies, or a file of the user's),
 * read once and applied to every inspection. For each check the first requirement that names it decides; a check that
 * none names is shown but not required. "none" and "unknown" never fail a requirement: what does not apply or cannot be
 * told is no fault.
 */
#ifndef AKASHI_INSPECT_POLICY_H
#define AKASHI_INSPECT_POLICY_H

#include "inspect/inspect.h"

VEC_NAMED(policy_words, str);
struct policy_filter { /* each list empty = any; entries are patterns with "*" */
    struct policy_words kinds, checks, types, languages, paths;
    struct policy_words levels; /* check_spec.level; a check without one fits only an empty list */
};
VEC_NAMED(policy_filters, struct policy_filter);

struct requirement {
    struct policy_filter on;
    enum check_state state; /* CHECK_GOOD; CHECK_PARTIAL: partial is enough; CHECK_NONE: not required */
    bool has_weight;
    enum weight weight;
    enum weight from; /* only checks whose own weight is at least this */
    struct policy_filters except;
};

struct policy {
    str name, title, sha256; /* sha256 of the JSON text, hex */
    VEC(struct requirement) requirements;
};

/* name: of a built-in policy, or a file. ERR_USAGE when there is neither, ERR_INPUT with the place when the file is no
 * policy. */
MUST_USE bool policy_read(struct ctx *c, struct arena *a, str name, const struct policy **out, struct err *e);
/* Fills required, failed and weight of each check, and failed and worst of the inspection. */
void policy_judge(const struct policy *p, struct inspection *i);

#endif
