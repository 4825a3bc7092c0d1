/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mail.h"

#include <stdio.h>

#include "base/cipher.h"
#include "base/testing_server.h"

static void addresses(void **state) {
    (void)state;
    static const char *const good[] = {"a@b", "psirt+x@example.jp", "o'brien@x.example"};
    static const char *const bad[] = {
        "", "@b", "a@", "a", "a b@c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a@b,c@d", "\xE3\x81\x82@b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(mail_address_ok(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(mail_address_ok(str_of(bad[i])));
}

static void subjects(void **state) {
    struct testing *t = *state;
    check_str(mail_subject(t->a, S("plain ASCII")), "plain ASCII");
    check_str(mail_subject(t->a, S("a\r\nBcc: x@y")), "a  Bcc: x@y");
    check_str(mail_subject(t->a, S("証")), "=?UTF-8?B?6Ki8?=");
    check_str(mail_subject(t->a, S("=?UTF-8?B?6Ki8?=")), "=?UTF-8?B?PT9VVEYtOD9CPzZLaTg/PQ==?=");
    /* 16 characters of three bytes: a word never ends within one */
    str text = S("緊急の脆弱性があなたの製品に届きました対応期限は明日の十七時です");
    str rest = mail_subject(t->a, text), line;
    struct buf back = {0};
    while (str_line(&rest, &line)) {
        str word = str_trim(line), bytes;
        assert_true(line.n <= 76);
        assert_true(str_starts(word, S("=?UTF-8?B?")) && str_ends(word, S("?=")));
        assert_true(base64_bytes(t->a, str_upto(str_from(word, 10), word.n - 12), false, &bytes));
        assert_true(str_utf8_ok(bytes));
        buf_add(&back, bytes);
    }
    assert_true(str_eq(buf_str(&back), text));
    buf_free(&back);
}

static void message(void **state) {
    struct testing *t = *state;
    str to[] = {S("a@example.jp"), S("b@example.jp")};
    struct mail m = {.from = S("akashi@example.jp"),
                     .to = to,
                     .n_to = 2,
                     .subject = S("証"),
                     .text = S("一行目\n.\n"),
                     .id = S("k@example.jp"),
                     .date = 1795248000};
    check_str(mail_text(t->a, &m),
              "Date: Sat, 21 Nov 2026 08:00:00 +0000\r\nFrom: Akashi <akashi@example.jp>\r\nTo: <a@example.jp>,\r\n "
              "<b@example.jp>\r\nSubject: =?UTF-8?B?6Ki8?=\r\nMessage-ID: <k@example.jp>\r\nAuto-Submitted: "
              "auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
              "Content-Transfer-Encoding: base64\r\n\r\n5LiA6KGM55uuDQouDQo=\r\n");
}

/* A server that says the lines of a script, each after it got a line (or a whole mail); then hangs up. */
struct post {
    int fd;
    uint16_t port;
    const char *const *says;
    pthread_t thread;
    char got[8192];
    size_t n;
};

static bool take_until(struct post *p, int fd, const char *end) {
    size_t from = p->n;
    while (p->n < sizeof p->got - 1 && read(fd, p->got + p->n, 1) == 1) {
        p->got[++p->n] = 0;
        if (strstr(p->got + from, end))
            return true;
    }
    return false;
}

static void *post_run(void *arg) {
    struct post *p = arg;
    int fd = accept(p->fd, NULL, NULL);
    bool data = false;
    for (const char *const *line = p->says; fd >= 0 && *line; line++) {
        if (write(fd, *line, strlen(*line)) < 0)
            break;
        data = strncmp(*line, "354", 3) == 0;
        if (!take_until(p, fd, data ? "\r\n.\r\n" : "\r\n"))
            break;
    }
    if (fd >= 0) {
        shutdown(fd, SHUT_RDWR);
        close(fd);
    }
    return NULL;
}

static void post_begin(struct post *p, const char *const *says) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    *p = (struct post){.fd = socket(AF_INET, SOCK_STREAM, 0), .says = says};
    assert_int_equal(bind(p->fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(p->fd, 1), 0);
    assert_int_equal(getsockname(p->fd, (struct sockaddr *)&at, &size), 0);
    p->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&p->thread, NULL, post_run, p), 0);
}

static bool note_handing(void *of, struct err *e) {
    (void)e;
    ++*(int *)of;
    return true;
}
static bool say_no(void *of, struct err *e) {
    ++*(int *)of;
    return err_set(e, ERR_ENV, S("here"), "%s", "no");
}

