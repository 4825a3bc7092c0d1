/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/digest.h"
#include "base/temporary.h"
#include "base/testing.h"
#include "seal/keytext.h"

/* Made once by openssl, minisign, signify-openbsd and ssh-keygen, for this test and nothing else. */
static const struct {
    enum key_form form;
    const char *text, *key, *name;
} good_rows[] = {
    {KEY_PEM,
     "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAh23ATuxUBjgKY7L0js+WIYYhXUiSLhgqlctndEPB5pM=\n-----END PUBLIC "
     "KEY-----\n",
     "876dc04eec5406380a63b2f48ecf962186215d48922e182a95cb677443c1e693", NULL},
    {KEY_PEM,
     "-----BEGIN PUBLIC "
     "KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEUJEF9So8qEth+9X+LezU8tM22+"
     "43\nkPB2ROLhbjMUTAVlCJNFU40cliFvoB34REmXbocilC3sxKh2OPZxxKsyaQ==\n-----END PUBLIC KEY-----\n",
     "04509105f52a3ca84b61fbd5fe2decd4f2d336dbee3790f07644e2e16e33144c0565089345538d1c96216fa01df84449976e8722942decc4a"
     "87638f671c4ab3269",
     NULL},
    {KEY_PEM,
     "Subject: us\r\n-----BEGIN PUBLIC "
     "KEY-----\r\nMCowBQYDK2VwAyEAh23ATuxUBjgKY7L0js+WIYYhXUiSLhgqlctndEPB5pM=\r\n-----END PUBLIC KEY-----\r\n",
     "876dc04eec5406380a63b2f48ecf962186215d48922e182a95cb677443c1e693", NULL},
    {KEY_DER, "MCowBQYDK2VwAyEAh23ATuxUBjgKY7L0js+WIYYhXUiSLhgqlctndEPB5pM=\n",
     "876dc04eec5406380a63b2f48ecf962186215d48922e182a95cb677443c1e693", NULL},
    {KEY_VKEY, "example.jp/a+a1a5089a+AYdtwE7sVAY4CmOy9I7PliGGIV1Iki4YKpXLZ3RDweaT\n",
     "876dc04eec5406380a63b2f48ecf962186215d48922e182a95cb677443c1e693", "example.jp/a"},
    {KEY_MINISIGN,
     "untrusted comment: minisign public key "
     "A2DADBC48ABC2157\nRWRXIbyKxNvaoq5aX9awzD9SkfHMQ7LTj4c/5o4r2job2Nd2tXBFmITv\n",
     "ae5a5fd6b0cc3f5291f1cc43b2d38f873fe68e2bda3a1bd8d776b570459884ef", "minisign public key A2DADBC48ABC2157"},
    {KEY_MINISIGN, "untrusted comment: hello public key\nRWQt+ySgmV9Eb+eagS/C8uwvsqU4aQxsjXfPLRCwggPJIReOyDKf6Rzj\n",
     "e79a812fc2f2ec2fb2a538690c6c8d77cf2d10b08203c921178ec8329fe91ce3", "hello public key"},
    {KEY_MINISIGN, "RWRXIbyKxNvaoq5aX9awzD9SkfHMQ7LTj4c/5o4r2job2Nd2tXBFmITv",
     "ae5a5fd6b0cc3f5291f1cc43b2d38f873fe68e2bda3a1bd8d776b570459884ef", NULL},
    {KEY_SSH, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDB me@host\n",
     "9e707cef472d4107be76e210b558d16b85edbcdb5a25e55ddb192676d99070c1", "me@host"},
    {KEY_SSH,
     "# who\n\n  ecdsa-sha2-nistp256 "
     "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBL/5TPLoWfn23ZYC/"
     "15oPm0F914fvJUijjicSFIVaUAENlUAtNK8SJKKMwp9vcDV4j3Mak98mqTvGJgH6/WA5KE=",
     "04bff94cf2e859f9f6dd9602ff5e683e6d05f75e1fbc95228e389c485215694004365500b4d2bc48928a330a7dbdc0d5e23dcc6a4f7c9"
     "aa4ef189807ebf580e4a1",
     NULL},
    {KEY_JWK,
     "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"h23ATuxUBjgKY7L0js-WIYYhXUiSLhgqlctndEPB5pM\",\"kid\":\"k1\"}",
     "876dc04eec5406380a63b2f48ecf962186215d48922e182a95cb677443c1e693", "k1"},
    {KEY_JWK,
     "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"UJEF9So8qEth-9X-LezU8tM22-43kPB2ROLhbjMUTAU\",\"y\":"
     "\"ZQiTRVONHJYhb6Ad-ERJl26HIpQt7MSodjj2ccSrMmk\"}",
     "04509105f52a3ca84b61fbd5fe2decd4f2d336dbee3790f07644e2e16e33144c0565089345538d1c96216fa01df84449976e8722942de"
     "cc4a87638f671c4ab3269",
     NULL},
};
static const struct {
    const char *text, *what;
} bad_rows[] = {
    {"{}", "this is no public key in a form that is known here"},
    {"", "this is no public key in a form that is known here"},
    {"\n# nothing\n", "this is no public key in a form that is known here"},
    {"hello", "this is no public key in a form that is known here"},
    {"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIK+IkO98S/I2ukaPsG5v95pjiX3VMDZ1rTfjXtE/5KTN\n-----END PRIVATE "
     "KEY-----\n",
     "this is a private key; a public one is wanted"},
    {"-----BEGIN ENCRYPTED PRIVATE "
     "KEY-----\nMIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhcB/"
     "jGdGZpVgICCAAw\nDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEK++7m9DIfP/"
     "OQO0QonDORAEQGwD\nIodQPP2r5fZiMh8xZETOBmEPv4s8ULwiOkmeC+0Ry8O7jfT7qTDo7JkaufhYSHKM\nrGLwRLyJwH8d35Fgy1s=\n-----"
     "END ENCRYPTED PRIVATE KEY-----\n",
     "this is a private key; a public one is wanted"},
    {"-----BEGIN EC PRIVATE "
     "KEY-----\nMHcCAQEEIN5Q0dCYqw6SP3kFHjJc+R2uJfvOAKhOvG4eYg+rZIWjoAoGCCqGSM49\nAwEHoUQDQgAEUJEF9So8qEth+9X+"
     "LezU8tM22+43kPB2ROLhbjMUTAVlCJNFU40c\nliFvoB34REmXbocilC3sxKh2OPZxxKsyaQ==\n-----END EC PRIVATE KEY-----\n",
     "this is a private key; a public one is wanted"},
    {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"h23ATuxUBjgKY7L0js-WIYYhXUiSLhgqlctndEPB5pM\",\"d\":"
     "\"h23ATuxUBjgKY7L0js-WIYYhXUiSLhgqlctndEPB5pM\"}",
     "this is a private key; a public one is wanted"},
    {"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAh23ATuxUBjgKY7L0js+WIYYhXUiSLhgqlctndEPB5pM=\n-----END PUBLIC "
     "KEY-----\n-----BEGIN PUBLIC "
     "KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEUJEF9So8qEth+9X+LezU8tM22+"
     "43\nkPB2ROLhbjMUTAVlCJNFU40cliFvoB34REmXbocilC3sxKh2OPZxxKsyaQ==\n-----END PUBLIC KEY-----\n",
     "there is more than one key in it"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDB me@host\nssh-ed25519 "
     "AAAAC3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDB me@host\n",
     "there is more than one key in it"},
    {"untrusted comment: minisign public key "
     "A2DADBC48ABC2157\nRWRXIbyKxNvaoq5aX9awzD9SkfHMQ7LTj4c/5o4r2job2Nd2tXBFmITv\nRWRXIbyKxNvaoq5aX9awzD9SkfHMQ7LTj4c/"
     "5o4r2job2Nd2tXBFmITv\n",
     "there is more than one key in it"},
    {"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "this is a certificate, not a key"},
    {"-----BEGIN PUBLIC KEY-----\nMC*wBQYDK2VwAyEAh23ATuxUBjgKY7L0js+WIYYhXUiSLhgqlctndEPB5pM=\n-----END PUBLIC "
     "KEY-----\n",
     "this is no public key in PEM"},
    {"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAh23ATuxUBjgKY7L0js+WIYYhXUiSLhgqlctndEPB5pM=\n",
     "this is no public key in PEM"},
    {"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAh23ATuxUBjgKY7L0js+WIYYhXUiSLhgqlctndEPB5pM=\n-----END PUBLIK "
     "KEY-----\n",
     "this is no public key in PEM"},
    {"-----BEGIN PUBLIC KEY-----\nMCoxBQYDK2VwAyEAh23ATuxUBjgKY7L0js+WIYYhXUiSLhgqlctndEPB5pM=\n-----END PUBLIC "
     "KEY-----\n",
     "this kind of key is not used here (Ed25519 and ECDSA P-256 are)"},
    {"ssh-rsa AAAAB3NzaC1yc2E= x", "this kind of key is not used here (Ed25519 and ECDSA P-256 are)"},
    {"sk-ssh-ed25519@openssh.com AAAA x", "this kind of key is not used here (Ed25519 and ECDSA P-256 are)"},
    {"ssh-ed25519", "the key in it is not valid"},
    {"ssh-ed25519 !", "the key in it is not valid"},
    {"ssh-ed25519 AAAAD3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDB me@host\n",
     "the key in it is not valid"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDBAA==",
     "the key in it is not valid"},
    {"ecdsa-sha2-nistp256 AAAAC3NzaC1lZDI1NTE5AAAAIJ5wfO9HLUEHvnbiELVY0WuF7bzbWiXlXdsZJnbZkHDB",
     "the key in it is not valid"},
    {"ecdsa-sha2-nistp384 AAAA", "this kind of key is not used here (Ed25519 and ECDSA P-256 are)"},
    {"untrusted comment: minisign public key "
     "A2DADBC48ABC2157\nRWXXIbyKxNvaoq5aX9awzD9SkfHMQ7LTj4c/5o4r2job2Nd2tXBFmITv\n",
     "the key in it is not valid"},
    {"untrusted comment: x\n", "this is no public key in a form that is known here"},
    {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}", "the key in it is not valid"},
    {"{\"kty\":\"RSA\"}", "this kind of key is not used here (Ed25519 and ECDSA P-256 are)"},
    {"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"h23ATuxUBjgKY7L0js-WIYYhXUiSLhgqlctndEPB5pM\",\"y\":"
     "\"h23ATuxUBjgKY7L0js-WIYYhXUiSLhgqlctndEPB5pM\"}",
     "the key in it is not valid"},
    {"example.jp/a+00000000+AYdtwE7sVAY4CmOy9I7PliGGIV1Iki4YKpXLZ3RDweaT",
     "the key ID does not belong to the name and key beside it"},
};
/* The passphrase is "secret". */
static const struct {
    const char *key, *text;
    bool sealed;
} private_rows[] = {
    {"876dc04eec5406380a63b2f48ecf962186215d48922e182a95cb677443c1e693",
     "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIK+IkO98S/I2ukaPsG5v95pjiX3VMDZ1rTfjXtE/5KTN\n-----END PRIVATE "
     "KEY-----\n",
     false},
    {"876dc04eec5406380a63b2f48ecf962186215d48922e182a95cb677443c1e693",
     "-----BEGIN ENCRYPTED PRIVATE "
     "KEY-----\nMIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhcB/"
     "jGdGZpVgICCAAw\nDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEK++7m9DIfP/"
     "OQO0QonDORAEQGwD\nIodQPP2r5fZiMh8xZETOBmEPv4s8ULwiOkmeC+0Ry8O7jfT7qTDo7JkaufhYSHKM\nrGLwRLyJwH8d35Fgy1s=\n-----"
     "END ENCRYPTED PRIVATE KEY-----\n",
     true},
    {"04509105f52a3ca84b61fbd5fe2decd4f2d336dbee3790f07644e2e16e33144c0565089345538d1c96216fa01df84449976e8722942decc4a"
     "87638f671c4ab3269",
     "-----BEGIN EC PRIVATE "
     "KEY-----\nMHcCAQEEIN5Q0dCYqw6SP3kFHjJc+R2uJfvOAKhOvG4eYg+rZIWjoAoGCCqGSM49\nAwEHoUQDQgAEUJEF9So8qEth+9X+"
     "LezU8tM22+43kPB2ROLhbjMUTAVlCJNFU40c\nliFvoB34REmXbocilC3sxKh2OPZxxKsyaQ==\n-----END EC PRIVATE KEY-----\n",
     false},
    {"04509105f52a3ca84b61fbd5fe2decd4f2d336dbee3790f07644e2e16e33144c0565089345538d1c96216fa01df84449976e8722942decc4a"
     "87638f671c4ab3269",
     "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
     "AES-128-CBC,5489E9EE15BC280A9B512778C64ABA13\n\nDlJlEqZahz9TG1pOOQk8VqUAYriNs4UzI8SMKnZ/"
     "07DRSUSw2ZOqxZPdR1CkwmR+\n+TBTX80idGJtp/xpyf5QaqJLdQ6mswktparxke1cNH5g/"
     "3DxVDhOFquF8Xe9PzQ0\nAGjoEqAUjadjNedQ+7Bjv3lqiisaOdHW3ICidgJb9nA=\n-----END EC PRIVATE KEY-----\n",
     true},
    {"04509105f52a3ca84b61fbd5fe2decd4f2d336dbee3790f07644e2e16e33144c0565089345538d1c96216fa01df84449976e8722942decc4a"
     "87638f671c4ab3269",
     "-----BEGIN PRIVATE "
     "KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3lDR0JirDpI/"
     "eQUe\nMlz5Ha4l+84AqE68bh5iD6tkhaOhRANCAARQkQX1KjyoS2H71f4t7NTy0zbb7jeQ\n8HZE4uFuMxRMBWUIk0VTjRyWIW+"
     "gHfhESZduhyKULezEqHY49nHEqzJp\n-----END PRIVATE KEY-----\n",
     false},
};

static void read_in_every_form(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof good_rows / sizeof *good_rows; i++) {
        struct key_text k;
        if (!keytext_read(&t->ctx, t->a, str_of(good_rows[i].text), S("f"), &k, &t->e))
            fail_msg("%s: %s", good_rows[i].text, t->e.what);
        assert_int_equal(k.form, good_rows[i].form);
        check_str(hex_text(t->a, k.key.bytes, k.key.n), good_rows[i].key);
        assert_true(good_rows[i].name ? str_is(k.name, good_rows[i].name) : !k.name.p);
    }
}

