/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels, computed: the rules of a catalogue over what the views hold as of a moment. The same function serves
 * `conform status`, `declare` and `verify`; what it says follows from catalogue, scope, moment and statements alone.
 *
 * Nothing is met by default. A level that rests on people's word is marked so.
 */
#ifndef AKASHI_CONFORM_EVALUATE_H
#define AKASHI_CONFORM_EVALUATE_H

#include "conform/catalogue.h"
#include "impact/things.h"

/* About whom and what: the party (or unit: units are parties whose prime it is), and of its products all or these. */
VEC_NAMED(scope_names, str);
struct conform_scope {
    int64_t party;                 /* number; -1: the home's own */
    VEC(int64_t) products;         /* none: all the party answers for */
    struct scope_names sites;      /* words for people */
    struct scope_names exclusions; /* "WHAT: REASON" */
};

/* Fills in what is left open: the home's own party (by the id or name it calls itself), and its products when none are
 * named. Products ascend. ERR_INPUT for a product that another party answers for. */
MUST_USE bool conform_scope_complete(struct portfolio *p, struct arena *a, const struct as_of *when,
                                     struct conform_scope *scope, struct err *e);

struct evidence_entry { /* a statement that counted */
    int64_t log_id;
    uint64_t index;
    int64_t time; /* of the log */
    str about;    /* "thing@1.2", "hospital-a/thing", "C-5f2c9a1b0d3e" */
};
VEC_NAMED(evidence_entries, struct evidence_entry);
struct rule_state {
    const struct rule *rule;
    uint64_t counted, met; /* things in scope, and those with fitting evidence */
    bool holds;
    int64_t until; /* log time at which it stops holding by age or expiry alone; 0 never */
    bool sampled;  /* evidence below is a part of what counted: the newest of each thing, at most `most` */
    struct evidence_entries evidence; /* that met it, by index */
    struct scope_names missing;       /* things without, at most `most` */
};
VEC_NAMED(rule_states, struct rule_state);
enum basis { BASIS_NONE, BASIS_COMPUTED, BASIS_ATTESTED, BASIS_NOT_APPLICABLE };
struct practice_state {
    const struct practice *practice;
    int level;        /* by evidence its rules admit, attestations where a rule asks for them among them */
    int attested;     /* what a named person attests beyond that; 0 nothing */
    int target;       /* of the package; -1: not part of it */
    enum basis basis; /* of `level`: attested when any rule it rests on is an attestation */
    struct rule_states rules[LEVELS];
    str reason;                 /* why it is not applicable, as attested */
    int64_t until;              /* when the level falls by age or expiry alone; 0 never */
    struct word_given {         /* the party's own newest attestation of it that has not expired */
        int level;              /* 0: says that it does not apply */
        str person, role, date; /* date: as claimed; absent person: there is none */
        int64_t time;           /* of the log, which counts */
        uint64_t entry;
    } word;
};
VEC_NAMED(practice_states, struct practice_state);

struct evaluation_ask {
    const struct catalogue *catalogue;
    const struct conform_scope *scope;
    str package;       /* absent: no targets */
    struct as_of when; /* the log */
    int64_t now;       /* what "fresh" is counted from: the caller's time, or a declaration's */
    str only;          /* one practice; absent: all */
    uint32_t most;     /* entries and missing things to list for each rule */
};
struct evaluation {
    struct practice_states practices;   /* in the catalogue's order */
    uint64_t releases, products, cases; /* in scope */
};
/* A scope without any product is no error: nothing that is counted over products holds. */
MUST_USE bool conform_evaluate(struct portfolio *p, struct arena *a, const struct evaluation_ask *ask,
                               struct evaluation *out, struct err *e);

#endif
