/* SPDX-License-Identifier: Apache-2.0
 *
 * Declarations and what became of them, as rows and out of rows. How one stands is added up when it is asked for: it
 * depends on the day, and on whose keys are whose.
 */
#include "base/digest.h"
#include "conform/standing.h"
#include "store/queries.h"

static const char *const standings[] = {"good",      "expired",   "at-risk",    "challenged",
                                        "suspended", "corrected", "superseded", "withdrawn"};

const char *standing_name(enum standing s) { return standings[s]; }
const char *declared_event_name(enum declared_event x) {
    static const char *const names[] = {"endorsement", "challenge", "challenge-answer", "standing", "handover"};
    return names[x];
}

bool standing_parse(str word, enum standing *out) {
    for (int i = 0; i <= STANDING_WITHDRAWN; i++)
        if (str_is(word, standings[i])) {
            *out = (enum standing)i;
            return true;
        }
    return false;
}

/* ── into rows ── */

static str envelope_hex(const struct entry *x) { return hex_text(x->arena, x->envelope, 32); }

static bool apply_declaration(struct portfolio *p, const struct entry *x, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_declared_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_int(q, 3, x->time);
    ask_blob(q, 4, str_n((const char *)x->key, 32));
    ask_text(q, 5, envelope_hex(x));
    ask_text(q, 6, j_gets(x->statement->predicate, "id"));
    ask_text(q, 7, json_text(x->statement->predicate, x->arena));
    return ask_send(q, e);
}
const struct projection declaration_projection = {"declaration", apply_declaration};

static bool apply_event(struct portfolio *p, const struct entry *x, enum declared_event event, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_declared_event_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_int(q, 3, x->time);
    ask_blob(q, 4, str_n((const char *)x->key, 32));
    ask_text(q, 5, envelope_hex(x));
    ask_text(q, 6, j_gets(x->statement->predicate, "declaration"));
    ask_int(q, 7, event);
    ask_text(q, 8, json_text(x->statement->predicate, x->arena));
    return ask_send(q, e);
}
static bool apply_endorsement(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply_event(p, x, DECLARED_ENDORSED, e);
}
static bool apply_challenge(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply_event(p, x, DECLARED_CHALLENGED, e);
}
static bool apply_answer(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply_event(p, x, DECLARED_ANSWERED, e);
}
static bool apply_standing(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply_event(p, x, DECLARED_STANDS, e);
}
static bool apply_handover(struct portfolio *p, const struct entry *x, struct err *e) {
    return apply_event(p, x, DECLARED_GIVEN, e);
}
const struct projection handover_projection = {"handover", apply_handover};
const struct projection endorsement_projection = {"endorsement", apply_endorsement};
const struct projection challenge_projection = {"challenge", apply_challenge};
const struct projection challenge_answer_projection = {"challenge-answer", apply_answer};
const struct projection standing_projection = {"standing", apply_standing};

/* ── out of rows ── */

struct gathering {
    struct portfolio *p;
    struct arena *a;
    uint64_t limit; /* entries of the home's log */
    int64_t now;
    struct declaration_rows *out;
};

static bool is_past(const struct gathering *g, int64_t log_id, int64_t entry) {
    return log_id != g->p->log_id || (uint64_t)entry < g->limit;
}

static bool predicate_of_text(struct gathering *g, str text, const char *kind, struct statement *out, struct err *e) {
    *out = (struct statement){.type = str_of(predicate_of_kind(str_of(kind))->type)};
    if (!json_parse(g->p->ctx, g->a, text, JSON_STRICT, S("declaration"), &out->doc, e))
        return false;
    out->predicate = out->doc.root;
    return true;
}

static void copy_key(unsigned char to[32], str from) {
    if (from.n == 32)
        memcpy(to, from.p, 32);
}

