/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/statement.h"

#include <dirent.h>

#include "base/cipher.h"
#include "base/embedded.h"
#include "base/schema.h"
#include "base/testing.h"
#include "seal/leaf.h"

#define HEAD "{\"_type\":\"https://in-toto.io/Statement/v1\","
#define SUBJECT "\"subject\":[{\"name\":\"a\",\"digest\":{\"sha256\":\"" HEX64 "\"}}],"
#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TYPE(t) "\"predicateType\":\"" t "\","

/* what NULL: it parses. */
static const struct {
    const char *text, *where, *what;
} rows[] = {
    {HEAD SUBJECT TYPE("https://example.com/x") "\"predicate\":{}}", NULL, NULL},
    {HEAD SUBJECT "\"predicateType\":\"https://example.com/x\"}", NULL, NULL},
    {"{\"_type\":\"https://in-toto.io/Statement/v0.1\"," SUBJECT TYPE("x") "\"predicate\":{}}", NULL, NULL},
    {"{\"_type\":\"https://in-toto.io/Statement/v2\"," SUBJECT TYPE("x") "\"predicate\":{}}", "s#",
     "this is no in-toto Statement of version 1 or 0.1 (the member \"_type\" says which)"},
    {HEAD TYPE("x") "\"predicate\":{}}", "s#", "a statement must have at least one subject"},
    {HEAD "\"subject\":[]," TYPE("x") "\"predicate\":{}}", "s#/subject", "a statement must have at least one subject"},
    {HEAD "\"subject\":[{\"name\":\"a\"}]," TYPE("x") "\"predicate\":{}}", "s#/subject/0",
     "a subject must have a digest: by it, and by it alone, it is known"},
    {HEAD "\"subject\":[{\"name\":\"a\",\"digest\":{}}]," TYPE("x") "\"predicate\":{}}", "s#/subject/0",
     "a subject must have a digest: by it, and by it alone, it is known"},
    {HEAD "\"subject\":[{\"digest\":{\"sha256\":1}}]," TYPE("x") "\"predicate\":{}}", "s#/subject/0/digest/sha256",
     "a digest must be text that is not empty"},
    {HEAD "\"subject\":[{\"name\":1,\"digest\":{\"sha256\":\"aa\"}}]," TYPE("x") "\"predicate\":{}}",
     "s#/subject/0/name", "must be text"},
    {HEAD "\"subject\":[\"a\"]," TYPE("x") "\"predicate\":{}}", "s#/subject/0", "must be an object"},
    {HEAD SUBJECT "\"predicate\":{}}", "s#", "a statement must say of what type its predicate is (\"predicateType\")"},
    {HEAD SUBJECT TYPE("x") "\"predicate\":null}", NULL, NULL},
    {HEAD SUBJECT TYPE("https://slsa.dev/provenance/v1") "\"predicate\":null}", "s#", "the predicate is missing"},
    {HEAD SUBJECT TYPE("x") "\"predicate\":[]}", "s#/predicate", "a predicate must be an object"},
    {HEAD SUBJECT TYPE("x") "\"predicate\":\"text\"}", "s#/predicate", "a predicate must be an object"},
    {HEAD SUBJECT TYPE("https://slsa.dev/provenance/v1") "\"x\":1}", "s#", "the predicate is missing"},
    {HEAD SUBJECT TYPE("https://slsa.dev/provenance/v1") "\"predicate\":{\"buildDefinition\":{\"buildType\":\"t\","
                                                         "\"externalParameters\":{}}}}",
     "s#/predicate", "the member \"runDetails\" is missing"},
    {HEAD SUBJECT TYPE("https://slsa.dev/provenance/v1.1") "\"predicate\":{}}", "s#/predicate",
     "the member \"buildDefinition\" is missing"},
    {HEAD SUBJECT TYPE("https://slsa.dev/verification_summary/v1") "\"predicate\":{\"verifier\":{\"id\":\"v\"},"
                                                                   "\"resourceUri\":\"r\",\"policy\":{},"
                                                                   "\"verificationResult\":\"OK\","
                                                                   "\"verifiedLevels\":[]}}",
     "s#/predicate/verificationResult", "must be one of PASSED, FAILED"},
    {HEAD SUBJECT TYPE("https://cyclonedx.org/bom/v1.4") "\"predicate\":{\"bomFormat\":\"CycloneDX\","
                                                         "\"specVersion\":\"1.4\"}}",
     NULL, NULL},
    {HEAD SUBJECT TYPE(
         "https://cyclonedx.org/bom") "\"predicate\":{\"bomFormat\":\"Cyclone\",\"specVersion\":\"1.4\"}}",
     "s#/predicate/bomFormat", "must be one of CycloneDX"},
    {HEAD SUBJECT TYPE("https://spdx.dev/Document") "\"predicate\":\"SPDXVersion: SPDX-2.3\"}", NULL, NULL},
    {HEAD SUBJECT TYPE("https://in-toto.io/attestation/test-result/v0.1") "\"predicate\":{\"result\":\"PASSED\"}}",
     "s#/predicate", "the member \"configuration\" is missing"},
    {HEAD SUBJECT TYPE("tag:akashi,2026:predicate/party/v1") "\"predicate\":{\"name\":\"\xE8\xA8\xBC\",\"roles\":["
                                                             "\"developer\"]}}",
     NULL, NULL},
    {HEAD SUBJECT TYPE("tag:akashi,2026:predicate/party/v1") "\"predicate\":{\"name\":\"x\",\"roles\":[\"boss\"]}}",
     "s#/predicate/roles/0", "must be one of developer, supplier, operator, customer, other"},
    {"{\"_type\":\"a\",\"_type\":\"b\"}", "s#/_type", "this member stands twice in one object"},
    {"[]", "s#", "this is no in-toto Statement of version 1 or 0.1 (the member \"_type\" says which)"},
    {"{", "s:1:2", "the JSON text ends too early"},
};

