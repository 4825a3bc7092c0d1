/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole way to an OpenID provider and back, with a provider of our own on the loopback interface.
 */
#include "seal/home_testing.h"

#include "base/cipher.h"
#include "node/server.h"
#include "seal/sig.h"
#include "serve/app.h"
#include "serve/call.h"
#include "serve/oidc.h"
#include "serve/session.h"

enum { NOW = 1800000000 };

/* What the provider is to say next. */
struct provider {
    struct arena *a;
    struct server *server;
    struct privkey *key;
    str issuer, nonce, sub, challenge;
    const char *mail, *groups;
    bool verified, other_key;
    unsigned redeemed;
};

static str url_text(struct arena *a, str s) { return base64url_text(a, s); }

static str id_token(struct provider *p) {
    struct arena *a = p->a;
    unsigned char sig[SIG_MOST];
    size_t n;
    struct err e = {0};
    str claims = arena_printf(a,
                              "{\"iss\":\"%.*s\",\"sub\":\"%.*s\",\"aud\":\"akashi\",\"exp\":%d,\"nonce\":\"%.*s\","
                              "\"email\":\"%s\",\"email_verified\":%s,\"name\":\"Sato Hanako\",\"groups\":[%s]}",
                              STR_ARG(p->issuer), STR_ARG(p->sub), NOW + 300, STR_ARG(p->nonce), p->mail,
                              p->verified ? "true" : "false", p->groups);
    str message = arena_printf(a, "%.*s.%.*s", STR_ARG(url_text(a, S("{\"alg\":\"EdDSA\"}"))),
                               STR_ARG(url_text(a, claims)));
    assert_true(sig_make(p->key, message, sig, &n, &e));
    return arena_printf(a, "%.*s.%.*s", STR_ARG(message), STR_ARG(url_text(a, str_n((char *)sig, n))));
}

static bool json(struct answer *out, str text) {
    *out = (struct answer){.status = 200, .type = "application/json", .body = text};
    return true;
}

static bool discovery(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    struct provider *p = of;
    (void)q, (void)e;
    return json(out, arena_printf(a,
                                  "{\"issuer\":\"%.*s\",\"authorization_endpoint\":\"%.*s/authorize?x=1\","
                                  "\"token_endpoint\":\"%.*s/token\",\"jwks_uri\":\"%.*s/keys\"}",
                                  STR_ARG(p->issuer), STR_ARG(p->issuer), STR_ARG(p->issuer), STR_ARG(p->issuer)));
}
static bool keys(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    struct provider *p = of;
    const struct pubkey *k = privkey_public(p->key);
    (void)q, (void)e;
    return json(out, arena_printf(a, "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%.*s\"}]}",
                                  STR_ARG(url_text(a, str_n((const char *)k->bytes, k->n)))));
}
static str form_value(str body, str name) {
    str field, key, value;
    while (str_next(&body, '&', &field))
        if (str_cut(field, '=', &key, &value) && str_eq(key, name))
            return value;
    return S("");
}
/* Gives the token for the code alone to whoever shows what the challenge was made of. */
static bool token(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    struct provider *p = of;
    unsigned char digest[32];
    (void)e;
    digest_of(DIGEST_SHA256, form_value(q->body, S("code_verifier")), digest);
    bool good = str_is(form_value(q->body, S("code")), "good") &&
                str_eq(url_text(a, str_n((char *)digest, 32)), p->challenge) &&
                str_is(form_value(q->body, S("client_secret")), "s3cret");
    if (!good)
        return answer_text(out, 400, "{}");
    p->redeemed++;
    return json(out, arena_printf(a, "{\"access_token\":\"x\",\"id_token\":\"%.*s\"}", STR_ARG(id_token(p))));
}
static const struct route routes[] = {
    {.method = "GET", .path = "/.well-known/openid-configuration", .answer = discovery},
    {.method = "GET", .path = "/keys", .answer = keys},
    {.method = "POST", .path = "/token", .most = 8192, .answer = token},
    {0},
};

struct setting {
    struct home_test *x;
    struct provider p;
    struct app *app;
};

static void put_settings(struct home_test *x, str issuer, const char *more) {
    str path = path_join(x->t.a, x->path, S("akashi.toml")), old;
    str secret = path_join(x->t.a, x->path, S("oidc-secret"));
    MUST(file_read(&x->t.ctx, x->t.a, path, &old, &x->t.e));
    MUST(file_replace(path,
                      arena_printf(x->t.a,
                                   "%.*s\n[serve.oidc]\nissuer = \"%.*s\"\nclient-id = \"akashi\"\n"
                                   "client-secret-file = \"oidc-secret\"\n%s",
                                   STR_ARG(old), STR_ARG(issuer), more),
                      &x->t.e));
    MUST(file_replace(secret, S("s3cret\n"), &x->t.e));
    assert_int_equal(chmod(secret.p, 0600), 0);
}

