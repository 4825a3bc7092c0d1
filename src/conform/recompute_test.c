/* SPDX-License-Identifier: Apache-2.0
 *
 * Declarations whose declarer lies: signed and logged as they should be, and saying more than their evidence does.
 */
#include "conform/recompute.h"

#include <stdio.h>

#include "base/digest.h"
#include "conform/attest.h"
#include "conform/own.h"
#include "release/release.h"
#include "seal/bundle.h"
#include "seal/home_testing.h"

enum { DAY = 86400, RELEASES = 0, WORD = 1 };
static const int64_t today = (int64_t)20000 * DAY;

static const char mini[] =
    "{\"catalogue\":1,\"id\":\"mini\",\"version\":\"1\",\"title\":\"Mini\",\"status\":\"own\",\"unit\":\"requirement\","
    "\"packages\":[{\"id\":\"minimum\",\"title\":\"Minimum\"}],"
    "\"groups\":[{\"id\":\"R1\",\"kind\":\"requirement\",\"title\":\"All\"}],\"practices\":["
    "{\"id\":\"P1\",\"group\":\"R1\",\"title\":\"A\",\"packages\":{\"minimum\":1},\"evidence\":{"
    "\"1\":[{\"kind\":\"release-manifest\",\"about\":\"releases\"}],"
    "\"2\":[{\"kind\":\"sbom\",\"about\":\"releases\",\"where\":[{\"fact\":\"components\",\"at_least\":1}]}],"
    "\"3\":[{\"kind\":\"sbom\",\"about\":\"releases\",\"where\":[{\"fact\":\"components\",\"at_least\":99}]}]}},"
    "{\"id\":\"P2\",\"group\":\"R1\",\"title\":\"B\",\"packages\":{\"minimum\":1},\"evidence\":{"
    "\"1\":[{\"kind\":\"attestation\",\"within_days\":365,\"where\":[{\"fact\":\"level\",\"at_least\":1}]}]}}]}";

struct world {
    struct portfolio *p;
    const struct catalogue *catalogue;
    struct declaration d;
    struct verify_options options;
    str file;
};

static void say_product(struct home_test *x, struct world *w, const char *id, const char *party) {
    struct portfolio_add add = {
        .payload = home_test_payload(x, "tag:akashi,2026:predicate/product/v1", id,
                                     arena_printf(x->t.a, "{\"id\":\"%s\",\"party\":\"%s\"}", id, party).p)};
    MUST(portfolio_append(w->p, x->t.a, &add, 1, &x->t.e));
}

static void ship(struct home_test *x, struct world *w, const char *product) {
    struct release_result out;
    str dist = path_join(x->t.a, str_of(x->dir), str_of(product));
    struct release_plan plan = {.paths = &dist, .n_paths = 1, .product = str_of(product), .version = S("1.0")};
    MUST(folder_make(dist, 0755, &x->t.e));
    MUST(file_replace(path_join(x->t.a, dist, S("package-lock.json")),
                      S("{\"name\":\"app\",\"version\":\"1.0.0\",\"lockfileVersion\":3,\"packages\":{\"\":{\"name\":"
                        "\"app\",\"version\":\"1.0.0\"},\"node_modules/left\":{\"version\":\"1.3.0\"}}}"),
                      &x->t.e));
    MUST(release_run(&x->t.ctx, x->t.a, &x->h, &plan, &out, &x->t.e));
    MUST(portfolio_catch_up(w->p, &x->t.e));
}

/* Logged now; said to be of that day. */
static void attest(struct home_test *x, struct world *w, int64_t date, int64_t expires) {
    struct attestation word = {.catalogue = S("mini"),
                               .practice = S("P2"),
                               .person = S("T. Yamada"),
                               .role = S("CISO"),
                               .level = 1,
                               .date = date,
                               .expires = expires};
    struct portfolio_add add = {0};
    MUST(attestation_payload(&x->t.ctx, x->t.a, &word, &add.payload, &x->t.e));
    MUST(portfolio_append(w->p, x->t.a, &add, 1, &x->t.e));
}

static void at(struct home_test *x, int64_t time) {
    x->t.ctx.now = time;
    x->t.ctx.now_fixed = true;
}

