/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/leaf.h"

#include "base/digest.h"

enum { VERSION = 1 };

void leaf_commit(const unsigned char salt[LEAF_SALT], str envelope, unsigned char out[32]) {
    struct digest_state *s = digest_begin(DIGEST_SHA256);
    digest_add(s, str_n((const char *)salt, LEAF_SALT));
    digest_add(s, envelope);
    digest_end(s, out);
}

size_t leaf_write(const struct leaf *l, unsigned char *out) {
    size_t n = l->kind.n < LEAF_KIND_MOST ? l->kind.n : LEAF_KIND_MOST;
    out[0] = VERSION;
    for (unsigned i = 0; i < 8; i++)
        out[1 + i] = (unsigned char)((uint64_t)l->time >> (56 - 8 * i));
    memcpy(out + 9, l->key, 32);
    memcpy(out + 41, l->body, 32);
    out[73] = (unsigned char)n;
    if (n)
        memcpy(out + LEAF_LEAST, l->kind.p, n);
    return LEAF_LEAST + n;
}

bool leaf_read(str bytes, struct leaf *out) {
    const unsigned char *p = (const unsigned char *)bytes.p;
    uint64_t time = 0;
    if (bytes.n < LEAF_LEAST || p[0] != VERSION || bytes.n != (size_t)LEAF_LEAST + p[73])
        return false;
    for (unsigned i = 0; i < 8; i++)
        time = time << 8 | p[1 + i];
    if (time > INT64_MAX)
        return false;
    out->time = (int64_t)time;
    memcpy(out->key, p + 9, 32);
    memcpy(out->body, p + 41, 32);
    out->kind = str_from(bytes, LEAF_LEAST);
    return true;
}
