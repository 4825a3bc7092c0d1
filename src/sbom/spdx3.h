/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 3.0 in JSON-LD, as the release's context writes it: a flat @graph of elements that name each other by spdxId.
 *
 * Invariant: a document that was read and not changed is written as it stood; else its modelled elements are written
 * from the model and the rest of the graph as it was.
 */
#ifndef AKASHI_SBOM_SPDX3_H
#define AKASHI_SBOM_SPDX3_H

#include "sbom/codec.h"

/* ── words (spdx3_words.c) ── */

str spdx3_alg_to_model(str spdx); /* "sha256" → "SHA-256"; absent when unknown */
str spdx3_alg_from_model(str model);
enum sbom_type spdx3_purpose_to_type(str purpose);
str spdx3_purpose_of_type(enum sbom_type type);
/* Kinds of external references, SPDX 3 ↔ CycloneDX words; the word itself when there is no counterpart. */
str spdx3_ref_to_model(str spdx);
str spdx3_ref_from_model(str model); /* "other" when there is none */

/* A relationship type of SPDX 3 (with its lifecycle scope or "") as the SPDX 2.3 type, which may run the other way. An
 * unknown one becomes UPPER_SNAKE. */
str spdx3_relation_to_model(struct arena *a, str type, str scope, bool *reversed);
/* The reverse; *scope is "" when none. "other" when there is none. */
str spdx3_relation_from_model(str type, str *scope, bool *reversed);
bool spdx3_is_relation(str type);

/* "software_Package" → "Package", "https://spdx.org/rdf/3.0.1/terms/Software/Package" → "Package" */
str spdx3_class(str type);
/* A word of an enumeration, which may be written as its IRI: ".../HashAlgorithm/sha3_256" → "sha3_256" */
str spdx3_word(str word);
str spdx3_type_of(struct jv element);
str spdx3_id_of(struct jv element);
/* A member with or without its profile's prefix ("software_packageVersion" for "packageVersion"). */
struct jv spdx3_get(struct jv element, const char *prefix, const char *name);

/* ── graph → model (spdx3_read.c, spdx3_relations.c) ── */

struct spdx3_in {
    struct arena *a;
    struct sbom *s;
    struct map elements;   /* spdxId → struct yyjson_val */
    struct map components; /* spdxId → index + 1 */
    struct map files;      /* spdxId → index + 1 */
    str document;          /* spdxId of the SpdxDocument, or of the Sbom that stands for it */
};

MUST_USE bool spdx3_read_graph(struct arena *a, struct sbom *out, const struct json *tree, struct err *e);
void spdx3_read_relation(struct spdx3_in *in, struct jv relationship);
/* What an element names: an object as it stands, or the element of that id. */
struct jv spdx3_resolve(const struct spdx3_in *in, struct jv v);
/* The id a value names. */
str spdx3_named(struct jv v);
/* The licence expression an element stands for; absent for NONE and NOASSERTION. */
str spdx3_expression(struct spdx3_in *in, struct jv v);
void spdx3_read_agent(struct spdx3_in *in, struct jv v, struct sbom_org *out);
void spdx3_root_relations(struct spdx3_in *in, struct jv document);

/* The elements of a document: @graph, or the one object that is the document. */
struct jiter spdx3_elements(struct jv root);

#endif
