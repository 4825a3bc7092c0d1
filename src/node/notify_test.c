/* SPDX-License-Identifier: Apache-2.0 */
#include "node/notify.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/cipher.h"
#include "base/digest.h"
#include "base/testing_server.h"
#include "node/notify_deadline.h"
#include "node/notify_testing.h"

/* ── settings ── */

static void settings(void **state) {
    struct testing *t = *state;
    struct place p;
    place_begin(&p, t,
                S("[log]\norigin = \"example.jp/log\"\n[[notify]]\nname = \"hook\"\nchannel = \"webhook\"\n"
                  "url = \"https://example.jp/x\"\nkinds = [\"case-*\"]\nminimum = \"attend\"\nparty = \"hospital-a\"\n"
                  "[[notify]]\nname = \"psirt\"\nchannel = \"smtp\"\nurl = \"smtp://mail.example.jp:587\"\n"
                  "from = \"akashi@example.jp\"\nto = \"psirt@example.jp\"\nlanguage = \"en\"\ndigest = \"weekly\"\n"));
    check_str(p.subs.host, "example.jp");
    assert_int_equal(p.subs.all.n, 2);
    const struct subscription *hook = subscription_of(&p.subs, S("hook")),
                              *psirt = subscription_of(&p.subs, S("psirt"));
    struct notice n = notice_of("c", "case-opened", 66);
    assert_true(subscription_wants(hook, &n));
    n.rank = 65;
    assert_false(subscription_wants(hook, &n));
    assert_true(subscription_wants(psirt, &n));
    n = notice_of("c", "deadline-missed", 100);
    assert_false(subscription_wants(hook, &n));
    n = notice_of("c", "case-opened", 100);
    n.party = S("hospital-b");
    assert_false(subscription_wants(hook, &n));
    /* Saturday 17:00 in Tokyo: the next Monday, 09:00 */
    check_str(time_rfc3339(t->a, digest_due(psirt, p.now)), "2026-11-23T00:00:00Z");
    assert_int_equal(digest_due(hook, p.now), p.now);
    place_end(&p);
}

static void settings_faults(void **state) {
    struct testing *t = *state;
    struct place p;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"[[notify]]\nname = \"a\"\n", "akashi.toml:1"},
        {"[[notify]]\nname = \"a\"\nchannel = \"pigeon\"\n", "akashi.toml:3"},
        {"[[notify]]\nname = \"a\"\nchannel = \"webhook\"\n", "akashi.toml:1"},
        {"[[notify]]\nname = \"a\"\nchannel = \"webhook\"\nurl = \"ftp://x\"\n", "akashi.toml:4"},
        {"[[notify]]\nname = \"a\"\nchannel = \"file\"\nfile = \"x\"\nmore = 1\n", "akashi.toml:5"},
        {"[[notify]]\nname = \"a\"\nchannel = \"file\"\nfile = \"x\"\nzone = \"Moon\"\n", "akashi.toml:5"},
        {"[[notify]]\nname = \"a\"\nchannel = \"smtp\"\nurl = \"smtp://x\"\nfrom = \"a@b\"\nto = \"a\\r\\nb@c\"\n",
         "akashi.toml:1"},
        {"[[notify]]\nname = \"a\"\nchannel = \"file\"\nfile = \"x\"\n[[notify]]\nname = \"a\"\nchannel = "
         "\"file\"\nfile = \"x\"\n",
         "akashi.toml:6"},
    };
    place_begin(&p, t, S(""));
    assert_int_equal(p.subs.all.n, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct subscriptions subs;
        t->e = (struct err){0};
        place_put(&p, "akashi.toml", str_of(rows[i].text));
        assert_false(subscriptions_read(&t->ctx, t->a, p.home, &subs, &t->e));
        str where = path_base(str_of(t->e.where));
        if (!str_is(where, rows[i].where))
            fail_msg("%s: %.*s: %s", rows[i].text, STR_ARG(where), t->e.what);
    }
    place_end(&p);
}

