/* SPDX-License-Identifier: Apache-2.0
 *
 * One question: where do advisories about this component stand (place.h), which of their entries speak of its version
 * (entry.h). Answers are remembered under the purl's text, so a purl seen before costs one hash.
 */
#include <stdlib.h>

#include "ident/cpe.h"
#include "vuln/advdb_read.h"
#include "vuln/distro.h"
#include "vuln/entry.h"
#include "vuln/place.h"

enum { MEMORY_MOST = 24 << 20, SLOTS_FIRST = 1024 };

/* ── life ── */

static void forget(struct matcher *m) {
    arena_free(m->memory);
    m->memory = arena_new();
    m->slot_mask = m->name_mask = SLOTS_FIRST - 1;
    m->n_slots = m->n_names = 0;
    m->slots = arena_array(m->memory, struct slot, SLOTS_FIRST);
    m->names = arena_array(m->memory, struct advisory_name, SLOTS_FIRST);
}

struct matcher *matcher_new(struct ctx *c, struct advdb *db) {
    struct matcher *m = calloc(1, sizeof *m);
    if (!m)
        abort();
    m->c = c;
    m->advdb = db;
    m->scratch = arena_new();
    m->lasting = arena_new();
    map_init(&m->ecosystems, m->lasting);
    forget(m);
    return m;
}

void matcher_free(struct matcher *m) {
    if (!m)
        return;
    db_close(m->db);
    arena_free(m->memory);
    arena_free(m->scratch);
    arena_free(m->lasting);
    buf_free(&m->key);
    free(m);
}

void matcher_document(struct matcher *m, const struct sbom *sbom) {
    str distro = distro_of_document(m->scratch, sbom);
    if (!str_eq(distro, m->distro))
        m->distro = arena_str(m->lasting, distro);
}

/* ── memory ── */

static struct slot *slot_of(struct matcher *m, str key, uint64_t hash) {
    for (uint32_t i = (uint32_t)hash & m->slot_mask;; i = (i + 1) & m->slot_mask)
        if (!m->slots[i].found || (m->slots[i].hash == hash && str_eq(m->slots[i].key, key)))
            return &m->slots[i];
}

static void grow_slots(struct matcher *m) {
    struct slot *old = m->slots;
    uint32_t n = m->slot_mask + 1;
    m->slot_mask = n * 2 - 1;
    m->slots = arena_array(m->memory, struct slot, (size_t)n * 2);
    for (uint32_t i = 0; i < n; i++)
        if (old[i].found)
            *slot_of(m, old[i].key, old[i].hash) = old[i];
}

static struct found *remember(struct matcher *m, str key, uint64_t hash, const struct found *found) {
    struct found *f = arena_new_of(m->memory, struct found);
    *f = *found;
    if (m->n_slots + 1 > m->slot_mask / 4 * 3)
        grow_slots(m);
    *slot_of(m, key, hash) = (struct slot){hash, arena_str(m->memory, key), f};
    m->n_slots++;
    return f;
}

static struct advisory_name *name_slot(struct matcher *m, uint32_t no) {
    for (uint32_t i = no * 2654435761u & m->name_mask;; i = (i + 1) & m->name_mask)
        if (!m->names[i].id.p || m->names[i].no == no)
            return &m->names[i];
}

static void grow_names(struct matcher *m) {
    struct advisory_name *old = m->names;
    uint32_t n = m->name_mask + 1;
    m->name_mask = n * 2 - 1;
    m->names = arena_array(m->memory, struct advisory_name, (size_t)n * 2);
    for (uint32_t i = 0; i < n; i++)
        if (old[i].id.p)
            *name_slot(m, old[i].no) = old[i];
}

