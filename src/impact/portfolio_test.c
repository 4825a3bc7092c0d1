/* SPDX-License-Identifier: Apache-2.0
 *
 * Portfolios of made-up releases: every answer is held against a slow obvious one, what grew against what was rebuilt.
 */
#include "impact/portfolio.h"

#include "archive/archive.h"
#include "base/digest.h"
#include "impact/contents.h"
#include "impact/inventory.h"
#include "impact/things.h"
#include "seal/home_testing.h"
#include "store/queries.h"
#include "store/store_inner.h"
#include "store/store_testing.h"

struct model { /* release → component keys, as numbers */
    uint32_t n;
    uint64_t *sets; /* a bit for each of 64 components */
};

static bool may_open_views(struct home_test *x, struct portfolio **p) {
    str where = store_testing_file(x->t.a, path_join(x->t.a, x->path, S("portfolio.db")));
    return portfolio_open(&x->t.ctx, &x->h, where, p, &x->t.e);
}
static struct portfolio *open_views(struct home_test *x) {
    struct portfolio *p;
    MUST(may_open_views(x, &p));
    return p;
}

/* Component i: versions of eight packages. */
static str key_of(struct arena *a, unsigned i) {
    return i % 8 == 7 ? arena_printf(a, "name:thing%u\n1.%u", i % 8, i / 8)
                      : arena_printf(a, "pkg:npm/thing%u@1.%u", i % 8, i / 8);
}

static struct parts parts_of_set(struct arena *a, uint64_t set) {
    struct parts parts = {0};
    for (unsigned i = 0; i < 64; i++)
        if (set >> i & 1)
            *vec_push(a, &parts) = (struct part){key_of(a, i), i % 3 ? S("MIT") : (str){NULL, 0}};
    return parts;
}

