/* SPDX-License-Identifier: Apache-2.0 */
#include "base/temporary.h"
#include "base/testing.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/http.h"
#include "node/server.h"

struct counter {
    size_t bytes;
};
struct scene {
    struct testing *t;
    struct server *s;
    struct http *h;
    struct counter counter;
    unsigned problems;
    atomic_uint waiting;
    atomic_bool go_on;
    char file[300], incoming[200];
    struct net proxy;
};

static bool say_hello(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    (void)of, (void)e;
    return answer_text(out, 200, arena_printf(a, "hello %.*s", STR_ARG(asked_header(q, "X-Name"))).p);
}
static bool echo(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    (void)of, (void)e;
    *out = (struct answer){.status = 200, .type = "application/x-echo", .cache = "max-age=2"};
    out->body = arena_str(a, q->body);
    return true;
}
static bool failing(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    (void)of, (void)a, (void)q, (void)out;
    return err_set(e, ERR_ENV, S("disk"), "full");
}
static bool file(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    (void)of, (void)a, (void)q, (void)e;
    char name[256];
    temporary_name(name, sizeof name, "server");
    *out = (struct answer){.status = 200, .fd = mkstemp(name)};
    unlink(name);
    return write(out->fd, "in a file", 9) == 9;
}
static void *count_begin(void *of, struct arena *a, const struct asked *q) {
    (void)a, (void)q;
    return &((struct scene *)of)->counter;
}
static void count_more(void *stream, str piece) { ((struct counter *)stream)->bytes += piece.n; }
static bool count(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    (void)of, (void)e;
    struct counter *c = q->stream;
    assert_int_equal(q->body.n, 0);
    return answer_text(out, 202, arena_printf(a, "%zu", c->bytes).p);
}
static void on_problem(void *of, const struct err *e) {
    assert_string_equal(e->where, "disk");
    ((struct scene *)of)->problems++;
}

/* Waits until somebody lets it go. */
static bool wait_long(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    struct scene *s = of;
    (void)a, (void)q, (void)e;
    atomic_fetch_add(&s->waiting, 1);
    while (!atomic_load(&s->go_on))
        usleep(1000);
    return answer_text(out, 200, "at last");
}
static bool say_target(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    (void)of, (void)e;
    return answer_text(out, 200,
                       arena_printf(a, "%.*s %.*s %.*s %s", STR_ARG(q->raw), STR_ARG(q->path), STR_ARG(q->address),
                                    asked_argument(q, "x").p ? "x" : "-")
                           .p);
}
static bool to_file(void *of, struct arena *a, struct asked *q, struct terms *terms, struct answer *out) {
    (void)of, (void)a, (void)q, (void)out;
    *terms = (struct terms){.most = 1 << 20, .to_file = true};
    return true;
}
static bool say_file(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    struct scene *s = of;
    str text;
    if (!file_read(&s->t->ctx, a, q->file, &text, e))
        return false;
    snprintf(s->file, sizeof s->file, "%s", q->file.p);
    return answer_text(out, 200, arena_printf(a, "%zu", text.n).p);
}
static size_t count_down(void *of, char *to, size_t room) {
    int *left = of;
    if (*left == 0)
        return ANSWER_END;
    *left -= 1;
    if (*left % 2)
        return ANSWER_LATER;
    assert_true(room > 1);
    to[0] = (char)('0' + *left);
    return 1;
}
static bool stream(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    int *left = arena_new_of(a, int);
    (void)of, (void)q, (void)e;
    *left = 4;
    *out = (struct answer){.status = 200, .type = "text/event-stream", .pull = count_down, .pulled = left};
    return true;
}

static const struct route routes[] = {
    {.method = "GET", .path = "/hello", .answer = say_hello, .at_once = true},
    {.method = "POST", .path = "/echo", .most = 1000, .answer = echo},
    {.method = "POST", .path = "/count", .most = 4 << 20, .answer = count, .begin = count_begin, .more = count_more},
    {.method = "GET", .path = "/fail", .answer = failing},
    {.method = "GET", .path = "/below/", .below = true, .answer = file},
    {.method = "GET", .path = "/wait", .answer = wait_long},
    {.method = "POST", .path = "/wait", .answer = wait_long},
    {.method = "GET", .path = "/worked", .answer = say_hello},
    {.method = "GET", .path = "/target/", .below = true, .answer = say_target},
    {.method = "PUT", .path = "/file", .answer = say_file, .meet = to_file},
    {.method = "GET", .path = "/stream", .answer = stream},
    {0},
};

/* Who has a slow machine has not a slow client. */
enum { LONG_SECONDS = 60 };