static void rows_hold(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct statement s;
        struct err e = {0};
        bool ok = statement_parse(&t->ctx, t->a, str_of(rows[i].text), S("s"), &s, &e);
        if (ok != !rows[i].what || (!ok && (strcmp(e.what, rows[i].what) != 0 || strcmp(e.where, rows[i].where) != 0)))
            fail_msg("%s: %s: %s", rows[i].text, e.where, e.what);
    }
}

static void digests_are_read_as_what_they_are(void **state) {
    struct testing *t = *state;
    struct statement s;
    uint32_t n;
    assert_true(
        statement_parse(&t->ctx, t->a,
                        S(HEAD "\"subject\":[{\"digest\":{\"sha1\":\"ABCDEF0123456789abcdef0123456789abcdef01\","
                               "\"somecool\":\"Ab\",\"sha256\":\"fedcba09...\"}}]," TYPE("x") "\"predicate\":{}}"),
                        S("s"), &s, &t->e));
    const struct subject *first = &s.subjects.v[0];
    check_str(first->digests.v[0].hex, "abcdef0123456789abcdef0123456789abcdef01");
    check_str(first->digests.v[1].hex, "Ab");
    check_str(first->digests.v[2].hex, "fedcba09...");
    const struct warning *w = ctx_warnings(&t->ctx, &n);
    assert_int_equal(n, 1);
    check_str(w[0].where, "s#/subject/0/digest/sha256");
}

static void types_are_known_with_and_without_version(void **state) {
    static const struct {
        const char *type, *kind, *word;
    } known[] = {
        {"https://spdx.dev/Document", "sbom", "spdx"},
        {"https://spdx.dev/Document/v2.3", "sbom", "spdx"},
        {"https://spdx.dev/Document/vX", "https://spdx.dev/Document/vX", NULL},
        {"https://spdx.dev/Documentary", "https://spdx.dev/Documentary", NULL},
        {"https://openvex.dev/ns/v0.2.0", "vex", "openvex"},
        {"https://slsa.dev/provenance/v1", "provenance", "slsa"},
        {"https://slsa.dev/provenance/v1.0", "provenance", "slsa"},
        {"https://slsa.dev/provenance/v0.2", "provenance", "slsa-v0.2"},
        {"https://slsa.dev/provenance/v10", "https://slsa.dev/provenance/v10", NULL},
        {"https://in-toto.io/attestation/vulns/v0.1", "vulns", "vulns-v0.1"},
        {"tag:akashi,2026:predicate/key/v1", "key", "key"},
        {"tag:akashi,2026:predicate/key/v2", "tag:akashi,2026:predicate/key/v2", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct predicate *p = predicate_of_type(str_of(known[i].type));
        check_str(statement_kind(str_of(known[i].type)), known[i].kind);
        assert_true(known[i].word ? p && strcmp(p->word, known[i].word) == 0 : !p);
    }
    assert_string_equal(predicate_of_kind(S("sbom"))->word, "cyclonedx");
    assert_string_equal(predicate_of_kind(S("spdx"))->type, "https://spdx.dev/Document");
    assert_null(predicate_of_kind(S("nothing")));
}

static void a_long_type_is_cut_between_characters(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    buf_addz(&b, "x");
    for (int i = 0; i < 200; i++)
        buf_addz(&b, "\xE8\xA8\xBC");
    str kind = statement_kind(buf_str(&b));
    assert_true(kind.n <= LEAF_KIND_MOST && kind.n > LEAF_KIND_MOST - 3 && str_utf8_ok(kind));
    buf_free(&b);
    (void)t;
}

/* ── our own predicates ── */

static bool fits(struct testing *t, const struct predicate *p, str predicate, struct err *e) {
    struct json doc;
    assert_true(json_parse(&t->ctx, t->a, predicate, JSON_STRICT, S("p"), &doc, &t->e));
    return predicate_check(&t->ctx, t->a, str_of(p->type), &doc, doc.root, e);
}

/* The object with one member left out, or replaced, or (key not in it) added. */
static str variant(struct testing *t, struct jv object, str key, const char *instead) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    for (struct jiter it = j_iter(object); j_next(&it);)
        if (!str_eq(it.key, key)) {
            jw_key(&w, it.key);
            jw_val(&w, it.val);
        }
    if (instead) {
        jw_key(&w, key);
        jw_raw(&w, str_of(instead));
    }
    jw_obj_end(&w);
    str s = arena_str(t->a, buf_str(&b));
    buf_free(&b);
    return s;
}

