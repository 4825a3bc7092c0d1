/* SPDX-License-Identifier: Apache-2.0 */
#include "base/temporary.h"
#include "base/testing.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vuln/vuln.h"

/* A folder for one test: texts go in, a database comes out. */
struct place {
    struct testing *t;
    str dir, db;
};

static struct place place_new(struct testing *t) {
    char name[256];
    temporary_name(name, sizeof name, "import");
    assert_non_null(mkdtemp(name));
    t->ctx.quiet = true;
    struct place p = {t, arena_str(t->a, str_of(name)), {0}};
    p.db = path_join(t->a, p.dir, S("advisories.db"));
    return p;
}

static void place_end(struct place *p) {
    DIR *d = opendir(arena_cstr(p->t->a, p->dir));
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        unlink(arena_cstr(p->t->a, path_join(p->t->a, p->dir, str_of(e->d_name))));
    closedir(d);
    rmdir(arena_cstr(p->t->a, p->dir));
}

static str put(struct place *p, const char *name, str text) {
    str path = path_join(p->t->a, p->dir, str_of(name));
    assert_true(file_replace(path, text, &p->t->e));
    return path;
}

static struct import_result take(struct place *p, const char *name, str text) {
    struct import_result r;
    str path = put(p, name, text);
    if (!advdb_import(&p->t->ctx, p->db, &path, 1, &r, &p->t->e))
        fail_msg("%s: %s", p->t->e.where, p->t->e.what);
    return r;
}

static str digest(struct place *p) {
    struct advdb *db;
    struct advdb_info info;
    assert_true(advdb_open(&p->t->ctx, p->db, &db, &p->t->e));
    advdb_info(db, p->t->a, &info);
    advdb_close(db);
    return info.digest;
}

/* "id fixed" of each hit, joined by ", ". */
static str ask(struct place *p, const char *purl, const char *cpe) {
    struct advdb *db;
    struct sbom_component k = {.purl = purl ? str_of(purl) : (str){NULL, 0}};
    struct hits hits;
    enum assessed assessed;
    struct buf b = {0};
    if (cpe)
        *vec_push(p->t->a, &k.cpes) = str_of(cpe);
    assert_true(advdb_open(&p->t->ctx, p->db, &db, &p->t->e));
    struct matcher *m = matcher_new(&p->t->ctx, db);
    assert_true(matcher_component(m, &k, p->t->a, &hits, &assessed, &p->t->e));
    for (uint32_t i = 0; i < hits.n; i++)
        buf_addf(&b, "%s%.*s %.*s", i ? ", " : "", STR_ARG(hits.v[i].advisory),
                 STR_ARG(hits.v[i].fixed.p ? hits.v[i].fixed : S("-")));
    str s = arena_str(p->t->a, buf_str(&b));
    buf_free(&b);
    matcher_free(m);
    advdb_close(db);
    return s;
}

static struct advisory about(struct place *p, const char *id) {
    struct advdb *db;
    struct advisory out;
    assert_true(advdb_open(&p->t->ctx, p->db, &db, &p->t->e));
    struct matcher *m = matcher_new(&p->t->ctx, db);
    assert_true(matcher_advisory(m, str_of(id), p->t->a, &out, &p->t->e));
    assert_true(matcher_details(m, p->t->a, &out, &p->t->e));
    matcher_free(m);
    advdb_close(db);
    return out;
}

static str osv(struct arena *a, const char *id, const char *modified, const char *more, const char *name,
               const char *fixed) {
    return arena_printf(a,
                        "{\"id\":\"%s\",\"modified\":\"%s\",%s\"affected\":[{\"package\":{\"ecosystem\":\"npm\","
                        "\"name\":\"%s\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},"
                        "{\"fixed\":\"%s\"}]}]}]}",
                        id, modified, more, name, fixed);
}

/* ── what changes and what does not ── */

