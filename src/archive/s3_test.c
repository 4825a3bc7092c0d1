/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies to a store, against tests/s3_server.py: a small one that checks each signature by itself and misbehaves on
 * request. Left out where there is no python3.
 */
#include "base/testing.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/copy_testing.h"
#include "archive/s3.h"
#include "base/http.h"
#include "base/json.h"

#define KEY_ID "AKIDTEST"
#define SECRET "secret/+of=the.test"

extern char **environ;

/* ── the store ── */

struct store {
    struct copies x;
    pid_t pid;
    int in; /* closed, it ends */
    char port[16];
};

static void set_keys(const char *id, const char *secret, const char *token) {
    static const char *const others[] = {"AKASHI_S3_KEY_ID_FILE", "AKASHI_S3_SECRET_FILE",
                                         "AKASHI_S3_TOKEN_FILE",  "AWS_REGION",
                                         "AWS_DEFAULT_REGION",    "http_proxy"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        unsetenv(others[i]);
    setenv("AWS_ACCESS_KEY_ID", id, 1);
    setenv("AWS_SECRET_ACCESS_KEY", secret, 1);
    setenv("AWS_SESSION_TOKEN", token, 1);
}

static bool start(struct store *s) {
    int to[2], from[2];
    const char *source = getenv("AKASHI_SOURCE");
    char script[4096];
    snprintf(script, sizeof script, "%s/tests/s3_server.py", source ? source : "../..");
    char program[] = "python3", *argv[] = {program, script, NULL};
    posix_spawn_file_actions_t files;
    if (access(script, R_OK) != 0 || pipe(to) != 0 || pipe(from) != 0)
        return false;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, to[0], 0);
    posix_spawn_file_actions_adddup2(&files, from[1], 1);
    posix_spawn_file_actions_addclose(&files, to[1]);
    posix_spawn_file_actions_addclose(&files, from[0]);
    bool ok = posix_spawnp(&s->pid, "python3", &files, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&files);
    close(to[0]);
    close(from[1]);
    ssize_t n = 0, got = 1;
    while (ok && got > 0 && n < (ssize_t)sizeof s->port - 1 && !strchr(s->port, '\n')) {
        got = read(from[0], s->port + n, sizeof s->port - 1 - (size_t)n);
        n += got > 0 ? got : 0;
    }
    close(from[0]);
    s->in = to[1];
    if (n <= 1) {
        close(s->in);
        if (ok)
            waitpid(s->pid, NULL, 0);
        return false;
    }
    s->port[n - 1] = 0;
    return true;
}

static bool begin(struct store *s, void **state) {
    *s = (struct store){0};
    if (!start(s))
        return false;
    s->x = copies_begin(state, NULL);
    set_keys(KEY_ID, SECRET, "");
    return true;
}

static void end(struct store *s) {
    close(s->in);
    waitpid(s->pid, NULL, 0);
    copies_end(&s->x);
}

static struct json exchange(struct store *s, const char *method, const char *path, const char *body) {
    struct testing *t = s->x.t;
    struct http *h;
    struct http_answer r;
    struct json j = {0};
    str url = arena_printf(t->a, "http://127.0.0.1:%s%s", s->port, path);
    struct http_request q = {.method = method, .url = url, .body = body ? str_of(body) : (str){NULL, 0}};
    assert_true(http_open(&t->ctx, &h, &t->e));
    assert_true(http_do(h, t->a, &q, &r, &t->e));
    assert_int_equal(r.status, 200);
    http_close(h);
    if (r.body.n)
        assert_true(json_parse(&t->ctx, t->a, r.body, JSON_STRICT, S("state"), &j, &t->e));
    return j;
}
static void tell(struct store *s, const char *orders) { exchange(s, "POST", "/control", orders); }
static struct json state_of(struct store *s) { return exchange(s, "GET", "/state", NULL); }

static struct copy_options place(struct store *s, const char *prefix) {
    str at = arena_printf(s->x.t->a, "s3://bucket-1/%s?endpoint=http://127.0.0.1:%s&region=eu-1", prefix, s->port);
    return (struct copy_options){.place = at, .pause = 1};
}

static struct copy_report send_ok(struct store *s, const struct copy_options *o) {
    struct copy_report r;
    s->x.t->e = (struct err){0};
    if (!copy_send(s->x.a, o, &r, &s->x.t->e))
        fail_msg("%s: %s", s->x.t->e.where, s->x.t->e.what);
    return r;
}

static void packs(struct store *s, unsigned n) {
    for (unsigned i = 0; i < n; i++) {
        put_body(&s->x, 40000, 100 + i);
        assert_true(archive_finish(s->x.a, &s->x.t->e));
    }
}

