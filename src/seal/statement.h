/* SPDX-License-Identifier: Apache-2.0
 *
 * in-toto Statement v1: somebody says something (a predicate) about subjects. Known predicate types are rows of a
 * table (predicates.list); one that is not known is kept, verified and shown, not understood.
 */
#ifndef AKASHI_SEAL_STATEMENT_H
#define AKASHI_SEAL_STATEMENT_H

#include "seal/dsse.h"

struct subject_digest {
    str algorithm, hex; /* "sha256", lower-case hex (gitCommit and the like as written) */
};
struct subject {
    str name, uri; /* uri: a purl, mostly; may be absent */
    VEC(struct subject_digest) digests;
};

/* A kind of statement: the word that leaves, tables and `log find` use. Several types may be of one kind. */
struct predicate {
    const char *kind; /* "sbom", "provenance", "vsa", "test-result", "vulns", "release", "vex", "hardening", "key", … */
    const char *word; /* tells types of one kind apart: "spdx", "cyclonedx"; unique, accepted where a kind is */
    const char *type; /* URI; a version suffix behind it ("/v2.3", ".1") is accepted on reading */
    bool ours;
    const char *schema; /* embedded JSON Schema: docs/predicates/NAME.json for our own types; for others' types what
                           their specification demands, shapes/NAME.json; NULL: anything goes */
    const char *title;  /* N_() one line */
};
extern const struct predicate predicates[]; /* ends with {0} */
/* By word or kind; of several types of a kind the first. */
const struct predicate *predicate_of_kind(str kind);
const struct predicate *predicate_of_type(str type); /* NULL: not understood */
/* The word for the leaf: the kind, or the type as written (cut to what a leaf holds) when it is not known. */
str statement_kind(str type);

struct statement {
    struct json doc; /* the payload, parsed */
    str type;        /* predicateType */
    str by;          /* STATEMENT_BY: who asked for it; absent: it does not say */
    VEC(struct subject) subjects;
    struct jv predicate;
};

/* A member beside the predicate (in-toto: "extension fields" are named by a URI): the user of the application who asked
 * for the statement, by an opaque id. The signature is the home's all the same. */
#define STATEMENT_BY "tag:akashi,2026:by"

/* Fails when the payload is no Statement (v1; v0.1 is read too), a subject lacks a digest, or a predicate that we
 * understand does not fit its schema. A digest that cannot be one (of another length, no hex) is a warning: it names
 * nothing. */
MUST_USE bool statement_parse(struct ctx *c, struct arena *a, str payload, str where, struct statement *out,
                              struct err *e);
/* The same without a look at the predicate: for what was checked on its way in. */
MUST_USE bool statement_open(struct ctx *c, struct arena *a, str payload, str where, struct statement *out,
                             struct err *e);
/* A predicate alone against the schema of its type; true when there is none. */
MUST_USE bool predicate_check(struct ctx *c, struct arena *a, str type, const struct json *doc, struct jv predicate,
                              struct err *e);
/* The payload: compact JSON; predicate is JSON text and is checked like one that is read, and digests must be digests.
 */
MUST_USE bool statement_text(struct ctx *c, struct arena *a, str type, const struct subject *subjects, uint32_t n,
                             str predicate, str *out, struct err *e);
/* The same of a predicate that this program wrote (jw_to(), compact): it is taken as it is. */
MUST_USE bool statement_of_written(struct ctx *c, struct arena *a, str type, const struct subject *subjects, uint32_t n,
                                   const struct buf *predicate, str *out, struct err *e);
/* The same payload with who asked for it; as it is when `by` is empty or it names somebody already. */
str statement_with_by(struct arena *a, str payload, str by);
/* Its SHA-256 as hex; absent when it has none. */
str subject_sha256(const struct subject *s);
/* As it stands in a statement. */
void subject_write(struct jw *w, const struct subject *s);
/* The payload, signed: a DSSE envelope with one signature. */
MUST_USE bool statement_sign(struct ctx *c, struct arena *a, str payload, const struct privkey *k, str *envelope,
                             struct err *e);

#endif
