/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/words.h"

#include "base/digest.h"
#include "base/testing.h"

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void questions_become_words(void **state) {
    static const struct {
        const char *text, *words; /* separated by blanks */
    } rows[] = {
        {"pkg:PyPI/Left_Pad@1.0", "purl:pkg:pypi/left-pad@1.0"},
        {"purl:pkg:npm/a", "purl:pkg:npm/a"},
        {"SHA256:" HEX64, "digest:" HEX64},
        {HEX64, "digest:" HEX64 " key:" HEX64},
        {"0123456789ABCDEF0123456789ABCDEF01234567", "digest:0123456789abcdef0123456789abcdef01234567"},
        {"sbom", "kind:sbom"},
        {"spdx", "kind:sbom"},
        {"https://spdx.dev/Document/v2.3", "kind:sbom"},
        {"https://example.com/x", "kind:https://example.com/x"},
        {"kind:vex", "kind:vex"},
        {"thing", "product:thing party:thing"},
        {"product: sbom ", "product:sbom"},
        {"\xE8\xA8\xBC:x", "product:\xE8\xA8\xBC:x party:\xE8\xA8\xBC:x"},
        {"", ""},
        {"purl:nonsense", ""},
        {"key:xyz", ""},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct words words;
        struct buf b = {0};
        bool ok = words_asked(t->a, str_of(rows[i].text), &words, &t->e);
        assert_int_equal(ok, rows[i].words[0] != 0);
        for (uint32_t k = 0; k < words.n; k++) {
            struct word again;
            str text = word_text(t->a, &words.v[k]);
            buf_addf(&b, "%s%.*s", k ? " " : "", STR_ARG(text));
            assert_true(word_parse(t->a, text, &again) && str_eq(again.text, words.v[k].text));
        }
        check_str(buf_str(&b), rows[i].words);
        buf_free(&b);
    }
}

static void a_word_is_written_in_one_way_only(void **state) {
    struct testing *t = *state;
    struct word w;
    assert_false(word_parse(t->a, S("purl:pkg:NPM/a"), &w));
    assert_false(word_parse(t->a, S("digest:SHA256:" HEX64), &w));
    assert_false(word_parse(t->a, S("product: x"), &w));
    assert_false(word_parse(t->a, S("colour:red"), &w));
    assert_false(word_parse(t->a, S("kind:spdx"), &w));
}

/* Expected from coreutils: printf 'product\0thing' | sha256sum. */
static void a_key_is_the_digest_of_what_and_text(void **state) {
    struct testing *t = *state;
    unsigned char key[32];
    word_key(&(struct word){"product", S("thing")}, key);
    check_str(hex_text(t->a, key, 32), "8d86ad78a22dfb8fae073fbf3244e7ef5519e8b36415d230d408a75509170db7");
}

static void a_statement_gives_its_words(void **state) {
    static const unsigned char key[32] = {0xab};
    struct testing *t = *state;
    struct statement s;
    struct words words;
    struct buf b = {0};
    assert_true(statement_open(
        &t->ctx, t->a,
        S("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"a.tar\",\"uri\":"
          "\"pkg:npm/a@1?x=y\",\"digest\":{\"sha1\":\"ABCDEF0123456789ABCDEF0123456789ABCDEF01\"}}],\"predicateType\":"
          "\"https://openvex.dev/ns\",\"predicate\":{\"statements\":[{\"products\":[{\"@id\":\"pkg:npm/b@2\"},{\"@id\":"
          "\"not a purl\"},{\"@id\":\"pkg:npm/b@2\"}]}]}}"),
        S("s"), &s, &t->e));
    words_of(t->a, S("vex"), key, &s, &words);
    for (uint32_t k = 0; k < words.n; k++)
        buf_addf(&b, "%.*s\n", STR_ARG(word_text(t->a, &words.v[k])));
    check_str(buf_str(&b), "kind:vex\n"
                           "key:ab00000000000000000000000000000000000000000000000000000000000000\n"
                           "digest:abcdef0123456789abcdef0123456789abcdef01\n"
                           "purl:pkg:npm/a@1?x=y\npurl:pkg:npm/a\npurl:pkg:npm/b@2\npurl:pkg:npm/b\n");
    words_of(t->a, S("vex"), key, NULL, &words);
    assert_int_equal(words.n, 2);
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(questions_become_words),
        TEST(a_word_is_written_in_one_way_only),
        TEST(a_key_is_the_digest_of_what_and_text),
        TEST(a_statement_gives_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
