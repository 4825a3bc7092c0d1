/* SPDX-License-Identifier: Apache-2.0
 *
 * No route takes a body without a schema, every schema is used, and each says where a body is wrong.
 */
#include "serve/shape.h"

#include "base/file.h"
#include "base/testing.h"
#include "impact/things_form.h"
#include "serve/route.h"

static void every_route_with_a_body_has_a_schema(void **state) {
    unsigned n = 0;
    (void)state;
    for (const struct api *r = apis; r->path; r++) {
        const char *const names[] = {r->doc->body, r->doc->form, r->doc->answer};
        bool takes = r->most > 0, other = r->flags & (ROUTE_FILE | ROUTE_RAW); /* it may be anything, as a document */
        if (takes && !r->doc->body && !other)
            fail_msg("%s %s takes a body: its route_doc names no schema for it", r->method, r->path);
        if (!takes && (r->doc->body || r->doc->form))
            fail_msg("%s %s takes no body, and has a schema for one", r->method, r->path);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (names[i] && !shape_file(names[i]))
                fail_msg("%s %s: there is no serve/shapes/%s.json", r->method, r->path, names[i]);
        n += takes;
    }
    assert_true(n > 20);
}

static void every_route_tells_what_it_answers(void **state) {
    (void)state;
    for (const struct api *r = apis; r->path; r++)
        if (!r->doc->answer && !r->doc->others && !r->doc->nothing)
            fail_msg("%s %s: its route_doc tells of no answer", r->method, r->path);
}

static void answers_are_held_against_their_schemas(void **state) {
    static const struct route_doc json = {.answer = "peer-ended-answer"},
                                  paper = {.others = "text/csv|application/pdf"}, none = {.nothing = true};
    static const struct {
        const struct route_doc *of;
        struct answered answer;
        const char *where; /* NULL: it fits */
    } rows[] = {
        {&json, {200, S_INIT("application/json"), S_INIT("{\"id\":\"x\",\"party\":\"p\"}")}, NULL},
        {&json, {200, S_INIT("application/json"), S_INIT("{\"id\":\"x\",\"party\":1}")}, "answer#/party"},
        {&json, {200, S_INIT("application/json"), S_INIT("{\"id\":\"x\",\"more\":1}")}, "answer#/more"},
        {&json, {200, S_INIT("application/json"), S_INIT("{\"id\":")}, "answer:1:7"},
        {&json, {200, S_INIT("text/plain"), S_INIT("x")}, "answer"},
        {&json, {204, S_INIT(""), S_INIT("")}, "answer"},
        {&json, {304, S_INIT(""), S_INIT("")}, NULL},
        {&json, {304, S_INIT(""), S_INIT("x")}, "answer"},
        {&json, {404, S_INIT("application/json"), S_INIT("{}")}, "answer"},
        {&json, {404, S_INIT("application/problem+json"), S_INIT("{}")}, "answer#"},
        {&json,
         {404, S_INIT("application/problem+json"), S_INIT("{\"type\":\"t\",\"title\":\"t\",\"status\":404}")},
         NULL},
        {&paper, {200, S_INIT("text/csv; charset=utf-8"), S_INIT("a")}, NULL},
        {&paper, {200, S_INIT("application/json"), S_INIT("{}")}, "answer"},
        {&none, {204, S_INIT(""), S_INIT("")}, NULL},
    };
    struct testing *t = *state;
    struct shapes *s;
    assert_true(shapes_open(&t->ctx, t->a, &s, &t->e));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err e = {0};
        bool fits = shapes_answer(s, &t->ctx, t->a, rows[i].of, &rows[i].answer, &e);
        if (fits != !rows[i].where || (!fits && strcmp(e.where, rows[i].where) != 0))
            fail_msg("%zu: %s: %s", i, e.where, fits ? "fits" : e.what);
    }
}

static bool is_used(const char *name) {
    bool used = strcmp(name, "problem") == 0;
    for (const struct api *r = apis; r->path && !used; r++)
        used = (r->doc->body && strcmp(r->doc->body, name) == 0) || (r->doc->form && strcmp(r->doc->form, name) == 0) ||
               (r->doc->answer && strcmp(r->doc->answer, name) == 0);
    return used;
}

