/* SPDX-License-Identifier: Apache-2.0
 *
 * How far a supplier goes for a product, and the targets that provider and customer agreed on: proposed, taken in and
 * signed too, handed over. A reader sees the targets it is a side of.
 */
#include "conform/decision_say.h"
#include "conform/decision_words.h"
#include "conform/exchange.h"
#include "conform/extent.h"
#include "serve/asking.h"
#include "serve/version.h"

bool api_extent(struct call *q, struct err *e);
bool api_targets(struct call *q, struct err *e);
bool api_target_propose(struct call *q, struct err *e);
bool api_target_receive(struct call *q, struct err *e);
bool api_target_file(struct call *q, struct err *e);

/* Those of a product (absent: of all) that this reader may know of. */
static bool seen(struct call *q, const struct reader *reader, str product, struct extent_targets *out, struct err *e) {
    struct extent_targets all;
    *out = (struct extent_targets){0};
    if (!extent_targets_of(q->views, q->a, product, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) {
        const str sides[] = {all.v[i].customer.id, all.v[i].provider.id};
        bool may = true;
        if (!reader->owner && !reader_is_side(q->views, q->a, reader, sides, 2, &may, e))
            return false;
        if (may && (!q->when.given || all.v[i].entry < q->when.size))
            *vec_push(q->a, out) = all.v[i];
    }
    return true;
}

static const struct extent_target *with(const struct extent_targets *all, str customer) {
    for (uint32_t i = all->n; customer.n && i-- > 0;)
        if (str_eq(customer, all->v[i].customer.id) || str_eq(customer, all->v[i].customer.name))
            return &all->v[i];
    return NULL;
}

static bool measure(struct call *q, str product, const struct reader *reader, struct extent *out, struct err *e) {
    struct extent_ask ask = {.product = product, .when = q->when, .reader = reader};
    str_cut(ask.product, '@', &ask.product, &ask.version);
    return extent_compute(q->views, q->a, &ask, out, e);
}

bool api_extent(struct call *q, struct err *e) {
    struct reader reader;
    struct extent_targets all;
    struct extent x;
    str product, customer = call_text(q, "against");
    if (!call_needs(q, "product", &product, e) || !call_reader(q, &reader, e) || !measure(q, product, &reader, &x, e) ||
        !seen(q, &reader, x.product, &all, e))
        return false;
    const struct extent_target *t = with(&all, customer);
    if (customer.n && !t)
        return err_set(e, ERR_USAGE, S("against"), _("nothing was agreed with this party on %.*s"), STR_ARG(x.product));
    extent_json(call_json(q), &x, t);
    return true;
}
const struct route_doc api_extent_doc = {
    .arguments = (const struct route_argument[]){{"product", "text", N_("PRODUCT, or PRODUCT@VERSION")},
                                                 {"against", "text", N_("the target agreed on with this party")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .answer = "extent-answer",
    .says = N_("a degree from 0 to 4 for each aspect, why, and with \"against\" the degree that was agreed on"),
};

/* ── targets ── */

static void put_rows(struct call *q, struct jw *w, const struct extent_targets *all) {
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < all->n; i++)
        extent_target_json(q->a, w, &all->v[i]);
    jw_arr_end(w);
    jw_kint(w, "total", all->n);
    jw_obj_end(w);
}

bool api_targets(struct call *q, struct err *e) {
    struct reader reader;
    struct extent_targets all;
    if (!call_reader(q, &reader, e) || !seen(q, &reader, call_text(q, "product"), &all, e))
        return false;
    put_rows(q, call_json(q), &all);
    return true;
}
const struct route_doc api_targets_doc = {
    .arguments = (const struct route_argument[]){{"product", "text", N_("only those on this product")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .answer = "targets-answer",
    .says = N_("of each product and customer the newest target, and whether both signed it. Its \"entry\" goes into "
               "If-Match of another proposal"),
};

static bool put_current(struct call *q, struct jw *w, const void *of, struct err *e) {
    (void)e;
    extent_target_json(q->a, w, of);
    return true;
}

static bool read_degrees(struct jv degrees, struct extent_proposal *x, struct err *e) {
    for (int i = 0; i < EXTENT_ASPECTS_MOST; i++)
        x->degrees[i] = -1;
    for (struct jiter it = j_iter(degrees); j_next(&it);) {
        int at = extent_aspect_at(it.key);
        int64_t degree = j_int(it.val, -1);
        if (at < 0 || degree < 0 || degree >= EXTENT_DEGREES)
            return err_set(e, ERR_USAGE, S("degrees"), _("'%.*s' is no aspect with a degree from 0 to 4"),
                           STR_ARG(it.key));
        x->degrees[at] = (int)degree;
    }
    return true;
}

bool api_target_propose(struct call *q, struct err *e) {
    struct jv b = q->json.root;
    struct extent today;
    struct extent_target t;
    struct extent_targets all;
    struct extent_proposal x = {.today = &today, .customer = j_gets(b, "customer")};
    if (!q->who.reader.owner)
        return call_refuse(q, 403, "forbidden", "%s", _("only the home's own people write down what is agreed"));
    if (!measure(q, j_gets(b, "product"), NULL, &today, e) || !read_degrees(j_get(b, "degrees"), &x, e) ||
        !day_read(j_gets(b, "until"), DAY_ENDS, S("until"), &x.until, e) ||
        !seen(q, &q->who.reader, today.product, &all, e))
        return false;
    const struct extent_target *now = with(&all, x.customer);
    if (now && !call_is_current_number(q, now->entry))
        return call_conflict(q, _("another target was proposed or signed meanwhile"), put_current, now, e);
    if (!extent_target_propose(q->views, q->a, &x, &t, e))
        return false;
    struct jw *w = call_json_as(q, 201);
    call_tag_number(q, t.entry);
    extent_target_json(q->a, w, &t);
    return true;
}
const struct route_doc api_target_propose_doc = {
    .body = "target",
    .answer = "target-answer",
    .says = N_("{product, customer, degrees: {aspect: 0…4}, until}: degrees that are not given are those of today; "
               "signed and logged, for the customer to sign too. 409 when If-Match names an older one"),
};

bool api_target_receive(struct call *q, struct err *e) {
    struct extent_targets taken;
    struct bundle b;
    if (!q->who.reader.owner)
        return call_refuse(q, 403, "forbidden", "%s", _("only the home's own people take in what others say"));
    if (!q->body.n)
        return err_set(e, ERR_USAGE, S("body"), "%s", _("there is nothing in it"));
    if (!call_bundle(q, q->body, &b, e) || !extent_target_take_bundle(q->views, q->a, &b, S("body"), &taken, e))
        return false;
    put_rows(q, call_json(q), &taken);
    return true;
}
const struct route_doc api_target_receive_doc = {
    .answer = "targets-answer",
    .says = N_(
        "the file that the other side handed over, as it is: checked with the keys that are trusted here, logged, "
        "and signed by us too where we have not; the targets it is about (akashi contract agree)"),
};

bool api_target_file(struct call *q, struct err *e) {
    struct reader reader;
    struct extent_targets all;
    uint64_t entry;
    struct bundle b;
    if (!call_reader(q, &reader, e) || !seen(q, &reader, (str){NULL, 0}, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n && str_u64(call_part(q, 0), &entry); i++) {
        if (all.v[i].entry != entry)
            continue;
        if (!exchange_bundle(q->views, q->a, &entry, 1, &b, e))
            return false;
        call_header(q, "Content-Disposition",
                    arena_printf(q->a, "attachment; filename=\"%.*s.target.json\"", STR_ARG(all.v[i].product)).p);
        return call_bytes(q, "application/json", bundle_text(q->a, &b));
    }
    return call_not_found(q);
}
const struct route_doc api_target_file_doc = {
    .answer = "bundle-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_("a target as it was signed, with proofs of our log: what the other side takes in and signs"),
};
