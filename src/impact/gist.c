/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/gist.h"

#include "base/wire.h"

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

enum { FORMAT_MOST = 100 };

/* A document may call its version anything: what is cut shows that it was. */
static str short_name(struct arena *a, str name) {
    const str cut = S_INIT("…");
    bool whole = name.n <= FORMAT_MOST && str_utf8_ok(name);
    name = str_upto(name, FORMAT_MOST - (whole ? 0 : cut.n));
    while (!str_utf8_ok(name))
        name.n--;
    return whole ? name : arena_cat(a, name, cut);
}

void gist_of(struct arena *a, const struct sbom *s, struct gist *out) {
    const struct sbom_component *root = s->root != SBOM_NO ? &s->components.v[s->root] : NULL;
    *out = (struct gist){.format = short_name(a, sbom_form_name(a, s->form)),
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

static void put_part(struct buf *b, const struct part *p) {
    wire_put_text(b, p->key);
    wire_put_text(b, p->licence);
    wire_put_text(b, p->supplier);
    wire_put_number(b, p->hash_kind);
    buf_add(b, str_n((const char *)p->hash, sizeof p->hash));
}

static void put_verdict(struct buf *b, const struct vex_statement *s) {
    const struct vex_product *of = s->products.n ? &s->products.v[0] : NULL;
    const struct vex_thing *part = of && of->parts.n ? &of->parts.v[0] : NULL;
    wire_put_number(b, s->status);
    wire_put_text(b, s->justification);
    wire_put_text(b, s->impact);
    wire_put_text(b, s->action);
    wire_put_text(b, s->timestamp);
    wire_put_number(b, s->names.n);
    for (uint32_t i = 0; i < s->names.n; i++)
        wire_put_text(b, s->names.v[i]);
    wire_put_number(b, part != NULL);
    if (part) {
        wire_put_text(b, part->purl);
        wire_put_text(b, part->cpe);
        wire_put_text(b, part->ref);
    }
}

void gist_write(const struct gist *g, struct buf *b) {
    const str head[] = {g->format, g->name, g->id, g->created, g->supplier};
    const str root[] = {g->group, g->root_name, g->version, g->purl};
    buf_addz(b, MAGIC);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        wire_put_text(b, head[i]);
    wire_put_number(b, g->has_root);
    for (size_t i = 0; g->has_root && i < sizeof root / sizeof *root; i++)
        wire_put_text(b, root[i]);
    wire_put_number(b, g->parts.edges);
    wire_put_number(b, g->parts.n);
    for (uint32_t i = 0; i < g->parts.n; i++)
        put_part(b, &g->parts.v[i]);
    wire_put_number(b, g->vex.statements.n);
    for (uint32_t i = 0; i < g->vex.statements.n; i++)
        put_verdict(b, &g->vex.statements.v[i]);
}

/* ── from bytes ── */

enum { SUPPLIER_MOST = 200, PART_LEAST = 4 * 4 + 16, VERDICT_LEAST = 4 * 7 };

static void take_part(struct wire *t, struct part *out) {
    *out = (struct part){.key = wire_text(t, SIZE_MAX)};
    out->licence = wire_text(t, IDENTITY_MOST);
    out->supplier = wire_text(t, SUPPLIER_MOST);
    out->hash_kind = (enum hash_kind)wire_number(t, HASH_SHA1);
    str hash = wire_raw(t, sizeof out->hash);
    t->bad = t->bad || !out->key.n;
    if (!t->bad)
        memcpy(out->hash, hash.p, sizeof out->hash);
}

static void take_verdict(struct arena *a, struct wire *t, struct vex_statement *out) {
    *out = (struct vex_statement){.status = (enum vex_status)wire_number(t, VEX_UNDER_INVESTIGATION)};
    str *const texts[] = {&out->justification, &out->impact, &out->action, &out->timestamp};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = wire_text(t, SIZE_MAX);
    for (uint32_t n = wire_count(t, 4), i = 0; i < n && !t->bad; i++)
        *vec_push(a, &out->names) = wire_text(t, SIZE_MAX);
    struct vex_product *of = vec_push(a, &out->products);
    *of = (struct vex_product){.product = {.ref = UNNAMED}};
    if (wire_number(t, 1)) {
        struct vex_thing *part = vec_push(a, &of->parts);
        *part = (struct vex_thing){.purl = wire_text(t, SIZE_MAX)};
        part->cpe = wire_text(t, SIZE_MAX);
        part->ref = wire_text(t, SIZE_MAX);
    }
    t->bad = t->bad || out->status == VEX_NONE || !out->names.n;
}

static void take_head(struct wire *t, struct gist *out) {
    out->format = wire_text(t, FORMAT_MOST);
    str *const head[] = {&out->name, &out->id, &out->created, &out->supplier};
    str *const root[] = {&out->group, &out->root_name, &out->version, &out->purl};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        *head[i] = wire_text(t, SIZE_MAX);
    out->has_root = wire_number(t, 1);
    for (size_t i = 0; out->has_root && i < sizeof root / sizeof *root; i++)
        *root[i] = wire_text(t, SIZE_MAX);
    out->parts.edges = wire_number(t, 1);
}

bool gist_read(struct arena *a, str bytes, struct gist *out, struct err *e) {
    struct wire t = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC))};
    *out = (struct gist){.vex = {.a = a}};
    take_head(&t, out);
    uint32_t n = wire_count(&t, PART_LEAST);
    out->parts.v = arena_room(a, (n + (size_t)1) * sizeof *out->parts.v);
    for (out->parts.cap = n; out->parts.n < n && !t.bad;)
        take_part(&t, &out->parts.v[out->parts.n++]);
    n = wire_count(&t, VERDICT_LEAST);
    for (uint32_t i = 0; i < n && !t.bad; i++)
        take_verdict(a, &t, vec_push(a, &out->vex.statements));
    if (wire_end(&t))
        return true;
    *out = (struct gist){.vex = {.a = a}};
    return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("what was read from this document came damaged"));
}
