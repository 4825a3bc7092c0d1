/* SPDX-License-Identifier: Apache-2.0
 *
 * The routes' table as OpenAPI 3.1, in the reader's language, and the page to try them.
 */
#include "serve/call.h"
#include "serve/shape.h"

bool api_openapi(struct call *q, struct err *e);
bool api_try(struct call *q, struct err *e);
bool api_try_script(struct call *q, struct err *e);
bool api_try_style(struct call *q, struct err *e);

/* ── one operation ── */

static void put_parameter(struct jw *w, str name, const char *in, const char *kind, const char *help) {
    jw_obj(w);
    jw_kstr(w, "name", name);
    jw_kstr(w, "in", str_of(in));
    jw_kbool(w, "required", in[0] == 'p');
    if (help && *help)
        jw_kstr(w, "description", str_of(_(help)));
    jw_kobj(w, "schema");
    route_kind_json(w, kind);
    jw_obj_end(w);
    jw_obj_end(w);
}

static bool is_part(const struct api *r, str name) {
    str rest = str_of(r->path), part;
    while (route_next_part(&rest, &part))
        if (str_eq(part, name))
            return true;
    return false;
}

static void put_parameters(struct jw *w, const struct api *r) {
    str rest = str_of(r->path), name;
    jw_karr(w, "parameters");
    while (route_next_part(&rest, &name)) {
        const struct route_argument *x = route_argument_of(r, name);
        put_parameter(w, name, "path", x ? x->kind : "text", x ? x->help : NULL);
    }
    for (const struct route_argument *x = r->doc->arguments; x && x->name; x++)
        if (!is_part(r, str_of(x->name)))
            put_parameter(w, str_of(x->name), "query", x->kind, x->help);
    jw_arr_end(w);
}

static void put_type(struct jw *w, struct arena *a, const char *type, const char *shape) {
    jw_kobj(w, type);
    if (shape) {
        jw_kobj(w, "schema");
        jw_kstr(w, "$ref", arena_printf(a, "#/components/schemas/%s", shape));
        jw_obj_end(w);
    }
    jw_obj_end(w);
}

static void put_refusal(struct jw *w, struct arena *a, const char *status, const char *says) {
    jw_kobj(w, status);
    jw_kstr(w, "description", str_of(says));
    jw_kobj(w, "content");
    put_type(w, a, "application/problem+json", "problem");
    jw_obj_end(w);
    jw_obj_end(w);
}

static void put_answer(struct jw *w, struct arena *a, const struct api *r, const char *says) {
    str rest = str_of(r->doc->others ? r->doc->others : ""), type;
    jw_kobj(w, "2XX");
    jw_kstr(w, "description", str_of(says));
    jw_kobj(w, "content");
    if (r->doc->answer)
        put_type(w, a, "application/json", r->doc->answer);
    while (str_next(&rest, '|', &type))
        put_type(w, a, arena_cstr(a, type), NULL);
    jw_obj_end(w);
    jw_obj_end(w);
}

static void put_empty(struct jw *w, const char *status, const char *says) {
    jw_kobj(w, status);
    jw_kstr(w, "description", str_of(says));
    jw_obj_end(w);
}

static void put_responses(struct jw *w, struct arena *a, const struct api *r) {
    const char *says = r->doc->says ? _(r->doc->says) : _(r->summary);
    jw_kobj(w, "responses");
    if (r->doc->answer || r->doc->others)
        put_answer(w, a, r, says);
    if (r->doc->nothing)
        put_empty(w, "204", says);
    if (r->may != MAY_ANYBODY) {
        put_refusal(w, a, "401", _("sign in first"));
        put_refusal(w, a, "403", _("your role does not allow this"));
    }
    put_refusal(w, a, "4XX", _("what was asked is not right; \"title\" says why, \"where\" says where"));
    put_refusal(w, a, "5XX", _("this does not work at the moment; the server's log says why"));
    jw_obj_end(w);
}

/* A form has its fields beside the file; what is neither JSON nor a form is the document itself. */
static void put_body(struct jw *w, struct arena *a, const struct api *r) {
    jw_kobj(w, "requestBody");
    jw_kobj(w, "content");
    if (r->doc->body)
        put_type(w, a, "application/json", r->doc->body);
    else
        put_type(w, a, "application/octet-stream", NULL);
    if (r->doc->form)
        put_type(w, a, "multipart/form-data", r->doc->form);
    jw_obj_end(w);
    jw_kint(w, "x-akashi-most-bytes", (int64_t)r->most);
    jw_obj_end(w);
}

/* "GET /api/v1/cases/{case}" → "get_api_v1_cases_case" */
static str operation_name(struct arena *a, const struct api *r) {
    struct buf b = {0};
    buf_add(&b, arena_lower(a, str_of(r->method)));
    for (const char *p = r->path; *p; p++)
        if (!strchr("{}/.", *p))
            buf_addc(&b, *p);
        else if (b.p[b.n - 1] != '_')
            buf_addc(&b, '_');
    str out = arena_str(a, b.p[b.n - 1] == '_' ? str_n(b.p, b.n - 1) : buf_str(&b));
    buf_free(&b);
    return out;
}