static void refused(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof bad_rows / sizeof *bad_rows; i++) {
        struct key_text k;
        t->e = (struct err){0};
        if (keytext_read(&t->ctx, t->a, str_of(bad_rows[i].text), S("f"), &k, &t->e))
            fail_msg("was read: %s", bad_rows[i].text);
        if (strcmp(t->e.what, bad_rows[i].what) != 0)
            fail_msg("%s: %s", bad_rows[i].text, t->e.what);
        assert_int_equal(t->e.where[0], 'f');
    }
}

static void written_and_read(void **state) {
    struct testing *t = *state;
    for (unsigned kind = 0; kind <= SIG_ML_DSA_44; kind++) {
        struct privkey *k;
        if (!sig_kind_works((enum sig_kind)kind))
            continue;
        assert_true(privkey_new((enum sig_kind)kind, &k, &t->e));
        for (unsigned form = KEY_PEM; form <= KEY_JWK; form++) {
            struct key_text back;
            str text;
            bool can = form <= KEY_DER && (form != KEY_VKEY || kind != SIG_ECDSA_P256) &&
                       (form != KEY_SSH || kind != SIG_ML_DSA_44);
            bool ok = keytext_write(t->a, (enum key_form)form, privkey_public(k), S("n"), &text, &t->e);
            assert_int_equal(ok, can);
            if (!ok)
                continue;
            assert_true(keytext_read(&t->ctx, t->a, text, S("f"), &back, &t->e));
            assert_true(pubkey_eq(&back.key, privkey_public(k)) && back.form == form);
        }
        privkey_free(k);
    }
}

