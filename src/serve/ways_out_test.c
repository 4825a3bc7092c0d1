/* SPDX-License-Identifier: Apache-2.0
 *
 * The other ways out: tools of agents (MCP), files and exports, event streams. What a reader may not see on a page is
 * in none of them, and cannot be told from what is not there.
 */
#include "serve/matrix_testing.h"

#include <unistd.h>

#include "serve/job.h"
#include "serve/mcp.h"

/* What fontconfig keeps for the life of the program, where a declaration is printed. */
const char *__lsan_default_suppressions(void);  // NOLINT(bugprone-reserved-identifier): the sanitizer's own name
const char *__lsan_default_suppressions(void) { // NOLINT(bugprone-reserved-identifier)
    return "leak:libfontconfig\nleak:libcairo\n";
}

enum made { MADE_CASE, MADE_OFFER, MADE_DECLARATION, MADE_TARGET, MADE_CONTRACT, MADE_SHOP, MADE_SENSOR, MADE };

struct scene {
    struct matrix m;
    str keeper, tokens[sizeof readers / sizeof *readers];
    const char *made[MADE]; /* as they stand in a path */
};

static struct jv root_of(struct scene *s, struct told t) {
    struct home_test *x = s->m.w.x;
    struct json doc;
    MUST(json_parse(&x->t.ctx, x->t.a, t.text, JSON_STRICT, S("answer"), &doc, &x->t.e));
    return doc.root;
}

static struct told say(struct scene *s, const char *path, str body, int status) {
    struct told t = send_app(&s->m, "POST", str_of(path), s->keeper, none, body, (str){NULL, 0});
    if (t.status != status)
        fail_msg("%s: %d %.*s", path, t.status, STR_ARG(t.text));
    return t;
}

/* On a person's word where evidence falls short. */
static const char *declared(struct scene *s) {
    struct home_test *x = s->m.w.x;
    struct buf b = {0};
    static const char asked[] = "\"catalogue\":\"cip\",\"package\":\"minimum\",\"party\":\"acme\"";
    struct told t = say(s, "/api/v1/declarations", arena_printf(x->t.a, "{%s,\"preview\":true}", asked), 200);
    for (struct jiter it = j_iter(j_get(root_of(s, t), "short")); j_next(&it);)
        buf_addf(&b, "%s{\"practice\":\"%.*s\",\"level\":%lld,\"reason\":\"by hand\"}", b.n ? "," : "",
                 STR_ARG(j_gets(it.val, "practice")), (long long)j_int(j_get(it.val, "target"), 0));
    t = say(s, "/api/v1/declarations",
            arena_printf(x->t.a, "{%s,\"person\":{\"name\":\"T. Yamada\",\"role\":\"President\"},\"claims\":[%.*s]}",
                         asked, STR_ARG(buf_str(&b))),
            201);
    buf_free(&b);
    const char *id = arena_cstr(x->t.a, j_gets(root_of(s, t), "declaration"));
    say(s, arena_printf(x->t.a, "/api/v1/declarations/%s/give", id).p, S("{\"to\":[\"city\"]}"), 201);
    return id;
}

static const char *project(struct scene *s, const char *product) {
    const struct answer_header which[] = {{"name", product}, {"version", "1.0"}, {0}};
    struct told t = ask_app(&s->m, "GET", S("/api/v1/project/lookup"), s->keeper, which);
    return arena_cstr(s->m.w.x->t.a, j_gets(root_of(s, t), "uuid"));
}

