/* SPDX-License-Identifier: Apache-2.0
 *
 * A signed token: the input's first line is a JWK set, the rest a token. Claims are there only for a token that could
 * be taken apart, and what fits says what was asked for.
 */
#include <assert.h>

#include "serve/jwt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct json keys, claims;
    struct err e = {0};
    str text = str_n((const char *)data, size), set, token;
    bool good;
    ctx_init(&c);
    if (!str_cut(text, '\n', &set, &token))
        token = text;
    if (json_parse(&c, a, set, JSON_STRICT, S("keys"), &keys, &e) &&
        jwt_read(&c, a, token, j_get(keys.root, "keys"), &good, &claims, &e)) {
        struct jwt_wants w = {S("issuer"), S("client"), S("nonce"), 1000};
        assert(j_is_obj(claims.root));
        if (jwt_fits(&claims, &w, &e))
            assert(str_is(j_gets(claims.root, "nonce"), "nonce") && str_is(j_gets(claims.root, "iss"), "issuer"));
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
