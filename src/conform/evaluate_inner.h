/* SPDX-License-Identifier: Apache-2.0
 *
 * Within evaluate*.c. Everything that rules are counted over is a thing with a number; everything that can show
 * something is a shown: a statement's facts about one of them. Both are read once for all rules, in sets.
 */
#ifndef AKASHI_CONFORM_EVALUATE_INNER_H
#define AKASHI_CONFORM_EVALUATE_INNER_H

#include "conform/evaluate.h"
#include "conform/evidence_inner.h"

enum { ABOUT_COUNT = ABOUT_CHALLENGES + 1 };

/* Who signed, as seen from the scope. A unit's word counts as its own about releases, products … it is entitled to
 * speak of, and not for what is said of the party as a whole. */
enum who { WHO_NONE, WHO_SELF, WHO_UNIT, WHO_OTHER };

struct signer {
    unsigned char key[32];
    enum who who; /* while the key is good */
    bool ours;    /* of this home */
    const struct known_key *known;
};
VEC_NAMED(signers, struct signer);

struct thing { /* one of those counted */
    int64_t number, product, party;
    int64_t time; /* of the log: shipped, opened, offered … */
    str name;     /* of a release the version; else the id; absent: to be asked for */
};
VEC_NAMED(thing_list, struct thing);
struct things {
    bool there;
    struct thing_list list; /* by number */
};

struct shown {
    uint32_t thing; /* place in the list */
    enum who who;
    int64_t log_id, time, expires;
    uint64_t entry;
    str topic, facts;
};
VEC_NAMED(shown_list, struct shown);
struct shown_set {
    str kind;
    enum rule_about about;
    struct shown_list list; /* by thing; of one thing the newest first */
};
VEC_NAMED(shown_sets, struct shown_set *);

struct document { /* of a release: what evidence is kept by */
    int64_t id;
    uint32_t thing;
};
VEC_NAMED(documents, struct document);

struct evaluating {
    struct portfolio *p;
    struct arena *a;
    const struct evaluation_ask *ask;
    struct as_of when;                /* size: INT64_MAX where it is now */
    struct conform_scope scope;       /* completed */
    bool whole;                       /* no products were named: what the party operates is in scope too */
    unsigned roles;                   /* of the party, enum role added up; 0: not stated */
    bool own;                         /* the scope's party is this home's, or a unit of it */
    struct scope_names selves, units; /* names that keys of the party, and of its units, are trusted by */
    struct signers signers;
    struct things things[ABOUT_COUNT];
    struct documents documents;     /* by id */
    struct scope_names product_ids; /* by place in scope.products */
    struct shown_sets sets;
};

/* ── whose (evaluate_signer.c) ── */
MUST_USE bool signers_open(struct evaluating *k, struct err *e);
/* What a statement by that key is worth, that the log took at that time. */
enum who signer_at(struct evaluating *k, str key, int64_t time);
bool signer_may_ship(struct evaluating *k, str key, int64_t time); /* say that a release exists, or tie to one */

/* ── what is counted (evaluate_scope.c) ── */
MUST_USE bool things_in_scope(struct evaluating *k, enum rule_about about, struct things **out, struct err *e);
/* Place of a number (of a release: of any of its documents); UINT32_MAX: not in scope. */
uint32_t thing_place(struct evaluating *k, enum rule_about about, int64_t number);
str counted_name(struct evaluating *k, enum rule_about about, const struct thing *t);
bool product_in_scope(const struct evaluating *k, int64_t product);
/* Rows of things, as the queries of things.sql give them. */
struct said_row {
    int64_t number, entry, time;
    str id, signer;
    struct ask *q; /* its other columns from 5 on */
};
MUST_USE bool said_each(struct evaluating *k, const struct query *of,
                        bool (*each)(struct evaluating *k, void *arg, const struct said_row *x, struct err *e),
                        void *arg, struct err *e);

/* ── what shows something (evaluate_shown.c, evaluate_views.c) ── */
MUST_USE bool shown_of(struct evaluating *k, str kind, enum rule_about about, struct shown_set **out, struct err *e);
/* Kinds that no statement alone states: product, deployment, service, party, case, cosignature. *done false: none of
 * these. */
MUST_USE bool shown_by_views(struct evaluating *k, struct shown_set *set, bool *done, struct err *e);
MUST_USE bool shown_by_cases(struct evaluating *k, struct shown_set *set, struct err *e);
/* By place of the release: whether a customer runs it. */
MUST_USE bool releases_delivered(struct evaluating *k, bool *out, struct err *e);
void shown_add(struct evaluating *k, struct shown_set *set, const struct shown *x, const struct facts *f);

/* ── rules (evaluate_rule.c) ── */
MUST_USE bool rule_evaluate(struct evaluating *k, const struct practice *practice, const struct rule *rule,
                            struct rule_state *out, bool *attested, struct err *e);
/* The newest attestation of the party itself about this practice, for the whole scope; NULL: none that counts. */
MUST_USE bool newest_attestation(struct evaluating *k, const struct practice *practice, const struct shown **out,
                                 struct err *e);
str attestation_topic(struct arena *a, str catalogue, str practice);

#endif