static void make_all(struct scene *s) {
    struct arena *a = s->m.w.x->t.a;
    struct told t = ask_app(&s->m, "GET", S("/api/v1/cases"), s->keeper, none);
    s->made[MADE_CASE] = arena_cstr(a, j_gets(j_at(j_get(root_of(s, t), "rows"), 0), "case"));
    t = say(s, "/api/v1/decisions",
            S("{\"title\":\"Update\",\"customer\":\"city\",\"measure\":\"patch\",\"product\":\"shop\",\"risk\":\"r\","
              "\"deadline\":\"2027-02-01\"}"),
            201);
    s->made[MADE_OFFER] = arena_cstr(a, j_gets(root_of(s, t), "offer"));
    s->made[MADE_DECLARATION] = declared(s);
    t = say(s, "/api/v1/targets", S("{\"product\":\"shop\",\"customer\":\"city\",\"degrees\":{\"parts-direct\":3}}"),
            201);
    s->made[MADE_TARGET] = arena_printf(a, "%lld", (long long)j_int(j_get(root_of(s, t), "entry"), -1)).p;
    say(s, "/api/v1/contracts",
        S("{\"contract\":\"city-2027\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],\"title\":\"Upkeep\"}"),
        201);
    s->made[MADE_CONTRACT] = "city-2027";
    s->made[MADE_SHOP] = project(s, "shop");
    s->made[MADE_SENSOR] = project(s, "sensor");
}

static void scene_begin(struct scene *s, struct home_test *x) {
    static const struct grant all[] = {
        {USER_ADMIN, S_INIT("")}, {USER_MANAGER, S_INIT("")}, {USER_ASSESSOR, S_INIT("")}};
    *s = (struct scene){0};
    opened(&s->m, x);
    s->keeper = token_of(&s->m, "keeper", all, 3, NULL);
    make_all(s);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct grant g = {USER_VIEWER, str_of(readers[i].party)};
        s->tokens[i] = token_of(&s->m, readers[i].name, &g, 1, readers[i].clearance);
    }
}

/* How many of the names are there; none that this reader may not see. */
static unsigned only_theirs(struct told t, const struct reader_row *who, const char *where, const char *with) {
    unsigned seen = 0;
    for (size_t k = 0; k < sizeof things / sizeof *things; k++) {
        bool there = says(t, things[k].name);
        seen += there;
        if (there && !among(things[k].readers, who->name))
            fail_msg("%s %s shows %s to %s: %.*s", where, with, things[k].name, who->name, STR_ARG(t.text));
    }
    return seen;
}

/* ── agents ── */

static const struct api *row_of(str path) {
    for (const struct api *r = apis; r->path; r++)
        if (strcmp(r->method, "GET") == 0 && str_is(path, r->path))
            return r;
    return NULL;
}

/* What a tool says; .status as HTTP has it. */
static struct told use_tool(struct scene *s, str token, str tool, const char *name, const char *value) {
    struct arena *a = s->m.w.x->t.a;
    str body = arena_printf(a,
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%.*s\","
                            "\"arguments\":{%s%s%s%s%s}}}",
                            STR_ARG(tool), name ? "\"" : "", name ? name : "", name ? "\":\"" : "", name ? value : "",
                            name ? "\"" : "");
    struct told t = send_app(&s->m, "POST", S("/mcp"), token, none, body, (str){NULL, 0});
    struct jv result = j_get(root_of(s, t), "result");
    t.status = !j_ok(result) ? 403 : j_true(j_get(result, "isError")) ? 400 : 200;
    t.text = j_ok(result) ? j_gets(j_at(j_get(result, "content"), 0), "text") : t.text;
    return t;
}

/* The tool and the route it is made of say the same to this reader, word for word. */
static unsigned same_by_both(struct scene *s, size_t who, const struct api *r, str tool, const char *name,
                             const char *value) {
    struct answer_header question[] = {{NULL, NULL}, {NULL, NULL}};
    str part, rest = str_of(r->path), path = rest;
    if (route_next_part(&rest, &part)) {
        char in[64];
        snprintf(in, sizeof in, "%.*s", STR_ARG(part));
        struct told t = use_tool(s, s->tokens[who], tool, in, value),
                    page = ask_app(&s->m, "GET", path_with(s->m.w.x->t.a, r->path, value), s->tokens[who], none);
        if ((t.status == 200) != (page.status == 200) || (t.status == 200 && !str_eq(t.text, page.text)))
            fail_msg("%.*s %s to %s: %.*s, and the page %.*s", STR_ARG(tool), value, readers[who].name, STR_ARG(t.text),
                     STR_ARG(page.text));
        return only_theirs(t, &readers[who], r->path, value);
    }
    if (name && !route_argument_of(r, str_of(name)))
        return 0;
    question[0] = (struct answer_header){name, value};
    struct told t = use_tool(s, s->tokens[who], tool, name, value),
                page = ask_app(&s->m, "GET", path, s->tokens[who], question);
    if ((t.status == 200) != (page.status == 200) || (t.status == 200 && !str_eq(t.text, page.text)))
        fail_msg("%.*s %s=%s to %s: %d %.*s, and the page %d %.*s", STR_ARG(tool), name ? name : "", value ? value : "",
                 readers[who].name, t.status, STR_ARG(t.text), page.status, STR_ARG(page.text));
    return t.status == 200 ? only_theirs(t, &readers[who], r->path, name ? name : "") : 0;
}