static str sbom_of_set(struct arena *a, uint64_t set) {
    struct buf b = {0};
    buf_addz(&b, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"components\":[");
    for (unsigned i = 0, first = 1; i < 64; i++)
        if (set >> i & 1) {
            buf_addf(&b, "%s{\"type\":\"library\",\"name\":\"thing%u\",\"version\":\"1.%u\"", first ? "" : ",", i % 8,
                     i / 8);
            if (i % 8 != 7)
                buf_addf(&b, ",\"purl\":\"pkg:npm/thing%u@1.%u\"", i % 8, i / 8);
            if (i % 3)
                buf_addz(&b, ",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}]");
            buf_addz(&b, "}");
            first = 0;
        }
    buf_addz(&b, "]}");
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static struct portfolio_add add_of(struct home_test *x, struct arena *a, const char *product, str version,
                                   uint64_t set) {
    struct inventory inventory = {
        .product = str_of(product), .version = version, .party = S("us"), .format = S("cyclonedx-json@1.5")};
    struct portfolio_add add = {0};
    struct body_name name;
    str text = sbom_of_set(a, set);
    MUST(archive_put(x->h.archive, text, &name, &x->t.e));
    memcpy(inventory.body, name.b, 32);
    inventory.bytes = text.n;
    MUST(inventory_payload(a, &inventory, &add.payload, &x->t.e));
    return add;
}

static uint64_t next(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 20 ^ *seed << 30;
}

static component_id component(struct home_test *x, struct portfolio *p, unsigned i) {
    component_id id;
    bool found;
    str key = key_of(x->t.a, i), name, version;
    if (str_cut(key, '\n', &name, &version))
        key = arena_printf(x->t.a, "%.*s@%.*s", STR_ARG(name), STR_ARG(version));
    MUST(contents_component(p->contents, key, &found, &id, &x->t.e));
    assert_true(found);
    return id;
}

/* Of each of the eight packages, in whatever version. */
static void check_packages(struct home_test *x, struct portfolio *p, const struct model *m) {
    for (unsigned i = 0; i < 8; i++) {
        const uint64_t versions = (uint64_t)0x0101010101010101u << i;
        struct contents_count got;
        uint64_t want = 0;
        for (uint32_t r = 0; r < m->n; r++)
            want += (m->sets[r] & versions) != 0;
        for (int again = 0; again < 2; again++) { /* by what is at hand, too */
            MUST(contents_count(p->contents, package_of(component(x, p, i)), &got, &x->t.e));
            assert_int_equal(got.documents, want);
            assert_int_equal(got.releases, m->n);
            assert_false(got.twins);
        }
    }
}

/* The most first, each with the number it has. */
static void check_top(struct home_test *x, struct portfolio *p) {
    const struct package_listed *top;
    uint32_t n;
    MUST(contents_top(p->contents, &top, &n, &x->t.e));
    assert_int_equal(n, 8);
    for (uint32_t i = 0; i < n; i++) {
        struct contents_count got;
        int64_t package = top[i].package;
        uint64_t documents = top[i].documents;
        assert_true(i == 0 || documents <= top[i - 1].documents);
        MUST(contents_count(p->contents, package, &got, &x->t.e));
        assert_in_range(got.documents, documents, documents + documents / 64 + 1);
    }
}

/* Unions and counts for masks of components, below several limits. */
static void check_answers(struct home_test *x, struct portfolio *p, const struct model *m) {
    check_packages(x, p, m);
    check_top(x, p);
    const uint64_t masks[] = {1, 0x80, 0xFF, 0x0101010101010101u, UINT64_MAX, 0x8000000000000001u};
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        component_id ids[64];
        uint64_t counts[64], want_counts[64] = {0};
        uint32_t n = 0;
        for (unsigned k = 64; k-- > 0;)
            if (masks[i] >> k & 1)
                ids[n++] = component(x, p, k);
        for (uint32_t limit = m->n; limit; limit /= 3) {
            roaring_bitmap_t *got;
            MUST(contents_with(p->contents, ids, n, limit, &got, &x->t.e));
            for (uint32_t r = 0; r < m->n; r++)
                if (roaring_bitmap_contains(got, r) != (r < limit && (m->sets[r] & masks[i])))
                    fail_msg("release %u of %u, mask %zu, limit %u", r, m->n, i, limit);
            roaring_bitmap_free(got);
            roaring_bitmap_t *mask = roaring_bitmap_from_range(0, m->n, 2);
            MUST(contents_counts(p->contents, ids, n, limit, mask, counts, &x->t.e));
            roaring_bitmap_free(mask);
            memset(want_counts, 0, sizeof want_counts);
            for (unsigned k = 64, at = 0; k-- > 0;)
                if (masks[i] >> k & 1) {
                    for (uint32_t r = 0; r < limit; r += 2)
                        want_counts[at] += m->sets[r] >> k & 1;
                    assert_int_equal(counts[at], want_counts[at]);
                    at++;
                }
        }
    }
}

static void dump(struct home_test *x, struct portfolio *p, struct buf *out) {
    buf_clear(out);
    MUST(store_dump(p->store, out, &x->t.e));
}

/* As programs of the first days left them: releases without their signers, cases by row, a table that is no more, no
 * part that came later; and one may have been killed while it made them anew. */
static void become_old(struct home_test *x, struct portfolio *p) {
    static const char *const steps[] = {
        "DROP TABLE release",
        "CREATE TABLE release (id BIGINT PRIMARY KEY, product BIGINT NOT NULL)",
        "INSERT INTO release VALUES (0, 0)",
        "DROP TABLE case_step",
        "CREATE TABLE case_step (number BIGINT NOT NULL, step TEXT NOT NULL)",
        "CREATE TABLE file_digest (digest TEXT NOT NULL)",
        "DROP TABLE case_text",
        "DROP TABLE case_said",
        "DROP TABLE audit",
        "DROP TABLE due_stale",
        "DROP TABLE portfolio_moved",
        "UPDATE portfolio_log SET size = -1",
        "UPDATE schema_part SET version = 1 WHERE name IN ('cases', 'due', 'made', 'hits')",
        "UPDATE schema_part SET version = 3 WHERE name = 'portfolio'",
        "DELETE FROM schema_part WHERE name = 'audit'",
    };
    MUST(store_begin(p->store, &x->t.e));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        MUST(store_exec(p->store, steps[i], &x->t.e));
    MUST(store_commit(p->store, &x->t.e));
}

