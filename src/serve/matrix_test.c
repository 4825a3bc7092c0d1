/* SPDX-License-Identifier: Apache-2.0
 *
 * Every route × every role, and every reading route × every reader: what the table asks for is asked for, and no answer
 * names what its reader may not see.
 */
#include "serve/matrix_testing.h"

/* ── roles ── */

static void every_route_asks_for_its_role(void **state) {
    struct home_test *x = *state;
    struct matrix m = {0};
    unsigned rows = 0;
    str tokens[USER_ROLES + 2], nobody = S("");
    opened(&m, x);
    static const struct grant admin[] = {{USER_ADMIN, S_INIT("")}}, unit[] = {{USER_MANAGER, S_INIT("city")}};
    (void)token_of(&m, "keeper", admin, 1, NULL); /* so that no test below is the first start */
    for (unsigned r = 0; r < USER_ROLES; r++)
        tokens[r] = token_of(&m, user_role_words[r], &(struct grant){(enum user_role)r, S("")}, 1, NULL);
    tokens[USER_ROLES] = token_of(&m, "unit", unit, 1, NULL);
    tokens[USER_ROLES + 1] = token_of(&m, "none", NULL, 0, NULL);
    for (const struct api *r = apis; r->path; r++, rows++) {
        str path = path_of(x->t.a, r->path);
        if (r->flags & (ROUTE_STREAM | ROUTE_FILE))
            continue;
        struct told t = ask_app(&m, r->method, path, nobody, none);
        if ((t.status == 401 && says(t, "problem:sign-in\"")) != (r->may != MAY_ANYBODY))
            fail_msg("%s %s by nobody: %d %.*s", r->method, r->path, t.status, STR_ARG(t.text));
        for (unsigned i = 0; i < USER_ROLES + 2; i++) {
            unsigned may = i < USER_ROLES ? user_role_may((enum user_role)i) : 1U << MAY_SELF;
            if (i == USER_ROLES)
                may |= 1U << MAY_READ | (r->flags & ROUTE_BY_PARTY ? user_role_may(USER_MANAGER) : 0);
            bool open = r->may == MAY_ANYBODY || (may >> r->may & 1);
            t = ask_app(&m, r->method, path, tokens[i], none);
            bool refused = t.status == 403 && says(t, "your role does not allow this");
            if (t.status == 401 && r->may != MAY_ANYBODY)
                fail_msg("%s %s by %u: 401", r->method, r->path, i);
            if (refused && open)
                fail_msg("%s %s by %u is refused: %.*s", r->method, r->path, i, STR_ARG(t.text));
            if (!refused && !open)
                fail_msg("%s %s by %u is let in: %d %.*s", r->method, r->path, i, t.status, STR_ARG(t.text));
        }
    }
    assert_true(rows > 20);
    app_close(m.app);
}

/* ── roles for one party ── */

/* A writing of each route that such a role opens, and whose it is. CASE is a case of shop, acme's. */
static const struct party_row {
    const char *method, *route, *body, *whose;
} party_rows[] = {
    {"POST", "/api/v1/products", "{\"id\":\"shop\",\"name\":\"Shop\"}", "acme"},
    {"POST", "/api/v1/products", "{\"id\":\"new\",\"name\":\"New\",\"party\":\"acme\"}", "acme"},
    {"POST", "/api/v1/products", "{\"id\":\"shop\",\"party\":\"city\"}", ""}, /* nobody gives it away, or takes it */
    {"POST", "/api/v1/products", "{\"id\":\"ownerless\",\"name\":\"O\"}", ""},
    {"POST", "/api/v1/deployments", "{\"id\":\"city/shop\",\"zone\":\"z\"}", "city"},
    {"POST", "/api/v1/deployments", "{\"id\":\"x\",\"product\":\"shop\",\"operator\":\"city\"}", "city"},
    {"POST", "/api/v1/deployments", "{\"id\":\"hospital/sensor\",\"customer\":\"city\"}", ""},
    {"POST", "/api/v1/services", "{\"id\":\"register\",\"region\":\"osaka\"}", "city"},
    {"POST", "/api/v1/cases/{case}/assign", "{\"owner\":\"Hanako\"}", "acme"},
    {"POST", "/api/v1/cases/{case}/note", "{\"text\":\"seen\"}", "acme"},
    {"POST", "/api/v1/cases/{case}/move", "{\"status\":\"triaged\"}", "acme"},
    {"POST", "/api/v1/cases/{case}/decide", "{\"verdict\":\"fix\"}", "acme"},
    {"POST", "/api/v1/cases/{case}/close", "{\"release\":\"2.0\"}", "acme"},
    {"POST", "/api/v1/vex", "{\"flaw\":\"CVE-2026-1\",\"product\":\"shop\",\"status\":\"under_investigation\"}",
     "acme"},
    {"POST", "/api/v1/decisions/{offer}/answer", "{\"answer\":\"accept\"}", ""}, /* there is none here */
    {"POST", "/api/v1/releases",
     "{\"product\":\"shop\",\"version\":\"4.0\",\"files\":[{\"name\":\"f\",\"sha256\":"
     "\"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\"}],\"sbom\":{}}",
     "acme"},
    {"PUT", "/api/v1/bom", "{\"projectName\":\"shop\",\"projectVersion\":\"3.0\",\"autoCreate\":true,\"bom\":\"e30=\"}",
     "acme"},
    {"POST", "/api/v1/bom", "{\"projectName\":\"else\",\"projectVersion\":\"3\",\"autoCreate\":true,\"bom\":\"e30=\"}",
     ""},
};

