/* SPDX-License-Identifier: Apache-2.0
 *
 * From levels to a declaration.
 */
#include "base/digest.h"
#include "conform/declaration.h"

enum { EVIDENCE_MOST = 2000 }; /* named for each rule; more are counted, and the rule is marked as sampled */

struct making {
    struct portfolio *p;
    struct arena *a;
    const struct declare_ask *ask;
    struct as_of now;
    struct evaluation levels;
    struct map places; /* index of the log → 1 + place in evidence */
    struct declaration *out;
};

/* ── evidence ── */

static bool envelope_of(struct making *k, uint64_t index, str *sha256, struct err *e) {
    struct log_entry entry;
    *sha256 = (str){NULL, 0};
    if (k->ask->withhold)
        return true;
    if (!log_entry(k->p->home->log, k->a, index, &entry, e))
        return false;
    if (!entry.erased)
        *sha256 = hex_text(k->a, entry.envelope, 32);
    return true;
}

static bool place_of(struct making *k, const struct evidence_entry *x, str kind, uint32_t *place, struct err *e) {
    bool fresh;
    str key = arena_str(k->a, str_n((const char *)&x->index, sizeof x->index));
    struct map_entry *at = map_put(&k->places, key, &fresh);
    if (!fresh) {
        *place = (uint32_t)(uintptr_t)at->value - 1;
        return true;
    }
    struct declared_evidence one = {.index = x->index, .kind = kind, .about = k->ask->withhold ? S("") : x->about};
    if (!envelope_of(k, x->index, &one.sha256, e))
        return false;
    *place = k->out->evidence.n;
    *vec_push(k->a, &k->out->evidence) = one;
    at->value = (void *)(uintptr_t)(*place + 1);
    return true;
}

static bool add_rule(struct making *k, const struct rule_state *r, struct declared_rule *out, struct err *e) {
    out->counted = r->counted;
    out->met = r->met;
    out->sampled = r->sampled;
    for (uint32_t i = 0; i < r->evidence.n; i++) {
        uint32_t place;
        if (r->evidence.v[i].log_id != k->p->log_id) /* another's log: no proof of ours leads there */
            continue;
        if (!place_of(k, &r->evidence.v[i], r->rule->kind.n ? r->rule->kind : S("any"), &place, e))
            return false;
        *vec_push(k->a, &out->evidence) = place;
    }
    return true;
}

/* ── practices ── */

static const struct claim *claim_of(const struct making *k, str practice) {
    for (uint32_t i = 0; i < k->ask->claims.n; i++)
        if (str_eq(k->ask->claims.v[i].practice, practice))
            return &k->ask->claims.v[i];
    return NULL;
}

static bool add_practice(struct making *k, const struct practice_state *s, struct shortfalls *short_of, struct err *e) {
    const struct claim *claim = claim_of(k, s->practice->id);
    struct declared_practice *d = vec_push(k->a, &k->out->practices);
    *d = (struct declared_practice){.id = s->practice->id,
                                    .level = s->level,
                                    .target = s->target,
                                    .basis = s->basis,
                                    .reason = s->reason,
                                    .until = s->until};
    if (claim && claim->level > s->level) {
        d->claimed = claim->level;
        d->by = k->ask->signatory;
        d->claim = claim->reason;
    }
    if (s->target > declared_level(d) && s->basis != BASIS_NOT_APPLICABLE)
        *vec_push(k->a, short_of) = (struct shortfall){s->practice, declared_level(d), s->target};
    for (int level = 1; level <= s->level; level++)
        for (uint32_t i = 0; i < s->rules[level].n; i++) {
            struct declared_rule *r = vec_push(k->a, &d->rules);
            *r = (struct declared_rule){.level = (uint32_t)level, .place = i};
            if (!add_rule(k, &s->rules[level].v[i], r, e))
                return false;
        }
    return true;
}

/* ── who, what, when ── */

