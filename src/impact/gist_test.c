/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/gist.h"

#include "base/testing.h"

static const char document[] =
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"serialNumber\":"
    "\"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79\",\"metadata\":{\"timestamp\":\"2026-01-02T03:04:05Z\","
    "\"component\":"
    "{\"bom-ref\":\"root\",\"type\":\"application\",\"group\":\"jp.example\",\"name\":\"shop\",\"version\":\"1.0\","
    "\"purl\":\"pkg:npm/shop@1.0\",\"supplier\":{\"name\":\"Acme\"}}},\"components\":["
    "{\"bom-ref\":\"a\",\"type\":\"library\",\"name\":\"left\",\"version\":\"1\",\"purl\":\"pkg:npm/left@1.0.0\","
    "\"licenses\":[{\"license\":{\"id\":\"MIT\"}}],\"hashes\":[{\"alg\":\"SHA-1\",\"content\":"
    "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"}]},{\"type\":\"library\",\"name\":\"\\u8a3c\",\"version\":\"2\"}],"
    "\"dependencies\":[{\"ref\":\"root\",\"dependsOn\":[\"a\"]}],"
    "\"vulnerabilities\":[{\"id\":\"CVE-2026-1\",\"references\":[{\"id\":\"GHSA-1\",\"source\":{\"name\":\"g\"}}],"
    "\"analysis\":{\"state\":\"not_affected\",\"justification\":\"code_not_reachable\",\"detail\":\"never\"},"
    "\"affects\":[{\"ref\":\"a\"},{\"ref\":\"root\"}]}]}";

struct scene {
    struct testing *t;
    struct gist g;
    struct buf b;
};

static void begin(struct scene *s, void **state) {
    struct sbom *doc;
    *s = (struct scene){.t = *state};
    assert_true(sbom_read(&s->t->ctx, s->t->a, str_of(document), S("d"), SBOM_LENIENT, &doc, NULL, &s->t->e));
    gist_of(s->t->a, doc, &s->g);
    gist_write(&s->g, &s->b);
}

static void what_is_taken(void **state) {
    struct scene s;
    begin(&s, state);
    check_str(s.g.format, "cyclonedx-json@1.5");
    check_str(s.g.group, "jp.example");
    check_str(s.g.root_name, "shop");
    check_str(s.g.version, "1.0");
    check_str(s.g.supplier, "Acme");
    assert_int_equal(s.g.parts.n, 3);
    assert_true(s.g.parts.edges);
    assert_int_equal(s.g.vex.statements.n, 2);
    buf_free(&s.b);
}

/* There and back: nothing is lost, and the same bytes come out. */
static void there_and_back(void **state) {
    struct scene s;
    struct gist again;
    struct buf b = {0};
    begin(&s, state);
    assert_true(gist_read(s.t->a, buf_str(&s.b), &again, &s.t->e));
    gist_write(&again, &b);
    assert_true(str_eq(buf_str(&b), buf_str(&s.b)));
    assert_int_equal(again.parts.n, 3);
    check_str(again.parts.v[1].key, "pkg:npm/left@1.0.0");
    check_str(again.parts.v[1].licence, "MIT");
    assert_int_equal(again.parts.v[1].hash_kind, HASH_SHA1);
    assert_memory_equal(again.parts.v[1].hash, s.g.parts.v[1].hash, 16);
    assert_null(again.parts.v[2].licence.p);
    assert_true(again.parts.edges);
    gist_of_product(&again, S("shop@1.0"));
    const struct vex_statement *v = again.vex.statements.v;
    assert_int_equal(v[0].status, VEX_NOT_AFFECTED);
    check_str(v[0].names.v[1], "GHSA-1");
    check_str(v[0].products.v[0].product.ref, "shop@1.0");
    check_str(v[0].products.v[0].parts.v[0].purl, "pkg:npm/left@1.0.0");
    assert_int_equal(v[1].products.v[0].parts.n, 0);
    buf_free(&b);
    buf_free(&s.b);
}

/* One that was cut short, or goes on, or lies about a number, is refused: at every byte. */
static void damage_is_seen(void **state) {
    struct scene s;
    struct gist out;
    struct err e = {0};
    begin(&s, state);
    for (size_t n = 0; n < s.b.n; n++) {
        char *copy = malloc(n ? n : 1); /* so that the sanitizer sees a step beyond */
        memcpy(copy, s.b.p, n);
        assert_false(gist_read(s.t->a, str_n(copy, n), &out, &e));
        free(copy);
    }
    buf_addc(&s.b, 0);
    assert_false(gist_read(s.t->a, buf_str(&s.b), &out, &e));
    s.b.n--;
    for (size_t i = 0; i < s.b.n; i++) { /* what is taken although a byte is another is written as it came */
        struct buf b = {0};
        s.b.p[i] ^= 0x40;
        if (gist_read(s.t->a, buf_str(&s.b), &out, &e)) {
            gist_write(&out, &b);
            assert_true(str_eq(buf_str(&b), buf_str(&s.b)));
        }
        s.b.p[i] ^= 0x40;
        buf_free(&b);
    }
    buf_free(&s.b);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(what_is_taken), TEST(there_and_back), TEST(damage_is_seen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
