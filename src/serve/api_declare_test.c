/* SPDX-License-Identifier: Apache-2.0
 *
 * Declare, verify, challenge, answer: over the API, as whoever may; and what is refused.
 */
#include "serve/api_testing.h"

#include "base/file.h"

#define PERSON "\"person\":{\"name\":\"T. Yamada\",\"role\":\"President\"}"
#define ASKED "\"catalogue\":\"cip\",\"package\":\"minimum\",\"party\":\"acme\""

static struct told post(struct world *w, const char *path, const char *body) {
    return ask_as(w, &reader_owner, "POST", path, body, NULL);
}
static const char *under(struct world *w, str id, const char *rest) {
    return arena_printf(w->x->t.a, "/api/v1/declarations/%.*s%s", STR_ARG(id), rest).p;
}

/* A claim for each practice that falls short. */
static const char *claims_for(struct world *w, struct told preview) {
    struct buf b = {0};
    for (struct jiter it = j_iter(at(preview, "short")); j_next(&it);)
        buf_addf(&b, "%s{\"practice\":\"%.*s\",\"level\":%lld,\"reason\":\"by hand\"}", b.n ? "," : "",
                 STR_ARG(j_gets(it.val, "practice")), (long long)j_int(j_get(it.val, "target"), 0));
    str out = arena_str(w->x->t.a, buf_str(&b));
    buf_free(&b);
    return arena_cstr(w->x->t.a, out);
}

static str declare(struct world *w) {
    struct told t = post(w, "/api/v1/declarations", "{" ASKED ",\"preview\":true}");
    check_status(t, 200);
    t = post(w, "/api/v1/declarations",
             arena_printf(w->x->t.a,
                          "{" ASKED "," PERSON ",\"claims\":[%s],\"exclusions\":[{\"what\":\"old site\","
                          "\"reason\":\"closed\"}]}",
                          claims_for(w, t))
                 .p);
    check_status(t, 201);
    return j_str(at(t, "declaration"));
}

static void what_falls_short_is_told_and_not_signed(void **state) {
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    struct told t = post(&w, "/api/v1/declarations", "{" ASKED ",\"preview\":true}");
    check_status(t, 200);
    assert_false(j_true(at(t, "carried")));
    assert_false(j_true(at(t, "signed")));
    assert_true(j_len(at(t, "short")) > 3);
    check_at(t, "products/0", "shop");
    t = post(&w, "/api/v1/declarations", "{" ASKED "," PERSON "}");
    check_status(t, 422);
    check_at(t, "type", "urn:akashi:problem:not-carried");
    check_len(get(&w, "/api/v1/declarations", NULL), "rows", 0);
    /* who signs, what is excluded and why, is needed */
    check_status(post(&w, "/api/v1/declarations", "{" ASKED "}"), 400);
    check_status(post(&w, "/api/v1/declarations", "{" ASKED "," PERSON ",\"exclusions\":[{\"what\":\"x\"}]}"), 400);
    check_status(post(&w, "/api/v1/declarations",
                      "{" ASKED "," PERSON ",\"claims\":[{\"practice\":\"S(1)-2.1\",\"level\":9,\"reason\":\"x\"}]}"),
                 400);
    check_status(post(&w, "/api/v1/declarations", "{" ASKED ",\"preview\":true,\"products\":[\"nothing\"]}"), 400);
    close_country(&w);
}

