/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/status.h"

/* ── from practices to requirements ── */

static bool is_counted(const struct practice_state *s, bool package) {
    return s->basis != BASIS_NOT_APPLICABLE && (!package || s->target >= 0);
}
static int wanted(const struct practice_state *s, bool package) { return package ? s->target : LEVELS - 1; }

static bool is_cheaper(const struct practice_state *x, const struct practice_state *than) {
    if (!than)
        return true;
    int a = x->practice->effort.first, b = than->practice->effort.first;
    if ((a < 0) != (b < 0))
        return a >= 0;
    return a != b ? a < b : x->level > than->level;
}

static void add_practice(struct unit_line *l, const struct practice_state *s, bool package) {
    if (!is_counted(s, package))
        return;
    l->level = !l->practices || s->level < l->level ? s->level : l->level;
    if (package)
        l->target = s->target > l->target ? s->target : l->target;
    l->practices++;
    l->met += s->level >= wanted(s, package);
    l->attested = l->attested || s->basis == BASIS_ATTESTED;
    if (s->until && (!l->until || s->until < l->until))
        l->until = s->until;
    if (s->level < wanted(s, package) && is_cheaper(s, l->step))
        l->step = s;
}

static struct unit_line *line_of(struct arena *a, struct unit_lines *out, const struct catalogue_group *g) {
    for (uint32_t i = 0; i < out->n; i++)
        if (out->v[i].group == g)
            return &out->v[i];
    struct unit_line *l = vec_push(a, out);
    *l = (struct unit_line){.group = g, .target = -1};
    return l;
}

void status_lines(struct arena *a, const struct catalogue *c, const struct evaluation *all, struct unit_lines *out) {
    bool package = false;
    *out = (struct unit_lines){0};
    for (uint32_t i = 0; i < all->practices.n; i++)
        package = package || all->practices.v[i].target >= 0;
    for (uint32_t i = 0; i < all->practices.n; i++) {
        const struct practice_state *s = &all->practices.v[i];
        int32_t unit = practice_unit(c, s->practice);
        add_practice(line_of(a, out, &c->groups.v[unit < 0 ? s->practice->group : (uint32_t)unit]), s, package);
    }
}

/* ── which package ── */

bool status_package(struct arena *a, const struct catalogue *c, str id, struct err *e) {
    if (!id.p || package_number(c, id) >= 0)
        return true;
    struct buf b = {0};
    for (uint32_t i = 0; i < c->packages.n; i++)
        buf_addf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(c->packages.v[i].id));
    err_set(e, ERR_USAGE, id, _("the catalogue %.*s has no such package"), STR_ARG(c->id));
    err_hint(e, _("one of: %s"), b.n ? arena_cstr(a, buf_str(&b)) : "-");
    buf_free(&b);
    return false;
}

/* ── over the year ── */

enum { DAY = 86400 };

static bool look(struct portfolio *p, struct arena *a, const struct evaluation_ask *ask, int ago,
                 struct status_moment *out, struct err *e) {
    struct evaluation all;
    struct evaluation_ask then = *ask;
    then.now = out->time = ask->now - (int64_t)ago * DAY;
    if (ago && !portfolio_as_of(p, time_rfc3339(a, then.now), &then.when, e))
        return false;
    then.when.time = then.now;
    if (!conform_evaluate(p, a, &then, &all, e))
        return false;
    status_lines(a, ask->catalogue, &all, &out->lines);
    return true;
}

bool status_moments(struct portfolio *p, struct arena *a, const struct evaluation_ask *ask,
                    struct status_moment out[STATUS_MOMENTS], struct err *e) {
    static const int days_ago[STATUS_MOMENTS] = {365, 180, 90, 60, 30, 0};
    for (int i = 0; i < STATUS_MOMENTS; i++)
        if (!look(p, a, ask, days_ago[i], &out[i], e))
            return false;
    return true;
}

