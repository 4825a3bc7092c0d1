/* SPDX-License-Identifier: Apache-2.0
 *
 * Two people at one thing: a version of it (its newest log entry, or the digest of a file) is the ETag of what is
 * shown, and If-Match of what is sent. Whoever decided on an older version gets both, and nothing is done.
 */
#ifndef AKASHI_SERVE_VERSION_H
#define AKASHI_SERVE_VERSION_H

#include "serve/call.h"

/* Tags the answer, which nobody keeps without asking again. */
void call_tag(struct call *q, str version);
void call_tag_number(struct call *q, uint64_t version);
/* If-Match names this version, or there is none. */
bool call_is_current(const struct call *q, str version);
bool call_is_current_number(const struct call *q, uint64_t version);
/* 409 with {"yours": the body, "current": what `put` writes}; `title` in the caller's language. */
MUST_USE bool call_conflict(struct call *q, const char *title,
                            bool (*put)(struct call *q, struct jw *w, const void *of, struct err *e), const void *of,
                            struct err *e);

#endif