static void declared_challenged_and_answered(void **state) {
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    str id = declare(&w);
    const char *one = under(&w, id, "");
    struct told t = get(&w, one, NULL);
    check_at(t, "standing", "good");
    check_at(t, "signatory/name", "T. Yamada");
    check_at(t, "exclusions/0/reason", "closed");
    check_int(t, "version", 1);
    t = post(&w, under(&w, id, "/challenges"), "{\"text\":\"\"}");
    check_status(t, 400);
    t = post(&w, under(&w, id, "/challenges"), "{\"text\":\"x\",\"practices\":[\"S(9)-9\"]}");
    check_status(t, 400);
    t = post(&w, under(&w, id, "/challenges"),
             "{\"text\":\"no RELRO in 1.0\",\"practices\":[\"S(1)-2.2\"],\"evidence\":[{\"name\":\"../report.txt\","
             "\"base64\":\"bm8gUkVMUk8K\"}]}");
    check_status(t, 201);
    check_at(t, "standing", "challenged");
    check_at(t, "history/0/kind", "challenge");
    check_at(t, "history/0/said/evidence/0/name", "report.txt"); /* no path of the sender's */
    const char *entry = arena_printf(x->t.a, "%lld", (long long)j_int(at(t, "history/0/entry"), -1)).p;
    check_len(get(&w, under(&w, id, "/file"), "form", "bundle", "entry", entry), "statements", 1);
    check_status(get(&w, under(&w, id, "/file"), "form", "bundle", "entry", "1"), 400); /* nothing of it */
    const char *challenge = arena_cstr(x->t.a, j_str(at(t, "history/0/said/id")));
    /* whoever saw the declaration before the challenge is told */
    const struct answer_header old[] = {{"If-Match", "\"1\""}, {0}};
    t = ask_with(&w, &reader_owner, "POST", under(&w, id, "/set"), "{\"state\":\"withdrawn\",\"reason\":\"sold\"}",
                 NULL, old);
    check_status(t, 409);
    check_at(t, "current/standing", "challenged");
    check_at(t, "yours/state", "withdrawn");
    const char *respond = under(&w, id, "/respond");
    check_status(post(&w, respond, "{\"challenge\":\"X-1\",\"outcome\":\"dismissed\",\"reason\":\"x\"," PERSON "}"),
                 400);
    t = post(
        &w, respond,
        arena_printf(x->t.a, "{\"challenge\":\"%s\",\"outcome\":\"superseded\",\"reason\":\"x\"," PERSON "}", challenge)
            .p);
    check_status(t, 400);
    t = post(&w, respond,
             arena_printf(x->t.a,
                          "{\"challenge\":\"%s\",\"outcome\":\"suspended\",\"reason\":\"mended in 2.0\"," PERSON "}",
                          challenge)
                 .p);
    check_status(t, 201);
    check_at(t, "standing", "suspended");
    check_int(t, "openChallenges", 0);
    close_country(&w);
}

static void endorsed_given_and_withdrawn(void **state) {
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    str id = declare(&w);
    const char *one = under(&w, id, "");
    struct reader city = reader_of(&w, "city");
    check_status(ask_as(&w, &city, "GET", one, "", NULL), 404);
    struct told t = post(&w, under(&w, id, "/endorse"), "{\"checked\":[]," PERSON "}");
    check_status(t, 400);
    t = post(&w, under(&w, id, "/endorse"),
             "{\"checked\":[{\"practice\":\"S(1)-2.2\",\"level\":2,\"what\":\"all of 2.0\"}]," PERSON "}");
    check_status(t, 201);
    check_at(t, "history/0/kind", "endorsement");
    check_status(post(&w, under(&w, id, "/give"), "{\"to\":[]}"), 400);
    check_status(post(&w, under(&w, id, "/give"), "{\"to\":[\"city\"]}"), 201);
    check_status(ask_as(&w, &city, "GET", one, "", NULL), 200);
    const char *set = under(&w, id, "/set");
    check_status(post(&w, set, "{\"state\":\"at-risk\",\"reason\":\"x\"}"), 400);
    check_status(post(&w, set, "{\"state\":\"withdrawn\"}"), 400);
    check_at(post(&w, set, "{\"state\":\"withdrawn\",\"reason\":\"sold\"}"), "standing", "withdrawn");
    check_status(post(&w, set, "{\"state\":\"good\",\"reason\":\"x\"}"), 400); /* what ended stays ended */
    close_country(&w);
}

/* ── files ── */

