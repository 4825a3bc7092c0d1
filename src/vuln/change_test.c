/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/change.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/temporary.h"
#include "base/testing.h"
#include "vuln/place.h"

struct world {
    struct testing *t;
    char dir[256];
    str path;
    unsigned files;
};

static void open_world(struct world *w, struct testing *t) {
    *w = (struct world){.t = t};
    assert_non_null(mkdtemp(temporary_name(w->dir, sizeof w->dir, "change")));
    w->path = path_join(t->a, str_of(w->dir), S("advisories.db"));
    t->ctx.quiet = true;
}

static str import(struct world *w, const char *text) {
    struct testing *t = w->t;
    struct import_result r;
    struct advdb *db;
    struct advdb_info info;
    str file = arena_printf(t->a, "%s/in.json", w->dir);
    FILE *f = fopen(arena_cstr(t->a, file), "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0 && fclose(f) == 0);
    if (!advdb_import(&t->ctx, w->path, &file, 1, &r, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    unlink(arena_cstr(t->a, file));
    assert_true(advdb_open(&t->ctx, w->path, &db, &t->e));
    advdb_info(db, t->a, &info);
    advdb_close(db);
    return info.digest;
}

static struct advdb_change since(struct world *w, str digest) {
    struct testing *t = w->t;
    struct advdb *db;
    struct advdb_change change;
    assert_true(advdb_open(&t->ctx, w->path, &db, &t->e));
    struct matcher *m = matcher_new(&t->ctx, db);
    assert_true(matcher_changes(m, t->a, digest, &change, &t->e));
    matcher_free(m);
    advdb_close(db);
    return change;
}

static void close_world(struct world *w) {
    unlink(arena_cstr(w->t->a, w->path));
    rmdir(w->dir);
}

static bool has_place(const struct advdb_change *c, const char *name) {
    int64_t key = place_key(S("npm"), str_of(name));
    for (uint32_t i = 0; i < c->places.n; i++)
        if (c->places.v[i] == key)
            return true;
    return false;
}

static bool has_advisory(const struct advdb_change *c, const char *id) {
    for (uint32_t i = 0; i < c->advisories.n; i++)
        if (str_is(c->advisories.v[i], id))
            return true;
    return false;
}

#define OSV(id, more, modified, name, fixed)                                                                           \
    "{\"id\":\"" id "\",\"modified\":\"" modified "\"," more                                                           \
    "\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"" name                                               \
    "\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"" fixed "\"}]}]}]}"

static void only_what_changed_is_named(void **state) {
    struct world w;
    open_world(&w, *state);
    str first = import(&w, OSV("A-1", "", "2026-01-01T00:00:00Z", "left", "1.0.0"));
    struct advdb_change c = since(&w, first);
    assert_true(c.known);
    assert_int_equal(c.places.n, 0);
    str second = import(&w, OSV("A-2", "", "2026-01-01T00:00:00Z", "right", "1.0.0"));
    c = since(&w, first);
    assert_true(c.known && has_place(&c, "right") && !has_place(&c, "left"));
    assert_true(has_advisory(&c, "A-2") && !has_advisory(&c, "A-1"));
    /* A range that moved to another package: both are named. */
    str third = import(&w, OSV("A-1", "", "2026-01-02T00:00:00Z", "middle", "1.0.0"));
    c = since(&w, second);
    assert_true(has_place(&c, "left") && has_place(&c, "middle") && !has_place(&c, "right"));
    c = since(&w, first);
    assert_int_equal(c.places.n, 3);
    /* Withdrawn: named although it is not there any more. */
    import(&w, OSV("A-2", "\"withdrawn\":\"2026-01-03T00:00:00Z\",", "2026-01-03T00:00:00Z", "right", "1.0.0"));
    c = since(&w, third);
    assert_true(has_place(&c, "right") && has_advisory(&c, "A-2"));
    assert_int_equal(c.places.n, 1);
    assert_false(since(&w, S("elsewhere")).known);
    close_world(&w);
}

static void joined_names_change_both(void **state) {
    struct world w;
    open_world(&w, *state);
    import(&w, OSV("A-1", "", "2026-01-01T00:00:00Z", "left", "1.0.0"));
    str two = import(&w, OSV("A-2", "", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    import(&w, OSV("A-3", "\"aliases\":[\"A-1\",\"A-2\"],", "2026-01-01T00:00:00Z", "other", "1.0.0"));
    struct advdb_change c = since(&w, two);
    assert_true(has_place(&c, "left") && has_place(&c, "other"));
    assert_true(has_advisory(&c, "A-2") && has_advisory(&c, "A-3"));
    close_world(&w);
}

static void places_hold_for_all_versions(void **state) {
    static const struct {
        const char *one, *two;
        bool same;
    } rows[] = {
        {"pkg:npm/left@1.0.0", "pkg:npm/left@2.0.0", true},
        {"pkg:npm/left@1.0.0", "pkg:npm/right@1.0.0", false},
        {"pkg:pypi/Foo.Bar@1", "pkg:pypi/foo-bar@2", true},
        {"pkg:deb/debian/libssl3@3.0?distro=debian-12&upstream=openssl", "pkg:deb/debian/openssl@3.0?distro=debian-12",
         true},
    };
    struct world w;
    open_world(&w, *state);
    struct testing *t = w.t;
    struct advdb *db;
    import(&w, OSV("A-1", "", "2026-01-01T00:00:00Z", "left", "1.0.0"));
    assert_true(advdb_open(&t->ctx, w.path, &db, &t->e));
    struct matcher *m = matcher_new(&t->ctx, db);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct places one, two;
        struct sbom_component x = {.purl = str_of(rows[i].one)}, y = {.purl = str_of(rows[i].two)};
        assert_true(matcher_places(m, &x, t->a, &one, &t->e) && matcher_places(m, &y, t->a, &two, &t->e));
        assert_true(one.n && two.n);
        if ((one.v[one.n - 1] == two.v[two.n - 1]) != rows[i].same)
            fail_msg("%s and %s", rows[i].one, rows[i].two);
    }
    matcher_free(m);
    advdb_close(db);
    close_world(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(only_what_changed_is_named), TEST(joined_names_change_both),
                                       TEST(places_hold_for_all_versions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
