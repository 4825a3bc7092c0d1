/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/api_testing.h"

#include "conform/decision_say.h"

static struct told post(struct world *w, const struct reader *r, const char *path, const char *body) {
    return ask_as(w, r, "POST", path, body, NULL);
}
static const char *the_case(struct world *w) {
    return arena_cstr(w->x->t.a, j_str(at(get(w, "/api/v1/cases", "limit", "1"), "rows/0/case")));
}

/* A patch for the city's shop, from its case. */
static struct told offer(struct world *w) {
    return post(w, &reader_owner, "/api/v1/decisions",
                arena_printf(w->x->t.a,
                             "{\"title\":\"Update shop\",\"customer\":\"city\",\"measure\":\"patch\",\"case\":\"%s\","
                             "\"risk\":\"names can be read\",\"costCustomer\":\"an hour\",\"deadline\":\"2027-02-01\"}",
                             the_case(w))
                    .p);
}
static const char *path_of(struct world *w, struct told t, const char *what) {
    return arena_printf(w->x->t.a, "/api/v1/decisions/%.*s%s", STR_ARG(j_str(at(t, "offer"))), what).p;
}

#define DECLINED                                                                                                       \
    "{\"answer\":\"decline\",\"reason\":\"no outage\",\"person\":\"Sato\",\"role\":\"CIO\",\"riskOwner\":\"Sato\","    \
    "\"review\":\"2027-03-01\"%s}"
static const char *declined(struct world *w, const char *more) { return arena_printf(w->x->t.a, DECLINED, more).p; }

static void an_offer_is_made_from_a_case(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = offer(&w);
    check_status(t, 201);
    check_at(t, "state", "open");
    check_at(t, "product", "shop");
    check_at(t, "customer", "City");
    check_at(t, "customerId", "city");
    check_at(t, "case", the_case(&w));
    check_at(t, "flaws/0", "CVE-2026-1");
    check_int(get(&w, "/api/v1/decisions", "state", "open"), "total", 1);
    check_int(get(&w, "/api/v1/decisions", "case", the_case(&w)), "total", 1);
    check_int(get(&w, "/api/v1/decisions", "case", "C-0"), "total", 0);
    close_country(&w);
}

static void an_offer_that_says_too_little_is_refused(void **state) {
    static const struct {
        const char *body, *where;
    } rows[] = {
        {"{}", "title"},
        {"{\"title\":\"x\"}", "measure"},
        {"{\"title\":\"x\",\"measure\":\"prayer\"}", "measure"},
        {"{\"title\":\"x\",\"measure\":\"patch\"}", "risk"},
        {"{\"title\":\"x\",\"measure\":\"patch\",\"risk\":\"r\"}", "customer"},
        {"{\"title\":\"x\",\"measure\":\"patch\",\"risk\":\"r\",\"customer\":\"nobody\"}", "nobody"},
        {"{\"title\":\"x\",\"measure\":\"patch\",\"risk\":\"r\",\"customer\":\"city\"}", "product"},
        {"{\"title\":\"x\",\"measure\":\"patch\",\"risk\":\"r\",\"customer\":\"city\",\"product\":\"no\"}", "no"},
        {"{\"title\":\"x\",\"measure\":\"patch\",\"risk\":\"r\",\"customer\":\"city\",\"case\":\"C-0\"}", "C-0"},
        {"{\"title\":\"x\",\"measure\":\"patch\",\"risk\":\"r\",\"deadline\":\"soon\"}", "deadline"},
    };
    struct world w;
    open_country(&w, *state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct told t = post(&w, &reader_owner, "/api/v1/decisions", rows[i].body);
        check_status(t, 400);
        if (strcmp(t.where, rows[i].where) != 0)
            fail_msg("%s: at %s", rows[i].body, t.where);
    }
    struct reader city = reader_of(&w, "city");
    check_status(post(&w, &city, "/api/v1/decisions", rows[0].body), 403);
    check_int(get(&w, "/api/v1/decisions", "state", "all"), "total", 0);
    close_country(&w);
}

