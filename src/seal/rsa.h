/* SPDX-License-Identifier: Apache-2.0
 *
 * RSA signatures of others, for passkeys and OpenID: checked, never made. 2,048 to 8,192 bits.
 */
#ifndef AKASHI_SEAL_RSA_H
#define AKASHI_SEAL_RSA_H

#include "base/arena.h"

/* RS256: PKCS #1 v1.5 over SHA-256. The key is a SubjectPublicKeyInfo (DER). Says no to whatever is no such key. */
bool rsa_verify(str spki, str message, str signature);
bool rsa_is(str spki); /* such a key */
/* From modulus and exponent, big-endian (RFC 7518 §6.3.1). False when they are no such key. */
bool rsa_key(struct arena *a, str modulus, str exponent, str *spki);

#endif
