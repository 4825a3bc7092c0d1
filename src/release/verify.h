/* SPDX-License-Identifier: Apache-2.0
 *
 * What holds about a thing that came from somebody else: a file, a release, a bundle, an envelope, a proof, a log, an
 * archive. The answer is a checklist: what holds, what does not, what was not checked and what would be needed to.
 *
 * Nothing is believed because it lies beside something else: trust begins at the keys the caller names (or the home
 * knows), and every step from there to the thing is one line of the list. Needs no home and no network.
 */
#ifndef AKASHI_RELEASE_VERIFY_H
#define AKASHI_RELEASE_VERIFY_H

#include "release/verify_policy.h"
#include "seal/home.h"
#include "seal/policy.h"
#include "seal/statement.h"

enum holds { HOLDS, FAILS, NOT_CHECKED };
struct verify_line {
    const char *id; /* "signature", "log", "witness", … stable, for JSON */
    enum holds state;
    str about;      /* which statement, file or entry; absent: the thing itself */
    str what, hint; /* in the reader's language; hint: what would mend or check it */
};

struct bundle;
struct trusted_key {
    struct pubkey key;
    unsigned char id[32];
    str name; /* of the party, or the file the key came from */
};
VEC_NAMED(trusted_keys, struct trusted_key);

struct verify_options {
    struct trusted_keys keys;
    struct home *home;                    /* its keyring is trusted too; NULL: none */
    const struct tlog_policy *log_policy; /* which logs and witnesses count; NULL: a log of a trusted key */
    const struct verify_policy *policy;   /* what must be there; NULL: nothing particular */
    str bundle;                           /* statements to look in; absent: what lies beside the thing */
    uint64_t as_of;                       /* size of the home's log to ask; UINT64_MAX: now */
    const struct bundle *given;           /* the thing, taken apart already: no file is looked at; NULL: none */
    bool statements_only;                 /* a bundle: each statement by itself, not whether they make up a release */
};

/* A statement that was looked at. */
struct verified {
    str where, kind, sha256; /* of the envelope */
    str text;                /* of the envelope, canonical */
    struct statement statement;
    bool understood, trusted; /* trusted: signed by a key we trust, good at the time the log accepted it */
    VEC(str) signers;         /* names of trusted keys that signed */
    VEC(str) sides;           /* one name for each good signature, in their order */
    unsigned char key[32];    /* the first good signature's */
    bool logged;              /* a proof says so and holds */
    str origin;               /* of that log */
    uint64_t index;
    int64_t time; /* the log's; 0 when not logged */
};
VEC_NAMED(verified_list, struct verified);

struct verdict {
    const char *kind; /* "file", "bundle", "envelope", "folder", "log", "proof", "archive" */
    str thing;
    str sha256; /* of a file */
    str product, version, party;
    VEC(struct verify_line) lines;
    struct verified_list statements;
    uint32_t failing, unchecked;
};
MUST_USE bool verify_thing(struct ctx *c, struct arena *a, str thing, const struct verify_options *o,
                           struct verdict *out, struct err *e);

/* SLSA verification summary (VSA v1) of a verdict under a policy. */
str vsa_predicate(struct ctx *c, struct arena *a, const struct verdict *v, const struct verify_policy *policy);

#endif
