/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom a case concerns besides us: customers and operators of its deployments. Each may have a subscription of its own.
 */
#include "cli/case.h"
#include "impact/things.h"

static bool wants_parties(const struct subscriptions *s) {
    for (uint32_t i = 0; i < s->all.n; i++)
        if (s->all.v[i].party.p)
            return true;
    return false;
}

static bool add_party(struct cli *cli, struct cli_watch *x, int64_t party, const struct notice *n, uint32_t first,
                      struct notices *out, struct err *e) {
    struct notice copy = *n;
    if (party < 0)
        return true;
    if (!thing_id(x->views.p, cli->arena, THING_PARTY, party, &copy.party, e))
        return false;
    for (uint32_t i = first; i < out->n; i++)
        if (str_eq(out->v[i].party, copy.party))
            return true;
    *vec_push(cli->arena, out) = copy;
    return true;
}

/* A notice goes to a subscriber once, whatever number of its copies it wants. */
bool cli_case_notice(struct cli *cli, struct cli_watch *x, const struct subscriptions *s, const struct case_row *c,
                     const struct notice *n, struct notices *out, struct err *e) {
    struct case_names releases = {0}, deployments = {0};
    uint32_t first = out->n;
    *vec_push(cli->arena, out) = *n;
    if (!wants_parties(s))
        return true;
    if (!case_places(x->views.p, cli->arena, c->number, &releases, &deployments, e))
        return false;
    for (uint32_t i = 0; i < deployments.n; i++) {
        struct deployment d;
        int64_t number;
        bool found;
        if (!thing_find(x->views.p, THING_DEPLOYMENT, deployments.v[i], &found, &number, e) ||
            (found && !deployment_get(x->views.p, cli->arena, number, NULL, &d, &found, e)))
            return false;
        if (found &&
            (!add_party(cli, x, d.customer, n, first, out, e) || !add_party(cli, x, d.operator_, n, first, out, e)))
            return false;
    }
    return true;
}

/* ── what of a case that is known already is worth a notice ── */

static bool says_what(const struct case_step *s) {
    return s->event == CASE_FOUND || s->event == CASE_UPDATED || s->event == CASE_REOPENED;
}

static bool had(const struct case_findings *before, const struct case_finding *f) {
    for (uint32_t i = 0; i < before->n; i++)
        if (str_eq(before->v[i].flaw, f->flaw) && before->v[i].kev >= f->kev)
            return true;
    return false;
}

bool cli_case_grew(struct cli_watch *x, struct arena *a, const struct case_told *t, bool *grew, struct err *e) {
    struct case_history h;
    const struct case_step *before = NULL, *now = NULL;
    unsigned rank = 0;
    *grew = false;
    if (!case_history(x->views.p, a, t->about.number, &h, e))
        return false;
    for (uint32_t i = 0; i < h.n && !now; i++) {
        const struct case_step *s = &h.v[i].step;
        if (h.v[i].entry == t->entry && s->event == CASE_UPDATED) {
            now = s;
        } else {
            before = says_what(s) ? s : before;
            rank = s->has_priority ? s->priority.rank : rank;
        }
    }
    if (!before || !now)
        return true;
    *grew = now->has_priority && now->priority.rank > rank;
    for (uint32_t i = 0; i < now->findings.n && !*grew; i++)
        *grew = !had(&before->findings, &now->findings.v[i]);
    return true;
}
