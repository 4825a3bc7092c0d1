/* SPDX-License-Identifier: Apache-2.0
 *
 * A small home that stands while a fuzz target runs: a product with a release that has a flaw, so that there is a case;
 * and an application on it.
 */
#ifndef AKASHI_FUZZ_STANDING_HOME_H
#define AKASHI_FUZZ_STANDING_HOME_H

#include <stdlib.h>

#include "archive/archive.h"
#include "base/file.h"
#include "base/temporary.h"
#include "impact/inventory.h"
#include "impact/watch.h"
#include "seal/home.h"
#include "serve/app.h"

static inline void must(int ok) {
    if (!ok)
        abort();
}

static inline void ship_one(struct ctx *c, struct home *h, struct portfolio *p, struct arena *a, struct err *e) {
    static const char sbom[] = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":["
                               "{\"type\":\"library\",\"name\":\"left\",\"purl\":\"pkg:npm/left@1.0.0\"}]}";
    struct inventory x = {
        .product = S("shop"), .version = S("1.0"), .format = S("cyclonedx-json@1.5"), .bytes = sizeof sbom - 1};
    struct portfolio_add add = {0};
    struct body_name name;
    (void)c;
    must(archive_put(h->archive, str_n(sbom, sizeof sbom - 1), &name, e));
    memcpy(x.body, name.b, 32);
    must(inventory_payload(a, &x, &add.payload, e) && portfolio_append(p, a, &add, 1, e));
}

static inline void open_a_case(struct ctx *c, struct portfolio *p, struct arena *a, str folder, struct err *e) {
    str file = path_join(a, folder, S("a.json")), path = path_join(a, folder, S("advisories.db"));
    struct verdict_policy policy = {.epss_jump = 1000};
    struct ssvc_set ssvc;
    struct watch_report report;
    struct import_result done;
    struct watch_plan plan = {.policy = &policy, .ssvc = &ssvc};
    must(file_replace(file,
                      S("{\"id\":\"GHSA-1\",\"aliases\":[\"CVE-2026-1\"],\"modified\":\"2026-01-01T00:00:00Z\","
                        "\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"left\"},\"ranges\":[{\"type\":"
                        "\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"2.0.0\"}]}]}]}"),
                      e));
    must(advdb_import(c, path, &file, 1, &done, e) && ssvc_load(c, a, (str){NULL, 0}, &ssvc, e) &&
         advdb_open(c, path, &plan.db, e) && watch_run(p, &plan, a, &report, e));
    advdb_close(plan.db);
}

/* In a folder of its own, which is *folder. */
static inline struct app *stand_home(struct ctx *c, struct arena *a, str *folder) {
    const struct home_plan plan = {.party = S("Acme"), .roles = ROLE_SUPPLIER};
    char *name = temporary_name(arena_alloc(a, 256), 256, "fuzz");
    struct err e = {0};
    struct portfolio *p = NULL;
    struct home h;
    struct app *app = NULL;
    must(mkdtemp(name) != NULL);
    *folder = str_of(name);
    const struct app_plan served = {.home = arena_printf(a, "%s/home", name)};
    must(home_make(c, served.home, &plan, &e) && home_open(c, a, served.home, HOME_SIGN, &h, &e) &&
         portfolio_open(c, &h, served.store, &p, &e));
    ship_one(c, &h, p, a, &e);
    open_a_case(c, p, a, *folder, &e);
    portfolio_close(p);
    home_close(&h);
    must(app_open(c, &served, &app, &e));
    return app;
}

#endif
