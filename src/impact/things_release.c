/* SPDX-License-Identifier: Apache-2.0 */
#include "ident/purl.h"
#include "ident/version.h"
#include "impact/contents.h"
#include "impact/things_inner.h"

/* Versions are compared as the product's package URL says, else as those of most things are. */
const struct ecosystem *versions_of_product(struct arena *a, str purl) {
    struct purl p;
    const struct ecosystem *found = purl.p && purl_parse(a, purl, &p, NULL) ? ecosystem_find(p.type) : NULL;
    return found ? found : ecosystem_find(S("generic"));
}

bool version_newer(const struct ecosystem *eco, str version, uint32_t release, str than, uint32_t than_release) {
    enum order o = eco ? eco->compare(version, than) : ORDER_ERROR;
    return o == ORDER_GREATER || (o != ORDER_LESS && release > than_release);
}

bool deployment_release(struct portfolio *p, const struct deployment *d, const struct as_of *when, bool *found,
                        uint32_t *release_id, struct err *e) {
    struct arena *a = arena_new();
    struct release_rows rows = {0};
    struct product product;
    bool known, names = d->version.p && !d->follows;
    uint32_t limit;
    bool ok = contents_releases_at(p->contents, when, &limit, e) &&
              product_get(p, a, d->product, when, &product, &known, e) &&
              contents_releases(p->contents, a, d->product, names ? d->version : (str){NULL, 0}, &rows, e);
    const struct ecosystem *eco = ok ? versions_of_product(a, product.purl) : NULL;
    const struct release_row *best = NULL;
    for (uint32_t i = 0; ok && i < rows.n; i++) {
        const struct release_row *r = &rows.v[i];
        if (r->id < limit && r->twin == r->id &&
            (!best || version_newer(eco, r->version, r->id, best->version, best->id)))
            best = r;
    }
    *found = best != NULL;
    *release_id = best ? best->id : 0;
    arena_free(a);
    return ok;
}
