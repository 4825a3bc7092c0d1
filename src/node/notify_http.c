/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/http.h"
#include "node/notify_channel.h"

/* Who lets a byte drip now and then gets no longer than who is silent. */
enum { ANSWER_MOST = 64 << 10, IDLE_SECONDS = 30, TOTAL_SECONDS = 60 };

/* Seconds of a Retry-After; a date there is not worth the parsing. */
static int64_t wait_of(const struct http_answer *r) {
    uint64_t seconds;
    str text = http_header_of(r, "retry-after");
    return text.p && str_u64(str_trim(text), &seconds) && seconds < 86400 * 7 ? (int64_t)seconds : 0;
}

/* 408 and 425 ask to come again, 429 too; every other 4xx says that this request will never do. */
static bool judge(struct delivering *d, const struct http_answer *r, enum delivery *out, struct err *e) {
    if (r->status >= 200 && r->status < 300) {
        *out = DELIVERED;
        return true;
    }
    bool later = r->status >= 500 || r->status == 408 || r->status == 425 || r->status == 429;
    *out = later ? DELIVERY_LATER : DELIVERY_FINAL;
    d->wait = wait_of(r);
    return err_set(e, ERR_ENV, http_shown(d->a, d->to->url), _("answered with status %d"), r->status);
}

static bool exchange(struct delivering *d, struct http *h, const struct http_request *r, enum delivery *out,
                     struct err *e) {
    struct http_answer answer;
    bool answered = http_do(h, d->a, r, &answer, e);
    if (answered)
        return judge(d, &answer, out, e);
    if (answer.failure == HTTP_TOO_LARGE && answer.status >= 200 && answer.status < 300) { /* an answer all the same */
        *out = DELIVERED;
        return true;
    }
    if (answer.failure == HTTP_REFUSED)
        *out = DELIVERY_FINAL;
    else if (answer.failure != HTTP_TOO_LARGE && answer.handed_over)
        *out = DELIVERY_UNSURE;
    return false;
}

/* On a connection that was kept open libcurl may send again by itself when that was closed meanwhile: a new one for
 * those who must not get it twice. */
static bool post(struct delivering *d, struct http_request *r, struct http **kept, enum delivery *out, struct err *e) {
    struct http *fresh = NULL, **h = kept ? kept : &fresh;
    r->most = ANSWER_MOST;
    r->idle = IDLE_SECONDS;
    r->total = TOTAL_SECONDS;
    r->gives_up = true;
    *out = DELIVERY_LATER;
    bool ok = d->handing(d->of, e) && (*h || http_open(d->ctx, h, e)) && exchange(d, *h, r, out, e);
    http_close(fresh);
    return ok;
}

/* ── webhook: signed, and the same key for each try ── */

/* "t=SECONDS,v1=HEX": HMAC-SHA256 over "SECONDS.BODY", so that neither can be changed nor the request kept for later.
 */
static str signature(struct delivering *d, str body) {
    unsigned char mac[32];
    struct buf b = {0};
    buf_addf(&b, "%lld.", (long long)d->now);
    buf_add(&b, body);
    hmac_sha256(d->key, buf_str(&b), mac);
    buf_free(&b);
    return arena_printf(d->a, "t=%lld,v1=%.*s", (long long)d->now, STR_ARG(hex_text(d->a, mac, 32)));
}

static bool webhook(struct delivering *d, enum delivery *out, struct err *e) {
    struct http_header headers[] = {
        {S("Content-Type"), S("application/json; charset=utf-8")},
        {S("Idempotency-Key"), arena_printf(d->a, "\"%.*s\"", STR_ARG(d->row->key))},
        {S("Akashi-Kind"), d->row->kind},
        {S("Akashi-Signature"), d->key.n ? signature(d, d->row->body) : S("")},
    };
    struct http_request r = {.method = "POST", .url = d->to->url, .headers = headers, .body = d->row->body};
    r.n_headers = d->key.n ? 4 : 3;
    return post(d, &r, d->http, out, e);
}
const struct channel notify_webhook = {.repeats = true, .deliver = webhook};

/* ── chats ── */

/* In Slack's markup only these three characters mean anything to it: without "<" there is no link and no mention that
 * wakes everybody. */
static str escaped(struct arena *a, str text) {
    struct buf b = {0};
    for (size_t i = 0; i < text.n; i++)
        switch (text.p[i]) {
        case '&': buf_addz(&b, "&amp;"); break;
        case '<': buf_addz(&b, "&lt;"); break;
        case '>': buf_addz(&b, "&gt;"); break;
        default: buf_addc(&b, text.p[i]);
        }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static bool post_json(struct delivering *d, struct buf *b, enum delivery *out, struct err *e) {
    struct http_header type = {S("Content-Type"), S("application/json; charset=utf-8")};
    struct http_request r = {.method = "POST", .url = d->to->url, .headers = &type, .n_headers = 1};
    r.body = buf_str(b);
    bool ok = post(d, &r, NULL, out, e);
    buf_free(b);
    return ok;
}

static bool slack(struct delivering *d, enum delivery *out, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    str text = arena_printf(d->a, "%.*s\n%.*s", STR_ARG(d->row->subject), STR_ARG(notify_reading(d)));
    jw_obj(&w);
    jw_kstr(&w, "text", escaped(d->a, text));
    jw_obj_end(&w);
    return post_json(d, &b, out, e);
}
const struct channel notify_slack = {.deliver = slack};

static void text_block(struct jw *w, str text, const char *weight) {
    jw_obj(w);
    jw_kstr(w, "type", S("TextBlock"));
    jw_kstr(w, "text", text);
    jw_kbool(w, "wrap", true);
    jw_kstr(w, "weight", str_of(weight));
    jw_obj_end(w);
}

/* An adaptive card without actions. */
static bool teams(struct delivering *d, enum delivery *out, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kstr(&w, "type", S("message"));
    jw_karr(&w, "attachments");
    jw_obj(&w);
    jw_kstr(&w, "contentType", S("application/vnd.microsoft.card.adaptive"));
    jw_kobj(&w, "content");
    jw_kstr(&w, "type", S("AdaptiveCard"));
    jw_kstr(&w, "version", S("1.4"));
    jw_karr(&w, "body");
    text_block(&w, d->row->subject, "Bolder");
    for (str rest = notify_reading(d), line; str_line(&rest, &line);)
        if (line.n)
            text_block(&w, line, "Default");
    jw_arr_end(&w);
    jw_obj_end(&w);
    jw_obj_end(&w);
    jw_arr_end(&w);
    jw_obj_end(&w);
    return post_json(d, &b, out, e);
}
const struct channel notify_teams = {.deliver = teams};
