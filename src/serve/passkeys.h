/* SPDX-License-Identifier: Apache-2.0
 *
 * Passkeys of users, as access.db keeps them.
 */
#ifndef AKASHI_SERVE_PASSKEYS_H
#define AKASHI_SERVE_PASSKEYS_H

#include "serve/users.h"

struct passkey {
    str id, user, key, name; /* id: of the credential, bytes; key: SubjectPublicKeyInfo */
    int64_t algorithm, counter, made, used;
    bool lost; /* its counter went back: there is a copy, and neither is taken any more */
};
enum { PASSKEYS_MOST = 50 };
/* ERR_USAGE when it is somebody's already, or the user has PASSKEYS_MOST. */
MUST_USE bool passkey_add(struct access *x, const struct passkey *k, struct err *e);
MUST_USE bool passkey_find(struct access *x, struct arena *a, str id, bool *found, struct passkey *out, struct err *e);
VEC_NAMED(passkeys, struct passkey);
MUST_USE bool passkeys_of(struct access *x, struct arena *a, str user, struct passkeys *out, struct err *e);
/* Notes a use. *good false when the counter did not grow although it counts: then it is lost from now on. */
MUST_USE bool passkey_used(struct access *x, const struct passkey *k, uint32_t counter, int64_t now, bool *good,
                           struct err *e);
MUST_USE bool passkey_remove(struct access *x, str id, str user, bool *found, struct err *e);

#endif
