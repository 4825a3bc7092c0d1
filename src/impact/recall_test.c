/* SPDX-License-Identifier: Apache-2.0
 *
 * A portfolio to which anything is said in any order, asked again and again by several readers, of the newest state and
 * of older ones: what is kept is held against what views say that keep nothing.
 */
#include <pthread.h>

#include "impact/follow.h"
#include "impact/hits_testing.h"
#include "impact/recall.h"
#include "impact/things_csv.h"
#include "impact/things_state.h"

enum { PACKAGES = 5, PRODUCTS = 6, PARTIES = 4, VIEWS = 3 };

struct kept_test {
    struct world w;
    struct recall *recall;
    struct portfolio *plain[VIEWS], *keeping[VIEWS]; /* in pairs of one state */
    bool held[VIEWS];
    uint64_t asked, systems; /* answers with some */
    unsigned shipped;
};

/* ── saying ── */

static void state_row(struct kept_test *k, enum thing_kind kind, const char *head, str row) {
    struct home_test *x = k->w.x;
    struct sheet s;
    struct errs bad = {0};
    struct stated done;
    str text = arena_printf(x->t.a, "%s\n%.*s\n", head, STR_ARG(row));
    MUST(sheet_read(&x->t.ctx, x->t.a, kind, text, S("sheet"), &s, &x->t.e));
    struct stating one = {.form = s.rows.v[0].form, .given = s.given, .where = S("sheet")};
    MUST(things_prepare(k->w.p, x->t.a, &one, 1, &bad, &x->t.e));
    MUST(things_say(k->w.p, x->t.a, &one, 1, &done, &x->t.e));
}

static void say_party(struct kept_test *k) {
    struct arena *a = k->w.x->t.a;
    unsigned i = (unsigned)next(&k->w, PARTIES);
    str prime = i && !next(&k->w, 3) ? arena_printf(a, "party%u", (unsigned)next(&k->w, i)) : S("");
    state_row(k, THING_PARTY, "id,name,primes",
              arena_printf(a, "party%u,Party %u of %u,%.*s", i, i, (unsigned)next(&k->w, 3), STR_ARG(prime)));
}
static void say_product(struct kept_test *k) {
    static const char *const tlps[] = {"", "clear", "green", "red"};
    unsigned i = (unsigned)next(&k->w, PRODUCTS);
    state_row(k, THING_PRODUCT, "id,name,party,tlp",
              arena_printf(k->w.x->t.a, "product%u,Product %u,party%u,%s", i, (unsigned)next(&k->w, 4),
                           (unsigned)next(&k->w, PARTIES), tlps[next(&k->w, 4)]));
}
static void say_deployment(struct kept_test *k) {
    struct arena *a = k->w.x->t.a;
    str version = next(&k->w, 2) ? arena_printf(a, "%u", k->shipped / 4 + (unsigned)next(&k->w, 4)) : S("");
    str until = next(&k->w, 4) ? S("") : arena_printf(a, "2027-01-%02u", 15 + (unsigned)next(&k->w, 14));
    state_row(k, THING_DEPLOYMENT, "id,product,version,customer,operator,service,until",
              arena_printf(a, "system%u,product%u,%.*s,party%u,party%u,service%u,%.*s", (unsigned)next(&k->w, 12),
                           (unsigned)next(&k->w, PRODUCTS), STR_ARG(version), (unsigned)next(&k->w, PARTIES),
                           (unsigned)next(&k->w, PARTIES), (unsigned)next(&k->w, 4), STR_ARG(until)));
}
static void say_service(struct kept_test *k) {
    struct arena *a = k->w.x->t.a;
    unsigned i = (unsigned)next(&k->w, 4);
    str needs = next(&k->w, 2) ? arena_printf(a, "package:pkg:npm/p%u", (unsigned)next(&k->w, PACKAGES))
                               : arena_printf(a, "service:service%u", (unsigned)next(&k->w, 4));
    state_row(k, THING_SERVICE, "id,name,party,sector,region,mtpd,restore,population,needs",
              arena_printf(a, "service%u,S,party%u,sector%u,r,PT4H,PT8H,%u,%.*s", i, (unsigned)next(&k->w, PARTIES),
                           (unsigned)next(&k->w, 2), 100 + (unsigned)next(&k->w, 100), STR_ARG(needs)));
}

/* Sometimes another document of a release that is there; mostly a newer one, which those who follow run from then on.
 */
static void say_release(struct kept_test *k) {
    unsigned version = next(&k->w, 3) ? k->shipped++ / 4 + 1 : (unsigned)next(&k->w, k->shipped / 4 + 2);
    struct arena *a = k->w.x->t.a;
    const char *purls[PACKAGES + 1];
    unsigned n = 0;
    for (unsigned i = 0; i < PACKAGES; i++)
        if (!next(&k->w, 3))
            purls[n++] = arena_printf(a, "pkg:npm/p%u@1.%u.0", i, (unsigned)next(&k->w, 12)).p;
    purls[n++] = arena_printf(a, "pkg:npm/own@%u.0.0", (unsigned)next(&k->w, 1000)).p;
    ship(&k->w, arena_printf(a, "product%u", (unsigned)next(&k->w, PRODUCTS)).p, arena_printf(a, "%u", version).p,
         purls, n);
}