/* A pack's name in the bucket, or "" before the n-th. */
static str object(struct store *s, unsigned n) {
    struct json j = state_of(s);
    for (struct jiter it = j_iter(j_get(j.root, "objects")); j_next(&it);)
        if (str_ends(it.key, S(".pack")) && n-- == 0)
            return arena_str(s->x.t->a, it.key);
    return S("");
}

#define BEGIN                                                                                                          \
    struct store s;                                                                                                    \
    if (!begin(&s, state)) {                                                                                           \
        print_message("# no python3, no store\n");                                                                     \
        skip();                                                                                                        \
    }

/* ── there and back ── */

static void test_there_and_back(void **state) {
    BEGIN
    struct body_name name = put_body(&s.x, 300000, 1);
    struct copy_options o = place(&s, "a folder/üx");
    struct copy_report r;
    packs(&s, 4);
    tell(&s, "{\"page\": 2}");
    r = send_ok(&s, &o);
    assert_int_equal(r.sent, 4);
    r = send_ok(&s, &o);
    assert_int_equal(r.sent, 0);
    assert_int_equal(r.there, 4);
    tell(&s, arena_cstr(s.x.t->a, arena_printf(s.x.t->a, "{\"forget\": \"%.*s\"}", STR_ARG(object(&s, 2)))));
    r = send_ok(&s, &o);
    assert_int_equal(r.sent, 1);
    assert_true(copy_fetch(&s.x.t->ctx, under(&s.x, "back"), &o, &r, &s.x.t->e));
    assert_int_equal(r.sent, 4);
    check_body(&s.x, "back", &name, 300000, 1);
    struct json j = state_of(&s);
    assert_int_equal(j_len(j_get(j.root, "objects")), 5);
    end(&s);
}

static void test_another_archive_there(void **state) {
    BEGIN
    struct copy_options o = place(&s, "one");
    struct copy_report r;
    send_ok(&s, &o);
    struct archive *other = open_in(&s.x, "other", false);
    assert_false(copy_send(other, &o, &r, &s.x.t->e));
    assert_int_equal(s.x.t->e.kind, ERR_USAGE);
    archive_close(other);
    end(&s);
}

/* ── troubles ── */

static void test_troubles_pass(void **state) {
    static const char *const troubles[] = {"{\"fail\": 3}", "{\"cut_upload\": 2}", "{\"lose_answer\": 1}"};
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        for (int once = 0; once < 2; once++) {
            BEGIN
            struct copy_options o = place(&s, "p");
            struct copy_report r;
            o.write_once = once;
            packs(&s, 2);
            tell(&s, troubles[i]);
            r = send_ok(&s, &o);
            assert_int_equal(r.sent + r.there, 2);
            tell(&s, "{\"cut_download\": 1}");
            assert_true(copy_fetch(&s.x.t->ctx, under(&s.x, "back"), &o, &r, &s.x.t->e));
            assert_int_equal(r.sent, 2);
            check_all_whole(&s.x, "back");
            end(&s);
        }
}

static void test_troubles_stay(void **state) {
    BEGIN
    struct copy_options o = place(&s, "p");
    struct copy_report r;
    packs(&s, 2);
    tell(&s, "{\"fail\": 1000}");
    assert_false(copy_send(s.x.a, &o, &r, &s.x.t->e));
    assert_int_equal(s.x.t->e.kind, ERR_ENV);
    assert_non_null(strstr(s.x.t->e.what, "500 InternalError"));
    tell(&s, "{\"fail\": 0, \"cut_upload\": 1000}");
    assert_false(copy_send(s.x.a, &o, &r, &s.x.t->e));
    struct json j = state_of(&s);
    assert_int_equal(j_len(j_get(j.root, "objects")), 0);
    tell(&s, "{\"cut_upload\": 0, \"slow\": 0.05}");
    assert_int_equal(send_ok(&s, &o).sent, 2);
    end(&s);
}

static void test_nothing_secret_is_said(void **state) {
    BEGIN
    static const char *const wrong[][3] = {{KEY_ID, "hunter2hunter2", ""}, {"AKIDWRONG", SECRET, "tok/en+==hunter2"}};
    struct copy_options o = place(&s, "p");
    struct copy_report r;
    for (size_t i = 0; i < 2; i++) {
        set_keys(wrong[i][0], wrong[i][1], wrong[i][2]);
        assert_false(copy_send(s.x.a, &o, &r, &s.x.t->e));
        assert_int_equal(s.x.t->e.kind, ERR_ENV);
        assert_non_null(strstr(s.x.t->e.what, "403"));
        str all = arena_printf(s.x.t->a, "%s %s %s", s.x.t->e.where, s.x.t->e.what, s.x.t->e.hint);
        assert_true(str_find(all, S("hunter2")) == STR_NONE && str_find(all, S("AKID")) == STR_NONE);
    }
    set_keys(KEY_ID, SECRET, "tok/en+==");
    packs(&s, 1);
    assert_int_equal(send_ok(&s, &o).sent, 1);
    end(&s);
}