static void an_agent_is_told_what_its_reader_may_see(void **state) {
    struct scene s;
    unsigned seen = 0, n_tools = 0;
    scene_begin(&s, *state);
    struct told t = send_app(&s.m, "POST", S("/mcp"), s.tokens[0], none,
                             S("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"), (str){NULL, 0});
    for (struct jiter it = j_iter(j_get(j_get(root_of(&s, t), "result"), "tools")); j_next(&it); n_tools++) {
        str tool = j_gets(it.val, "name");
        const struct api *r = mcp_route(tool);
        assert_non_null(r);
        for (size_t who = 0; who < sizeof readers / sizeof *readers; who++) {
            bool one = strchr(r->path, '{') != NULL;
            for (size_t i = 0; one && i < IDS; i++)
                seen += same_by_both(&s, who, r, tool, NULL, ids[i]);
            for (size_t i = 0; one && i < MADE; i++)
                seen += same_by_both(&s, who, r, tool, NULL, s.made[i]);
            for (size_t i = 0; !one && i < sizeof questions / sizeof *questions; i++)
                seen += same_by_both(&s, who, r, tool, questions[i]->name, questions[i]->value);
        }
    }
    assert_true(n_tools > 20);
    assert_true(seen > 50);
    app_close(s.m.app);
}

/* ── files ── */

static const struct file_row {
    const char *route;
    enum made what;
    const char *readers;
} files[] = {
    /* a project is its product: who only runs one of its releases is not among its readers */
    {"/api/v1/decisions/{offer}", MADE_OFFER, "owner city"},
    {"/api/v1/decisions/{offer}/file", MADE_OFFER, "owner city"},
    {"/api/v1/declarations/{declaration}", MADE_DECLARATION, "owner acme city"},
    {"/api/v1/declarations/{declaration}/file", MADE_DECLARATION, "owner acme city"},
    {"/api/v1/targets/{entry}/file", MADE_TARGET, "owner city"},
    {"/api/v1/contracts/{contract}", MADE_CONTRACT, "owner city"},
    {"/api/v1/cases/{case}", MADE_CASE, "owner acme"},
    {"/api/v1/project/{project}", MADE_SHOP, "owner acme"},
    {"/api/v1/finding/project/{project}", MADE_SHOP, "owner acme"},
    {"/api/v1/finding/project/{project}/export", MADE_SHOP, "owner acme"},
    {"/api/v1/violation/project/{project}", MADE_SHOP, "owner acme"},
    {"/api/v1/project/{project}", MADE_SENSOR, "owner sub green"},
    {"/api/v1/finding/project/{project}", MADE_SENSOR, "owner sub green"},
    {"/api/v1/finding/project/{project}/export", MADE_SENSOR, "owner sub green"},
    {"/api/v1/violation/project/{project}", MADE_SENSOR, "owner sub green"},
};

static const struct route_argument *forms_of(const struct api *r) {
    const struct route_argument *x = route_argument_of(r, S("form"));
    return x ? x : route_argument_of(r, S("format"));
}

