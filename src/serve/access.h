/* SPDX-License-Identifier: Apache-2.0
 *
 * HOME/access.db: who may sign in, and how. It holds the secrets of people (scrypt of passwords, keys of second
 * factors, digests of sessions and tokens), so it is no view of the log, is readable for its owner alone, and is not
 * mirrored. What changes in it is told in the log (audit.h), by opaque ids without names.
 *
 * One connection under one lock; commands on the same home work on it at the same time from their own processes.
 */
#ifndef AKASHI_SERVE_ACCESS_H
#define AKASHI_SERVE_ACCESS_H

#include "store/db.h"

struct access;
MUST_USE bool access_open(struct ctx *c, str home, struct access **out, struct err *e);
void access_close(struct access *x); /* accepts NULL */

/* Everything in users.h, session.h, token.h … is called between these two; changing ones between begin and end, which
 * undoes everything unless `ok`. end returns ok, or false with e filled when it could not be kept. While a change is
 * open nobody else changes anything: a statement in the log (audit.h) belongs inside. */
void access_lock(struct access *x);
void access_unlock(struct access *x);
MUST_USE bool access_begin(struct access *x, struct err *e);
MUST_USE bool access_end(struct access *x, bool ok, struct err *e);

/* ── for the modules beside it ── */
/* Another number after each change, whichever process made it. */
MUST_USE bool access_state(struct access *x, uint64_t *out, struct err *e);
struct known;
struct known *access_known(struct access *x); /* known.h */
/* A statement with texts, numbers and blobs bound in order. */
struct bind {
    enum { BIND_TEXT, BIND_BLOB, BIND_INT } kind;
    str text;
    int64_t number;
};
#define B_TEXT(s) ((struct bind){BIND_TEXT, (s), 0})
#define B_BLOB(s) ((struct bind){BIND_BLOB, (s), 0})
#define B_INT(n) ((struct bind){BIND_INT, {NULL, 0}, (n)})
/* sql: a literal of static life. The first row is there when *row. */
MUST_USE bool access_ask(struct access *x, const char *sql, const struct bind *b, int n, struct stmt **out, bool *row,
                         struct err *e);
MUST_USE bool access_run(struct access *x, const char *sql, const struct bind *b, int n, struct err *e);
int64_t access_changed(struct access *x); /* rows, by the last access_run */
#define ACCESS_ASK(x, sql, out, row, e, ...)                                                                           \
    access_ask(x, sql, (const struct bind[]){__VA_ARGS__},                                                             \
               (int)(sizeof((const struct bind[]){__VA_ARGS__}) / sizeof(struct bind)), out, row, e)
#define ACCESS_RUN(x, sql, e, ...)                                                                                     \
    access_run(x, sql, (const struct bind[]){__VA_ARGS__},                                                             \
               (int)(sizeof((const struct bind[]){__VA_ARGS__}) / sizeof(struct bind)), e)

/* What must be kept as it is lies sealed in the database, with HOME/keys/access.key: AES-256-GCM, bound to what it is
 * about (a user's id), so that nothing can be read or put elsewhere by the database alone. Inside of a change. */
MUST_USE bool access_seal(struct access *x, struct arena *a, str about, str plain, str *out, struct err *e);
/* ERR_INPUT: the key is another one, or something was changed. */
MUST_USE bool access_unseal(struct access *x, struct arena *a, str about, str sealed, str *out, struct err *e);

/* A secret to be shown once: 32 random bytes as 43 characters, and what is stored of it. */
struct shown_once {
    str text;
    unsigned char hash[32];
};
void shown_once(struct arena *a, const char *prefix, struct shown_once *out);
void secret_hash(str text, unsigned char out[32]); /* SHA-256: enough for what is random */
/* "u-7k3m9x2q4r": ten random letters and digits that nobody confuses. */
str access_id(struct arena *a, const char *prefix);
/* URL alphabet without padding, as WebAuthn, JWT and cookies have it. */
str base64url_text(struct arena *a, str bytes);

#endif
