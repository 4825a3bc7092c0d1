/* SPDX-License-Identifier: Apache-2.0
 *
 * For api_*_test.c only: a home with releases, things, an advisory and the cases that follow from them, and questions
 * to handlers as any reader.
 *
 *   acme ships shop 1.0 and 2.0 (left), sub ships sensor 1.0 (right; TLP:GREEN); city runs shop for the service
 *   register, hospital runs sensor for emergency, which also needs power.
 */
#ifndef AKASHI_SERVE_API_TESTING_H
#define AKASHI_SERVE_API_TESTING_H

#include "impact/hits_testing.h"
#include "impact/things_state.h"
#include "impact/watch.h"
#include "serve/app_inner.h"
#include "serve/call.h"
#include "serve/confined.h"
#include "serve/sender.h"
#include "serve/shape.h"

static inline void state_sheet(struct world *w, enum thing_kind kind, const char *text) {
    struct home_test *x = w->x;
    struct sheet s;
    struct errs bad = {0};
    struct stated done;
    MUST(sheet_read(&x->t.ctx, x->t.a, kind, str_of(text), S("sheet"), &s, &x->t.e));
    struct stating *list = arena_array(x->t.a, struct stating, s.rows.n);
    for (uint32_t i = 0; i < s.rows.n; i++)
        list[i] = (struct stating){.form = s.rows.v[i].form, .given = s.given, .where = S("sheet")};
    MUST(things_prepare(w->p, x->t.a, list, s.rows.n, &bad, &x->t.e));
    if (s.faulty + bad.n)
        fail_msg("%s: %s", (bad.n ? bad.v : s.faults.v)->where, (bad.n ? bad.v : s.faults.v)->what);
    MUST(things_say(w->p, x->t.a, list, s.rows.n, &done, &x->t.e));
}

static inline void watch_now(struct world *w) {
    struct home_test *x = w->x;
    struct verdict_policy policy = {.epss_jump = 1000};
    struct ssvc_set ssvc;
    struct watch_report r;
    struct watch_plan plan = {.policy = &policy, .ssvc = &ssvc};
    MUST(ssvc_load(&x->t.ctx, x->t.a, (str){NULL, 0}, &ssvc, &x->t.e));
    MUST(advdb_open(&x->t.ctx, w->db_path, &plan.db, &x->t.e));
    MUST(watch_run(w->p, &plan, x->t.a, &r, &x->t.e));
    advdb_close(plan.db);
}

static inline void open_country(struct world *w, struct home_test *x) {
    static const char *const shop[] = {"pkg:npm/left@1.0.0", "pkg:npm/middle@1.0.0"},
                             *const newer[] = {"pkg:npm/left@1.5.0", "pkg:npm/middle@1.0.0"},
                             *const sensor[] = {"pkg:npm/right@1.0.0"};
    open_world(w, x);
    x->t.ctx.now = 1800000000;
    state_sheet(w, THING_PARTY,
                "id,name,roles,sector\nacme,Acme,supplier,it\nsub,Sub,developer,it\n"
                "city,City,customer,public\nhospital,Hospital,customer,medical\n");
    state_sheet(w, THING_PRODUCT, "id,name,party,tlp\nshop,Shop,acme,\nsensor,Sensor,sub,green\n");
    ship(w, "shop", "1.0", shop, 2);
    ship(w, "shop", "2.0", newer, 2);
    ship(w, "sensor", "1.0", sensor, 1);
    state_sheet(w, THING_SERVICE,
                "id,name,party,sector,region,mtpd,restore,population,needs\n"
                "register,Register,city,public,tokyo,PT4H,PT8H,1000,\n"
                "power,Power,city,energy,tokyo,PT1H,PT2H,5000,\n"
                "emergency,Emergency,hospital,medical,osaka,PT1H,PT3H,300,service:power\n");
    state_sheet(w, THING_DEPLOYMENT,
                "id,product,version,customer,service\n"
                "city/shop,shop,1.0,city,register\n"
                "hospital/sensor,sensor,,hospital,emergency\n");
    import_text(w, "a.json",
                OSV("GHSA-1", "\"aliases\":[\"CVE-2026-1\"],\"summary\":\"left turns\",", "2026-01-01T00:00:00Z",
                    "left", "2.0.0"));
    watch_now(w);
}
static inline void close_country(struct world *w) { portfolio_close(w->p); }