static const char *case_of_shop(struct matrix *m, str token) {
    struct json doc;
    struct home_test *x = m->w.x;
    struct told t = ask_app(m, "GET", S("/api/v1/cases"), token, none);
    MUST(json_parse(&x->t.ctx, x->t.a, t.text, JSON_STRICT, S("cases"), &doc, &x->t.e));
    for (struct jiter it = j_iter(j_get(doc.root, "rows")); j_next(&it);)
        if (str_is(j_gets(it.val, "product"), "shop"))
            return arena_cstr(x->t.a, j_gets(it.val, "case"));
    fail_msg("no case of shop: %.*s", STR_ARG(t.text));
    return NULL;
}

static struct told write_row(struct matrix *m, const struct party_row *row, const char *in_case, str token) {
    struct home_test *x = m->w.x;
    str path = str_of(row->route), body = str_of(row->body), file = {NULL, 0};
    size_t at = str_find(path, S("{case}"));
    if (at != STR_NONE)
        path = arena_printf(x->t.a, "%.*s%s%s", (int)at, path.p, in_case, path.p + at + strlen("{case}"));
    path = path_of(x->t.a, arena_cstr(x->t.a, path));
    if (strstr(row->route, "/bom") || strstr(row->route, "/releases")) {
        file = path_join(x->t.a, x->path, S("upload"));
        MUST(file_replace(file, body, &x->t.e));
        body = S("");
    }
    return send_app(m, row->method, path, token, none, body, file);
}

static const struct party_row *party_row_of(const struct api *r) {
    for (size_t i = 0; i < sizeof party_rows / sizeof *party_rows; i++)
        if (strcmp(party_rows[i].route, r->path) == 0 && strcmp(party_rows[i].method, r->method) == 0)
            return &party_rows[i];
    return NULL;
}

static uint64_t entries(struct matrix *m) {
    struct home_test *x = m->w.x;
    struct views *v;
    MUST(app_read(m->app, &v, &x->t.e));
    MUST(portfolio_catch_up(v->p, &x->t.e));
    uint64_t n = v->p->size;
    app_read_end(m->app, v);
    return n;
}

/* Managers of each party, others, and a token of the home's own that is narrowed to one. */
static const struct writer {
    const char *name;
    struct grant grant;
    const char *token; /* parties it is narrowed to; NULL: none */
    const char *party; /* whose things it writes; "": none */
} writers[] = {
    {"acme's", {USER_MANAGER, S_INIT("acme")}, NULL, "acme"},
    {"city's", {USER_MANAGER, S_INIT("city")}, NULL, "city"},
    {"sub's", {USER_MANAGER, S_INIT("sub")}, NULL, "sub"},
    {"acme's viewer", {USER_VIEWER, S_INIT("acme")}, NULL, ""},
    {"narrowed to acme", {USER_MANAGER, S_INIT("")}, "acme:green", "acme"},
    {"narrowed to city", {USER_MANAGER, S_INIT("")}, "city", "city"},
};

