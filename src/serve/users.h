/* SPDX-License-Identifier: Apache-2.0
 *
 * Users and what their roles let them do. A role is held for the home's own party (it counts for everything) or for
 * another one, a unit or a customer (it counts for what is theirs). There is always somebody who is an administrator
 * and not disabled, from the first one on.
 */
#ifndef AKASHI_SERVE_USERS_H
#define AKASHI_SERVE_USERS_H

#include "serve/access.h"

enum user_role { USER_VIEWER, USER_ENGINEER, USER_RESPONDER, USER_ASSESSOR, USER_MANAGER, USER_ADMIN, USER_ROLES };
extern const char *const user_role_words[USER_ROLES];
bool user_role_parse(str word, enum user_role *out);
unsigned user_role_may(enum user_role r); /* bits 1 << enum may */

struct grant {
    enum user_role role;
    str party; /* "": the home's own */
};
struct user {
    str id, name, shown;
    str lang;      /* "ja", "en"; absent: as the browser says */
    str password;  /* as password_keep() made it; absent: none */
    str clearance; /* TLP of what is shared with everybody, for those who read for other parties; absent: clear */
    str totp;      /* the key of the second factor, sealed (access_seal); absent: none */
    int64_t totp_step, made;
    bool disabled, invited;
    uint32_t passkeys, recovery; /* how many there are: of users_all() and user_whole() */
    VEC(struct grant) grants;
};

/* ── what holds ── between access_lock and access_unlock, or inside of a change. *found false: nobody. */
MUST_USE bool user_by_id(struct access *x, struct arena *a, str id, bool *found, struct user *out, struct err *e);
MUST_USE bool user_whole(struct access *x, struct arena *a, str id, bool *found, struct user *out, struct err *e);
MUST_USE bool user_by_name(struct access *x, struct arena *a, str name, bool *found, struct user *out, struct err *e);
VEC_NAMED(users, struct user);
MUST_USE bool users_all(struct access *x, struct arena *a, struct users *out, struct err *e); /* by name */
/* Whether somebody is administrator and may sign in. */
MUST_USE bool users_governed(struct access *x, bool *out, struct err *e);

/* ── changes ── inside of access_begin() and access_end(). ERR_USAGE when what is asked for cannot be. */
/* A name: 1 to 64 letters, digits, and . _ - @ +, any script; kept in small letters. Fails when it is taken. */
MUST_USE bool user_add(struct access *x, struct arena *a, str name, str shown, int64_t now, str *id, struct err *e);
struct user_change {
    str shown, lang, clearance; /* absent: as it was */
    const struct grant *grants; /* all of them; NULL: as they were */
    uint32_t n_grants;
    int disabled; /* -1: as it was */
};
/* Somebody disabled has no sessions any more. Fails (ERR_USAGE) when nobody would be administrator afterwards. */
MUST_USE bool user_change(struct access *x, str id, const struct user_change *to, struct err *e);
/* With all they have: sessions, tokens, keys. */
MUST_USE bool user_remove(struct access *x, str id, struct err *e);
/* `kept` by password_keep(). An open invitation is over. */
MUST_USE bool user_password(struct access *x, str id, str kept, struct err *e);

/* ── invitations ── a link by which somebody sets their password; the newest alone counts, once. */
MUST_USE bool user_invite(struct access *x, struct arena *a, str id, int64_t until, str *key, struct err *e);
MUST_USE bool user_invited(struct access *x, struct arena *a, str key, int64_t now, bool *found, struct user *out,
                           struct err *e);

#endif
