/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cipher.h"
#include "base/digest.h"
#include "base/testing.h"

static str bytes_of(struct arena *a, const char *hex) {
    size_t n = strlen(hex) / 2;
    unsigned char *p = arena_alloc(a, n + 1);
    assert_true(hex_bytes(str_of(hex), p, n));
    return str_n((char *)p, n);
}

/* RFC 7914 §12 */
static void scrypt_known_answers(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *passphrase, *salt;
        struct scrypt_cost cost;
        const char *key;
    } rows[] = {
        {"",
         "",
         {4, 1, 1},
         "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3"
         "628cf35e20c38d18906"},
        {"password",
         "NaCl",
         {10, 8, 16},
         "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83e"
         "e6d8360cbdfa2cc0640"},
        {"pleaseletmein",
         "SodiumChloride",
         {14, 8, 1},
         "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651"
         "e40dfcf017b45575887"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char key[64];
        assert_true(scrypt_key(str_of(rows[i].passphrase), str_of(rows[i].salt), rows[i].cost, key, 64, &t->e));
        check_str(hex_text(t->a, key, 64), rows[i].key);
    }
}

static void scrypt_is_bounded(void **state) {
    struct testing *t = *state;
    static const struct scrypt_cost rows[] = {{0, 8, 1},  {14, 0, 1},          {14, 8, 0},      {21, 8, 1},
                                              {24, 1, 1}, {14, UINT32_MAX, 1}, {14, 8, 65},     {64, 8, 1},
                                              {20, 9, 1}, {UINT32_MAX, 8, 1},  {1, 1U << 23, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char key[32];
        t->e = (struct err){0};
        assert_false(scrypt_key(S("x"), S("y"), rows[i], key, sizeof key, &t->e));
        assert_int_equal(t->e.kind, ERR_LIMIT);
    }
}

/* McGrew and Viega's test cases 13 and 16, as in NIST's GCM examples. */
static void gcm_known_answers(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *key, *nonce, *associated, *plain, *sealed;
    } rows[] = {
        {"0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000", "", "",
         "530f8afbc74536b9a963b4f1c4cb738b"},
        {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
         "feedfacedeadbeeffeedfacedeadbeefabaddad2",
         "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de"
         "657ba637b39",
         "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7"
         "a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char sealed[128], plain[128];
        const unsigned char *key = (const unsigned char *)bytes_of(t->a, rows[i].key).p;
        const unsigned char *nonce = (const unsigned char *)bytes_of(t->a, rows[i].nonce).p;
        str associated = bytes_of(t->a, rows[i].associated), text = bytes_of(t->a, rows[i].plain);
        aead_seal(key, nonce, associated, text, sealed);
        check_str(hex_text(t->a, sealed, text.n + AEAD_TAG), rows[i].sealed);
        assert_true(aead_open(key, nonce, associated, str_n((char *)sealed, text.n + AEAD_TAG), plain));
        check_str(hex_text(t->a, plain, text.n), rows[i].plain);
    }
}

/* Each single bit of what is sealed or associated matters, and nothing of the plain text is given out then. */
static void a_flipped_bit_is_refused(void **state) {
    (void)state;
    unsigned char key[AEAD_KEY], nonce[AEAD_NONCE], sealed[9 + AEAD_TAG], plain[9], zero[9] = {0};
    char associated[] = "header";
    random_bytes(key, sizeof key);
    random_bytes(nonce, sizeof nonce);
    aead_seal(key, nonce, S("header"), S("secret..!"), sealed);
    for (size_t i = 0; i < 8 * sizeof sealed; i++) {
        sealed[i / 8] ^= (unsigned char)(1 << i % 8);
        assert_false(aead_open(key, nonce, S("header"), str_n((char *)sealed, sizeof sealed), plain));
        assert_memory_equal(plain, zero, sizeof plain);
        sealed[i / 8] ^= (unsigned char)(1 << i % 8);
    }
    for (size_t i = 0; i < 8 * 6; i++) {
        associated[i / 8] = (char)(associated[i / 8] ^ 1 << i % 8);
        assert_false(aead_open(key, nonce, str_of(associated), str_n((char *)sealed, sizeof sealed), plain));
        associated[i / 8] = (char)(associated[i / 8] ^ 1 << i % 8);
    }
    assert_false(aead_open(key, nonce, S("header"), str_n((char *)sealed, AEAD_TAG - 1), plain));
    assert_true(aead_open(key, nonce, S("header"), str_n((char *)sealed, sizeof sealed), plain));
}

/* RFC 4231 §4.2, §4.3, §4.7 */
static void hmac_known_answers(void **state) {
    struct testing *t = *state;
    char long_key[131];
    memset(long_key, 0xaa, sizeof long_key);
    const struct {
        str key;
        const char *text, *mac;
    } rows[] = {
        {bytes_of(t->a, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {S("Jefe"), "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {str_n(long_key, sizeof long_key), "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char mac[32];
        hmac_sha256(rows[i].key, str_of(rows[i].text), mac);
        check_str(hex_text(t->a, mac, sizeof mac), rows[i].mac);
    }
}

/* RFC 4648 §10, and what must not be read. */
static void base64_is_strict(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *bytes; /* bytes: NULL when refused */
        bool url;
    } rows[] = {
        {"", "", false},
        {"Zg==", "f", false},
        {"Zm8=", "fo", false},
        {"Zm9v", "foo", false},
        {"Zm9vYmFy", "foobar", false},
        {"Zg", NULL, false},
        {"Zg=", NULL, false},
        {"Zg===", NULL, false},
        {"Z", NULL, false},
        {"Zh==", NULL, false},
        {"Zm9=", NULL, false},
        {"Zm9v\n", NULL, false},
        {" Zm9v", NULL, false},
        {"====", NULL, false},
        {"Zg==Zg==", NULL, false},
        {"Z===", NULL, false},
        {"Zm=v", NULL, false},
        {"_-==", NULL, false},
        {"=", NULL, false},
        {"Zm9v====", NULL, false},
        {"Zg", "f", true},
        {"Zm8", "fo", true},
        {"Zg==", "f", true},
        {"Zg=", NULL, true},
        {"Z", NULL, true},
        {"Zh", NULL, true},
        {"Pz8_", "?\?\?", true},
        {"Pz8/", "?\?\?", true},
        {"Pz8_Pz8/", NULL, true},
        {"Pz4-", "?>>", true},
        {"Pz4+", "?>>", true},
        {"Pz4+Pz4-", NULL, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str out;
        bool ok = base64_bytes(t->a, str_of(rows[i].text), rows[i].url, &out);
        if (ok != (rows[i].bytes != NULL))
            fail_msg("%s: %s", rows[i].text, ok ? "was read" : "was refused");
        if (ok)
            check_str(out, rows[i].bytes);
    }
}

static void base64_of_any_bytes(void **state) {
    struct testing *t = *state;
    for (size_t n = 0; n < 100; n++) {
        unsigned char bytes[100];
        struct buf b = {0};
        str back;
        random_bytes(bytes, n);
        base64_add(&b, str_n((char *)bytes, n));
        assert_true(str_eq(buf_str(&b), base64_text(t->a, str_n((char *)bytes, n))));
        assert_true(base64_bytes(t->a, buf_str(&b), false, &back));
        assert_true(str_eq(back, str_n((char *)bytes, n)));
        buf_free(&b);
    }
}

static void secrets_are_zero_at_first(void **state) {
    (void)state;
    struct secret none = {0}, s = secret_new(5000);
    for (size_t i = 0; i < s.n; i++)
        assert_int_equal(s.p[i], 0);
    memset(s.p, 1, s.n);
    secret_free(&s);
    assert_null(s.p);
    secret_free(&s);
    secret_free(&none);
    s = secret_new(0);
    assert_non_null(s.p);
    secret_free(&s);
}

static void bytes_compared(void **state) {
    (void)state;
    assert_true(same_bytes(S("abc"), S("abc")));
    assert_false(same_bytes(S("abc"), S("abd")));
    assert_false(same_bytes(S("abc"), S("ab")));
    assert_true(same_bytes(S(""), (str){NULL, 0}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(scrypt_known_answers),     TEST(scrypt_is_bounded),         TEST(gcm_known_answers),
        TEST(a_flipped_bit_is_refused), TEST(hmac_known_answers),        TEST(base64_is_strict),
        TEST(base64_of_any_bytes),      TEST(secrets_are_zero_at_first), TEST(bytes_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