/* Parts that are applied together are there together, or not at all. */
static void what_is_applied_together_is_undone_together(void **state) {
    struct home_test *x = *state;
    uint32_t releases;
    home_test_make(x);
    struct portfolio *p = open_views(x);
    struct portfolio_add first = add_of(x, x->t.a, "one", S("1"), 3), second = add_of(x, x->t.a, "two", S("1"), 5);
    MUST(archive_sync(x->h.archive, &x->t.e));
    MUST(portfolio_log(p, x->t.a, &first, 1, &x->t.e));
    MUST(portfolio_log(p, x->t.a, &second, 1, &x->t.e));
    uint64_t before = p->size;
    MUST(portfolio_apply_begin(p, &x->t.e));
    MUST(portfolio_apply(p, &first, 1, &x->t.e));
    MUST(portfolio_apply(p, &second, 1, &x->t.e));
    assert_int_equal(p->size, second.index + 1);
    assert_false(portfolio_apply_undo(p));
    assert_int_equal(p->size, before);
    MUST(contents_releases_at(p->contents, NULL, &releases, &x->t.e));
    assert_int_equal(releases, 0);
    MUST(portfolio_apply_begin(p, &x->t.e));
    MUST(portfolio_apply(p, &first, 1, &x->t.e));
    MUST(portfolio_apply(p, &second, 1, &x->t.e));
    MUST(portfolio_apply_end(p, &x->t.e));
    portfolio_close(p);
    p = open_views(x);
    assert_int_equal(p->size, second.index + 1);
    MUST(contents_releases_at(p->contents, NULL, &releases, &x->t.e));
    assert_int_equal(releases, 2);
    portfolio_close(p);
}

static void what_grew_equals_what_is_rebuilt(void **state) {
    struct home_test *x = *state;
    enum { RELEASES = 2500, BATCH = 300 };
    struct model m = {.sets = calloc(RELEASES, sizeof *m.sets)};
    uint64_t seed = 1;
    home_test_make(x);
    struct portfolio *p = open_views(x);
    while (m.n < RELEASES) {
        struct arena *a = arena_new();
        struct portfolio_add adds[BATCH];
        struct parts parts[BATCH];
        uint32_t n = 0;
        for (; n < BATCH && m.n < RELEASES; n++, m.n++) {
            m.sets[m.n] = m.n < 2 ? UINT64_MAX : next(&seed) & next(&seed) & next(&seed);
            adds[n] = add_of(x, a, m.n % 2 ? "even" : "odd", arena_printf(a, "%u", m.n), m.sets[m.n]);
            parts[n] = parts_of_set(a, m.sets[m.n]);
            adds[n].parts = m.n % 3 ? &parts[n] : NULL;
        }
        MUST(archive_sync(x->h.archive, &x->t.e));
        MUST(portfolio_append(p, a, adds, n, &x->t.e));
        arena_free(a);
    }
    uint32_t releases;
    MUST(contents_releases_at(p->contents, NULL, &releases, &x->t.e));
    assert_int_equal(releases, RELEASES);
    check_answers(x, p, &m);
    struct buf grown = {0}, anew = {0};
    dump(x, p, &grown);
    MUST(portfolio_rebuild(p, &x->t.e));
    dump(x, p, &anew);
    assert_true(str_eq(buf_str(&grown), buf_str(&anew)));
    check_answers(x, p, &m);
    become_old(x, p);
    portfolio_close(p);
    if (getenv("AKASHI_TEST_CITUS")) { /* whoever spread the tables makes them anew */
        assert_false(may_open_views(x, &p));
        assert_int_equal(x->t.e.kind, ERR_ENV);
    } else {
        p = open_views(x);
        check_answers(x, p, &m);
        dump(x, p, &anew);
        assert_true(str_eq(buf_str(&grown), buf_str(&anew)));
        portfolio_close(p);
    }
    buf_free(&grown);
    buf_free(&anew);
    free(m.sets);
}

static void check_grown_is_anew(struct home_test *x, struct portfolio *p) {
    struct buf grown = {0}, anew = {0};
    dump(x, p, &grown);
    MUST(portfolio_rebuild(p, &x->t.e));
    dump(x, p, &anew);
    assert_true(str_eq(buf_str(&grown), buf_str(&anew)));
    buf_free(&grown);
    buf_free(&anew);
}