struct file_told {
    int status;
    str text;
};
/* What is no JSON, and bodies that lie on disk. */
static struct file_told ask_file(struct world *w, const struct reader *reader, const char *method, const char *path,
                                 const char *form, str file) {
    struct home_test *x = w->x;
    struct answer answer = {.status = 200};
    struct answer_header arguments[] = {{"form", form}, {0}};
    struct asked asked = {.method = method, .path = str_of(path), .arguments = form ? arguments : arguments + 1};
    struct call *q = arena_new_of(x->t.a, struct call);
    struct err e = {0};
    struct app app;
    str allowed;
    app_of_readers(&app);
    *q = (struct call){.a = x->t.a, .ctx = &x->t.ctx, .asked = &asked, .views = w->p, .home = &x->h, .out = &answer};
    q->who = (struct caller){.by = CALLER_TOKEN, .may = ~0U, .reader = *reader};
    q->app = &app;
    q->lang = "en";
    q->file = file;
    q->api = api_find(x->t.a, str_of(method), asked.path, q->parts, &allowed);
    assert_non_null(q->api);
    bool ok = q->api->answer(q, &e);
    readers_close(app.readers);
    struct file_told t = {.status = ok ? answer.status : e.kind == ERR_USAGE || e.kind == ERR_INPUT ? 400 : 503};
    t.text = ok ? arena_str(x->t.a, q->text.n ? buf_str(&q->text) : answer.body) : arena_str(x->t.a, str_of(e.what));
    buf_free(&q->text);
    return t;
}

static void its_files_are_verified(void **state) {
    static const char *const forms[] = {"html", "csv", "oscal", "cyclonedx", "procurement", NULL};
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    const char *path = under(&w, declare(&w), "/file");
    for (int i = 0; forms[i]; i++)
        if (ask_file(&w, &reader_owner, "GET", path, forms[i], S("")).status != 200)
            fail_msg("%s", forms[i]);
    assert_int_equal(ask_file(&w, &reader_owner, "GET", path, "doc", S("")).status, 400);
    struct file_told whole = ask_file(&w, &reader_owner, "GET", path, "bundle", S(""));
    struct reader acme = reader_of(&w, "acme");
    struct file_told less = ask_file(&w, &acme, "GET", path, "bundle", S(""));
    assert_true(less.text.n < whole.text.n);                     /* only the declarer hands over what it rests on */
    str file = path_join(x->t.a, str_of(x->dir), S("0123abcd")); /* as an upload is named */
    MUST(file_replace(file, whole.text, &x->t.e));
    struct file_told t = ask_file(&w, &reader_owner, "POST", "/api/v1/declarations/verify", NULL, file);
    if (t.status != 200 || str_find(t.text, S("\"trusted\":true")) == STR_NONE ||
        str_find(t.text, S("\"contradicted\":0")) == STR_NONE)
        fail_msg("%d %.*s", t.status, STR_ARG(t.text));
    t = ask_file(&w, &reader_owner, "POST", "/api/v1/declarations/receive", NULL, file);
    assert_int_equal(t.status, 201);
    assert_true(str_find(t.text, S("\"wasThere\":true")) != STR_NONE);
    MUST(file_replace(file, S("{\"bundle\":\"akashi/1\"}"), &x->t.e));
    assert_int_equal(ask_file(&w, &reader_owner, "POST", "/api/v1/declarations/verify", NULL, file).status, 400);
    assert_int_equal(ask_file(&w, &reader_owner, "POST", "/api/v1/declarations/receive", NULL, file).status, 400);
    assert_int_equal(ask_file(&w, &reader_owner, "POST", "/api/v1/declarations/verify", NULL, S("")).status, 400);
    MUST(file_replace(file, S("{\"bundle\":\"akashi/1\",\"statements\":[{\"envelope\":{\"payload\":\"!\"}}]}"),
                      &x->t.e));
    assert_int_equal(ask_file(&w, &reader_owner, "POST", "/api/v1/declarations/verify", NULL, file).status, 400);
    close_country(&w);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(what_falls_short_is_told_and_not_signed),
        HOME_TEST(declared_challenged_and_answered),
        HOME_TEST(endorsed_given_and_withdrawn),
        HOME_TEST(its_files_are_verified),
    };
    api_test_reads(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
