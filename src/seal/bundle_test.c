/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/bundle.h"

#include "base/testing.h"

#define ENVELOPE "{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"k\",\"sig\":\"AAEC\"}]}"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define OTHER "{\"payloadType\":\"t\",\"x\":1,\"payload\":\"e30\",\"signatures\":[{\"sig\":\"_-8=\"}]}"

static void what_is_written_is_read(void **state) {
    struct testing *t = *state;
    struct bundle b, again;
    assert_true(bundle_parse(&t->ctx, t->a,
                             S("{\"bundle\":\"akashi/1\",\"later\":{},\"statements\":[{\"envelope\":" ENVELOPE
                               ",\"proof\":\"c2sp.org/tlog-proof@v1\\n\"},{\"envelope\":" OTHER "}],\"keys\":[\"PEM\"],"
                               "\"documents\":[{\"sha256\":\"" EMPTY "\",\"content\":\"\"}]}"),
                             S("b"), &b, &t->e));
    assert_int_equal(b.statements.n, 2);
    check_str(b.statements.v[0].text, ENVELOPE);
    check_str(b.statements.v[0].proof, "c2sp.org/tlog-proof@v1\n");
    check_str(b.statements.v[1].text,
              "{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"/+8=\"}]}");
    assert_null(b.statements.v[1].proof.p);
    check_str(b.statements.v[1].where, "b#/statements/1/envelope");
    str text = bundle_text(t->a, &b);
    assert_true(bundle_parse(&t->ctx, t->a, text, S("b"), &again, &t->e));
    assert_true(str_eq(bundle_text(t->a, &again), text));
    assert_true(str_eq(again.statements.v[1].text, b.statements.v[1].text));
    assert_int_equal(again.keys.n, 1);
    assert_int_equal(again.documents.n, 1);
}

static void what_is_no_bundle_is_refused_at_its_place(void **state) {
    static const struct {
        const char *text, *where;
    } bad[] = {
        {"{}", "b#"},
        {"{\"bundle\":\"akashi/2\",\"statements\":[]}", "b#/bundle"},
        {"{\"bundle\":\"akashi/1\"}", "b#"},
        {"{\"bundle\":\"akashi/1\",\"statements\":{}}", "b#/statements"},
        {"{\"bundle\":\"akashi/1\",\"statements\":[{}]}", "b#/statements/0"},
        {"{\"bundle\":\"akashi/1\",\"statements\":[{\"envelope\":" ENVELOPE ",\"proof\":1}]}", "b#/statements/0/proof"},
        {"{\"bundle\":\"akashi/1\",\"statements\":[{\"envelope\":" ENVELOPE ",\"proof\":\"\"}]}",
         "b#/statements/0/proof"},
        {"{\"bundle\":\"akashi/1\",\"statements\":[],\"keys\":[1]}", "b#/keys/0"},
        {"{\"bundle\":\"akashi/1\",\"statements\":[],\"keys\":\"PEM\"}", "b#/keys"},
        {"{\"bundle\":\"akashi/1\",\"bundle\":\"akashi/1\"}", "b#/bundle"},
        {"{\"bundle\":\"akashi/1\",\"statements\":[],\"documents\":[{\"sha256\":\"00\",\"content\":\"\"}]}",
         "b#/documents/0"},
        {"{\"bundle\":\"akashi/1\",\"statements\":[],\"documents\":[{\"sha256\":\"" EMPTY "\",\"content\":\"eA==\"}]}",
         "b#/documents/0"},
        {"", "b:1:1"},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct bundle b;
        struct err e = {0};
        assert_false(bundle_parse(&t->ctx, t->a, str_of(bad[i].text), S("b"), &b, &e));
        if (strcmp(e.where, bad[i].where) != 0)
            fail_msg("%s: %s: %s", bad[i].text, e.where, e.what);
    }
}

static void envelopes_are_found_in_every_wrapping(void **state) {
    static const struct {
        const char *text;
        uint32_t n;
    } rows[] = {
        {ENVELOPE, 1},
        {ENVELOPE "\n" OTHER "\n", 2},
        {ENVELOPE "\n\n" ENVELOPE "\n{\"dsseEnvelope\":" OTHER "}", 3},
        {"[" ENVELOPE "," OTHER "]", 2},
        {"{\"mediaType\":\"application/"
         "vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{},\"dsseEnvelope\":" OTHER "}",
         1},
        {"{\"bundle\":\"akashi/1\",\"statements\":[{\"envelope\":" ENVELOPE "}]}", 1},
        {"{\"bundle\":\"akashi/1\",\"statements\":[]}", 0},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bundle b;
        struct err e = {0};
        if (!bundle_read_any(&t->ctx, t->a, str_of(rows[i].text), S("b"), &b, &e) || b.statements.n != rows[i].n)
            fail_msg("%s: %s: %s", rows[i].text, e.where, e.what);
    }
}

static void what_holds_no_envelope_is_refused(void **state) {
    static const struct {
        const char *text, *where;
    } bad[] = {
        {"{\"sbom\":1}", "b#"},
        {"[" ENVELOPE ",3]", "b#/1"},
        {ENVELOPE "\n{\"sbom\":1}", "b (2)#"},
        {ENVELOPE "\n{\"payload\":", "b (2):1:12"},
        {"not json", "b:1:1"},
        {"", "b:1:1"},
        {"{\"dsseEnvelope\":{}}", "b#/dsseEnvelope"},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct bundle b;
        struct err e = {0};
        assert_false(bundle_read_any(&t->ctx, t->a, str_of(bad[i].text), S("b"), &b, &e));
        if (strcmp(e.where, bad[i].where) != 0)
            fail_msg("%s: %s: %s", bad[i].text, e.where, e.what);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),
        TEST(what_is_no_bundle_is_refused_at_its_place),
        TEST(envelopes_are_found_in_every_wrapping),
        TEST(what_holds_no_envelope_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
