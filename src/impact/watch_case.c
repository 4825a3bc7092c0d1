/* SPDX-License-Identifier: Apache-2.0
 *
 * From what is open in a package of a product to its cases: what one upgrade clears is one case. A case that is open
 * goes on; one that was closed over the same flaw is opened again; else a new one is made, whose id follows from the
 * product, the package and how many cases they had before.
 */
#include "base/digest.h"
#include "impact/watch_inner.h"

struct group {
    str upgrade;
    uint32_t *open; /* numbers in open_places */
    uint32_t n;
    struct case_row *takes; /* the case it goes on in */
    bool reopens;
    str id; /* of the case it is in, once that is known */
};
struct casing {
    struct watching *w;
    struct line *line;
    str package;
    const struct open_places *open;
    struct case_rows cases;
    struct case_findings *findings; /* of each case */
    bool *taken;
    VEC(struct group) groups;
    uint32_t made; /* new cases so far */
};

/* ── groups ── */

static bool make_groups(struct casing *x, struct err *e) {
    struct arena *a = x->w->line_arena;
    for (uint32_t i = 0; i < x->open->n; i++) {
        struct component_known *k;
        struct group *g = NULL;
        if (!watch_component(x->w, x->open->v[i].component->row.id, &k, e) || !watch_upgrade(x->w, k, e))
            return false;
        for (uint32_t n = 0; n < x->groups.n && !g; n++)
            if (str_eq(x->groups.v[n].upgrade, k->upgrade))
                g = &x->groups.v[n];
        if (!g) {
            g = vec_push(a, &x->groups);
            *g = (struct group){.upgrade = k->upgrade, .open = arena_array(a, uint32_t, x->open->n)};
        }
        g->open[g->n++] = i;
    }
    return true;
}

/* ── which case ── */

static bool same_flaw(const struct flaw_known *f, str named) {
    for (uint32_t i = 0; i < f->names.n; i++)
        if (str_eq(f->names.v[i], named))
            return true;
    return str_eq(f->row.id, named);
}

/* How much a case and a group have in common: findings count double, flaws or components alone once. */
static unsigned in_common(const struct casing *x, const struct group *g, uint32_t number, bool flaws_only) {
    const struct case_findings *had = &x->findings[number];
    unsigned n = 0;
    for (uint32_t i = 0; i < g->n; i++)
        for (uint32_t k = 0; k < had->n; k++) {
            const struct open_place *o = &x->open->v[g->open[i]];
            bool flaw = same_flaw(o->flaw, had->v[k].flaw);
            bool component = str_eq(o->component->row.purl, had->v[k].component);
            n += flaws_only ? flaw : (unsigned)flaw + component;
        }
    return n;
}

/* What was decided is for what it was about: only its own flaws, open again, bring such a case back. */
static bool is_decided(const struct case_row *c) {
    return str_is(c->decision, "accept") || str_is(c->decision, "not_affected");
}

static void choose(struct casing *x, struct group *g, bool closed) {
    unsigned best = 0;
    uint32_t at = x->cases.n;
    for (uint32_t i = 0; i < x->cases.n; i++) {
        const struct case_row *c = &x->cases.v[i];
        if (x->taken[i] || (c->status == CASE_CLOSED) != closed)
            continue;
        if (is_decided(c) && !in_common(x, g, i, true))
            continue;
        unsigned n = in_common(x, g, i, closed);
        if (!closed && g->upgrade.n && str_eq(c->upgrade, g->upgrade))
            n += 1;
        if (n && n >= best) { /* of equal ones the latest */
            best = n;
            at = i;
        }
    }
    if (at == x->cases.n)
        return;
    x->taken[at] = true;
    g->takes = &x->cases.v[at];
    g->reopens = closed;
}

/* ── steps ── */

static struct case_step *step_new(struct casing *x, str id, enum case_event event) {
    struct watching *w = x->w;
    struct case_step *s = watch_say_step(w);
    *s = (struct case_step){.id = id, .event = event};
    *vec_push(w->a, &w->out->events) = (struct watch_event){id, event, x->line->product};
    return s;
}

