/* SPDX-License-Identifier: Apache-2.0
 *
 * A requirement catalogue as data: groups (duties, categories, requirements …), practices beneath them, and for each
 * practice what must be observably true at levels 0 to 4. No catalogue is known to the code: everything that is said
 * about one comes from its file (catalogues/NAME.json, catalogues/shapes/catalogue.json), from OSCAL, CycloneDX or CSV.
 *
 * Read once, borrowed from the arena, never changed.
 */
#ifndef AKASHI_CONFORM_CATALOGUE_H
#define AKASHI_CONFORM_CATALOGUE_H

#include "conform/rule.h"
#include "impact/label.h"
#include "impact/portfolio.h"

enum { LEVELS = 5 }; /* 0 nothing … 4 */

struct catalogue_group {
    str id, kind;   /* kind: "duty", "category", "requirement", "function" …: the file's own word */
    int32_t parent; /* place in groups; -1 at the top */
    struct label title, text;
};
struct catalogue_package { /* "minimum", "standard" */
    str id;
    struct label title, text;
};
struct practice_effort { /* hours of one small firm; -1 not estimated */
    int32_t first, yearly;
};
enum practice_contract { CONTRACT_PRIME = 1, CONTRACT_SUB = 2 };
struct practice {
    str id;
    uint32_t group; /* place in groups: its requirement */
    str origin;     /* "guideline": the publisher's own; "akashi": ours; "own": the user's */
    bool official;  /* "guideline" */
    struct label title, text;
    unsigned binds;                /* enum role, added up */
    unsigned contract;             /* enum practice_contract, added up */
    int8_t targets[8];             /* wanted level by package (place in packages); -1: not part of it */
    struct label levels[LEVELS];   /* what must be observably true */
    struct rules evidence[LEVELS]; /* level n is met when the rules of 1 … n are; an empty level is never met */
    struct practice_effort effort;
    struct label protects, incident; /* against what; a real class of incident */
    struct label start;              /* where to start */
    str command;                     /* of akashi, for that; absent where none helps */
    struct jv json;                  /* as it stands in the file */
};
VEC_NAMED(catalogue_groups, struct catalogue_group);
VEC_NAMED(catalogue_packages, struct catalogue_package);
VEC_NAMED(practices, struct practice);

struct catalogue {
    str id, version;
    struct label title, publisher, source, note;
    str licence;
    str status;                  /* "guideline", "standard", "law", "draft", "skeleton", "own" */
    str unit;                    /* the kind of group that is one line of a summary: "requirement" */
    struct label levels[LEVELS]; /* what a level means in general */
    struct catalogue_packages packages;
    struct catalogue_groups groups;
    struct practices practices; /* in the order of the file */
    struct map numbers;         /* for practice_of() */
    str digest;                 /* SHA-256 of its canonical JSON, hex: what declarations name */
    str text;                   /* that JSON */
    struct jv json;             /* as it was read */
};

/* By id: a catalogue that was imported (a statement in the log of p, the newest one that our own keys signed), else a
 * built-in one. p may be NULL: built-in ones only. */
MUST_USE bool catalogue_find(struct ctx *c, struct portfolio *p, struct arena *a, str id, const struct catalogue **out,
                             struct err *e);
/* From a text in our own format. ERR_INPUT with the JSON pointer: an unknown kind of statement or fact in a rule, a
 * group without its parent, a circle of groups, two practices of one id … */
MUST_USE bool catalogue_read(struct ctx *c, struct arena *a, str text, str where, struct catalogue *out, struct err *e);
struct catalogue_name {
    str id;
    struct label title;
    str status, version;
    bool imported;
};
VEC_NAMED(catalogue_names, struct catalogue_name);
MUST_USE bool catalogues_list(struct ctx *c, struct portfolio *p, struct arena *a, struct catalogue_names *out,
                              struct err *e);

const struct practice *practice_of(const struct catalogue *c, str id); /* NULL: it has none of this id */
int32_t package_number(const struct catalogue *c, str id);             /* -1: it has none */
/* The group of kind `unit` a practice is under; -1 none. */
int32_t practice_unit(const struct catalogue *c, const struct practice *p);

#endif
