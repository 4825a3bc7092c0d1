/* SPDX-License-Identifier: Apache-2.0 */
#include "base/http.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/curl_calls.h"
#include "base/file.h"

enum { CONNECT_SECONDS = 30, REDIRECTS = 5, IDLE_SECONDS = 60, HEADERS_MOST = 256, PAGE_MOST = 64 << 10 };

struct http {
    struct ctx *c;
    struct curl_calls k;
    CURL *curl;
};

/* One exchange under way. */
struct exchange {
    struct http *h;
    struct arena *a;
    const struct http_request *r;
    struct http_answer *answer;
    struct buf body;
    uint64_t got, most, sent;
    off_t body_from;
    int into;
    bool begun;
    struct err stopped;
    char error[CURL_ERROR_SIZE];
};

bool http_open(struct ctx *c, struct http **out, struct err *e) {
    struct http *h = calloc(1, sizeof *h);
    *out = NULL;
    if (!h || !curl_begin(&h->k, &h->curl, e)) {
        free(h);
        return false;
    }
    h->c = c;
    *out = h;
    return true;
}

void http_close(struct http *h) {
    if (!h)
        return;
    curl_end(&h->k, h->curl);
    free(h);
}

/* ── addresses for people ── */

static bool looks_secret(str name) {
    static const char *const words[] = {"sig", "token", "key", "secret", "passw", "credential", "auth"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = 0; at < name.n; at++)
            if (str_istarts(str_from(name, at), str_of(words[i])))
                return true;
    return false;
}

static void show_query(struct buf *b, str query) {
    str part;
    for (char sep = '?'; str_next(&query, '&', &part); sep = '&') {
        str name, value;
        bool has = str_cut(part, '=', &name, &value);
        buf_addc(b, sep);
        buf_add(b, has ? name : part);
        if (has)
            buf_addc(b, '=');
        buf_add(b, has && looks_secret(name) ? S("…") : value);
    }
}

str http_shown(struct arena *a, str url) {
    struct buf b = {0};
    str rest = url, query;
    size_t scheme = str_find(url, S("://"));
    if (scheme != STR_NONE) {
        buf_add(&b, str_upto(url, scheme + 3));
        rest = str_from(url, scheme + 3);
    }
    size_t end = 0;
    while (end < rest.n && !strchr("/?#", rest.p[end]))
        end++;
    size_t at = str_rchr(str_upto(rest, end), '@');
    rest = str_from(rest, at == STR_NONE ? 0 : at + 1);
    bool asks = str_cut(rest, '?', &rest, &query);
    buf_add(&b, rest);
    if (asks)
        show_query(&b, query);
    str shown = arena_str(a, buf_str(&b));
    buf_free(&b);
    return shown;
}

/* What libcurl says of a failure may quote the address; nothing secret of it is passed on. */
static const char *reason(struct exchange *x, CURLcode code) {
    const char *said = x->error[0] ? x->error : x->h->k.strerror(code);
    str shown = http_shown(x->a, x->r->url);
    bool same = str_eq(shown, x->r->url);
    return same || str_chr(str_of(said), '@') == STR_NONE ? said : x->h->k.strerror(code);
}

/* ── the answer ── */

static size_t on_header(char *p, size_t size, size_t n, void *arg) {
    struct exchange *x = arg;
    str line = str_trim(str_n(p, size * n)), name, value;
    if (str_starts(line, S("HTTP/"))) { /* a new answer, after a redirect or an interim one */
        x->answer->headers.n = 0;
        x->body.n = 0;
        x->got = 0;
    } else if (str_cut(line, ':', &name, &value) && x->answer->headers.n < HEADERS_MOST)
        *vec_push(x->a, &x->answer->headers) = (struct http_header){arena_lower(x->a, str_trim(name)),
                                                                    arena_str(x->a, str_trim(value))};
    return size * n;
}

static int status_of(struct exchange *x) {
    long status = 0;
    x->h->k.getinfo(x->h->curl, CURLINFO_RESPONSE_CODE, &status);
    return (int)status;
}

static bool wanted(int status) { return status == 200 || status == 206; }

static bool stop(struct exchange *x, enum http_failure why) {
    x->answer->failure = why;
    return false;
}

static bool begin(struct exchange *x) {
    x->begun = true;
    x->answer->status = status_of(x);
    return !x->r->begin || x->r->begin(x->r->of, x->answer, &x->into, &x->stopped) || stop(x, HTTP_STOPPED);
}

