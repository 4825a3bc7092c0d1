/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"

#include "base/cipher.h"
#include "seal/note.h"

/* The published examples of signed-note and tlog-checkpoint have no published key but one: a Go test vector. */
static const char foo_key[] = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
static const char foo_note[] = "This is an example message.\n\n"
                               "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3m"
                               "FXmRKuwHjG1Yu72IneyaQM=\n";
#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

static struct vkey key_of(struct testing *t, const char *text) {
    struct vkey v;
    if (!vkey_parse(t->a, str_of(text), S("key"), &v, &t->e))
        fail_msg("%s: %s", text, t->e.what);
    return v;
}

static void a_vector_of_others_verifies_and_comes_back(void **state) {
    struct testing *t = *state;
    struct vkey v = key_of(t, foo_key);
    struct note n;
    bool broken;
    uint64_t time = 7;
    check_str(vkey_text(t->a, &v), foo_key);
    assert_true(note_parse(t->a, str_of(foo_note), S("n"), &n, &t->e));
    check_str(n.text, "This is an example message.\n");
    assert_true(note_verify(&n, &v, &time, &broken));
    assert_int_equal(time, 0);
    check_str(note_text(t->a, &n), foo_note);
    n.text = S("This is another message.\n");
    assert_false(note_verify(&n, &v, NULL, &broken));
    assert_true(broken);
    n.lines.n = 0;
    assert_false(note_verify(&n, &v, NULL, &broken));
    assert_false(broken);
}

static void verifier_keys_are_refused(void **state) {
    static const char *const rows[] = {
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U==",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ",
        "example.com/foo+530d903a+AQ==",
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct vkey v;
        if (vkey_parse(t->a, str_of(rows[i]), S("key"), &v, &t->e))
            fail_msg("\"%s\" is taken for a key", rows[i]);
        assert_int_equal(t->e.kind, ERR_INPUT);
        assert_string_equal(t->e.where, "key");
    }
}

static void notes_are_refused_where_they_are_wrong(void **state) {
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"", "n"},
        {"text\n", "n"},
        {"text\n\n", "n"},
        {"text\n\n\n", "n"},
        {"text\n\n— a AAAAAAA=", "n"}, /* no newline at the end */
        {"text\r\n\n— a AAAAAAA=\n", "n"},
        {"te\txt\n\n— a AAAAAAA=\n", "n"},
        {"te\xffxt\n\n— a AAAAAAA=\n", "n"},
        {"text\n\n- a AAAAAAA=\n", "n:3"},
        {"one\ntwo\n\n— a AAAAAAA=\n—a AAAAAAA=\n", "n:5"},
        {"text\n\n— a\n", "n:3"},
        {"text\n\n— a \n", "n:3"},
        {"text\n\n—  AAAAAAA=\n", "n:3"},
        {"text\n\n— a AAAAAA==\n", "n:3"}, /* an ID and no signature */
        {"text\n\n— a AAAAAAA\n", "n:3"},
        {"text\n\n— a AAAAAAB=\n", "n:3"}, /* spare bits */
        {"text\n\n— a+b AAAAAAA=\n", "n:3"},
        {"text\n\n— a\xe3\x80\x80x AAAAAAA=\n", "n:3"}, /* U+3000 */
        {"text\n\n— a AAAAAAA= \n", "n:3"},
        {"text\n\n— a AAAAAAA=\nmore\n", "n:4"},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct note n;
        if (note_parse(t->a, str_of(rows[i].text), S("n"), &n, &t->e))
            fail_msg("row %zu is taken for a note", i);
        assert_string_equal(t->e.where, rows[i].where);
    }
}

static void the_last_empty_line_ends_the_text(void **state) {
    struct testing *t = *state;
    struct note n;
    static const char text[] = "one\n\n\ntwo\n\n— a AAAAAAA=\n— a BBBBBBA=\n";
    assert_true(note_parse(t->a, str_of(text), S("n"), &n, &t->e));
    check_str(n.text, "one\n\n\ntwo\n");
    assert_int_equal(n.lines.n, 2);
    check_str(note_text(t->a, &n), text);
}