/* ── write-once ── */

static void test_write_once(void **state) {
    BEGIN
    struct copy_options o = place(&s, "p");
    struct copy_report r;
    packs(&s, 2);
    o.retain = 7;
    o.write_once = true;
    send_ok(&s, &o);
    struct json j = state_of(&s);
    for (struct jiter it = j_iter(j_get(j.root, "objects")); j_next(&it);)
        if (!str_starts(j_gets(it.val, "retain"), S("COMPLIANCE 20")))
            fail_msg("%.*s is not retained", STR_ARG(it.key));
    /* Damaged there: said when it is looked at, not replaced. */
    str orders = arena_printf(s.x.t->a, "{\"damage\": \"%.*s\", \"checksums\": false}", STR_ARG(object(&s, 0)));
    tell(&s, arena_cstr(s.x.t->a, orders));
    o.verify = true;
    assert_false(copy_send(s.x.a, &o, &r, &s.x.t->e));
    j = state_of(&s);
    assert_int_equal(j_int(j_get(j.root, "puts"), 0), 3);
    end(&s);
}

/* Somebody else's object came to be there between our look and our sending. */
static void test_a_race_is_seen(void **state) {
    BEGIN
    struct copy_options o = place(&s, "p");
    struct copy_place p;
    struct copy_item item = {.name = S("packs/x"), .fd = fd_of(&s.x, "ours")};
    enum copy_state there_is;
    bool there;
    o.write_once = true;
    assert_true(copy_open(&s.x.t->ctx, &o, COPY_WRITE, &p, &s.x.t->e));
    assert_true(copy_measure(item.fd, S("x"), &item, &s.x.t->e));
    assert_true(p.kind->compare(&p, &item, &there_is, &s.x.t->e));
    assert_int_equal(there_is, COPY_ABSENT);
    assert_true(p.kind->put(&p, &item, &there, &s.x.t->e));
    assert_false(there);
    close(item.fd);
    item.fd = fd_of(&s.x, "other");
    assert_true(copy_measure(item.fd, S("x"), &item, &s.x.t->e));
    assert_true(p.kind->put(&p, &item, &there, &s.x.t->e));
    assert_true(there);
    assert_true(p.kind->compare(&p, &item, &there_is, &s.x.t->e));
    assert_int_equal(there_is, COPY_OTHER);
    close(item.fd);
    copy_close(&p);
    end(&s);
}

/* ── checking ── */

static void test_check(void **state) {
    BEGIN
    struct testing *t = s.x.t;
    struct copy_options o = place(&s, "p");
    struct copy_check c;
    packs(&s, 4);
    send_ok(&s, &o);
    assert_true(copy_check(&t->ctx, t->a, s.x.a, NULL, &o, 50, &c, &t->e));
    assert_int_equal(c.proved, 2);
    assert_int_equal(c.missing + c.wrong + c.damaged, 0);
    tell(&s, arena_cstr(t->a, arena_printf(t->a, "{\"damage\": \"%.*s\"}", STR_ARG(object(&s, 0)))));
    /* The digest that was kept with it gives it away on the way; where none is kept, its own checks do. */
    assert_true(copy_check(&t->ctx, t->a, NULL, NULL, &o, 100, &c, &t->e));
    assert_int_equal(c.proved, 3);
    assert_int_equal(c.damaged, 1);
    assert_true(str_find(c.faults.v[0], S("its digest is another")) != STR_NONE);
    tell(&s, "{\"checksums\": false}");
    assert_true(copy_check(&t->ctx, t->a, NULL, NULL, &o, 100, &c, &t->e));
    assert_int_equal(c.proved, 3);
    assert_int_equal(c.damaged, 1);
    tell(&s, arena_cstr(t->a, arena_printf(t->a, "{\"shorten\": \"%.*s\"}", STR_ARG(object(&s, 1)))));
    tell(&s, arena_cstr(t->a, arena_printf(t->a, "{\"forget\": \"%.*s\"}", STR_ARG(object(&s, 2)))));
    assert_true(copy_check(&t->ctx, t->a, s.x.a, NULL, &o, 0, &c, &t->e));
    assert_int_equal(c.missing, 1);
    assert_int_equal(c.wrong, 1);
    assert_int_equal(c.faults.n, 2);
    end(&s);
}

/* ── addresses and credentials ── */

