/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/testing_tree.h"

#include "seal/proof.h"

#define ORIGIN S("log.example/one")
#define ENVELOPE S("{\"payload\":\"\"}")

struct scene {
    struct testing *t;
    struct privkey *log_key, *witness_key;
    struct tlog_policy policy;
    struct proof p;
    unsigned char salt[LEAF_SALT];
};

/* A log of 300 entries, the 77th of which is a leaf of ours. */
static void scene_begin(struct scene *s, struct testing *t) {
    *s = (struct scene){.t = t, .salt = {1, 2, 3}};
    struct leaf leaf = {.time = 1700000000, .key = {9}, .kind = S("sbom")};
    unsigned char bytes[LEAF_MOST];
    struct vkey log, witness;
    struct hash proof[MERKLE_PROOF_MOST];
    uint32_t n = 0;
    assert_true(privkey_new(SIG_ED25519, &s->log_key, &t->e) && privkey_new(SIG_ED25519, &s->witness_key, &t->e));
    assert_true(vkey_of(t->a, ORIGIN, NOTE_ED25519, privkey_public(s->log_key), &log));
    assert_true(vkey_of(t->a, S("w.example"), NOTE_COSIGNATURE, privkey_public(s->witness_key), &witness));
    str text = arena_printf(t->a, "log %.*s\nwitness w %.*s\nquorum w\n", STR_ARG(vkey_text(t->a, &log)),
                            STR_ARG(vkey_text(t->a, &witness)));
    assert_true(tlog_policy_parse(t->a, text, S("p"), &s->policy, &t->e));
    leaf_commit(s->salt, ENVELOPE, leaf.body);
    str entry = arena_str(t->a, str_n((char *)bytes, leaf_write(&leaf, bytes)));
    struct tree *tree = tree_new(t->a, 300, UINT32_MAX);
    tree->level[0][77] = merkle_leaf(entry);
    for (unsigned l = 1; l < 9; l++)
        tree->level[l][77 >> l] = merkle_node(tree->level[l - 1][77 >> l << 1], tree->level[l - 1][(77 >> l << 1) + 1]);
    struct hash_source h = tree_hashes(tree);
    assert_true(merkle_inclusion(&h, 77, 300, proof, &n, &t->e));
    s->p = (struct proof){.extra = proof_extra(t->a, entry, s->salt), .index = 77};
    for (uint32_t i = 0; i < n; i++)
        *vec_push(t->a, &s->p.hashes) = proof[i];
    struct note note;
    assert_true(note_parse(t->a, tree_checkpoint(t->a, tree, 300, ORIGIN, s->log_key), S("n"), &note, &t->e));
    assert_true(note_sign(t->a, &note, S("w.example"), NOTE_COSIGNATURE, s->witness_key, 1700000009, &t->e));
    s->p.checkpoint = note_text(t->a, &note);
}
static void scene_end(struct scene *s) {
    privkey_free(s->log_key);
    privkey_free(s->witness_key);
}
static struct proof_verdict check(struct scene *s, str text, str envelope) {
    struct proof_verdict v;
    if (!proof_check(s->t->a, text, S("p"), envelope, &s->policy, &v, &s->t->e))
        fail_msg("%s: %s", s->t->e.where, s->t->e.what);
    return v;
}

static void a_good_proof_holds(void **state) {
    struct scene s;
    struct proof again;
    scene_begin(&s, *state);
    str text = proof_text(s.t->a, &s.p);
    assert_true(proof_parse(s.t->a, text, S("p"), &again, &s.t->e));
    check_str(proof_text(s.t->a, &again), arena_cstr(s.t->a, text));
    struct proof_verdict v = check(&s, text, ENVELOPE);
    assert_true(v.has_entry && v.has_salt && v.entry_matches && v.included && proof_holds(&v));
    assert_int_equal(v.index, 77);
    assert_int_equal(v.at.size, 300);
    assert_int_equal(v.leaf.time, 1700000000);
    assert_int_equal(v.policy.cosigned.n, 1);
    check_str(v.policy.cosigned.v[0].name, "w");
    assert_int_equal(v.policy.cosigned.v[0].time, 1700000009);
    scene_end(&s);
}

