/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "seal/keytext.h"
#include "seal/sig_kind.h"

struct asked {
    str passphrase;
    bool was;
};
static int answer(char *out, int size, int writing, void *arg) {
    struct asked *q = arg;
    (void)writing;
    q->was = true;
    if (!q->passphrase.p || size < 0 || q->passphrase.n > (size_t)size)
        return -1;
    memcpy(out, q->passphrase.p, q->passphrase.n);
    return (int)q->passphrase.n;
}

/* Only the labels promised: OpenSSL would read certificates' parameters and more. */
static bool is_key(str text) {
    static const char *const labels[] = {"-----BEGIN PRIVATE KEY-----", "-----BEGIN ENCRYPTED PRIVATE KEY-----",
                                         "-----BEGIN EC PRIVATE KEY-----"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_find(text, str_of(labels[i])) != STR_NONE)
            return true;
    return false;
}

static bool from_pem(str text, struct asked *q, str where, struct privkey **out, struct err *e) {
    BIO *in = BIO_new_mem_buf(text.p, (int)text.n);
    struct privkey *k = privkey_empty();
    k->pkey = in ? PEM_read_bio_PrivateKey(in, NULL, answer, q) : NULL;
    BIO_free(in);
    ERR_clear_error();
    if (k->pkey ? privkey_ready(k, where, e)
                : err_set(e, ERR_INPUT, where, _("this is no private key, or it is damaged")))
        return *out = k, true;
    privkey_free(k);
    return false;
}

bool keytext_private(str text, str passphrase, str where, struct privkey **out, bool *locked, struct err *e) {
    enum { TEXT_MOST = 1 << 16 };
    struct asked q = {.passphrase = passphrase};
    *out = NULL;
    *locked = false;
    if (text.n > TEXT_MOST)
        return err_set(e, ERR_LIMIT, where, _("this is too long for a key"));
    if (str_find(text, S("-----BEGIN OPENSSH PRIVATE KEY-----")) != STR_NONE)
        return err_set(e, ERR_INPUT, where, _("private keys in OpenSSH's own form cannot be read; PKCS#8 can"));
    if (!is_key(text))
        return privkey_from_der(text, where, out, e);
    if (from_pem(text, &q, where, out, e))
        return true;
    *locked = q.was;
    if (q.was)
        return err_set(e, ERR_INPUT, where, "%s",
                       passphrase.p ? _("the passphrase is wrong, or the file is damaged")
                                    : _("the key is sealed with a passphrase"));
    return false;
}
