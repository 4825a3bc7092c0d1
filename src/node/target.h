/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands in a request's first line behind the method: path and arguments, taken apart and decoded by one function,
 * so that nobody downstream sees anything a client may not send.
 *
 * A target that was taken has no NUL, no control character and no invalid UTF-8 in any decoded part, and no part of its
 * path is empty (but for the last), "." or "..".
 */
#ifndef AKASHI_NODE_TARGET_H
#define AKASHI_NODE_TARGET_H

#include "base/arena.h"

struct argument {
    str name, value; /* "?x" has an empty value, which is not absent */
};
struct target {
    str raw;  /* the path as it came: "/a%2Fb/c"; routes are matched on its parts, each decoded by itself */
    str path; /* decoded: "/a/b/c" */
    const struct argument *arguments;
    uint32_t n;
};
enum { TARGET_MOST = 8192, ARGUMENTS_MOST = 64 };
/* False: no client of ours sends this (400). */
MUST_USE bool target_parse(struct arena *a, str text, struct target *out);
/* "%2F" → "/"; with `plus`, "+" → blank. False: a bad escape, a control character or invalid UTF-8 comes out. */
MUST_USE bool target_decode(struct arena *a, str text, bool plus, str *out);

#endif