/* A name may begin as another form does. */
static void a_vkey_is_one_by_any_name(void **state) {
    struct testing *t = *state;
    static const char *const names[] = {"ecdsa-t", "ssh-log.example", "sk-x", "{x", "#x", "0\xff", "-----BEGIN"};
    struct key_text k, back;
    str text;
    assert_true(keytext_read(&t->ctx, t->a, str_of(good_rows[0].text), S("f"), &k, &t->e));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!keytext_write(t->a, KEY_VKEY, &k.key, str_of(names[i]), &text, &t->e))
            continue;
        if (!keytext_read(&t->ctx, t->a, text, S("f"), &back, &t->e))
            fail_msg("%s: %s", names[i], t->e.what);
        assert_true(back.form == KEY_VKEY && pubkey_eq(&back.key, &k.key));
        check_str(back.name, names[i]);
    }
}

static void written_as_others_write(void **state) {
    struct testing *t = *state;
    static const size_t rows[] = {0, 1, 4, 8};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct key_text k;
        str text;
        assert_true(keytext_read(&t->ctx, t->a, str_of(good_rows[rows[i]].text), S("f"), &k, &t->e));
        assert_true(keytext_write(t->a, k.form, &k.key, k.name, &text, &t->e));
        check_str(text, good_rows[rows[i]].text);
    }
}

