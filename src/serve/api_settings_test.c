/* SPDX-License-Identifier: Apache-2.0
 *
 * What is set up for the whole home: notices, policies, peers, catalogues.
 */
#include "serve/api_testing.h"

static struct told tell(struct world *w, const char *method, const char *path, const char *body) {
    return ask_as(w, &reader_owner, method, path, body, NULL);
}
static str settings_of(struct world *w) {
    struct home_test *x = w->x;
    str text;
    MUST(file_read(&x->t.ctx, x->t.a, path_join(x->t.a, x->path, S("akashi.toml")), &text, &x->t.e));
    return text;
}
static void write_settings(struct world *w, const char *text) {
    struct home_test *x = w->x;
    str path = path_join(x->t.a, x->path, S("akashi.toml"));
    MUST(file_replace(path, str_of(text), &x->t.e));
}
static void check_says(struct world *w, const char *want) {
    str text = settings_of(w);
    if (str_find(text, str_of(want)) == STR_NONE)
        fail_msg("no \"%s\" in\n%.*s", want, STR_ARG(text));
}
static const struct answer_header *match(struct world *w, const char *version) {
    struct answer_header *h = arena_array(w->x->t.a, struct answer_header, 2);
    h[0] = (struct answer_header){"If-Match", arena_printf(w->x->t.a, "\"%s\"", version).p};
    h[1] = (struct answer_header){0};
    return h;
}

/* ── notices ── */

#define TO_FILE "{\"name\":\"desk\",\"channel\":\"file\",\"file\":\"told.jsonl\",\"kinds\":[\"case-*\"]}"

static void a_subscriber_is_added_tried_and_removed(void **state) {
    struct world w;
    open_country(&w, *state);
    write_settings(&w, "# ours\n[watch]\nepss_jump = 0.2 # a fifth\n");
    struct told t = tell(&w, "POST", "/api/v1/notices", TO_FILE);
    check_status(t, 201);
    check_at(t, "subscriptions/0/name", "desk");
    check_says(&w, "# ours\n[watch]\nepss_jump = 0.2 # a fifth\n\n[[notify]]\nname = \"desk\"\n");
    t = tell(&w, "POST", "/api/v1/notices/desk/try", "");
    check_status(t, 200);
    check_int(t, "sent", 1);
    t = get(&w, "/api/v1/notices", "state", "sent");
    check_at(t, "rows/0/to", "desk");
    check_at(t, "rows/0/kind", "test");
    check_len(get(&w, "/api/v1/notices", "state", "failed"), "rows", 0);
    check_status(tell(&w, "POST", "/api/v1/notices/again", "{\"key\":\"123456\"}"), 400);
    check_status(tell(&w, "POST", "/api/v1/notices/nobody/try", ""), 404);
    check_status(tell(&w, "DELETE", "/api/v1/notices/nobody", ""), 404);
    t = tell(&w, "DELETE", "/api/v1/notices/desk", "");
    check_status(t, 200);
    check_len(t, "subscriptions", 0);
    check_says(&w, "epss_jump = 0.2 # a fifth\n");
    close_country(&w);
}

static void what_nobody_could_be_told_by_is_refused(void **state) {
    static const char *const rows[] = {
        "{}",
        "{\"name\":\"x\"}",
        "{\"name\":\"x\",\"channel\":\"pigeon\"}",
        "{\"name\":\"x\",\"channel\":\"webhook\",\"url\":\"ftp://example.jp\"}",
        "{\"name\":\"x\",\"channel\":\"file\",\"file\":\"/etc/motd\"}",
        "{\"name\":\"x\",\"channel\":\"file\",\"file\":\"a/../../motd\"}",
        "{\"name\":\"x\",\"channel\":\"webhook\",\"url\":\"https://example.jp\",\"secret\":\"/etc/key\"}",
        "{\"name\":\"x\",\"channel\":\"smtp\",\"url\":\"smtp://example.jp\",\"to\":[\"a\\nb@example.jp\"]}",
        TO_FILE, /* there is one of this name */
    };
    struct world w;
    open_country(&w, *state);
    check_status(tell(&w, "POST", "/api/v1/notices", TO_FILE), 201);
    str before = settings_of(&w);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (tell(&w, "POST", "/api/v1/notices", rows[i]).status != 400)
            fail_msg("%s", rows[i]);
    assert_true(str_eq(before, settings_of(&w)));
    write_settings(&w, "notify = [{name = \"a\", channel = \"file\", file = \"a\"}]\n");
    check_status(tell(&w, "POST", "/api/v1/notices", TO_FILE), 400); /* written in another form */
    close_country(&w);
}

