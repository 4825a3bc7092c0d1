/* SPDX-License-Identifier: Apache-2.0
 *
 * What the handlers about users, sessions and tokens share.
 */
#ifndef AKASHI_SERVE_API_ACCESS_H
#define AKASHI_SERVE_API_ACCESS_H

#include "serve/app.h"
#include "serve/audit.h"
#include "serve/call.h"
#include "serve/session.h"

/* Ends a change that access_begin() began: says it in the log and keeps it, or undoes it. */
MUST_USE bool api_end(struct call *q, bool ok, const struct audit *said, struct err *e);
/* The same with a statement for each of several. */
MUST_USE bool api_end_all(struct call *q, bool ok, const struct audit *said, uint32_t n, struct err *e);
/* The same of what takes something away: 204, or 404 when it was not there, and nothing is said. */
MUST_USE bool api_end_gone(struct call *q, bool ok, bool found, const struct audit *said, struct err *e);
/* A session for the user: cookie, and who they are as the answer. `how` as in struct session. */
MUST_USE bool api_welcome(struct call *q, str user, const char *how, struct err *e);
/* The same without an answer. */
MUST_USE bool api_begin_session(struct call *q, str user, const char *how, struct err *e);
/* Who q->who is: the answer of /me. */
MUST_USE bool api_put_me(struct call *q, int status, struct err *e);

/* Of the body: absent when it is not there. */
static inline str api_text(const struct call *q, const char *name) { return j_gets(q->json.root, name); }
/* The user in the session or behind the token. */
MUST_USE bool api_self(struct call *q, struct user *out, struct err *e);
/* What somebody types to prove that the session is theirs: their password, where they have one. *refused: the answer
 * was made already. */
MUST_USE bool api_prove(struct call *q, const struct user *u, bool *refused, struct err *e);
/* May they try? Otherwise the answer was made: 429. Every attempt counts until api_tried(); both keys may be absent. */
bool api_may_try(struct call *q, str name);
/* It was good: nothing is held against the user any more. */
void api_tried(struct call *q, str name);
/* "roles": [{"role","party"}] of the body; *given false when it is not there. */
VEC_NAMED(grants, struct grant);
MUST_USE bool api_grants(struct call *q, bool *given, struct grants *out, struct err *e);

#endif
