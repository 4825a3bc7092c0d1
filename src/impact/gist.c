/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/gist.h"

/* Stands in for the product while nobody knows its name. */
#define UNNAMED S("-")

static str party_of(const struct sbom *s, const struct sbom_component *root) {
    const struct sbom_org *orgs[] = {root ? root->supplier : NULL, root ? root->producer : NULL, s->supplier,
                                     s->manufacturer};
    for (size_t i = 0; i < sizeof orgs / sizeof *orgs; i++)
        if (orgs[i] && orgs[i]->name.n)
            return orgs[i]->name;
    return (str){NULL, 0};
}

void gist_of(struct arena *a, const struct sbom *s, struct gist *out) {
    const struct sbom_component *root = s->root != SBOM_NO ? &s->components.v[s->root] : NULL;
    *out = (struct gist){.format = sbom_form_name(a, s->form),
                         .name = s->name,
                         .id = s->id,
                         .created = s->created,
                         .supplier = party_of(s, root),
                         .has_root = root != NULL,
                         .vex = {.a = a}};
    if (root) {
        out->group = root->group;
        out->root_name = root->name;
        out->version = root->version;
        out->purl = root->purl;
    }
    parts_of(a, s, &out->parts);
    vex_of_product(&out->vex, s, UNNAMED);
}

void gist_of_product(struct gist *g, str product) {
    for (uint32_t i = 0; i < g->vex.statements.n; i++)
        for (uint32_t k = 0; k < g->vex.statements.v[i].products.n; k++)
            g->vex.statements.v[i].products.v[k].product = (struct vex_thing){.ref = product};
}

/* ── as bytes ── */

#define MAGIC "AkG1"
enum { ABSENT = -1 };

static void put_number(struct buf *b, uint32_t n) {
    const char bytes[4] = {(char)n, (char)(n >> 8), (char)(n >> 16), (char)(n >> 24)};
    buf_add(b, str_n(bytes, 4));
}

static void put_text(struct buf *b, str s) {
    put_number(b, s.p ? (uint32_t)s.n : (uint32_t)ABSENT);
    buf_add(b, s);
}

static void put_part(struct buf *b, const struct part *p) {
    put_text(b, p->key);
    put_text(b, p->licence);
    put_text(b, p->supplier);
    put_number(b, p->hash_kind);
    buf_add(b, str_n((const char *)p->hash, sizeof p->hash));
}

static void put_verdict(struct buf *b, const struct vex_statement *s) {
    const struct vex_product *of = s->products.n ? &s->products.v[0] : NULL;
    const struct vex_thing *part = of && of->parts.n ? &of->parts.v[0] : NULL;
    put_number(b, s->status);
    put_text(b, s->justification);
    put_text(b, s->impact);
    put_text(b, s->action);
    put_text(b, s->timestamp);
    put_number(b, s->names.n);
    for (uint32_t i = 0; i < s->names.n; i++)
        put_text(b, s->names.v[i]);
    put_number(b, part != NULL);
    if (part) {
        put_text(b, part->purl);
        put_text(b, part->cpe);
        put_text(b, part->ref);
    }
}

void gist_write(const struct gist *g, struct buf *b) {
    const str head[] = {g->format, g->name, g->id, g->created, g->supplier};
    const str root[] = {g->group, g->root_name, g->version, g->purl};
    buf_addz(b, MAGIC);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_text(b, head[i]);
    put_number(b, g->has_root);
    for (size_t i = 0; g->has_root && i < sizeof root / sizeof *root; i++)
        put_text(b, root[i]);
    put_number(b, g->parts.edges);
    put_number(b, g->parts.n);
    for (uint32_t i = 0; i < g->parts.n; i++)
        put_part(b, &g->parts.v[i]);
    put_number(b, g->vex.statements.n);
    for (uint32_t i = 0; i < g->vex.statements.n; i++)
        put_verdict(b, &g->vex.statements.v[i]);
}

/* ── from bytes ── `bad` once and for all: everything read behind it is nothing. */

struct taking {
    str rest;
    bool bad;
};

