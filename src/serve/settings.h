/* SPDX-License-Identifier: Apache-2.0
 *
 * What akashi.toml and the home's own files say of clocks and verdicts, read once for many calls: again when
 * akashi.toml was changed.
 */
#ifndef AKASHI_SERVE_SETTINGS_H
#define AKASHI_SERVE_SETTINGS_H

#include "impact/case_answer.h"
#include "serve/call.h"

struct settings {
    struct clock_set clocks;
    struct verdict_policy policy;
    str advisories; /* file of the advisory database */
    int64_t changed;
    struct arena *a;
};
MUST_USE bool call_settings(struct call *q, const struct settings **out, struct err *e);

#endif
