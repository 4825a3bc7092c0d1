/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/oidc.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/cipher.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/http.h"
#include "base/tree.h"
#include "seal/secret_file.h"
#include "serve/jwt.h"

enum { ANSWER_MOST = 1 << 20, IDLE = 15, FRESH = 3600, PAUSE = 10, ROLES_MOST = 500 };

struct oidc_role {
    str value;
    struct grant grant;
};
struct oidc {
    struct arena *a;
    str issuer, client, secret_file, name, scopes, user_claim, role_claim;
    bool create;
    VEC(struct oidc_role) roles;
    pthread_mutex_t lock; /* over what follows */
    struct http *http;
    struct ctx *ctx;
    struct arena *found; /* discovery and keys */
    str authorize, token, jwks;
    struct json keys;
    int64_t asked, failed;
};

str oidc_name(const struct oidc *o) { return o->name; }
str oidc_issuer(const struct oidc *o) { return o->issuer; }
bool oidc_creates(const struct oidc *o) { return o->create; }
bool oidc_gives_roles(const struct oidc *o) { return o->role_claim.n > 0; }

/* ── settings ── */

static bool bad(const struct json *doc, struct jv at, struct arena *a, const char *what, struct err *e) {
    return err_set(e, ERR_INPUT, json_place(doc, at, a), "%s", what);
}

static bool read_roles(struct oidc *o, const struct json *doc, struct jv roles, struct err *e) {
    for (struct jiter it = j_iter(roles); j_is_obj(roles) && j_next(&it);) {
        str text = j_str(it.val), word = text, party = S("");
        struct grant g = {.party = S("")};
        if (str_cut(text, '@', &word, &party))
            g.party = party;
        if (!user_role_parse(word, &g.role) || o->roles.n == ROLES_MOST)
            return bad(doc, it.val, o->a,
                       _("a role is viewer, engineer, responder, assessor, manager or admin; with @PARTY for what is "
                         "theirs alone"),
                       e);
        *vec_push(o->a, &o->roles) = (struct oidc_role){it.key, g};
    }
    return true;
}

static str or (str s, const char *otherwise) { return s.n ? s : str_of(otherwise); }

/* Plain http is for a provider on this machine alone. */
static bool url_ok(str url) {
    return str_starts(url, S("https://")) || str_starts(url, S("http://127.0.0.1")) ||
           str_starts(url, S("http://localhost")) || str_starts(url, S("http://[::1]"));
}

static bool read_settings(struct oidc *o, str home, const struct json *doc, struct jv t, struct err *e) {
    str file = j_gets(t, "client-secret-file");
    o->issuer = j_gets(t, "issuer");
    o->client = j_gets(t, "client-id");
    o->secret_file = file.n ? path_join(o->a, home, file) : file;
    o->name = or (j_gets(t, "name"), "OpenID");
    o->scopes = or (j_gets(t, "scopes"), "openid profile email");
    o->user_claim = or (j_gets(t, "user-claim"), "email");
    o->role_claim = j_gets(t, "role-claim");
    o->create = j_true(j_get(t, "create"));
    if (!o->client.n || !url_ok(o->issuer))
        return bad(doc, t, o->a, _("[serve.oidc] needs an issuer (https://…) and a client-id"), e);
    return read_roles(o, doc, j_get(t, "roles"), e);
}

bool oidc_open(struct ctx *c, str home, struct oidc **out, struct err *e) {
    struct arena *a = arena_new();
    struct oidc *o = arena_new_of(a, struct oidc);
    struct json doc;
    str text, path = path_join(a, home, S("akashi.toml"));
    *o = (struct oidc){.a = a, .ctx = c};
    *out = NULL;
    pthread_mutex_init(&o->lock, NULL);
    bool ok = file_read(c, a, path, &text, e) && toml_parse(c, a, text, path, &doc, e);
    struct jv t = ok ? j_get2(doc.root, "serve", "oidc") : (struct jv){NULL};
    if (!ok || !j_ok(t) || !read_settings(o, home, &doc, t, e) || !http_open(c, &o->http, e)) {
        oidc_close(o);
        return ok && !j_ok(t);
    }
    *out = o;
    return true;
}

void oidc_close(struct oidc *o) {
    if (!o)
        return;
    http_close(o->http);
    pthread_mutex_destroy(&o->lock);
    arena_free(o->found);
    arena_free(o->a);
}

/* ── what the provider says of itself ── */

