/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/testing.h"
#include "seal/dsse.h"

static void pae(void **state) {
    struct testing *t = *state;
    check_str(dsse_pae(t->a, S("http://example.com/HelloWorld"), S("hello world")),
              "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    check_str(dsse_pae(t->a, S(""), S("")), "DSSEv1 0  0 ");
    check_str(dsse_pae(t->a, S("証"), S("x")), "DSSEv1 3 証 1 x");
    /* A NUL is a byte like others. */
    assert_true(str_eq(dsse_pae(t->a, S("a\0b"), S("c\0d")), S("DSSEv1 3 a\0b 3 c\0d")));
}

static void envelopes_refused(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *what, *where;
    } rows[] = {
        {"[]", "an envelope (DSSE) has \"payload\" as text here", "f#"},
        {"{}", "an envelope (DSSE) has \"payload\" as text here", "f#"},
        {"{\"payload\":1,\"payloadType\":\"t\",\"signatures\":[]}", "an envelope (DSSE) has \"payload\" as text here",
         "f#"},
        {"{\"payload\":\"<Base64(Statement)>\",\"payloadType\":\"t\",\"signatures\":[]}", "this is not base64",
         "f#/payload"},
        {"{\"payload\":\"aGk\\n\",\"payloadType\":\"t\",\"signatures\":[]}", "this is not base64", "f#/payload"},
        {"{\"payload\":\"\",\"signatures\":[]}", "an envelope (DSSE) has a \"payloadType\"", "f#"},
        {"{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[]}", "an envelope (DSSE) has a \"payloadType\"", "f#"},
        {"{\"payload\":\"\",\"payloadType\":\"t\"}", "an envelope (DSSE) has a list \"signatures\"", "f#"},
        {"{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":{}}", "an envelope (DSSE) has a list \"signatures\"",
         "f#"},
        {"{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{}]}", "an envelope (DSSE) has \"sig\" as text here",
         "f#/signatures/0"},
        {"{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"\"},{\"sig\":\"-+--\"}]}",
         "this is not base64", "f#/signatures/1/sig"},
        {"{\"payload\":\"\",\"payload\":\"aGk=\",\"payloadType\":\"t\",\"signatures\":[]}",
         "this member stands twice in one object", "f#/payload"},
        {"{", NULL, "f:1:2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dsse d;
        t->e = (struct err){0};
        if (dsse_parse(&t->ctx, t->a, str_of(rows[i].text), S("f"), &d, &t->e))
            fail_msg("was read: %s", rows[i].text);
        assert_int_equal(t->e.kind, ERR_INPUT);
        if (rows[i].what)
            assert_string_equal(t->e.what, rows[i].what);
        assert_string_equal(t->e.where, rows[i].where);
    }
}

static void as_many_signatures_as_may_be(void **state) {
    struct testing *t = *state;
    for (int n = DSSE_SIGNATURES_MOST; n <= DSSE_SIGNATURES_MOST + 1; n++) {
        struct buf b = {0};
        struct dsse d;
        buf_addz(&b, "{\"payload\":\"\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"\"}");
        for (int i = 1; i < n; i++)
            buf_addz(&b, ",{\"sig\":\"\"}");
        buf_addz(&b, "]}");
        assert_int_equal(dsse_parse(&t->ctx, t->a, buf_str(&b), S("f"), &d, &t->e), n == DSSE_SIGNATURES_MOST);
        buf_free(&b);
    }
    assert_int_equal(t->e.kind, ERR_LIMIT);
    assert_string_equal(t->e.where, "f#/signatures");
}

static void both_alphabets_and_unknown_members(void **state) {
    struct testing *t = *state;
    struct dsse d;
    assert_true(dsse_parse(&t->ctx, t->a,
                           S("{\"payload\":\"Pz8_Pz8_\",\"payloadType\":\"t\",\"x\":[1],\"signatures\":"
                             "[{\"sig\":\"Pz8/\",\"keyid\":null,\"y\":0},{\"keyid\":\"k\",\"sig\":\"Pz8\"}]}"),
                           S("f"), &d, &t->e));
    check_str(d.payload, "?\?\?\?\?\?");
    check_str(d.signatures.v[0].sig, "?\?\?");
    assert_null(d.signatures.v[0].keyid.p);
    check_str(d.signatures.v[1].sig, "?\?");
    check_str(dsse_text(t->a, &d), "{\"payload\":\"Pz8/Pz8/\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"Pz8/\"},"
                                   "{\"keyid\":\"k\",\"sig\":\"Pz8=\"}]}");
}

static struct privkey *new_key(struct testing *t, enum sig_kind kind) {
    struct privkey *k;
    assert_true(privkey_new(kind, &k, &t->e));
    return k;
}

