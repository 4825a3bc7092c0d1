/* SPDX-License-Identifier: Apache-2.0 */
#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/store.h>
#include <openssl/ui.h>

#include "seal/sig.h"
#include "seal/sig_kind.h"

/* What OpenSSL's provider asks for is the PIN, once; a wrong one asked for again would lock the token. */
struct pin {
    str text;
    bool given;
};
static int answer(char *out, int size, int verify, void *arg) {
    struct pin *p = arg;
    (void)verify;
    if (p->given || !p->text.p || size < 0 || p->text.n > (size_t)size)
        return -1;
    p->given = true;
    memcpy(out, p->text.p, p->text.n);
    return (int)p->text.n;
}

/* A library context of its own: what the provider brings does not change how other keys are handled. */
static bool provider(struct privkey *k, str uri, struct err *e) {
    k->lib = OSSL_LIB_CTX_new();
    k->parts[0] = k->lib ? OSSL_PROVIDER_load(k->lib, "default") : NULL;
    k->parts[1] = k->parts[0] ? OSSL_PROVIDER_try_load(k->lib, "pkcs11", 1) : NULL;
    ERR_clear_error();
    if (k->parts[1])
        return true;
    err_set(e, ERR_ENV, uri, _("OpenSSL here has no PKCS#11 provider, so keys on tokens cannot be used"));
    return err_hint(e, _("install the package pkcs11-provider (Debian 13 and later have it)"));
}

static EVP_PKEY *first_key(OSSL_STORE_CTX *store) {
    EVP_PKEY *found = NULL;
    for (unsigned tries = 0; !found && tries < 64 && !OSSL_STORE_eof(store); tries++) {
        OSSL_STORE_INFO *info = OSSL_STORE_load(store);
        if (info && OSSL_STORE_INFO_get_type(info) == OSSL_STORE_INFO_PKEY)
            found = OSSL_STORE_INFO_get1_PKEY(info);
        OSSL_STORE_INFO_free(info);
    }
    return found;
}

static EVP_PKEY *key_on_token(struct privkey *k, const char *uri, struct pin *pin) {
    UI_METHOD *ui = UI_UTIL_wrap_read_pem_callback(answer, 0);
    OSSL_STORE_CTX *store = OSSL_STORE_open_ex(uri, k->lib, NULL, ui, pin, NULL, NULL, NULL);
    if (store)
        (void)OSSL_STORE_expect(store, OSSL_STORE_INFO_PKEY);
    EVP_PKEY *found = store ? first_key(store) : NULL;
    OSSL_STORE_close(store);
    UI_destroy_method(ui);
    return found;
}

bool privkey_from_token(str uri, str pin, struct privkey **out, struct err *e) {
    struct pin asked = {.text = pin};
    char why[160];
    *out = NULL;
    if (!str_starts(uri, S("pkcs11:")) || uri.n > 4000)
        return err_set(e, ERR_USAGE, uri, _("a key on a token is named \"pkcs11:…\" (RFC 7512)"));
    struct arena *a = arena_new();
    struct privkey *k = privkey_empty();
    bool ok = provider(k, uri, e);
    if (ok && !(k->pkey = key_on_token(k, arena_cstr(a, uri), &asked)))
        ok = err_set(e, ERR_ENV, uri, _("no private key can be used there: %s"), openssl_reason(why, sizeof why));
    ok = ok && privkey_ready(k, uri, e);
    if (ok)
        *out = k;
    else
        privkey_free(k);
    arena_free(a);
    return ok;
}
