/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: a home with a portfolio, releases shipped into it, and advisories.
 */
#ifndef AKASHI_IMPACT_HITS_TESTING_H
#define AKASHI_IMPACT_HITS_TESTING_H

#include <stdlib.h>

#include "archive/archive.h"
#include "impact/hits.h"
#include "impact/inventory.h"
#include "seal/home_testing.h"
#include "store/store_testing.h"

struct world {
    struct home_test *x;
    struct portfolio *p;
    str db_path;
    uint64_t seed;
};

static inline uint64_t next(struct world *w, unsigned below) {
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (w->seed >> 33) % below;
}

static inline void open_views(struct home_test *x, const char *name, struct portfolio **out) {
    MUST(portfolio_open(&x->t.ctx, &x->h, store_testing_file(x->t.a, path_join(x->t.a, str_of(x->dir), str_of(name))),
                        out, &x->t.e));
}

static inline void open_world(struct world *w, struct home_test *x) {
    *w = (struct world){.x = x, .seed = 7};
    x->t.ctx.quiet = true;
    home_test_make(x);
    w->db_path = path_join(x->t.a, str_of(x->dir), S("advisories.db"));
    open_views(x, "grown.db", &w->p);
}

static inline void ship(struct world *w, const char *product, const char *version, const char *const *purls,
                        unsigned n) {
    struct home_test *x = w->x;
    struct buf b = {0};
    struct body_name name;
    struct inventory inventory = {
        .product = str_of(product), .version = str_of(version), .format = S("cyclonedx-json@1.5")};
    struct portfolio_add add = {0};
    buf_addz(&b, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[");
    for (unsigned i = 0; i < n; i++)
        buf_addf(&b, "%s{\"type\":\"library\",\"name\":\"x\",\"purl\":\"%s\"}", i ? "," : "", purls[i]);
    buf_addz(&b, "]}");
    MUST(archive_put(x->h.archive, buf_str(&b), &name, &x->t.e));
    memcpy(inventory.body, name.b, 32);
    inventory.bytes = b.n;
    MUST(inventory_payload(x->t.a, &inventory, &add.payload, &x->t.e));
    MUST(portfolio_append(w->p, x->t.a, &add, 1, &x->t.e));
    buf_free(&b);
}

static inline void import_text(struct world *w, const char *name, str text) {
    struct home_test *x = w->x;
    struct import_result r;
    str path = path_join(x->t.a, str_of(x->dir), str_of(name));
    FILE *f = fopen(path.p, "w");
    assert_non_null(f);
    fwrite(text.p, 1, text.n, f);
    fclose(f);
    MUST(advdb_import(&x->t.ctx, w->db_path, &path, 1, &r, &x->t.e));
    unlink(path.p);
}

#define OSV(id, more, modified, name, fixed)                                                                           \
    S("{\"id\":\"" id "\",\"modified\":\"" modified "\"," more                                                         \
      "\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"" name                                             \
      "\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"" fixed "\"}]}]}]}")

#endif