/* ── the outbox ── */

#define FILE_CHANNEL "[[notify]]\nname = \"out\"\nchannel = \"file\"\nfile = \"out.jsonl\"\nlanguage = \"en\"\n"

static void twice_is_once(void **state) {
    struct place p;
    place_begin(&p, *state, S(FILE_CHANNEL "[[notify]]\nname = \"two\"\nchannel = \"file\"\nfile = \"out.jsonl\"\n"));
    assert_int_equal(add(&p, notice_of("a", "case-opened", 100)), 2);
    assert_int_equal(add(&p, notice_of("a", "case-opened", 100)), 0);
    assert_int_equal(add(&p, notice_of("b", "case-opened", 100)), 2);
    assert_int_equal(send_now(&p).sent, 4);
    assert_int_equal(add(&p, notice_of("a", "case-opened", 100)), 0);
    assert_int_equal(send_now(&p).sent, 0);
    str text = file_of(&p, "out.jsonl");
    assert_int_equal(times_in(text, "\n"), 4);
    assert_int_equal(times_in(text, "log4j reaches 3 systems"), 2);
    assert_int_equal(times_in(text, "log4j が 3 システムに届きます"), 2);
    check_str(states(&p), "sent,sent,sent,sent");
    place_end(&p);
}

/* What a crash leaves: the state, and all, half or nothing of the line. */
static void a_file_has_it_once(void **state) {
    for (int left = 0; left < 4; left++) {
        struct place p;
        struct outbox_rows rows;
        place_begin(&p, *state, S(FILE_CHANNEL));
        add(&p, notice_of("a", "case-opened", 100));
        assert_true(outbox_list(p.o, p.t->a, -1, 1, &rows, &p.t->e));
        str line = arena_printf(p.t->a, "%.*s\n", STR_ARG(rows.v[0].body)), before = S("{\"other\":1}\n");
        size_t cut = left == 0 ? 0 : left == 1 ? line.n / 2 : left == 2 ? line.n - 1 : line.n;
        place_put(&p, "out.jsonl", arena_cat(p.t->a, before, str_upto(line, cut)));
        assert_true(db_exec(p.o->db, "UPDATE notice SET state = 3, attempts = 1", &p.t->e));
        assert_int_equal(send_now(&p).sent, 1);
        check_str(file_of(&p, "out.jsonl"), arena_cstr(p.t->a, arena_cat(p.t->a, before, line)));
        place_end(&p);
    }
    struct place p;
    place_begin(&p, *state, S(FILE_CHANNEL));
    place_put(&p, "out.jsonl", S("somebody's line without an end"));
    add(&p, notice_of("a", "case-opened", 100));
    assert_int_equal(send_now(&p).sent, 1);
    assert_true(str_starts(file_of(&p, "out.jsonl"), S("somebody's line without an end\n{\"id\":")));
    place_end(&p);
}

static void digests(void **state) {
    struct place p;
    struct outbox_rows rows;
    place_begin(&p, *state, S(FILE_CHANNEL "digest = \"daily\"\nhour = 18\nzone = \"Asia/Tokyo\"\n"));
    add(&p, notice_of("a", "case-opened", 33));
    add(&p, notice_of("b", "case-opened", 100));
    struct outbox_result r = send_now(&p);
    assert_int_equal(r.sent, 0);
    check_str(time_rfc3339(p.t->a, r.next), "2026-11-21T09:00:00Z");
    p.now += 3600;
    add(&p, notice_of("c", "case-opened", 100)); /* tomorrow's */
    assert_int_equal(send_now(&p).sent, 1);
    check_str(states(&p), "sent,queued,sent,sent");
    assert_true(outbox_list(p.o, p.t->a, -1, 1, &rows, &p.t->e));
    check_str(rows.v[0].subject, "Akashi: notices: 2");
    str text = file_of(&p, "out.jsonl");
    assert_int_equal(times_in(text, "\n"), 1);
    assert_non_null(strstr(arena_cstr(p.t->a, text), "\"rank\":100,\"text\":\"■ log4j"));
    p.now += 86400;
    assert_int_equal(send_now(&p).sent, 1);
    check_str(states(&p), "sent,sent,sent,sent,sent");
    place_end(&p);
}

