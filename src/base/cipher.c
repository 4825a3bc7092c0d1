/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cipher.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* What fails here fails for want of memory or of an algorithm every OpenSSL 3 has: both are ours. */
static void must(bool ok) {
    if (!ok)
        abort();
}

void random_bytes(void *out, size_t n) {
    unsigned char *p = out;
    while (n) {
        int piece = n > INT_MAX ? INT_MAX : (int)n;
        must(RAND_bytes(p, piece) == 1);
        p += piece;
        n -= (size_t)piece;
    }
}

/* ── secrets ── */

static size_t pages(size_t n) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (n / page + 1) * page;
}

/* Pages of its own: mlock and madvise act on whole pages, and munlock on one shared with another secret would free
 * that one too. Where the system allows no more locked memory, the secret still is not dumped. */
struct secret secret_new(size_t n) {
    must(n < SIZE_MAX / 2);
    void *p = mmap(NULL, pages(n), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(p != MAP_FAILED);
    (void)mlock(p, pages(n));
    (void)madvise(p, pages(n), MADV_DONTDUMP);
    return (struct secret){p, n};
}
void secret_free(struct secret *s) {
    if (s->p) {
        wipe(s->p, s->n);
        munmap(s->p, pages(s->n));
    }
    *s = (struct secret){0};
}
void wipe(void *p, size_t n) { OPENSSL_cleanse(p, n); }
bool same_bytes(str x, str y) { return x.n == y.n && (x.n == 0 || CRYPTO_memcmp(x.p, y.p, x.n) == 0); }

/* ── keys from passphrases ── */

enum { SCRYPT_MEMORY = 1 << 30, SCRYPT_LANES = 64 };

/* The numbers come from files: each is bounded before they are multiplied. */
static bool cost_ok(struct scrypt_cost cost) {
    return cost.log_n >= 1 && cost.log_n <= 23 && cost.r >= 1 && cost.p >= 1 && cost.p <= SCRYPT_LANES &&
           cost.r <= (uint64_t)SCRYPT_MEMORY >> (7 + cost.log_n);
}

/* OpenSSL only reads it, and takes no NULL. */
static OSSL_PARAM octets(const char *key, str bytes) {
    union {
        const char *in;
        void *out;
    } p = {.in = bytes.n ? bytes.p : ""};
    return OSSL_PARAM_construct_octet_string(key, p.out, bytes.n);
}

bool scrypt_key(str passphrase, str salt, struct scrypt_cost cost, unsigned char *out, size_t n, struct err *e) {
    if (!cost_ok(cost))
        return err_set(e, ERR_LIMIT, (str){NULL, 0}, _("scrypt parameters are out of bounds (up to 1 GiB, 64 lanes)"));
    uint64_t count = 1ULL << cost.log_n, r = cost.r, p = cost.p;
    uint64_t memory = 128 * r * (count + p + 2) + (1 << 20);
    OSSL_PARAM params[] = {
        octets(OSSL_KDF_PARAM_PASSWORD, passphrase),
        octets(OSSL_KDF_PARAM_SALT, salt),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &count),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "SCRYPT", NULL);
    EVP_KDF_CTX *run = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
    bool ok = run && EVP_KDF_derive(run, out, n, params) == 1;
    EVP_KDF_CTX_free(run);
    EVP_KDF_free(kdf);
    return ok || err_set(e, ERR_ENV, (str){NULL, 0}, _("scrypt could not be computed (not enough memory?)"));
}

/* ── AES-256-GCM ── */

static EVP_CIPHER_CTX *gcm(const unsigned char *key, const unsigned char *nonce, bool seal) {
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    must(c && EVP_CipherInit_ex(c, EVP_aes_256_gcm(), NULL, key, nonce, seal) == 1);
    return c;
}
/* EVP counts in int. */
static void gcm_add(EVP_CIPHER_CTX *c, str in, unsigned char *out) {
    enum { PIECE = 1 << 30 };
    for (size_t at = 0; at < in.n; at += PIECE) {
        str piece = str_upto(str_from(in, at), PIECE);
        int n;
        must(EVP_CipherUpdate(c, out ? out + at : NULL, &n, (const unsigned char *)piece.p, (int)piece.n) == 1);
    }
}

void aead_seal(const unsigned char key[AEAD_KEY], const unsigned char nonce[AEAD_NONCE], str associated, str plain,
               unsigned char *out) {
    int n;
    EVP_CIPHER_CTX *c = gcm(key, nonce, true);
    gcm_add(c, associated, NULL);
    gcm_add(c, plain, out);
    must(EVP_CipherFinal_ex(c, out + plain.n, &n) == 1);
    must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, AEAD_TAG, out + plain.n) == 1);
    EVP_CIPHER_CTX_free(c);
}

