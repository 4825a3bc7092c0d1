/* SPDX-License-Identifier: Apache-2.0
 *
 * Who speaks of a finding, who has a say, and what still holds.
 */
#include "base/digest.h"
#include "ident/version.h"
#include "impact/called.h"
#include "impact/verdict.h"

struct deciding {
    struct portfolio *p;
    struct arena *a;
    const struct verdict_policy *policy;
    const struct verdict_place *place;
    const struct verdict_facts *facts;
};

/* ── does it speak of this? ── */

static bool purl_is(struct arena *a, str stated, str of) {
    return str_eq(stated, of) || vex_purl_covers(a, stated, of);
}

static bool names_product(const struct deciding *d, const struct verdict *v) {
    const struct verdict_place *at = d->place;
    if (str_eq(v->base, at->product_id) || str_eq(v->product, at->product_id))
        return true;
    str base = called_base(d->a, at->product_purl);
    if (base.n && str_eq(v->base, base))
        return true;
    base = called_base(d->a, at->release_purl);
    return base.n && str_eq(v->base, base);
}

/* A range is written as VERS; one that cannot be compared with the release says nothing of it. */
static bool is_range(str version) { return str_starts(version, S("vers:")); }
static bool in_range(const struct deciding *d, str range) {
    struct vers vers;
    bool inside;
    return vers_parse(d->a, range, &vers, NULL) && vers_contains(&vers, d->place->release->version, &inside, NULL) &&
           inside;
}

/* The release an earlier verdict was given for: shipped before this one, with the very component. */
static bool earlier_with(const struct deciding *d, str version, bool *out, struct err *e) {
    const struct release_rows *all = d->place->releases;
    *out = false;
    for (uint32_t i = 0; i < all->n && !*out; i++) {
        const struct release_row *r = &all->v[i];
        struct component_ids ids;
        if (!str_eq(r->version, version) || r->id >= d->place->release->id)
            continue;
        if (!contents_of(d->p->contents, d->a, r->id, &ids, e))
            return false;
        for (uint32_t k = 0; k < ids.n && !*out; k++)
            *out = ids.v[k] == d->place->component;
    }
    return true;
}

static bool part_is(const struct deciding *d, const struct verdict *v) {
    return !v->part.n || purl_is(d->a, v->part, d->place->component_purl) ||
           purl_is(d->a, v->part, d->place->product_purl);
}

/* Reasons that lie in the component as such, wherever it is used. */
static bool lies_in_component(const struct verdict *v) {
    return str_is(v->justification, "vulnerable_code_not_present") ||
           str_is(v->justification, "inline_mitigations_already_exist");
}

bool verdict_is_of_part(struct arena *a, const struct verdict *v) {
    struct purl part;
    return v->part.n && lies_in_component(v) && purl_parse(a, v->part, &part, NULL) && part.version.n;
}

/* Without a part it speaks of the component itself, else of the same component elsewhere. */
bool verdict_is_anywhere(struct arena *a, const struct verdict *v, str component_purl) {
    if (!v->part.n)
        return purl_is(a, v->product, component_purl);
    return verdict_is_of_part(a, v) && purl_is(a, v->part, component_purl);
}

static bool speaks(const struct deciding *d, const struct verdict *v, struct standing *s, bool *out, struct err *e) {
    const struct verdict_place *at = d->place;
    *out = true;
    if (names_product(d, v) && part_is(d, v)) {
        s->reach = REACH_RELEASE;
        if (!v->version.n || str_eq(v->version, at->release->version) || in_range(d, v->version))
            return true;
        if (is_range(v->version)) { /* its author drew the line */
            *out = false;
            return true;
        }
        s->reach = REACH_CARRIED;
        s->carried = v->version;
        return earlier_with(d, v->version, out, e);
    }
    s->reach = v->part.n ? REACH_ELSEWHERE : REACH_COMPONENT;
    if (v->part.n)
        s->carried = v->product;
    *out = verdict_is_anywhere(d->a, v, at->component_purl);
    return true;
}

/* ── whose is it? ── */

static bool rule_is_for(const struct deciding *d, const struct verdict_rule *r, const struct known_key *k,
                        bool component, bool received) {
    const struct verdict_place *at = d->place;
    str hex = hex_text(d->a, k->id, 32);
    if (received ? !str_is(r->issuer, VERDICT_ISSUER_RECEIVED)
                 : !str_eq(r->issuer, k->name) && !(r->issuer.n >= 8 && str_starts(hex, r->issuer)))
        return false;
    for (uint32_t i = 0; i < r->n_products; i++) {
        str x = arena_printf(d->a, "%.*s", STR_ARG(r->products[i]));
        if (str_is(x, "*") || str_glob(x, at->product_id) || (at->product_purl.n && str_glob(x, at->product_purl)) ||
            (component && str_glob(x, at->component_purl)))
            return true;
    }
    return r->n_products == 0 && !component;
}

static bool same_party(str name, str id, str called) { return name.n && (str_eq(name, id) || str_eq(name, called)); }