/* A statement, then a document; then the same document once more, put in again, and said again to be erased. */
static void what_is_erased_is_in_no_view(void **state) {
    struct home_test *x = *state;
    enum { RELEASES = 1100, ENTRY = 3, DOCUMENT = 7 };
    struct portfolio_add *adds = calloc(RELEASES, sizeof *adds);
    struct release_row row;
    uint64_t seed = 5;
    uint32_t n;
    home_test_make(x);
    struct portfolio *p = open_views(x);
    for (uint32_t i = 0; i < RELEASES; i++)
        adds[i] = add_of(x, x->t.a, i % 2 ? "even" : "odd", arena_printf(x->t.a, "%u", i), next(&seed) & next(&seed));
    MUST(archive_sync(x->h.archive, &x->t.e));
    MUST(portfolio_append(p, x->t.a, adds, RELEASES, &x->t.e));
    home_test_erase(x, adds[ENTRY].index);
    MUST(portfolio_catch_up(p, &x->t.e));
    MUST(contents_releases_at(p->contents, NULL, &n, &x->t.e));
    assert_int_equal(n, RELEASES - 1);
    check_grown_is_anew(x, p);
    MUST(contents_release(p->contents, x->t.a, DOCUMENT - 1, &row, &x->t.e));
    assert_true(str_eq(row.version, arena_printf(x->t.a, "%u", DOCUMENT)) && row.components > 0);
    const char *gone = arena_printf(x->t.a, "{\"reason\":\"r\",\"by\":\"b\",\"body\":\"%.*s\"}",
                                    STR_ARG(hex_text(x->t.a, row.body, 32)))
                           .p;
    home_test_add(x, "tag:akashi,2026:predicate/erasure/v1", "one", gone); /* its bytes are still there */
    MUST(portfolio_catch_up(p, &x->t.e));
    MUST(contents_release(p->contents, x->t.a, DOCUMENT - 1, &row, &x->t.e));
    assert_int_equal(row.components, 0);
    check_grown_is_anew(x, p);
    home_test_add(x, "tag:akashi,2026:predicate/erasure/v1", "two", gone);
    MUST(portfolio_catch_up(p, &x->t.e));
    check_grown_is_anew(x, p);
    portfolio_close(p);
    free(adds);
}

struct many_lists {
    const struct model *m;
    uint32_t of[1500], n;
};
static void take_list(void *arg, uint32_t at, const struct component_ids *ids) {
    struct many_lists *k = arg;
    assert_int_equal(at, k->n++);
    assert_int_equal(ids->n, __builtin_popcountll(k->m->sets[k->of[at]]));
}
/* By some questions, however many there are. */
static void lists_of_many(struct home_test *x, struct portfolio *p, const struct model *m) {
    struct many_lists k = {.m = m};
    for (uint32_t i = 0; i < 1500; i++)
        k.of[i] = i * 43;
    uint64_t before = store_asked(p->store);
    MUST(contents_of_each(p->contents, k.of, 1500, take_list, &k, &x->t.e));
    assert_int_equal(k.n, 1500);
    assert_true(store_asked(p->store) - before < 10);
    k.of[1499] = 70000000;
    k.n = 0;
    assert_false(contents_of_each(p->contents, k.of, 1500, take_list, &k, NULL));
}

/* While one state is read nothing is asked again about it. */
static void state_is_asked_for_once(struct home_test *x, struct portfolio *p) {
    const struct as_of when = {.given = true, .size = p->size};
    uint32_t first, again;
    bool own;
    MUST(portfolio_read(p, &own, &x->t.e));
    MUST(contents_releases_at(p->contents, &when, &first, &x->t.e));
    uint64_t before = store_asked(p->store);
    MUST(contents_releases_at(p->contents, &when, &again, &x->t.e));
    assert_int_equal(first, again);
    assert_true(store_asked(p->store) - before <= 1);
    portfolio_read_end(p, own);
}

