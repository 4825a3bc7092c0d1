/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/change.h"

#include <stdlib.h>

#include "ident/cpe.h"
#include "vuln/advdb.h"
#include "vuln/advdb_read.h"
#include "vuln/place.h"

static bool open_db(struct matcher *m, struct err *e) {
    struct err own = {0};
    return m->db || advdb_connect(m->c, m->advdb, &m->db, e ? e : &own);
}

/* ── what changed ── */

/* A database written before there were generations has no such tables: then nothing is known. */
static bool has_generations(struct matcher *m, bool *out, struct err *e) {
    static const char get[] = "SELECT 1 FROM sqlite_schema WHERE name='generation'";
    struct stmt *s;
    if (!db_stmt(m->db, get, &s, e) || !stmt_step(s, out, e))
        return false;
    stmt_reset(s);
    return true;
}

static bool generation_of(struct matcher *m, str digest, int64_t *sequence, struct err *e) {
    static const char get[] = "SELECT max(sequence) FROM generation WHERE digest=?1";
    struct stmt *s;
    bool row;
    if (!db_stmt(m->db, get, &s, e))
        return false;
    stmt_text(s, 1, digest);
    if (!stmt_step(s, &row, e))
        return false;
    *sequence = row ? stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    return true;
}

/* Documents that changed: those that are there, and (a scan of all of them) those that were withdrawn. */
static bool changed_advisories(struct matcher *m, struct arena *a, int64_t sequence, struct advdb_change *out,
                               struct err *e) {
    static const char *const gets[] = {"SELECT c.key, a.id FROM changed c LEFT JOIN advisory a ON a.no=c.key"
                                       " WHERE c.kind=2 AND c.sequence>?1",
                                       "SELECT no, id FROM document WHERE withdrawn AND no IN"
                                       " (SELECT key FROM changed WHERE kind=2 AND sequence>?1)"};
    bool gone = false, ok = true;
    for (int i = 0; i < 1 + gone && ok; i++) {
        struct stmt *s;
        bool row;
        if (!db_stmt(m->db, gets[i], &s, e))
            return false;
        stmt_int(s, 1, sequence);
        while ((ok = stmt_step(s, &row, e)) && row) {
            str id = stmt_col_text(s, 1);
            gone |= !id.p;
            if (id.p)
                *vec_push(a, &out->advisories) = arena_str(a, id);
        }
        stmt_reset(s);
    }
    return ok;
}

static int place_order(const void *x, const void *y) {
    const int64_t *a = x, *b = y;
    return *a < *b ? -1 : *a > *b;
}

bool matcher_changes(struct matcher *m, struct arena *a, str since, struct advdb_change *out, struct err *e) {
    static const char get[] = "SELECT kind, key FROM changed WHERE sequence>?1 AND kind<>2";
    struct stmt *s;
    int64_t sequence = 0;
    bool row = false, ok;
    *out = (struct advdb_change){0};
    if (!open_db(m, e) || !has_generations(m, &row, e) || (row && !generation_of(m, since, &sequence, e)))
        return false;
    out->known = sequence > 0;
    if (!out->known)
        return true;
    if (!db_stmt(m->db, get, &s, e))
        return false;
    stmt_int(s, 1, sequence);
    while ((ok = stmt_step(s, &row, e)) && row) {
        int64_t kind = stmt_col_int(s, 0), key = stmt_col_int(s, 1);
        if (kind == CHANGED_PLACE)
            *vec_push(a, &out->places) = key;
        out->kev |= kind == CHANGED_KEV;
        out->epss |= kind == CHANGED_EPSS;
    }
    stmt_reset(s);
    if (out->places.n)
        qsort(out->places.v, out->places.n, sizeof *out->places.v, place_order);
    return ok && changed_advisories(m, a, sequence, out, e);
}

/* ── where answers come from ── */

static void add_place(struct arena *a, struct places *out, str ecosystem, str name) {
    if (!ecosystem.n)
        return;
    int64_t key = place_key(ecosystem, place_name(a, ecosystem, name));
    for (uint32_t i = 0; i < out->n; i++)
        if (out->v[i] == key)
            return;
    *vec_push(a, out) = key;
}

static void add_cpe(struct arena *a, struct places *out, str text) {
    struct cpe c;
    if (!cpe_parse(a, text, &c, NULL) || c.at[CPE_PART].kind != CPE_TEXT || c.at[CPE_VENDOR].kind != CPE_TEXT ||
        c.at[CPE_PRODUCT].kind != CPE_TEXT)
        return;
    add_place(a, out, S("cpe"),
              arena_printf(a, "%.*s:%.*s:%.*s", STR_ARG(c.at[CPE_PART].text), STR_ARG(c.at[CPE_VENDOR].text),
                           STR_ARG(c.at[CPE_PRODUCT].text)));
}

bool matcher_places(struct matcher *m, const struct sbom_component *k, struct arena *a, struct places *out,
                    struct err *e) {
    struct place_query at[PLACE_QUERIES];
    struct purl p;
    (void)e;
    *out = (struct places){0};
    if (k->purl.n && purl_parse(a, k->purl, &p, NULL)) {
        if (!p.version.n)
            p.version = k->version;
        uint32_t n = place_of(a, &p, m->distro, at);
        for (uint32_t i = 0; i < n; i++)
            add_place(a, out, at[i].ecosystem, at[i].name);
    }
    for (uint32_t i = 0; i < k->cpes.n && i < 64; i++)
        add_cpe(a, out, k->cpes.v[i]);
    return true;
}

/* ── names and signals ── */

static bool ask_one(struct matcher *m, const char *sql, str text, int64_t number, int64_t absent, int64_t *out,
                    struct err *e) {
    struct stmt *s;
    bool row;
    if (!open_db(m, e) || !db_stmt(m->db, sql, &s, e))
        return false;
    if (text.p)
        stmt_text(s, 1, text);
    else
        stmt_int(s, 1, number);
    if (!stmt_step(s, &row, e))
        return false;
    *out = row ? stmt_col_int(s, 0) : absent;
    stmt_reset(s);
    return true;
}

bool matcher_flaw(struct matcher *m, str name, uint32_t *flaw, struct err *e) {
    static const char get[] = "SELECT a.flaw FROM name n JOIN advisory a ON a.no=n.no WHERE n.name=?1 LIMIT 1";
    int64_t found;
    if (!ask_one(m, get, name, 0, 0, &found, e))
        return false;
    *flaw = (uint32_t)found;
    return true;
}

bool matcher_epss(struct matcher *m, str cve, int64_t *out, struct err *e) {
    static const char get[] = "SELECT score FROM epss WHERE cve=?1";
    uint64_t number = cve_number(cve);
    *out = -1;
    return !number || ask_one(m, get, (str){NULL, 0}, (int64_t)number, -1, out, e);
}

bool matcher_kev(struct matcher *m, bool (*each)(void *arg, str cve, struct err *e), void *arg, struct err *e) {
    static const char all[] = "SELECT cve FROM kev ORDER BY cve";
    struct stmt *s;
    bool row = true, ok = true;
    if (!open_db(m, e) || !db_stmt(m->db, all, &s, e))
        return false;
    while (ok && row) {
        ok = stmt_step(s, &row, e);
        if (ok && row)
            ok = each(arg, stmt_col_text(s, 0), e);
    }
    stmt_reset(s);
    return ok;
}