static void an_answer_that_says_too_little_is_refused(void **state) {
    static const struct {
        const char *body, *where;
    } rows[] = {
        {"{}", "answer"},
        {"{\"answer\":\"perhaps\"}", "answer"},
        {"{\"answer\":\"accept\"}", "reason"},
        {"{\"answer\":\"accept\",\"reason\":\"r\"}", "person"},
        {"{\"answer\":\"accept\",\"reason\":\"r\",\"person\":\"p\"}", "role"},
        {"{\"answer\":\"decline\",\"reason\":\"r\",\"person\":\"p\",\"role\":\"x\"}", "riskOwner"},
        {"{\"answer\":\"decline\",\"reason\":\"r\",\"person\":\"p\",\"role\":\"x\",\"riskOwner\":\"p\"}", "review"},
        {"{\"answer\":\"alternative\",\"reason\":\"r\",\"person\":\"p\",\"role\":\"x\"}", "alternative"},
        {"{\"answer\":\"defer\",\"reason\":\"r\",\"person\":\"p\",\"role\":\"x\"}", "until"},
        {"{\"answer\":\"defer\",\"until\":\"later\"}", "until"},
        {"{\"answer\":\"accept\",\"document\":\"?\"}", "document"},
    };
    struct world w;
    open_country(&w, *state);
    const char *path = path_of(&w, offer(&w), "/answer");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct told t = post(&w, &reader_owner, path, rows[i].body);
        check_status(t, 400);
        if (strcmp(t.where, rows[i].where) != 0)
            fail_msg("%s: at %s", rows[i].body, t.where);
    }
    check_status(post(&w, &reader_owner, path, declined(&w, "")), 400); /* our own offer: only as reported */
    check_status(post(&w, &reader_owner, "/api/v1/decisions/O-0/answer", declined(&w, "")), 404);
    close_country(&w);
}

static void who_is_a_side_sees_and_answers_it(void **state) {
    struct world w;
    open_country(&w, *state);
    struct reader city = reader_of(&w, "city"), hospital = reader_of(&w, "hospital");
    struct told t = offer(&w);
    const char *one = path_of(&w, t, ""), *answer = path_of(&w, t, "/answer"), *file = path_of(&w, t, "/file");
    check_status(ask_as(&w, &city, "GET", one, "", NULL), 200);
    check_status(ask_as(&w, &hospital, "GET", one, "", NULL), 404);
    check_status(ask_as(&w, &city, "GET", file, "", NULL), 200);
    check_status(ask_as(&w, &hospital, "GET", file, "", NULL), 404);
    check_status(post(&w, &hospital, answer, declined(&w, "")), 404);
    t = post(&w, &city, answer, declined(&w, ",\"document\":\"cGFwZXI=\""));
    check_status(t, 200);
    check_at(t, "state", "declined");
    check_at(t, "answers/0/standing", "reported");
    check_at(t, "answers/0/person", "Sato");
    assert_int_equal(j_str(at(t, "answers/0/document")).n, 64);
    check_status(post(&w, &city, "/api/v1/decisions/receive", "{}"), 403);
    close_country(&w);
}

static void two_at_once_are_told(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = offer(&w);
    const char *path = path_of(&w, t, "/answer");
    const struct answer_header match[] = {
        {"If-Match", arena_printf(w.x->t.a, "\"%lld\"", (long long)j_int(at(t, "version"), -1)).p}, {0}};
    t = ask_with(&w, &reader_owner, "POST", path, declined(&w, ",\"reported\":true"), NULL, match);
    check_status(t, 200);
    t = ask_with(&w, &reader_owner, "POST", path,
                 "{\"answer\":\"accept\",\"reason\":\"r\",\"person\":\"p\",\"role\":\"x\",\"reported\":true}", NULL,
                 match);
    check_status(t, 409);
    check_at(t, "yours/answer", "accept");
    check_at(t, "current/state", "declined");
    close_country(&w);
}

/* ── between two homes ── */

