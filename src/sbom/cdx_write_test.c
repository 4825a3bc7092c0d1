/* SPDX-License-Identifier: Apache-2.0
 *
 * Model to CycloneDX: what comes from CycloneDX loses nothing on the way back, what is written is valid in every
 * version, and what a version cannot hold is told.
 */
#include "base/testing.h"
#include "base/unpack.h"
#include "sbom/codec.h"

struct way {
    const char *form;
    bool same; /* from documents of that very form only, and the tree must be equal */
};

static bool written(struct testing *t, struct arena *a, const struct sbom *s, struct sbom_form form, str *out,
                    struct sbom_problems *losses, struct err *e) {
    struct buf b = {0};
    bool ok = sbom_write(&t->ctx, s, form, false, &b, losses, e);
    *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return ok;
}

/* ── small ones ── */

static void versions_hold_what_they_can(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *form, *want;
        uint32_t losses;
    } rows[] = {
        {"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"tools\":{\"components\":[{"
         "\"type\":\"application\",\"publisher\":\"P\",\"name\":\"n\"}]},\"manufacturer\":{\"name\":\"M\"}}}",
         "cyclonedx-json@1.4",
         "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.4\",\"version\":1,\"metadata\":{\"tools\":[{\"vendor\":"
         "\"P\",\"name\":\"n\"}],\"manufacture\":{\"name\":\"M\"}}}",
         0},
        {"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.7\",\"version\":1,\"components\":[{\"type\":\"library\","
         "\"name\":\"a\",\"licenses\":[{\"expression\":\"MIT OR ISC\"},{\"license\":{\"id\":\"MIT\"}}],\"isExternal\":"
         "true}]}",
         "cyclonedx-json@1.6",
         "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":[{\"type\":\"library\","
         "\"name\":\"a\",\"licenses\":[{\"license\":{\"name\":\"MIT OR ISC\"}},{\"license\":{\"id\":\"MIT\"}}]}]}",
         2},
        {"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":[{\"type\":"
         "\"cryptographic-asset\",\"name\":\"a\",\"authors\":[{\"name\":\"X\"},{\"name\":\"Y\"}]}]}",
         "cyclonedx-json@1.5",
         "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[{\"type\":\"library\","
         "\"name\":\"a\",\"author\":\"X, Y\"}]}",
         1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom *s;
        struct sbom_form form;
        struct sbom_problems losses = {0};
        struct json got, want;
        str out;
        assert_true(sbom_read(&t->ctx, t->a, str_of(rows[i].text), S("f"), SBOM_LENIENT, &s, NULL, &t->e));
        assert_true(sbom_form_parse(str_of(rows[i].form), &form, &t->e));
        assert_true(written(t, t->a, s, form, &out, &losses, &t->e));
        assert_true(json_parse(&t->ctx, t->a, out, JSON_STRICT, S("got"), &got, &t->e));
        assert_true(json_parse(&t->ctx, t->a, str_of(rows[i].want), JSON_STRICT, S("want"), &want, &t->e));
        /* documents without a serial number stay without one */
        if (!json_equal(got.root, want.root))
            fail_msg("row %zu: %.*s", i, STR_ARG(out));
        assert_int_equal(losses.n, rows[i].losses);
    }
}

static void changes_win_over_the_origin(void **state) {
    struct testing *t = *state;
    struct sbom *s;
    struct json got;
    str out;
    str text = S(
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":[{\"type\":\"library\","
        "\"name\":\"a\",\"version\":\"1\",\"hashes\":[{\"alg\":\"MD5\",\"content\":"
        "\"ABCDEF0123456789ABCDEF0123456789\"}],\"pedigree\":{\"notes\":\"n\"}}]}");
    assert_true(sbom_read(&t->ctx, t->a, text, S("f"), SBOM_LENIENT, &s, NULL, &t->e));
    s->components.v[0].version = S("2");
    s->components.v[0].purl = S("pkg:npm/a@2");
    s->components.v[0].extras.n = 0;
    assert_true(written(t, t->a, s, s->form, &out, NULL, &t->e));
    assert_true(json_parse(&t->ctx, t->a, out, JSON_STRICT, S("got"), &got, &t->e));
    struct jv c = j_at(j_get(got.root, "components"), 0);
    check_str(j_gets(c, "version"), "2");
    check_str(j_gets(c, "purl"), "pkg:npm/a@2");
    check_str(j_gets(j_at(j_get(c, "hashes"), 0), "content"), "ABCDEF0123456789ABCDEF0123456789");
    assert_false(j_ok(j_get(c, "pedigree")));
}

static void same_content_same_serial(void **state) {
    struct testing *t = *state;
    struct sbom *s = sbom_new(t->a);
    struct sbom_form form;
    str one, two;
    struct sbom_component *c = sbom_add(s);
    c->name = S("a");
    c->ref = S("r");
    assert_true(sbom_form_parse(S("cyclonedx-json"), &form, &t->e));
    check_str(form.version, "1.6");
    assert_true(written(t, t->a, s, form, &one, NULL, &t->e));
    assert_true(written(t, t->a, s, form, &two, NULL, &t->e));
    assert_true(str_eq(one, two));
    assert_true(str_find(one, S("urn:uuid:")) != STR_NONE);
    s->components.v[0].name = S("b");
    assert_true(written(t, t->a, s, form, &two, NULL, &t->e));
    assert_false(str_eq(str_from(one, str_find(one, S("urn:uuid:"))), str_from(two, str_find(two, S("urn:uuid:")))));
}

/* ── the shared corpus ── */

static unsigned complain(str path, const char *form, const char *what, str where) {
    print_error("%.*s → %s: %s %.*s\n", STR_ARG(path), form, what, STR_ARG(where));
    return 1;
}

/* Written in a form and read again: valid, the same number of components, and equal where the form is the same. */
static unsigned check_way(struct testing *t, str path, const struct sbom *s, const char *form_text, bool must_equal) {
    struct arena *a = arena_new();
    struct sbom_form form;
    struct sbom_problems problems = {0};
    struct sbom *again;
    struct err e = {0};
    unsigned bad = 0;
    str out;
    assert_true(sbom_form_parse(str_of(form_text), &form, &t->e));
    if (!written(t, a, s, form, &out, NULL, &e) ||
        !sbom_read(&t->ctx, a, out, S("out"), SBOM_VALIDATE, &again, &problems, &e)) {
        bad = complain(path, form_text, e.what, str_of(e.where));
        goto done;
    }
    for (uint32_t i = 0; i < problems.n && !bad; i++)
        if (problems.v[i].error && !must_equal)
            bad = complain(path, form_text, arena_cstr(a, problems.v[i].what), problems.v[i].where);
    if (must_equal && !json_equal(s->source.root, again->source.root))
        bad += complain(path, form_text, "is not equal", S(""));
    if (s->form.format == SBOM_CYCLONEDX && sbom_count(again) != sbom_count(s))
        bad += complain(path, form_text, "components differ", S(""));
done:
    arena_free(a);
    return bad;
}

/* XML has no way to say that a list without a wrapper is empty ("dependsOn": []). */
static bool same_but_empty(struct jv x, struct jv y) {
    size_t n = 0, m = 0;
    if (j_is_arr(x) && j_is_arr(y) && j_len(x) == j_len(y)) {
        for (size_t i = 0; i < j_len(x); i++)
            if (!same_but_empty(j_at(x, i), j_at(y, i)))
                return false;
        return true;
    }
    if (!j_is_obj(x) || !j_is_obj(y))
        return json_equal(x, y);
    for (struct jiter it = j_iter(x); j_next(&it);) {
        bool empty = j_is_arr(it.val) && j_len(it.val) == 0;
        n += !empty;
        if (!empty && !same_but_empty(it.val, j_getn(y, it.key)))
            return false;
    }
    for (struct jiter it = j_iter(y); j_next(&it);)
        m += !(j_is_arr(it.val) && j_len(it.val) == 0);
    return n == m;
}

/* JSON to XML to JSON of one version: equal but for what XML was said not to hold. */
static unsigned check_there_and_back(struct testing *t, str path, const struct sbom *s) {
    struct arena *a = arena_new();
    struct sbom_form xml = {SBOM_CYCLONEDX, NOTE_XML, s->form.version}, json = s->form;
    struct sbom_problems losses = {0}, problems = {0};
    struct sbom *there = NULL;
    struct err e = {0};
    unsigned bad = 0;
    str out;
    if (!written(t, a, s, xml, &out, &losses, &e) ||
        !sbom_read(&t->ctx, a, out, S("there"), SBOM_VALIDATE, &there, &problems, &e) ||
        !written(t, a, there, json, &out, NULL, &e)) {
        bad = complain(path, "XML and back", e.what, str_of(e.where));
    } else {
        struct json got;
        assert_true(json_parse(&t->ctx, a, out, JSON_STRICT, S("back"), &got, &e));
        for (uint32_t i = 0; i < problems.n && !bad; i++)
            bad = complain(path, "XML", arena_cstr(a, problems.v[i].what), problems.v[i].where);
        if (!losses.n && !j_ok(j_get(s->source.root, "$schema")) && !same_but_empty(s->source.root, got.root))
            bad += complain(path, "XML and back", "is not equal", S(""));
    }
    arena_free(a);
    return bad;
}

static unsigned check_document(struct testing *t, str path, str bytes, bool valid) {
    static const char *const forms[] = {"cyclonedx-json@1.4", "cyclonedx-json@1.5", "cyclonedx-json@1.6",
                                        "cyclonedx-json@1.7", "cyclonedx-json@1.2", "cyclonedx-json@1.3",
                                        "cyclonedx-xml@1.4",  "cyclonedx-xml@1.6",  "cyclonedx-xml@1.7"};
    struct arena *a = arena_new();
    struct sbom *s;
    struct err e = {0};
    unsigned bad = 0;
    struct sbom_problems problems = {0};
    if (sbom_read(&t->ctx, a, bytes, path, SBOM_VALIDATE, &s, &problems, &e)) {
        for (uint32_t i = 0; i < problems.n && s->form.format == SBOM_CYCLONEDX; i++)
            valid &= !problems.v[i].error;
        str own = sbom_form_name(a, s->form);
        const struct sbom_codec *codec = codec_of(s->form.format, s->form.notation);
        if (codec_writes(codec, s->form.version) && s->form.format == SBOM_CYCLONEDX)
            bad += check_way(t, path, s, arena_cstr(a, own), true);
        if (valid && s->form.format == SBOM_CYCLONEDX && s->form.notation == NOTE_JSON)
            bad += check_there_and_back(t, path, s);
        for (size_t i = 0; i < sizeof forms / sizeof *forms && valid; i++)
            if (!str_is(own, forms[i]))
                bad += check_way(t, path, s, forms[i], false);
    }
    arena_free(a);
    return bad;
}

static void corpus_survives(void **state) {
    struct testing *t = *state;
    str shared = shared_data(t->a, "sbom/INDEX.tsv"), index, line, field[8];
    unsigned bad = 0;
    if (!shared.p)
        skip();
    str dir = path_join(t->a, shared, S("sbom"));
    assert_true(file_read(&t->ctx, t->a, path_join(t->a, dir, S("INDEX.tsv")), &index, &t->e));
    while (str_line(&index, &line)) {
        for (size_t i = 0; i < 8; i++)
            if (!str_next(&line, '\t', &field[i]))
                field[i] = S("");
        struct arena *a = arena_new();
        str bytes;
        bool known = str_starts(field[1], S("cyclonedx-")) || str_starts(field[1], S("spdx-"));
        /* "12" is a namespace nobody knows. */
        if (known && !str_starts(field[0], S("large.zip!")) &&
            file_read(&t->ctx, a, path_join(a, dir, field[0]), &bytes, &t->e))
            bad += check_document(t, field[0], bytes, !str_is(field[6], "invalid"));
        arena_free(a);
    }
    assert_int_equal(bad, 0);
}

int main(void) {
    const struct CMUnitTest all[] = {TEST(versions_hold_what_they_can), TEST(changes_win_over_the_origin),
                                     TEST(same_content_same_serial), TEST(corpus_survives)};
    return cmocka_run_group_tests_name("sbom-cdx-write", all, NULL, NULL);
}
