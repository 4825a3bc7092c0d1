/* SPDX-License-Identifier: Apache-2.0
 *
 * Evidence about releases. Statements about files do not say which release they mean; the release's manifest does, by
 * the digests of their envelopes. What is signed later (a verifier's verdict) is about a release when it is about its
 * manifest, or about every one of its files.
 */
#include "base/digest.h"
#include "conform/evidence_inner.h"
#include "impact/contents.h"
#include "impact/things.h"
#include "store/queries.h"

/* ── statements about files ── */

static bool put_loose(struct portfolio *p, const struct entry *x, int64_t release, str facts, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_evidence_loose_put, &q, e))
        return false;
    ask_blob(q, 1, str_n((const char *)x->envelope, 32));
    ask_text(q, 2, x->kind);
    ask_int(q, 3, x->log_id);
    ask_int(q, 4, (int64_t)x->index);
    ask_int(q, 5, x->time);
    ask_blob(q, 6, str_n((const char *)x->key, 32));
    ask_int(q, 7, release);
    ask_text(q, 8, facts);
    return ask_send(q, e);
}

struct loose {
    struct entry entry; /* index, time, key, log_id, kind */
    int64_t release;
    str facts;
};
static bool find_loose(struct portfolio *p, struct arena *a, const unsigned char envelope[32], bool *found,
                       struct loose *out, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_evidence_loose_find, &q, e))
        return false;
    ask_blob(q, 1, str_n((const char *)envelope, 32));
    if (!ask_step(q, found, e))
        return false;
    if (*found) {
        str key = ask_col_blob(q, 4);
        *out = (struct loose){.entry = {.kind = arena_str(a, ask_col_text(q, 0)),
                                        .log_id = ask_col_int(q, 1),
                                        .index = (uint64_t)ask_col_int(q, 2),
                                        .time = ask_col_int(q, 3),
                                        .arena = a},
                              .release = ask_col_int(q, 5),
                              .facts = arena_str(a, ask_col_text(q, 6))};
        memcpy(out->entry.key, key.p, key.n < 32 ? key.n : 32);
    }
    ask_end(q);
    return true;
}

/* What is linked must have been there before, however often an entry is applied. */
static bool is_before(const struct entry *x, int64_t log_id, uint64_t entry) {
    return log_id != x->log_id || entry < x->index;
}

static bool was_there(struct portfolio *p, const struct entry *x, int64_t release, bool *there, struct err *e) {
    struct ask *q;
    if (!contents_flush(p->contents, e) || !store_ask(p->store, &Q_release_log, &q, e))
        return false;
    ask_int(q, 1, release);
    if (!ask_step(q, there, e))
        return false;
    *there = *there && is_before(x, ask_col_int(q, 0), (uint64_t)ask_col_int(q, 1));
    ask_end(q);
    return true;
}

/* ── about all files of a release ── */

enum { RELEASES_MOST = 64, SUBJECTS_MOST = 20000 }; /* looked at for one statement */

struct candidates {
    int64_t release[RELEASES_MOST];
    uint32_t files[RELEASES_MOST], n; /* files of it that are subjects */
};

static bool releases_of_file(struct portfolio *p, const struct subject *s, struct candidates *c, bool first,
                             struct err *e) {
    unsigned char digest[32];
    struct ask *q;
    bool row = true;
    if (!hex_bytes(subject_sha256(s), digest, sizeof digest))
        return true;
    if (!store_ask(p->store, &Q_release_file_find, &q, e))
        return false;
    ask_blob(q, 1, str_n((const char *)digest, sizeof digest));
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            return true;
        uint32_t i = 0;
        while (i < c->n && c->release[i] != ask_col_int(q, 0))
            i++;
        if (i == c->n && (!first || c->n == RELEASES_MOST))
            continue;
        if (i == c->n)
            c->release[c->n++] = ask_col_int(q, 0);
        c->files[i]++;
    }
}

static bool file_count(struct portfolio *p, int64_t release, uint32_t *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_release_file_count, &q, e))
        return false;
    ask_int(q, 1, release);
    if (!ask_step(q, &row, e))
        return false;
    *out = row ? (uint32_t)ask_col_int(q, 0) : 0;
    ask_end(q);
    return true;
}

/* A subject named twice is counted once: digests are sorted out by the caller. */
static bool put_by_files(struct portfolio *p, const struct entry *x, str facts, struct err *e) {
    struct candidates c = {0};
    struct map seen;
    map_init(&seen, x->arena);
    for (uint32_t i = 0; i < x->statement->subjects.n && i < SUBJECTS_MOST; i++) {
        const struct subject *s = &x->statement->subjects.v[i];
        bool fresh = false;
        str sha256 = subject_sha256(s);
        if (!sha256.n)
            continue;
        map_put(&seen, sha256, &fresh);
        if (fresh && !releases_of_file(p, s, &c, seen.entries.n == 1, e))
            return false;
        if (!c.n)
            return true;
    }
    for (uint32_t i = 0; i < c.n; i++) {
        struct evidence_new v = {.kind = arena_cstr(x->arena, x->kind), .about = ABOUT_RELEASES, .thing = c.release[i]};
        uint32_t files;
        bool there = false;
        if (!file_count(p, c.release[i], &files, e) ||
            (files == c.files[i] && !was_there(p, x, c.release[i], &there, e)) ||
            (there && !evidence_put(p, x, &v, facts, e)))
            return false;
    }
    return true;
}

