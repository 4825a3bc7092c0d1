/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose keys, and for what time. A key comes to be known by a "key" statement in the log (the home's own keys: made,
 * rotated, revoked) or because it was trusted by hand (keys of others, HOME/keys/trusted/). What was signed while a key
 * was good stays good; what a log accepted after its end does not count.
 *
 * Files: HOME/keys/trusted/PARTY.pub (any form keytext.h reads; a second key of a party is PARTY+ID.pub).
 */
#ifndef AKASHI_SEAL_KEYRING_H
#define AKASHI_SEAL_KEYRING_H

#include "seal/dsse.h"

struct known_key {
    struct pubkey key;
    unsigned char id[32];
    str name;              /* of its party */
    int64_t from, until;   /* until: first second it is no longer good; INT64_MAX while it is */
    int64_t doubtful_from; /* revoked with a date: signatures from then on are refused though logged before the end;
                              INT64_MAX otherwise */
    str ended;             /* "rotated", or why it was revoked; absent while it is good */
    bool revoked, ours;
    unsigned char successor[32]; /* when another took its place; zero otherwise */
    str path;                    /* of a key trusted by hand: its file */
};
struct keyring {
    struct arena *arena;
    VEC(struct known_key) keys;
};
/* Lives in the arena. */
struct keyring *keyring_new(struct arena *a);

/* ── from the log ── */
/* One "key" statement of the home's own log (docs/predicates/key.json), in the order of the log: its envelope, whose
 * signatures are checked here, the predicate in it, and the time the log accepted it. False when it does not count: e
 * says why (ERR_INPUT without a place), that is a verdict, the ring is as before. What counts:
 *
 *   made      the first key of all signs itself and founds the home; each later one signs itself, and a key of ours
 *             that is good then signs too
 *   rotated   signed by the key itself while it is good; its successor is a good key of ours, made before
 *   revoked   signed by any key of ours that is good then, be it itself; its successor, if any, as above
 *
 * A key that has ended never comes back. Strings are copied. */
MUST_USE bool keyring_apply(struct ctx *c, struct keyring *r, const struct dsse *envelope, struct jv predicate,
                            int64_t time, struct err *e);
/* The predicates for it, as JSON text. doubtful_from: INT64_MAX when there is no date. */
str key_made_text(struct arena *a, const struct pubkey *k, str party);
str key_rotated_text(struct arena *a, const struct pubkey *k, const struct pubkey *successor);
str key_revoked_text(struct arena *a, const struct pubkey *k, str reason, int64_t doubtful_from,
                     const struct pubkey *successor); /* successor may be NULL */

/* The same, taken apart. signers: the keys whose signatures on the statement are good. */
enum key_action { KEY_MADE, KEY_REPLACED, KEY_WITHDRAWN }; /* "made", "rotated", "revoked" */
struct key_event {
    enum key_action action;
    struct pubkey key;           /* made: the new key */
    unsigned char id[32];        /* replaced, withdrawn: which key */
    unsigned char successor[32]; /* replaced, withdrawn: by which */
    bool has_successor;
    str name, reason;      /* made: its party; withdrawn: why */
    int64_t doubtful_from; /* withdrawn: INT64_MAX when no date is given */
    int64_t time;          /* never below the event before */
    const struct pubkey *signers;
    uint32_t n_signers;
};
MUST_USE bool keyring_event(struct keyring *r, const struct key_event *event, struct err *e);
/* All keys of ours, ended ones too. Lives in the arena. */
const struct pubkey *keyring_ours(const struct keyring *r, struct arena *a, uint32_t *n);

/* ── trusted by hand ── */
/* A key that is known already stays as it is. */
void keyring_trust(struct keyring *r, str name, const struct pubkey *k, str path);
/* Every *.pub of the folder; one that cannot be read is a warning. No such folder: nothing. */
MUST_USE bool keyring_trust_folder(struct ctx *c, struct keyring *r, str folder, struct err *e);

/* ── asking ── */
const struct known_key *keyring_find(const struct keyring *r, const unsigned char id[32]);
/* By what somebody typed: hex of an id (8 digits at least, only one key begins so). NULL with e filled otherwise. */
const struct known_key *keyring_named(const struct keyring *r, str text, struct err *e);
enum key_verdict { KEY_GOOD, KEY_UNKNOWN, KEY_TOO_EARLY, KEY_ROTATED, KEY_REVOKED };
/* What a signature of that key, accepted by a log at that time, is worth. */
enum key_verdict keyring_judge(const struct keyring *r, const unsigned char id[32], int64_t at);

/* HOME/keys/trusted */
str trusted_folder(struct arena *a, str home);
/* HOME/keys/trusted/PARTY.pub or PARTY+ID.pub; false when the name cannot be a file's. */
MUST_USE bool trusted_path(struct arena *a, str home, str party, const struct pubkey *k, str *out, struct err *e);

#endif
