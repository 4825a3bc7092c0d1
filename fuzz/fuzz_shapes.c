/* SPDX-License-Identifier: Apache-2.0
 *
 * The name of a schema, a line end, and a body: sent to each route that takes such a body (as JSON or as the fields of
 * a form), about things that are there, by somebody who may do everything. Whatever it is, the answer is JSON, a
 * refusal says why, and nothing of it is a fault of ours. No row of the table is left out: shape_test.c asks for a seed
 * for each schema, and that it fits.
 */
#include <sanitizer/lsan_interface.h>
#include <stdio.h>
#include <unistd.h>

#include "serve/call.h"
#include "serve/confined.h"
#include "serve/session.h"
#include "standing_home.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What fontconfig keeps for the life of the program, where a table is printed. */
const char *__lsan_default_suppressions(void);  // NOLINT(bugprone-reserved-identifier): the sanitizer's own name
const char *__lsan_default_suppressions(void) { // NOLINT(bugprone-reserved-identifier)
    return "leak:libfontconfig\nleak:libcairo\n";
}

/* The house has no globals; a fuzz target is called anew for each input and has nowhere else to keep its home. */
static struct stage {
    struct ctx ctx;
    struct arena *a;
    struct app *app;
    str folder, token; /* the token of whoever sends; what is sent about users is about another one */
    str user, in_case, offer, declaration;
} * stage;

/* Documents are read by this program under another name (confined.h). */
int LLVMFuzzerInitialize(int *argc, char ***argv) {
    struct ctx c;
    if (*argc < 3 || strcmp((*argv)[2], "reader") != 0)
        return 0;
    ctx_init(&c);
    reader_run(&c);
    _exit(0);
}

static void tidy(void) {
    char command[300];
    app_close(stage->app);
    snprintf(command, sizeof command, "rm -rf '%.*s'", STR_ARG(stage->folder));
    (void)!system(command);
}

static void make_user(struct stage *s, struct err *e) {
    static const struct grant all[] = {
        {USER_ADMIN, S_INIT("")}, {USER_MANAGER, S_INIT("")}, {USER_ASSESSOR, S_INIT("")}};
    struct access *x = app_access(s->app);
    struct user_change to = {.grants = all, .n_grants = 3, .disabled = -1};
    struct token t = {.name = S("t"), .may = ~0U, .made = s->ctx.now, .until = s->ctx.now + 1000000};
    must(access_begin(x, e));
    bool ok = user_add(x, s->a, S("keeper"), S(""), s->ctx.now, &t.user, e) && user_change(x, t.user, &to, e) &&
              user_add(x, s->a, S("other"), S(""), s->ctx.now, &s->user, e) && token_new(x, s->a, &t, &s->token, e);
    must(access_end(x, ok, e));
}

/* ── one request ── */

#define BOUNDARY "Bx"

struct sent {
    const struct api *route;
    str path, body;
    bool form;
};

/* The answer's JSON; an absent root where it has none. */
static struct jv hand_in(struct arena *a, const struct sent *x) {
    struct stage *s = stage;
    struct json doc = {0};
    struct err e = {0};
    struct answer_header headers[] = {
        {"Authorization", arena_printf(a, "Bearer %.*s", STR_ARG(s->token)).p},
        {"Content-Type", x->form ? "multipart/form-data; boundary=" BOUNDARY : "application/json"},
        {0}};
    struct asked asked = {.method = x->route->method,
                          .path = x->path,
                          .raw = x->path,
                          .host = S("localhost"),
                          .headers = headers,
                          .body = x->body};
    struct answer out = {0};
    if (x->route->flags & ROUTE_FILE && !(x->route->flags & ROUTE_SMALL)) {
        asked.file = path_join(a, s->folder, S("upload"));
        asked.body = S("");
        must(file_replace(asked.file, x->body, &e));
    }
    must(call_answer(s->app, a, &asked, &out));
    bool queued = strcmp(x->route->path, "/api/v1/imports") == 0; /* nobody works on jobs here */
    must(out.status >= 200 && (out.status < 500 || (out.status == 503 && queued)));
    if (out.body.n && out.type && strstr(out.type, "json"))
        must(json_parse(&s->ctx, a, out.body, JSON_STRICT, S("answer"), &doc, &e));
    must(out.status < 400 || j_gets(doc.root, "title").n);
    return doc.root;
}

static const struct api *route_of(const char *method, const char *path) {
    const struct api *r = apis;
    while (r->path && (strcmp(r->path, path) != 0 || strcmp(r->method, method) != 0))
        r++;
    must(r->path != NULL);
    return r;
}

static struct jv say(const char *path, const char *body) {
    return hand_in(stage->a, &(struct sent){route_of("POST", path), str_of(path), str_of(body), false});
}

/* ── what there is ── */