static bool take_declared(struct gathering *g, struct ask *q, struct err *e) {
    struct statement s;
    struct declaration_row row = {
        .log_id = ask_col_int(q, 0), .entry = (uint64_t)ask_col_int(q, 1), .time = ask_col_int(q, 2)};
    str signer = ask_col_blob(q, 3);
    if (!is_past(g, row.log_id, (int64_t)row.entry))
        return true;
    copy_key(row.signer, signer);
    if (!hex_bytes(ask_col_text(q, 4), row.envelope, 32) ||
        !predicate_of_text(g, ask_col_text(q, 5), "declaration", &s, e))
        return false;
    if (declaration_read(g->a, &s, &row.said))
        *vec_push(g->a, g->out) = row;
    return true;
}

static const struct known_key *key_of(const struct portfolio *p, const unsigned char *id) {
    return p->home && p->home->keys ? keyring_find(p->home->keys, id) : NULL;
}

/* Whether a key speaks for whoever signed the declaration: the same key, or a good one of the same party. */
static bool speaks_for(const struct portfolio *p, const unsigned char *signer, const struct declaration_row *d,
                       int64_t time) {
    const struct known_key *k = key_of(p, signer), *declarer = key_of(p, d->signer);
    if (k && keyring_judge(p->home->keys, signer, time) != KEY_GOOD)
        return false;
    if (memcmp(signer, d->signer, 32) == 0)
        return true;
    return k && declarer && k->ours == declarer->ours && str_eq(k->name, declarer->name);
}

static bool take_event(struct gathering *g, struct declaration_row *d, struct ask *q, struct err *e) {
    struct json doc;
    struct declaration_event x = {.log_id = ask_col_int(q, 0),
                                  .entry = (uint64_t)ask_col_int(q, 1),
                                  .time = ask_col_int(q, 2),
                                  .event = (enum declared_event)ask_col_int(q, 5)};
    str signer = ask_col_blob(q, 3);
    if (!is_past(g, x.log_id, (int64_t)x.entry))
        return true;
    copy_key(x.signer, signer);
    if (!hex_bytes(ask_col_text(q, 4), x.envelope, 32) ||
        !json_parse(g->p->ctx, g->a, ask_col_text(q, 6), JSON_STRICT, S("declaration"), &doc, e))
        return false;
    x.said = doc.root;
    x.counts = x.event == DECLARED_ENDORSED || x.event == DECLARED_CHALLENGED || speaks_for(g->p, x.signer, d, x.time);
    *vec_push(g->a, &d->events) = x;
    return true;
}

static bool events_of(struct gathering *g, struct declaration_row *d, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(g->p->store, &Q_declared_events, &q, e))
        return false;
    ask_text(q, 1, hex_text(g->a, d->envelope, 32));
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        if (!take_event(g, d, q, e)) {
            ask_end(q);
            return false;
        }
    }
    return false;
}

static bool declared(struct gathering *g, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(g->p->store, &Q_declared_all, &q, e))
        return false;
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        if (!take_declared(g, q, e)) {
            ask_end(q);
            return false;
        }
    }
    return false;
}

/* ── how it stands ── */

static bool is_answered(const struct declaration_row *d, const struct declaration_event *challenge) {
    for (uint32_t i = 0; i < d->events.n; i++) {
        unsigned char of[32];
        const struct declaration_event *x = &d->events.v[i];
        if (x->event == DECLARED_ANSWERED && x->counts && hex_bytes(j_gets(x->said, "challenge"), of, 32) &&
            memcmp(of, challenge->envelope, 32) == 0)
            return true;
    }
    return false;
}

static void count_challenges(struct declaration_row *d) {
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.v[i].event == DECLARED_CHALLENGED && !is_answered(d, &d->events.v[i])) {
            int64_t due = d->events.v[i].time + CHALLENGE_DAYS * INT64_C(86400);
            d->answer_due = d->open_challenges++ && d->answer_due < due ? d->answer_due : due;
        }
}

