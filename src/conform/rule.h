/* SPDX-License-Identifier: Apache-2.0
 *
 * An evidence rule: which statements, about what, how fresh, saying what, for which share of the things in scope. Pure
 * data, read from a catalogue and evaluated by evaluate.h; docs/evidence.md lists the kinds and facts.
 *
 * For each thing the newest fitting statement by an entitled signer decides. So evidence can only be missing or there:
 * taking evidence away never makes a rule true.
 */
#ifndef AKASHI_CONFORM_RULE_H
#define AKASHI_CONFORM_RULE_H

#include "base/json.h"
#include "impact/label.h"

enum rule_about {             /* over what it is counted */
                  ABOUT_ONCE, /* one such statement will do */
                  ABOUT_RELEASES,
                  ABOUT_PRODUCTS,
                  ABOUT_DEPLOYMENTS,
                  ABOUT_SERVICES,
                  ABOUT_CASES,
                  ABOUT_CUSTOMERS,      /* parties with a deployment of a product in scope */
                  ABOUT_SUBCONTRACTORS, /* parties that have the scope's party as prime */
                  ABOUT_DECISIONS,
                  ABOUT_CHALLENGES,
};
enum rule_by { BY_SELF, BY_OTHER, BY_ANY };
enum fact_relation { FACT_IS, FACT_AT_LEAST, FACT_AT_MOST };
struct fact_test { /* {"fact": "identified", "at_least": 0.95} */
    str fact;
    enum fact_relation relation;
    str text; /* absent: it is the number */
    double number;
};
VEC_NAMED(fact_tests, struct fact_test);

struct rule;
VEC_NAMED(rules, struct rule);
struct rule {
    str kind;         /* of statement; absent: any one of the alternatives will do */
    struct rules any; /* alternatives, themselves without alternatives */
    enum rule_about about;
    int64_t shipped_within;  /* seconds: of releases (cases: opened) within; 0 all */
    int64_t fresh_within;    /* seconds: statements no older; 0 any age */
    double share;            /* at least this share of the things counted; 1 by default */
    uint32_t least;          /* and at least so many things; 1 by default: nothing is met by there being nothing */
    bool delivered;          /* only releases that a customer runs */
    struct fact_tests among; /* only cases, decisions, challenges of which this is so; none: all */
    enum rule_by by;
    struct fact_tests where; /* all of them */
    struct label says;       /* absent: made from the rule */
};

/* "rules" of a level. ERR_INPUT at its place for a kind or fact that docs/evidence.md does not know. */
MUST_USE bool rule_list_read(struct arena *a, const struct json *doc, struct jv list, struct rules *out, struct err *e);
/* In words, in the reader's language: "every release of the last 365 days: hardening, meets standard". */
str rule_text(struct arena *a, const struct rule *r);

/* What rules may name (facts.list); NULL when unknown. */
struct fact_kind {
    const char *kind;  /* of statement, or of what is known besides: "case", "watch", "cosignature" */
    unsigned abouts;   /* 1 << enum rule_about, added up */
    const char *facts; /* names, blanks between them */
};
const struct fact_kind *fact_kind_of(str kind);

#endif
