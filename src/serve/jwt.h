/* SPDX-License-Identifier: Apache-2.0
 *
 * Signed claims of an OpenID provider (RFC 7515, 7517, 7519): RS256, ES256 and EdDSA, compact form. Which algorithm is
 * used is decided by the key, never by the token alone.
 */
#ifndef AKASHI_SERVE_JWT_H
#define AKASHI_SERVE_JWT_H

#include "base/json.h"

enum { JWT_MOST = 64 << 10 };
/* *good says whether one of the keys (the "keys" of a JWK set) signed it; *claims then is what it says. false with e
 * filled when it is no such token. */
MUST_USE bool jwt_read(struct ctx *c, struct arena *a, str token, struct jv keys, bool *good, struct json *claims,
                       struct err *e);

struct jwt_wants {
    str issuer, client, nonce;
    int64_t now;
};
/* OpenID Connect Core §3.1.3.7: iss, aud, azp, exp, nbf, nonce. ERR_INPUT with what is wrong. */
MUST_USE bool jwt_fits(const struct json *claims, const struct jwt_wants *w, struct err *e);

#endif