static bool check_ask(const struct declare_ask *ask, struct err *e) {
    if (package_number(ask->catalogue, ask->package) < 0)
        return err_set(e, ERR_USAGE, ask->package, _("the catalogue %.*s has no such package"),
                       STR_ARG(ask->catalogue->id));
    if (!ask->signatory.name.n || !ask->signatory.role.n)
        return err_set(e, ERR_USAGE, S("--person"), "%s",
                       _("a declaration needs the name and role of who answers for it"));
    if (ask->until <= ask->from)
        return err_set(e, ERR_USAGE, S("--until"), "%s", _("the declaration would end before it begins"));
    for (uint32_t i = 0; i < ask->claims.n; i++) {
        const struct claim *x = &ask->claims.v[i];
        if (!practice_of(ask->catalogue, x->practice))
            return err_set(e, ERR_USAGE, x->practice, _("the catalogue %.*s has no such practice"),
                           STR_ARG(ask->catalogue->id));
        if (!x->reason.n || x->level < 1 || x->level >= LEVELS)
            return err_set(e, ERR_USAGE, x->practice, "%s",
                           _("a claim beyond the evidence needs a level from 1 to 4 and a reason"));
    }
    return true;
}

static bool name_scope(struct making *k, const struct conform_scope *scope, struct err *e) {
    struct party party;
    bool found;
    if (!scope->products.n)
        return err_set(e, ERR_INPUT, k->p->home->party, "%s",
                       _("there is no product in scope: nothing can be declared about nothing"));
    if (!party_get(k->p, k->a, scope->party, &k->now, &party, &found, e) ||
        !thing_id(k->p, k->a, THING_PARTY, scope->party, &k->out->party, e))
        return false;
    k->out->party_name = found && party.name.n ? party.name : k->out->party;
    for (uint32_t i = 0; i < scope->products.n; i++)
        if (!thing_id(k->p, k->a, THING_PRODUCT, scope->products.v[i], vec_push(k->a, &k->out->products), e))
            return false;
    k->out->sites = scope->sites;
    return true;
}

static bool same_products(const struct conform_scope *x, const struct conform_scope *y) {
    return x->products.n == y->products.n &&
           (!x->products.n || memcmp(x->products.v, y->products.v, x->products.n * sizeof *x->products.v) == 0);
}

static bool find_all(struct making *k, const struct conform_scope *scope, struct err *e) {
    struct conform_scope every = {.party = scope->party};
    if (!conform_scope_complete(k->p, k->a, &k->now, &every, e))
        return false;
    k->out->all = same_products(scope, &every);
    return true;
}

static str make_id(struct making *k) {
    str all = arena_printf(k->a, "%.*s %llu %.*s %.*s", STR_ARG(k->out->origin), (unsigned long long)k->out->size,
                           STR_ARG(k->out->catalogue), STR_ARG(k->out->package));
    str hex = digest_hex(k->a, DIGEST_SHA256, all);
    return arena_printf(k->a, "D-%.12s", hex.p);
}

bool declaration_make(struct portfolio *p, struct arena *a, const struct declare_ask *ask, struct declaration *out,
                      struct shortfalls *short_of, struct err *e) {
    struct making k = {.p = p, .a = a, .ask = ask, .out = out};
    struct conform_scope scope = *ask->scope;
    k.now = (struct as_of){.size = p->size, .time = p->ctx->now};
    map_init(&k.places, a);
    *short_of = (struct shortfalls){0};
    *out = (struct declaration){.catalogue = ask->catalogue->id,
                                .catalogue_version = ask->catalogue->version,
                                .catalogue_sha256 = ask->catalogue->digest,
                                .package = ask->package,
                                .exclusions = ask->exclusions,
                                .origin = p->home->origin,
                                .size = p->size,
                                .time = p->ctx->now,
                                .from = ask->from,
                                .until = ask->until,
                                .signatory = ask->signatory,
                                .note = ask->note};
    struct evaluation_ask question = {.catalogue = ask->catalogue,
                                      .scope = &scope,
                                      .package = ask->package,
                                      .when = k.now,
                                      .now = p->ctx->now,
                                      .most = EVIDENCE_MOST};
    if (!check_ask(ask, e) || !conform_scope_complete(p, a, &k.now, &scope, e) || !name_scope(&k, &scope, e) ||
        !find_all(&k, &scope, e) || !conform_evaluate(p, a, &question, &k.levels, e))
        return false;
    out->releases = k.levels.releases;
    out->cases = k.levels.cases;
    out->id = make_id(&k);
    for (uint32_t i = 0; i < k.levels.practices.n; i++)
        if (!add_practice(&k, &k.levels.practices.v[i], short_of, e))
            return false;
    return true;
}