/* Straight into the contents: more than a bucket. */
static void buckets_are_sealed(void **state) {
    struct home_test *x = *state;
    enum { RELEASES = BUCKET_RELEASES + 3000 };
    struct model m = {.sets = calloc(RELEASES, sizeof *m.sets)};
    uint64_t seed = 7;
    home_test_make(x);
    struct portfolio *p = open_views(x);
    struct arena *a = arena_new();
    MUST(store_begin(p->store, &x->t.e));
    MUST(contents_begin(p->contents, &x->t.e));
    for (; m.n < RELEASES; m.n++) {
        struct arena_mark mark = arena_mark(a);
        m.sets[m.n] = m.n == 0 ? UINT64_MAX : next(&seed) & next(&seed) & next(&seed) & next(&seed);
        m.sets[m.n] |= m.n % 3 ? 0x80 : 0; /* one in so many that it is kept as bits */
        struct parts parts = parts_of_set(a, m.sets[m.n]);
        struct release_new r = {.product = S("thing"),
                                .version = arena_printf(a, "%u", m.n),
                                .parts = &parts,
                                .log_id = p->log_id,
                                .entry = m.n};
        memcpy(r.body, &m.n, sizeof m.n);
        uint32_t id;
        bool fresh;
        MUST(contents_add(p->contents, &r, &id, &fresh, &x->t.e));
        assert_true(fresh && id == m.n);
        arena_reset(a, mark);
    }
    MUST(contents_flush(p->contents, &x->t.e));
    MUST(store_commit(p->store, &x->t.e));
    check_answers(x, p, &m);
    struct as_of when = {.given = true, .size = 66000};
    uint32_t limit;
    MUST(contents_releases_at(p->contents, &when, &limit, &x->t.e));
    assert_int_equal(limit, 66000);
    uint32_t ids[] = {0, 1023, 1024, 70, 66100, RELEASES - 1};
    int64_t products[6], thing;
    bool found;
    ids[3] = 65536;
    MUST(contents_products(p->contents, ids, 6, products, &x->t.e));
    MUST(thing_find(p, THING_PRODUCT, S("thing"), &found, &thing, &x->t.e));
    for (int i = 0; i < 6; i++)
        assert_int_equal(products[i], thing);
    struct component_ids list;
    MUST(contents_of(p->contents, a, 65537, &list, &x->t.e));
    assert_int_equal(list.n, __builtin_popcountll(m.sets[65537]));
    lists_of_many(x, p, &m);
    state_is_asked_for_once(x, p);
    arena_free(a);
    portfolio_close(p);
    free(m.sets);
}

static void twins_are_kept_and_flagged(void **state) {
    struct home_test *x = *state;
    home_test_make(x);
    struct portfolio *p = open_views(x);
    struct portfolio_add adds[] = {
        add_of(x, x->t.a, "a", S("1"), 0xFF), add_of(x, x->t.a, "a", S("1"), 0xF0),
        add_of(x, x->t.a, "a", S("2"), 0xFF), add_of(x, x->t.a, "a", S("1"), 0xFF),
        add_of(x, x->t.a, "b", S("1"), 0xFF),
    };
    MUST(archive_sync(x->h.archive, &x->t.e));
    MUST(portfolio_append(p, x->t.a, adds, 5, &x->t.e));
    assert_true(adds[3].was_there);
    MUST(portfolio_append(p, x->t.a, adds, 5, &x->t.e));
    uint32_t n;
    const roaring_bitmap_t *twins;
    struct release_row row;
    MUST(contents_releases_at(p->contents, NULL, &n, &x->t.e));
    assert_int_equal(n, 4);
    MUST(contents_twins(p->contents, &twins, &x->t.e));
    assert_int_equal(roaring_bitmap_get_cardinality(twins), 1);
    assert_true(roaring_bitmap_contains(twins, 1));
    for (uint32_t i = 0; i < 4; i++) {
        MUST(contents_release(p->contents, x->t.a, i, &row, &x->t.e));
        assert_int_equal(row.twin, i == 1 ? 0 : i);
        assert_int_equal(row.disagrees, i <= 1);
        assert_int_equal(row.components, i == 1 ? 4 : 8);
        assert_int_equal(row.unidentified, 1);
    }
    assert_false(contents_release(p->contents, x->t.a, 4, &row, &x->t.e));
    portfolio_close(p);
}