/* A vendor with two products, one of them another party's, and nothing shipped. */
static void begin(struct home_test *x, struct world *w) {
    struct own_say say = {.kind = "catalogue", .name = S("mini"), .predicate = str_of(mini)};
    str none = {NULL, 0};
    *w = (struct world){.file = path_join(x->t.a, str_of(x->dir), S("d.json"))};
    at(x, today - (int64_t)800 * DAY);
    home_test_make(x);
    MUST(portfolio_open(&x->t.ctx, &x->h, none, &w->p, &x->t.e));
    MUST(own_say(w->p, x->t.a, &say, &x->t.e));
    MUST(catalogue_find(&x->t.ctx, w->p, x->t.a, S("mini"), &w->catalogue, &x->t.e));
    say_product(x, w, "thing", "例");
    say_product(x, w, "theirs", "yamada");
    struct trusted_key *k = vec_push(x->t.a, &w->options.keys);
    *k = (struct trusted_key){.key = *privkey_public(x->h.key), .name = S("vendor")};
    pubkey_id(&k->key, k->id);
    w->options.as_of = UINT64_MAX;
}

/* As the evidence has it: what is false is put in afterwards. */
static void make(struct home_test *x, struct world *w) {
    struct conform_scope scope = {.party = -1};
    struct declare_ask ask = {.catalogue = w->catalogue,
                              .scope = &scope,
                              .package = S("minimum"),
                              .signatory = {S("T. Yamada"), S("President")},
                              .from = x->t.ctx.now,
                              .until = x->t.ctx.now + (int64_t)365 * DAY};
    struct shortfalls short_of;
    int64_t number;
    bool found;
    MUST(thing_find(w->p, THING_PRODUCT, S("thing"), &found, &number, &x->t.e));
    *vec_push(x->t.a, &scope.products) = number;
    MUST(declaration_make(w->p, x->t.a, &ask, &w->d, &short_of, &x->t.e));
}

static struct recomputation check(struct home_test *x, struct world *w) {
    struct recomputation r;
    uint64_t index;
    str text;
    MUST(declaration_state(w->p, x->t.a, &w->d, &index, &x->t.e));
    MUST(declaration_bundle(w->p, x->t.a, index, &w->d, true, &text, &x->t.e));
    MUST(file_replace(w->file, text, &x->t.e));
    MUST(declaration_recompute(&x->t.ctx, x->t.a, w->file, NULL, 0, &w->options, &r, &x->t.e));
    return r;
}
static void is(const struct recomputation *r, uint32_t practice, enum confirmed wanted) {
    if (r->practices.v[practice].verdict != wanted)
        fail_msg("%.*s: %s, should be %s (%.*s)", STR_ARG(r->practices.v[practice].declared->id),
                 confirmed_name(r->practices.v[practice].verdict), confirmed_name(wanted),
                 STR_ARG(r->practices.v[practice].why));
}
static void end(struct world *w) { portfolio_close(w->p); }

/* A rule that names every statement of that kind in the log. */
static void name_evidence(struct home_test *x, struct world *w, uint32_t practice, int level, const char *kind) {
    struct declared_practice *p = &w->d.practices.v[practice];
    struct declared_rule *rule = vec_push(x->t.a, &p->rules);
    *rule = (struct declared_rule){.level = (uint32_t)level};
    p->level = level;
    p->basis = BASIS_COMPUTED;
    for (uint64_t i = 0; i < w->d.size; i++) {
        struct log_entry entry;
        MUST(log_entry(x->h.log, x->t.a, i, &entry, &x->t.e));
        if (!str_is(entry.leaf.kind, kind))
            continue;
        *vec_push(x->t.a, &rule->evidence) = w->d.evidence.n;
        rule->counted = rule->met = rule->counted + 1;
        *vec_push(x->t.a, &w->d.evidence) = (struct declared_evidence){
            .index = i, .kind = str_of(kind), .about = S(""), .sha256 = hex_text(x->t.a, entry.envelope, 32)};
    }
    assert_true(rule->evidence.n > 0);
}

/* ── */

static void what_is_so_is_confirmed(void **state) {
    struct home_test *x = *state;
    struct world w;
    begin(x, &w);
    at(x, today);
    ship(x, &w, "thing");
    attest(x, &w, today, 0);
    make(x, &w);
    assert_int_equal(w.d.practices.v[RELEASES].level, 2);
    struct recomputation r = check(x, &w);
    assert_true(r.trusted && r.same_catalogue && r.valid_now);
    is(&r, RELEASES, CONFIRMED);
    is(&r, WORD, ATTESTED_ONLY);
    assert_int_equal(r.practices.v[RELEASES].level, 2);
    end(&w);
}

