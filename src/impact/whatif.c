/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/whatif.h"

#include "impact/answer.h"
#include "impact/reach.h"

struct run {
    struct landscape *l;
    struct whatif *out;
    struct reliance_fall fall;
    bool *is_job; /* by node */
};

static void take_away(struct run *r, uint32_t node) {
    for (uint32_t i = 0; i < r->out->away.n; i++)
        if (r->out->away.v[i] == node)
            return;
    *vec_push(r->l->a, &r->out->away) = node;
}

/* ── what is meant ── */

static str party_question(const struct run *r, uint32_t node) {
    return arena_cat(r->l->a, S("party:"), r->l->parties.v[r->l->places.v[node].at].id);
}

/* What a question takes with it (reach.h): every system that runs what is asked about, or that a party runs or hosts;
 * of a party its services too. *known false: it names nothing that the reader may know of. */
static bool take_reach(struct run *r, str what, bool *known, struct err *e) {
    struct landscape *l = r->l;
    struct question q;
    struct reach hit = {0};
    bool ok = question_parse(l->portfolio, l->a, what, &q, e) &&
              reach_begin(&hit, l->portfolio, l->a, &q, l->reader, &l->when, e) && reach_releases(&hit, e) &&
              reach_products(&hit, e) && reach_systems(&hit, e);
    *known = ok && !reach_unknown(&hit);
    r->out->releases += ok ? (uint32_t)hit.n_releases : 0;
    for (uint32_t i = 0, at = 0; ok && i < hit.deployments.n; i++) { /* both by number */
        while (at < l->deployments.n && l->deployments.v[at].number < hit.deployments.v[i].number)
            at++;
        const struct reached_deployment *d = &hit.deployments.v[i];
        bool by_itself = q.party >= 0 && (d->operator_ == q.party || d->host == q.party); /* goes out with the party */
        if (d->lost && !by_itself && at < l->deployments.n && l->deployments.v[at].number == d->number)
            take_away(r, l->deployment_places.v[at]);
    }
    for (uint32_t i = 0; *known && q.party >= 0 && i < l->services.n; i++)
        if (l->services.v[i].party == q.party)
            take_away(r, l->service_places.v[i]);
    reach_free(&hit);
    return ok;
}

static bool take_one(struct run *r, str what, struct err *e) {
    bool package = str_starts(what, S("pkg:")), known = false;
    /* A need may name a package by itself. */
    uint32_t node = landscape_node(r->l, package ? arena_cat(r->l->a, S("package:"), what) : what);
    enum place_kind kind = node == RELIANCE_NONE ? PLACE_PACKAGE : r->l->places.v[node].kind;
    bool asked = kind == PLACE_PACKAGE || kind == PLACE_PARTY;
    if (asked && !take_reach(r, kind == PLACE_PARTY ? party_question(r, node) : what, &known, e))
        return false;
    if (node != RELIANCE_NONE && (known || kind != PLACE_PARTY))
        take_away(r, node);
    if (known || (node != RELIANCE_NONE && kind != PLACE_PARTY))
        return true;
    err_set(e, ERR_INPUT, what, _("nothing in the portfolio has this name"));
    return err_hint(
        e, "%s", _("write party:ID, service:ID, deployment:ID, release:PRODUCT@VERSION, zone:NAME, a purl or a CVE"));
}

static bool read_removals(struct run *r, str what, struct err *e) {
    str rest = str_trim(what), one;
    if (str_starts(rest, S("remove ")) || str_is(rest, "remove"))
        rest = str_trim(str_from(rest, 6));
    if (!rest.n)
        return err_set(e, ERR_USAGE, S("--what-if"), _("say what is taken away: remove NAME[, NAME…]"));
    while (str_next(&rest, ',', &one))
        if (!take_one(r, str_trim(one), e))
            return false;
    return true;
}

/* ── bringing back ── */

/* Work is done on systems: a deployment that was taken away or stood on what was. A service is worked on by itself
 * where no system of its own fell with it. */
static bool is_work(const struct run *r, uint32_t node) {
    enum place_kind kind = r->l->places.v[node].kind;
    return r->fall.depth[node] <= 1 && (kind == PLACE_DEPLOYMENT || kind == PLACE_SERVICE);
}

static bool carries_itself(const struct run *r, uint32_t node) {
    if (r->l->places.v[node].kind != PLACE_SERVICE || r->fall.depth[node] == 0)
        return true;
    /* Depth 1: it needs one of what is gone. A system is worked on itself; another service comes back by itself. */
    enum place_kind cause = r->l->places.v[r->fall.cause[node]].kind;
    return cause != PLACE_DEPLOYMENT && cause != PLACE_SERVICE;
}

