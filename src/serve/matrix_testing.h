/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests that ask a whole application as every reader: an application on the small country of api_testing.h, tokens
 * for users with any roles, the names that stand in answers about a thing and nowhere else, and who may read them.
 */
#ifndef AKASHI_SERVE_MATRIX_TESTING_H
#define AKASHI_SERVE_MATRIX_TESTING_H

#include "serve/api_testing.h"

#include "base/file.h"
#include "serve/app.h"
#include "serve/session.h"

struct matrix {
    struct world w;
    struct app *app;
    str tokens[16];
};

static inline void opened(struct matrix *m, struct home_test *x) {
    struct app_plan plan = {.home = x->path, .checks = true};
    open_country(&m->w, x);
    close_country(&m->w);
    home_test_close(x);
    x->t.ctx.now_fixed = true;
    MUST(app_open(&x->t.ctx, &plan, &m->app, &x->t.e));
}

/* A user with these roles, and a token that may all they may, for these parties (NULL: all). */
static inline str token_for(struct matrix *m, const char *name, const struct grant *g, uint32_t n,
                            const char *clearance, const char *parties) {
    struct home_test *x = m->w.x;
    struct access *s = app_access(m->app);
    struct user_change to = {.clearance = str_of(clearance), .grants = g, .n_grants = n, .disabled = -1};
    struct token t = {
        .name = S("t"), .may = ~0U, .parties = str_of(parties), .made = x->t.ctx.now, .until = x->t.ctx.now + 1000};
    str secret = {NULL, 0};
    MUST(access_begin(s, &x->t.e));
    bool ok = user_add(s, x->t.a, str_of(name), S(""), x->t.ctx.now, &t.user, &x->t.e) &&
              user_change(s, t.user, &to, &x->t.e) && token_new(s, x->t.a, &t, &secret, &x->t.e);
    MUST(access_end(s, ok, &x->t.e));
    return secret;
}

static inline str token_of(struct matrix *m, const char *name, const struct grant *g, uint32_t n,
                           const char *clearance) {
    return token_for(m, name, g, n, clearance, NULL);
}

/* "/api/v1/users/{user}" → "/api/v1/users/x" */
static inline str path_of(struct arena *a, const char *pattern) {
    struct buf b = {0};
    bool inside = false;
    for (const char *p = pattern; *p; p++) {
        if (*p == '{')
            buf_addc(&b, 'x');
        inside = *p == '{' || (inside && *p != '}');
        if (!inside && *p != '}')
            buf_addc(&b, *p);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static inline struct told send_app(struct matrix *m, const char *method, str path, str token,
                                   const struct answer_header *arguments, str body, str file) {
    struct home_test *x = m->w.x;
    struct arena *mine = arena_new();
    struct answer_header headers[] = {
        {token.n ? "Authorization" : NULL, arena_printf(x->t.a, "Bearer %.*s", STR_ARG(token)).p},
        {token.n ? "Content-Type" : NULL, "application/json"},
        {0}};
    struct asked asked = {.method = method,
                          .path = path,
                          .raw = path,
                          .host = S("localhost"),
                          .headers = headers,
                          .arguments = arguments,
                          .body = body,
                          .file = file};
    struct answer answer = {0};
    assert_true(call_answer(m->app, mine, &asked, &answer));
    struct told t = {.status = answer.status, .text = arena_str(x->t.a, answer.body)};
    if (answer.fd > 0)
        close(answer.fd);
    if (t.status == 500) /* an answer that is not as OpenAPI says */
        fail_msg("%s %.*s?%s=%s: %.*s", method, STR_ARG(path), arguments->name ? arguments->name : "",
                 arguments->name ? arguments->value : "", STR_ARG(t.text));
    arena_free(mine);
    return t;
}

static inline struct told ask_app(struct matrix *m, const char *method, str path, str token,
                                  const struct answer_header *arguments) {
    return send_app(m, method, path, token, arguments, S(""), (str){NULL, 0});
}

static const struct answer_header none[] = {{0}};

static inline bool says(struct told t, const char *word) { return str_find(t.text, str_of(word)) != STR_NONE; }

/* ── readers ── */

/* Names that stand in answers about a thing and nowhere else, and who may read them (audience.h). */
static const struct thing_row {
    const char *name;
    const char *readers; /* of rows below */
} things[] = {
    {"\"shop\"", "acme owner city"}, /* city runs it */
    {"\"Shop\"", "acme owner city"},
    {"\"sensor\"", "sub owner hospital green"}, /* TLP:GREEN */
    {"\"Sensor\"", "sub owner hospital green"},
    {"\"city/shop\"", "owner city acme"},
    {"\"hospital/sensor\"", "owner hospital sub"},
    {"\"Register\"", "owner city"},
    {"\"Emergency\"", "owner hospital"},
    {"\"Power\"", "owner city"},
};
static const struct reader_row {
    const char *name, *party, *clearance;
} readers[] = {
    {"owner", "", NULL},
    {"city", "city", NULL},
    {"hospital", "hospital", NULL},
    {"acme", "acme", NULL},
    {"sub", "sub", NULL},
    {"green", "nobody-known", "green"},
    {"clear", "nobody-known", NULL},
};

static inline bool among(const char *list, const char *word) {
    str rest = str_of(list), one;
    while (str_next(&rest, ' ', &one))
        if (str_is(one, word))
            return true;
    return false;
}

/* What routes are asked; no answer repeats these as one of the names above. */
static const struct answer_header questions[][2] = {
    {{0}},
    {{"q", "s"}},
    {{"q", "pkg:npm/left"}},
    {{"q", "pkg:npm/right"}},
    {{"q", "CVE-2026-1"}},
    {{"purl", "pkg:npm/left@1.0.0"}},
    {{"purl", "pkg:npm/right@1.0.0"}},
    {{"name", "shop@1.0"}},
    {{"name", "sensor@1.0"}},
    {{"party", "acme,sub,city,hospital"}},
    {{"product", "shop,sensor"}},
    {{"product", "shop"}},
    {{"product", "sensor"}},
    {{"service", "register,power,emergency"}},
    {{"remove", "product:shop"}},
    {{"remove", "service:emergency"}},
};

/* What stands in a path between braces; the last is nobody's. */
static const char *const ids[] = {
    "acme",  "sub",       "city",        "hospital",          "shop", "sensor", "register",
    "power", "emergency", "city%2Fshop", "hospital%2Fsensor", "cip",  "0",      "3",
    "5",     "7",         "9",           "nothing-there"};
enum { IDS = sizeof ids / sizeof *ids };

static inline str path_with(struct arena *a, const char *pattern, const char *id) {
    str before, rest, after;
    (void)str_cut(str_of(pattern), '{', &before, &rest);
    (void)str_cut(rest, '}', &rest, &after);
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(before), id, STR_ARG(after));
}

#endif
