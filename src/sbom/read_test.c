/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents to model: what a small one of our own says, and that every document of the shared corpus yields as many
 * components as its index states.
 */
#include "base/testing.h"
#include "base/unpack.h"
#include "sbom/codec.h"

static const char small[] =
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"serialNumber\":\"urn:uuid:"
    "3e671687-395b-41f5-a30f-a58921a69b79\",\"version\":2,"
    "\"metadata\":{\"timestamp\":\"2026-01-02T03:04:05Z\",\"tools\":{\"components\":[{\"type\":\"application\","
    "\"name\":\"maker\",\"version\":\"1\"}]},\"lifecycles\":[{\"phase\":\"build\"}],\"component\":{\"type\":"
    "\"application\",\"bom-ref\":\"root\",\"name\":\"app\",\"version\":\"1.0\"},\"licenses\":[]},"
    "\"components\":[{\"type\":\"library\",\"bom-ref\":\"a\",\"group\":\"g\",\"name\":\"left\",\"version\":\"1.2\","
    "\"purl\":\"pkg:npm/left@1.2\",\"hashes\":[{\"alg\":\"SHA-1\",\"content\":\"ABCDEF0123456789abcdef0123456789"
    "abcdef01\"}],\"licenses\":[{\"license\":{\"id\":\"MIT\",\"acknowledgement\":\"concluded\"}}],\"scope\":"
    "\"optional\","
    "\"pedigree\":{\"notes\":\"n\"},\"components\":[{\"type\":\"file\",\"name\":\"inner\"}]}],"
    "\"services\":[{\"name\":\"svc\",\"bom-ref\":\"s\",\"endpoints\":[]}],"
    "\"dependencies\":[{\"ref\":\"root\",\"dependsOn\":[\"a\",\"gone\"]},{\"ref\":\"a\"}],"
    "\"vulnerabilities\":[{\"id\":\"CVE-1\",\"ratings\":[{\"score\":7.5}],\"analysis\":{\"state\":\"not_affected\","
    "\"response\":[\"update\"]},\"affects\":[{\"ref\":\"a\",\"versions\":[{\"version\":\"1.2\"}]}]}],"
    "\"compositions\":[]}";

static void reads_cyclonedx(void **state) {
    struct testing *t = *state;
    struct sbom *s;
    assert_true(sbom_read(&t->ctx, t->a, str_of(small), S("f"), SBOM_LENIENT, &s, NULL, &t->e));
    assert_int_equal(s->components.n, 4);
    assert_int_equal(sbom_count(s), 2);
    assert_int_equal(s->root, 0);
    check_str(s->doc_version, "2");
    check_str(s->lifecycle, "build");
    check_str(s->tools.v[0].name, "maker");
    check_str(s->metadata_extras.v[0].key, "licenses");
    check_str(s->extras.v[0].key, "compositions");
    const struct sbom_component *left = &s->components.v[1];
    check_str(left->name, "left");
    check_str(sbom_identity(t->a, left), "pkg:npm/left@1.2");
    check_str(left->hashes.v[0].hex, "abcdef0123456789abcdef0123456789abcdef01");
    check_str(left->licences.v[0].expression, "MIT");
    assert_int_equal(left->licences.v[0].kind, LICENCE_CONCLUDED);
    assert_int_equal(left->scope, SCOPE_OPTIONAL);
    check_str(left->extras.v[0].key, "pedigree");
    assert_int_equal(s->components.v[2].parent, 1);
    assert_int_equal(s->components.v[3].type, TYPE_SERVICE);
    assert_int_equal(s->relations.n, 2);
    assert_int_equal(s->relations.v[0].to_at, 1);
    assert_int_equal(s->relations.v[1].to_at, SBOM_NO);
    check_str(s->vulns.v[0].state, "not_affected");
    check_str(s->vulns.v[0].affects.v[0].versions.v[0].version, "1.2");
}

static void refuses_what_is_no_sbom(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"", "f"},
        {"{}", "f"},
        {"{\"name\":\"x\"}", "f"},
        {"{\"bomFormat\":\"CycloneDX\"", "f:1:25"},
        {"{\"bomFormat\":\"CycloneDX\",\"bomFormat\":\"CycloneDX\"}", "f#/bomFormat"},
        {"hello", "f"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom *s;
        assert_false(sbom_read(&t->ctx, t->a, str_of(rows[i].text), S("f"), SBOM_LENIENT, &s, NULL, &t->e));
        assert_int_equal(t->e.kind, ERR_INPUT);
        assert_string_equal(t->e.where, rows[i].where);
    }
}

/* ── the shared corpus ── */

struct row {
    str path, format, verdict;
    int64_t components;
};

