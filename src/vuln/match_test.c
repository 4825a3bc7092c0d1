/* SPDX-License-Identifier: Apache-2.0
 *
 * The matcher against a slow twin that walks the JSON of every advisory, and the rules of identity row by row.
 */
#include "base/temporary.h"
#include "base/testing.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/unpack.h"
#include "vuln/place.h"
#include "vuln/vuln.h"

struct world {
    struct testing *t;
    char dir[256];
    str db_path;
    struct advdb *db;
    struct matcher *m;
};

static void open_world(struct world *w, struct testing *t, const str *inputs, uint32_t n) {
    struct import_result r;
    *w = (struct world){.t = t};
    temporary_name(w->dir, sizeof w->dir, "match");
    assert_non_null(mkdtemp(w->dir));
    w->db_path = path_join(t->a, str_of(w->dir), S("advisories.db"));
    t->ctx.quiet = true;
    if (!advdb_import(&t->ctx, w->db_path, inputs, n, &r, &t->e) || !advdb_open(&t->ctx, w->db_path, &w->db, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    w->m = matcher_new(&t->ctx, w->db);
}

static void close_world(struct world *w) {
    matcher_free(w->m);
    advdb_close(w->db);
    unlink(arena_cstr(w->t->a, w->db_path));
    rmdir(w->dir);
}

/* ── the twin ── */

static bool twin_range(const struct ecosystem *eco, struct jv range, str version) {
    struct osv_event events[512];
    uint32_t n = 0;
    if (!str_is(j_gets(range, "type"), "SEMVER") && !str_is(j_gets(range, "type"), "ECOSYSTEM"))
        return false;
    for (struct jiter it = j_iter(j_get(range, "events")); j_next(&it) && n < 509;) {
        if (j_gets(it.val, "introduced").n)
            events[n++] = (struct osv_event){OSV_INTRODUCED, j_gets(it.val, "introduced")};
        if (j_gets(it.val, "fixed").n)
            events[n++] = (struct osv_event){OSV_FIXED, j_gets(it.val, "fixed")};
        if (j_gets(it.val, "last_affected").n)
            events[n++] = (struct osv_event){OSV_LAST_AFFECTED, j_gets(it.val, "last_affected")};
    }
    /* As the OSV schema says: sort, then walk. */
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = i; k > 0; k--) {
            enum order o = version_compare_osv(eco, events[k].version, events[k - 1].version);
            static const int rank[] = {0, 2, 1, 3};
            if (o == ORDER_LESS || (o == ORDER_EQUAL && rank[events[k].kind] < rank[events[k - 1].kind])) {
                struct osv_event other = events[k];
                events[k] = events[k - 1];
                events[k - 1] = other;
            }
        }
    bool in = false;
    for (uint32_t i = 0; i < n; i++) {
        enum order o = version_compare_osv(eco, version, events[i].version);
        if (events[i].kind == OSV_INTRODUCED && o != ORDER_LESS)
            in = true;
        if (events[i].kind == OSV_FIXED && o != ORDER_LESS)
            in = false;
        if (events[i].kind == OSV_LAST_AFFECTED && o == ORDER_GREATER)
            in = false;
    }
    return in;
}

/* Ecosystem and name as they are compared; versions as strings, or equal in the ecosystem's order. */
static bool twin_affects(struct arena *a, struct jv doc, str ecosystem, str name, str version) {
    if (j_gets(doc, "withdrawn").n)
        return false;
    const struct ecosystem *eco = ecosystem_find(ecosystem);
    for (struct jiter it = j_iter(j_get(doc, "affected")); j_next(&it);) {
        if (!str_eq(j_str(j_get2(it.val, "package", "ecosystem")), ecosystem) ||
            !str_eq(place_name(a, place_ecosystem(a, ecosystem), j_str(j_get2(it.val, "package", "name"))),
                    place_name(a, place_ecosystem(a, ecosystem), name)))
            continue;
        for (struct jiter v = j_iter(j_get(it.val, "versions")); j_next(&v);)
            if (str_eq(j_str(v.val), version) || (eco && !str_is(version, "0") && !str_is(j_str(v.val), "0") &&
                                                  eco->compare(j_str(v.val), version) == ORDER_EQUAL))
                return true;
        for (struct jiter r = j_iter(j_get(it.val, "ranges")); j_next(&r);)
            if (eco && twin_range(eco, r.val, version))
                return true;
    }
    return false;
}

/* ── asking both ── */

static str purl_for(struct arena *a, str ecosystem, str name, str version) {
    static const char *const types[][2] = {{"Go", "golang"},   {"PyPI", "pypi"},       {"CRAN", "cran"},
                                           {"npm", "npm"},     {"crates.io", "cargo"}, {"OSS-Fuzz", "generic"},
                                           {"RubyGems", "gem"}};
    str base, release, ns = {NULL, 0}, last = name;
    str_cut(ecosystem, ':', &base, &release);
    if (str_is(base, "AlmaLinux")) {
        struct purl_qualifier q[2] = {{S("distro"), arena_cat(a, S("almalinux-"), release)}, {S("epoch"), {NULL, 0}}};
        str epoch, rest;
        uint32_t n = 1;
        if (str_cut(version, ':', &epoch, &rest)) {
            q[n++].value = epoch;
            version = rest;
        }
        return purl_make_q(a, "rpm", S("almalinux"), name, version, q, n);
    }
    if (str_is(base, "Go"))
        str_rcut(name, '/', &ns, &last);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(base, types[i][0]))
            return purl_make(a, types[i][1], ns, last, version);
    return (str){NULL, 0};
}

