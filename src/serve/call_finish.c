/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/gzip.h"
#include "serve/app.h"
#include "serve/call_inner.h"
#include "serve/shape.h"

/* Scripts, styles and pictures are our own files; nothing of ours is shown within a page of others; whoever is linked
 * to learns nothing of where the link stood. */
#define CONTENT_POLICY                                                                                                 \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "     \
    "'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
#define EVERYWHERE                                                                                                     \
    {"Content-Security-Policy", CONTENT_POLICY}, {"Referrer-Policy", "no-referrer"},                                   \
        {"Cross-Origin-Opener-Policy", "same-origin"}, {"Cross-Origin-Resource-Policy", "same-origin"},                \
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}, {                                          \
        "X-Frame-Options", "DENY"                                                                                      \
    }

const struct answer_header *call_every_header(bool tls) {
    static const struct answer_header plain[] = {EVERYWHERE, {NULL, NULL}};
    static const struct answer_header secured[] = {
        EVERYWHERE, {"Strict-Transport-Security", "max-age=31536000"}, {NULL, NULL}};
    return tls ? secured : plain;
}

/* "If-None-Match: W/"a", "b"", or "*". */
static bool has_tag(str header, str tag) {
    str one;
    while (str_next(&header, ',', &one)) {
        one = str_trim(one);
        if (str_is(one, "*") || str_eq(one, tag))
            return true;
    }
    return false;
}

/* Whoever has these bytes already is told so. A handler that says how long its answer may be kept tags it, too. */
static void tag(struct call *q) {
    unsigned char hash[DIGEST_MOST];
    struct answer *r = q->out;
    digest_of(DIGEST_SHA256, r->body, hash);
    str mark = arena_printf(q->a, "W/\"%.*s\"", STR_ARG(hex_text(q->a, hash, 12)));
    r->cache = "private, no-cache";
    call_header(q, "ETag", mark.p);
    if (!has_tag(asked_header(q->asked, "If-None-Match"), mark))
        return;
    r->status = 304;
    r->type = NULL;
    r->body = S("");
}

/* "gzip;q=0" means that it is not wanted. */
static bool accepts(str header, const char *coding) {
    str one, name, value;
    while (str_next(&header, ',', &one)) {
        if (!str_cut(one, ';', &name, &value))
            value = S("");
        if (str_ieq(str_trim(name), str_of(coding)))
            return !str_is(str_trim(value), "q=0") && !str_starts(str_trim(value), S("q=0.0"));
    }
    return false;
}

static str zstd_text(struct call *q, str text) {
    struct squeezer *z = app_squeezer(q->app);
    char *to = arena_room(q->a, text.n);
    size_t n = squeeze_into(z, text, to, text.n);
    app_squeezer_end(q->app, z);
    return n ? str_n(to, n) : (str){NULL, 0};
}

/* Text of our own, as the client can read it. */
static void shorten(struct call *q) {
    enum { WORTH = 1024 };
    struct answer *r = q->out;
    str accepted = asked_header(q->asked, "Accept-Encoding");
    if (r->body.n < WORTH || !q->app || r->status == 304)
        return;
    call_header(q, "Vary", "Accept-Encoding");
    bool zstd = accepts(accepted, "zstd");
    str packed = zstd ? zstd_text(q, r->body) : accepts(accepted, "gzip") ? gzip_text(q->a, r->body) : (str){NULL, 0};
    if (!packed.p)
        return;
    r->body = packed;
    call_header(q, "Content-Encoding", zstd ? "zstd" : "gzip");
}

/* What does not fit is a fault of ours, which a test is to see. */
static void check(struct call *q) {
    struct err e = {0};
    const struct answered x = {q->out->status, str_of(q->out->type ? q->out->type : ""), q->out->body};
    if (!shapes_answer(app_shapes(q->app), app_ctx(q->app), q->a, q->api->doc, &x, &e))
        call_problem(q, 500, "answer", e.what, e.where, q->api->doc->answer);
    q->out->body = q->text.n ? buf_str(&q->text) : q->out->body;
}

void call_finish(struct call *q) {
    struct answer *r = q->out;
    if (q->text.n && !r->body.n)
        r->body = buf_str(&q->text);
    if (q->app && q->api && app_checks(q->app))
        check(q);
    bool json = r->type && strcmp(r->type, "application/json") == 0, get = str_is(str_of(q->asked->method), "GET");
    if (!r->cache && json && get && r->status == 200)
        tag(q);
    if (!r->cache)
        r->cache = "no-store";
    if (json)
        shorten(q);
}
