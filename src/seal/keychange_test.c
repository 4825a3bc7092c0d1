/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/keychange.h"

#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "seal/keyfile.h"
#include "seal/note.h"

static const struct scrypt_cost quick = {4, 8, 1};

struct place {
    str folder, home;
};
static struct place make_home(struct testing *t, enum sig_kind kind) {
    char *folder = temporary_name(arena_room(t->a, 256), 256, "keychange");
    assert_non_null(mkdtemp(folder));
    struct place p = {str_of(folder), path_join(t->a, str_of(folder), S("home"))};
    struct home_plan plan = {.party = S("例株式会社"), .roles = ROLE_SUPPLIER, .kind = kind, .cost = quick};
    plan.origin = S("example.jp/akashi");
    if (!home_make(&t->ctx, p.home, &plan, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return p;
}
static void remove_home(struct testing *t, struct place p) {
    assert_int_equal(system(arena_printf(t->a, "rm -rf '%.*s'", STR_ARG(p.folder)).p), 0);
}
static struct home open_home(struct testing *t, struct place p) {
    struct home h;
    if (!home_open(&t->ctx, t->a, p.home, HOME_SIGN, &h, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return h;
}
static const struct known_key *current(const struct home *h) { return keyring_find(h->keys, h->key_id); }
/* The checkpoint as it lies on disk is signed by the key that the home tells. */
static void checkpoint_is_signed(struct testing *t, struct home *h) {
    struct checkpoint now;
    struct note n;
    str text;
    bool broken;
    assert_true(log_checkpoint(h->log, t->a, &now, &text, &t->e));
    assert_true(note_parse(t->a, text, S("checkpoint"), &n, &t->e));
    assert_true(note_verify(&n, &h->vkey, NULL, &broken));
}
static const struct key_plan open_key = {.kind = SIG_ED25519};

static void another_key(void **state) {
    struct testing *t = *state;
    struct place p = make_home(t, SIG_ED25519);
    struct home h = open_home(t, p);
    struct pubkey k;
    struct privkey *given;
    struct key_plan sealed = {.kind = SIG_ECDSA_P256, .passphrase = S("p"), .cost = quick};
    assert_true(keychange_new(&h, t->a, &sealed, &k, &t->e));
    assert_true(privkey_new(SIG_ED25519, &given, &t->e));
    struct key_plan imported = {.given = given};
    assert_true(keychange_new(&h, t->a, &imported, &k, &t->e));
    assert_true(pubkey_eq(&k, privkey_public(given)));
    assert_false(keychange_new(&h, t->a, &imported, &k, &t->e));
    assert_string_equal(t->e.what, "this key is known already");
    home_close(&h);
    h = open_home(t, p);
    assert_int_equal(h.keys->keys.n, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_true(h.keys->keys.v[i].ours && !h.keys->keys.v[i].ended.p);
    assert_ptr_equal(current(&h), &h.keys->keys.v[0]);

    /* The one that was taken over signs from now on. */
    unsigned char id[32];
    pubkey_id(&k, id);
    assert_true(keychange_rotate(&h, t->a, NULL, keyring_find(h.keys, id), &k, &t->e));
    assert_true(pubkey_eq(&k, privkey_public(h.key)) && pubkey_eq(&k, privkey_public(given)));
    home_close(&h);
    h = open_home(t, p);
    assert_memory_equal(h.key_id, id, 32);
    assert_false(keychange_rotate(&h, t->a, NULL, current(&h), &k, &t->e));
    assert_string_equal(t->e.what, "the key that follows is no good key of the same party");
    privkey_free(given);
    home_close(&h);
    remove_home(t, p);
}

static void handed_over(void **state) {
    struct testing *t = *state;
    struct place p = make_home(t, SIG_ED25519);
    struct home h = open_home(t, p);
    struct vkey log = h.vkey;
    struct pubkey k;
    for (int i = 0; i < 3; i++) {
        struct pubkey before = *privkey_public(h.key);
        unsigned char old[32];
        pubkey_id(&before, old);
        assert_true(keychange_rotate(&h, t->a, &open_key, NULL, &k, &t->e));
        assert_true(pubkey_eq(privkey_public(h.key), &k) && !pubkey_eq(&k, &before));
        if (i == 1) { /* and again without opening it anew */
            checkpoint_is_signed(t, &h);
            continue;
        }
        home_close(&h);
        h = open_home(t, p);
        assert_true(pubkey_eq(privkey_public(h.key), &k));
        check_str(keyring_find(h.keys, old)->ended, "rotated");
        assert_int_equal(keyring_judge(h.keys, old, t->ctx.now + 100), KEY_ROTATED);
        assert_true(pubkey_eq(&h.vkey.key, &log.key)); /* the log keeps its name and key */
        checkpoint_is_signed(t, &h);
    }
    home_close(&h);
    remove_home(t, p);
}

static void revoked(void **state) {
    struct testing *t = *state;
    struct place p = make_home(t, SIG_ED25519);
    struct home h = open_home(t, p);
    struct pubkey first = *privkey_public(h.key), k;
    unsigned char id[32];
    pubkey_id(&first, id);

    /* The key that signs, and signs the log. */
    struct key_revocation r = {
        .key = current(&h), .reason = S("stolen"), .doubtful_from = t->ctx.now - 50, .plan = &open_key};
    assert_true(keychange_revoke_makes(&h, r.key));
    if (!keychange_revoke(&h, t->a, &r, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    assert_true(r.replaced && r.log_replaced);
    checkpoint_is_signed(t, &h);
    home_close(&h);
    h = open_home(t, p);
    assert_true(pubkey_eq(privkey_public(h.key), &r.successor) && pubkey_eq(&h.vkey.key, &r.successor));
    checkpoint_is_signed(t, &h);
    assert_int_equal(keyring_judge(h.keys, id, t->ctx.now - 49), KEY_TOO_EARLY);
    assert_int_equal(keyring_judge(h.keys, id, keyring_find(h.keys, id)->from), KEY_REVOKED);
    assert_int_equal(keyring_judge(h.keys, id, t->ctx.now + 5), KEY_REVOKED);
    check_str(keyring_find(h.keys, id)->ended, "stolen");
    assert_false(keychange_revoke(
        &h, t->a,
        &(struct key_revocation){
            .key = keyring_find(h.keys, id), .reason = S("x"), .plan = &open_key, .doubtful_from = INT64_MAX},
        &t->e));
    assert_string_equal(t->e.what, "this key has ended already");

    /* The log's key alone, when another one signs already: that one takes the log over. */
    struct pubkey log_key = h.vkey.key;
    pubkey_id(&log_key, id);
    assert_true(keychange_rotate(&h, t->a, &open_key, NULL, &k, &t->e));
    r = (struct key_revocation){
        .key = keyring_find(h.keys, id), .reason = S("lost"), .doubtful_from = INT64_MAX, .plan = &open_key};
    assert_false(keychange_revoke_makes(&h, r.key));
    assert_true(keychange_revoke(&h, t->a, &r, &t->e));
    assert_true(!r.replaced && r.log_replaced && pubkey_eq(&r.successor, &k));
    checkpoint_is_signed(t, &h);
    home_close(&h);
    h = open_home(t, p);
    assert_true(pubkey_eq(&h.vkey.key, &k) && h.log_key == h.key);
    checkpoint_is_signed(t, &h);

    /* One that signs nothing any more or not yet. */
    assert_true(keychange_new(&h, t->a, &open_key, &k, &t->e));
    pubkey_id(&k, id);
    r = (struct key_revocation){
        .key = keyring_find(h.keys, id), .reason = S("lost"), .doubtful_from = INT64_MAX, .plan = &open_key};
    assert_true(keychange_revoke(&h, t->a, &r, &t->e));
    assert_true(!r.replaced && !r.log_replaced);
    home_close(&h);
    h = open_home(t, p);
    assert_true(keyring_find(h.keys, id)->revoked);
    home_close(&h);
    remove_home(t, p);
}

/* With an ECDSA key the log has one of its own. */
static void another_kind(void **state) {
    struct testing *t = *state;
    struct place p = make_home(t, SIG_ECDSA_P256);
    struct home h = open_home(t, p);
    struct pubkey k;
    static const struct key_plan ecdsa = {.kind = SIG_ECDSA_P256};
    unsigned char id[32];
    assert_int_equal(h.keys->keys.n, 2);
    assert_true(h.key != h.log_key);
    assert_true(keychange_rotate(&h, t->a, &ecdsa, NULL, &k, &t->e));
    home_close(&h);
    h = open_home(t, p);
    checkpoint_is_signed(t, &h);
    pubkey_id(&h.vkey.key, id);
    struct key_revocation r = {
        .key = keyring_find(h.keys, id), .reason = S("lost"), .doubtful_from = INT64_MAX, .plan = &ecdsa};
    assert_true(keychange_revoke_makes(&h, r.key));
    assert_true(keychange_revoke(&h, t->a, &r, &t->e));
    assert_true(!r.replaced && r.log_replaced && r.successor.kind == SIG_ED25519);
    home_close(&h);
    h = open_home(t, p);
    assert_true(pubkey_eq(privkey_public(h.key), &k) && pubkey_eq(&h.vkey.key, &r.successor));
    checkpoint_is_signed(t, &h);
    r = (struct key_revocation){.key = current(&h), .reason = S("lost"), .doubtful_from = INT64_MAX, .plan = &ecdsa};
    assert_true(keychange_revoke(&h, t->a, &r, &t->e));
    assert_true(r.replaced && !r.log_replaced);
    home_close(&h);
    h = open_home(t, p);
    assert_true(pubkey_eq(privkey_public(h.key), &r.successor));
    checkpoint_is_signed(t, &h);
    home_close(&h);
    remove_home(t, p);
}

static void one_change_at_a_time(void **state) {
    struct testing *t = *state;
    struct place p = make_home(t, SIG_ED25519);
    int first, second;
    assert_true(keychange_lock(t->a, p.home, &first, &t->e));
    assert_false(keychange_lock(t->a, p.home, &second, &t->e));
    assert_string_equal(t->e.what, "another command is changing the keys just now");
    close(first);
    assert_true(keychange_lock(t->a, p.home, &second, &t->e));
    close(second);
    assert_true(keychange_lock(t->a, p.folder, &second, &t->e)); /* no home: said by who opens it */
    assert_int_equal(second, -1);
    remove_home(t, p);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(another_key), TEST(handed_over), TEST(revoked), TEST(another_kind),
                                       TEST(one_change_at_a_time)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
