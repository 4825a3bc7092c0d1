/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in and what follows, from the request to the answer, as browsers and programs ask.
 */
#include "seal/home_testing.h"

#include "serve/app.h"
#include "serve/call.h"
#include "serve/session.h"
#include "serve/throttle.h"
#include "serve/totp.h"
#include "serve/webauthn_testing.h"

enum { NOW = 1800000000 };
#define PASSWORD "correct horse battery"

/* A browser: its cookie and what /me told it to send along; or a program with a token. */
struct client {
    struct app *app;
    struct home_test *x;
    str cookie, csrf, token;
    const char *origin, *site, *host, *version;
    bool secure;
};
struct reply {
    int status;
    struct jv root;
    str text, set_cookie, retry;
};

static struct reply ask(struct client *k, const char *method, const char *path, str body) {
    struct arena *a = k->x->t.a;
    struct answer_header headers[8] = {{0}}, none[] = {{0}};
    unsigned n = 0;
    if (k->cookie.n)
        headers[n++] = (struct answer_header){"Cookie", arena_printf(a, "other=1; %.*s", STR_ARG(k->cookie)).p};
    if (k->csrf.n)
        headers[n++] = (struct answer_header){"X-Akashi-Csrf", arena_cstr(a, k->csrf)};
    if (k->token.n)
        headers[n++] = (struct answer_header){"Authorization", arena_printf(a, "Bearer %.*s", STR_ARG(k->token)).p};
    if (k->version)
        headers[n++] = (struct answer_header){"If-Match", k->version};
    if (k->origin)
        headers[n++] = (struct answer_header){"Origin", k->origin};
    if (k->site)
        headers[n++] = (struct answer_header){"Sec-Fetch-Site", k->site};
    struct asked asked = {.method = method,
                          .path = str_of(path),
                          .body = body,
                          .host = str_of(k->host ? k->host : "akashi.example:8433"),
                          .address = S("192.0.2.7"),
                          .secure = k->secure,
                          .headers = headers,
                          .arguments = none};
    struct answer answer = {0};
    struct reply r = {0};
    struct json doc = {0};
    struct arena *mine = arena_new();
    assert_true(call_answer(k->app, mine, &asked, &answer));
    r.status = answer.status;
    r.text = arena_str(a, answer.body);
    for (const struct answer_header *h = answer.headers; h && h->name; h++) {
        if (strcmp(h->name, "Set-Cookie") == 0)
            r.set_cookie = arena_str(a, str_of(h->value));
        if (strcmp(h->name, "Retry-After") == 0)
            r.retry = arena_str(a, str_of(h->value));
    }
    arena_free(mine);
    if (r.text.n && r.text.p[0] == '{')
        assert_true(json_parse(&k->x->t.ctx, a, r.text, JSON_STRICT, S("answer"), &doc, &k->x->t.e));
    r.root = doc.root;
    return r;
}

static void want(struct reply r, int status, const char *code) {
    if (r.status != status)
        fail_msg("%d, not %d: %.*s", r.status, status, STR_ARG(r.text));
    if (code && !str_ends(j_gets(r.root, "type"), str_of(code)))
        fail_msg("no %s: %.*s", code, STR_ARG(r.text));
}

/* What a browser does with an answer of signing in. */
static void signed_in(struct client *k, struct reply r) {
    want(r, 201, NULL);
    k->cookie = str_upto(r.set_cookie, str_chr(r.set_cookie, ';'));
    k->csrf = j_gets(r.root, "csrf");
    assert_true(k->cookie.n && k->csrf.n);
}

