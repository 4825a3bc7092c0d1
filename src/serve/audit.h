/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed in who may do what, as statements in the log (docs/predicates/audit.json): by opaque ids, without names
 * and addresses, so that a log can be kept for good when a person is forgotten.
 */
#ifndef AKASHI_SERVE_AUDIT_H
#define AKASHI_SERVE_AUDIT_H

#include "serve/users.h"

struct audit {
    const char *event; /* a word of audit_events */
    str user;          /* about whom; absent: nobody in particular */
    str by;    /* user id; "command" at the machine itself, "first" by the first start's link; absent: unknown */
    str how;   /* of a sign-in: password, totp, passkey, oidc */
    str token; /* its id */
    const struct grant *grants; /* of roles-changed; NULL: not told */
    uint32_t n_grants;
    unsigned may;  /* of token-made; 0: not told */
    int64_t until; /* of token-made, invited; 0: not told */
};
extern const char *const audit_events[]; /* NULL at the end */

/* The statement, to be appended to the log. */
MUST_USE bool audit_payload(struct ctx *c, struct arena *a, const struct audit *x, str *payload, struct err *e);

#endif
