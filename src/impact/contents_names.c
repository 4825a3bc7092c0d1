/* SPDX-License-Identifier: Apache-2.0
 *
 * From numbers back to names, and from a name somebody gives to its number.
 */
#include "impact/contents_inner.h"
#include "store/queries.h"

static bool find_package(struct contents *c, str name, bool *found, int64_t *out, struct err *e) {
    struct ask *q;
    if (!store_ask(c->s, &Q_package_find, &q, e))
        return false;
    ask_text(q, 1, name);
    if (!ask_step(q, found, e))
        return false;
    *out = *found ? ask_col_int(q, 0) : -1;
    ask_end(q);
    return true;
}

static bool find_component(struct contents *c, const struct identity *x, bool *found, component_id *out,
                           struct err *e) {
    int64_t package;
    struct ask *q;
    if (!find_package(c, x->package, found, &package, e))
        return false;
    if (!*found)
        return true;
    if (!store_ask(c->s, &Q_component_find, &q, e))
        return false;
    ask_int(q, 1, package);
    ask_text(q, 2, x->rest);
    if (!ask_step(q, found, e))
        return false;
    *out = *found ? ask_col_int(q, 0) : -1;
    ask_end(q);
    return true;
}

bool contents_component(struct contents *c, str purl, bool *found, component_id *out, struct err *e) {
    struct arena *a = arena_new();
    struct identity x;
    *out = -1;
    identity_of_text(a, purl, &x);
    bool ok = find_component(c, &x, found, out, e);
    if (ok && !*found && x.unidentified) { /* a name with an "@" of its own, and no version */
        identity_of(a, purl, &x);
        ok = find_component(c, &x, found, out, e);
    }
    arena_free(a);
    return ok;
}

bool contents_package(struct contents *c, str purl, bool *found, int64_t *package, struct err *e) {
    struct arena *a = arena_new();
    struct identity x;
    identity_of(a, purl, &x);
    bool ok = find_package(c, x.package, found, package, e);
    if (ok && !*found && x.unidentified) {
        identity_of_text(a, purl, &x);
        ok = find_package(c, x.package, found, package, e);
    }
    arena_free(a);
    return ok;
}

static bool rows(struct contents *c, struct arena *a, component_id first, component_id last, uint32_t n,
                 struct component_rows *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(c->s, &Q_component_rows, &q, e))
        return false;
    ask_int(q, 1, first);
    ask_int(q, 2, last);
    ask_int(q, 3, n);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = (struct component_row){.id = ask_col_int(q, 0),
                                                   .purl = arena_str(a, ask_col_text(q, 1)),
                                                   .version = arena_str(a, ask_col_text(q, 2)),
                                                   .licence = arena_str(a, ask_col_text(q, 3)),
                                                   .unidentified = ask_col_int(q, 4) != 0};
    }
    ask_end(q);
    return true;
}

bool contents_component_row(struct contents *c, struct arena *a, component_id id, struct component_row *out,
                            struct err *e) {
    struct component_rows found = {0};
    if (!rows(c, a, id, id, 1, &found, e))
        return false;
    if (!found.n)
        return err_set(e, ERR_INPUT, (str){NULL, 0}, _("there is no component %lld"), (long long)id);
    *out = found.v[0];
    return true;
}

bool contents_versions_from(struct contents *c, struct arena *a, int64_t package, int64_t number,
                            struct component_rows *out, struct err *e) {
    component_id first = package << COMPONENT_BITS;
    *out = (struct component_rows){0};
    return rows(c, a, first + number, first + ((component_id)1 << COMPONENT_BITS) - 1, UINT32_MAX, out, e);
}
bool contents_versions(struct contents *c, struct arena *a, int64_t package, struct component_rows *out,
                       struct err *e) {
    return contents_versions_from(c, a, package, 0, out, e);
}

bool contents_walk(struct contents *c, struct arena *a, component_id first, uint32_t n, struct component_rows *out,
                   struct err *e) {
    *out = (struct component_rows){0};
    return rows(c, a, first, INT64_MAX, n, out, e);
}
