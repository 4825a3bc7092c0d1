/* SPDX-License-Identifier: Apache-2.0
 *
 * Parties, products, deployments and services: lists, one of them with its history, and what is stated of them.
 */
#include "impact/things_state.h"

#include "impact/thing_answer.h"
#include "serve/asking.h"
#include "serve/version.h"

bool api_parties(struct call *q, struct err *e);
bool api_party(struct call *q, struct err *e);
bool api_party_state(struct call *q, struct err *e);
bool api_products(struct call *q, struct err *e);
bool api_product_state(struct call *q, struct err *e);
bool api_deployments(struct call *q, struct err *e);
bool api_deployment(struct call *q, struct err *e);
bool api_deployment_state(struct call *q, struct err *e);
bool api_services(struct call *q, struct err *e);
bool api_service(struct call *q, struct err *e);
bool api_service_state(struct call *q, struct err *e);

/* ── lists ── */

/* The word is part of its id or of a text of it. */
static bool has_word(const struct said *s, str word) {
    if (!word.n || str_find(s->form.id, word) != STR_NONE)
        return true;
    for (uint32_t i = 0; i < thing_shapes[s->form.kind].n; i++)
        if (str_find(s->form.v[i], word) != STR_NONE)
            return true;
    return false;
}

/* ?product=, ?customer= … : fields that must be just so. */
static bool has_fields(struct call *q, const struct said *s) {
    const struct thing_shape *shape = &thing_shapes[s->form.kind];
    for (uint32_t i = 0; i < shape->n; i++) {
        str want = call_text(q, shape->fields[i].name);
        if (want.n && !str_eq(s->form.v[i], want))
            return false;
    }
    return true;
}

