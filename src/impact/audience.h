/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may see what: the one place where that is decided. A reader is a set of parties with a TLP clearance; the owner
 * of the home sees everything. Questions take the reader's releases as a bitmap, so that counts and pages never
 * contain, or let guess, what the reader may not see.
 */
#ifndef AKASHI_IMPACT_AUDIENCE_H
#define AKASHI_IMPACT_AUDIENCE_H

#include "impact/contents.h"
#include "impact/things.h"

enum tlp { TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED };
bool tlp_parse(str word, enum tlp *out); /* any case, with or without "TLP:" */
const char *tlp_name(enum tlp t);        /* "clear" … "amber+strict", "red" */

struct reader {
    bool owner;             /* sees all */
    const int64_t *parties; /* whose members the reader speaks for, ascending */
    uint32_t n;
    const int64_t *subs; /* sub-contractors that work for these parties alone, directly or further down, ascending */
    uint32_t n_subs;
    enum tlp clearance; /* what is shared with everybody of that clearance: TLP_CLEAR … TLP_AMBER_STRICT */
};
static const struct reader reader_owner = {.owner = true};

/* "--audience PARTY[,PARTY][:TLP]"; without a TLP what is clear. A party nobody has told of is a reader to whom nothing
 * is related: what exists cannot be guessed by trying names. */
MUST_USE bool reader_parse(struct portfolio *p, struct arena *a, str text, struct reader *out, struct err *e);

/* The rule. A thing is seen by
 *   - the owner of the home;
 *   - a party that it concerns (owns, ships, runs, hosts it, or it runs there);
 *   - the prime of a party that owns it, when that sub-contractor works for this prime alone (a sub-contractor of two
 *     primes would show one what it does for the other);
 *   - everybody with a clearance, when a TLP is stated for it and the clearance admits that; TLP:RED opens nothing.
 * What states no TLP is shared with nobody else. */
struct concerned {
    const int64_t *parties; /* -1 entries count for nobody */
    uint32_t n;
    int64_t maker; /* whose primes see it too; -1 */
    str tlp;       /* absent: not stated */
};
bool audience_admits(const struct reader *r, const struct concerned *to);

bool audience_party(const struct reader *r, const struct party *x); /* its contacts and relations; a name may be told */
bool audience_product(const struct reader *r, const struct product *x);
/* A product's being shared by TLP does not tell where it runs. */
bool audience_deployment(const struct reader *r, const struct deployment *d, const struct product *of);
bool audience_service(const struct reader *r, const struct service *s);
/* What is being done about a product's findings is the business of who answers for it, whatever its TLP. */
bool audience_case(const struct reader *r, const struct product *of);

/* Releases the reader may know of, below limit: those of products it may see, and those that its deployments run.
 * NULL for the owner: everything. The caller frees it. */
MUST_USE bool audience_releases(struct portfolio *p, const struct reader *r, const struct as_of *when, uint32_t limit,
                                roaring_bitmap_t **out, struct err *e);

#endif