/* Most have one or two. */
static void grow_names(struct arena *a, struct case_names *v) {
    str *more = arena_array(a, str, v->cap ? v->cap * 2 : 2);
    if (v->n)
        memcpy(more, v->v, v->n * sizeof *more);
    v->v = more;
    v->cap = v->cap ? v->cap * 2 : 2;
}

static void add_name(struct arena *a, struct case_names *v, str name) {
    uint32_t at = 0, end = v->n;
    while (at < end) {
        uint32_t middle = at + (end - at) / 2;
        int order = str_cmp(v->v[middle], name);
        if (order == 0)
            return;
        if (order < 0)
            at = middle + 1;
        else
            end = middle;
    }
    if (v->n == v->cap)
        grow_names(a, v);
    v->n++;
    memmove(v->v + at + 1, v->v + at, (v->n - 1 - at) * sizeof *v->v);
    v->v[at] = arena_str(a, name);
}

/* What the group says, as a step says it. Strings that die with the line are copied. */
static bool describe(struct casing *x, const struct group *g, struct arena *a, struct case_step *s, struct err *e) {
    s->product = arena_str(a, x->line->about.id);
    s->package = x->package;
    s->upgrade = g->upgrade;
    s->findings.v = arena_array(a, struct case_finding, g->n);
    s->findings.n = s->findings.cap = g->n;
    for (uint32_t i = 0; i < g->n; i++) {
        const struct open_place *o = &x->open->v[g->open[i]];
        s->findings.v[i] = (struct case_finding){.component = o->component->row.purl,
                                                 .flaw = o->flaw->row.id,
                                                 .fixed = o->hit->fixed,
                                                 .kev = o->flaw->row.kev,
                                                 .epss = o->flaw->row.epss,
                                                 .score = o->flaw->row.score,
                                                 .exploitation = o->flaw->row.exploitation,
                                                 .automatable = o->flaw->row.automatable,
                                                 .technical = o->flaw->row.impact};
        for (uint32_t k = 0; k < o->in.n; k++)
            add_name(a, &s->releases, o->in.v[k]->release.version);
        for (uint32_t k = 0; k < o->users.n; k++)
            add_name(a, &s->deployments, o->users.v[k]->id);
    }
    s->has_priority = true;
    return watch_priority(x->w, x->open, g->open, g->n, &s->priority, e);
}

static str id_of(struct casing *x) {
    str text = arena_printf(x->w->line_arena, "%.*s\n%.*s\n%u", STR_ARG(x->line->about.id), STR_ARG(x->package),
                            x->cases.n + x->made++);
    return arena_printf(x->w->a, "C-%.12s", digest_hex(x->w->line_arena, DIGEST_SHA256, text).p);
}

static bool in_newest(const struct casing *x, const struct group *g) {
    for (uint32_t i = 0; i < g->n; i++)
        if (x->open->v[g->open[i]].in_newest)
            return true;
    return false;
}

static bool in_use(const struct casing *x, const struct group *g) {
    for (uint32_t i = 0; i < g->n; i++)
        if (x->open->v[g->open[i]].users.n)
            return true;
    return false;
}

/* ── has anything changed? ── */

static bool same_names(const struct case_names *x, const struct case_names *y) {
    if (x->n != y->n)
        return false;
    for (uint32_t i = 0; i < x->n; i++)
        if (!str_eq(x->v[i], y->v[i]))
            return false;
    return true;
}

static const struct case_finding *finding_in(const struct case_findings *v, const struct case_finding *f) {
    for (uint32_t i = 0; i < v->n; i++)
        if (str_eq(v->v[i].component, f->component) && str_eq(v->v[i].flaw, f->flaw))
            return &v->v[i];
    return NULL;
}

/* Scores drift daily: only what would change a mind is an update. */
static bool same_findings(const struct casing *x, const struct case_findings *had, const struct case_findings *now) {
    int32_t jump = x->w->plan->policy->epss_jump;
    if (had->n != now->n)
        return false;
    for (uint32_t i = 0; i < now->n; i++) {
        const struct case_finding *old = finding_in(had, &now->v[i]);
        if (!old || !str_eq(old->fixed, now->v[i].fixed) || old->kev != now->v[i].kev ||
            old->score != now->v[i].score || now->v[i].epss - old->epss >= jump)
            return false;
    }
    return true;
}

