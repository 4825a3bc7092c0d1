/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "seal/keyring.h"
#include "seal/keytext.h"

enum { N = 4 };
struct made {
    struct pubkey key[N];
    unsigned char id[N][32];
};
static void make(struct testing *t, struct made *m) {
    for (int i = 0; i < N; i++) {
        struct privkey *k;
        assert_true(privkey_new(SIG_ED25519, &k, &t->e));
        m->key[i] = *privkey_public(k);
        pubkey_id(&m->key[i], m->id[i]);
        privkey_free(k);
    }
}

/* One event: what about which key, signed by whom (digits: keys), at which time, and what came of it. */
struct step {
    enum key_action action;
    int key, successor;
    const char *signers;
    int64_t time, doubtful_from;
    const char *refused; /* NULL: it counts */
};
static void play(struct testing *t, const struct made *m, struct keyring *r, const struct step *steps, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const struct step *s = &steps[i];
        struct pubkey signers[N];
        struct key_event v = {.action = s->action,
                              .key = m->key[s->key],
                              .time = s->time,
                              .name = S("us"),
                              .reason = S("stolen"),
                              .signers = signers};
        v.doubtful_from = s->doubtful_from ? s->doubtful_from : INT64_MAX;
        memcpy(v.id, m->id[s->key], 32);
        memcpy(v.successor, m->id[s->successor], 32);
        for (const char *p = s->signers; *p; p++)
            signers[v.n_signers++] = m->key[*p - '0'];
        t->e = (struct err){0};
        bool ok = keyring_event(r, &v, &t->e);
        if (ok != !s->refused || (!ok && strcmp(t->e.what, s->refused) != 0))
            fail_msg("step %zu: %s", i, ok ? "counted" : t->e.what);
    }
}
#define PLAY(m, r, steps) play(t, m, r, steps, sizeof(steps) / sizeof *(steps))

