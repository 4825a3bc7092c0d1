/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of a declaration: challenged, answered, endorsed, suspended or withdrawn, handed over. Each answer is
 * the declaration as it is then; its bundle for others is what the log's entry is handed over as.
 */
#include "base/digest.h"
#include "serve/declared.h"

bool api_declaration_challenge(struct call *q, struct err *e);
bool api_declaration_respond(struct call *q, struct err *e);
bool api_declaration_endorse(struct call *q, struct err *e);
bool api_declaration_set(struct call *q, struct err *e);
bool api_declaration_give(struct call *q, struct err *e);

static struct saying_about about(struct call *q, const struct declaration_row *d) {
    return (struct saying_about){hex_text(q->a, d->envelope, 32), &d->said, ""};
}

bool api_declaration_challenge(struct call *q, struct err *e) {
    const struct declaration_row *d;
    struct challenge c = {.text = str_trim(j_gets(q->json.root, "text")), .contact = j_gets(q->json.root, "contact")};
    struct said done;
    if (!call_declaration_held(q, &d, e))
        return false;
    if (!d)
        return true;
    struct saying_about of = about(q, d);
    call_names(q, j_get(q->json.root, "practices"), &c.practices);
    return call_documents(q, "evidence", &c.evidence, e) && challenge_say(q->views, q->a, &of, &c, &done, e) &&
           call_declaration_now(q, d, e);
}
const struct route_doc api_declaration_challenge_doc = {
    .answer = "declaration-answer",
    .body = "challenge",
    .says = N_("{text, practices: [], contact, evidence: [{name, base64}]}: signed, logged, to be answered within 30 "
               "days; the declaration as it is then"),
};

/* ── the answer ── */

static const struct declaration_event *challenge_named(const struct declaration_row *d, str id) {
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.v[i].event == DECLARED_CHALLENGED && str_eq(j_gets(d->events.v[i].said, "id"), id))
            return &d->events.v[i];
    return NULL;
}

static bool take_verdict(struct jv b, struct challenge_answer *x, struct err *e) {
    str outcome = j_gets(b, "outcome");
    x->upheld = !str_is(outcome, "dismissed");
    if (!x->upheld)
        return true;
    return (standing_parse(outcome, &x->outcome) && x->outcome >= STANDING_SUSPENDED &&
            x->outcome != STANDING_SUPERSEDED) ||
           err_set(e, ERR_USAGE, S("outcome"), "%s", _("must be one of dismissed|corrected|suspended|withdrawn"));
}

bool api_declaration_respond(struct call *q, struct err *e) {
    const struct declaration_row *d;
    struct jv b = q->json.root;
    struct challenge_answer x = {.reason = str_trim(j_gets(b, "reason")), .person = call_person(q)};
    struct said done;
    if (!call_declaration_held(q, &d, e))
        return false;
    if (!d)
        return true;
    const struct declaration_event *c = d->ours ? challenge_named(d, j_gets(b, "challenge")) : NULL;
    if (!c)
        return err_set(e, ERR_USAGE, S("challenge"), "%s", _("no declaration of one's own was challenged by this"));
    return take_verdict(b, &x, e) &&
           challenge_answer_say(q->views, q->a, d, c, j_gets(b, "replacement"), "", &x, &done, e) &&
           call_declaration_now(q, d, e);
}
const struct route_doc api_declaration_respond_doc = {
    .answer = "declaration-answer",
    .body = "challenge-answer",
    .says = N_("{challenge, outcome: dismissed|corrected|suspended|withdrawn, replacement, reason, person: {name, "
               "role}}: the declaration as it is then"),
};

/* ── endorsing ── */

static void take_checked(struct call *q, struct endorsement *x) {
    for (struct jiter it = j_iter(j_get(q->json.root, "checked")); j_next(&it);) {
        int64_t level = j_int(j_get(it.val, "level"), -1);
        *vec_push(q->a, &x->checked) = (struct endorsed){j_gets(it.val, "practice"), str_trim(j_gets(it.val, "what")),
                                                         level < 0        ? -1
                                                         : level < LEVELS ? (int)level
                                                                          : LEVELS};
    }
}

bool api_declaration_endorse(struct call *q, struct err *e) {
    const struct declaration_row *d;
    struct endorsement x = {.result = j_gets(q->json.root, "result"), .person = call_person(q)};
    struct said done;
    if (!call_declaration_held(q, &d, e))
        return false;
    if (!d)
        return true;
    struct saying_about of = about(q, d);
    take_checked(q, &x);
    return call_documents(q, "documents", &x.documents, e) && endorsement_say(q->views, q->a, &of, &x, &done, e) &&
           call_declaration_now(q, d, e);
}
const struct route_doc api_declaration_endorse_doc = {
    .answer = "declaration-answer",
    .body = "endorsement",
    .says = N_("{checked: [{practice, level, what}], result: confirmed|confirmed-in-part|not-confirmed, documents: "
               "[{name, base64}], person: {name, role}}: the declaration as it is then"),
};

/* ── the declarer ── */

bool api_declaration_set(struct call *q, struct err *e) {
    const struct declaration_row *d;
    struct jv b = q->json.root;
    struct standing_change x = {.reason = str_trim(j_gets(b, "reason"))};
    struct said done;
    if (!call_declaration_held(q, &d, e))
        return false;
    if (!d)
        return true;
    if (!standing_parse(j_gets(b, "state"), &x.state))
        return err_set(e, ERR_USAGE, S("state"), "%s",
                       _("a declarer sets a declaration to suspended, withdrawn or good"));
    return standing_say(q->views, q->a, d, "", &x, &done, e) && call_declaration_now(q, d, e);
}
const struct route_doc api_declaration_set_doc = {
    .answer = "declaration-answer",
    .body = "standing",
    .says = N_(
        "{state: good|suspended|withdrawn, reason}: the declaration as it is then. What is corrected is declared "
        "anew: the new one takes its place"),
};

bool api_declaration_give(struct call *q, struct err *e) {
    const struct declaration_row *d;
    struct scope_names to = {0};
    struct said done;
    if (!call_declaration_held(q, &d, e))
        return false;
    if (!d)
        return true;
    call_names(q, j_get(q->json.root, "to"), &to);
    return handover_say(q->views, q->a, d, j_true(j_get(q->json.root, "withhold")), "", &to, &done, e) &&
           call_declaration_now(q, d, e);
}
const struct route_doc api_declaration_give_doc = {
    .answer = "declaration-answer",
    .body = "handover",
    .says = N_("{to: [party], withhold}: these parties see it from now on, and are told when it no longer stands"),
};