static void a_comment_stays_on_its_line(void **state) {
    struct testing *t = *state;
    struct key_text k;
    str text;
    assert_true(keytext_read(&t->ctx, t->a, str_of(good_rows[0].text), S("f"), &k, &t->e));
    assert_true(keytext_write(t->a, KEY_SSH, &k.key, S("x\nssh-ed25519 AAAA"), &text, &t->e));
    assert_int_equal(str_chr(text, '\n'), text.n - 1);
    assert_false(keytext_write(t->a, KEY_VKEY, &k.key, S("a name"), &text, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
}

static void private_keys(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof private_rows / sizeof *private_rows; i++) {
        struct privkey *k;
        bool locked;
        str text = str_of(private_rows[i].text);
        if (private_rows[i].sealed) {
            assert_false(keytext_private(text, (str){NULL, 0}, S("f"), &k, &locked, &t->e));
            assert_string_equal(t->e.what, "the key is sealed with a passphrase");
            assert_true(locked);
            assert_false(keytext_private(text, S("Secret"), S("f"), &k, &locked, &t->e));
            assert_string_equal(t->e.what, "the passphrase is wrong, or the file is damaged");
            assert_true(locked);
        }
        assert_true(keytext_private(text, S("secret"), S("f"), &k, &locked, &t->e));
        check_str(hex_text(t->a, privkey_public(k)->bytes, privkey_public(k)->n), private_rows[i].key);
        privkey_free(k);
    }
}

static void no_private_keys(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *what;
    } rows[] = {
        {"", "this is no private key (PKCS#8)"},
        {"hello", "this is no private key (PKCS#8)"},
        {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "this is no private key, or it is damaged"},
        {"-----BEGIN PRIVATE KEY-----\n", "this is no private key, or it is damaged"},
        {"-----BEGIN OPENSSH PRIVATE KEY-----\n", "private keys in OpenSSH's own form cannot be read; PKCS#8 can"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct privkey *k;
        bool locked;
        assert_false(keytext_private(str_of(rows[i].text), S("p"), S("f"), &k, &locked, &t->e));
        assert_string_equal(t->e.what, rows[i].what);
        assert_false(locked);
        assert_null(k);
    }
}

/* ── with the tools themselves, where they are installed ── */

/* The key a tool just wrote is the one OpenSSL tells. */
static void from_tools(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *make, *file;
    } rows[] = {
        {"openssl genpkey -algorithm ed25519 -out k && openssl pkey -in k -pubout -out pub", "pub"},
        {"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k && openssl pkey -in k -pubout -out pub",
         "pub"},
        {"minisign -G -W -f -p pub -s k", "pub"},
        {"signify-openbsd -G -n -p pub -s k", "pub"},
        {"rm -f k k.pub; ssh-keygen -q -t ed25519 -N '' -C me -f k", "k.pub"},
        {"rm -f k k.pub; ssh-keygen -q -t ecdsa -b 256 -N '' -C me -f k", "k.pub"},
    };
    char folder[256];
    temporary_name(folder, sizeof folder, "keytext");
    uint32_t made = 0;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct key_text k;
        str text;
        if (system(arena_printf(t->a, "cd %s && rm -f pub k && { %s; } >/dev/null 2>&1", folder, rows[i].make).p) != 0)
            continue;
        made++;
        assert_true(file_read(&t->ctx, t->a, arena_printf(t->a, "%s/%s", folder, rows[i].file), &text, &t->e));
        if (!keytext_read(&t->ctx, t->a, text, S("f"), &k, &t->e))
            fail_msg("%s: %s", rows[i].make, t->e.what);
    }
    assert_int_equal(system(arena_printf(t->a, "rm -rf %s", folder).p), 0);
    if (!made)
        skip();
}