static void a_level_that_was_raised_is_contradicted(void **state) {
    struct home_test *x = *state;
    struct world w;
    begin(x, &w);
    at(x, today);
    ship(x, &w, "thing");
    make(x, &w);
    w.d.practices.v[RELEASES].level = 3;
    struct recomputation r = check(x, &w);
    assert_true(r.trusted);
    is(&r, RELEASES, CONTRADICTED);
    assert_int_equal(r.practices.v[RELEASES].level, 2);
    is(&r, WORD, NOT_CLAIMED);
    end(&w);
}

static void evidence_that_is_another_statement_is_contradicted(void **state) {
    struct home_test *x = *state;
    struct world w;
    begin(x, &w);
    at(x, today);
    ship(x, &w, "thing");
    make(x, &w);
    w.d.evidence.v[0].sha256 = digest_hex(x->t.a, DIGEST_SHA256, S("another"));
    struct recomputation r = check(x, &w);
    is(&r, RELEASES, CONTRADICTED);
    assert_true(str_find(r.practices.v[RELEASES].why, S("another statement")) != STR_NONE);
    end(&w);
}

static void a_stranger_is_not_believed(void **state) {
    struct home_test *x = *state;
    struct world w;
    struct privkey *other = NULL;
    begin(x, &w);
    at(x, today);
    ship(x, &w, "thing");
    make(x, &w);
    struct recomputation r = check(x, &w);
    assert_true(r.trusted);
    MUST(privkey_new(SIG_ED25519, &other, &x->t.e));
    w.options.keys.v[0].key = *privkey_public(other);
    pubkey_id(&w.options.keys.v[0].key, w.options.keys.v[0].id);
    MUST(declaration_recompute(&x->t.ctx, x->t.a, w.file, NULL, 0, &w.options, &r, &x->t.e));
    assert_false(r.trusted);
    assert_int_equal(r.count[CONFIRMED], 0);
    privkey_free(other);
    end(&w);
}

static void a_key_that_had_ended_is_not_believed(void **state) {
    struct home_test *x = *state;
    struct world w;
    begin(x, &w);
    at(x, today);
    ship(x, &w, "thing");
    make(x, &w);
    struct recomputation r = check(x, &w);
    struct home reader = {.ctx = &x->t.ctx, .party = S("hospital"), .keys = keyring_new(x->t.a)};
    keyring_trust(reader.keys, S("vendor"), &w.options.keys.v[0].key, S("vendor.pub"));
    w.options.keys.n = 0;
    w.options.home = &reader;
    MUST(declaration_recompute(&x->t.ctx, x->t.a, w.file, NULL, 0, &w.options, &r, &x->t.e));
    assert_true(r.trusted);
    is(&r, RELEASES, CONFIRMED);
    reader.keys->keys.v[0].revoked = true;
    reader.keys->keys.v[0].until = today - DAY;
    MUST(declaration_recompute(&x->t.ctx, x->t.a, w.file, NULL, 0, &w.options, &r, &x->t.e));
    assert_false(r.trusted);
    assert_int_equal(r.count[CONFIRMED], 0);
    end(&w);
}

static void what_expired_carries_nothing(void **state) {
    struct home_test *x = *state;
    struct world w;
    begin(x, &w);
    at(x, today - (int64_t)20 * DAY);
    ship(x, &w, "thing");
    attest(x, &w, today - (int64_t)20 * DAY, today - (int64_t)10 * DAY);
    at(x, today);
    make(x, &w);
    assert_int_equal(w.d.practices.v[WORD].level, 0);
    name_evidence(x, &w, WORD, 1, "attestation");
    struct recomputation r = check(x, &w);
    is(&r, WORD, CONTRADICTED);
    at(x, today + (int64_t)400 * DAY); /* and the declaration itself runs out */
    MUST(declaration_recompute(&x->t.ctx, x->t.a, w.file, NULL, 0, &w.options, &r, &x->t.e));
    assert_false(r.valid_now);
    is(&r, RELEASES, CONFIRMED);
    end(&w);
}

