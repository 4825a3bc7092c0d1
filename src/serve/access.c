/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/access.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/file.h"
#include "seal/secret_file.h"
#include "serve/known.h"

enum { VERSION = 2 };

struct access {
    struct ctx *ctx;
    struct db *db;
    pthread_mutex_t lock;
    struct arena *a;
    str key_file;      /* HOME/keys/access.key */
    struct secret key; /* of it, once it was needed */
    struct known *known;
};

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS user ("
    " id TEXT PRIMARY KEY,"            /* opaque: what the log and other tables know */
    " name TEXT NOT NULL UNIQUE,"      /* typed to sign in; small letters */
    " shown TEXT NOT NULL, lang TEXT," /* how they are called; ja, en or NULL */
    " disabled INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL,"
    " password TEXT,"  /* scrypt$log_n$r$p$salt$key; NULL: none */
    " clearance TEXT," /* TLP for those who read for other parties; NULL: clear */
    " totp BLOB, totp_wish BLOB, totp_step INTEGER NOT NULL DEFAULT 0," /* the key; one not confirmed; the last used */
    " invite BLOB, invite_until INTEGER NOT NULL DEFAULT 0);"           /* SHA-256 of a link that sets the password */
    "CREATE TABLE IF NOT EXISTS role ("
    " user TEXT NOT NULL, role TEXT NOT NULL, party TEXT NOT NULL," /* '': the home's own party */
    " PRIMARY KEY (user, role, party));"
    "CREATE TABLE IF NOT EXISTS session ("
    " hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, how TEXT NOT NULL, agent TEXT NOT NULL,"
    " made INTEGER NOT NULL, used INTEGER NOT NULL, until INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS session_user ON session (user);"
    "CREATE TABLE IF NOT EXISTS token ("
    " hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, name TEXT NOT NULL, may INTEGER NOT NULL,"
    " parties TEXT, made INTEGER NOT NULL, used INTEGER NOT NULL, until INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS token_user ON token (user);"
    "CREATE TABLE IF NOT EXISTS recovery (user TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (user, hash));"
    "CREATE TABLE IF NOT EXISTS passkey ("
    " id BLOB PRIMARY KEY, user TEXT NOT NULL, key BLOB NOT NULL," /* SubjectPublicKeyInfo */
    " algorithm INTEGER NOT NULL, counter INTEGER NOT NULL, name TEXT NOT NULL, made INTEGER NOT NULL,"
    " used INTEGER NOT NULL, lost INTEGER NOT NULL DEFAULT 0);" /* lost: its counter went back, a copy exists */
    "CREATE INDEX IF NOT EXISTS passkey_user ON passkey (user);"
    "CREATE TABLE IF NOT EXISTS outside (" /* who somebody is at an OpenID provider */
    " issuer TEXT NOT NULL, subject TEXT NOT NULL, user TEXT NOT NULL, PRIMARY KEY (issuer, subject));"
    "PRAGMA user_version=1;"
    "COMMIT";

/* SQLite gives its journal the mode of the file, so the file is there with the right one before SQLite sees it. */
static bool make_file(struct ctx *c, const char *path, struct err *e) {
    int fd;
    if (!disk_open(c, path, O_RDWR | O_CREAT, 0600, &fd, NULL, e))
        return false;
    bool ok = fchmod(fd, 0600) == 0 || err_errno(e, str_of(path), _("cannot be made readable for its owner alone"));
    close(fd);
    return ok;
}

/* Before version 2 the keys of second factors stood there as they are. */
static bool seal_one(struct access *x, struct arena *a, str user, str key, const char *sql, struct err *e) {
    str sealed;
    return !key.n || (access_seal(x, a, user, key, &sealed, e) &&
                      access_run(x, sql, (const struct bind[]){B_TEXT(user), B_BLOB(sealed)}, 2, e));
}
static bool seal_all(struct access *x, struct arena *a, struct err *e) {
    struct stmt *s;
    VEC(str) rows = {0};
    bool row;
    if (!access_ask(x, "SELECT id, totp, totp_wish FROM user WHERE totp IS NOT NULL OR totp_wish IS NOT NULL", NULL, 0,
                    &s, &row, e))
        return false;
    while (row) {
        for (int i = 0; i < 3; i++)
            *vec_push(a, &rows) = arena_str(a, i ? stmt_col_blob(s, i) : stmt_col_text(s, 0));
        if (!stmt_step(s, &row, e))
            return false;
    }
    stmt_reset(s);
    for (uint32_t i = 0; i < rows.n; i += 3)
        if (!seal_one(x, a, rows.v[i], rows.v[i + 1], "UPDATE user SET totp = ?2 WHERE id = ?1", e) ||
            !seal_one(x, a, rows.v[i], rows.v[i + 2], "UPDATE user SET totp_wish = ?2 WHERE id = ?1", e))
            return false;
    return access_run(x, "PRAGMA user_version=2", NULL, 0, e);
}
static bool seal_what_is_plain(struct access *x, struct err *e) {
    struct arena *a = arena_new();
    struct stmt *s;
    bool row, ok = db_exec(x->db, "BEGIN IMMEDIATE", e);
    if (ok) {
        ok = access_ask(x, "PRAGMA user_version", NULL, 0, &s, &row, e);
        int64_t version = ok && row ? stmt_col_int(s, 0) : 0;
        if (ok)
            stmt_reset(s);
        ok = ok && (version == VERSION || seal_all(x, a, e)); /* somebody else did it meanwhile */
        ok = ok && db_exec(x->db, "COMMIT", e);
        if (!ok)
            (void)!db_exec(x->db, "ROLLBACK", NULL);
    }
    arena_free(a);
    return ok;
}

static bool bring_up(struct access *x, str path, struct err *e) {
    struct stmt *s;
    bool row;
    if (!db_exec(x->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON", e) ||
        !access_ask(x, "PRAGMA user_version", NULL, 0, &s, &row, e))
        return false;
    int64_t version = row ? stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    if (version > VERSION)
        return err_set(e, ERR_ENV, path, _("a newer akashi made this file; use that one"));
    return version == VERSION || ((version == 1 || db_exec(x->db, schema, e)) && seal_what_is_plain(x, e));
}

/* ── the key of what is sealed in it ── made when it is first needed, by whoever has the database to themselves */

static bool make_key(struct access *x, struct err *e) {
    unsigned char bytes[AEAD_KEY];
    char text[2 * AEAD_KEY + 1];
    struct arena *a = arena_new();
    random_bytes(bytes, sizeof bytes);
    str hex = hex_text(a, bytes, sizeof bytes);
    memcpy(text, hex.p, hex.n);
    text[hex.n] = '\n';
    wipe((void *)(uintptr_t)hex.p, hex.n);
    wipe(bytes, sizeof bytes);
    bool ok = folder_make(path_dir(x->key_file), 0700, e) &&
              disk_put(x->ctx, x->key_file.p, str_n(text, sizeof text), 0600, DISK_DURABLE, e);
    wipe(text, sizeof text);
    arena_free(a);
    return ok;
}

static bool read_key(struct access *x, struct err *e) {
    struct secret text = {0};
    bool ok = secret_file_read(x->key_file, 256, SECRET_PRIVATE, &text, e);
    if (ok) {
        x->key = secret_new(AEAD_KEY);
        ok = hex_bytes(str_trim(secret_str(&text)), x->key.p, AEAD_KEY) ||
             err_set(e, ERR_INPUT, x->key_file, _("a key is 64 hex digits: this file was changed"));
        if (!ok)
            secret_free(&x->key);
    }
    secret_free(&text);
    return ok;
}

bool access_seal(struct access *x, struct arena *a, str about, str plain, str *out, struct err *e) {
    if (!x->key.p && ((!path_exists(x->key_file) && !make_key(x, e)) || !read_key(x, e)))
        return false;
    unsigned char *bytes = arena_alloc(a, AEAD_NONCE + plain.n + AEAD_TAG);
    random_bytes(bytes, AEAD_NONCE);
    aead_seal(x->key.p, bytes, about, plain, bytes + AEAD_NONCE);
    *out = str_n((char *)bytes, AEAD_NONCE + plain.n + AEAD_TAG);
    return true;
}

bool access_unseal(struct access *x, struct arena *a, str about, str sealed, str *out, struct err *e) {
    if (!x->key.p && !read_key(x, e))
        return false;
    if (sealed.n < AEAD_NONCE + AEAD_TAG)
        return err_set(e, ERR_INPUT, x->key_file, _("what was sealed with this key was changed"));
    size_t n = sealed.n - AEAD_NONCE - AEAD_TAG;
    unsigned char *bytes = arena_alloc(a, n + 1);
    *out = str_n((char *)bytes, n);
    return aead_open(x->key.p, (const unsigned char *)sealed.p, about, str_from(sealed, AEAD_NONCE), bytes) ||
           err_set(e, ERR_INPUT, x->key_file, _("what was sealed with this key was changed"));
}

bool access_open(struct ctx *c, str home, struct access **out, struct err *e) {
    struct arena *a = arena_new();
    str path = path_join(a, home, S("access.db"));
    struct access *x = calloc(1, sizeof *x);
    *out = NULL;
    if (!x)
        abort();
    pthread_mutex_init(&x->lock, NULL);
    x->ctx = c;
    x->a = arena_new();
    x->known = known_new();
    x->key_file = arena_str(x->a, path_join(a, home, S("keys/access.key")));
    bool ok = make_file(c, arena_cstr(a, path), e) && db_open(c, path, DB_WRITE, &x->db, e) && bring_up(x, path, e);
    if (ok)
        *out = x;
    else
        access_close(x);
    arena_free(a);
    return ok;
}

void access_close(struct access *x) {
    if (!x)
        return;
    db_close(x->db);
    known_free(x->known);
    secret_free(&x->key);
    arena_free(x->a);
    pthread_mutex_destroy(&x->lock);
    free(x);
}

/* ── turns ── */

void access_lock(struct access *x) { pthread_mutex_lock(&x->lock); }
void access_unlock(struct access *x) { pthread_mutex_unlock(&x->lock); }

bool access_begin(struct access *x, struct err *e) {
    access_lock(x);
    if (db_exec(x->db, "BEGIN IMMEDIATE", e))
        return true;
    access_unlock(x);
    return false;
}

bool access_end(struct access *x, bool ok, struct err *e) {
    ok = ok && db_exec(x->db, "COMMIT", e);
    if (!ok)
        (void)!db_exec(x->db, "ROLLBACK", NULL);
    access_unlock(x);
    return ok;
}

/* ── statements ── */

bool access_ask(struct access *x, const char *sql, const struct bind *b, int n, struct stmt **out, bool *row,
                struct err *e) {
    if (!db_stmt(x->db, sql, out, e))
        return false;
    for (int i = 0; i < n; i++) {
        if (b[i].kind == BIND_INT)
            stmt_int(*out, i + 1, b[i].number);
        else if (b[i].kind == BIND_BLOB)
            stmt_blob(*out, i + 1, b[i].text);
        else
            stmt_text(*out, i + 1, b[i].text);
    }
    return stmt_step(*out, row, e);
}

bool access_run(struct access *x, const char *sql, const struct bind *b, int n, struct err *e) {
    struct stmt *s;
    bool row;
    if (!access_ask(x, sql, b, n, &s, &row, e))
        return false;
    stmt_reset(s);
    return true;
}

bool access_state(struct access *x, uint64_t *out, struct err *e) { return db_state(x->db, out, e); }
struct known *access_known(struct access *x) {
    return x->known;
}
int64_t access_changed(struct access *x) { return db_changes(x->db); }

/* ── secrets ── */

str base64url_text(struct arena *a, str bytes) {
    str text = base64_text(a, bytes);
    char *p = arena_cstr(a, text);
    size_t n = text.n;
    while (n && p[n - 1] == '=')
        n--;
    for (size_t i = 0; i < n; i++)
        p[i] = p[i] == '+' ? '-' : p[i] == '/' ? '_' : p[i];
    return str_n(p, n);
}

void secret_hash(str text, unsigned char out[32]) { digest_of(DIGEST_SHA256, text, out); }

void shown_once(struct arena *a, const char *prefix, struct shown_once *out) {
    unsigned char bytes[32];
    random_bytes(bytes, sizeof bytes);
    out->text = arena_cat(a, str_of(prefix), base64url_text(a, str_n((const char *)bytes, sizeof bytes)));
    secret_hash(out->text, out->hash);
    wipe(bytes, sizeof bytes);
}

str access_id(struct arena *a, const char *prefix) {
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz"; /* Crockford's 32 */
    unsigned char bytes[10];
    char text[11] = "";
    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        text[i] = letters[bytes[i] & 31];
    return arena_printf(a, "%s-%s", prefix, text);
}
