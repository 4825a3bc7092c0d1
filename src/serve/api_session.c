/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in and out, by password and second factor; the first start; invitations.
 */
#include "base/cipher.h"
#include "serve/api_access.h"
#include "serve/password.h"
#include "serve/totp.h"

bool api_first(struct call *q, struct err *e);
bool api_join(struct call *q, struct err *e);
bool api_session_new(struct call *q, struct err *e);
bool api_session_end(struct call *q, struct err *e);

/* ── changes ── */

bool api_end_all(struct call *q, bool ok, const struct audit *said, uint32_t n, struct err *e) {
    struct portfolio_add *adds = arena_array(q->a, struct portfolio_add, n + 1);
    for (uint32_t i = 0; ok && i < n; i++)
        ok = audit_payload(q->ctx, q->a, &said[i], &adds[i].payload, e);
    ok = ok && (!n || call_append(q, adds, n, e));
    return access_end(app_access(q->app), ok, e);
}
bool api_end(struct call *q, bool ok, const struct audit *said, struct err *e) {
    return api_end_all(q, ok, said, 1, e);
}

bool api_end_gone(struct call *q, bool ok, bool found, const struct audit *said, struct err *e) {
    if (!(found ? api_end(q, ok, said, e) : access_end(app_access(q->app), ok, e)))
        return false;
    return found ? call_nothing(q) : call_not_found(q);
}

/* ── trying ── Each attempt counts before it is looked at, so that many at once are many. */

static bool wait_for(struct call *q, int64_t seconds) {
    if (seconds <= 0)
        return true;
    call_header(q, "Retry-After", arena_printf(q->a, "%lld", (long long)seconds).p);
    (void)call_refuse(q, 429, "too-many-attempts", _("too many attempts: try again in %lld seconds"),
                      (long long)seconds);
    return false;
}

static void tell_refused(struct call *q, str name) {
    struct access *x = app_access(q->app);
    struct err e = {0};
    struct user u;
    bool found = false;
    struct portfolio_add add = {0};
    access_lock(x);
    bool ok = user_by_name(x, q->a, name, &found, &u, &e);
    access_unlock(x);
    struct audit said = {.event = "sign-in-refused", .user = found ? u.id : (str){NULL, 0}, .how = S("password")};
    if (!ok || !audit_payload(q->ctx, q->a, &said, &add.payload, &e) || !call_append(q, &add, 1, &e))
        app_problem(q->app, &e);
}

bool api_may_try(struct call *q, str name) {
    struct throttle *t = app_throttle(q->app);
    str user = arena_lower(q->a, str_trim(str_upto(name, 256))), address = caller_address(q);
    int64_t now = q->ctx->now, wait = name.p ? throttle_wait(t, 'u', user, now, THROTTLE_USER) : 0;
    int64_t more = address.n ? throttle_wait(t, 'a', address, now, THROTTLE_ADDRESS) : 0;
    if (!wait_for(q, wait > more ? wait : more))
        return false;
    bool often = name.p && throttle_failed(t, 'u', user, now, THROTTLE_USER);
    often = (address.n && throttle_failed(t, 'a', address, now, THROTTLE_ADDRESS)) || often;
    if (often)
        tell_refused(q, name);
    return true;
}

void api_tried(struct call *q, str name) {
    throttle_good(app_throttle(q->app), 'u', arena_lower(q->a, str_trim(str_upto(name, 256))));
    throttle_back(app_throttle(q->app), 'a', caller_address(q));
}

/* ── a session ── */

/* Enough of a browser's name for people to tell their sessions apart. */
static str agent(const struct call *q) {
    str s = arena_str(q->a, str_upto(asked_header(q->asked, "User-Agent"), 200));
    char *p = arena_cstr(q->a, s);
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)p[i] < 0x20 || (unsigned char)p[i] > 0x7e)
            p[i] = '?';
    return str_n(p, s.n);
}

