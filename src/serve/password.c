/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/password.h"

#include "base/cipher.h"

enum { LEAST = 12, MOST = 1024, SALT = 16, KEY = 32, PARTS = 6 };
static const struct scrypt_cost cost = {.log_n = 15, .r = 8, .p = 3};

static size_t characters(str s) {
    size_t n = 0, took;
    uint32_t u;
    for (; (took = str_rune(s, &u)) > 0; s = str_from(s, took))
        n++;
    return n;
}

/* "taro taro taro" is the name as well. */
static bool only_name(str name, str password) {
    size_t at = 0;
    while (name.n && at < password.n) {
        if (str_istarts(str_from(password, at), name))
            at += name.n;
        else if (ch_alnum(password.p[at]))
            return false;
        else
            at++;
    }
    return name.n > 0;
}

bool password_fit(str name, str password, struct err *e) {
    if (password.n > MOST || !str_utf8_ok(password))
        return err_set(e, ERR_USAGE, S("password"), _("a password has at most %d bytes, of text"), MOST);
    if (characters(password) < LEAST) {
        err_set(e, ERR_USAGE, S("password"), _("a password has at least %d characters"), LEAST);
        return err_hint(e, "%s", _("several words in a row are easier to remember than a few odd characters"));
    }
    return !only_name(name, password) ||
           err_set(e, ERR_USAGE, S("password"), _("a password must not be made of the name alone"));
}

bool password_keep(struct arena *a, str password, str *out, struct err *e) {
    unsigned char salt[SALT], key[KEY];
    random_bytes(salt, sizeof salt);
    if (!scrypt_key(password, str_n((char *)salt, SALT), cost, key, KEY, e))
        return false;
    *out = arena_printf(a, "scrypt$%u$%u$%u$%s$%s", cost.log_n, cost.r, cost.p,
                        base64_text(a, str_n((char *)salt, SALT)).p, base64_text(a, str_n((char *)key, KEY)).p);
    wipe(key, KEY);
    return true;
}

static bool number(str s, unsigned *out) {
    uint64_t v;
    bool ok = str_u64(s, &v) && v < 64;
    *out = ok ? (unsigned)v : 0;
    return ok;
}

/* What is kept, taken apart; false when it is nothing of ours. */
static bool taken_apart(str kept, struct scrypt_cost *k, unsigned char salt[SALT + 3], unsigned char key[KEY + 3]) {
    str part[PARTS];
    size_t n = 0, salt_n, key_n;
    while (n < PARTS && str_next(&kept, '$', &part[n]))
        n++;
    return n == PARTS && !kept.n && str_is(part[0], "scrypt") && number(part[1], &k->log_n) && number(part[2], &k->r) &&
           number(part[3], &k->p) && part[4].n == base64_size(SALT) && part[5].n == base64_size(KEY) &&
           base64_read(part[4], salt, &salt_n) && salt_n == SALT && base64_read(part[5], key, &key_n) && key_n == KEY;
}

bool password_check(str kept, str password, bool *good, bool *weak, struct err *e) {
    unsigned char salt[SALT + 3] = {0}, key[KEY + 3] = {0}, made[KEY];
    struct scrypt_cost k;
    bool there = taken_apart(kept, &k, salt, key);
    if (!there)
        k = cost;
    *good = *weak = false;
    if (!scrypt_key(str_upto(password, MOST + 1), str_n((char *)salt, SALT), k, made, KEY, e))
        return false;
    bool same = same_bytes(str_n((char *)made, KEY), str_n((char *)key, KEY));
    *good = there && same;
    *weak = k.log_n < cost.log_n || k.r < cost.r || k.p < cost.p;
    wipe(made, KEY);
    return true;
}
