/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mail.h"

#include <time.h>

#include "base/cipher.h"
#include "base/curl_calls.h"
#include "base/http.h"

/* ── the message ── */

enum { WORD_BYTES = 45, LINE_BYTES = 57, ADDRESS_MOST = 254 };

bool mail_address_ok(str address) {
    size_t at = str_rchr(address, '@');
    if (at == STR_NONE || at == 0 || at + 1 >= address.n || address.n > ADDRESS_MOST)
        return false;
    for (size_t i = 0; i < address.n; i++) {
        unsigned char c = (unsigned char)address.p[i];
        if (c <= ' ' || c >= 0x7F || strchr("<>()[],;:\\\"", c))
            return false;
    }
    return true;
}

static bool plain(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] >= 0x7F)
            return false;
    return s.n <= 900 && str_find(s, S("=?")) == STR_NONE;
}

/* As many whole characters as fit one encoded word: 45 bytes make 60 of base64, and 72 with what stands around it. */
static str word_of(str s) {
    size_t n = 0;
    while (n < s.n) {
        uint32_t u;
        size_t more = str_rune(str_from(s, n), &u);
        more = more ? more : 1;
        if (n + more > WORD_BYTES)
            break;
        n += more;
    }
    return str_upto(s, n);
}

str mail_subject(struct arena *a, str subject) {
    struct buf clean = {0}, b = {0};
    for (size_t i = 0; i < subject.n; i++)
        buf_addc(&clean, (unsigned char)subject.p[i] < ' ' || subject.p[i] == 0x7F ? ' ' : subject.p[i]);
    str rest = buf_str(&clean);
    if (plain(rest)) {
        buf_add(&b, rest);
        rest.n = 0;
    }
    while (rest.n) {
        str word = word_of(rest);
        buf_addz(&b, b.n ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?");
        base64_add(&b, word);
        buf_addz(&b, "?=");
        rest = str_from(rest, word.n);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    buf_free(&clean);
    return out;
}

static void add_date(struct buf *b, int64_t date) {
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm tm;
    time_t t = (time_t)date;
    if (!gmtime_r(&t, &tm))
        return;
    buf_addf(b, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
             tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void add_body(struct buf *b, str text) {
    struct buf crlf = {0};
    str line;
    while (str_line(&text, &line)) {
        buf_add(&crlf, line);
        buf_addz(&crlf, "\r\n");
    }
    for (str rest = buf_str(&crlf); rest.n; rest = str_from(rest, LINE_BYTES)) {
        base64_add(b, str_upto(rest, LINE_BYTES));
        buf_addz(b, "\r\n");
    }
    buf_free(&crlf);
}

str mail_text(struct arena *a, const struct mail *m) {
    struct buf b = {0};
    add_date(&b, m->date);
    buf_addf(&b, "From: Akashi <%.*s>\r\nTo: ", STR_ARG(m->from));
    for (uint32_t i = 0; i < m->n_to; i++)
        buf_addf(&b, "%s<%.*s>", i ? ",\r\n " : "", STR_ARG(m->to[i]));
    buf_addf(&b, "\r\nSubject: %.*s\r\n", STR_ARG(mail_subject(a, m->subject)));
    buf_addf(&b, "Message-ID: <%.*s>\r\n", STR_ARG(m->id));
    buf_addz(&b, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                 "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    add_body(&b, m->text);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* ── handing it over ── */

enum { CONNECT_SECONDS = 30, IDLE_SECONDS = 60, TOTAL_SECONDS = 300 };

struct handing {
    const struct ctx *c;
    const struct mail *m;
    struct curl_calls k;
    CURL *curl;
    str text;
    size_t at;
    bool asked, stopped;
    struct err e;
    char error[CURL_ERROR_SIZE];
};

static size_t on_read(char *to, size_t size, size_t n, void *arg) {
    struct handing *h = arg;
    if (!h->asked) {
        h->asked = true;
        if (h->m->handing_over && !h->m->handing_over(h->m->of, &h->e)) {
            h->stopped = true;
            return CURL_READFUNC_ABORT;
        }
    }
    size_t want = size * n < h->text.n - h->at ? size * n : h->text.n - h->at;
    memcpy(to, h->text.p + h->at, want);
    h->at += want;
    return want;
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    struct handing *h = arg;
    (void)a, (void)b, (void)c, (void)d;
    return curl_gives_up(&h->k, h->curl, h->c);
}

static struct curl_slist *recipients(struct handing *h, struct arena *a) {
    struct curl_slist *list = NULL;
    for (uint32_t i = 0; i < h->m->n_to; i++) {
        struct curl_slist *more = h->k.slist_append(list, arena_cstr(a, h->m->to[i]));
        list = more ? more : list;
    }
    return list;
}

static void set_options(struct handing *h, struct arena *a, struct curl_slist *to) {
    const struct curl_calls *k = &h->k;
    const struct mail *m = h->m;
    k->setopt(h->curl, CURLOPT_URL, arena_cstr(a, m->server));
    k->setopt(h->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    k->setopt(h->curl, CURLOPT_USE_SSL, m->security == MAIL_STARTTLS ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    if (m->ca_file.n)
        k->setopt(h->curl, CURLOPT_CAINFO, arena_cstr(a, m->ca_file));
    if (m->user) {
        k->setopt(h->curl, CURLOPT_USERNAME, m->user);
        k->setopt(h->curl, CURLOPT_PASSWORD, m->password ? m->password : "");
    }
    k->setopt(h->curl, CURLOPT_MAIL_FROM, arena_cstr(a, arena_printf(a, "<%.*s>", STR_ARG(m->from))));
    k->setopt(h->curl, CURLOPT_MAIL_RCPT, to);
    k->setopt(h->curl, CURLOPT_UPLOAD, 1L);
    k->setopt(h->curl, CURLOPT_READFUNCTION, on_read);
    k->setopt(h->curl, CURLOPT_READDATA, h);
    k->setopt(h->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)h->text.n);
    k->setopt(h->curl, CURLOPT_NOSIGNAL, 1L);
    k->setopt(h->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    k->setopt(h->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)(m->idle ? m->idle : IDLE_SECONDS));
    k->setopt(h->curl, CURLOPT_TIMEOUT, (long)TOTAL_SECONDS);
    k->setopt(h->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    k->setopt(h->curl, CURLOPT_LOW_SPEED_TIME, (long)(m->idle ? m->idle : IDLE_SECONDS));
    k->setopt(h->curl, CURLOPT_FORBID_REUSE, 1L); /* so that it says QUIT while on_progress() is asked */
    k->setopt(h->curl, CURLOPT_NOPROGRESS, 0L);
    k->setopt(h->curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    k->setopt(h->curl, CURLOPT_XFERINFODATA, h);
    k->setopt(h->curl, CURLOPT_ERRORBUFFER, h->error);
}

/* A last reply of 4yz or 5yz is an answer, also to the end of the mail; a 2yz or 3yz before the failure is none. */
static enum mail_outcome outcome_of(struct handing *h, CURLcode code) {
    long reply = 0;
    h->k.getinfo(h->curl, CURLINFO_RESPONSE_CODE, &reply);
    if (code == CURLE_OK)
        return MAIL_ACCEPTED;
    if (h->stopped)
        return MAIL_LATER;
    if (reply >= 500 && reply < 600)
        return MAIL_REFUSED;
    if (reply >= 400 && reply < 500)
        return MAIL_LATER;
    if (h->asked)
        return MAIL_UNSURE;
    /* A certificate that does not hold today may be mended tomorrow; a wrong password is only locked out by more tries.
     */
    bool hopeless = code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_LOGIN_DENIED;
    return hopeless ? MAIL_REFUSED : MAIL_LATER;
}

static bool sound(struct arena *a, const struct mail *m, struct err *e) {
    str where = http_shown(a, m->server);
    bool tls = str_istarts(m->server, S("smtps://"));
    if (!tls && !str_istarts(m->server, S("smtp://")))
        return err_set(e, ERR_INPUT, where, _("a mail server is smtp://HOST:587 or smtps://HOST:465"));
    if (m->user && m->security == MAIL_PLAIN && !tls)
        return err_set(e, ERR_INPUT, where, _("a password is sent over TLS only"));
    bool ok = m->n_to > 0 && mail_address_ok(m->from);
    for (uint32_t i = 0; i < m->n_to; i++)
        ok = ok && mail_address_ok(m->to[i]);
    return ok || err_set(e, ERR_INPUT, where, _("a mail needs a sender and recipients, each an address"));
}

bool mail_send(struct ctx *c, struct arena *a, const struct mail *m, enum mail_outcome *out, struct err *e) {
    struct handing h = {.c = c, .m = m};
    *out = MAIL_REFUSED;
    if (!sound(a, m, e))
        return false;
    *out = MAIL_LATER;
    if (!curl_begin(&h.k, &h.curl, e))
        return false;
    h.text = mail_text(a, m);
    struct curl_slist *to = recipients(&h, a);
    set_options(&h, a, to);
    CURLcode code = h.k.perform(h.curl);
    *out = outcome_of(&h, code);
    if (h.stopped && e)
        *e = h.e;
    else if (code != CURLE_OK)
        err_set(e, ERR_ENV, http_shown(a, m->server), _("the mail was not taken: %s"),
                h.error[0] ? h.error : h.k.strerror(code));
    h.k.slist_free_all(to);
    curl_end(&h.k, h.curl);
    return code == CURLE_OK;
}
