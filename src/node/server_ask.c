/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "node/server_inner.h"

/* A body may take this long, and a second more for each so many bytes of it. */
enum { BODY_MS = 30000, BYTES_A_SECOND = 8 << 10 };

static void free_buf(void *b) { buf_free(b); }

struct request *request_new(const char *target) {
    struct timespec t;
    struct arena *a = arena_new();
    struct request *x = arena_new_of(a, struct request);
    clock_gettime(CLOCK_MONOTONIC, &t);
    x->a = a;
    x->fd = -1;
    x->since = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
    x->text = arena_str(a, str_upto(str_of(target), TARGET_MOST + 1));
    arena_defer(a, free_buf, &x->body);
    return x;
}

void request_free(struct asking *s, struct request *x) {
    if (x->held)
        atomic_fetch_sub(&s->held, x->held);
    if (x->fd >= 0)
        close(x->fd);
    if (x->q.file.n)
        unlink(x->q.file.p);
    if (x->r.fd > 0 && !x->answered)
        close(x->r.fd);
    arena_free(x->a);
}

/* ── refusing ── */

static const char *refusal(int status) {
    switch (status) {
    case 400: return "this is no request\n";
    case 404: return "not found\n";
    case 405: return "this cannot be done here\n";
    case 413: return "too large\n";
    case 429: return "too many requests wait already; ask again in a moment\n";
    default: return "this did not work; the server's log says why\n";
    }
}

void request_refuse(struct asking *s, struct request *x, int status) {
    static const struct answer_header soon[] = {{"Retry-After", "1"}, {NULL, NULL}};
    x->route = NULL;
    x->refused = status;
    (void)answer_text(&x->r, status, refusal(status));
    if (s->plan->refuse)
        s->plan->refuse(s->plan->of, x->a, &x->q, status, &x->r);
    if (status == 429 && !x->r.headers)
        x->r.headers = soon;
}

/* ── the head ── */

struct head {
    unsigned lengths, codings, hosts;
    bool bad, chunked;
    uint64_t length;
};

static bool is_token(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && !memchr("!#$%&'*+-.^_`|~", s.p[i], 15))
            return false;
    return s.n > 0;
}

static bool is_value(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\t') || s.p[i] == 0x7f)
            return false;
    return true;
}

static void look_at(void *arg, str name, str value) {
    struct head *h = arg;
    if (!is_token(name) || !is_value(value))
        h->bad = true;
    if (str_ieq(name, S("Content-Length"))) {
        h->lengths++;
        h->bad |= !str_u64(value, &h->length);
    } else if (str_ieq(name, S("Transfer-Encoding"))) {
        h->codings++;
        h->chunked = str_ieq(value, S("chunked"));
        h->bad |= !h->chunked;
    } else if (str_ieq(name, S("Host"))) {
        h->hosts++;
    }
}

/* RFC 9112 §6.3: where body and next request begin must be beyond doubt. */
static bool head_is_clear(const struct head *h) { return !h->bad && h->lengths + h->codings <= 1 && h->hosts <= 1; }

/* A length that MHD does not show (folded over two lines, it passes it over) must not make what was meant as a body the
 * next request: what could have had a body and tells of none is the last one on its connection. */
static bool is_unframed(const char *method, const struct head *h) {
    return strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 && h->lengths + h->codings == 0;
}

static bool fits(const struct route *r, str path) {
    return r->below ? str_starts(path, str_of(r->path)) : str_is(path, r->path);
}

static int choose_route(const struct server_plan *plan, struct request *x) {
    bool get = strcmp(x->q.method, "GET") == 0 || strcmp(x->q.method, "HEAD") == 0;
    int refused = 404;
    for (const struct route *r = plan->routes; r->path; r++) {
        if (!fits(r, x->q.path))
            continue;
        refused = 405;
        if (!r->method || strcmp(r->method, get ? "GET" : x->q.method) == 0) {
            x->route = r;
            x->terms = (struct terms){.most = r->most, .at_once = r->at_once};
            return 0;
        }
    }
    return refused;
}

