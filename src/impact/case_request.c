/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "base/file.h"
#include "impact/case_answer.h"
#include "impact/hits.h"

struct asked_for {
    struct portfolio *p;
    struct arena *a;
    const struct case_means *means;
    const struct case_row *c;
    const struct case_request *r;
    struct case_step *step;
};

static str field(const struct asked_for *s, const char *name) {
    return arena_cat(s->a, str_of(s->r->dashes), str_of(name));
}

static bool is_open(const struct asked_for *s, struct err *e) {
    return s->c->status != CASE_CLOSED || err_set(e, ERR_USAGE, s->c->id, _("this case is closed"));
}

/* ── assign, note, move ── */

static bool assign(struct asked_for *s, struct err *e) {
    s->step->event = CASE_ASSIGNED;
    s->step->owner = s->r->owner;
    return is_open(s, e);
}

static bool is_cause(str word) {
    str rest = str_of(CASE_CAUSES), one;
    while (str_next(&rest, '|', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

static bool take_cause(struct asked_for *s, struct err *e) {
    s->step->root_cause = s->r->root_cause;
    s->step->cause_class = s->r->cause_class;
    s->step->practices = s->r->practices;
    return !s->r->cause_class.n || is_cause(s->r->cause_class) ||
           err_set(e, ERR_USAGE, s->r->cause_class, "%s", _("this is no class of causes"));
}

static bool note(struct asked_for *s, struct err *e) {
    enum clock_event event;
    s->step->event = CASE_NOTED;
    s->step->happened = s->r->event;
    return take_cause(s, e) && (!s->r->event.n || clock_event_parse(s->r->event, &event) ||
                                err_set(e, ERR_USAGE, s->r->event, _("no clock knows this event")));
}

static bool move(struct asked_for *s, struct err *e) {
    static const enum case_event events[] = {CASE_NOTED,    CASE_IS_TRIAGED,   CASE_IS_FIXING,
                                             CASE_IS_FIXED, CASE_IS_DELIVERED, CASE_IS_VERIFIED};
    enum case_status to = CASE_DETECTED;
    if (!case_status_parse(s->r->status, &to) || to == CASE_DETECTED || to >= CASE_CLOSED)
        return err_set(e, ERR_USAGE, s->r->status, _("a case moves to triaged, fixing, fixed, delivered or verified"));
    s->step->event = events[to];
    s->step->by_release = s->r->release;
    return is_open(s, e);
}

/* ── decide ── */

static bool override(struct asked_for *s, struct err *e) {
    const struct ssvc_table *t = ssvc_table(s->means->ssvc, s->c->priority.table);
    str outcome = s->r->priority;
    if (!s->step->text.n)
        return err_set(e, ERR_USAGE, field(s, "text"), _("to decide otherwise than the tree needs a reason"));
    for (uint32_t i = 0; t && i < t->outcome.n_values; i++)
        if (str_ieq(outcome, t->outcome.values[i].name.en) || str_ieq(outcome, t->outcome.values[i].key)) {
            s->step->event = CASE_OVERRIDDEN;
            s->step->has_priority = true;
            s->step->priority = (struct case_priority){
                .table = t->id,
                .outcome = t->outcome.values[i].name.en,
                .rank = t->outcome.n_values > 1 ? 100 * i / (t->outcome.n_values - 1) : 100};
            return true;
        }
    return err_set(e, ERR_USAGE, outcome, _("the decision table has no such outcome"));
}

static bool is_word(str word, const char *choices) {
    str rest = str_of(choices), one;
    while (str_next(&rest, '|', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

/* A decision without a verdict takes back the one before. */
static bool withdraw(struct asked_for *s, struct err *e) {
    return s->c->decision.n || err_set(e, ERR_USAGE, s->c->id, _("nothing is decided of this case"));
}

static bool decide(struct asked_for *s, struct err *e) {
    const struct case_request *r = s->r;
    struct case_step *p = s->step;
    int64_t until;
    p->event = CASE_DECIDED;
    if (!is_open(s, e))
        return false;
    if (r->priority.n)
        return override(s, e);
    if (str_is(r->verdict, "withdraw"))
        return withdraw(s, e);
    if (!is_word(r->verdict, "fix|mitigate|accept|not_affected"))
        return err_set(e, ERR_USAGE, field(s, "verdict"), _("say what was decided: %.*s, or %.*s"),
                       STR_ARG(field(s, "verdict")), STR_ARG(field(s, "priority")));
    p->verdict = r->verdict;
    p->justification = r->justification;
    p->impact = r->impact;
    p->action = r->action;
    if (r->until.n && !time_parse(r->until, &until))
        return err_set(e, ERR_USAGE, field(s, "until"), _("this is no time"));
    if (r->until.n) /* a bare day is meant to its end */
        p->until = time_rfc3339(s->a, r->until.n == 10 ? until + 86399 : until);
    if (str_is(p->verdict, "not_affected") && !p->justification.n && !p->impact.n)
        return err_set(e, ERR_USAGE, field(s, "justification"), _("that it is not affected needs a justification"));
    if (p->justification.n && !is_word(p->justification, VEX_JUSTIFICATIONS))
        return err_set(e, ERR_USAGE, field(s, "justification"), _("must be one of %s"), VEX_JUSTIFICATIONS);
    if (str_is(p->verdict, "accept") && !p->text.n)
        return err_set(e, ERR_USAGE, field(s, "text"), _("to accept a risk needs a reason"));
    return thing_id(s->p, s->a, THING_PRODUCT, s->c->product, &p->product, e) &&
           case_findings(s->p, s->a, s->c->number, &p->findings, e) &&
           case_places(s->p, s->a, s->c->number, &p->releases, &p->deployments, e);
}

/* ── close ── */

static bool still_open(struct asked_for *s, struct advdb *db, struct err *e) {
    struct watch_plan plan = {.db = db, .policy = s->means->policy, .ssvc = s->means->ssvc};
    struct open_findings open;
    if (!watch_open(s->p, &plan, s->a, s->c->product, s->c->package, &open, e))
        return false;
    if (!open.n)
        return true;
    const struct open_finding *f = &open.v[0];
    err_set(e, ERR_USAGE, s->c->id, _("it cannot be closed: %.*s is still in %.*s of %.*s%s%.*s"), STR_ARG(f->flaw),
            STR_ARG(f->component), STR_ARG(f->release), f->deployment.n ? ", " : "", STR_ARG(f->deployment));
    return err_hint(e, "%s",
                    *s->r->dashes ? _("ship and deploy a release without it, or state a verdict: akashi vex add")
                                  : _("ship and deploy a release without it, or state a verdict"));
}

static bool contains(struct asked_for *s, const struct component_ids *ids, str component, bool *yes, struct err *e) {
    component_id id;
    bool found;
    *yes = false;
    if (!contents_component(s->p->contents, component, &found, &id, e))
        return false;
    for (uint32_t k = 0; found && k < ids->n; k++)
        *yes |= ids->v[k] == id;
    return true;
}

/* The release named as evidence exists and is without every finding of the case. */
static bool check_release(struct asked_for *s, struct err *e) {
    struct case_findings findings;
    struct release_rows releases;
    str version = s->r->release;
    if (!contents_releases(s->p->contents, s->a, s->c->product, version, &releases, e) ||
        !case_findings(s->p, s->a, s->c->number, &findings, e))
        return false;
    if (!releases.n)
        return err_set(e, ERR_USAGE, version, _("the product has no such release"));
    for (uint32_t r = 0; r < releases.n; r++) {
        struct component_ids ids;
        bool there;
        if (!contents_of(s->p->contents, s->a, releases.v[r].id, &ids, e))
            return false;
        for (uint32_t i = 0; i < findings.n; i++)
            if (!contains(s, &ids, findings.v[i].component, &there, e))
                return false;
            else if (there)
                return err_set(e, ERR_USAGE, version, _("this release still contains %.*s"),
                               STR_ARG(findings.v[i].component));
    }
    s->step->by_release = version;
    s->step->by_body = hex_text(s->a, releases.v[0].body, 32);
    return true;
}

static bool close_it(struct asked_for *s, struct err *e) {
    struct advdb *db = NULL;
    s->step->event = CASE_IS_CLOSED;
    if (!is_open(s, e) || !take_cause(s, e) || (s->r->release.n && !check_release(s, e)))
        return false;
    if (!s->r->release.n)
        s->step->by_vex = S("nothing is open: every finding is answered or gone");
    if (!path_exists(s->means->advisories))
        return err_set(e, ERR_ENV, s->means->advisories, _("there is no advisory database"));
    struct hits_change change; /* what came since the last watch is held against them too */
    bool ok = advdb_open(s->p->ctx, s->means->advisories, &db, e) && hits_update(s->p, db, s->a, &change, e) &&
              still_open(s, db, e);
    advdb_close(db);
    return ok;
}

/* ── all ── */

bool case_request_step(struct portfolio *p, struct arena *a, const struct case_means *means, const struct case_row *c,
                       const struct case_request *r, struct case_step *out, struct err *e) {
    struct asked_for s = {p, a, means, c, r, out};
    *out = (struct case_step){.id = c->id, .text = r->text};
    switch (r->what) {
    case CASE_DO_ASSIGN: return assign(&s, e);
    case CASE_DO_NOTE: return note(&s, e);
    case CASE_DO_MOVE: return move(&s, e);
    case CASE_DO_DECIDE: return decide(&s, e);
    case CASE_DO_CLOSE: return close_it(&s, e);
    }
    return false;
}

bool case_step_log(struct portfolio *p, struct arena *a, const struct case_step *step, struct err *e) {
    struct portfolio_add add = {0};
    return case_payload(p->ctx, a, NULL, step, 1, &add.payload, e) && portfolio_append(p, a, &add, 1, e);
}