/* Each form that a route has: "json|csv". */
static bool next_form(const struct api *r, str *rest, bool *begun, char form[32]) {
    const struct route_argument *x = forms_of(r);
    str one;
    if (!*begun)
        *rest = x ? str_of(x->kind) : (str){NULL, 0};
    bool first = !*begun;
    *begun = true;
    *form = 0;
    if (!x)
        return first;
    if (!str_next(rest, '|', &one))
        return false;
    snprintf(form, 32, "%.*s", STR_ARG(one));
    return true;
}

static void check_file(struct scene *s, const struct file_row *row, const struct api *r, size_t who) {
    struct arena *a = s->m.w.x->t.a;
    bool begun = false, may = among(row->readers, readers[who].name);
    char form[32];
    str rest;
    while (next_form(r, &rest, &begun, form)) {
        const struct answer_header which[] = {{*form ? forms_of(r)->name : NULL, form}, {0}};
        str path = path_with(a, row->route, s->made[row->what]), none_such = path_with(a, row->route, "nothing-there");
        struct told t = ask_app(&s->m, "GET", path, s->tokens[who], which),
                    missing = ask_app(&s->m, "GET", none_such, s->tokens[who], which);
        if (may ? t.status != 200 && t.status != 503 : t.status != 404 || !str_eq(t.text, missing.text))
            fail_msg("%.*s?form=%s to %s: %d %.*s", STR_ARG(path), form, readers[who].name, t.status, STR_ARG(t.text));
    }
}

static bool is_walked(const struct api *r) {
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(files[i].route, r->path) == 0)
            return true;
    return false;
}