static bool has_hit(const struct hits *hits, str id) {
    for (uint32_t i = 0; i < hits->n; i++)
        if (str_eq(hits->v[i].advisory, id))
            return true;
    return false;
}

static uint64_t asked, affected;

static void compare_one(struct world *w, struct jv doc, str ecosystem, str name, str version) {
    struct arena *a = w->t->a;
    str text = purl_for(a, ecosystem, name, version);
    struct purl p;
    struct hits hits;
    enum assessed assessed;
    if (!text.n || !purl_parse(a, text, &p, NULL) || !matcher_purl(w->m, &p, text, a, &hits, &assessed, &w->t->e))
        return;
    bool want = twin_affects(a, doc, ecosystem, name, version), got = has_hit(&hits, j_gets(doc, "id"));
    asked++;
    affected += want;
    if (want != got || assessed != ASSESSED)
        fail_msg("%.*s %.*s: %.*s, want %d, got %d (assessed %d)", STR_ARG(j_gets(doc, "id")), STR_ARG(text),
                 STR_ARG(version), want, got, assessed);
}

/* A version, and what stands just before and just behind it. */
static void compare_around(struct world *w, struct jv doc, str ecosystem, str name, str version) {
    static const char *const behind[] = {"", ".1", "-1", "~1", ".0", "rc1", "-alpha.1", "a"};
    struct arena *a = w->t->a;
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        compare_one(w, doc, ecosystem, name, arena_cat(a, version, str_of(behind[i])));
    for (size_t i = version.n; i-- > 0;) /* the last number, one less */
        if (ch_digit(version.p[i]) && version.p[i] > '0') {
            str less = arena_str(a, version);
            ((char *)(uintptr_t)less.p)[i]--;
            compare_one(w, doc, ecosystem, name, less);
            break;
        }
}

static void compare_document(struct world *w, struct jv doc) {
    for (struct jiter it = j_iter(j_get(doc, "affected")); j_next(&it);) {
        str ecosystem = j_str(j_get2(it.val, "package", "ecosystem")), name = j_str(j_get2(it.val, "package", "name"));
        size_t n = j_len(j_get(it.val, "versions"));
        for (struct jiter r = j_iter(j_get(it.val, "ranges")); j_next(&r);)
            for (struct jiter e = j_iter(j_get(r.val, "events")); !str_is(j_gets(r.val, "type"), "GIT") && j_next(&e);)
                for (struct jiter k = j_iter(e.val); j_next(&k);)
                    compare_around(w, doc, ecosystem, name, j_str(k.val));
        for (struct jiter v = j_iter(j_get(it.val, "versions")); j_next(&v);)
            if (v.index < 4 || v.index + 2 > n || v.index % 37 == 0)
                compare_one(w, doc, ecosystem, name, j_str(v.val));
        compare_one(w, doc, ecosystem, name, S("99999.1"));
        if (it.index > 24)
            return; /* distributions: the first packages of each advisory */
    }
}

