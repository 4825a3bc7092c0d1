/* SPDX-License-Identifier: Apache-2.0
 *
 * "offer", "answer", "offer-reopened" and "receipt" statements as rows: what was said and by which key, nothing judged.
 */
#include "base/digest.h"
#include "conform/decision_inner.h"
#include "conform/evidence.h"

static str envelope_hex(const struct entry *x) { return hex_text(x->arena, x->envelope, 32); }
static str signer_of(const struct entry *x) { return str_n((const char *)x->key, 32); }

/* ── what rules see ── */

/* What holds after this entry: an offer waits for its answer until its deadline, an answer does until its review. */
static bool add_evidence(struct portfolio *p, const struct entry *x, int64_t thing, const struct offer *o,
                         const struct offer_answer *a, struct err *e) {
    bool in_time = !o->deadline || x->time <= o->deadline;
    const struct fact facts[] = {
        {.name = "answered", .number = a != NULL},
        {.name = "in_time", .number = in_time, .until = a ? 0 : o->deadline},
        {.name = "owner", .number = a && (a->risk_owner.n || a->kind == ANSWER_ACCEPT)},
        {.name = "reviewed",
         .number = a != NULL,
         .until = a ? (a->kind == ANSWER_DEFER && a->until ? a->until : a->review) : 0},
    };
    struct evidence_new v = {.kind = "decision",
                             .about = ABOUT_DECISIONS,
                             .thing = thing,
                             .facts = facts,
                             .n = sizeof facts / sizeof *facts};
    return evidence_add(p, x, &v, e);
}

/* Our own offers are about our products; others' about what we use, whatever they call it. */
static bool offer_thing(struct portfolio *p, const struct entry *x, const struct offer *o, str digest, int64_t *thing,
                        struct err *e) {
    const struct known_key *key = decision_key(p, x->key, x->time);
    int64_t product = -1;
    return (!key || !key->ours || thing_mention(p, THING_PRODUCT, o->product, x->index, &product, e)) &&
           evidence_thing(p, x, ABOUT_DECISIONS, digest, product, -1, thing, e);
}

/* The offer an answer or a re-opening names, when it came before. */
static bool offered(struct portfolio *p, const struct entry *x, str digest, bool *found, struct offer *o,
                    int64_t *thing, struct err *e) {
    struct json doc;
    struct ask *q;
    if (!store_ask(p->store, &Q_offer_row, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_text(q, 2, digest);
    ask_int(q, 3, (int64_t)x->index);
    if (!ask_step(q, found, e))
        return false;
    str text = *found ? arena_str(x->arena, ask_col_text(q, 4)) : S("");
    ask_end(q);
    return !*found ||
           (json_parse(p->ctx, x->arena, text, JSON_STRICT, S("views"), &doc, e) && offer_read(x->arena, doc.root, o) &&
            evidence_thing(p, x, ABOUT_DECISIONS, digest, -1, -1, thing, e));
}

/* ── rows ── */

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
    int64_t thing;
    return ask_run(q, e) && offer_thing(p, x, &o, envelope_hex(x), &thing, e) && add_evidence(p, x, thing, &o, NULL, e);
}

static bool take_answer(struct portfolio *p, const struct entry *x, struct err *e) {
    struct ask *q;
    struct offer_answer o;
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
    struct offer to;
    int64_t thing;
    bool found;
    return ask_run(q, e) && offered(p, x, o.offer, &found, &to, &thing, e) &&
           (!found || add_evidence(p, x, thing, &to, &o, e));
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
    struct offer to;
    int64_t thing;
    bool found;
    return ask_run(q, e) && offered(p, x, o.offer, &found, &to, &thing, e) &&
           (!found || add_evidence(p, x, thing, &to, NULL, e));
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
