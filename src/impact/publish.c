/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/publish.h"

#include <stdlib.h>

struct gathering {
    struct portfolio *p;
    struct arena *a;
    struct truths *out;
    int64_t product;
    str base;        /* purl without version; may be absent */
    struct map seen; /* flaw, component, version → struct truth, single */
    uint32_t taken;
    struct err *e;
};

static bool ours(const struct portfolio *p, const struct verdict *v) {
    if (!p->home || !p->home->keys)
        return true;
    const struct known_key *k = keyring_find(p->home->keys, v->signer);
    return k && k->ours && keyring_judge(p->home->keys, k->id, v->time) == KEY_GOOD;
}

static str best_name(struct gathering *g, str flaw, struct flaw_names *names, str *summary, struct err *e) {
    struct flaw_row row;
    bool found;
    *names = (struct flaw_names){0};
    *summary = (str){NULL, 0};
    if (!hits_flaw(g->p, g->a, flaw, &found, &row, e))
        return (str){NULL, 0};
    if (!found) {
        *vec_push(g->a, names) = arena_str(g->a, flaw);
        return names->v[0];
    }
    *summary = row.summary;
    return hits_names(g->p, g->a, row.number, names, e) ? row.id : (str){NULL, 0};
}

static bool take(struct gathering *g, str flaw, str version, const struct truth *what, struct err *e) {
    struct truth t = *what;
    bool fresh;
    t.order = g->taken++;
    t.flaw = best_name(g, flaw, &t.names, &t.summary, e);
    if (!t.flaw.p)
        return false;
    str key = arena_printf(g->a, "%.*s\n%.*s\n%.*s", STR_ARG(t.flaw), STR_ARG(t.component), STR_ARG(version));
    struct map_entry *at = map_put(&g->seen, key, &fresh);
    if (!fresh && ((struct truth *)at->value)->stated > t.stated)
        return true;
    if (version.n)
        *vec_push(g->a, &t.versions) = arena_str(g->a, version);
    struct truth *own = arena_new_of(g->a, struct truth);
    *own = t;
    at->value = own;
    return true;
}

static bool take_verdict(void *arg, const struct verdict *v, struct err *e) {
    struct gathering *g = arg;
    struct arena *a = g->a;
    if (v->status == VERDICT_ACCEPTED || v->status == VEX_NONE || !ours(g->p, v) ||
        (!str_eq(v->base, g->out->product) && !(g->base.n && str_eq(v->base, g->base))))
        return true;
    struct truth t = {.component = v->part.n ? arena_str(a, v->part) : (str){NULL, 0},
                      .status = (enum vex_status)v->status,
                      .justification = arena_str(a, v->justification),
                      .impact = arena_str(a, v->impact),
                      .action = arena_str(a, v->action),
                      .stated = v->stated ? v->stated : v->time};
    return take(g, v->flaw, v->version, &t, e);
}

/* What was published before the case went on: that it is looked into, or our own words on what to do. What somebody
 * wrote stands. */
static bool outdated(const struct truth *said, const struct truth *now) {
    if (said->status == VEX_UNDER_INVESTIGATION)
        return now->status == VEX_AFFECTED;
    return said->status == VEX_AFFECTED && now->status == VEX_AFFECTED && !str_eq(said->action, now->action) &&
           (str_starts(said->action, S("Take a release with ")) ||
            str_starts(said->action, S("No release without it")));
}

/* Whether something we said is about this place: of the component in this version, or of all versions, or of the
 * product as a whole. */
static const struct truth *said_of(const struct gathering *g, const struct case_finding *f, str version) {
    const struct truth *last = NULL;
    for (uint32_t i = 0; i < g->seen.entries.n; i++) {
        const struct truth *t = g->seen.entries.v[i].value;
        if (str_eq(t->flaw, f->flaw) && (!t->component.n || str_eq(t->component, f->component)) &&
            (!t->versions.n || str_eq(t->versions.v[0], version)) && (!last || t->stated >= last->stated))
            last = t;
    }
    return last;
}

