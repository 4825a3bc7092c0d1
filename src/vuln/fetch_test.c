/* SPDX-License-Identifier: Apache-2.0
 *
 * Against a server of our own on the loopback interface that plays one scripted answer after the other.
 */
#include "base/temporary.h"
#include "base/testing.h"

#include <dirent.h>
#include <unistd.h>

#include "base/testing_server.h"
#include "vuln/fetch.h"

struct place {
    struct testing *t;
    struct fetch_options o;
};
static struct place place_new(struct testing *t) {
    char name[256];
    temporary_name(name, sizeof name, "fetch");
    assert_non_null(mkdtemp(name));
    unsetenv("http_proxy");
    unsetenv("https_proxy");
    return (struct place){t, {.folder = arena_str(t->a, str_of(name)), .idle = 5}};
}
static void place_end(struct place *p) {
    DIR *d = opendir(arena_cstr(p->t->a, p->o.folder));
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        unlink(arena_cstr(p->t->a, path_join(p->t->a, p->o.folder, str_of(e->d_name))));
    closedir(d);
    rmdir(arena_cstr(p->t->a, p->o.folder));
}

static str url_of(struct place *p, const struct server *s) {
    return arena_printf(p->t->a, "http://127.0.0.1:%u/all.zip", s->port);
}

static void check_body(struct place *p, const struct fetched *f, const char *want) {
    str text;
    assert_true(file_read(&p->t->ctx, p->t->a, f->path, &text, &p->t->e));
    check_str(text, want);
}

static void a_file_is_fetched_once_and_again_when_it_changed(void **state) {
    static const struct script script[] = {
        {"GET /all.zip", "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 5\r\n\r\nhello"},
        {"If-None-Match: \"1\"", "HTTP/1.1 304 Not Modified\r\n\r\n"},
        {"If-None-Match: \"1\"", "HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 3\r\n\r\nnew"}};
    struct place p = place_new(*state);
    struct server s;
    struct fetched f;
    server_begin(&s, script, 3);
    str url = url_of(&p, &s);
    for (int i = 0; i < 3; i++) {
        if (!fetch(&p.t->ctx, p.t->a, &p.o, url, &f, &p.t->e))
            fail_msg("%d: %s", i, p.t->e.what);
        assert_int_equal(f.changed, i != 1);
        check_body(&p, &f, i == 2 ? "new" : "hello");
    }
    server_end(&s);
    assert_int_equal(s.met, 3);
    place_end(&p);
}

static void a_cut_transfer_goes_on_where_it_ended(void **state) {
    static const struct script script[] = {{NULL, "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 10\r\n\r\n01234"},
                                           {"Range: bytes=5-\r\nIf-Range: \"1\"",
                                            "HTTP/1.1 206 Partial Content\r\nETag: \"1\"\r\nContent-Range: bytes "
                                            "5-9/10\r\nContent-Length: 5\r\n\r\n56789"}};
    struct place p = place_new(*state);
    struct server s;
    struct fetched f;
    server_begin(&s, script, 2);
    if (!fetch(&p.t->ctx, p.t->a, &p.o, url_of(&p, &s), &f, &p.t->e))
        fail_msg("%s", p.t->e.what);
    check_body(&p, &f, "0123456789");
    server_end(&s);
    assert_int_equal(s.met, 2);
    place_end(&p);
}

static void another_file_in_the_meantime_starts_again(void **state) {
    static const struct script script[] = {
        {NULL, "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 10\r\n\r\n01234"},
        {"If-Range: \"1\"", "HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 4\r\n\r\nabcd"}};
    struct place p = place_new(*state);
    struct server s;
    struct fetched f;
    server_begin(&s, script, 2);
    assert_true(fetch(&p.t->ctx, p.t->a, &p.o, url_of(&p, &s), &f, &p.t->e));
    check_body(&p, &f, "abcd");
    server_end(&s);
    place_end(&p);
}

static void a_failure_leaves_what_was_fetched(void **state) {
    static const struct script script[] = {
        {NULL, "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 5\r\n\r\nhello"},
        {NULL, "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"},
        {NULL, "HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 30\r\n\r\nlarger than the bound we set ."},
        {NULL, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"},
        {NULL, "nonsense"}};
    struct place p = place_new(*state);
    struct server s;
    struct fetched f;
    server_begin(&s, script, 5);
    str url = url_of(&p, &s);
    p.o.most = 20;
    p.o.attempts = 1;
    assert_true(fetch(&p.t->ctx, p.t->a, &p.o, url, &f, &p.t->e));
    for (int i = 1; i < 5; i++) {
        p.t->e = (struct err){0};
        assert_false(fetch(&p.t->ctx, p.t->a, &p.o, url, &f, &p.t->e));
        assert_int_equal(p.t->e.kind, ERR_ENV);
        assert_string_equal(p.t->e.where, arena_cstr(p.t->a, url));
        check_body(&p, &f, "hello");
    }
    server_end(&s);
    assert_false(fetch(&p.t->ctx, p.t->a, &p.o, url, &f, &p.t->e)); /* nobody there */
    assert_false(fetch(&p.t->ctx, p.t->a, &p.o, S("file:///etc/passwd"), &f, &p.t->e));
    place_end(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_fetched_once_and_again_when_it_changed),
        TEST(a_cut_transfer_goes_on_where_it_ended),
        TEST(another_file_in_the_meantime_starts_again),
        TEST(a_failure_leaves_what_was_fetched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
