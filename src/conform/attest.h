/* SPDX-License-Identifier: Apache-2.0
 *
 * The word of a named person for a practice, and what is stated about the archive and about what was given away, as
 * statements (docs/predicates/attestation.json, archive-check.json, disclosure.json).
 */
#ifndef AKASHI_CONFORM_ATTEST_H
#define AKASHI_CONFORM_ATTEST_H

#include "conform/evaluate.h"

struct attested_document { /* a body of the archive */
    str name, sha256;
};
VEC_NAMED(attested_documents, struct attested_document);
struct attestation {
    str catalogue, practice, text, person, role;
    int level;                   /* 1 … 4; 0 with a reason */
    str reason;                  /* why it does not apply */
    int64_t date;                /* as the person says; the log's time counts */
    int64_t expires;             /* 0: never */
    str party;                   /* whom it is about; absent: who signs */
    struct scope_names products; /* none: all */
    struct attested_documents documents;
    uint32_t n, of; /* looked at n of …; 0: all */
    str seed;
};
MUST_USE bool attestation_payload(struct ctx *c, struct arena *a, const struct attestation *x, str *payload,
                                  struct err *e);
/* Which n of 1 … of: those whose SHA-256 of "SEED:NUMBER" comes first, ascending; the same everywhere and always. */
VEC_NAMED(drawn, uint32_t);
enum { DRAW_MOST = 1000000 };
void sample_draw(struct arena *a, str seed, uint32_t n, uint32_t of, struct drawn *out);

struct archive_checked {
    double sample; /* share read whole */
    uint64_t bodies, bytes, packs, faults;
    str copy; /* absent: the archive itself */
    bool write_once;
};
MUST_USE bool archive_check_payload(struct ctx *c, struct arena *a, str origin, const struct archive_checked *x,
                                    str *payload, struct err *e);

struct disclosed {
    str product, version, text;
    struct scope_names to, what;  /* parties; "sbom", "provenance", "vex", "hardening" */
    struct scope_names envelopes; /* SHA-256 of what was given, hex */
};
MUST_USE bool disclosure_payload(struct ctx *c, struct arena *a, const struct disclosed *x, str *payload,
                                 struct err *e);

#endif