static void names_are_one_where_they_mean_one(void **state) {
    struct home_test *x = *state;
    static const struct {
        const char *key, *package, *rest, *version;
        bool unidentified;
    } rows[] = {
        {"pkg:npm/%40x/y@1.0?a=b", "pkg:npm/%40x/y", "@1.0?a=b", "1.0", false},
        {"pkg:NPM/left-pad\n1.3", "pkg:npm/left-pad", "@1.3", "1.3", false},
        {"pkg:PyPI/Foo_Bar@2", "pkg:pypi/foo-bar", "@2", "2", false},
        {"pkg:generic/a@1%2B2", "pkg:generic/a", "@1%2B2", "1+2", false},
        {"cpe:2.3:a:v:p:1.0:*:*:*:*:*:*:*", "cpe:2.3:a:v:p", ":1.0:*:*:*:*:*:*:*", "1.0", false},
        {"cpe:2.3:a:v:p:*:*:*:*:*:*:*:*\n1.5", "cpe:2.3:a:v:p", ":1.5:*:*:*:*:*:*:*", "1.5", false},
        {"name:a b\n1", "name:a b", "@1", "1", true},
        {"name:@a", "name:@a", "", NULL, true},
        {"pkg:nonsense", "name:pkg:nonsense", "", NULL, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct identity got;
        identity_of(x->t.a, str_of(rows[i].key), &got);
        check_str(got.package, rows[i].package);
        check_str(got.rest, rows[i].rest);
        assert_true(rows[i].version ? str_is(got.version, rows[i].version) : !got.version.p);
        assert_int_equal(got.unidentified, rows[i].unidentified);
    }
    struct buf b = {0};
    for (int i = 0; i < 5000; i++)
        buf_addz(&b, "x");
    struct identity one, two;
    identity_of(x->t.a, arena_printf(x->t.a, "name:%.*sa\n1", STR_ARG(buf_str(&b))), &one);
    identity_of(x->t.a, arena_printf(x->t.a, "name:%.*sb\n1", STR_ARG(buf_str(&b))), &two);
    assert_true(one.package.n <= IDENTITY_MOST && !str_eq(one.package, two.package));
    buf_free(&b);
}

/* As scan does: a package that is silent about its distribution's release has that of the document. */
static void packages_have_the_documents_distribution(void **state) {
    struct home_test *x = *state;
    static const struct {
        const char *purl, *key;
    } rows[] = {
        {"pkg:deb/debian/openssl@3.0.11?arch=amd64", "pkg:deb/debian/openssl@3.0.11?arch=amd64&distro=debian-12.5"},
        {"pkg:deb/openssl@3.0.11", "pkg:deb/openssl@3.0.11?distro=debian-12.5"},
        {"pkg:deb/debian/bash@5?distro=debian-11", "pkg:deb/debian/bash@5?distro=debian-11"},
        {"pkg:deb/ubuntu/bash@5", "pkg:deb/ubuntu/bash@5"},
        {"pkg:apk/alpine/zlib@1.2", "pkg:apk/alpine/zlib@1.2"},
        {"pkg:npm/left-pad@1.3.0", "pkg:npm/left-pad@1.3.0"},
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    struct buf b = {0};
    struct sbom *s;
    struct parts parts = {0};
    buf_addz(&b, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":"
                 "\"operating-system\",\"name\":\"Debian\",\"version\":\"12.5\"}");
    for (size_t i = 0; i < ROWS; i++)
        buf_addf(&b, ",{\"type\":\"library\",\"name\":\"n%zu\",\"purl\":\"%s\"}", i, rows[i].purl);
    buf_addz(&b, "]}");
    MUST(sbom_read(&x->t.ctx, x->t.a, buf_str(&b), S("s"), SBOM_LENIENT, &s, NULL, &x->t.e));
    parts_of(x->t.a, s, &parts);
    assert_int_equal(parts.n, ROWS + 1);
    for (size_t i = 0; i < ROWS; i++)
        check_str(parts.v[i + 1].key, rows[i].key);
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {HOME_TEST(what_is_applied_together_is_undone_together),
                                       HOME_TEST(what_grew_equals_what_is_rebuilt),
                                       HOME_TEST(what_is_erased_is_in_no_view),
                                       HOME_TEST(buckets_are_sealed),
                                       HOME_TEST(twins_are_kept_and_flagged),
                                       HOME_TEST(names_are_one_where_they_mean_one),
                                       HOME_TEST(packages_have_the_documents_distribution)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
