/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose a token or a session is, remembered for as long as nothing in access.db changes: programs and pages ask many
 * times with the same secret. What another process changes is seen at once (access_state()), so that whoever is shut
 * out is out with the next request. Used inside of access_lock(); secrets are known by their digests alone.
 */
#ifndef AKASHI_SERVE_KNOWN_H
#define AKASHI_SERVE_KNOWN_H

#include "serve/session.h"

struct known *known_new(void);
void known_free(struct known *k); /* accepts NULL */

/* token_find() or session_find(), and user_by_id(). */
MUST_USE bool known_token(struct access *x, struct arena *a, str secret, int64_t now, bool *found, struct token *t,
                          struct user *u, struct err *e);
MUST_USE bool known_session(struct access *x, struct arena *a, str secret, int64_t now, bool *found, struct session *s,
                            struct user *u, struct err *e);

#endif