bool aead_open(const unsigned char key[AEAD_KEY], const unsigned char nonce[AEAD_NONCE], str associated, str sealed,
               unsigned char *out) {
    if (sealed.n < AEAD_TAG)
        return false;
    str body = str_upto(sealed, sealed.n - AEAD_TAG);
    unsigned char tag[AEAD_TAG], rest[16];
    int n;
    memcpy(tag, body.p + body.n, AEAD_TAG);
    EVP_CIPHER_CTX *c = gcm(key, nonce, false);
    gcm_add(c, associated, NULL);
    gcm_add(c, body, out);
    must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, AEAD_TAG, tag) == 1);
    bool ok = EVP_CipherFinal_ex(c, rest, &n) == 1;
    EVP_CIPHER_CTX_free(c);
    if (!ok)
        wipe(out, body.n);
    return ok;
}

static void hmac(const EVP_MD *md, str key, str text, unsigned char *out) {
    must(key.n <= INT_MAX);
    must(HMAC(md, key.n ? key.p : "", (int)key.n, (const unsigned char *)(text.n ? text.p : ""), text.n, out, NULL) !=
         NULL);
}
void hmac_sha256(str key, str text, unsigned char out[32]) { hmac(EVP_sha256(), key, text, out); }
void hmac_sha1(str key, str text, unsigned char out[20]) { hmac(EVP_sha1(), key, text, out); }

/* ── base64 ── */

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t base64_write(str bytes, char *out) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    char *start = out;
    size_t n = bytes.n;
    for (; n >= 3; n -= 3, p += 3) {
        uint32_t v = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
        *out++ = alphabet[v >> 18];
        *out++ = alphabet[v >> 12 & 63];
        *out++ = alphabet[v >> 6 & 63];
        *out++ = alphabet[v & 63];
    }
    if (n) {
        uint32_t v = (uint32_t)p[0] << 16 | (n == 2 ? (uint32_t)p[1] << 8 : 0);
        *out++ = alphabet[v >> 18];
        *out++ = alphabet[v >> 12 & 63];
        *out++ = n == 2 ? alphabet[v >> 6 & 63] : '=';
        *out++ = '=';
    }
    return (size_t)(out - start);
}
str base64_text(struct arena *a, str bytes) {
    char *out = arena_alloc(a, base64_size(bytes.n) + 1);
    return str_n(out, base64_write(bytes, out));
}
void base64_add(struct buf *b, str bytes) {
    if (bytes.n)
        b->n += base64_write(bytes, buf_room(b, base64_size(bytes.n)));
}

enum { NO_DIGIT = 64 };
struct decoder {
    unsigned char of[256];
};
static void decoder_make(struct decoder *d, char plus, char slash) {
    memset(d->of, NO_DIGIT, sizeof d->of);
    for (unsigned char i = 0; i < 62; i++)
        d->of[(unsigned char)alphabet[i]] = i;
    d->of[(unsigned char)plus] = 62;
    d->of[(unsigned char)slash] = 63;
}

/* Without the padding; false when it is not as it should be. */
static bool unpad(str *text, bool may_miss) {
    if (text->n % 4 == 0 && text->n && text->p[text->n - 1] == '=')
        text->n -= text->p[text->n - 2] == '=' ? 2 : 1;
    else if (text->n % 4 != 0 && !may_miss)
        return false;
    return text->n % 4 != 1;
}

/* One to three bytes of up to four digits. Any digit that is none has a bit that no other has. */
static bool decode_group(const struct decoder *d, const char *p, size_t digits, unsigned char *out) {
    uint32_t v = 0, bad = 0;
    for (size_t i = 0; i < 4; i++) {
        uint32_t digit = i < digits ? d->of[(unsigned char)p[i]] : 0;
        bad |= digit;
        v = v << 6 | (digit & 63);
    }
    for (size_t i = 0; i + 1 < digits; i++)
        out[i] = (unsigned char)(v >> (16 - 8 * i));
    return !(bad & NO_DIGIT) && (digits == 4 || (v & (0xffffffU >> (8 * (digits - 1)))) == 0);
}

static bool decode(str text, bool url, unsigned char *out, size_t *n) {
    struct decoder d;
    bool other = url && (str_chr(text, '-') != STR_NONE || str_chr(text, '_') != STR_NONE);
    decoder_make(&d, other ? '-' : '+', other ? '_' : '/');
    *n = 0;
    if (!unpad(&text, url))
        return false;
    for (size_t at = 0; at < text.n; at += 4) {
        size_t digits = text.n - at < 4 ? text.n - at : 4;
        if (!decode_group(&d, text.p + at, digits, out + *n))
            return false;
        *n += digits - 1;
    }
    return true;
}

bool base64_bytes(struct arena *a, str text, bool url, str *out) {
    unsigned char *bytes = arena_alloc(a, text.n / 4 * 3 + 3);
    *out = str_n((const char *)bytes, 0);
    return decode(text, url, bytes, &out->n);
}
bool base64_read(str text, unsigned char *out, size_t *n) { return decode(text, false, out, n); }
