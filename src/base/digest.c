/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include <openssl/evp.h>
#include <pthread.h>
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

/* One context per thread and kind, set up once: finding an algorithm anew costs three times what hashing a Merkle node
 * does, and takes a lock that threads would share. Freed when the thread ends. */
struct contexts {
    EVP_MD_CTX *of[DIGEST_SHA512 + 1];
};
static __thread struct contexts *mine;
static pthread_key_t ender;
static pthread_once_t ender_once = PTHREAD_ONCE_INIT;

static void free_contexts(void *ptr) {
    struct contexts *all = ptr;
    for (size_t i = 0; i < sizeof all->of / sizeof *all->of; i++)
        EVP_MD_CTX_free(all->of[i]);
    free(all);
    mine = NULL;
}
static void make_ender(void) { must(pthread_key_create(&ender, free_contexts) == 0); }

static EVP_MD_CTX *new_context(enum digest kind) {
    if (!mine) {
        must(pthread_once(&ender_once, make_ender) == 0);
        mine = calloc(1, sizeof *mine);
        must(mine != NULL);
        must(pthread_setspecific(ender, mine) == 0);
    }
    EVP_MD_CTX *evp = EVP_MD_CTX_new();
    must(evp != NULL);
    must(EVP_DigestInit_ex2(evp, algorithm(kind), NULL));
    return mine->of[kind] = evp;
}

void digest_of(enum digest kind, str text, unsigned char *out) {
    EVP_MD_CTX *evp = mine && mine->of[kind] ? mine->of[kind] : new_context(kind);
    must(EVP_DigestInit_ex2(evp, NULL, NULL)); /* begins again with the same algorithm */
    must(EVP_DigestUpdate(evp, text.n ? text.p : "", text.n));
    must(EVP_DigestFinal_ex(evp, out, NULL));
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
