/* SPDX-License-Identifier: Apache-2.0
 *
 * Within evidence*.c.
 */
#ifndef AKASHI_CONFORM_EVIDENCE_INNER_H
#define AKASHI_CONFORM_EVIDENCE_INNER_H

#include "conform/evidence.h"

enum { FACTS_MOST = 16 };
struct facts {
    struct fact v[FACTS_MOST];
    uint32_t n;
};
static inline void facts_number(struct facts *f, const char *name, double number) {
    f->v[f->n++] = (struct fact){.name = name, .number = number};
}
static inline void facts_word(struct facts *f, const char *name, str word) {
    f->v[f->n++] = (struct fact){.name = name, .word = word};
}

/* What a statement about files says (evidence_facts.c); false: nothing of that kind is known. */
bool facts_of_statement(const struct entry *x, struct facts *out);
/* Of a release as an SBOM lists it. */
MUST_USE bool facts_of_parts(struct portfolio *p, uint32_t release, const struct parts *parts, struct facts *out,
                             struct err *e);

/* Entry about a thing, with facts as text already. */
MUST_USE bool evidence_put(struct portfolio *p, const struct entry *x, const struct evidence_new *v, str facts,
                           struct err *e);

#endif