static void put_operation(struct jw *w, struct arena *a, const struct api *r) {
    str method = arena_lower(a, str_of(r->method));
    jw_kobj(w, arena_cstr(a, method));
    jw_kstr(w, "operationId", operation_name(a, r));
    jw_kstr(w, "summary", str_of(_(r->summary)));
    if (r->doc->says)
        jw_kstr(w, "description", str_of(_(r->doc->says)));
    jw_kstr(w, "x-akashi-may", str_of(may_words[r->may]));
    put_parameters(w, r);
    if (r->most)
        put_body(w, a, r);
    put_responses(w, a, r);
    if (r->may == MAY_ANYBODY) {
        jw_karr(w, "security");
        jw_arr_end(w);
    }
    jw_obj_end(w);
}

/* ── all of them ── */

static bool came_before(const struct api *r) {
    for (const struct api *x = apis; x < r; x++)
        if (strcmp(x->path, r->path) == 0)
            return true;
    return false;
}

static void put_paths(struct jw *w, struct arena *a) {
    jw_kobj(w, "paths");
    for (const struct api *r = apis; r->path; r++) {
        if (came_before(r))
            continue;
        jw_kobj(w, r->path);
        for (const struct api *x = r; x->path; x++)
            if (strcmp(x->path, r->path) == 0)
                put_operation(w, a, x);
        jw_obj_end(w);
    }
    jw_obj_end(w);
}

static void put_scheme(struct jw *w, const char *name, const char *type, const char *key, const char *value) {
    jw_kobj(w, name);
    jw_kstr(w, "type", str_of(type));
    jw_kstr(w, key, str_of(value));
    if (strcmp(type, "apiKey") == 0)
        jw_kstr(w, "name", S("X-Api-Key"));
    jw_obj_end(w);
}

/* By itself a schema has an id, which its own "#/$defs/…" start from. Among others it has none: many readers of OpenAPI
 * look for all that begins with "#" in the document. */
static void put_schema(struct jw *w, struct arena *a, const char *name, struct jv v) {
    const str defs = S("\"#/$defs/");
    struct buf b = {0};
    str text = json_text(v, a);
    for (size_t at; (at = str_find(text, defs)) != STR_NONE; text = str_from(text, at + defs.n)) {
        buf_add(&b, str_upto(text, at));
        buf_addf(&b, "\"#/components/schemas/%s/$defs/", name);
    }
    buf_add(&b, text);
    jw_raw(w, arena_str(a, buf_str(&b)));
    buf_free(&b);
}

static bool put_shape(struct jw *w, struct ctx *c, struct arena *a, const struct embedded_file *x, struct err *e) {
    struct json doc;
    if (!json_parse(c, a, str_n(x->bytes, x->size), JSON_STRICT, str_of(x->name), &doc, e))
        return false;
    jw_kobj(w, x->name);
    for (struct jiter it = j_iter(doc.root); j_next(&it);)
        if (!str_is(it.key, "$id") && !str_is(it.key, "$schema")) {
            jw_key(w, it.key);
            put_schema(w, a, x->name, it.val);
        }
    jw_obj_end(w);
    return true;
}

static bool put_components(struct jw *w, struct ctx *c, struct arena *a, struct err *e) {
    bool ok = true;
    jw_kobj(w, "components");
    jw_kobj(w, "securitySchemes");
    put_scheme(w, "token", "http", "scheme", "bearer");
    put_scheme(w, "key", "apiKey", "in", "header");
    jw_obj_end(w);
    jw_kobj(w, "schemas");
    for (const struct embedded_file *x = embedded_serve_shapes; ok && x->name; x++)
        ok = put_shape(w, c, a, x, e);
    jw_obj_end(w);
    jw_obj_end(w);
    return ok;
}

static void put_security(struct jw *w) {
    jw_karr(w, "security");
    for (int i = 0; i < 2; i++) {
        jw_obj(w);
        jw_karr(w, i ? "key" : "token");
        jw_arr_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_server(struct jw *w) {
    jw_karr(w, "servers");
    jw_obj(w);
    jw_kstr(w, "url", S("/"));
    jw_obj_end(w);
    jw_arr_end(w);
}

bool api_openapi(struct call *q, struct err *e) {
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "openapi", S("3.1.0"));
    jw_kobj(w, "info");
    jw_kstr(w, "title", S("Akashi"));
    jw_kstr(w, "version", S(AKASHI_VERSION));
    jw_kstr(w, "description", str_of(_("everything on screen comes from these routes")));
    jw_obj_end(w);
    put_server(w);
    put_paths(w, q->a);
    put_security(w);
    bool ok = put_components(w, q->ctx, q->a, e);
    jw_obj_end(w);
    return ok;
}
const struct route_doc api_openapi_doc = {.answer = "openapi-answer"};

/* ── the page to try them ── */

static bool send_file(struct call *q, const char *name, const char *type) {
    for (const struct embedded_file *f = embedded_try_page; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return call_bytes(q, type, str_n(f->bytes, f->size));
    return call_not_found(q);
}

bool api_try(struct call *q, struct err *e) {
    (void)e;
    return send_file(q, "page", "text/html; charset=utf-8");
}
bool api_try_script(struct call *q, struct err *e) {
    (void)e;
    return send_file(q, "script", "text/javascript; charset=utf-8");
}
bool api_try_style(struct call *q, struct err *e) {
    (void)e;
    return send_file(q, "style", "text/css; charset=utf-8");
}
const struct route_doc api_try_doc = {.others = "text/html"};
const struct route_doc api_try_script_doc = {.others = "text/javascript"};
const struct route_doc api_try_style_doc = {.others = "text/css"};
