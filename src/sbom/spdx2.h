/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.2 and 2.3. Every notation is turned into the JSON tree of SPDX 2.x first, so there is one reader from the tree
 * to the model, one validator over the tree and one writer back to it.
 *
 * Invariant: what the model cannot tell stays with its object, as an extra or in its `origin`; an object that was not
 * changed since it was read is written as it stood.
 */
#ifndef AKASHI_SBOM_SPDX2_H
#define AKASHI_SBOM_SPDX2_H

#include "sbom/codec.h"

/* ── words of the format (spdx2_words.c) ── */

/* "SHA256" → "SHA-256" and back; absent when there is no such algorithm. */
str spdx2_alg_to_model(str spdx);
str spdx2_alg_from_model(str model);
/* By its letters and digits alone, any case: "blake2b256", "sha3_256" as RDF writes them. */
str spdx2_alg_squeezed(str word);
/* Hexadecimal digits of a checksum by its SPDX name; 0 = any number. */
uint32_t spdx2_alg_digits(str spdx);
/* primaryPackagePurpose; absent or TYPE_UNKNOWN when it has no counterpart. */
enum sbom_type spdx2_purpose_to_type(str purpose);
str spdx2_purpose_of_type(enum sbom_type type);
bool spdx2_is_relation(str type);
/* What an external reference is to the model. */
enum spdx2_ref_kind { REF_PURL, REF_CPE, REF_SWID, REF_OTHER_ID, REF_PLAIN };
enum spdx2_ref_kind spdx2_ref_kind(str category, str type);
/* "SPDXRef-" and letters, digits, '.', '-' */
bool spdx2_id_ok(str id);
/* "Organization: Name (mail)", "Person: …", or a bare name. */
void spdx2_party_parse(str text, struct sbom_org *out);
str spdx2_party_text(struct arena *a, const struct sbom_org *org);
/* "Tool: name-version": the version is what stands behind the last '-' when it begins with a digit. */
void spdx2_tool_parse(str text, struct sbom_tool *out);
str spdx2_tool_text(struct arena *a, const struct sbom_tool *tool);

/* How a property of the model stands in SPDX 2.x: as an annotation by this program, "property NAME=VALUE". */
#define SPDX2_ANNOTATOR "Tool: akashi-" AKASHI_VERSION
#define SPDX2_PROPERTY "property "

/* ── tree → model (spdx2_read.c) ── */

/* Fills r->out from the tree. Fails only when packages, files or relationships are no arrays of objects. */
MUST_USE bool spdx2_read_tree(struct sbom_reading *r, const struct json *tree, struct err *e);
/* Checks every rule of the format over the tree; problems go to r. */
void spdx2_check_tree(struct sbom_reading *r, const struct json *tree);
/* One object of the tree: what spdx2_read_tree makes of it. */
void spdx2_read_package(struct arena *a, struct jv object, struct sbom_component *out);
void spdx2_read_file(struct arena *a, struct jv object, struct sbom_file *out);
void spdx2_read_creation(struct arena *a, struct jv object, struct sbom *out);

#endif
