/* SPDX-License-Identifier: Apache-2.0
 *
 * The second factor: codes of six digits by time (RFC 6238: HMAC-SHA-1, 30 seconds, what every app knows), and recovery
 * codes for when the telephone is gone. A code is good once; so is a recovery code.
 */
#ifndef AKASHI_SERVE_TOTP_H
#define AKASHI_SERVE_TOTP_H

#include "serve/users.h"

enum { TOTP_KEY = 20, TOTP_SECONDS = 30, RECOVERY_CODES = 10 };

/* RFC 4226 §5.3 of the step; digits up to 9. */
uint32_t totp_at(str key, uint64_t step, unsigned digits);
/* Whether `code` is that of now, of the step before or of the one after, and newer than `last`: then *step is it. */
bool totp_fits(str key, str code, int64_t now, int64_t last, int64_t *step);
/* RFC 4648 §6 without padding. */
str base32_text(struct arena *a, str bytes);
/* "otpauth://totp/…", what a QR code holds. */
str totp_uri(struct arena *a, str issuer, str name, str key);

/* ── of a user ── between access_begin() and access_end() */
/* Makes a key that counts as soon as a code of it was shown. */
MUST_USE bool totp_wish(struct access *x, struct arena *a, str user, str *key, struct err *e);
/* *good: it was one, the key counts now, and codes (RECOVERY_CODES, "xxxx-xxxx-xxxx") are shown this once. */
MUST_USE bool totp_confirm(struct access *x, struct arena *a, str user, str code, int64_t now, bool *good, str *codes,
                           struct err *e);
/* A code or a recovery code; what was used is not good again. *recovery: it was one of those. */
MUST_USE bool totp_use(struct access *x, struct arena *a, const struct user *u, str code, int64_t now, bool *good,
                       bool *recovery, struct err *e);
MUST_USE bool totp_drop(struct access *x, str user, struct err *e);

#endif