static void a_role_for_one_party_writes_what_is_theirs(void **state) {
    struct home_test *x = *state;
    struct matrix m = {0};
    opened(&m, x);
    str all = token_of(&m, "keeper", &(struct grant){USER_MANAGER, S("")}, 1, NULL);
    const char *in_case = case_of_shop(&m, all);
    for (const struct api *r = apis; r->path; r++)
        if (r->flags & ROUTE_BY_PARTY && !party_row_of(r))
            fail_msg("%s %s: party_rows has no writing of it", r->method, r->path);
    for (size_t w = 0; w < sizeof writers / sizeof *writers; w++) {
        str token = token_for(&m, arena_printf(x->t.a, "w%zu", w).p, &writers[w].grant, 1, NULL, writers[w].token);
        for (size_t i = 0; i < sizeof party_rows / sizeof *party_rows; i++) {
            const struct party_row *row = &party_rows[i];
            bool theirs = *row->whose && strcmp(row->whose, writers[w].party) == 0;
            uint64_t before = entries(&m);
            struct told t = write_row(&m, row, in_case, token);
            bool refused = t.status == 403 || t.status == 404;
            if (refused == theirs || (refused && entries(&m) != before))
                fail_msg("%s: %s %s %s: %d %.*s", writers[w].name, row->method, row->route, row->body, t.status,
                         STR_ARG(t.text));
        }
    }
    for (size_t i = 0; i < sizeof party_rows / sizeof *party_rows; i++) {
        struct told t = write_row(&m, &party_rows[i], in_case, S(""));
        if (t.status != 401)
            fail_msg("nobody: %s: %d", party_rows[i].route, t.status);
        t = write_row(&m, &party_rows[i], in_case, all);
        if (t.status == 403 || t.status == 401)
            fail_msg("the home's own: %s: %d", party_rows[i].route, t.status);
    }
    app_close(m.app);
}

/* ── readers ── */

static unsigned look(struct matrix *m, const struct api *r, const struct reader_row *who, str token,
                     const struct answer_header *question) {
    struct told t = ask_app(m, "GET", str_of(r->path), token, question);
    unsigned seen = 0;
    for (size_t k = 0; t.status == 200 && k < sizeof things / sizeof *things; k++) {
        bool there = says(t, things[k].name);
        seen += there;
        if (there && !among(things[k].readers, who->name))
            fail_msg("%s?%s=%s shows %s to %s: %.*s", r->path, question->name ? question->name : "",
                     question->name ? question->value : "", things[k].name, who->name, STR_ARG(t.text));
    }
    return seen;
}

/* One of the things that the reader may not see is as one that is not there at all: the same words, too. */
static unsigned look_at_one(struct matrix *m, const struct api *r, const struct reader_row *who, str token) {
    struct arena *a = m->w.x->t.a;
    struct told missing = ask_app(m, "GET", path_with(a, r->path, ids[IDS - 1]), token, none);
    unsigned seen = 0;
    for (size_t i = 0; i + 1 < IDS; i++) {
        struct told t = ask_app(m, "GET", path_with(a, r->path, ids[i]), token, none);
        for (size_t k = 0; k < sizeof things / sizeof *things; k++) {
            bool there = says(t, things[k].name);
            seen += there;
            if (there && !among(things[k].readers, who->name))
                fail_msg("%s, %s shows %s to %s: %.*s", r->path, ids[i], things[k].name, who->name, STR_ARG(t.text));
        }
        if (t.status != 200 && t.status != missing.status)
            fail_msg("%s, %s to %s: %d, and %d of nothing", r->path, ids[i], who->name, t.status, missing.status);
        if (t.status == 404 && !str_eq(t.text, missing.text))
            fail_msg("%s, %s to %s: %.*s, and %.*s of nothing", r->path, ids[i], who->name, STR_ARG(t.text),
                     STR_ARG(missing.text));
    }
    return seen;
}

static void one_thing_is_shown_to_its_readers(void **state) {
    struct home_test *x = *state;
    struct matrix m = {0};
    unsigned seen = 0;
    opened(&m, x);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct grant g = {USER_VIEWER, str_of(readers[i].party)};
        str token = token_of(&m, readers[i].name, &g, 1, readers[i].clearance);
        for (const struct api *r = apis; r->path; r++)
            if (strcmp(r->method, "GET") == 0 && !(r->flags & ROUTE_STREAM) && strchr(r->path, '{') &&
                r->may == MAY_READ)
                seen += look_at_one(&m, r, &readers[i], token);
    }
    assert_true(seen > 20);
    app_close(m.app);
}

static void no_answer_names_what_its_reader_may_not_see(void **state) {
    struct home_test *x = *state;
    struct matrix m = {0};
    unsigned seen = 0;
    opened(&m, x);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct grant g = {USER_VIEWER, str_of(readers[i].party)};
        str token = token_of(&m, readers[i].name, &g, 1, readers[i].clearance);
        for (const struct api *r = apis; r->path; r++)
            for (size_t k = 0; k < sizeof questions / sizeof *questions; k++)
                if (strcmp(r->method, "GET") == 0 && !(r->flags & ROUTE_STREAM) && !strchr(r->path, '{'))
                    seen += look(&m, r, &readers[i], token, questions[k]);
    }
    assert_true(seen > 50); /* it would be no test if nothing were shown to anybody */
    app_close(m.app);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(every_route_asks_for_its_role),
        HOME_TEST(a_role_for_one_party_writes_what_is_theirs),
        HOME_TEST(no_answer_names_what_its_reader_may_not_see),
        HOME_TEST(one_thing_is_shown_to_its_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
