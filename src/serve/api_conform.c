/* SPDX-License-Identifier: Apache-2.0
 *
 * Requirements and how far they are met; declarations and how they stand.
 *
 * Levels rest on all that a party's home holds, so they are the owner's to see; others see what was declared to them.
 */
#include "conform/attest_say.h"
#include "conform/declaration_json.h"
#include "conform/units.h"
#include "serve/declared.h"

bool api_catalogues(struct call *q, struct err *e);
bool api_conform_status(struct call *q, struct err *e);
bool api_conform_trend(struct call *q, struct err *e);
bool api_conform_units(struct call *q, struct err *e);
bool api_attest(struct call *q, struct err *e);
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
const struct route_doc api_catalogues_doc = {.answer = "catalogues-answer",
                                             .says = N_("id, title in both languages, version")};

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

/* What is asked, and whether the caller may see it. */
static bool levels_asked(struct call *q, struct levels *x, struct err *e) {
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
    return true;
}

static bool levels_of(struct call *q, struct levels *x, struct err *e) {
    if (!levels_asked(q, x, e))
        return false;
    return !x->allowed || (conform_scope_complete(q->views, q->a, &q->when, &x->scope, e) &&
                           thing_id(q->views, q->a, THING_PARTY, x->scope.party, &x->s.party, e) &&
                           conform_evaluate(q->views, q->a, &x->ask, &x->s.all, e));
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
    .answer = "status-answer",
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
    .answer = "trend-answer",
    .arguments = (const struct route_argument[]){ARGUMENTS_LEVELS, {0}},
    .says = N_("levels at six moments of the last year, as they would have been answered then"),
};

enum { UNITS = 12, UNITS_MOST = 60 };

bool api_conform_units(struct call *q, struct err *e) {
    struct levels x = {.scope.party = -1};
    struct units all;
    uint64_t most, skip;
    if (!call_number(q, "limit", UNITS, UNITS_MOST, &most, e) || !call_number(q, "skip", 0, UINT32_MAX, &skip, e) ||
        !levels_asked(q, &x, e))
        return false;
    if (!x.allowed)
        return true;
    if (!units_levels(q->views, q->a, &x.ask, (uint32_t)skip, (uint32_t)most, &all, e))
        return false;
    units_json(call_json(q), &all);
    return true;
}
const struct route_doc api_conform_units_doc = {
    .answer = "units-answer",
    .arguments = (const struct route_argument[]){ARGUMENTS_LEVELS,
                                                 {"limit", "number", N_("units of a page: at most 60 (12)")},
                                                 {"skip", "number", N_("from which unit on (0)")},
                                                 {0}},
    .says = N_("the party and its units, and of each requirement a cell for each of them; a unit's practices are at "
               "/api/v1/conform/status?party="),
};

/* ── a person's word ── */

bool api_attest(struct call *q, struct err *e) {
    struct jv b = q->json.root, sample = j_get(b, "sample");
    struct person who = call_person(q);
    struct attest_request r = {.catalogue = j_gets(b, "catalogue"),
                               .practice = j_gets(b, "practice"),
                               .text = j_gets(b, "text"),
                               .person = who.name,
                               .role = who.role,
                               .level = j_int(j_get(b, "level"), 0),
                               .reason = j_gets(b, "notApplicable"),
                               .date = j_gets(b, "date"),
                               .expires = j_gets(b, "expires"),
                               .sample = j_str(sample),
                               .seed = j_gets(b, "seed"),
                               .party = j_gets(b, "party"),
                               .dashes = ""};
    struct attacheds documents = {0};
    struct attested done;
    call_names(q, j_get(b, "products"), &r.products);
    if (!call_documents(q, "documents", &documents, e))
        return false;
    for (uint32_t i = 0; i < documents.n; i++)
        *vec_push(q->a, &r.documents) = (struct attested_document){documents.v[i].name, documents.v[i].sha256};
    if (!attest_say(q->views, q->a, &r, &done, e))
        return false;
    attested_json(q->a, call_json_as(q, 201), &done);
    return true;
}
const struct route_doc api_attest_doc = {
    .answer = "attestation-answer",
    .body = "attestation",
    .says = N_(
        "{catalogue, practice, level, notApplicable, text, person: {name, role}, date, expires, sample: \"5/40\", "
        "seed, party, products: [], documents: [{name, base64}]}: signed and logged; the level then, and what is "
        "lacking where rules do not admit it"),
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
    .answer = "declarations-answer",
    .arguments = (const struct route_argument[]){{"ours", "flag", N_("only those of this home's party")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_("newest first, superseded ones too, each with how it stands"),
};

bool api_declaration(struct call *q, struct err *e) {
    struct reader reader;
    const struct declaration_row *d;
    if (!call_reader(q, &reader, e) || !call_declaration(q, &reader, &d, e))
        return false;
    return d ? call_declaration_told(q, 200, d, e) : call_not_found(q);
}
const struct route_doc api_declaration_doc = {
    .answer = "declaration-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_(
        "by id or the beginning of its digest, with all that was said about it. The ETag goes into If-Match of what is "
        "said of it."),
};
