/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/keyfile.h"

#include "base/digest.h"
#include "base/file.h"
#include "seal/passphrase.h"

enum { FILE_MOST = 1 << 15, CHECK_LINE = 6 + 64 + 1 };

static bool damaged(struct err *e, str path) {
    err_set(e, ERR_INPUT, path, _("this is no key file, or it is damaged: it is not as it was written"));
    return err_hint(e, "%s", _("take it from a backup; the key in it cannot be used"));
}

void keyfile_free(struct keyfile *f) {
    secret_free(&f->text);
    secret_free(&f->body);
}

/* ── reading ── */

/* The lines above the last one, when that is their check. */
static bool checked(str text, str *lines) {
    unsigned char sum[DIGEST_MOST], said[32];
    if (text.n <= CHECK_LINE || text.n >= FILE_MOST)
        return false;
    *lines = str_upto(text, text.n - CHECK_LINE);
    str check = str_from(text, lines->n), hex = str_n(check.p + 6, 64);
    for (size_t i = 0; i < hex.n; i++)
        if (ch_upper(hex.p[i]))
            return false;
    digest_of(DIGEST_SHA256, *lines, sum);
    return str_starts(check, S("check ")) && check.p[CHECK_LINE - 1] == '\n' && hex_bytes(hex, said, sizeof said) &&
           memcmp(sum, said, sizeof said) == 0;
}

static bool field(str *rest, str name, str *value) {
    str line;
    if (!str_line(rest, &line) || !str_starts(line, name))
        return false;
    *value = str_from(line, name.n);
    return true;
}

static bool small_number(str *rest, unsigned *out) {
    str word;
    uint64_t v;
    if (!str_next(rest, ' ', &word) || !str_u64(word, &v) || v > UINT16_MAX)
        return false;
    *out = (unsigned)v;
    return true;
}
static bool exact(str *rest, unsigned char *out, size_t n) {
    unsigned char bytes[64];
    size_t got;
    str word;
    if (!str_next(rest, ' ', &word) || word.n > sizeof bytes || !base64_read(word, bytes, &got) || got != n)
        return false;
    memcpy(out, bytes, n);
    return true;
}
static bool seal_line(str value, struct keyfile *f) {
    if (str_is(value, "none") || str_is(value, "token")) {
        f->seal = value.p[0] == 'n' ? KEYFILE_OPEN : KEYFILE_TOKEN;
        return true;
    }
    str rest = str_from(value, 7);
    f->seal = KEYFILE_SEALED;
    return str_starts(value, S("scrypt ")) && small_number(&rest, &f->cost.log_n) && small_number(&rest, &f->cost.r) &&
           small_number(&rest, &f->cost.p) && exact(&rest, f->salt, sizeof f->salt) &&
           exact(&rest, f->nonce, sizeof f->nonce) && !rest.n;
}

static bool public_line(struct arena *a, str value, struct keyfile *f) {
    str der;
    return base64_bytes(a, value, false, &der) && pubkey_from_der(der, &f->key);
}
static bool body_line(str value, struct keyfile *f) {
    f->body = secret_new(value.n / 4 * 3);
    return base64_read(value, f->body.p, &f->body.n);
}

static bool parse(struct arena *a, str lines, struct keyfile *f) {
    str rest = lines, made, public, seal, key;
    if (!field(&rest, S("made "), &made) || !time_parse(made, &f->made) || !field(&rest, S("public "), &public) ||
        !public_line(a, public, f) || !field(&rest, S("seal "), &seal) || !seal_line(seal, f))
        return false;
    f->head = str_n((const char *)f->text.p, (size_t)(rest.p - (const char *)f->text.p));
    return field(&rest, S("key "), &key) && rest.n == 0 && body_line(key, f);
}

static bool read_text(struct arena *a, struct keyfile *f, struct err *e) {
    str lines, version;
    if (!checked(secret_str(&f->text), &lines) || !field(&lines, S("akashi key "), &version))
        return damaged(e, f->path);
    if (!str_is(version, "1"))
        return err_set(e, ERR_INPUT, f->path,
                       _("this key file was written by a newer Akashi (version %.*s of the form)"), STR_ARG(version));
    return parse(a, lines, f) || damaged(e, f->path);
}

