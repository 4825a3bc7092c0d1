/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "impact/audience.h"
#include "impact/reach_rows_inner.h"

/* ── who ── */

struct telling {
    struct reach *r;
    struct map by_party; /* number as bytes → place + 1 */
};

static void add(struct telling *x, int64_t party, enum why why, int64_t example) {
    struct reach *r = x->r;
    bool fresh = false;
    if (party < 0)
        return;
    str key = {(const char *)&party, sizeof party};
    struct map_entry *entry = map_find(&x->by_party, key);
    if (!entry)
        entry = map_put(&x->by_party, arena_str(r->a, key), &fresh);
    if (fresh) {
        *vec_push(r->a, &r->told) = (struct told){.party = party};
        entry->value = (void *)(uintptr_t)r->told.n;
    }
    struct told *t = &r->told.v[(uintptr_t)entry->value - 1];
    if (!t->n[why]++)
        t->example[why] = example;
}

static int by_party(const void *x, const void *y) {
    const struct told *a = x, *b = y;
    return a->party < b->party ? -1 : a->party > b->party;
}

bool reach_told(struct reach *r, struct err *e) {
    struct telling x = {.r = r};
    struct thing_names names = {.r = r};
    const struct named *of;
    map_init(&x.by_party, r->a);
    for (uint32_t i = 0; i < r->products.n; i++) {
        if (!thing_name(&names, THING_PRODUCT, r->products.v[i], &of, e))
            return false;
        add(&x, of->party, WHY_SUPPLIES, r->products.v[i]);
    }
    for (uint32_t i = 0; i < r->deployments.n; i++) {
        const struct reached_deployment *d = &r->deployments.v[i];
        add(&x, d->customer, WHY_USES, d->number);
        add(&x, d->operator_, WHY_RUNS, d->number);
        add(&x, d->host, WHY_HOSTS, d->number);
    }
    for (uint32_t i = 0; i < r->services.n; i++)
        add(&x, r->services.v[i].of->party, WHY_SERVICE, r->services.v[i].of->number);
    if (r->told.n)
        qsort(r->told.v, r->told.n, sizeof *r->told.v, by_party);
    return true;
}

/* ── a row ── */

/* Those who deal with security come first. */
static int urgency(str kind) {
    static const char *const first[] = {"psirt", "security", "csirt", "soc"};
    for (int i = 0; i < 4; i++)
        if (str_ieq(kind, str_of(first[i])))
            return i;
    return 4;
}

const str *contact_texts(struct arena *a, const struct party *p, uint32_t *n) {
    str *list = arena_array(a, str, p->contacts.n + 1);
    *n = 0;
    for (int rank = 0; rank <= 4; rank++)
        for (uint32_t i = 0; i < p->contacts.n; i++) {
            const struct contact *c = &p->contacts.v[i];
            if (urgency(c->kind) == rank)
                list[(*n)++] = arena_printf(a, "%.*s%s%.*s%s%.*s", STR_ARG(c->kind), c->kind.n ? ": " : "",
                                            STR_ARG(c->address), c->name.n && c->address.n ? " " : "",
                                            STR_ARG(c->name));
        }
    return list;
}

static bool reasons(struct rows *x, const struct told *t, const str **out, uint32_t *n) {
    static const struct {
        enum thing_kind kind;
        const char *word;
    } texts[WHYS] = {{THING_PRODUCT, N_("supplies")},
                     {THING_DEPLOYMENT, N_("uses")},
                     {THING_DEPLOYMENT, N_("runs")},
                     {THING_DEPLOYMENT, N_("hosts")},
                     {THING_SERVICE, N_("provides")}};
    str *list = arena_array(x->scratch, str, WHYS);
    *n = 0;
    for (int i = 0; i < WHYS; i++) {
        str id;
        if (!t->n[i])
            continue;
        if (!thing_id(x->r->p, x->scratch, texts[i].kind, t->example[i], &id, x->e))
            return false;
        str more = t->n[i] > 1 ? arena_printf(x->scratch, _(" and %u more"), t->n[i] - 1) : S("");
        list[(*n)++] = arena_printf(x->scratch, "%s: %.*s%.*s", _(texts[i].word), STR_ARG(id), STR_ARG(more));
    }
    *out = list;
    return true;
}

bool tell_row(struct rows *x, const struct told *t) {
    struct party party;
    const struct named *name;
    const str *why;
    bool found;
    uint32_t n_why, n_contacts;
    if (!thing_name(&x->names, THING_PARTY, t->party, &name, x->e) || !reasons(x, t, &why, &n_why) ||
        !party_get(x->r->p, x->scratch, t->party, &x->r->when, &party, &found, x->e))
        return false;
    if (!found || !audience_party(x->r->reader, &party))
        party = (struct party){0}; /* who it is may be told, how to reach it is not everybody's */
    const str *contacts = contact_texts(x->scratch, &party, &n_contacts);
    const struct reach_cell cells[] = {cell_text(name->id), cell_text(name->name), cell_list(why, n_why),
                                       cell_list(contacts, n_contacts), cell_text(party.language)};
    return x->each(x->arg, cells, x->e);
}
