/* SPDX-License-Identifier: Apache-2.0
 *
 * What a buyer's program scores: one JSON object (catalogues/shapes/procurement.json) with levels by requirement and by
 * practice, scope, validity and how the declaration stands. Numbers only count; nobody is scored here.
 */
#include "base/digest.h"
#include "conform/render.h"

static int stated(const struct declared_practice *p) {
    return p->basis == BASIS_NOT_APPLICABLE ? -1 : declared_level(p);
}

static void who(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_kstr(w, "declaration", d->id);
    jw_kstr(w, "sha256", hex_text(r->arena, r->declared->envelope, 32));
    jw_kobj(w, "log");
    jw_kstr(w, "origin", d->origin);
    jw_kint(w, "entry", (int64_t)r->declared->entry);
    jw_kstr(w, "time", time_rfc3339(r->arena, r->declared->time));
    jw_kint(w, "evidenceBelow", (int64_t)d->size);
    jw_obj_end(w);
    jw_kobj(w, "declarer");
    jw_kstr(w, "id", d->party);
    jw_kstr(w, "name", d->party_name);
    jw_obj_end(w);
    jw_kobj(w, "signatory");
    jw_kstr(w, "name", d->signatory.name);
    jw_kstr(w, "role", d->signatory.role);
    jw_obj_end(w);
    jw_kobj(w, "catalogue");
    jw_kstr(w, "id", d->catalogue);
    jw_kstr(w, "version", d->catalogue_version);
    jw_kstr(w, "sha256", d->catalogue_sha256);
    jw_obj_end(w);
    jw_kstr(w, "package", d->package);
}

static void strings(struct jw *w, const char *key, const struct scope_names *v) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < v->n; i++)
        jw_str(w, v->v[i]);
    jw_arr_end(w);
}

