/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"

#include "seal/policy.h"

enum { KEYS = 8 };
#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

/* Key 0 is a log's, the others are witnesses'. In a policy's text %0 … %7 stand for their verifier keys. */
struct bench {
    struct testing *t;
    struct privkey *keys[KEYS];
};
static enum note_use use_of(int i) { return i ? NOTE_COSIGNATURE : NOTE_ED25519; }
static str name_of(struct bench *b, int i) {
    return i ? arena_printf(b->t->a, "example.com/w%d", i) : S("log.example");
}

static struct bench bench_new(struct testing *t) {
    struct bench b = {.t = t};
    for (int i = 0; i < KEYS; i++)
        assert_true(privkey_new(SIG_ED25519, &b.keys[i], &t->e));
    return b;
}
static void bench_end(struct bench *b) {
    for (int i = 0; i < KEYS; i++)
        privkey_free(b->keys[i]);
}

static str with_keys(struct bench *b, const char *text) {
    struct buf out = {0};
    for (; *text; text++) {
        struct vkey v;
        if (text[0] != '%') {
            buf_addc(&out, *text);
            continue;
        }
        int i = *++text - '0';
        assert_true(vkey_of(b->t->a, name_of(b, i), use_of(i), privkey_public(b->keys[i]), &v));
        buf_add(&out, vkey_text(b->t->a, &v));
    }
    str s = arena_str(b->t->a, buf_str(&out));
    buf_free(&out);
    return s;
}

static struct note signed_by(struct bench *b, const char *keys) {
    struct note n = {.text = S("log.example\n3\n" ROOT "\n")};
    for (; *keys; keys++) {
        int i = *keys - '0';
        assert_true(note_sign(b->t->a, &n, name_of(b, i), use_of(i), b->keys[i], 100 + (uint64_t)i, &b->t->e));
    }
    return n;
}

static const char two_levels[] = "log %0\n"
                                 "\n"
                                 "witness X1 %1\nwitness X2 %2\nwitness X3 %3\n"
                                 "group X-witnesses 2 X1 X2 X3\n"
                                 "witness Y1 %4 https://example.com/\n\twitness  Y2\t%5 \nwitness Y3 %6\n"
                                 "  # a comment: é\n"
                                 "group Y-witnesses any Y1 Y2 Y3\n"
                                 "group X-and-Y all X-witnesses Y-witnesses\n"
                                 "quorum X-and-Y\n";

static void enough_witnesses_of_the_right_groups(void **state) {
    static const struct {
        const char *policy, *keys;
        bool log_good, quorum_met;
        uint32_t cosigned;
    } rows[] = {
        {two_levels, "0124", true, true, 3},
        {two_levels, "0135", true, true, 3},
        {two_levels, "0123456", true, true, 6},
        {two_levels, "0123", true, false, 3},
        {two_levels, "0145", true, false, 3},
        {two_levels, "01247", true, true, 3}, /* a witness nobody named */
        {two_levels, "124", false, true, 3},
        {two_levels, "0", true, false, 0},
        {"log %0\nquorum none\n", "0", true, true, 0},
        {"quorum none", "0", false, true, 0},
        {"witness a %1\nquorum a\nlog %0\n", "01", true, true, 1},
        {"witness a %1\nquorum a\nlog %0\n", "02", true, false, 0},
        {"log %0\nwitness a %1\nwitness b %2\ngroup one 1 a b\nquorum one\n", "02", true, true, 1},
    };
    struct bench b = bench_new(*state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tlog_policy p;
        struct tlog_policy_verdict v;
        if (!tlog_policy_parse(b.t->a, with_keys(&b, rows[i].policy), S("p"), &p, &b.t->e))
            fail_msg("row %zu: %s at %s", i, b.t->e.what, b.t->e.where);
        struct note n = signed_by(&b, rows[i].keys);
        tlog_policy_judge(b.t->a, &p, &n, S("log.example"), &v);
        if (v.log_good != rows[i].log_good || v.quorum_met != rows[i].quorum_met || v.cosigned.n != rows[i].cosigned)
            fail_msg("row %zu: %d %d %u", i, v.log_good, v.quorum_met, v.cosigned.n);
        assert_null(v.broken.p);
        assert_int_equal(tlog_policy_accepts(&v), v.log_good && v.quorum_met);
        if (v.cosigned.n)
            assert_int_equal(v.cosigned.v[0].time, 100 + (uint64_t)(v.cosigned.v[0].key_name.p[13] - '0'));
    }
    bench_end(&b);
}