/* Id and flaw of an advisory number; id absent when the database has none such. */
static bool name_of(struct matcher *m, uint32_t no, struct advisory_name *out, struct err *e) {
    static const char get[] = "SELECT id, flaw FROM advisory WHERE no=?1";
    struct advisory_name *at = name_slot(m, no);
    struct stmt *s;
    bool row;
    *out = *at;
    if (at->id.p)
        return true;
    if (!db_stmt(m->db, get, &s, e))
        return false;
    stmt_int(s, 1, no);
    if (!stmt_step(s, &row, e))
        return false;
    if (row) {
        if (m->n_names + 1 > m->name_mask / 4 * 3)
            grow_names(m);
        *out = (struct advisory_name){no, (uint32_t)stmt_col_int(s, 1), arena_str(m->memory, stmt_col_text(s, 0))};
        if (out->id.p) {
            *name_slot(m, no) = *out;
            m->n_names++;
        }
    }
    stmt_reset(s);
    return true;
}

/* Whether there are advisories at all for a canonical ecosystem. */
static bool has_data(struct matcher *m, str ecosystem) {
    static const char get[] = "SELECT 1 FROM ecosystem WHERE name=?1";
    bool fresh, row = false;
    struct stmt *s;
    struct map_entry *known = map_find(&m->ecosystems, ecosystem);
    if (known)
        return known->value != NULL;
    if (db_stmt(m->db, get, &s, NULL)) {
        stmt_text(s, 1, ecosystem);
        if (!stmt_step(s, &row, NULL))
            row = false;
        stmt_reset(s);
    }
    map_put(&m->ecosystems, arena_str(m->lasting, ecosystem), &fresh)->value = row ? m : NULL;
    return row;
}

static bool connect(struct matcher *m, struct err *e) {
    struct err own = {0};
    if (m->db)
        return true;
    if (!advdb_connect(m->c, m->advdb, &m->db, e ? e : &own))
        return false;
    m->cpe_data = has_data(m, S("cpe"));
    return true;
}

/* ── asking ── */

struct answer {
    uint32_t advisory;
    struct entry_match match;
    str ecosystem;
    bool decided; /* by a support stream */
};
struct question {
    struct matcher *m;
    struct arena *a;
    const struct purl *purl;
    const struct cpe *cpe;
    VEC(struct answer) answers;
    struct map decided; /* advisories a support stream has a word on, by their number's bytes */
    bool assessed, versioned;
};

static void take_entries(struct question *q, const struct place_query *at, str entries, str ecosystem) {
    struct entry_ask ask = {.purl = q->purl, .cpe = q->cpe, .system = q->m->distro, .arena = q->a};
    struct rd r = rd_of(entries);
    struct entry_of one;
    struct entry_match match;
    entry_ask_set(&ask, at->ecosystem, at->version);
    while (entry_next(&r, &one)) {
        str key = str_n((const char *)&one.advisory, sizeof one.advisory);
        if (at->decides)
            map_put(&q->decided, arena_str(q->a, key), NULL);
        else if (map_find(&q->decided, key))
            continue;
        if (entry_match(&ask, one.entry, &match))
            *vec_push(q->a, &q->answers) = (struct answer){one.advisory, match, ecosystem, at->decides};
    }
}

static bool look(struct question *q, const struct place_query *at, struct err *e) {
    static const char get[] = "SELECT groups FROM package WHERE key=?1";
    struct matcher *m = q->m;
    struct stmt *s;
    struct group g;
    bool row;
    if (!has_data(m, at->ecosystem))
        return true;
    q->assessed |= !at->any_release;
    if (!at->version.n)
        return true;
    q->versioned |= !at->any_release;
    str name = place_name(q->a, at->ecosystem, at->name);
    if (!db_stmt(m->db, get, &s, e))
        return false;
    stmt_int(s, 1, place_key(at->ecosystem, name));
    if (!stmt_step(s, &row, e))
        return false;
    if (row) {
        str blob = arena_str(q->a, stmt_col_blob(s, 0));
        struct rd r = rd_of(blob);
        while (group_next(&r, &g))
            if (str_eq(g.ecosystem, at->ecosystem) && str_eq(g.name, name))
                take_entries(q, at, g.entries, place_shown(q->a, g.ecosystem));
    }
    stmt_reset(s);
    return true;
}