static bool take(struct exchange *x, str piece) {
    bool good = wanted(status_of(x));
    if (good && !x->begun && !begin(x))
        return false;
    x->got += piece.n;
    if (!good && x->into > 0) {
        buf_add(&x->body, str_upto(piece, PAGE_MOST - (x->body.n < PAGE_MOST ? x->body.n : PAGE_MOST)));
        return true;
    }
    if (x->got > x->most)
        return stop(x, HTTP_TOO_LARGE);
    if (x->into > 0)
        return fd_write_all(x->into, piece, S(""), &x->stopped) || stop(x, HTTP_STOPPED);
    buf_add(&x->body, piece);
    return true;
}

static size_t on_body(char *p, size_t size, size_t n, void *arg) {
    return take(arg, str_n(p, size * n)) ? size * n : 0;
}

/* ── the request ── */

static size_t on_read(char *to, size_t size, size_t n, void *arg) {
    struct exchange *x = arg;
    uint64_t whole = x->r->body_fd > 0 ? x->r->body_size : x->r->body.n, left = whole - x->sent;
    size_t want = size * n < left ? size * n : (size_t)left;
    if (x->r->body_fd > 0) {
        ssize_t got = pread(x->r->body_fd, to, want, x->body_from + (off_t)x->sent);
        if (got < 0 || (got == 0 && want)) {
            err_errno(&x->stopped, S(""), _("cannot read"));
            stop(x, HTTP_STOPPED);
            return CURL_READFUNC_ABORT;
        }
        want = (size_t)got;
    } else if (want)
        memcpy(to, x->r->body.p + x->sent, want);
    x->sent += want;
    return want;
}

/* After a connection that was kept turned out to be closed, the body is sent again from its start. */
static int on_seek(void *arg, curl_off_t to, int from) {
    struct exchange *x = arg;
    if (from != SEEK_SET || to < 0)
        return CURL_SEEKFUNC_FAIL;
    x->sent = (uint64_t)to;
    return CURL_SEEKFUNC_OK;
}

static void add_header(struct exchange *x, struct curl_slist **list, str text) {
    struct curl_slist *more = x->h->k.slist_append(*list, arena_cstr(x->a, text));
    *list = more ? more : *list;
}

static struct curl_slist *headers_of(struct exchange *x, bool has_body) {
    struct curl_slist *list = NULL;
    bool typed = false;
    for (uint32_t i = 0; i < x->r->n_headers; i++) {
        const struct http_header *h = &x->r->headers[i];
        typed |= str_ieq(h->name, S("content-type"));
        add_header(x, &list, arena_printf(x->a, "%.*s: %.*s", STR_ARG(h->name), STR_ARG(h->value)));
    }
    if (has_body && !typed)
        add_header(x, &list, S("Content-Type:")); /* none, rather than a guess */
    if (has_body)
        add_header(x, &list, S("Expect:")); /* no second of waiting for servers that never say "100 Continue" */
    return list;
}

static void set_method(struct exchange *x, bool has_body) {
    const struct curl_calls *k = &x->h->k;
    CURL *h = x->h->curl;
    const char *method = x->r->method ? x->r->method : "GET";
    curl_off_t size = (curl_off_t)(x->r->body_fd > 0 ? x->r->body_size : x->r->body.n);
    if (has_body) {
        k->setopt(h, CURLOPT_UPLOAD, 1L);
        k->setopt(h, CURLOPT_INFILESIZE_LARGE, size);
        k->setopt(h, CURLOPT_READFUNCTION, on_read);
        k->setopt(h, CURLOPT_READDATA, x);
        k->setopt(h, CURLOPT_SEEKFUNCTION, on_seek);
        k->setopt(h, CURLOPT_SEEKDATA, x);
    }
    if (strcmp(method, "HEAD") == 0)
        k->setopt(h, CURLOPT_NOBODY, 1L);
    else if (strcmp(method, "GET") != 0 || has_body)
        k->setopt(h, CURLOPT_CUSTOMREQUEST, method);
    k->setopt(h, CURLOPT_FOLLOWLOCATION, strcmp(method, "GET") == 0 && !x->r->sigv4 ? 1L : 0L);
}

/* libcurl asks about once a second. */
static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    struct exchange *x = arg;
    (void)a, (void)b, (void)c, (void)d;
    return curl_gives_up(&x->h->k, x->h->curl, x->h->c);
}

