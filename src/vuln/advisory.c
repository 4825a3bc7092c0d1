/* SPDX-License-Identifier: Apache-2.0
 *
 * What is known of an advisory: its own words first, then what its aliases add, then KEV and EPSS of every CVE among
 * its names and of those a distribution's advisory fixes.
 */
#include <stdlib.h>

#include "vuln/advdb_read.h"
#include "vuln/compile.h"

enum { MEMBERS_MOST = 256, RELATED_MOST = 256 };

struct advisory_reader {
    struct matcher *m;
    struct arena *a;
    struct advisory *out;
    struct doc_strs related;
    VEC(int64_t) members; /* advisory numbers, the one asked for first */
};

static bool open_db(struct matcher *m, struct err *e) {
    struct err own = {0};
    return m->db || advdb_connect(m->c, m->advdb, &m->db, e ? e : &own);
}

static bool add_member(struct advisory_reader *r, int64_t no) {
    for (uint32_t i = 0; i < r->members.n; i++)
        if (r->members.v[i] == no)
            return false;
    *vec_push(r->a, &r->members) = no;
    return true;
}

/* Advisories that have this id or carry it as another name; those with the id first. */
static bool find_members(struct advisory_reader *r, str id, struct err *e) {
    static const char named[] = "SELECT n.no, a.flaw FROM name n JOIN advisory a ON a.no=n.no WHERE n.name=?1"
                                " ORDER BY a.id<>?1, n.no LIMIT 64";
    static const char same[] = "SELECT no FROM advisory WHERE flaw=?1 AND flaw<>no LIMIT 256";
    struct stmt *s;
    int64_t flaw = 0;
    bool row = true;
    if (!db_stmt(r->m->db, named, &s, e))
        return false;
    stmt_text(s, 1, id);
    while (stmt_step(s, &row, e) && row) {
        add_member(r, stmt_col_int(s, 0));
        flaw = stmt_col_int(s, 1);
    }
    stmt_reset(s);
    if (row)
        return false;
    if (!flaw)
        return true;
    add_member(r, flaw);
    if (!db_stmt(r->m->db, same, &s, e))
        return false;
    stmt_int(s, 1, flaw);
    row = true;
    while (stmt_step(s, &row, e) && row && r->members.n < MEMBERS_MOST)
        add_member(r, stmt_col_int(s, 0));
    stmt_reset(s);
    return true;
}

static bool read_blob(struct matcher *m, const char *sql, int64_t no, struct arena *a, str *out, struct err *e) {
    struct stmt *s;
    bool row;
    *out = (str){NULL, 0};
    if (!db_stmt(m->db, sql, &s, e))
        return false;
    stmt_int(s, 1, no);
    if (!stmt_step(s, &row, e))
        return false;
    if (row)
        *out = arena_str(a, stmt_col_blob(s, 0));
    stmt_reset(s);
    return true;
}

/* A rating without a named source is that of the database the advisory's id belongs to: "GHSA", "PYSEC", "CVE". */
static void name_sources(struct advisory_reader *r, uint32_t from, str id) {
    str source, rest;
    str_cut(id, '-', &source, &rest);
    for (uint32_t i = from; i < r->out->ratings.n; i++)
        if (!r->out->ratings.v[i].source.n)
            r->out->ratings.v[i].source = source;
}

static bool read_brief(struct advisory_reader *r, int64_t no, struct err *e) {
    static const char get[] = "SELECT blob FROM brief WHERE no=?1";
    struct advisory one = {0};
    uint32_t before = r->out->ratings.n;
    str blob;
    if (!read_blob(r->m, get, no, r->a, &blob, e))
        return false;
    if (!blob.p)
        return true;
    struct doc_strs unused = {0};
    if (!brief_read(r->a, blob, r->out, r->members.v[0] == no ? &r->related : &unused))
        return true; /* a damaged row tells nothing more */
    (void)brief_read(r->a, blob, &one, &unused);
    doc_add_(r->a, &r->out->aliases, one.id);
    name_sources(r, before, one.id);
    return true;
}

static int alias_order(const void *x, const void *y) {
    const str *a = x, *b = y;
    bool cve_a = str_starts(*a, S("CVE-")), cve_b = str_starts(*b, S("CVE-"));
    return cve_a != cve_b ? (cve_a ? -1 : 1) : str_cmp(*a, *b);
}

static void settle_aliases(struct advisory_reader *r, str id) {
    struct advisory *v = r->out;
    uint32_t n = 0;
    if (v->aliases.n)
        qsort(v->aliases.v, v->aliases.n, sizeof *v->aliases.v, alias_order);
    for (uint32_t i = 0; i < v->aliases.n; i++)
        if (!str_eq(v->aliases.v[i], id) && (n == 0 || !str_eq(v->aliases.v[n - 1], v->aliases.v[i])))
            v->aliases.v[n++] = v->aliases.v[i];
    v->aliases.n = n;
}

