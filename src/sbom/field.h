/* SPDX-License-Identifier: Apache-2.0
 *
 * What a quality profile can ask of an SBOM: fields by name, each with a test and a way to mend it. Profiles
 * (one JSON file each in profiles/) are lists of these names.
 */
#ifndef AKASHI_SBOM_FIELD_H
#define AKASHI_SBOM_FIELD_H

#include "sbom/graph.h"

struct field {
    const char *name;        /* "component.supplier": of each component; "document.…": of the document */
    const char *title, *fix; /* N_() */
    bool (*of_document)(const struct sbom *s, const struct sbom_graph *g);
    bool (*of_component)(const struct sbom *s, const struct sbom_graph *g, uint32_t component);
};

const struct field *field_find(str name);

#endif
