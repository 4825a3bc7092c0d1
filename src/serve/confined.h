/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents of strangers are read by processes that can do nothing else (confine.h): what makes a reader crash, loop or
 * swell ends that process, and one upload. What they hand over is bytes in a form of our own (base/wire.h), and the
 * reader of that form is all that this process needs; the document itself goes to the archive unread.
 *
 * A process is this very program, started as "plumb reader" before it is needed, and reads documents one after the
 * other: of one person only, so that a document that takes over its reader has nobody else's to lie about; and not for
 * ever (READER_DOCUMENTS, READER_BYTES).
 */
#ifndef AKASHI_SERVE_CONFINED_H
#define AKASHI_SERVE_CONFINED_H

#include <stdatomic.h>

#include "impact/gist.h"
#include "impact/things_csv.h"
#include "seal/bundle.h"
#include "serve/trial.h"

enum { READER_DOCUMENTS = 500, READER_BYTES = 8 << 20 /* of one document: its reader is not asked again */ };

struct import_result; /* vuln/vuln.h */
struct readers;
struct readers_plan {
    const char *program; /* NULL: this one */
    unsigned most;       /* processes */
    unsigned spare;      /* started ahead */
    /* Once, when the kernel cannot confine them; from any thread. */
    void (*unconfined)(void *of);
    void *of;
};
void readers_open(const struct readers_plan *plan, struct readers **out);
void readers_close(struct readers *r); /* accepts NULL; nobody is reading any more */
struct readers_state {
    unsigned running;
    uint64_t started, documents, lost; /* lost: processes that did not end by themselves */
};
struct readers_state readers_state(struct readers *r);

enum reading_kind {
    READ_SKETCH = IMPORT_KINDS,
    READ_BUNDLE,
    READ_CATALOGUE,
    READ_GAP,
    READ_KEY,
    READ_KINDS
}; /* beside those that are imported */
struct reading_plan {
    unsigned kind;           /* enum import_kind, enum reading_kind */
    str text, name;          /* the document, and what it is called in messages */
    str more;                /* what else its reader needs; from us */
    str whose;               /* whoever sent it */
    const char *lang;        /* of messages */
    unsigned seconds;        /* by the clock */
    const atomic_bool *stop; /* may be NULL */
};
/* One SBOM; texts live in the arena. ERR_INPUT and ERR_LIMIT: what is wrong with it, or with its reading. */
MUST_USE bool readers_gist(struct readers *r, const struct reading_plan *plan, struct arena *a, struct gist *out,
                           struct err *e);
/* A sheet of parties, products, deployments or services (plan->kind). */
MUST_USE bool readers_sheet(struct readers *r, const struct reading_plan *plan, struct ctx *c, struct arena *a,
                            struct sheet *out, struct err *e);
/* An SBOM of the archive, or an envelope around one, with the members that sbom/sketch.h has. */
MUST_USE bool readers_sketch(struct readers *r, const struct reading_plan *plan, struct arena *a, struct sbom **out,
                             struct err *e);
/* A bundle, or envelopes in any wrapping (seal/bundle.h). Statements and documents in it were read once, too. */
MUST_USE bool readers_bundle(struct readers *r, const struct reading_plan *plan, struct arena *a, struct bundle *out,
                             struct err *e);
/* A catalogue in any notation (conform/import.h): out->id, ->onto and ->where are what is asked for. */
struct catalogue_import;
MUST_USE bool readers_catalogue(struct readers *r, const struct reading_plan *plan, struct arena *a,
                                struct catalogue_import *out, struct err *e);
/* A sheet of what is met already (conform/gap.h). */
struct hads;
MUST_USE bool readers_gap(struct readers *r, const struct reading_plan *plan, struct arena *a, struct hads *out,
                          struct err *e);
/* A key as people hand them round (seal/keytext.h). */
struct key_text;
MUST_USE bool readers_key(struct readers *r, const struct reading_plan *plan, struct arena *a, struct key_text *out,
                          struct err *e);
/* Faults as they are told, and at the end how many there were. */
struct reading_faults {
    void (*one)(void *arg, const struct err *e);
    void (*all)(void *arg, uint64_t n);
    void *arg;
};
/* Advisories, one or an archive of them, merged into the database at `db` part by part as they are read; nothing is
 * taken when they are not read to the end, or when none of them can be. */
MUST_USE bool readers_advisories(struct readers *r, const struct reading_plan *plan, const struct reading_faults *to,
                                 struct ctx *c, str db, struct import_result *out, struct err *e);

/* ── inside ── reads documents from fd 0 and answers to fd 1 until its end. */
void reader_run(struct ctx *c);

#endif
