/* SPDX-License-Identifier: Apache-2.0
 *
 * "offer", "answer", "offer-reopened" and "receipt" statements as rows: what was said and by which key, nothing judged.
 */
#include "base/digest.h"
#include "conform/decision.h"
#include "store/queries.h"

static str envelope_hex(const struct entry *x) { return hex_text(x->arena, x->envelope, 32); }
static str signer_of(const struct entry *x) { return str_n((const char *)x->key, 32); }

static bool take_offer(struct portfolio *p, const struct entry *x, struct err *e) {
    struct ask *q;
    struct offer o;
    if (!offer_read(x->arena, x->statement->predicate, &o))
        return true;
    if (!store_ask(p->store, &Q_offer_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_text(q, 2, envelope_hex(x));
    ask_int(q, 3, (int64_t)x->index);
    ask_int(q, 4, x->time);
    ask_blob(q, 5, signer_of(x));
    ask_text(q, 6, json_text(x->statement->predicate, x->arena));
    return ask_send(q, e);
}

static bool take_answer(struct portfolio *p, const struct entry *x, struct err *e) {
    struct ask *q;
    struct answer o;
    if (!answer_read(x->statement->predicate, &o))
        return true;
    if (!store_ask(p->store, &Q_answer_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_text(q, 3, o.offer);
    ask_text(q, 4, envelope_hex(x));
    ask_text(q, 5, answer_content(x->arena, x->statement->predicate));
    ask_int(q, 6, x->time);
    ask_blob(q, 7, signer_of(x));
    ask_text(q, 8, json_text(x->statement->predicate, x->arena));
    return ask_send(q, e);
}

static bool take_reopening(struct portfolio *p, const struct entry *x, struct err *e) {
    struct ask *q;
    struct reopening o;
    if (!reopening_read(x->statement->predicate, &o))
        return true;
    if (!store_ask(p->store, &Q_offer_reopened_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_text(q, 3, o.offer);
    ask_int(q, 4, x->time);
    ask_blob(q, 5, signer_of(x));
    ask_text(q, 6, json_text(x->statement->predicate, x->arena));
    return ask_send(q, e);
}

static bool take_receipt(struct portfolio *p, const struct entry *x, struct err *e) {
    struct jv v = x->statement->predicate, log = j_get(v, "log");
    struct ask *q;
    int64_t time;
    if (!store_ask(p->store, &Q_receipt_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_text(q, 3, j_gets(v, "envelope"));
    ask_blob(q, 4, signer_of(x));
    ask_text(q, 5, j_gets(log, "origin"));
    ask_int(q, 6, j_int(j_get(log, "index"), 0));
    ask_int(q, 7, time_parse(j_gets(log, "time"), &time) ? time : 0);
    ask_text(q, 8, j_gets(log, "proof"));
    return ask_send(q, e);
}

const struct projection offer_projection = {"offer", take_offer};
const struct projection answer_projection = {"answer", take_answer};
const struct projection offer_reopened_projection = {"offer-reopened", take_reopening};
const struct projection receipt_projection = {"receipt", take_receipt};
