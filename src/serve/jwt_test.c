/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys and tokens by Python's cryptography; what they claim is in `claims` below.
 */
#include "base/testing.h"

#include "serve/jwt.h"

static const char keys[] =
    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"r\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":"
    "\"6zoKvEELNAN4dir6lVhSBRDEac4S7Q-Nx"
    "BmTyyRiJKQi0c0XZck1Yrox-5uKuXuMHmdbkgs14JmsfTBt3_28FH2TgLeQIY085-A6qlysLk-WK-2lT-8OUmho4cCX1a_JS"
    "8Plc_FkxWFQl7asIrlUgL1CnEnJLgr0n-FtYZV3oEWVWD36paORt8neYTvLXotEG-9VhHWIPIbPQKu7GpLGaJ8mFnaEZjEXy"
    "uudE5OCuOC-JlVGBWK7-y7RealFW_CCqj4Wfrcc06uE9xD4ygy_nZI62qAdzecdXWCBjrUReZUmRVnrF6_EM82pQWDqrWxx4"
    "Pb0_PHIWd1LF6chYpAVhw\",\"e\":\"AQAB\"},{\"kty\":\"EC\",\"kid\":\"e\",\"crv\":\"P-256\",\"x\":"
    "\"vpm1YIrD82ntANQR1X6a"
    "Au_DjKP6KFfkfaQF8RFDhtg\",\"y\":\"HuW9-anKhGnJuBg3KpTiG_0vgoVo545Pl77wAyGo1fw\"},{\"kty\":\"OKP\",\"kid\":\""
    "d\",\"crv\":\"Ed25519\",\"x\":\"3jquPBciVqCeoNYgVet3RvUbDcv-tlNBTUeumkoB3xE\"}]}";
static const char *const tokens[] = {
    /* RS256, ES256, EdDSA without a key id */
    "eyJhbGciOiJSUzI1NiIsImtpZCI6InIiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUuanAiL"
    "CJzdWIiOiJzLTEiLCJhdWQiOiJha2FzaGkiLCJleHAiOjE4MDAwMDAzMDAsImlhdCI6MTgwMDAwMDAwMCwibm9uY2UiOiJuL"
    "TEiLCJlbWFpbCI6InNhdG9AZXhhbXBsZS5qcCIsImVtYWlsX3ZlcmlmaWVkIjp0cnVlLCJncm91cHMiOlsiYWthc2hpLWFkb"
    "WlucyJdfQ.nbmTU0PNMaTOrgoYg0kNSrTbhncI6Yd_P0zcKre1B6wjNJcsdmkLSITOsWK-hiPTnXDKyHX-gox-ZfUSoaakNT"
    "bH0Tc7TQnVWgUJ_Eij3NFzn539r1qYiiwW428OcICraTdl_zVTZUowzIqW5WvrrABs3rw2_lsUKuFfNdOksgPYUz7LIp4-bG"
    "zESwI95KxntNAsnf38-eqnl6NbpVxFAfqftbyZhF1I0dLxwOA1_DfWieExcfFG6oRkFgOdjF0mrY8xP39TxICIion2lKL5y5"
    "WcIY6z0OnczGyrGj-heueWsYF0A4DLXqqtILJkP9BEvO1KOA3yncSIoPAAtmlQ1Q",
    "eyJhbGciOiJFUzI1NiIsImtpZCI6ImUifQ.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUuanAiLCJzdWIiOiJzLTEiL"
    "CJhdWQiOiJha2FzaGkiLCJleHAiOjE4MDAwMDAzMDAsImlhdCI6MTgwMDAwMDAwMCwibm9uY2UiOiJuLTEiLCJlbWFpbCI6I"
    "nNhdG9AZXhhbXBsZS5qcCIsImVtYWlsX3ZlcmlmaWVkIjp0cnVlLCJncm91cHMiOlsiYWthc2hpLWFkbWlucyJdfQ.6_5eV6"
    "Sqi_DJBsJqqFQH5m83u3gV955dVSrNk3F0WPfW8Q_Ezt1KQd8ScnuvqhfBU5zdABQrDwu99AVUbh0mVw",
    "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUuanAiLCJzdWIiOiJzLTEiLCJhdWQiOiJha2F"
    "zaGkiLCJleHAiOjE4MDAwMDAzMDAsImlhdCI6MTgwMDAwMDAwMCwibm9uY2UiOiJuLTEiLCJlbWFpbCI6InNhdG9AZXhhbXB"
    "sZS5qcCIsImVtYWlsX3ZlcmlmaWVkIjp0cnVlLCJncm91cHMiOlsiYWthc2hpLWFkbWlucyJdfQ.A0FKgmlHmp30zedhwVem"
    "ZfZ422spkP084taVxku78yUYIE_EBzMvwWaM-JJazJjvJ_C45-av57y4KJ0PIxTkCQ",
};
static const struct {
    const char *what, *token;
} bad[] = {
    {"signed with the public key as a secret",
     "eyJhbGciOiJIUzI1NiIsImtpZCI6InIifQ.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUuanAiLCJzdWIiOiJzLTEiL"
     "CJhdWQiOiJha2FzaGkiLCJleHAiOjE4MDAwMDAzMDAsImlhdCI6MTgwMDAwMDAwMCwibm9uY2UiOiJuLTEiLCJlbWFpbCI6I"
     "nNhdG9AZXhhbXBsZS5qcCIsImVtYWlsX3ZlcmlmaWVkIjp0cnVlLCJncm91cHMiOlsiYWthc2hpLWFkbWlucyJdfQ.C3PIQI"
     "OG6S_fvRytMf6-99lCaCte_qoT16WV7WsSNM8"},
    {"not signed", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUuanAiLCJzdWIiOiJzLTEiLCJhdWQiOiJha2Fz"
                   "aGkiLCJleHAiOjE4MDAwMDAzMDAsImlhdCI6MTgwMDAwMDAwMCwibm9uY2UiOiJuLTEiLCJlbWFpbCI6InNhdG9AZXhhbXBs"
                   "ZS5qcCIsImVtYWlsX3ZlcmlmaWVkIjp0cnVlLCJncm91cHMiOlsiYWthc2hpLWFkbWlucyJdfQ."},
    {"something must be understood",
     "eyJhbGciOiJFZERTQSIsImNyaXQiOlsiZXhwIl19.eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUuanAiLCJzdWIiOiJ"
     "zLTEiLCJhdWQiOiJha2FzaGkiLCJleHAiOjE4MDAwMDAzMDAsImlhdCI6MTgwMDAwMDAwMCwibm9uY2UiOiJuLTEiLCJlbWF"
     "pbCI6InNhdG9AZXhhbXBsZS5qcCIsImVtYWlsX3ZlcmlmaWVkIjp0cnVlLCJncm91cHMiOlsiYWthc2hpLWFkbWlucyJdfQ."
     "r1mrON1odOpL67HUgnuKna6EBuIZcs-vTUj7HxTG7-mq32iJCkO3MLvuiq99ZnCcPoVUknwjr9ZQJ1FxQ_QiAw"},
};