static void set_options(struct exchange *x, struct curl_slist *headers) {
    const struct curl_calls *k = &x->h->k;
    CURL *h = x->h->curl;
    k->setopt(h, CURLOPT_URL, arena_cstr(x->a, x->r->url));
    /* libcurl signs the path it makes itself, and later versions refuse to do it with one that is to stay as it is. */
    k->setopt(h, CURLOPT_PATH_AS_IS, x->r->sigv4 ? 0L : 1L);
    k->setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    k->setopt(h, CURLOPT_REDIR_PROTOCOLS_STR, str_istarts(x->r->url, S("https:")) ? "https" : "http,https");
    k->setopt(h, CURLOPT_MAXREDIRS, (long)REDIRECTS);
    k->setopt(h, CURLOPT_NOSIGNAL, 1L);
    k->setopt(h, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    k->setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
    k->setopt(h, CURLOPT_LOW_SPEED_TIME, (long)(x->r->idle ? x->r->idle : IDLE_SECONDS));
    k->setopt(h, CURLOPT_TIMEOUT, (long)x->r->total);
    k->setopt(h, CURLOPT_USERAGENT, "akashi/" AKASHI_VERSION);
    k->setopt(h, CURLOPT_HTTPHEADER, headers);
    k->setopt(h, CURLOPT_HEADERFUNCTION, on_header);
    k->setopt(h, CURLOPT_HEADERDATA, x);
    k->setopt(h, CURLOPT_WRITEFUNCTION, on_body);
    k->setopt(h, CURLOPT_WRITEDATA, x);
    k->setopt(h, CURLOPT_ERRORBUFFER, x->error);
    if (x->r->gives_up) {
        k->setopt(h, CURLOPT_NOPROGRESS, 0L);
        k->setopt(h, CURLOPT_XFERINFOFUNCTION, on_progress);
        k->setopt(h, CURLOPT_XFERINFODATA, x);
    }
    if (x->r->sigv4) {
        k->setopt(h, CURLOPT_AWS_SIGV4, x->r->sigv4);
        k->setopt(h, CURLOPT_USERNAME, x->r->user);
        k->setopt(h, CURLOPT_PASSWORD, x->r->password);
    }
}

static bool failed(struct exchange *x, CURLcode code, struct err *e) {
    str where = http_shown(x->a, x->r->url);
    if (x->answer->failure == HTTP_STOPPED) {
        if (e)
            *e = x->stopped;
        return err_within(e, where);
    }
    if (x->answer->failure == HTTP_TOO_LARGE)
        return err_set(e, ERR_ENV, where, _("larger than the %llu MiB one file may have"),
                       (unsigned long long)(x->most >> 20));
    bool hopeless = code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ||
                    code == CURLE_TOO_MANY_REDIRECTS;
    x->answer->failure = hopeless ? HTTP_REFUSED : HTTP_NO_ANSWER;
    err_set(e, ERR_ENV, where, _("cannot fetch: %s"), reason(x, code));
    return err_hint(e, "%s", _("check the address, the network and the proxy (https_proxy)"));
}

bool http_do(struct http *h, struct arena *a, const struct http_request *r, struct http_answer *out, struct err *e) {
    struct exchange x = {.h = h, .a = a, .r = r, .answer = out, .into = r->into};
    bool has_body = r->body.p || r->body_fd > 0;
    *out = (struct http_answer){.body = S("")};
    x.most = r->most ? r->most : h->c->limits.file;
    x.body_from = r->body_fd > 0 ? lseek(r->body_fd, 0, SEEK_CUR) : 0;
    if (x.body_from < 0)
        return err_errno(e, http_shown(a, r->url), _("cannot read"));
    h->k.reset(h->curl);
    struct curl_slist *headers = headers_of(&x, has_body);
    set_method(&x, has_body);
    set_options(&x, headers);
    CURLcode code = h->k.perform(h->curl);
    out->status = status_of(&x);
    out->handed_over = x.sent > 0;
    bool ok = code == CURLE_OK && (!wanted(out->status) || x.begun || begin(&x));
    if (ok)
        out->body = arena_str(a, buf_str(&x.body));
    else
        failed(&x, code, e);
    buf_free(&x.body);
    h->k.slist_free_all(headers);
    return ok;
}

str http_header_of(const struct http_answer *r, const char *lower_name) {
    for (uint32_t i = r->headers.n; i > 0; i--)
        if (str_is(r->headers.v[i - 1].name, lower_name))
            return r->headers.v[i - 1].value;
    return (str){NULL, 0};
}
