/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/drift.h"

#include "archive/archive.h"
#include "impact/hits.h"
#include "impact/inventory.h"
#include "impact/licences.h"
#include "seal/home_testing.h"
#include "store/store_testing.h"

/* A component: purl, SHA-256 (one digit, sixty-four times; 0: none), supplier, licence. */
struct made {
    const char *purl;
    char hash;
    const char *supplier, *licence;
};

static void ship(struct home_test *x, struct portfolio *p, const char *product, const char *version, const char *day,
                 const struct made *v) {
    struct buf b = {0};
    struct body_name name;
    struct inventory inventory = {.product = str_of(product),
                                  .version = str_of(version),
                                  .released = arena_printf(x->t.a, "%sT00:00:00Z", day),
                                  .format = S("cyclonedx-json@1.5")};
    struct portfolio_add add = {0};
    buf_addz(&b, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[");
    for (unsigned i = 0; v[i].purl; i++) {
        char hash[65] = {0};
        memset(hash, v[i].hash, v[i].hash ? 64 : 0);
        buf_addf(&b, "%s{\"type\":\"library\",\"name\":\"x\",\"purl\":\"%s\"", i ? "," : "", v[i].purl);
        if (v[i].hash)
            buf_addf(&b, ",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"%s\"}]", hash);
        if (v[i].supplier)
            buf_addf(&b, ",\"supplier\":{\"name\":\"%s\"}", v[i].supplier);
        if (v[i].licence)
            buf_addf(&b, ",\"licenses\":[{\"expression\":\"%s\"}]", v[i].licence);
        buf_addz(&b, "}");
    }
    buf_addz(&b, "]}");
    MUST(archive_put(x->h.archive, buf_str(&b), &name, &x->t.e));
    memcpy(inventory.body, name.b, 32);
    inventory.bytes = b.n;
    MUST(inventory_payload(x->t.a, &inventory, &add.payload, &x->t.e));
    MUST(portfolio_append(p, x->t.a, &add, 1, &x->t.e));
    buf_free(&b);
}

static void know(struct home_test *x, struct portfolio *p, const char *const *advisories) {
    str db_path = path_join(x->t.a, str_of(x->dir), S("advisories.db"));
    struct advdb *db;
    struct hits_change change;
    for (; *advisories; advisories++) {
        struct import_result r;
        str path = path_join(x->t.a, str_of(x->dir), S("one.json"));
        MUST(file_replace(path, str_of(*advisories), &x->t.e));
        MUST(advdb_import(&x->t.ctx, db_path, &path, 1, &r, &x->t.e));
    }
    MUST(advdb_open(&x->t.ctx, db_path, &db, &x->t.e));
    MUST(hits_update(p, db, x->t.a, &change, &x->t.e));
    advdb_close(db);
}

/* "behind pkg:npm/a@1 1.2 (2) in 3;…" */
static str drifts(struct home_test *x, struct portfolio *p, const struct scope_ask *ask, const struct as_of *when,
                  unsigned only) {
    struct drift_plan plan = {.only = only, .behind = 1, .years = 3, .now = 1767225600};
    struct drift_rows rows = {0};
    struct scope scope;
    struct buf b = {0};
    MUST(scope_make(p, ask, when, &scope, &x->t.e));
    MUST(drift_find(p, x->t.a, &plan, &scope, &rows, &x->t.e));
    scope_free(&scope);
    for (uint32_t i = 0; i < rows.n; i++)
        buf_addf(&b, "%s %.*s %.*s (%u) in %llu; ", drift_words[rows.v[i].why], STR_ARG(rows.v[i].purl),
                 STR_ARG(rows.v[i].than), rows.v[i].n, (unsigned long long)rows.v[i].releases);
    str out = arena_str(x->t.a, buf_str(&b));
    buf_free(&b);
    return out;
}

static struct portfolio *begin(struct home_test *x) {
    struct portfolio *p;
    x->t.ctx.quiet = true;
    x->t.ctx.now = 1767225600; /* 2026-01-01 */
    home_test_make(x);
    MUST(portfolio_open(&x->t.ctx, &x->h, store_testing_file(x->t.a, path_join(x->t.a, x->path, S("portfolio.db"))), &p,
                        &x->t.e));
    return p;
}

static const struct scope_ask current = {.product = -1}, every = {.product = -1, .all = true};

static void what_is_behind_is_counted_in_versions(void **state) {
    struct home_test *x = *state;
    struct portfolio *p = begin(x);
    ship(x, p, "thing", "1.9", "2025-01-01", (const struct made[]){{.purl = "pkg:npm/a@1.9.0"}, {0}});
    ship(x, p, "thing", "1.10", "2025-02-01", (const struct made[]){{.purl = "pkg:npm/a@1.10.0"}, {0}});
    ship(x, p, "thing", "1.8", "2025-03-01", (const struct made[]){{.purl = "pkg:npm/a@2.0.0-rc.1"}, {0}});
    ship(x, p, "gear", "1", "2025-04-01", (const struct made[]){{.purl = "pkg:npm/a@1.9.0?x=y"}, {0}});
    /* The newest of a product is by version, not by day; a pre-release is nothing to be behind of. */
    check_str(drifts(x, p, &current, NULL, 1u << DRIFT_BEHIND), "behind pkg:npm/a@1.9.0?x=y 1.10.0 (1) in 1; ");
    check_str(drifts(x, p, &every, NULL, 1u << DRIFT_BEHIND),
              "behind pkg:npm/a@1.9.0 1.10.0 (1) in 1; behind pkg:npm/a@1.9.0?x=y 1.10.0 (1) in 1; ");
    struct as_of then = {.given = true, .size = 3, .time = 1767225600};
    check_str(drifts(x, p, &every, &then, 1u << DRIFT_BEHIND), "");
    know(x, p,
         (const char *const[]){"{\"id\":\"GHSA-a\",\"modified\":\"2025-01-01T00:00:00Z\",\"affected\":[{\"package\":{"
                               "\"ecosystem\":\"npm\","
                               "\"name\":\"a\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{"
                               "\"fixed\":\"3.0.0\"}]}"
                               "]}]}",
                               NULL});
    check_str(drifts(x, p, &current, NULL, 1u << DRIFT_BEHIND),
              "behind pkg:npm/a@1.9.0?x=y 3.0.0 (2) in 1; behind pkg:npm/a@1.10.0 3.0.0 (1) in 1; ");
    portfolio_close(p);
}

static void what_changed_behind_ones_back_is_told(void **state) {
    struct home_test *x = *state;
    struct portfolio *p = begin(x);
    ship(x, p, "thing", "1", "2025-01-01",
         (const struct made[]){{"pkg:npm/a@1", 'a', "Left", NULL}, {"pkg:npm/b@1", 'b', "Bee", NULL}, {0}});
    ship(x, p, "gear", "1", "2025-01-01",
         (const struct made[]){{"pkg:npm/a@1", 'c', "left", NULL}, {"pkg:npm/b@2", 'd', "Other", NULL}, {0}});
    struct as_of then = {.given = true, .size = 3, .time = 1767225600};
    unsigned only = 1u << DRIFT_REPUBLISHED | 1u << DRIFT_SUPPLIER;
    check_str(drifts(x, p, &current, NULL, only),
              "republished pkg:npm/a@1  (2) in 2; supplier pkg:npm/b@2 Bee → Other (0) in 1; ");
    check_str(drifts(x, p, &current, &then, only), "");
    portfolio_close(p);
}

static void advisories_and_calendars_are_heeded(void **state) {
    struct home_test *x = *state;
    struct portfolio *p = begin(x);
    ship(x, p, "thing", "1", "2021-01-01",
         (const struct made[]){{.purl = "pkg:npm/evil@1.0.0"},
                               {.purl = "pkg:cargo/left@1.0.0"},
                               {.purl = "pkg:cargo/still@1.0.0"},
                               {.purl = "pkg:generic/node@16.20.2"},
                               {.purl = "pkg:npm/node@16.20.2"},
                               {.purl = "pkg:deb/debian/bash@5.0?distro=debian-10"},
                               {.purl = "pkg:deb/debian/dash@5.0?distro=debian-10"},
                               {.purl = "pkg:deb/debian/zsh@5.0?distro=debian-12"},
                               {0}});
    ship(x, p, "thing", "2", "2025-01-01", (const struct made[]){{.purl = "pkg:cargo/still@2.0.0"}, {0}});
    know(x, p,
         (const char *const[]){
             "{\"id\":\"MAL-2025-1\",\"modified\":\"2025-01-01T00:00:00Z\",\"summary\":\"Malicious code in evil\","
             "\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"evil\"},\"versions\":[\"1.0.0\"]}]}",
             "{\"id\":\"RUSTSEC-2025-0001\",\"modified\":\"2025-01-01T00:00:00Z\",\"summary\":\"`left` is "
             "unmaintained\",\"affected\":[{\"package\":{\"ecosystem\":\"crates.io\",\"name\":\"left\"},\"ranges\":[{"
             "\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0.0.0-0\"}]}]}]}",
             NULL});
    struct scope_ask one = {.product = -1};
    bool found;
    MUST(thing_find(p, THING_PRODUCT, S("thing"), &found, &one.product, &x->t.e));
    one.version = S("1");
    check_str(
        drifts(x, p, &one, NULL, ~(1u << DRIFT_BEHIND | 1u << DRIFT_UNMAINTAINED)),
        "malicious pkg:npm/evil@1.0.0 MAL-2025-1 (0) in 1; end-of-life debian-10 2024-06-30 (2) in 1; end-of-life "
        "pkg:generic/node@16.20.2 2023-09-11 (0) in 1; ");
    str unmaintained = drifts(x, p, &one, NULL, 1u << DRIFT_UNMAINTAINED);
    assert_true(str_find(unmaintained, S("cargo/left@1.0.0 RUSTSEC-2025-0001")) != STR_NONE);
    assert_true(str_find(unmaintained, S("cargo/left@1.0.0 2021-01-01")) != STR_NONE);
    assert_true(str_find(unmaintained, S("cargo/still@1.0.0")) == STR_NONE); /* a newer one was seen */
    portfolio_close(p);
}

static void licences_are_judged(void **state) {
    struct testing *t = *state;
    (void)t;
    static const struct {
        const char *expression;
        bool denied, odd;
    } rows[] = {
        {"MIT", false, false},
        {"gpl-3.0-only", true, false},
        {"GPL-3.0-only OR MIT", false, false},
        {"GPL-3.0-only OR AGPL-3.0-only", true, false},
        {"MIT AND (GPL-3.0-only OR AGPL-3.0-only)", true, false},
        {"MIT AND (GPL-3.0-only OR BSD-3-Clause)", false, false},
        {"Our own", false, true},
        {"Bad one", true, true},
    };
    const str deny[] = {S("GPL-3.0-only"), S("AGPL-3.0-only"), S("Bad one")};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool odd, denied = licence_denied(str_of(rows[i].expression), deny, 3, &odd);
        if (denied != rows[i].denied || odd != rows[i].odd)
            fail_msg("%s: %s%s", rows[i].expression, denied ? "denied" : "not denied", odd ? ", odd" : "");
    }
}

static void licences_and_suppliers_are_counted(void **state) {
    struct home_test *x = *state;
    struct portfolio *p = begin(x);
    struct licence_uses uses = {0};
    struct supplier_uses suppliers = {0};
    struct scope scope;
    ship(x, p, "thing", "1", "2025-01-01",
         (const struct made[]){{"pkg:npm/a@1", 0, "A", "MIT"},
                               {"pkg:npm/b@1", 0, "A", "MIT"},
                               {"pkg:npm/c@1", 0, NULL, "GPL-3.0-only"},
                               {0}});
    ship(x, p, "gear", "1", "2025-01-01", (const struct made[]){{"pkg:npm/a@1", 0, "A", "MIT"}, {0}});
    MUST(scope_make(p, &current, NULL, &scope, &x->t.e));
    const str deny[] = {S("GPL-3.0-only")};
    MUST(licences_find(p, x->t.a, &scope, (str){NULL, 0}, deny, 1, &uses, &x->t.e));
    assert_int_equal(uses.n, 2);
    check_str(uses.v[0].text, "GPL-3.0-only");
    assert_true(uses.v[0].denied && uses.v[0].releases == 1);
    assert_int_equal(uses.v[1].releases, 2);
    assert_int_equal(uses.v[1].components.n, 2);
    MUST(suppliers_find(p, x->t.a, &scope, (str){NULL, 0}, &suppliers, &x->t.e));
    assert_int_equal(suppliers.n, 2);
    check_str(suppliers.v[0].name, "A");
    assert_int_equal(suppliers.v[0].releases, 2);
    assert_null(suppliers.v[1].name.p);
    scope_free(&scope);
    portfolio_close(p);
}

/* The document that states it first may be another's. */
static void licences_are_those_of_documents_one_may_see(void **state) {
    struct home_test *x = *state;
    struct portfolio *p = begin(x);
    struct licence_uses uses = {0};
    struct scope scope;
    ship(x, p, "theirs", "1", "2025-01-01",
         (const struct made[]){{"pkg:npm/a@1", 0, "A", "MIT"}, {"pkg:npm/b@1", 0, "A", "MIT"}, {0}});
    ship(x, p, "ours", "1", "2025-01-01",
         (const struct made[]){{"pkg:npm/a@1", 0, "A", NULL}, {"pkg:npm/b@1", 0, "A", "Zlib"}, {0}});
    MUST(scope_make(p, &current, NULL, &scope, &x->t.e));
    scope.seen = roaring_bitmap_create();
    roaring_bitmap_add(scope.seen, 1);
    roaring_bitmap_and_inplace(scope.releases, scope.seen);
    MUST(licences_find(p, x->t.a, &scope, (str){NULL, 0}, NULL, 0, &uses, &x->t.e));
    assert_int_equal(uses.n, 2);
    assert_null(uses.v[0].text.p);
    check_str(uses.v[1].text, "Zlib");
    assert_int_equal(uses.v[1].components.n, 1);
    scope_free(&scope);
    portfolio_close(p);
}

/* However many components say of which bytes they are and who supplies them. */
static void hashes_and_suppliers_are_written_together(void **state) {
    enum { COMPONENTS = 400 };
    struct home_test *x = *state;
    struct portfolio *p = begin(x);
    struct made v[COMPONENTS + 1] = {0};
    for (int i = 0; i < COMPONENTS; i++)
        v[i] = (struct made){.purl = arena_printf(x->t.a, "pkg:npm/many%d@1%c", i, 0).p, .hash = '5', .supplier = "A"};
    ship(x, p, "thing", "1", "2025-01-01", (const struct made[]){{.purl = "pkg:npm/one@1"}, {0}});
    uint64_t before = store_asked(p->store);
    ship(x, p, "thing", "2", "2025-02-01", v);
    assert_true(store_asked(p->store) - before < COMPONENTS / 4);
    v[0].hash = '6';
    v[1].supplier = "B";
    ship(x, p, "thing", "3", "2025-03-01", v);
    check_str(drifts(x, p, &current, NULL, 1u << DRIFT_REPUBLISHED | 1u << DRIFT_SUPPLIER),
              "republished pkg:npm/many0@1  (2) in 1; supplier pkg:npm/many1@1 A → B (0) in 1; ");
    portfolio_close(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(what_is_behind_is_counted_in_versions),     HOME_TEST(what_changed_behind_ones_back_is_told),
        HOME_TEST(advisories_and_calendars_are_heeded),       TEST(licences_are_judged),
        HOME_TEST(licences_and_suppliers_are_counted),        HOME_TEST(licences_are_those_of_documents_one_may_see),
        HOME_TEST(hashes_and_suppliers_are_written_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
