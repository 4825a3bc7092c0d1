/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/disclose.h"

#include "base/digest.h"
#include "conform/rule.h"
#include "impact/contents.h"
#include "impact/inventory.h"
#include "impact/things.h"
#include "store/queries.h"

const char *const disclosed_kinds[5] = {"sbom", "provenance", "vex", "hardening", NULL};

struct gathering {
    struct portfolio *p;
    struct arena *a;
    struct giveables *out;
};

static bool add_entry(struct gathering *g, int what, uint64_t index, struct err *e) {
    struct log_entry entry;
    struct statement s;
    struct dsse d;
    struct inventory inventory;
    str envelope;
    for (uint32_t i = 0; i < g->out->n; i++)
        if (g->out->v[i].index == index)
            return true;
    if (!log_entry(g->p->home->log, g->a, index, &entry, e))
        return false;
    if (entry.erased || !log_envelope(g->p->home->log, g->a, &entry, &envelope, e))
        return entry.erased;
    struct giveable *x = vec_push(g->a, g->out);
    *x = (struct giveable){.what = what, .index = index, .sha256 = hex_text(g->a, entry.envelope, 32)};
    if (str_is(entry.leaf.kind, "inventory") && dsse_parse(g->p->ctx, g->a, envelope, S("log"), &d, NULL) &&
        statement_open(g->p->ctx, g->a, d.payload, S("log"), &s, NULL) && inventory_read(&s, &inventory)) {
        x->document = true;
        memcpy(x->body, inventory.body, 32);
    }
    return true;
}

static bool is_ours(const struct portfolio *p, str signer) {
    const struct known_key *k = signer.n == 32 ? keyring_find(p->home->keys, (const unsigned char *)signer.p) : NULL;
    return k && k->ours;
}

static bool add_kind(struct gathering *g, int what, const char *kind, enum rule_about about, int64_t thing,
                     struct err *e) {
    VEC(uint64_t) found = {0};
    struct ask *q;
    bool row;
    if (!store_ask(g->p->store, &Q_evidence_of_thing, &q, e))
        return false;
    ask_text(q, 1, str_of(kind));
    ask_int(q, 2, about);
    ask_int(q, 3, thing);
    ask_int(q, 4, g->p->log_id);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (is_ours(g->p, ask_col_blob(q, 1)))
            *vec_push(g->a, &found) = (uint64_t)ask_col_int(q, 0);
    }
    ask_end(q);
    for (uint32_t i = 0; i < found.n; i++)
        if (!add_entry(g, what, found.v[i], e))
            return false;
    return true;
}

bool disclosable(struct portfolio *p, struct arena *a, str product, str version, struct giveables *out, struct err *e) {
    struct gathering g = {p, a, out};
    struct release_rows rows = {0};
    int64_t number;
    bool found;
    *out = (struct giveables){0};
    if (!thing_find(p, THING_PRODUCT, product, &found, &number, e) ||
        (found && !contents_releases(p->contents, a, number, version, &rows, e)))
        return false;
    if (!rows.n) {
        err_set(e, ERR_INPUT, arena_printf(a, "%.*s@%.*s", STR_ARG(product), STR_ARG(version)), "%s",
                _("there is no such release"));
        return err_hint(e, _("see: akashi product show %.*s"), STR_ARG(product));
    }
    for (uint32_t i = 0; i < rows.n; i++) {
        if (!add_kind(&g, -1, "release-manifest", ABOUT_RELEASES, rows.v[i].id, e))
            return false;
        for (int k = 0; disclosed_kinds[k]; k++)
            if (!str_is(str_of(disclosed_kinds[k]), "vex") &&
                !add_kind(&g, k, disclosed_kinds[k], ABOUT_RELEASES, rows.v[i].id, e))
                return false;
    }
    return add_kind(&g, 2, "vex", ABOUT_PRODUCTS, number, e) && add_kind(&g, 2, "csaf", ABOUT_PRODUCTS, number, e);
}
