/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/import.h"

#include "base/embedded.h"
#include "base/testing.h"
#include "conform/oscal.h"

static struct catalogue import(struct testing *t, str text, const char *where, const char *format) {
    struct catalogue_import x = {.text = text, .where = str_of(where)};
    struct catalogue k = {0};
    struct err e = {0};
    if (!catalogue_import(&t->ctx, t->a, &x, &e) || !catalogue_read(&t->ctx, t->a, x.json, S("made"), &k, &e))
        fail_msg("%s: %s: %s", where, e.where, e.what);
    assert_string_equal(x.format, format);
    return k;
}

static const struct {
    const char *file, *format;
    uint32_t practices, groups, packages;
    const char *practice, *group, *unit;
} shared[] = {
    {"nist-sp-800-218-ssdf-1.1.json", "list", 42, 23, 0, "PW.6.1", "PW.6", "section"},
    {"nist-sp-800-53-rev5-low-baseline.oscal.json", "oscal", 149, 18 + 11, 0, "ia-2.1", "ia-2", "family"},
    {"oscal-basic-catalog.json", "oscal", 0, 0, 0, "s1.1.2", "s1.1", "group"},
    {"oscal-example-component-definition.json", "oscal-component", 3, 1, 0, "sc-8.1", "1.1", "component"},
    {"owasp-asvs-5.0.0-en.cdx.json", "cyclonedx", 345, 97, 3, "V1.1.2", "V1.1", "section"},
    {"owasp-asvs-5.0.0-en.flat.json", "list", 345, 97, 3, "V1.1.2", "V1.1", "section"},
    {"owasp-asvs-5.0.0-en.csv", "csv", 345, 97, 3, "V1.1.2", "V1.1", "section"},
};

static void what_others_publish(void **state) {
    struct testing *t = *state;
    str folder = shared_data(t->a, "catalogs");
    if (!folder.p)
        skip();
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        str path = path_join(t->a, path_join(t->a, folder, S("catalogs")), str_of(shared[i].file)), text;
        assert_true(file_read(&t->ctx, t->a, path, &text, &t->e));
        struct catalogue k = import(t, text, arena_cstr(t->a, path), shared[i].format);
        if (shared[i].practices && (k.practices.n != shared[i].practices || k.groups.n != shared[i].groups))
            fail_msg("%s: %u practices, %u groups", shared[i].file, k.practices.n, k.groups.n);
        assert_int_equal(k.packages.n, shared[i].packages);
        const struct practice *p = practice_of(&k, str_of(shared[i].practice));
        assert_non_null(p);
        check_str(k.groups.v[p->group].id, shared[i].group);
        check_str(k.unit, shared[i].unit);
    }
}

static int lowest(const struct practice *p) {
    int n = 0;
    while (n < 8 && p->targets[n] < 0)
        n++;
    return n;
}

/* One list in the three forms it is published in: CycloneDX, objects, rows. */
static const char *const forms[] = {"cyclonedx", "list", "csv"};
static void check_forms(struct testing *t, const str text[3]) {
    struct catalogue k[3];
    for (int i = 0; i < 3; i++)
        k[i] = import(t, text[i], forms[i], forms[i]);
    for (uint32_t n = 0; n < k[0].practices.n; n++)
        for (int i = 1; i < 3; i++) {
            const struct practice *p = practice_of(&k[i], k[0].practices.v[n].id);
            assert_non_null(p);
            assert_true(str_eq(p->title.en, k[0].practices.v[n].title.en));
            check_str(k[i].groups.v[p->group].id, arena_cstr(t->a, k[0].groups.v[k[0].practices.v[n].group].id));
            /* CycloneDX lists a requirement where it is added; rows say from which level on. */
            if (lowest(p) != lowest(&k[0].practices.v[n]))
                fail_msg("%.*s: levels differ in %s", STR_ARG(p->id), forms[i]);
        }
}

static void shared_levels_are_the_same(void **state) {
    struct testing *t = *state;
    str folder = shared_data(t->a, "catalogs"), text[3];
    static const char *const files[] = {"owasp-asvs-5.0.0-en.cdx.json", "owasp-asvs-5.0.0-en.flat.json",
                                        "owasp-asvs-5.0.0-en.csv"};
    if (!folder.p)
        skip();
    for (int i = 0; i < 3; i++) {
        str path = path_join(t->a, path_join(t->a, folder, S("catalogs")), str_of(files[i]));
        assert_true(file_read(&t->ctx, t->a, path, &text[i], &t->e));
    }
    check_forms(t, text);
}

