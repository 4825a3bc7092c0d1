/* SPDX-License-Identifier: Apache-2.0
 *
 * Package URLs: parsed, normalised by the rules of their type, written canonically.
 */
#ifndef AKASHI_IDENT_PURL_H
#define AKASHI_IDENT_PURL_H

#include "base/arena.h"
#include "base/err.h"

struct purl_qualifier {
    str key, value;
};

/* Parts are decoded; absent ones have p == NULL. */
struct purl {
    str type, ns, name, version, subpath;
    struct purl_qualifier *qualifiers; /* sorted by key */
    uint32_t n_qualifiers;
};

/* Parses and normalises. Parts live in the arena (or point into text). Reads what is written in the field: a type's own
 * demands (a namespace, a qualifier, a spelling) are left to purl_check. */
MUST_USE bool purl_parse(struct arena *a, str text, struct purl *out, struct err *e);
/* Normalises parts that were put together by hand (type rules, empty parts dropped, qualifiers sorted). */
MUST_USE bool purl_build(struct arena *a, const struct purl *parts, struct purl *out, struct err *e);
/* Does the purl keep what the definition of its type demands: namespace present or absent, qualifiers, spelling? */
MUST_USE bool purl_check(const struct purl *p, struct err *e);
/* Canonical text. */
void purl_write(const struct purl *p, struct buf *out);
str purl_text(struct arena *a, const struct purl *p);
str purl_qualifier(const struct purl *p, const char *key); /* absent when not there */

/* Shorthand for detectors: "pkg:type/ns/name@version" normalised; ns and version may be absent. Absent result when the
 * parts do not make a purl. `qualifiers` is NULL-terminated pairs of key, value ("arch","amd64",NULL) with str values.
 */
str purl_make(struct arena *a, const char *type, str ns, str name, str version);
str purl_make_q(struct arena *a, const char *type, str ns, str name, str version, const struct purl_qualifier *q,
                uint32_t n);

#endif