/* What the documents of a release list, ascending. */
static bool components_in(struct gathering *g, str version, struct component_ids *out, struct err *e) {
    struct release_rows rows = {0};
    *out = (struct component_ids){0};
    if (!contents_releases(g->p->contents, g->a, g->product, version, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++) {
        struct component_ids one;
        if (!contents_of(g->p->contents, g->a, rows.v[i].id, &one, e))
            return false;
        for (uint32_t k = 0; k < one.n; k++)
            *vec_push(g->a, out) = one.v[k];
    }
    return true;
}

static bool is_in(struct gathering *g, const struct component_ids *in, str purl, bool *yes, struct err *e) {
    component_id id;
    bool found;
    *yes = false;
    if (!contents_component(g->p->contents, purl, &found, &id, e))
        return false;
    for (uint32_t i = 0; found && i < in->n && !*yes; i++)
        *yes = in->v[i] == id;
    return true;
}

static bool take_finding(struct gathering *g, const struct case_row *c, const struct case_finding *f, str version,
                         struct err *e) {
    bool fixing = c->decision.n > 0 || c->status >= CASE_FIXING;
    struct truth t = {
        .component = f->component, .status = fixing ? VEX_AFFECTED : VEX_UNDER_INVESTIGATION, .stated = c->opened};
    if (fixing)
        t.action = c->upgrade.n ? arena_printf(g->a, "Take a release with %.*s %.*s or later.", STR_ARG(c->package),
                                               STR_ARG(c->upgrade))
                                : S("No release without it is known yet.");
    const struct truth *said = said_of(g, f, version);
    if (said && outdated(said, &t))
        t.stated = c->changed > said->stated ? c->changed : said->stated;
    else if (said)
        return true;
    return take(g, f->flaw, version, &t, e);
}

static bool take_case(void *arg, const struct case_row *c, struct err *e) {
    struct gathering *g = arg;
    struct case_findings findings;
    struct case_names releases, deployments;
    if (c->product != g->product || str_is(c->decision, "accept") || str_is(c->decision, "not_affected"))
        return true;
    if (!case_findings(g->p, g->a, c->number, &findings, e) ||
        !case_places(g->p, g->a, c->number, &releases, &deployments, e))
        return false;
    for (uint32_t r = 0; r < releases.n; r++) {
        struct component_ids in;
        if (!components_in(g, releases.v[r], &in, e))
            return false;
        for (uint32_t i = 0; i < findings.n; i++) {
            bool yes;
            if (!is_in(g, &in, findings.v[i].component, &yes, e) ||
                (yes && !take_finding(g, c, &findings.v[i], releases.v[r], e)))
                return false;
        }
    }
    return true;
}

/* ── many releases that share a verdict are one row ── */

static int compare_text(str x, str y) { return x.p && y.p ? str_cmp(x, y) : (x.p != NULL) - (y.p != NULL); }

static int same_said(const struct truth *a, const struct truth *b) {
    int by = str_cmp(a->flaw, b->flaw);
    by = by ? by : compare_text(a->component, b->component);
    by = by ? by : (int)a->status - (int)b->status;
    by = by ? by : compare_text(a->justification, b->justification);
    by = by ? by : compare_text(a->impact, b->impact);
    by = by ? by : compare_text(a->action, b->action);
    return by ? by : (int)a->versions.n - (int)b->versions.n;
}

static int truth_order(const void *x, const void *y) {
    const struct truth *a = x, *b = y;
    int by = same_said(a, b);
    return by || !a->versions.n ? by : str_cmp(a->versions.v[0], b->versions.v[0]);
}

/* Said later of all its versions, or of the product as a whole: what was said of a part of that before is over. */
static bool covers(const struct truth *wide, const struct truth *t) {
    bool later = wide->stated != t->stated ? wide->stated > t->stated : wide->order > t->order;
    return wide != t && later && str_eq(wide->flaw, t->flaw) &&
           (!wide->component.n || str_eq(wide->component, t->component)) &&
           (!wide->versions.n || (t->versions.n && str_eq(wide->versions.v[0], t->versions.v[0])));
}

static bool is_over(const struct truth *const *wide, uint32_t n, const struct truth *t) {
    for (uint32_t i = 0; i < n; i++)
        if (covers(wide[i], t))
            return true;
    return false;
}

static void merge(struct gathering *g) {
    VEC(struct truth) all = {0};
    VEC(const struct truth *) wide = {0};
    for (uint32_t i = 0; i < g->seen.entries.n; i++) {
        const struct truth *t = g->seen.entries.v[i].value;
        if (!t->component.n || !t->versions.n)
            *vec_push(g->a, &wide) = t;
    }
    for (uint32_t i = 0; i < g->seen.entries.n; i++) {
        const struct truth *t = g->seen.entries.v[i].value;
        if (!is_over(wide.v, wide.n, t))
            *vec_push(g->a, &all) = *t;
    }
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, truth_order);
    for (uint32_t i = 0; i < all.n; i++) {
        struct truth *last = g->out->v.n ? &g->out->v.v[g->out->v.n - 1] : NULL;
        if (all.v[i].stated > g->out->stated)
            g->out->stated = all.v[i].stated;
        if (i && all.v[i].versions.n && same_said(&all.v[i - 1], &all.v[i]) == 0) {
            *vec_push(g->a, &last->versions) = all.v[i].versions.v[0];
            last->stated = all.v[i].stated > last->stated ? all.v[i].stated : last->stated;
        } else {
            *vec_push(g->a, &g->out->v) = all.v[i];
        }
    }
}

static str without_version(struct arena *a, str purl) {
    struct purl p;
    if (!purl.n || !purl_parse(a, purl, &p, NULL))
        return (str){NULL, 0};
    p.version = p.subpath = (str){NULL, 0};
    p.n_qualifiers = 0;
    return purl_text(a, &p);
}

bool publish_gather(struct portfolio *p, struct arena *a, int64_t product, struct truths *out, struct err *e) {
    const struct as_of now = {0};
    struct gathering g = {.p = p, .a = a, .out = out, .product = product};
    struct product about = {0};
    bool found;
    *out = (struct truths){0};
    map_init(&g.seen, a);
    if (!product_get(p, a, product, &now, &about, &found, e) ||
        !thing_id(p, a, THING_PRODUCT, product, &out->product, e))
        return false;
    out->name = about.name.n ? about.name : out->product;
    out->purl = g.base = without_version(a, about.purl);
    out->author = p->home && p->home->party.n ? p->home->party : S("unknown");
    if (!verdicts_each(p, take_verdict, &g, e) || !cases_each(p, true, take_case, &g, e))
        return false;
    merge(&g);
    return true;
}

str publish_name(struct arena *a, const struct truths *t, str version) {
    struct purl p;
    if (t->purl.n && purl_parse(a, t->purl, &p, NULL)) {
        p.version = version;
        return purl_text(a, &p);
    }
    return version.n ? arena_printf(a, "urn:akashi:product:%.*s@%.*s", STR_ARG(t->product), STR_ARG(version))
                     : arena_printf(a, "urn:akashi:product:%.*s", STR_ARG(t->product));
}