/* ── policies ── */

static void rules_come_and_go_and_the_rest_stays(void **state) {
    struct world w;
    open_country(&w, *state);
    write_settings(&w,
                   "# ours\n[[ignore]]\nid = \"CVE-2020-1\" # old\nreason = \"not called\"\nuntil = \"2020-12-31\"\n"
                   "\n[policy]\n# none of these\ndeny-licences = [\"AGPL-3.0-only\"]\n");
    struct told t = get(&w, "/api/v1/policies", "lang", "en");
    check_at(t, "ignore/0/id", "CVE-2020-1");
    assert_true(j_true(at(t, "ignore/0/expired")));
    check_at(t, "licences/deny/0", "AGPL-3.0-only");
    const char *version = arena_cstr(w.x->t.a, j_str(at(t, "version")));
    t = ask_with(&w, &reader_owner, "POST", "/api/v1/policies/ignore",
                 "{\"id\":\"CVE-2026-1\",\"reason\":\"say \\\"no\\\"\",\"until\":\"2027-12-31\"}", NULL,
                 match(&w, version));
    check_status(t, 201);
    check_at(t, "ignore/1/reason", "say \"no\"");
    assert_false(j_true(at(t, "ignore/1/expired")));
    t = ask_with(&w, &reader_owner, "POST", "/api/v1/policies/vex", "{\"issuer\":\"OpenSSL\",\"rank\":100}", NULL,
                 match(&w, version));
    check_status(t, 409);
    check_at(t, "yours/issuer", "OpenSSL");
    check_len(t, "current/ignore", 2);
    t = tell(&w, "POST", "/api/v1/policies/vex", "{\"issuer\":\"OpenSSL\",\"products\":[\"shop\"],\"rank\":100}");
    check_status(t, 201);
    check_at(t, "vex/0/products/0", "shop");
    t = tell(&w, "PUT", "/api/v1/policies/licences", "{\"deny\":[\"GPL-3.0-only\"],\"scanReview\":[\"LGPL-*\"]}");
    check_status(t, 200);
    check_at(t, "licences/deny/0", "GPL-3.0-only");
    check_at(t, "licences/scanReview/0", "LGPL-*");
    check_says(&w, "# none of these\ndeny-licences = [\"GPL-3.0-only\"]\n");
    check_status(tell(&w, "DELETE", "/api/v1/policies/ignore/0", ""), 428);
    version = arena_cstr(w.x->t.a, j_str(at(t, "version")));
    check_status(ask_with(&w, &reader_owner, "DELETE", "/api/v1/policies/ignore/7", "", NULL, match(&w, version)), 404);
    t = ask_with(&w, &reader_owner, "DELETE", "/api/v1/policies/ignore/0", "", NULL, match(&w, version));
    check_status(t, 200);
    check_len(t, "ignore", 1);
    check_at(t, "ignore/0/id", "CVE-2026-1");
    close_country(&w);
}

