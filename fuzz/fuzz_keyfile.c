/* SPDX-License-Identifier: Apache-2.0
 *
 * Any lines as a key file; their check is put behind them, as a forger would. What is read and opens signs; what is
 * refused names the file. Without the check nothing is read.
 */
#include <stdlib.h>

#include "base/digest.h"
#include "seal/keyfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}
static struct secret secret_of(str s) {
    struct secret out = secret_new(s.n);
    memcpy(out.p, s.p, s.n);
    return out;
}

static void unlock(const struct keyfile *f) {
    struct privkey *k;
    struct err e = {0};
    unsigned char sig[SIG_MOST];
    size_t n;
    bool wrong;
    if (f->seal == KEYFILE_TOKEN ||
        (f->seal == KEYFILE_SEALED && (f->cost.log_n > 6 || f->cost.r > 8 || f->cost.p > 2)))
        return; /* what a file may cost is bounded elsewhere */
    if (keyfile_unlock(f, S("p"), &k, &wrong, &e))
        check(pubkey_eq(privkey_public(k), &f->key) && sig_make(k, S("m"), sig, &n, &e) &&
              sig_verify(&f->key, S("m"), str_n((char *)sig, n)));
    else
        check(e.kind != ERR_NONE && e.what[0] && !k);
    privkey_free(k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_new();
    struct keyfile f;
    struct err e = {0};
    str lines = str_n((const char *)data, size);
    struct secret bare = secret_of(lines);
    str hex = digest_hex(a, DIGEST_SHA256, lines);
    struct secret text = secret_of(arena_cat(a, lines, arena_printf(a, "check %.*s\n", STR_ARG(hex))));
    check(!keyfile_parse(a, &bare, S("f"), &f, &e) && e.where[0] == 'f');
    e = (struct err){0};
    if (keyfile_parse(a, &text, S("f"), &f, &e)) {
        unlock(&f);
        keyfile_free(&f);
    } else {
        check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0]);
    }
    arena_free(a);
    return 0;
}
