/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole way from a request's head to its answer, without a socket.
 */
#include "seal/home_testing.h"

#include <pthread.h>
#include <stdio.h>

#include "serve/app.h"
#include "serve/call.h"
#include "serve/limits.h"
#include "serve/multipart.h"

static struct app *begin(struct home_test *x) {
    struct app *app;
    struct app_plan plan = {.home = x->path, .checks = true};
    home_test_make(x);
    home_test_close(x);
    MUST(app_open(&x->t.ctx, &plan, &app, &x->t.e));
    return app;
}

static struct answer ask(struct home_test *x, struct app *app, const char *method, const char *path,
                         const struct answer_header *headers) {
    struct answer out;
    struct asked *asked = arena_new_of(x->t.a, struct asked);
    *asked = (struct asked){.method = method, .path = str_of(path), .raw = str_of(path), .headers = headers};
    assert_true(call_answer(app, x->t.a, asked, &out));
    return out;
}

static const char *header_of(const struct answer *r, const char *name) {
    for (const struct answer_header *h = r->headers; h && h->name; h++)
        if (strcmp(h->name, name) == 0)
            return h->value;
    return NULL;
}

/* A path that the row answers: each part in braces is "x". */
static const char *path_of(struct arena *a, const struct api *r) {
    struct buf b = {0};
    str rest = str_of(r->path), field;
    (void)str_next(&rest, '/', &field);
    while (str_next(&rest, '/', &field)) {
        buf_addc(&b, '/');
        buf_add(&b, field.n && field.p[0] == '{' ? S("x") : field);
    }
    const char *path = arena_cstr(a, buf_str(&b));
    buf_free(&b);
    return path;
}

static void every_row_is_as_it_should_be(void **state) {
    static const char *const methods[] = {"GET", "POST", "PUT", "DELETE", "PATCH"};
    struct home_test *x = *state;
    for (const struct api *r = apis; r->path; r++) {
        str parts[ROUTE_PARTS], allowed;
        bool known = false;
        unsigned braces = 0;
        for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
            known |= strcmp(r->method, methods[i]) == 0;
        for (const char *p = r->path; *p; p++)
            braces += *p == '{';
        if (!known || r->path[0] != '/' || !r->answer || !r->doc || !r->summary || !*r->summary ||
            r->may >= MAY_COUNT || braces > ROUTE_PARTS)
            fail_msg("%s %s is no whole row", r->method, r->path);
        if (strcmp(r->method, "GET") == 0 && (r->flags & ROUTE_WRITES))
            fail_msg("%s writes, though it is only asked for", r->path);
        const struct api *found = api_find(x->t.a, str_of(r->method), str_of(path_of(x->t.a, r)), parts, &allowed);
        if (found != r)
            fail_msg("%s %s is hidden by %s", r->method, r->path, found ? found->path : "nothing");
    }
}

/* Who is not signed in gets what is for anybody, and else nothing but 401: not even whether something is there. */
static void nobody_gets_only_what_is_for_anybody(void **state) {
    struct home_test *x = *state;
    struct app *app = begin(x);
    for (const struct api *r = apis; r->path; r++) {
        struct answer out = ask(x, app, r->method, path_of(x->t.a, r), NULL);
        if (r->may != MAY_ANYBODY ? out.status != 401 : out.status >= 500)
            fail_msg("%s %s answers nobody with %d", r->method, r->path, out.status);
    }
    assert_int_equal(ask(x, app, "GET", "/api/v1/nothing", NULL).status, 404);
    struct answer out = ask(x, app, "PATCH", "/healthz", NULL);
    assert_int_equal(out.status, 405);
    assert_string_equal(header_of(&out, "Allow"), "GET");
    app_close(app);
}