static void rules_that_say_too_little_are_refused(void **state) {
    static const struct {
        const char *path, *body;
        int status;
    } rows[] = {
        {"/api/v1/policies/ignore", "{\"id\":\"CVE-2026-1\"}", 400},
        {"/api/v1/policies/ignore", "{\"reason\":\"x\"}", 400},
        {"/api/v1/policies/ignore", "{\"id\":\"x\",\"reason\":\"x\",\"until\":\"soon\"}", 400},
        {"/api/v1/policies/vex", "{\"rank\":1}", 400},
        {"/api/v1/policies/vex", "{\"issuer\":\"x\",\"rank\":5000}", 400},
        {"/api/v1/policies/taste", "{}", 404},
    };
    struct world w;
    open_country(&w, *state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_status(tell(&w, "POST", rows[i].path, rows[i].body), rows[i].status);
    check_status(tell(&w, "PUT", "/api/v1/policies/licences", "{\"deny\":\"MIT\"}"), 400);
    struct reader city = reader_of(&w, "city");
    check_status(ask_as(&w, &city, "GET", "/api/v1/policies", "", NULL), 403);
    close_country(&w);
}

/* ── peers ── */

static void a_key_is_trusted_as_a_partys(void **state) {
    struct world w;
    open_country(&w, *state);
    struct home_test *x = w.x;
    struct told t = get(&w, "/api/v1/peers", "lang", "en");
    check_len(t, "rows", 1);
    assert_true(j_true(at(t, "rows/0/ours")));
    check_len(t, "log/witnesses", 0);
    str own = j_str(at(t, "vkey"));
    t = tell(&w, "POST", "/api/v1/peers",
             arena_printf(x->t.a, "{\"party\":\"city\",\"key\":\"%.*s\"}", STR_ARG(own)).p);
    check_status(t, 400); /* ours */
    t = tell(&w, "POST", "/api/v1/peers",
             "{\"party\":\"city\",\"key\":\"-----BEGIN PUBLIC KEY-----\\n"
             "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\\n-----END PUBLIC KEY-----\\n\"}");
    check_status(t, 201);
    home_test_open(x, HOME_SIGN);
    check_len(get(&w, "/api/v1/peers", "lang", "en"), "rows", 2);
    check_status(tell(&w, "POST", "/api/v1/peers", "{\"party\":\"city\",\"key\":\"hello\"}"), 400);
    check_status(tell(&w, "POST", "/api/v1/peers", "{\"key\":\"hello\"}"), 400);
    check_status(tell(&w, "POST", "/api/v1/peers", "{\"party\":\"city\"}"), 400);
    struct told all = get(&w, "/api/v1/peers", "lang", "en");
    bool second_ours = j_true(at(all, "rows/1/ours"));
    str ours = j_str(at(all, second_ours ? "rows/1/id" : "rows/0/id")),
        theirs = j_str(at(all, second_ours ? "rows/0/id" : "rows/1/id"));
    check_status(tell(&w, "DELETE", arena_printf(x->t.a, "/api/v1/peers/%.*s", STR_ARG(ours)).p, ""), 400);
    check_status(tell(&w, "DELETE", "/api/v1/peers/0000000000000000", ""), 400);
    check_status(tell(&w, "DELETE", arena_printf(x->t.a, "/api/v1/peers/%.*s", STR_ARG(str_upto(theirs, 16))).p, ""),
                 200);
    home_test_open(x, HOME_SIGN);
    check_len(get(&w, "/api/v1/peers", "lang", "en"), "rows", 1);
    struct reader city = reader_of(&w, "city");
    check_status(ask_as(&w, &city, "GET", "/api/v1/peers", "", NULL), 403);
    check_status(ask_as(&w, &city, "GET", "/api/v1/log/witnesses", "", NULL), 200);
    close_country(&w);
}

/* ── catalogues ── */

static void a_catalogue_is_taken_in(void **state) {
    struct world w;
    open_country(&w, *state);
    const char *list = "[{\"id\":\"R1\",\"title\":\"Doors are shut\"},{\"id\":\"R2\",\"title\":\"Keys are counted\"}]";
    struct told t = ask_as(&w, &reader_owner, "POST", "/api/v1/conform/catalogues", list, ARGUMENTS("as", "house"));
    check_status(t, 201);
    check_at(t, "id", "house");
    check_at(t, "state", "added");
    check_int(t, "practices", 2);
    t = ask_as(&w, &reader_owner, "POST", "/api/v1/conform/catalogues", list, ARGUMENTS("as", "house"));
    check_status(t, 200);
    check_at(t, "state", "same");
    check_status(tell(&w, "POST", "/api/v1/conform/catalogues", "{\"nothing\":1}"), 400);
    check_status(tell(&w, "POST", "/api/v1/conform/catalogues", ""), 400);
    /* A profile looks for nothing beside a text that came without a folder. */
    t = ask_as(&w, &reader_owner, "POST", "/api/v1/conform/catalogues",
               "{\"profile\":{\"uuid\":\"5f2c9a1b-0d3e-4a6b-8c7d-9e0f1a2b3c4d\",\"metadata\":{\"title\":\"p\"},"
               "\"imports\":[{\"href\":\"akashi.toml\",\"include-all\":{}}]}}",
               ARGUMENTS("name", "home/profile.json"));
    check_status(t, 400);
    close_country(&w);
}

int main(int argc, char **argv) {
    api_test_reads(argc, argv);
    const struct CMUnitTest tests[] = {
        HOME_TEST(a_subscriber_is_added_tried_and_removed),
        HOME_TEST(what_nobody_could_be_told_by_is_refused),
        HOME_TEST(rules_come_and_go_and_the_rest_stays),
        HOME_TEST(rules_that_say_too_little_are_refused),
        HOME_TEST(a_key_is_trusted_as_a_partys),
        HOME_TEST(a_catalogue_is_taken_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