/* The last word of the declarer. What ended once stays ended: only at-risk and suspended go back to good. */
static enum standing last_word(const struct declaration_row *d) {
    enum standing now = STANDING_GOOD, said;
    for (uint32_t i = 0; i < d->events.n; i++) {
        const struct declaration_event *x = &d->events.v[i];
        bool upheld = x->event == DECLARED_ANSWERED && str_is(j_gets(x->said, "verdict"), "upheld");
        str word = upheld ? j_gets(x->said, "outcome") : j_gets(x->said, "state");
        if (x->counts && (upheld || x->event == DECLARED_STANDS) && standing_parse(word, &said) &&
            now < STANDING_CORRECTED)
            now = said;
    }
    return now;
}

static bool supersedes(const struct gathering *g, const struct declaration_row *newer,
                       const struct declaration_row *d) {
    unsigned char of[32];
    return newer != d && hex_bytes(newer->said.supersedes, of, 32) && memcmp(of, d->envelope, 32) == 0 &&
           speaks_for(g->p, newer->signer, d, newer->time);
}

static enum standing stands(const struct gathering *g, const struct declaration_row *d) {
    enum standing said = last_word(d);
    for (uint32_t i = 0; i < g->out->n && said < STANDING_CORRECTED; i++)
        if (supersedes(g, &g->out->v[i], d))
            said = STANDING_SUPERSEDED;
    if (said >= STANDING_SUSPENDED)
        return said;
    if (g->now > d->said.until)
        return STANDING_EXPIRED;
    return d->open_challenges ? STANDING_CHALLENGED : said;
}

bool declarations_list(struct portfolio *p, struct arena *a, const struct as_of *when, bool ours_only,
                       struct declaration_rows *out, struct err *e) {
    struct gathering g = {p, a, when->given ? when->size : p->size, when->given ? when->time : p->ctx->now, out};
    struct declaration_rows all = {0};
    *out = (struct declaration_rows){0};
    if (!declared(&g, e))
        return false;
    for (uint32_t i = 0; i < out->n; i++) {
        struct declaration_row *d = &out->v[i];
        const struct known_key *k = key_of(p, d->signer);
        d->ours = k && k->ours;
        if (!events_of(&g, d, e))
            return false;
        count_challenges(d);
    }
    for (uint32_t i = 0; i < out->n; i++)
        out->v[i].standing = stands(&g, &out->v[i]);
    for (uint32_t i = 0; i < out->n; i++)
        if (out->v[i].ours || !ours_only)
            *vec_push(a, &all) = out->v[i];
    *out = all;
    return true;
}

/* Of several that bear one id the newest is meant. */
static bool is_meant(struct arena *a, const struct declaration_row *d, str name, const struct declaration_row *before,
                     bool *several) {
    if (str_eq(d->said.id, name))
        return true;
    if (name.n < 8 || !str_starts(hex_text(a, d->envelope, 32), name))
        return false;
    *several = before && memcmp(before->envelope, d->envelope, 32) != 0;
    return true;
}

bool declaration_find(struct portfolio *p, struct arena *a, const struct as_of *when, str name,
                      const struct declaration_row **out, struct err *e) {
    struct declaration_rows *all = arena_new_of(a, struct declaration_rows);
    bool several = false;
    *out = NULL;
    if (!declarations_list(p, a, when, false, all, e))
        return false;
    for (uint32_t i = 0; i < all->n && !several; i++)
        if (is_meant(a, &all->v[i], name, *out, &several))
            *out = &all->v[i];
    return !several || err_set(e, ERR_USAGE, name, "%s", _("several declarations begin so: give more of the digest"));
}

static bool has_name(const struct scope_names *list, str name) {
    for (uint32_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i], name))
            return true;
    return false;
}

void declaration_recipients(struct arena *a, const struct declaration_row *d, struct scope_names *out) {
    *out = (struct scope_names){0};
    for (uint32_t i = 0; i < d->events.n; i++) {
        const struct declaration_event *x = &d->events.v[i];
        for (struct jiter it = j_iter(x->event == DECLARED_GIVEN && x->counts ? j_get(x->said, "to") : (struct jv){0});
             j_next(&it);)
            if (!has_name(out, j_str(it.val)))
                *vec_push(a, out) = j_str(it.val);
    }
}