static void levels_are_the_same(void **state) {
    struct testing *t = *state;
    str text[] = {
        S("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"declarations\":{\"standards\":[{\"name\":\"T\","
          "\"version\":"
          "\"1\",\"requirements\":[{\"bom-ref\":\"c\",\"identifier\":\"C1\",\"title\":\"Doors\"},{\"bom-ref\":\"s\","
          "\"identifier\":\"C1.1\",\"title\":\"Locks\",\"parent\":\"c\"},{\"bom-ref\":\"a\",\"identifier\":\"C1.1.1\","
          "\"text\":\"Lock them.\",\"parent\":\"s\"},{\"bom-ref\":\"b\",\"identifier\":\"C1.1.2\",\"text\":\"Change "
          "the "
          "locks.\",\"parent\":\"s\"}],\"levels\":[{\"bom-ref\":\"l1\",\"identifier\":\"1\",\"requirements\":[\"a\"]},"
          "{\"bom-ref\":\"l2\",\"identifier\":\"2\",\"requirements\":[\"b\"]}]}]}}"),
        S("{\"requirements\":[{\"chapter_id\":\"C1\",\"chapter_name\":\"Doors\",\"section_id\":\"C1.1\",\"section_"
          "name\":"
          "\"Locks\",\"req_id\":\"C1.1.1\",\"req_description\":\"Lock them.\",\"L\":\"1\"},{\"chapter_id\":\"C1\","
          "\"chapter_name\":\"Doors\",\"section_id\":\"C1.1\",\"section_name\":\"Locks\",\"req_id\":\"C1.1.2\","
          "\"req_description\":\"Change the locks.\",\"L\":\"2\"}]}"),
        S("chapter_id,chapter_name,section_id,section_name,req_id,req_description,L\n"
          "C1,Doors,C1.1,Locks,C1.1.1,Lock them.,1\nC1,Doors,C1.1,Locks,C1.1.2,Change the locks.,2\n"),
    };
    check_forms(t, text);
}

/* ── our own, through OSCAL and back ── */

static void nothing_is_lost_in_oscal(void **state) {
    struct testing *t = *state;
    for (const struct embedded_file *f = embedded_catalogues; f->name; f++) {
        const struct catalogue *k;
        str text;
        assert_true(catalogue_find(&t->ctx, NULL, t->a, str_of(f->name), &k, &t->e));
        assert_true(oscal_catalogue(&t->ctx, t->a, k, &text, &t->e));
        struct catalogue back = import(t, text, "x.json", "oscal");
        if (!str_eq(back.digest, k->digest))
            fail_msg("%s: %.*s\n became %.*s", f->name, STR_ARG(k->text), STR_ARG(back.text));
    }
}

static void odd_names_survive(void **state) {
    struct testing *t = *state;
    struct catalogue k;
    const char *text =
        "{\"catalogue\":1,\"id\":\"x\",\"version\":\" 1\",\"title\":\"a\\nb\",\"status\":\"own\",\"unit\":\"r\","
        "\"groups\":[{\"id\":\" G\\u2028\",\"kind\":\"r\",\"title\":\"g\"},{\"id\":\"1\",\"kind\":\"r\",\"parent\":\" "
        "G\\u2028\",\"title\":\"g\"}],\"practices\":[{\"id\":\"(1)\",\"group\":\"1\",\"title\":\"x\"},{\"id\":\"[1]\","
        "\"group\":\" G\\u2028\",\"title\":\"\\u2028\",\"text\":\"two\\nlines \"},{\"id\":\"管理 1\",\"group\":\"1\","
        "\"title\":\"t\"}]}";
    assert_true(catalogue_read(&t->ctx, t->a, str_of(text), S("x"), &k, &t->e));
    str out;
    assert_true(oscal_catalogue(&t->ctx, t->a, &k, &out, &t->e));
    struct catalogue back = import(t, out, "y.json", "oscal");
    assert_true(str_eq(back.text, k.text));
}

