/* SPDX-License-Identifier: Apache-2.0
 *
 * Within release/: how a verdict is put together.
 */
#ifndef AKASHI_RELEASE_CHECKLIST_H
#define AKASHI_RELEASE_CHECKLIST_H

#include "release/manifest.h"
#include "release/verify.h"
#include "seal/proof.h"

struct looking {
    struct ctx *ctx;
    struct arena *arena;
    const struct verify_options *options;
    struct verdict *out;
    struct trusted_keys keys; /* of the options and of the home */
    const struct manifest *manifest;
    const struct verified *manifest_by;
};

void say_holds(struct looking *l, const char *id, str about, const char *what, ...) PRINTF_LIKE(4, 5);
void say_fails(struct looking *l, const char *id, str about, const char *what, ...) PRINTF_LIKE(4, 5);
void say_unchecked(struct looking *l, const char *id, str about, const char *what, ...) PRINTF_LIKE(4, 5);
/* Puts a hint to the line said last. */
void say_hint(struct looking *l, const char *hint);

/* One envelope, with its proof when there is one: signature, key, statement, log. Appends to out->statements what could
 * be read of it; everything wrong becomes a line. */
void look_at_envelope(struct looking *l, str where, str envelope, str proof, str proof_where);
/* Whether the home knows of the key that it was good at that time (NULL: no log tells the time); a line when not. */
bool look_at_key(struct looking *l, str about, const unsigned char key[32], const int64_t *logged);
/* After the last envelope: the manifest among them, and whether the others are those it names. */
void look_at_manifest(struct looking *l);
/* The same for offers and the answers to them. */
void look_at_decisions(struct looking *l);
/* The demands of the policy. */
void look_at_policy(struct looking *l);
/* A file's digest against the subjects of the trusted statements. */
void look_at_subject(struct looking *l, str name, str sha256);
/* What the home's own log says about a digest: its envelopes are looked at like those of a bundle. */
MUST_USE bool look_at_home(struct looking *l, str sha256, struct err *e);
/* A name that is no file: a digest, a purl, "PRODUCT@VERSION" known to the home. */
MUST_USE bool look_at_named(struct looking *l, str name, struct err *e);
/* A log as a server has it (checkpoint, tiles): everything in it is hashed again. */
MUST_USE bool look_at_log_folder(struct looking *l, str folder, struct err *e);
/* A home: its log with what is not served, and its archive. */
MUST_USE bool look_at_home_folder(struct looking *l, str folder, struct err *e);
MUST_USE bool look_at_archive(struct looking *l, str folder, struct err *e);
/* The policy that counts: the one given, or a log of a trusted key. */
struct tlog_policy policy_for(struct looking *l, str origin);
/* A proof that an answer of `akashi log find` is whole. */
MUST_USE bool look_at_find(struct looking *l, str text, struct err *e);
/* Everything below a folder against the manifest. */
MUST_USE bool look_at_folder(struct looking *l, str folder, struct err *e);

#endif
