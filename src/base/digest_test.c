/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/digest.h"

static void known_answers(void **state) {
    (void)state;
    static const struct {
        enum digest kind;
        const char *text, *hex;
    } rows[] = {
        {DIGEST_MD5, "abc", "900150983cd24fb0d6963f7d28e17f72"},
        {DIGEST_SHA1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {DIGEST_SHA256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {DIGEST_SHA256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str got = digest_hex(a, rows[i].kind, str_of(rows[i].text));
        assert_true(str_is(got, rows[i].hex));
        unsigned char out[DIGEST_MOST];
        struct digest_state *s = digest_begin(rows[i].kind);
        digest_add(s, str_of(rows[i].text));
        digest_end(s, out);
        assert_true(str_is(hex_text(a, out, digest_size(rows[i].kind)), rows[i].hex));
    }
    arena_free(a);
}

static void hex_is_exact(void **state) {
    (void)state;
    unsigned char out[2];
    assert_true(hex_bytes(S("0aFF"), out, 2));
    assert_int_equal(out[0], 0x0a);
    assert_int_equal(out[1], 0xff);
    assert_false(hex_bytes(S("0aF"), out, 2));
    assert_false(hex_bytes(S("0aFg"), out, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_answers), cmocka_unit_test(hex_is_exact)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