static bool look_by_cpe(struct question *q, const struct sbom_component *k, struct err *e) {
    for (uint32_t i = 0; i < k->cpes.n && i < 64; i++) {
        struct cpe c;
        if (!cpe_parse(q->a, k->cpes.v[i], &c, NULL) || c.at[CPE_VENDOR].kind != CPE_TEXT ||
            c.at[CPE_PRODUCT].kind != CPE_TEXT || c.at[CPE_PART].kind != CPE_TEXT)
            continue;
        struct place_query at = {S("cpe"),
                                 arena_printf(q->a, "%.*s:%.*s:%.*s", STR_ARG(c.at[CPE_PART].text),
                                              STR_ARG(c.at[CPE_VENDOR].text), STR_ARG(c.at[CPE_PRODUCT].text)),
                                 c.at[CPE_VERSION].kind == CPE_TEXT ? c.at[CPE_VERSION].text : k->version};
        q->cpe = &c;
        bool ok = look(q, &at, e);
        q->cpe = NULL;
        if (!ok)
            return false;
    }
    return true;
}

/* ── from answers to hits ── */

static int answer_order(const void *x, const void *y) {
    const struct answer *a = x, *b = y;
    return a->advisory < b->advisory ? -1 : a->advisory > b->advisory;
}

static int hit_order(const void *x, const void *y) {
    const struct hit *a = x, *b = y;
    int by = str_cmp(a->advisory, b->advisory);
    return by ? by : (int)a->confidence - (int)b->confidence;
}

/* The same advisory through two names of one component or two entries: the nearest fix counts. */
static void join_match(struct question *q, struct entry_match *into, const struct answer *more) {
    const struct ecosystem *eco = ecosystem_find(more->ecosystem);
    if (more->match.confidence < into->confidence)
        into->confidence = more->match.confidence;
    into->clears |= more->match.clears;
    if (more->match.fixed.p &&
        (!into->fixed.p || (eco && version_compare_osv(eco, more->match.fixed, into->fixed) == ORDER_LESS)))
        into->fixed = more->match.fixed;
    if (into->fixed.p)
        into->fix = FIX_AVAILABLE;
    (void)q;
}

static bool is_cleared(const uint32_t *cleared, uint32_t n, uint32_t flaw) {
    for (uint32_t i = 0; i < n; i++)
        if (cleared[i] == flaw)
            return true;
    return false;
}

/* Flaws of the advisories a support stream has a word on, matching or not: *flaws by their number's bytes. */
static bool decided_flaws(struct question *q, struct map *flaws, struct err *e) {
    map_init(flaws, q->a);
    for (uint32_t i = 0; i < q->decided.entries.n; i++) {
        struct advisory_name name;
        uint32_t no;
        memcpy(&no, q->decided.entries.v[i].key.p, sizeof no);
        if (!name_of(q->m, no, &name, e))
            return false;
        if (name.id.p)
            map_put(flaws, arena_str(q->a, str_n((const char *)&name.flaw, sizeof name.flaw)), NULL);
    }
    return true;
}

static bool make_hits(struct question *q, struct found *out, struct err *e) {
    struct matcher *m = q->m;
    uint32_t n = q->answers.n, n_cleared = 0, *cleared = arena_array(q->a, uint32_t, n);
    struct hit *hits = arena_array(q->a, struct hit, n);
    struct map decided;
    if (!decided_flaws(q, &decided, e))
        return false;
    if (n)
        qsort(q->answers.v, n, sizeof *q->answers.v, answer_order);
    for (uint32_t i = 0; i < n;) {
        const struct answer *first = &q->answers.v[i];
        struct entry_match match = first->match;
        for (i++; i < n && q->answers.v[i].advisory == first->advisory; i++)
            join_match(q, &match, &q->answers.v[i]);
        struct advisory_name name;
        if (!name_of(m, first->advisory, &name, e))
            return false;
        if (match.clears && name.id.p)
            cleared[n_cleared++] = name.flaw;
        else if (name.id.p &&
                 (first->decided || !map_find(&decided, str_n((const char *)&name.flaw, sizeof name.flaw))))
            hits[out->n++] = (struct hit){name.id,     name.flaw, first->ecosystem,
                                          match.fixed, match.fix, match.confidence};
    }
    uint32_t kept = 0;
    if (out->n)
        qsort(hits, out->n, sizeof *hits, hit_order);
    for (uint32_t i = 0; i < out->n; i++)
        if (!is_cleared(cleared, n_cleared, hits[i].flaw) &&
            (kept == 0 || !str_eq(hits[kept - 1].advisory, hits[i].advisory)))
            hits[kept++] = hits[i];
    out->n = kept;
    out->v = hits;
    return true;
}

