/* SPDX-License-Identifier: Apache-2.0
 *
 * Advisories that come, change, get and lose names, move to other packages and are withdrawn, at random: what was
 * brought up to date step by step equals what is made anew.
 */
#include "impact/hits_testing.h"
#include "store/store_inner.h"

static struct hits_change update(struct world *w, struct portfolio *p) {
    struct home_test *x = w->x;
    struct advdb *db;
    struct hits_change change;
    MUST(advdb_open(&x->t.ctx, w->db_path, &db, &x->t.e));
    MUST(hits_update(p, db, x->t.a, &change, &x->t.e));
    advdb_close(db);
    return change;
}

/* ── what there is, without numbers and times of arrival ── */

struct lines {
    struct world *w;
    struct portfolio *p;
    VEC(str) v;
};

static bool add_lines(void *arg, const struct flaw_row *f, struct err *e) {
    struct lines *l = arg;
    struct arena *a = l->w->x->t.a;
    struct flaw_names names;
    struct hit_rows hits;
    struct buf b = {0};
    if (!hits_names(l->p, a, f->number, &names, e) || !hits_of_flaw(l->p, a, f->number, &hits, e))
        return false;
    buf_addf(&b, "%.*s score %d epss %d kev %d%d due %lld at %lld %lld '%.*s' '%.*s'", STR_ARG(f->id), f->score,
             f->epss, f->kev, f->ransomware, (long long)f->kev_due + f->kev_added, (long long)f->published,
             (long long)f->modified, STR_ARG(f->summary), STR_ARG(f->vector));
    for (uint32_t i = 0; i < names.n; i++)
        buf_addf(&b, " %.*s", STR_ARG(names.v[i]));
    for (uint32_t i = 0; i < hits.n; i++) {
        struct component_row row;
        if (!contents_component_row(l->p->contents, a, hits.v[i].component, &row, e))
            return false;
        buf_addf(&b, "\n   %.*s %.*s fixed %.*s %d %d", STR_ARG(row.purl), STR_ARG(hits.v[i].advisory),
                 STR_ARG(hits.v[i].fixed), (int)hits.v[i].fix, (int)hits.v[i].confidence);
    }
    *vec_push(a, &l->v) = arena_str(a, buf_str(&b));
    buf_free(&b);
    return true;
}

