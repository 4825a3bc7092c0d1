/* SPDX-License-Identifier: Apache-2.0
 *
 * Requirements and how far they are met; declarations and how they stand.
 *
 * Levels rest on all that a party's home holds, so they are the owner's to see; others see what was declared to them.
 */
#include "conform/declaration_json.h"
#include "conform/status.h"
#include "serve/asking.h"

bool api_catalogues(struct call *q, struct err *e);
bool api_conform_status(struct call *q, struct err *e);
bool api_conform_trend(struct call *q, struct err *e);
bool api_declarations(struct call *q, struct err *e);
bool api_declaration(struct call *q, struct err *e);

bool api_catalogues(struct call *q, struct err *e) {
    struct catalogue_names names;
    if (!catalogues_list(q->ctx, q->views, q->a, &names, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < names.n; i++)
        catalogue_name_json(w, &names.v[i]);
    jw_arr_end(w);
    jw_kint(w, "total", names.n);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_catalogues_doc = {.says = N_("id, title in both languages, version")};

/* ── levels ── */

struct levels {
    struct conform_status s;
    struct conform_scope scope;
    struct evaluation_ask ask;
    bool allowed;
};

static bool named(struct call *q, const char *argument, enum thing_kind kind, int64_t *out, struct err *e) {
    str id = call_text(q, argument);
    bool found;
    if (!id.n)
        return true;
    if (!thing_find(q->views, kind, id, &found, out, e))
        return false;
    return found || err_set(e, ERR_USAGE, str_of(argument), _("nobody has told of '%.*s'"), STR_ARG(id));
}

static bool which_practice(struct call *q, struct levels *x, struct err *e) {
    str id = call_text(q, "practice");
    const struct practice *p = id.n ? practice_of(x->s.catalogue, id) : NULL;
    if (id.n && !p)
        return err_set(e, ERR_USAGE, S("practice"), _("the catalogue %.*s has no such practice"),
                       STR_ARG(x->s.catalogue->id));
    x->ask.only = p ? p->id : (str){NULL, 0};
    x->ask.most = p ? 12 : 4;
    return true;
}

static bool levels_of(struct call *q, struct levels *x, struct err *e) {
    struct reader reader;
    str id = call_text(q, "catalogue");
    int64_t product = -1;
    *x = (struct levels){.scope.party = -1};
    if (!call_reader(q, &reader, e))
        return false;
    x->allowed = reader.owner;
    if (!x->allowed)
        return call_refuse(q, 403, "forbidden", "%s",
                           _("levels are for the party itself to see; see what it declared: /api/v1/declarations"));
    x->s.package = call_text(q, "package");
    x->s.now = q->when.given ? q->when.time : q->ctx->now;
    if (!catalogue_find(q->ctx, q->views, q->a, id.n ? id : S("cip"), &x->s.catalogue, e) ||
        !status_package(q->a, x->s.catalogue, x->s.package, e) || !which_practice(q, x, e) ||
        !named(q, "party", THING_PARTY, &x->scope.party, e) || !named(q, "product", THING_PRODUCT, &product, e))
        return false;
    if (product >= 0)
        *vec_push(q->a, &x->scope.products) = product;
    x->ask.catalogue = x->s.catalogue;
    x->ask.scope = &x->scope;
    x->ask.package = x->s.package;
    x->ask.when = q->when;
    x->ask.now = x->s.now;
    return conform_scope_complete(q->views, q->a, &q->when, &x->scope, e) &&
           thing_id(q->views, q->a, THING_PARTY, x->scope.party, &x->s.party, e) &&
           conform_evaluate(q->views, q->a, &x->ask, &x->s.all, e);
}

#define ARGUMENTS_LEVELS                                                                                               \
    {"catalogue", "text", N_("which catalogue (cip)")}, {"package", "text", N_("hold it against: minimum, standard")}, \
        {"party", "text", N_("whose levels: a unit's, by the id of the party (the home's own)")},                      \
        {"product", "text", N_("of this product alone")}, ARGUMENT_AS_OF

bool api_conform_status(struct call *q, struct err *e) {
    struct levels x;
    if (!levels_of(q, &x, e))
        return false;
    if (!x.allowed)
        return true;
    status_lines(q->a, x.s.catalogue, &x.s.all, &x.s.lines);
    status_json(q->a, call_json(q), &x.s);
    return true;
}
const struct route_doc api_conform_status_doc = {
    .arguments = (const struct route_argument[]){{"practice", "text", N_("one practice with all its rules")},
                                                 ARGUMENTS_LEVELS,
                                                 {0}},
    .says = N_("requirements, and practices with their rules and the log entries they rest on"),
};

bool api_conform_trend(struct call *q, struct err *e) {
    struct levels x;
    struct status_moment m[STATUS_MOMENTS] = {0};
    if (!levels_of(q, &x, e))
        return false;
    if (!x.allowed)
        return true;
    if (!status_moments(q->views, q->a, &x.ask, m, e))
        return false;
    moments_json(q->a, call_json(q), &x.s, m);
    return true;
}
const struct route_doc api_conform_trend_doc = {
    .arguments = (const struct route_argument[]){ARGUMENTS_LEVELS, {0}},
    .says = N_("levels at six moments of the last year, as they would have been answered then"),
};

/* ── declarations ── */

bool api_declarations(struct call *q, struct err *e) {
    struct reader reader;
    struct declaration_rows all;
    uint32_t n = 0;
    if (!call_reader(q, &reader, e) || !declarations_list(q->views, q->a, &q->when, call_flag(q, "ours"), &all, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = all.n; i-- > 0;) {
        bool may;
        if (!declaration_seen(q->views, q->a, &reader, &all.v[i], &may, e))
            return false;
        if (!may)
            continue;
        declaration_row_json(q->a, w, &all.v[i]);
        n++;
    }
    jw_arr_end(w);
    jw_kint(w, "total", n);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_declarations_doc = {
    .arguments = (const struct route_argument[]){{"ours", "flag", N_("only those of this home's party")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_("newest first, superseded ones too, each with how it stands"),
};

bool api_declaration(struct call *q, struct err *e) {
    struct reader reader;
    const struct declaration_row *d;
    bool may = false;
    if (!call_reader(q, &reader, e) || !declaration_find(q->views, q->a, &q->when, call_part(q, 0), &d, e) ||
        (d && !declaration_seen(q->views, q->a, &reader, d, &may, e)))
        return false;
    if (!may)
        return call_not_found(q);
    declaration_json(q->a, call_json(q), d);
    return true;
}
const struct route_doc api_declaration_doc = {
    .arguments = (const struct route_argument[]){ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_("by id or the beginning of its digest, with all that was said about it"),
};
