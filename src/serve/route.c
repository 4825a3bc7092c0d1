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
