/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/index.h"

#include "seal/home_testing.h"

static str prove(struct home_test *x, const char *asked, uint64_t size) {
    struct view *v;
    struct words words;
    str proof;
    MUST(words_asked(x->t.a, str_of(asked), &words, &x->t.e));
    MUST(view_open(&x->t.ctx, x->path, x->h.log, &v, &x->t.e));
    MUST(index_prove(&x->t.ctx, v, x->h.keys, x->t.a, &words, size, &proof, &x->t.e));
    view_close(v);
    return proof;
}

static bool check(struct home_test *x, str proof, struct index_verdict *v) {
    struct tlog_policy policy = tlog_policy_of_log(x->t.a, &x->h.vkey);
    struct pubkey signer = *privkey_public(x->h.key);
    return index_proof_check(&x->t.ctx, x->t.a, proof, S("p"), &policy, &signer, 1, v, &x->t.e);
}

static void add_hold(struct home_test *x, const char *name, const char *product) {
    home_test_add(
        x, "tag:akashi,2026:predicate/hold/v1", name,
        arena_printf(x->t.a, "{\"until\":\"2036-01-01T00:00:00Z\",\"reason\":\"r\",\"product\":\"%s\"}", product).p);
}

static void make_index(struct home_test *x) {
    uint64_t index;
    MUST(home_index(&x->h, x->t.a, &index, &x->t.e));
}

static void ten_products(struct home_test *x) {
    home_test_make(x);
    for (int i = 0; i < 20; i++)
        add_hold(x, arena_printf(x->t.a, "f%d", i).p, arena_printf(x->t.a, "p%d", i % 10).p);
}

static void what_is_there_is_proved(void **state) {
    struct home_test *x = *state;
    struct index_verdict v;
    ten_products(x);
    make_index(x);
    for (int i = 0; i < 10; i++) {
        assert_true(check(x, prove(x, arena_printf(x->t.a, "product:p%d", i).p, UINT64_MAX), &v));
        assert_true(v.holds && v.complete && v.signature);
        assert_int_equal(v.covered, 22);
        assert_int_equal(v.size, 23);
        assert_int_equal(v.answers.n, 1);
        assert_int_equal(v.answers.v[0].entries.n, 2);
        assert_int_equal(v.answers.v[0].entries.v[0], 2 + i);
        assert_int_equal(v.answers.v[0].entries.v[1], 12 + i);
    }
}

static void what_is_not_there_is_proved_too(void **state) {
    struct home_test *x = *state;
    struct index_verdict v;
    ten_products(x);
    make_index(x);
    for (int i = 0; i < 60; i++) { /* before the first row, behind the last, and between */
        assert_true(check(x, prove(x, arena_printf(x->t.a, "product:none-%d", i).p, UINT64_MAX), &v));
        assert_true(v.holds && v.complete);
        assert_int_equal(v.answers.v[0].entries.n, 0);
    }
}

static void what_came_behind_the_index_is_told(void **state) {
    struct home_test *x = *state;
    struct index_verdict v;
    ten_products(x);
    make_index(x);
    add_hold(x, "late", "p1");
    assert_true(check(x, prove(x, "product:p1", UINT64_MAX), &v));
    assert_true(v.holds && !v.complete);
    assert_int_equal(v.answers.v[0].entries.n, 2);
    assert_int_equal(v.behind.n, 2); /* the index itself, and the late one */
    assert_int_equal(v.behind.v[1].index, 23);
    check_str(v.behind.v[1].leaf.kind, "hold");
    /* A kind can be told from the leaves. */
    assert_true(check(x, prove(x, "hold", UINT64_MAX), &v));
    assert_true(v.holds && v.complete);
    assert_int_equal(v.answers.v[0].entries.n, 21);
    make_index(x);
    assert_true(check(x, prove(x, "product:p1", UINT64_MAX), &v));
    assert_true(v.holds && v.complete);
    assert_int_equal(v.answers.v[0].entries.n, 3);
    /* As of the first index. */
    assert_true(check(x, prove(x, "product:p1", 22), &v));
    assert_true(v.holds && !v.complete);
    assert_int_equal(v.covered, 22);
}

static void without_an_index_there_is_no_proof(void **state) {
    struct home_test *x = *state;
    struct view *v;
    struct words words;
    str proof;
    ten_products(x);
    MUST(words_asked(x->t.a, S("p1"), &words, &x->t.e));
    MUST(view_open(&x->t.ctx, x->path, x->h.log, &v, &x->t.e));
    assert_false(index_prove(&x->t.ctx, v, x->h.keys, x->t.a, &words, UINT64_MAX, &proof, &x->t.e));
    assert_non_null(strstr(x->t.e.hint, "akashi log index"));
    view_close(v);
    /* An index of before an erasure lists what is no longer there. */
    make_index(x);
    home_test_erase(x, 5);
    MUST(view_open(&x->t.ctx, x->path, x->h.log, &v, &x->t.e));
    assert_false(index_prove(&x->t.ctx, v, x->h.keys, x->t.a, &words, UINT64_MAX, &proof, &x->t.e));
    view_close(v);
    make_index(x);
    prove(x, "p1", UINT64_MAX);
}

