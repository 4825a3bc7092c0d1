/* SPDX-License-Identifier: Apache-2.0
 *
 * Quality profiles: which fields an SBOM should fill, and how far it does.
 */
#ifndef AKASHI_SBOM_PROFILE_H
#define AKASHI_SBOM_PROFILE_H

#include "sbom/field.h"

struct profile_element {
    const struct field *field;
    int64_t weight;
};
struct profile {
    str id, title; /* in the reader's language */
    VEC(struct profile_element) elements;
};

struct element_score {
    const struct profile_element *element;
    uint32_t asked, filled;  /* components (or 1 document) */
    const uint32_t *missing; /* component numbers, asked - filled of them; NULL for a document field */
};
struct profile_score {
    const struct profile *profile;
    struct element_score *elements;
    double score; /* 0 … 100 */
};

/* A built-in profile by id ("meti"), or a file of the same form. */
MUST_USE bool profile_read(struct ctx *c, struct arena *a, str name_or_file, struct profile *out, struct err *e);
/* Names of the built-in ones, NULL at the end. */
const char *const *profile_names(struct arena *a);
struct profile_score profile_apply(const struct profile *p, const struct sbom *s, struct arena *a);

#endif