/* Of a product how many releases the reader may know of, and the newest. */
static bool put_releases(struct call *q, struct jw *w, int64_t product, const roaring_bitmap_t *mask, uint32_t limit,
                         struct err *e) {
    struct release_rows rows;
    uint32_t n = 0;
    str newest = {NULL, 0};
    if (!contents_releases(q->views->contents, q->a, product, (str){NULL, 0}, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++)
        if (rows.v[i].twin == rows.v[i].id && rows.v[i].id < limit &&
            (!mask || roaring_bitmap_contains(mask, rows.v[i].id))) {
            n++;
            newest = rows.v[i].version;
        }
    jw_kint(w, "releases", n);
    jw_kstr(w, "newest", newest);
    return true;
}

/* Those behind the number `after`; *last: the number of the last row, *more: there are others. */
static bool put_rows(struct call *q, struct jw *w, enum thing_kind kind, const struct asking *k,
                     const roaring_bitmap_t *mask, uint32_t limit, int64_t *last, bool *more, struct err *e) {
    enum { PAGE = 500 };
    int64_t after = (int64_t)k->at.offset - 1;
    uint64_t rows = 0;
    str word = call_text(q, "q");
    *more = false;
    for (uint32_t n = PAGE; n == PAGE && !*more;) {
        struct saids page = {0};
        if (!things_page(q->views, q->a, kind, &k->when, after, PAGE, &page, e))
            return false;
        n = page.n;
        for (uint32_t i = 0; i < n && !*more; i++) {
            bool yes = false;
            after = page.v[i].number;
            if (!has_word(&page.v[i], word) || !has_fields(q, &page.v[i]))
                continue;
            if (!audience_thing(q->views, q->a, &k->reader, &k->when, kind, after, &yes, e))
                return false;
            if (!yes)
                continue;
            if (rows++ == k->limit) {
                *more = true;
                continue;
            }
            *last = after;
            jw_obj(w);
            said_json(w, q->a, &page.v[i]);
            if (kind == THING_PRODUCT && !put_releases(q, w, after, mask, limit, e))
                return false;
            jw_obj_end(w);
        }
    }
    return true;
}

static bool list(struct call *q, enum thing_kind kind, struct err *e) {
    const char *decide[FIELDS_MOST + 2] = {"q"};
    struct asking k;
    int64_t last = -1;
    bool more;
    for (uint32_t i = 0; i < thing_shapes[kind].n; i++)
        decide[i + 1] = thing_shapes[kind].fields[i].name;
    if (!call_asking(q, decide, &k, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    roaring_bitmap_t *mask = NULL;
    uint32_t limit = 0;
    bool ok = (kind != THING_PRODUCT || (contents_releases_at(q->views->contents, &k.when, &limit, e) &&
                                         audience_releases(q->views, &k.reader, &k.when, limit, &mask, e))) &&
              put_rows(q, w, kind, &k, mask, limit, &last, &more, e);
    if (mask)
        roaring_bitmap_free(mask);
    if (!ok)
        return false;
    jw_arr_end(w);
    const struct cursor next = {.size = k.when.size, .time = k.when.time, .offset = (uint64_t)(last + 1)};
    if (more)
        jw_kstr(w, "next", cursor_text(q->a, &next, k.question));
    jw_obj_end(w);
    return true;
}

/* ── one ── */

static bool find(struct call *q, enum thing_kind kind, const struct reader *reader, int64_t *number, bool *found,
                 struct err *e) {
    if (!thing_find(q->views, kind, call_part(q, 0), found, number, e))
        return false;
    return !*found || audience_thing(q->views, q->a, reader, &q->when, kind, *number, found, e);
}

static bool show(struct call *q, enum thing_kind kind, struct err *e) {
    struct reader reader;
    struct said now;
    struct history past = {0};
    int64_t number;
    bool found;
    if (!call_reader(q, &reader, e) || !find(q, kind, &reader, &number, &found, e))
        return false;
    if (!found)
        return call_not_found(q);
    if (!thing_get(q->views, q->a, kind, number, &q->when, &found, &now, e) ||
        !thing_history(q->views, q->a, kind, number, &q->when, &past, e))
        return false;
    if (!found)
        return call_not_found(q);
    struct jw *w = call_json(q);
    jw_obj(w);
    said_json(w, q->a, &now);
    if (reader.owner) /* what was said before may name whom the reader may not know of */
        said_history_json(w, q->a, q->home, &past);
    jw_obj_end(w);
    return true;
}

/* ── saying ── */

/* A member of the body is the text of a field, as in a sheet. */
static bool take_fields(struct call *q, struct stating *s, bool *given, struct err *e) {
    const struct thing_shape *shape = &thing_shapes[s->form.kind];
    for (struct jiter it = j_iter(q->json.root); j_next(&it);) {
        uint32_t i = 0;
        while (i < shape->n && !str_is(it.key, shape->fields[i].name))
            i++;
        if (str_is(it.key, "id"))
            continue;
        if (i == shape->n)
            return err_set(e, ERR_USAGE, it.key, "%s", _("there is no such field"));
        str text = j_is_int(it.val)    ? arena_printf(q->a, "%lld", (long long)j_int(it.val, 0))
                   : j_is_bool(it.val) ? (j_true(it.val) ? S("true") : S("false"))
                                       : j_str(it.val);
        if (!text.p && !j_is_null(it.val))
            return err_set(e, ERR_USAGE, it.key, "%s", _("must be text"));
        given[i] = true;
        if (field_take(q->ctx, q->a, &shape->fields[i], text, &s->form.v[i], e))
            continue;
        e->kind = ERR_USAGE;
        return err_within(e, it.key);
    }
    return true;
}

/* A product is its supplier's, a service its provider's, a deployment its customer's and its operator's, a party the
 * home's alone. */
static bool is_theirs(const struct call *q, const struct form *f) {
    static const char *const owners[][2] = {
        [THING_PRODUCT] = {"party"}, [THING_SERVICE] = {"party"}, [THING_DEPLOYMENT] = {"customer", "operator"}};
    const struct thing_shape *shape = &thing_shapes[f->kind];
    bool yes = caller_may(&q->who, q->api->may);
    for (uint32_t i = 0; !yes && f->kind != THING_PARTY && i < shape->n; i++)
        for (int k = 0; k < 2; k++)
            yes |= owners[f->kind][k] && strcmp(owners[f->kind][k], shape->fields[i].name) == 0 && f->v[i].n &&
                   caller_may_for(&q->who, q->api->may, f->v[i]);
    return yes;
}

/* What is there already is theirs; also what is known by a mention alone, which is nobody's. */
/* As it stands: whether there is such a thing, and whether the caller may speak of it. */
static bool stands(struct call *q, const struct form *f, struct said *now, bool *found, bool *theirs, struct err *e) {
    int64_t number;
    *theirs = true;
    if (!thing_find(q->views, f->kind, f->id, found, &number, e) ||
        (*found && !thing_get(q->views, q->a, f->kind, number, NULL, found, now, e)))
        return false;
    *theirs = !*found || is_theirs(q, &now->form);
    return true;
}

static bool put_current(struct call *q, struct jw *w, const void *of, struct err *e) {
    (void)e;
    jw_obj(w);
    said_json(w, q->a, of);
    jw_obj_end(w);
    return true;
}

static bool state(struct call *q, enum thing_kind kind, struct err *e) {
    bool given[FIELDS_MOST] = {0};
    struct stating s = {.form = {.kind = kind, .id = j_gets(q->json.root, "id")}, .given = given, .where = S("body")};
    struct errs bad = {0};
    struct stated counts;
    struct said now;
    bool theirs, found;
    if (!thing_id_check(s.form.id, e)) {
        e->kind = ERR_USAGE;
        return false;
    }
    if (!stands(q, &s.form, &now, &found, &theirs, e))
        return false;
    if (!theirs)
        return call_not_theirs(q);
    if (found && !call_is_current_number(q, now.mentioned ? 0 : (uint64_t)now.entry))
        return call_conflict(q, _("somebody changed this meanwhile"), put_current, &now, e);
    if (!take_fields(q, &s, given, e) || !things_prepare(q->views, q->a, &s, 1, &bad, e))
        return false;
    if (!is_theirs(q, &s.form)) /* nor does anybody give it away */
        return call_not_theirs(q);
    if (bad.n) {
        *e = bad.v[0];
        e->kind = ERR_USAGE;
        return false;
    }
    if (!things_say(q->views, q->a, &s, 1, &counts, e))
        return false;
    struct jw *w = call_json_as(q, s.was_there ? 200 : 201);
    jw_obj(w);
    jw_kstr(w, "id", s.form.id);
    jw_kstr(w, "state", str_of(s.same ? "same" : s.was_there ? "changed" : "added"));
    if (!s.same)
        jw_kint(w, "entry", (int64_t)s.index);
    jw_obj_end(w);
    return true;
}

bool api_parties(struct call *q, struct err *e) { return list(q, THING_PARTY, e); }
bool api_party(struct call *q, struct err *e) { return show(q, THING_PARTY, e); }
bool api_party_state(struct call *q, struct err *e) { return state(q, THING_PARTY, e); }
bool api_products(struct call *q, struct err *e) { return list(q, THING_PRODUCT, e); }
bool api_product_state(struct call *q, struct err *e) { return state(q, THING_PRODUCT, e); }
bool api_deployments(struct call *q, struct err *e) { return list(q, THING_DEPLOYMENT, e); }
bool api_deployment(struct call *q, struct err *e) { return show(q, THING_DEPLOYMENT, e); }
bool api_deployment_state(struct call *q, struct err *e) { return state(q, THING_DEPLOYMENT, e); }
bool api_services(struct call *q, struct err *e) { return list(q, THING_SERVICE, e); }
bool api_service(struct call *q, struct err *e) { return show(q, THING_SERVICE, e); }
bool api_service_state(struct call *q, struct err *e) { return state(q, THING_SERVICE, e); }

#define LIST_ARGUMENTS                                                                                                 \
    {"q", "text", N_("only those with this in their id or a field")}, ARGUMENT_LIMIT, ARGUMENT_PAGE, ARGUMENT_AS_OF,   \
        ARGUMENT_AUDIENCE
#define LIST_SAYS N_("rows as the predicate has them; any field of it may be an argument, and then must be just so")
#define SHOW_ARGUMENTS ARGUMENT_AS_OF, ARGUMENT_AUDIENCE
#define SHOW_SAYS N_("what holds; to the owner also everything that was said")
#define STATE_SAYS                                                                                                     \
    N_("{id, FIELD: text …} with the fields of a sheet: {id, state: added|changed|same, entry}; what is not given "  \
       "stays as it is. 409 when If-Match names an older \"entry\"; \"0\" is that of what is not there")
const struct route_doc api_parties_doc = {
    .answer = "parties-answer", .arguments = (const struct route_argument[]){LIST_ARGUMENTS, {0}}, .says = LIST_SAYS};
const struct route_doc api_products_doc = {
    .answer = "products-answer", .arguments = (const struct route_argument[]){LIST_ARGUMENTS, {0}}, .says = LIST_SAYS};
const struct route_doc api_deployments_doc = {.answer = "deployments-answer",
                                              .arguments = (const struct route_argument[]){LIST_ARGUMENTS, {0}},
                                              .says = LIST_SAYS};
const struct route_doc api_services_doc = {
    .answer = "services-answer", .arguments = (const struct route_argument[]){LIST_ARGUMENTS, {0}}, .says = LIST_SAYS};
const struct route_doc api_party_doc = {
    .answer = "party-answer", .arguments = (const struct route_argument[]){SHOW_ARGUMENTS, {0}}, .says = SHOW_SAYS};
const struct route_doc api_deployment_doc = {.answer = "deployment-answer",
                                             .arguments = (const struct route_argument[]){SHOW_ARGUMENTS, {0}},
                                             .says = SHOW_SAYS};
const struct route_doc api_service_doc = {
    .answer = "service-answer", .arguments = (const struct route_argument[]){SHOW_ARGUMENTS, {0}}, .says = SHOW_SAYS};
const struct route_doc api_party_state_doc = {.answer = "thing-stated-answer", .body = "party", .says = STATE_SAYS};
const struct route_doc api_product_state_doc = {.answer = "thing-stated-answer", .body = "product", .says = STATE_SAYS};
const struct route_doc api_deployment_state_doc = {
    .answer = "thing-stated-answer", .body = "deployment", .says = STATE_SAYS};
const struct route_doc api_service_state_doc = {.answer = "thing-stated-answer", .body = "service", .says = STATE_SAYS};
