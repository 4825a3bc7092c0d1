/* SPDX-License-Identifier: Apache-2.0
 *
 * Passkeys: what a browser sends when one is made and when one is used (WebAuthn level 3 §7.1, §7.2), checked.
 *
 * The browser hands out the public key as a SubjectPublicKeyInfo (getPublicKey(), level 2 §5.2.1.1), which for the
 * three algorithms asked for it must. As no attestation is asked for, nothing but the browser's word stands behind the
 * key in the CBOR of the attestation object either: so no CBOR is read here.
 */
#ifndef AKASHI_SERVE_WEBAUTHN_H
#define AKASHI_SERVE_WEBAUTHN_H

#include "base/ctx.h"

enum webauthn_act { WEBAUTHN_CREATE, WEBAUTHN_GET };

/* Where it must have happened. */
struct webauthn_place {
    str origin; /* "https://akashi.example.jp:8433" */
    str rp_id;  /* "akashi.example.jp" */
};
/* The challenge in a clientDataJSON, after type and origin were found right; ERR_USAGE otherwise. Whether it was ours
 * and still open is the caller's to ask. */
MUST_USE bool webauthn_client(struct ctx *c, struct arena *a, enum webauthn_act act, const struct webauthn_place *at,
                              str client_data, str *challenge, struct err *e);

struct authenticator_data {
    uint32_t counter;
    bool backed_up;
    str credential; /* of WEBAUTHN_CREATE; else absent */
};
/* ERR_USAGE unless it is for our place, somebody was there, and was verified (PIN, finger, face). */
MUST_USE bool webauthn_data(enum webauthn_act act, const struct webauthn_place *at, str bytes,
                            struct authenticator_data *out, struct err *e);

enum { COSE_ES256 = -7, COSE_EDDSA = -8, COSE_RS256 = -257 };
/* Whether it is a key of that algorithm. */
bool webauthn_key_fits(int64_t algorithm, str spki);
bool webauthn_signed(int64_t algorithm, str spki, str authenticator_data, str client_data, str signature);

#endif
