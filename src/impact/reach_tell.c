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
    if (!thing_names_read(&names, THING_PRODUCT, r->products.v, r->products.n, e))
        return false;
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

static const enum thing_kind kind_of[WHYS] = {THING_PRODUCT, THING_DEPLOYMENT, THING_DEPLOYMENT, THING_DEPLOYMENT,
                                              THING_SERVICE};

bool tell_read(struct rows *x, uint64_t from, uint64_t to) {
    struct reach *r = x->r;
    uint32_t n = (uint32_t)(to - from);
    const struct told *v = r->told.v + from;
    int64_t *numbers = arena_array(r->a, int64_t, n);
    x->told_from = from;
    x->told = arena_array(r->a, struct party, n);
    x->told_found = arena_array(r->a, bool, n);
    for (int why = 0; why < WHYS; why++) {
        uint32_t some = 0;
        for (uint32_t i = 0; i < n; i++)
            if (v[i].n[why])
                numbers[some++] = v[i].example[why];
        if (!thing_names_read(&x->names, kind_of[why], numbers, some, x->e))
            return false;
    }
    for (uint32_t i = 0; i < n; i++)
        numbers[i] = v[i].party;
    return thing_names_read(&x->names, THING_PARTY, numbers, n, x->e) &&
           parties_get(r->p, r->a, numbers, n, &r->when, x->told, x->told_found, x->e);
}

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
    static const char *const words[WHYS] = {N_("supplies"), N_("uses"), N_("runs"), N_("hosts"), N_("provides")};
    str *list = arena_array(x->scratch, str, WHYS);
    *n = 0;
    for (int i = 0; i < WHYS; i++) {
        const struct named *of;
        if (!t->n[i])
            continue;
        if (!thing_name(&x->names, kind_of[i], t->example[i], &of, x->e))
            return false;
        str more = t->n[i] > 1 ? arena_printf(x->scratch, _(" and %u more"), t->n[i] - 1) : S("");
        list[(*n)++] = arena_printf(x->scratch, "%s: %.*s%.*s", _(words[i]), STR_ARG(of->id), STR_ARG(more));
    }
    *out = list;
    return true;
}

bool tell_row(struct rows *x, uint64_t at) {
    const struct told *t = &x->r->told.v[at];
    struct party party = x->told[at - x->told_from];
    const struct named *name;
    const str *why;
    uint32_t n_why, n_contacts;
    if (!thing_name(&x->names, THING_PARTY, t->party, &name, x->e) || !reasons(x, t, &why, &n_why))
        return false;
    if (!x->told_found[at - x->told_from] || !audience_party(x->r->reader, &party))
        party = (struct party){0}; /* who it is may be told, how to reach it is not everybody's */
    const str *contacts = contact_texts(x->scratch, &party, &n_contacts);
    const struct reach_cell cells[] = {cell_text(name->id), cell_text(name->name), cell_list(why, n_why),
                                       cell_list(contacts, n_contacts), cell_text(party.language)};
    return x->each(x->arg, cells, x->e);
}
