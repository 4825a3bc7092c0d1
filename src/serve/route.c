/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/route.h"

#include "node/target.h"
#include "serve/call.h"

#define ROUTE(method, path, may, flags, most, answer, summary)                                                         \
    bool answer(struct call *, struct err *);                                                                          \
    extern const struct route_doc answer##_doc;
#include "serve/routes.list"
#undef ROUTE

const struct api apis[] = {
#define ROUTE(method, path, may, flags, most, answer, summary)                                                         \
    {method, path, may, flags, most, answer, &answer##_doc, summary},
#include "serve/routes.list"
#undef ROUTE
    {0}};

static bool fits(struct arena *a, const char *pattern, str raw, str parts[ROUTE_PARTS]) {
    str rest = str_of(pattern), field, given;
    unsigned n = 0;
    for (unsigned i = 0; i < ROUTE_PARTS; i++)
        parts[i] = (str){NULL, 0};
    while (str_next(&rest, '/', &field)) {
        if (!str_next(&raw, '/', &given))
            return false;
        if (field.n && field.p[0] == '{' && n < ROUTE_PARTS && given.n) {
            if (!target_decode(a, given, false, &parts[n++]))
                return false;
        } else if (!str_eq(field, given)) {
            return false;
        }
    }
    return !str_next(&raw, '/', &given);
}

const struct api *api_find(struct arena *a, str method, str raw, str parts[ROUTE_PARTS], str *allowed) {
    bool head = str_is(method, "HEAD");
    *allowed = (str){NULL, 0};
    for (const struct api *r = apis; r->path; r++) {
        if (!fits(a, r->path, raw, parts))
            continue;
        if (str_is(method, r->method) || (head && strcmp(r->method, "GET") == 0))
            return r;
        *allowed = allowed->p ? arena_printf(a, "%.*s, %s", STR_ARG(*allowed), r->method) : str_of(r->method);
    }
    return NULL;
}

/* ── what the table tells of arguments ── */

const char *const may_words[MAY_COUNT] = {"anybody", "self", "read", "upload", "respond", "assess", "manage", "admin"};

bool route_next_part(str *rest, str *name) {
    str field;
    while (str_next(rest, '/', &field))
        if (field.n > 2 && field.p[0] == '{') {
            *name = str_n(field.p + 1, field.n - 2);
            return true;
        }
    return false;
}

const struct route_argument *route_argument_of(const struct api *r, str name) {
    for (const struct route_argument *x = r->doc->arguments; x && x->name; x++)
        if (str_is(name, x->name))
            return x;
    return NULL;
}

void route_kind_json(struct jw *w, const char *kind) {
    str rest = str_of(kind), word;
    bool number = strcmp(kind, "number") == 0;
    jw_kstr(w, "type", str_of(number ? "integer" : strcmp(kind, "flag") == 0 ? "boolean" : "string"));
    if (number)
        jw_kint(w, "minimum", 0);
    if (!strchr(kind, '|'))
        return;
    jw_karr(w, "enum");
    while (str_next(&rest, '|', &word))
        jw_str(w, word);
    jw_arr_end(w);
}
