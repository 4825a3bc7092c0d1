/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the SPDX 2.x writer share.
 *
 * Invariant: every component has one SPDXID, the same wherever it is named.
 */
#ifndef AKASHI_SBOM_SPDX2_WRITE_H
#define AKASHI_SBOM_SPDX2_WRITE_H

#include "sbom/spdx2.h"

struct spdx2_out {
    struct sbom_writing *w;
    struct arena *a;
    const struct sbom *s;
    bool native;   /* the sbom is SPDX 2.x: refs are SPDXIDs, extras are SPDX members */
    bool verbatim; /* objects that were not changed may be written as they stood */
    bool v22;      /* write 2.2 */
    str created;
    struct map ids;                      /* ref of the model → str: SPDXID */
    struct map used;                     /* SPDXID → how many were made from it */
    struct map text_ids;                 /* licence known by name → str: LicenseRef */
    VEC(struct sbom_licence_text) texts; /* for those */
};

void spdx2_ids_make(struct spdx2_out *o);
/* The SPDXID of a ref of the model; absent when the document has no such element. */
str spdx2_id_of(const struct spdx2_out *o, str ref);
/* The SPDXID of a component, also of one without a ref. */
str spdx2_id_of_component(const struct spdx2_out *o, const struct sbom_component *c);

void spdx2_write_package(struct spdx2_out *o, struct jw *w, const struct sbom_component *c);
void spdx2_write_file(struct spdx2_out *o, struct jw *w, const struct sbom_file *f);
/* Name with its group; where a component was found, when it says nothing of its source. */
str spdx2_package_name(struct arena *a, const struct sbom_component *c);
str spdx2_source_info(struct arena *a, const struct sbom_component *c);
str spdx2_document_name(const struct sbom *s);
/* Derived from the content where the model has none, so that the same input gives the same bytes. */
str spdx2_namespace(struct spdx2_out *o);
/* One expression of all licences of a kind; absent when there are none. */
str spdx2_expression(struct spdx2_out *o, const struct sbom_licences *licences, enum sbom_licence_kind kind);

/* The whole document as JSON. */
void spdx2_write_document(struct sbom_writing *sw, struct buf *out, bool pretty);
/* A JSON tree of SPDX 2.x as tag-value into sw->out. */
void spdx2_tag_write(struct sbom_writing *sw, struct jv root);

/* ── an object being written: knows which members it has ── */
struct spdx2_object {
    struct jw *w;
    struct arena *a;
    VEC(str) keys;
};
struct spdx2_object spdx2_object_open(struct arena *a, struct jw *w);
void spdx2_object_close(struct spdx2_object *o);
bool spdx2_object_has(const struct spdx2_object *o, str key);
void spdx2_key(struct spdx2_object *o, const char *key);
void spdx2_text(struct spdx2_object *o, const char *key, str text); /* left out when absent */
/* The extras whose keys are not written yet. */
void spdx2_extras(struct spdx2_object *o, const struct sbom_extras *extras);

#endif