static void an_index_is_made_every_thousand_entries(void **state) {
    struct home_test *x = *state;
    struct log_entry entry;
    uint64_t size;
    home_test_make(x);
    struct home_add *adds = arena_array(x->t.a, struct home_add, 999);
    for (uint32_t i = 0; i < 999; i++)
        adds[i].payload = home_test_payload(x, "https://example.com/x", arena_printf(x->t.a, "f%u", i).p, "{}");
    MUST(home_append(&x->h, x->t.a, adds, 900, &x->t.e));
    MUST(home_as_of(&x->h, (str){NULL, 0}, &size, &x->t.e));
    assert_int_equal(size, 902);
    MUST(home_append(&x->h, x->t.a, adds + 900, 99, &x->t.e));
    MUST(home_as_of(&x->h, (str){NULL, 0}, &size, &x->t.e));
    assert_int_equal(size, 1002);
    MUST(log_entry(x->h.log, x->t.a, 1001, &entry, &x->t.e));
    check_str(entry.leaf.kind, "index");
}

static void an_index_waits_while_much_comes(void **state) {
    struct home_test *x = *state;
    struct log_entry entry;
    uint64_t size;
    home_test_make(x);
    struct home_add *adds = arena_array(x->t.a, struct home_add, 2500);
    for (uint32_t i = 0; i < 2500; i++)
        adds[i].payload = home_test_payload(x, "https://example.com/x", arena_printf(x->t.a, "f%u", i).p, "{}");
    home_index_wait(&x->h);
    for (uint32_t i = 0; i < 2500; i += 500)
        MUST(home_append(&x->h, x->t.a, adds + i, 500, &x->t.e));
    MUST(home_as_of(&x->h, (str){NULL, 0}, &size, &x->t.e));
    assert_int_equal(size, 2502);
    home_index_go_on(&x->h);
    home_index_go_on(&x->h);
    MUST(home_as_of(&x->h, (str){NULL, 0}, &size, &x->t.e));
    assert_int_equal(size, 2503);
    MUST(log_entry(x->h.log, x->t.a, 2502, &entry, &x->t.e));
    check_str(entry.leaf.kind, "index");
}

/* A statement of kind "index" that came from elsewhere, about another log or by another key, is passed over. */
static void an_index_from_elsewhere_is_not_ours(void **state) {
    struct home_test *x = *state;
    struct index_verdict v;
    struct privkey *other;
    ten_products(x);
    make_index(x);
    str foreign = arena_printf(x->t.a, "{\"origin\":\"%s\",\"size\":9,\"root\":\"%.*s\",\"rows\":1}", "other/log",
                               STR_ARG(digest_hex(x->t.a, DIGEST_SHA256, S("x"))));
    home_test_add(x, "tag:akashi,2026:predicate/index/v1", "theirs", foreign.p);
    str ours = arena_printf(x->t.a, "{\"origin\":\"%.*s\",\"size\":9,\"root\":\"%.*s\",\"rows\":1}",
                            STR_ARG(x->h.origin), STR_ARG(digest_hex(x->t.a, DIGEST_SHA256, S("x"))));
    struct home_add add = {0};
    MUST(privkey_new(SIG_ED25519, &other, &x->t.e));
    MUST(statement_sign(&x->t.ctx, x->t.a, home_test_payload(x, "tag:akashi,2026:predicate/index/v1", "forged", ours.p),
                        other, &add.envelope, &x->t.e));
    pubkey_id(privkey_public(other), add.key);
    MUST(home_append(&x->h, x->t.a, &add, 1, &x->t.e));
    privkey_free(other);
    assert_true(check(x, prove(x, "product:p1", UINT64_MAX), &v));
    assert_true(v.holds);
    assert_int_equal(v.covered, 22);
    assert_int_equal(v.behind.n, 3);
}

/* ── what was tampered with ── */

static str replaced(struct home_test *x, str text, const char *from, const char *to) {
    size_t at = str_find(text, str_of(from));
    assert_true(at != STR_NONE);
    return arena_printf(x->t.a, "%.*s%s%.*s", (int)at, text.p, to, STR_ARG(str_from(text, at + strlen(from))));
}

static void shortened_and_changed_lists_are_refused(void **state) {
    static const struct {
        const char *from, *to;
    } changes[] = {
        {"        3,\n        13\n", "        3\n"},              /* one left out */
        {"        3,\n        13\n", "        3,\n        14\n"}, /* another one */
        {"        3,\n        13\n", "        13,\n        3\n"}, /* in another order */
        {"        3,\n        13\n", "\n"},                       /* all */
        {"        3,\n        13\n", "        3,\n        13,\n        13\n"},
        {"\"product:p1\"", "\"product:p2\""},
        {"\"position\": ", "\"position\": 1"},
        {"\"row\"", "\"before\""},
    };
    struct home_test *x = *state;
    ten_products(x);
    make_index(x);
    str proof = prove(x, "product:p1", UINT64_MAX);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct index_verdict v;
        struct err e = {0};
        x->t.e = e;
        bool read = check(x, replaced(x, proof, changes[i].from, changes[i].to), &v);
        if (read && v.holds)
            fail_msg("accepted: %s", changes[i].to);
    }
}

