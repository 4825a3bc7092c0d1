/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/home_testing.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>

#include "seal/proof.h"

static uint64_t log_size(struct home_test *x) {
    uint64_t size;
    MUST(home_as_of(&x->h, (str){NULL, 0}, &size, &x->t.e));
    return size;
}

static void a_home_is_made_with_its_first_statements(void **state) {
    struct home_test *x = *state;
    struct log_entry entry;
    home_test_make(x);
    check_str(x->h.party, "\xE4\xBE\x8B");
    assert_int_equal(x->h.roles, ROLE_DEVELOPER | ROLE_SUPPLIER);
    check_str(x->h.origin, "example.jp/akashi");
    assert_int_equal(log_size(x), 2);
    MUST(log_entry(x->h.log, x->t.a, 0, &entry, &x->t.e));
    check_str(entry.leaf.kind, "key");
    MUST(log_entry(x->h.log, x->t.a, 1, &entry, &x->t.e));
    check_str(entry.leaf.kind, "party");
    assert_memory_equal(entry.leaf.key, x->h.key_id, 32);
    const struct known_key *k = keyring_find(x->h.keys, x->h.key_id);
    assert_true(k && k->ours && pubkey_eq(&k->key, privkey_public(x->h.key)));
    check_str(x->h.vkey.name, "example.jp/akashi");
    struct stat st;
    assert_int_equal(stat(arena_cstr(x->t.a, path_join(x->t.a, x->path, S("keys"))), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
}

static void a_second_one_is_refused_and_the_first_stays(void **state) {
    struct home_test *x = *state;
    struct home_plan plan = home_test_plan();
    home_test_make(x);
    str origin = x->h.origin;
    home_test_close(x);
    plan.origin = S("other");
    assert_false(home_make(&x->t.ctx, x->path, &plan, &x->t.e));
    assert_int_equal(x->t.e.kind, ERR_ENV);
    home_test_open(x, HOME_SIGN);
    assert_true(str_eq(x->h.origin, origin));
}

static void where_there_is_none_the_way_to_one_is_told(void **state) {
    struct home_test *x = *state;
    assert_false(home_open(&x->t.ctx, x->t.a, x->path, HOME_READ, &x->h, &x->t.e));
    assert_int_equal(x->t.e.kind, ERR_ENV);
    assert_non_null(strstr(x->t.e.hint, "akashi init"));
}

static void files_that_lie_there_stay(void **state) {
    struct home_test *x = *state;
    str text;
    MUST(folder_make(x->path, 0700, &x->t.e));
    MUST(file_replace(path_join(x->t.a, x->path, S("advisories.db")), S("precious"), &x->t.e));
    home_test_make(x);
    MUST(file_read(&x->t.ctx, x->t.a, path_join(x->t.a, x->path, S("advisories.db")), &text, &x->t.e));
    check_str(text, "precious");
}

static void folders_that_lie_there_are_not_touched(void **state) {
    struct home_test *x = *state;
    struct home_plan plan = home_test_plan();
    MUST(folder_make(path_join(x->t.a, x->path, S("keys")), 0700, &x->t.e));
    MUST(file_replace(path_join(x->t.a, x->path, S("keys/x.key")), S("precious"), &x->t.e));
    assert_false(home_make(&x->t.ctx, x->path, &plan, &x->t.e));
    assert_true(path_exists(path_join(x->t.a, x->path, S("keys/x.key"))));
    assert_false(home_is(x->path));
}

static uint32_t entries_beside(struct home_test *x) {
    uint32_t n = 0;
    DIR *d = opendir(x->dir);
    for (struct dirent *f; d && (f = readdir(d));)
        n += f->d_name[0] != '.';
    closedir(d);
    return n;
}

static void what_an_interrupted_one_left_is_cleared(void **state) {
    struct home_test *x = *state;
    str left = arena_cat(x->t.a, x->path, S(".new-abc123")), busy = arena_cat(x->t.a, x->path, S(".new-abc124"));
    MUST(folder_make(path_join(x->t.a, left, S("keys")), 0700, &x->t.e));
    MUST(file_replace(path_join(x->t.a, left, S("keys/x.key")), S("half"), &x->t.e));
    MUST(folder_make(busy, 0700, &x->t.e));
    int fd = open(arena_cstr(x->t.a, busy), O_RDONLY | O_DIRECTORY);
    assert_int_equal(flock(fd, LOCK_EX), 0); /* somebody is making one */
    home_test_make(x);
    assert_false(path_exists(left));
    assert_true(path_exists(busy));
    close(fd);
    assert_int_equal(entries_beside(x), 2);
}

static pid_t begin_making(struct home_test *x) {
    pid_t child = fork();
    if (child == 0) {
        struct home_plan plan = home_test_plan();
        struct err e = {0};
        bool ok = home_make(&x->t.ctx, x->path, &plan, &e);
        _exit(ok ? 0 : 1);
    }
    return child;
}

static unsigned microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned)(now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

/* Killed at any moment there is no home, or a whole one that signs. */
static void killed_it_leaves_nothing_or_all(void **state) {
    enum { KILLS = 24 };
    struct home_test *x = *state;
    int whole = 0;
    unsigned begun = microseconds();
    waitpid(begin_making(x), NULL, 0);
    unsigned takes = microseconds() - begun;
    assert_true(home_is(x->path));
    remove_tree(arena_cstr(x->t.a, x->path));
    for (unsigned i = 0; i < KILLS; i++) {
        pid_t child = begin_making(x);
        usleep(takes * i / (KILLS - 4));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        if (home_is(x->path)) {
            home_test_open(x, HOME_SIGN);
            assert_int_equal(log_size(x), 2);
            home_test_add(x, "https://example.com/x", "a", "{}");
            home_test_close(x);
            remove_tree(arena_cstr(x->t.a, x->path));
            whole++;
        } else {
            assert_false(path_exists(x->path));
        }
    }
    home_test_make(x);
    assert_int_equal(entries_beside(x), 1);
    print_message("# %d of %d were whole when they were killed\n", whole, KILLS);
}

static void statements_of_another_kind_of_key_have_a_log_key_beside_it(void **state) {
    struct home_test *x = *state;
    struct home_plan plan = home_test_plan();
    struct log_entry entry;
    plan.kind = SIG_ECDSA_P256;
    MUST(home_make(&x->t.ctx, x->path, &plan, &x->t.e));
    home_test_open(x, HOME_SIGN);
    assert_int_equal(privkey_public(x->h.key)->kind, SIG_ECDSA_P256);
    assert_int_equal(privkey_public(x->h.log_key)->kind, SIG_ED25519);
    uint64_t index = home_test_add(x, "https://example.com/x", "a", "{}");
    MUST(log_entry(x->h.log, x->t.a, index, &entry, &x->t.e));
    assert_memory_equal(entry.leaf.key, x->h.key_id, 32);
}

static void the_same_is_not_added_twice(void **state) {
    struct home_test *x = *state;
    home_test_make(x);
    uint64_t first = home_test_add(x, "https://example.com/x", "a", "{}");
    assert_int_equal(home_test_add(x, "https://example.com/x", "a", "{}"), first);
    assert_int_equal(home_test_add(x, "https://example.com/x", "b", "{}"), first + 1);
    assert_int_equal(log_size(x), first + 2);
}

static void an_envelope_from_elsewhere_is_kept_in_canonical_form(void **state) {
    struct home_test *x = *state;
    str payload, kept;
    struct log_entry entry;
    home_test_make(x);
    payload = home_test_payload(x, "https://example.com/x", "a", "{}");
    struct home_add one = {.payload = payload};
    MUST(home_append(&x->h, x->t.a, &one, 1, &x->t.e));
    /* The same with other white space and a member more. */
    struct home_add again = {
        .envelope = arena_printf(x->t.a, " {\"more\":1, %.*s", STR_ARG(str_from(one.envelope, 1)))};
    memcpy(again.key, x->h.key_id, 32);
    MUST(home_append(&x->h, x->t.a, &again, 1, &x->t.e));
    assert_true(again.added.was_there);
    assert_int_equal(again.added.index, one.added.index);
    MUST(log_entry(x->h.log, x->t.a, one.added.index, &entry, &x->t.e));
    MUST(log_envelope(x->h.log, x->t.a, &entry, &kept, &x->t.e));
    assert_true(str_eq(kept, one.envelope) && str_eq(kept, again.envelope));
}

static void what_is_no_statement_is_not_signed(void **state) {
    struct home_test *x = *state;
    struct home_add adds[2] = {{.payload = home_test_payload(x, "https://example.com/x", "a", "{}")},
                               {.payload = S("{\"_type\":\"x\"}")}};
    home_test_make(x);
    assert_false(home_append(&x->h, x->t.a, adds, 2, &x->t.e));
    assert_int_equal(log_size(x), 2);
    home_test_open(x, HOME_READ);
    assert_false(home_append(&x->h, x->t.a, adds, 1, &x->t.e));
}

static void as_of_is_a_size_a_time_or_a_day(void **state) {
    static const struct {
        const char *text;
        int64_t size; /* -1: refused */
    } rows[] = {{"0", 0},  {"1", 1},          {"3", 3},          {"4", -1},
                {"x", -1}, {"1970-01-02", 0}, {"2999-01-01", 3}, {"2999-01-01T00:00:00Z", 3},
                {"-1", -1}};
    struct home_test *x = *state;
    home_test_make(x);
    home_test_add(x, "https://example.com/x", "a", "{}");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t size = 0;
        bool ok = home_as_of(&x->h, str_of(rows[i].text), &size, &x->t.e);
        assert_int_equal(ok ? (int64_t)size : -1, rows[i].size);
    }
}

static void a_proof_holds_with_the_public_key_alone(void **state) {
    struct home_test *x = *state;
    struct home_add add = {.payload = home_test_payload(x, "https://example.com/x", "a", "{}")};
    struct proof_verdict v;
    str proof;
    home_test_make(x);
    MUST(home_append(&x->h, x->t.a, &add, 1, &x->t.e));
    MUST(home_prove(&x->h, x->t.a, add.added.index, &proof, &x->t.e));
    struct tlog_policy policy = tlog_policy_of_log(x->t.a, &x->h.vkey);
    MUST(proof_check(x->t.a, proof, S("p"), add.envelope, &policy, &v, &x->t.e));
    assert_true(proof_holds(&v));
    MUST(proof_check(x->t.a, proof, S("p"), S("{}"), &policy, &v, &x->t.e));
    assert_false(proof_holds(&v));
}

/* The cache of key events may be lost, damaged or from another time. */
static void key_events_are_found_without_their_cache(void **state) {
    static const char *const contents[] = {"", "akashi key events 1\n", "akashi key events 1\n999\n0\n"};
    struct home_test *x = *state;
    home_test_make(x);
    str file = path_join(x->t.a, x->path, S("keys/events"));
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        str text = arena_printf(x->t.a, "%s%.*s\n", contents[i],
                                STR_ARG(digest_hex(x->t.a, DIGEST_SHA256, str_of(contents[i]))));
        MUST(file_replace(file, i ? text : S("damaged"), &x->t.e));
        home_test_open(x, HOME_SIGN);
        assert_non_null(keyring_find(x->h.keys, x->h.key_id));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(a_home_is_made_with_its_first_statements),
        HOME_TEST(a_second_one_is_refused_and_the_first_stays),
        HOME_TEST(where_there_is_none_the_way_to_one_is_told),
        HOME_TEST(files_that_lie_there_stay),
        HOME_TEST(folders_that_lie_there_are_not_touched),
        HOME_TEST(what_an_interrupted_one_left_is_cleared),
        HOME_TEST(killed_it_leaves_nothing_or_all),
        HOME_TEST(statements_of_another_kind_of_key_have_a_log_key_beside_it),
        HOME_TEST(the_same_is_not_added_twice),
        HOME_TEST(an_envelope_from_elsewhere_is_kept_in_canonical_form),
        HOME_TEST(what_is_no_statement_is_not_signed),
        HOME_TEST(as_of_is_a_size_a_time_or_a_day),
        HOME_TEST(a_proof_holds_with_the_public_key_alone),
        HOME_TEST(key_events_are_found_without_their_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