bool keyfile_parse(struct arena *a, struct secret *text, str path, struct keyfile *out, struct err *e) {
    *out = (struct keyfile){.path = arena_str(a, path), .text = *text};
    *text = (struct secret){0};
    bool ok = read_text(a, out, e);
    if (!ok)
        keyfile_free(out);
    return ok;
}
bool keyfile_read(struct arena *a, str path, struct keyfile *out, struct err *e) {
    struct secret text;
    *out = (struct keyfile){0};
    return secret_file_read(path, FILE_MOST, SECRET_PRIVATE, &text, e) && keyfile_parse(a, &text, path, out, e);
}

/* ── unlocking ── */

static bool wrong_passphrase(const struct keyfile *f, bool *wrong, struct err *e) {
    *wrong = true;
    return err_set(e, ERR_INPUT, f->path, _("the passphrase is wrong"));
}

static bool unseal(const struct keyfile *f, str passphrase, struct secret *der, bool *wrong, struct err *e) {
    if (f->body.n < AEAD_TAG)
        return damaged(e, f->path);
    struct secret key = secret_new(AEAD_KEY);
    *der = secret_new(f->body.n - AEAD_TAG);
    bool ok = scrypt_key(passphrase, str_n((const char *)f->salt, sizeof f->salt), f->cost, key.p, key.n, e) ||
              err_within(e, f->path);
    if (ok && !aead_open(key.p, f->nonce, f->head, secret_str(&f->body), der->p))
        ok = wrong_passphrase(f, wrong, e);
    secret_free(&key);
    return ok;
}

bool keyfile_unlock(const struct keyfile *f, str passphrase, struct privkey **out, bool *wrong, struct err *e) {
    struct secret der = {0};
    bool ok;
    *out = NULL;
    *wrong = false;
    switch (f->seal) {
    case KEYFILE_SEALED:
        ok = unseal(f, passphrase, &der, wrong, e) && privkey_from_der(secret_str(&der), f->path, out, e);
        break;
    case KEYFILE_OPEN: ok = privkey_from_der(secret_str(&f->body), f->path, out, e); break;
    case KEYFILE_TOKEN: ok = privkey_from_token(secret_str(&f->body), passphrase, out, e); break;
    default: ok = damaged(e, f->path);
    }
    secret_free(&der);
    if (ok && !pubkey_eq(privkey_public(*out), &f->key)) {
        privkey_free(*out);
        *out = NULL;
        ok = err_set(e, ERR_INPUT, f->path, _("the private key does not fit its public key"));
    }
    return ok;
}

/* A token's URI may say itself where the PIN is (RFC 7512 §2.3). */
static bool needs_passphrase(const struct keyfile *f) {
    return f->seal == KEYFILE_SEALED ||
           (f->seal == KEYFILE_TOKEN && str_find(secret_str(&f->body), S("pin-")) == STR_NONE);
}

/* *again: it was wrong, and somebody is there who may know better. */
static bool ask_and_unlock(const struct keyfile *f, struct secret *known, struct privkey **out, bool *again,
                           struct err *e) {
    struct passphrase_ask ask = {.subject = path_base(f->path)};
    struct secret passphrase;
    bool wrong;
    *again = false;
    if (!passphrase_get(&ask, &passphrase, e))
        return false;
    bool ok = keyfile_unlock(f, secret_str(&passphrase), out, &wrong, e);
    *again = wrong && ask.was_asked;
    if (ok && known) {
        secret_free(known);
        *known = passphrase;
    } else {
        secret_free(&passphrase);
    }
    return ok;
}

bool keyfile_load(struct arena *a, str path, struct secret *known, struct privkey **out, struct err *e) {
    enum { TRIES = 3 };
    struct keyfile f;
    bool ok = false, again = true, wrong;
    *out = NULL;
    if (!keyfile_read(a, path, &f, e))
        return false;
    if (!needs_passphrase(&f))
        ok = again = keyfile_unlock(&f, (str){NULL, 0}, out, &wrong, e);
    else if (known && known->p)
        ok = keyfile_unlock(&f, secret_str(known), out, &wrong, e);
    for (int i = 0; i < TRIES && again && !ok; i++)
        ok = ask_and_unlock(&f, known, out, &again, e);
    keyfile_free(&f);
    return ok;
}
