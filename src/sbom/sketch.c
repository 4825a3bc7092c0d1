/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/sketch.h"

#include "base/wire.h"

#define MAGIC "AkS1"

/* What tells which release of a distribution it is (vuln/distro.h). */
static bool is_told(const struct sbom_property *p) { return str_is(p->name, "akashi:stream"); }

static bool is_within(const struct sbom *s, const struct sbom_relation *r) {
    return r->from_at < s->components.n && r->to_at < s->components.n;
}

static uint32_t place_in(const struct sbom *s, uint32_t at) { return at < s->components.n ? at : SBOM_NO; }

/* ── to bytes ── */

/* A reader may leave what is no UTF-8; whoever takes it would refuse all of it. */
static void put_text(struct buf *b, str s) { wire_put_text(b, str_utf8_ok(s) ? s : S("?")); }

static void put_texts(struct buf *b, const str *v, uint32_t n) {
    wire_put_number(b, n);
    for (uint32_t i = 0; i < n; i++)
        put_text(b, v[i]);
}

static void put_lists(struct buf *b, const struct sbom_component *c) {
    uint32_t told = 0;
    put_texts(b, c->more_purls.v, c->more_purls.n);
    put_texts(b, c->cpes.v, c->cpes.n);
    wire_put_number(b, c->hashes.n);
    for (uint32_t i = 0; i < c->hashes.n; i++) {
        put_text(b, c->hashes.v[i].alg);
        put_text(b, c->hashes.v[i].hex);
    }
    wire_put_number(b, c->licences.n);
    for (uint32_t i = 0; i < c->licences.n; i++) {
        wire_put_number(b, c->licences.v[i].kind);
        put_text(b, c->licences.v[i].expression);
        put_text(b, c->licences.v[i].name);
    }
    for (uint32_t i = 0; i < c->properties.n; i++)
        told += is_told(&c->properties.v[i]);
    wire_put_number(b, told);
    for (uint32_t i = 0; i < c->properties.n; i++)
        if (is_told(&c->properties.v[i])) {
            put_text(b, c->properties.v[i].name);
            put_text(b, c->properties.v[i].value);
        }
}

static void put_component(struct buf *b, const struct sbom *s, const struct sbom_component *c) {
    const str absent = {NULL, 0};
    const str texts[] = {c->group,
                         c->name,
                         c->version,
                         c->purl,
                         c->publisher,
                         c->supplier ? c->supplier->name : absent,
                         c->producer ? c->producer->name : absent};
    wire_put_number(b, c->type);
    wire_put_number(b, c->scope);
    wire_put_number(b, c->is_root);
    wire_put_number(b, c->in_metadata);
    wire_put_number(b, place_in(s, c->parent));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(b, texts[i]);
    put_lists(b, c);
}

void sbom_sketch(const struct sbom *s, struct buf *b) {
    uint32_t n = 0;
    buf_addz(b, MAGIC);
    wire_put_number(b, s->form.format);
    wire_put_number(b, s->form.notation);
    put_text(b, s->form.version);
    wire_put_number(b, place_in(s, s->root));
    wire_put_number(b, s->components.n);
    for (uint32_t i = 0; i < s->components.n; i++)
        put_component(b, s, &s->components.v[i]);
    for (uint32_t i = 0; i < s->relations.n; i++)
        n += is_within(s, &s->relations.v[i]);
    wire_put_number(b, n);
    for (uint32_t i = 0; i < s->relations.n; i++)
        if (is_within(s, &s->relations.v[i])) {
            wire_put_number(b, s->relations.v[i].from_at);
            wire_put_number(b, s->relations.v[i].to_at);
            put_text(b, s->relations.v[i].type);
        }
}

/* ── from bytes ── */

enum { TEXT_LEAST = 4, COMPONENT_LEAST = 17 * 4, RELATION_LEAST = 3 * 4, PAIR_LEAST = 2 * 4, LICENCE_LEAST = 3 * 4 };