static void test_addresses(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *endpoint, *bucket, *prefix, *region; /* endpoint NULL: refused */
    } rows[] = {
        {"s3://abc", "https://s3.us-east-1.amazonaws.com", "abc", "", "us-east-1"},
        {"s3://abc/", "https://s3.us-east-1.amazonaws.com", "abc", "", "us-east-1"},
        {"s3://abc/x/y/?region=eu-1", "https://s3.eu-1.amazonaws.com", "abc", "x/y/", "eu-1"},
        {"s3://a.b-c/x?endpoint=https://h:9000/&region=z", "https://h:9000", "a.b-c", "x/", "z"},
        {"s3://abc?endpoint=http://localhost:1", "http://localhost:1", "abc", "", "us-east-1"},
        {"s3://abc?endpoint=http://[::1]:1", "http://[::1]:1", "abc", "", "us-east-1"},
        {"s3://abc?endpoint=http://store.example", NULL},
        {"s3://abc/x+y", NULL},
        {"s3://abc?endpoint=http://127.evil.example@x", NULL},
        {"s3://abc?endpoint=https://u:p@h", NULL},
        {"s3://abc?endpoint=ftp://h", NULL},
        {"s3://abc?endpoint=https://", NULL},
        {"s3://abc?secret=x", NULL},
        {"s3://ab", NULL},
        {"s3://ABC", NULL},
        {"s3://abc/../x", NULL},
        {"s3://abc//x", NULL},
        {"s3://abc?region=a%20b", NULL},
    };
    set_keys("", "", "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct s3_address at;
        bool ok = s3_address_parse(t->a, str_of(rows[i].text), &at, &t->e);
        if (ok != (rows[i].endpoint != NULL))
            fail_msg("%s", rows[i].text);
        if (!ok)
            continue;
        check_str(at.endpoint, rows[i].endpoint);
        check_str(at.bucket, rows[i].bucket);
        check_str(at.prefix, rows[i].prefix);
        check_str(at.region, rows[i].region);
    }
    check_str(s3_encoded(t->a, S("a b/c+~.d"), true), "a%20b/c%2B~.d");
    check_str(s3_encoded(t->a, S("a/b="), false), "a%2Fb%3D");
}

static void test_credentials(void **state) {
    struct copies x = copies_begin(state, NULL);
    struct s3_keys k;
    struct err *e = &x.t->e;
    str file = under(&x, "credentials");
    char *path = arena_cstr(x.t->a, file);
    assert_true(file_replace(file,
                             S("# c\n[other]\naws_access_key_id=O\n[ default ]\naws_access_key_id = A\n"
                               "aws_secret_access_key = b=/+\r\n[full]\naws_access_key_id=F\n"
                               "aws_secret_access_key=G\naws_session_token=T\n"),
                             e));
    assert_int_equal(chmod(path, 0600), 0);
    set_keys("env", "env-key", "");
    assert_true(s3_keys_find((str){NULL, 0}, (str){NULL, 0}, &k, e));
    assert_string_equal((const char *)k.id.p, "env");
    assert_null(k.token.p);
    s3_keys_free(&k);
    assert_true(s3_keys_find(file, (str){NULL, 0}, &k, e));
    assert_string_equal((const char *)k.id.p, "A");
    assert_string_equal((const char *)k.key.p, "b=/+");
    s3_keys_free(&k);
    assert_true(s3_keys_find(file, S("full"), &k, e));
    assert_string_equal((const char *)k.token.p, "T");
    s3_keys_free(&k);
    assert_false(s3_keys_find(file, S("other"), &k, e)); /* no secret */
    assert_int_equal(chmod(path, 0640), 0);
    assert_false(s3_keys_find(file, (str){NULL, 0}, &k, e));
    assert_int_equal(e->kind, ERR_ENV);
    assert_non_null(strstr(e->hint, "chmod 600"));
    /* Files the environment names. */
    assert_true(file_replace(file, S("from-file\n"), e));
    assert_int_equal(chmod(path, 0600), 0);
    setenv("AKASHI_S3_KEY_ID_FILE", path, 1);
    setenv("AKASHI_S3_SECRET_FILE", path, 1);
    assert_true(s3_keys_find((str){NULL, 0}, (str){NULL, 0}, &k, e));
    assert_string_equal((const char *)k.key.p, "from-file");
    s3_keys_free(&k);
    set_keys("a\r\nX-Header: 1", "b", "");
    assert_false(s3_keys_find((str){NULL, 0}, (str){NULL, 0}, &k, e));
    set_keys("", "", "");
    assert_false(s3_keys_find((str){NULL, 0}, (str){NULL, 0}, &k, e));
    assert_int_equal(e->kind, ERR_USAGE);
    copies_end(&x);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        TEST(test_there_and_back),
        TEST(test_another_archive_there),
        TEST(test_troubles_pass),
        TEST(test_troubles_stay),
        TEST(test_nothing_secret_is_said),
        TEST(test_write_once),
        TEST(test_a_race_is_seen),
        TEST(test_check),
        TEST(test_addresses),
        TEST(test_credentials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
