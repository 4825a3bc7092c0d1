/* SPDX-License-Identifier: Apache-2.0 */
#include <openssl/crypto.h>
#include <pthread.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/temporary.h"
#include "base/testing.h"
#include "seal/sig.h"

static str bytes_of(struct arena *a, str hex) {
    unsigned char *p = arena_alloc(a, hex.n / 2 + 1);
    assert_true(hex_bytes(hex, p, hex.n / 2));
    return str_n((char *)p, hex.n / 2);
}
static str hex(struct arena *a, const char *text) { return bytes_of(a, str_of(text)); }

/* RFC 8032 §7.1, tests 1 to 3; RFC 6979 §A.2.5 with SHA-256, "sample", as r‖s and as DER. */
static const struct {
    enum sig_kind kind;
    const char *key, *message, *sig;
} good_rows[] = {
    {SIG_ED25519, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe246"
     "55141438e7a100b"},
    {SIG_ED25519, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb"
     "00d291612bb0c00"},
    {SIG_ED25519, "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc"
     "027beceea1ec40a"},
    {SIG_ECDSA_P256,
     "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5"
     "177a3c294d4462299",
     "73616d706c65",
     "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064"
     "dc4ab2f843acda8"},
    {SIG_ECDSA_P256, "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6", "73616d706c65",
     "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716022100f7cb1c942d657c41d436c7a1b6e29f65f"
     "3e900dbb9aff4064dc4ab2f843acda8"},
};

/* Each is good as it stands, and bad with any single bit flipped, cut short, or with a byte more. */
static void known_answers(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof good_rows / sizeof *good_rows; i++) {
        struct pubkey k;
        str message = hex(t->a, good_rows[i].message), sig = hex(t->a, good_rows[i].sig);
        assert_true(pubkey_of(good_rows[i].kind, hex(t->a, good_rows[i].key), &k));
        assert_true(sig_verify(&k, message, sig));
        assert_false(sig_verify(&k, S("other"), sig));
        unsigned char changed[80] = {0};
        memcpy(changed, sig.p, sig.n);
        for (size_t bit = 0; bit < 8 * sig.n; bit++) {
            changed[bit / 8] ^= (unsigned char)(1 << bit % 8);
            if (sig_verify(&k, message, str_n((char *)changed, sig.n)))
                fail_msg("row %zu: bit %zu does not matter", i, bit);
            changed[bit / 8] ^= (unsigned char)(1 << bit % 8);
        }
        assert_false(sig_verify(&k, message, str_upto(sig, sig.n - 1)));
        assert_false(sig_verify(&k, message, str_n((char *)changed, sig.n + 1)));
        assert_false(sig_verify(&k, message, S("")));
    }
}