static void make_things(struct stage *s) {
    struct arena *a = s->a;
    struct buf b = {0};
    const char *asked = "\"catalogue\":\"cip\",\"package\":\"minimum\"";
    (void)say("/api/v1/products", "{\"id\":\"shop\",\"party\":\"Acme\"}"); /* whoever declares has a product */
    (void)say("/api/v1/parties", "{\"id\":\"city\",\"name\":\"City\",\"roles\":\"customer\"}");
    (void)say("/api/v1/services", "{\"id\":\"register\",\"name\":\"Register\",\"party\":\"city\"}");
    (void)say("/api/v1/deployments", "{\"id\":\"city/shop\",\"product\":\"shop\",\"customer\":\"city\"}");
    s->offer = arena_str(
        a, j_gets(say("/api/v1/decisions", "{\"title\":\"Update\",\"customer\":\"city\",\"measure\":\"patch\","
                                           "\"product\":\"shop\",\"risk\":\"r\",\"deadline\":\"2027-06-01\"}"),
                  "offer"));
    struct jv preview = say("/api/v1/declarations", arena_printf(a, "{%s,\"preview\":true}", asked).p);
    for (struct jiter it = j_iter(j_get(preview, "short")); j_next(&it);)
        buf_addf(&b, "%s{\"practice\":\"%.*s\",\"level\":%lld,\"reason\":\"r\"}", b.n ? "," : "",
                 STR_ARG(j_gets(it.val, "practice")), (long long)j_int(j_get(it.val, "target"), 0));
    s->declaration = arena_str(
        a, j_gets(say("/api/v1/declarations",
                      arena_printf(a, "{%s,\"person\":{\"name\":\"N\",\"role\":\"R\"},\"claims\":[%.*s]}", asked,
                                   STR_ARG(buf_str(&b)))
                          .p),
                  "declaration"));
    buf_free(&b);
    struct jv cases = hand_in(a, &(struct sent){route_of("GET", "/api/v1/cases"), S("/api/v1/cases"), S(""), false});
    s->in_case = arena_str(a, j_gets(j_at(j_get(cases, "rows"), 0), "case"));
    must(s->offer.n && s->declaration.n && s->in_case.n);
}

static void stand(void) {
    struct err e = {0};
    struct arena *a = arena_new();
    struct stage *s = arena_new_of(a, struct stage);
    ctx_init(&s->ctx);
    s->a = a;
    s->ctx.now = 1800000000;
    s->ctx.now_fixed = s->ctx.quiet = true;
    s->app = stand_home(&s->ctx, a, &s->folder);
    stage = s;
    make_user(s, &e);
    make_things(s);
    atexit(tidy);
}

/* "{case}" is one that there is. */
static str part_of(str name) {
    const struct stage *s = stage;
    return str_is(name, "{case}")          ? s->in_case
           : str_is(name, "{offer}")       ? s->offer
           : str_is(name, "{declaration}") ? s->declaration
           : str_is(name, "{user}")        ? s->user
           : str_is(name, "{kind}")        ? S("ignore")
                                           : S("0");
}

static str place_of(struct arena *a, const struct api *r) {
    str path = str_of(r->path), part;
    struct buf b = {0};
    while (str_next(&path, '/', &part)) {
        if (b.n || part.n)
            buf_addc(&b, '/');
        buf_add(&b, part.n && part.p[0] == '{' ? part_of(part) : part);
    }
    str place = arena_str(a, buf_str(&b));
    buf_free(&b);
    return place;
}

/* ── bodies ── */

/* The members of an object as fields of a form, or the bytes as they are. */
static str form_of(struct arena *a, str body) {
    struct json doc;
    struct err e = {0};
    struct buf b = {0};
    if (!json_parse(&stage->ctx, a, body, JSON_STRICT, S("form"), &doc, &e) || !j_is_obj(doc.root))
        return body;
    for (struct jiter it = j_iter(doc.root); j_next(&it);)
        buf_addf(&b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%.*s\"%s\r\n\r\n%.*s\r\n",
                 STR_ARG(it.key), str_is(it.key, "file") || str_is(it.key, "sbom") ? "; filename=\"f\"" : "",
                 STR_ARG(j_str(it.val)));
    buf_addz(&b, "--" BOUNDARY "--\r\n");
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void send_to(const struct api *r, str body, bool form) {
    struct arena *a = arena_new();
    (void)hand_in(a, &(struct sent){r, place_of(a, r), form ? form_of(a, body) : body, form});
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    str name, body;
    if (!stage) {
        __lsan_disable(); /* it stands to the end */
        stand();
        __lsan_enable();
    }
    if (size > 1 << 14 || !str_cut(str_n((const char *)data, size), '\n', &name, &body))
        return 0;
    for (const struct api *r = apis; r->path; r++) {
        if (r->doc->body && str_is(name, r->doc->body))
            send_to(r, body, false);
        if (r->doc->form && str_is(name, r->doc->form))
            send_to(r, body, true);
    }
    return 0;
}