static void what_counts(void **state) {
    struct testing *t = *state;
    struct made m;
    struct keyring *r = keyring_new(t->a);
    static const struct step steps[] = {
        {KEY_REPLACED, 0, 1, "0", 5, 0, "the statement is about a key that is not known"},
        {KEY_MADE, 0, 0, "", 10, 0, "a new key must sign the statement that makes it known"},
        {KEY_MADE, 0, 0, "1", 10, 0, "a new key must sign the statement that makes it known"},
        {KEY_MADE, 0, 0, "0", 10, 0, NULL},
        {KEY_MADE, 0, 0, "0", 11, 0, "this key is known already"},
        {KEY_MADE, 1, 0, "1", 12, 0, "a new key counts only when a good key of the same party signs for it"},
        {KEY_MADE, 1, 0, "0", 12, 0, "a new key must sign the statement that makes it known"},
        {KEY_WITHDRAWN, 0, 0, "1", 12, 0, "a key is revoked by a good key of the same party"},
        {KEY_REPLACED, 0, 1, "0", 12, 0, "the key that follows is no good key of the same party"},
        {KEY_REPLACED, 0, 0, "0", 12, 0, "the key that follows is no good key of the same party"},
        {KEY_MADE, 1, 0, "01", 20, 0, NULL},
        {KEY_REPLACED, 0, 1, "1", 20, 0, "only the key itself can hand over to another"},
        {KEY_REPLACED, 0, 1, "0", 20, 0, NULL},
        {KEY_REPLACED, 0, 1, "0", 21, 0, "this key has ended already"},
        {KEY_MADE, 2, 0, "02", 30, 0, "a new key counts only when a good key of the same party signs for it"},
        {KEY_MADE, 2, 0, "12", 30, 0, NULL},
        {KEY_REPLACED, 2, 0, "2", 31, 0, "the key that follows is no good key of the same party"},
        {KEY_WITHDRAWN, 1, 0, "0", 40, 0, "a key is revoked by a good key of the same party"},
        {KEY_WITHDRAWN, 1, 0, "2", 40, 35, NULL},
        {KEY_WITHDRAWN, 1, 0, "2", 41, 36, "this key has ended already"},
        {KEY_MADE, 1, 0, "12", 42, 0, "this key is known already"},
        {KEY_MADE, 3, 0, "13", 42, 0, "a new key counts only when a good key of the same party signs for it"},
        {KEY_WITHDRAWN, 3, 0, "2", 42, 0, "the statement is about a key that is not known"},
    };
    make(t, &m);
    PLAY(&m, r, steps);

    static const struct {
        int key;
        int64_t at;
        enum key_verdict want;
    } rows[] = {
        {0, 9, KEY_TOO_EARLY},       {0, 10, KEY_GOOD},      {0, 20, KEY_GOOD}, {0, 21, KEY_ROTATED},
        {0, INT64_MAX, KEY_ROTATED}, {1, 19, KEY_TOO_EARLY}, {1, 34, KEY_GOOD}, {1, 35, KEY_REVOKED},
        {1, 40, KEY_REVOKED},        {1, 41, KEY_REVOKED},   {2, 30, KEY_GOOD}, {2, 1000, KEY_GOOD},
        {3, 1000, KEY_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (keyring_judge(r, m.id[rows[i].key], rows[i].at) != rows[i].want)
            fail_msg("row %zu: %d", i, (int)keyring_judge(r, m.id[rows[i].key], rows[i].at));
    check_str(keyring_find(r, m.id[0])->ended, "rotated");
    assert_memory_equal(keyring_find(r, m.id[0])->successor, m.id[1], 32);
    check_str(keyring_find(r, m.id[1])->ended, "stolen");
    uint32_t n;
    (void)keyring_ours(r, t->a, &n);
    assert_int_equal(n, 3);
}

/* Revoked without a date: what was signed before stays good. A rotated key can still be revoked. */
static void ends(void **state) {
    struct testing *t = *state;
    struct made m;
    struct keyring *r = keyring_new(t->a);
    static const struct step steps[] = {
        {KEY_MADE, 0, 0, "0", 10, 0, NULL},
        {KEY_MADE, 1, 0, "01", 20, 0, NULL},
        {KEY_REPLACED, 0, 1, "0", 20, 0, NULL},
        {KEY_WITHDRAWN, 0, 0, "1", 50, 15, NULL},
        {KEY_WITHDRAWN, 1, 0, "1", 60, 0, NULL},
        {KEY_MADE, 2, 0, "12", 61, 0, "a new key counts only when a good key of the same party signs for it"},
    };
    make(t, &m);
    PLAY(&m, r, steps);
    assert_int_equal(keyring_judge(r, m.id[0], 14), KEY_GOOD);
    assert_int_equal(keyring_judge(r, m.id[0], 15), KEY_REVOKED);
    assert_int_equal(keyring_judge(r, m.id[1], 60), KEY_GOOD);
    assert_int_equal(keyring_judge(r, m.id[1], 61), KEY_REVOKED);
}

static void named(void **state) {
    struct testing *t = *state;
    struct made m;
    struct keyring *r = keyring_new(t->a);
    make(t, &m);
    keyring_trust(r, S("them"), &m.key[0], S("f"));
    keyring_trust(r, S("again"), &m.key[0], S("g"));
    assert_int_equal(r->keys.n, 1);
    str hex = pubkey_id_hex(t->a, &m.key[0]);
    assert_ptr_equal(keyring_named(r, hex, &t->e), &r->keys.v[0]);
    assert_ptr_equal(keyring_named(r, str_upto(hex, 8), &t->e), &r->keys.v[0]);
    assert_null(keyring_named(r, str_upto(hex, 7), &t->e));
    assert_string_equal(t->e.what, "a key is named by 8 to 64 hex digits of its id");
    assert_null(keyring_named(r, S("0000000000000000"), &t->e));
    assert_string_equal(t->e.what, "no such key is known");
    struct known_key first = r->keys.v[0];
    *vec_push(t->a, &r->keys) = first;
    assert_null(keyring_named(r, hex, &t->e));
    assert_string_equal(t->e.what, "more than one key begins so");
    assert_int_equal(keyring_judge(r, m.id[0], 0), KEY_GOOD);
}

static void trusted_by_hand(void **state) {
    struct testing *t = *state;
    struct made m;
    struct keyring *r = keyring_new(t->a);
    char home[256];
    temporary_name(home, sizeof home, "keyring");
    str path[3], text;
    uint32_t n;
    make(t, &m);
    assert_non_null(mkdtemp(home));
    assert_true(keyring_trust_folder(&t->ctx, r, trusted_folder(t->a, str_of(home)), &t->e));
    assert_int_equal(r->keys.n, 0);
    assert_true(folder_make(trusted_folder(t->a, str_of(home)), 0700, &t->e));
    for (int i = 0; i < 3; i++) {
        assert_true(keytext_write(t->a, i ? KEY_SSH : KEY_PEM, &m.key[i], S("x"), &text, &t->e));
        assert_true(trusted_path(t->a, str_of(home), i < 2 ? S("例株式会社") : S("other"), &m.key[i], &path[i], &t->e));
        assert_true(file_replace(path[i], text, &t->e));
    }
    assert_true(file_replace(arena_printf(t->a, "%s/keys/trusted/broken.pub", home), S("no key"), &t->e));
    assert_true(file_replace(arena_printf(t->a, "%s/keys/trusted/README", home), S("no key"), &t->e));
    assert_true(keyring_trust_folder(&t->ctx, r, trusted_folder(t->a, str_of(home)), &t->e));
    assert_int_equal(r->keys.n, 3);
    for (int i = 0; i < 3; i++) {
        check_str(keyring_find(r, m.id[i])->name, i < 2 ? "例株式会社" : "other");
        check_str(keyring_find(r, m.id[i])->path, path[i].p);
        assert_false(keyring_find(r, m.id[i])->ours);
    }
    const struct warning *w = ctx_warnings(&t->ctx, &n);
    assert_int_equal(n, 1);
    assert_true(str_ends(w[0].where, S("broken.pub")));
    static const char *const names[] = {"", ".", "..", "a/b", ".hidden", "a\nb", "\xff"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_false(trusted_path(t->a, str_of(home), str_of(names[i]), &m.key[0], &text, &t->e));
    assert_int_equal(system(arena_printf(t->a, "rm -rf '%s'", home).p), 0);
}

/* Statements as they stand in the log: what is signed by whom decides, not what they say. */
static bool feed(struct testing *t, struct keyring *r, str predicate, struct privkey *const *signers, int n,
                 int64_t time) {
    struct dsse d = {.payload_type = str_of(DSSE_IN_TOTO), .payload = predicate}, back;
    struct json doc;
    for (int i = 0; i < n; i++)
        assert_true(dsse_sign(t->a, &d, signers[i], &t->e));
    assert_true(dsse_parse(&t->ctx, t->a, dsse_text(t->a, &d), S("f"), &back, &t->e));
    assert_true(json_parse(&t->ctx, t->a, back.payload, JSON_STRICT, S("f"), &doc, &t->e));
    return keyring_apply(&t->ctx, r, &back, doc.root, time, &t->e);
}
static void statements(void **state) {
    struct testing *t = *state;
    struct keyring *r = keyring_new(t->a);
    struct privkey *x, *y, *both[2], *turned[2];
    assert_true(privkey_new(SIG_ED25519, &x, &t->e));
    assert_true(privkey_new(SIG_ECDSA_P256, &y, &t->e));
    both[0] = turned[1] = x;
    both[1] = turned[0] = y;
    const struct pubkey *px = privkey_public(x), *py = privkey_public(y);
    assert_false(feed(t, r, key_made_text(t->a, px, S("us")), &y, 1, 10));
    assert_true(feed(t, r, key_made_text(t->a, px, S("us")), &x, 1, 10));
    check_str(r->keys.v[0].name, "us");
    assert_false(feed(t, r, key_made_text(t->a, py, S("us")), &y, 1, 20));
    assert_true(feed(t, r, key_made_text(t->a, py, S("us")), both, 2, 20));
    assert_false(feed(t, r, key_rotated_text(t->a, px, py), &y, 1, 20));
    assert_true(feed(t, r, key_rotated_text(t->a, px, py), &x, 1, 20));
    assert_false(feed(t, r, key_revoked_text(t->a, py, S("lost"), 25, NULL), &x, 1, 30));
    assert_true(feed(t, r, key_revoked_text(t->a, py, S("lost"), 25, NULL), turned, 2, 30));
    assert_int_equal(r->keys.v[1].doubtful_from, 25);
    check_str(r->keys.v[1].ended, "lost");
    static const char *const odd[] = {"{}", "[]", "{\"event\":\"made\",\"keyId\":\"00\"}",
                                      "{\"event\":\"lost\",\"keyId\":\"\"}"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_false(feed(t, r, str_of(odd[i]), &x, 1, 40));
        assert_string_equal(t->e.what, "this statement about a key cannot be understood");
    }
    privkey_free(x);
    privkey_free(y);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(what_counts), TEST(ends), TEST(named), TEST(trusted_by_hand),
                                       TEST(statements)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
