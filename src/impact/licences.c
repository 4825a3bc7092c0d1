/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/licences.h"

#include <stdlib.h>

#include "ident/licence.h"
#include "impact/licences_inner.h"
#include "store/queries.h"

/* ── expressions ── */

static bool listed(str id, const str *list, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (str_ieq(id, list[i]))
            return true;
    return false;
}

/* "GPL-2.0+" is denied by GPL-2.0-or-later, and by GPL-2.0. */
static bool is_denied(const struct licence *l, const str *deny, uint32_t n) { /* NOLINT(misc-no-recursion): parser */
    if (l->op == LICENCE_OR)
        return is_denied(l->left, deny, n) && is_denied(l->right, deny, n);
    if (l->op == LICENCE_AND)
        return is_denied(l->left, deny, n) || is_denied(l->right, deny, n);
    return listed(l->id, deny, n);
}
static bool has_id(const struct licence *l, str id) { /* NOLINT(misc-no-recursion): bounded by the parser */
    if (l->op == LICENCE_OR || l->op == LICENCE_AND)
        return has_id(l->left, id) || has_id(l->right, id);
    return str_ieq(l->id, id);
}

bool licence_denied(str expression, const str *deny, uint32_t n, bool *odd) {
    struct arena *a = arena_new();
    struct licence *l;
    *odd = !licence_parse(a, expression, &l, NULL);
    bool denied = *odd ? listed(expression, deny, n) : is_denied(l, deny, n);
    arena_free(a);
    return denied;
}

static bool is_named(str text, str named) {
    struct arena *a = arena_new();
    struct licence *l;
    bool is = str_ieq(text, named) || (licence_parse(a, text, &l, NULL) && has_id(l, named));
    arena_free(a);
    return is;
}

/* ── groups of components ── */

struct grouping {
    struct portfolio *p;
    struct arena *a;
    const struct scope *scope;
    struct tallies tally;
};

static bool begin(struct grouping *g, struct portfolio *p, struct arena *a, const struct scope *s, struct err *e) {
    *g = (struct grouping){.p = p, .a = a, .scope = s};
    return scope_tally(p, a, s, &g->tally, e);
}

/* Releases with any of them; with one component its tally says it already. */
static bool count(struct grouping *g, const component_id *ids, uint32_t n, uint64_t *out, struct err *e) {
    if (n != 1)
        return scope_count(g->p, g->scope, ids, n, out, e);
    const struct tally *t = tally_of(&g->tally, ids[0]);
    *out = t ? t->releases : 0;
    return true;
}

enum { ROWS = 1000 };
/* Every component of the scope with its row. */
static bool each_row(struct grouping *g, bool (*each)(void *arg, const struct component_row *row), void *arg,
                     struct err *e) {
    struct arena *scratch = arena_new();
    struct arena_mark m = arena_mark(scratch);
    bool ok = true;
    for (uint32_t i = 0; ok && i < g->tally.n; arena_reset(scratch, m)) {
        struct component_rows rows = {0};
        ok = contents_walk(g->p->contents, scratch, g->tally.v[i].id, ROWS, &rows, e);
        if (ok && !rows.n)
            break;
        component_id last = rows.n ? rows.v[rows.n - 1].id : 0;
        for (uint32_t r = 0; ok && r < rows.n && i < g->tally.n; r++) {
            if (rows.v[r].id != g->tally.v[i].id)
                continue;
            ok = each(arg, &rows.v[r]);
            i++;
        }
        while (ok && i < g->tally.n && g->tally.v[i].id <= last)
            i++;
    }
    arena_free(scratch);
    return ok;
}

/* ── licences ── */

struct sorting {
    struct grouping g;
    struct map by_text;
    struct licence_uses *out;
    str named;
    const struct stated *stated; /* what the reader's documents state; NULL: the reader may see all */
};

static bool take_row(void *arg, const struct component_row *row) {
    struct sorting *k = arg;
    bool fresh;
    str licence = k->stated ? stated_licence(k->stated, row->purl) : row->licence, text = licence.n ? licence : S("");
    struct map_entry *entry = map_put(&k->by_text, text, &fresh);
    if (fresh) {
        entry->key = arena_str(k->g.a, text);
        bool wanted = !k->named.p || (licence.n && is_named(licence, k->named));
        entry->value = wanted ? (void *)(uintptr_t)(k->out->n + 1) : NULL;
        if (wanted)
            *vec_push(k->g.a, k->out) = (struct licence_use){.text = licence.n ? entry->key : (str){NULL, 0}};
    }
    if (entry->value)
        *vec_push(k->g.a, &k->out->v[(uintptr_t)entry->value - 1].components) = row->id;
    return true;
}

