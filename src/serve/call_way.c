/* SPDX-License-Identifier: Apache-2.0 */
#include <time.h>

#include "base/msg_in.h"
#include "impact/follow.h"
#include "serve/app.h"
#include "serve/assets.h"
#include "serve/call_inner.h"
#include "serve/limits.h"
#include "serve/metrics.h"
#include "serve/shape.h"

/* A body longer than this is not even read from somebody who shows nothing that says who they are. */
enum { BODY_OF_ANYBODY = 64 << 10, BODY_HERE = 128 << 10 /* ROUTE_SMALL */ };

static void failed(struct call *q, const struct err *e) {
    switch (e->kind) {
    case ERR_USAGE:
    case ERR_INPUT: call_problem(q, 400, "bad-request", e->what, e->where, e->hint); return;
    case ERR_LIMIT: call_problem(q, 413, "too-large", e->what, e->where, e->hint); return;
    case ERR_NONE:
    case ERR_ENV: break;
    }
    app_problem(q->app, e);
    app_look_for_room(q->app);
    if (app_read_only(q->app)) {
        call_problem(q, 503, "read-only", _("the disk is full: only reading works until there is room"), NULL, NULL);
        return;
    }
    if (app_outgrown(q->app)) {
        call_problem(q, 503, "outdated",
                     _("a newer akashi uses this home now: this server has to be started again in that version"), NULL,
                     NULL);
        return;
    }
    call_header(q, "Retry-After", "2");
    call_problem(q, 503, "unavailable", _("this does not work at the moment; the server's log says why"), NULL, NULL);
}

/* ── writing ── */

bool call_append(struct call *q, struct portfolio_add *adds, uint32_t n, struct err *e) {
    for (uint32_t i = 0; i < n; i++)
        adds[i].payload = statement_with_by(q->a, adds[i].payload, q->who.user);
    return app_append(q->app, adds, n, e);
}

bool call_look_again(struct call *q, struct err *e) {
    bool own;
    store_end_read(q->views->store);
    return portfolio_read(q->views, &own, e) && portfolio_refresh(q->views, e) &&
           portfolio_as_of(q->views, call_text(q, "as-of"), &q->when, e);
}

/* ── the head ── */

static const char *language(const struct asked *asked) {
    str chosen = asked_argument(asked, "lang");
    return str_istarts(chosen.n ? chosen : asked_header(asked, "Accept-Language"), S("ja")) ? "ja" : "en";
}

static void free_buf(void *b) { buf_free(b); }

static struct call *call_new(struct app *app, struct arena *a, const struct asked *asked, struct answer *out) {
    struct call *q = arena_new_of(a, struct call);
    *q = (struct call){.app = app, .a = a, .asked = asked, .out = out, .lang = language(asked)};
    *out = (struct answer){.status = 200};
    arena_defer(a, free_buf, &q->text);
    return q;
}

static bool shows_credentials(const struct asked *asked) {
    return asked_header(asked, "Authorization").n || asked_header(asked, "X-Api-Key").n ||
           asked_header(asked, "Cookie").n;
}

static struct visit *visit_of(struct arena *a, const struct asked *asked) {
    struct visit *v = arena_new_of(a, struct visit);
    v->api = api_find(a, str_of(asked->method), asked->raw.p ? asked->raw : asked->path, v->parts, &v->allowed);
    return v;
}

/* What needs neither views nor body is said at once. */
static bool refuse_early(struct call *q, const struct visit *v) {
    if (!v->api && v->allowed.p) {
        call_header(q, "Allow", v->allowed.p);
        return call_refuse(q, 405, "method", "%s", _("this cannot be done here"));
    }
    if (!v->api)
        return asset_answer(assets, q->a, q->asked, q->out) || call_not_found(q);
    if (v->api->may != MAY_ANYBODY && v->api->most > BODY_OF_ANYBODY && !shows_credentials(q->asked))
        return call_refuse(q, 401, "sign-in", "%s", _("sign in first"));
    return false;
}

/* What is static costs us nothing, and a page of it asks for many at once. */
static bool refuse_often(struct call *q, const struct visit *v) {
    unsigned wait;
    bool is_static = v->api ? v->api->flags & ROUTE_AT_ONCE : asset_find(assets, q->asked->path) != NULL;
    if (is_static || limits_admit(app_limits(q->app), q->asked, &wait))
        return false;
    call_header(q, "Retry-After", arena_printf(q->a, "%u", wait).p);
    return call_refuse(q, 429, "too-often", _("too many requests came from here; ask again in %u seconds"), wait);
}

bool call_meet(struct app *app, struct arena *a, struct asked *asked, struct terms *terms, struct answer *out) {
    struct visit *v = visit_of(a, asked);
    struct call *q = call_new(app, a, asked, out);
    asked->state = v;
    msg_thread(q->lang);
    bool refused = refuse_often(q, v) || refuse_early(q, v);
    msg_thread(NULL);
    if (refused) {
        call_finish(q);
        return false;
    }
    terms->most = v->api->most;
    terms->at_once = v->api->flags & ROUTE_AT_ONCE;
    terms->to_file = v->api->flags & ROUTE_FILE;
    terms->here = v->api->flags & ROUTE_SMALL ? BODY_HERE : 0;
    return true;
}

/* ── the way to the handler ── */

bool call_fits(struct call *q, const struct json *doc, struct err *e) {
    const char *shape = q->api->doc->body;
    return !shape || shapes_check(app_shapes(q->app), q->a, shape, doc, e);
}

