/* SPDX-License-Identifier: Apache-2.0
 *
 * What the portfolio takes from an SBOM: for each component what identifies it, its licence, supplier and hash. Small,
 * and made by whoever read the document, on any thread.
 *
 * A component is known by its purl; else by its CPE; else by name and version alone, and is then unidentified.
 * Services, files without an identity, and a main component without one are left out.
 */
#ifndef AKASHI_IMPACT_PARTS_H
#define AKASHI_IMPACT_PARTS_H

#include "sbom/sbom.h"

enum hash_kind { HASH_NONE, HASH_SHA256, HASH_SHA512, HASH_SHA1 };
struct part {
    str key;                /* as written: equal keys are one component */
    str licence;            /* absent when none is stated */
    str supplier;           /* who supplies it, else who made it; absent when nobody is named */
    unsigned char hash[16]; /* the beginning of its digest */
    enum hash_kind hash_kind;
};
struct parts { /* a VEC */
    struct part *v;
    uint32_t n, cap;
    bool edges; /* some document says what depends on what */
};
/* Text is copied into the arena. */
void parts_of(struct arena *a, const struct sbom *s, struct parts *out);
/* The key of one component; absent when it is left out. `distro` is what the document says of its operating system
 * (distro_of_document()): a package of that distribution that does not say its release itself is known with it. */
str part_key(struct arena *a, const struct sbom_component *c, str distro);

/* The canonical identity behind a key: a function of the key alone. */
struct identity {
    str package; /* "pkg:npm/%40x/y", "cpe:2.3:a:vendor:product", "name:NAME" */
    str rest;    /* what follows it: "@1.2?arch=amd64" */
    str version; /* decoded; absent when none is stated */
    bool unidentified;
};
enum { IDENTITY_MOST = 1000 }; /* bytes of package and of rest; what is longer is cut and told apart by its digest */
void identity_of(struct arena *a, str key, struct identity *out);
/* Of a canonical text, as component_row tells it: "name:NAME@VERSION" is cut at its last "@". */
void identity_of_text(struct arena *a, str text, struct identity *out);

#endif
