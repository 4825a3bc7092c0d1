/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/spdx2_tree.h"

struct tn *tn_new(struct arena *a, enum tn_kind kind, uint32_t line) {
    struct tn *n = arena_new_of(a, struct tn);
    n->kind = kind;
    n->line = line;
    return n;
}

struct tn *tn_get(const struct tn *obj, str key) {
    for (struct tn *n = obj ? obj->first : NULL; n; n = n->next)
        if (str_eq(n->key, key))
            return n;
    return NULL;
}

str tn_text(const struct tn *obj, const char *key) {
    const struct tn *n = tn_get(obj, str_of(key));
    return n ? n->text : (str){NULL, 0};
}

struct tn *tn_push(struct tn *arr, struct tn *value) {
    if (arr->last)
        arr->last->next = value;
    else
        arr->first = value;
    arr->last = value;
    return value;
}

struct tn *tn_add(struct tn *obj, str key, struct tn *value) {
    value->key = key;
    return tn_push(obj, value);
}

static struct tn *text_node(struct arena *a, str text, uint32_t line) {
    struct tn *n = tn_new(a, TN_STR, line);
    n->text = text.p ? text : S("");
    return n;
}

struct tn *tn_add_text(struct arena *a, struct tn *obj, const char *key, str text, uint32_t line) {
    return tn_add(obj, str_of(key), text_node(a, text, line));
}

struct tn *tn_push_text(struct arena *a, struct tn *arr, str text, uint32_t line) {
    return tn_push(arr, text_node(a, text, line));
}

struct tn *tn_list(struct arena *a, struct tn *obj, const char *key, uint32_t line) {
    struct tn *n = tn_get(obj, str_of(key));
    return n ? n : tn_add(obj, str_of(key), tn_new(a, TN_ARR, line));
}

static const struct {
    str key;
    enum tn_kind kind;
} typed[] = {
    {S_INIT("filesAnalyzed"), TN_BOOL}, {S_INIT("isLive"), TN_BOOL}, {S_INIT("isValid"), TN_BOOL},
    {S_INIT("isWayBackLink"), TN_BOOL}, {S_INIT("offset"), TN_INT},  {S_INIT("lineNumber"), TN_INT},
    {S_INIT("order"), TN_INT},
};

struct tn *tn_scalar(struct arena *a, str key, str text, uint32_t line) {
    struct tn *n = text_node(a, text, line);
    int64_t number;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        if (!str_eq(typed[i].key, key))
            continue;
        bool yes = str_ieq(text, S("true"));
        if (typed[i].kind == TN_BOOL && (yes || str_ieq(text, S("false"))))
            *n = (struct tn){.kind = TN_BOOL, .line = line, .text = yes ? S("true") : S("false")};
        else if (typed[i].kind == TN_INT && str_i64(text, &number))
            *n = (struct tn){.kind = TN_INT, .line = line, .text = arena_printf(a, "%lld", (long long)number)};
    }
    return n;
}

/* ── to JSON ── */

struct emitter {
    struct arena *a;
    struct jw w;
    VEC(uint32_t) lines; /* one for each value and each key, as json_place counts */
};

static void emit(struct emitter *out, const struct tn *n) { /* NOLINT(misc-no-recursion): as deep as its source */
    *vec_push(out->a, &out->lines) = n->line;
    switch (n->kind) {
    case TN_OBJ:
        jw_obj(&out->w);
        for (const struct tn *m = n->first; m; m = m->next) {
            *vec_push(out->a, &out->lines) = m->line;
            jw_key(&out->w, m->key);
            emit(out, m);
        }
        jw_obj_end(&out->w);
        break;
    case TN_ARR:
        jw_arr(&out->w);
        for (const struct tn *m = n->first; m; m = m->next)
            emit(out, m);
        jw_arr_end(&out->w);
        break;
    case TN_STR: jw_str(&out->w, n->text); break;
    case TN_INT:
    case TN_BOOL: jw_raw(&out->w, n->text); break;
    }
}

bool tn_finish(struct sbom_reading *r, const struct tn *root, struct json *out, struct err *e) {
    struct buf b = {0};
    struct emitter to = {.a = r->arena, .w = jw_to(&b, false)};
    emit(&to, root);
    bool ok = json_parse(r->ctx, r->arena, buf_str(&b), JSON_STRICT, r->where, out, e);
    buf_free(&b);
    if (ok)
        out->lines = to.lines.v;
    return ok;
}

/* ── from JSON ── */

static uint32_t line_of(const struct json *doc, struct jv v) {
    return doc->lines ? doc->lines[v.v - doc->doc->root] : 0;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by limits.depth */
static struct tn *node_of(struct arena *a, const struct json *doc, str key, struct jv v, bool retype) {
    uint32_t line = line_of(doc, v);
    if (j_is_str(v))
        return retype ? tn_scalar(a, key, j_str(v), line) : text_node(a, j_str(v), line);
    if (!j_is_obj(v) && !j_is_arr(v)) {
        struct tn *n = tn_new(a, TN_INT, line);
        n->text = json_text(v, a);
        return n;
    }
    struct tn *n = tn_new(a, j_is_obj(v) ? TN_OBJ : TN_ARR, line);
    for (struct jiter it = j_iter(v); j_next(&it);) {
        struct tn *member = node_of(a, doc, it.key, it.val, retype);
        member->key = it.key;
        tn_push(n, member);
    }
    return n;
}

struct tn *tn_of_json(struct arena *a, const struct json *doc, bool retype) {
    return node_of(a, doc, S(""), doc->root, retype);
}

/* ── complaints ── */

str spdx2_line_place(struct sbom_reading *r, uint32_t line) {
    return arena_printf(r->arena, "%.*s:%u", STR_ARG(r->where), line);
}

void spdx2_complain(struct sbom_reading *r, uint32_t line, const char *what, ...) {
    va_list ap;
    struct buf b = {0};
    va_start(ap, what);
    buf_addv(&b, what, ap);
    va_end(ap);
    str text = buf_str(&b), place = spdx2_line_place(r, line);
    if (r->flags & SBOM_VALIDATE)
        codec_error(r, place, "%.*s", STR_ARG(text));
    else
        ctx_warn(r->ctx, place, "%.*s", STR_ARG(text));
    buf_free(&b);
}
