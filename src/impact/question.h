/* SPDX-License-Identifier: Apache-2.0
 *
 * What is asked about, resolved to what the views know: components, releases or a party. A question never tells whether
 * something exists: that a name is known is part of the answer, and the answer is the reader's (reach.h).
 */
#ifndef AKASHI_IMPACT_QUESTION_H
#define AKASHI_IMPACT_QUESTION_H

#include "impact/audience.h"
#include "impact/contents.h"
#include "impact/things.h"

enum question_kind {
    QUESTION_PACKAGE, /* PURL[@RANGE], or "name:NAME[@VERSION]" of a component nobody identified */
    QUESTION_FLAW,    /* CVE-…, GHSA-…, any name of it */
    QUESTION_FILE,    /* file:SHA256, sha256:…, 64 hexadecimal digits */
    QUESTION_PARTY,   /* party:ID or ID */
    QUESTION_RELEASE, /* release:PRODUCT@VERSION or PRODUCT@VERSION */
    QUESTION_PRODUCT, /* product:ID or ID: all its releases */
    QUESTION_UNKNOWN, /* a word that names nothing here */
};
const char *question_kind_name(enum question_kind k); /* for machines: "package", "flaw" … */

struct question {
    enum question_kind kind;
    str asked;                       /* as written */
    str name;                        /* canonical: the purl, the flaw's best known name, the digest, the id */
    str range;                       /* of a package: as written; absent: every version */
    struct component_ids components; /* ascending */
    int64_t every;                   /* the package of which every version is meant; -1 */
    VEC(uint32_t) releases;          /* named outright, or with such a file: documents, ascending */
    int64_t flaw, party, product;    /* -1 */
    str version;                     /* of a release */
    str package;                     /* canonical purl without version; absent for what is no package */
    const char *advisory; /* of a flaw, where somebody looked (advised.h): "known", "unknown" …; else NULL */
};

/* ERR_USAGE for what can be no question (a range that is none, half a digest). */
MUST_USE bool question_parse(struct portfolio *p, struct arena *a, str text, struct question *out, struct err *e);

/* "pkg:npm/%40a/b@^1.2" cut into its purl ("pkg:npm/%40a/b") and what stands behind the @ (absent when nothing does).
 * Qualifiers stay with the purl. */
void question_cut_range(struct arena *a, str text, str *purl, str *range);

/* Which versions are meant: an exact one, VERS, or the ecosystem's own notation. */
struct version_choice;
MUST_USE bool version_choice_parse(struct arena *a, str type, str text, struct version_choice **out, struct err *e);
/* Versions that are none in the ecosystem are meant only by themselves. */
bool version_chosen(struct arena *a, const struct version_choice *c, str version);

#endif