static void tokens(void **state) {
    struct testing *t = *state;
    static const char *const rows[][2] = {{"S(1)-2.2", "S_1_-2.2"}, {"1.2", "_1.2"}, {"", "_"},           {"-a", "_a"},
                                          {"管理・1", "管理_1"},    {"a b", "a_b"},  {"PW.6.1", "PW.6.1"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_str(oscal_token(t->a, str_of(rows[i][0])), rows[i][1]);
    check_str(str_upto(str_from(oscal_uuid(t->a, S("a"), S("b")), 14), 1), "5");
    assert_true(str_eq(oscal_uuid(t->a, S("a"), S("b")), oscal_uuid(t->a, S("a"), S("b"))));
    assert_false(str_eq(oscal_uuid(t->a, S("a"), S("b")), oscal_uuid(t->a, S("c"), S("b"))));
}

/* ── profiles ── */

#define CONTROLS                                                                                                       \
    "{\"catalog\":{\"metadata\":{\"title\":\"C\"},\"groups\":[{\"id\":\"a\",\"class\":\"family\",\"title\":\"A\","     \
    "\"controls\":["                                                                                                   \
    "{\"id\":\"a-1\",\"title\":\"one\",\"params\":[{\"id\":\"p\",\"label\":\"how "                                     \
    "often\"}],\"parts\":[{\"name\":\"statement\","                                                                    \
    "\"prose\":\"Look {{ insert: param, p "                                                                            \
    "}}:\",\"parts\":[{\"name\":\"item\",\"props\":[{\"name\":\"label\",\"value\":\"a.\"}],"                           \
    "\"prose\":\"here\"}]}]},{\"id\":\"a-2\",\"title\":\"two\",\"controls\":[{\"id\":\"a-2.1\",\"title\":\"more\"}]}]" \
    "},"                                                                                                               \
    "{\"id\":\"b\",\"title\":\"B\",\"controls\":[{\"id\":\"b-1\",\"title\":\"b\"}]}]}}"

static void controls_and_their_text(void **state) {
    struct testing *t = *state;
    struct catalogue k = import(t, S(CONTROLS), "c.json", "oscal");
    check_str(k.id, "c");
    check_str(practice_of(&k, S("a-1"))->text.en, "Look [how often]:\na. here");
    check_str(k.groups.v[practice_of(&k, S("a-2.1"))->group].id, "a-2");
    check_str(k.groups.v[practice_of(&k, S("a-2"))->group].id, "a-2");
    check_str(k.groups.v[practice_of(&k, S("a-1"))->group].kind, "family");
}

static const struct {
    const char *imports, *ids, *where;
} profiles[] = {
    {"{\"href\":\"#c\",\"include-all\":{}}", "a-1 a-2 a-2.1 b-1", NULL},
    {"{\"href\":\"#c\"}", "a-1 a-2 a-2.1 b-1", NULL},
    {"{\"href\":\"#c\",\"include-controls\":[{\"with-ids\":[\"a-2\",\"b-1\"]}]}", "a-2 b-1", NULL},
    {"{\"href\":\"#c\",\"include-controls\":[{\"with-child-controls\":\"yes\",\"with-ids\":[\"a-2\"]}]}", "a-2 a-2.1",
     NULL},
    {"{\"href\":\"#c\",\"include-controls\":[{\"matching\":[{\"pattern\":\"a-*\"}]}],\"exclude-controls\":[{\"with-"
     "ids\":[\"a-2\"]}]}",
     "a-1 a-2.1", NULL},
    {"{\"href\":\"#c\",\"include-controls\":[{\"with-ids\":[\"z-9\"]}]}", NULL,
     "p.json#/profile/imports/0/include-controls/0/with-ids/0"},
    {"{\"href\":\"#c\",\"include-all\":{},\"exclude-controls\":[{\"matching\":[{\"pattern\":\"*\"}]}]}", NULL,
     "p.json"},
};

static void profiles_choose(void **state) {
    struct testing *t = *state;
    struct catalogue k = import(t, S(CONTROLS), "c.json", "oscal");
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        struct catalogue chosen;
        struct catalogue_import x = {.where = S("p.json"), .onto = &k};
        struct err e = {0};
        struct buf b = {0};
        x.text = arena_printf(t->a, "{\"profile\":{\"metadata\":{\"title\":\"P\"},\"imports\":[%s]}}",
                              profiles[i].imports);
        bool ok = catalogue_import(&t->ctx, t->a, &x, &e);
        if (!profiles[i].ids) {
            assert_false(ok);
            assert_string_equal(e.where, profiles[i].where);
            continue;
        }
        if (!ok || !catalogue_read(&t->ctx, t->a, x.json, S("made"), &chosen, &e))
            fail_msg("%s: %s %s", profiles[i].imports, e.where, e.what);
        for (uint32_t n = 0; n < chosen.practices.n; n++)
            buf_addf(&b, "%s%.*s", n ? " " : "", STR_ARG(chosen.practices.v[n].id));
        check_str(buf_str(&b), profiles[i].ids);
        check_str(chosen.title.en, "P");
        buf_free(&b);
    }
}

static void a_package_is_a_profile(void **state) {
    struct testing *t = *state;
    const struct catalogue *k;
    struct catalogue chosen;
    str text;
    uint32_t wanted = 0;
    assert_true(catalogue_find(&t->ctx, NULL, t->a, S("cip"), &k, &t->e));
    assert_true(oscal_profile(&t->ctx, t->a, k, S("minimum"), S("cip.oscal.json"), &text, &t->e));
    struct catalogue_import x = {.text = text, .where = S("p.json"), .onto = k};
    assert_true(catalogue_import(&t->ctx, t->a, &x, &t->e));
    assert_true(catalogue_read(&t->ctx, t->a, x.json, S("made"), &chosen, &t->e));
    for (uint32_t i = 0; i < k->practices.n; i++)
        if (k->practices.v[i].targets[package_number(k, S("minimum"))] >= 0) {
            wanted++;
            assert_non_null(practice_of(&chosen, k->practices.v[i].id));
        }
    assert_int_equal(chosen.practices.n, wanted);
    assert_false(oscal_profile(&t->ctx, t->a, k, S("none"), S("c"), &text, &t->e));
}

/* ── lists ── */

static const struct {
    const char *text, *where, *what;
} bad[] = {
    {"id,title\nA,a\nA,b\n", "g.csv:3", "two requirements have this id: A"},
    {"title,text\na,b\n", "g.csv:1", "there is no column 'id'"},
    {"id,title\n", "g.csv", "there is no requirement in it"},
    {"", "g.csv", "there is no requirement in it"},
    {"id,title\nA,a\n,b\n", "g.csv:3", "this requirement has no id"},
    {"id,title\nA,a,c\n", "g.csv:2", "this row has more cells than the head"},
    {"id,title\nA,\"a\n", "g.csv:2", "a quotation mark is not closed"},
    {"id,title,parent\nA,a,B\n", "g.csv:2", "there is no parent of this id: B"},
    {"{\"items\":[{\"id\":\"A\"},{\"id\":\"A\"}]}", "g.csv#/items/1", "two requirements have this id: A"},
    {"{\"hello\":1}", "g.csv", "this is no list of requirements in any format that is known here"},
    {"{\"bomFormat\":\"CycloneDX\",\"definitions\":{\"standards\":[{\"requirements\":[{\"bom-ref\":\"a\",\"parent\":"
     "\"b\"}]}]}}",
     "g.csv#/definitions/standards/0/requirements/0/parent", "there is no parent of this id: b"},
    {"{\"catalog\":{\"controls\":[{\"title\":\"x\"}]}}", "g.csv#/catalog/controls/0", "this control has no id"},
};

static void bad_ones_are_refused_at_their_place(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct catalogue_import x = {.text = str_of(bad[i].text), .where = S("g.csv")};
        struct err e = {0};
        assert_false(catalogue_import(&t->ctx, t->a, &x, &e));
        assert_string_equal(e.where, bad[i].where);
        assert_string_equal(e.what, bad[i].what);
    }
}

