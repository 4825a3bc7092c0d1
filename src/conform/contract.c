/* SPDX-License-Identifier: Apache-2.0
 *
 * Contracts read, written, and asked who holds what.
 */
#include "conform/contract.h"

#include "conform/canonical.h"
#include "conform/evidence.h"
#include "conform/own.h"
#include "impact/duration.h"

bool contract_word(const char *words, str word) {
    str rest = str_of(words), one;
    while (str_next(&rest, '|', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

/* ── reading ── */

static int64_t time_in(struct jv v, const char *key) {
    int64_t t;
    return time_parse(j_gets(v, key), &t) ? t : 0;
}

bool contract_read(struct arena *a, struct jv v, struct contract *out) {
    *out = (struct contract){.id = j_gets(v, "id"),
                             .kind = j_gets(v, "kind"),
                             .title = j_gets(v, "title"),
                             .catalogue = j_gets(v, "catalogue"),
                             .document = j_gets(v, "document"),
                             .from = time_in(v, "from"),
                             .until = time_in(v, "until"),
                             .unheld = j_int(j_get(v, "unheld"), -1)};
    for (struct jiter it = j_iter(j_get(v, "sides")); j_next(&it);)
        *vec_push(a, &out->sides) = (struct contract_side){j_gets(it.val, "side"), j_gets(it.val, "party"),
                                                           j_gets(it.val, "name")};
    for (struct jiter it = j_iter(j_get(v, "responsibilities")); j_next(&it);)
        *vec_push(a, &out->duties) = (struct contract_duty){j_gets(it.val, "practice"), j_gets(it.val, "holder"),
                                                            j_gets(it.val, "note")};
    for (struct jiter it = j_iter(j_get(v, "clocks")); j_next(&it);)
        *vec_push(a, &out->clocks) = (struct contract_clock){j_gets(it.val, "what"), j_int(j_get(it.val, "within"), 0)};
    for (struct jiter it = j_iter(j_get(v, "items")); j_next(&it);)
        *vec_push(a, &out->items) = (struct contract_item){j_gets(it.val, "item"), j_gets(it.val, "text")};
    return out->id.n && out->kind.n;
}

/* ── writing ── */

static void put(struct jw *w, const char *key, str s) {
    if (s.n)
        jw_kstr(w, key, s);
}

static void put_lists(struct arena *a, struct jw *w, const struct contract *k, bool words) {
    jw_karr(w, "responsibilities");
    for (uint32_t i = 0; i < k->duties.n; i++) {
        jw_obj(w);
        jw_kstr(w, "practice", k->duties.v[i].practice);
        jw_kstr(w, "holder", k->duties.v[i].holder);
        put(w, "note", k->duties.v[i].note);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "clocks");
    for (uint32_t i = 0; i < k->clocks.n; i++) {
        jw_obj(w);
        jw_kstr(w, "what", k->clocks.v[i].what);
        if (words)
            jw_kstr(w, "within", duration_text(a, k->clocks.v[i].within));
        else
            jw_kint(w, "within", k->clocks.v[i].within);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "items");
    for (uint32_t i = 0; i < k->items.n; i++) {
        jw_obj(w);
        jw_kstr(w, "item", k->items.v[i].item);
        jw_kstr(w, "text", k->items.v[i].text);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

void contract_members_json(struct arena *a, struct jw *w, const struct contract *k, bool words) {
    jw_kstr(w, "kind", k->kind);
    put(w, "title", k->title);
    jw_karr(w, "sides");
    for (uint32_t i = 0; i < k->sides.n; i++) {
        jw_obj(w);
        jw_kstr(w, "side", k->sides.v[i].side);
        jw_kstr(w, "party", k->sides.v[i].party);
        put(w, "name", k->sides.v[i].name);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    if (k->from)
        jw_kstr(w, "from", time_rfc3339(a, k->from));
    if (k->until)
        jw_kstr(w, "until", time_rfc3339(a, k->until));
    put(w, "catalogue", k->catalogue);
    put_lists(a, w, k, words);
    if (k->unheld >= 0)
        jw_kint(w, "unheld", k->unheld);
    put(w, "document", k->document);
}

static void put_contract(struct arena *a, const struct contract *k, struct jw *w) {
    jw_obj(w);
    jw_kstr(w, "id", k->id);
    contract_members_json(a, w, k, false);
    jw_obj_end(w);
}

str contract_text(struct arena *a, const struct contract *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    put_contract(a, k, &w);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

bool contract_say(struct portfolio *p, struct arena *a, const struct contract *k, bool *same, struct err *e) {
    struct own_say say = {.kind = "contract", .name = k->id};
    struct json doc;
    if (!json_parse(p->ctx, a, contract_text(a, k), JSON_STRICT, S("contract"), &doc, e))
        return false;
    say.predicate = canonical_text(a, doc.root);
    bool ok = own_say(p, a, &say, e);
    *same = say.same;
    return ok;
}

/* ── asking ── */

static bool list(struct portfolio *p, struct arena *a, str subject, const struct as_of *when, struct contracts *out,
                 struct err *e) {
    struct owns all;
    *out = (struct contracts){0};
    if (!own_newest(p, a, "contract", subject, when, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) {
        struct contract k;
        if (!contract_read(a, all.v[i].statement.predicate, &k))
            continue;
        k.entry = all.v[i].index;
        k.time = all.v[i].time;
        *vec_push(a, out) = k;
    }
    return true;
}

bool contracts_list(struct portfolio *p, struct arena *a, const struct as_of *when, struct contracts *out,
                    struct err *e) {
    return list(p, a, (str){NULL, 0}, when, out, e);
}

bool contract_find(struct portfolio *p, struct arena *a, str id, const struct as_of *when, bool *found,
                   struct contract *out, struct err *e) {
    struct contracts all;
    if (!list(p, a, id, when, &all, e))
        return false;
    *found = all.n > 0;
    if (*found)
        *out = all.v[0];
    return true;
}

str contract_party(const struct contract *k, const char *side) {
    for (uint32_t i = 0; i < k->sides.n; i++)
        if (str_is(k->sides.v[i].side, side))
            return k->sides.v[i].party;
    return (str){NULL, 0};
}

const struct contract_duty *contract_duty_of(const struct contract *k, str practice) {
    for (uint32_t i = 0; i < k->duties.n; i++)
        if (str_eq(k->duties.v[i].practice, practice))
            return &k->duties.v[i];
    return NULL;
}

void contract_give(struct arena *a, struct contract *k, const struct contract_duty *duty) {
    for (uint32_t i = 0; i < k->duties.n; i++)
        if (str_eq(k->duties.v[i].practice, duty->practice)) {
            k->duties.v[i] = *duty;
            return;
        }
    *vec_push(a, &k->duties) = *duty;
}

/* ── what is missing ── */

static bool is_subcontract(const struct contract *k) { return str_is(k->kind, "subcontract"); }

/* A practice that says nothing of contracts binds under all of them. */
static bool binds(const struct practice *p, const struct contract *k) {
    return !p->contract || (p->contract & (is_subcontract(k) ? CONTRACT_SUB : CONTRACT_PRIME));
}

void contract_unheld(struct arena *a, const struct catalogue *c, const struct contract *k, struct practice_ids *out) {
    *out = (struct practice_ids){0};
    for (uint32_t i = 0; i < c->practices.n; i++)
        if (binds(&c->practices.v[i], k) && !contract_duty_of(k, c->practices.v[i].id))
            *vec_push(a, out) = c->practices.v[i].id;
}

static bool is_our_part(const struct contract_duty *d) {
    return d && (str_is(d->holder, "developer") || str_is(d->holder, "supplier") || str_is(d->holder, "shared"));
}

void contract_not_passed_on(struct arena *a, const struct catalogue *c, const struct contracts *all,
                            const struct contract *sub, struct contract_gaps *out) {
    *out = (struct contract_gaps){0};
    if (!is_subcontract(sub))
        return;
    for (uint32_t i = 0; i < c->practices.n; i++) {
        const struct practice *p = &c->practices.v[i];
        if (!binds(p, sub) || contract_duty_of(sub, p->id))
            continue;
        for (uint32_t k = 0; k < all->n; k++)
            if (!is_subcontract(&all->v[k]) && is_our_part(contract_duty_of(&all->v[k], p->id))) {
                *vec_push(a, out) = (struct contract_gap){p->id, all->v[k].id};
                break;
            }
    }
}

/* ── what rules see ── */

static bool add_evidence(struct portfolio *p, const struct entry *x, const struct contract *k,
                         const struct contract_side *side, struct err *e) {
    enum rule_about about = str_is(side->side, "sub") ? ABOUT_SUBCONTRACTORS : ABOUT_CUSTOMERS;
    double requirements = 0;
    int64_t party;
    for (uint32_t i = 0; i < k->items.n; i++)
        requirements += str_is(k->items.v[i].item, "requirement");
    const struct fact facts[] = {
        {.name = "responsibilities", .number = k->duties.n},
        {.name = "unheld", .number = (double)(k->unheld >= 0 ? k->unheld : INT32_MAX)},
        {.name = "requirements", .number = requirements},
        {.name = "sla", .number = k->clocks.n > 0},
    };
    struct evidence_new v = {.kind = "contract",
                             .about = about,
                             .topic = k->id,
                             .expires = k->until,
                             .facts = facts,
                             .n = sizeof facts / sizeof *facts};
    if (!thing_mention(p, THING_PARTY, side->party, x->index, &party, e))
        return false;
    v.thing = party;
    return evidence_add(p, x, &v, e);
}

static bool take_contract(struct portfolio *p, const struct entry *x, struct err *e) {
    struct contract k;
    if (!contract_read(x->arena, x->statement->predicate, &k))
        return true;
    for (uint32_t i = 0; i < k.sides.n; i++) {
        const struct contract_side *s = &k.sides.v[i];
        if ((str_is(s->side, "customer") || str_is(s->side, "sub")) && s->party.n && !add_evidence(p, x, &k, s, e))
            return false;
    }
    return true;
}

const struct projection contract_projection = {"contract", take_contract};
