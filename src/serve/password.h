/* SPDX-License-Identifier: Apache-2.0
 *
 * Passwords: what is one, how it is kept (scrypt with its parameters), and whether what somebody typed is it. A check
 * takes the same time whether there is a password or not.
 */
#ifndef AKASHI_SERVE_PASSWORD_H
#define AKASHI_SERVE_PASSWORD_H

#include "base/arena.h"
#include "base/err.h"

/* At least twelve characters and not the user's name, in whatever case; no rules about which characters (NIST SP
 * 800-63B §5.1.1.2). ERR_USAGE otherwise. */
MUST_USE bool password_fit(str name, str password, struct err *e);
/* "scrypt$15$8$3$salt$key": some 100 ms of one core and 32 MiB; hold no lock. */
MUST_USE bool password_keep(struct arena *a, str password, str *out, struct err *e);
/* *good says whether it is that one; never for an absent `kept`, which takes as long. *weak: it should be kept anew,
 * because parameters have grown. */
MUST_USE bool password_check(str kept, str password, bool *good, bool *weak, struct err *e);

#endif
