/* SPDX-License-Identifier: Apache-2.0
 *
 * SSVC: decision tables as data (catalogues/ssvc, HOME/ssvc; the JSON form that CERT/CC publishes), asked with facts,
 * answered with an outcome and the path to it.
 *
 * A table holds one outcome for every combination of its points' values; one that leaves a combination out is refused.
 * What is not known is assumed, towards the worse where it costs little and in the middle else, and the path says so.
 */
#ifndef AKASHI_IMPACT_SSVC_H
#define AKASHI_IMPACT_SSVC_H

#include "impact/label.h"
#include "vuln/priority.h"

struct ssvc_value {
    str key;           /* "A" */
    struct label name; /* "Active" */
};
struct ssvc_point {
    str id, key; /* "ssvc:E:1.1.0", "E" */
    struct label name;
    const struct ssvc_value *values; /* mildest first */
    uint32_t n_values;
};
struct ssvc_table {
    str id; /* of the file: "deployer" */
    struct label name;
    const struct ssvc_point *points;
    uint32_t n_points;
    struct ssvc_point outcome;
    const uint8_t *outcomes; /* by the values of all points, the last point counting fastest */
    uint32_t n_outcomes;
};
MUST_USE bool ssvc_read(struct ctx *c, struct arena *a, str text, str id, struct ssvc_table *out, struct err *e);

/* All tables: those of the folder (may be absent), and the built-in ones it does not replace. */
struct ssvc_set {
    VEC(struct ssvc_table) tables;
};
MUST_USE bool ssvc_load(struct ctx *c, struct arena *a, str folder, struct ssvc_set *out, struct err *e);
const struct ssvc_table *ssvc_table(const struct ssvc_set *set, str id); /* NULL when there is none */

/* What is known, point by point: keys or names of values ("O", "open"), any case. A later one wins. */
struct ssvc_input {
    str point, value;
};
VEC_NAMED(ssvc_inputs, struct ssvc_input);
/* Exploitation, automatable, technical impact and KEV of an advisory, from the facts priority.h derives. */
void ssvc_of_advisory(struct arena *a, const struct advisory *about, str vector, struct ssvc_inputs *out);
/* Several advisories as one: of each of these points the worse value stays in *all. */
void ssvc_join(struct arena *a, const struct ssvc_inputs *one, struct ssvc_inputs *all);
/* Of where it runs: "small", "controlled", "open"; other words and an absent one say nothing. Gives EXP and PE. */
void ssvc_of_exposure(struct arena *a, str exposure, struct ssvc_inputs *out);
/* Of the service it carries: what its outage does to the mission, by how long it may be out (seconds; < 0 unknown),
 * how many people it covers (< 0 unknown), and how much of it others can take over (per cent). Gives MI and MWI. */
void ssvc_of_service(struct arena *a, int64_t mtpd, int64_t population, unsigned substitutes, struct ssvc_inputs *out);

enum ssvc_how { SSVC_GIVEN, SSVC_DERIVED, SSVC_ASSUMED };
struct ssvc_step {
    const struct ssvc_point *point;
    uint32_t value; /* of point->values */
    enum ssvc_how how;
};
struct ssvc_decision {
    const struct ssvc_table *table;
    VEC(struct ssvc_step) steps; /* one per point, in the table's order */
    uint32_t decided, outcome;   /* numbers of outcome values: by the table; what holds */
    str reason, by;              /* of an override; else absent */
};
/* A point without a value is derived through a table whose outcome it is, when one of that table's points is known
 * (human impact from mission and safety impact), else assumed. ERR_INPUT when a value is none of its point. */
MUST_USE bool ssvc_decide(const struct ssvc_set *set, struct arena *a, const struct ssvc_table *t,
                          const struct ssvc_inputs *known, struct ssvc_decision *out, struct err *e);
/* Somebody decides otherwise: the outcome by key or name; a reason is needed. */
MUST_USE bool ssvc_override(struct ssvc_decision *d, str outcome, str reason, str by, struct err *e);

static inline const struct ssvc_value *ssvc_outcome(const struct ssvc_decision *d) {
    return &d->table->outcome.values[d->outcome];
}
/* 0 (mildest) … 100 (most urgent), to put decisions of different tables in one order. */
unsigned ssvc_rank(const struct ssvc_decision *d);
/* "Exploitation: Active · System Exposure: Open (assumed) · … → Immediate", in a language ("en", "ja"). */
str ssvc_path(struct arena *a, const struct ssvc_decision *d, const char *lang);
/* A path of this table, written in either language, in the reader's; what is none stays as it is. */
str ssvc_path_text(const struct ssvc_set *set, struct arena *a, str table, str path);
/* The same of an outcome alone. */
str ssvc_outcome_text(const struct ssvc_set *set, str table, str outcome);

#endif