static struct client opened(struct home_test *x) {
    struct client k = {.x = x};
    struct app_plan plan = {.home = x->path, .checks = true};
    home_test_make(x);
    home_test_close(x);
    x->t.ctx.now_fixed = true;
    x->t.ctx.now = NOW;
    if (!app_open(&x->t.ctx, &plan, &k.app, &x->t.e))
        fail_msg("%s: %s", x->t.e.where, x->t.e.what);
    return k;
}
static struct client first(struct home_test *x) {
    struct client k = opened(x);
    signed_in(&k, ask(&k, "POST", "/api/v1/first",
                      arena_printf(x->t.a, "{\"key\":\"%s\",\"user\":\"sato\",\"password\":\"" PASSWORD "\"}",
                                   app_first_key(k.app).p)));
    return k;
}
static struct client another(struct client *k) { return (struct client){.app = k->app, .x = k->x}; }
static str sign_in_as(struct client *k, const char *user, const char *password, const char *code) {
    return arena_printf(k->x->t.a, "{\"user\":\"%s\",\"password\":\"%s\"%s%s%s}", user, password,
                        code ? ",\"code\":\"" : "", code ? code : "", code ? "\"" : "");
}

/* ── the first start ── */

static void the_first_link_is_good_until_there_is_an_administrator(void **state) {
    struct home_test *x = *state;
    struct client k = opened(x), bearer = another(&k);
    struct reply r = ask(&k, "GET", "/api/v1/me", S(""));
    want(r, 200, NULL);
    assert_true(j_true(j_get(r.root, "first")) && !j_ok(j_get(r.root, "user")));
    want(ask(&k, "POST", "/api/v1/first", S("{\"key\":\"x\",\"user\":\"a\",\"password\":\"" PASSWORD "\"}")), 403,
         "first-key");
    bearer.token = app_first_key(k.app);
    want(ask(&bearer, "GET", "/api/v1/users", S("")), 200, NULL);
    str body = arena_printf(x->t.a,
                            "{\"key\":\"%s\",\"user\":\"sato\",\"name\":\"Sato\",\"password\":\"" PASSWORD "\"}",
                            app_first_key(k.app).p);
    want(ask(&k, "POST", "/api/v1/first", S("{\"key\":\"x\",\"user\":\"a\",\"password\":\"" PASSWORD "\"}")), 403,
         "first-key");
    signed_in(&k, ask(&k, "POST", "/api/v1/first", body));
    r = ask(&k, "GET", "/api/v1/me", S(""));
    assert_false(j_ok(j_get(r.root, "first")));
    assert_int_equal(j_len(j_get(r.root, "may")), 7);
    check_str(j_gets(r.root, "name"), "Sato");
    struct client late = another(&k);
    want(ask(&late, "POST", "/api/v1/first", body), 409, "governed");
    want(ask(&bearer, "GET", "/api/v1/users", S("")), 401, "sign-in");
    app_close(k.app);
}

/* ── signing in ── */

static void nobody_learns_which_names_exist(void **state) {
    struct home_test *x = *state;
    struct client k = first(x), b = another(&k);
    struct reply wrong = ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", "not this at all", NULL));
    struct reply unknown = ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "nobody", "not this at all", NULL));
    want(wrong, 401, "sign-in-failed");
    assert_true(str_eq(wrong.text, unknown.text));
    signed_in(&b, ask(&b, "POST", "/api/v1/session", sign_in_as(&b, " Sato", PASSWORD, NULL)));
    assert_true(str_starts(b.cookie, S("akashi=")));
    app_close(k.app);
}

static void failures_are_slowed_down_and_told(void **state) {
    struct home_test *x = *state;
    struct client k = first(x), b = another(&k);
    for (unsigned i = 0; i < 5; i++)
        want(ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", "not this at all", NULL)), 401, NULL);
    struct reply r = ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, NULL));
    want(r, 429, "too-many-attempts");
    check_str(r.retry, "1");
    want(ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "other", "not this at all", NULL)), 401, NULL);
    x->t.ctx.now += 2;
    signed_in(&b, ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, NULL)));
    r = ask(&k, "GET", "/api/v1/audit", S(""));
    want(r, 200, NULL);
    check_str(j_gets(j_at(j_get(r.root, "rows"), 0), "event"), "sign-in-refused");
    app_close(k.app);
}

