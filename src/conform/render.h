/* SPDX-License-Identifier: Apache-2.0
 *
 * A declaration for people and for other people's programs: a page to read and print, PDF, CSV, OSCAL assessment
 * results, CycloneDX 1.6 declarations, a profile for procurement. Nothing is added to what was signed.
 */
#ifndef AKASHI_CONFORM_RENDER_H
#define AKASHI_CONFORM_RENDER_H

#include "conform/standing.h"

struct rendering {
    struct arena *arena;
    const struct declaration_row *declared;
    const struct catalogue *catalogue; /* for titles; may be another edition than was declared against */
    struct buf *out;
};
struct rendition {
    const char *name;  /* "html" */
    const char *ends;  /* ".html" */
    const char *title; /* N_() */
    /* Into out; ERR_ENV where what it takes is not installed. */
    bool (*write)(const struct rendering *r, struct err *e);
};
extern const struct rendition *const renditions[]; /* NULL at the end */
const struct rendition *rendition_of(str name);

/* ── shared ── */
/* A UUID that follows from the declaration and a word: the same every time. */
str rendition_uuid(struct arena *a, const struct declaration_row *d, const char *word, str more);
const char *basis_title(const struct declared_practice *p); /* "computed", in the reader's language */

#endif
