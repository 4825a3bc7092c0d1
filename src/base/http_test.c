/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing_server.h"

#include <fcntl.h>

#include "base/http.h"
#include "base/temporary.h"

struct net {
    struct testing *t;
    struct server s;
    struct http *h;
};
static void net_begin(struct net *n, struct testing *t, const struct script *script, unsigned count) {
    unsetenv("http_proxy");
    unsetenv("https_proxy");
    n->t = t;
    server_begin(&n->s, script, count);
    assert_true(http_open(&t->ctx, &n->h, &t->e));
}
static void net_end(struct net *n) {
    server_end(&n->s);
    http_close(n->h);
}
static str url(struct net *n, const char *rest) {
    return arena_printf(n->t->a, "http://127.0.0.1:%u%s", n->s.port, rest);
}

static void any_status_is_an_answer(void **state) {
    static const struct script script[] = {
        {"GET /a?b=c HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\nX-One: 1\r\nx-one:  2 \r\nContent-Length: 2\r\n\r\nhi"},
        {"X-Mine: yes\r\n", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"},
        {"HEAD /h", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"}};
    static const struct http_header mine = {S_INIT("X-Mine"), S_INIT("yes")};
    struct net n;
    struct http_answer r;
    net_begin(&n, *state, script, 3);
    assert_true(http_do(n.h, n.t->a, &(struct http_request){.url = url(&n, "/a?b=c")}, &r, &n.t->e));
    assert_int_equal(r.status, 200);
    check_str(r.body, "hi");
    check_str(http_header_of(&r, "x-one"), "2");
    assert_null(http_header_of(&r, "x-two").p);
    struct http_request q = {.url = url(&n, "/"), .headers = &mine, .n_headers = 1};
    assert_true(http_do(n.h, n.t->a, &q, &r, &n.t->e));
    assert_int_equal(r.status, 404);
    check_str(r.body, "gone");
    assert_true(http_do(n.h, n.t->a, &(struct http_request){.method = "HEAD", .url = url(&n, "/h")}, &r, &n.t->e));
    check_str(r.body, "");
    check_str(http_header_of(&r, "content-length"), "99");
    net_end(&n);
    assert_int_equal(n.s.met, 3);
}

static void bodies_come_from_memory_and_files(void **state) {
    static const struct script script[] = {
        {"POST /p HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"},
        {"\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"},
        {"Content-Length: 4\r\n", "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"},
        {"Content-Length: 0\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"},
        {"DELETE /x ", "HTTP/1.1 204 No Content\r\n\r\n"}};
    struct net n;
    struct http_answer r;
    char name[4096];
    net_begin(&n, *state, script, 5);
    struct http_request q = {.method = "POST", .url = url(&n, "/p"), .body = S("hello")};
    assert_true(http_do(n.h, n.t->a, &q, &r, &n.t->e));
    assert_true(http_do(n.h, n.t->a, &q, &r, &n.t->e));
    int fd = mkstemp(temporary_name(name, sizeof name, "http"));
    assert_int_equal(write(fd, "0123456789", 10), 10);
    lseek(fd, 3, SEEK_SET);
    q = (struct http_request){.method = "PUT", .url = url(&n, "/f"), .body_fd = fd, .body_size = 4};
    assert_true(http_do(n.h, n.t->a, &q, &r, &n.t->e));
    assert_int_equal(r.status, 201);
    q = (struct http_request){.method = "POST", .url = url(&n, "/e"), .body = S("")};
    assert_true(http_do(n.h, n.t->a, &q, &r, &n.t->e));
    assert_true(http_do(n.h, n.t->a, &(struct http_request){.method = "DELETE", .url = url(&n, "/x")}, &r, &n.t->e));
    assert_int_equal(r.status, 204);
    net_end(&n);
    close(fd);
    unlink(name);
    assert_int_equal(n.s.met, 5);
}

static void an_answer_goes_into_a_file_only_when_it_is_what_was_asked_for(void **state) {
    static const struct script script[] = {{NULL, "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nno!\n"},
                                           {NULL, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbytes"}};
    struct net n;
    struct http_answer r;
    char name[4096], got[16];
    net_begin(&n, *state, script, 2);
    int fd = mkstemp(temporary_name(name, sizeof name, "http"));
    struct http_request q = {.url = url(&n, "/"), .into = fd};
    assert_true(http_do(n.h, n.t->a, &q, &r, &n.t->e));
    check_str(r.body, "no!\n");
    assert_int_equal(lseek(fd, 0, SEEK_END), 0);
    assert_true(http_do(n.h, n.t->a, &q, &r, &n.t->e));
    check_str(r.body, "");
    assert_int_equal(pread(fd, got, sizeof got, 0), 5);
    assert_memory_equal(got, "bytes", 5);
    net_end(&n);
    close(fd);
    unlink(name);
}

static void what_is_no_answer_is_told_without_secrets(void **state) {
    static const struct script script[] = {
        {NULL, "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nlarger than the bound we set ."},
        {NULL, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"},
        {NULL, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"},
        {NULL, "nonsense"}};
    static const enum http_failure want[] = {HTTP_TOO_LARGE, HTTP_REFUSED, HTTP_ANSWERED, HTTP_REFUSED, HTTP_NO_ANSWER};
    struct net n;
    struct http_answer r;
    net_begin(&n, *state, script, 4);
    str at = arena_printf(n.t->a, "http://me:hidden@127.0.0.1:%u/x", n.s.port);
    for (int i = 0; i < 5; i++) {
        struct http_request q = {.method = i == 2 ? "POST" : NULL, .url = at, .most = 20};
        n.t->e = (struct err){0};
        if (i == 4)
            server_end(&n.s);
        bool ok = http_do(n.h, n.t->a, &q, &r, &n.t->e);
        assert_int_equal(ok, i == 2); /* where a POST is sent on to is for the caller to see */
        assert_int_equal(r.failure, want[i]);
        assert_int_equal(n.t->e.kind, ok ? ERR_NONE : ERR_ENV);
        assert_null(strstr(n.t->e.where, "hidden"));
        assert_null(strstr(n.t->e.what, "hidden"));
    }
    http_close(n.h);
}

static void addresses_are_shown_without_what_is_secret(void **state) {
    static const struct {
        const char *url, *shown;
    } rows[] = {
        {"https://example.jp/a", "https://example.jp/a"},
        {"https://u:p@example.jp:8/a@b?c=d@e", "https://example.jp:8/a@b?c=d@e"},
        {"https://u@v@example.jp", "https://example.jp"},
        {"u:p@example.jp/x", "example.jp/x"},
        {"https://x/?X-Amz-Signature=abc&a=1&API_KEY=2&flag", "https://x/?X-Amz-Signature=…&a=1&API_KEY=…&flag"},
        {"", ""},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_str(http_shown(t->a, str_of(rows[i].url)), rows[i].shown);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(any_status_is_an_answer),
        TEST(bodies_come_from_memory_and_files),
        TEST(an_answer_goes_into_a_file_only_when_it_is_what_was_asked_for),
        TEST(what_is_no_answer_is_told_without_secrets),
        TEST(addresses_are_shown_without_what_is_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
