/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents read by other processes. This program is also the one that reads them: "plumb reader".
 */
#include "serve/confined.h"

#include <unistd.h>

#include "base/testing.h"
#include "conform/gap.h"
#include "conform/import.h"
#include "seal/keytext.h"

static const char document[] =
    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[{\"type\":\"library\","
    "\"name\":\"left\",\"version\":\"1\",\"purl\":\"pkg:npm/left@1.0.0\"}]}";

static struct reading_plan plan_of(const char *text, const char *whose, unsigned kind) {
    return (struct reading_plan){
        .kind = kind, .text = str_of(text), .name = S("it.json"), .whose = str_of(whose), .lang = "en", .seconds = 60};
}

static struct readers *open_some(const char *program, unsigned most) {
    struct readers *r;
    readers_open(&(struct readers_plan){.program = program, .most = most}, &r);
    return r;
}

static void what_is_found_comes_back(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 2);
    struct reading_plan plan = plan_of(document, "u", IMPORT_SBOM);
    struct gist g;
    for (int i = 0; i < 3; i++) {
        assert_true(readers_gist(r, &plan, t->a, &g, &t->e));
        assert_int_equal(g.parts.n, 1);
        check_str(g.parts.v[0].key, "pkg:npm/left@1.0.0");
    }
    plan.text = S("{");
    assert_false(readers_gist(r, &plan, t->a, &g, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    assert_string_equal(t->e.where, "it.json:1:2");
    plan.lang = "ja";
    struct err ja = {0};
    assert_false(readers_gist(r, &plan, t->a, &g, &ja));
    assert_string_not_equal(ja.what, t->e.what);
    struct readers_state s = readers_state(r);
    assert_int_equal(s.started, 1); /* a fault of a document is none of its reader's */
    assert_int_equal(s.documents, 5);
    readers_close(r);
}

static void a_sheet_comes_back(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 1);
    const struct reading_plan plan = plan_of("id,name,roles\nacme,Acme,supplier\nbad,B,nobody\n", "u", IMPORT_PARTIES);
    struct sheet s;
    assert_true(readers_sheet(r, &plan, &t->ctx, t->a, &s, &t->e));
    assert_int_equal(s.rows.n, 1);
    check_str(s.rows.v[0].form.id, "acme");
    assert_int_equal(s.faulty, 1);
    assert_string_equal(s.faults.v[0].where, "it.json:3");
    readers_close(r);
}

static void an_archived_sbom_comes_back_as_a_sketch(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 1);
    static const struct {
        const char *text, *where; /* NULL: it can be read */
    } rows[] = {{document, NULL}, {"{\"bomFormat\":", "it.json:1:14"}, {"{\"payload\":\"e30=\"}", "it.json"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct reading_plan plan = plan_of(rows[i].text, "u", READ_SKETCH);
        struct err e = {0};
        struct sbom *s;
        bool ok = readers_sketch(r, &plan, t->a, &s, &e);
        if (ok != !rows[i].where || (!ok && strcmp(e.where, rows[i].where) != 0))
            fail_msg("%zu: %s: %s", i, e.where, e.what);
        if (ok) {
            assert_int_equal(s->components.n, 1);
            check_str(s->components.v[0].purl, "pkg:npm/left@1.0.0");
        }
    }
    assert_int_equal(readers_state(r).started, 1);
    readers_close(r);
}

static void a_bundle_comes_back_taken_apart(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 1);
    static const struct {
        const char *text, *where; /* NULL: it can be read */
    } rows[] = {
        {"{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"k\",\"sig\":\"AAA=\"}]}", NULL},
        {"{\"bundle\":\"akashi/1\",\"statements\":[],\"documents\":[{\"sha256\":\"00\"}]}", "it.json#/documents/0"},
        {"{\"bundle\":", "it.json:1:11"},
        {"[[[[", "it.json:1:5"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct reading_plan plan = plan_of(rows[i].text, "u", READ_BUNDLE);
        struct err e = {0};
        struct bundle b;
        bool ok = readers_bundle(r, &plan, t->a, &b, &e);
        if (ok != !rows[i].where || (!ok && strcmp(e.where, rows[i].where) != 0))
            fail_msg("%zu: %s: %s", i, e.where, e.what);
        if (ok) {
            assert_int_equal(b.statements.n, 1);
            check_str(b.statements.v[0].envelope.payload, "{}");
            check_str(b.statements.v[0].text, rows[i].text);
        }
    }
    assert_int_equal(readers_state(r).started, 1);
    readers_close(r);
}

static void a_catalogue_comes_back_in_our_form(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 1);
    static const struct {
        const char *text, *id, *format, *where; /* where NULL: it can be read */
    } rows[] = {
        {"id,title\nA.1,One\nA.2,Two\n", "mine", "csv", NULL},
        {"id,title\nA.1,One\n", "", "csv", NULL}, /* named after the file */
        {"{\"catalog\":", "mine", NULL, "it.json:1:12"},
        {"{\"hello\":1}", "mine", NULL, "it.json"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct reading_plan plan = plan_of(rows[i].text, "u", 0);
        struct catalogue_import x = {.alone = true, .id = str_of(rows[i].id)};
        struct catalogue k;
        struct err e = {0};
        if (!x.id.n)
            x.id.p = NULL;
        bool ok = readers_catalogue(r, &plan, t->a, &x, &e);
        if (ok != !rows[i].where || (!ok && strncmp(e.where, rows[i].where, strlen(rows[i].where)) != 0))
            fail_msg("%zu: %s: %s", i, e.where, e.what);
        if (!ok)
            continue;
        assert_string_equal(x.format, rows[i].format);
        assert_true(catalogue_read(&t->ctx, t->a, x.json, S("it"), &k, &t->e));
        check_str(k.id, *rows[i].id ? rows[i].id : "it");
    }
    assert_int_equal(readers_state(r).started, 1);
    readers_close(r);
}

static void a_sheet_of_what_is_met_comes_back(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 1);
    struct reading_plan plan = plan_of("catalogue,id,level\ncip,S(1)-2.2,3\n,A.1,\n", "u", 0);
    struct hads all;
    assert_true(readers_gap(r, &plan, t->a, &all, &t->e));
    assert_int_equal(all.n, 2);
    check_str(all.v[0].id, "S(1)-2.2");
    assert_int_equal(all.v[0].level, 3);
    assert_int_equal(all.v[1].level, -1);
    assert_int_equal(all.v[1].line, 3);
    plan.text = S("id,level\nA,9\n");
    assert_false(readers_gap(r, &plan, t->a, &all, &t->e));
    assert_string_equal(t->e.where, "it.json:2");
    readers_close(r);
}

static void a_key_comes_back(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 1);
    struct privkey *made;
    struct key_text k;
    str text;
    assert_true(privkey_new(SIG_ED25519, &made, &t->e));
    assert_true(keytext_write(t->a, KEY_SSH, privkey_public(made), S("hanako"), &text, &t->e));
    struct reading_plan plan = plan_of(arena_cstr(t->a, text), "u", 0);
    assert_true(readers_key(r, &plan, t->a, &k, &t->e));
    assert_true(pubkey_eq(&k.key, privkey_public(made)));
    assert_int_equal(k.form, KEY_SSH);
    check_str(k.name, "hanako");
    privkey_free(made);
    plan.text = S("ssh-ed25519 AAAA");
    assert_false(readers_key(r, &plan, t->a, &k, &t->e));
    assert_int_equal(t->e.kind, ERR_INPUT);
    readers_close(r);
}