static void files_are_for_whom_the_page_is_for(void **state) {
    struct scene s;
    scene_begin(&s, *state);
    for (const struct api *r = apis; r->path; r++) {
        bool file = r->doc->others || strstr(r->path, "/file") || strstr(r->path, "/export");
        if (file && strcmp(r->method, "GET") == 0 && r->may == MAY_READ && strchr(r->path, '{') && !is_walked(r) &&
            !strstr(r->path, "/catalogues/")) /* which everybody may read */
            fail_msg("%s: files has no row for it", r->path);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (size_t who = 0; who < sizeof readers / sizeof *readers; who++)
            check_file(&s, &files[i], row_of(str_of(files[i].route)), who);
    app_close(s.m.app);
}

/* Lists that are also handed out as files: in no form is there a name that the page would not show. */
static void lists_as_files_name_nothing_else(void **state) {
    struct scene s;
    unsigned answers = 0;
    scene_begin(&s, *state);
    for (const struct api *r = apis; r->path; r++) {
        if (strcmp(r->method, "GET") != 0 || r->may != MAY_READ || (!r->doc->others && !forms_of(r)) ||
            strchr(r->path, '{'))
            continue;
        for (size_t who = 0; who < sizeof readers / sizeof *readers; who++)
            for (size_t k = 0; k < sizeof questions / sizeof *questions; k++) {
                bool begun = false;
                char form[32];
                str rest;
                while (next_form(r, &rest, &begun, form)) {
                    struct answer_header which[3] = {{0}};
                    which[0] = (struct answer_header){*form ? forms_of(r)->name : questions[k]->name,
                                                      *form ? form : questions[k]->value};
                    if (*form)
                        which[1] = questions[k][0];
                    struct told t = ask_app(&s.m, "GET", str_of(r->path), s.tokens[who], which);
                    only_theirs(t, &readers[who], r->path, form);
                    answers++;
                }
            }
    }
    assert_true(answers > 10);
    app_close(s.m.app);
}

/* ── imports and their events ── */

static str streamed(struct scene *s, str path, str token, int *status) {
    struct arena *a = s->m.w.x->t.a, *mine = arena_new();
    struct answer_header headers[] = {{"Authorization", arena_printf(a, "Bearer %.*s", STR_ARG(token)).p}, {0}};
    const struct asked asked = {
        .method = "GET", .path = path, .raw = path, .host = S("localhost"), .headers = headers, .arguments = none};
    struct answer answer = {0};
    struct buf b = {0};
    assert_true(call_answer(s->m.app, mine, &asked, &answer));
    *status = answer.status;
    buf_add(&b, answer.body);
    while (answer.pull) {
        char piece[4096];
        size_t n = answer.pull(answer.pulled, piece, sizeof piece);
        if (n == ANSWER_END)
            break;
        if (n == ANSWER_LATER)
            usleep(10000);
        else
            buf_add(&b, str_n(piece, n));
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    arena_free(mine);
    return out;
}

static void imports_are_followed_by_who_sent_them(void **state) {
    static const struct {
        const char *name;
        struct grant grant;
        int status;
    } rows[] = {
        {"sender", {USER_ENGINEER, S_INIT("")}, 200},     {"keeper", {USER_ADMIN, S_INIT("")}, 200},
        {"colleague", {USER_ENGINEER, S_INIT("")}, 404},  {"manager", {USER_MANAGER, S_INIT("")}, 404},
        {"viewer", {USER_VIEWER, S_INIT("")}, 403},       {"of-acme", {USER_ENGINEER, S_INIT("acme")}, 403},
        {"of-city", {USER_MANAGER, S_INIT("city")}, 403},
    };
    static const char *const ways[] = {"", "/events"};
    struct home_test *x = *state;
    struct scene s;
    struct jobs *jobs;
    scene_begin(&s, x);
    MUST(jobs_open(s.m.app, &jobs, &x->t.e));
    app_set_jobs(s.m.app, jobs);
    str file = path_join(x->t.a, x->path, S("upload")), job = {NULL, 0};
    const struct answer_header what[] = {{"kind", "parties"}, {"name", "secret-plan.csv"}, {0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str token = strcmp(rows[i].name, "keeper") == 0 ? s.keeper
                                                        : token_of(&s.m, rows[i].name, &rows[i].grant, 1, NULL);
        if (i == 0) {
            MUST(file_replace(file, S("id,name,roles\nnew,New,supplier\n"), &x->t.e));
            struct told t = send_app(&s.m, "POST", S("/api/v1/imports"), token, what, S(""), file);
            assert_int_equal(t.status, 202);
            job = j_gets(root_of(&s, t), "id");
        }
        for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
            int status, missing;
            str text = streamed(&s, arena_printf(x->t.a, "/api/v1/jobs/%.*s%s", STR_ARG(job), ways[k]), token, &status),
                nothing = streamed(&s, arena_printf(x->t.a, "/api/v1/jobs/0%s", ways[k]), token, &missing);
            bool told = str_find(text, S("secret-plan.csv")) != STR_NONE;
            if (status != rows[i].status || told != (status == 200) || (status == 404 && !str_eq(text, nothing)))
                fail_msg("%s%s: %d %.*s", rows[i].name, ways[k], status, STR_ARG(text));
        }
        struct told list = ask_app(&s.m, "GET", S("/api/v1/jobs"), token, none);
        if (says(list, "secret-plan.csv") != (rows[i].status == 200))
            fail_msg("%s: %.*s", rows[i].name, STR_ARG(list.text));
        if (rows[i].status != 200) {
            struct told t = ask_app(&s.m, "DELETE", arena_printf(x->t.a, "/api/v1/jobs/%.*s", STR_ARG(job)), token,
                                    none);
            assert_int_equal(t.status, rows[i].status);
        }
    }
    app_set_jobs(s.m.app, NULL);
    jobs_close(jobs);
    app_close(s.m.app);
}

/* Every stream there is, is one of those above: a new one needs rows of its own. */
static void there_is_no_other_stream(void **state) {
    (void)state;
    for (const struct api *r = apis; r->path; r++)
        if (r->flags & ROUTE_STREAM && strcmp(r->path, "/api/v1/jobs/{job}/events") != 0)
            fail_msg("%s: nobody looks at what it tells to whom", r->path);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(an_agent_is_told_what_its_reader_may_see),
        HOME_TEST(files_are_for_whom_the_page_is_for),
        HOME_TEST(lists_as_files_name_nothing_else),
        HOME_TEST(imports_are_followed_by_who_sent_them),
        HOME_TEST(there_is_no_other_stream),
    };
    api_test_reads(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
