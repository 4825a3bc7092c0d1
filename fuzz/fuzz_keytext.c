/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a public key. What is accepted and written in any form reads back as the same key, and what is refused
 * names a place. As a private key: accepted ones sign.
 */
#include <stdlib.h>

#include "seal/keytext.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void as_private(str text) {
    struct privkey *k;
    struct err e = {0};
    bool locked;
    unsigned char sig[SIG_MOST];
    size_t n;
    if (str_find(text, S("ENCRYPTED")) != STR_NONE) /* its cost is the file's to say */
        return;
    if (keytext_private(text, S("p"), S("f"), &k, &locked, &e))
        check(sig_make(k, text, sig, &n, &e) && sig_verify(privkey_public(k), text, str_n((char *)sig, n)));
    else
        check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0] && !k);
    privkey_free(k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct key_text k, again;
    struct err e = {0};
    str text = str_n((const char *)data, size), written;
    ctx_init(&c);
    c.limits.depth = 64;
    if (keytext_read(&c, a, text, S("f"), &k, &e)) {
        for (unsigned form = KEY_PEM; form <= KEY_DER; form++)
            if (keytext_write(a, (enum key_form)form, &k.key, k.name.n ? k.name : S("n"), &written, &e))
                check(keytext_read(&c, a, written, S("g"), &again, &e) && pubkey_eq(&k.key, &again.key));
    } else {
        check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0]);
    }
    as_private(text);
    arena_free(a);
    ctx_free(&c);
    return 0;
}