/* Every `step`-th advisory: all of them take two minutes with sanitizers. AKASHI_TEST_ALL asks for all. */
static void compare_zip(struct world *w, str zip, unsigned step) {
    struct unpack *u;
    struct entry entry;
    unsigned n = 0;
    assert_true(unpack_open_file(&w->t->ctx, zip, &u, &w->t->e));
    while (unpack_next(u, &entry, &w->t->e)) {
        struct arena_mark m = arena_mark(w->t->a);
        str text;
        struct json doc;
        if (entry.kind == ENTRY_FILE && n++ % step == 0) {
            assert_true(unpack_read(u, w->t->a, &text, &w->t->e));
            assert_true(json_parse(&w->t->ctx, w->t->a, text, JSON_STRICT, entry.path, &doc, &w->t->e));
            compare_document(w, doc.root);
        }
        arena_reset(w->t->a, m);
    }
    unpack_close(u);
}

static void every_advisory_agrees_with_the_twin(void **state) {
    static const char *const ecosystems_[] = {"CRAN", "crates.io", "Go", "PyPI", "OSS-Fuzz", "AlmaLinux"};
    struct testing *t = *state;
    struct world w;
    str shared = shared_data(t->a, "osv");
    if (!shared.p)
        skip();
    str osv = path_join(t->a, shared, S("osv"));
    open_world(&w, t, &osv, 1);
    for (size_t i = 0; i < sizeof ecosystems_ / sizeof *ecosystems_; i++) {
        str zip = arena_printf(t->a, "%.*s/%s/all.zip", STR_ARG(osv), ecosystems_[i]);
        asked = affected = 0;
        compare_zip(&w, zip, getenv("AKASHI_TEST_ALL") ? 1 : i < 2 ? 4 : 28);
        print_message("# %s: %llu questions, %llu affected\n", ecosystems_[i], (unsigned long long)asked,
                      (unsigned long long)affected);
        assert_true(affected > 0 && asked > affected);
    }
    close_world(&w);
}

/* ── identity ── */

