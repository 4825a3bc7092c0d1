/* SPDX-License-Identifier: Apache-2.0
 *
 * The home folder: HOME/akashi.toml (the party), keys/, log/, append/, archive/, view.db.
 */
#ifndef AKASHI_SEAL_HOME_H
#define AKASHI_SEAL_HOME_H

#include "seal/keyring.h"
#include "seal/log.h"

enum role { ROLE_DEVELOPER = 1, ROLE_SUPPLIER = 2, ROLE_OPERATOR = 4, ROLE_CUSTOMER = 8, ROLE_OTHER = 16 };

struct home {
    struct ctx *ctx;
    str path, party; /* party: the name of the organisation */
    unsigned roles;
    str origin; /* of the log */
    struct archive *archive;
    struct log *log;
    struct keyring *keys;
    struct privkey *key; /* the current signing key; NULL when opened for reading */
};

struct home_plan {
    str party;
    unsigned roles;
    str origin; /* absent: made from a random name */
    enum sig_kind kind;
    str passphrase; /* absent: the key is kept unsealed, on request only */
};
/* Makes it and writes the first statements: the party and its key. All or nothing; fails when there is a home. */
MUST_USE bool home_make(struct ctx *c, str path, const struct home_plan *plan, struct err *e);
/* Asks for the passphrase through `ask` when signing is wanted and nothing else gives it. */
enum home_use { HOME_READ, HOME_SIGN };
MUST_USE bool home_open(struct ctx *c, struct arena *a, str path, enum home_use use, struct home *out, struct err *e);
void home_close(struct home *h);

/* Signs, logs and archives statements (payloads) in one batch: each gets index and salt. */
struct home_add {
    str payload, kind;
    str envelope;          /* out; given instead of a payload when it was signed elsewhere */
    unsigned char key[32]; /* with an envelope from elsewhere: who signed */
    struct log_add added;  /* out */
};
MUST_USE bool home_append(struct home *h, struct arena *a, struct home_add *adds, uint32_t n, struct err *e);

#endif
