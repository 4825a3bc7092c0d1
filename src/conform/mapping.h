/* SPDX-License-Identifier: Apache-2.0
 *
 * Maps between catalogues as data: catalogues/maps/FROM--TO.json (catalogues/shapes/map.json), or imported ones. A pair
 * says how what two practices demand is related; read backwards it says the reverse.
 *
 *   strength   x to y                                       so that
 *   equal      they demand the same                         whoever meets one meets the other
 *   superset   what y demands is part of what x demands     whoever meets x meets y
 *   subset     what x demands is part of what y demands     whoever meets y meets x; meeting x is part of meeting y
 *   overlaps   they have something in common                meeting x may help with y
 */
#ifndef AKASHI_CONFORM_MAPPING_H
#define AKASHI_CONFORM_MAPPING_H

#include "conform/catalogue.h"

enum map_strength { MAP_NONE, MAP_OVERLAPS, MAP_SUBSET, MAP_SUPERSET, MAP_EQUAL };
struct map_row {
    str from, to; /* ids */
    enum map_strength strength;
    struct label why;
    uint32_t line; /* of a CSV file */
};
VEC_NAMED(map_rows, struct map_row);
struct mapping {
    str from, to, version; /* of catalogues */
    struct label note;
    struct map_rows rows;
    str where, text, digest; /* text: canonical JSON */
};
/* From JSON of ours, or CSV with the columns from, to, strength, why (元, 先, 関係, 理由); for CSV the catalogues are
 * named by the caller (from, to), or by the file's name FROM--TO.csv. ERR_INPUT at its place. */
MUST_USE bool mapping_read(struct ctx *c, struct arena *a, str text, str where, str from, str to, struct mapping *out,
                           struct err *e);
/* Every id is one of its catalogue; ERR_INPUT at the place of the first that is not. */
MUST_USE bool mapping_check(struct arena *a, const struct mapping *m, const struct catalogue *from,
                            const struct catalogue *to, struct err *e);
/* All there are: built-in, and imported ones in place of them. */
VEC_NAMED(mappings, const struct mapping *);
MUST_USE bool mappings_all(struct ctx *c, struct portfolio *p, struct arena *a, struct mappings *out, struct err *e);

/* How one catalogue relates to another: by maps between the two, else by the shortest chains of maps over others (at
 * most RELATION_STEPS). In a chain nothing is stronger than its weakest pair, and where nothing follows (x is part of
 * y, and so is z) there is no pair. */
enum { RELATION_STEPS = 3 };
struct relation_pair {
    uint32_t from, to; /* places of practices */
    enum map_strength strength;
    struct label why; /* of a map between the two */
    str via;          /* of a chain: "ssdf PW.6.1" */
};
VEC_NAMED(relation_pairs, struct relation_pair);
struct relation {
    const struct catalogue *from, *to;
    struct relation_pairs pairs; /* by `to`, strongest first, then `from` */
    uint32_t steps;              /* maps in a chain; 0: nothing relates them */
};
MUST_USE bool relation_find(struct ctx *c, struct portfolio *p, struct arena *a, const struct catalogue *from,
                            const struct catalogue *to, struct relation *out, struct err *e);

enum map_strength strength_reversed(enum map_strength s);
enum map_strength strength_chained(enum map_strength xy, enum map_strength yz);
const char *strength_name(enum map_strength s);        /* "equal" …, as in files */
bool strength_parse(str word, enum map_strength *out); /* in English or Japanese */
/* Whether meeting x of such a pair meets y. */
static inline bool strength_full(enum map_strength s) { return s == MAP_EQUAL || s == MAP_SUPERSET; }

#endif
