/* SPDX-License-Identifier: Apache-2.0
 *
 * A provider and a customer, each with a home: what is handed over, what counts, what is due; and views that grew equal
 * views that were made anew.
 */
#include "conform/decision.h"

#include "seal/home_testing.h"
#include "store/store_testing.h"

static const int64_t DAY = 86400, START = 1767225600;

struct side {
    struct home_test *t;
    struct portfolio *p;
};
struct two {
    struct testing t; /* first */
    struct side provider, customer, stranger;
};

static void open_side(struct side *s, const char *name) {
    struct home_test *x;
    void *state;
    home_setup(&state);
    s->t = x = state;
    struct home_plan plan = {.party = str_of(name),
                             .roles = ROLE_SUPPLIER,
                             .origin = arena_printf(x->t.a, "%s/log", name),
                             .kind = SIG_ED25519};
    x->t.ctx.now = START;
    x->t.ctx.now_fixed = true;
    MUST(home_make(&x->t.ctx, x->path, &plan, &x->t.e));
    home_test_open(x, HOME_SIGN);
    MUST(portfolio_open(&x->t.ctx, &x->h, store_testing_file(x->t.a, path_join(x->t.a, x->path, S("portfolio.db"))),
                        &s->p, &x->t.e));
}
static void close_side(struct side *s) {
    void *state = s->t;
    portfolio_close(s->p);
    home_teardown(&state);
}
static void trust(struct side *s, const struct side *other, const char *as) {
    keyring_trust(s->t->h.keys, str_of(as), privkey_public(other->t->h.key), (str){NULL, 0});
}

static int two_setup(void **state) {
    struct two *w = calloc(1, sizeof *w);
    ctx_init(&w->t.ctx);
    w->t.a = arena_new();
    open_side(&w->provider, "yamada");
    open_side(&w->customer, "hospital");
    open_side(&w->stranger, "stranger");
    trust(&w->provider, &w->customer, "hospital");
    trust(&w->customer, &w->provider, "yamada");
    *state = w;
    return 0;
}
static int two_teardown(void **state) {
    struct two *w = *state;
    close_side(&w->provider);
    close_side(&w->customer);
    close_side(&w->stranger);
    arena_free(w->t.a);
    ctx_free(&w->t.ctx);
    free(w);
    return 0;
}
#define TWO_TEST(fn) cmocka_unit_test_setup_teardown(fn, two_setup, two_teardown)

#undef MUST
#define MUST(call)                                                                                                     \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s: %s", #call, w->t.e.where, w->t.e.what);                                                  \
    } while (0)

static void set_day(struct two *w, int day) {
    w->provider.t->t.ctx.now = w->customer.t->t.ctx.now = w->stranger.t->t.ctx.now = START + day * DAY;
}

static str make_offer(struct two *w, const char *title) {
    struct offer o = {.provider = {.name = S("yamada")},
                      .customer = {.id = S("h"), .name = S("hospital")},
                      .measure = S("patch"),
                      .title = str_of(title),
                      .product = S("thing"),
                      .risk = S("r"),
                      .deadline = START + 10 * DAY,
                      .stated = w->provider.t->t.ctx.now};
    str digest;
    *vec_push(w->t.a, &o.flaws) = (struct offer_flaw){.id = S("CVE-2026-0001"), .epss = -1};
    MUST(decision_offer(w->provider.p, w->t.a, &o, &digest, &w->t.e));
    return digest;
}

static struct decision look(struct two *w, struct side *s, str digest) {
    struct decision_ask ask = {.now = s->t->t.ctx.now, .detail = DECISION_WHOLE};
    struct decision d;
    bool found;
    MUST(decision_find(s->p, w->t.a, digest, &ask, &found, &d, &w->t.e));
    assert_true(found);
    return d;
}