static bool get_json(struct oidc *o, struct arena *a, str url, struct json *out, struct err *e) {
    struct http_request r = {.url = url, .most = ANSWER_MOST, .gives_up = true, .idle = IDLE};
    struct http_answer answer;
    if (!http_do(o->http, a, &r, &answer, e))
        return false;
    if (answer.status != 200)
        return err_set(e, ERR_ENV, http_shown(a, url), _("the OpenID provider answered with status %d"), answer.status);
    return json_parse(o->ctx, a, answer.body, JSON_STRICT, http_shown(a, url), out, e);
}

static bool discover(struct oidc *o, struct arena *a, struct err *e) {
    struct json doc;
    str base = str_ends(o->issuer, S("/")) ? str_upto(o->issuer, o->issuer.n - 1) : o->issuer;
    str url = arena_cat(a, base, S("/.well-known/openid-configuration"));
    if (!get_json(o, a, url, &doc, e))
        return false;
    str authorize = j_gets(doc.root, "authorization_endpoint"), token = j_gets(doc.root, "token_endpoint"),
        jwks = j_gets(doc.root, "jwks_uri");
    if (!str_eq(j_gets(doc.root, "issuer"), o->issuer) || !url_ok(authorize) || !url_ok(token) || !url_ok(jwks))
        return err_set(e, ERR_ENV, http_shown(a, url), _("this does not describe the OpenID provider of that issuer"));
    o->authorize = authorize;
    o->token = token;
    o->jwks = jwks;
    return get_json(o, a, jwks, &o->keys, e);
}

/* Anew every hour, or when a key is not known (`again`): providers change their keys. */
static bool know(struct oidc *o, int64_t now, bool again, struct err *e) {
    if (o->found && !again && now < o->asked + FRESH)
        return true;
    if (now < o->failed + PAUSE) /* or everybody who asks would wait for it in turn */
        return err_set(e, ERR_ENV, o->issuer, _("the OpenID provider did not answer just now"));
    struct arena *a = arena_new();
    struct oidc before = *o;
    if (!discover(o, a, e)) {
        o->authorize = before.authorize;
        o->token = before.token;
        o->jwks = before.jwks;
        o->keys = before.keys;
        o->failed = now;
        arena_free(a);
        return false;
    }
    arena_free(o->found);
    o->found = a;
    o->asked = now;
    return true;
}

/* ── the question ── */

static str random_text(struct arena *a) {
    unsigned char bytes[32];
    random_bytes(bytes, sizeof bytes);
    return base64url_text(a, str_n((char *)bytes, sizeof bytes));
}

static void put_argument(struct buf *b, const char *name, str value) {
    buf_addf(b, "%s%s=", b->n && b->p[b->n - 1] != '?' ? "&" : "", name);
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        if (ch_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~')
            buf_addc(b, c);
        else
            buf_addf(b, "%%%02X", (unsigned)(unsigned char)c);
    }
}

bool oidc_ask(struct oidc *o, struct ctx *c, struct arena *a, str redirect, struct oidc_question *q, str *url,
              struct err *e) {
    unsigned char digest[32];
    struct buf b = {0};
    *q = (struct oidc_question){random_text(a), random_text(a), random_text(a)};
    digest_of(DIGEST_SHA256, q->verifier, digest);
    pthread_mutex_lock(&o->lock);
    bool ok = know(o, c->now, false, e);
    if (ok)
        buf_addf(&b, "%.*s%s", STR_ARG(o->authorize), str_chr(o->authorize, '?') == STR_NONE ? "?" : "");
    pthread_mutex_unlock(&o->lock);
    put_argument(&b, "response_type", S("code"));
    put_argument(&b, "client_id", o->client);
    put_argument(&b, "redirect_uri", redirect);
    put_argument(&b, "scope", o->scopes);
    put_argument(&b, "state", q->state);
    put_argument(&b, "nonce", q->nonce);
    put_argument(&b, "code_challenge", base64url_text(a, str_n((char *)digest, sizeof digest)));
    put_argument(&b, "code_challenge_method", S("S256"));
    *url = arena_str(a, buf_str(&b));
    buf_free(&b);
    return ok;
}

/* ── the answer ── */

static bool put_secret(struct oidc *o, struct buf *b, struct err *e) {
    struct secret s = {0};
    if (!o->secret_file.n)
        return true;
    if (!secret_file_read(o->secret_file, 4096, SECRET_PRIVATE, &s, e))
        return false;
    put_argument(b, "client_secret", str_trim(secret_str(&s)));
    secret_free(&s);
    return true;
}

