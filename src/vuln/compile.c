/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/compile.h"

#include "base/digest.h"
#include "base/squeeze.h"
#include "vuln/entry.h"
#include "vuln/place.h"

void compiler_init(struct compiler *c) {
    *c = (struct compiler){.a = arena_new(), .scratch = arena_new(), .squeezer = squeezer_new()};
}

void compiler_clear(struct compiler *c) {
    arena_free(c->a);
    c->a = arena_new();
    c->records.v = NULL;
    c->records.n = c->records.cap = 0;
    c->kev = (struct kev_list){0};
    c->epss = (struct epss_list){0};
    c->published = c->canonical = (str){NULL, 0};
    c->bytes = 0;
}

void compiler_free(struct compiler *c) {
    arena_free(c->a);
    arena_free(c->scratch);
    buf_free(&c->entry);
    buf_free(&c->text);
    squeezer_free(c->squeezer);
    *c = (struct compiler){0};
}

void text_hash(str text, unsigned char out[HASH_SIZE]) {
    unsigned char whole[DIGEST_MOST];
    digest_of(DIGEST_SHA256, text, whole);
    memcpy(out, whole, HASH_SIZE);
}

uint64_t cve_number(str id) {
    str year, number;
    uint64_t y, n;
    if (!str_istarts(id, S("CVE-")) || !str_cut(str_from(id, 4), '-', &year, &number) || !str_u64(year, &y) ||
        !str_u64(number, &n) || y > 9999 || n > UINT32_MAX)
        return 0;
    return y << 40 | n;
}

/* ── the texts ── */

static void pk_strs(struct buf *b, const str *v, uint32_t n) {
    pk_var(b, n);
    for (uint32_t i = 0; i < n; i++)
        pk_str(b, v[i]);
}

/* Scores have one decimal: stored as tenths + 1, 0 = not stated. */
static void pack_brief(struct buf *b, const struct doc *d) {
    const struct advisory *v = &d->about;
    pk_str(b, v->id);
    pk_str(b, v->summary);
    pk_str(b, v->published);
    pk_str(b, v->modified);
    pk_str(b, v->url);
    pk_str(b, v->severity_text);
    pk_str(b, v->ssvc_exploitation);
    pk_str(b, v->ssvc_automatable);
    pk_str(b, v->ssvc_impact);
    pk_var(b, v->ratings.n);
    for (uint32_t i = 0; i < v->ratings.n; i++) {
        double score = v->ratings.v[i].score;
        pk_str(b, v->ratings.v[i].vector);
        pk_str(b, v->ratings.v[i].source);
        pk_var(b, score >= 0 && score <= 10 ? (uint64_t)(score * 10 + 1.5) : 0);
    }
    pk_strs(b, v->aliases.v, v->aliases.n);
    pk_strs(b, v->cwes.v, v->cwes.n);
    pk_strs(b, d->related.v, d->related.n);
}

static str rd_opt(struct rd *r) {
    str s = rd_str(r);
    return s.n ? s : (str){NULL, 0};
}

static void rd_strs(struct arena *a, struct rd *r, void *vec) {
    struct doc_strs *out = vec;
    for (uint32_t n = rd_count(r); n && !r->bad; n--)
        doc_add_(a, out, arena_str(a, rd_str(r)));
}

bool brief_read(struct arena *a, str blob, struct advisory *out, struct doc_strs *related) {
    blob = arena_str(a, blob);
    struct rd r = rd_of(blob);
    str *fields[] = {&out->id,         &out->summary,       &out->published,         &out->modified,
                     &out->url,        &out->severity_text, &out->ssvc_exploitation, &out->ssvc_automatable,
                     &out->ssvc_impact};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        str s = rd_opt(&r);
        if (!fields[i]->p)
            *fields[i] = s;
    }
    for (uint32_t n = rd_count(&r); n && !r.bad; n--) {
        struct rating g = {.vector = rd_opt(&r), .source = rd_opt(&r)};
        uint64_t tenths = rd_var(&r);
        g.score = tenths ? (double)(tenths - 1) / 10 : -1;
        bool known = false;
        for (uint32_t i = 0; i < out->ratings.n; i++)
            known = known || (str_eq(out->ratings.v[i].vector, g.vector) && out->ratings.v[i].score == g.score);
        if (!r.bad && !known)
            *vec_push(a, &out->ratings) = g;
    }
    rd_strs(a, &r, &out->aliases);
    rd_strs(a, &r, &out->cwes);
    rd_strs(a, &r, related);
    return !r.bad;
}

static void pack_detail(struct buf *b, const struct advisory *v) {
    pk_str(b, v->details);
    pk_strs(b, v->references.v, v->references.n);
}

enum { DETAIL_MOST = 64 << 20 };

bool detail_read(struct arena *a, str blob, struct advisory *out) {
    str text = unsqueeze(a, blob, DETAIL_MOST);
    struct rd r = rd_of(text);
    str details = rd_opt(&r);
    if (!out->details.p)
        out->details = details;
    rd_strs(a, &r, &out->references);
    return text.p && !r.bad;
}

/* ── a document ── */

/* "UBUNTU-CVE-2022-1" speaks of CVE-2022-1 and nothing else: another name, although it stands under `upstream`. */
static bool is_other_name(str id, str related) {
    return id.n > related.n + 1 && str_ends(id, related) && id.p[id.n - related.n - 1] == '-';
}