static void a_threshold_counts_keys(void **state) {
    struct testing *t = *state;
    struct privkey *x = new_key(t, SIG_ED25519), *y = new_key(t, SIG_ECDSA_P256), *z = new_key(t, SIG_ED25519);
    struct pubkey keys[] = {*privkey_public(z), *privkey_public(x), *privkey_public(y), *privkey_public(x)};
    struct dsse d = {.payload_type = str_of(DSSE_IN_TOTO), .payload = S("{}")};
    bool good[4];
    assert_int_equal(dsse_verify(t->a, &d, keys, 4, good), 0);
    assert_true(dsse_sign(t->a, &d, x, &t->e));
    assert_int_equal(dsse_verify(t->a, &d, keys, 4, good), 1);
    assert_true(!good[0] && good[1] && !good[2] && good[3]); /* listed twice, counted once */
    assert_true(dsse_sign(t->a, &d, x, &t->e));
    assert_int_equal(d.signatures.n, 1);
    assert_true(dsse_sign(t->a, &d, y, &t->e));
    assert_int_equal(dsse_verify(t->a, &d, keys, 4, NULL), 2);
    assert_int_equal(dsse_verify(t->a, &d, keys, 0, NULL), 0);

    /* The same again, and once more under another name: still two keys. */
    struct dsse_signature first = d.signatures.v[0];
    *vec_push(t->a, &d.signatures) = first;
    *vec_push(t->a, &d.signatures) = (struct dsse_signature){S("another"), first.sig};
    assert_int_equal(dsse_verify(t->a, &d, keys, 4, NULL), 2);

    /* A hint that points elsewhere decides nothing. */
    d.signatures.v[0].keyid = pubkey_id_hex(t->a, &keys[0]);
    d.signatures.v[1].keyid = (str){NULL, 0};
    d.signatures.n = 2;
    assert_int_equal(dsse_verify(t->a, &d, keys, 4, good), 2);
    assert_false(good[0]);

    d.payload_type = S("application/vnd.in-toto+jsoN");
    assert_int_equal(dsse_verify(t->a, &d, keys, 4, good), 0);
    privkey_free(x);
    privkey_free(y);
    privkey_free(z);
}

static void there_and_back(void **state) {
    struct testing *t = *state;
    struct privkey *k = new_key(t, SIG_ECDSA_P256);
    struct dsse d = {.payload_type = S("a\"b\n"), .payload = S("\0\xff{}")}, back;
    assert_true(dsse_sign(t->a, &d, k, &t->e));
    str text = dsse_text(t->a, &d);
    assert_true(dsse_parse(&t->ctx, t->a, text, S("f"), &back, &t->e));
    check_str(dsse_text(t->a, &back), arena_cstr(t->a, text));
    assert_int_equal(dsse_verify(t->a, &back, privkey_public(k), 1, NULL), 1);
    privkey_free(k);
}

/* The envelope of DSSE's own example: key, PAE and verdict. */
static void published_vector(void **state) {
    struct testing *t = *state;
    static const char envelope[] =
        "{\"payload\":\"aGVsbG8gd29ybGQ=\",\"payloadType\":\"http://example.com/HelloWorld\",\"signatures\":"
        "[{\"sig\":\"A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==\"}]}";
    unsigned char point[65];
    struct pubkey k;
    struct dsse d;
    assert_true(hex_bytes(S("0467cd390f77aa359cb08c2235f652270493a9ed832b0abcc01f70954c0390d238"
                            "0c782bd54e269125a44f4433aff1432ce94e12bca73aa67ac80cea12608ddf74"),
                          point, sizeof point));
    assert_true(pubkey_of(SIG_ECDSA_P256, str_n((char *)point, sizeof point), &k));
    assert_true(dsse_parse(&t->ctx, t->a, str_of(envelope), S("f"), &d, &t->e));
    check_str(d.payload, "hello world");
    assert_int_equal(dsse_verify(t->a, &d, &k, 1, NULL), 1);
    d.payload = S("hello worle");
    assert_int_equal(dsse_verify(t->a, &d, &k, 1, NULL), 0);
}

/* What a file of the shared data is read as: its envelope, or the reason why not. */
static void published_envelopes(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *file, *what; /* what: NULL when it is an envelope */
        size_t payload;          /* starts with '{' and has so many bytes at least */
    } rows[] = {
        {"trivy/attestation.json", NULL, 100},
        {"trivy/sbom.cdx.intoto.jsonl", NULL, 1000},
        {"in-toto-spec/envelopes/v0.1.0-README-00.json", "this is not base64", 0},
        {"in-toto-spec/statements/predicates-scai-01.json", "an envelope (DSSE) has \"payload\" as text here", 0},
        {"guac/ingest_predicates.json", "an envelope (DSSE) has \"payload\" as text here", 0},
        {"slsa-spec/build-provenance-01.json", "an envelope (DSSE) has \"payload\" as text here", 0},
    };
    str shared = shared_data(t->a, "attestations"), text;
    if (!shared.p)
        skip();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dsse d;
        str path = arena_printf(t->a, "%.*s/attestations/%s", STR_ARG(shared), rows[i].file);
        if (!path_exists(path))
            continue;
        assert_true(file_read(&t->ctx, t->a, path, &text, &t->e));
        bool ok = dsse_parse(&t->ctx, t->a, text, path, &d, &t->e);
        if (ok != !rows[i].what || (!ok && strcmp(t->e.what, rows[i].what) != 0))
            fail_msg("%s: %s", rows[i].file, ok ? "was read" : t->e.what);
        assert_true(!ok || (d.payload.n >= rows[i].payload && d.payload.p[0] == '{' && d.signatures.n == 1));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(pae),
        TEST(envelopes_refused),
        TEST(as_many_signatures_as_may_be),
        TEST(both_alphabets_and_unknown_members),
        TEST(a_threshold_counts_keys),
        TEST(there_and_back),
        TEST(published_vector),
        TEST(published_envelopes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
