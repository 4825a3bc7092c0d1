/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/called.h"

#include "ident/purl.h"
#include "impact/contents_inner.h"
#include "store/queries.h"

str called_base(struct arena *a, str purl) {
    struct purl p;
    if (!str_istarts(purl, S("pkg:")) || !purl_parse(a, purl, &p, NULL))
        return (str){NULL, 0};
    struct purl bare = {.type = p.type, .ns = p.ns, .name = p.name};
    return purl_text(a, &bare);
}

static bool add(struct portfolio *p, int64_t product, str base, struct err *e) {
    static const struct query *const told[] = {&Q_verdict_called, &Q_due_said_called};
    struct ask *q;
    if (!store_ask(p->store, &Q_product_purl_add, &q, e))
        return false;
    ask_text(q, 1, base);
    ask_int(q, 2, product);
    if (!ask_send(q, e))
        return false;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (!store_ask(p->store, told[i], &q, e))
            return false;
        ask_text(q, 1, base);
        if (!ask_send(q, e))
            return false;
    }
    return true;
}

bool called_note(struct portfolio *p, int64_t product, str purl, struct err *e) {
    struct names *known = p->contents ? &p->contents->called : NULL;
    int64_t before;
    if (!str_istarts(purl, S("pkg:")))
        return true;
    struct arena *a = arena_new();
    str base = called_base(a, purl), key = arena_printf(a, "%lld %.*s", (long long)product, STR_ARG(base));
    bool ok = true;
    if (base.n && (!known || !names_get(known, key, &before))) {
        ok = add(p, product, base, e);
        if (ok && known)
            names_put(known, key, 1);
    }
    arena_free(a);
    return ok;
}

bool called_find(struct portfolio *p, struct arena *a, str base, struct called_products *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct called_products){0};
    if (!store_ask(p->store, &Q_product_purl_products, &q, e))
        return false;
    ask_text(q, 1, base);
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        *vec_push(a, out) = ask_col_int(q, 0);
    }
    return false;
}

bool called_packages(struct portfolio *p, int64_t first, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_verdict_packages, &q, e))
        return false;
    ask_int(q, 1, first);
    return ask_send(q, e);
}
