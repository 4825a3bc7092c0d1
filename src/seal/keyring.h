/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose keys, and for what time. A key comes to be known by a "key" statement in the log (the home's own keys: made,
 * rotated, revoked) or because it was trusted by hand (keys of others, HOME/keys/trusted/). What was signed while a key
 * was good stays good; what a log accepted after its end does not count.
 */
#ifndef AKASHI_SEAL_KEYRING_H
#define AKASHI_SEAL_KEYRING_H

#include "base/json.h"
#include "seal/sig.h"

struct known_key {
    struct pubkey key;
    unsigned char id[32];
    str name;              /* of its party */
    int64_t from, until;   /* until: first second it is no longer good; INT64_MAX while it is */
    int64_t doubtful_from; /* revoked with a date: signatures from then on are refused though logged before the end;
                              INT64_MAX otherwise */
    str ended;             /* "rotated", "revoked: REASON"; absent while it is good */
    bool ours;
};
struct keyring {
    struct arena *arena;
    VEC(struct known_key) keys;
};
const struct known_key *keyring_find(const struct keyring *r, const unsigned char id[32]);

/* One "key" statement of the home's own log (docs/predicates/key.json), in the order of the log: what it says, the key
 * whose signature on it was checked, the time the log accepted it, the name of its party. The first one that makes a
 * key is believed: it founds the home. Each other must be signed by a key of ours that was good then. False when it does
 * not count: *why (N_()) says it; that is a verdict, the ring is as before. */
MUST_USE bool keyring_apply(struct keyring *r, struct jv predicate, const unsigned char signer[32], int64_t time,
                            const char **why);

enum key_verdict { KEY_GOOD, KEY_UNKNOWN, KEY_TOO_EARLY, KEY_ROTATED, KEY_REVOKED };
/* What a signature of that key, accepted by a log at that time, is worth. */
enum key_verdict keyring_judge(const struct keyring *r, const unsigned char id[32], int64_t at);

#endif
