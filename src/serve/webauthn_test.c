/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"

#include "base/cipher.h"
#include "serve/webauthn.h"
#include "serve/webauthn_testing.h"

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
