/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys of others that a home trusts by hand, and what is told of any key it knows.
 */
#ifndef AKASHI_SEAL_HOME_TRUST_H
#define AKASHI_SEAL_HOME_TRUST_H

#include "base/json.h"
#include "seal/home.h"

/* Keeps it as HOME/keys/trusted/PARTY.pub, durably. Trusted already as that party's: *path is where. ERR_USAGE (place:
 * where) for a key of our own, and for one that is trusted as somebody else's. The keyring of `home` is as before. */
MUST_USE bool home_trust(struct home *home, struct arena *a, const struct pubkey *k, str party, str where, str *path,
                         struct err *e);

/* Ends that trust: the key's file is gone, durably. `given`: 8 hex digits or more of its id. ERR_USAGE for a key of our
 * own and for one nobody knows. What it signed is in the log as before; it counts no more. */
MUST_USE bool home_distrust(struct home *home, struct arena *a, str given, struct known_key *out, struct err *e);

bool home_key_signs(const struct home *h, const struct known_key *k);     /* statements */
bool home_key_signs_log(const struct home *h, const struct known_key *k); /* checkpoints */
/* file: where or how it is kept; absent: not told. */
void home_key_json(const struct home *h, struct arena *a, struct jw *w, const struct known_key *k, str file);

#endif
