/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/compile_form.h"

#include "base/wire.h"
#include "vuln/place.h"

#define MAGIC "AkA1"

/* ── to bytes ── */

/* A reader may leave what is no UTF-8; whoever takes it would refuse all of it. */
static void put_text(struct buf *b, str s) { wire_put_text(b, str_utf8_ok(s) ? s : S("?")); }

static void put_texts(struct buf *b, const str *v, uint32_t n) {
    wire_put_number(b, n);
    for (uint32_t i = 0; i < n; i++)
        put_text(b, v[i]);
}

static void put_record(struct buf *b, const struct record *r) {
    wire_put_number(b, r->kind);
    wire_put_number(b, r->withdrawn);
    put_text(b, r->id);
    wire_put_wide(b, (uint64_t)r->modified);
    wire_put_wide(b, (uint64_t)r->newest);
    buf_add(b, str_n((const char *)r->hash, HASH_SIZE));
    put_texts(b, r->names.v, r->names.n);
    put_texts(b, r->ecosystems.v, r->ecosystems.n);
    wire_put_text(b, r->brief);
    wire_put_text(b, r->detail);
    wire_put_number(b, r->affects.n);
    for (uint32_t i = 0; i < r->affects.n; i++) {
        put_text(b, r->affects.v[i].ecosystem);
        put_text(b, r->affects.v[i].name);
        wire_put_text(b, r->affects.v[i].entry);
    }
}

static void put_kev(struct buf *b, const struct kev_list *k) {
    wire_put_number(b, k->v != NULL);
    if (!k->v)
        return;
    put_text(b, k->date);
    wire_put_number(b, k->n);
    for (uint32_t i = 0; i < k->n; i++) {
        const struct kev_entry *x = &k->v[i];
        const str texts[] = {x->cve, x->added, x->due, x->name, x->action};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            put_text(b, texts[t]);
        wire_put_number(b, x->ransomware);
    }
}

static void put_epss(struct buf *b, const struct epss_list *k) {
    wire_put_number(b, k->v != NULL);
    if (!k->v)
        return;
    put_text(b, k->date);
    wire_put_number(b, k->n);
    for (uint32_t i = 0; i < k->n; i++) {
        wire_put_wide(b, k->v[i].cve);
        wire_put_number(b, k->v[i].score);
        wire_put_number(b, k->v[i].percentile);
    }
}

void compiler_write(const struct compiler *c, struct buf *b) {
    buf_addz(b, MAGIC);
    wire_put_number(b, c->records.n);
    for (uint32_t i = 0; i < c->records.n; i++)
        put_record(b, &c->records.v[i]);
    put_kev(b, &c->kev);
    put_epss(b, &c->epss);
}

/* ── from bytes ── */

enum { TEXT_LEAST = 4, AFFECT_LEAST = 3 * 4, RECORD_LEAST = 8 * 4 + 2 * 8 + HASH_SIZE, KEV_LEAST = 6 * 4 };
enum { EPSS_LEAST = 8 + 2 * 4, MILLION = 1000000 };

static void take_texts(struct arena *a, struct wire *w, void *vec) {
    struct doc_strs *out = vec;
    for (uint32_t n = wire_count(w, TEXT_LEAST); n && !w->bad; n--) {
        str s = wire_text(w, SIZE_MAX);
        w->bad = w->bad || !s.n;
        *vec_push(a, out) = s;
    }
}

/* The place follows from the names: a wrong one would put an entry where nobody looks for it. */
static void take_affect(struct arena *a, struct wire *w, struct record *r) {
    struct record_affect *f = vec_push(a, &r->affects);
    *f = (struct record_affect){.ecosystem = wire_text(w, SIZE_MAX)};
    f->name = wire_text(w, SIZE_MAX);
    f->entry = wire_bytes(w, SIZE_MAX);
    w->bad = w->bad || !f->ecosystem.n || !f->name.n || !f->entry.n;
    if (!w->bad)
        f->key = place_key(f->ecosystem, f->name);
}

/* One that was withdrawn leaves its id and nothing else. */
static bool is_sound(const struct record *r) {
    bool bare = !r->names.n && !r->ecosystems.n && !r->brief.n && !r->detail.n && !r->affects.n;
    return r->kind && r->kind < DOC_KEV && r->id.n && r->modified >= 0 && r->newest >= 0 &&
           (r->withdrawn ? bare : r->names.n && r->brief.n && r->detail.n);
}

static void take_record(struct arena *a, struct wire *w, struct record *r) {
    *r = (struct record){.kind = (enum doc_kind)wire_number(w, DOC_KINDS)};
    r->withdrawn = wire_number(w, 1);
    r->id = wire_text(w, SIZE_MAX);
    r->modified = (int64_t)wire_wide(w);
    r->newest = (int64_t)wire_wide(w);
    str hash = wire_raw(w, HASH_SIZE);
    if (hash.p)
        memcpy(r->hash, hash.p, HASH_SIZE);
    take_texts(a, w, &r->names);
    take_texts(a, w, &r->ecosystems);
    r->brief = wire_bytes(w, SIZE_MAX);
    r->detail = wire_bytes(w, SIZE_MAX);
    for (uint32_t n = wire_count(w, AFFECT_LEAST); n && !w->bad; n--)
        take_affect(a, w, r);
    w->bad = w->bad || !is_sound(r);
}

static void take_kev(struct arena *a, struct wire *w, struct kev_list *out) {
    if (!wire_number(w, 1))
        return;
    out->date = wire_text(w, SIZE_MAX);
    uint32_t n = wire_count(w, KEV_LEAST);
    out->v = arena_array(a, struct kev_entry, n + (size_t)1);
    for (; out->n < n && !w->bad; out->n++) {
        struct kev_entry *x = &out->v[out->n];
        str *const texts[] = {&x->cve, &x->added, &x->due, &x->name, &x->action};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            *texts[t] = wire_text(w, SIZE_MAX);
        x->ransomware = wire_number(w, 1);
    }
}

static void take_epss(struct arena *a, struct wire *w, struct epss_list *out) {
    if (!wire_number(w, 1))
        return;
    out->date = wire_text(w, SIZE_MAX);
    uint32_t n = wire_count(w, EPSS_LEAST);
    out->v = arena_array(a, struct epss_row, n + (size_t)1);
    for (; out->n < n && !w->bad; out->n++) {
        struct epss_row *x = &out->v[out->n];
        x->cve = wire_wide(w);
        x->score = wire_number(w, MILLION);
        x->percentile = wire_number(w, MILLION);
        w->bad = w->bad || x->cve >> 63; /* of a column of signed numbers */
    }
}

bool compiler_take(struct compiler *c, str bytes, struct err *e) {
    bytes = arena_str(c->a, bytes);
    struct wire w = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC))};
    for (uint32_t n = wire_count(&w, RECORD_LEAST); n && !w.bad; n--)
        take_record(c->a, &w, vec_push(c->a, &c->records));
    take_kev(c->a, &w, &c->kev);
    take_epss(c->a, &w, &c->epss);
    if (wire_end(&w)) {
        c->bytes = bytes.n;
        return true;
    }
    compiler_clear(c);
    return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("what was read from this document came damaged"));
}