static bool read_kev(struct advisory_reader *r, str cve, struct err *e) {
    static const char get[] = "SELECT added, due, ransomware FROM kev WHERE cve=?1";
    struct stmt *s;
    bool row;
    if (!db_stmt(r->m->db, get, &s, e))
        return false;
    stmt_text(s, 1, cve);
    if (!stmt_step(s, &row, e))
        return false;
    if (row) {
        str added = stmt_col_text(s, 0), due = stmt_col_text(s, 1);
        r->out->kev_ransomware |= stmt_col_int(s, 2) != 0;
        if (!r->out->kev || str_cmp(due, r->out->kev_due) < 0) {
            r->out->kev_added = arena_str(r->a, added);
            r->out->kev_due = arena_str(r->a, due);
        }
        r->out->kev = true;
    }
    stmt_reset(s);
    return true;
}

static bool read_epss(struct advisory_reader *r, str cve, struct err *e) {
    static const char get[] = "SELECT score, percentile FROM epss WHERE cve=?1";
    struct stmt *s;
    bool row;
    if (!db_stmt(r->m->db, get, &s, e))
        return false;
    stmt_int(s, 1, (int64_t)cve_number(cve));
    if (!stmt_step(s, &row, e))
        return false;
    double score = row ? (double)stmt_col_int(s, 0) / 1e6 : -1;
    if (score > r->out->epss) {
        r->out->epss = score;
        r->out->epss_percentile = (double)stmt_col_int(s, 1) / 1e6;
    }
    stmt_reset(s);
    return true;
}

static bool read_signals(struct advisory_reader *r, str name, struct err *e) {
    return !cve_number(name) || (read_kev(r, name, e) && read_epss(r, name, e));
}

/* A distribution's advisory has no rating of its own: those of the flaws it fixes count for it. */
static bool read_related(struct advisory_reader *r, str cve, struct err *e) {
    struct advisory own = *r->out, theirs = {.epss = -1, .epss_percentile = -1};
    struct advisory_reader other = {.m = r->m, .a = r->a, .out = &theirs};
    if (!find_members(&other, cve, e))
        return false;
    for (uint32_t i = 0; i < other.members.n; i++)
        if (!read_brief(&other, other.members.v[i], e))
            return false;
    for (uint32_t i = 0; i < theirs.ratings.n; i++)
        *vec_push(r->a, &r->out->ratings) = theirs.ratings.v[i];
    if (!own.ssvc_exploitation.p) {
        r->out->ssvc_exploitation = theirs.ssvc_exploitation;
        r->out->ssvc_automatable = theirs.ssvc_automatable;
        r->out->ssvc_impact = theirs.ssvc_impact;
    }
    return true;
}

bool matcher_advisory(struct matcher *m, str id, struct arena *a, struct advisory *out, struct err *e) {
    struct advisory_reader r = {.m = m, .a = a, .out = out};
    *out = (struct advisory){.epss = -1, .epss_percentile = -1};
    if (!open_db(m, e) || !find_members(&r, id, e))
        return false;
    for (uint32_t i = 0; i < r.members.n; i++)
        if (!read_brief(&r, r.members.v[i], e))
            return false;
    out->id = arena_str(a, id);
    settle_aliases(&r, out->id);
    bool ok = read_signals(&r, out->id, e);
    for (uint32_t i = 0; ok && i < out->aliases.n; i++)
        ok = read_signals(&r, out->aliases.v[i], e);
    for (uint32_t i = 0; i < r.related.n && i < RELATED_MOST; i++)
        *vec_push(a, &out->related) = r.related.v[i];
    bool rated = out->ratings.n > 0;
    for (uint32_t i = 0; ok && i < r.related.n && i < RELATED_MOST; i++)
        ok = read_signals(&r, r.related.v[i], e) &&
             (rated || !cve_number(r.related.v[i]) || read_related(&r, r.related.v[i], e));
    return ok;
}

bool matcher_details(struct matcher *m, struct arena *a, struct advisory *about, struct err *e) {
    static const char get[] = "SELECT blob FROM detail WHERE no=?1";
    struct advisory unused = {0};
    struct advisory_reader r = {.m = m, .a = a, .out = &unused};
    if (!open_db(m, e) || !find_members(&r, about->id, e))
        return false;
    for (uint32_t i = 0; i < r.members.n; i++) {
        str blob;
        if (!read_blob(m, get, r.members.v[i], a, &blob, e))
            return false;
        if (blob.p)
            (void)detail_read(a, blob, about);
    }
    return true;
}
