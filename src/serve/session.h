/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions of people with a browser, and tokens of programs. Each is a random secret that is shown once and kept as its
 * SHA-256; each ends by itself and can be ended at any time.
 */
#ifndef AKASHI_SERVE_SESSION_H
#define AKASHI_SERVE_SESSION_H

#include "serve/users.h"

/* ── sessions ── */

enum { SESSION_IDLE = 12 * 3600, SESSION_LONGEST = 7 * 86400 };
struct session {
    str id, user, how, agent; /* how: password, totp, passkey, oidc, first, invitation */
    int64_t made, used, until;
};
/* *secret goes into the cookie. Old sessions of anybody are cleared away by the way. */
MUST_USE bool session_new(struct access *x, struct arena *a, struct session *s, int64_t now, str *secret,
                          struct err *e);
/* Of whoever shows the secret: *found false when there is none, it ended, or the user is disabled. The use is noted
 * once a minute. */
MUST_USE bool session_find(struct access *x, struct arena *a, str secret, int64_t now, bool *found, struct session *out,
                           struct err *e);
VEC_NAMED(sessions, struct session);
/* Of one user, or of all (absent), newest first. */
MUST_USE bool sessions_of(struct access *x, struct arena *a, str user, int64_t now, struct sessions *out,
                          struct err *e);
/* By id; with a user only theirs. *found: it was there. */
MUST_USE bool session_end(struct access *x, str id, str user, bool *found, struct err *e);
/* All of a user but one (by id; absent: all). */
MUST_USE bool sessions_end(struct access *x, str user, str but, struct err *e);
/* What a writing request of this session must carry: derived from its secret, so that nothing is kept. */
str session_csrf(struct arena *a, str secret);

/* ── tokens ── */

#define TOKEN_PREFIX "akashi_"
enum { TOKEN_DAYS_MOST = 3650 };
struct token {
    str id, user, name;
    unsigned may; /* at most this of what the user may */
    str parties;  /* "A,B:amber": only what these may see; absent: what the user sees */
    int64_t made, used, until;
};
MUST_USE bool token_new(struct access *x, struct arena *a, struct token *t, str *secret, struct err *e);
MUST_USE bool token_find(struct access *x, struct arena *a, str secret, int64_t now, bool *found, struct token *out,
                         struct err *e);
VEC_NAMED(tokens, struct token);
MUST_USE bool tokens_of(struct access *x, struct arena *a, str user, struct tokens *out, struct err *e);
MUST_USE bool token_end(struct access *x, str id, str user, bool *found, struct err *e);

/* "akashi=VALUE" out of a Cookie header (RFC 6265 §4.2); absent when it is not there, or there twice with different
 * values: somebody else set one of them. */
str cookie_of(str header, const char *name);

#endif