static int licences_order(const void *p, const void *q) {
    const struct licence_use *x = p, *y = q;
    if (x->denied != y->denied)
        return x->denied ? -1 : 1;
    if (x->releases != y->releases)
        return x->releases > y->releases ? -1 : 1;
    return str_cmp(x->text, y->text);
}

bool licences_find(struct portfolio *p, struct arena *a, const struct scope *s, str named, const str *deny,
                   uint32_t n_deny, struct licence_uses *out, struct err *e) {
    struct sorting k = {.out = out, .named = named};
    struct stated stated;
    if (!begin(&k.g, p, a, s, e) || (s->seen && !stated_read(p, a, s, &stated, e)))
        return false;
    k.stated = s->seen ? &stated : NULL;
    map_init(&k.by_text, a);
    if (!each_row(&k.g, take_row, &k, e))
        return false;
    for (uint32_t i = 0; i < out->n; i++) {
        struct licence_use *x = &out->v[i];
        if (x->text.n)
            x->denied = licence_denied(x->text, deny, n_deny, &x->odd);
        if (!count(&k.g, x->components.v, x->components.n, &x->releases, e))
            return false;
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, licences_order);
    return true;
}

/* ── suppliers ── */

struct supplying {
    struct grouping g;
    struct map by_name;
    struct supplier_uses *out;
    str named;
    VEC(bool) seen; /* by place in the tally: somebody is named */
};

static bool take_supplied(struct supplying *k, component_id id, str name) {
    const struct tally *t = tally_of(&k->g.tally, id);
    bool fresh;
    if (!t)
        return true;
    k->seen.v[t - k->g.tally.v] = true;
    if (k->named.p && !str_ieq(name, k->named))
        return true;
    struct map_entry *entry = map_put(&k->by_name, name, &fresh);
    if (fresh) {
        entry->key = arena_str(k->g.a, name);
        *vec_push(k->g.a, k->out) = (struct supplier_use){.name = entry->key};
        entry->value = (void *)(uintptr_t)k->out->n;
    }
    *vec_push(k->g.a, &k->out->v[(uintptr_t)entry->value - 1].components) = id;
    return true;
}

static bool read_suppliers(struct supplying *k, struct err *e) {
    struct ask *q;
    bool row = true;
    if (!store_ask(k->g.p->store, &Q_suppliers_all, &q, e))
        return false;
    ask_int(q, 1, k->g.scope->limit);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (scope_sees(k->g.scope, ask_col_int(q, 2)))
            take_supplied(k, ask_col_int(q, 0), ask_col_text(q, 1));
    }
    ask_end(q);
    return true;
}

static void take_nameless(struct supplying *k) {
    struct supplier_use nobody = {0};
    for (uint32_t i = 0; i < k->g.tally.n; i++)
        if (!k->seen.v[i])
            *vec_push(k->g.a, &nobody.components) = k->g.tally.v[i].id;
    if (nobody.components.n)
        *vec_push(k->g.a, k->out) = nobody;
}

static int suppliers_order(const void *p, const void *q) {
    const struct supplier_use *x = p, *y = q;
    if (x->releases != y->releases)
        return x->releases > y->releases ? -1 : 1;
    if (x->components.n != y->components.n)
        return x->components.n > y->components.n ? -1 : 1;
    return str_cmp(x->name, y->name);
}

bool suppliers_find(struct portfolio *p, struct arena *a, const struct scope *s, str named, struct supplier_uses *out,
                    struct err *e) {
    struct supplying k = {.out = out, .named = named};
    if (!begin(&k.g, p, a, s, e))
        return false;
    map_init(&k.by_name, a);
    for (uint32_t i = 0; i < k.g.tally.n; i++)
        *vec_push(a, &k.seen) = false;
    if (!read_suppliers(&k, e))
        return false;
    if (!named.p)
        take_nameless(&k);
    for (uint32_t i = 0; i < out->n; i++)
        if (!count(&k.g, out->v[i].components.v, out->v[i].components.n, &out->v[i].releases, e))
            return false;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, suppliers_order);
    return true;
}