static void scene_begin_for(struct scene *s, struct testing *t, unsigned patience) {
    *s = (struct scene){.t = t};
    unsetenv("http_proxy");
    struct server_plan plan = {.listen = S("127.0.0.1:0"),
                               .routes = routes,
                               .of = s,
                               .problem = on_problem,
                               .workers = 2,
                               .queue = 2,
                               .patience = patience,
                               .proxies = &s->proxy,
                               .n_proxies = 1};
    assert_true(net_parse(S("127.0.0.1"), &s->proxy));
    temporary_name(s->incoming, sizeof s->incoming, "incoming");
    assert_non_null(mkdtemp(s->incoming));
    plan.incoming = str_of(s->incoming);
    if (!server_start(&t->ctx, &plan, &s->s, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    assert_true(http_open(&t->ctx, &s->h, &t->e));
}
static void scene_begin(struct scene *s, struct testing *t) { scene_begin_for(s, t, LONG_SECONDS); }
static void scene_end(struct scene *s) {
    http_close(s->h);
    server_stop(s->s);
    assert_int_equal(rmdir(s->incoming), 0); /* nothing stays in it */
}
static struct http_answer ask(struct scene *s, const char *method, const char *path, str body) {
    struct http_answer r;
    static const struct http_header name = {S_INIT("X-Name"), S_INIT("you")};
    struct http_request q = {
        .method = method,
        .url = arena_printf(s->t->a, "http://%.*s%s", STR_ARG(server_address(s->s, s->t->a)), path),
        .headers = &name,
        .n_headers = 1,
        .body = body};
    if (!http_do(s->h, s->t->a, &q, &r, &s->t->e))
        fail_msg("%s %s: %s", method, path, s->t->e.what);
    return r;
}

static void requests_find_their_route(void **state) {
    static const struct {
        const char *method, *path, *body;
        int status;
        const char *answer;
    } rows[] = {
        {"GET", "/hello", NULL, 200, "hello you"},   {"HEAD", "/hello", NULL, 200, ""},
        {"GET", "/hello/", NULL, 404, NULL},         {"GET", "/", NULL, 404, NULL},
        {"POST", "/hello", "x", 405, NULL},          {"GET", "/echo", NULL, 405, NULL},
        {"POST", "/echo", "body", 200, "body"},      {"POST", "/echo", "", 200, ""},
        {"POST", "/count", "12345", 202, "5"},       {"GET", "/fail", NULL, 500, NULL},
        {"GET", "/below/x", NULL, 200, "in a file"}, {"DELETE", "/nothing", NULL, 404, NULL},
    };
    struct scene s;
    scene_begin(&s, *state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        s.counter.bytes = 0;
        struct http_answer r = ask(&s, rows[i].method, rows[i].path, str_of(rows[i].body));
        if (r.status != rows[i].status)
            fail_msg("row %zu: %d", i, r.status);
        if (rows[i].answer)
            check_str(r.body, rows[i].answer);
    }
    assert_int_equal(s.problems, 1);
    struct http_answer r = ask(&s, "POST", "/echo", S("x"));
    check_str(http_header_of(&r, "content-type"), "application/x-echo");
    check_str(http_header_of(&r, "cache-control"), "max-age=2");
    scene_end(&s);
}

static void bodies_are_bounded(void **state) {
    struct scene s;
    struct buf b = {0};
    scene_begin(&s, *state);
    memset(buf_room(&b, 3 << 20), 'x', 3 << 20);
    b.n = 3 << 20;
    assert_int_equal(ask(&s, "POST", "/echo", str_upto(buf_str(&b), 1000)).status, 200);
    assert_int_equal(ask(&s, "POST", "/echo", str_upto(buf_str(&b), 1001)).status, 413);
    assert_int_equal(ask(&s, "POST", "/count", buf_str(&b)).status, 202);
    assert_int_equal(s.counter.bytes, 3 << 20);
    buf_free(&b);
    scene_end(&s);
}

/* A body that does not say its length is cut off too. */
static void a_body_in_chunks_is_bounded(void **state) {
    struct scene s;
    char text[4096];
    size_t n = 0;
    scene_begin(&s, *state);
    str at = server_address(s.s, s.t->a), host, port;
    uint64_t number = 0;
    assert_true(str_rcut(at, ':', &host, &port) && str_u64(port, &number));
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)number), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    static const char head[] =
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    assert_int_equal(write(fd, head, sizeof head - 1), sizeof head - 1);
    for (int i = 0; i < 20; i++)
        assert_int_equal(dprintf(fd, "64\r\n%0100d\r\n", i), 106);
    assert_int_equal(dprintf(fd, "0\r\n\r\n"), 5);
    for (ssize_t got; n < sizeof text - 1 && (got = read(fd, text + n, sizeof text - 1 - n)) > 0;)
        n += (size_t)got;
    text[n] = 0;
    assert_non_null(strstr(text, "HTTP/1.1 413"));
    close(fd);
    scene_end(&s);
}

