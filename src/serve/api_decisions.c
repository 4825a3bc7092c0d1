/* SPDX-License-Identifier: Apache-2.0
 *
 * What was offered to customers and what they answered. A reader sees what it is a side of.
 */
#include "conform/decision_words.h"
#include "serve/asking.h"
#include "serve/version.h"

bool api_decisions(struct call *q, struct err *e);
bool api_decision(struct call *q, struct err *e);

struct listing {
    struct call *q;
    struct reader reader;
    struct jw *w;
    str party, product, case_id;
    int state; /* a place in the words of ?state= */
    uint32_t n;
};
enum { STATE_ALL, STATE_OPEN, STATE_DUE, STATE_DECLINED };

static bool is_side(const struct decision_side *s, str text) { return str_eq(s->id, text) || str_eq(s->name, text); }

static bool wanted(const struct listing *k, const struct decision *d) {
    switch (k->state) {
    case STATE_OPEN:
        if (d->state != DECISION_OPEN)
            return false;
        break;
    case STATE_DUE:
        if (!d->due)
            return false;
        break;
    case STATE_DECLINED:
        if (d->state == DECISION_ACCEPTED || !d->holds)
            return false;
        break;
    default: break;
    }
    return (!k->party.n || is_side(&d->said.customer, k->party) || is_side(&d->said.provider, k->party)) &&
           (!k->product.n || str_eq(k->product, d->said.product)) &&
           (!k->case_id.n || str_eq(k->case_id, d->said.case_id));
}

static bool put(void *arg, const struct decision *d, struct err *e) {
    struct listing *k = arg;
    bool may;
    if (!wanted(k, d))
        return true;
    if (!decision_seen(k->q->views, k->q->a, &k->reader, d, &may, e))
        return false;
    if (may) {
        decision_row_json(k->q->a, k->w, d);
        k->n++;
    }
    return true;
}

bool api_decisions(struct call *q, struct err *e) {
    struct listing k = {
        .q = q, .party = call_text(q, "party"), .product = call_text(q, "product"), .case_id = call_text(q, "case")};
    const struct decision_ask ask = {.when = q->when, .now = q->ctx->now};
    if (!call_reader(q, &k.reader, e) || !call_choice(q, "state", "all|open|due|declined", STATE_ALL, &k.state, e))
        return false;
    k.w = call_json(q);
    jw_obj(k.w);
    jw_karr(k.w, "rows");
    if (!decisions_each(q->views, &ask, put, &k, e))
        return false;
    jw_arr_end(k.w);
    jw_kint(k.w, "total", k.n);
    jw_obj_end(k.w);
    return true;
}
const struct route_doc api_decisions_doc = {
    .answer = "decisions-answer",
    .arguments =
        (const struct route_argument[]){{"state", "all|open|due|declined",
                                         N_("unanswered ones; those to be looked at now; those not accepted (all)")},
                                        {"party", "text", N_("with this party on one side")},
                                        {"product", "text", N_("about this product")},
                                        {"case", "text", N_("about this case")},
                                        ARGUMENT_AS_OF,
                                        ARGUMENT_AUDIENCE,
                                        {0}},
    .says = N_("in the order of the log"),
};

bool api_decision(struct call *q, struct err *e) {
    const struct decision_ask ask = {.when = q->when, .now = q->ctx->now, .detail = DECISION_WHOLE};
    struct reader reader;
    struct decision d;
    bool found;
    if (!call_reader(q, &reader, e) || !decision_find(q->views, q->a, call_part(q, 0), &ask, &found, &d, e) ||
        (found && !decision_seen(q->views, q->a, &reader, &d, &found, e)))
        return false;
    if (!found)
        return call_not_found(q);
    struct jw *w = call_json(q);
    call_tag_number(q, decision_version(&d));
    decision_json(q->a, w, &d);
    return true;
}
const struct route_doc api_decision_doc = {
    .answer = "decision-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AS_OF, ARGUMENT_AUDIENCE, {0}},
    .says = N_(
        "what was offered and answered, by whom, and since when which log has it. The ETag goes into If-Match of an "
        "answer."),
};