static uint32_t take_place(struct wire *w, uint32_t n) {
    uint32_t at = wire_number(w, UINT32_MAX);
    w->bad = w->bad || (at >= n && at != SBOM_NO);
    return at;
}

static struct sbom_org *take_org(struct arena *a, struct wire *w) {
    str name = wire_text(w, SIZE_MAX);
    if (!name.p)
        return NULL;
    struct sbom_org *org = arena_new_of(a, struct sbom_org);
    org->name = name;
    return org;
}

static void take_lists(struct arena *a, struct wire *w, struct sbom_component *c) {
    for (uint32_t n = wire_count(w, TEXT_LEAST); n && !w->bad; n--)
        *vec_push(a, &c->more_purls) = wire_text(w, SIZE_MAX);
    for (uint32_t n = wire_count(w, TEXT_LEAST); n && !w->bad; n--)
        *vec_push(a, &c->cpes) = wire_text(w, SIZE_MAX);
    for (uint32_t n = wire_count(w, PAIR_LEAST); n && !w->bad; n--) {
        struct sbom_hash *h = vec_push(a, &c->hashes);
        h->alg = wire_text(w, SIZE_MAX);
        h->hex = wire_text(w, SIZE_MAX);
    }
    for (uint32_t n = wire_count(w, LICENCE_LEAST); n && !w->bad; n--) {
        struct sbom_licence *l = vec_push(a, &c->licences);
        *l = (struct sbom_licence){.kind = (enum sbom_licence_kind)wire_number(w, LICENCE_SEEN)};
        l->expression = wire_text(w, SIZE_MAX);
        l->name = wire_text(w, SIZE_MAX);
    }
    for (uint32_t n = wire_count(w, PAIR_LEAST); n && !w->bad; n--) {
        struct sbom_property *p = vec_push(a, &c->properties);
        p->name = wire_text(w, SIZE_MAX);
        p->value = wire_text(w, SIZE_MAX);
        w->bad = w->bad || !is_told(p);
    }
}

static void take_component(struct wire *w, struct sbom *s, uint32_t n) {
    struct sbom_component *c = sbom_add(s);
    c->type = (enum sbom_type)wire_number(w, TYPE_SERVICE);
    c->scope = (enum sbom_scope)wire_number(w, SCOPE_DEV);
    c->is_root = wire_number(w, 1);
    c->in_metadata = wire_number(w, 1);
    c->parent = take_place(w, n);
    str *const texts[] = {&c->group, &c->name, &c->version, &c->purl, &c->publisher};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = wire_text(w, SIZE_MAX);
    c->supplier = take_org(s->arena, w);
    c->producer = take_org(s->arena, w);
    take_lists(s->arena, w, c);
}

bool sbom_of_sketch(struct arena *a, str bytes, struct sbom **out, struct err *e) {
    struct wire w = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC))};
    struct sbom *s = *out = sbom_new(a);
    s->form.format = (enum sbom_format)wire_number(&w, SBOM_SPDX3);
    s->form.notation = (enum sbom_notation)wire_number(&w, NOTE_RDF);
    s->form.version = wire_text(&w, SIZE_MAX);
    uint32_t root = wire_number(&w, UINT32_MAX), n = wire_count(&w, COMPONENT_LEAST);
    for (uint32_t i = 0; i < n && !w.bad; i++)
        take_component(&w, s, n);
    for (uint32_t k = wire_count(&w, RELATION_LEAST); k && !w.bad; k--) {
        struct sbom_relation *r = vec_push(a, &s->relations);
        *r = (struct sbom_relation){.from_at = wire_number(&w, UINT32_MAX)};
        r->to_at = wire_number(&w, UINT32_MAX);
        r->type = wire_text(&w, SIZE_MAX);
        w.bad = w.bad || r->from_at >= n || r->to_at >= n;
    }
    s->root = root;
    if (wire_end(&w) && (root < n || root == SBOM_NO))
        return true;
    *out = sbom_new(a);
    return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("what was read from this document came damaged"));
}
