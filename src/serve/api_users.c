/* SPDX-License-Identifier: Apache-2.0
 *
 * Users, for administrators.
 */
#include "base/digest.h"
#include "serve/api_access.h"
#include "serve/version.h"

enum { INVITATION = 7 * 86400, GRANTS_MOST = 1000 };

bool api_users(struct call *q, struct err *e);
bool api_user(struct call *q, struct err *e);
bool api_user_add(struct call *q, struct err *e);
bool api_user_change(struct call *q, struct err *e);
bool api_user_remove(struct call *q, struct err *e);
bool api_user_invite(struct call *q, struct err *e);

bool api_grants(struct call *q, bool *given, struct grants *out, struct err *e) {
    struct jv roles = j_get(q->json.root, "roles");
    *given = j_ok(roles);
    out->v = arena_array(q->a, struct grant, 1); /* an empty list is one */
    out->cap = 1;
    for (struct jiter it = j_iter(roles); j_is_arr(roles) && j_next(&it);) {
        struct grant g = {.party = j_gets(it.val, "party")};
        if (!user_role_parse(j_gets(it.val, "role"), &g.role) || out->n == GRANTS_MOST)
            return err_set(e, ERR_USAGE, json_place(&q->json, it.val, q->a),
                           _("a role is {\"role\":\"viewer|engineer|responder|assessor|manager|admin\",\"party\"?}"));
        if (str_chr(g.party, ',') != STR_NONE || str_chr(g.party, ':') != STR_NONE)
            return err_set(e, ERR_USAGE, json_place(&q->json, it.val, q->a), _("this is no id of a party"));
        *vec_push(q->a, out) = g;
    }
    return true;
}

