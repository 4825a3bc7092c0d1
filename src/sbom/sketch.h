/* SPDX-License-Identifier: Apache-2.0
 *
 * What tree, paths and comparison ask of an SBOM, as bytes (base/wire.h), so that whoever reads documents of strangers
 * can be another process. What is taken is an SBOM with these members and no others; sketched again it is the same
 * bytes.
 *
 *     "AkS1"  format  notation  version  root
 *             n components: type  scope  is root  in metadata  parent
 *                           group  name  version  purl  publisher  supplier  producer
 *                           n purls  n CPEs  n hashes: algorithm hex  n licences: kind expression name
 *                           n properties: name value
 *             n relations:  from  to  type
 */
#ifndef AKASHI_SBOM_SKETCH_H
#define AKASHI_SBOM_SKETCH_H

#include "sbom/sbom.h"

void sbom_sketch(const struct sbom *s, struct buf *out);
/* Texts are borrowed. Fails when any byte is not as sbom_sketch() has it. */
MUST_USE bool sbom_of_sketch(struct arena *a, str bytes, struct sbom **out, struct err *e);

#endif
