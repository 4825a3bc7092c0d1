/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/digest.h"
#include "base/disk.h"
#include "base/file.h"
#include "seal/keyfile.h"

/* The text grows in secret memory of a fixed size: a buffer that moves would leave copies. */
enum { TEXT_MOST = 1 << 15 };
struct text {
    struct secret in;
    size_t n;
};
static void add(struct text *t, str s) {
    if (s.n > TEXT_MOST - t->n)
        abort();
    memcpy(t->in.p + t->n, s.p, s.n);
    t->n += s.n;
}
static void add_base64(struct text *t, str name, str bytes) {
    add(t, name);
    if (base64_size(bytes.n) > TEXT_MOST - t->n)
        abort();
    t->n += base64_write(bytes, (char *)t->in.p + t->n);
}
static str so_far(const struct text *t) { return str_n((const char *)t->in.p, t->n); }

static void add_head(struct arena *a, struct text *t, const struct keyfile_plan *plan) {
    add(t, S("akashi key 1\nmade "));
    add(t, time_rfc3339(a, plan->made));
    add_base64(t, S("\npublic "), pubkey_der(a, privkey_public(plan->key)));
    add(t, S("\nseal "));
}

static bool add_sealed(struct arena *a, struct text *t, const struct keyfile_plan *plan, str der, struct err *e) {
    unsigned char salt[KEYFILE_SALT], nonce[AEAD_NONCE];
    random_bytes(salt, sizeof salt);
    random_bytes(nonce, sizeof nonce);
    struct secret key = secret_new(AEAD_KEY), sealed = secret_new(der.n + AEAD_TAG);
    add(t, arena_printf(a, "scrypt %u %u %u", plan->cost.log_n, plan->cost.r, plan->cost.p));
    add_base64(t, S(" "), str_n((char *)salt, sizeof salt));
    add_base64(t, S(" "), str_n((char *)nonce, sizeof nonce));
    add(t, S("\n"));
    bool ok = scrypt_key(plan->passphrase, str_n((char *)salt, sizeof salt), plan->cost, key.p, key.n, e);
    if (ok) {
        aead_seal(key.p, nonce, so_far(t), der, sealed.p);
        add_base64(t, S("key "), secret_str(&sealed));
    }
    secret_free(&key);
    secret_free(&sealed);
    return ok;
}

static bool add_key(struct arena *a, struct text *t, const struct keyfile_plan *plan, struct err *e) {
    struct secret der = {0};
    if (plan->token.p) {
        add_base64(t, S("token\nkey "), plan->token);
        return true;
    }
    bool ok = privkey_der(plan->key, &der) || err_set(e, ERR_INPUT, (str){NULL, 0}, _("this key cannot be taken out"));
    if (ok && plan->passphrase.p)
        ok = add_sealed(a, t, plan, secret_str(&der), e);
    else if (ok)
        add_base64(t, S("none\nkey "), secret_str(&der));
    secret_free(&der);
    return ok;
}

bool keyfile_write(struct ctx *c, str path, const struct keyfile_plan *plan, struct err *e) {
    if (path_exists(path))
        return err_set(e, ERR_ENV, path, _("there is a file of this name"));
    struct arena *a = arena_new();
    struct text t = {.in = secret_new(TEXT_MOST)};
    add_head(a, &t, plan);
    bool ok = add_key(a, &t, plan, e);
    if (ok) {
        add(&t, S("\n"));
        str check = digest_hex(a, DIGEST_SHA256, so_far(&t));
        add(&t, S("check "));
        add(&t, check);
        add(&t, S("\n"));
        ok = disk_put(c, arena_cstr(a, path), so_far(&t), 0600, DISK_DURABLE, e);
    }
    secret_free(&t.in);
    arena_free(a);
    return ok;
}
