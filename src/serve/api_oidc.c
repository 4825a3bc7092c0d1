/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in at an OpenID provider: to it and back, as a browser walks.
 *
 * The way back comes from the provider's page, where a SameSite=Strict cookie is not sent: a cookie of its own, Lax and
 * good for this way alone, ties the answer to the browser that asked. The session's cookie is set by a page of ours
 * that then leads on to the application, so that it is sent from there on.
 */
#include "base/cipher.h"
#include "serve/api_access.h"
#include "serve/oidc.h"

enum { WAY_SECONDS = 300 };
static const char way_cookie[] = "akashi-oidc";

bool api_oidc_ask(struct call *q, struct err *e);
bool api_oidc_return(struct call *q, struct err *e);

static str redirect_of(struct call *q) { return arena_cat(q->a, caller_origin(q), S("/api/v1/session/oidc/return")); }

static void set_way(struct call *q, str value, int seconds) {
    call_header(q, "Set-Cookie",
                arena_printf(q->a, "%s=%.*s; Path=/api/v1/session/oidc; Max-Age=%d; HttpOnly; SameSite=Lax%s",
                             way_cookie, STR_ARG(value), seconds, q->asked->secure ? "; Secure" : "")
                    .p);
}

static bool there_is_none(struct call *q) {
    return call_refuse(q, 404, "not-found", "%s", _("no OpenID provider is set up here"));
}

bool api_oidc_ask(struct call *q, struct err *e) {
    struct oidc *o = app_oidc(q->app);
    struct oidc_question asked;
    str url;
    if (!o)
        return there_is_none(q);
    if (!oidc_ask(o, q->ctx, q->a, redirect_of(q), &asked, &url, e))
        return false;
    pending_put(app_throttle(q->app), 'o', asked.state,
                arena_printf(q->a, "%.*s %.*s", STR_ARG(asked.nonce), STR_ARG(asked.verifier)), q->ctx->now);
    (void)call_nothing(q);
    q->out->status = 302;
    set_way(q, session_csrf(q->a, asked.verifier), WAY_SECONDS); /* nobody else can derive it */
    call_header(q, "Location", url.p);
    return true;
}
const struct route_doc api_oidc_ask_doc = {.nothing = true, .says = N_("302 to the provider; 404 when none is set up")};

/* A page, as a browser stands here: back to the application, with or without a session. */
static bool lead_on(struct call *q, const char *fragment) {
    str page = arena_printf(q->a,
                            "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/%s\">"
                            "<title>Akashi</title><a href=\"/%s\">Akashi</a>\n",
                            fragment, fragment);
    return call_bytes(q, "text/html; charset=utf-8", page);
}
static bool failed(struct call *q, const char *why) {
    set_way(q, S(""), 0);
    return lead_on(q, arena_printf(q->a, "#oidc=%s", why).p);
}

static bool took(struct call *q, struct oidc_question *asked) {
    str data, nonce, verifier, cookie = cookie_of(asked_header(q->asked, "Cookie"), way_cookie);
    asked->state = call_text(q, "state");
    if (!asked->state.n || !pending_take(app_throttle(q->app), q->a, 'o', asked->state, q->ctx->now, &data) ||
        !str_cut(data, ' ', &nonce, &verifier))
        return false;
    asked->nonce = nonce;
    asked->verifier = verifier;
    return same_bytes(cookie, session_csrf(q->a, verifier));
}

/* ── who that is here ── */

struct arriving {
    const struct oidc_person *who;
    struct user user;
    bool known; /* user is set */
    struct audit said[3];
    uint32_t n_said;
};

static void tell(struct arriving *x, const char *event) {
    x->said[x->n_said++] = (struct audit){.event = event, .user = x->user.id, .by = x->user.id, .how = S("oidc")};
}

/* Known by the provider's subject; else by name, once; else made, where that is wished and there is a role. */
static bool find_or_make(struct call *q, struct arriving *x, struct err *e) {
    struct access *s = app_access(q->app);
    struct oidc *o = app_oidc(q->app);
    const struct oidc_person *p = x->who;
    str id;
    if (!oidc_user(s, q->a, oidc_issuer(o), p->subject, &x->known, &x->user, e))
        return false;
    if (x->known || !p->name.n)
        return true;
    if (!user_by_name(s, q->a, p->name, &x->known, &x->user, e))
        return false;
    if (!x->known && oidc_creates(o) && p->grants.n) {
        if (!user_add(s, q->a, p->name, p->shown, q->ctx->now, &id, e) ||
            !user_by_id(s, q->a, id, &x->known, &x->user, e))
            return false;
        tell(x, "user-added");
    }
    if (!x->known)
        return true;
    tell(x, "oidc-linked");
    return oidc_link(s, oidc_issuer(o), p->subject, x->user.id, e);
}

static bool same_grants(const struct user *u, const struct oidc_person *p) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < u->grants.n; i++)
        for (uint32_t k = 0; k < p->grants.n; k++)
            n += u->grants.v[i].role == p->grants.v[k].role && str_eq(u->grants.v[i].party, p->grants.v[k].party);
    return n == u->grants.n && n == p->grants.n;
}

/* Roles follow the provider where it gives them. */
static bool follow_roles(struct call *q, struct arriving *x, struct err *e) {
    static const struct grant none[1];
    const struct oidc_person *p = x->who;
    struct user_change to = {.grants = p->grants.n ? p->grants.v : none, .n_grants = p->grants.n, .disabled = -1};
    if (!x->known || !oidc_gives_roles(app_oidc(q->app)) || same_grants(&x->user, p))
        return true;
    tell(x, "roles-changed");
    x->said[x->n_said - 1].grants = to.grants;
    x->said[x->n_said - 1].n_grants = to.n_grants;
    return user_change(app_access(q->app), x->user.id, &to, e);
}

static bool arrive(struct call *q, const struct oidc_person *who, struct arriving *x, struct err *e) {
    *x = (struct arriving){.who = who};
    return access_begin(app_access(q->app), e) &&
           api_end_all(q, find_or_make(q, x, e) && follow_roles(q, x, e), x->said, x->n_said, e);
}

bool api_oidc_return(struct call *q, struct err *e) {
    struct oidc *o = app_oidc(q->app);
    struct oidc_question asked;
    struct oidc_person who;
    struct arriving x;
    if (!o)
        return there_is_none(q);
    if (!took(q, &asked))
        return failed(q, "again");
    if (!call_text(q, "code").n)
        return failed(q, "refused");
    if (!oidc_answer(o, q->ctx, q->a, redirect_of(q), call_text(q, "code"), &asked, &who, e)) {
        app_problem(q->app, e);
        return failed(q, "provider");
    }
    if (!arrive(q, &who, &x, e)) {
        if (e->kind == ERR_ENV)
            return false;
        app_problem(q->app, e);
        return failed(q, "user");
    }
    if (!x.known || x.user.disabled)
        return failed(q, "user");
    if (!api_begin_session(q, x.user.id, "oidc", e))
        return false;
    set_way(q, S(""), 0);
    return lead_on(q, "");
}
const struct route_doc api_oidc_return_doc = {
    .others = "text/html",
    .arguments = (const struct route_argument[]){{"state", "text", N_("as it was sent")},
                                                 {"code", "text", N_("of the provider")},
                                                 {0}},
    .says = N_("a page that leads on to the application; with #oidc=again|refused|provider|user when it did not work")};