static void begin(struct setting *s, struct home_test *x, const char *more) {
    struct server_plan plan = {.listen = S("127.0.0.1:0"), .routes = routes, .of = &s->p};
    struct app_plan app = {.home = x->path, .checks = true};
    *s = (struct setting){.x = x, .p = {.a = x->t.a, .mail = "sato@example.jp", .groups = "", .verified = true}};
    s->p.sub = S("subject-1");
    home_test_make(x);
    home_test_close(x);
    x->t.ctx.now_fixed = true;
    x->t.ctx.now = NOW;
    MUST(privkey_new(SIG_ED25519, &s->p.key, &x->t.e));
    MUST(server_start(&x->t.ctx, &plan, &s->p.server, &x->t.e));
    s->p.issuer = arena_printf(x->t.a, "http://%.*s", STR_ARG(server_address(s->p.server, x->t.a)));
    put_settings(x, s->p.issuer, more);
    MUST(app_open(&x->t.ctx, &app, &s->app, &x->t.e));
}
static void end(struct setting *s) {
    app_close(s->app);
    server_stop(s->p.server);
    privkey_free(s->p.key);
}

struct reply {
    int status;
    str text, location, way, session;
};
static struct reply ask(struct setting *s, const char *path, str cookie, str state, const char *code) {
    struct arena *a = s->x->t.a, *mine = arena_new();
    struct answer_header headers[] = {{"Cookie", arena_cstr(a, cookie)}, {0}};
    struct answer_header arguments[] = {{"state", arena_cstr(a, state)}, {code ? "code" : NULL, code}, {0}};
    struct asked asked = {.method = "GET",
                          .path = str_of(path),
                          .host = S("akashi.example"),
                          .address = S("192.0.2.7"),
                          .headers = headers,
                          .arguments = arguments};
    struct answer answer = {0};
    struct reply r = {0};
    assert_true(call_answer(s->app, mine, &asked, &answer));
    r.status = answer.status;
    r.text = arena_str(a, answer.body);
    for (const struct answer_header *h = answer.headers; h && h->name; h++) {
        str value = arena_str(a, str_of(h->value));
        if (strcmp(h->name, "Location") == 0)
            r.location = value;
        if (strcmp(h->name, "Set-Cookie") == 0 && str_starts(value, S("akashi-oidc=")))
            r.way = str_upto(value, str_chr(value, ';'));
        if (strcmp(h->name, "Set-Cookie") == 0 && str_starts(value, S("akashi=")))
            r.session = str_upto(value, str_chr(value, ';'));
    }
    arena_free(mine);
    return r;
}

/* To the provider, as a browser goes. */
static struct reply leave(struct setting *s, str *state) {
    struct reply r = ask(s, "/api/v1/session/oidc", S(""), S(""), NULL);
    if (r.status != 302)
        fail_msg("%d %.*s", r.status, STR_ARG(r.text));
    str query = str_from(r.location, str_chr(r.location, '?') + 1);
    assert_true(str_starts(r.location, arena_cat(s->x->t.a, s->p.issuer, S("/authorize?x=1&response_type=code&"))));
    assert_true(str_find(query, S("redirect_uri=http%3A%2F%2Fakashi.example%2Fapi%2Fv1%2Fsession%2Foidc%2Freturn")) !=
                STR_NONE);
    check_str(form_value(query, S("code_challenge_method")), "S256");
    *state = form_value(query, S("state"));
    s->p.nonce = form_value(query, S("nonce"));
    s->p.challenge = form_value(query, S("code_challenge"));
    return r;
}
static struct reply there_and_back(struct setting *s) {
    str state;
    struct reply r = leave(s, &state);
    return ask(s, "/api/v1/session/oidc/return", r.way, state, "good");
}
static void came(struct reply r, const char *fragment) {
    if (r.status != 200 || str_find(r.text, str_of(fragment)) == STR_NONE || r.session.n)
        fail_msg("%d %.*s", r.status, STR_ARG(r.text));
}

static void add_user(struct setting *s, const char *name) {
    struct access *x = app_access(s->app);
    struct home_test *t = s->x;
    static const struct grant admin[] = {{USER_ADMIN, S_INIT("")}};
    struct user_change to = {.grants = admin, .n_grants = 1, .disabled = -1};
    str id;
    if (!access_begin(x, &t->t.e))
        fail_msg("%s", t->t.e.what);
    bool ok = user_add(x, t->t.a, str_of(name), S(""), NOW, &id, &t->t.e) && user_change(x, id, &to, &t->t.e);
    if (!access_end(x, ok, &t->t.e))
        fail_msg("%s", t->t.e.what);
}