static void every_schema_is_one_and_is_used(void **state) {
    struct testing *t = *state;
    struct shapes *s;
    if (!shapes_open(&t->ctx, t->a, &s, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    for (const struct embedded_file *f = embedded_serve_shapes; f->name; f++) {
        struct json doc;
        assert_true(json_parse(&t->ctx, t->a, str_n(f->bytes, f->size), JSON_STRICT, S("shape"), &doc, &t->e));
        check_str(j_gets(doc.root, "$id"), arena_printf(t->a, "urn:akashi:shape:%s", f->name).p);
        if (!is_used(f->name))
            fail_msg("%s: no route names it", f->name);
    }
}

static void things_have_the_fields_of_their_sheets(void **state) {
    struct testing *t = *state;
    for (int kind = 0; kind < 4; kind++) {
        const struct thing_shape *shape = &thing_shapes[kind];
        const struct embedded_file *f = shape_file(shape->kind);
        struct json doc;
        assert_non_null(f);
        assert_true(json_parse(&t->ctx, t->a, str_n(f->bytes, f->size), JSON_STRICT, S("shape"), &doc, &t->e));
        struct jv properties = j_get(doc.root, "properties");
        for (uint32_t i = 0; i < shape->n; i++)
            if (!j_ok(j_get(properties, shape->fields[i].name)))
                fail_msg("%s: %s is missing", shape->kind, shape->fields[i].name);
        assert_int_equal(j_len(properties), shape->n + 1); /* and the id */
    }
}

/* Those of build servers and browsers, whose members are not ours to tell. */
static bool may_be_open(const char *name) {
    static const char *const names[] = {"bom", "bom-form", "import-form", "mcp", "passkey", "problem"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

// NOLINTNEXTLINE(misc-no-recursion): schemas are ours, and flat
static void check_closed(const char *name, struct jv v) {
    if (j_is_obj(j_get(v, "properties")) && !j_ok(j_get(v, "additionalProperties")))
        fail_msg("%s: members that it does not know pass", name);
    for (struct jiter it = j_iter(v); j_next(&it);)
        check_closed(name, it.val);
}

static void no_body_has_unknown_members(void **state) {
    struct testing *t = *state;
    for (const struct embedded_file *f = embedded_serve_shapes; f->name; f++) {
        struct json doc;
        assert_true(json_parse(&t->ctx, t->a, str_n(f->bytes, f->size), JSON_STRICT, S("shape"), &doc, &t->e));
        if (!may_be_open(f->name))
            check_closed(f->name, doc.root);
    }
}

static void what_does_not_fit_is_told_with_its_place(void **state) {
    static const struct {
        const char *name, *body, *where; /* NULL: it fits */
    } rows[] = {
        {"session", "{\"user\":\"a\",\"password\":\"b\"}", NULL},
        {"session", "{\"user\":1,\"password\":\"b\"}", "body#/user"},
        {"session", "{\"user\":\"a\"}", "body#"},
        {"session", "[]", "body#"},
        {"session", "null", "body#"},
        {"session", "{\"user\":\"a\",\"password\":\"b\",\"pass\":1}", "body#/pass"},
        {"token", "{\"name\":\"n\",\"may\":[\"read\",\"fly\"]}", "body#/may/1"},
        {"token", "{\"name\":\"n\",\"may\":[\"read\"],\"days\":3651}", "body#/days"},
        {"token", "{\"name\":\"n\",\"may\":[\"read\"],\"days\":1.5}", "body#/days"},
        {"user", "{\"login\":\"a\",\"roles\":[{\"role\":\"viewer\",\"party\":7}]}", "body#/roles/0/party"},
        {"service", "{\"id\":\"s\",\"population\":12,\"mtpd\":null}", NULL},
        {"service", "{\"id\":\"s\",\"population\":{}}", "body#/population"},
        {"case-note", "{\"text\":\"x\",\"rootCause\":{\"class\":\"bad-luck\"}}", "body#/rootCause/class"},
        {"contract", "{\"contract\":\"c\",\"sides\":[{\"side\":\"customer\",\"party\":\"p\",\"x\":1}]}",
         "body#/sides/0/x"},
        {"offer", "{\"title\":\"t\",\"tittle\":\"t\"}", "body#"},
        {"nothing", "{}", NULL},
        {"nothing", "{\"a\":1}", "body#/a"},
    };
    struct testing *t = *state;
    struct shapes *s;
    assert_true(shapes_open(&t->ctx, t->a, &s, &t->e));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json doc;
        struct err e = {0};
        assert_true(json_parse(&t->ctx, t->a, str_of(rows[i].body), JSON_STRICT, S("body"), &doc, &t->e));
        bool fits = shapes_check(s, t->a, rows[i].name, &doc, &e);
        if (fits != !rows[i].where || (!fits && strcmp(e.where, rows[i].where) != 0))
            fail_msg("%s %s: %s: %s", rows[i].name, rows[i].body, e.where, fits ? "fits" : e.what);
    }
}

/* What fuzz_shapes begins with: no body is without one that fits. */
static void every_body_has_a_seed_for_fuzzing(void **state) {
    struct testing *t = *state;
    struct shapes *s;
    const char *source = getenv("AKASHI_SOURCE");
    if (!source)
        skip();
    assert_true(shapes_open(&t->ctx, t->a, &s, &t->e));
    for (const struct api *r = apis; r->path; r++) {
        const char *const names[] = {r->doc->body, r->doc->form};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            str text, name, body;
            struct json doc;
            if (!names[i])
                continue;
            str file = arena_printf(t->a, "%s/fuzz/seeds/shapes/%s", source, names[i]);
            if (!file_read(&t->ctx, t->a, file, &text, &t->e))
                fail_msg("%s %s: fuzz_shapes has no seed for it: %.*s", r->method, r->path, STR_ARG(file));
            assert_true(str_cut(text, '\n', &name, &body));
            check_str(name, names[i]);
            assert_true(json_parse(&t->ctx, t->a, body, JSON_STRICT, name, &doc, &t->e));
            if (!shapes_check(s, t->a, names[i], &doc, &t->e))
                fail_msg("%.*s: %s: %s", STR_ARG(file), t->e.where, t->e.what);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_route_with_a_body_has_a_schema),     TEST(every_schema_is_one_and_is_used),
        TEST(every_route_tells_what_it_answers),        TEST(answers_are_held_against_their_schemas),
        TEST(things_have_the_fields_of_their_sheets),   TEST(no_body_has_unknown_members),
        TEST(what_does_not_fit_is_told_with_its_place), TEST(every_body_has_a_seed_for_fuzzing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