/* One advisory per row of the table below, all in one text. */
static const char data[] =
    "["
    "{\"id\":\"L-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosys"
    "tem\":\"npm\",\"name\":\"limited\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"lim"
    "it\":\"2.0.0\"},{\"introduced\":\"1.0.0\"},{\"introduced\":\"3.0.0\"},{\"limit\":\"2.1.0\""
    "}]}]}]},"
    "{\"id\":\"L-2\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosys"
    "tem\":\"npm\",\"name\":\"unlimited\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"i"
    "ntroduced\":\"1.0.0\"},{\"limit\":\"*\"}]}]}]},"
    "{\"id\":\"M-2\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosys"
    "tem\":\"Maven:https://repo.example/maven2\",\"name\":\"org.a:b\"},\"ranges\":[{\"type\":\""
    "ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"}]}]}]},"
    "{\"id\":\"W-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosys"
    "tem\":\"SwiftURL\",\"name\":\"https://github.com/Apple/swift-nio.git\"},\"ranges\":[{\"typ"
    "e\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"2.1.0\"}]}]}]},"
    "{\"id\":\"D-3\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosys"
    "tem\":\"Debian\",\"name\":\"bash\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"int"
    "roduced\":\"0\"},{\"fixed\":\"5.2-1\"}]}]}]},"
    "{\"id\":\"B-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosys"
    "tem\":\"Alpaquita:stream\",\"name\":\"zlib\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events"
    "\":[{\"introduced\":\"0\"}]}]}]},"
    "{\"id\":\"B-2\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosys"
    "tem\":\"Echo\",\"name\":\"zlib\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"intro"
    "duced\":\"0\"}]}]}]},"
    "{\"id\":\"D-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":\"Debian:12\","
    "\"name\":\"openssl\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":"
    "\"3.0.11-1~deb12u2\"}]}]}]},"
    "{\"id\":\"D-2\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":\"Debian:12\","
    "\"name\":\"zlib\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"}]}]}]},"
    "{\"id\":\"U-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":"
    "\"Ubuntu:22.04:LTS\",\"name\":\"curl\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"},"
    "{\"fixed\":\"7.81.0-1ubuntu1.15\"}]}]}]},"
    "{\"id\":\"A-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":"
    "\"Alpine:v3.20\",\"name\":\"busybox\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"},"
    "{\"fixed\":\"1.36.1-r29\"}]}]}]},"
    "{\"id\":\"R-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"summary\":\"nodejs:18 security update\",\"affected\":["
    "{\"package\":{\"ecosystem\":\"AlmaLinux:8\",\"name\":\"nodejs\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":["
    "{\"introduced\":\"0\"},{\"fixed\":\"1:18.14.2-2.module_el8.7.0+3490+1\"}]}]}]},"
    "{\"id\":\"S-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":"
    "\"SUSE:Linux Enterprise Server 15 SP5\",\"name\":\"curl\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":["
    "{\"introduced\":\"0\"},{\"fixed\":\"8.0.1-150400.5.41.1\"}]}]}]},"
    "{\"id\":\"H-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":"
    "\"Red Hat:enterprise_linux:9::baseos\",\"name\":\"bash\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":["
    "{\"introduced\":\"0\"},{\"fixed\":\"0:5.1.8-9.el9\"}]}]}]},"
    "{\"id\":\"E-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":["
    "{\"package\":{\"ecosystem\":\"Red "
    "Hat:rhel_eus:8.4::baseos\",\"name\":\"bash\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
    "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"0:4.4.19-14.el8_4.2\"}]}]},"
    "{\"package\":{\"ecosystem\":\"Red "
    "Hat:enterprise_linux:8::baseos\",\"name\":\"bash\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
    "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"0:4.4.20-4.el8\"}]}]}]},"
    "{\"id\":\"E-2\",\"modified\":\"2024-01-01T00:00:00Z\",\"aliases\":[\"CVE-2024-7\"],\"affected\":["
    "{\"package\":{\"ecosystem\":\"Red "
    "Hat:rhel_aus:8.4::baseos\",\"name\":\"zsh\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
    "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"0:5.5-6.el8_4\"}]}]}]},"
    "{\"id\":\"E-3\",\"modified\":\"2024-01-01T00:00:00Z\",\"aliases\":[\"CVE-2024-7\"],\"affected\":["
    "{\"package\":{\"ecosystem\":\"Red "
    "Hat:enterprise_linux:8::baseos\",\"name\":\"zsh\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
    "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"0:5.5-9.el8\"}]}]}]},"
    "{\"id\":\"E-4\",\"modified\":\"2024-01-01T00:00:00Z\",\"aliases\":[\"CVE-2024-8\"],\"affected\":["
    "{\"package\":{\"ecosystem\":\"Red "
    "Hat:enterprise_linux:8::baseos\",\"name\":\"zsh\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
    "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"0:5.5-10.el8\"}]}]}]},"
    "{\"id\":\"V-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":["
    "{\"package\":{\"ecosystem\":\"Ubuntu:18.04:LTS\",\"name\":\"vim\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
    "\"events\":[{\"introduced\":\"0\"}]}]},"
    "{\"package\":{\"ecosystem\":\"Ubuntu:Pro:18.04:LTS\",\"name\":\"vim\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
    "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"2:8.0.1453-1ubuntu1.13+esm9\"}]}]}]},"
    "{\"id\":\"P-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":\"PyPI\","
    "\"name\":\"Foo.Bar\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"1.0\"},{\"fixed\":"
    "\"1.5\"},{\"introduced\":\"2.0\"},{\"last_affected\":\"2.2\"}]}]}]},"
    "{\"id\":\"G-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":\"Go\",\"name\":"
    "\"github.com/Big/Thing\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":"
    "\"1.2.0\"}]}]},{\"package\":{\"ecosystem\":\"Go\",\"name\":\"stdlib\"},\"ranges\":[{\"type\":\"SEMVER\","
    "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"1.20.5\"}]}]}]},"
    "{\"id\":\"M-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":\"Maven\","
    "\"name\":\"org.apache.logging.log4j:log4j-core\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":"
    "\"2.0-beta9\"},{\"fixed\":\"2.15.0\"}]}]}]},"
    "{\"id\":\"N-1\",\"modified\":\"2024-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":"
    "\"@acme/x\"},\"versions\":[\"1.0.0\",\"1.0.2\"]}]},"
    "{\"id\":\"N-2\",\"modified\":\"2024-01-01T00:00:00Z\",\"withdrawn\":\"2024-02-01T00:00:00Z\",\"affected\":["
    "{\"package\":{\"ecosystem\":\"npm\",\"name\":\"@acme/x\"},\"versions\":[\"1.0.0\"]}]}]";

static const struct {
    const char *purl, *hits; /* "id fixed", … or "" */
    enum assessed assessed;
} rows[] = {
    {"pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl", "D-1 3.0.11-1~deb12u2",
     ASSESSED},
    {"pkg:deb/debian/libssl3@3.0.11-1~deb12u2?distro=debian-12.5&upstream=openssl", "", ASSESSED},
    {"pkg:deb/debian/openssl@3.0.11-1~deb12u1?distro=bookworm", "D-1 3.0.11-1~deb12u2", ASSESSED},
    {"pkg:deb/openssl@3.0.9-1?distro=debian-12", "D-1 3.0.11-1~deb12u2", ASSESSED},
    {"pkg:deb/debian/openssl@3.0.11-1~deb12u1", "D-1 3.0.11-1~deb12u2", ASSESSED}, /* the version tells */
    {"pkg:deb/debian/openssl@3.0.9-1?distro=debian-11", "", NOT_ASSESSED_NO_DATA},
    {"pkg:deb/debian/openssl@3.0.9-1", "", NOT_ASSESSED_NO_DATA},
    {"pkg:deb/debian/openssl?distro=debian-12", "", NOT_ASSESSED_NO_VERSION},
    {"pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1+b1?distro=debian-12&upstream=zlib", "D-2 -", ASSESSED},
    {"pkg:deb/debian/zlib@1.0?distro=debian-12&upstream=other", "", ASSESSED}, /* a source of that name is not it */
    {"pkg:deb/ubuntu/libcurl4@7.81.0-1ubuntu1.14?distro=ubuntu-22.04&upstream=curl", "U-1 7.81.0-1ubuntu1.15",
     ASSESSED},
    {"pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.14?distro=jammy", "U-1 7.81.0-1ubuntu1.15", ASSESSED},
    {"pkg:apk/alpine/ssl_client@1.36.1-r28?distro=alpine-3.20.3&upstream=busybox", "A-1 1.36.1-r29", ASSESSED},
    {"pkg:apk/alpine/busybox@1.36.1-r28?distro=3.20.3", "A-1 1.36.1-r29", ASSESSED},
    {"pkg:alpine/busybox@1.36.1-r28?distro=alpine-3.20.3", "A-1 1.36.1-r29", ASSESSED},
    {"pkg:rpm/almalinux/nodejs@18.12.0-1.module_el8.7.0+1?epoch=1&distro=almalinux-8.7",
     "R-1 1:18.14.2-2.module_el8.7.0+3490+1", ASSESSED},
    {"pkg:rpm/almalinux/nodejs@16.12.0-1.module_el8.7.0+1?epoch=1&rpmmod=nodejs:16:8070&distro=almalinux-8", "",
     ASSESSED},
    {"pkg:rpm/almalinux/nodejs@18.12.0-1.module_el8.7.0+1?epoch=1&rpmmod=nodejs:18:8070",
     "R-1 1:18.14.2-2.module_el8.7.0+3490+1", ASSESSED},
    {"pkg:rpm/almalinux/nodejs@18.14.2-2.module_el8.7.0+3490+1?epoch=1&distro=almalinux-8", "", ASSESSED},
    {"pkg:rpm/suse/libcurl4@8.0.1-150400.5.36.1?distro=sles-15.5&upstream=curl-8.0.1-150400.5.36.1.src.rpm",
     "S-1 8.0.1-150400.5.41.1", ASSESSED},
    {"pkg:rpm/redhat/bash@5.1.8-6.el9?arch=x86_64&distro=rhel-9.2", "H-1 0:5.1.8-9.el9", ASSESSED},
    {"pkg:rpm/redhat/bash@5.1.8-6.el9", "H-1 0:5.1.8-9.el9", ASSESSED},
    /* a support stream has the word on what it knows; what it is silent about, the plain release says */
    {"pkg:rpm/redhat/bash@4.4.19-14.el8_4?distro=rhel-8.4", "E-1 0:4.4.20-4.el8", ASSESSED},
    {"pkg:rpm/redhat/bash@4.4.19-14.el8_4?distro=rhel-8.4-eus", "E-1 0:4.4.19-14.el8_4.2", ASSESSED},
    {"pkg:rpm/redhat/bash@4.4.19-14.el8_4.2?distro=rhel-8.4-eus", "", ASSESSED},
    {"pkg:rpm/redhat/bash@4.4.19-14.el8_4.2?distro=redhat-8.4&repository_id=rhel-8-for-x86_64-baseos-eus-rpms", "",
     ASSESSED},
    {"pkg:rpm/redhat/bash@4.4.19-14.el8_4.2?distro=redhat-8&repository_id=rhel-8-for-x86_64-baseos-eus-rpms__8_DOT_4",
     "", ASSESSED},
    {"pkg:rpm/redhat/bash@4.4.19-14.el8_4.2?distro=rhel-8.6-eus", "E-1 0:4.4.20-4.el8", ASSESSED},
    {"pkg:rpm/redhat/bash@4.4.19-14.el8_4.2?distro=rhel-8-eus", "E-1 0:4.4.20-4.el8", ASSESSED},
    {"pkg:rpm/redhat/zsh@5.5-6.el8_4?distro=rhel-8.4-aus", "E-4 0:5.5-10.el8", ASSESSED},
    {"pkg:rpm/redhat/zsh@5.5-5.el8_4?distro=rhel-8.4-aus", "E-2 0:5.5-6.el8_4, E-4 0:5.5-10.el8", ASSESSED},
    {"pkg:deb/ubuntu/vim@2:8.0.1453-1ubuntu1.13%2Besm9?distro=ubuntu-18.04", "", ASSESSED},
    {"pkg:deb/ubuntu/vim@2:8.0.1453-1ubuntu1.13?distro=ubuntu-18.04", "V-1 -", ASSESSED},
    {"pkg:deb/ubuntu/vim@2:8.0.1453-1ubuntu1.13?distro=ubuntu-18.04-pro", "V-1 2:8.0.1453-1ubuntu1.13+esm9", ASSESSED},
    {"pkg:pypi/foo_bar@1.4", "P-1 1.5", ASSESSED},
    {"pkg:pypi/Foo-Bar@1.5", "", ASSESSED},
    {"pkg:pypi/foo.bar@2.2.0", "P-1 -", ASSESSED},
    {"pkg:pypi/foo-bar@2.2.1", "", ASSESSED},
    {"pkg:pypi/other@1", "", ASSESSED},
    {"pkg:golang/github.com/big/thing@v1.1.9", "G-1 1.2.0", ASSESSED},
    {"pkg:golang/github.com/Big/Thing@1.1.9", "G-1 1.2.0", ASSESSED},
    {"pkg:golang/stdlib@1.20.1", "G-1 1.20.5", ASSESSED},
    {"pkg:golang/std@go1.20.1", "G-1 1.20.5", ASSESSED},
    {"pkg:golang/stdlib@1.20.5", "", ASSESSED},
    {"pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", "M-1 2.15.0", ASSESSED},
    {"pkg:maven/org.apache.logging.log4j/log4j-core@2.0-beta8", "", ASSESSED},
    {"pkg:npm/%40acme/x@1.0.2", "N-1 -", ASSESSED},
    {"pkg:npm/%40acme/x@1.0.1", "", ASSESSED},
    {"pkg:npm/%40acme/x@1.0.0", "N-1 -", ASSESSED}, /* N-2 is withdrawn */
    {"pkg:npm/limited@1.5.0", "L-1 -", ASSESSED},
    {"pkg:npm/limited@2.0.9", "L-1 -", ASSESSED}, /* below one of the limits */
    {"pkg:npm/limited@3.0.0", "", ASSESSED},
    {"pkg:npm/limited@0.9.0", "", ASSESSED},
    {"pkg:npm/unlimited@9.0.0", "L-2 -", ASSESSED},
    {"pkg:maven/org.a/b@1.0", "M-2 -", ASSESSED},
    {"pkg:swift/github.com/apple/swift-nio@2.0.0", "W-1 2.1.0", ASSESSED},
    {"pkg:deb/debian/bash@5.1-2?distro=debian-12", "D-3 5.2-1", ASSESSED},
    {"pkg:deb/debian/bash@5.1-2?distro=debian-11", "D-3 5.2-1", NOT_ASSESSED_NO_DATA}, /* says nothing of the rest */
    {"pkg:apk/alpaquita/zlib@1.2-r0?distro=alpaquita-stream", "B-1 -", ASSESSED},
    {"pkg:deb/echo/zlib@1.2-1", "B-2 -", ASSESSED},
    {"pkg:nuget/x@1", "", NOT_ASSESSED_NO_DATA},
    {"pkg:made-up/x@1", "", NOT_ASSESSED_NO_DATA},
};

static void check_row(struct world *w, size_t i) {
    struct sbom_component k = {.purl = str_of(rows[i].purl)};
    struct hits hits;
    enum assessed assessed;
    struct buf got = {0};
    assert_true(matcher_component(w->m, &k, w->t->a, &hits, &assessed, &w->t->e));
    for (uint32_t h = 0; h < hits.n; h++)
        buf_addf(&got, "%s%.*s %.*s", h ? ", " : "", STR_ARG(hits.v[h].advisory),
                 STR_ARG(hits.v[h].fixed.p ? hits.v[h].fixed : S("-")));
    if (!str_is(buf_str(&got), rows[i].hits) || assessed != rows[i].assessed)
        fail_msg("%s: got \"%.*s\" (%d), want \"%s\" (%d)", rows[i].purl, STR_ARG(buf_str(&got)), assessed,
                 rows[i].hits, rows[i].assessed);
    buf_free(&got);
}

/* A database of `data` alone. */
static void open_rows(struct world *w, struct testing *t) {
    char name[256];
    temporary_name(name, sizeof name, "rows");
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_replace(str_of(name), str_of(data), &t->e));
    str input = str_of(name);
    open_world(w, t, &input, 1);
    unlink(name);
}

static void components_find_their_advisories(void **state) {
    struct testing *t = *state;
    struct world w;
    open_rows(&w, t);
    for (int again = 0; again < 2; again++) /* the second time from memory */
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            check_row(&w, i);
    close_world(&w);
}

static void the_operating_system_of_a_document_serves_its_packages(void **state) {
    struct testing *t = *state;
    struct world w;
    open_rows(&w, t);
    struct sbom *s = sbom_new(t->a);
    struct sbom_component *os = sbom_add(s);
    os->type = TYPE_OS;
    os->name = S("debian");
    os->version = S("12.5");
    struct sbom_component k = {.purl = S("pkg:deb/debian/openssl@3.0.9-1")};
    struct hits hits;
    enum assessed assessed;
    assert_true(matcher_component(w.m, &k, t->a, &hits, &assessed, &t->e));
    assert_int_equal(assessed, NOT_ASSESSED_NO_DATA);
    matcher_document(w.m, s);
    assert_true(matcher_component(w.m, &k, t->a, &hits, &assessed, &t->e));
    assert_int_equal(assessed, ASSESSED);
    assert_int_equal(hits.n, 1);
    close_world(&w);
}

/* "rhel 8.4" is one of EUS when its CPE or what the collector found says so. */
static void the_support_stream_of_a_document_serves_its_packages(void **state) {
    struct testing *t = *state;
    struct world w;
    open_rows(&w, t);
    for (int by = 0; by < 3; by++) {
        struct sbom *s = sbom_new(t->a);
        struct sbom_component *os = sbom_add(s);
        os->type = TYPE_OS;
        os->name = S("rhel");
        os->version = S("8.4");
        if (by == 1)
            *vec_push(t->a, &os->cpes) = S("cpe:/o:redhat:rhel_eus:8.4::baseos");
        if (by == 2)
            *vec_push(t->a, &os->properties) = (struct sbom_property){S("akashi:stream"), S("eus")};
        struct sbom_component k = {.purl = S("pkg:rpm/redhat/bash@4.4.19-14.el8_4.2?distro=rhel-8.4")};
        struct hits hits;
        enum assessed assessed;
        matcher_document(w.m, s);
        assert_true(matcher_component(w.m, &k, t->a, &hits, &assessed, &t->e));
        assert_int_equal(assessed, ASSESSED);
        assert_int_equal(hits.n, by == 0);
    }
    close_world(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(components_find_their_advisories),
        TEST(the_operating_system_of_a_document_serves_its_packages),
        TEST(the_support_stream_of_a_document_serves_its_packages),
        TEST(every_advisory_agrees_with_the_twin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
