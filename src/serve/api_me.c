/* SPDX-License-Identifier: Apache-2.0
 *
 * Who I am, and what of that I may change myself.
 */
#include "base/qr.h"
#include "serve/api_access.h"
#include "serve/oidc.h"
#include "serve/password.h"
#include "serve/totp.h"

bool api_me(struct call *q, struct err *e);
bool api_me_change(struct call *q, struct err *e);
bool api_me_password(struct call *q, struct err *e);
bool api_totp_wish(struct call *q, struct err *e);
bool api_totp_confirm(struct call *q, struct err *e);
bool api_totp_drop(struct call *q, struct err *e);

bool api_self(struct call *q, struct user *out, struct err *e) {
    bool found;
    access_lock(app_access(q->app));
    bool ok = user_whole(app_access(q->app), q->a, q->who.user, &found, out, e);
    access_unlock(app_access(q->app));
    if (ok && !found)
        *out = (struct user){.id = q->who.user, .name = q->who.user, .shown = q->who.name};
    return ok;
}

/* ── /me ── */

static void put_at(struct jw *w, const struct caller *c) {
    jw_karr(w, "at");
    for (uint32_t i = 0; i < c->n_at; i++) {
        jw_obj(w);
        jw_kstr(w, "party", c->at[i].party);
        jw_karr(w, "may");
        caller_put_may(w, c->at[i].may);
        jw_arr_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_user(struct call *q, struct jw *w, const struct user *u) {
    const struct caller *c = &q->who;
    jw_kstr(w, "user", c->user);
    jw_kstr(w, "login", u->name);
    jw_kstr(w, "name", c->name);
    jw_kstr(w, "by", c->by == CALLER_SESSION ? S("session") : S("token"));
    jw_kstr(w, "csrf", c->csrf);
    jw_kstr(w, "parties", c->parties);
    if (c->n_at)
        put_at(w, c);
    if (c->until)
        jw_kstr(w, "until", time_rfc3339(q->a, c->until));
    jw_kbool(w, "password", u->password.n > 0);
    jw_kbool(w, "totp", u->totp.n > 0);
    jw_kint(w, "recovery", u->recovery);
    jw_kint(w, "passkeys", u->passkeys);
}

bool api_put_me(struct call *q, int status, struct err *e) {
    struct user u = {0};
    bool governed;
    access_lock(app_access(q->app));
    bool ok = users_governed(app_access(q->app), &governed, e);
    access_unlock(app_access(q->app));
    if (!ok || (q->who.by != CALLER_NOBODY && !api_self(q, &u, e)))
        return false;
    struct jw *w = call_json_as(q, status);
    jw_obj(w);
    if (q->who.by != CALLER_NOBODY)
        put_user(q, w, &u);
    if (q->home)
        jw_kstr(w, "party", q->home->party);
    jw_kstr(w, "lang", q->who.lang.n ? q->who.lang : str_of(q->lang));
    jw_kbool(w, "read-only", app_read_only(q->app));
    jw_karr(w, "may");
    caller_put_may(w, q->who.may);
    jw_arr_end(w);
    if (!governed)
        jw_kbool(w, "first", true);
    jw_karr(w, "ways");
    jw_str(w, S("password"));
    jw_str(w, S("passkey"));
    if (app_oidc(q->app))
        jw_str(w, S("oidc"));
    jw_arr_end(w);
    if (app_oidc(q->app))
        jw_kstr(w, "oidc", oidc_name(app_oidc(q->app)));
    jw_obj_end(w);
    return true;
}

bool api_me(struct call *q, struct err *e) { return api_put_me(q, 200, e); }
const struct route_doc api_me_doc = {
    .answer = "me-answer",
    .says = N_("without \"user\" for nobody; \"csrf\" goes into X-Akashi-Csrf of each writing request of a session; "
               "\"first\" while there is no administrator; \"ways\" to sign in")};

bool api_me_change(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct user_change to = {.shown = api_text(q, "name"), .lang = api_text(q, "lang"), .disabled = -1};
    struct audit said = {.event = "user-changed", .user = q->who.user, .by = q->who.user};
    if (!access_begin(x, e) || !api_end(q, user_change(x, q->who.user, &to, e), &said, e))
        return false;
    if (to.shown.p)
        q->who.name = to.shown;
    if (to.lang.p)
        q->who.lang = to.lang;
    return api_put_me(q, 200, e);
}
const struct route_doc api_me_change_doc = {
    .answer = "me-answer", .body = "me", .says = N_("{\"name\"?,\"lang\"?}: what /me says then")};

/* ── my password ── */

bool api_prove(struct call *q, const struct user *u, bool *refused, struct err *e) {
    bool good = true, weak;
    *refused = false;
    if (!u->password.n)
        return true;
    if (!api_may_try(q, u->name)) {
        *refused = true;
        return true;
    }
    str given = api_text(q, "password");
    if (!password_check(u->password, given.p ? given : S(""), &good, &weak, e))
        return false;
    *refused = !good;
    if (good)
        api_tried(q, u->name);
    else
        (void)call_refuse(q, 403, "password", "%s", _("this is not your password"));
    return true;
}

bool api_me_password(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct user u;
    bool refused;
    str kept, fresh = api_text(q, "new");
    struct audit said = {.event = "password-set", .user = q->who.user, .by = q->who.user};
    if (!api_self(q, &u, e) || !api_prove(q, &u, &refused, e))
        return false;
    if (refused)
        return true;
    if (!password_fit(u.name, fresh, e) || !password_keep(q->a, fresh, &kept, e) || !access_begin(x, e))
        return false;
    bool ok = user_password(x, u.id, kept, e) && sessions_end(x, u.id, q->who.session, e);
    return api_end(q, ok, &said, e) && call_nothing(q);
}
const struct route_doc api_me_password_doc = {
    .nothing = true,
    .body = "password",
    .says = N_("{\"password\",\"new\"}: all other sessions end; 403 when the present one is not right")};

/* ── my second factor ── */

bool api_totp_wish(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct user u;
    struct qr code;
    str key, uri;
    if (!api_self(q, &u, e) || !access_begin(x, e) || !access_end(x, totp_wish(x, q->a, u.id, &key, e), e))
        return false;
    uri = totp_uri(q->a, S("Akashi"), u.name, key);
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "secret", base32_text(q->a, key));
    jw_kstr(w, "uri", uri);
    if (qr_make(q->a, uri, &code))
        jw_kstr(w, "qr", qr_svg(q->a, &code, str_of(_("key for an app that makes codes"))));
    jw_obj_end(w);
    return true;
}
const struct route_doc api_totp_wish_doc = {
    .answer = "totp-answer",
    .body = "nothing",
    .says = N_("a new key, as text, as a link and as a picture; it counts once a code of it was shown with PUT")};

bool api_totp_confirm(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    str codes[RECOVERY_CODES], code = api_text(q, "code");
    bool good = false;
    struct audit said = {.event = "totp-set", .user = q->who.user, .by = q->who.user};
    if (!api_may_try(q, q->who.user) || !access_begin(x, e))
        return q->out->status == 429;
    bool ok = totp_confirm(x, q->a, q->who.user, code.p ? code : S(""), q->ctx->now, &good, codes, e) &&
              (!good || sessions_end(x, q->who.user, q->who.session, e));
    if (!(good ? api_end(q, ok, &said, e) : access_end(x, ok, e)))
        return false;
    if (!good)
        return call_refuse(q, 403, "code", "%s",
                           _("this is not the code of now: is the clock of the telephone right?"));
    api_tried(q, q->who.user);
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "recovery");
    for (unsigned i = 0; i < RECOVERY_CODES; i++)
        jw_str(w, codes[i]);
    jw_arr_end(w);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_totp_confirm_doc = {
    .answer = "recovery-answer",
    .body = "code",
    .says = N_("{\"code\"}: recovery codes, each good once, shown this once; 403 for a wrong code")};

bool api_totp_drop(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct user u;
    bool refused;
    struct audit said = {.event = "totp-removed", .user = q->who.user, .by = q->who.user};
    if (!api_self(q, &u, e) || !api_prove(q, &u, &refused, e))
        return false;
    if (refused)
        return true;
    return access_begin(x, e) && api_end(q, totp_drop(x, u.id, e), &said, e) && call_nothing(q);
}
const struct route_doc api_totp_drop_doc = {
    .nothing = true, .body = "proof", .says = N_("{\"password\"}: 403 when it is not right")};