static void the_cookie_is_for_this_host_alone(void **state) {
    struct home_test *x = *state;
    struct client k = first(x), b = another(&k);
    b.secure = true;
    struct reply r = ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, NULL));
    assert_true(str_starts(r.set_cookie, S("__Host-akashi=")));
    assert_true(str_ends(r.set_cookie, S("; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict; Secure")));
    b.cookie = arena_cat(x->t.a, S("akashi="), str_from(k.cookie, 7)); /* one that anybody on http could have set */
    want(ask(&b, "GET", "/api/v1/sessions", S("")), 401, "sign-in");
    app_close(k.app);
}

static void a_second_factor_is_asked_for(void **state) {
    struct home_test *x = *state;
    struct arena *a = x->t.a;
    struct client k = first(x), b = another(&k);
    struct reply r = ask(&k, "POST", "/api/v1/me/totp", S("{}"));
    want(r, 200, NULL);
    str key = {NULL, 0}, code;
    struct user u;
    bool found;
    assert_true(str_starts(j_gets(r.root, "uri"), S("otpauth://totp/Akashi:sato?secret=")));
    want(ask(&k, "PUT", "/api/v1/me/totp", S("{\"code\":\"12345\"}")), 403, "code");
    MUST(access_begin(app_access(k.app), &x->t.e));
    bool ok = user_by_name(app_access(k.app), a, S("sato"), &found, &u, &x->t.e) &&
              totp_wish(app_access(k.app), a, u.id, &key, &x->t.e); /* the answer has it in base 32 */
    MUST(access_end(app_access(k.app), ok, &x->t.e));
    code = arena_printf(a, "%06u", totp_at(key, NOW / 30, 6));
    r = ask(&k, "PUT", "/api/v1/me/totp", arena_printf(a, "{\"code\":\"%s\"}", code.p));
    want(r, 200, NULL);
    str recovery = j_str(j_at(j_get(r.root, "recovery"), 3));
    r = ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, NULL));
    want(r, 200, NULL);
    check_str(j_gets(r.root, "next"), "totp");
    assert_false(r.set_cookie.p != NULL);
    want(ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, code.p)), 401, "sign-in-failed");
    code = arena_printf(a, "%06u", totp_at(key, NOW / 30 + 1, 6));
    want(ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", "another password", code.p)), 401, NULL);
    signed_in(&b, ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, code.p)));
    b = another(&k);
    signed_in(&b, ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, arena_cstr(a, recovery))));
    b = another(&k);
    want(ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, arena_cstr(a, recovery))), 401, NULL);
    want(ask(&k, "DELETE", "/api/v1/me/totp", S("{\"password\":\"x\"}")), 403, "password");
    want(ask(&k, "DELETE", "/api/v1/me/totp", S("{\"password\":\"" PASSWORD "\"}")), 204, NULL);
    signed_in(&b, ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, NULL)));
    app_close(k.app);
}

/* ── pages of others ── */

static void requests_from_other_pages_are_refused(void **state) {
    struct home_test *x = *state;
    struct client k = first(x);
    static const struct {
        const char *origin, *site;
        bool csrf;
        int status;
    } rows[] = {
        {NULL, NULL, true, 200},
        {"http://akashi.example:8433", "same-origin", true, 200},
        {NULL, NULL, false, 403},
        {"http://akashi.example:8433", "same-origin", false, 403},
        {"http://evil.example", NULL, true, 403},
        {"http://akashi.example", NULL, true, 403},
        {"https://akashi.example:8433", NULL, true, 403},
        {"null", NULL, true, 403},
        {NULL, "cross-site", true, 403},
        {NULL, "same-site", true, 403},
    };
    str csrf = k.csrf;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        k.origin = rows[i].origin;
        k.site = rows[i].site;
        k.csrf = rows[i].csrf ? csrf : S("");
        struct reply r = ask(&k, "PUT", "/api/v1/me", S("{\"lang\":\"ja\"}"));
        if (r.status != rows[i].status)
            fail_msg("row %zu: %d %.*s", i, r.status, STR_ARG(r.text));
    }
    k.site = "cross-site"; /* nobody is signed in by somebody else's page either */
    struct client b = another(&k);
    b.site = "cross-site";
    want(ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "sato", PASSWORD, NULL)), 403, "csrf");
    app_close(k.app);
}

