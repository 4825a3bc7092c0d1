/* SPDX-License-Identifier: Apache-2.0
 *
 * References to container images: [registry/][path/]name[:tag][@algorithm:digest].
 */
#ifndef AKASHI_COLLECT_IMAGE_REF_H
#define AKASHI_COLLECT_IMAGE_REF_H

#include "collect/report.h"

struct image_ref {
    str registry, path, name, tag, digest; /* registry "docker.io" when not written; path "library" likewise */
};
/* False when it is none: empty, or with an unresolved variable. */
bool image_ref_parse(str text, struct image_ref *out);
/* Reports it with the rest of `as`: by digest as pkg:oci, by tag as pkg:docker; without either, or with the tag
 * "latest", it is counted as unidentified, as it names whatever is there on the day. */
void image_ref_find(struct collect *c, struct arena *a, str text, const struct find *as);

#endif
