/* SPDX-License-Identifier: Apache-2.0
 *
 * The effective model of a pom.xml, as far as the tree tells: parents (by relativePath) and BOMs found in the same
 * build are merged in, profiles active by default applied, properties interpolated. Nothing is fetched, so what an
 * outer parent manages stays unknown.
 */
#ifndef AKASHI_COLLECT_POM_MODEL_H
#define AKASHI_COLLECT_POM_MODEL_H

#include "base/xml.h"
#include "collect/maven_find.h"

/* One pom.xml read. */
struct pom {
    const struct xml_node *root;
    str path;                     /* from the root of the source */
    str group, artifact, version; /* as written; group and version from its parent element when it has none */
    const struct pom *parent;     /* the one found in the tree, or NULL */
};

struct pom_dependency {
    str group, artifact, version, scope, type, classifier; /* interpolated; absent ones stay absent */
    bool optional;
    str exclusions; /* "g:a, g:a" */
    uint32_t line;
    bool inherited;
};
VEC_NAMED(pom_dependencies, struct pom_dependency);

struct pom_model {
    struct collect *c;
    const struct found_file *f;
    struct arena *a;
    const struct pom *pom;
    struct map managed;    /* "g:a:type:classifier" → struct pom_dependency */
    struct map properties; /* name → str *, the nearest one wins */
    struct map read;       /* path → struct pom, or NULL when there is none */
    struct pom_dependencies dependencies;
    uint32_t boms; /* imported so far, against endless chains */
};

/* Fails when the file itself is no pom; a broken parent is only missing. */
MUST_USE bool pom_model_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a,
                             struct pom_model *out, struct err *e);
/* Text with ${…} replaced; a property that is not known stays as written. */
str pom_text(const struct pom_model *m, str text);

#endif
