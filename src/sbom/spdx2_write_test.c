/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "sbom/spdx2.h"

static struct sbom_form form(enum sbom_notation notation, str version) {
    return (struct sbom_form){.format = SBOM_SPDX2, .notation = notation, .version = version};
}

static str write_ok(struct testing *t, const struct sbom *s, struct sbom_form f, struct sbom_problems *losses) {
    struct buf b = {0};
    if (!sbom_write(&t->ctx, s, f, false, &b, losses, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    str text = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return text;
}

static struct sbom *read_ok(struct testing *t, str text) {
    struct sbom *s = NULL;
    if (!sbom_read(&t->ctx, t->a, text, S("f"), SBOM_LENIENT, &s, NULL, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return s;
}

static void check_valid(struct testing *t, str text) {
    struct sbom *s;
    struct sbom_problems p = {0};
    assert_true(sbom_read(&t->ctx, t->a, text, S("f"), SBOM_VALIDATE, &s, &p, &t->e));
    if (p.n)
        fail_msg("%.*s: %.*s", STR_ARG(p.v[0].where), STR_ARG(p.v[0].what));
}

/* A model as another format or a collector makes it. */
static struct sbom *foreign(struct testing *t) {
    struct sbom *s = sbom_new(t->a);
    struct sbom_component *root = sbom_add(s);
    root->ref = S("pkg:npm/app@1");
    root->name = S("app");
    root->version = S("1");
    root->type = TYPE_APPLICATION;
    root->is_root = root->in_metadata = true;
    struct sbom_component *c = sbom_add(s);
    c->ref = S("pkg:npm/%40b/core@7");
    c->purl = c->ref;
    c->group = S("@b");
    c->name = S("core");
    c->version = S("7");
    c->scope = SCOPE_DEV;
    c->parent = 0;
    *vec_push(t->a, &c->hashes) = (struct sbom_hash){.alg = S("MD5"), .hex = S("624c1abb3664f4b35547e7c73864ad24")};
    *vec_push(t->a, &c->hashes) = (struct sbom_hash){.alg = S("Streebog-256"), .hex = S("ab")};
    *vec_push(t->a, &c->licences) = (struct sbom_licence){.expression = S("MIT OR Apache-2.0")};
    *vec_push(t->a, &c->licences) = (struct sbom_licence){.name = S("Our licence"), .url = S("https://e.x/l")};
    *vec_push(t->a, &c->externals) = (struct sbom_external){.type = S("website"), .url = S("https://e.x")};
    *vec_push(t->a, &c->externals) = (struct sbom_external){.type = S("vcs"), .url = S("https://e.x/git repo")};
    *vec_push(t->a, &c->properties) = (struct sbom_property){.name = S("k"), .value = S("v=w")};
    *vec_push(t->a, &c->places) = (struct sbom_place){.path = S("a/package.json"), .line = 3};
    sbom_relate(s, root->ref, c->ref, "DEPENDS_ON");
    sbom_relate(s, root->ref, c->ref, "PROVIDES");
    sbom_relate(s, root->ref, S("gone"), "DEPENDS_ON");
    sbom_link(s);
    return s;
}

static void writes_a_foreign_model(void **state) {
    struct testing *t = *state;
    struct sbom_problems losses = {0};
    t->ctx.now = 1700000000;
    str text = write_ok(t, foreign(t), form(NOTE_JSON, S("2.3")), &losses);
    struct sbom *s = read_ok(t, text);
    check_str(s->name, "app");
    check_str(s->created, "2023-11-14T22:13:20Z");
    assert_true(str_starts(s->id, S("https://spdx.org/spdxdocs/app-")));
    assert_int_equal(s->root, 0);
    struct sbom_component *c = &s->components.v[1];
    check_str(c->ref, "SPDXRef-Package-npm-40b-core-7");
    check_str(c->name, "@b/core");
    check_str(c->purl, "pkg:npm/%40b/core@7");
    check_str(c->homepage, "https://e.x");
    check_str(c->source_info, "found in: a/package.json:3");
    check_str(c->licences.v[0].expression, "(MIT OR Apache-2.0) AND LicenseRef-Our-licence");
    check_str(s->licence_texts.v[0].id, "LicenseRef-Our-licence");
    check_str(c->externals.v[0].url, "https://e.x/git%20repo");
    check_str(c->properties.v[0].name, "k");
    check_str(c->properties.v[0].value, "v=w");
    assert_int_equal(c->hashes.n, 1);
    assert_int_equal(s->relations.n, 4);
    check_str(s->relations.v[0].type, "DESCRIBES");
    check_str(s->relations.v[2].type, "OTHER");
    check_str(s->relations.v[2].comment, "PROVIDES");
    check_str(s->relations.v[3].type, "CONTAINS");
    check_valid(t, text);
    check_valid(t, write_ok(t, foreign(t), form(NOTE_JSON, S("2.2")), NULL));
    check_valid(t, write_ok(t, foreign(t), form(NOTE_TAGVALUE, S("2.3")), NULL));
    /* Streebog, dev scope, relation to nothing */
    assert_int_equal(losses.n, 3);
}

static void writes_the_same_bytes_twice(void **state) {
    struct testing *t = *state;
    t->ctx.now = 1700000000;
    str one = write_ok(t, foreign(t), form(NOTE_TAGVALUE, S("2.3")), NULL);
    str two = write_ok(t, foreign(t), form(NOTE_TAGVALUE, S("2.3")), NULL);
    assert_true(str_eq(one, two));
    assert_int_equal(read_ok(t, one)->components.n, 2);
}

/* What was not touched stays as it stood, to the letter; what was is written anew, with its extras. */
static void keeps_what_was_not_changed(void **state) {
    struct testing *t = *state;
    static const char text[] =
        "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"n\",\"dataLicense\":\"CC0-1.0\","
        "\"documentNamespace\":\"https://e.x/n\",\"creationInfo\":{\"created\":\"2024-01-01T00:00:00Z\",\"creators\":["
        "\"Person: J ()\",\"Tool: "
        "x-1\"]},\"packages\":[{\"SPDXID\":\"SPDXRef-a_b\",\"name\":\"a\",\"supplier\":\"Acme\","
        "\"downloadLocation\":\"NONE\",\"checksums\":[{\"algorithm\":\"SHA1\",\"checksumValue\":\"AB\"}]}]}";
    struct sbom *s = read_ok(t, str_of(text));
    struct json want, got;
    assert_true(json_parse(&t->ctx, t->a, str_of(text), 0, S("want"), &want, &t->e));
    assert_true(json_parse(&t->ctx, t->a, write_ok(t, s, form(NOTE_JSON, S("2.3")), NULL), 0, S("got"), &got, &t->e));
    assert_true(json_equal(want.root, got.root));

    s->components.v[0].version = S("2");
    assert_true(json_parse(&t->ctx, t->a, write_ok(t, s, form(NOTE_JSON, S("2.3")), NULL), 0, S("got"), &got, &t->e));
    struct jv package = j_at(j_get(got.root, "packages"), 0);
    check_str(j_gets(package, "versionInfo"), "2");
    check_str(j_gets(package, "SPDXID"), "SPDXRef-a_b");
    check_str(j_gets(package, "supplier"), "Organization: Acme");
    check_str(j_gets(package, "downloadLocation"), "NONE");
    check_str(j_gets(j_at(j_get(package, "checksums"), 0), "checksumValue"), "ab");
}

/* Files stand behind their package, texts of several lines in <text>. */
static void tag_value_places_files(void **state) {
    struct testing *t = *state;
    struct sbom *s = read_ok(
        t,
        S("{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"documentDescribes\":[\"SPDXRef-p\"],"
          "\"packages\":[{\"SPDXID\":\"SPDXRef-p\",\"name\":\"p\",\"hasFiles\":[\"SPDXRef-f\"],\"comment\":\" "
          "a\\nb\"}],"
          "\"files\":[{\"SPDXID\":\"SPDXRef-f\",\"fileName\":\"f\"},{\"SPDXID\":\"SPDXRef-g\",\"fileName\":\"g\"}]}"));
    str text = write_ok(t, s, form(NOTE_TAGVALUE, S("2.3")), NULL);
    size_t package = str_find(text, S("PackageName: p")), f = str_find(text, S("FileName: f"));
    assert_true(str_find(text, S("FileName: g")) < package);
    assert_true(package < f && f != STR_NONE);
    assert_true(str_find(text, S("PackageComment: <text> a\nb</text>\n")) != STR_NONE);
    assert_true(str_find(text, S("Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-p\n")) != STR_NONE);
    assert_true(str_find(text, S("CONTAINS")) == STR_NONE);
    s = read_ok(t, text);
    assert_int_equal(s->files.n, 2);
    assert_int_equal(s->relations.n, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(writes_a_foreign_model),
        TEST(writes_the_same_bytes_twice),
        TEST(keeps_what_was_not_changed),
        TEST(tag_value_places_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