static const struct embedded_file *file_of(const char *name) {
    const struct embedded_file *f = embedded_predicate_schemas;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    return f;
}

/* Each example fits; without a required member, with an unknown one, with a member of another type it does not. */
static void examples_fit_and_near_misses_do_not(void **state) {
    struct testing *t = *state;
    int own = 0;
    for (const struct predicate *p = predicates; p->kind; p++) {
        struct schema s;
        struct json doc;
        struct err e = {0};
        if (!p->schema)
            continue;
        const struct embedded_file *f = file_of(p->schema);
        assert_non_null(f->name);
        if (!schema_load(&t->ctx, t->a, str_n(f->bytes, f->size), str_of(f->name), &s, &e))
            fail_msg("%s: %s", e.where, e.what);
        if (!p->ours)
            continue;
        own++;
        assert_true(json_parse(&t->ctx, t->a, str_n(f->bytes, f->size), JSON_STRICT, S("schema"), &doc, &e));
        check_str(j_gets(doc.root, "$id"), p->type);
        struct jv example = j_at(j_get(doc.root, "examples"), 0);
        assert_true(j_is_obj(example));
        if (!fits(t, p, json_text(example, t->a), &e))
            fail_msg("%s: %s: %s", p->kind, e.where, e.what);
        assert_false(fits(t, p, variant(t, example, S("zz"), "1"), &e));
        assert_string_equal(e.where, "p#/zz");
        for (struct jiter it = j_iter(j_get(doc.root, "required")); j_next(&it);)
            assert_false(fits(t, p, variant(t, example, j_str(it.val), NULL), &e));
        for (struct jiter it = j_iter(example); j_next(&it);) {
            assert_false(fits(t, p, variant(t, example, it.key, "-1.5"), &e));
            assert_string_equal(e.where, arena_printf(t->a, "p#/%.*s", STR_ARG(it.key)).p);
        }
    }
    assert_true(own >= 9);
}

static void a_key_event_needs_what_it_is_about(void **state) {
    static const struct {
        const char *text, *where;
    } keys[] = {
        {"{\"event\":\"rotated\",\"keyId\":\"" HEX64 "\",\"successor\":\"" HEX64 "\"}", NULL},
        {"{\"event\":\"rotated\",\"keyId\":\"" HEX64 "\"}", "p#"},
        {"{\"event\":\"revoked\",\"keyId\":\"" HEX64 "\",\"reason\":\"stolen\"}", NULL},
        {"{\"event\":\"revoked\",\"keyId\":\"" HEX64 "\"}", "p#"},
        {"{\"event\":\"lost\",\"keyId\":\"" HEX64 "\"}", "p#/event"},
        {"{\"event\":\"revoked\",\"keyId\":\"0123\",\"reason\":\"stolen\"}", "p#/keyId"},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct err e = {0};
        bool ok = fits(t, predicate_of_kind(S("key")), str_of(keys[i].text), &e);
        assert_int_equal(ok, !keys[i].where);
        if (keys[i].where && strcmp(e.where, keys[i].where) != 0)
            fail_msg("%s: %s: %s", keys[i].text, e.where, e.what);
    }
}