/* The session ends while a form is being filled in: the page learns that, keeps what was typed, and sends it again. */
static void a_form_outlives_its_session(void **state) {
    struct home_test *x = *state;
    struct client k = first(x);
    str body = S("{\"name\":\"typed with care\",\"lang\":\"en\"}");
    x->t.ctx.now += SESSION_IDLE + 1;
    want(ask(&k, "PUT", "/api/v1/me", body), 401, "session-ended");
    str old = k.csrf;
    signed_in(&k, ask(&k, "POST", "/api/v1/session", sign_in_as(&k, "sato", PASSWORD, NULL)));
    str fresh = k.csrf;
    k.csrf = old;
    want(ask(&k, "PUT", "/api/v1/me", body), 403, "csrf");
    k.csrf = fresh;
    struct reply r = ask(&k, "PUT", "/api/v1/me", body);
    want(r, 200, NULL);
    check_str(j_gets(r.root, "name"), "typed with care");
    want(ask(&k, "DELETE", "/api/v1/session", S("")), 204, NULL);
    want(ask(&k, "GET", "/api/v1/sessions", S("")), 401, "session-ended");
    app_close(k.app);
}

/* ── users, tokens ── */

static void users_come_by_invitation(void **state) {
    struct home_test *x = *state;
    struct arena *a = x->t.a;
    struct client k = first(x), b = another(&k);
    struct reply r = ask(&k, "POST", "/api/v1/users",
                         S("{\"login\":\"tanaka\",\"roles\":[{\"role\":\"viewer\",\"party\":\"hospital\"}]}"));
    want(r, 201, NULL);
    str id = j_gets(j_get(r.root, "user"), "id"), key = j_gets(r.root, "invitation");
    assert_true(str_starts(j_gets(r.root, "link"), S("http://akashi.example:8433/#join=")));
    want(ask(&b, "POST", "/api/v1/session", sign_in_as(&b, "tanaka", "", NULL)), 401, NULL);
    want(ask(&b, "POST", "/api/v1/join", arena_printf(a, "{\"key\":\"%.*s\",\"password\":\"short\"}", STR_ARG(key))),
         400, NULL);
    str join = arena_printf(a, "{\"key\":\"%.*s\",\"password\":\"a second long one\"}", STR_ARG(key));
    signed_in(&b, ask(&b, "POST", "/api/v1/join", join));
    want(ask(&b, "POST", "/api/v1/join", join), 403, NULL);
    r = ask(&b, "GET", "/api/v1/me", S(""));
    check_str(j_gets(r.root, "parties"), "hospital:clear");
    assert_int_equal(j_len(j_get(r.root, "may")), 2);
    want(ask(&b, "GET", "/api/v1/users", S("")), 403, "forbidden");
    want(ask(&b, "GET", "/api/v1/audit", S("")), 403, "forbidden");
    str path = arena_printf(a, "/api/v1/users/%.*s", STR_ARG(id));
    want(ask(&k, "PUT", path.p, S("{\"disabled\":true}")), 200, NULL);
    want(ask(&b, "GET", "/api/v1/tokens", S("")), 401, "session-ended");
    want(ask(&k, "PUT", path.p, S("{\"roles\":[{\"role\":\"king\"}]}")), 400, NULL);
    r = ask(&k, "GET", path.p, S(""));
    k.version = arena_cstr(a, j_gets(r.root, "version"));
    r = ask(&k, "GET", "/api/v1/users", S(""));
    check_str(j_gets(j_at(j_get(r.root, "rows"), 1), "version"), k.version); /* the list tells the same one */
    want(ask(&k, "PUT", path.p, S("{\"roles\":[{\"role\":\"viewer\"}]}")), 200, NULL);
    r = ask(&k, "PUT", path.p, S("{\"roles\":[{\"role\":\"admin\"}]}")); /* by the list that was looked at before */
    want(r, 409, "conflict");
    check_str(j_gets(j_at(j_get(j_get(j_get(r.root, "current"), "user"), "roles"), 0), "role"), "viewer");
    k.version = NULL;
    want(ask(&k, "DELETE", path.p, S("")), 204, NULL);
    want(ask(&k, "GET", path.p, S("")), 404, NULL);
    r = ask(&k, "GET", "/api/v1/users", S(""));
    id = j_gets(j_at(j_get(r.root, "rows"), 0), "id");
    want(ask(&k, "DELETE", arena_printf(a, "/api/v1/users/%.*s", STR_ARG(id)).p, S("")), 400, NULL);
    app_close(k.app);
}

