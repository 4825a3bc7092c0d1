/* SPDX-License-Identifier: Apache-2.0
 *
 * RDF/XML as subjects with properties (RDF 1.1 XML Syntax §2: node and property elements take turns).
 *
 * Invariant: one id is one subject, however many elements describe it; the graph may have cycles, so whoever walks it
 * bounds the walk.
 */
#ifndef AKASHI_SBOM_RDF_H
#define AKASHI_SBOM_RDF_H

#include "base/ctx.h"

struct rdf_subject;
struct rdf_property {
    str name; /* local name */
    uint32_t line;
    str literal;                 /* absent when the value is something else */
    str iri;                     /* "_:x" for a named blank node */
    struct rdf_subject *subject; /* the value, when the document describes it */
};
struct rdf_subject {
    str id;   /* absent for a blank node without a name */
    str type; /* local name of its class */
    uint32_t line;
    VEC(struct rdf_property) properties;
};
struct rdf {
    struct arena *a;
    VEC(struct rdf_subject *) subjects; /* as they appear in the document */
    struct map by_id;
};

MUST_USE bool rdf_read(struct ctx *c, struct arena *a, str text, str where, struct rdf *out, struct err *e);
/* What stands behind the last '#', else behind the last '/'. */
str rdf_local(str iri);
/* The first property of that name, or NULL. */
const struct rdf_property *rdf_get(const struct rdf_subject *s, const char *name);

#endif