static void a_part_may_hold_a_slash(void **state) {
    struct home_test *x = *state;
    str parts[ROUTE_PARTS], allowed;
    const struct api *r = api_find(x->t.a, S("GET"), S("/api/v1/jobs/a%2Fb"), parts, &allowed);
    assert_non_null(r);
    check_str(parts[0], "a/b");
    assert_null(api_find(x->t.a, S("GET"), S("/api/v1/jobs/a/b"), parts, &allowed));
    assert_null(allowed.p);
    assert_null(api_find(x->t.a, S("GET"), S("/api/v1/jobs/%ff"), parts, &allowed));
}

static void openapi_has_every_route(void **state) {
    struct home_test *x = *state;
    struct app *app = begin(x);
    struct json doc;
    struct answer out = ask(x, app, "GET", "/api/v1/openapi.json", NULL);
    assert_int_equal(out.status, 200);
    MUST(json_parse(&x->t.ctx, x->t.a, out.body, JSON_STRICT, S("openapi"), &doc, &x->t.e));
    check_str(j_gets(doc.root, "openapi"), "3.1.0");
    for (const struct api *r = apis; r->path; r++) {
        str method = arena_lower(x->t.a, str_of(r->method));
        struct jv row = j_getn(j_get2(doc.root, "paths", r->path), method);
        if (!j_gets(row, "summary").n || !j_ok(j_get(row, "responses")))
            fail_msg("%s %s is not described", r->method, r->path);
    }
    app_close(app);
}

static void what_is_known_is_not_sent_again(void **state) {
    struct home_test *x = *state;
    struct app *app = begin(x);
    struct answer out = ask(x, app, "GET", "/api/v1/openapi.json", NULL);
    const char *mark = header_of(&out, "ETag");
    assert_non_null(mark);
    const struct answer_header same[] = {{"If-None-Match", arena_printf(x->t.a, "\"x\", %s", mark).p}, {NULL, NULL}},
                               other[] = {
                                   {"If-None-Match", "W/\"x\""}, {"Accept-Encoding", "gzip, zstd"}, {NULL, NULL}};
    assert_int_equal(ask(x, app, "GET", "/api/v1/openapi.json", same).status, 304);
    struct answer packed = ask(x, app, "GET", "/api/v1/openapi.json", other);
    assert_int_equal(packed.status, 200);
    assert_string_equal(header_of(&packed, "Content-Encoding"), "zstd");
    assert_string_equal(header_of(&packed, "Vary"), "Accept-Encoding");
    assert_true(packed.body.n < out.body.n / 2);
    char *text = arena_alloc(x->t.a, out.body.n);
    assert_true(unsqueeze_into(packed.body, text, out.body.n));
    assert_memory_equal(text, out.body.p, out.body.n);
    app_close(app);
}

/* ── writing together ── */

enum { WRITERS = 8, EACH = 20 };
struct writer {
    struct app *app;
    struct portfolio_add adds[EACH];
    bool ok;
    pthread_t thread;
};
static void *write_some(void *arg) {
    struct writer *w = arg;
    struct err e = {0};
    w->ok = true;
    for (int i = 0; i < EACH; i++)
        w->ok &= app_append(w->app, &w->adds[i], 1, &e);
    return NULL;
}

/* Each gets its own places in the log, and readers that were open before see all of it. */
static void writers_share_and_readers_see(void **state) {
    struct home_test *x = *state;
    struct app *app = begin(x);
    struct writer *writers = arena_array(x->t.a, struct writer, WRITERS);
    struct views *v;
    bool seen[WRITERS * EACH + 100] = {false};
    assert_int_equal(ask(x, app, "GET", "/readyz", NULL).status, 200); /* leaves a reader open */
    for (int i = 0; i < WRITERS; i++)
        for (int k = 0; k < EACH; k++)
            writers[i].adds[k].payload = home_test_payload(x, "tag:akashi,2026:predicate/note/v1",
                                                           arena_printf(x->t.a, "%d-%d", i, k).p, "{}");
    for (int i = 0; i < WRITERS; i++) {
        writers[i].app = app;
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_some, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(writers[i].thread, NULL);
        assert_true(writers[i].ok);
        for (int k = 0; k < EACH; k++) {
            uint64_t at = writers[i].adds[k].index;
            assert_true(at < sizeof seen && !seen[at] && !writers[i].adds[k].was_there);
            seen[at] = true;
        }
    }
    MUST(app_read(app, &v, &x->t.e));
    bool own;
    MUST(portfolio_read(v->p, &own, &x->t.e));
    struct as_of when;
    MUST(portfolio_as_of(v->p, S("2000-01-01"), &when, &x->t.e));
    portfolio_read_end(v->p, own);
    app_read_end(app, v);
    app_close(app);
}