static bool is_same(struct casing *x, const struct case_row *c, const struct case_findings *had,
                    const struct case_step *now, bool *same, struct err *e) {
    struct case_names releases, deployments;
    if (!case_places(x->w->p, x->w->line_arena, c->number, &releases, &deployments, e))
        return false;
    *same = str_eq(c->upgrade, now->upgrade) && same_findings(x, had, &now->findings) &&
            same_names(&releases, &now->releases) && same_names(&deployments, &now->deployments) &&
            (c->overridden || str_eq(c->priority.outcome, now->priority.outcome));
    return true;
}

/* ── a group and its case ── */

static str why_again(const struct casing *x, const struct group *g) {
    for (uint32_t i = 0; i < g->n; i++)
        if (x->open->v[g->open[i]].why.n)
            return x->open->v[g->open[i]].why;
    return S("found again");
}

/* The newest release is the evidence. */
static bool by_newest(struct casing *x, struct case_step *s, struct err *e) {
    for (uint32_t i = 0; i < x->line->live.n; i++) {
        struct live *live = &x->line->live.v[i];
        if (!live->newest)
            continue;
        if (!watch_live(x->w, live, false, e))
            return false;
        s->by_release = arena_str(x->w->a, live->release.version);
        s->by_body = hex_text(x->w->a, live->release.body, 32);
    }
    return true;
}

static bool has_newest(const struct line *l) {
    for (uint32_t i = 0; i < l->live.n; i++)
        if (l->live.v[i].newest)
            return true;
    return false;
}

static bool fixed_in_newest(struct casing *x, const struct group *g, struct err *e) {
    if (in_newest(x, g) || !in_use(x, g) || !has_newest(x->line))
        return true;
    x->w->out->advanced++;
    return by_newest(x, step_new(x, g->id, CASE_IS_FIXED), e);
}

static bool go_on(struct casing *x, struct group *g, struct err *e) {
    struct case_row *c = g->takes;
    g->id = c->id;
    struct case_step now = {.id = c->id};
    uint32_t at = (uint32_t)(c - x->cases.v);
    struct arena *a = watch_say_arena(x->w);
    bool same, back = g->reopens || (c->status >= CASE_FIXED && in_newest(x, g)) || c->status >= CASE_DELIVERED ||
                      is_decided(c);
    if (!describe(x, g, a, &now, e) || !is_same(x, c, &x->findings[at], &now, &same, e))
        return false;
    if (back || !same) {
        struct case_step *s = step_new(x, c->id, back ? CASE_REOPENED : CASE_UPDATED);
        now.event = s->event;
        now.text = back ? why_again(x, g) : now.text;
        if (c->overridden && !back)
            now.has_priority = false;
        *s = now;
        *(back ? &x->w->out->reopened : &x->w->out->updated) += 1;
    } else {
        x->w->out->unchanged++;
    }
    return (!back && c->status >= CASE_FIXED) || fixed_in_newest(x, g, e);
}

static bool open_new(struct casing *x, struct group *g, struct err *e) {
    struct arena *a = watch_say_arena(x->w);
    struct case_step *s = step_new(x, id_of(x), CASE_FOUND);
    struct case_step now = *s;
    g->id = s->id;
    if (!describe(x, g, a, &now, e))
        return false;
    *s = now;
    x->w->out->opened++;
    return fixed_in_newest(x, g, e);
}

/* ── cases over which nothing is open any more ── */

enum gone { GONE_ANSWERED, GONE_COMPONENT, GONE_ADVISORY };

