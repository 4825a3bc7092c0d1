/* SPDX-License-Identifier: Apache-2.0
 *
 * The home folder: HOME/akashi.toml (the party), keys/, log/, append/, archive/, view/. It is there whole, with its
 * first statements in the log, or not at all.
 */
#ifndef AKASHI_SEAL_HOME_H
#define AKASHI_SEAL_HOME_H

#include "seal/keyring.h"
#include "seal/log.h"

enum role { ROLE_DEVELOPER = 1, ROLE_SUPPLIER = 2, ROLE_OPERATOR = 4, ROLE_CUSTOMER = 8, ROLE_OTHER = 16 };
/* "developer,supplier"; false when a word is no role or there is none. */
bool roles_parse(str text, unsigned *out);
str roles_text(struct arena *a, unsigned roles);

struct home {
    struct ctx *ctx;
    str path, party; /* party: the name of the organisation */
    unsigned roles;
    str origin; /* of the log */
    struct archive *archive;
    struct log *log;
    struct keyring *keys;
    struct privkey *key;      /* the current signing key; NULL when opened for reading */
    unsigned char key_id[32]; /* which it is, also when opened for reading */
    /* What signs the log's checkpoints: the first key of the home, or one beside it where that is no Ed25519. It stays
     * when the signing key changes, so that a log keeps its name; only a revocation ends it. */
    struct privkey *log_key;     /* may be the same as key; NULL when opened for reading */
    struct vkey vkey;            /* for those who check the log */
    bool index_waits, index_due; /* home_index_wait() */
    str by; /* the user for whom statements are made, told in each (STATEMENT_BY); absent: nobody in particular */
};

struct home_plan {
    str party;
    unsigned roles;
    str origin; /* absent: made from a random name */
    enum sig_kind kind;
    str passphrase; /* absent: the key is kept unsealed, on request only */
    struct scrypt_cost cost;
    bool encrypt; /* the archive, with a key of its own */
};
/* Makes it and writes the first statements: the party and its key. All or nothing; fails when there is a home. What
 * lies in the folder already (advisories.db) stays; folders that are not a home's are refused. */
MUST_USE bool home_make(struct ctx *c, str path, const struct home_plan *plan, struct err *e);
/* For signing the key is loaded: the passphrase comes from where seal/passphrase.h finds it. */
enum home_use { HOME_READ, HOME_SIGN };
MUST_USE bool home_open(struct ctx *c, struct arena *a, str path, enum home_use use, struct home *out, struct err *e);
void home_close(struct home *h);
bool home_is(str path); /* there is one */
/* The home's archive, opened with its key where it is encrypted. */
MUST_USE bool home_archive_open(struct ctx *c, str home, bool read_only, struct archive **out, struct err *e);
/* Its key; *given = false where it is not encrypted. */
MUST_USE bool home_archive_key(str home, unsigned char key[AEAD_KEY], bool *given, struct err *e);
/* Gives a home its archive key, before anything is in the archive. */
MUST_USE bool home_archive_encrypt(struct ctx *c, str home, struct err *e);
/* HOME/keys/HEX.key */
str home_key_path(struct arena *a, str home, const unsigned char id[32]);

/* Signs, logs and archives statements (payloads) in one batch: each gets index and salt. What is in the log already, to
 * the byte, is not added again. */
struct home_add {
    str payload, kind;     /* kind absent: by the predicate's type */
    str envelope;          /* out; given instead of a payload when it was signed elsewhere: made canonical */
    unsigned char key[32]; /* with an envelope from elsewhere: who signed; else out */
    bool ready;            /* home_sign() was here */
    bool checked;          /* statement_text() made the payload, of this kind: it need not be looked at again */
    struct log_add added;  /* out */
};
/* Signs a payload ahead of home_append(), which then only logs it: on any thread. */
MUST_USE bool home_sign(const struct home *h, struct arena *a, struct home_add *add, struct err *e);
/* Writes, in one batch with one sync, what the archive need not have before (bodies a statement names are put first:
 * archive_put_many()). Some 60 µs of one core for a small statement, most of it home_sign(). */
MUST_USE bool home_append(struct home *h, struct arena *a, struct home_add *adds, uint32_t n, struct err *e);
/* An index of the whole log as of now (seal/index.h), logged; *index is where. home_append() does it by itself whenever
 * the log grew by a thousand entries or an eighth, whichever is more: that one call takes as long as reading the view
 * (a few seconds at a million entries), the others do not depend on how long the log is. */
MUST_USE bool home_index(struct home *h, struct arena *a, uint64_t *index, struct err *e);

/* Much is to be appended: an index that becomes due waits for home_index_go_on(), which makes one if one became due. */
void home_index_wait(struct home *h);
void home_index_go_on(struct home *h);

/* A tlog-proof of an entry in the present tree. */
MUST_USE bool home_prove(struct home *h, struct arena *a, uint64_t index, str *proof, struct err *e);

/* The size of the log that --as-of means: absent = now, a number of entries, or a time (RFC 3339 or a date: its end).
 */
MUST_USE bool home_as_of(struct home *h, str text, uint64_t *size, struct err *e);
/* The keyring as the log had it at that size. Keys of others are those trusted now: no statement says since when. */
MUST_USE bool home_keys_at(struct home *h, struct arena *a, uint64_t size, struct keyring **out, struct err *e);

#endif