static void keep_hits(struct matcher *m, struct found *f) {
    struct hit *v = f->n ? arena_array(m->memory, struct hit, f->n) : NULL;
    for (uint32_t i = 0; i < f->n; i++) {
        v[i] = f->v[i]; /* the id is in memory already */
        v[i].ecosystem = i && str_eq(v[i].ecosystem, f->v[i - 1].ecosystem) ? v[i - 1].ecosystem
                                                                            : arena_str(m->memory, v[i].ecosystem);
        v[i].fixed = arena_str(m->memory, v[i].fixed);
    }
    f->v = v;
}

static enum assessed verdict(const struct question *q, bool identified) {
    if (!identified)
        return NOT_ASSESSED_NO_IDENTITY;
    if (!q->assessed)
        return NOT_ASSESSED_NO_DATA;
    return q->versioned ? ASSESSED : NOT_ASSESSED_NO_VERSION;
}

/* ── what a component says of itself ── */

/* Who made the document may have put the source package into properties instead of the purl. */
static const struct {
    const char *name, *version;
} source_properties[] = {{"aquasecurity:trivy:SrcName", "aquasecurity:trivy:SrcVersion"},
                         {"syft:metadata:source", "syft:metadata:sourceVersion"},
                         {"syft:metadata:originPackage", ""},
                         {"syft:metadata:sourceRpm", ""}};

static str property(const struct sbom_component *k, const char *name) {
    for (uint32_t i = 0; i < k->properties.n; i++)
        if (str_is(k->properties.v[i].name, name))
            return k->properties.v[i].value;
    return (str){NULL, 0};
}

static void key_source(struct buf *b, const struct sbom_component *k) {
    for (size_t i = 0; i < sizeof source_properties / sizeof *source_properties; i++) {
        str name = property(k, source_properties[i].name), version = property(k, source_properties[i].version);
        if (!name.n)
            continue;
        str release = property(k, "aquasecurity:trivy:SrcRelease");
        buf_add(b, name);
        if (version.n)
            buf_addf(b, "@%.*s%s%.*s", STR_ARG(version), release.n ? "-" : "", STR_ARG(release));
        return;
    }
}

static bool of_distribution(str purl) {
    static const char *const types[] = {"pkg:deb/", "pkg:rpm/", "pkg:apk/", "pkg:alpm/", "pkg:alpine/"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_starts(purl, str_of(types[i])))
            return true;
    return false;
}

/* Everything the answer depends on, one field behind the other. */
static str key_of(struct matcher *m, const struct sbom_component *k) {
    struct buf *b = &m->key;
    buf_clear(b);
    buf_add(b, k->purl);
    buf_addc(b, '\n');
    bool distribution = of_distribution(k->purl);
    if (distribution && k->properties.n && str_find(k->purl, S("upstream=")) == STR_NONE)
        key_source(b, k);
    buf_addc(b, '\n');
    if (distribution || (k->cpes.n && m->cpe_data))
        buf_add(b, m->distro);
    buf_addc(b, '\n');
    if (str_chr(k->purl, '@') == STR_NONE)
        buf_add(b, k->version);
    for (uint32_t i = 0; i < k->cpes.n && m->cpe_data; i++) {
        buf_addc(b, '\n');
        buf_add(b, k->cpes.v[i]);
    }
    return buf_str(b);
}

