/* SPDX-License-Identifier: Apache-2.0
 *
 * A declaration signed, logged and handed over.
 */
#include <stdlib.h>

#include "base/digest.h"
#include "conform/own.h"
#include "conform/standing.h"
#include "impact/contents.h"
#include "impact/inventory.h"
#include "seal/home_bundle.h"
#include "store/queries.h"

/* ── one for each product, catalogue and package ── */

static bool has_product(const struct declaration *d, str id) {
    for (uint32_t i = 0; i < d->products.n; i++)
        if (str_eq(d->products.v[i], id))
            return true;
    return false;
}

static uint32_t shared_products(const struct declaration *x, const struct declaration *y) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < x->products.n; i++)
        n += has_product(y, x->products.v[i]);
    return n;
}

/* One that is being replaced is named; one that would go on beside this, over the same products, is refused. */
static bool take_the_place(struct arena *a, const struct declaration_row *before, struct declaration *d,
                           struct err *e) {
    uint32_t shared = shared_products(&before->said, d);
    if (before->standing >= STANDING_CORRECTED || before->standing == STANDING_EXPIRED || !shared ||
        !str_eq(before->said.party, d->party) || !str_eq(before->said.catalogue, d->catalogue) ||
        !str_eq(before->said.package, d->package))
        return true;
    if (shared == before->said.products.n && !d->supersedes.n) {
        d->supersedes = hex_text(a, before->envelope, 32);
        return true;
    }
    err_set(e, ERR_INPUT, before->said.id,
            _("this declaration holds until %.*s and speaks of some of the same products, and of others"),
            STR_ARG(time_rfc3339(a, before->said.until)));
    return err_hint(e, "%s", _("declare for all of its products, or withdraw it first"));
}

bool declaration_place(struct portfolio *p, struct arena *a, struct declaration *d, struct err *e) {
    struct declaration_rows before;
    struct as_of now = {.size = p->size, .time = p->ctx->now};
    if (!declarations_list(p, a, &now, true, &before, e))
        return false;
    for (uint32_t i = before.n; i-- > 0;)
        if (!take_the_place(a, &before.v[i], d, e))
            return false;
    return true;
}

bool declaration_state(struct portfolio *p, struct arena *a, struct declaration *d, uint64_t *index, struct err *e) {
    struct portfolio_add add = {0};
    if (!declaration_place(p, a, d, e) || !declaration_payload(p->ctx, a, d, &add.payload, e) ||
        !portfolio_append(p, a, &add, 1, e))
        return false;
    *index = add.index;
    return true;
}

/* ── what it takes to compute it again ── */

struct packing {
    struct portfolio *p;
    struct arena *a;
    struct as_of at; /* the declaration's moment */
    VEC(uint64_t) indices;
    struct scope_names documents; /* SHA-256 (32 bytes) of SBOMs that are no statements */
    str edition;                  /* of the catalogue, when it is a built-in one */
};

static void pack(struct packing *k, uint64_t index) { *vec_push(k->a, &k->indices) = index; }

static bool pack_party(struct packing *k, const struct declaration *d, struct err *e) {
    struct party party;
    int64_t number;
    bool found;
    if (!thing_find(k->p, THING_PARTY, d->party, &found, &number, e))
        return false;
    if (found && !party_get(k->p, k->a, number, &k->at, &party, &found, e))
        return false;
    if (found && !party.mentioned)
        pack(k, party.entry);
    return true;
}

/* The edition it names, for a reader may have another: as the statement it was imported by, or as a document. */
static bool pack_catalogue(struct packing *k, const struct declaration *d, struct err *e) {
    struct owns imported;
    if (!own_newest(k->p, k->a, "catalogue", d->catalogue, &k->at, &imported, e))
        return false;
    if (imported.n) {
        pack(k, imported.v[0].index);
        return true;
    }
    const struct catalogue *c;
    if (catalogue_find(k->p->ctx, NULL, k->a, d->catalogue, &c, NULL) && str_eq(c->digest, d->catalogue_sha256))
        k->edition = c->text;
    return true;
}

