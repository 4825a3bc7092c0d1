/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/things_csv.h"

#include "impact/things_state.h"
#include "impact/things_testing.h"

/* "id=field:value,…; …" and faults "place what" */
static str told(struct arena *a, const struct sheet *s) {
    struct buf b = {0};
    for (uint32_t i = 0; i < s->rows.n; i++) {
        const struct form *f = &s->rows.v[i].form;
        buf_addf(&b, "%.*s", STR_ARG(f->id));
        for (uint32_t k = 0; k < thing_shapes[s->kind].n; k++)
            if (f->v[k].p)
                buf_addf(&b, " %s=%.*s", thing_shapes[s->kind].fields[k].name, STR_ARG(f->v[k]));
        buf_addf(&b, " (%u)\n", s->rows.v[i].line);
    }
    for (uint32_t i = 0; i < s->faults.n; i++)
        buf_addf(&b, "! %s: %s\n", s->faults.v[i].where, s->faults.v[i].what);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void sheets_are_read(void **state) {
    struct testing *t = *state;
    static const struct {
        enum thing_kind kind;
        str text;
        const char *want; /* or the place and text of what is wrong with all of it */
    } rows[] = {
        {THING_PARTY, S_INIT("id,name,roles\r\na,\"A, \"\"x\"\"\r\nB\",supplier\r\n\r\nb,B,customer;operator\r\n"),
         "a name=A, \"x\"\r\nB roles=supplier (2)\nb name=B roles=operator;customer (5)\n"},
        {THING_DEPLOYMENT, S_INIT("\xEF\xBB\xBF製品,識別子,開始日,追従\nthing,h/emr,2025/10/1,はい\n"),
         "h/emr product=thing follows=true since=2025-10-01 (2)\n"},
        {THING_DEPLOYMENT, S_INIT("識別子,製品,区画\nd,p,dc\n"), "d product=p zone=dc (2)\n"},
        {THING_DEPLOYMENT, S_INIT("識別子,製品,ゾーン\nd,p,dc\n"), "d product=p zone=dc (2)\n"}, /* as before */
        /* Shift_JIS: 識別子,名称 / a,病院 */
        {THING_SERVICE, S_INIT("\x8E\xAF\x95\xCA\x8E\x71,\x96\xBC\x8F\xCC\na,\x95\x61\x89\x40\n"), "a name=病院 (2)\n"},
        {THING_PRODUCT, S_INIT("ID,Support_Until,END OF LIFE\np,,2031-03-31\n"), "p end-of-life=2031-03-31 (2)\n"},
        {THING_SERVICE, S_INIT("id,mtpd,population\na,-4h,1\nb c,4h,1\nd,4h,many\ne,4h,1\n,,\n,4h,1\nf,1h,1,000\n"),
         "e mtpd=PT4H population=1 (5)\n"
         "! f:2: mtpd: a duration cannot be negative: -4h\n"
         "! f:3: id: 'b c' cannot be an id\n"
         "! f:4: population: 'many' is no number from 0 to 100000000000\n"
         "! f:7: id: the id is missing\n"
         "! f:8: this row has 4 cells, the head has 3\n"},
        {THING_PARTY, S_INIT("id,name\na,x\na,x\na,y\n"),
         "a name=x (2)\n! f:4: 'a' stands in line 2 already, with something else\n"},
        {THING_PARTY, S_INIT("id,nom\na,x\n"), "f:1 there is no field 'nom'"},
        {THING_PARTY, S_INIT("id,name,名称\na,x\n"), "f:1 the column '名称' stands twice"},
        {THING_PARTY, S_INIT("\nname\nx\n"), "f:2 there is no column 'id'"},
        {THING_PARTY, S_INIT(""), "f this sheet is empty"},
        {THING_PARTY, S_INIT("id,name\na,\"x\nb,y\n"), "! f:2: a quote is opened here and never closed\n"},
        {THING_PARTY, S_INIT("id,name\na,x\nb c,y\nd,\"z\ne,y\n"),
         "a name=x (2)\n! f:3: id: 'b c' cannot be an id\n! f:4: a quote is opened here and never closed\n"},
        {THING_PARTY, S_INIT("id,\"name\na,x\n"), "f:1 a quote is opened here and never closed"},
        {THING_PARTY, S_INIT("id;name\na;x\n"), "f:1 there are no commas between the columns"},
        {THING_PARTY, S_INIT("id\tname\na\tx\n"), "f:1 there are no commas between the columns"},
        /* Full-width blanks, digits and signs, and days and times as a Japanese office writes them. */
        {THING_DEPLOYMENT,
         S_INIT("　識別子　,製品,開始日,終了日,公開範囲\n　ｄ　,p,２０２６年４月１日,R9.3.31,　ｏｐｅｎ\n"),
         "ｄ product=p exposure=open since=2026-04-01 until=2027-03-31 (2)\n"},
        {THING_SERVICE,
         S_INIT("id,名称,最大許容停止時間,復旧時間,利用者数,代替率\ns,　Ａ病院　本館　,４時間,1日12時間,"
                "\"１，２００，０００人\",３０％\n"),
         "s name=Ａ病院　本館 mtpd=PT4H restore=P1DT12H population=1200000 substitutes=30 (2)\n"},
        {THING_PARTY, S_INIT("id,役割\na,供給者；運用者、顧客\nb　c,供給者\n"),
         "a roles=supplier;operator;customer (2)\n! f:3: id: 'b　c' cannot be an id\n"},
        {THING_PARTY, S_INIT("id,name\na,\xFF\xFF\n"), "f:2 this is neither UTF-8 nor Shift_JIS"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sheet s;
        t->e = (struct err){0};
        if (sheet_read(&t->ctx, t->a, rows[i].kind, rows[i].text, S("f"), &s, &t->e))
            check_str(told(t->a, &s), rows[i].want);
        else
            check_str(arena_printf(t->a, "%s %s", t->e.where, t->e.what), rows[i].want);
    }
}

static void sheets_go_round(void **state) {
    struct testing *t = *state;
    for (int japanese = 0; japanese < 2; japanese++)
        for (int k = 0; k < 4; k++) {
            struct form f = {.kind = (enum thing_kind)k, .id = S("-x")};
            struct buf b = {0};
            struct sheet s;
            for (uint32_t i = 0; i < thing_shapes[k].n; i++)
                if (thing_shapes[k].fields[i].type == FIELD_TEXT && strcmp(thing_shapes[k].fields[i].name, "purl") != 0)
                    f.v[i] = S("=a \"b\", c\nd");
            sheet_head(&b, f.kind, japanese);
            sheet_line(&b, &f);
            if (!sheet_read(&t->ctx, t->a, f.kind, buf_str(&b), S("f"), &s, &t->e))
                fail_msg("%s: %s", t->e.where, t->e.what);
            assert_int_equal(s.rows.n, 1);
            assert_true(form_same(&s.rows.v[0].form, &f));
            buf_free(&b);
        }
}

static void faults_are_bounded(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    struct sheet s;
    buf_addz(&b, "id,name\n");
    for (int i = 0; i < 1000; i++)
        buf_addz(&b, "a b,x\n");
    assert_true(sheet_read(&t->ctx, t->a, THING_PARTY, buf_str(&b), S("f"), &s, &t->e));
    assert_int_equal(s.faults.n, 100);
    assert_int_equal(s.faulty, 1000);
    buf_free(&b);
}

static void rings_are_found(void **state) {
    struct world *w = *state;
    struct rings rings = {0};
    say(w, THING_SERVICE, "{\"id\":\"a\",\"needs\":[[{\"service\":\"b\"},{\"service\":\"c\"}]]}");
    say(w, THING_SERVICE, "{\"id\":\"b\",\"needs\":[[{\"service\":\"c\"}]]}");
    say(w, THING_SERVICE, "{\"id\":\"c\",\"needs\":[[{\"zone\":\"z\"}]]}");
    MUST(services_rings(&w->p, w->t.a, 5, &rings, &w->t.e));
    assert_int_equal(rings.n, 0);
    say(w, THING_SERVICE, "{\"id\":\"c\",\"needs\":[[{\"service\":\"b\"}]]}");
    say(w, THING_SERVICE, "{\"id\":\"d\",\"needs\":[[{\"service\":\"d\"}]]}");
    MUST(services_rings(&w->p, w->t.a, 5, &rings, &w->t.e));
    assert_int_equal(rings.n, 2);
    check_str(rings.v[0], "b → c → b");
    check_str(rings.v[1], "d → d");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sheets_are_read),
        TEST(sheets_go_round),
        TEST(faults_are_bounded),
        WORLD_TEST(rings_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