void moments_json(struct arena *a, struct jw *w, const struct conform_status *s,
                  const struct status_moment m[STATUS_MOMENTS]) {
    jw_obj(w);
    jw_kstr(w, "catalogue", s->catalogue->id);
    jw_kstr(w, "party", s->party);
    jw_karr(w, "moments");
    for (int n = 0; n < STATUS_MOMENTS; n++) {
        jw_obj(w);
        jw_kstr(w, "time", time_rfc3339(a, m[n].time));
        jw_kobj(w, "levels");
        for (uint32_t i = 0; i < m[n].lines.n; i++) {
            jw_key(w, m[n].lines.v[i].group->id);
            jw_int(w, m[n].lines.v[i].level);
        }
        jw_obj_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}
/* ── JSON ── */

static void put_time(struct jw *w, struct arena *a, const char *key, int64_t t) {
    if (t)
        jw_kstr(w, key, time_rfc3339(a, t));
}

static void put_rule(struct jw *w, struct arena *a, int level, const struct rule_state *r) {
    jw_obj(w);
    jw_kint(w, "level", level);
    jw_kstr(w, "rule", rule_text(a, r->rule));
    jw_kbool(w, "holds", r->holds);
    jw_kint(w, "counted", (int64_t)r->counted);
    jw_kint(w, "met", (int64_t)r->met);
    put_time(w, a, "until", r->until);
    jw_karr(w, "evidence");
    for (uint32_t i = 0; i < r->evidence.n; i++) {
        jw_obj(w);
        jw_kint(w, "entry", (int64_t)r->evidence.v[i].index);
        put_time(w, a, "time", r->evidence.v[i].time);
        jw_kstr(w, "about", r->evidence.v[i].about);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kbool(w, "sampled", r->sampled);
    jw_karr(w, "missing");
    for (uint32_t i = 0; i < r->missing.n; i++)
        if (r->missing.v[i].n)
            jw_str(w, r->missing.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}

static void put_practice(struct jw *w, struct arena *a, const struct practice_state *x) {
    static const char *const bases[] = {"none", "computed", "attested", "not-applicable"};
    jw_obj(w);
    jw_kstr(w, "id", x->practice->id);
    jw_kint(w, "level", x->level);
    jw_kint(w, "attested", x->attested);
    if (x->target >= 0)
        jw_kint(w, "target", x->target);
    jw_kstr(w, "basis", str_of(bases[x->basis]));
    jw_kstr(w, "reason", x->reason);
    put_time(w, a, "until", x->until);
    if (x->word.person.p) {
        jw_kobj(w, "word");
        jw_kint(w, "level", x->word.level);
        jw_kstr(w, "name", x->word.person);
        jw_kstr(w, "role", x->word.role);
        jw_kstr(w, "claimed", x->word.date);
        put_time(w, a, "time", x->word.time);
        jw_kint(w, "entry", (int64_t)x->word.entry);
        jw_obj_end(w);
    }
    jw_karr(w, "rules");
    for (int level = 1; level < LEVELS; level++)
        for (uint32_t i = 0; i < x->rules[level].n; i++)
            put_rule(w, a, level, &x->rules[level].v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}

static void put_line(struct arena *a, struct jw *w, const struct unit_line *l) {
    jw_obj(w);
    jw_kstr(w, "id", l->group->id);
    label_json(w, "title", l->group->title);
    jw_kint(w, "level", l->level);
    if (l->target >= 0)
        jw_kint(w, "target", l->target);
    jw_kint(w, "practices", l->practices);
    jw_kint(w, "met", l->met);
    jw_kbool(w, "attested", l->attested);
    put_time(w, a, "until", l->until);
    if (l->step) {
        jw_kobj(w, "next");
        jw_kstr(w, "practice", l->step->practice->id);
        if (l->step->practice->effort.first >= 0)
            jw_kint(w, "hours", l->step->practice->effort.first);
        label_json(w, "start", l->step->practice->start);
        jw_kstr(w, "command", l->step->practice->command);
        jw_obj_end(w);
    }
    jw_obj_end(w);
}

void status_json(struct arena *a, struct jw *w, const struct conform_status *s) {
    jw_obj(w);
    jw_kstr(w, "catalogue", s->catalogue->id);
    jw_kstr(w, "package", s->package);
    jw_kstr(w, "party", s->party);
    put_time(w, a, "now", s->now);
    jw_kint(w, "products", (int64_t)s->all.products);
    jw_kint(w, "releases", (int64_t)s->all.releases);
    jw_kint(w, "cases", (int64_t)s->all.cases);
    jw_karr(w, "requirements");
    for (uint32_t i = 0; i < s->lines.n; i++)
        put_line(a, w, &s->lines.v[i]);
    jw_arr_end(w);
    jw_karr(w, "practices");
    for (uint32_t i = 0; i < s->all.practices.n; i++)
        put_practice(w, a, &s->all.practices.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}