/* ── questions ── */

struct told {
    int status;
    struct jv root;
    str text;
    const char *where; /* of an error */
};
/* A manager of the reader's parties and of nothing else. */
static inline void narrow_caller(struct world *w, const struct reader *reader, struct caller *who) {
    struct home_test *x = w->x;
    struct caller_at *at = arena_array(x->t.a, struct caller_at, reader->n + 1);
    for (uint32_t i = 0; i < reader->n; i++) {
        at[i].may = ~0U;
        MUST(thing_id(w->p, x->t.a, THING_PARTY, reader->parties[i], &at[i].party, &x->t.e));
    }
    who->may = 1U << MAY_SELF | 1U << MAY_READ;
    who->at = at;
    who->n_at = reader->n;
}
/* An application of readers and nothing else. They are this program: its main() begins with api_test_reads(). */
static inline void app_of_readers(struct app *app) {
    *app = (struct app){0};
    readers_open(&(struct readers_plan){.most = 1}, &app->readers);
}
static inline void api_test_reads(int argc, char **argv) {
    struct ctx c;
    if (argc < 3 || strcmp(argv[2], "reader") != 0)
        return;
    ctx_init(&c);
    reader_run(&c);
    _exit(0);
}
/* Against the schema that OpenAPI shows. */
static inline void check_answer(struct world *w, const struct api *of, const struct answered *answer) {
    static struct shapes *shapes; /* as long as the program */
    struct home_test *x = w->x;
    struct err e = {0};
    if (!shapes)
        MUST(shapes_open(&x->t.ctx, arena_new(), &shapes, &x->t.e));
    if (!shapes_answer(shapes, &x->t.ctx, x->t.a, of->doc, answer, &e))
        fail_msg("%s %s: %s: %s: %.*s", of->method, of->path, e.where, e.what, STR_ARG(answer->body));
}
/* arguments: name, value, …, NULL. */
static inline struct told ask_with(struct world *w, const struct reader *reader, const char *method, const char *path,
                                   const char *body, const char *const *arguments,
                                   const struct answer_header *headers) {
    struct home_test *x = w->x;
    struct arena *a = x->t.a;
    struct err e = {0};
    struct answer answer = {.status = 200};
    struct answer_header list[12] = {{NULL, NULL}};
    for (unsigned i = 0; arguments && arguments[i] && i < 22; i += 2)
        list[i / 2] = (struct answer_header){arguments[i], arguments[i + 1]};
    struct asked asked = {
        .method = method, .path = str_of(path), .body = str_of(body), .headers = headers, .arguments = list};
    struct call *q = arena_new_of(a, struct call);
    struct app app;
    str allowed;
    bool own;
    app_of_readers(&app);
    app.plan.home = x->path;
    *q = (struct call){.a = a, .ctx = &x->t.ctx, .asked = &asked, .views = w->p, .home = &x->h, .out = &answer};
    bool reads = str_ends(asked.path, S("/catalogues")) || str_ends(asked.path, S("/gap")) ||
                 str_ends(asked.path, S("/peers"));
    if (strstr(path, "/receive") || (reads && strcmp(method, "POST") == 0))
        /* it is read by another process; nothing else of an application is here */
        q->app = &app;
    q->lang = "en";
    q->who = (struct caller){.by = CALLER_TOKEN, .user = S("u"), .name = S("U"), .may = ~0U, .reader = *reader};
    if (!reader->owner)
        narrow_caller(w, reader, &q->who);
    q->body = asked.body;
    q->api = api_find(a, str_of(method), asked.path, q->parts, &allowed);
    if (!q->api)
        fail_msg("%s %s: no such route", method, path);
    if (q->body.n)
        MUST(json_parse(q->ctx, a, q->body, JSON_STRICT, S("body"), &q->json, &x->t.e));
    bool writes = q->api->flags & ROUTE_WRITES;
    if (q->api->flags & ROUTE_APART) {
        MUST(sender_open(&x->t.ctx, x->path, &app.sender, &x->t.e));
        q->app = &app;
    }
    x->h.by = q->who.user;
    MUST(writes || portfolio_read(w->p, &own, &x->t.e));
    bool ok = portfolio_as_of(w->p, call_text(q, "as-of"), &q->when, &e) && q->api->answer(q, &e);
    if (!writes)
        portfolio_read_end(w->p, own);
    sender_close(app.sender);
    readers_close(app.readers);
    struct told t = {.status = ok ? answer.status : e.kind == ERR_USAGE || e.kind == ERR_INPUT ? 400 : 503};
    if (t.status == 503 && !strstr(e.what, "advisory"))
        fail_msg("%s %s: %s: %s", method, path, e.where, e.what);
    t.text = ok ? arena_str(a, q->text.n ? buf_str(&q->text) : answer.body) : arena_str(a, str_of(e.what));
    buf_free(&q->text);
    t.where = arena_cstr(a, str_of(e.where));
    struct json doc = {0};
    if (ok && t.text.n)
        MUST(json_parse(q->ctx, a, t.text, JSON_STRICT, S("answer"), &doc, &x->t.e));
    t.root = doc.root;
    if (ok) {
        const char *type = answer.type ? answer.type : "";
        check_answer(w, q->api, &(struct answered){answer.status, str_of(type), t.text});
    }
    return t;
}
static inline struct told ask_as(struct world *w, const struct reader *reader, const char *method, const char *path,
                                 const char *body, const char *const *arguments) {
    return ask_with(w, reader, method, path, body, arguments, NULL);
}
#define ARGUMENTS(...)                                                                                                 \
    (const char *const[]) { __VA_ARGS__, NULL }