static void trust(struct home_test *x, struct home_test *other, const char *as) {
    keyring_trust(x->h.keys, str_of(as), privkey_public(other->h.key), (str){NULL, 0});
}

static void make_city(struct home_test *x) {
    const struct home_plan plan = {
        .party = S("City"), .roles = ROLE_CUSTOMER, .origin = S("city.example/log"), .kind = SIG_ED25519};
    MUST(home_make(&x->t.ctx, x->path, &plan, &x->t.e));
    home_test_open(x, HOME_SIGN);
}

/* The city's own home: takes the offer in and declines it; what it hands back. */
static str decline_elsewhere(struct home_test *x, str text) {
    struct portfolio *p;
    struct decision_taken taken;
    struct decision d;
    struct bundle b;
    struct offer_answer o;
    const struct decision_ask ask = {.now = x->t.ctx.now, .detail = DECISION_WHOLE};
    const struct answer_request r = {.kind = S("decline"),
                                     .reason = S("no outage"),
                                     .person = S("Sato"),
                                     .role = S("CIO"),
                                     .risk_owner = S("Sato"),
                                     .review = S("2027-03-01"),
                                     .dashes = ""};
    bool found;
    MUST(portfolio_open(&x->t.ctx, &x->h, (str){NULL, 0}, &p, &x->t.e));
    MUST(decision_take_text(p, x->t.a, text, S("offer"), &taken, &x->t.e));
    MUST(decision_find(p, x->t.a, taken.offers.v[0], &ask, &found, &d, &x->t.e));
    MUST(answer_request_read(&x->t.ctx, x->t.a, &r, &o, &x->t.e));
    MUST(answer_request_say(p, x->t.a, &d, &o, (str){NULL, 0}, &x->t.e));
    MUST(decision_find(p, x->t.a, taken.offers.v[0], &ask, &found, &d, &x->t.e));
    MUST(decision_bundle(p, x->t.a, &d, &b, &x->t.e));
    str out = bundle_text(x->t.a, &b);
    portfolio_close(p);
    return out;
}

static void what_the_customer_signed_is_taken_in_and_signed_too(void **state) {
    struct world w;
    struct home_test *x = *state, *other;
    void *second;
    open_country(&w, x);
    home_setup(&second);
    other = second;
    other->t.ctx.now = x->t.ctx.now;
    other->t.ctx.now_fixed = other->t.ctx.quiet = true;
    make_city(other);
    trust(x, other, "city");
    trust(other, x, "\xE4\xBE\x8B");
    struct told t = offer(&w);
    str back = decline_elsewhere(other, ask_as(&w, &reader_owner, "GET", path_of(&w, t, "/file"), "", NULL).text);
    struct told taken = post(&w, &reader_owner, "/api/v1/decisions/receive", arena_cstr(x->t.a, back));
    check_status(taken, 200);
    check_int(taken, "answers", 1);
    check_int(taken, "countersigned", 1);
    check_at(taken, "rows/0/state", "declined");
    t = get(&w, path_of(&w, t, ""), "lang", "en");
    check_at(t, "answers/0/standing", "holds");
    assert_true(j_true(at(t, "answers/0/bothSigned")));
    check_len(t, "answers/0/entries", 2);
    check_at(t, "answers/0/theirLogs/0/origin", "city.example/log");
    taken = post(&w, &reader_owner, "/api/v1/decisions/receive", arena_cstr(x->t.a, back));
    check_int(taken, "answers", 0);
    check_status(post(&w, &reader_owner, "/api/v1/decisions/receive", "{}"), 400);
    check_status(post(&w, &reader_owner, "/api/v1/decisions/receive", ""), 400);
    home_teardown(&second);
    close_country(&w);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(an_offer_is_made_from_a_case),
        HOME_TEST(an_offer_that_says_too_little_is_refused),
        HOME_TEST(an_answer_that_says_too_little_is_refused),
        HOME_TEST(who_is_a_side_sees_and_answers_it),
        HOME_TEST(two_at_once_are_told),
        HOME_TEST(what_the_customer_signed_is_taken_in_and_signed_too),
    };
    api_test_reads(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