static void tokens_may_less_than_their_makers(void **state) {
    struct home_test *x = *state;
    struct arena *a = x->t.a;
    struct client k = first(x), program = another(&k);
    struct reply r = ask(&k, "POST", "/api/v1/tokens", S("{\"name\":\"CI\",\"may\":[\"read\",\"upload\"]}"));
    want(r, 201, NULL);
    program.token = j_gets(r.root, "token");
    str id = j_gets(r.root, "id");
    r = ask(&program, "GET", "/api/v1/me", S(""));
    assert_int_equal(j_len(j_get(r.root, "may")), 2);
    want(ask(&program, "GET", "/api/v1/users", S("")), 403, NULL);
    want(ask(&program, "POST", "/api/v1/tokens", S("{\"name\":\"more\",\"may\":[\"admin\"]}")), 403, NULL);
    want(ask(&k, "POST", "/api/v1/tokens", S("{\"name\":\"no\",\"may\":[\"anybody\"]}")), 400, NULL);
    want(ask(&k, "POST", "/api/v1/tokens", S("{\"name\":\"no\",\"may\":[]}")), 400, NULL);
    r = ask(&k, "POST", "/api/v1/tokens", S("{\"name\":\"part\",\"may\":[\"read\"],\"parties\":\"hospital:green\"}"));
    want(r, 201, NULL);
    struct client part = another(&k);
    part.token = j_gets(r.root, "token");
    r = ask(&part, "GET", "/api/v1/me", S(""));
    check_str(j_gets(r.root, "parties"), "hospital:green");
    want(ask(&k, "DELETE", arena_printf(a, "/api/v1/tokens/%.*s", STR_ARG(id)).p, S("")), 204, NULL);
    want(ask(&program, "GET", "/api/v1/tokens", S("")), 401, NULL);
    r = ask(&k, "GET", "/api/v1/tokens", S(""));
    assert_int_equal(j_int(j_get(r.root, "total"), 0), 1);
    assert_true(str_find(r.text, part.token) == STR_NONE); /* never again */
    app_close(k.app);
}

static void what_changed_is_in_the_log_without_names(void **state) {
    struct home_test *x = *state;
    struct client k = first(x);
    struct reply r = ask(&k, "POST", "/api/v1/users", S("{\"login\":\"tanaka.taro@example.jp\",\"name\":\"Tanaka\"}"));
    want(r, 201, NULL);
    r = ask(&k, "GET", "/api/v1/audit", S(""));
    want(r, 200, NULL);
    static const char *const events[] = {"roles-changed", "user-added", "roles-changed", "user-added"};
    for (size_t i = 0; i < 4; i++)
        check_str(j_gets(j_at(j_get(r.root, "rows"), i), "event"), events[i]);
    assert_true(str_find(r.text, S("anaka")) == STR_NONE && str_find(r.text, S("192.0.2")) == STR_NONE);
    app_close(k.app);
}

/* ── passkeys ── What a browser once made is good here as soon as its challenge is one of ours. */

static void challenge_is_ours(struct client *k, char kind, const char *text, str data) {
    pending_put(app_throttle(k->app), kind, base64url_text(k->x->t.a, str_of(text)), data, k->x->t.ctx.now);
}

