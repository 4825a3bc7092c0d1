/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens of programs and sessions of browsers: one's own, and for administrators everybody's (?all).
 */
#include "serve/api_access.h"

enum { DAY = 86400, DAYS = 90, NAME_MOST = 200, TOKENS_MOST = 1000 };

bool api_tokens(struct call *q, struct err *e);
bool api_token_new(struct call *q, struct err *e);
bool api_token_end(struct call *q, struct err *e);
bool api_sessions(struct call *q, struct err *e);
bool api_session_revoke(struct call *q, struct err *e);

/* Whose: one's own, or for an administrator who says so everybody's (absent). */
static str whose(const struct call *q) {
    return call_flag(q, "all") && caller_may(&q->who, MAY_ADMIN) ? (str){NULL, 0} : q->who.user;
}

static void put_time(struct call *q, struct jw *w, const char *name, int64_t t) {
    if (t)
        jw_kstr(w, name, time_rfc3339(q->a, t));
}

/* ── tokens ── */

static void put_token(struct call *q, struct jw *w, const struct token *t) {
    jw_kstr(w, "id", t->id);
    jw_kstr(w, "user", t->user);
    jw_kstr(w, "name", t->name);
    jw_karr(w, "may");
    caller_put_may(w, t->may);
    jw_arr_end(w);
    jw_kstr(w, "parties", t->parties);
    put_time(q, w, "made", t->made);
    put_time(q, w, "used", t->used);
    put_time(q, w, "until", t->until);
}

bool api_tokens(struct call *q, struct err *e) {
    struct tokens all = {0};
    access_lock(app_access(q->app));
    bool ok = tokens_of(app_access(q->app), q->a, whose(q), &all, e);
    access_unlock(app_access(q->app));
    if (!ok)
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < all.n; i++) {
        jw_obj(w);
        put_token(q, w, &all.v[i]);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kint(w, "total", all.n);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_tokens_doc = {
    .answer = "tokens-answer",
    .arguments = (const struct route_argument[]){{"all", "flag", N_("of everybody, for administrators")}, {0}}};

/* A token may do nothing its maker may not; what is not named it may not do. */
static bool read_token(struct call *q, struct token *t, struct err *e) {
    struct jv may = j_get(q->json.root, "may");
    int64_t days = j_int(j_get(q->json.root, "days"), DAYS);
    *t = (struct token){
        .user = q->who.user, .name = api_text(q, "name"), .parties = api_text(q, "parties"), .made = q->ctx->now};
    for (struct jiter it = j_iter(may); j_is_arr(may) && j_next(&it);) {
        enum may m;
        if (!caller_may_word(j_str(it.val), &m))
            return err_set(e, ERR_USAGE, json_place(&q->json, it.val, q->a),
                           _("a token may: read, upload, respond, assess, manage, admin"));
        if (!caller_may_somewhere(&q->who, m))
            return err_set(e, ERR_USAGE, json_place(&q->json, it.val, q->a),
                           _("nobody gives a token what they may not do themselves"));
        t->may |= 1U << m;
    }
    if (!t->may)
        return err_set(e, ERR_USAGE, S("may"), _("a token may: read, upload, respond, assess, manage, admin"));
    if (!t->name.n || t->name.n > NAME_MOST)
        return err_set(e, ERR_USAGE, S("name"), _("a token has a name, so that it is known again"));
    if (days < 1 || days > TOKEN_DAYS_MOST)
        return err_set(e, ERR_USAGE, S("days"), _("a token is good for 1 to %d days"), TOKEN_DAYS_MOST);
    t->until = t->made + days * DAY;
    return true;
}

/* Its parties as reader_parse() understands them: told here, not when the token is used. */
static bool parties_ok(struct call *q, const struct token *t, struct err *e) {
    struct reader r;
    if (!t->parties.p || reader_parse(q->views, q->a, t->parties, &r, e))
        return t->parties.n <= 4000 || err_set(e, ERR_USAGE, S("parties"), _("these are too many parties"));
    return false;
}

bool api_token_new(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct tokens mine = {0};
    struct token t;
    str secret = {NULL, 0};
    if (!read_token(q, &t, e) || !parties_ok(q, &t, e) || !access_begin(x, e))
        return false;
    bool ok = tokens_of(x, q->a, q->who.user, &mine, e) &&
              (mine.n < TOKENS_MOST || err_set(e, ERR_USAGE, S("name"), _("there are too many tokens: end some"))) &&
              token_new(x, q->a, &t, &secret, e);
    struct audit said = {
        .event = "token-made", .user = q->who.user, .by = q->who.user, .token = t.id, .may = t.may, .until = t.until};
    if (!api_end(q, ok, &said, e))
        return false;
    struct jw *w = call_json_as(q, 201);
    jw_obj(w);
    jw_kstr(w, "token", secret);
    put_token(q, w, &t);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_token_new_doc = {
    .answer = "token-answer",
    .body = "token",
    .says = N_("{\"name\",\"may\":[…],\"parties\"?:\"A,B:amber\",\"days\"?}: \"token\" is shown this once")};

/* One's own; an administrator anybody's. */
static str of_whom(const struct call *q) { return caller_may(&q->who, MAY_ADMIN) ? (str){NULL, 0} : q->who.user; }

bool api_token_end(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    bool found = false;
    struct audit said = {.event = "token-ended", .by = q->who.user, .token = call_part(q, 0)};
    if (!access_begin(x, e))
        return false;
    bool ok = token_end(x, call_part(q, 0), of_whom(q), &found, e);
    return api_end_gone(q, ok, found, &said, e);
}
const struct route_doc api_token_end_doc = {.nothing = true};

/* ── sessions ── */

bool api_sessions(struct call *q, struct err *e) {
    struct sessions all = {0};
    access_lock(app_access(q->app));
    bool ok = sessions_of(app_access(q->app), q->a, whose(q), q->ctx->now, &all, e);
    access_unlock(app_access(q->app));
    if (!ok)
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < all.n; i++) {
        const struct session *s = &all.v[i];
        jw_obj(w);
        jw_kstr(w, "id", s->id);
        jw_kstr(w, "user", s->user);
        jw_kstr(w, "how", s->how);
        jw_kstr(w, "agent", s->agent);
        put_time(q, w, "made", s->made);
        put_time(q, w, "used", s->used);
        put_time(q, w, "until", s->until);
        jw_kbool(w, "this", str_eq(s->id, q->who.session));
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kint(w, "total", all.n);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_sessions_doc = {
    .answer = "sessions-answer",
    .arguments = (const struct route_argument[]){{"all", "flag", N_("of everybody, for administrators")}, {0}}};

bool api_session_revoke(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    bool found = false;
    struct audit said = {.event = "sessions-ended", .by = q->who.user};
    if (!access_begin(x, e))
        return false;
    bool ok = session_end(x, call_part(q, 0), of_whom(q), &found, e);
    return api_end_gone(q, ok, found, &said, e);
}
const struct route_doc api_session_revoke_doc = {.nothing = true};