/* ── limits ── */

static void buckets_fill_again(void **state) {
    struct limits_table *t = limits_new(2);
    unsigned wait = 0;
    (void)state;
    for (int i = 0; i < 20; i++)
        assert_true(limits_take(t, 7, 1000, &wait));
    assert_false(limits_take(t, 7, 1000, &wait));
    assert_int_equal(wait, 1);
    assert_true(limits_take(t, 9, 1000, &wait)); /* somebody else */
    assert_false(limits_take(t, 7, 1400, &wait));
    assert_true(limits_take(t, 7, 1500, &wait));
    assert_false(limits_take(t, 7, 1500, &wait));
    assert_true(limits_take(t, 7, 900000, &wait));
    limits_free(t);
    t = limits_new(0);
    for (int i = 0; i < 1000; i++)
        assert_true(limits_take(t, 7, 1000, &wait));
    limits_free(t);
}

/* ── forms ── */

static void forms_are_taken_apart(void **state) {
    static const char type[] = "multipart/form-data; boundary=\"B\"";
    static const struct {
        const char *text;
        int n; /* -1: damaged */
        const char *name, *filename, *body;
    } rows[] = {
        {"--B\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nsboms\r\n--B--\r\n", 1, "kind", NULL, "sboms"},
        {"--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B\r\ncontent-disposition: form-data; "
         "name=\"f\"; filename=\"x.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n--Bx\r\n--B--",
         2, "f", "x.csv", "a,b\r\n--Bx"},
        {"--B--", 0, NULL, NULL, NULL},
        {"", -1, NULL, NULL, NULL},
        {"--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n", -1, NULL, NULL, NULL},
        {"--B\r\nContent-Disposition: form-data; name=a", -1, NULL, NULL, NULL},
        {"--Bx\r\n\r\n\r\n--B--", -1, NULL, NULL, NULL},
    };
    struct home_test *x = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct form_parts list;
        bool ok = multipart_read(x->t.a, str_of(type), str_of(rows[i].text), &list);
        if (ok != (rows[i].n >= 0) || (ok && list.n != (uint32_t)rows[i].n))
            fail_msg("row %zu: %d, %u parts", i, ok, list.n);
        if (rows[i].n < 1)
            continue;
        struct form_part *last = &list.v[list.n - 1];
        check_str(last->name, rows[i].name);
        check_str(last->body, rows[i].body);
        assert_true(rows[i].filename ? str_is(last->filename, rows[i].filename) : !last->filename.p);
    }
    struct form_parts list;
    assert_false(multipart_read(x->t.a, S("text/plain; boundary=B"), S("--B--"), &list));
    assert_false(multipart_read(x->t.a, S("multipart/form-data"), S("--B--"), &list));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(every_row_is_as_it_should_be),
        HOME_TEST(nobody_gets_only_what_is_for_anybody),
        HOME_TEST(a_part_may_hold_a_slash),
        HOME_TEST(openapi_has_every_route),
        HOME_TEST(what_is_known_is_not_sent_again),
        HOME_TEST(writers_share_and_readers_see),
        HOME_TEST(buckets_fill_again),
        HOME_TEST(forms_are_taken_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
