/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/testing.h"
#include "conform/render_page.h"
#include "conform/shape.h"

static const char mini[] = "{\"catalogue\":1,\"id\":\"mini\",\"version\":\"1\",\"title\":{\"ja\":\"手引き\",\"en\":"
                           "\"Guide\"},\"status\":\"own\","
                           "\"unit\":\"requirement\",\"packages\":[{\"id\":\"minimum\",\"title\":\"Minimum\"}],"
                           "\"groups\":[{\"id\":\"R1\",\"kind\":\"requirement\",\"title\":\"One\"},"
                           "{\"id\":\"R2\",\"kind\":\"requirement\",\"title\":\"Two\"}],\"practices\":["
                           "{\"id\":\"P1\",\"group\":\"R1\",\"title\":\"A <b> & c\",\"packages\":{\"minimum\":2}},"
                           "{\"id\":\"P2\",\"group\":\"R1\",\"title\":\"B\",\"packages\":{\"minimum\":1}},"
                           "{\"id\":\"P3\",\"group\":\"R2\",\"title\":\"C\",\"packages\":{\"minimum\":1}},"
                           "{\"id\":\"P4\",\"group\":\"R2\",\"title\":\"D\"}]}";

/* What the libraries keep of fonts. */
const char *__lsan_default_suppressions(void);  // NOLINT(bugprone-reserved-identifier): the sanitizer's own name
const char *__lsan_default_suppressions(void) { // NOLINT(bugprone-reserved-identifier)
    return "leak:libfontconfig\nleak:libcairo\n";
}

struct rendered {
    struct catalogue c;
    struct declaration_row row;
    struct buf out;
    struct rendering r;
};

static void begin(struct rendered *x, struct testing *t) {
    static const char hex[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    struct declaration *d = &x->row.said;
    *x = (struct rendered){0};
    assert_true(catalogue_read(&t->ctx, t->a, str_of(mini), S("mini.json"), &x->c, &t->e));
    *d = (struct declaration){.id = S("D-1a2b3c4d5e6f"),
                              .party = S("yamada"),
                              .party_name = S("山田ソフト"),
                              .catalogue = S("mini"),
                              .catalogue_version = S("1"),
                              .catalogue_sha256 = str_of(hex),
                              .package = S("minimum"),
                              .releases = 3,
                              .origin = S("v.example/log"),
                              .size = 7,
                              .time = 1790000000,
                              .from = 1790000000,
                              .until = 1821536000,
                              .signatory = {S("山田 太郎"), S("代表取締役")}};
    *vec_push(t->a, &d->products) = S("thing");
    *vec_push(t->a, &d->exclusions) = (struct exclusion){S("旧工場"), S("閉鎖")};
    *vec_push(t->a, &d->practices) = (struct declared_practice){
        .id = S("P1"), .level = 2, .target = 2, .basis = BASIS_COMPUTED, .until = 1800000000};
    *vec_push(t->a, &d->practices) = (struct declared_practice){
        .id = S("P2"), .target = 1, .claimed = 1, .by = d->signatory, .claim = S("文書で任命\x01")};
    *vec_push(t->a, &d->practices) = (struct declared_practice){
        .id = S("P3"), .target = 1, .basis = BASIS_NOT_APPLICABLE, .reason = S("none")};
    *vec_push(t->a, &d->practices) = (struct declared_practice){.id = S("P4"), .level = 1, .target = -1};
    x->row.time = 1790000100;
    x->row.entry = 7;
    x->row.envelope[0] = 0xab;
    x->r = (struct rendering){t->a, &x->row, &x->c, &x->out};
}

static void the_page_says_what_was_signed_and_no_more(void **state) {
    struct testing *t = *state;
    struct rendered x;
    struct page p;
    begin(&x, t);
    page_of(&x.r, &p);
    assert_int_equal(p.rows.n, 3); /* P4 is not wanted */
    assert_int_equal(p.rows.v[0].level, 2);
    assert_int_equal(p.rows.v[1].level, 0);
    assert_int_equal(p.rows.v[1].claimed, 1);
    assert_false(p.rows.v[1].falls_short || p.rows.v[2].falls_short);
    check_str(p.stamp, "in force");
    x.row.standing = STANDING_WITHDRAWN;
    page_of(&x.r, &p);
    assert_int_equal(p.stamp_kind, 2);
    x.row.said.practices.v[0].level = 1;
    page_of(&x.r, &p);
    assert_true(p.rows.v[0].falls_short);
}

static void the_profile_is_of_its_schema_and_counts(void **state) {
    struct testing *t = *state;
    struct rendered x;
    struct json doc;
    begin(&x, t);
    assert_true(rendition_of(S("procurement"))->write(&x.r, &t->e));
    assert_true(json_parse(&t->ctx, t->a, buf_str(&x.out), JSON_STRICT, S("profile"), &doc, &t->e));
    if (!conform_shape(&t->ctx, t->a, "procurement", &doc, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    struct jv sum = j_get(doc.root, "summary"), units = j_get(doc.root, "requirements");
    assert_int_equal(j_int(j_get(sum, "practices"), -1), 3);
    assert_int_equal(j_int(j_get(sum, "met"), -1), 2);
    assert_int_equal(j_int(j_get(sum, "computed"), -1), 1);
    assert_int_equal(j_int(j_get(sum, "claimed"), -1), 1);
    assert_true(j_true(j_get(sum, "reached")));
    assert_int_equal(j_len(units), 2);
    assert_int_equal(j_int(j_get(j_at(units, 0), "level"), -1), 1);
    assert_false(j_ok(j_get(j_at(units, 1), "level"))); /* nothing of it applies */
    x.row.said.practices.v[0].level = 1;
    buf_clear(&x.out);
    assert_true(rendition_of(S("procurement"))->write(&x.r, &t->e));
    assert_true(json_parse(&t->ctx, t->a, buf_str(&x.out), JSON_STRICT, S("profile"), &doc, &t->e));
    assert_false(j_true(j_get(j_get(doc.root, "summary"), "reached")));
    buf_free(&x.out);
}

static void the_same_declaration_gives_the_same_pdf(void **state) {
    struct testing *t = *state;
    struct rendered x;
    struct buf first = {0};
    begin(&x, t);
    for (int i = 0; i < 120; i++) /* several pages */
        *vec_push(t->a, &x.row.said.practices) = (struct declared_practice){
            .id = S("P1"), .level = i % 5, .target = 2, .claimed = i % 3, .claim = S("理由")};
    if (!rendition_of(S("pdf"))->write(&x.r, &t->e)) {
        assert_int_equal(t->e.kind, ERR_ENV); /* no Pango here, or no Japanese font */
        assert_true(t->e.hint[0] != 0);
        skip();
    }
    first = x.out;
    x.out = (struct buf){0};
    (void)rendition_of(S("pdf"))->write(&x.r, &t->e);
    bool same = str_eq(buf_str(&first), buf_str(&x.out)), pdf = str_starts(buf_str(&first), S("%PDF-1.4"));
    bool then = str_find(buf_str(&first), S("20260921141500Z)")) != STR_NONE; /* when it was signed, not today */
    buf_free(&first);
    buf_free(&x.out);
    assert_true(same);
    assert_true(pdf);
    assert_true(then);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(the_page_says_what_was_signed_and_no_more),
                                       TEST(the_profile_is_of_its_schema_and_counts),
                                       TEST(the_same_declaration_gives_the_same_pdf)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
