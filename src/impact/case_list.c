/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "impact/case_answer.h"

struct listing {
    struct portfolio *p;
    struct arena *a;
    const struct clock_set *clocks;
    const struct reader *reader;
    const struct as_of *when;
    const struct case_wish *wish;
    struct case_listing *out;
    struct map products; /* number → struct seen_product */
    struct case_met met;
};
struct seen_product {
    str id;
    bool visible;
};

static bool wanted(const struct case_wish *k, const struct case_row *c, str product) {
    return (!k->has_status || c->status == k->status) && (!k->owner.p || str_eq(c->owner, k->owner)) &&
           (!k->priority.p || str_ieq(c->priority.outcome, k->priority)) &&
           (!k->product.p || str_eq(product, k->product)) &&
           (!k->word.n || str_find(c->id, k->word) != STR_NONE || str_find(c->package, k->word) != STR_NONE ||
            str_find(product, k->word) != STR_NONE);
}

static bool product_of(struct listing *l, int64_t number, const struct seen_product **out, struct err *e) {
    bool fresh, found;
    struct map_entry *at = map_put(&l->products, arena_str(l->a, str_n((const char *)&number, sizeof number)), &fresh);
    *out = at->value;
    if (!fresh)
        return true;
    struct seen_product *x = arena_new_of(l->a, struct seen_product);
    struct product of;
    *x = (struct seen_product){.id = S("?"), .visible = l->reader->owner};
    at->value = x;
    *out = x;
    if (number < 0)
        return true;
    if (!thing_id(l->p, l->a, THING_PRODUCT, number, &x->id, e))
        return false;
    if (x->visible)
        return true;
    if (!product_get(l->p, l->a, number, l->when, &of, &found, e))
        return false;
    x->visible = found && audience_case(l->reader, &of);
    return true;
}

/* Strings of a row hold for the call. */
static struct case_row keep(struct arena *a, const struct case_row *c) {
    struct case_row k = *c;
    k.id = arena_str(a, c->id);
    k.package = arena_str(a, c->package);
    k.upgrade = arena_str(a, c->upgrade);
    k.decision = arena_str(a, c->decision);
    k.owner = arena_str(a, c->owner);
    k.priority.outcome = arena_str(a, c->priority.outcome);
    k.priority.table = arena_str(a, c->priority.table);
    k.priority.path = arena_str(a, c->priority.path);
    return k;
}

static bool clock_of(struct portfolio *p, struct arena *a, const struct clock_set *clocks, const struct as_of *when,
                     struct case_met *met, struct case_listed *x, struct err *e) {
    struct deadlines *all = arena_new_of(a, struct deadlines);
    int64_t now = when->given ? when->time : p->ctx->now;
    if (!when->given && !case_history(p, a, x->c.number, &x->steps, e))
        return false;
    if (!case_deadlines_met(p, a, clocks, &x->c, &x->steps, when, now, met, all, e))
        return false;
    x->next = x->c.closed ? NULL : clock_next(all);
    return true;
}

bool case_list_clock(struct portfolio *p, struct arena *a, const struct clock_set *clocks, const struct as_of *when,
                     struct case_listed *x, struct err *e) {
    struct case_met met = {.a = a};
    return clock_of(p, a, clocks, when, &met, x, e);
}

static bool take(void *arg, const struct case_row *now, struct err *e) {
    struct listing *l = arg;
    const struct case_wish *k = l->wish;
    const struct seen_product *product;
    struct case_listed x = {0};
    struct case_row was;
    bool found = true;
    if (!product_of(l, now->product, &product, e))
        return false;
    if (!product->visible || (!l->when->given && !wanted(k, now, product->id)))
        return true;
    x.product = product->id;
    if (l->when->given) {
        if (!case_as_of(l->p, l->a, now, l->when, &found, &was, &x.steps, e))
            return false;
        if (!found || (k->open_only && was.closed) || !wanted(k, &was, product->id))
            return true;
        now = &was;
    }
    x.c = keep(l->a, now);
    if ((k->due || k->clock) && !clock_of(l->p, l->a, l->clocks, l->when, &l->met, &x, e))
        return false;
    if (!k->due || x.next)
        *vec_push(l->a, l->out) = x;
    return true;
}

static int by_number(const struct case_listed *a, const struct case_listed *b) {
    return a->c.number < b->c.number ? -1 : a->c.number > b->c.number;
}

static int by_rank(const void *x, const void *y) {
    const struct case_listed *a = x, *b = y;
    if (!a->c.closed != !b->c.closed)
        return a->c.closed ? 1 : -1;
    if (a->c.priority.rank != b->c.priority.rank)
        return a->c.priority.rank > b->c.priority.rank ? -1 : 1;
    if (a->c.score != b->c.score)
        return a->c.score > b->c.score ? -1 : 1;
    return by_number(a, b);
}

static int by_due(const void *x, const void *y) {
    const struct case_listed *a = x, *b = y;
    if (a->next->due != b->next->due)
        return a->next->due < b->next->due ? -1 : 1;
    return by_number(a, b);
}

bool case_list(struct portfolio *p, struct arena *a, const struct clock_set *clocks, const struct reader *reader,
               const struct as_of *when, const struct case_wish *wish, struct case_listing *out, struct err *e) {
    struct listing l = {
        .p = p, .a = a, .clocks = clocks, .reader = reader, .when = when, .wish = wish, .out = out, .met = {.a = a}};
    *out = (struct case_listing){0};
    map_init(&l.products, a);
    bool own;
    if (!portfolio_read(p, &own, e))
        return false;
    bool ok = cases_each(p, wish->open_only && !when->given, take, &l, e);
    portfolio_read_end(p, own);
    if (ok && out->n)
        qsort(out->v, out->n, sizeof *out->v, wish->due ? by_due : by_rank);
    return ok;
}

void case_listed_json(struct arena *a, struct jw *w, const struct case_listed *x) {
    jw_obj(w);
    jw_kstr(w, "case", x->c.id);
    jw_kstr(w, "product", x->product);
    jw_kstr(w, "package", x->c.package);
    jw_kstr(w, "upgrade", x->c.upgrade);
    jw_kstr(w, "status", str_of(case_status_name(x->c.status)));
    jw_kstr(w, "decision", x->c.decision);
    jw_kstr(w, "owner", x->c.owner);
    jw_kstr(w, "priority", x->c.priority.outcome);
    jw_kint(w, "rank", x->c.priority.rank);
    jw_kbool(w, "overridden", x->c.overridden);
    jw_kbool(w, "kev", x->c.kev);
    jw_kstr(w, "opened", time_rfc3339(a, x->c.opened));
    if (x->c.closed)
        jw_kstr(w, "closed", time_rfc3339(a, x->c.closed));
    if (x->next) {
        jw_kobj(w, "next");
        deadline_json(a, w, x->next);
        jw_obj_end(w);
    }
    jw_obj_end(w);
}