/* A system takes as long as the service that relies on it says; of several, the longest. */
static int64_t restore_of(const struct run *r, uint32_t node, bool *assumed) {
    const struct place *x = &r->l->places.v[node];
    const struct reliance_node *on = &r->l->graph.nodes.v[node];
    int64_t takes = x->kind == PLACE_SERVICE ? r->l->services.v[x->at].restore : -1;
    for (uint32_t i = 0; x->kind == PLACE_DEPLOYMENT && i < on->wanted.n; i++) {
        const struct place *by = &r->l->places.v[on->wanted.v[i].node];
        if (by->kind == PLACE_SERVICE && r->l->services.v[by->at].restore > takes)
            takes = r->l->services.v[by->at].restore;
    }
    *assumed = takes < 0;
    return takes < 0 ? RESTORE_ASSUMED : takes;
}

/* A system that nothing in the landscape relies on is brought back when there is time. */
static bool matters(const struct run *r, uint32_t node) {
    return r->l->places.v[node].kind == PLACE_SERVICE || r->l->graph.nodes.v[node].wanted.n > 0;
}

static struct restoring_job *list_jobs(struct run *r, uint32_t *n) {
    struct restoring_job *jobs = arena_array(r->l->a, struct restoring_job, r->fall.n);
    *n = 0;
    for (uint32_t i = 0; i < r->fall.n; i++) {
        uint32_t node = r->fall.order[i];
        bool assumed;
        if (is_work(r, node) && carries_itself(r, node) && matters(r, node))
            jobs[(*n)++] = (struct restoring_job){node, restore_of(r, node, &assumed)};
    }
    return jobs;
}

static struct restoring_stake *list_stakes(struct run *r, uint32_t *n) {
    struct restoring_stake *stakes = arena_array(r->l->a, struct restoring_stake, r->l->services.n);
    *n = 0;
    for (uint32_t i = 0; i < r->l->services.n; i++) {
        const struct service *s = &r->l->services.v[i];
        if (r->fall.depth[r->l->service_places.v[i]] != RELIANCE_NONE)
            stakes[(*n)++] = (struct restoring_stake){r->l->service_places.v[i], s->mtpd, service_people(s)};
    }
    return stakes;
}

static int64_t limit_of(const struct landscape *l, const struct whatif_service *x) {
    int64_t mtpd = l->services.v[x->service].mtpd;
    return mtpd < 0 ? INT64_MAX : mtpd;
}

/* First whose limit passes first; of those the one with more people. */
static void by_limit(const struct landscape *l, struct whatif_service *v, uint32_t n) {
    for (uint32_t gap = n / 2; gap; gap /= 2)
        for (uint32_t i = gap; i < n; i++) {
            struct whatif_service x = v[i];
            uint32_t k = i;
            for (; k >= gap; k -= gap) {
                const struct whatif_service *y = &v[k - gap];
                int64_t lx = limit_of(l, &x), ly = limit_of(l, y);
                double px = service_people(&l->services.v[x.service]), py = service_people(&l->services.v[y->service]);
                if (ly < lx || (ly == lx && (py > px || (!(py < px) && y->service < x.service))))
                    break;
                v[k] = *y;
            }
            v[k] = x;
        }
}

static void tell_services(struct run *r, const struct restoring_stake *stakes, uint32_t n, const int64_t *back) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t node = stakes[i].node;
        bool late = stakes[i].mtpd >= 0 && back[i] > stakes[i].mtpd;
        *vec_push(r->l->a, &r->out->services) = (struct whatif_service){.service = r->l->places.v[node].at,
                                                                        .depth = r->fall.depth[node],
                                                                        .cause = r->fall.cause[node],
                                                                        .back = back[i],
                                                                        .late = late};
        r->out->people += stakes[i].people;
        r->out->late += late;
    }
    by_limit(r->l, r->out->services.v, r->out->services.n);
}

static void restore(struct run *r, uint32_t teams) {
    struct restoring_plan plan = {.graph = &r->l->graph, .teams = teams ? teams : 1};
    plan.jobs = list_jobs(r, &plan.n_jobs);
    plan.stakes = list_stakes(r, &plan.n_stakes);
    struct restoring_result best;
    restoring_find(&plan, r->l->a, &best);
    tell_services(r, plan.stakes, plan.n_stakes, best.back);
    for (uint32_t i = 0; i < plan.n_jobs; i++) {
        uint32_t job = best.order[i];
        struct whatif_job *x = vec_push(r->l->a, &r->out->jobs);
        *x = (struct whatif_job){.node = plan.jobs[job].node, .takes = plan.jobs[job].takes, .done = best.done[job]};
        (void)restore_of(r, x->node, &x->assumed);
    }
    r->out->hours_late = best.late / 3600;
    r->out->hours_late_given = best.naive_late / 3600;
    r->out->hours = best.total / 3600;
    r->out->exact = best.exact;
}

bool whatif_run(struct landscape *l, str what, uint32_t teams, struct whatif *out, struct err *e) {
    *out = (struct whatif){0};
    struct run r = {.l = l, .out = out};
    if (!read_removals(&r, what, e))
        return false;
    reliance_fell(&l->graph, l->a, out->away.v, out->away.n, &r.fall);
    out->deepest = r.fall.deepest;
    for (uint32_t i = 0; i < r.fall.n; i++)
        out->deployments += l->places.v[r.fall.order[i]].kind == PLACE_DEPLOYMENT;
    restore(&r, teams);
    return true;
}
