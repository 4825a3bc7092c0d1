/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/totp.h"

#include <stdio.h>

#include "base/cipher.h"

uint32_t totp_at(str key, uint64_t step, unsigned digits) {
    unsigned char text[8], mac[20];
    uint32_t of = 1;
    for (int i = 7; i >= 0; i--, step >>= 8)
        text[i] = (unsigned char)step;
    hmac_sha1(key, str_n((char *)text, sizeof text), mac);
    unsigned at = mac[19] & 15;
    uint32_t v = (uint32_t)(mac[at] & 127) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 |
                 mac[at + 3];
    for (unsigned i = 0; i < digits; i++)
        of *= 10;
    return v % of;
}

/* People type "123 456". */
static bool digits_of(str code, char out[6]) {
    size_t n = 0;
    for (size_t i = 0; i < code.n; i++) {
        if (ch_space(code.p[i]))
            continue;
        if (!ch_digit(code.p[i]) || n == 6)
            return false;
        out[n++] = code.p[i];
    }
    return n == 6;
}

bool totp_fits(str key, str code, int64_t now, int64_t last, int64_t *step) {
    char given[6], text[16];
    bool found = false;
    if (!key.n || now < TOTP_SECONDS || !digits_of(code, given))
        return false;
    for (int64_t s = now / TOTP_SECONDS - 1; s <= now / TOTP_SECONDS + 1; s++) {
        snprintf(text, sizeof text, "%06u", totp_at(key, (uint64_t)s, 6));
        bool same = same_bytes(str_n(given, 6), str_n(text, 6));
        if (same && s > last && !found) {
            found = true;
            *step = s;
        }
    }
    return found;
}

str base32_text(struct arena *a, str bytes) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *out = arena_alloc(a, bytes.n / 5 * 8 + 9);
    size_t n = 0;
    uint32_t held = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        held = (held & 31) << 8 | (unsigned char)bytes.p[i];
        for (bits += 8; bits >= 5; bits -= 5)
            out[n++] = letters[held >> (bits - 5) & 31];
    }
    if (bits)
        out[n++] = letters[held << (5 - bits) & 31];
    return str_n(out, n);
}

static void put_escaped(struct buf *b, str s) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (ch_alnum(c) || c == '.' || c == '-' || c == '_')
            buf_addc(b, c);
        else
            buf_addf(b, "%%%02X", (unsigned)(unsigned char)c);
    }
}

str totp_uri(struct arena *a, str issuer, str name, str key) {
    struct buf b = {0};
    buf_addz(&b, "otpauth://totp/");
    put_escaped(&b, issuer);
    buf_addz(&b, ":");
    put_escaped(&b, name);
    buf_addz(&b, "?secret=");
    buf_add(&b, base32_text(a, key));
    buf_addz(&b, "&issuer=");
    put_escaped(&b, issuer);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* ── of a user ── */

bool totp_wish(struct access *x, struct arena *a, str user, str *key, struct err *e) {
    unsigned char *bytes = arena_alloc(a, TOTP_KEY);
    str sealed;
    random_bytes(bytes, TOTP_KEY);
    *key = str_n((char *)bytes, TOTP_KEY);
    return access_seal(x, a, user, *key, &sealed, e) &&
           ACCESS_RUN(x, "UPDATE user SET totp_wish = ?2 WHERE id = ?1", e, B_TEXT(user), B_BLOB(sealed));
}

/* "k3m9-x2q4-r7tv": 60 bits. */
static str recovery_code(struct arena *a) {
    str s = str_from(access_id(a, "r"), 2), t = str_from(access_id(a, "r"), 2);
    return arena_printf(a, "%.4s-%.4s-%.2s%.2s", s.p, s.p + 4, s.p + 8, t.p);
}
/* Without blanks and hyphens, in small letters. */
static void recovery_hash(struct arena *a, str code, unsigned char out[32]) {
    char *p = arena_alloc(a, code.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < code.n; i++)
        if (ch_alnum(code.p[i]))
            p[n++] = ch_tolower(code.p[i]);
    secret_hash(str_n(p, n), out);
}

static bool new_codes(struct access *x, struct arena *a, str user, str *codes, struct err *e) {
    unsigned char hash[32];
    if (!ACCESS_RUN(x, "DELETE FROM recovery WHERE user = ?1", e, B_TEXT(user)))
        return false;
    for (unsigned i = 0; i < RECOVERY_CODES; i++) {
        codes[i] = recovery_code(a);
        recovery_hash(a, codes[i], hash);
        if (!ACCESS_RUN(x, "INSERT INTO recovery (user, hash) VALUES (?1, ?2)", e, B_TEXT(user),
                        B_BLOB(str_n((char *)hash, sizeof hash))))
            return false;
    }
    return true;
}

bool totp_confirm(struct access *x, struct arena *a, str user, str code, int64_t now, bool *good, str *codes,
                  struct err *e) {
    struct stmt *s;
    int64_t step = 0;
    bool row;
    *good = false;
    if (!ACCESS_ASK(x, "SELECT totp_wish FROM user WHERE id = ?1", &s, &row, e, B_TEXT(user)))
        return false;
    str key = row ? arena_str(a, stmt_col_blob(s, 0)) : S("");
    stmt_reset(s);
    if (key.n && !access_unseal(x, a, user, key, &key, e))
        return false;
    if (!totp_fits(key, code, now, 0, &step))
        return true;
    *good = true;
    return ACCESS_RUN(x, "UPDATE user SET totp = totp_wish, totp_wish = NULL, totp_step = ?2 WHERE id = ?1", e,
                      B_TEXT(user), B_INT(step)) &&
           new_codes(x, a, user, codes, e);
}

bool totp_use(struct access *x, struct arena *a, const struct user *u, str code, int64_t now, bool *good,
              bool *recovery, struct err *e) {
    unsigned char hash[32];
    int64_t step = 0;
    str key = {NULL, 0};
    struct err why = {0};
    bool opened = !u->totp.n || access_unseal(x, a, u->id, u->totp, &key, &why);
    *recovery = false;
    *good = opened && totp_fits(key, code, now, u->totp_step, &step);
    if (*good) { /* two at the same moment: one of them changes the row */
        bool ok = ACCESS_RUN(x, "UPDATE user SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2", e, B_TEXT(u->id),
                             B_INT(step));
        *good = ok && access_changed(x) > 0;
        return ok;
    }
    recovery_hash(a, str_upto(code, 64), hash);
    bool ok = ACCESS_RUN(x, "DELETE FROM recovery WHERE user = ?1 AND hash = ?2", e, B_TEXT(u->id),
                         B_BLOB(str_n((char *)hash, sizeof hash)));
    *good = *recovery = ok && access_changed(x) > 0;
    if (!ok || *good || opened) /* recovery codes are for when the key is gone, here too */
        return ok;
    *e = why;
    return false;
}

bool totp_drop(struct access *x, str user, struct err *e) {
    return ACCESS_RUN(x, "UPDATE user SET totp = NULL, totp_wish = NULL WHERE id = ?1", e, B_TEXT(user)) &&
           ACCESS_RUN(x, "DELETE FROM recovery WHERE user = ?1", e, B_TEXT(user));
}