#define get(w, path, ...) ask_as(w, &reader_owner, "GET", path, "", ARGUMENTS(__VA_ARGS__))
/* As these parties: "city:green". */
static inline struct reader reader_of(struct world *w, const char *parties) {
    struct home_test *x = w->x;
    struct reader r;
    MUST(reader_parse(w->p, x->t.a, str_of(parties), &r, &x->t.e));
    return r;
}

/* ── what came back: "rows/0/product" ── */

static inline struct jv at(struct told t, const char *path) {
    struct jv v = t.root;
    str rest = str_of(path), field;
    while (str_next(&rest, '/', &field)) {
        uint64_t i;
        v = str_u64(field, &i) && j_is_arr(v) ? j_at(v, (size_t)i) : j_getn(v, field);
    }
    return v;
}
static inline void check_at(struct told t, const char *path, const char *want) {
    struct jv v = at(t, path);
    if (!str_is(j_str(v), want))
        fail_msg("%s is \"%.*s\", not \"%s\", in %.*s", path, STR_ARG(j_str(v)), want, STR_ARG(t.text));
}
static inline void check_int(struct told t, const char *path, int64_t want) {
    int64_t got = j_int(at(t, path), -1);
    if (got != want)
        fail_msg("%s is %lld, not %lld, in %.*s", path, (long long)got, (long long)want, STR_ARG(t.text));
}
static inline void check_len(struct told t, const char *path, size_t want) {
    size_t got = j_len(at(t, path));
    if (got != want)
        fail_msg("%s has %zu, not %zu, in %.*s", path, got, want, STR_ARG(t.text));
}
static inline void check_status(struct told t, int want) {
    if (t.status != want)
        fail_msg("status %d, not %d: %.*s", t.status, want, STR_ARG(t.text));
}

#endif
