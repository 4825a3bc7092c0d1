/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of the keys of a home: made, handed over, revoked. The key's file is on disk before a statement speaks
 * of it, and the statements of one change are appended together: all or nothing. The home must be open for signing;
 * behind each call that returned true it signs with the keys that are good now.
 */
#ifndef AKASHI_SEAL_KEYCHANGE_H
#define AKASHI_SEAL_KEYCHANGE_H

#include "seal/home.h"

/* Held from before home_open() to the end of a change, so that two at once do not both hand over. Fails at once when
 * somebody else holds it, since they may be waiting for a passphrase. Released with the process or by close(2). */
MUST_USE bool keychange_lock(struct arena *a, str home, int *fd, struct err *e);

/* How a key comes to be, and how it is kept. */
struct key_plan {
    enum sig_kind kind;    /* of a key that is made */
    struct privkey *given; /* one that is there already; borrowed */
    str token, pin;        /* one on a token: "pkcs11:…" */
    str passphrase;        /* absent: its file is kept open, on request only */
    struct scrypt_cost cost;
};

/* Makes another key known. It is good from now on; the home goes on signing with the one it has. */
MUST_USE bool keychange_new(struct home *h, struct arena *a, const struct key_plan *plan, struct pubkey *out,
                            struct err *e);
/* Hands over to a new key, or to one made known before (then plan is NULL). */
MUST_USE bool keychange_rotate(struct home *h, struct arena *a, const struct key_plan *plan, const struct known_key *to,
                               struct pubkey *out, struct err *e);

/* Revokes a key of ours. doubtful_from: INT64_MAX when there is no date. Where the key signs for the home or its log,
 * another takes its place: one made by the plan, of the kind that is needed. */
struct key_revocation {
    const struct known_key *key;
    str reason;
    int64_t doubtful_from;
    const struct key_plan *plan;
    bool replaced, log_replaced; /* out; log_replaced: the log's verifier key is another now */
    struct pubkey successor;     /* out, when replaced or log_replaced */
};
MUST_USE bool keychange_revoke(struct home *h, struct arena *a, struct key_revocation *r, struct err *e);
/* Whether that revocation needs a key to be made, so that a passphrase is asked for only then. */
bool keychange_revoke_makes(const struct home *h, const struct known_key *k);

#endif