static void one_sender(void **state) {
    struct place p;
    struct outbox_result r;
    bool busy;
    place_begin(&p, *state, S(FILE_CHANNEL));
    add(&p, notice_of("a", "case-opened", 100));
    int fd = open(p.o->lock.p, O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_true(outbox_send(p.o, &p.subs, p.now, &busy, &r, &p.t->e));
    assert_true(busy);
    close(fd);
    check_str(states(&p), "queued");
    place_put(&p, "akashi.toml", S(""));
    assert_true(subscriptions_read(&p.t->ctx, p.t->a, p.home, &p.subs, &p.t->e));
    assert_int_equal(send_now(&p).failed, 1); /* its subscription is gone */
    place_end(&p);
}

/* ── over HTTP ── */

static str web(struct testing *t, const struct server *s, const char *channel, const char *more) {
    return arena_printf(t->a,
                        "[[notify]]\nname = \"web\"\nchannel = \"%s\"\nurl = \"http://127.0.0.1:%u/in?token=x\"\n%s",
                        channel, s->port, more);
}
#define OK_ANSWER "HTTP/1.1 204 No Content\r\n\r\n"

static void webhook_tries_again(void **state) {
    struct testing *t = *state;
    static const struct script script[] = {
        {"POST /in?token=x HTTP/1.1\r\n", "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"},
        {"Akashi-Kind: case-opened\r\n", ""}, /* hangs up without an answer */
        {"\"subject\":\"log4j が 3 システムに届きます\"", OK_ANSWER}};
    struct server s;
    struct place p;
    server_begin(&s, script, 3);
    place_begin(&p, t, web(t, &s, "webhook", "secret = \"secret\"\n"));
    add(&p, notice_of("a", "case-opened", 100));
    struct outbox_result r = send_now(&p);
    assert_int_equal(r.later, 1);
    assert_int_equal(r.next, p.now + 120);
    assert_int_equal(send_now(&p).later, 0); /* not before then */
    p.now = r.next;
    r = send_now(&p);
    assert_int_equal(r.later, 1); /* may have arrived: the key makes it harmless */
    assert_int_equal(r.next, p.now + 60);
    p.now = r.next;
    assert_int_equal(send_now(&p).sent, 1);
    server_end(&s);
    assert_int_equal(s.met, 3);
    place_end(&p);
}

/* What the receiver does to check: the recipe of docs/notify.md. */
static void webhook_is_signed(void **state) {
    struct testing *t = *state;
    struct outbox_rows rows;
    struct server s;
    struct place p;
    unsigned char mac[32];
    char wanted[200];
    struct script script = {wanted, OK_ANSWER};
    server_begin(&s, &script, 1);
    place_begin(&p, t, web(t, &s, "webhook", "secret = \"secret\"\n"));
    add(&p, notice_of("a", "case-opened", 100));
    assert_true(outbox_list(p.o, t->a, -1, 1, &rows, &t->e));
    str signed_text = arena_printf(t->a, "%lld.%.*s", (long long)p.now, STR_ARG(rows.v[0].body));
    hmac_sha256(S("hunter2"), signed_text, mac);
    snprintf(wanted, sizeof wanted,
             "Idempotency-Key: \"%.*s\"\r\nAkashi-Kind: case-opened\r\nAkashi-Signature: t=%lld,v1=%.*s\r\n",
             STR_ARG(rows.v[0].key), (long long)p.now, STR_ARG(hex_text(t->a, mac, 32)));
    assert_int_equal(send_now(&p).sent, 1);
    server_end(&s);
    assert_int_equal(s.met, 1);
    /* A secret that others may read is not used; it is mended, not given up. */
    assert_int_equal(chmod(arena_cstr(t->a, path_join(t->a, p.home, S("secret"))), 0644), 0);
    add(&p, notice_of("b", "case-opened", 100));
    assert_int_equal(send_now(&p).later, 1);
    place_end(&p);
}

static void refusals_are_final(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *answer;
        const char *state;
    } rows[] = {{"HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n", "failed"},
                {"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", "failed"},
                {"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", "failed"},
                {"HTTP/1.1 408 Slow\r\nContent-Length: 0\r\n\r\n", "queued"},
                {"HTTP/1.1 429 Many\r\nContent-Length: 0\r\n\r\n", "queued"},
                {"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "queued"},
                {"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", "sent"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct script script = {NULL, rows[i].answer};
        struct server s;
        struct place p;
        server_begin(&s, &script, 1);
        place_begin(&p, t, web(t, &s, "webhook", ""));
        add(&p, notice_of("a", "case-opened", 100));
        send_now(&p);
        server_end(&s);
        check_str(states(&p), rows[i].state);
        place_end(&p);
    }
}

static void chats_are_not_told_twice(void **state) {
    struct testing *t = *state;
    static const char *const channels[] = {"slack", "teams"};
    for (int i = 0; i < 2; i++) {
        struct script script[] = {{i ? "AdaptiveCard" : "&lt;!channel&gt;", ""}, {NULL, OK_ANSWER}};
        struct outbox_rows rows;
        struct server s;
        struct place p;
        struct outbox_ids queued;
        struct notice n = notice_of("a", "case-opened", 100);
        n.text.ja = S("<!channel> & 2.17.1");
        server_begin(&s, script, 2);
        place_begin(&p, t, web(t, &s, channels[i], ""));
        add(&p, n);
        assert_int_equal(send_now(&p).unsure, 1);
        check_str(states(&p), "unsure");
        p.now += 86400;
        assert_int_equal(send_now(&p).sent, 0);
        assert_true(outbox_list(p.o, t->a, OUTBOX_UNSURE, 1, &rows, &t->e));
        assert_true(outbox_again(p.o, t->a, str_upto(rows.v[0].key, 8), p.now, &queued, &t->e));
        assert_int_equal(queued.n, 1);
        assert_int_equal(send_now(&p).sent, 1);
        server_end(&s);
        assert_int_equal(s.met, 2);
        place_end(&p);
    }
}

/* A state that a dead process left: sent again before the point of no return, held after it. */
static void after_a_crash(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *channel, *more;
        int left;
        const char *want;
    } rows[] = {{"slack", "", OUTBOX_SENDING, "sent"},
                {"slack", "", OUTBOX_HANDING, "unsure"},
                {"slack", "unsure = \"resend\"\n", OUTBOX_HANDING, "sent"},
                {"webhook", "", OUTBOX_HANDING, "sent"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct script script = {NULL, OK_ANSWER};
        struct server s;
        struct place p;
        server_begin(&s, &script, 1);
        place_begin(&p, t, web(t, &s, rows[i].channel, rows[i].more));
        add(&p, notice_of("a", "case-opened", 100));
        str sql = arena_printf(t->a, "UPDATE notice SET state = %d, attempts = 1", rows[i].left);
        assert_true(db_exec(p.o->db, arena_cstr(t->a, sql), &t->e));
        send_now(&p);
        check_str(states(&p), rows[i].want);
        server_end(&s);
        place_end(&p);
    }
}

static void gives_up_in_the_end(void **state) {
    struct testing *t = *state;
    struct place p;
    struct outbox_rows rows;
    unsigned tries = 0;
    place_begin(&p, t, S("[[notify]]\nname = \"web\"\nchannel = \"webhook\"\nurl = \"http://127.0.0.1:1/\"\n"));
    add(&p, notice_of("a", "case-opened", 100));
    int64_t from = p.now;
    for (struct outbox_result r = {0}; r.next != INT64_MAX; tries++) {
        r = send_now(&p);
        p.now = r.next != INT64_MAX ? r.next : p.now;
    }
    assert_int_equal(tries, 20);
    assert_true(p.now - from > 2 * 86400 && p.now - from < 5 * 86400);
    assert_true(outbox_list(p.o, t->a, OUTBOX_FAILED, 1, &rows, &t->e));
    assert_int_equal(rows.n, 1);
    assert_true(str_starts(rows.v[0].error, S("http://127.0.0.1:1/: cannot fetch")));
    place_end(&p);
}

/* ── receivers that do not take it ── */

static void dead_ones_are_left_alone(void **state) {
    struct testing *t = *state;
    enum { MANY = 30 };
    struct place p;
    struct outbox_result r;
    struct outbox_rows rows;
    place_begin(&p, t,
                S("[[notify]]\nname = \"dead\"\nchannel = \"webhook\"\nurl = \"http://127.0.0.1:1/\"\n" FILE_CHANNEL));
    for (int i = 0; i < MANY; i++)
        add(&p, notice_of(arena_cstr(t->a, arena_printf(t->a, "case %d", i)), "case-opened", 100));
    r = send_now(&p);
    assert_int_equal(r.sent, MANY);
    assert_int_equal(r.later, 1); /* one try tells for all of them */
    assert_int_equal(r.next, p.now + 30);
    assert_int_equal(send_now(&p).later, 0);
    unsigned tries = 1;
    for (int64_t from = p.now; r.next != INT64_MAX; tries++) {
        p.now = r.next;
        r = send_now(&p);
        assert_int_equal(r.later + (r.next == INT64_MAX), 1);
        assert_true(p.now - from <= 4 * 86400);
    }
    assert_true(tries > 250 && tries < 320); /* of three days */
    assert_true(outbox_list(p.o, t->a, OUTBOX_FAILED, 100, &rows, &t->e));
    assert_int_equal(rows.n, MANY);
    place_end(&p);
}

/* The first notice is refused for what it is: it does not hold up those behind it for longer than a moment. */
static void one_bad_notice(void **state) {
    struct testing *t = *state;
    static const struct script script[] = {
        {"\"about\":\"bad\"", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
        {"\"about\":\"a\"", "HTTP/1.1 204 Fine\r\nConnection: close\r\n\r\n"},
        {"\"about\":\"b\"", "HTTP/1.1 204 Fine\r\nConnection: close\r\n\r\n"},
        {"\"about\":\"bad\"", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
        {"\"about\":\"c\"", OK_ANSWER}};
    static const char *const names[] = {"bad", "a", "b"};
    struct server s;
    struct place p;
    server_begin(&s, script, 5);
    place_begin(&p, t, web(t, &s, "webhook", ""));
    for (size_t i = 0; i < 3; i++)
        add(&p, notice_of(names[i], "case-opened", 100));
    assert_int_equal(send_now(&p).later, 1);
    p.now += 30;
    struct outbox_result r = send_now(&p);
    assert_int_equal(r.sent, 2);
    assert_int_equal(r.later, 1);
    assert_int_equal(r.next, p.now + 60);
    add(&p, notice_of("c", "case-opened", 100));
    assert_int_equal(send_now(&p).sent, 0); /* half a minute, for it may be the receiver */
    p.now += 30;
    assert_int_equal(send_now(&p).sent, 1);
    server_end(&s);
    assert_int_equal(s.met, 5);
    place_end(&p);
}

struct slow { /* answers when the other one was met */
    struct server s;
    const struct server *other;
};
static void *answer_late(void *arg) {
    struct slow *x = arg;
    static const struct script script = {NULL, OK_ANSWER};
    int fd = accept(x->s.fd, NULL, NULL);
    for (int i = 0; i < 1000 && !__atomic_load_n(&x->other->met, __ATOMIC_ACQUIRE); i++)
        usleep(10000);
    serve_one(&x->s, fd, &script);
    close(fd);
    return NULL;
}

/* Who answers slowly keeps nobody else waiting. */
static void beside_each_other(void **state) {
    struct testing *t = *state;
    struct server quick;
    struct slow slow = {.other = &quick};
    struct script script = {NULL, OK_ANSWER};
    pthread_t thread;
    struct place p;
    server_begin(&quick, &script, 1);
    server_begin(&slow.s, &script, 0);
    assert_int_equal(pthread_create(&thread, NULL, answer_late, &slow), 0);
    place_begin(&p, t,
                arena_cat(t->a, web(t, &slow.s, "webhook", ""),
                          arena_printf(t->a,
                                       "[[notify]]\nname = \"quick\"\nchannel = \"slack\"\n"
                                       "url = \"http://127.0.0.1:%u/\"\n",
                                       quick.port)));
    add(&p, notice_of("a", "case-opened", 100));
    assert_int_equal(send_now(&p).sent, 2);
    pthread_join(thread, NULL);
    server_end(&quick);
    server_end(&slow.s);
    place_end(&p);
}

/* A person wants to know now, whatever waits. */
static void a_test_does_not_wait(void **state) {
    struct testing *t = *state;
    struct script script = {"Akashi-Kind: case-opened", OK_ANSWER};
    struct outbox_rows rows;
    struct server s;
    struct outbox_ids ids = {0};
    struct outbox_result told;
    struct place p;
    uint32_t open;
    server_begin(&s, &script, 1);
    place_begin(&p, t, web(t, &s, "webhook", "secret = \"secret\"\n"));
    str secret = path_join(t->a, p.home, S("secret"));
    assert_int_equal(chmod(arena_cstr(t->a, secret), 0644), 0);
    add(&p, notice_of("a", "case-opened", 100));
    assert_int_equal(send_now(&p).later, 1);
    assert_int_equal(chmod(arena_cstr(t->a, secret), 0600), 0);
    assert_int_equal(send_now(&p).sent, 0);
    struct notice n = notice_of("b", "case-opened", 100);
    assert_true(outbox_add_to(p.o, &p.subs.all.v[0], &n, p.now, vec_push(t->a, &ids), &t->e));
    assert_true(outbox_told(p.o, &ids, &told, &open, &t->e));
    assert_int_equal(told.later, 1);
    assert_int_equal(open, 1);
    assert_int_equal(send_now(&p).sent, 1);
    assert_true(outbox_told(p.o, &ids, &told, &open, &t->e));
    assert_int_equal(told.sent, 1);
    assert_int_equal(open, 0);
    server_end(&s);
    assert_true(outbox_list(p.o, t->a, OUTBOX_SENT, 9, &rows, &t->e));
    assert_int_equal(rows.n, 1);
    place_end(&p);
}

/* ── a clock that was ahead ── */

static void clock_goes_back(void **state) {
    struct testing *t = *state;
    struct place p;
    struct outbox_result r;
    place_begin(&p, t,
                S("[[notify]]\nname = \"dead\"\nchannel = \"webhook\"\nurl = \"http://127.0.0.1:1/\"\n" FILE_CHANNEL
                  "[[notify]]\nname = \"daily\"\nchannel = \"file\"\nfile = \"out.jsonl\"\ndigest = \"daily\"\n"
                  "hour = 0\nzone = \"Asia/Tokyo\"\n"));
    int64_t now = p.now;
    p.now += 10 * 86400;
    add(&p, notice_of("a", "case-opened", 100));
    add(&p, notice_of("b", "case-opened", 100));
    r = send_now(&p); /* what goes out at once did */
    assert_int_equal(r.sent, 2);
    add(&p, notice_of("c", "case-opened", 100)); /* and this waits when the clock is set right */
    p.now = now;
    r = send_now(&p);
    assert_int_equal(r.sent, 1);
    assert_int_equal(r.next, p.now + 30);
    p.now += 30;
    assert_int_equal(send_now(&p).later, 1);
    p.now = 1795273199; /* a second before midnight in Tokyo */
    assert_int_equal(send_now(&p).sent, 0);
    p.now++;
    assert_int_equal(send_now(&p).sent, 1);
    assert_int_equal(times_in(file_of(&p, "out.jsonl"), "\"kind\":\"digest\""), 1);
    assert_int_equal(times_in(file_of(&p, "out.jsonl"), "\"about\":\"c\""), 2);
    place_end(&p);
}

/* ── syslog ── */

static int listen_on(int kind, uint16_t *port) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, kind, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    *port = ntohs(at.sin_port);
    return fd;
}

static void *take_stream(void *arg) {
    char *got = (char *)arg + sizeof(int);
    int fd = accept(*(int *)arg, NULL, NULL);
    for (ssize_t n; fd >= 0 && (n = read(fd, got + strlen(got), 4000 - strlen(got))) > 0;)
        continue;
    close(fd);
    return NULL;
}

static void syslog_line(const char *got) {
    static const char *const parts[] = {
        "<81>1 2026-11-21T08:00:00Z example.jp akashi ", " case-opened [akashi@32473 id=\"",
        " about=\"a\\\"\\]\\\\b\" priority=\"act\" party=\"hospital-a\"] \xEF\xBB\xBFlog4j が",
        "届きます / 2.17.1 に更新してください。"};
    for (size_t i = 0; i < 4; i++)
        if (!strstr(got, parts[i]))
            fail_msg("%s is not in %s", parts[i], got);
}

static void syslog_lines(void **state) {
    struct testing *t = *state;
    static const char settings_text[] =
        "[log]\norigin = \"example.jp/log\"\n[[notify]]\nname = \"s\"\nchannel = \"syslog\"\nurl = \"";
    static struct {
        int fd;
        char got[4100];
    } stream;
    struct notice n = notice_of("a\"]\\b", "case-opened", 100);
    struct place p;
    uint16_t port;
    char got[9000] = "";
    stream.got[0] = 0;
    int fd = listen_on(SOCK_DGRAM, &port);
    place_begin(&p, t, arena_printf(t->a, "%sudp://127.0.0.1:%u\"\n", settings_text, port));
    add(&p, n);
    assert_int_equal(send_now(&p).sent, 1);
    assert_true(recv(fd, got, sizeof got - 1, 0) > 0);
    syslog_line(got);
    close(fd);
    place_end(&p);

    pthread_t thread;
    stream.fd = listen_on(SOCK_STREAM, &port);
    assert_int_equal(listen(stream.fd, 1), 0);
    assert_int_equal(pthread_create(&thread, NULL, take_stream, &stream), 0);
    place_begin(&p, t, arena_printf(t->a, "%stcp://127.0.0.1:%u\"\n", settings_text, port));
    add(&p, n);
    assert_int_equal(send_now(&p).sent, 1);
    pthread_join(thread, NULL);
    close(stream.fd);
    syslog_line(stream.got);
    assert_int_equal(strtoul(stream.got, NULL, 10), strlen(strchr(stream.got, ' ') + 1)); /* counted in */
    place_end(&p);

    place_begin(&p, t, S(""));
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof at.sun_path, "%s/sock", p.folder);
    fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    place_put(&p, "akashi.toml", arena_printf(t->a, "%sunix:%s\"\n", settings_text, at.sun_path));
    assert_true(subscriptions_read(&t->ctx, t->a, p.home, &p.subs, &t->e));
    add(&p, n);
    assert_int_equal(send_now(&p).sent, 1);
    memset(got, 0, sizeof got);
    assert_true(recv(fd, got, sizeof got - 1, 0) > 0);
    syslog_line(got);
    close(fd);
    add(&p, notice_of("b", "case-opened", 100)); /* nobody listens any more */
    assert_int_equal(send_now(&p).later, 1);
    place_end(&p);
}

/* ── clocks ── */

static void deadlines_are_told(void **state) {
    struct testing *t = *state;
    static const struct {
        int hours;
        const char *kind;
    } rows[] = {{0, NULL}, {17, NULL}, {18, "deadline-near"}, {24, "deadline-near"}, {25, "deadline-missed"}};
    struct clock_set set;
    struct clock_case k;
    struct deadlines all;
    struct notice about = notice_of("case-1", "", 66), n;
    assert_true(clock_load(&t->ctx, t->a, (str){NULL, 0}, &set, &t->e));
    set.used.n = 0;
    *vec_push(t->a, &set.used) = S("eu-cra");
    clock_case_init(&k);
    k.at[EVENT_AWARE] = k.at[EVENT_EXPLOITED] = 1795248000;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t now = 1795248000 + rows[i].hours * 3600;
        assert_true(clock_deadlines(&set, t->a, &k, now, &all, &t->e));
        bool told = notice_of_deadline(t->a, &about, clock_next(&all), now, &n);
        assert_int_equal(told, rows[i].kind != NULL);
        if (told)
            check_str(n.kind, rows[i].kind);
    }
    assert_int_equal(n.rank, 100);
    check_str(n.event, "eu-cra/early-warning@1795334400");
    check_str(n.subject.en, "Deadline missed: Early warning of an exploited vulnerability: log4j reaches 3 systems");
    check_str(n.subject.ja, "期限超過: 悪用された脆弱性の早期警告: log4j が 3 システムに届きます");
    assert_true(str_starts(n.text.ja, S("期限: 2026-11-22 09:00 +01:00\n対応: 単一報告")));
}

/* ── killed at any point ── */

static void child_sends(const char *home) {
    struct ctx c;
    struct arena *a = arena_new();
    struct subscriptions subs;
    struct outbox *o;
    struct outbox_result r;
    struct err e = {0};
    bool busy;
    ctx_init(&c);
    c.now_fixed = true;
    _exit(subscriptions_read(&c, a, str_of(home), &subs, &e) && outbox_open(&c, str_of(home), &o, &e) &&
                  outbox_send(o, &subs, 1795248000, &busy, &r, &e) && !busy
              ? 0
              : 1);
}

static void killed(void **state) {
    enum { NOTICES = 40, KILLS = 60 };
    struct place p;
    place_begin(&p, *state, S(FILE_CHANNEL));
    for (int i = 0; i < NOTICES; i++)
        add(&p, notice_of(arena_cstr(p.t->a, arena_printf(p.t->a, "case %d", i)), "case-opened", 100));
    outbox_close(p.o);
    p.o = NULL;
    bool done = false;
    for (int i = 0; i < KILLS && !done; i++) {
        pid_t pid = fork();
        if (pid == 0)
            child_sends(p.folder);
        int status;
        usleep((useconds_t)(3000 + i * 7919 % 20000));
        kill(pid, SIGKILL);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    assert_true(outbox_open(&p.t->ctx, p.home, &p.o, &p.t->e));
    send_now(&p);
    str text = file_of(&p, "out.jsonl");
    assert_int_equal(times_in(text, "\n"), NOTICES);
    for (int i = 0; i < NOTICES; i++)
        assert_int_equal(times_in(text, arena_cstr(p.t->a, arena_printf(p.t->a, "\"about\":\"case %d\"", i))), 1);
    place_end(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(settings),
                                       TEST(settings_faults),
                                       TEST(twice_is_once),
                                       TEST(a_file_has_it_once),
                                       TEST(digests),
                                       TEST(one_sender),
                                       TEST(webhook_tries_again),
                                       TEST(webhook_is_signed),
                                       TEST(refusals_are_final),
                                       TEST(chats_are_not_told_twice),
                                       TEST(after_a_crash),
                                       TEST(gives_up_in_the_end),
                                       TEST(dead_ones_are_left_alone),
                                       TEST(one_bad_notice),
                                       TEST(beside_each_other),
                                       TEST(a_test_does_not_wait),
                                       TEST(clock_goes_back),
                                       TEST(syslog_lines),
                                       TEST(deadlines_are_told),
                                       TEST(killed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
