/* SPDX-License-Identifier: Apache-2.0
 *
 * What Chromium 156 made with a virtual authenticator (CTAP 2.1, internal, user verified) at http://localhost:8433 for
 * rpId localhost: "challenge for create" and "challenge for get", user u-7k3m9x2q4r.
 */
#include "base/testing.h"

#include "base/cipher.h"
#include "serve/webauthn.h"

static const struct vector {
    int64_t algorithm;
    const char *id, *created, *made, *key; /* base64url: clientDataJSON, authenticatorData, SubjectPublicKeyInfo */
    const char *asked, *data, *signature;
} vectors[] = {
    {-7, "f5fL1EH_vpcybcCvTAi9ZVspHF_4-DVvCO4S1XQFhXo",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQmpjbVZoZEdVIiwib3Jp"
     "Z2luIjoiaHR0cDovL2xvY2FsaG9zdDo4NDMzIiwiY3Jvc3NPcmlnaW4iOmZhbHNlLCJvdGhlcl9rZXlzX2Nhbl9iZV9hZGRl"
     "ZF9oZXJlIjoiZG8gbm90IGNvbXBhcmUgY2xpZW50RGF0YUpTT04gYWdhaW5zdCBhIHRlbXBsYXRlLiBTZWUgaHR0cHM6Ly9n"
     "b28uZ2wveWFiUGV4In0",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIH-Xy9RB_76XMm3Ar0wIvWVb"
     "KRxf-Pg1bwjuEtV0BYV6pQECAyYgASFYIM_KxJ3NJcZi2ppda_yKolGWlGBMlbNZrMAQ80vyyD5fIlgg0GC1iZdb-QCGPeZr"
     "AtLylveW0dBmIMEKn6wuisDlmRU",
     "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEz8rEnc0lxmLaml1r_IqiUZaUYEyVs1mswBDzS_LIPl_QYLWJl1v5AIY95msC"
     "0vKW95bR0GYgwQqfrC6KwOWZFQ",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQm5aWFEiLCJvcmlnaW4iOiJo"
     "dHRwOi8vbG9jYWxob3N0Ojg0MzMiLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "MEYCIQCRCLC8HkhIE2LW5QHcneJFZKsmWiPSa34gXDQ5NOvcVwIhAN0MTJM-OnxwDHVN4cq8mrnu4dSsUh6CANXtvVV8_d6y"},
    {-8, "Fu4CQz-wozjuZswm2wkNfi7mXqEG2xwFJph7Q8kaX_k",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQmpjbVZoZEdVIiwib3Jp"
     "Z2luIjoiaHR0cDovL2xvY2FsaG9zdDo4NDMzIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIBbuAkM_sKM47mbMJtsJDX4u"
     "5l6hBtscBSaYe0PJGl_5pAEBAycgBiFYIDxbKefoMWZXHoKjwRIFjOW9m4tCANytbGSaM9YkIlU7",
     "MCowBQYDK2VwAyEAPFsp5-gxZlcegqPBEgWM5b2bi0IA3K1sZJoz1iQiVTs",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQm5aWFEiLCJvcmlnaW4iOiJo"
     "dHRwOi8vbG9jYWxob3N0Ojg0MzMiLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "alnY_wvZsyP7g4Mkkx8JTASL6cM_GmeZLbpQipwSUM8Mvw6hxYZL4v6TIzOY_ykttx8HV1dPZaTTq77JsAcfDA"},
    {-257, "k7kzwmnLs3KWTPVzZjE-zyiQuePPR0_yhu4BupKF-5o",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQmpjbVZoZEdVIiwib3Jp"
     "Z2luIjoiaHR0cDovL2xvY2FsaG9zdDo4NDMzIiwiY3Jvc3NPcmlnaW4iOmZhbHNlfQ",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIJO5M8Jpy7Nylkz1c2YxPs8o"
     "kLnjz0dP8obuAbqShfuapAEDAzkBACBZAQCtD9SPnzOUlgmyAWW8oG7at7z8CUL_Qtq1iBRn_aomgTx24Et5Uoo54iFeeb9o"
     "GqsnJMOkdgunRpLULC4lWKKfn_U1Ysw2WhSSwXwKe5_AsnZemmSoEYdI4a55dSY7J_Ysr4QwDzv3dGNg5d-z9vOz8qm1KaM6"
     "JGMlVI2GJN2SaQZGp_ynE7QDKXc5iMOhShvu4eo9r-ukc4lPoaRR6vwo6B-eCG7pypgHSHi7lBFbakuJjCZkPFiI-zCvBvKD"
     "dLw1r0lZVTWxJLjy6dLUWJKwIAxB5fT4yEsUx-ZVbxkgOnoMWDDBxyW0WHtig5sBTcob9Ep0inWO4PC3cjHUCZd7IUMBAAE",
     "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArQ_Uj58zlJYJsgFlvKBu2re8_AlC_0LatYgUZ_2qJoE8duBLeVKK"
     "OeIhXnm_aBqrJyTDpHYLp0aS1CwuJViin5_1NWLMNloUksF8CnufwLJ2XppkqBGHSOGueXUmOyf2LK-EMA8793RjYOXfs_bz"
     "s_KptSmjOiRjJVSNhiTdkmkGRqf8pxO0Ayl3OYjDoUob7uHqPa_rpHOJT6GkUer8KOgfnghu6cqYB0h4u5QRW2pLiYwmZDxY"
     "iPswrwbyg3S8Na9JWVU1sSS48unS1FiSsCAMQeX0-MhLFMfmVW8ZIDp6DFgwwccltFh7YoObAU3KG_RKdIp1juDwt3Ix1AmX"
     "ewIDAQAB",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiWTJoaGJHeGxibWRsSUdadmNpQm5aWFEiLCJvcmlnaW4iOiJo"
     "dHRwOi8vbG9jYWxob3N0Ojg0MzMiLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "kHVlN7Hd0z_2_uVEcdSG3Jc9VurnDRkGjeBtJTU-Lek9c-06NQUadTOrPNbgMO0ANSnTES-dgVIuYHWzsGTJMm2ZKsuwYzrh"
     "XySCOYztMLKWR06VZKTohh9n42xWpM_DW8hYswO2-7AiNoOtlW68kCHJhfI1ph362ds5htSowGpLmN_Sbkun7MlwP3TKGdKv"
     "5VvUZJKGXwQ5dM2h7SbwDBH1hIqZbDvwGqFlC4g77SqZiX042ya2WNnpxvaqrq0XYxBg1Gm9GrfdkRAWOpHkbxaE2pJVSrZh"
     "rZOI2ayV6Pcxn1WP0qVFme3KKRRuURJlOZ3q-vCIAJ-QojCJsGtDVw"},
};
enum { VECTORS = sizeof vectors / sizeof *vectors };
static const struct webauthn_place place = {S_INIT("http://localhost:8433"), S_INIT("localhost")};

static str bytes(struct testing *t, const char *text) {
    str out;
    assert_true(base64_bytes(t->a, str_of(text), true, &out));
    return out;
}
/* A copy with one byte other than it was. */
static str flipped(struct testing *t, str s, size_t at) {
    char *p = arena_cstr(t->a, s);
    p[at] = (char)(p[at] ^ 1);
    return str_n(p, s.n);
}

static void what_a_browser_made_is_understood(void **state) {
    struct testing *t = *state;
    for (unsigned i = 0; i < VECTORS; i++) {
        const struct vector *v = &vectors[i];
        struct authenticator_data d;
        str challenge, got;
        assert_true(webauthn_client(&t->ctx, t->a, WEBAUTHN_CREATE, &place, bytes(t, v->created), &challenge, &t->e));
        assert_true(base64_bytes(t->a, challenge, true, &got));
        check_str(got, "challenge for create");
        assert_true(webauthn_data(WEBAUTHN_CREATE, &place, bytes(t, v->made), &d, &t->e));
        assert_true(d.counter == 1 && !d.backed_up && str_eq(d.credential, bytes(t, v->id)));
        assert_true(webauthn_key_fits(v->algorithm, bytes(t, v->key)));
        assert_true(webauthn_client(&t->ctx, t->a, WEBAUTHN_GET, &place, bytes(t, v->asked), &challenge, &t->e));
        assert_true(base64_bytes(t->a, challenge, true, &got));
        check_str(got, "challenge for get");
        assert_true(webauthn_data(WEBAUTHN_GET, &place, bytes(t, v->data), &d, &t->e));
        assert_int_equal(d.counter, 2);
        assert_true(webauthn_signed(v->algorithm, bytes(t, v->key), bytes(t, v->data), bytes(t, v->asked),
                                    bytes(t, v->signature)));
    }
}

static void what_was_changed_is_not_signed(void **state) {
    struct testing *t = *state;
    for (unsigned i = 0; i < VECTORS; i++) {
        const struct vector *v = &vectors[i];
        str key = bytes(t, v->key), data = bytes(t, v->data), asked = bytes(t, v->asked), sig = bytes(t, v->signature);
        for (size_t at = 0; at < data.n; at += 7)
            assert_false(webauthn_signed(v->algorithm, key, flipped(t, data, at), asked, sig));
        assert_false(webauthn_signed(v->algorithm, key, data, flipped(t, asked, 20), sig));
        assert_false(webauthn_signed(v->algorithm, key, data, asked, flipped(t, sig, sig.n - 1)));
        assert_false(webauthn_signed(v->algorithm, key, data, asked, S("")));
        const struct vector *w = &vectors[(i + 1) % VECTORS]; /* another's key, another algorithm */
        assert_false(webauthn_signed(v->algorithm, bytes(t, w->key), data, asked, sig));
        assert_false(webauthn_signed(w->algorithm, bytes(t, w->key), data, asked, sig));
        assert_false(webauthn_signed(w->algorithm, key, data, asked, sig));
    }
}

static void other_pages_and_other_acts(void **state) {
    struct testing *t = *state;
    static const struct {
        enum webauthn_act act;
        const char *origin, *client;
    } rows[] = {
        {WEBAUTHN_GET, "http://localhost:8433",
         "{\"type\":\"webauthn.create\",\"challenge\":\"eA\",\"origin\":\"http://localhost:8433\"}"},
        {WEBAUTHN_CREATE, "http://localhost:8433",
         "{\"type\":\"webauthn.get\",\"challenge\":\"eA\",\"origin\":\"http://localhost:8433\"}"},
        {WEBAUTHN_GET, "https://localhost:8433",
         "{\"type\":\"webauthn.get\",\"challenge\":\"eA\",\"origin\":\"http://localhost:8433\"}"},
        {WEBAUTHN_GET, "http://localhost:8433",
         "{\"type\":\"webauthn.get\",\"challenge\":\"eA\",\"origin\":\"http://localhost:84333\"}"},
        {WEBAUTHN_GET, "http://localhost:8433",
         "{\"type\":\"webauthn.get\",\"challenge\":\"eA\",\"origin\":\"http://localhost:8433\",\"crossOrigin\":true}"},
        {WEBAUTHN_GET, "http://localhost:8433", "{\"type\":\"webauthn.get\",\"origin\":\"http://localhost:8433\"}"},
        {WEBAUTHN_GET, "http://localhost:8433",
         "{\"type\":\"webauthn.get\",\"type\":\"webauthn.get\",\"challenge\":\"eA\",\"origin\":\"http://"
         "localhost:8433\"}"},
        {WEBAUTHN_GET, "http://localhost:8433", "no JSON"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct webauthn_place at = {str_of(rows[i].origin), S("localhost")};
        str challenge;
        t->e = (struct err){0};
        if (webauthn_client(&t->ctx, t->a, rows[i].act, &at, str_of(rows[i].client), &challenge, &t->e) ||
            t->e.kind != ERR_USAGE)
            fail_msg("row %zu", i);
    }
}

static void data_of_others_and_without_a_person(void **state) {
    struct testing *t = *state;
    str made = bytes(t, vectors[0].made), data = bytes(t, vectors[0].data);
    struct webauthn_place other = {place.origin, S("example.jp")};
    struct authenticator_data d;
    assert_false(webauthn_data(WEBAUTHN_GET, &other, data, &d, &t->e));
    static const unsigned char flags[] = {0, 1, 4, 1 | 4 | 16};
    for (size_t i = 0; i < sizeof flags; i++) {
        char *p = arena_cstr(t->a, data);
        p[32] = (char)flags[i];
        if (webauthn_data(WEBAUTHN_GET, &place, str_n(p, data.n), &d, &t->e))
            fail_msg("flags %u", flags[i]);
    }
    for (size_t n = 0; n < made.n; n++) { /* cut short anywhere: refused, or the credential is whole */
        char *cut = malloc(n + 1);
        memcpy(cut, made.p, n);
        if (webauthn_data(WEBAUTHN_CREATE, &place, str_n(cut, n), &d, &t->e))
            assert_int_equal(d.credential.n, 32);
        free(cut);
    }
    assert_false(webauthn_data(WEBAUTHN_CREATE, &place, data, &d, &t->e)); /* none was made */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_a_browser_made_is_understood),
        TEST(what_was_changed_is_not_signed),
        TEST(other_pages_and_other_acts),
        TEST(data_of_others_and_without_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