static bool why_gone(struct casing *x, const struct case_findings *had, enum gone *out, struct err *e) {
    *out = GONE_ADVISORY;
    bool present = false, hit = false;
    if (!watch_whole(x->w, x->line, e))
        return false;
    for (uint32_t i = 0; i < had->n; i++)
        for (uint32_t l = 0; l < x->line->live.n; l++) {
            const struct component_ids *ids = &x->line->live.v[l].ids;
            component_id id;
            bool found, in = false;
            if (!contents_component(x->w->p->contents, had->v[i].component, &found, &id, e))
                return false;
            for (uint32_t k = 0; found && k < ids->n && !in; k++)
                in = ids->v[k] == id;
            if (!in)
                continue;
            struct component_known *k;
            present = true;
            if (!watch_component(x->w, id, &k, e))
                return false;
            for (uint32_t h = 0; h < k->hits.n && !hit; h++) {
                struct flaw_known *f;
                if (!watch_flaw(x->w, k->hits.v[h].flaw, &f, e))
                    return false;
                hit = same_flaw(f, had->v[i].flaw);
            }
        }
    *out = !present ? GONE_COMPONENT : hit ? GONE_ANSWERED : GONE_ADVISORY;
    return true;
}

/* The group in which a finding of the case is open still; NULL: none is. */
static const struct group *goes_on_in(const struct casing *x, const struct case_findings *had) {
    for (uint32_t i = 0; i < x->groups.n; i++)
        for (uint32_t k = 0; k < x->groups.v[i].n; k++) {
            const struct open_place *o = &x->open->v[x->groups.v[i].open[k]];
            for (uint32_t n = 0; n < had->n; n++)
                if (same_flaw(o->flaw, had->v[n].flaw) && str_eq(o->component->row.purl, had->v[n].component))
                    return &x->groups.v[i];
        }
    return NULL;
}

static bool settle(struct casing *x, uint32_t number, struct err *e) {
    const struct case_row *c = &x->cases.v[number];
    struct watching *w = x->w;
    struct case_step *s;
    enum gone gone;
    if (c->status == CASE_CLOSED)
        return true;
    if (!why_gone(x, &x->findings[number], &gone, e))
        return false;
    if (gone == GONE_ANSWERED && str_is(c->decision, "accept")) /* a risk that is still there */
        return true;
    if (gone == GONE_COMPONENT) {
        if (c->status >= CASE_DELIVERED)
            return true;
        w->out->advanced++;
        return by_newest(x, step_new(x, c->id, CASE_IS_DELIVERED), e);
    }
    const struct group *other = goes_on_in(x, &x->findings[number]);
    s = step_new(x, c->id, CASE_IS_CLOSED);
    if (other)
        s->text = arena_printf(w->a, "one upgrade clears it together with %.*s", STR_ARG(other->id));
    else if (gone == GONE_ANSWERED)
        s->by_vex = S("every finding is answered by a verdict that counts");
    else
        s->by_advisories = w->digest;
    w->out->closed++;
    return true;
}

bool watch_cases(struct watching *w, struct line *line, int64_t package, bool had, const struct open_places *open,
                 struct err *e) {
    struct casing x = {.w = w, .line = line, .open = open};
    struct arena *a = w->line_arena;
    if (!had && !open->n)
        return true;
    if (!watch_package(w, package, &x.package, e) ||
        (had && !cases_of(w->p, w->a, line->product, x.package, &x.cases, e)))
        return false;
    x.findings = arena_array(a, struct case_findings, x.cases.n + 1u);
    x.taken = arena_array(a, bool, x.cases.n + 1u);
    for (uint32_t i = 0; i < x.cases.n; i++)
        if (!case_findings(w->p, a, x.cases.v[i].number, &x.findings[i], e))
            return false;
    if (!make_groups(&x, e))
        return false;
    for (uint32_t i = 0; i < x.groups.n; i++)
        choose(&x, &x.groups.v[i], false);
    for (uint32_t i = 0; i < x.groups.n; i++) {
        struct group *g = &x.groups.v[i];
        if (!g->takes)
            choose(&x, g, true);
        w->out->grouped += g->n - 1u;
        if (!(g->takes ? go_on(&x, g, e) : open_new(&x, g, e)))
            return false;
    }
    for (uint32_t i = 0; i < x.cases.n; i++)
        if (!x.taken[i] && !settle(&x, i, e))
            return false;
    return true;
}