/* No process reads for two people, even where there is room for one alone. */
static void nobody_reads_for_two(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 1);
    const char *const whose[] = {"a", "a", "b", "a"};
    struct gist g;
    for (size_t i = 0; i < 4; i++) {
        struct reading_plan plan = plan_of(document, whose[i], IMPORT_SBOM);
        assert_true(readers_gist(r, &plan, t->a, &g, &t->e));
    }
    struct readers_state s = readers_state(r);
    assert_int_equal(s.started, 3);
    assert_int_equal(s.running, 1);
    readers_close(r);
}

/* One that has read a large document, or many, is not asked again. */
static void a_tired_reader_is_replaced(void **state) {
    struct testing *t = *state;
    struct readers *r = open_some(NULL, 1);
    struct buf large = {0};
    struct gist g;
    buf_addz(&large, document);
    while (large.n <= READER_BYTES)
        buf_addc(&large, ' ');
    struct reading_plan plan = plan_of(document, "u", IMPORT_SBOM);
    plan.text = buf_str(&large);
    assert_true(readers_gist(r, &plan, t->a, &g, &t->e));
    struct readers_state s = readers_state(r);
    assert_int_equal(s.running, 0);
    plan.text = str_of(document);
    for (unsigned i = 0; i <= READER_DOCUMENTS; i++)
        assert_true(readers_gist(r, &plan, t->a, &g, &t->e));
    s = readers_state(r);
    assert_int_equal(s.started, 3);
    assert_int_equal(s.running, 1);
    assert_int_equal(s.lost, 0);
    buf_free(&large);
    readers_close(r);
}

/* A process that dies, or that talks nonsense, is one failed reading. */
static void a_bad_reader_is_one_failed_reading(void **state) {
    struct testing *t = *state;
    static const char *const programs[] = {"/bin/false", "/bin/echo"};
    struct gist g;
    for (size_t i = 0; i < 2; i++) {
        struct readers *r = open_some(programs[i], 1);
        for (int k = 0; k < 2; k++) {
            struct reading_plan plan = plan_of(document, "u", k ? READ_SKETCH : IMPORT_SBOM);
            struct sbom *s;
            assert_false(k ? readers_sketch(r, &plan, t->a, &s, &t->e) : readers_gist(r, &plan, t->a, &g, &t->e));
            assert_true(t->e.kind == ERR_LIMIT || t->e.kind == ERR_INPUT);
            assert_string_equal(t->e.where, "it.json");
        }
        assert_int_equal(readers_state(r).running, 0);
        readers_close(r);
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {TEST(what_is_found_comes_back),
                                       TEST(a_sheet_comes_back),
                                       TEST(an_archived_sbom_comes_back_as_a_sketch),
                                       TEST(a_bundle_comes_back_taken_apart),
                                       TEST(a_catalogue_comes_back_in_our_form),
                                       TEST(a_sheet_of_what_is_met_comes_back),
                                       TEST(a_key_comes_back),
                                       TEST(nobody_reads_for_two),
                                       TEST(a_tired_reader_is_replaced),
                                       TEST(a_bad_reader_is_one_failed_reading)};
    if (argc == 3 && strcmp(argv[1], "plumb") == 0) {
        struct ctx c;
        ctx_init(&c);
        reader_run(&c);
        _exit(0);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