/* Nothing at all is an object without members. */
static bool read_body(struct call *q, struct err *e) {
    q->body = q->asked->body;
    q->file = q->asked->file;
    if ((q->api->flags & (ROUTE_RAW | ROUTE_FILE)) || (!q->body.n && !q->api->doc->body))
        return true;
    return json_parse(q->ctx, q->a, q->body.n ? q->body : S("{}"), JSON_STRICT, S("body"), &q->json, e) &&
           call_fits(q, &q->json, e);
}

/* A form of another page, or something else sent by mistake, is not read as if it were JSON. */
static bool is_json(struct call *q) {
    str type = asked_header(q->asked, "Content-Type"), rest;
    if (!q->asked->body.n || !type.n || q->api->flags & (ROUTE_RAW | ROUTE_FILE))
        return true;
    (void)str_cut(type, ';', &type, &rest);
    type = str_trim(type);
    if (str_ieq(type, S("application/json")) || str_iends(type, S("+json")))
        return true;
    (void)call_refuse(q, 415, "content-type", "%s", _("this is to be sent as application/json"));
    return false;
}

/* Of one state, as new as it gets when the call begins. */
static bool read_views(struct call *q, struct views *v, struct err *e) {
    bool own = false, ok = portfolio_read(v->p, &own, e);
    if (!ok)
        return false;
    ok = portfolio_refresh(v->p, e) && caller_reader(q, e) &&
         portfolio_as_of(v->p, call_text(q, "as-of"), &q->when, e) && q->api->answer(q, e);
    portfolio_read_end(v->p, own);
    return ok;
}

static bool write_views(struct call *q, struct views *v, struct err *e) {
    return caller_reader(q, e) && portfolio_as_of(v->p, call_text(q, "as-of"), &q->when, e) && q->api->answer(q, e);
}

static bool with_views(struct call *q, struct err *e) {
    struct views *v = NULL;
    bool writes = q->api->flags & ROUTE_WRITES;
    if (!(writes ? app_write(q->app, &v, e) : app_read(q->app, &v, e)))
        return false;
    q->views = v->p;
    q->home = &v->home;
    q->ctx = &v->ctx;
    v->home.by = q->who.user;
    bool ok = writes ? write_views(q, v, e) : read_views(q, v, e);
    if (!ok && e->kind == ERR_ENV)
        v->broken = true;
    if (writes)
        app_write_end(q->app, v);
    else
        app_read_end(q->app, v);
    q->views = NULL;
    q->home = NULL;
    return ok;
}

static bool admitted(struct call *q) {
    bool may = q->api->flags & ROUTE_BY_PARTY ? caller_may_somewhere(&q->who, q->api->may)
                                              : caller_may(&q->who, q->api->may);
    if (may && !caller_forged(q))
        return true;
    if (may)
        (void)call_refuse(q, 403, "csrf", "%s", _("this request came from another page, or from before a new sign-in"));
    else if (q->who.ended) /* the page keeps what was typed, and sends it again after signing in */
        (void)call_refuse(q, 401, "session-ended", "%s", _("the session has ended: sign in again"));
    else if (q->who.by == CALLER_NOBODY)
        (void)call_refuse(q, 401, "sign-in", "%s", _("sign in first"));
    else
        (void)call_refuse(q, 403, "forbidden", "%s", _("your role does not allow this"));
    return false;
}

static bool handle(struct call *q, struct err *e) {
    struct visit *v = q->asked->state ? q->asked->state : visit_of(q->a, q->asked);
    if (refuse_early(q, v))
        return true;
    q->api = v->api;
    memcpy(q->parts, v->parts, sizeof q->parts);
    bool at_once = q->api->flags & ROUTE_AT_ONCE;
    if (at_once && q->api->may == MAY_ANYBODY)
        return q->api->answer(q, e);
    if (!caller_of(q, &q->who, e))
        return false;
    v->user = q->who.user;
    if (q->who.lang.n && !call_text(q, "lang").n) {
        q->lang = str_is(q->who.lang, "ja") ? "ja" : "en";
        msg_thread(q->lang);
    }
    if (!admitted(q))
        return true;
    if (!is_json(q))
        return true;
    return read_body(q, e) && (at_once || q->api->flags & ROUTE_APART ? q->api->answer(q, e) : with_views(q, e));
}

bool call_answer(struct app *app, struct arena *a, const struct asked *asked, struct answer *out) {
    struct err e = {0};
    struct ctx *c = arena_new_of(a, struct ctx);
    struct call *q = call_new(app, a, asked, out);
    *c = *app_ctx(app);
    if (!c->now_fixed)
        c->now = (int64_t)time(NULL);
    q->ctx = c;
    msg_thread(q->lang);
    if (!handle(q, &e))
        failed(q, &e);
    msg_thread(NULL);
    call_finish(q);
    return true;
}

void call_ended(struct app *app, const struct asked *asked, const struct ended *x) {
    const struct visit *v = asked->state;
    metrics_count(app_metrics(app), v ? v->api : NULL, x);
    if (app_access_log(app))
        access_log_write(app_access_log(app), asked, x);
}

void call_refused(struct arena *a, const struct asked *asked, int status, struct answer *out) {
    static const struct {
        int status;
        const char *code, *what;
    } rows[] = {{400, "bad-request", N_("this is no request that a client of ours sends")},
                {413, "too-large", N_("this is more than may be sent here")},
                {429, "busy", N_("too many requests wait already; ask again in a moment")},
                {507, "full", N_("there is no room to keep what was sent")},
                {0, "failed", N_("this does not work at the moment; the server's log says why")}};
    size_t i = 0;
    struct call *q = call_new(NULL, a, asked, out);
    while (rows[i].status && rows[i].status != status)
        i++;
    msg_thread(q->lang);
    (void)call_refuse(q, status, rows[i].code, "%s", _(rows[i].what));
    msg_thread(NULL);
    if (status == 429)
        call_header(q, "Retry-After", "1");
    call_finish(q);
}