static void a_date_somebody_wrote_makes_nothing_newer(void **state) {
    struct home_test *x = *state;
    struct world w;
    begin(x, &w);
    at(x, today - (int64_t)500 * DAY);
    ship(x, &w, "thing");
    attest(x, &w, today, 0); /* dated later than the log has it */
    at(x, today);
    make(x, &w);
    name_evidence(x, &w, WORD, 1, "attestation");
    struct recomputation r = check(x, &w);
    is(&r, WORD, CONTRADICTED);
    end(&w);
}

static void evidence_of_another_partys_product_carries_nothing(void **state) {
    struct home_test *x = *state;
    struct world w;
    begin(x, &w);
    at(x, today);
    ship(x, &w, "theirs");
    make(x, &w);
    assert_int_equal(w.d.practices.v[RELEASES].level, 0);
    name_evidence(x, &w, RELEASES, 1, "release-manifest");
    w.d.releases = 1;
    struct recomputation r = check(x, &w);
    assert_int_equal(r.practices.v[RELEASES].level, 0);
    assert_true(r.practices.v[RELEASES].verdict != CONFIRMED);
    end(&w);
}

static void what_is_kept_back_is_not_confirmed(void **state) {
    struct home_test *x = *state;
    struct world w;
    struct recomputation r;
    uint64_t index;
    str text;
    begin(x, &w);
    at(x, today);
    ship(x, &w, "thing");
    make(x, &w);
    MUST(declaration_state(w.p, x->t.a, &w.d, &index, &x->t.e));
    MUST(declaration_bundle(w.p, x->t.a, index, &w.d, false, &text, &x->t.e));
    MUST(file_replace(w.file, text, &x->t.e));
    /* Nor has the reader the catalogue it names. */
    assert_false(declaration_recompute(&x->t.ctx, x->t.a, w.file, NULL, 0, &w.options, &r, &x->t.e));
    x->t.e = (struct err){0};
    end(&w);
}

/* A built-in catalogue may have changed since: its edition is a document of the file, named by its digest. */
static void the_edition_it_names_may_be_a_document(void **state) {
    struct home_test *x = *state;
    struct world w;
    struct recomputation r;
    struct bundle b, without = {0};
    uint64_t index;
    str text;
    begin(x, &w);
    at(x, today);
    ship(x, &w, "thing");
    attest(x, &w, today, 0);
    make(x, &w);
    MUST(declaration_state(w.p, x->t.a, &w.d, &index, &x->t.e));
    MUST(declaration_bundle(w.p, x->t.a, index, &w.d, true, &text, &x->t.e));
    MUST(bundle_parse(&x->t.ctx, x->t.a, text, w.file, &b, &x->t.e));
    without = b;
    memset(&without.statements, 0, sizeof without.statements);
    for (uint32_t i = 0; i < b.statements.n; i++) {
        if (str_find(b.statements.v[i].envelope.payload, S("\"unit\":\"requirement\"")) == STR_NONE)
            *vec_push(x->t.a, &without.statements) = b.statements.v[i];
    }
    assert_int_equal(without.statements.n + 1, b.statements.n);
    MUST(file_replace(w.file, bundle_text(x->t.a, &without), &x->t.e));
    assert_false(declaration_recompute(&x->t.ctx, x->t.a, w.file, NULL, 0, &w.options, &r, &x->t.e));
    x->t.e = (struct err){0};

    struct bundle_document *edition = vec_push(x->t.a, &without.documents);
    edition->bytes = w.catalogue->text;
    digest_of(DIGEST_SHA256, edition->bytes, edition->sha256);
    MUST(file_replace(w.file, bundle_text(x->t.a, &without), &x->t.e));
    MUST(declaration_recompute(&x->t.ctx, x->t.a, w.file, NULL, 0, &w.options, &r, &x->t.e));
    assert_true(r.trusted && r.same_catalogue);
    is(&r, RELEASES, CONFIRMED);
    end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(what_is_so_is_confirmed),
        HOME_TEST(the_edition_it_names_may_be_a_document),
        HOME_TEST(a_level_that_was_raised_is_contradicted),
        HOME_TEST(evidence_that_is_another_statement_is_contradicted),
        HOME_TEST(a_stranger_is_not_believed),
        HOME_TEST(a_key_that_had_ended_is_not_believed),
        HOME_TEST(what_expired_carries_nothing),
        HOME_TEST(a_date_somebody_wrote_makes_nothing_newer),
        HOME_TEST(evidence_of_another_partys_product_carries_nothing),
        HOME_TEST(what_is_kept_back_is_not_confirmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