/* Each thing that can be wrong has its own flag, and does not hide the others. */
static void what_is_wrong_is_told_apart(void **state) {
    struct scene s;
    scene_begin(&s, *state);
    struct proof_verdict v = check(&s, proof_text(s.t->a, &s.p), S("another"));
    assert_true(!v.entry_matches && v.included && tlog_policy_accepts(&v.policy) && !proof_holds(&v));
    v = check(&s, proof_text(s.t->a, &s.p), (str){NULL, 0});
    assert_true(!v.entry_matches && v.included);

    struct proof p = s.p;
    p.index = 78;
    v = check(&s, proof_text(s.t->a, &p), ENVELOPE);
    assert_true(v.entry_matches && !v.included && tlog_policy_accepts(&v.policy) && !proof_holds(&v));

    p = s.p;
    p.extra = str_upto(p.extra, p.extra.n - LEAF_SALT);
    v = check(&s, proof_text(s.t->a, &p), ENVELOPE);
    assert_true(v.has_entry && !v.has_salt && !v.entry_matches && v.included);

    p.extra = (str){NULL, 0};
    v = check(&s, proof_text(s.t->a, &p), ENVELOPE);
    assert_true(!v.has_entry && !v.included && tlog_policy_accepts(&v.policy) && !proof_holds(&v));

    p = s.p;
    p.checkpoint = str_upto(p.checkpoint, str_rchr(str_upto(p.checkpoint, p.checkpoint.n - 1), '\n') + 1);
    v = check(&s, proof_text(s.t->a, &p), ENVELOPE);
    assert_true(v.entry_matches && v.included && v.policy.log_good && !v.policy.quorum_met && !proof_holds(&v));
    scene_end(&s);
}

/* No single changed byte of a proof is accepted, wherever it is. */
static void no_changed_proof_holds(void **state) {
    struct scene s;
    scene_begin(&s, *state);
    str text = proof_text(s.t->a, &s.p);
    char *bytes = arena_cstr(s.t->a, text);
    for (size_t i = 0; i < text.n; i++) {
        struct proof_verdict v;
        struct arena_mark m = arena_mark(s.t->a);
        bytes[i] ^= 1;
        if (proof_check(s.t->a, str_n(bytes, text.n), S("p"), ENVELOPE, &s.policy, &v, &s.t->e) && proof_holds(&v))
            fail_msg("byte %zu does not matter", i);
        bytes[i] ^= 1;
        arena_reset(s.t->a, m);
    }
    scene_end(&s);
}

static void proofs_are_refused_at_their_line(void **state) {
#define HEAD "c2sp.org/tlog-proof@v1\n"
#define HASH "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
#define TAIL "\no\n1\n" HASH "\n— o AAAAAAA=\n"
    static const struct {
        const char *text, *where; /* where: NULL when it is read */
    } rows[] = {
        {HEAD "index 0\n" TAIL, NULL},
        {HEAD "extra AAAA\nindex 7\n" HASH HASH TAIL, NULL},
        {"", "p:1"},
        {"c2sp.org/tlog-proof@v2\nindex 0\n" TAIL, "p:1"},
        {HEAD "extra A\nindex 0\n" TAIL, "p:2"},
        {HEAD "extra AAAA\nextra AAAA\nindex 0\n" TAIL, "p:3"},
        {HEAD "index 00\n" TAIL, "p:2"},
        {HEAD "index\n" TAIL, "p:2"},
        {HEAD "index 0\nAAAA\n" TAIL, "p:3"},
        {HEAD "index 0\n" HASH "extra AAAA\n" TAIL, "p:4"},
        {HEAD "index 0\n" HASH, "p:4"},
        {HEAD "index 0\n\n", "p#checkpoint"},
        {HEAD "index 0\n\n\no\n1\n" HASH "\n— o AAAAAAA=\n", "p#checkpoint"},
        {HEAD "index 0\n\no\n1\n" HASH "\n— o\n", "p#checkpoint:5"},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct proof p;
        bool ok = proof_parse(t->a, str_of(rows[i].text), S("p"), &p, &t->e);
        if (ok != !rows[i].where || (!ok && strcmp(t->e.where, rows[i].where) != 0))
            fail_msg("row %zu: %s at %s", i, t->e.what, t->e.where);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_good_proof_holds),
        TEST(what_is_wrong_is_told_apart),
        TEST(no_changed_proof_holds),
        TEST(proofs_are_refused_at_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