/* What one side has of it, as a file for the other. */
static str hand_over(struct two *w, struct side *s, str digest) {
    struct decision d = look(w, s, digest);
    struct bundle b;
    str path = path_join(w->t.a, str_of(s->t->dir), S("out.json"));
    MUST(decision_bundle(s->p, w->t.a, &d, &b, &w->t.e));
    MUST(file_replace(path, bundle_text(w->t.a, &b), &w->t.e));
    return path;
}
static struct decision_taken take(struct two *w, struct side *s, str path) {
    struct decision_taken taken;
    MUST(decision_take(s->p, w->t.a, path, &taken, &w->t.e));
    return taken;
}
static void refuses(struct two *w, struct side *s, str path, const char *what) {
    struct decision_taken taken;
    unsigned char before[32], after[32];
    MUST(portfolio_digest(s->p, before, &w->t.e));
    assert_false(decision_take(s->p, w->t.a, path, &taken, &w->t.e));
    if (!strstr(w->t.e.what, what))
        fail_msg("\"%s\" instead of \"%s\"", w->t.e.what, what);
    memset(&w->t.e, 0, sizeof w->t.e);
    MUST(portfolio_digest(s->p, after, &w->t.e)); /* nothing of it was taken */
    assert_memory_equal(before, after, 32);
}

static void answer(struct two *w, struct side *s, str digest, enum answer_kind kind, const char *reason) {
    struct offer_answer o = {.offer = digest,
                             .kind = kind,
                             .reason = str_of(reason),
                             .person = S("Sato"),
                             .role = S("CIO"),
                             .risk_owner = S("Sato"),
                             .review = START + 30 * DAY,
                             .stated = s->t->t.ctx.now};
    if (kind == ANSWER_DEFER)
        o.until = START + 5 * DAY;
    MUST(decision_answer(s->p, w->t.a, &o, &w->t.e));
}

/* A view that grew equals one made anew. */
static void check_replay(struct two *w, struct side *s) {
    unsigned char grown[32], anew[32];
    MUST(portfolio_digest(s->p, grown, &w->t.e));
    MUST(portfolio_rebuild(s->p, &w->t.e));
    MUST(portfolio_digest(s->p, anew, &w->t.e));
    assert_memory_equal(grown, anew, 32);
}

static void test_both_sides(void **state) {
    struct two *w = *state;
    str digest = make_offer(w, "Update");
    assert_int_equal(look(w, &w->provider, digest).state, DECISION_OPEN);
    set_day(w, 1);
    assert_int_equal(take(w, &w->customer, hand_over(w, &w->provider, digest)).new_offers, 1);
    answer(w, &w->customer, digest, ANSWER_DECLINE, "no outage");
    set_day(w, 2);
    struct decision_taken taken = take(w, &w->provider, hand_over(w, &w->customer, digest));
    assert_int_equal(taken.new_answers, 1);
    assert_int_equal(taken.countersigned, 1);
    struct decision d = look(w, &w->provider, digest);
    assert_int_equal(d.state, DECISION_DECLINED);
    assert_true(d.ours && d.holds->both && d.holds->standing == ANSWER_HOLDS && !d.holds->differs);
    assert_int_equal(d.holds->decided, START + DAY); /* when the customer's log had it */
    set_day(w, 3);
    take(w, &w->customer, hand_over(w, &w->provider, digest));
    d = look(w, &w->customer, digest);
    assert_true(!d.ours && d.trusted && d.holds->both && d.answers.n == 1);
    taken = take(w, &w->customer, hand_over(w, &w->provider, digest));
    assert_int_equal(taken.new_offers + taken.new_answers + taken.countersigned, 0);
    taken = take(w, &w->provider, hand_over(w, &w->customer, digest));
    assert_int_equal(taken.countersigned, 0);
    check_replay(w, &w->provider);
    check_replay(w, &w->customer);
}

static void test_who_may(void **state) {
    struct two *w = *state;
    str digest = make_offer(w, "Update"), offer = hand_over(w, &w->provider, digest);
    refuses(w, &w->stranger, offer, "no key that is trusted here");
    trust(&w->stranger, &w->provider, "somebody");
    refuses(w, &w->stranger, offer, "not known as that party");
    trust(&w->provider, &w->stranger, "stranger");
    take(w, &w->customer, offer);
    /* The stranger answers what was offered to another. */
    struct known_key *k = &w->stranger.t->h.keys->keys.v[w->stranger.t->h.keys->keys.n - 1];
    k->name = S("yamada");
    take(w, &w->stranger, offer);
    answer(w, &w->stranger, digest, ANSWER_ACCEPT, "x");
    refuses(w, &w->provider, hand_over(w, &w->stranger, digest), "may not answer for it");
    assert_int_equal(look(w, &w->provider, digest).state, DECISION_OPEN);
}

