/* SPDX-License-Identifier: Apache-2.0
 *
 * Between trial_inside.c and trial_advisories.c, whose headers do not go together.
 */
#ifndef AKASHI_SERVE_TRIAL_INNER_H
#define AKASHI_SERVE_TRIAL_INNER_H

#include "serve/trial.h"

struct trying {
    struct ctx *c;
    struct arena *a; /* of one document */
    str name;
    struct jw *w; /* within "faults" */
    uint64_t documents, faults;
};

void trial_tell(struct trying *t, const struct err *e);
/* What is loaded when it is first needed, before the process gives up opening files. */
void trial_load(void);
void trial_advisories(struct trying *t, str text);

#endif