static void outcomes(void **state) {
    struct testing *t = *state;
    static const char *const ok[] = {"220 hi\r\n", "250 hi\r\n",    "250 ok\r\n",  "250 ok\r\n",
                                     "354 go\r\n", "250 taken\r\n", "221 bye\r\n", NULL};
    static const char *const no_user[] = {"220 hi\r\n",     "250 hi\r\n",  "250 ok\r\n",
                                          "550 nobody\r\n", "221 bye\r\n", NULL};
    static const char *const busy[] = {"220 hi\r\n", "250 hi\r\n", "451 later\r\n", "221 bye\r\n", NULL};
    static const char *const greylisted[] = {"220 hi\r\n", "250 hi\r\n",   "250 ok\r\n",  "250 ok\r\n",
                                             "354 go\r\n", "452 full\r\n", "221 bye\r\n", NULL};
    static const char *const hangs_up[] = {"220 hi\r\n", "250 hi\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", NULL};
    static const char *const early[] = {"220 hi\r\n", "250 hi\r\n", "250 ok\r\n", NULL};
    static const char *const no_tls[] = {"220 hi\r\n", "250 hi\r\n", "221 bye\r\n", NULL};
    const struct {
        const char *const *says;
        enum mail_security security;
        bool (*handing)(void *of, struct err *e);
        enum mail_outcome want;
        int handed;
    } rows[] = {
        {ok, MAIL_PLAIN, note_handing, MAIL_ACCEPTED, 1},     {no_user, MAIL_PLAIN, note_handing, MAIL_REFUSED, 0},
        {busy, MAIL_PLAIN, note_handing, MAIL_LATER, 0},      {greylisted, MAIL_PLAIN, note_handing, MAIL_LATER, 1},
        {hangs_up, MAIL_PLAIN, note_handing, MAIL_UNSURE, 1}, {early, MAIL_PLAIN, note_handing, MAIL_LATER, 0},
        {no_tls, MAIL_STARTTLS, note_handing, MAIL_LATER, 0}, {ok, MAIL_PLAIN, say_no, MAIL_LATER, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct post p;
        int handed = 0;
        enum mail_outcome got;
        str to = S("a@example.jp");
        post_begin(&p, rows[i].says);
        struct mail m = {.security = rows[i].security,
                         .from = S("akashi@example.jp"),
                         .to = &to,
                         .n_to = 1,
                         .subject = S("s"),
                         .text = S("t\n"),
                         .id = S("k@example.jp"),
                         .idle = 5,
                         .handing_over = rows[i].handing,
                         .of = &handed};
        m.server = arena_printf(t->a, "smtp://127.0.0.1:%u", p.port);
        bool sent = mail_send(&t->ctx, t->a, &m, &got, &t->e);
        shutdown(p.fd, SHUT_RDWR);
        pthread_join(p.thread, NULL);
        close(p.fd);
        if (got != rows[i].want || handed != rows[i].handed || sent != (got == MAIL_ACCEPTED))
            fail_msg("row %zu: outcome %d, handed over %d: %s", i, got, handed, t->e.what);
        if (sent)
            assert_non_null(strstr(p.got, "RCPT TO:<a@example.jp>\r\n"));
    }
}

static void refused_before_a_word(void **state) {
    struct testing *t = *state;
    enum mail_outcome got;
    str to = S("a@example.jp\r\nDATA");
    struct mail m = {.server = S("smtp://127.0.0.1:1"), .security = MAIL_PLAIN, .from = S("a@b"), .to = &to, .n_to = 1};
    assert_false(mail_send(&t->ctx, t->a, &m, &got, &t->e));
    assert_int_equal(got, MAIL_REFUSED);
    to = S("a@b");
    m.user = "u";
    assert_false(mail_send(&t->ctx, t->a, &m, &got, &t->e));
    assert_string_equal(t->e.what, "a password is sent over TLS only");
    m.user = NULL;
    m.server = S("http://127.0.0.1:1");
    assert_false(mail_send(&t->ctx, t->a, &m, &got, &t->e));
    assert_int_equal(got, MAIL_REFUSED);
    m.server = S("smtp://127.0.0.1:1"); /* nobody listens */
    assert_false(mail_send(&t->ctx, t->a, &m, &got, &t->e));
    assert_int_equal(got, MAIL_LATER);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(addresses), TEST(subjects), TEST(message), TEST(outcomes),
                                       TEST(refused_before_a_word)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