/* What we write, ssh-keygen and openssl read. */
static void for_tools(void **state) {
    struct testing *t = *state;
    char folder[256];
    temporary_name(folder, sizeof folder, "keytext");
    static const struct {
        enum key_form form;
        const char *tool;
    } rows[] = {{KEY_SSH, "ssh-keygen -l -f f"},
                {KEY_PEM, "openssl pkey -pubin -in f"},
                {KEY_DER, "openssl pkey -pubin -inform der -in f"}};
    if (system("command -v ssh-keygen >/dev/null && command -v openssl >/dev/null") != 0)
        skip();
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
        struct key_text k;
        str text;
        assert_true(keytext_read(&t->ctx, t->a, str_of(good_rows[i % 2].text), S("f"), &k, &t->e));
        assert_true(keytext_write(t->a, rows[i / 2].form, &k.key, S("n"), &text, &t->e));
        assert_true(file_replace(arena_printf(t->a, "%s/f", folder), text, &t->e));
        if (system(arena_printf(t->a, "cd %s && %s >/dev/null 2>&1", folder, rows[i / 2].tool).p) != 0)
            fail_msg("%s refuses what we wrote: %.*s", rows[i / 2].tool, STR_ARG(text));
    }
    assert_int_equal(system(arena_printf(t->a, "rm -rf %s", folder).p), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(read_in_every_form),
        TEST(refused),
        TEST(written_and_read),
        TEST(a_vkey_is_one_by_any_name),
        TEST(written_as_others_write),
        TEST(a_comment_stays_on_its_line),
        TEST(private_keys),
        TEST(no_private_keys),
        TEST(from_tools),
        TEST(for_tools),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