static void add_affects(struct compiler *c, struct record *r, const struct doc *doc) {
    for (uint32_t i = 0; i < doc->affects.n; i++) {
        const struct doc_affect *f = &doc->affects.v[i];
        buf_clear(&c->entry);
        if (!f->name.n || !f->ecosystem.n)
            continue;
        doc_add_(c->a, &r->ecosystems, f->ecosystem);
        if (!str_eq(c->published, f->ecosystem)) {
            c->published = arena_str(c->a, f->ecosystem);
            c->canonical = arena_str(c->a, place_ecosystem(c->scratch, f->ecosystem));
            c->order = entry_order(c->canonical);
        }
        if (!entry_pack(c->scratch, &c->entry, f, c->order))
            continue;
        str eco = c->canonical, name = place_name(c->scratch, eco, f->name);
        *vec_push(c->a, &r->affects) = (struct record_affect){place_key(eco, name), eco, arena_str(c->a, name),
                                                              arena_str(c->a, buf_str(&c->entry))};
        doc_add_(c->a, &r->ecosystems, f->ecosystem);
    }
}

static str keep(struct compiler *c, struct buf *b) {
    str s = arena_str(c->a, buf_str(b));
    c->bytes += s.n;
    return s;
}

static void hash_record(struct compiler *c, struct record *r) {
    if (c->text_hash) {
        memcpy(r->hash, c->text_hash, HASH_SIZE);
        return;
    }
    buf_clear(&c->entry);
    buf_addc(&c->entry, (char)r->withdrawn);
    pk_str(&c->entry, r->brief);
    pk_str(&c->entry, r->detail);
    for (uint32_t i = 0; i < r->affects.n; i++) {
        pk_str(&c->entry, r->affects.v[i].ecosystem);
        pk_str(&c->entry, r->affects.v[i].name);
        pk_str(&c->entry, r->affects.v[i].entry);
    }
    text_hash(buf_str(&c->entry), r->hash);
}

void job_emit(struct import_job *job, struct doc *doc) {
    struct compiler *c = job->out;
    const struct advisory *v = &doc->about;
    if (!v->id.n) {
        c->skipped++;
        return;
    }
    c->documents += !doc->part;
    struct arena_mark mark = arena_mark(c->scratch);
    struct record r = {.kind = doc->kind, .withdrawn = doc->withdrawn, .id = arena_str(c->a, v->id)};
    if (!time_parse(v->modified, &r.modified) || r.modified < 0)
        r.modified = 0;
    if (!time_parse(v->published, &r.newest) || r.modified)
        r.newest = r.modified;
    if (!doc->withdrawn) {
        doc_add_(c->a, &r.names, r.id);
        for (uint32_t i = 0; i < v->aliases.n; i++)
            doc_add_(c->a, &r.names, v->aliases.v[i]);
        for (uint32_t i = 0; i < doc->related.n; i++)
            if (is_other_name(v->id, doc->related.v[i]))
                doc_add_(c->a, &r.names, doc->related.v[i]);
        add_affects(c, &r, doc);
        buf_clear(&c->text);
        pack_brief(&c->text, doc);
        r.brief = keep(c, &c->text);
        buf_clear(&c->text);
        pack_detail(&c->text, v);
        buf_clear(&c->entry);
        squeeze(c->squeezer, &c->entry, buf_str(&c->text));
        r.detail = keep(c, &c->entry);
    }
    hash_record(c, &r);
    for (uint32_t i = 0; i < r.names.n; i++)
        if (r.names.v[i].p != r.id.p)
            r.names.v[i] = arena_str(c->a, r.names.v[i]);
    for (uint32_t i = 0; i < r.ecosystems.n; i++)
        r.ecosystems.v[i] = arena_str(c->a, r.ecosystems.v[i]);
    *vec_push(c->a, &c->records) = r;
    arena_reset(c->scratch, mark);
}

void job_emit_kev(struct import_job *job, str date, const struct kev_entry *v, uint32_t n) {
    struct compiler *c = job->out;
    c->documents += n;
    if (c->kev.v && str_cmp(date, c->kev.date) <= 0)
        return;
    c->kev = (struct kev_list){arena_str(c->a, date), arena_array(c->a, struct kev_entry, n), n};
    for (uint32_t i = 0; i < n; i++)
        c->kev.v[i] = (struct kev_entry){arena_str(c->a, v[i].cve),    arena_str(c->a, v[i].added),
                                         arena_str(c->a, v[i].due),    arena_str(c->a, v[i].name),
                                         arena_str(c->a, v[i].action), v[i].ransomware};
}

static uint32_t millionths(double x) { return x >= 0 && x <= 1 ? (uint32_t)(x * 1e6 + 0.5) : 0; }

void job_emit_epss(struct import_job *job, str date, const struct epss_entry *v, uint32_t n) {
    struct compiler *c = job->out;
    c->documents += n;
    if (c->epss.v && str_cmp(date, c->epss.date) <= 0)
        return;
    c->epss = (struct epss_list){arena_str(c->a, date), arena_array(c->a, struct epss_row, n), 0};
    for (uint32_t i = 0; i < n; i++) {
        uint64_t cve = cve_number(v[i].cve);
        if (cve)
            c->epss.v[c->epss.n++] = (struct epss_row){cve, millionths(v[i].score), millionths(v[i].percentile)};
    }
}
