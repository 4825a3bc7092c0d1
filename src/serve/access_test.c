/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/home_testing.h"

#include "serve/known.h"
#include "serve/password.h"
#include "serve/route.h"
#include "serve/session.h"
#include "serve/throttle.h"
#include "serve/totp.h"

enum { NOW = 1800000000 };

static struct access *opened(struct home_test *x) {
    struct access *out;
    MUST(access_open(&x->t.ctx, str_of(x->dir), &out, &x->t.e));
    return out;
}
static str added(struct home_test *x, struct access *s, const char *name, const struct grant *g, uint32_t n) {
    str id;
    struct user_change to = {.grants = g, .n_grants = n, .disabled = -1};
    MUST(access_begin(s, &x->t.e));
    bool ok = user_add(s, x->t.a, str_of(name), S(""), NOW, &id, &x->t.e) && user_change(s, id, &to, &x->t.e);
    MUST(access_end(s, ok, &x->t.e));
    return id;
}
static const struct grant admin[] = {{USER_ADMIN, S_INIT("")}}, viewer[] = {{USER_VIEWER, S_INIT("hospital")}};

/* ── passwords ── */

static void which_passwords_are_taken(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *name, *password;
        bool fit;
    } rows[] = {
        {"sato", "short", false},
        {"sato", "elevenchars", false},
        {"sato", "twelve chars", true},
        {"sato", "\xE3\x81\x82\xE3\x81\x84\xE3\x81\x86\xE3\x81\x88\xE3\x81\x8A", false}, /* five characters */
        {"sato", "sato sato sato", false},
        {"sato", "SATO-sato-Sato", false},
        {"sato", "sato and the others", true},
        {"sato", "aaaaaaaaaaaa", true}, /* no rules of composition */
        {"sato", "bad utf-8 \xff and so on", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (password_fit(str_of(rows[i].name), str_of(rows[i].password), &t->e) != rows[i].fit)
            fail_msg("%s", rows[i].password);
}

static void a_password_is_known_again(void **state) {
    struct testing *t = *state;
    str kept;
    bool good, weak;
    assert_true(password_keep(t->a, S("correct horse battery"), &kept, &t->e));
    assert_true(str_starts(kept, S("scrypt$15$8$3$")));
    assert_true(password_check(kept, S("correct horse battery"), &good, &weak, &t->e) && good && !weak);
    assert_true(password_check(kept, S("correct horse batterz"), &good, &weak, &t->e) && !good);
    assert_true(password_check((str){NULL, 0}, S("correct horse battery"), &good, &weak, &t->e) && !good);
    /* nothing of ours */
    assert_true(password_check(S("scrypt$4$1$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA"), S("x"), &good, &weak, &t->e) && !good);
}

/* ── users ── */

static void there_is_always_an_administrator(void **state) {
    struct home_test *x = *state;
    struct access *s = opened(x);
    struct user_change off = {.disabled = 1};
    struct user u;
    bool governed, found;
    MUST(users_governed(s, &governed, &x->t.e));
    assert_false(governed);
    str one = added(x, s, "Sato", admin, 1), two = added(x, s, "tanaka", viewer, 1);
    MUST(access_begin(s, &x->t.e));
    assert_false(access_end(s, user_change(s, one, &off, &x->t.e), &x->t.e));
    MUST(access_begin(s, &x->t.e));
    assert_false(access_end(s, user_remove(s, one, &x->t.e), &x->t.e));
    MUST(user_by_name(s, x->t.a, S("SATO "), &found, &u, &x->t.e));
    assert_true(found && !u.disabled && u.grants.n == 1); /* undone */
    MUST(access_begin(s, &x->t.e));
    MUST(access_end(s, user_remove(s, two, &x->t.e), &x->t.e));
    MUST(user_by_id(s, x->t.a, two, &found, &u, &x->t.e));
    assert_false(found);
    access_close(s);
}

static void names_and_roles_that_cannot_be(void **state) {
    struct home_test *x = *state;
    struct access *s = opened(x);
    static const struct grant unit_admin[] = {{USER_ADMIN, S_INIT("hospital")}};
    struct user_change to = {.grants = unit_admin, .n_grants = 1, .disabled = -1};
    static const char *const names[] = {"", "two words", "semi;colon", "\xff", "sato"};
    str id = added(x, s, "sato", admin, 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        MUST(access_begin(s, &x->t.e));
        bool ok = user_add(s, x->t.a, str_of(names[i]), S(""), NOW, &id, &x->t.e);
        assert_false(access_end(s, ok, &x->t.e));
        assert_int_equal(x->t.e.kind, ERR_USAGE);
    }
    MUST(access_begin(s, &x->t.e));
    assert_false(access_end(s, user_change(s, id, &to, &x->t.e), &x->t.e));
    access_close(s);
}

static void the_file_is_for_its_owner_alone(void **state) {
    struct home_test *x = *state;
    struct access *s = opened(x);
    static const char *const names[] = {"access.db", "access.db-wal", "access.db-shm"};
    (void)added(x, s, "sato", admin, 1);
    for (size_t i = 0; i < 3; i++) {
        struct stat st;
        assert_int_equal(stat(path_join(x->t.a, str_of(x->dir), str_of(names[i])).p, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
    access_close(s);
}

static void an_invitation_is_good_once_and_for_a_time(void **state) {
    struct home_test *x = *state;
    struct access *s = opened(x);
    str id = added(x, s, "sato", admin, 1), old = {NULL, 0}, key = old;
    struct user u;
    bool found;
    MUST(access_begin(s, &x->t.e));
    bool ok = user_invite(s, x->t.a, id, NOW + 100, &old, &x->t.e) &&
              user_invite(s, x->t.a, id, NOW + 100, &key, &x->t.e);
    MUST(access_end(s, ok, &x->t.e));
    MUST(user_invited(s, x->t.a, old, NOW, &found, &u, &x->t.e));
    assert_false(found);
    MUST(user_invited(s, x->t.a, key, NOW + 100, &found, &u, &x->t.e));
    assert_false(found);
    MUST(user_invited(s, x->t.a, key, NOW + 99, &found, &u, &x->t.e));
    assert_true(found && str_eq(u.id, id));
    MUST(access_begin(s, &x->t.e));
    MUST(access_end(s, user_password(s, id, S("scrypt$"), &x->t.e), &x->t.e));
    MUST(user_invited(s, x->t.a, key, NOW, &found, &u, &x->t.e));
    assert_false(found);
    access_close(s);
}

/* ── sessions and tokens ── */

static void a_session_ends(void **state) {
    struct home_test *x = *state;
    struct access *s = opened(x);
    str id = added(x, s, "sato", admin, 1), other = added(x, s, "tanaka", viewer, 1), secret;
    struct session mine = {.user = id, .how = S("password")}, got;
    struct user_change off = {.disabled = 1};
    bool found;
    MUST(session_new(s, x->t.a, &mine, NOW, &secret, &x->t.e));
    assert_int_equal(secret.n, 43);
    MUST(session_find(s, x->t.a, secret, NOW + SESSION_IDLE - 1, &found, &got, &x->t.e));
    assert_true(found && str_eq(got.user, id));
    MUST(session_find(s, x->t.a, secret, NOW + 2 * SESSION_IDLE - 2, &found, &got, &x->t.e));
    assert_true(found); /* it was used in between */
    MUST(session_find(s, x->t.a, secret, NOW + 3 * SESSION_IDLE, &found, &got, &x->t.e));
    assert_false(found); /* idle */
    MUST(session_find(s, x->t.a, S("somebody else's"), NOW, &found, &got, &x->t.e));
    assert_false(found);
    for (int64_t t = NOW; t < NOW + SESSION_LONGEST; t += SESSION_IDLE / 2)
        MUST(session_find(s, x->t.a, secret, t, &found, &got, &x->t.e));
    MUST(session_find(s, x->t.a, secret, NOW + SESSION_LONGEST, &found, &got, &x->t.e));
    assert_false(found); /* however much it was used */
    MUST(session_end(s, mine.id, other, &found, &x->t.e));
    assert_false(found); /* not theirs */
    MUST(session_end(s, mine.id, id, &found, &x->t.e));
    assert_true(found);

    mine.user = other;
    MUST(session_new(s, x->t.a, &mine, NOW, &secret, &x->t.e));
    MUST(access_begin(s, &x->t.e));
    MUST(access_end(s, user_change(s, other, &off, &x->t.e), &x->t.e));
    MUST(session_find(s, x->t.a, secret, NOW, &found, &got, &x->t.e));
    assert_false(found); /* of somebody disabled */
    access_close(s);
}

static void a_token_ends(void **state) {
    struct home_test *x = *state;
    struct access *s = opened(x);
    struct token t = {.user = added(x, s, "sato", admin, 1),
                      .name = S("CI"),
                      .may = 1U << MAY_READ,
                      .made = NOW,
                      .until = NOW + 100},
                 got;
    struct tokens all = {0};
    str secret;
    bool found;
    MUST(token_new(s, x->t.a, &t, &secret, &x->t.e));
    assert_true(str_starts(secret, S("akashi_")) && secret.n == 50);
    MUST(token_find(s, x->t.a, secret, NOW + 99, &found, &got, &x->t.e));
    assert_true(found && got.may == 1U << MAY_READ && !got.parties.p);
    MUST(token_find(s, x->t.a, secret, NOW + 100, &found, &got, &x->t.e));
    assert_false(found);
    MUST(tokens_of(s, x->t.a, t.user, &all, &x->t.e));
    assert_true(all.n == 1 && all.v[0].used == NOW + 99);
    MUST(token_end(s, t.id, t.user, &found, &x->t.e));
    assert_true(found);
    MUST(token_find(s, x->t.a, secret, NOW, &found, &got, &x->t.e));
    assert_false(found);
    access_close(s);
}

/* Whom a secret belongs to is remembered, and no longer than it is true, whoever changes it. */
static void what_is_remembered_of_a_token_is_true(void **state) {
    struct home_test *x = *state;
    struct token mine = {.name = S("ci"), .made = NOW, .until = NOW + 1000}, got;
    struct user u;
    str secret;
    bool found;
    struct access *s = opened(x), *other = opened(x); /* as a command in another process has it */
    (void)added(x, s, "admin", admin, 1);
    mine.user = added(x, s, "sato", viewer, 1);
    mine.parties = S("hospital:amber");
    MUST(access_begin(s, &x->t.e));
    MUST(access_end(s, token_new(s, x->t.a, &mine, &secret, &x->t.e), &x->t.e));
    const struct grant more[] = {{USER_ENGINEER, S_INIT("city")}, {USER_VIEWER, S_INIT("hospital")}};
    const struct user_change grown = {.grants = more, .n_grants = 2, .disabled = -1}, shut = {.disabled = 1};
    for (int i = 0; i < 3; i++) {
        MUST(known_token(s, x->t.a, secret, NOW + i, &found, &got, &u, &x->t.e) && found);
        check_str(got.parties, "hospital:amber");
        check_str(got.name, "ci");
        assert_true(str_eq(u.id, mine.user));
        assert_int_equal(u.grants.n, 1);
    }
    MUST(access_begin(other, &x->t.e));
    MUST(access_end(other, user_change(other, mine.user, &grown, &x->t.e), &x->t.e));
    MUST(known_token(s, x->t.a, secret, NOW + 3, &found, &got, &u, &x->t.e) && found);
    assert_int_equal(u.grants.n, 2);
    MUST(known_token(s, x->t.a, secret, NOW + 1000, &found, &got, &u, &x->t.e));
    assert_false(found); /* its time is over */
    MUST(access_begin(s, &x->t.e));
    MUST(access_end(s, user_change(s, mine.user, &shut, &x->t.e), &x->t.e));
    MUST(known_token(s, x->t.a, secret, NOW + 4, &found, &got, &u, &x->t.e));
    assert_false(found);
    const struct user_change open = {.disabled = 0};
    MUST(access_begin(s, &x->t.e));
    MUST(access_end(s, user_change(s, mine.user, &open, &x->t.e), &x->t.e));
    MUST(known_token(s, x->t.a, secret, NOW + 5, &found, &got, &u, &x->t.e) && found);
    MUST(access_begin(other, &x->t.e));
    MUST(access_end(other, token_end(other, mine.id, (str){NULL, 0}, &found, &x->t.e), &x->t.e));
    MUST(known_token(s, x->t.a, secret, NOW + 6, &found, &got, &u, &x->t.e));
    assert_false(found);
    access_close(other);
    access_close(s);
}

static void cookies(void **state) {
    (void)state;
    static const struct {
        const char *header, *value; /* NULL: absent */
    } rows[] = {
        {"akashi=x", "x"},
        {"a=b; akashi=x; c=d", "x"},
        {"akashi=\"x\"", "x"},
        {"akashi=", ""},
        {"Akashi=x", NULL},
        {"xakashi=x", NULL},
        {"akashi", NULL},
        {"", NULL},
        {";;;=;akashi=x=y", "x=y"},
        {"akashi=x; akashi=x", "x"},
        {"akashi=x; akashi=y", NULL}, /* one of them is somebody else's */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str got = cookie_of(str_of(rows[i].header), "akashi");
        if (!rows[i].value != !got.p || !str_is(got, rows[i].value ? rows[i].value : ""))
            fail_msg("%s: \"%.*s\"", rows[i].header, STR_ARG(got));
    }
}

/* ── second factor ── */

static void codes_by_time(void **state) { /* RFC 6238 appendix B, SHA-1 */
    (void)state;
    static const struct {
        int64_t time;
        uint32_t code;
    } rows[] = {{59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
                {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(totp_at(S("12345678901234567890"), (uint64_t)rows[i].time / 30, 8), rows[i].code);
}

static str code_at(struct arena *a, str key, int64_t time) {
    return arena_printf(a, "%06u", totp_at(key, (uint64_t)time / 30, 6));
}

static void a_code_is_good_once(void **state) {
    struct home_test *x = *state;
    struct access *s = opened(x);
    struct arena *a = x->t.a;
    str id = added(x, s, "sato", admin, 1), key, codes[RECOVERY_CODES];
    struct user u;
    bool good, found, recovery;
    MUST(totp_wish(s, a, id, &key, &x->t.e));
    MUST(totp_confirm(s, a, id, S("000000x"), NOW, &good, codes, &x->t.e));
    assert_false(good);
    MUST(user_whole(s, a, id, &found, &u, &x->t.e));
    assert_false(u.totp.n); /* not yet */
    MUST(totp_confirm(s, a, id, code_at(a, key, NOW), NOW, &good, codes, &x->t.e));
    assert_true(good);
    const struct {
        str code;
        int64_t time;
        bool good, recovery;
    } rows[] = {
        {code_at(a, key, NOW), NOW, false, false},           /* confirmed with */
        {code_at(a, key, NOW - 30), NOW, false, false},      /* older than that */
        {code_at(a, key, NOW + 60), NOW, false, false},      /* too early */
        {code_at(a, key, NOW + 30), NOW, true, false},       /* a fast clock */
        {code_at(a, key, NOW + 30), NOW + 30, false, false}, /* again */
        {code_at(a, key, NOW + 60), NOW + 90, true, false},  /* a slow one */
        {codes[0], NOW, true, true},
        {codes[0], NOW, false, false},
        {arena_printf(a, " %.4s%.9s", codes[1].p, codes[1].p + 5), NOW, true, true}, /* typed otherwise */
        {S(""), NOW, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        MUST(user_whole(s, a, id, &found, &u, &x->t.e));
        MUST(totp_use(s, a, &u, rows[i].code, rows[i].time, &good, &recovery, &x->t.e));
        if (good != rows[i].good || recovery != rows[i].recovery)
            fail_msg("row %zu: %d %d", i, good, recovery);
    }
    assert_int_equal(u.recovery, RECOVERY_CODES - 2);
    MUST(totp_drop(s, id, &x->t.e));
    MUST(user_whole(s, a, id, &found, &u, &x->t.e));
    assert_true(!u.totp.n && !u.recovery);
    access_close(s);
}

static void base32(void **state) { /* RFC 4648 §10 */
    struct testing *t = *state;
    static const char *const rows[][2] = {{"", ""},
                                          {"f", "MY"},
                                          {"fo", "MZXQ"},
                                          {"foo", "MZXW6"},
                                          {"foob", "MZXW6YQ"},
                                          {"fooba", "MZXW6YTB"},
                                          {"foobar", "MZXW6YTBOI"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_str(base32_text(t->a, str_of(rows[i][0])), rows[i][1]);
    check_str(totp_uri(t->a, S("Akashi"), S("a b@c"), S("foo")),
              "otpauth://totp/Akashi:a%20b%40c?secret=MZXW6&issuer=Akashi");
}

/* ── waiting ── */

static void failures_make_wait(void **state) {
    struct testing *t = *state;
    struct throttle *all = throttle_new();
    for (unsigned i = 1; i <= 5; i++) {
        assert_int_equal(throttle_wait(all, 'u', S("sato"), NOW, 5), 0);
        assert_int_equal(throttle_failed(all, 'u', S("sato"), NOW, 5), i == 5); /* told once */
    }
    assert_int_equal(throttle_wait(all, 'u', S("sato"), NOW, 5), 1);
    assert_int_equal(throttle_wait(all, 'u', S("tanaka"), NOW, 5), 0);
    assert_int_equal(throttle_wait(all, 'a', S("sato"), NOW, 5), 0);
    for (unsigned i = 0; i < 40; i++)
        assert_false(throttle_failed(all, 'u', S("sato"), NOW, 5));
    assert_int_equal(throttle_wait(all, 'u', S("sato"), NOW, 5), 300);
    assert_int_equal(throttle_wait(all, 'u', S("sato"), NOW + 300, 5), 0);
    throttle_good(all, 'u', S("sato"));
    assert_int_equal(throttle_wait(all, 'u', S("sato"), NOW, 5), 0);
    (void)t;
    throttle_free(all);
}

static void what_waits_is_taken_once(void **state) {
    struct testing *t = *state;
    struct throttle *all = throttle_new();
    str got;
    pending_put(all, 'c', S("key"), S("data"), NOW);
    assert_false(pending_take(all, t->a, 'o', S("key"), NOW, &got));
    assert_true(pending_take(all, t->a, 'c', S("key"), NOW + 300, &got));
    check_str(got, "data");
    assert_false(pending_take(all, t->a, 'c', S("key"), NOW, &got));
    pending_put(all, 'c', S("key"), S("data"), NOW);
    assert_false(pending_take(all, t->a, 'c', S("key"), NOW + 301, &got));
    throttle_free(all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(which_passwords_are_taken),
        TEST(a_password_is_known_again),
        HOME_TEST(there_is_always_an_administrator),
        HOME_TEST(names_and_roles_that_cannot_be),
        HOME_TEST(the_file_is_for_its_owner_alone),
        HOME_TEST(an_invitation_is_good_once_and_for_a_time),
        HOME_TEST(a_session_ends),
        HOME_TEST(a_token_ends),
        HOME_TEST(what_is_remembered_of_a_token_is_true),
        TEST(cookies),
        TEST(codes_by_time),
        HOME_TEST(a_code_is_good_once),
        TEST(base32),
        TEST(failures_make_wait),
        TEST(what_waits_is_taken_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