static void see_through_proxies(struct asking *s, struct request *x) {
    const struct server_plan *plan = s->plan;
    struct address client = x->client ? x->client->peer : (struct address){{0}};
    x->q.secure = s->secure;
    x->q.host = asked_header(&x->q, "Host");
    if (nets_have(plan->proxies, plan->n_proxies, &client)) {
        str host = asked_header(&x->q, "X-Forwarded-Host");
        x->q.host = host.n ? host : x->q.host;
        x->q.secure |= str_ieq(asked_header(&x->q, "X-Forwarded-Proto"), S("https"));
        client = address_forwarded(plan->proxies, plan->n_proxies, &client, asked_header(&x->q, "X-Forwarded-For"));
    }
    x->q.address = address_text(x->a, &client);
}

static bool open_file(const struct server_plan *plan, struct request *x) {
    x->q.file = arena_printf(x->a, "%.*s/%.*s", STR_ARG(plan->incoming), STR_ARG(x->q.id));
    x->fd = open(x->q.file.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (x->fd < 0)
        x->q.file = (str){NULL, 0};
    return x->fd >= 0;
}

/* Whether it stays in memory although it may go to a file. */
static bool hold(struct asking *s, struct request *x, const struct head *h) {
    if (!h->lengths || h->length > x->terms.here)
        return false;
    x->held = (size_t)h->length;
    if (atomic_fetch_add(&s->held, x->held) + x->held <= HELD_MOST)
        return true;
    atomic_fetch_sub(&s->held, x->held);
    x->held = 0;
    return false;
}

static void meet(struct asking *s, struct request *x, const struct head *h) {
    const struct server_plan *plan = s->plan;
    const struct route *r = x->route;
    if (r->meet && !r->meet(plan->of, x->a, &x->q, &x->terms, &x->r)) {
        x->route = NULL;
        return;
    }
    if (h->lengths && h->length > x->terms.most)
        request_refuse(s, x, 413);
    else if (x->terms.to_file && !hold(s, x, h) && !open_file(plan, x))
        request_refuse(s, x, 507);
    else if (r->begin)
        x->q.stream = r->begin(plan->of, x->a, &x->q);
}

void request_begin(struct asking *s, struct request *x, const char *method) {
    struct head h = {0};
    x->begun = true;
    x->q.method = arena_cstr(x->a, str_of(method));
    x->q.id = arena_printf(x->a, "%08llx%08llx", s->seed & 0xffffffff, atomic_fetch_add(&s->requests, 1) & 0xffffffff);
    asked_each_header(&x->q, look_at, &h);
    bool clear = head_is_clear(&h), good = target_parse(x->a, x->text, &x->q.target);
    x->q.path = x->q.target.path;
    x->q.raw = x->q.target.raw;
    see_through_proxies(s, x);
    int refused = clear && good ? choose_route(s->plan, x) : 400;
    if (refused)
        request_refuse(s, x, refused);
    else
        meet(s, x, &h);
    bool body = h.chunked || h.length;
    x->closing = !clear || (!x->route && body) || is_unframed(x->q.method, &h);
    client_within(x->client, body && x->route ? BODY_MS : 0);
}

/* ── the body ── */

bool request_take(struct asking *s, struct request *x, str piece) {
    struct err e = {0};
    x->got += piece.n;
    client_until(x->client, x->since / 1000000 + BODY_MS + (int64_t)(x->got / BYTES_A_SECOND) * 1000);
    if (x->route && x->got > x->terms.most) {
        request_refuse(s, x, 413);
        x->closing = true;
    }
    if (!x->route)
        return x->got <= REST_MOST;
    if (x->fd >= 0) {
        if (!fd_write_all(x->fd, piece, x->q.file, &e)) {
            request_refuse(s, x, 507);
            x->closing = true;
        }
    } else if (x->route->more) {
        x->route->more(x->q.stream, piece);
    } else {
        buf_add(&x->body, piece);
    }
    return true;
}

/* ── the answer ── */

void request_answer(struct asking *s, struct request *x) {
    struct err e = {0};
    x->q.body = buf_str(&x->body);
    x->r = (struct answer){.status = 200};
    if (x->route->answer(s->plan->of, x->a, &x->q, &x->r, &e))
        return;
    if (s->plan->problem)
        s->plan->problem(s->plan->of, &e);
    request_refuse(s, x, 500);
}

bool answer_text(struct answer *out, int status, const char *text) {
    *out = (struct answer){.status = status, .type = "text/plain; charset=utf-8", .body = str_of(text)};
    return true;
}