static void the_same_again_changes_nothing(void **state) {
    struct place p = place_new(*state);
    str text = osv(p.t->a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0");
    assert_int_equal(take(&p, "a.json", text).added, 1);
    str before = digest(&p);
    struct import_result r = take(&p, "a.json", text);
    assert_int_equal(r.added + r.changed + r.withdrawn, 0);
    assert_int_equal(r.unchanged, 1);
    assert_true(str_eq(digest(&p), before));
    check_str(ask(&p, "pkg:npm/left@0.9.0", NULL), "X-1 1.0.0");
    place_end(&p);
}

static void the_later_text_wins_in_any_order(void **state) {
    struct place p = place_new(*state);
    str old = osv(p.t->a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0");
    str new = osv(p.t->a, "X-1", "2024-02-01T00:00:00Z", "", "left", "2.0.0");
    take(&p, "a.json", old);
    assert_int_equal(take(&p, "a.json", new).changed, 1);
    check_str(ask(&p, "pkg:npm/left@1.5.0", NULL), "X-1 2.0.0");
    str digest_up = digest(&p);
    assert_int_equal(take(&p, "a.json", old).unchanged, 1);
    check_str(ask(&p, "pkg:npm/left@1.5.0", NULL), "X-1 2.0.0");
    assert_true(str_eq(digest(&p), digest_up));
    unlink(arena_cstr(p.t->a, p.db));
    take(&p, "a.json", new);
    take(&p, "a.json", old);
    assert_true(str_eq(digest(&p), digest_up));
    place_end(&p);
}

static void without_a_time_the_last_import_wins(void **state) {
    struct place p = place_new(*state);
    take(&p, "a.json", osv(p.t->a, "X-1", "0001-01-01T00:00:00Z", "", "left", "1.0.0"));
    take(&p, "a.json", osv(p.t->a, "X-1", "0001-01-01T00:00:00Z", "", "left", "2.0.0"));
    check_str(ask(&p, "pkg:npm/left@0.5.0", NULL), "X-1 2.0.0");
    take(&p, "a.json", osv(p.t->a, "X-1", "0001-01-01T00:00:00Z", "", "left", "1.0.0"));
    check_str(ask(&p, "pkg:npm/left@0.5.0", NULL), "X-1 1.0.0");
    place_end(&p);
}

static void a_renamed_package_leaves_its_old_name(void **state) {
    struct place p = place_new(*state);
    take(&p, "a.json", osv(p.t->a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0"));
    take(&p, "b.json", osv(p.t->a, "X-2", "2024-01-01T00:00:00Z", "", "left", "1.0.0"));
    take(&p, "a.json", osv(p.t->a, "X-1", "2024-02-01T00:00:00Z", "", "right", "1.0.0"));
    check_str(ask(&p, "pkg:npm/left@0.1.0", NULL), "X-2 1.0.0");
    check_str(ask(&p, "pkg:npm/right@0.1.0", NULL), "X-1 1.0.0");
    place_end(&p);
}

static void a_withdrawn_one_leaves_and_stays_away(void **state) {
    struct place p = place_new(*state);
    str old = osv(p.t->a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0");
    take(&p, "a.json", old);
    str gone = osv(p.t->a, "X-1", "2024-02-01T00:00:00Z", "\"withdrawn\":\"2024-02-01T00:00:00Z\",", "left", "1.0.0");
    assert_int_equal(take(&p, "a.json", gone).withdrawn, 1);
    check_str(ask(&p, "pkg:npm/left@0.9.0", NULL), "");
    take(&p, "a.json", old);
    check_str(ask(&p, "pkg:npm/left@0.9.0", NULL), "");
    place_end(&p);
}

static uint32_t flaw_of(struct place *p, const char *purl, const char *id) {
    struct advdb *db;
    struct sbom_component k = {.purl = str_of(purl)};
    struct hits hits;
    enum assessed assessed;
    assert_true(advdb_open(&p->t->ctx, p->db, &db, &p->t->e));
    struct matcher *m = matcher_new(&p->t->ctx, db);
    assert_true(matcher_component(m, &k, p->t->a, &hits, &assessed, &p->t->e));
    uint32_t flaw = 0;
    for (uint32_t i = 0; i < hits.n; i++)
        if (str_is(hits.v[i].advisory, id))
            flaw = hits.v[i].flaw;
    matcher_free(m);
    advdb_close(db);
    assert_int_not_equal(flaw, 0);
    return flaw;
}

static void aliases_join_one_flaw_also_in_circles(void **state) {
    struct place p = place_new(*state);
    struct arena *a = p.t->a;
    const char *t1 = "2024-01-01T00:00:00Z", *purl = "pkg:npm/left@0.9.0";
    take(&p, "a.json", osv(a, "GHSA-a", t1, "\"aliases\":[\"CVE-2024-1\",\"PYSEC-b\"],", "left", "1.0.0"));
    take(&p, "b.json", osv(a, "PYSEC-b", t1, "\"aliases\":[\"GHSA-a\",\"GO-c\"],", "left", "1.0.0"));
    take(&p, "c.json", osv(a, "GO-c", t1, "\"aliases\":[\"PYSEC-b\"],", "left", "1.0.0"));
    take(&p, "d.json", osv(a, "Z-1", t1, "", "left", "1.0.0"));
    assert_int_equal(flaw_of(&p, purl, "GHSA-a"), flaw_of(&p, purl, "GO-c"));
    assert_int_not_equal(flaw_of(&p, purl, "GHSA-a"), flaw_of(&p, purl, "Z-1"));
    struct advisory v = about(&p, "GO-c");
    assert_true(v.aliases.n == 3 && str_is(v.aliases.v[0], "CVE-2024-1"));
    /* Without the middle one the two ends are strangers. */
    take(&p, "b.json", osv(a, "PYSEC-b", "2024-02-01T00:00:00Z", "", "left", "1.0.0"));
    take(&p, "c.json", osv(a, "GO-c", "2024-02-01T00:00:00Z", "", "left", "1.0.0"));
    assert_int_not_equal(flaw_of(&p, purl, "GHSA-a"), flaw_of(&p, purl, "GO-c"));
    place_end(&p);
}

/* ── formats ── */

static const char nvd[] =
    "{\"format\":\"NVD_CVE\",\"version\":\"2.0\",\"vulnerabilities\":[{\"cve\":{\"id\":\"CVE-2024-7\","
    "\"published\":\"2024-01-01T00:00:00.000\",\"lastModified\":\"2024-01-02T00:00:00.000\",\"vulnStatus\":"
    "\"Analyzed\","
    "\"descriptions\":[{\"lang\":\"es\",\"value\":\"hola\"},{\"lang\":\"en\",\"value\":\"hello\"}],\"metrics\":"
    "{\"cvssMetricV31\":[{\"source\":\"nvd\",\"cvssData\":{\"vectorString\":"
    "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/"
    "A:H\",\"baseScore\":9.8}}]},\"weaknesses\":[{\"description\":[{\"lang\":"
    "\"en\",\"value\":\"CWE-79\"}]}],\"configurations\":[{\"operator\":\"AND\",\"nodes\":[{\"operator\":\"OR\","
    "\"negate\":false,\"cpeMatch\":[{\"vulnerable\":true,\"criteria\":\"cpe:2.3:a:acme:tool:*:*:*:*:*:*:*:*\","
    "\"versionStartExcluding\":\"1.0\",\"versionEndExcluding\":\"2.0\"},{\"vulnerable\":true,\"criteria\":"
    "\"cpe:2.3:a:acme:tool:3.1:*:*:*:*:*:*:*\"}]},{\"operator\":\"OR\",\"negate\":false,\"cpeMatch\":[{\"vulnerable\":"
    "false,\"criteria\":\"cpe:2.3:o:acme:os:-:*:*:*:*:*:*:*\"}]}]},{\"nodes\":[{\"operator\":\"OR\",\"negate\":true,"
    "\"cpeMatch\":[{\"vulnerable\":true,\"criteria\":\"cpe:2.3:a:acme:negated:*:*:*:*:*:*:*:*\"}]}]}]}}]}";

static void nvd_by_vendor_and_product(void **state) {
    struct place p = place_new(*state);
    take(&p, "nvd.json", str_of(nvd));
    check_str(ask(&p, NULL, "cpe:2.3:a:acme:tool:1.5:*:*:*:*:*:*:*"), "CVE-2024-7 2.0");
    check_str(ask(&p, NULL, "cpe:2.3:a:acme:tool:1.0:*:*:*:*:*:*:*"), "");
    check_str(ask(&p, NULL, "cpe:2.3:a:acme:tool:2.0:*:*:*:*:*:*:*"), "");
    check_str(ask(&p, NULL, "cpe:2.3:a:acme:tool:3.1:*:*:*:*:*:*:*"), "CVE-2024-7 -");
    check_str(ask(&p, NULL, "cpe:2.3:a:other:tool:1.5:*:*:*:*:*:*:*"), "");
    check_str(ask(&p, NULL, "cpe:2.3:o:acme:os:1.0:*:*:*:*:*:*:*"), "");
    check_str(ask(&p, NULL, "cpe:2.3:a:acme:negated:1.0:*:*:*:*:*:*:*"), "");
    check_str(ask(&p, "pkg:npm/tool@1.5", "cpe:2.3:a:acme:tool:1.5:*:*:*:*:*:*:*"), "CVE-2024-7 2.0");
    struct advisory v = about(&p, "CVE-2024-7");
    check_str(v.details, "hello");
    assert_true(v.ratings.n == 1 && v.ratings.v[0].score > 9.75 && v.ratings.v[0].score < 9.85);
    assert_true(v.cwes.n == 1 && str_is(v.cwes.v[0], "CWE-79"));
    take(&p, "x.json", osv(p.t->a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0"));
    /* A component that a purl identifies is not judged by a guess. */
    check_str(ask(&p, "pkg:npm/tool@1.5.0", "cpe:2.3:a:acme:tool:1.5:*:*:*:*:*:*:*"), "");
    place_end(&p);
}

/* The second half of an AND, what the flaw needs beside it, is held against the system where that is known. */
static void nvd_platforms(void **state) {
    static const struct {
        const char *platforms, *os, *version;
        bool hit;
    } systems[] = {
        {"o:microsoft:windows o:apple:macos", "debian", "12", false},
        {"o:microsoft:windows o:apple:macos", NULL, NULL, true}, /* not known */
        {"o:microsoft:windows o:linux:linux_kernel", "debian", "12", true},
        {"o:microsoft:windows h:acme:box", "debian", "12", true},
        {"a:acme:driver", "debian", "12", true},
        {"o:debian:debian_linux", "debian", "12", true},
        {"o:redhat:enterprise_linux", "debian", "12", false},
        {"o:redhat:enterprise_linux", "rhel", "9", true},
    };
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        struct place p = place_new(*state);
        struct arena *a = p.t->a;
        struct buf b = {0};
        str rest = str_of(systems[i].platforms), one;
        buf_addz(&b,
                 "{\"format\":\"NVD_CVE\",\"vulnerabilities\":[{\"cve\":{\"id\":\"CVE-2024-9\",\"lastModified\":"
                 "\"2024-01-02T00:00:00.000\",\"configurations\":[{\"operator\":\"AND\",\"nodes\":[{\"operator\":"
                 "\"OR\",\"cpeMatch\":[{\"vulnerable\":true,\"criteria\":\"cpe:2.3:a:acme:tool:*:*:*:*:*:*:*:*\"}]},"
                 "{\"operator\":\"OR\",\"cpeMatch\":[");
        for (bool first = true; str_next(&rest, ' ', &one); first = false)
            buf_addf(&b, "%s{\"vulnerable\":false,\"criteria\":\"cpe:2.3:%.*s:-:*:*:*:*:*:*:*\"}", first ? "" : ",",
                     STR_ARG(one));
        buf_addz(&b, "]}]}]}}]}");
        take(&p, "nvd.json", arena_str(a, buf_str(&b)));
        buf_free(&b);
        struct sbom *s = sbom_new(a);
        if (systems[i].os) {
            struct sbom_component *os = sbom_add(s);
            os->type = TYPE_OS;
            os->name = str_of(systems[i].os);
            os->version = str_of(systems[i].version);
        }
        struct advdb *db;
        struct sbom_component k = {.name = S("tool")};
        struct hits hits;
        enum assessed assessed;
        *vec_push(a, &k.cpes) = S("cpe:2.3:a:acme:tool:1.5:*:*:*:*:*:*:*");
        assert_true(advdb_open(&p.t->ctx, p.db, &db, &p.t->e));
        struct matcher *m = matcher_new(&p.t->ctx, db);
        matcher_document(m, s);
        assert_true(matcher_component(m, &k, a, &hits, &assessed, &p.t->e));
        if ((hits.n == 1) != systems[i].hit)
            fail_msg("%s on %s: %u", systems[i].platforms, systems[i].os ? systems[i].os : "?", hits.n);
        matcher_free(m);
        advdb_close(db);
        place_end(&p);
    }
}

/* A copy left behind by an import that was killed goes with the next one; other files stay. */
static void a_killed_import_leaves_nothing_for_long(void **state) {
    struct place p = place_new(*state);
    put(&p, "advisories.db.new-Ab12xY", S("half"));
    put(&p, "advisories.db.backup", S("whole"));
    take(&p, "nvd.json", str_of(nvd));
    assert_false(path_exists(path_join(p.t->a, p.dir, S("advisories.db.new-Ab12xY"))));
    assert_true(path_exists(path_join(p.t->a, p.dir, S("advisories.db.backup"))));
    place_end(&p);
}

/* As somebody who may read the folder and not write there; a superuser may always write. */
static void import_nobody_may_write(struct place *p, str input) {
    struct import_result r;
    struct err e = {0};
    bool refused = !advdb_import(&p->t->ctx, p->db, &input, 1, &r, &e) && e.kind == ERR_ENV &&
                   str_eq(str_of(e.where), p->db);
    _exit(refused ? 0 : 1);
}

static void a_folder_that_cannot_be_written_is_said(void **state) {
    struct place p = place_new(*state);
    int status = -1;
    str input = put(&p, "nvd.json", str_of(nvd));
    take(&p, "nvd.json", str_of(nvd));
    str before = digest(&p);
    assert_int_equal(chmod(arena_cstr(p.t->a, p.dir), 0555), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(2);
        import_nobody_may_write(&p, input);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(arena_cstr(p.t->a, p.dir), 0755), 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_true(str_eq(digest(&p), before));
    place_end(&p);
}

static const char cve[] =
    "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2024-8\",\"state\":"
    "\"PUBLISHED\",\"dateUpdated\":\"2024-03-01T00:00:00.000Z\"},\"containers\":{\"cna\":{\"title\":\"T\","
    "\"providerMetadata\":{\"shortName\":\"acme\"},\"affected\":[{\"packageURL\":\"pkg:pypi/thing\",\"versions\":["
    "{\"version\":\"1.0\",\"status\":\"affected\",\"lessThan\":\"1.4\",\"versionType\":\"python\",\"changes\":[{\"at\":"
    "\"1.2.7\",\"status\":\"unaffected\"},{\"at\":\"1.3\",\"status\":\"affected\"}]},{\"version\":\"2.1\",\"status\":"
    "\"affected\"}]},{\"packageURL\":\"pkg:pypi/"
    "rest\",\"defaultStatus\":\"affected\",\"versions\":[{\"version\":\"3.0\","
    "\"status\":\"unaffected\",\"lessThan\":\"*\",\"versionType\":\"python\"}]},{\"packageURL\":\"pkg:pypi/but\","
    "\"defaultStatus\":\"affected\",\"versions\":[{\"version\":\"1.2\",\"status\":\"unaffected\"},{\"version\":\"n/a\","
    "\"status\":\"unaffected\"}]}],\"metrics\":[{\"cvssV3_1\":"
    "{\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H\",\"baseScore\":7.5}}]},\"adp\":[{\"metrics\":["
    "{\"other\":{\"type\":\"ssvc\",\"content\":{\"options\":[{\"Exploitation\":\"poc\"},{\"Automatable\":\"yes\"},"
    "{\"Technical Impact\":\"partial\"}]}}}]}]}}";

static void cve_records_with_changes_and_defaults(void **state) {
    struct place p = place_new(*state);
    take(&p, "cve.json", str_of(cve));
    check_str(ask(&p, "pkg:pypi/thing@1.1", NULL), "CVE-2024-8 1.2.7");
    check_str(ask(&p, "pkg:pypi/thing@1.2.8", NULL), "");
    check_str(ask(&p, "pkg:pypi/thing@1.3.1", NULL), "CVE-2024-8 1.4");
    check_str(ask(&p, "pkg:pypi/thing@1.4", NULL), "");
    check_str(ask(&p, "pkg:pypi/thing@2.1", NULL), "CVE-2024-8 -");
    check_str(ask(&p, "pkg:pypi/rest@2.9", NULL), "CVE-2024-8 3.0");
    check_str(ask(&p, "pkg:pypi/rest@3.0", NULL), "");
    check_str(ask(&p, "pkg:pypi/but@1.1", NULL), "CVE-2024-8 -");
    check_str(ask(&p, "pkg:pypi/but@1.2.0", NULL), "");
    check_str(ask(&p, "pkg:pypi/but@1.3", NULL), "CVE-2024-8 -");
    struct advisory v = about(&p, "CVE-2024-8");
    check_str(v.ssvc_exploitation, "poc");
    check_str(v.ssvc_impact, "partial");
    check_str(v.ratings.v[0].source, "acme");
    place_end(&p);
}

/* The rule of the CVE schema: the first entry that has a version decides, its changes over it, else the default. */
static void epss_lines_without_a_score_are_told(void **state) {
    struct place p = place_new(*state);
    uint32_t n;
    take(&p, "a.json", osv(p.t->a, "GHSA-x", "2024-01-01T00:00:00Z", "\"aliases\":[\"CVE-2024-1\"],", "left", "1.0.0"));
    take(&p, "epss.csv",
         S("#model_version:v1,score_date:2024-01-01T00:00:00+0000\r\ncve,epss,percentile\r\nCVE-2024-2,much,0.5\r\n"
           "CVE-2024-1,0.25,0.5\r\nCVE-2024-3,0.5\r\n"));
    assert_true(about(&p, "GHSA-x").epss == 0.25);
    const struct warning *w = ctx_warnings(&p.t->ctx, &n);
    assert_int_equal(n, 1);
    assert_true(str_ends(w->where, S("epss.csv:3")));
    place_end(&p);
}

static void cve_entries_decide_in_turn(void **state) {
    static const struct {
        const char *standard, *versions, *version;
        bool hit;
    } rows[] = {
#define UPTO15 "{\"version\":\"1.0\",\"status\":\"unaffected\",\"lessThanOrEqual\":\"1.5\",\"versionType\":\"python\"}"
        {"affected", UPTO15, "0.9", true},
        {"affected", UPTO15, "1.5", false},
        {"affected", UPTO15, "1.6", true},
#define CHANGED                                                                                                        \
    "{\"version\":\"1.0\",\"status\":\"unaffected\",\"lessThan\":\"3.0\",\"changes\":[{\"at\":\"2.0\",\"status\":"     \
    "\"affected\"}]}"
        {"unaffected", CHANGED, "1.9", false},
        {"unaffected", CHANGED, "2.0", true},
        {"unaffected", CHANGED, "3.0", false},
        {"affected", CHANGED, "0.9", true},
        {"affected", CHANGED, "1.9", false},
        {"affected", CHANGED, "2.0", true},
        {"affected", CHANGED, "3.0", true},
#define RANGE(status) "{\"version\":\"1.0\",\"status\":\"" status "\",\"lessThan\":\"2.0\"}"
#define ONE(status) "{\"version\":\"1.5\",\"status\":\"" status "\"}"
        {"unaffected", ONE("unaffected") "," RANGE("affected"), "1.5", false},
        {"unaffected", RANGE("affected") "," ONE("unaffected"), "1.5", true},
        {"unaffected", ONE("unaffected") "," RANGE("affected"), "1.6", true},
        {"affected", ONE("affected") "," RANGE("unaffected"), "1.5", true},
        {"affected", RANGE("unaffected") "," ONE("affected"), "1.5", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct place p = place_new(*state);
        take(&p, "cve.json",
             arena_printf(
                 p.t->a,
                 "{\"dataType\":\"CVE_RECORD\",\"cveMetadata\":{\"cveId\":\"CVE-2024-8\",\"state\":\"PUBLISHED\"},"
                 "\"containers\":{\"cna\":{\"affected\":[{\"packageURL\":\"pkg:pypi/x\",\"defaultStatus\":\"%s\","
                 "\"versions\":[%s]}]}}}",
                 rows[i].standard, rows[i].versions));
        str got = ask(&p, arena_cstr(p.t->a, arena_printf(p.t->a, "pkg:pypi/x@%s", rows[i].version)), NULL);
        if ((got.n > 0) != rows[i].hit)
            fail_msg("%s, %s, %s: \"%.*s\"", rows[i].standard, rows[i].versions, rows[i].version, STR_ARG(got));
        place_end(&p);
    }
}

static void kev_and_epss_join_by_cve(void **state) {
    struct place p = place_new(*state);
    take(&p, "x.json",
         osv(p.t->a, "GHSA-x", "2024-01-01T00:00:00Z", "\"aliases\":[\"CVE-2021-44228\"],", "left", "1.0.0"));
    take(&p, "kev.csv",
         S("cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,"
           "knownRansomwareCampaignUse,notes\nCVE-2021-44228,\"A, Inc\",Log4j,\"the \"\"shell\"\"\",2021-12-10,\"two\n"
           "lines\",Patch,2021-12-24,Known,\n"));
    take(&p, "epss.csv",
         S("#model_version:v1,score_date:2024-01-01T00:00:00+0000\ncve,epss,percentile\n"
           "CVE-2021-44228,0.97565,0.99998\n"));
    struct advisory v = about(&p, "GHSA-x");
    assert_true(v.kev && v.kev_ransomware);
    check_str(v.kev_due, "2021-12-24");
    assert_true(v.epss > 0.9756 && v.epss < 0.9757);
    /* An older list changes nothing, a newer one replaces all. */
    take(&p, "old.csv",
         S("#model_version:v1,score_date:2023-01-01T00:00:00+0000\ncve,epss,percentile\nCVE-2021-44228,0.1,0.1\n"));
    assert_true(about(&p, "GHSA-x").epss > 0.97);
    take(&p, "kev.json",
         S("{\"catalogVersion\":\"2\",\"dateReleased\":\"2025-01-01T00:00:00Z\",\"count\":0,"
           "\"vulnerabilities\":[]}"));
    assert_false(about(&p, "GHSA-x").kev);
    place_end(&p);
}

static const char jvn[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><VULDEF-Document xmlns=\"urn:v\" version=\"3.2\"><Vulinfo><VulinfoID>"
    "JVNDB-2024-000001</VulinfoID><VulinfoData><Title>題</Title><VulinfoDescription><Overview>概要</Overview>"
    "</VulinfoDescription><Affected><AffectedItem><Cpe version=\"2.2\">cpe:/a:acme:groupware</Cpe><VersionNumber>4.0 "
    "から "
    "4.2.1</VersionNumber><VersionNumber>3.1 未満</VersionNumber><VersionNumber>5.0 および "
    "5.2</VersionNumber></AffectedItem><AffectedItem>"
    "<Cpe version=\"2.2\">cpe:/a:acme:any</Cpe><VersionNumber>すべてのバージョン</VersionNumber></AffectedItem>"
    "<AffectedItem><Cpe version=\"2.2\">cpe:/a:acme:viewer</Cpe><VersionNumber>2.5 およびそれ以前</VersionNumber>"
    "</AffectedItem></Affected><Impact><Cvss "
    "version=\"3.0\"><Base>6.1</Base><Vector>CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/"
    "I:L/A:N</Vector></Cvss></Impact><Related><RelatedItem type=\"cve\"><VulinfoID>CVE-2024-9</VulinfoID></RelatedItem>"
    "<RelatedItem "
    "type=\"cwe\"><VulinfoID>CWE-79</VulinfoID></RelatedItem></Related><DateLastUpdated>2024-01-05T00:00:00"
    "+09:00</DateLastUpdated></VulinfoData></Vulinfo></VULDEF-Document>";

static void jvn_versions_as_people_write_them(void **state) {
    static const struct {
        const char *cpe, *hits;
    } rows[] = {{"cpe:/a:acme:groupware:4.1", "JVNDB-2024-000001 -"},
                {"cpe:/a:acme:groupware:4.2.1", "JVNDB-2024-000001 -"},
                {"cpe:/a:acme:groupware:4.2.2", ""},
                {"cpe:/a:acme:groupware:3.0", "JVNDB-2024-000001 3.1"},
                {"cpe:/a:acme:groupware:3.1", ""},
                {"cpe:/a:acme:groupware:5.0", "JVNDB-2024-000001 -"},
                {"cpe:/a:acme:groupware:5.1", ""},
                {"cpe:/a:acme:groupware:5.2", "JVNDB-2024-000001 -"},
                {"cpe:/a:acme:any:7", "JVNDB-2024-000001 -"},
                {"cpe:/a:acme:viewer:2.5", "JVNDB-2024-000001 -"},
                {"cpe:/a:acme:viewer:2.6", ""}};
    struct place p = place_new(*state);
    take(&p, "jvn.xml", str_of(jvn));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_str(ask(&p, NULL, rows[i].cpe), rows[i].hits);
    struct advisory v = about(&p, "JVNDB-2024-000001");
    check_str(v.summary, "題");
    assert_true(v.aliases.n == 1 && str_is(v.aliases.v[0], "CVE-2024-9"));
    place_end(&p);
}

static const char csaf[] =
    "{\"document\":{\"category\":\"csaf_security_advisory\",\"csaf_version\":\"2.0\",\"title\":\"bash\",\"publisher\":"
    "{\"name\":\"acme\"},\"tracking\":{\"id\":\"ACME-1\",\"current_release_date\":\"2024-01-01T00:00:00Z\"}},"
    "\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"x\",\"branches\":[{\"category\":"
    "\"product_name\",\"name\":\"EL9\",\"product\":{\"product_id\":\"EL9\",\"name\":\"EL9\","
    "\"product_identification_helper\":{\"cpe\":\"cpe:/o:redhat:enterprise_linux:9::baseos\"}}},{\"category\":"
    "\"product_version\",\"name\":\"b\",\"product\":{\"product_id\":\"B\",\"name\":\"b\","
    "\"product_identification_helper\":{\"purl\":\"pkg:rpm/redhat/bash@5.1.8-9.el9?arch=x86_64\"}}},{\"category\":"
    "\"product_version\",\"name\":\"z\",\"product\":{\"product_id\":\"Z\",\"name\":\"z\","
    "\"product_identification_helper\":{\"purl\":\"pkg:rpm/redhat/zsh?arch=src\"}}},{\"category\":"
    "\"product_version_range\",\"name\":\"vers:npm/>=1.0.0|<1.4.0\",\"product\":{\"product_id\":\"N\",\"name\":\"n\","
    "\"product_identification_helper\":{\"purl\":\"pkg:npm/left\"}}}]}],\"relationships\":[{\"category\":"
    "\"default_component_of\",\"product_reference\":\"B\",\"relates_to_product_reference\":\"EL9\","
    "\"full_product_name\":{\"product_id\":\"EL9:B\",\"name\":\"b\"}},{\"category\":\"default_component_of\","
    "\"product_reference\":\"Z\",\"relates_to_product_reference\":\"EL9\",\"full_product_name\":{\"product_id\":"
    "\"EL9:Z\",\"name\":\"z\"}}]},\"vulnerabilities\":[{\"cve\":\"CVE-2024-10\",\"product_status\":{\"fixed\":["
    "\"EL9:B\"],\"known_affected\":[\"EL9:Z\",\"N\"]},\"remediations\":[{\"category\":\"no_fix_planned\",\"details\":"
    "\"no\",\"product_ids\":[\"EL9:Z\"]}]}]}";

static void csaf_products_by_purl_platform_and_range(void **state) {
    struct place p = place_new(*state);
    take(&p, "csaf.json", str_of(csaf));
    check_str(ask(&p, "pkg:rpm/redhat/bash@5.1.8-6.el9?arch=x86_64&distro=rhel-9", NULL), "ACME-1 5.1.8-9.el9");
    check_str(ask(&p, "pkg:rpm/redhat/bash@5.1.8-6.el9?arch=s390x&distro=rhel-9", NULL), "");
    check_str(ask(&p, "pkg:rpm/redhat/bash@5.1.8-9.el9?arch=x86_64&distro=rhel-9", NULL), "");
    check_str(ask(&p, "pkg:rpm/redhat/zsh@5.8-9.el9?arch=x86_64&distro=rhel-9.2", NULL), "ACME-1 -");
    check_str(ask(&p, "pkg:npm/left@1.3.9", NULL), "ACME-1 1.4.0");
    check_str(ask(&p, "pkg:npm/left@0.9.9", NULL), "");
    assert_true(about(&p, "ACME-1").aliases.n == 1);
    place_end(&p);
}

/* A CSAF document about pkg:npm/left: a tree, and the status of its products for one CVE. */
static str csaf_of(struct arena *a, const char *version, const char *category, const char *tree, const char *status) {
    return arena_printf(a,
                        "{\"document\":{\"category\":\"%s\",\"csaf_version\":\"%s\",\"title\":\"t\",\"publisher\":"
                        "{\"name\":\"acme\"},\"tracking\":{\"id\":\"ACME-2\",\"current_release_date\":"
                        "\"2024-0%d-01T00:00:00Z\"}},\"product_tree\":{%s},\"vulnerabilities\":[{\"cve\":"
                        "\"CVE-2024-11\",\"product_status\":{%s}}]}",
                        category, version, str_is(str_of(category), "csaf_withdrawn") ? 2 : 1, tree, status);
}

#define LEFT(id, purl)                                                                                                 \
    "{\"product_id\":\"" id "\",\"name\":\"n\",\"product_identification_helper\":{\"purl\":\"" purl "\"}}"

static void csaf_ranges_in_both_notations(void **state) {
    static const struct {
        const char *range, *hit, *miss; /* versions inside and outside; "" for none */
    } rows[] = {
        {"<2.0.0", "1.9.9", "2.0.0"},         {"<=2.0.0", "2.0.0", "2.0.1"}, {">1.0.0", "1.0.1", "1.0.0"},
        {">=1.0.0|<2.0.0", "1.0.0", "0.9.0"}, {"1.5.0", "1.5.0", "1.5.1"},   {"vers:madeup/<2.0.0", "1.9.9", "2.0.0"},
        {"vers:all/*", "9.0.0", ""},          {"all versions", "9.0.0", ""}, {"vers:none/*", "", "9.0.0"},
        {"prior to 2.0", "", "1.0.0"},        {"> 1 and <= 2", "", "1.5.0"}, {"vers:all/<2.0.0", "", "1.0.0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int clears = 0; clears < 2; clears++) {
            struct place p = place_new(*state);
            str tree = arena_printf(p.t->a,
                                    "\"branches\":[{\"category\":\"product_version_range\",\"name\":\"%s\","
                                    "\"product\":" LEFT("N", "pkg:npm/left") "}]",
                                    rows[i].range);
            const char *status = clears ? "\"known_not_affected\":[\"N\"]" : "\"known_affected\":[\"N\"]";
            take(&p, "a.json", osv(p.t->a, "CVE-2024-11", "2024-01-01T00:00:00Z", "", "left", "99.0.0"));
            take(&p, "csaf.json", csaf_of(p.t->a, "2.0", "csaf_security_advisory", arena_cstr(p.t->a, tree), status));
            for (int inside = 0; inside < 2; inside++) {
                const char *v = inside ? rows[i].hit : rows[i].miss;
                str got = ask(&p, arena_cstr(p.t->a, arena_printf(p.t->a, "pkg:npm/left@%s", v)), NULL);
                bool accused = str_find(got, S("ACME-2")) != STR_NONE, there = str_find(got, S("CVE-")) != STR_NONE;
                if (*v && (accused != (inside && !clears) || there != !(inside && clears)))
                    fail_msg("%s, %s: %.*s", rows[i].range, v, STR_ARG(got));
            }
            place_end(&p);
        }
}

static void csaf_2_1_says_it_otherwise(void **state) {
    struct place p = place_new(*state);
    const char *tree =
        "\"full_product_names\":[{\"product_id\":\"N\",\"name\":\"n\",\"product_identification_helper\":{\"purls\":["
        "\"pkg:npm/right@1.0.0\",\"pkg:npm/left@1.5.0\"]}},{\"product_id\":\"EL9\",\"name\":\"e\","
        "\"product_identification_helper\":{\"cpe\":\"cpe:/o:redhat:enterprise_linux:9::baseos\"}},"
        "{\"product_id\":\"B\",\"name\":\"b\",\"product_identification_helper\":{\"purls\":["
        "\"pkg:rpm/redhat/bash@5.1.8-9.el9\"]}}],\"product_paths\":[{\"beginning_product_reference\":\"B\","
        "\"full_product_name\":{\"product_id\":\"EL9:B\",\"name\":\"x\"},\"subpaths\":[{\"category\":"
        "\"default_component_of\",\"next_product_reference\":\"EL9\"}]}]";
    take(&p, "csaf.json",
         csaf_of(p.t->a, "2.1", "csaf_security_advisory", tree, "\"known_affected\":[\"N\"],\"fixed\":[\"EL9:B\"]"));
    check_str(ask(&p, "pkg:npm/left@1.5.0", NULL), "ACME-2 -");
    check_str(ask(&p, "pkg:npm/right@1.0.0", NULL), "ACME-2 -");
    check_str(ask(&p, "pkg:rpm/redhat/bash@5.1.8-6.el9?distro=rhel-9", NULL), "ACME-2 5.1.8-9.el9");
    take(&p, "gone.json", csaf_of(p.t->a, "2.1", "csaf_withdrawn", "", ""));
    check_str(ask(&p, "pkg:npm/left@1.5.0", NULL), "");
    place_end(&p);
}

static void csaf_first_affected_begins_what_others_end(void **state) {
    static const char tree[] = "\"full_product_names\":[" LEFT("1", "pkg:npm/left@1.0.0") "," LEFT(
        "2", "pkg:npm/left@2.0.0") "," LEFT("0", "pkg:npm/left@0.5.0") "]";
    static const struct {
        const char *status, *version, *hits;
    } rows[] = {
        {"\"first_affected\":[\"1\"],\"last_affected\":[\"2\"]", "0.9.0", ""},
        {"\"first_affected\":[\"1\"],\"last_affected\":[\"2\"]", "2.0.0", "ACME-2 -"},
        {"\"first_affected\":[\"1\"],\"last_affected\":[\"2\"]", "2.0.1", ""},
        {"\"first_affected\":[\"1\"],\"first_fixed\":[\"2\"]", "1.5.0", "ACME-2 2.0.0"},
        {"\"first_affected\":[\"1\"],\"first_fixed\":[\"2\"]", "2.0.0", ""},
        {"\"first_affected\":[\"1\"]", "9.0.0", "ACME-2 -"},
        {"\"last_affected\":[\"2\"]", "0.1.0", "ACME-2 -"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct place p = place_new(*state);
        take(&p, "csaf.json", csaf_of(p.t->a, "2.0", "csaf_security_advisory", tree, rows[i].status));
        str got = ask(&p, arena_cstr(p.t->a, arena_printf(p.t->a, "pkg:npm/left@%s", rows[i].version)), NULL);
        if (!str_is(got, rows[i].hits))
            fail_msg("%s, %s: %.*s", rows[i].status, rows[i].version, STR_ARG(got));
        place_end(&p);
    }
}

/* What a newer edition of a document does not clear any more is not cleared. */
static void csaf_takes_back_what_it_cleared(void **state) {
    struct place p = place_new(*state);
    static const char tree[] = "\"full_product_names\":[" LEFT("1", "pkg:npm/left@1.0.0") "]";
    take(&p, "a.json", osv(p.t->a, "CVE-2024-11", "2024-01-01T00:00:00Z", "", "left", "99.0.0"));
    str old = csaf_of(p.t->a, "2.0", "csaf_vex", tree, "\"known_not_affected\":[\"1\"]");
    take(&p, "old.json", old);
    check_str(ask(&p, "pkg:npm/left@1.0.0", NULL), "");
    str later = csaf_of(p.t->a, "2.0", "csaf_vex", tree, "\"under_investigation\":[\"1\"]");
    char *date = (char *)(uintptr_t)later.p + str_find(later, S("2024-01-01"));
    date[6] = '3';
    take(&p, "old.json", later);
    check_str(ask(&p, "pkg:npm/left@1.0.0", NULL), "CVE-2024-11 99.0.0");
    place_end(&p);
}

static void openvex_clears_one_flaw_of_one_version(void **state) {
    struct place p = place_new(*state);
    take(&p, "a.json", osv(p.t->a, "GHSA-x", "2024-01-01T00:00:00Z", "\"aliases\":[\"CVE-2024-1\"],", "left", "1.0.0"));
    take(&p, "b.json", osv(p.t->a, "GHSA-y", "2024-01-01T00:00:00Z", "", "left", "1.0.0"));
    take(&p, "vex.json",
         S("{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"urn:v\",\"timestamp\":\"2024-01-01T00:00:00Z\","
           "\"statements\":[{\"vulnerability\":{\"name\":\"CVE-2024-1\"},\"products\":[{\"@id\":\"pkg:npm/"
           "left@0.5.0\"}],"
           "\"status\":\"not_affected\",\"justification\":\"component_not_present\"}]}"));
    check_str(ask(&p, "pkg:npm/left@0.5.0", NULL), "GHSA-y 1.0.0");
    check_str(ask(&p, "pkg:npm/left@0.6.0", NULL), "GHSA-x 1.0.0, GHSA-y 1.0.0");
    place_end(&p);
}

/* ── bad input ── */

/* A zip with one stored entry; what the headers say of its size can be a lie. */
static str zip_of(struct arena *a, str name, str body, uint32_t said) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < body.n; i++) {
        crc ^= (unsigned char)body.p[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    crc = ~crc;
    struct buf b = {0};
    uint32_t packed = (uint32_t)body.n, at, n = (uint32_t)name.n;
#define U16(v) (buf_addc(&b, (char)((v)&255)), buf_addc(&b, (char)((v) >> 8 & 255)))
#define U32(v) (U16((v)&65535u), U16((v) >> 16))
    buf_add(&b, S("PK\3\4"));
    U16(20u), U16(0u), U16(0u), U32(0u), U32(crc), U32(packed), U32(said), U16(n), U16(0u);
    buf_add(&b, name);
    buf_add(&b, body);
    at = (uint32_t)b.n;
    buf_add(&b, S("PK\1\2"));
    U16(20u), U16(20u), U16(0u), U16(0u), U32(0u), U32(crc), U32(packed), U32(said), U16(n);
    U16(0u), U16(0u), U16(0u), U16(0u), U32(0u), U32(0u);
    buf_add(&b, name);
    uint32_t size = (uint32_t)b.n - at;
    buf_add(&b, S("PK\5\6"));
    U16(0u), U16(0u), U16(1u), U16(1u), U32(size), U32(at), U16(0u);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static str nested_zip(struct arena *a, unsigned deep) {
    str body = osv(a, "X-9", "2024-01-01T00:00:00Z", "", "left", "9.0.0");
    body = zip_of(a, S("x.json"), body, (uint32_t)body.n);
    for (unsigned i = 1; i < deep; i++)
        body = zip_of(a, S("inner.zip"), body, (uint32_t)body.n);
    return body;
}

static void zips_within_zips_are_read_to_a_depth(void **state) {
    struct place p = place_new(*state);
    assert_int_equal(take(&p, "a.zip", nested_zip(p.t->a, 3)).added, 1);
    check_str(ask(&p, "pkg:npm/left@1.0.0", NULL), "X-9 9.0.0");
    place_end(&p);
}

static void a_bad_input_is_one_error_and_the_database_stays(void **state) {
    struct place p = place_new(*state);
    struct arena *a = p.t->a;
    str good = osv(a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0"), before, after;
    str whole = zip_of(a, S("x.json"), good, (uint32_t)good.n);
    const struct {
        const char *name;
        str text;
        enum err_kind kind;
        const char *where; /* behind the folder */
    } rows[] = {{"cut.zip", str_upto(whole, whole.n - 30), ERR_INPUT, "/cut.zip"},
                {"bomb.zip", zip_of(a, S("x.json"), good, 0x7FFFFFFF), ERR_LIMIT, "/bomb.zip!x.json"},
                {"deep.zip", nested_zip(a, 12), ERR_LIMIT, "inner.zip"},
                {"cut.json", str_upto(good, 40), ERR_INPUT, "/cut.json:1:"},
                {"other.json", S("{\"hello\":1}"), ERR_INPUT, "/other.json"},
                {"empty.json", S(""), ERR_INPUT, "/empty.json"},
                {"deep.json", arena_printf(a, "%0600d", 0), ERR_INPUT, "/deep.json"},
                {"missing", {NULL, 0}, ERR_INPUT, "/missing"}};
    take(&p, "good.json", good);
    assert_true(file_read(&p.t->ctx, a, p.db, &before, &p.t->e));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct import_result r;
        struct err e = {0};
        str path = rows[i].text.p ? put(&p, rows[i].name, rows[i].text) : path_join(a, p.dir, str_of(rows[i].name));
        assert_false(advdb_import(&p.t->ctx, p.db, &path, 1, &r, &e));
        if (e.kind != rows[i].kind || !strstr(e.where, rows[i].where))
            fail_msg("%s: kind %d at \"%s\": %s", rows[i].name, e.kind, e.where, e.what);
        unlink(arena_cstr(a, path));
        assert_true(file_read(&p.t->ctx, a, p.db, &after, &p.t->e));
        assert_true(str_eq(before, after));
    }
    place_end(&p);
}

static uint32_t files_in(struct place *p) {
    uint32_t n = 0;
    DIR *d = opendir(arena_cstr(p->t->a, p->dir));
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static void a_folder_is_read_past_its_bad_files(void **state) {
    struct place p = place_new(*state);
    struct import_result r;
    uint32_t n;
    put(&p, "a.json", osv(p.t->a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0"));
    put(&p, "b.json", S("{\"id\":"));
    put(&p, "README.txt", S("not looked at"));
    str db = arena_printf(p.t->a, "%.*s.db", STR_ARG(p.dir));
    assert_true(advdb_import(&p.t->ctx, db, &p.dir, 1, &r, &p.t->e));
    assert_int_equal(r.added, 1);
    assert_int_equal(r.skipped, 1);
    const struct warning *w = ctx_warnings(&p.t->ctx, &n);
    assert_int_equal(n, 1);
    assert_true(str_find(w->where, S("/b.json:1:")) != STR_NONE);
    unlink(arena_cstr(p.t->a, db));
    place_end(&p);
}

static void a_full_disk_leaves_the_old_database(void **state) {
    struct place p = place_new(*state);
    struct buf b = {0};
    str before, after;
    struct import_result r;
    struct err e = {0};
    take(&p, "a.json", osv(p.t->a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0"));
    assert_true(file_read(&p.t->ctx, p.t->a, p.db, &before, &p.t->e));
    buf_addc(&b, '[');
    for (int i = 0; i < 4000; i++) {
        str id = arena_printf(p.t->a, "Y-%d", i);
        buf_addf(&b, "%s", i ? "," : "");
        buf_add(&b, osv(p.t->a, arena_cstr(p.t->a, id), "2024-01-01T00:00:00Z", "", arena_cstr(p.t->a, id), "1.0.0"));
    }
    buf_addc(&b, ']');
    str path = put(&p, "many.json", buf_str(&b));
    buf_free(&b);
    uint32_t files = files_in(&p);
    struct rlimit old, small;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    small = old;
    small.rlim_cur = before.n + 65536;
    setrlimit(RLIMIT_FSIZE, &small);
    bool ok = advdb_import(&p.t->ctx, p.db, &path, 1, &r, &e);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_false(ok);
    assert_int_equal(e.kind, ERR_ENV);
    assert_true(e.hint[0] != 0);
    assert_string_equal(e.where, arena_cstr(p.t->a, p.db));
    assert_true(file_read(&p.t->ctx, p.t->a, p.db, &after, &p.t->e));
    assert_true(str_eq(before, after));
    assert_int_equal(files_in(&p), files); /* nothing half-written lies about */
    assert_true(advdb_import(&p.t->ctx, p.db, &path, 1, &r, &e));
    assert_int_equal(r.added, 4000);
    place_end(&p);
}

static void an_open_database_does_not_change_under_its_reader(void **state) {
    struct place p = place_new(*state);
    struct advdb *db;
    struct sbom_component k = {.purl = S("pkg:npm/left@1.5.0")};
    struct hits hits;
    enum assessed assessed;
    take(&p, "a.json", osv(p.t->a, "X-1", "2024-01-01T00:00:00Z", "", "left", "1.0.0"));
    assert_true(advdb_open(&p.t->ctx, p.db, &db, &p.t->e));
    take(&p, "a.json", osv(p.t->a, "X-1", "2024-02-01T00:00:00Z", "", "left", "2.0.0"));
    struct matcher *m = matcher_new(&p.t->ctx, db); /* opened after the replacement, reads the file it belongs to */
    assert_true(matcher_component(m, &k, p.t->a, &hits, &assessed, &p.t->e));
    assert_int_equal(hits.n, 0);
    matcher_free(m);
    advdb_close(db);
    check_str(ask(&p, "pkg:npm/left@1.5.0", NULL), "X-1 2.0.0");
    place_end(&p);
}

static void a_damaged_database_is_an_error_or_silence_never_a_crash(void **state) {
    struct place p = place_new(*state);
    struct arena *a = p.t->a;
    str text;
    take(&p, "a.json", osv(a, "X-1", "2024-01-01T00:00:00Z", "\"aliases\":[\"CVE-2024-1\"],", "left", "1.0.0"));
    assert_true(file_read(&p.t->ctx, a, p.db, &text, &p.t->e));
    for (size_t i = 0; i < text.n; i += 61) {
        str broken = arena_str(a, text);
        ((char *)(uintptr_t)broken.p)[i] ^= (char)(1 + i % 255);
        str path = put(&p, "broken.db", i % 7 ? broken : str_upto(broken, i));
        struct advdb *db;
        struct err e = {0};
        struct arena_mark mark = arena_mark(a);
        if (advdb_open(&p.t->ctx, path, &db, &e)) {
            struct matcher *m = matcher_new(&p.t->ctx, db);
            struct sbom_component k = {.purl = S("pkg:npm/left@0.9.0")};
            struct hits hits;
            struct advisory v;
            struct advdb_info info;
            enum assessed assessed;
            (void)!matcher_component(m, &k, a, &hits, &assessed, &e);
            (void)!(matcher_advisory(m, S("X-1"), a, &v, &e) && matcher_details(m, a, &v, &e));
            advdb_info(db, a, &info);
            matcher_free(m);
            advdb_close(db);
        }
        arena_reset(a, mark);
    }
    place_end(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_again_changes_nothing),
        TEST(the_later_text_wins_in_any_order),
        TEST(without_a_time_the_last_import_wins),
        TEST(a_renamed_package_leaves_its_old_name),
        TEST(a_withdrawn_one_leaves_and_stays_away),
        TEST(aliases_join_one_flaw_also_in_circles),
        TEST(nvd_by_vendor_and_product),
        TEST(nvd_platforms),
        TEST(a_folder_that_cannot_be_written_is_said),
        TEST(a_killed_import_leaves_nothing_for_long),
        TEST(cve_records_with_changes_and_defaults),
        TEST(epss_lines_without_a_score_are_told),
        TEST(cve_entries_decide_in_turn),
        TEST(kev_and_epss_join_by_cve),
        TEST(jvn_versions_as_people_write_them),
        TEST(csaf_products_by_purl_platform_and_range),
        TEST(csaf_ranges_in_both_notations),
        TEST(csaf_2_1_says_it_otherwise),
        TEST(csaf_first_affected_begins_what_others_end),
        TEST(csaf_takes_back_what_it_cleared),
        TEST(openvex_clears_one_flaw_of_one_version),
        TEST(zips_within_zips_are_read_to_a_depth),
        TEST(a_bad_input_is_one_error_and_the_database_stays),
        TEST(a_folder_is_read_past_its_bad_files),
        TEST(a_full_disk_leaves_the_old_database),
        TEST(an_open_database_does_not_change_under_its_reader),
        TEST(a_damaged_database_is_an_error_or_silence_never_a_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
