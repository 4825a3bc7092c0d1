/* SPDX-License-Identifier: Apache-2.0
 *
 * Contracts: who holds which practice towards whom, what nobody holds; writing one down. A reader sees what it is a
 * side of.
 */
#include "base/cipher.h"
#include "conform/catalogue_json.h"
#include "conform/contract_say.h"
#include "conform/contract_words.h"
#include "impact/things_form.h"
#include "serve/asking.h"
#include "serve/version.h"

bool api_contracts(struct call *q, struct err *e);
bool api_contract(struct call *q, struct err *e);
bool api_contract_write(struct call *q, struct err *e);
bool api_responsibilities(struct call *q, struct err *e);

static const struct as_of *moment(const struct call *q) { return q->when.given ? &q->when : NULL; }

bool api_contracts(struct call *q, struct err *e) {
    struct reader reader;
    struct contracts all;
    if (!call_reader(q, &reader, e) || !contracts_seen(q->views, q->a, &reader, moment(q), &all, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < all.n; i++)
        contract_json(q->a, w, &all.v[i]);
    jw_arr_end(w);
    jw_kint(w, "total", all.n);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_contracts_doc = {
    .answer = "contracts-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_("contracts, service level agreements, cloud terms, subcontracts"),
};

static bool find(struct call *q, str id, const struct reader *reader, bool *found, struct contract *k, struct err *e) {
    return contract_find(q->views, q->a, id, moment(q), found, k, e) &&
           (!*found || contract_seen(q->views, q->a, reader, k, found, e));
}

static void show(struct call *q, int status, const struct contract *k) {
    struct jw *w = call_json_as(q, status);
    call_tag_number(q, k->entry);
    contract_json(q->a, w, k);
}

bool api_contract(struct call *q, struct err *e) {
    struct reader reader;
    struct contract k;
    bool found;
    if (!call_reader(q, &reader, e) || !find(q, call_part(q, 0), &reader, &found, &k, e))
        return false;
    if (!found)
        return call_not_found(q);
    show(q, 200, &k);
    return true;
}
const struct route_doc api_contract_doc = {
    .answer = "contract-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_("sides, who holds what, promised times, what is agreed. The ETag goes into If-Match of a change."),
};

/* ── the responsibility matrix ── */

bool api_responsibilities(struct call *q, struct err *e) {
    str id = call_text(q, "catalogue");
    struct reader reader;
    struct contracts all, of;
    struct missing_duties missing;
    const struct catalogue *c;
    if (!call_reader(q, &reader, e) || !catalogue_find(q->ctx, q->views, q->a, id.n ? id : S("cip"), &c, e) ||
        !contracts_seen(q->views, q->a, &reader, moment(q), &all, e))
        return false;
    contracts_of(q->a, &all, c, q->ctx->now, &of);
    missing_duties_find(q->a, c, &of, &missing);
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "catalogue", c->id);
    label_json(w, "title", c->title);
    jw_karr(w, "contracts");
    for (uint32_t i = 0; i < of.n; i++)
        contract_json(q->a, w, &of.v[i]);
    jw_arr_end(w);
    jw_key(w, S("rows"));
    responsibilities_json(q->a, w, c, &of);
    jw_key(w, S("missing"));
    missing_duties_json(q->a, w, c, &missing);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_responsibilities_doc = {
    .answer = "responsibilities-answer",
    .arguments = (const struct route_argument[]){{"catalogue", "text", N_("whose practices (cip)")},
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_(
        "whose each practice is under each contract that has not ended; \"missing\": what nobody holds, and what "
        "is ours towards a customer and was not passed on to a subcontractor"),
};

/* ── writing one down ── */

static bool put_current(struct call *q, struct jw *w, const void *of, struct err *e) {
    (void)e;
    contract_json(q->a, w, of);
    return true;
}

static void read_change(struct call *q, struct contract_change *x) {
    struct jv b = q->json.root;
    *x = (struct contract_change){.kind = j_gets(b, "kind"),
                                  .title = j_gets(b, "title"),
                                  .catalogue = j_gets(b, "catalogue"),
                                  .from = j_gets(b, "from"),
                                  .until = j_gets(b, "until"),
                                  .dashes = ""};
    for (struct jiter it = j_iter(j_get(b, "sides")); j_next(&it);)
        *vec_push(q->a, &x->sides) = (struct contract_side){.side = j_gets(it.val, "side"),
                                                            .party = j_gets(it.val, "party")};
    for (struct jiter it = j_iter(j_get(b, "responsibilities")); j_next(&it);)
        *vec_push(q->a, &x->duties) = (struct contract_duty){j_gets(it.val, "practice"), j_gets(it.val, "holder"),
                                                             j_gets(it.val, "note")};
    for (struct jiter it = j_iter(j_get(b, "clocks")); j_next(&it);)
        *vec_push(q->a, &x->clocks) = (struct contract_promise){j_gets(it.val, "what"), j_gets(it.val, "within")};
    for (struct jiter it = j_iter(j_get(b, "items")); j_next(&it);)
        *vec_push(q->a, &x->items) = (struct contract_item){j_gets(it.val, "item"), j_gets(it.val, "text")};
}

static bool read_document(struct call *q, str *out, struct err *e) {
    str text = j_gets(q->json.root, "document");
    *out = (str){NULL, 0};
    return !text.n || base64_bytes(q->a, text, false, out) ||
           err_set(e, ERR_USAGE, S("document"), "%s", _("this is no base64"));
}

bool api_contract_write(struct call *q, struct err *e) {
    struct contract_change x;
    struct contract now = {0}, k;
    str id = j_gets(q->json.root, "contract"), document;
    bool found, same;
    if (!q->who.reader.owner)
        return call_refuse(q, 403, "forbidden", "%s", _("only the home's own people write down what is agreed"));
    if (!thing_id_check(id, e)) {
        e->kind = ERR_USAGE;
        return err_within(e, S("contract"));
    }
    if (!contract_find(q->views, q->a, id, NULL, &found, &now, e))
        return false;
    if (found && !call_is_current_number(q, now.entry))
        return call_conflict(q, _("somebody changed this contract meanwhile"), put_current, &now, e);
    const bool fresh = !found;
    k = now;
    if (j_true(j_get(q->json.root, "whole")))
        k = (struct contract){.document = now.document};
    k.id = id;
    read_change(q, &x);
    if (!read_document(q, &document, e) || !contract_change_take(q->views, q->a, &x, &k, e) ||
        !contract_seal(q->views, q->a, &k, document, &same, e) ||
        !contract_find(q->views, q->a, id, NULL, &found, &now, e))
        return false;
    show(q, fresh ? 201 : 200, &now);
    return true;
}
const struct route_doc api_contract_write_doc = {
    .answer = "contract-answer",
    .body = "contract",
    .says = N_("{contract, kind, title, sides: [{side, party}], from, until, catalogue, responsibilities: [{practice, "
               "holder, note}], clocks: [{what, within}], items: [{item, text}], document (base64), whole}: what is "
               "given is added or changed and the rest stays; with \"whole\" the rest ends. 409 with \"yours\" and "
               "\"current\" when If-Match names an older version"),
};
