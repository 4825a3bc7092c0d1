/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in at an OpenID provider (OpenID Connect Core: authorization code with PKCE, state and nonce). Settings in
 * HOME/akashi.toml:
 *
 *     [serve.oidc]
 *     issuer = "https://login.example.jp/realms/main"     # its /.well-known/openid-configuration says the rest
 *     client-id = "akashi"
 *     client-secret-file = "oidc-secret"                  # in the home, 0600; without: a public client
 *     name = "Example login"                              # on the button
 *     user-claim = "email"                                # becomes the name here (default: email)
 *     role-claim = "groups"                               # without: roles are given here alone
 *     create = true                                       # make a user for whoever has a role by the claim
 *     [serve.oidc.roles]
 *     akashi-admins = "admin"
 *     hospital = "viewer@hospital-a"
 */
#ifndef AKASHI_SERVE_OIDC_H
#define AKASHI_SERVE_OIDC_H

#include "serve/users.h"

struct oidc;
/* *out NULL when akashi.toml has none. Nothing is asked of the provider yet. */
MUST_USE bool oidc_open(struct ctx *c, str home, struct oidc **out, struct err *e);
void oidc_close(struct oidc *o); /* accepts NULL */
str oidc_name(const struct oidc *o);
str oidc_issuer(const struct oidc *o);
bool oidc_creates(const struct oidc *o);
bool oidc_gives_roles(const struct oidc *o);

/* What is kept between the two requests. */
struct oidc_question {
    str state, nonce, verifier;
};
/* Where the browser is to go. redirect: where it comes back to. */
MUST_USE bool oidc_ask(struct oidc *o, struct ctx *now, struct arena *a, str redirect, struct oidc_question *q,
                       str *url, struct err *e);

struct oidc_person {
    str subject, name, shown; /* name: by user-claim, absent when it is missing or an unverified e-mail address */
    VEC(struct grant) grants; /* by role-claim */
};
/* What the provider says for the code. ERR_INPUT when its token is not good. Thread-safe: one at a time. */
MUST_USE bool oidc_answer(struct oidc *o, struct ctx *now, struct arena *a, str redirect, str code,
                          const struct oidc_question *q, struct oidc_person *out, struct err *e);

/* ── who that is here ── inside of access_begin() */
MUST_USE bool oidc_user(struct access *x, struct arena *a, str issuer, str subject, bool *found, struct user *out,
                        struct err *e);
MUST_USE bool oidc_link(struct access *x, str issuer, str subject, str user, struct err *e);

#endif
