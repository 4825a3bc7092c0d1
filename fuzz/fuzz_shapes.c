/* SPDX-License-Identifier: Apache-2.0
 *
 * The name of a schema, a line end, and a body: sent to each route that takes such a body, on a small home, by somebody
 * who may do everything. Whatever it is, the answer is JSON, a refusal says why, and nothing of it is a fault of ours.
 */
#include <sanitizer/lsan_interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/temporary.h"
#include "seal/home.h"
#include "serve/app.h"
#include "serve/call.h"
#include "serve/session.h"
#include "serve/shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What fontconfig keeps for the life of the program, where a table is printed. */
const char *__lsan_default_suppressions(void);  // NOLINT(bugprone-reserved-identifier): the sanitizer's own name
const char *__lsan_default_suppressions(void) { // NOLINT(bugprone-reserved-identifier)
    return "leak:libfontconfig\nleak:libcairo\n";
}

static void check(int ok) {
    if (!ok)
        abort();
}

/* The house has no globals; a fuzz target is called anew for each input and has nowhere else to keep its home. */
static struct standing {
    struct ctx ctx;
    struct arena *a;
    struct app *app;
    str home, token;
} * standing;

static void tidy(void) {
    char command[300];
    app_close(standing->app);
    snprintf(command, sizeof command, "rm -rf '%.*s'", STR_ARG(standing->home));
    (void)!system(command);
}

static void make_user(struct standing *s, struct err *e) {
    static const struct grant all[] = {
        {USER_ADMIN, S_INIT("")}, {USER_MANAGER, S_INIT("")}, {USER_ASSESSOR, S_INIT("")}};
    struct access *x = app_access(s->app);
    struct user_change to = {.grants = all, .n_grants = 3, .disabled = -1};
    struct token t = {.name = S("t"), .may = ~0U, .made = s->ctx.now, .until = s->ctx.now + 1000000};
    check(access_begin(x, e));
    bool ok = user_add(x, s->a, S("keeper"), S(""), s->ctx.now, &t.user, e) && user_change(x, t.user, &to, e) &&
              token_new(x, s->a, &t, &s->token, e);
    check(access_end(x, ok, e));
}

static void stand(void) {
    struct err e = {0};
    struct arena *a = arena_new();
    struct standing *s = arena_new_of(a, struct standing);
    char *name = temporary_name(arena_alloc(a, 256), 256, "fuzz");
    check(mkdtemp(name) != NULL);
    ctx_init(&s->ctx);
    s->a = a;
    s->ctx.now = 1800000000;
    s->ctx.now_fixed = s->ctx.quiet = true;
    s->home = arena_printf(a, "%s/home", name);
    const struct home_plan plan = {.party = S("Acme"), .roles = ROLE_SUPPLIER};
    const struct app_plan app = {.home = s->home};
    check(home_make(&s->ctx, s->home, &plan, &e) && app_open(&s->ctx, &app, &s->app, &e));
    make_user(s, &e);
    s->home = str_of(name);
    standing = s;
    atexit(tidy);
}

static void hand_in(const struct api *r, str body) {
    struct standing *s = standing;
    struct arena *a = arena_new();
    struct json doc;
    struct err e = {0};
    struct answer_header headers[] = {{"Authorization", arena_printf(a, "Bearer %.*s", STR_ARG(s->token)).p},
                                      {"Content-Type", "application/json"},
                                      {0}};
    str path = str_of(r->path), part;
    struct buf b = {0};
    while (str_next(&path, '/', &part)) {
        if (b.n || part.n)
            buf_addc(&b, '/');
        buf_add(&b, part.n && part.p[0] == '{' ? S("x") : part);
    }
    str place = arena_str(a, buf_str(&b));
    buf_free(&b);
    const struct asked asked = {
        .method = r->method, .path = place, .raw = place, .host = S("localhost"), .headers = headers, .body = body};
    struct answer out = {0};
    check(call_answer(s->app, a, &asked, &out));
    check(out.status >= 200 && out.status < 500);
    if (out.body.n && out.type && strstr(out.type, "json"))
        check(json_parse(&s->ctx, a, out.body, JSON_STRICT, S("answer"), &doc, &e));
    check(out.status < 400 || j_gets(doc.root, "title").n);
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    str name, body;
    if (!standing) {
        __lsan_disable(); /* it stands to the end */
        stand();
        __lsan_enable();
    }
    if (size > 1 << 14 || !str_cut(str_n((const char *)data, size), '\n', &name, &body))
        return 0;
    for (const struct api *r = apis; r->path; r++)
        if (r->doc->body && str_is(name, r->doc->body) && !(r->flags & (ROUTE_RAW | ROUTE_FILE)))
            hand_in(r, body);
    return 0;
}
