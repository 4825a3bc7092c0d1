/* SPDX-License-Identifier: Apache-2.0
 *
 * The statement "this release contains what this SBOM lists". Its subject is the document, by the SHA-256 of its bytes;
 * the bytes are a body of the archive.
 */
#ifndef AKASHI_IMPACT_INVENTORY_H
#define AKASHI_IMPACT_INVENTORY_H

#include "impact/contents.h"
#include "impact/portfolio.h"

struct vex; /* vuln/vex.h */

struct inventory {
    str product, version, party;    /* ids; party: who ships it; absent when nobody says */
    str purl, released, supersedes; /* absent when not stated; released: RFC 3339 */
    str format;                     /* "cyclonedx-json@1.5" */
    uint64_t bytes;
    unsigned char body[32]; /* SHA-256 of the document */
};
/* The payload of the statement; ERR_INPUT with what is missing or too long. */
MUST_USE bool inventory_payload(struct arena *a, const struct inventory *x, str *payload, struct err *e);
/* False when the statement is no inventory. */
bool inventory_read(const struct statement *s, struct inventory *out);
/* The components that a body of the archive lists: an SBOM document, or an envelope around one. A body that is gone or
 * is no SBOM is a warning, and an empty list. With `vex` also the verdicts it states, of `product`. */
MUST_USE bool inventory_parts(struct portfolio *p, struct arena *a, const unsigned char body[32], struct parts *out,
                              struct vex *vex, str product, struct err *e);
/* How a release is named in verdicts: "ID@VERSION". */
str inventory_name(struct arena *a, const struct inventory *x);
/* Reads the document of an entry of this kind, where its parts are not at hand yet, into the entry's arena. *is is
 * false when the statement says nothing that counts. */
MUST_USE bool inventory_open(struct portfolio *p, struct entry *x, bool *is, struct release_new *out, struct err *e);
extern const struct projection inventory_projection;
/* The SBOM of a release, as text (out of its envelope, where it lies in one) and read. */
MUST_USE bool inventory_text(struct portfolio *p, struct arena *a, const unsigned char body[32], str *out,
                             struct err *e);
MUST_USE bool inventory_document(struct portfolio *p, struct arena *a, const unsigned char body[32], struct sbom **out,
                                 struct err *e);

/* Somebody who reads documents for this process, which believes neither them nor whoever wrote them. What comes back
 * are the members that sbom/sketch.h has, and no others. */
struct elsewhere {
    bool (*read)(void *arg, struct arena *a, const unsigned char body[32], str text, str where, struct sbom **out,
                 struct err *e);
    void *arg;
};
/* A document, out of the envelope around it if there is one; `text` is as it lies in the archive. */
MUST_USE bool inventory_document_of(struct ctx *c, struct arena *a, str text, str where, struct sbom **out,
                                    struct err *e);

#endif
