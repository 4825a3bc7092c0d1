/* SPDX-License-Identifier: Apache-2.0
 *
 * A declaration: a party's signed claim against a catalogue. It holds what was computed (levels, and the statements
 * that show them), what a named person claims beyond that, for which scope, and for how long. Anybody can compute it
 * again from the statements that are disclosed with it.
 *
 * A declaration never says more than evaluate.h found, but in `claimed`, where a person's name stands beside it.
 */
#ifndef AKASHI_CONFORM_DECLARATION_H
#define AKASHI_CONFORM_DECLARATION_H

#include "conform/evaluate.h"

struct person {
    str name, role;
};
struct declared_evidence {
    uint64_t index;
    str kind, about;
    str sha256; /* of the envelope, hex; absent: withheld, the log's own commitment at that index stands for it */
};
VEC_NAMED(declared_evidences, struct declared_evidence);
struct declared_rule {
    uint32_t level, place; /* which rule of the practice */
    uint64_t counted, met;
    bool sampled;
    VEC(uint32_t) evidence; /* places in the declaration's evidence */
};
VEC_NAMED(declared_rules, struct declared_rule);
struct declared_practice {
    str id;
    int level, target; /* target -1: not part of the package */
    enum basis basis;
    int claimed; /* on the word of a person; 0 nothing */
    struct person by;
    str claim;     /* why */
    str reason;    /* of not applicable */
    int64_t until; /* when the level falls by age or expiry alone; 0 never */
    struct declared_rules rules;
};
VEC_NAMED(declared_practices, struct declared_practice);
struct exclusion {
    str what, reason;
};
VEC_NAMED(exclusions, struct exclusion);

struct declaration {
    str id, party, party_name;
    str catalogue, catalogue_version, catalogue_sha256, package;
    struct scope_names products; /* ids */
    bool all;                    /* these are all of the party's */
    uint64_t releases, cases;
    struct scope_names sites;
    struct exclusions exclusions;
    str origin;    /* of the log */
    uint64_t size; /* what was known: entries below */
    int64_t time;  /* what freshness was counted from */
    int64_t from, until;
    struct person signatory;
    str supersedes; /* hex; absent: none */
    str note;
    struct declared_evidences evidence;
    struct declared_practices practices;
};
/* The statement's payload; ERR_INPUT when something cannot be said so. */
MUST_USE bool declaration_payload(struct ctx *c, struct arena *a, const struct declaration *d, str *payload,
                                  struct err *e);
/* False when the statement is no declaration. */
bool declaration_read(struct arena *a, const struct statement *s, struct declaration *out);
const struct declared_practice *declared_practice_of(const struct declaration *d, str id);
/* What is declared of a practice, claims included. */
static inline int declared_level(const struct declared_practice *p) {
    return p->claimed > p->level ? p->claimed : p->level;
}

/* ── making one ── */
struct claim { /* "S(1)-2.1 is at level 2, says …" */
    str practice;
    int level;
    str reason;
};
VEC_NAMED(claims, struct claim);
struct declare_ask {
    const struct catalogue *catalogue;
    const struct conform_scope *scope;
    str package;
    struct exclusions exclusions;
    struct claims claims;
    struct person signatory;
    int64_t from, until;
    str note;
    bool withhold; /* digests of evidence are left out */
};
struct shortfall {
    const struct practice *practice;
    int level, target;
};
VEC_NAMED(shortfalls, struct shortfall);
/* Computes it as of now. What the package wants and neither evidence nor a claim carries is in `short_of`: such a
 * declaration is not to be signed. ERR_INPUT for a scope without products, a practice or package that is not there. */
MUST_USE bool declaration_make(struct portfolio *p, struct arena *a, const struct declare_ask *ask,
                               struct declaration *out, struct shortfalls *short_of, struct err *e);
/* An earlier one of the same party, catalogue and package whose scope overlaps is superseded when all its products are
 * in this one; else ERR_INPUT says which overlaps. */
MUST_USE bool declaration_place(struct portfolio *p, struct arena *a, struct declaration *d, struct err *e);
/* Takes that place, signs and logs it; *index is where. */
MUST_USE bool declaration_state(struct portfolio *p, struct arena *a, struct declaration *d, uint64_t *index,
                                struct err *e);
/* What is handed over: the declaration and, unless withheld, the statements it rests on with their proofs, those about
 * who the party is and which releases there are among them. */
MUST_USE bool declaration_bundle(struct portfolio *p, struct arena *a, uint64_t index, const struct declaration *d,
                                 bool with_evidence, str *text, struct err *e);

#endif