static void many_signatures_are_read_and_too_many_refused(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    struct note n;
    buf_add(&b, S("x\n\n"));
    for (int i = 0; i < 128; i++)
        buf_addf(&b, "— key%d AAAAAAA=\n", i);
    assert_true(note_parse(t->a, buf_str(&b), S("n"), &n, &t->e));
    assert_int_equal(n.lines.n, 128);
    buf_add(&b, S("— more AAAAAAA=\n"));
    assert_false(note_parse(t->a, buf_str(&b), S("n"), &n, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    buf_free(&b);
}

static void checkpoints(void **state) {
    static const struct {
        const char *text;
        bool ok;
    } rows[] = {
        {"example.com/behind-the-sofa\n20852163\n" ROOT "\n", true},
        {"o\n0\n" ROOT "\n", true},
        {"o\n18446744073709551615\n" ROOT "\nmore\nand more\n", true},
        {"an origin + spaces\n1\n" ROOT "\n", true},
        {"o\n18446744073709551616\n" ROOT "\n", false},
        {"o\n01\n" ROOT "\n", false},
        {"o\n+1\n" ROOT "\n", false},
        {"o\n-1\n" ROOT "\n", false},
        {"o\n\n" ROOT "\n", false},
        {"\n1\n" ROOT "\n", false},
        {"o\n1\n" ROOT, false},
        {"o\n1\n", false},
        {"o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n", false},
        {"o\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n", false},
        {"o\n1\nAAAA\n", false},
        {"o\n1\n" ROOT "\n\n", false},
        {"o\n1\n" ROOT "\n\nmore\n", false},
        {"o\n1\n" ROOT "\nmore", false},
        {"o\n1\n" ROOT " \n", false},
        {"", false},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct checkpoint c;
        bool ok = checkpoint_parse(str_of(rows[i].text), S("c"), &c, &t->e);
        if (ok != rows[i].ok)
            fail_msg("row %zu: %s", i, ok ? "accepted" : t->e.what);
        if (ok)
            check_str(checkpoint_text(t->a, &c), rows[i].text);
    }
}

static void keys_sign_and_only_their_own_lines_verify(void **state) {
    struct testing *t = *state;
    static const enum note_use uses[] = {NOTE_ED25519, NOTE_COSIGNATURE, NOTE_ML_DSA_44};
    struct note n = {.text = S("example.com/log\n3\n" ROOT "\n")}, back;
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        enum sig_kind kind = uses[i] == NOTE_ML_DSA_44 ? SIG_ML_DSA_44 : SIG_ED25519;
        struct privkey *k;
        struct vkey v, other;
        uint64_t time;
        bool broken;
        if (!sig_kind_works(kind))
            continue;
        uint32_t lines = n.lines.n;
        assert_true(privkey_new(kind, &k, &t->e));
        assert_true(note_sign(t->a, &n, S("example.com/w"), uses[i], k, 1700000000, &t->e));
        assert_true(note_sign(t->a, &n, S("example.com/w"), uses[i], k, 1700000001, &t->e));
        assert_int_equal(n.lines.n, lines + 1); /* the second replaces the first */
        assert_true(vkey_of(t->a, S("example.com/w"), uses[i], privkey_public(k), &v));
        assert_true(vkey_parse(t->a, vkey_text(t->a, &v), S("v"), &other, &t->e));
        assert_true(note_parse(t->a, note_text(t->a, &n), S("n"), &back, &t->e));
        assert_true(note_verify(&back, &other, &time, &broken));
        assert_int_equal(time, uses[i] == NOTE_ED25519 ? 0 : 1700000001);
        assert_true(vkey_of(t->a, S("example.com/x"), uses[i], privkey_public(k), &other));
        assert_false(note_verify(&back, &other, NULL, &broken));
        assert_false(broken);
        back.text = S("example.com/log\n4\n" ROOT "\n");
        assert_false(note_verify(&back, &v, NULL, &broken));
        assert_true(broken);
        privkey_free(k);
    }
}

static void a_cosignature_commits_to_its_time(void **state) {
    struct testing *t = *state;
    struct note n = {.text = S("o\n3\n" ROOT "\n")};
    struct privkey *k;
    struct vkey v;
    bool broken;
    assert_true(privkey_new(SIG_ED25519, &k, &t->e));
    assert_true(note_sign(t->a, &n, S("w"), NOTE_COSIGNATURE, k, 5, &t->e));
    assert_true(vkey_of(t->a, S("w"), NOTE_COSIGNATURE, privkey_public(k), &v));
    assert_int_equal(n.lines.v[0].sig.n, 72);
    char *sig = arena_str(t->a, n.lines.v[0].sig).p ? (char *)(uintptr_t)n.lines.v[0].sig.p : NULL;
    sig[7] ^= 1;
    assert_false(note_verify(&n, &v, NULL, &broken));
    assert_true(broken);
    sig[7] ^= 1;
    sig[0] = (char)0x80; /* beyond 2^63-1 */
    assert_false(note_verify(&n, &v, NULL, &broken));
    assert_false(note_sign(t->a, &n, S("w"), NOTE_COSIGNATURE, k, UINT64_C(1) << 63, &t->e));
    assert_false(note_sign(t->a, &n, S("w w"), NOTE_COSIGNATURE, k, 5, &t->e));
    assert_int_equal(t->e.kind, ERR_USAGE);
    assert_false(note_sign(t->a, &n, S("w"), NOTE_ML_DSA_44, k, 5, &t->e));
    privkey_free(k);
    assert_true(privkey_new(SIG_ECDSA_P256, &k, &t->e));
    assert_false(note_sign(t->a, &n, S("w"), NOTE_ED25519, k, 5, &t->e));
    privkey_free(k);
}

/* The witness's key of the specification's example is not published; its key ID and form are. */
static void every_sample_is_right(void **state) {
    struct testing *t = *state;
    str shared = shared_data(t->a, "tlog/tessera-log"), key, text;
    if (!shared.p)
        skip();
    str folder = path_join(t->a, shared, S("tlog"));
    assert_true(file_read(&t->ctx, t->a, path_join(t->a, folder, S("tessera-log/verifier-key.txt")), &key, &t->e));
    struct vkey v = key_of(t, arena_cstr(t->a, str_trim(key)));
    for (int i = -1; i < 16; i++) {
        str name = i < 0 ? S("checkpoint") : arena_printf(t->a, "checkpoint.%d", i);
        static const char *const logs[] = {"tessera", "tessera-log"};
        for (int l = 0; l < 2; l++) {
            struct note n;
            struct checkpoint c;
            bool broken;
            str path = arena_printf(t->a, "%.*s/%s/%.*s", STR_ARG(folder), logs[l], STR_ARG(name));
            assert_true(file_read(&t->ctx, t->a, path, &text, &t->e));
            assert_true(note_parse(t->a, text, path, &n, &t->e));
            assert_true(note_verify(&n, &v, NULL, &broken));
            assert_true(checkpoint_parse(n.text, path, &c, &t->e));
            assert_int_equal(c.size, i < 0 ? 15 : i);
            check_str(note_text(t->a, &n), arena_cstr(t->a, text));
        }
    }
    str example = path_join(t->a, folder, S("c2sp/checkpoint-example.txt"));
    struct note n;
    struct checkpoint c;
    assert_true(file_read(&t->ctx, t->a, example, &text, &t->e));
    assert_true(note_parse(t->a, text, example, &n, &t->e));
    assert_true(checkpoint_parse(n.text, example, &c, &t->e));
    assert_int_equal(c.size, 20852163);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_vector_of_others_verifies_and_comes_back),
        TEST(verifier_keys_are_refused),
        TEST(notes_are_refused_where_they_are_wrong),
        TEST(the_last_empty_line_ends_the_text),
        TEST(many_signatures_are_read_and_too_many_refused),
        TEST(checkpoints),
        TEST(keys_sign_and_only_their_own_lines_verify),
        TEST(a_cosignature_commits_to_its_time),
        TEST(every_sample_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
