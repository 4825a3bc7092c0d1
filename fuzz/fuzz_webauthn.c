/* SPDX-License-Identifier: Apache-2.0
 *
 * What a browser sends for a passkey, and cookies: what is taken from them lies within them, and nothing is signed by
 * whoever made this input.
 */
#include <assert.h>

#include "serve/session.h"
#include "serve/webauthn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void within(str part, str whole) {
    assert(!part.n || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct webauthn_place at = {S_INIT("http://localhost"), S_INIT("localhost")};
    static const int algorithms[] = {COSE_ES256, COSE_EDDSA, COSE_RS256};
    struct ctx c;
    struct arena *a = arena_new();
    struct authenticator_data d;
    struct err e = {0};
    str text = str_n((const char *)data, size), challenge;
    ctx_init(&c);
    within(cookie_of(text, "akashi"), text);
    if (webauthn_client(&c, a, WEBAUTHN_GET, &at, text, &challenge, &e))
        assert(challenge.n > 0);
    if (webauthn_data(WEBAUTHN_CREATE, &at, text, &d, &e)) {
        assert(d.credential.n > 0);
        within(d.credential, text);
    }
    for (size_t i = 0; i < 3; i++)
        (void)webauthn_key_fits(algorithms[i], text);
    arena_free(a);
    ctx_free(&c);
    return 0;
}
