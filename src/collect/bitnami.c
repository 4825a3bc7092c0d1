/* SPDX-License-Identifier: Apache-2.0
 *
 * Bitnami images carry an SPDX document per component, opt/bitnami/NAME/.spdx-NAME.spdx: its packages are what is
 * there.
 */
#include "base/file.h"
#include "collect/detectors.h"

static str first_licence(const struct sbom_component *p) {
    for (uint32_t i = 0; i < p->licences.n; i++)
        if (p->licences.v[i].expression.n)
            return p->licences.v[i].expression;
    return (str){NULL, 0};
}

static bool read_spdx(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct sbom *s;
    if (!sbom_read(collect_ctx(c), a, bytes, f->path, SBOM_LENIENT, &s, NULL, e))
        return false;
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *p = &s->components.v[i];
        struct find find = {.purl = p->purl,
                            .name = p->name,
                            .version = p->version,
                            .licence = first_licence(p),
                            .homepage = p->homepage,
                            .download = p->download,
                            .description = p->description,
                            .copyright = p->copyright,
                            .kind = p->type,
                            .key = p->ref,
                            .cpe = p->cpes.n ? p->cpes.v[0] : (str){NULL, 0}};
        if (p->supplier)
            find.supplier = p->supplier->name;
        if (p->name.n)
            collect_find(c, &find);
    }
    sbom_link(s);
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_relation *r = &s->relations.v[i];
        if (str_is(r->type, "DEPENDS_ON") || str_is(r->type, "CONTAINS"))
            collect_edge(c, r->from, r->to);
    }
    return true;
}

static const char *const files[] = {".spdx-*.spdx", NULL};
const struct detector detector_bitnami = {
    .name = "host/bitnami", .files = files, .purl_types = "bitnami", .read = read_spdx};