static void scope(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_kobj(w, "scope");
    strings(w, "products", &d->products);
    jw_kbool(w, "allProducts", d->all);
    strings(w, "sites", &d->sites);
    jw_karr(w, "exclusions");
    for (uint32_t i = 0; i < d->exclusions.n; i++) {
        jw_obj(w);
        jw_kstr(w, "what", d->exclusions.v[i].what);
        jw_kstr(w, "reason", d->exclusions.v[i].reason);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kint(w, "releases", (int64_t)d->releases);
    jw_kint(w, "cases", (int64_t)d->cases);
    jw_obj_end(w);
    jw_kobj(w, "validity");
    jw_kstr(w, "from", time_rfc3339(r->arena, d->from));
    jw_kstr(w, "until", time_rfc3339(r->arena, d->until));
    jw_obj_end(w);
    jw_kobj(w, "standing");
    jw_kstr(w, "state", str_of(standing_name(r->declared->standing)));
    jw_kint(w, "openChallenges", r->declared->open_challenges);
    if (r->declared->answer_due)
        jw_kstr(w, "answerDue", time_rfc3339(r->arena, r->declared->answer_due));
    jw_obj_end(w);
}

/* ── counts ── */

struct count {
    uint32_t practices, met, computed, attested, claimed, not_applicable;
    int level; /* the lowest; -1: none applies */
    int target;
};

static void add(struct count *n, const struct declared_practice *p) {
    int level = stated(p);
    n->practices++;
    n->target = p->target > n->target ? p->target : n->target;
    if (level < 0) {
        n->not_applicable++;
        return;
    }
    n->met += level >= p->target;
    if (p->claimed > p->level)
        n->claimed++;
    else if (p->basis == BASIS_ATTESTED)
        n->attested++;
    else
        n->computed += p->basis == BASIS_COMPUTED;
    n->level = n->level < 0 || level < n->level ? level : n->level;
}

static void put_count(struct jw *w, const struct count *n) {
    jw_kint(w, "practices", n->practices);
    jw_kint(w, "met", n->met);
    jw_kint(w, "computed", n->computed);
    jw_kint(w, "attested", n->attested);
    jw_kint(w, "claimed", n->claimed);
    jw_kint(w, "notApplicable", n->not_applicable);
}

static void summary(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    struct count all = {.level = -1};
    for (uint32_t i = 0; i < d->practices.n; i++)
        if (d->practices.v[i].target >= 0)
            add(&all, &d->practices.v[i]);
    jw_kobj(w, "summary");
    put_count(w, &all);
    jw_kbool(w, "reached", all.practices > 0 && all.met + all.not_applicable == all.practices);
    jw_kint(w, "evidence", d->evidence.n);
    jw_obj_end(w);
}

static void label(struct jw *w, struct label l) {
    jw_kobj(w, "title");
    jw_kstr(w, "ja", l.ja);
    jw_kstr(w, "en", l.en);
    jw_obj_end(w);
}

/* In the order of the catalogue's groups; practices under no requirement stand with their own group. */
static void requirements(struct jw *w, const struct rendering *r) {
    const struct catalogue *c = r->catalogue;
    const struct declaration *d = &r->declared->said;
    struct count *by = arena_array(r->arena, struct count, c->groups.n + 1);
    for (uint32_t i = 0; i < c->groups.n; i++)
        by[i].level = -1;
    for (uint32_t i = 0; i < d->practices.n; i++) {
        const struct practice *x = practice_of(c, d->practices.v[i].id);
        int32_t unit = x ? practice_unit(c, x) : -1;
        if (x && d->practices.v[i].target >= 0)
            add(&by[unit < 0 ? x->group : (uint32_t)unit], &d->practices.v[i]);
    }
    jw_karr(w, "requirements");
    for (uint32_t i = 0; i < c->groups.n; i++) {
        if (!by[i].practices)
            continue;
        jw_obj(w);
        jw_kstr(w, "id", c->groups.v[i].id);
        label(w, c->groups.v[i].title);
        if (by[i].level >= 0)
            jw_kint(w, "level", by[i].level);
        jw_kint(w, "target", by[i].target);
        put_count(w, &by[i]);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void practices(struct jw *w, const struct rendering *r) {
    static const char *const bases[] = {"none", "computed", "attested", "not-applicable"};
    const struct declaration *d = &r->declared->said;
    jw_karr(w, "practices");
    for (uint32_t i = 0; i < d->practices.n; i++) {
        const struct declared_practice *p = &d->practices.v[i];
        jw_obj(w);
        jw_kstr(w, "id", p->id);
        if (p->basis != BASIS_NOT_APPLICABLE)
            jw_kint(w, "level", p->level);
        if (p->claimed > p->level)
            jw_kint(w, "claimed", p->claimed);
        if (p->target >= 0)
            jw_kint(w, "target", p->target);
        jw_kstr(w, "basis", str_of(bases[p->basis]));
        if (p->claim.n || p->reason.n)
            jw_kstr(w, "reason", p->claim.n ? p->claim : p->reason);
        if (p->until)
            jw_kstr(w, "until", time_rfc3339(r->arena, p->until));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void endorsements(struct jw *w, const struct rendering *r) {
    jw_karr(w, "endorsements");
    for (uint32_t i = 0; i < r->declared->events.n; i++) {
        const struct declaration_event *x = &r->declared->events.v[i];
        if (x->event != DECLARED_ENDORSED)
            continue;
        jw_obj(w);
        jw_kstr(w, "by", j_gets(j_get(x->said, "by"), "name"));
        jw_kstr(w, "result", j_gets(x->said, "result"));
        jw_kstr(w, "time", time_rfc3339(r->arena, x->time));
        jw_kbool(w, "keyKnown", x->counts);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static bool write_procurement(const struct rendering *r, struct err *e) {
    struct jw w = jw_to(r->out, true);
    (void)e;
    jw_obj(&w);
    jw_kstr(&w, "schema", S("tag:akashi,2026:procurement/v1"));
    who(&w, r);
    scope(&w, r);
    summary(&w, r);
    requirements(&w, r);
    practices(&w, r);
    endorsements(&w, r);
    jw_obj_end(&w);
    buf_addc(r->out, '\n');
    return true;
}
const struct rendition procurement_rendition = {
    "procurement", ".procurement.json", N_("a profile for programs that compare suppliers (JSON)"), write_procurement};