static int line_order(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

static str all_hits(struct world *w, struct portfolio *p, enum flaw_sort by) {
    struct home_test *x = w->x;
    struct lines l = {.w = w, .p = p};
    struct buf b = {0};
    MUST(hits_flaws(p, by, (struct flaw_place){INT64_MAX, INT64_MAX}, flaw_any_score, NULL, add_lines, &l, &x->t.e));
    if (l.v.n)
        qsort(l.v.v, l.v.n, sizeof(str), line_order);
    for (uint32_t i = 0; i < l.v.n; i++) {
        buf_add(&b, l.v.v[i]);
        buf_addc(&b, '\n');
    }
    str s = arena_str(x->t.a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* ── random advisories ── */

static str random_advisory(struct world *w, unsigned round) {
    struct arena *a = w->x->t.a;
    struct buf b = {0};
    unsigned id = (unsigned)next(w, 24);
    buf_addf(&b, "{\"id\":\"A-%02u\",\"modified\":\"2026-01-01T%02u:%02u:00Z\",\"summary\":\"s%u\",\"aliases\":[", id,
             round / 60, round % 60, (unsigned)next(w, 9));
    for (unsigned i = 0, first = 1; i < 2; i++)
        if (next(w, 2)) {
            buf_addf(&b, "%s\"CVE-2026-%04u\"", first ? "" : ",", 1000 + (unsigned)next(w, 12));
            first = 0;
        }
    buf_addz(&b, "],");
    if (next(w, 6) == 0)
        buf_addf(&b, "\"withdrawn\":\"2026-01-01T%02u:%02u:00Z\",", round / 60, round % 60);
    if (next(w, 2))
        buf_addf(&b,
                 "\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:%c/PR:N/UI:N/S:U/C:H/I:H/A:N\"}],",
                 next(w, 2) ? 'L' : 'H');
    buf_addz(&b, "\"affected\":[");
    for (unsigned i = 0, n = 1 + (unsigned)next(w, 2); i < n; i++)
        buf_addf(&b,
                 "%s{\"package\":{\"ecosystem\":\"npm\",\"name\":\"thing%u\"},\"ranges\":[{\"type\":\"SEMVER\","
                 "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"1.%u.0\"}]}]}",
                 i ? "," : "", (unsigned)next(w, 6), (unsigned)next(w, 8));
    buf_addz(&b, "]}");
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static str random_kev(struct world *w, unsigned round) {
    struct arena *a = w->x->t.a;
    str s = arena_printf(a,
                         "{\"title\":\"CISA Catalog of Known Exploited Vulnerabilities\",\"catalogVersion\":\"2026\","
                         "\"dateReleased\":\"2026-01-01T%02u:%02u:00.0Z\",\"count\":2,\"vulnerabilities\":[",
                         round / 60, round % 60);
    for (int i = 0; i < 2; i++)
        s = arena_printf(a,
                         "%.*s%s{\"cveID\":\"CVE-2026-%04u\",\"vendorProject\":\"v\",\"product\":\"p\","
                         "\"vulnerabilityName\":\"n\",\"dateAdded\":\"2026-01-0%u\",\"shortDescription\":\"d\","
                         "\"requiredAction\":\"r\",\"dueDate\":\"2026-02-0%u\",\"knownRansomwareCampaignUse\":\"%s\"}",
                         STR_ARG(s), i ? "," : "", 1000 + (unsigned)next(w, 12), 1 + (unsigned)next(w, 9),
                         1 + (unsigned)next(w, 9), next(w, 2) ? "Known" : "Unknown");
    return arena_cat(a, s, S("]}"));
}

static str random_epss(struct world *w, unsigned round) {
    struct arena *a = w->x->t.a;
    str s = arena_printf(a, "#model_version:v2025.03.14,score_date:2026-01-01T%02u:%02u:00+0000\ncve,epss,percentile\n",
                         round / 60, round % 60);
    for (unsigned i = 0; i < 12; i++)
        s = arena_printf(a, "%.*sCVE-2026-%04u,0.%05u,0.5\n", STR_ARG(s), 1000 + i, (unsigned)next(w, 99999));
    return s;
}

static const char *purl_of(struct world *w) {
    return arena_printf(w->x->t.a, "pkg:npm/thing%u@1.%u.%u", (unsigned)next(w, 6), (unsigned)next(w, 8),
                        (unsigned)next(w, 2))
        .p;
}

static void ship_some(struct world *w, unsigned n) {
    const char *purls[8];
    for (unsigned i = 0; i < n; i++)
        purls[i] = purl_of(w);
    ship(w, "p", arena_printf(w->x->t.a, "%u", (unsigned)next(w, 100000)).p, purls, n);
}

static void what_is_brought_up_to_date_equals_what_is_made_anew(void **state) {
    struct world w;
    open_world(&w, *state);
    struct home_test *x = w.x;
    ship_some(&w, 6);
    for (unsigned round = 0; round < 120; round++) {
        unsigned kind = (unsigned)next(&w, 8);
        if (kind == 0)
            ship_some(&w, 4);
        else if (kind == 1)
            import_text(&w, "kev.json", random_kev(&w, round));
        else if (kind == 2)
            import_text(&w, "epss.csv", random_epss(&w, round));
        if (kind > 2 || round == 0)
            import_text(&w, "a.json", random_advisory(&w, round));
        if (next(&w, 3) == 0)
            continue;
        update(&w, w.p);
        if (round % 4)
            continue;
        struct portfolio *anew;
        open_views(x, "anew.db", &anew);
        update(&w, anew);
        str grown = all_hits(&w, w.p, FLAW_BY_NEWEST), made = all_hits(&w, anew, FLAW_BY_SCORE);
        size_t same = 0;
        while (same < grown.n && same < made.n && grown.p[same] == made.p[same])
            same++;
        same = same > 200 ? same - 200 : 0;
        if (!str_eq(grown, made))
            fail_msg("round %u:\n…%.400s\n--- anew:\n…%.400s", round, str_from(grown, same).p, str_from(made, same).p);
        portfolio_close(anew);
        unlink(path_join(x->t.a, str_of(x->dir), S("anew.db")).p);
        unlink(path_join(x->t.a, str_of(x->dir), S("anew.db-wal")).p);
        unlink(path_join(x->t.a, str_of(x->dir), S("anew.db-shm")).p);
    }
    assert_true(all_hits(&w, w.p, FLAW_BY_EPSS).n > 0);
    portfolio_close(w.p);
}

static struct flaw_row flaw_named(struct world *w, const char *name) {
    struct home_test *x = w->x;
    struct flaw_row f = {.number = -1};
    bool found;
    MUST(hits_flaw(w->p, x->t.a, str_of(name), &found, &f, &x->t.e));
    return f;
}

static void a_flaw_keeps_its_number(void **state) {
    static const char *const purls[] = {"pkg:npm/left@1.0.0", "pkg:npm/right@1.0.0", "pkg:npm/far@3.0.0"};
    struct world w;
    open_world(&w, *state);
    ship(&w, "p", "1", purls, 3);
    import_text(&w, "a.json", OSV("A-1", "", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    import_text(&w, "a.json", OSV("A-2", "", "2026-01-01T00:00:00Z", "right", "2.0.0"));
    struct hits_change c = update(&w, w.p);
    assert_int_equal(c.flaws_new, 2);
    assert_int_equal(c.hits_new, 2);
    int64_t one = flaw_named(&w, "A-1").number, two = flaw_named(&w, "A-2").number;
    assert_int_not_equal(one, two);
    /* Nothing new: nothing looked at. */
    c = update(&w, w.p);
    assert_int_equal(c.components + c.packages + c.flaws.n, 0);
    /* A better name comes: the number stays. */
    import_text(&w, "a.json", OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-02T00:00:00Z", "left", "2.0.0"));
    c = update(&w, w.p);
    assert_int_equal(c.packages, 1);
    assert_int_equal(flaw_named(&w, "CVE-2026-1").number, one);
    assert_true(str_is(flaw_named(&w, "A-1").id, "CVE-2026-1"));
    /* The two turn out to be one: both numbers answer, and both components are hit by it. */
    import_text(&w, "a.json", OSV("A-2", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-03T00:00:00Z", "right", "2.0.0"));
    update(&w, w.p);
    assert_int_equal(flaw_named(&w, "A-2").number, one);
    struct home_test *x = w.x;
    struct flaw_row f;
    struct hit_rows hits;
    MUST(hits_flaw_row(w.p, x->t.a, two, &f, &x->t.e));
    assert_int_equal(f.number, one);
    MUST(hits_of_flaw(w.p, x->t.a, one, &hits, &x->t.e));
    assert_int_equal(hits.n, 2);
    /* Withdrawn: what it hit is hit no more. */
    import_text(&w, "a.json",
                OSV("A-2", "\"withdrawn\":\"2026-01-04T00:00:00Z\",", "2026-01-04T00:00:00Z", "right", "2.0.0"));
    c = update(&w, w.p);
    assert_int_equal(c.hits_gone, 1);
    portfolio_close(w.p);
}

static void say_in_store(struct world *w, const char *sql) {
    struct home_test *x = w->x;
    MUST(store_begin(w->p->store, &x->t.e) && store_exec(w->p->store, sql, &x->t.e) &&
         store_commit(w->p->store, &x->t.e));
}

/* Hits that another program found, or of components that have other numbers now, are not believed. */
static void another_program_matches_anew(void **state) {
    static const char *const purls[] = {"pkg:npm/left@1.0.0", "pkg:npm/right@1.0.0"};
    static const char wrong[] = "UPDATE hit SET component = component + 1048576, fixed = '9'";
    struct world w;
    open_world(&w, *state);
    struct home_test *x = w.x;
    ship(&w, "p", "1", purls, 2);
    import_text(&w, "a.json", OSV("A-1", "", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    update(&w, w.p);
    str right = all_hits(&w, w.p, FLAW_BY_SCORE);
    int64_t number = flaw_named(&w, "A-1").number;
    say_in_store(&w, wrong);
    update(&w, w.p);
    assert_false(str_eq(all_hits(&w, w.p, FLAW_BY_SCORE), right)); /* or nothing is shown by what follows */
    say_in_store(&w, "UPDATE hit_base SET program = '0.0.1'");
    update(&w, w.p);
    check_str(all_hits(&w, w.p, FLAW_BY_SCORE), right.p);
    say_in_store(&w, wrong);
    MUST(portfolio_rebuild(w.p, &x->t.e));
    MUST(hits_again(w.p, w.db_path, &x->t.e));
    check_str(all_hits(&w, w.p, FLAW_BY_SCORE), right.p);
    assert_int_equal(flaw_named(&w, "A-1").number, number);
    portfolio_close(w.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {HOME_TEST(a_flaw_keeps_its_number), HOME_TEST(another_program_matches_anew),
                                       HOME_TEST(what_is_brought_up_to_date_equals_what_is_made_anew)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