/* A verdict on a manifest is one on its release. */
static bool put_by_manifest(struct portfolio *p, const struct entry *x, str facts, struct err *e) {
    for (uint32_t i = 0; i < x->statement->subjects.n && i < SUBJECTS_MOST; i++) {
        unsigned char digest[32];
        struct loose of;
        bool found;
        if (!hex_bytes(subject_sha256(&x->statement->subjects.v[i]), digest, sizeof digest))
            continue;
        if (!find_loose(p, x->arena, digest, &found, &of, e))
            return false;
        struct evidence_new v = {
            .kind = arena_cstr(x->arena, x->kind), .about = ABOUT_RELEASES, .thing = found ? of.release : -1};
        if (v.thing >= 0 && is_before(x, of.entry.log_id, of.entry.index) && !evidence_put(p, x, &v, facts, e))
            return false;
    }
    return true;
}

static bool take_statement(struct portfolio *p, const struct entry *x, struct err *e) {
    struct facts f = {0};
    (void)facts_of_statement(x, &f); /* an SBOM's come with its manifest */
    str facts = facts_text(x->arena, f.v, f.n);
    return put_loose(p, x, -1, facts, e) && (!f.n || (put_by_files(p, x, facts, e) && put_by_manifest(p, x, facts, e)));
}
const struct projection evidence_sbom_projection = {"sbom", take_statement};
const struct projection evidence_provenance_projection = {"provenance", take_statement};
const struct projection evidence_hardening_projection = {"hardening", take_statement};
const struct projection evidence_tests_projection = {"test-result", take_statement};
const struct projection evidence_analysis_projection = {"static-analysis", take_statement};
const struct projection evidence_vulns_projection = {"vulns", take_statement};
const struct projection evidence_vsa_projection = {"vsa", take_statement};

/* ── releases ── */

static bool put_sbom(struct portfolio *p, const struct entry *by, const struct entry *x, struct err *e) {
    const struct entry_outcome *o = x->outcome;
    struct facts f = {0};
    struct evidence_new v = {.kind = "sbom",
                             .about = ABOUT_RELEASES,
                             .thing = o->release_id,
                             .fresh = o->fresh,
                             .linker = x->key,
                             .linked = x->time};
    return facts_of_parts(p, o->release_id, o->parts, &f, e) &&
           evidence_put(p, by, &v, facts_text(x->arena, f.v, f.n), e);
}

static bool take_inventory(struct portfolio *p, const struct entry *x, struct err *e) {
    return !x->outcome->release || put_sbom(p, x, x, e);
}
const struct projection evidence_inventory_projection = {"inventory", take_inventory};

static bool take_part(struct portfolio *p, const struct entry *x, struct jv part, struct err *e) {
    unsigned char envelope[32];
    struct loose of;
    bool found;
    if (!hex_bytes(j_gets(j_get(part, "digest"), "sha256"), envelope, sizeof envelope))
        return true;
    if (!find_loose(p, x->arena, envelope, &found, &of, e))
        return false;
    if (!found || of.release >= 0 || !is_before(x, of.entry.log_id, of.entry.index))
        return true;
    /* Several SBOMs of one release: all of it is what they list together, so any of them may stand for it. */
    if (str_is(of.entry.kind, "sbom")) {
        struct entry by = of.entry;
        struct entry_outcome outcome = *x->outcome;
        struct entry at = *x;
        outcome.fresh = false;
        at.outcome = &outcome;
        return put_sbom(p, &by, &at, e);
    }
    struct evidence_new v = {.kind = arena_cstr(x->arena, of.entry.kind),
                             .about = ABOUT_RELEASES,
                             .thing = x->outcome->release_id,
                             .linker = x->key,
                             .linked = x->time};
    return evidence_put(p, &of.entry, &v, of.facts, e);
}

static bool take_manifest(struct portfolio *p, const struct entry *x, struct err *e) {
    struct facts f = {0};
    struct evidence_new v = {.kind = "release-manifest", .about = ABOUT_RELEASES};
    if (!x->outcome->release)
        return true;
    v.thing = x->outcome->release_id;
    v.fresh = x->outcome->fresh;
    (void)facts_of_statement(x, &f);
    str facts = facts_text(x->arena, f.v, f.n);
    if (!put_loose(p, x, v.thing, facts, e) || !evidence_put(p, x, &v, facts, e))
        return false;
    for (struct jiter it = j_iter(j_get(x->statement->predicate, "statements")); j_next(&it);)
        if (!take_part(p, x, it.val, e))
            return false;
    return true;
}
const struct projection evidence_manifest_projection = {"release-manifest", take_manifest};

/* ── holds ── */

static bool hold_named(struct portfolio *p, const struct entry *x, str facts, struct err *e) {
    struct jv k = x->statement->predicate;
    str product = j_gets(k, "product"), version = j_gets(k, "version");
    struct release_rows rows = {0};
    int64_t number;
    bool found;
    if (!product.n || !version.n)
        return true;
    if (!thing_find(p, THING_PRODUCT, product, &found, &number, e))
        return false;
    if (!found)
        return true;
    if (!contents_flush(p->contents, e) || !contents_releases(p->contents, x->arena, number, version, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++) {
        struct evidence_new v = {.kind = "hold", .about = ABOUT_RELEASES, .thing = rows.v[i].id};
        if (is_before(x, rows.v[i].log_id, rows.v[i].entry) && !evidence_put(p, x, &v, facts, e))
            return false;
    }
    return true;
}

/* When the release was shipped is known when levels are computed; here, until when it is kept. A release is held by its
 * name, or by its manifest's being held. */
static bool take_hold(struct portfolio *p, const struct entry *x, struct err *e) {
    struct fact kept = {.name = "until"};
    int64_t until;
    if (!time_parse(j_gets(x->statement->predicate, "until"), &until))
        return true;
    kept.number = (double)until;
    str facts = facts_text(x->arena, &kept, 1);
    return hold_named(p, x, facts, e) && put_by_manifest(p, x, facts, e);
}
const struct projection evidence_hold_projection = {"hold", take_hold};