bool api_begin_session(struct call *q, str user, const char *how, struct err *e) {
    struct session s = {.user = user, .how = str_of(how), .agent = agent(q)};
    str secret;
    if (!access_begin(app_access(q->app), e))
        return false;
    bool ok = session_new(app_access(q->app), q->a, &s, q->ctx->now, &secret, e);
    if (!access_end(app_access(q->app), ok, e))
        return false;
    caller_set_cookie(q, secret, SESSION_LONGEST);
    return caller_by_session(q, secret, &q->who, e);
}

bool api_welcome(struct call *q, str user, const char *how, struct err *e) {
    return api_begin_session(q, user, how, e) && api_put_me(q, 201, e);
}

/* ── password ── */

/* The same words for an unknown user, a wrong password and a wrong code. */
static bool not_in(struct call *q) {
    return call_refuse(q, 401, "sign-in-failed", "%s", _("name, password or code is not right"));
}

static bool second_factor(struct call *q, const struct user *u, str code, bool *good, struct err *e) {
    struct access *x = app_access(q->app);
    bool recovery = false;
    struct audit said = {.event = "recovery-used", .user = u->id, .by = u->id};
    if (!access_begin(x, e))
        return false;
    bool ok = totp_use(x, q->a, u, code, q->ctx->now, good, &recovery, e);
    return recovery ? api_end(q, ok, &said, e) : access_end(x, ok, e);
}

/* Kept anew when it was kept with smaller parameters; that this fails is no reason to keep somebody out. */
static void keep_better(struct call *q, str user, str password) {
    struct err e = {0};
    str kept;
    if (!password_keep(q->a, password, &kept, &e) || !access_begin(app_access(q->app), &e) ||
        !access_end(app_access(q->app), user_password(app_access(q->app), user, kept, &e), &e))
        app_problem(q->app, &e);
}

bool api_session_new(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    str name = api_text(q, "user"), password = api_text(q, "password"), code = api_text(q, "code");
    struct user u;
    bool found, good, weak;
    if (!name.p || !password.p)
        return err_set(e, ERR_USAGE, S("body"), _("\"user\" and \"password\" are needed"));
    if (!api_may_try(q, name))
        return true;
    access_lock(x);
    bool ok = user_by_name(x, q->a, name, &found, &u, e);
    access_unlock(x);
    if (!ok || !password_check(found && !u.disabled ? u.password : (str){NULL, 0}, password, &good, &weak, e))
        return false;
    if (!good)
        return not_in(q);
    if (u.totp.n && !code.n) {
        throttle_back(app_throttle(q->app), 'u', u.name);
        throttle_back(app_throttle(q->app), 'a', caller_address(q));
        struct jw *w = call_json(q);
        jw_obj(w);
        jw_kstr(w, "next", S("totp"));
        jw_obj_end(w);
        return true;
    }
    if (u.totp.n && !second_factor(q, &u, code, &good, e))
        return false;
    if (!good)
        return not_in(q);
    api_tried(q, name);
    if (weak)
        keep_better(q, u.id, password);
    return api_welcome(q, u.id, u.totp.n ? "totp" : "password", e);
}
const struct route_doc api_session_new_doc = {
    .answer = "session-answer",
    .body = "session",
    .says = N_("{\"user\",\"password\",\"code\"?}: 201 with a cookie and what /me says; {\"next\":\"totp\"} when the "
               "password was right and a code is needed; 401 otherwise, whatever was wrong; 429 after many failures")};

bool api_session_end(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    bool found;
    if (q->who.by == CALLER_SESSION) {
        if (!access_begin(x, e) || !access_end(x, session_end(x, q->who.session, q->who.user, &found, e), e))
            return false;
    }
    caller_set_cookie(q, S(""), 0);
    return call_nothing(q);
}
const struct route_doc api_session_end_doc = {.nothing = true};

/* ── the first start, invitations ── */