/* An SBOM of a release that is a statement of its own. */
static bool pack_envelope(struct packing *k, const unsigned char envelope[32], struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, &Q_sbom_envelope_find, &q, e))
        return false;
    ask_blob(q, 1, str_n((const char *)envelope, 32));
    ask_int(q, 2, k->p->log_id);
    if (!ask_step(q, &row, e))
        return false;
    if (row)
        pack(k, (uint64_t)ask_col_int(q, 0));
    else
        *vec_push(k->a, &k->documents) = arena_str(k->a, str_n((const char *)envelope, 32));
    ask_end(q);
    return true;
}

static bool pack_releases(struct packing *k, int64_t product, struct err *e) {
    struct release_rows rows = {0};
    uint32_t limit;
    if (!contents_releases(k->p->contents, k->a, product, (str){NULL, 0}, &rows, e) ||
        !contents_releases_at(k->p->contents, &k->at, &limit, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++) {
        if (rows.v[i].log_id != k->p->log_id || rows.v[i].id >= limit)
            continue;
        pack(k, rows.v[i].entry);
        if (!pack_envelope(k, rows.v[i].body, e))
            return false;
    }
    return true;
}

static bool pack_product(struct packing *k, str id, struct err *e) {
    struct product product;
    int64_t number;
    bool found;
    if (!thing_find(k->p, THING_PRODUCT, id, &found, &number, e))
        return false;
    if (!found)
        return true;
    if (!product_get(k->p, k->a, number, &k->at, &product, &found, e))
        return false;
    if (found && !product.mentioned)
        pack(k, product.entry);
    return pack_releases(k, number, e);
}

static int by_index(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

/* Ascending, each once; what was erased cannot be handed over. */
static bool settle_list(struct packing *k, struct err *e) {
    uint32_t n = 0;
    qsort(k->indices.v, k->indices.n, sizeof *k->indices.v, by_index);
    for (uint32_t i = 0; i < k->indices.n; i++) {
        struct log_entry entry;
        if (n && k->indices.v[n - 1] == k->indices.v[i])
            continue;
        if (!log_entry(k->p->home->log, k->a, k->indices.v[i], &entry, e))
            return false;
        if (!entry.erased)
            k->indices.v[n++] = k->indices.v[i];
    }
    k->indices.n = n;
    return true;
}

static int by_bytes(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

/* Each once. What was erased cannot be handed over: it is missed, and the reader told what was not disclosed. */
static void add_documents(struct packing *k, struct bundle *b) {
    if (k->edition.n) {
        struct bundle_document *at = vec_push(k->a, &b->documents);
        at->bytes = k->edition;
        digest_of(DIGEST_SHA256, at->bytes, at->sha256);
    }
    if (k->documents.n)
        qsort(k->documents.v, k->documents.n, sizeof *k->documents.v, by_bytes);
    for (uint32_t i = 0; i < k->documents.n; i++) {
        struct bundle_document d;
        struct err gone = {0};
        if (i && str_eq(k->documents.v[i], k->documents.v[i - 1]))
            continue;
        memcpy(d.sha256, k->documents.v[i].p, 32);
        if (inventory_text(k->p, k->a, d.sha256, &d.bytes, &gone)) {
            struct bundle_document *at = vec_push(k->a, &b->documents);
            *at = d;
        } else {
            ctx_warn_err(k->p->ctx, &gone);
        }
    }
}

bool declaration_bundle(struct portfolio *p, struct arena *a, uint64_t index, const struct declaration *d,
                        bool with_evidence, str *text, struct err *e) {
    struct packing k = {.p = p, .a = a, .at = {.given = true, .size = d->size, .time = d->time}};
    struct bundle b;
    pack(&k, index);
    if (with_evidence) {
        if (!pack_party(&k, d, e) || !pack_catalogue(&k, d, e))
            return false;
        for (uint32_t i = 0; i < d->products.n; i++)
            if (!pack_product(&k, d->products.v[i], e))
                return false;
        for (uint32_t i = 0; i < d->evidence.n; i++)
            if (d->evidence.v[i].sha256.n)
                pack(&k, d->evidence.v[i].index);
    }
    if (!settle_list(&k, e) || !home_bundle(p->home, a, k.indices.v, k.indices.n, &b, e))
        return false;
    add_documents(&k, &b);
    *text = bundle_text(a, &b);
    return true;
}
