/* SPDX-License-Identifier: Apache-2.0
 *
 * One error type: what happened, where, what to do. Filled where the failure is found; callers may put context in
 * front with err_prefix(). Only cli/ and serve/ print it. A verdict ("signature is bad") is not an error.
 */
#ifndef AKASHI_BASE_ERR_H
#define AKASHI_BASE_ERR_H

#include "base/msg.h"
#include "base/str.h"

enum err_kind {
    ERR_NONE,
    ERR_USAGE, /* the call's words are off: exit 2 */
    ERR_INPUT, /* a document cannot be read: exit 3 */
    ERR_LIMIT, /* a document exceeds a bound we set on purpose: exit 3 */
    ERR_ENV,   /* disk, network, database, permission: exit 4 */
};

struct err {
    enum err_kind kind;
    char what[320];  /* one sentence without a full stop, in the reader's language */
    char where[400]; /* file, file:line, or file#/json/pointer; "" when it has no place */
    char hint[240];  /* what to do; "" when obvious */
};

/* Fills *e (which may be NULL) and returns false, so that `return err_set(…)` reads well. */
bool err_set(struct err *e, enum err_kind kind, str where, const char *what, ...) PRINTF_LIKE(4, 5);
/* The same with errno's text behind. */
bool err_errno(struct err *e, str where, const char *what, ...) PRINTF_LIKE(3, 4);
/* Adds what to do; returns false. */
bool err_hint(struct err *e, const char *hint, ...) PRINTF_LIKE(2, 3);
/* Puts "prefix: " before `what`; returns false. */
bool err_prefix(struct err *e, const char *prefix, ...) PRINTF_LIKE(2, 3);
/* Replaces the place if it is empty; puts "outer!" before it otherwise (a file within an archive). */
bool err_within(struct err *e, str outer);

/* That these return false is part of the callers' logic (`return err_set(…)`); said here so that compilers and
 * checkers, which see one file at a time, know it too. */
static inline bool err_false_(bool ignored) { return (void)ignored, false; }
#define err_set(...) err_false_(err_set(__VA_ARGS__))
#define err_errno(...) err_false_(err_errno(__VA_ARGS__))
#define err_hint(...) err_false_(err_hint(__VA_ARGS__))
#define err_prefix(...) err_false_(err_prefix(__VA_ARGS__))
#define err_within(...) err_false_(err_within(__VA_ARGS__))

/* Exit code of a kind: 0, 2, 3, 3, 4. */
int err_exit_code(enum err_kind kind);

#endif