static void an_answer_that_denies_what_is_there_is_refused(void **state) {
    struct home_test *x = *state;
    struct index_verdict v;
    ten_products(x);
    make_index(x);
    /* The neighbours of something that is not there do not deny something else. */
    for (int i = 0; i < 10; i++) {
        str proof = prove(x, "product:none", UINT64_MAX);
        str asked = arena_printf(x->t.a, "\"product:p%d\"", i);
        assert_true(check(x, replaced(x, proof, "\"product:none\"", asked.p), &v));
        assert_false(v.holds);
    }
}

static void hidden_entries_behind_the_index_are_refused(void **state) {
    struct home_test *x = *state;
    struct index_verdict v;
    ten_products(x);
    make_index(x);
    add_hold(x, "late", "p1");
    str proof = prove(x, "product:p1", UINT64_MAX);
    size_t at = str_find(proof, S("\"leaves\"")), comma = str_find(str_from(proof, at), S(",\n"));
    size_t end = str_find(str_from(proof, at), S("\n    ]"));
    str cut = arena_printf(x->t.a, "%.*s%.*s", (int)(at + comma), proof.p, STR_ARG(str_from(proof, at + end)));
    assert_true(check(x, cut, &v));
    assert_false(v.holds || v.complete);
    assert_string_equal(v.fault, "the entries behind the index are not those of the log");
}

static void another_signer_or_log_is_refused(void **state) {
    struct home_test *x = *state;
    struct index_verdict v;
    struct privkey *other;
    struct vkey vkey;
    ten_products(x);
    make_index(x);
    str proof = prove(x, "product:p1", UINT64_MAX);
    MUST(privkey_new(SIG_ED25519, &other, &x->t.e));
    struct tlog_policy ours = tlog_policy_of_log(x->t.a, &x->h.vkey);
    assert_true(index_proof_check(&x->t.ctx, x->t.a, proof, S("p"), &ours, privkey_public(other), 1, &v, &x->t.e));
    assert_false(v.holds || v.signature);
    assert_true(vkey_of(x->t.a, x->h.origin, NOTE_ED25519, privkey_public(other), &vkey));
    struct tlog_policy theirs = tlog_policy_of_log(x->t.a, &vkey);
    assert_true(index_proof_check(&x->t.ctx, x->t.a, proof, S("p"), &theirs, privkey_public(x->h.key), 1, &v, &x->t.e));
    assert_false(v.holds);
    privkey_free(other);
}

/* Whatever byte is changed: it is refused, or what it says is still the same. */
static void no_changed_byte_gives_another_answer(void **state) {
    struct home_test *x = *state;
    struct index_verdict v;
    ten_products(x);
    make_index(x);
    str proof = prove(x, "product:p1", UINT64_MAX);
    char *copy = arena_cstr(x->t.a, proof);
    for (size_t i = 0; i < proof.n; i++) {
        struct arena *own = arena_new();
        struct tlog_policy policy = tlog_policy_of_log(own, &x->h.vkey);
        struct err e = {0};
        copy[i] = (char)(copy[i] ^ (1 << i % 7));
        if (index_proof_check(&x->t.ctx, own, str_n(copy, proof.n), S("p"), &policy, privkey_public(x->h.key), 1, &v,
                              &e) &&
            v.holds) {
            assert_int_equal(v.answers.n, 1);
            check_str(word_text(own, &v.answers.v[0].word), "product:p1");
            assert_int_equal(v.answers.v[0].entries.n, 2);
            assert_int_equal(v.answers.v[0].entries.v[0], 3);
            assert_int_equal(v.answers.v[0].entries.v[1], 13);
        }
        copy[i] = proof.p[i];
        arena_free(own);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(what_is_there_is_proved),
        HOME_TEST(what_is_not_there_is_proved_too),
        HOME_TEST(what_came_behind_the_index_is_told),
        HOME_TEST(without_an_index_there_is_no_proof),
        HOME_TEST(an_index_is_made_every_thousand_entries),
        HOME_TEST(an_index_waits_while_much_comes),
        HOME_TEST(an_index_from_elsewhere_is_not_ours),
        HOME_TEST(shortened_and_changed_lists_are_refused),
        HOME_TEST(an_answer_that_denies_what_is_there_is_refused),
        HOME_TEST(hidden_entries_behind_the_index_are_refused),
        HOME_TEST(another_signer_or_log_is_refused),
        HOME_TEST(no_changed_byte_gives_another_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