static void say_something(struct kept_test *k) {
    switch (next(&k->w, 30)) {
    case 0: say_party(k); break;
    case 1: say_product(k); break;
    case 2: say_deployment(k); break;
    case 3: say_service(k); break;
    case 4: k->w.x->t.ctx.now += 40000; break;
    default: say_release(k);
    }
}

/* ── asking ── */

static str whole(struct kept_test *k, struct portfolio *p, const struct recall_ask *ask, bool count) {
    struct home_test *x = k->w.x;
    struct arena *a = x->t.a;
    const struct as_of now = {0};
    const struct reach_page page = {.list = REACH_RELEASES, .n = ask->n};
    struct question q;
    struct reach r;
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    MUST(question_parse(p, a, ask->text, &q, &x->t.e));
    MUST(reach_begin(&r, p, a, &q, ask->reader, &now, &x->t.e));
    MUST(count ? reach_count(&r, &x->t.e)
               : reach_releases(&r, &x->t.e) && reach_products(&r, &x->t.e) && reach_systems(&r, &x->t.e));
    if (count)
        buf_addf(&b, "%.*s %llu", STR_ARG(q.name), (unsigned long long)r.n_releases);
    else
        MUST(reach_json(&w, &r, &page, ask->question, &x->t.e));
    reach_free(&r);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static str kept(struct kept_test *k, struct portfolio *p, const struct recall_ask *ask, bool count) {
    struct home_test *x = k->w.x;
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    bool said;
    str name;
    uint64_t n;
    if (count) {
        MUST(recall_count(p, x->t.a, ask, &said, &name, &n, &x->t.e));
        buf_addf(&b, "%.*s %llu", STR_ARG(name), (unsigned long long)n);
    } else {
        MUST(recall_reach(p, x->t.a, ask, &w, &said, &x->t.e));
    }
    assert_true(said);
    str out = arena_str(x->t.a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void make_reader(struct kept_test *k, struct portfolio *p, struct reader *out) {
    struct home_test *x = k->w.x;
    unsigned who = (unsigned)next(&k->w, 4 * PARTIES);
    *out = reader_owner;
    if (who < PARTIES)
        MUST(reader_parse(p, x->t.a, arena_printf(x->t.a, "party%u%s", who, next(&k->w, 2) ? ":green" : ""), out,
                          &x->t.e));
}

static void ask_something(struct kept_test *k) {
    static const char *const ranges[] = {"", "", "", "@<1.5.0", "@1.3.0", "@>=99"};
    struct home_test *x = k->w.x;
    unsigned at = (unsigned)next(&k->w, VIEWS);
    struct portfolio *plain = k->plain[at], *keeping = k->keeping[at];
    struct reader reader;
    bool own[2] = {false, false};
    if (!k->held[at]) {
        MUST(portfolio_read(plain, &own[0], &x->t.e) && portfolio_refresh(plain, &x->t.e));
        MUST(portfolio_read(keeping, &own[1], &x->t.e) && portfolio_refresh(keeping, &x->t.e));
    }
    make_reader(k, plain, &reader);
    const struct recall_ask ask = {.text = arena_printf(x->t.a, "pkg:npm/p%u%s",
                                                        (unsigned)next(&k->w, next(&k->w, 4) ? 2 : PACKAGES + 1),
                                                        ranges[next(&k->w, 4) ? 0 : next(&k->w, 6)]),
                                   .reader = &reader,
                                   .n = next(&k->w, 4) ? 50 : 3,
                                   .question = S("q")};
    bool count = next(&k->w, 3) == 0;
    str one = whole(k, plain, &ask, count), other = kept(k, keeping, &ask, count);
    k->asked++;
    k->systems += !count && str_find(one, S("\"deployments\":0,")) == STR_NONE;
    if (!str_eq(one, other))
        fail_msg("question %llu: %.*s of view %u (%s)\n%.*s\nkept:\n%.*s", (unsigned long long)k->asked,
                 STR_ARG(ask.text), at, reader.owner ? "owner" : "a party", STR_ARG(one), STR_ARG(other));
    portfolio_read_end(plain, own[0]);
    portfolio_read_end(keeping, own[1]);
}

/* From here on, until the next time, this pair of views stays in the state of now. */
static void hold_or_let_go(struct kept_test *k) {
    struct home_test *x = k->w.x;
    unsigned at = (unsigned)next(&k->w, VIEWS);
    bool own;
    if (k->held[at]) {
        store_end_read(k->plain[at]->store);
        store_end_read(k->keeping[at]->store);
    } else {
        MUST(portfolio_read(k->plain[at], &own, &x->t.e) && portfolio_refresh(k->plain[at], &x->t.e));
        MUST(portfolio_read(k->keeping[at], &own, &x->t.e) && portfolio_refresh(k->keeping[at], &x->t.e));
    }
    k->held[at] = !k->held[at];
}

static void open_all(struct kept_test *k, struct home_test *x, uint64_t seed, size_t most) {
    *k = (struct kept_test){0};
    open_world(&k->w, x);
    k->w.seed = seed;
    x->t.ctx.now = 1799971200; /* 2027-01-15 */
    k->recall = recall_new(most);
    for (unsigned i = 0; i < VIEWS; i++) {
        open_views(x, "grown.db", &k->plain[i]);
        open_views(x, "grown.db", &k->keeping[i]);
        recall_use(k->recall, k->keeping[i], 1);
    }
    for (unsigned i = 0; i < 40; i++)
        say_party(k), say_product(k);
}
static void close_all(struct kept_test *k) {
    for (unsigned i = 0; i < VIEWS; i++) {
        if (k->held[i]) {
            store_end_read(k->plain[i]->store);
            store_end_read(k->keeping[i]->store);
        }
        portfolio_close(k->plain[i]);
        portfolio_close(k->keeping[i]);
    }
    recall_free(k->recall);
    portfolio_close(k->w.p);
}

static void run(void **state, uint64_t seed, size_t most, unsigned steps) {
    struct kept_test k;
    open_all(&k, *state, seed, most);
    for (unsigned i = 0; i < steps; i++) {
        struct arena_mark m = arena_mark(k.w.x->t.a);
        say_something(&k);
        if (!next(&k.w, 4))
            hold_or_let_go(&k);
        for (uint64_t n = next(&k.w, 4); n; n--)
            ask_something(&k);
        arena_reset(k.w.x->t.a, m);
    }
    assert_true(k.asked > steps);
    assert_true(k.systems > steps / 4);
    close_all(&k);
}

static void what_is_kept_is_what_would_be_computed(void **state) { run(state, 11, 64 << 20, 600); }
static void also_with_hardly_any_room(void **state) { run(state, 12, 20000, 250); }

static void views_made_anew_forget_what_was_kept(void **state) {
    struct kept_test k;
    open_all(&k, *state, 13, 64 << 20);
    struct home_test *x = k.w.x;
    for (unsigned i = 0; i < 30; i++)
        say_release(&k);
    for (unsigned i = 0; i < 20; i++)
        ask_something(&k);
    MUST(portfolio_rebuild(k.w.p, &x->t.e));
    for (unsigned i = 0; i < 20; i++)
        ask_something(&k);
    close_all(&k);
}

static void half_a_question_is_none_and_leaves_nothing(void **state) {
    struct kept_test k;
    open_all(&k, *state, 14, 64 << 20);
    struct home_test *x = k.w.x;
    const struct recall_ask ask = {.text = S("pkg:npm"), .reader = &reader_owner, .n = 50};
    str name;
    uint64_t n;
    bool said;
    for (int i = 0; i < 2; i++) {
        assert_false(recall_count(k.keeping[0], x->t.a, &ask, &said, &name, &n, &x->t.e));
        assert_int_equal(x->t.e.kind, ERR_USAGE);
        x->t.e = (struct err){0};
    }
    close_all(&k);
}

/* ── at once ── */

struct asker {
    struct kept_test *k;
    struct portfolio *p;
    struct arena *a;
    struct err e;
    bool ok;
    pthread_t thread;
};
static void *ask_much(void *arg) {
    struct asker *x = arg;
    x->ok = true;
    for (unsigned i = 0; x->ok && i < 150; i++) {
        struct buf b = {0};
        struct jw w = jw_to(&b, false);
        bool own = false, said;
        const struct recall_ask ask = {
            .text = arena_printf(x->a, "pkg:npm/p%u", i % PACKAGES), .reader = &reader_owner, .n = 50};
        x->ok = portfolio_read(x->p, &own, &x->e) && portfolio_refresh(x->p, &x->e) &&
                recall_reach(x->p, x->a, &ask, &w, &said, &x->e) && said;
        portfolio_read_end(x->p, own);
        buf_free(&b);
    }
    return NULL;
}

static void several_ask_while_one_writes(void **state) {
    struct kept_test k;
    struct asker askers[VIEWS];
    open_all(&k, *state, 15, 64 << 20);
    for (unsigned i = 0; i < VIEWS; i++) {
        askers[i] = (struct asker){.k = &k, .p = k.keeping[i], .a = arena_new()};
        assert_int_equal(pthread_create(&askers[i].thread, NULL, ask_much, &askers[i]), 0);
    }
    for (unsigned i = 0; i < 60; i++)
        say_release(&k);
    for (unsigned i = 0; i < VIEWS; i++) {
        pthread_join(askers[i].thread, NULL);
        if (!askers[i].ok)
            fail_msg("%s: %s", askers[i].e.where, askers[i].e.what);
        arena_free(askers[i].a);
    }
    for (unsigned i = 0; i < 60; i++)
        ask_something(&k);
    close_all(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(what_is_kept_is_what_would_be_computed),     HOME_TEST(also_with_hardly_any_room),
        HOME_TEST(views_made_anew_forget_what_was_kept),       HOME_TEST(several_ask_while_one_writes),
        HOME_TEST(half_a_question_is_none_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