/* What the index says about validity, where it says it. */
static bool verdict_ok(struct testing *t, const struct row *row, str bytes) {
    struct arena *a = arena_new();
    struct sbom *s = NULL;
    struct err e = {0};
    struct sbom_problems problems = {0};
    if (!row->verdict.n)
        goto out;
    if (!sbom_read(&t->ctx, a, bytes, row->path, SBOM_VALIDATE, &s, &problems, &e))
        print_error("%.*s: %s: %s\n", STR_ARG(row->path), e.where, e.what);
    bool valid = s != NULL;
    for (uint32_t i = 0; i < problems.n; i++)
        if (problems.v[i].error) {
            valid = false;
            if (str_is(row->verdict, "valid"))
                print_error("%.*s: %.*s\n", STR_ARG(problems.v[i].where), STR_ARG(problems.v[i].what));
            if (!problems.v[i].where.n)
                print_error("%.*s: a problem has no place\n", STR_ARG(row->path));
        }
    if (valid != str_is(row->verdict, "valid")) {
        print_error("%.*s: should be %.*s\n", STR_ARG(row->path), STR_ARG(row->verdict));
        arena_free(a);
        return false;
    }
out:
    arena_free(a);
    return true;
}

static bool check_row(struct testing *t, const struct row *row, str bytes) {
    struct arena *a = arena_new();
    struct sbom *s = NULL;
    struct err e = {0};
    if (!sbom_read(&t->ctx, a, bytes, row->path, SBOM_LENIENT, &s, NULL, &e))
        print_error("%.*s: %s: %s\n", STR_ARG(row->path), e.where, e.what);
    else if (sbom_count(s) != row->components)
        print_error("%.*s: %u components, index says %lld\n", STR_ARG(row->path), sbom_count(s),
                    (long long)row->components);
    bool ok = s && sbom_count(s) == row->components;
    arena_free(a);
    ok &= verdict_ok(t, row, bytes);
    return ok;
}

/* Rows of INDEX.tsv of CycloneDX; those inside large.zip by name, the others checked at once. */
static unsigned take_rows(struct testing *t, str dir, struct map *zipped) {
    str index, line, field[8];
    unsigned bad = 0;
    assert_true(file_read(&t->ctx, t->a, path_join(t->a, dir, S("INDEX.tsv")), &index, &t->e));
    while (str_line(&index, &line)) {
        for (size_t i = 0; i < 8; i++)
            if (!str_next(&line, '\t', &field[i]))
                field[i] = S("");
        struct row *row = arena_new_of(t->a, struct row);
        *row = (struct row){.path = field[0], .format = field[1], .verdict = field[6]};
        if (!str_starts(row->format, S("cyclonedx-")) || !str_i64(field[4], &row->components))
            continue;
        if (str_is(row->format, "cyclonedx-xml") && !codec_of(SBOM_CYCLONEDX, NOTE_XML))
            continue;
        str bytes, inner;
        if (str_starts(row->path, S("large.zip!"))) {
            inner = str_from(row->path, strlen("large.zip!"));
            map_put(zipped, inner, NULL)->value = row;
            continue;
        }
        assert_true(file_read(&t->ctx, t->a, path_join(t->a, dir, row->path), &bytes, &t->e));
        bad += !check_row(t, row, bytes);
    }
    return bad;
}

static void corpus_yields_all_components(void **state) {
    struct testing *t = *state;
    str shared = shared_data(t->a, "sbom/large.zip");
    if (!shared.p)
        skip();
    str dir = path_join(t->a, shared, S("sbom"));
    struct map zipped;
    map_init(&zipped, t->a);
    unsigned bad = take_rows(t, dir, &zipped);
    struct unpack *u;
    struct entry entry;
    assert_true(unpack_open_file(&t->ctx, path_join(t->a, dir, S("large.zip")), &u, &t->e));
    unsigned seen = 0;
    while (unpack_next(u, &entry, &t->e)) {
        const struct row *row = map_get(&zipped, entry.path);
        struct arena *a = arena_new();
        str bytes;
        if (row) {
            assert_true(unpack_read(u, a, &bytes, &t->e));
            bad += !check_row(t, row, bytes);
            seen++;
        }
        arena_free(a);
    }
    assert_int_equal(t->e.kind, ERR_NONE);
    assert_int_equal(seen, zipped.entries.n);
    unpack_close(u);
    assert_int_equal(bad, 0);
}

int main(void) {
    const struct CMUnitTest all[] = {TEST(reads_cyclonedx), TEST(refuses_what_is_no_sbom),
                                     TEST(corpus_yields_all_components)};
    return cmocka_run_group_tests_name("sbom-read", all, NULL, NULL);
}