static void a_guideline_of_ones_own(void **state) {
    struct testing *t = *state;
    struct catalogue k = import(
        t, S("識別子,題名,本文,分類\n1-1,台帳,資産の台帳を作る,資産\n1-2,,\"'=管理者を\n決める\",資産\n"), "社内.csv",
        "csv");
    assert_int_equal(k.practices.n, 2);
    check_str(k.id, "own");
    check_str(k.status, "own");
    check_str(practice_of(&k, S("1-1"))->title.ja, "台帳");
    check_str(practice_of(&k, S("1-1"))->text.ja, "資産の台帳を作る");
    check_str(k.groups.v[practice_of(&k, S("1-2"))->group].id, "資産");
    /* 識別子,題名 in Shift_JIS */
    k = import(t, S("\x8E\xAF\x95\xCA\x8E\x71,\x91\xE8\x96\xBC\r\nA,\x91\xE4\x92\xA0\r\n"), "guide.csv", "csv");
    check_str(practice_of(&k, S("A"))->title.en, "台帳");
    check_str(k.id, "guide");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_others_publish),     TEST(shared_levels_are_the_same),
        TEST(levels_are_the_same),     TEST(nothing_is_lost_in_oscal),
        TEST(odd_names_survive),       TEST(tokens),
        TEST(controls_and_their_text), TEST(profiles_choose),
        TEST(a_package_is_a_profile),  TEST(bad_ones_are_refused_at_their_place),
        TEST(a_guideline_of_ones_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
