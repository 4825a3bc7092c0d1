/* SPDX-License-Identifier: Apache-2.0
 *
 * What the portfolio takes from one SBOM document, and nothing else of it: what it says of itself, the components that
 * identify something, the verdicts it states.
 *
 * A gist has a form as bytes, so that whoever reads documents of strangers can be another process than the one that
 * believes the outcome: numbers of four bytes, little end first, and texts with their length in front, in one order.
 * Reading that form is all the believer does; gist_read(gist_write(x)) is x, and gist_write(gist_read(b)) is b.
 *
 *     "AkG1"  format  name  id  created  supplier
 *             root: 0 | 1 group name version purl
 *             edges: 0 | 1   n parts:    key  licence  supplier  hash kind  16 bytes
 *                            n verdicts: status  justification  impact  action  timestamp  n names  0 | 1 part
 */
#ifndef AKASHI_IMPACT_GIST_H
#define AKASHI_IMPACT_GIST_H

#include "impact/parts.h"
#include "vuln/vex.h"

struct gist {
    str format;   /* "cyclonedx-json@1.5" */
    str name, id; /* of the document: id is its serial number or namespace */
    str created;
    str supplier; /* who supplies or made the main component, else the document's */
    bool has_root;
    str group, root_name, version, purl; /* of the main component */
    struct parts parts;
    struct vex vex; /* of a product that gist_of_product() names */
};
/* Parts and verdicts are copied into the arena, the rest is borrowed from the SBOM. */
void gist_of(struct arena *a, const struct sbom *s, struct gist *out);
/* The verdicts are of this product: "ID@VERSION". */
void gist_of_product(struct gist *g, str product);

void gist_write(const struct gist *g, struct buf *out);
/* Texts are borrowed. Fails when any byte is not as gist_write() has it. */
MUST_USE bool gist_read(struct arena *a, str bytes, struct gist *out, struct err *e);

#endif
