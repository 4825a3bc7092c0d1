/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the SPDX 3.0 writer share.
 *
 * Invariant: everything that is named has one IRI, the same wherever it is named; the same model gives the same bytes.
 */
#ifndef AKASHI_SBOM_SPDX3_WRITE_H
#define AKASHI_SBOM_SPDX3_WRITE_H

#include "sbom/spdx2_write.h"
#include "sbom/spdx3.h"

struct spdx3_group { /* relations that become one Relationship */
    str from, type, scope, comment;
    VEC(str) to;
};

struct spdx3_out {
    struct sbom_writing *w;
    struct arena *a;
    const struct sbom *s;
    struct jw *jw;
    bool native;          /* the sbom is SPDX 3: refs are IRIs, extras are SPDX 3 members */
    struct spdx2_out ids; /* SPDXIDs of what has no IRI */
    str base, document;   /* namespace without '#'; IRI of the SpdxDocument */
    str created;
    struct map agents;      /* text of the party → str: IRI */
    struct map expressions; /* → str: IRI */
    struct map groups;      /* from, type, scope → struct spdx3_group */
    struct map emitted;     /* IRIs of elements written */
    VEC(str) roots;
    uint32_t relationships;
};

/* The IRI of a ref of the model; absent when the document has no such element. */
str spdx3_iri(const struct spdx3_out *o, str ref);
str spdx3_iri_of_component(const struct spdx3_out *o, const struct sbom_component *c);
/* IRI of an agent; it must be written beforehand (spdx3_agents). */
str spdx3_agent(const struct spdx3_out *o, const struct sbom_org *org);
/* Opens an element with type, spdxId and creationInfo. */
struct spdx2_object spdx3_element(struct spdx3_out *o, const char *type, str iri);

void spdx3_write_package(struct spdx3_out *o, const struct sbom_component *c);
void spdx3_write_file(struct spdx3_out *o, const struct sbom_file *f);
void spdx3_write_relations(struct spdx3_out *o);
void spdx3_write_licences(struct spdx3_out *o);

MUST_USE bool spdx3_write_document(struct sbom_writing *w, struct err *e);

#endif
