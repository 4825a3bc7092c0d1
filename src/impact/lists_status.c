/* SPDX-License-Identifier: Apache-2.0
 *
 * What was answered to a finding: the verdict that counts (verdict.h), looked for only where one speaks of the flaw.
 */
#include "base/file.h"
#include "impact/lists_inner.h"
#include "impact/verdict.h"

static const char *const wishes[FINDINGS_STATUSES] = {"open", "answered", "all"};

bool findings_status_parse(str word, enum findings_status *out) {
    for (size_t i = 0; i < FINDINGS_STATUSES; i++)
        if (str_is(word, wishes[i])) {
            *out = (enum findings_status)i;
            return true;
        }
    return false;
}

static bool is_one(void *arg, const struct verdict *v, struct err *e) {
    (void)v;
    (void)e;
    *(bool *)arg = true;
    return false;
}

bool status_begin(struct findings *f, struct err *e) {
    bool ok = verdicts_each(f->p, is_one, &f->answers, e) || f->answers;
    if (!ok || !f->answers)
        return ok;
    str settings = f->p->home && f->p->home->path.n ? path_join(f->a, f->p->home->path, S("akashi.toml"))
                                                    : S("akashi.toml");
    f->policy = arena_new_of(f->a, struct verdict_policy);
    return verdict_policy_read(f->p->ctx, f->a, settings, f->policy, e);
}

bool status_flaw(struct findings *f, struct arena *a, int64_t flaw, struct verdicts *out, struct err *e) {
    struct flaw_names names = {0};
    *out = (struct verdicts){0};
    return !f->answers || (hits_names(f->p, a, flaw, &names, e) && verdicts_of(f->p, a, &names, out, e));
}

static bool read_owner(struct findings *f, struct arena *a, const struct product *of, struct verdict_place *place,
                       struct err *e) {
    struct party party;
    bool found;
    str us = f->p->home ? f->p->home->party : (str){NULL, 0};
    if (of->party >= 0) {
        if (!party_get(f->p, a, of->party, &f->when, &party, &found, e))
            return false;
        if (found) {
            place->owner = party.id;
            place->owner_name = party.name;
        }
    }
    place->ours = !place->owner.p || (us.n && (str_eq(us, place->owner) || str_eq(us, place->owner_name)));
    return true;
}

bool status_finding(struct findings *f, struct arena *a, const struct verdicts *said, const struct flaw_row *flaw,
                    component_id component, uint32_t release, int *status, struct err *e) {
    struct release_rows releases = {0};
    struct release_row row;
    struct component_row part;
    struct product of;
    struct standings all = {0};
    bool found;
    int64_t winner = -1;
    *status = VEX_NONE;
    if (!said->n)
        return true;
    if (!contents_release(f->p->contents, a, release, &row, e) ||
        !contents_releases(f->p->contents, a, row.product, (str){NULL, 0}, &releases, e) ||
        !contents_component_row(f->p->contents, a, component, &part, e) ||
        !product_get(f->p, a, row.product, &f->when, &of, &found, e))
        return false;
    if (!found)
        of = (struct product){.number = row.product, .party = -1};
    struct verdict_place place = {.product = row.product,
                                  .product_purl = of.purl,
                                  .release_purl = row.purl,
                                  .releases = &releases,
                                  .release = &row,
                                  .component = component,
                                  .component_purl = part.purl};
    struct verdict_facts facts = {flaw->kev, flaw->epss, f->p->ctx->now};
    if (!thing_id(f->p, a, THING_PRODUCT, row.product, &place.product_id, e) || !read_owner(f, a, &of, &place, e) ||
        !verdict_decide(f->p, a, f->policy, said, &place, &facts, &all, &winner, e))
        return false;
    if (winner >= 0)
        *status = all.v[winner].verdict->status;
    return true;
}

str status_word(int status) {
    return status == VEX_NONE || status == VEX_AFFECTED ? S("open") : str_of(verdict_status_name(status));
}

bool status_wished(const struct findings_wish *w, int status) {
    return w->status == FINDINGS_ALL || verdict_answers(status) == (w->status == FINDINGS_ANSWERED);
}