static void put_members(struct call *q, struct jw *w, const struct user *u) {
    jw_kstr(w, "id", u->id);
    jw_kstr(w, "login", u->name);
    jw_kstr(w, "name", u->shown);
    jw_kstr(w, "lang", u->lang);
    jw_kstr(w, "clearance", u->clearance);
    jw_kbool(w, "disabled", u->disabled);
    jw_kbool(w, "password", u->password.n > 0);
    jw_kbool(w, "invited", u->invited);
    jw_kbool(w, "totp", u->totp.n > 0);
    jw_kint(w, "passkeys", u->passkeys);
    jw_kstr(w, "made", time_rfc3339(q->a, u->made));
    jw_karr(w, "roles");
    for (uint32_t i = 0; i < u->grants.n; i++) {
        jw_obj(w);
        jw_kstr(w, "role", str_of(user_role_words[u->grants.v[i].role]));
        if (u->grants.v[i].party.n)
            jw_kstr(w, "party", u->grants.v[i].party);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_user(struct call *q, struct jw *w, const struct user *u) {
    jw_obj(w);
    put_members(q, w, u);
    jw_obj_end(w);
}

/* Another text after each change of what is shown. */
static str version_of(struct call *q, const struct user *u) {
    unsigned char hash[DIGEST_MOST];
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    put_user(q, &w, u);
    digest_of(DIGEST_SHA256, buf_str(&b), hash);
    buf_free(&b);
    return hex_text(q->a, hash, 12);
}

bool api_users(struct call *q, struct err *e) {
    struct users all = {0};
    access_lock(app_access(q->app));
    bool ok = users_all(app_access(q->app), q->a, &all, e);
    access_unlock(app_access(q->app));
    if (!ok)
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < all.n; i++) {
        jw_obj(w);
        put_members(q, w, &all.v[i]);
        jw_kstr(w, "version", version_of(q, &all.v[i]));
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kint(w, "total", all.n);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_users_doc = {.answer = "users-answer",
                                        .says = N_("the \"version\" of each goes into If-Match of a change")};

static void put_whole(struct call *q, struct jw *w, const struct user *u) {
    jw_key(w, S("user"));
    put_user(q, w, u);
    jw_kstr(w, "version", version_of(q, u));
}

static bool put_current(struct call *q, struct jw *w, const void *of, struct err *e) {
    (void)e;
    jw_obj(w);
    put_whole(q, w, of);
    jw_obj_end(w);
    return true;
}

/* *found false: the answer was made. */
static bool find(struct call *q, str id, bool *found, struct user *u, struct err *e) {
    access_lock(app_access(q->app));
    bool ok = user_whole(app_access(q->app), q->a, id, found, u, e);
    access_unlock(app_access(q->app));
    if (ok && !*found)
        (void)call_not_found(q);
    return ok;
}

static bool show(struct call *q, str id, int status, str invite, struct err *e) {
    struct user u;
    bool found;
    if (!find(q, id, &found, &u, e) || !found)
        return found;
    struct jw *w = call_json_as(q, status);
    jw_obj(w);
    put_whole(q, w, &u);
    if (invite.n) {
        jw_kstr(w, "invitation", invite);
        jw_kstr(w, "link", arena_printf(q->a, "%.*s/#join=%.*s", STR_ARG(caller_origin(q)), STR_ARG(invite)));
    }
    jw_obj_end(w);
    return true;
}

bool api_user(struct call *q, struct err *e) {
    struct user u;
    bool found;
    if (!find(q, call_part(q, 0), &found, &u, e))
        return false;
    return !found || show(q, u.id, 200, (str){NULL, 0}, e);
}
const struct route_doc api_user_doc = {.answer = "user-answer"};

bool api_user_add(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct user_change to = {.lang = api_text(q, "lang"), .clearance = api_text(q, "clearance"), .disabled = -1};
    struct grants roles = {0};
    str id = {NULL, 0}, key = {NULL, 0};
    bool given;
    if (!api_grants(q, &given, &roles, e) || !access_begin(x, e))
        return false;
    to.grants = roles.v;
    to.n_grants = roles.n;
    bool ok = user_add(x, q->a, api_text(q, "login"), api_text(q, "name"), q->ctx->now, &id, e) &&
              user_change(x, id, &to, e) && user_invite(x, q->a, id, q->ctx->now + INVITATION, &key, e);
    struct audit said[] = {
        {.event = "user-added", .user = id, .by = q->who.user},
        {.event = "roles-changed", .user = id, .by = q->who.user, .grants = roles.v, .n_grants = roles.n}};
    return api_end_all(q, ok, said, 2, e) && show(q, id, 201, key, e);
}
const struct route_doc api_user_add_doc = {
    .answer = "user-answer",
    .body = "user",
    .says = N_(
        "{\"login\",\"name\"?,\"lang\"?,\"clearance\"?,\"roles\"?}: the user, and a link by which they set their "
        "password within a week: shown this once")};

/* What the change means, as statements. */
static uint32_t told(const struct call *q, str id, const struct user_change *to, struct audit out[3]) {
    uint32_t n = 0;
    if (to->shown.p || to->lang.p || to->clearance.p)
        out[n++] = (struct audit){.event = "user-changed"};
    if (to->disabled >= 0)
        out[n++] = (struct audit){.event = to->disabled ? "user-disabled" : "user-enabled"};
    if (to->grants)
        out[n++] = (struct audit){.event = "roles-changed", .grants = to->grants, .n_grants = to->n_grants};
    for (uint32_t i = 0; i < n; i++) {
        out[i].user = id;
        out[i].by = q->who.user;
    }
    return n;
}

bool api_user_change(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct jv disabled = j_get(q->json.root, "disabled");
    struct user_change to = {.shown = api_text(q, "name"),
                             .lang = api_text(q, "lang"),
                             .clearance = api_text(q, "clearance"),
                             .disabled = j_is_bool(disabled) ? j_true(disabled) : -1};
    struct grants roles = {0};
    struct audit said[3];
    struct user u;
    bool given, found;
    if (!find(q, call_part(q, 0), &found, &u, e) || !api_grants(q, &given, &roles, e))
        return false;
    if (!found)
        return true;
    if (given) {
        to.grants = roles.v;
        to.n_grants = roles.n;
    }
    uint32_t n = told(q, u.id, &to, said);
    if (!access_begin(x, e))
        return false;
    bool ok = user_whole(x, q->a, u.id, &found, &u, e); /* nobody changes it from here on */
    if (ok && found && !call_is_current(q, version_of(q, &u)))
        return access_end(x, true, e) &&
               call_conflict(q, _("somebody changed this user meanwhile"), put_current, &u, e);
    return api_end_all(q, ok && user_change(x, u.id, &to, e), said, n, e) && show(q, u.id, 200, (str){NULL, 0}, e);
}
const struct route_doc api_user_change_doc = {
    .answer = "user-answer",
    .body = "user-change",
    .says = N_(
        "{\"name\"?,\"lang\"?,\"clearance\"?,\"disabled\"?,\"roles\"?}: what is given replaces what was; refused "
        "when nobody would be administrator. \"version\" goes into If-Match: 409 when it is an older one")};

bool api_user_remove(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct user u;
    bool found;
    if (!find(q, call_part(q, 0), &found, &u, e))
        return false;
    struct audit said = {.event = "user-removed", .user = u.id, .by = q->who.user};
    return !found || (access_begin(x, e) && api_end(q, user_remove(x, u.id, e), &said, e) && call_nothing(q));
}
const struct route_doc api_user_remove_doc = {
    .nothing = true,
    .says = N_("their name is forgotten; the log keeps their id. Refused when nobody would be administrator")};

bool api_user_invite(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct user u;
    bool found;
    str key = {NULL, 0};
    int64_t until = q->ctx->now + INVITATION;
    if (!find(q, call_part(q, 0), &found, &u, e))
        return false;
    struct audit said = {.event = "invited", .user = u.id, .by = q->who.user, .until = until};
    return !found || (access_begin(x, e) && api_end(q, user_invite(x, q->a, u.id, until, &key, e), &said, e) &&
                      show(q, u.id, 201, key, e));
}
const struct route_doc api_user_invite_doc = {
    .answer = "user-answer",
    .body = "nothing",
    .says = N_("a link by which they set a new password within a week; the one before it is good no more")};
