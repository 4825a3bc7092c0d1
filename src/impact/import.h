/* SPDX-License-Identifier: Apache-2.0
 *
 * SBOM documents by the thousand into log, archive and views. A document is in when its statement is logged; who
 * starts again after any end takes up where it stopped, because a document that is in is known by its digest.
 *
 * Documents are read, hashed, archived and signed on all threads while the batch before them is logged and the one
 * before that is applied.
 */
#ifndef AKASHI_IMPACT_IMPORT_H
#define AKASHI_IMPACT_IMPORT_H

#include <stdatomic.h>

#include "impact/gist.h"
#include "impact/portfolio.h"

struct import_plan {
    /* Files, folders, lines of JSON (*.jsonl, and "-": standard input, which may also be one document). */
    const str *inputs;
    uint32_t n;
    /* Documents out of the caller's hand, behind the inputs: the next one into the arena; absent: no more. May be NULL.
     */
    str (*next)(void *arg, struct arena *a);
    /* For documents whose line says nothing. Absent: what the document says of itself, and where it names no product
     * its name, serial number or file; no version, the day it was made (both with a warning), unless strict. */
    str product, version, party;
    bool strict;
    /* A document that could not be taken, with its place; the others are taken all the same. */
    void (*fault)(void *arg, const struct err *e);
    /* Reads a document in place of this process, for one by a stranger (serve/confined.h); texts live with `kept`.
     * Asked by several threads at once. NULL: it is read here. */
    bool (*reader)(void *arg, struct arena *kept, str text, str where, struct gist *out, struct err *e);
    void *arg;
    const atomic_bool *stop; /* may be NULL; set: ends after the batch at hand */
};
struct import_outcome {
    uint64_t documents, added, known, failed;
    uint64_t disagreeing; /* of those added: they list other components than another document of their release */
    uint64_t skipped;     /* files of a folder that are no SBOM */
    uint64_t bytes;       /* of the documents read */
    bool stopped;
};
/* False when going on was impossible (disk, database); what is in is in. */
MUST_USE bool import_run(struct portfolio *p, const struct import_plan *plan, struct import_outcome *out,
                         struct err *e);

/* ── documents that were read already ── */
struct import_gist {
    str text;                           /* the document: archived as it is */
    str where, product, version, party; /* as in the plan; absent: what the document says */
    struct gist *gist;
    str payload;
    unsigned char body[32]; /* its digest */
    bool known;             /* out: it was there */
};
/* What can be done ahead, on any thread: names, digest, statement. Fails when the document does not say what it must.
 */
MUST_USE bool import_gist_prepare(struct ctx *c, struct arena *a, struct import_gist *x, struct err *e);
/* Archives, signs, logs and applies them, with one sync for all. */
MUST_USE bool import_gists(struct portfolio *p, struct arena *a, struct import_gist *list, uint32_t n, struct err *e);

#endif