static void a_passkey_is_made_and_signs_in(void **state) {
    struct home_test *x = *state;
    struct arena *a = x->t.a;
    const struct vector *v = &vectors[0];
    struct client k = first(x), b = another(&k);
    b.host = k.host = "localhost:8433";
    struct reply r = ask(&k, "POST", "/api/v1/passkeys/options", S("{\"password\":\"wrong\"}"));
    want(r, 403, "password");
    r = ask(&k, "POST", "/api/v1/passkeys/options", S("{\"password\":\"" PASSWORD "\"}"));
    want(r, 200, NULL);
    check_str(j_str(j_get2(j_get(r.root, "publicKey"), "rp", "id")), "localhost");
    str me = j_gets(ask(&k, "GET", "/api/v1/me", S("")).root, "user");
    str made = arena_printf(a,
                            "{\"id\":\"%s\",\"name\":\"key\",\"response\":{\"clientDataJSON\":\"%s\","
                            "\"authenticatorData\":\"%s\",\"publicKey\":\"%s\",\"publicKeyAlgorithm\":%d}}",
                            v->id, v->created, v->made, v->key, (int)v->algorithm);
    str used = arena_printf(a,
                            "{\"id\":\"%s\",\"response\":{\"clientDataJSON\":\"%s\",\"authenticatorData\":\"%s\","
                            "\"signature\":\"%s\"}}",
                            v->id, v->asked, v->data, v->signature);
    want(ask(&k, "POST", "/api/v1/passkeys", made), 403, "challenge"); /* never asked for */
    challenge_is_ours(&k, 'r', "challenge for create", S("u-somebody"));
    want(ask(&k, "POST", "/api/v1/passkeys", made), 403, "challenge"); /* asked for by somebody else */
    challenge_is_ours(&b, 'p', "challenge for get", S(""));
    want(ask(&b, "POST", "/api/v1/session/passkey/verify", used), 401, "sign-in-failed"); /* not known yet */
    challenge_is_ours(&k, 'r', "challenge for create", me);
    want(ask(&k, "POST", "/api/v1/passkeys", made), 201, NULL);
    want(ask(&k, "POST", "/api/v1/passkeys", made), 403, "challenge"); /* once */
    challenge_is_ours(&k, 'r', "challenge for create", me);
    want(ask(&k, "POST", "/api/v1/passkeys", made), 400, NULL); /* it is there */

    want(ask(&b, "POST", "/api/v1/session/passkey/options", S("{}")), 200, NULL);
    want(ask(&b, "POST", "/api/v1/session/passkey/verify", used), 403, "challenge");
    b.host = "evil.example";
    challenge_is_ours(&b, 'p', "challenge for get", S(""));
    want(ask(&b, "POST", "/api/v1/session/passkey/verify", used), 400, NULL); /* of another page */
    b.host = k.host;
    signed_in(&b, ask(&b, "POST", "/api/v1/session/passkey/verify", used));
    b = another(&k);
    b.host = k.host;
    challenge_is_ours(&b, 'p', "challenge for get", S(""));
    want(ask(&b, "POST", "/api/v1/session/passkey/verify", used), 401, "sign-in-failed"); /* the counter stood */
    r = ask(&k, "GET", "/api/v1/passkeys", S(""));
    assert_true(j_true(j_get(j_at(j_get(r.root, "rows"), 0), "lost")));
    r = ask(&k, "GET", "/api/v1/audit", S(""));
    check_str(j_gets(j_at(j_get(r.root, "rows"), 0), "event"), "passkey-lost");
    want(ask(&k, "DELETE", arena_printf(a, "/api/v1/passkeys/%s", v->id).p, S("")), 204, NULL);
    want(ask(&k, "DELETE", arena_printf(a, "/api/v1/passkeys/%s", v->id).p, S("")), 404, NULL);
    app_close(k.app);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(the_first_link_is_good_until_there_is_an_administrator),
        HOME_TEST(nobody_learns_which_names_exist),
        HOME_TEST(failures_are_slowed_down_and_told),
        HOME_TEST(the_cookie_is_for_this_host_alone),
        HOME_TEST(a_second_factor_is_asked_for),
        HOME_TEST(requests_from_other_pages_are_refused),
        HOME_TEST(a_form_outlives_its_session),
        HOME_TEST(users_come_by_invitation),
        HOME_TEST(tokens_may_less_than_their_makers),
        HOME_TEST(what_changed_is_in_the_log_without_names),
        HOME_TEST(a_passkey_is_made_and_signs_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
