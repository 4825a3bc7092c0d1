/* SPDX-License-Identifier: Apache-2.0
 *
 * What people do about decisions: offer a measure, answer an offer, hand over what was said and take in what the other
 * side hands over.
 *
 * An answer is the customer's. Where the home is the customer's, it is signed as such. Where the home is the
 * provider's, it is what the provider wrote down: said elsewhere, or given here by somebody with a role for the
 * customer.
 */
#include "base/cipher.h"
#include "conform/decision_say.h"
#include "conform/decision_words.h"
#include "serve/asking.h"
#include "serve/settings.h"
#include "serve/version.h"

bool api_decision_offer(struct call *q, struct err *e);
bool api_decision_answer(struct call *q, struct err *e);
bool api_decision_receive(struct call *q, struct err *e);
bool api_decision_file(struct call *q, struct err *e);

/* *found false: it is not there, or not theirs to know. */
static bool find(struct call *q, str id, const struct reader *reader, bool *found, struct decision *d, struct err *e) {
    const struct decision_ask ask = {.when = q->when, .now = q->ctx->now, .detail = DECISION_WHOLE};
    return decision_find(q->views, q->a, id, &ask, found, d, e) &&
           (!*found || decision_seen(q->views, q->a, reader, d, found, e));
}

/* Its state after something was added to the log. */
static bool answer_with(struct call *q, str digest, int status, struct err *e) {
    const struct decision_ask ask = {.now = q->ctx->now, .detail = DECISION_WHOLE};
    struct decision d;
    bool found;
    if (!decision_find(q->views, q->a, digest, &ask, &found, &d, e))
        return false;
    if (!found)
        return call_not_found(q);
    struct jw *w = call_json_as(q, status);
    call_tag_number(q, decision_version(&d));
    decision_json(q->a, w, &d);
    return true;
}

static struct case_names texts_of(struct arena *a, struct jv list) {
    struct case_names out = {0};
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (j_str(it.val).n)
            *vec_push(a, &out) = j_str(it.val);
    return out;
}

/* ── an offer ── */

bool api_decision_offer(struct call *q, struct err *e) {
    const struct settings *s;
    struct jv b = q->json.root;
    const struct offer_request r = {.title = j_gets(b, "title"),
                                    .customer = j_gets(b, "customer"),
                                    .measure = j_gets(b, "measure"),
                                    .product = j_gets(b, "product"),
                                    .release = j_gets(b, "release"),
                                    .deployment = j_gets(b, "deployment"),
                                    .case_id = j_gets(b, "case"),
                                    .flaws = texts_of(q->a, j_get(b, "flaws")),
                                    .practices = texts_of(q->a, j_get(b, "practices")),
                                    .risk = j_gets(b, "risk"),
                                    .cost_provider = j_gets(b, "costProvider"),
                                    .cost_customer = j_gets(b, "costCustomer"),
                                    .if_not = j_gets(b, "ifNot"),
                                    .deadline = j_gets(b, "deadline"),
                                    .date = j_gets(b, "date"),
                                    .dashes = ""};
    str digest;
    if (!q->who.reader.owner)
        return call_refuse(q, 403, "forbidden", "%s", _("only the home's own people offer something in its name"));
    return call_settings(q, &s, e) && offer_request_say(q->views, q->a, &r, s->advisories, &digest, e) &&
           answer_with(q, digest, 201, e);
}
const struct route_doc api_decision_offer_doc = {
    .answer = "decision-answer",
    .body = "offer",
    .says = N_("{title, customer, measure, product or case or deployment, release, flaws: [], practices: [], risk, "
               "costProvider, costCustomer, deadline, ifNot, date}: signed and logged; the decision as it is then"),
};

/* ── an answer ── */

static bool put_current(struct call *q, struct jw *w, const void *of, struct err *e) {
    (void)e;
    decision_json(q->a, w, of);
    return true;
}

static bool read_document(struct call *q, str *out, struct err *e) {
    str text = j_gets(q->json.root, "document");
    *out = (str){NULL, 0};
    return !text.n || base64_bytes(q->a, text, false, out) ||
           err_set(e, ERR_USAGE, S("document"), "%s", _("this is no base64"));
}