static bool redeem(struct oidc *o, struct arena *a, str redirect, str code, str verifier, str *token, struct err *e) {
    static const struct http_header headers[] = {{S_INIT("Content-Type"), S_INIT("application/x-www-form-urlencoded")},
                                                 {S_INIT("Accept"), S_INIT("application/json")}};
    struct buf b = {0};
    struct http_answer answer;
    struct json doc;
    put_argument(&b, "grant_type", S("authorization_code"));
    put_argument(&b, "code", code);
    put_argument(&b, "redirect_uri", redirect);
    put_argument(&b, "client_id", o->client);
    put_argument(&b, "code_verifier", verifier);
    bool ok = put_secret(o, &b, e);
    struct http_request r = {.method = "POST",
                             .url = o->token,
                             .headers = headers,
                             .n_headers = 2,
                             .body = buf_str(&b),
                             .most = ANSWER_MOST,
                             .gives_up = true,
                             .idle = IDLE};
    ok = ok && http_do(o->http, a, &r, &answer, e);
    wipe(b.p, b.n);
    buf_free(&b);
    if (!ok)
        return false;
    if (answer.status != 200)
        return err_set(e, ERR_INPUT, http_shown(a, o->token), _("the OpenID provider answered with status %d"),
                       answer.status);
    if (!json_parse(o->ctx, a, answer.body, JSON_STRICT, http_shown(a, o->token), &doc, e))
        return false;
    *token = j_gets(doc.root, "id_token");
    return token->n || err_set(e, ERR_INPUT, http_shown(a, o->token), _("the OpenID provider sent no id_token"));
}

static bool has_value(struct jv claim, str value) {
    if (j_is_str(claim))
        return str_eq(j_str(claim), value);
    for (struct jiter it = j_iter(claim); j_is_arr(claim) && j_next(&it);)
        if (str_eq(j_str(it.val), value) && j_is_str(it.val))
            return true;
    return false;
}

static void take_person(const struct oidc *o, struct arena *a, struct jv claims, struct oidc_person *out) {
    bool mail = str_is(o->user_claim, "email");
    *out = (struct oidc_person){.subject = j_gets(claims, "sub"), .shown = j_gets(claims, "name")};
    if (!mail || j_true(j_get(claims, "email_verified"))) /* an address that anybody may enter names nobody */
        out->name = j_getn(claims, o->user_claim).v ? j_str(j_getn(claims, o->user_claim)) : (str){NULL, 0};
    struct jv roles = o->role_claim.n ? j_getn(claims, o->role_claim) : (struct jv){NULL};
    for (uint32_t i = 0; i < o->roles.n; i++)
        if (has_value(roles, o->roles.v[i].value))
            *vec_push(a, &out->grants) = o->roles.v[i].grant;
}

static bool read_token(struct oidc *o, struct ctx *c, struct arena *a, str token, struct json *claims, struct err *e) {
    bool good;
    if (!jwt_read(c, a, token, j_get(o->keys.root, "keys"), &good, claims, e))
        return false;
    if (!good && know(o, c->now, true, e) && !jwt_read(c, a, token, j_get(o->keys.root, "keys"), &good, claims, e))
        return false;
    return good || err_set(e, ERR_INPUT, S("id_token"), _("no key of the OpenID provider signed this"));
}

bool oidc_answer(struct oidc *o, struct ctx *c, struct arena *a, str redirect, str code, const struct oidc_question *q,
                 struct oidc_person *out, struct err *e) {
    struct json claims;
    str token;
    pthread_mutex_lock(&o->lock);
    bool ok = know(o, c->now, false, e) && redeem(o, a, redirect, code, q->verifier, &token, e) &&
              read_token(o, c, a, token, &claims, e) &&
              jwt_fits(&claims, &(struct jwt_wants){o->issuer, o->client, q->nonce, c->now}, e);
    pthread_mutex_unlock(&o->lock);
    if (ok)
        take_person(o, a, claims.root, out);
    return ok;
}

/* ── who that is here ── */

bool oidc_user(struct access *x, struct arena *a, str issuer, str subject, bool *found, struct user *out,
               struct err *e) {
    struct stmt *s;
    if (!ACCESS_ASK(x, "SELECT user FROM outside WHERE issuer = ?1 AND subject = ?2", &s, found, e, B_TEXT(issuer),
                    B_TEXT(subject)))
        return false;
    str id = *found ? arena_str(a, stmt_col_text(s, 0)) : S("");
    stmt_reset(s);
    return !*found || user_by_id(x, a, id, found, out, e);
}

bool oidc_link(struct access *x, str issuer, str subject, str user, struct err *e) {
    return ACCESS_RUN(x, "INSERT OR REPLACE INTO outside (issuer, subject, user) VALUES (?1, ?2, ?3)", e,
                      B_TEXT(issuer), B_TEXT(subject), B_TEXT(user));
}
