/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

static const EVP_MD *algorithm(enum digest kind) {
    switch (kind) {
    case DIGEST_MD5: return EVP_md5();
    case DIGEST_SHA1: return EVP_sha1();
    case DIGEST_SHA256: return EVP_sha256();
    case DIGEST_SHA384: return EVP_sha384();
    case DIGEST_SHA512: return EVP_sha512();
    }
    abort();
}

size_t digest_size(enum digest kind) {
    static const size_t sizes[] = {16, 20, 32, 48, 64};
    return sizes[kind];
}
const char *digest_name(enum digest kind) {
    static const char *const names[] = {"MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"};
    return names[kind];
}

/* EVP functions fail only for want of memory or of the algorithm (a FIPS-only OpenSSL has no MD5): both are ours. */
static void must(int ok) {
    if (ok != 1)
        abort();
}

void digest_of(enum digest kind, str text, unsigned char *out) {
    must(EVP_Digest(text.n ? text.p : "", text.n, out, NULL, algorithm(kind), NULL));
}

str digest_hex(struct arena *a, enum digest kind, str text) {
    unsigned char bytes[DIGEST_MOST];
    digest_of(kind, text, bytes);
    return hex_text(a, bytes, digest_size(kind));
}

struct digest_state {
    EVP_MD_CTX *evp;
};

struct digest_state *digest_begin(enum digest kind) {
    struct digest_state *s = malloc(sizeof *s);
    if (!s)
        abort();
    s->evp = EVP_MD_CTX_new();
    if (!s->evp)
        abort();
    must(EVP_DigestInit_ex(s->evp, algorithm(kind), NULL));
    return s;
}
void digest_add(struct digest_state *s, str piece) {
    if (piece.n)
        must(EVP_DigestUpdate(s->evp, piece.p, piece.n));
}
void digest_end(struct digest_state *s, unsigned char *out) {
    must(EVP_DigestFinal_ex(s->evp, out, NULL));
    EVP_MD_CTX_free(s->evp);
    free(s);
}

str hex_text(struct arena *a, const unsigned char *bytes, size_t n) {
    static const char hex[] = "0123456789abcdef";
    char *p = arena_alloc(a, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        p[2 * i] = hex[bytes[i] >> 4];
        p[2 * i + 1] = hex[bytes[i] & 15];
    }
    return str_n(p, 2 * n);
}

static int nibble(char c) { return ch_digit(c) ? c - '0' : ch_hex(c) ? (c | 0x20) - 'a' + 10 : -1; }

bool hex_bytes(str s, unsigned char *out, size_t n) {
    if (s.n != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int hi = nibble(s.p[2 * i]), lo = nibble(s.p[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return false;
        out[i] = (unsigned char)(hi << 4 | lo);
    }
    return true;
}
