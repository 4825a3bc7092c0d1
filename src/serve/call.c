/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/call.h"

#include "base/msg_in.h"
#include "serve/app.h"

/* ── what was asked ── */

bool call_number(struct call *q, const char *name, uint64_t otherwise, uint64_t most, uint64_t *out, struct err *e) {
    str given = call_text(q, name);
    *out = otherwise;
    if (!given.n)
        return true;
    if (str_u64(given, out) && *out <= most)
        return true;
    return err_set(e, ERR_USAGE, str_of(name), _("must be a number up to %llu"), (unsigned long long)most);
}

bool call_flag(const struct call *q, const char *name) {
    str given = call_text(q, name);
    return given.p && (!given.n || str_is(given, "1") || str_is(given, "true") || str_is(given, "yes"));
}

/* ── the answer ── */

struct jw *call_json_as(struct call *q, int status) {
    q->text.n = 0;
    q->w = jw_to(&q->text, call_flag(q, "pretty"));
    *q->out = (struct answer){.status = status, .type = "application/json", .headers = q->out->headers};
    return &q->w;
}
struct jw *call_json(struct call *q) {
    return call_json_as(q, 200);
}

bool call_bytes(struct call *q, const char *type, str body) {
    *q->out = (struct answer){.status = 200, .type = type, .body = body, .headers = q->out->headers};
    return true;
}

bool call_nothing(struct call *q) {
    *q->out = (struct answer){.status = 204, .headers = q->out->headers};
    return true;
}

void call_header(struct call *q, const char *name, const char *value) {
    uint32_t n = 0;
    while (q->out->headers && q->out->headers[n].name)
        n++;
    struct answer_header *more = arena_array(q->a, struct answer_header, n + 2);
    if (n)
        memcpy(more, q->out->headers, n * sizeof *more);
    more[n] = (struct answer_header){name, value};
    q->out->headers = more;
}

static void problem(struct call *q, int status, const char *code, const char *what, const char *where,
                    const char *hint) {
    struct jw *w = call_json_as(q, status);
    q->out->type = "application/problem+json";
    jw_obj(w);
    jw_kstr(w, "type", arena_printf(q->a, "urn:akashi:problem:%s", code));
    jw_kstr(w, "title", str_of(what));
    jw_kint(w, "status", status);
    if (where && *where)
        jw_kstr(w, "where", str_of(where));
    if (hint && *hint)
        jw_kstr(w, "hint", str_of(hint));
    jw_obj_end(w);
}

bool call_refuse(struct call *q, int status, const char *code, const char *what, ...) {
    struct buf b = {0};
    va_list args;
    va_start(args, what);
    buf_addv(&b, what, args);
    va_end(args);
    problem(q, status, code, arena_cstr(q->a, buf_str(&b)), NULL, NULL);
    buf_free(&b);
    return true;
}

bool call_not_found(struct call *q) { return call_refuse(q, 404, "not-found", "%s", _("there is no such thing here")); }

static void failed(struct call *q, const struct err *e) {
    switch (e->kind) {
    case ERR_USAGE:
    case ERR_INPUT: problem(q, 400, "bad-request", e->what, e->where, e->hint); return;
    case ERR_LIMIT: problem(q, 413, "too-large", e->what, e->where, e->hint); return;
    case ERR_NONE:
    case ERR_ENV: break;
    }
    app_problem(q->app, e);
    problem(q, 503, "unavailable", _("this does not work at the moment; the server's log says why"), NULL, NULL);
}

/* ── the way ── */

bool call_append(struct call *q, struct portfolio_add *adds, uint32_t n, struct err *e) {
    struct views *v = NULL;
    bool ok = app_write(q->app, &v, e) && portfolio_append(v->p, q->a, adds, n, e);
    app_write_end(q->app, v);
    return ok;
}

static const char *language(const struct call *q) {
    str asked = call_text(q, "lang"), header = asked_header(q->asked, "Accept-Language");
    return str_istarts(asked.n ? asked : header, S("ja")) ? "ja" : "en";
}

static bool read_body(struct call *q, struct err *e) {
    q->body = q->asked->body;
    return (q->api->flags & (ROUTE_RAW | ROUTE_FILE)) || !q->body.n ||
           json_parse(q->ctx, q->a, q->body, JSON_STRICT, S("body"), &q->json, e);
}

static bool with_views(struct call *q, struct err *e) {
    struct views *v = NULL;
    bool writes = q->api->flags & ROUTE_WRITES, own = false;
    if (!(writes ? app_write(q->app, &v, e) : app_read(q->app, &v, e)))
        return false;
    q->views = v->p;
    q->home = &v->home;
    bool ok = (writes || portfolio_read(v->p, &own, e)) && portfolio_as_of(v->p, call_text(q, "as-of"), &q->when, e) &&
              q->api->answer(q, e);
    if (writes) {
        app_write_end(q->app, v);
    } else {
        portfolio_read_end(v->p, own);
        app_read_end(q->app, v);
    }
    return ok;
}

static bool admitted(struct call *q) {
    if (caller_may(&q->who, q->api->may))
        return true;
    if (q->who.by == CALLER_NOBODY)
        (void)call_refuse(q, 401, "sign-in", "%s", _("sign in first"));
    else
        (void)call_refuse(q, 403, "forbidden", "%s", _("your role does not allow this"));
    return false;
}

static bool handle(struct call *q, struct err *e) {
    str allowed;
    q->api = api_find(q->a, str_of(q->asked->method), q->asked->path, q->parts, &allowed);
    if (!q->api && allowed.p) {
        call_header(q, "Allow", allowed.p);
        return call_refuse(q, 405, "method", "%s", _("this cannot be done here"));
    }
    if (!q->api)
        return call_not_found(q);
    if (!caller_of(q, &q->who, e))
        return false;
    if (!admitted(q))
        return true;
    return read_body(q, e) && ((q->api->flags & ROUTE_AT_ONCE) ? q->api->answer(q, e) : with_views(q, e));
}

static void free_buf(void *b) { buf_free(b); }

bool call_answer(struct app *app, struct arena *a, const struct asked *asked, struct answer *out) {
    struct err e = {0};
    struct ctx *c = arena_new_of(a, struct ctx);
    struct call *q = arena_new_of(a, struct call);
    *c = *app_ctx(app);
    *q = (struct call){.app = app, .a = a, .ctx = c, .asked = asked, .out = out};
    *out = (struct answer){.status = 200, .cache = "no-store"};
    arena_defer(a, free_buf, &q->text);
    q->lang = language(q);
    msg_thread(q->lang);
    if (!handle(q, &e))
        failed(q, &e);
    msg_thread(NULL);
    if (q->text.n)
        out->body = buf_str(&q->text);
    return true;
}