/* The newest answer reaches the provider first, the older one late: the customer's log tells their order. */
static void test_newest_holds(void **state) {
    struct two *w = *state;
    str digest = make_offer(w, "Update"), older = path_join(w->t.a, str_of(w->customer.t->dir), S("older.json"));
    str newest = path_join(w->t.a, str_of(w->customer.t->dir), S("newest.json"));
    struct bundle b, only = {0};
    take(w, &w->customer, hand_over(w, &w->provider, digest));
    set_day(w, 1);
    answer(w, &w->customer, digest, ANSWER_DECLINE, "no");
    MUST(rename(hand_over(w, &w->customer, digest).p, older.p) == 0);
    set_day(w, 2);
    answer(w, &w->customer, digest, ANSWER_ACCEPT, "after all");
    struct decision d = look(w, &w->customer, digest);
    MUST(decision_bundle(w->customer.p, w->t.a, &d, &b, &w->t.e));
    *vec_push(w->t.a, &only.statements) = b.statements.v[b.statements.n - 1];
    MUST(file_replace(newest, bundle_text(w->t.a, &only), &w->t.e));
    take(w, &w->provider, newest);
    assert_int_equal(look(w, &w->provider, digest).answers.n, 1);
    take(w, &w->provider, older);
    d = look(w, &w->provider, digest);
    assert_int_equal(d.state, DECISION_ACCEPTED);
    assert_true(d.holds->differs);
    assert_int_equal(d.answers.n, 2);
    check_replay(w, &w->provider);
}

static void test_opened_again(void **state) {
    struct two *w = *state;
    struct reopen_report r;
    str digest = make_offer(w, "Update"), deferred = make_offer(w, "Other");
    take(w, &w->customer, hand_over(w, &w->provider, digest));
    take(w, &w->customer, hand_over(w, &w->provider, deferred));
    answer(w, &w->customer, digest, ANSWER_DECLINE, "no");
    answer(w, &w->customer, deferred, ANSWER_DEFER, "later");
    MUST(decisions_reopen(w->customer.p, NULL, w->t.a, 1000, START + 4 * DAY, &r, &w->t.e));
    assert_int_equal(r.ids.n, 0);
    set_day(w, 31);
    MUST(decisions_reopen(w->customer.p, NULL, w->t.a, 1000, START + 31 * DAY, &r, &w->t.e));
    assert_int_equal(r.ids.n, 3); /* review of both, and the deferral */
    MUST(decisions_reopen(w->customer.p, NULL, w->t.a, 1000, START + 31 * DAY, &r, &w->t.e));
    assert_int_equal(r.ids.n, 0);
    struct decision d = look(w, &w->customer, digest);
    assert_int_equal(d.state, DECISION_REOPENED);
    assert_int_equal(d.reopened_by->said.because, REOPENED_REVIEW);
    take(w, &w->provider, hand_over(w, &w->customer, digest));
    assert_int_equal(look(w, &w->provider, digest).state, DECISION_REOPENED);
    set_day(w, 32);
    answer(w, &w->customer, digest, ANSWER_ACCEPT, "now");
    d = look(w, &w->customer, digest);
    assert_true(d.state == DECISION_ACCEPTED && !d.holds->differs);
    check_replay(w, &w->customer);
    check_replay(w, &w->provider);
}

static void test_back_dated(void **state) {
    struct two *w = *state;
    str digest = make_offer(w, "Update");
    take(w, &w->customer, hand_over(w, &w->provider, digest));
    set_day(w, 20);
    struct offer_answer o = {
        .offer = digest, .kind = ANSWER_ACCEPT, .reason = S("r"), .person = S("p"), .role = S("q"), .stated = START};
    MUST(decision_answer(w->customer.p, w->t.a, &o, &w->t.e));
    struct decision d = look(w, &w->customer, digest);
    assert_true(d.holds->back_dated);
    assert_int_equal(d.holds->decided, START + 20 * DAY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TWO_TEST(test_both_sides),   TWO_TEST(test_who_may),    TWO_TEST(test_newest_holds),
        TWO_TEST(test_opened_again), TWO_TEST(test_back_dated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