static uint32_t take_number(struct taking *t, uint32_t most) {
    const unsigned char *p = (const unsigned char *)t->rest.p;
    if (t->bad || t->rest.n < 4) {
        t->bad = true;
        return 0;
    }
    uint32_t n = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    t->rest = str_from(t->rest, 4);
    t->bad = n > most;
    return t->bad ? 0 : n;
}

static str take_text(struct taking *t, size_t most) {
    uint32_t n = take_number(t, UINT32_MAX);
    if (t->bad || n == (uint32_t)ABSENT)
        return (str){NULL, 0};
    str s = str_upto(t->rest, n);
    t->bad = n > t->rest.n || n > most || !str_utf8_ok(s);
    t->rest = str_from(t->rest, s.n);
    return t->bad ? (str){NULL, 0} : s;
}

/* Each of them takes at least so many bytes: a number that there is no room for is a lie. */
static uint32_t take_count(struct taking *t, size_t least) {
    uint32_t n = take_number(t, UINT32_MAX);
    t->bad = t->bad || n > t->rest.n / least;
    return t->bad ? 0 : n;
}

enum { SUPPLIER_MOST = 200, FORMAT_MOST = 100, PART_LEAST = 4 * 4 + 16, VERDICT_LEAST = 4 * 7 };

static void take_part(struct taking *t, struct part *out) {
    *out = (struct part){.key = take_text(t, SIZE_MAX)};
    out->licence = take_text(t, IDENTITY_MOST);
    out->supplier = take_text(t, SUPPLIER_MOST);
    out->hash_kind = (enum hash_kind)take_number(t, HASH_SHA1);
    t->bad = t->bad || t->rest.n < sizeof out->hash || !out->key.n;
    if (t->bad)
        return;
    memcpy(out->hash, t->rest.p, sizeof out->hash);
    t->rest = str_from(t->rest, sizeof out->hash);
}

static void take_verdict(struct arena *a, struct taking *t, struct vex_statement *out) {
    *out = (struct vex_statement){.status = (enum vex_status)take_number(t, VEX_UNDER_INVESTIGATION)};
    str *const texts[] = {&out->justification, &out->impact, &out->action, &out->timestamp};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = take_text(t, SIZE_MAX);
    for (uint32_t n = take_count(t, 4), i = 0; i < n && !t->bad; i++)
        *vec_push(a, &out->names) = take_text(t, SIZE_MAX);
    struct vex_product *of = vec_push(a, &out->products);
    *of = (struct vex_product){.product = {.ref = UNNAMED}};
    if (take_number(t, 1)) {
        struct vex_thing *part = vec_push(a, &of->parts);
        *part = (struct vex_thing){.purl = take_text(t, SIZE_MAX)};
        part->cpe = take_text(t, SIZE_MAX);
        part->ref = take_text(t, SIZE_MAX);
    }
    t->bad = t->bad || out->status == VEX_NONE || !out->names.n;
}

static void take_head(struct taking *t, struct gist *out) {
    out->format = take_text(t, FORMAT_MOST);
    str *const head[] = {&out->name, &out->id, &out->created, &out->supplier};
    str *const root[] = {&out->group, &out->root_name, &out->version, &out->purl};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        *head[i] = take_text(t, SIZE_MAX);
    out->has_root = take_number(t, 1);
    for (size_t i = 0; out->has_root && i < sizeof root / sizeof *root; i++)
        *root[i] = take_text(t, SIZE_MAX);
    out->parts.edges = take_number(t, 1);
}

bool gist_read(struct arena *a, str bytes, struct gist *out, struct err *e) {
    struct taking t = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC))};
    *out = (struct gist){.vex = {.a = a}};
    take_head(&t, out);
    uint32_t n = take_count(&t, PART_LEAST);
    out->parts.v = arena_room(a, (n + (size_t)1) * sizeof *out->parts.v);
    for (out->parts.cap = n; out->parts.n < n && !t.bad;)
        take_part(&t, &out->parts.v[out->parts.n++]);
    n = take_count(&t, VERDICT_LEAST);
    for (uint32_t i = 0; i < n && !t.bad; i++)
        take_verdict(a, &t, vec_push(a, &out->vex.statements));
    if (!t.bad && !t.rest.n)
        return true;
    *out = (struct gist){.vex = {.a = a}};
    return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("what was read from this document came damaged"));
}
