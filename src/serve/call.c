/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/call.h"

#include "serve/call_inner.h"

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

void call_problem(struct call *q, int status, const char *code, const char *what, const char *where, const char *hint) {
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
    call_problem(q, status, code, arena_cstr(q->a, buf_str(&b)), NULL, NULL);
    buf_free(&b);
    return true;
}

bool call_not_found(struct call *q) { return call_refuse(q, 404, "not-found", "%s", _("there is no such thing here")); }

bool call_events(struct call *q, size_t (*pull)(void *of, char *to, size_t room), void *of) {
    *q->out = (struct answer){
        .status = 200, .type = "text/event-stream", .headers = q->out->headers, .pull = pull, .pulled = of};
    call_header(q, "X-Accel-Buffering", "no"); /* a proxy in front must not collect them */
    return true;
}