/* The first rule that fits counts; another that says otherwise is told beside it. */
static bool by_rule(const struct deciding *d, const struct known_key *k, bool received, struct standing *s) {
    const struct verdict_rule *first = NULL;
    for (uint32_t i = 0; i < d->policy->rules.n; i++) {
        const struct verdict_rule *r = &d->policy->rules.v[i];
        if (!rule_is_for(d, r, k, s->reach == REACH_COMPONENT, received))
            continue;
        if (!first) {
            first = r;
            s->rank = r->rank;
            s->because = arena_printf(d->a, _("rule %.*s"), STR_ARG(r->where));
        } else if (r->rank != first->rank) {
            s->because = arena_printf(d->a, _("rule %.*s, which stands before %.*s (rank %u)"), STR_ARG(first->where),
                                      STR_ARG(r->where), r->rank);
            break;
        }
    }
    return first != NULL;
}

/* By nature: who answers for the product, this home, who runs it. */
static void by_nature(const struct deciding *d, const struct known_key *k, bool received, struct standing *s) {
    const struct verdict_place *at = d->place;
    bool ours = !k || k->ours, component = s->reach == REACH_COMPONENT;
    if (received && !(at->ours && at->owner.n && !component)) {
        s->because = str_of(_("in an SBOM that was taken in: its author did not sign it"));
    } else if (!component && ((ours && at->ours) || (k && same_party(k->name, at->owner, at->owner_name)))) {
        s->rank = 400;
        s->because = str_of(_("answers for the product"));
    } else if (ours) {
        s->rank = 300;
        s->because = str_of(_("this home"));
    } else if (!component && at->customer.n && same_party(k->name, at->customer, at->customer_name)) {
        s->rank = 200;
        s->because = str_of(_("customer, for its own deployments"));
    } else {
        s->because = str_of(_("the author has no say here"));
    }
}

static void rank(const struct deciding *d, const struct verdict *v, struct standing *s) {
    const struct keyring *ring = d->p->home ? d->p->home->keys : NULL;
    const struct known_key *k = ring ? keyring_find(ring, v->signer) : NULL;
    /* We say what we were given, not that it is so; another who says what he contains is its author. */
    bool received = v->number == VERDICT_RECEIVED && (!k || k->ours);
    s->issuer = k ? k->name : hex_text(d->a, v->signer, 8);
    if (ring && (!k || keyring_judge(ring, k->id, v->time) != KEY_GOOD)) {
        s->because = str_of(k ? _("the key was not good then") : _("nobody we know signed it"));
        return;
    }
    if (received)
        s->issuer = str_of(VERDICT_ISSUER_RECEIVED);
    if (!k || !by_rule(d, k, received, s))
        by_nature(d, k, received, s);
    if (s->reach == REACH_ELSEWHERE && s->rank > 300)
        s->rank = 300;
}

/* ── does it still hold? ── */

static void hold(const struct deciding *d, const struct verdict *v, struct standing *s) {
    s->holds = true;
    const char *why = NULL;
    if (v->until && d->facts->now > v->until)
        why = _("its time is over");
    else if (v->status == VERDICT_ACCEPTED && v->kev == 0 && d->facts->kev)
        why = _("it is exploited since (KEV)");
    else if (v->status == VERDICT_ACCEPTED && d->facts->epss - (v->epss > 0 ? v->epss : 0) >= d->policy->epss_jump)
        why = _("it became much more likely to be exploited (EPSS)");
    else if (s->reach == REACH_CARRIED && str_is(v->justification, "component_not_present"))
        why = _("the component is present in this release");
    if (!why)
        return;
    s->holds = false;
    s->because = str_of(why);
}

static bool beats(const struct standing *x, const struct standing *y) {
    if (x->rank != y->rank)
        return x->rank > y->rank;
    bool near_x = x->reach == REACH_RELEASE, near_y = y->reach == REACH_RELEASE;
    if (near_x != near_y) /* what was said of this very release before what is only carried to it */
        return near_x;
    if (x->verdict->stated != y->verdict->stated)
        return x->verdict->stated > y->verdict->stated;
    return x->verdict->entry != y->verdict->entry ? x->verdict->entry > y->verdict->entry
                                                  : x->verdict->place > y->verdict->place;
}

bool verdict_decide(struct portfolio *p, struct arena *a, const struct verdict_policy *policy,
                    const struct verdicts *all, const struct verdict_place *place, const struct verdict_facts *facts,
                    struct standings *out, int64_t *winner, struct err *e) {
    struct deciding d = {p, a, policy, place, facts};
    *out = (struct standings){0};
    *winner = -1;
    for (uint32_t i = 0; i < all->n; i++) {
        struct standing s = {.verdict = &all->v[i]};
        bool does;
        if (!speaks(&d, &all->v[i], &s, &does, e))
            return false;
        if (!does)
            continue;
        rank(&d, &all->v[i], &s);
        hold(&d, &all->v[i], &s);
        *vec_push(a, out) = s;
        if (s.rank && s.holds && (*winner < 0 || beats(&s, &out->v[*winner])))
            *winner = out->n - 1;
    }
    return true;
}
