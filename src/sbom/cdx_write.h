/* SPDX-License-Identifier: Apache-2.0
 *
 * Model to CycloneDX tree. A member read from CycloneDX and not changed since is written as it was; the rest is
 * made from the model. Whether it changed is found by making it twice, from the model and from what reading its origin
 * again gives, and comparing the texts: no field needs a comparison of its own.
 */
#ifndef AKASHI_SBOM_CDX_WRITE_H
#define AKASHI_SBOM_CDX_WRITE_H

#include "sbom/cdx_schema.h"

struct cdx_out {
    struct sbom_writing *w;
    const struct sbom *s;
    struct jw *jw;
    unsigned version;        /* minor, of the target */
    bool same_family;        /* the model was read from CycloneDX (or made here): origins and extras are CycloneDX */
    uint32_t *first_child;   /* per component: index + 1 of the first nested one, 0 = none */
    uint32_t *next_child;    /* per component: index + 1 of the next one inside the same parent */
    str *refs;               /* per component, then per file: its ref, told apart where a document used one twice */
    uint32_t root;           /* the component written as metadata.component, or SBOM_NO */
    const struct sbom *base; /* what the document says without changes; NULL when not from CycloneDX */
};

/* Writes the value of one member of an object of the model, or nothing when there is none. */
struct cdx_gen {
    const char *key;
    void (*gen)(struct cdx_out *o, const void *object);
};

/* Members of `origin` (may be absent) in its order, then what the model has beyond: see above. base is what reading
 * origin gives, NULL without origin. extras (NULL: members without a gen are kept as they are). */
void cdx_overlay(struct cdx_out *o, const struct cdx_gen *gens, const void *model, const void *base, struct jv origin,
                 const struct sbom_extras *extras);

void cdx_write_component(struct cdx_out *o, uint32_t at);
void cdx_write_file(struct cdx_out *o, const struct sbom_file *file);
void cdx_write_vuln(struct cdx_out *o, const struct sbom_vuln *v);
void cdx_write_org(struct cdx_out *o, const struct sbom_org *org);
void cdx_write_person(struct cdx_out *o, const struct sbom_person *person);
void cdx_write_hashes(struct cdx_out *o, const struct sbom_hashes *hashes);
void cdx_write_properties(struct cdx_out *o, const struct sbom_property *v, uint32_t n);
void cdx_write_nested(struct cdx_out *o, uint32_t first, bool services);
bool cdx_has_nested(const struct cdx_out *o, uint32_t first, bool services);
/* The graph as "dependencies". */
void cdx_gen_dependencies(struct cdx_out *o, const void *sbom);
/* The whole document as JSON text of the tree. */
void cdx_write_tree(struct sbom_writing *w, unsigned version, struct buf *out);

/* Writes the tree fitted to a version: members it cannot hold are left out and told, old and new forms exchanged.
 * keep: members the tables do not know stay (the document was of this version). */
void cdx_fit(struct sbom_writing *w, const struct json *tree, unsigned version, bool keep, struct jw *out);

/* The document was read from this very format, notation and version. */
bool cdx_same_form(const struct sbom_writing *w);
/* The whole way from model to the tree of a version, as text in *out and parsed in *tree (may be NULL). */
MUST_USE bool cdx_fitted_tree(struct sbom_writing *w, unsigned version, enum sbom_notation notation, struct buf *out,
                              struct json *tree, struct err *e);

#endif