/* ── what only a bare socket can ask ── */

static int dial(struct scene *s) {
    str host, port;
    uint64_t number = 0;
    assert_true(str_rcut(server_address(s->s, s->t->a), ':', &host, &port) && str_u64(port, &number));
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)number), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

/* All that comes until the other end closes. */
static str say(struct scene *s, const char *text) {
    char *got = arena_alloc(s->t->a, 64 << 10);
    size_t n = 0;
    int fd = dial(s);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    for (ssize_t more; n < (64 << 10) - 1 && (more = read(fd, got + n, (64 << 10) - 1 - n)) > 0;)
        n += (size_t)more;
    close(fd);
    return str_n(got, n);
}

/* Two readers could see two different requests in these: one answer, and no more from this connection. */
static void heads_in_doubt_are_refused(void **state) {
    static const char *const heads[] = {
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
        "GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nA\x01: y\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: x\r\nA: y\x01z\r\n\r\n",
        "GET /hello/../x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET http://x/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    };
    struct scene s;
    scene_begin(&s, *state);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        str got = say(&s, arena_printf(s.t->a, "%sGET /hello HTTP/1.1\r\nHost: x\r\n\r\n", heads[i]).p);
        if (str_find(got, S("HTTP/1.1 200")) != STR_NONE || (got.n && !str_starts(got, S("HTTP/1.1 400"))))
            fail_msg("row %zu: %.*s", i, STR_ARG(got));
    }
    scene_end(&s);
}

static void paths_come_raw_and_decoded(void **state) {
    struct scene s;
    scene_begin(&s, *state);
    check_str(ask(&s, "GET", "/target/a%2Fb?x", S("")).body, "/target/a%2Fb /target/a/b 127.0.0.1 x");
    str got = say(&s, "GET /target/a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.2.3.4, 192.0.2.9\r\n"
                      "Connection: close\r\n\r\n");
    assert_true(str_find(got, S("/target/a /target/a 192.0.2.9 -")) != STR_NONE);
    scene_end(&s);
}

/* Two workers and two places: the fifth is told to come again, and what takes no time is answered all the while. */
static void slow_calls_block_nobody(void **state) {
    static const char wait[] = "GET /wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    struct scene s;
    int fds[4];
    char text[12];
    scene_begin(&s, *state);
    for (int i = 0; i < 4; i++) {
        fds[i] = dial(&s);
        assert_int_equal(write(fds[i], wait, sizeof wait - 1), sizeof wait - 1);
        while (i < 2 && atomic_load(&s.waiting) < (unsigned)i + 1)
            usleep(1000);
    }
    while (server_state(s.s).waiting < 2)
        usleep(1000);
    check_str(ask(&s, "GET", "/hello", S("")).body, "hello you");
    struct http_answer r = ask(&s, "GET", "/wait", S(""));
    assert_int_equal(r.status, 429);
    check_str(http_header_of(&r, "retry-after"), "1");
    atomic_store(&s.go_on, true);
    for (int i = 0; i < 4; i++) {
        assert_true(recv(fds[i], text, 12, MSG_WAITALL) == 12);
        assert_memory_equal(text, "HTTP/1.1 200", 12);
        close(fds[i]);
    }
    scene_end(&s);
}

/* Two who write and wait, of two workers: one of them waits at the door, and who reads is answered. */
static void who_writes_leaves_room_to_read(void **state) {
    static const char wait[] = "POST /wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    struct scene s;
    int fds[2];
    char text[12];
    scene_begin(&s, *state);
    for (int i = 0; i < 2; i++) {
        fds[i] = dial(&s);
        assert_int_equal(write(fds[i], wait, sizeof wait - 1), sizeof wait - 1);
    }
    while (atomic_load(&s.waiting) < 1 || server_state(s.s).waiting < 1)
        usleep(1000);
    check_str(ask(&s, "GET", "/worked", S("")).body, "hello you");
    assert_int_equal(atomic_load(&s.waiting), 1);
    atomic_store(&s.go_on, true);
    for (int i = 0; i < 2; i++) {
        assert_true(recv(fds[i], text, 12, MSG_WAITALL) == 12);
        assert_memory_equal(text, "HTTP/1.1 200", 12);
        close(fds[i]);
    }
    scene_end(&s);
}