static struct jv key_set(struct testing *t) {
    struct json doc;
    assert_true(json_parse(&t->ctx, t->a, str_of(keys), JSON_STRICT, S("keys"), &doc, &t->e));
    return j_get(doc.root, "keys");
}

static void signatures(void **state) {
    struct testing *t = *state;
    struct jv set = key_set(t);
    struct json claims;
    bool good;
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        str token = str_of(tokens[i]);
        assert_true(jwt_read(&t->ctx, t->a, token, set, &good, &claims, &t->e) && good);
        check_str(j_gets(claims.root, "sub"), "s-1");
        size_t body = str_chr(token, '.') + 1, last = str_rchr(token, '.') + 1;
        const size_t places[] = {body + 40, last, last + 40};
        for (size_t k = 0; k < sizeof places / sizeof *places; k++) { /* another letter somewhere */
            char *p = arena_cstr(t->a, token);
            p[places[k]] = p[places[k]] == 'A' ? 'B' : 'A';
            if (jwt_read(&t->ctx, t->a, str_n(p, token.n), set, &good, &claims, NULL) && good)
                fail_msg("token %zu, byte %zu", i, places[k]);
        }
        for (size_t n = 0; n < token.n; n += 11)
            if (jwt_read(&t->ctx, t->a, str_upto(token, n), set, &good, &claims, NULL) && good)
                fail_msg("token %zu, cut to %zu", i, n);
        assert_true(jwt_read(&t->ctx, t->a, token, (struct jv){NULL}, &good, &claims, &t->e) && !good);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (jwt_read(&t->ctx, t->a, str_of(bad[i].token), set, &good, &claims, NULL) && good)
            fail_msg("%s", bad[i].what);
}

static void claims(void **state) {
    struct testing *t = *state;
#define CLAIMS(aud, more) "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":" aud ",\"exp\":1000,\"nonce\":\"n\"" more "}"
    static const struct {
        const char *text;
        int64_t now;
        const char *issuer, *nonce;
        bool fits;
    } rows[] = {
        {CLAIMS("\"me\"", ""), 900, "i", "n", true},
        {CLAIMS("\"me\"", ""), 1059, "i", "n", true}, /* clocks differ */
        {CLAIMS("\"me\"", ""), 1060, "i", "n", false},
        {CLAIMS("\"me\"", ""), 900, "j", "n", false},
        {CLAIMS("\"me\"", ""), 900, "i", "m", false},
        {CLAIMS("\"me\"", ""), 900, "i", "", false},
        {CLAIMS("\"you\"", ""), 900, "i", "n", false},
        {CLAIMS("[\"me\"]", ""), 900, "i", "n", true},
        {CLAIMS("[\"me\",\"you\"]", ""), 900, "i", "n", false},
        {CLAIMS("[\"me\",\"you\"]", ",\"azp\":\"me\""), 900, "i", "n", true},
        {CLAIMS("[\"me\",\"you\"]", ",\"azp\":\"you\""), 900, "i", "n", false},
        {CLAIMS("\"me\"", ",\"azp\":\"you\""), 900, "i", "n", false},
        {CLAIMS("7", ""), 900, "i", "n", false},
        {CLAIMS("\"me\"", ",\"nbf\":961"), 900, "i", "n", false},
        {CLAIMS("\"me\"", ",\"nbf\":959"), 900, "i", "n", true},
        {"{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"me\",\"nonce\":\"n\"}", 900, "i", "n", false},
        {"{\"iss\":\"i\",\"aud\":\"me\",\"exp\":1000,\"nonce\":\"n\"}", 900, "i", "n", false},
        {"{}", 0, "", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct jwt_wants w = {str_of(rows[i].issuer), S("me"), str_of(rows[i].nonce), rows[i].now};
        struct json doc;
        assert_true(json_parse(&t->ctx, t->a, str_of(rows[i].text), JSON_STRICT, S("claims"), &doc, &t->e));
        if (jwt_fits(&doc, &w, &t->e) != rows[i].fits)
            fail_msg("row %zu", i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(signatures),
        TEST(claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
