/* SPDX-License-Identifier: Apache-2.0
 *
 * Somebody's verdict on a vulnerability in a product: OpenVEX, CSAF and CycloneDX read into one list of statements.
 * The newest statement that speaks of a component decides; nothing is hidden, only marked.
 */
#ifndef AKASHI_VULN_VEX_H
#define AKASHI_VULN_VEX_H

#include "ident/purl.h"
#include "sbom/sbom.h"

enum vex_status { VEX_NONE, VEX_AFFECTED, VEX_NOT_AFFECTED, VEX_FIXED, VEX_UNDER_INVESTIGATION };

/* A thing spoken of: any of the names that are given, and of it the version or those in the range, when one is. */
struct vex_thing {
    str purl, cpe, ref, hash; /* ref: bom-ref, SPDXID or any IRI; purl: with a qualifier "vers" for a range */
    str serial;         /* of the document in which ref is a bom-ref (BOM-Link); absent: whichever is asked about */
    str version, range; /* range: VERS */
};
struct vex_product {
    struct vex_thing product;
    VEC(struct vex_thing) parts; /* empty: the product itself, or all that is in it */
};
struct vex_statement {
    VEC(str) names; /* CVE and aliases */
    VEC(struct vex_product) products;
    enum vex_status status;
    str justification, impact, action, timestamp, author;
    str source; /* file it came from */
};
struct vex {
    struct arena *a;
    VEC(struct vex_statement) statements;
};

/* Reads a document of any of the three kinds and adds its statements. Fails when it is none of them. */
MUST_USE bool vex_read(struct ctx *c, struct vex *vex, str bytes, str where, struct err *e);
/* Statements a CycloneDX document makes about its own components. */
void vex_from_sbom(struct vex *vex, const struct sbom *s, str where);
/* The same for those who do not have the document at hand: of the product, its parts by their purls, not by bom-refs.
 * Named otherwise than the document does when `product` is given. Text is copied into vex->a. */
void vex_of_product(struct vex *vex, const struct sbom *s, str product);
/* Does what was stated name this purl? A version, or the range in a qualifier "vers", has to fit; qualifiers too. */
bool vex_purl_covers(struct arena *a, str stated, str of);
/* The range of versions in a stated purl ("pkg:npm/x?vers=vers:npm/<2"); absent when there is none. */
str vex_purl_range(const struct purl *p);
/* A purl without version, for a range of them; absent when the range is none we can tell apart. */
str vex_purl_ranged(struct arena *a, str purl, str range);
/* The statement that decides for a vulnerability (any of its names) in a component of an SBOM, or NULL. */
const struct vex_statement *vex_decide(const struct vex *vex, const str *names, uint32_t n, const struct sbom *s,
                                       const struct sbom_component *component);
/* Justifications: the words of OpenVEX and CSAF as CycloneDX's, and back. One that has no counterpart stays as it is.
 */
str vex_word_for_cyclonedx(str justification);
str vex_word_of_cyclonedx(str justification);
const char *vex_status_name(enum vex_status s); /* OpenVEX words: "not_affected" … */

/* One per format; true when the document was of that kind (statements added), false with e->kind == ERR_NONE when it
 * is another kind, false with an error when it is broken. */
bool vex_read_openvex(struct vex *vex, const struct json *doc, struct err *e);
bool vex_read_csaf(struct vex *vex, const struct json *doc, struct err *e);

#endif