static void with_source(struct question *q, struct purl *p, str key) {
    str rest = key, purl, source;
    if (!str_next(&rest, '\n', &purl) || !str_next(&rest, '\n', &source) || !source.n)
        return;
    struct purl_qualifier *v = arena_array(q->a, struct purl_qualifier, (size_t)p->n_qualifiers + 1);
    if (p->n_qualifiers)
        memcpy(v, p->qualifiers, p->n_qualifiers * sizeof *v);
    v[p->n_qualifiers] = (struct purl_qualifier){S("upstream"), source};
    p->qualifiers = v;
    p->n_qualifiers++;
}

static bool ask_purl(struct question *q, const struct purl *p, str distro, struct err *e) {
    struct place_query at[PLACE_QUERIES];
    uint32_t n = place_of(q->a, p, distro, at);
    q->purl = p;
    for (uint32_t i = 0; i < n; i++)
        if (!look(q, &at[i], e))
            return false;
    return true;
}

static bool ask(struct matcher *m, const struct sbom_component *k, str key, struct found *out, struct err *e) {
    struct question q = {.m = m, .a = m->scratch};
    struct purl p;
    map_init(&q.decided, q.a);
    bool identified = false;
    if (k->purl.n && purl_parse(q.a, k->purl, &p, NULL)) {
        identified = true;
        if (!p.version.n)
            p.version = k->version;
        with_source(&q, &p, key);
        if (!ask_purl(&q, &p, m->distro, e))
            return false;
    }
    bool weak = !identified || str_is(p.type, "generic") || !q.assessed;
    if (k->cpes.n && weak) {
        identified = true;
        q.purl = NULL;
        if (!look_by_cpe(&q, k, e))
            return false;
    }
    out->assessed = verdict(&q, identified);
    return make_hits(&q, out, e);
}

bool matcher_find(struct matcher *m, const struct sbom_component *k, struct found **out, struct err *e) {
    if (!connect(m, e))
        return false;
    str key = key_of(m, k);
    uint64_t hash = hash_bytes(key);
    struct slot *slot = slot_of(m, key, hash);
    *out = slot->found;
    if (*out)
        return true;
    if (arena_bytes(m->memory) > MEMORY_MOST)
        forget(m);
    struct found found = {0};
    struct arena_mark mark = arena_mark(m->scratch);
    bool ok = ask(m, k, key, &found, e);
    if (ok) {
        keep_hits(m, &found);
        *out = remember(m, key, hash, &found);
    }
    arena_reset(m->scratch, mark);
    return ok;
}

bool matcher_component(struct matcher *m, const struct sbom_component *k, struct arena *a, struct hits *out,
                       enum assessed *assessed, struct err *e) {
    struct found *f;
    *out = (struct hits){0};
    if (!matcher_find(m, k, &f, e))
        return false;
    *assessed = f->assessed;
    for (uint32_t i = 0; i < f->n; i++) {
        struct hit h = f->v[i];
        h.advisory = arena_str(a, h.advisory);
        h.ecosystem = arena_str(a, h.ecosystem);
        h.fixed = arena_str(a, h.fixed);
        *vec_push(a, out) = h;
    }
    return true;
}

bool matcher_purl(struct matcher *m, const struct purl *p, str text, struct arena *a, struct hits *out,
                  enum assessed *assessed, struct err *e) {
    struct sbom_component k = {.purl = text.n ? text : purl_text(a, p), .version = p->version};
    return matcher_component(m, &k, a, out, assessed, e);
}

str matcher_ecosystem(const struct purl *p, struct arena *a) {
    struct place_query at[PLACE_QUERIES];
    if (place_of(a, p, (str){NULL, 0}, at) && at[0].ecosystem.n)
        return place_shown(a, at[0].ecosystem);
    return arena_cat(a, S("pkg:"), p->type);
}