static void somebody_known_comes_in(void **state) {
    struct setting s;
    begin(&s, *state, "");
    add_user(&s, "sato@example.jp");
    struct reply r = there_and_back(&s);
    assert_true(r.status == 200 && r.session.n > 7);
    assert_true(str_find(r.text, S("0;url=/\"")) != STR_NONE);
    r = ask(&s, "/api/v1/users", r.session, S(""), NULL);
    assert_int_equal(r.status, 200);
    s.p.mail = "new@example.jp"; /* the subject is who it is, whatever the address */
    r = there_and_back(&s);
    assert_true(r.session.n > 7);
    end(&s);
}

static void strangers_stay_outside(void **state) {
    struct setting s;
    begin(&s, *state, "");
    add_user(&s, "sato@example.jp");
    s.p.mail = "other@example.jp";
    came(there_and_back(&s), "#oidc=user");
    s.p.mail = "sato@example.jp";
    s.p.verified = false; /* anybody may enter an address */
    came(there_and_back(&s), "#oidc=user");
    end(&s);
}

static void roles_follow_the_provider(void **state) {
    struct setting s;
    struct user u;
    bool found;
    begin(&s, *state,
          "role-claim = \"groups\"\ncreate = true\n[serve.oidc.roles]\nops = \"responder\"\n"
          "ward = \"viewer@hospital-a\"\n");
    struct home_test *x = s.x;
    came(there_and_back(&s), "#oidc=user"); /* no role, no user */
    s.p.groups = "\"ops\",\"ward\",\"unknown\"";
    assert_true(there_and_back(&s).session.n > 7);
    access_lock(app_access(s.app));
    MUST(user_by_name(app_access(s.app), x->t.a, S("sato@example.jp"), &found, &u, &x->t.e));
    access_unlock(app_access(s.app));
    assert_true(found && u.grants.n == 2);
    check_str(u.shown, "Sato Hanako");
    s.p.groups = "\"ward\"";
    assert_true(there_and_back(&s).session.n > 7);
    access_lock(app_access(s.app));
    MUST(user_by_name(app_access(s.app), x->t.a, S("sato@example.jp"), &found, &u, &x->t.e));
    access_unlock(app_access(s.app));
    assert_true(u.grants.n == 1 && u.grants.v[0].role == USER_VIEWER);
    check_str(u.grants.v[0].party, "hospital-a");
    end(&s);
}

static void ways_that_lead_nowhere(void **state) {
    struct setting s;
    str at;
    begin(&s, *state, "");
    add_user(&s, "sato@example.jp");
    struct reply r = leave(&s, &at);
    came(ask(&s, "/api/v1/session/oidc/return", S(""), at, "good"), "#oidc=again"); /* another browser */
    came(ask(&s, "/api/v1/session/oidc/return", r.way, at, "good"), "#oidc=again"); /* once alone */
    r = leave(&s, &at);
    came(ask(&s, "/api/v1/session/oidc/return", r.way, S("made-up"), "good"), "#oidc=again");
    came(ask(&s, "/api/v1/session/oidc/return", r.way, at, NULL), "#oidc=refused");
    r = leave(&s, &at);
    came(ask(&s, "/api/v1/session/oidc/return", r.way, at, "bad"), "#oidc=provider");
    r = leave(&s, &at);
    s.p.nonce = S("of another sign-in");
    came(ask(&s, "/api/v1/session/oidc/return", r.way, at, "good"), "#oidc=provider");
    r = leave(&s, &at);
    s.x->t.ctx.now += 301;
    came(ask(&s, "/api/v1/session/oidc/return", r.way, at, "good"), "#oidc=again");
    assert_int_equal(s.p.redeemed, 1);
    end(&s);
}

static void settings_that_cannot_be(void **state) {
    struct home_test *x = *state;
    static const char *const rows[] = {
        "[serve.oidc]\nissuer = \"http://example.jp\"\nclient-id = \"a\"\n",
        "[serve.oidc]\nissuer = \"https://example.jp\"\n",
        "[serve.oidc]\nissuer = \"https://example.jp\"\nclient-id = \"a\"\n[serve.oidc.roles]\nx = \"king\"\n",
    };
    struct oidc *o;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MUST(file_replace(path_join(x->t.a, str_of(x->dir), S("akashi.toml")), str_of(rows[i]), &x->t.e));
        if (oidc_open(&x->t.ctx, str_of(x->dir), &o, &x->t.e))
            fail_msg("row %zu", i);
        assert_true(strstr(x->t.e.where, "akashi.toml:") != NULL);
    }
    MUST(file_replace(path_join(x->t.a, str_of(x->dir), S("akashi.toml")), S(""), &x->t.e));
    MUST(oidc_open(&x->t.ctx, str_of(x->dir), &o, &x->t.e));
    assert_null(o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(somebody_known_comes_in), HOME_TEST(strangers_stay_outside),  HOME_TEST(roles_follow_the_provider),
        HOME_TEST(ways_that_lead_nowhere),  HOME_TEST(settings_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