static void *let_go_at_the_end(void *arg) {
    struct scene *s = arg;
    while (!server_stopping(s->s))
        usleep(1000);
    atomic_store(&s->go_on, true);
    return NULL;
}

/* Who asked before the end gets the answer, whole, and is told that the connection ends. */
static void the_end_waits_for_answers(void **state) {
    static const char wait[] = "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n";
    struct scene s;
    pthread_t thread;
    char text[1000];
    size_t n = 0;
    scene_begin(&s, *state);
    int fd = dial(&s);
    assert_int_equal(write(fd, wait, sizeof wait - 1), sizeof wait - 1);
    while (!atomic_load(&s.waiting))
        usleep(1000);
    assert_int_equal(pthread_create(&thread, NULL, let_go_at_the_end, &s), 0);
    scene_end(&s);
    pthread_join(thread, NULL);
    for (ssize_t got; n < sizeof text - 1 && (got = read(fd, text + n, sizeof text - 1 - n)) > 0;)
        n += (size_t)got;
    text[n] = 0;
    assert_non_null(strstr(text, "at last"));
    assert_non_null(strstr(text, "Connection: close"));
    close(fd);
}

static void large_bodies_lie_in_a_file(void **state) {
    struct scene s;
    struct buf b = {0};
    scene_begin(&s, *state);
    memset(buf_room(&b, 1 << 20), 'x', 1 << 20);
    b.n = 1 << 20;
    check_str(ask(&s, "PUT", "/file", buf_str(&b)).body, "1048576");
    assert_int_not_equal(access(s.file, F_OK), 0);
    buf_addc(&b, 'x');
    assert_int_equal(ask(&s, "PUT", "/file", buf_str(&b)).status, 413);
    buf_free(&b);
    scene_end(&s);
}

static void streams_sleep_between_words(void **state) {
    struct scene s;
    scene_begin(&s, *state);
    check_str(ask(&s, "GET", "/stream", S("")).body, "20");
    scene_end(&s);
}

/* Steady drops are no head: a second is what this server waits. */
static void slow_clients_are_cut_off(void **state) {
    struct scene s;
    scene_begin_for(&s, *state, 1);
    int fd = dial(&s);
    bool cut = false;
    for (int i = 0; i < LONG_SECONDS * 10 && !cut; i++) {
        char byte;
        cut = send(fd, i ? "x" : "G", 1, MSG_NOSIGNAL) != 1 || recv(fd, &byte, 1, MSG_DONTWAIT) == 0;
        usleep(100000);
    }
    assert_true(cut);
    close(fd);
    scene_end(&s);
}

static void addresses_to_listen_on(void **state) {
    static const char *const bad[] = {"",      "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "localhost:0",
                                      "::1:0", "[::1]",     "x:1",        "[127.0.0.1]:0",   ":0"};
    struct testing *t = *state;
    struct server *s, *twice;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct server_plan plan = {.listen = str_of(bad[i]), .routes = routes};
        if (server_start(&t->ctx, &plan, &s, &t->e))
            fail_msg("\"%s\" is listened on", bad[i]);
        assert_int_equal(t->e.kind, ERR_USAGE);
    }
    struct server_plan plan = {.listen = S("127.0.0.1:0"), .routes = routes};
    assert_true(server_start(&t->ctx, &plan, &s, &t->e));
    plan.listen = server_address(s, t->a);
    assert_false(server_start(&t->ctx, &plan, &twice, &t->e));
    assert_int_equal(t->e.kind, ERR_ENV);
    server_stop(s);
    server_stop(NULL);
}

static void *end_soon(void *arg) {
    (void)arg;
    usleep(20000);
    kill(getpid(), SIGTERM);
    return NULL;
}

static void a_signal_ends_the_waiting(void **state) {
    struct scene s;
    pthread_t thread;
    scene_begin(&s, *state);
    assert_int_equal(pthread_create(&thread, NULL, end_soon, NULL), 0);
    server_wait(s.s);
    pthread_join(thread, NULL);
    scene_end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(requests_find_their_route),  TEST(bodies_are_bounded),         TEST(a_body_in_chunks_is_bounded),
        TEST(addresses_to_listen_on),     TEST(a_signal_ends_the_waiting),  TEST(heads_in_doubt_are_refused),
        TEST(paths_come_raw_and_decoded), TEST(slow_calls_block_nobody),    TEST(who_writes_leaves_room_to_read),
        TEST(the_end_waits_for_answers),  TEST(large_bodies_lie_in_a_file), TEST(streams_sleep_between_words),
        TEST(slow_clients_are_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
