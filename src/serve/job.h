/* SPDX-License-Identifier: Apache-2.0
 *
 * Work that takes longer than a request: imports. One at a time, in the order they came.
 *
 * A job is a file HOME/jobs/ID.json, replaced as a whole, beside its document; what a killed server left running is
 * begun again when it starts (documents that are in are known by their digest), three times at most.
 */
#ifndef AKASHI_SERVE_JOB_H
#define AKASHI_SERVE_JOB_H

#include "base/json.h"
#include "serve/trial.h"

struct app;
struct jobs;

enum job_state { JOB_QUEUED, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED, JOB_STATES };
extern const char *const job_state_words[JOB_STATES];

struct job_plan {
    enum import_kind kind;
    str name;                    /* of the document, as the client called it */
    str file;                    /* where it lies; moved away from there */
    str user;                    /* id of who sent it */
    str product, version, party; /* for SBOMs that do not say; may be absent */
    bool partial;                /* rows that can be taken are taken although others cannot */
    const char *lang;
};

/* Reads HOME/jobs and starts working. */
MUST_USE bool jobs_open(struct app *app, struct jobs **out, struct err *e);
/* Ends the job under way after its next batch; accepts NULL. */
void jobs_close(struct jobs *jobs);

MUST_USE bool jobs_add(struct jobs *jobs, struct arena *a, const struct job_plan *plan, str *id, struct err *e);
/* Only a user's own, unless `user` is absent. False when there is none. */
bool jobs_cancel(struct jobs *jobs, str id, str user);
/* One as a JSON object; *version rises with each change; *ended: nothing will change any more. */
bool jobs_show(struct jobs *jobs, str id, str user, struct jw *w, uint64_t *version, bool *ended);
/* The newest first, as an array. */
void jobs_list(struct jobs *jobs, str user, struct jw *w);
/* How many are in each state. */
void jobs_count(struct jobs *jobs, uint64_t counts[JOB_STATES]);

#endif
