/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls in Starlark and like languages, read without running them: name(key = "text", …). What is no literal counts as
 * absent.
 */
#ifndef AKASHI_COLLECT_CALL_LIST_H
#define AKASHI_COLLECT_CALL_LIST_H

#include "collect/report.h"

struct call_arg {
    str key, value; /* key absent: positional; value: text of a string, a bare word (True), or of the first of a list */
};
struct call {
    str name;
    VEC(struct call_arg) args;
    uint32_t line;
};
VEC_NAMED(calls, struct call);

/* Every call at the top level of text; brackets that do not match end the reading there (false). */
bool calls_read(struct arena *a, str text, struct calls *out);
/* Argument by key; the first positional one for key "". Absent when not there. */
str call_arg(const struct call *c, const char *key);

#endif