static void a_bad_signature_of_a_known_key_spoils_the_note(void **state) {
    struct bench b = bench_new(*state);
    struct tlog_policy p;
    struct tlog_policy_verdict v;
    assert_true(tlog_policy_parse(b.t->a, with_keys(&b, two_levels), S("p"), &p, &b.t->e));
    for (uint32_t i = 0; i < 4; i++) {
        struct note n = signed_by(&b, "0124");
        char *sig = (char *)(uintptr_t)n.lines.v[i].sig.p;
        sig[n.lines.v[i].sig.n - 1] ^= 1;
        tlog_policy_judge(b.t->a, &p, &n, S("log.example"), &v);
        assert_false(v.log_good || v.quorum_met);
        check_str(v.broken, arena_cstr(b.t->a, n.lines.v[i].name));
    }
    /* the log's key under another origin is not that log */
    struct note n = signed_by(&b, "0124");
    tlog_policy_judge(b.t->a, &p, &n, S("other.example"), &v);
    assert_false(v.log_good);
    bench_end(&b);
}

static void policies_are_refused_at_their_line(void **state) {
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"", "p"},
        {"log %0\n", "p"},
        {"log <vkey>\nquorum none\n", "p:1"},
        {"witness <name> <vkey> [<url>]\n", "p:1"},
        {"log\nquorum none\n", "p:1"},
        {"log %0 url more\nquorum none\n", "p:1"},
        {"log %0\nlog %0\nquorum none\n", "p:2"},
        {"witness a %1\nwitness b %1\nquorum a\n", "p:2"},
        {"witness a %1\nwitness a %2\nquorum a\n", "p:2"},
        {"witness none %1\nquorum none\n", "p:1"},
        {"witness a %0\nquorum a\n", "p:1"}, /* no key for cosignatures */
        {"witness a\nquorum none\n", "p:1"},
        {"witness\nquorum none\n", "p:1"},
        {"quorum a\nwitness a %1\n", "p:1"},
        {"quorum none\nquorum none\n", "p:2"},
        {"quorum\n", "p:1"},
        {"quorum none none\n", "p:1"},
        {"witness a %1\ngroup g all\nquorum g\n", "p:2"},
        {"witness a %1\ngroup g\nquorum g\n", "p:2"},
        {"witness a %1\ngroup g 2 a\nquorum g\n", "p:2"},
        {"witness a %1\ngroup g 0 a\nquorum g\n", "p:2"},
        {"witness a %1\ngroup g -1 a\nquorum g\n", "p:2"},
        {"witness a %1\ngroup g some a\nquorum g\n", "p:2"},
        {"witness a %1\ngroup g any a a\nquorum g\n", "p:2"},
        {"witness a %1\ngroup g any a\ngroup h any a\nquorum g\n", "p:3"},
        {"witness a %1\ngroup a any a\nquorum a\n", "p:2"},
        {"witness a %1\ngroup g any a none\nquorum g\n", "p:2"},
        {"group g any g\nquorum g\n", "p:1"},
        {"witness a %1\n\nGroup g any a\nquorum a\n", "p:3"},
        {"quorum none\r\n", "p:1"},
        {"# \x01\nquorum none\n", "p:1"},
        {"quorum none\x7f\n", "p:1"},
        {"quorum\vnone\n", "p:1"},
    };
    struct bench b = bench_new(*state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tlog_policy p;
        if (tlog_policy_parse(b.t->a, with_keys(&b, rows[i].text), S("p"), &p, &b.t->e))
            fail_msg("row %zu is accepted", i);
        if (strcmp(b.t->e.where, rows[i].where) != 0)
            fail_msg("row %zu: %s at %s", i, b.t->e.what, b.t->e.where);
    }
    bench_end(&b);
}

static void the_specification_s_samples(void **state) {
    static const struct {
        const char *name, *where; /* where: of the error, NULL when it is a policy once keys stand for <vkey> */
    } rows[] = {{"tlog-policy-00.txt", NULL}, {"tlog-policy-02.txt", ":1"}, {"tlog-policy-04.txt", NULL}};
    struct testing *t = *state;
    str shared = shared_data(t->a, "tlog/c2sp");
    if (!shared.p)
        skip();
    struct bench b = bench_new(t);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tlog_policy p;
        struct buf filled = {0};
        str path = arena_printf(t->a, "%.*s/tlog/c2sp/%s", STR_ARG(shared), rows[i].name), text;
        assert_true(file_read(&t->ctx, t->a, path, &text, &t->e));
        size_t at;
        for (int key = 0; !rows[i].where && (at = str_find(text, S("<vkey>"))) != STR_NONE; key++) {
            buf_add(&filled, str_upto(text, at));
            buf_addf(&filled, "%%%d", key);
            text = str_from(text, at + 6);
        }
        buf_add(&filled, text);
        bool ok = tlog_policy_parse(t->a, with_keys(&b, arena_cstr(t->a, buf_str(&filled))), path, &p, &t->e);
        if (ok != !rows[i].where)
            fail_msg("%s: %s", t->e.where, t->e.what);
        if (!ok)
            assert_true(str_ends(str_of(t->e.where), str_of(rows[i].where)));
        buf_free(&filled);
    }
    bench_end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(enough_witnesses_of_the_right_groups),
        TEST(a_bad_signature_of_a_known_key_spoils_the_note),
        TEST(policies_are_refused_at_their_line),
        TEST(the_specification_s_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