static void keys_that_are_none(void **state) {
    struct testing *t = *state;
    static const struct {
        enum sig_kind kind;
        const char *bytes;
    } rows[] = {
        {SIG_ED25519, ""},
        {SIG_ED25519, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751"},
        {SIG_ED25519, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a00"},
        {SIG_ECDSA_P256, ""},
        {SIG_ECDSA_P256, "00"},
        {SIG_ECDSA_P256, /* off the curve */
         "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7"
         "e9f5177a3c294d4462298"},
        {SIG_ECDSA_P256, /* hybrid */
         "0760fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7"
         "e9f5177a3c294d4462299"},
        {SIG_ML_DSA_44, "00"},
    };
    struct pubkey k;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (pubkey_of(rows[i].kind, hex(t->a, rows[i].bytes), &k))
            fail_msg("row %zu was taken", i);
}

static void der_there_and_back(void **state) {
    struct testing *t = *state;
    for (unsigned kind = 0; kind <= SIG_ML_DSA_44; kind++) {
        struct privkey *k;
        struct pubkey back;
        enum sig_kind known;
        assert_true(sig_kind_known(str_of(sig_kind_name((enum sig_kind)kind)), &known) && known == kind);
        if (!sig_kind_works(known)) {
            assert_false(privkey_new(known, &k, &t->e));
            assert_int_equal(t->e.kind, ERR_ENV);
            continue;
        }
        assert_true(privkey_new(known, &k, &t->e));
        str der = pubkey_der(t->a, privkey_public(k));
        assert_true(pubkey_from_der(der, &back) && pubkey_eq(&back, privkey_public(k)));
        assert_false(pubkey_from_der(str_upto(der, der.n - 1), &back));
        assert_false(pubkey_from_der(arena_cat(t->a, der, S("x")), &back));
        check_str(pubkey_id_hex(t->a, privkey_public(k)), digest_hex(t->a, DIGEST_SHA256, der).p);
        privkey_free(k);
    }
}

static void a_compressed_point_is_the_same_key(void **state) {
    struct testing *t = *state;
    struct pubkey x, y;
    str head = hex(t->a, "3039301306072a8648ce3d020106082a8648ce3d030107032200");
    assert_true(pubkey_of(SIG_ECDSA_P256, hex(t->a, good_rows[3].key), &x));
    assert_true(pubkey_from_der(arena_cat(t->a, head, hex(t->a, good_rows[4].key)), &y));
    assert_true(pubkey_eq(&x, &y));
    check_str(pubkey_id_hex(t->a, &x), pubkey_id_hex(t->a, &y).p);
}

static void private_keys_there_and_back(void **state) {
    struct testing *t = *state;
    for (unsigned kind = 0; kind <= SIG_ML_DSA_44; kind++) {
        struct privkey *k, *back;
        struct secret der, again;
        unsigned char sig[SIG_MOST];
        size_t n;
        if (!sig_kind_works((enum sig_kind)kind))
            continue;
        assert_true(privkey_new((enum sig_kind)kind, &k, &t->e));
        assert_true(privkey_der(k, &der));
        assert_true(privkey_from_der(secret_str(&der), S("f"), &back, &t->e));
        assert_true(privkey_der(back, &again));
        assert_true(same_bytes(secret_str(&der), secret_str(&again)));
        assert_true(sig_make(back, S("message"), sig, &n, &t->e));
        assert_true(sig_verify(privkey_public(k), S("message"), str_n((char *)sig, n)));
        assert_true(sig_make(back, S("again"), sig, &n, &t->e));
        assert_true(sig_verify(privkey_public(k), S("again"), str_n((char *)sig, n)));
        assert_false(sig_verify(privkey_public(k), S("message"), str_n((char *)sig, n)));
        secret_free(&der);
        secret_free(&again);
        privkey_free(k);
        privkey_free(back);
    }
}

static void no_private_key(void **state) {
    struct testing *t = *state;
    const struct {
        str der;
        const char *what;
    } rows[] = {
        {S(""), "this is no private key (PKCS#8)"},
        {S("0"), "this is no private key (PKCS#8)"},
        {hex(t->a, "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
         "this is no private key (PKCS#8)"},
        /* a byte behind */
        {hex(t->a,
             "302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f6000"),
         "this is no private key (PKCS#8)"},
        /* Ed448 */
        {hex(t->a, "3047020100300506032b6571043b04396c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3528"
                   "c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b"),
         "this kind of key is not used here (Ed25519 and ECDSA P-256 are)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct privkey *k;
        assert_false(privkey_from_der(rows[i].der, S("file"), &k, &t->e));
        assert_null(k);
        assert_string_equal(t->e.what, rows[i].what);
        assert_string_equal(t->e.where, "file");
    }
}

/* RFC 8032's first test is deterministic. */
static void ed25519_signs_as_others(void **state) {
    struct testing *t = *state;
    struct privkey *k;
    unsigned char sig[SIG_MOST];
    size_t n;
    str der = hex(t->a,
                  "302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    assert_true(privkey_from_der(der, S("f"), &k, &t->e));
    check_str(hex_text(t->a, privkey_public(k)->bytes, 32), good_rows[0].key);
    for (int i = 0; i < 3; i++) {
        assert_true(sig_make(k, S(""), sig, &n, &t->e));
        check_str(hex_text(t->a, sig, n), good_rows[0].sig);
    }
    privkey_free(k);
}

/* SEC 1 and PKCS#8 whose public key is another's. */
static void halves_that_do_not_fit(void **state) {
    struct testing *t = *state;
    struct privkey *k;
    str der = hex(t->a, "30770201010420c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721a00a06082a8648ce"
                        "3d030107a14403420004"
                        "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc"
                        "64f2f1b20c2d7e9f5177a3c294d4462299");
    assert_true(privkey_from_der(der, S("f"), &k, &t->e));
    privkey_free(k);
    char *wrong = arena_cstr(t->a, der);
    wrong[8] = (char)(wrong[8] ^ 1);
    assert_false(privkey_from_der(str_n(wrong, der.n), S("f"), &k, &t->e));
    assert_string_equal(t->e.what, "the private key does not fit its public key");
}

struct job {
    const struct privkey *key;
    bool ok;
};
static void *sign_many(void *arg) {
    struct job *j = arg;
    j->ok = true;
    for (int i = 0; i < 200; i++) {
        unsigned char sig[SIG_MOST];
        size_t n;
        str message = str_n((const char *)&i, sizeof i);
        j->ok = j->ok && sig_make(j->key, message, sig, &n, NULL) &&
                sig_verify(privkey_public(j->key), message, str_n((char *)sig, n));
    }
    return NULL;
}
static void threads_share_a_key(void **state) {
    struct testing *t = *state;
    for (unsigned kind = 0; kind <= SIG_ECDSA_P256; kind++) {
        enum { THREADS = 4 };
        pthread_t threads[THREADS];
        struct job jobs[THREADS];
        struct privkey *k;
        assert_true(privkey_new((enum sig_kind)kind, &k, &t->e));
        for (int i = 0; i < THREADS; i++) {
            jobs[i] = (struct job){.key = k};
            assert_int_equal(pthread_create(&threads[i], NULL, sign_many, &jobs[i]), 0);
        }
        for (int i = 0; i < THREADS; i++) {
            pthread_join(threads[i], NULL);
            assert_true(jobs[i].ok);
        }
        privkey_free(k);
    }
}

/* The provider loads its module with RTLD_DEEPBIND, for which AddressSanitizer ends the program: where it is
 * installed, tests/optional/pkcs11 asks the release. */
static bool provider_ends_us(void) {
#ifdef __SANITIZE_ADDRESS__
    char path[512];
    snprintf(path, sizeof path, "%s/pkcs11.so", OPENSSL_info(OPENSSL_INFO_MODULES_DIR));
    return access(path, F_OK) == 0;
#else
    return false;
#endif
}

static void a_token_without_its_provider(void **state) {
    struct testing *t = *state;
    struct privkey *k;
    assert_false(privkey_from_token(S("file:x"), S("1"), &k, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
    if (provider_ends_us())
        return;
    assert_false(privkey_from_token(S("pkcs11:token=there-is-none-of-this-name"), S("1"), &k, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_true(t->e.hint[0] || strstr(t->e.what, "no private key"));
}

/* A key on a SoftHSM token, where SoftHSM and OpenSSL's provider are installed. */
static void a_key_on_a_token(void **state) {
    if (provider_ends_us())
        skip();
    struct testing *t = *state;
    struct privkey *k;
    unsigned char sig[SIG_MOST];
    size_t n;
    char folder[256];
    temporary_name(folder, sizeof folder, "token");
    static const char setup[] =
        "cd %s && mkdir tokens && echo directories.tokendir = %s/tokens > softhsm2.conf && "
        "{ softhsm2-util --init-token --free --label akashi --so-pin 1234 --pin 1234 && "
        "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem && "
        "softhsm2-util --import k.pem --token akashi --label sign --id 01 --pin 1234; } >/dev/null 2>&1";
    static const char uri[] = "pkcs11:token=akashi;object=sign;type=private";
    assert_non_null(mkdtemp(folder));
    setenv("SOFTHSM2_CONF", arena_printf(t->a, "%s/softhsm2.conf", folder).p, 1);
    setenv("PKCS11_PROVIDER_MODULE", "/usr/lib/softhsm/libsofthsm2.so", 0);
    bool made = system(arena_printf(t->a, setup, folder, folder).p) == 0;
    bool ok = made && privkey_from_token(str_of(uri), S("1234"), &k, &t->e);
    bool missing = !made || (!ok && t->e.hint[0]);
    if (ok) {
        assert_true(sig_make(k, S("message"), sig, &n, &t->e));
        assert_true(sig_verify(privkey_public(k), S("message"), str_n((char *)sig, n)));
        assert_false(privkey_der(k, &(struct secret){0}));
        privkey_free(k);
    } else if (!missing) {
        fail_msg("%s", t->e.what);
    }
    assert_int_equal(system(arena_printf(t->a, "rm -rf %s", folder).p), 0);
    if (missing)
        skip();
}

/* ── Wycheproof ── */

static bool group_key(struct arena *a, struct jv group, struct pubkey *out) {
    struct jv key = j_get(group, "publicKey");
    str ed = j_gets(key, "pk"), ec = j_gets(key, "uncompressed");
    struct pubkey from_der;
    bool ok = ed.p ? pubkey_of(SIG_ED25519, bytes_of(a, ed), out) : pubkey_of(SIG_ECDSA_P256, bytes_of(a, ec), out);
    assert_int_equal(pubkey_from_der(bytes_of(a, j_gets(group, "publicKeyDer")), &from_der), ok);
    assert_true(!ok || pubkey_eq(out, &from_der));
    return ok;
}

/* "acceptable" cases are ones old software wrote; either verdict is right. In a suite for one form of ECDSA signatures
 * the other form is not known, and no case of either holds a good signature of the other. */
static uint32_t wycheproof(struct testing *t, str file) {
    struct json doc;
    str text;
    uint32_t n = 0;
    assert_true(file_read(&t->ctx, t->a, file, &text, &t->e));
    assert_true(json_parse(&t->ctx, t->a, text, JSON_STRICT, file, &doc, &t->e));
    for (struct jiter g = j_iter(j_get(doc.root, "testGroups")); j_next(&g);) {
        struct pubkey key;
        bool known = group_key(t->a, g.val, &key);
        for (struct jiter c = j_iter(j_get(g.val, "tests")); j_next(&c); n++) {
            str result = j_gets(c.val, "result");
            bool ok = known &&
                      sig_verify(&key, bytes_of(t->a, j_gets(c.val, "msg")), bytes_of(t->a, j_gets(c.val, "sig")));
            if (!str_is(result, "acceptable") && ok != str_is(result, "valid"))
                fail_msg("%.*s: case %d (%.*s) is %.*s", STR_ARG(path_base(file)), (int)j_int(j_get(c.val, "tcId"), 0),
                         STR_ARG(j_gets(c.val, "comment")), STR_ARG(result));
        }
    }
    return n;
}
static void wycheproof_verdicts(void **state) {
    struct testing *t = *state;
    static const char *const files[] = {"ed25519_test.json", "ecdsa_secp256r1_sha256_test.json",
                                        "ecdsa_secp256r1_sha256_p1363_test.json"};
    str shared = shared_data(t->a, "crypto/wycheproof");
    if (!shared.p)
        skip();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_true(wycheproof(t, arena_printf(t->a, "%.*s/crypto/wycheproof/%s", STR_ARG(shared), files[i])) > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(known_answers),
        TEST(keys_that_are_none),
        TEST(der_there_and_back),
        TEST(a_compressed_point_is_the_same_key),
        TEST(private_keys_there_and_back),
        TEST(no_private_key),
        TEST(ed25519_signs_as_others),
        TEST(halves_that_do_not_fit),
        TEST(threads_share_a_key),
        TEST(a_token_without_its_provider),
        TEST(a_key_on_a_token),
        TEST(wycheproof_verdicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