static void read_answer(struct call *q, struct answer_request *r) {
    struct jv b = q->json.root;
    *r = (struct answer_request){.kind = j_gets(b, "answer"),
                                 .until = j_gets(b, "until"),
                                 .alternative = j_gets(b, "alternative"),
                                 .reason = j_gets(b, "reason"),
                                 .person = j_gets(b, "person"),
                                 .role = j_gets(b, "role"),
                                 .risk_owner = j_gets(b, "riskOwner"),
                                 .review = j_gets(b, "review"),
                                 .date = j_gets(b, "date"),
                                 .reported = j_true(j_get(b, "reported")),
                                 .dashes = ""};
}

bool api_decision_answer(struct call *q, struct err *e) {
    struct answer_request r;
    struct offer_answer o;
    struct decision d;
    bool found;
    str document;
    if (!find(q, call_part(q, 0), &q->who.reader, &found, &d, e))
        return false;
    if (!found)
        return call_not_found(q);
    if (!caller_may_for(&q->who, MAY_RESPOND, d.said.customer.id))
        return call_refuse(q, 403, "forbidden", "%s", _("only who may speak for the customer answers"));
    if (!q->who.reader.owner && !d.ours)
        return call_refuse(q, 403, "forbidden", "%s", _("only the home's own people answer in its name"));
    if (!call_is_current_number(q, decision_version(&d)))
        return call_conflict(q, _("something was said about this offer meanwhile"), put_current, &d, e);
    read_answer(q, &r);
    r.reported |= !q->who.reader.owner; /* the customer's own people, at the provider's */
    return read_document(q, &document, e) && answer_request_read(q->ctx, q->a, &r, &o, e) &&
           answer_request_say(q->views, q->a, &d, &o, document, e) && answer_with(q, d.log.digest, 200, e);
}
const struct route_doc api_decision_answer_doc = {
    .answer = "decision-answer",
    .body = "answer",
    .says = N_("{answer: accept|decline|defer|alternative, reason, person, role, riskOwner, review, until, "
               "alternative, document (base64), reported}: the decision as it is then; 409 with \"yours\" and "
               "\"current\" when If-Match names an older version. At the provider's an answer is \"reported\": the "
               "customer has not signed it"),
};

/* ── between two homes ── */

bool api_decision_file(struct call *q, struct err *e) {
    struct reader reader;
    struct decision d;
    struct bundle b;
    bool found;
    if (!call_reader(q, &reader, e) || !find(q, call_part(q, 0), &reader, &found, &d, e))
        return false;
    if (!found)
        return call_not_found(q);
    if (!decision_bundle(q->views, q->a, &d, &b, e))
        return false;
    call_header(
        q, "Content-Disposition",
        arena_printf(q->a, "attachment; filename=\"%.*s.%s.json\"", STR_ARG(d.id), d.answers.n ? "decision" : "offer")
            .p);
    return call_bytes(q, "application/json", bundle_text(q->a, &b));
}
const struct route_doc api_decision_file_doc = {
    .answer = "bundle-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AUDIENCE, {0}},
    .says = N_("all that was said, signed and with proofs of our log: what the other side takes in, and what proves it "
               "to anybody (akashi verify)"),
};

bool api_decision_receive(struct call *q, struct err *e) {
    const struct decision_ask ask = {.now = q->ctx->now, .detail = DECISION_WHOLE};
    struct decision_taken taken;
    struct bundle b;
    if (!q->who.reader.owner)
        return call_refuse(q, 403, "forbidden", "%s", _("only the home's own people take in what others say"));
    if (!q->body.n)
        return err_set(e, ERR_USAGE, S("body"), "%s", _("there is nothing in it"));
    if (!call_bundle(q, q->body, &b, e) || !decision_take_bundle(q->views, q->a, &b, S("body"), &taken, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kint(w, "offers", taken.new_offers);
    jw_kint(w, "answers", taken.new_answers);
    jw_kint(w, "reopenings", taken.new_reopenings);
    jw_kint(w, "countersigned", taken.countersigned);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < taken.offers.n; i++) {
        struct decision d;
        bool found;
        if (!decision_find(q->views, q->a, taken.offers.v[i], &ask, &found, &d, e))
            return false;
        if (found)
            decision_row_json(q->a, w, &d);
    }
    jw_arr_end(w);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_decision_receive_doc = {
    .answer = "decisions-taken-answer",
    .says = N_(
        "the file that the other side handed over, as it is: checked with the keys that are trusted here, logged; "
        "an answer to our offer is signed by us too. {offers, answers, reopenings, countersigned: how many are "
        "new, rows: the decisions it is about}"),
};
