/* SPDX-License-Identifier: Apache-2.0
 *
 * What remains of a catalogue for somebody who meets practices of others already: a certificate's controls, a guideline
 * of one's own. Only what a map says to be met in full counts as met.
 */
#ifndef AKASHI_CONFORM_GAP_H
#define AKASHI_CONFORM_GAP_H

#include "conform/mapping.h"

struct had { /* one thing that is met */
    str catalogue, id;
    int level;     /* as reached in that catalogue; -1 not stated */
    uint32_t line; /* of the file */
};
VEC_NAMED(hads, struct had);
/* CSV with the columns catalogue, id, level (カタログ, 識別子, レベル); without the first, the catalogue is the one the
 * file is named after (iso27001.csv). Level 0 or "no" is not met. */
MUST_USE bool gap_read(struct arena *a, str text, str where, struct hads *out, struct err *e);

enum gap_state { GAP_MET, GAP_PARTLY, GAP_OPEN };
struct gap_by { /* what is met already and bears on it */
    str catalogue, id;
    enum map_strength strength;
    str via;
};
VEC_NAMED(gap_bys, struct gap_by);
struct gap_row {
    const struct practice *practice;
    enum gap_state state;
    struct gap_bys by; /* strongest first */
};
VEC_NAMED(gap_rows, struct gap_row);
struct gap {
    struct gap_rows rows; /* met ones first; then what is left, cheapest first, what is not estimated last */
    uint32_t counts[3];
    int64_t hours_first, hours_yearly; /* of all that is left and estimated */
    uint32_t not_estimated;
    struct gap_bys unrelated; /* catalogues that nothing relates to the wanted one: id alone is absent */
};
struct gap_ask {
    const struct catalogue *want;
    str package; /* absent: all of it */
    const struct hads *have;
    str where;      /* the file, for places; absent for a catalogue */
    unsigned roles; /* only what binds one of these; 0: all */
};
MUST_USE bool gap_find(struct ctx *c, struct portfolio *p, struct arena *a, const struct gap_ask *ask, struct gap *out,
                       struct err *e);
const char *gap_name(enum gap_state s); /* "met", "partly", "open" */

#endif