static const struct grant everything[] = {{USER_ADMIN, S_INIT("")},
                                          {USER_MANAGER, S_INIT("")},
                                          {USER_ASSESSOR, S_INIT("")},
                                          {USER_RESPONDER, S_INIT("")},
                                          {USER_ENGINEER, S_INIT("")}};
enum { EVERYTHING = sizeof everything / sizeof *everything };

static bool make_first(struct call *q, str kept, str *id, bool *late, struct err *e) {
    struct access *x = app_access(q->app);
    struct user_change to = {.grants = everything, .n_grants = EVERYTHING, .disabled = -1};
    struct audit said[] = {{.event = "user-added", .by = S("first")},
                           {.event = "roles-changed", .by = S("first"), .grants = everything, .n_grants = EVERYTHING}};
    str shown = api_text(q, "name");
    if (!access_begin(x, e))
        return false;
    bool ok = users_governed(x, late, e);
    if (ok && *late)
        return access_end(x, true, e);
    ok = ok && user_add(x, q->a, api_text(q, "user"), shown, q->ctx->now, id, e) && user_change(x, *id, &to, e) &&
         user_password(x, *id, kept, e);
    said[0].user = said[1].user = *id;
    return api_end_all(q, ok, said, 2, e);
}

bool api_first(struct call *q, struct err *e) {
    str kept, id = {NULL, 0}, key = api_text(q, "key");
    bool late = false;
    if (!api_may_try(q, (str){NULL, 0}))
        return true;
    if (!same_bytes(key, app_first_key(q->app)))
        return call_refuse(q, 403, "first-key", "%s",
                           _("this link is not that of the present start: the server prints it when it starts"));
    if (!password_fit(api_text(q, "user"), api_text(q, "password"), e) ||
        !password_keep(q->a, api_text(q, "password"), &kept, e) || !make_first(q, kept, &id, &late, e))
        return false;
    if (late)
        return call_refuse(q, 409, "governed", "%s", _("there is an administrator already"));
    return api_welcome(q, id, "first", e);
}
const struct route_doc api_first_doc = {
    .answer = "me-answer",
    .body = "first",
    .says = N_("{\"key\",\"user\",\"name\"?,\"password\"}: 201 like signing in; 403 for another key, 409 once there is "
               "an administrator")};

bool api_join(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    str kept, key = api_text(q, "key"), password = api_text(q, "password");
    struct user u = {0}, again;
    bool found = false;
    if (!api_may_try(q, (str){NULL, 0}))
        return true;
    access_lock(x);
    bool ok = user_invited(x, q->a, key.p ? key : S(""), q->ctx->now, &found, &u, e);
    access_unlock(x);
    if (!ok)
        return false;
    if (!found)
        return call_refuse(q, 403, "invitation", "%s", _("this invitation was used, replaced, or is too old"));
    if (!password_fit(u.name, password, e) || !password_keep(q->a, password, &kept, e) || !access_begin(x, e))
        return false;
    ok = user_invited(x, q->a, key, q->ctx->now, &found, &again, e) &&
         (!found || (user_password(x, u.id, kept, e) && sessions_end(x, u.id, (str){NULL, 0}, e)));
    struct audit said = {.event = "password-set", .user = u.id, .by = u.id};
    if (!(found ? api_end(q, ok, &said, e) : access_end(x, ok, e)))
        return false;
    if (!found)
        return call_refuse(q, 403, "invitation", "%s", _("this invitation was used, replaced, or is too old"));
    api_tried(q, u.name);
    return u.totp.n ? call_nothing(q) : api_welcome(q, u.id, "invitation", e);
}
const struct route_doc api_join_doc = {
    .answer = "me-answer",
    .nothing = true,
    .body = "join",
    .says = N_("{\"key\",\"password\"}: 201 like signing in, or 204 when a second factor is to be shown by signing in; "
               "403 for a key that is good no more")};