/* ── writing ── */

static void what_is_written_is_read(void **state) {
    struct testing *t = *state;
    struct subject s = {.name = S("\xE8\xA8\xBC.tar"), .uri = S("pkg:generic/x@1")};
    struct statement back;
    str text;
    *vec_push(t->a, &s.digests) = (struct subject_digest){S("sha256"), S(HEX64)};
    assert_true(
        statement_text(&t->ctx, t->a, S("https://example.com/x"), &s, 1, S("{\"n\": 1.0, \"m\": [ ]}"), &text, &t->e));
    check_str(text, HEAD
              "\"subject\":[{\"name\":\"\xE8\xA8\xBC.tar\",\"uri\":\"pkg:generic/x@1\",\"digest\":{\"sha256\":\"" HEX64
              "\"}}]," TYPE("https://example.com/x") "\"predicate\":{\"n\":1.0,\"m\":[]}}");
    assert_true(statement_parse(&t->ctx, t->a, text, S("s"), &back, &t->e));
    check_str(back.subjects.v[0].uri, "pkg:generic/x@1");

    s.digests.v[0].hex = S("abc");
    assert_false(statement_text(&t->ctx, t->a, S("x"), &s, 1, S("{}"), &text, &t->e));
    s.digests.v[0].hex = S(HEX64);
    assert_false(statement_text(&t->ctx, t->a, S("tag:akashi,2026:predicate/party/v1"), &s, 1, S("{}"), &text, &t->e));
    assert_string_equal(t->e.where, "statement#/predicate");
    assert_false(statement_text(&t->ctx, t->a, S("x"), &s, 1, S("{"), &text, &t->e));
    assert_false(statement_text(&t->ctx, t->a, S("x"), &s, 0, S("{}"), &text, &t->e));
}

/* ── other people's statements ── */

/* Why a file of the shared data is no statement of ours; NULL: it is one. */
static const char *expected(const char *name) {
    static const struct {
        const char *name, *what;
    } refused[] = {
        {"certify-vuln.json", "a subject must have a digest: by it, and by it alone, it is known"},
        {"ingest_predicates.json",
         "this is no in-toto Statement of version 1 or 0.1 (the member \"_type\" says which)"},
        {"build-provenance-01.json",
         "this is no in-toto Statement of version 1 or 0.1 (the member \"_type\" says which)"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (strcmp(name, refused[i].name) == 0)
            return refused[i].what;
    return NULL;
}

static void read_folder(struct testing *t, str dir, int *seen) {
    DIR *d = opendir(arena_cstr(t->a, dir));
    for (struct dirent *f; d && (f = readdir(d));) {
        struct statement s;
        struct json doc;
        struct err e = {0};
        str text, path = path_join(t->a, dir, arena_str(t->a, str_of(f->d_name)));
        if (f->d_name[0] == '.')
            continue;
        assert_true(file_read(&t->ctx, t->a, path, &text, &e));
        assert_true(json_parse(&t->ctx, t->a, text, JSON_STRICT, path, &doc, &e));
        if (j_ok(j_get(doc.root, "payload")))
            assert_true(base64_bytes(t->a, j_gets(doc.root, "payload"), true, &text));
        bool ok = statement_parse(&t->ctx, t->a, text, path, &s, &e);
        const char *want = expected(f->d_name);
        if (ok ? want != NULL : !want || strcmp(want, e.what) != 0)
            fail_msg("%s: %s: %s", f->d_name, e.where, ok ? "was to be refused" : e.what);
        ++*seen;
    }
    if (d)
        closedir(d);
}

static void statements_of_others_are_read_or_refused_for_a_reason(void **state) {
    static const char *const folders[] = {"in-toto-spec/statements", "slsa-spec", "guac", "trivy"};
    struct testing *t = *state;
    str shared = shared_data(t->a, "attestations");
    int seen = 0;
    if (!shared.p)
        skip();
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        read_folder(t, arena_printf(t->a, "%.*s/attestations/%s", STR_ARG(shared), folders[i]), &seen);
    assert_true(seen >= 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(rows_hold),
        TEST(digests_are_read_as_what_they_are),
        TEST(types_are_known_with_and_without_version),
        TEST(a_long_type_is_cut_between_characters),
        TEST(examples_fit_and_near_misses_do_not),
        TEST(a_key_event_needs_what_it_is_about),
        TEST(what_is_written_is_read),
        TEST(statements_of_others_are_read_or_refused_for_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
