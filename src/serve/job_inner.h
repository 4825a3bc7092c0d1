/* SPDX-License-Identifier: Apache-2.0
 *
 * Between job.c (which jobs there are), job_file.c (what is kept of them) and job_run.c (doing one).
 */
#ifndef AKASHI_SERVE_JOB_INNER_H
#define AKASHI_SERVE_JOB_INNER_H

#include <pthread.h>
#include <stdatomic.h>

#include "serve/app.h"
#include "serve/job.h"

enum { JOB_FAULTS_MOST = 100, JOBS_KEPT = 200, JOB_ATTEMPTS = 3 };

struct job_fault {
    str where, what, hint;
};
struct job {
    struct job *next; /* the older one */
    struct arena *a;
    str id, name, user, product, version, party;
    enum import_kind kind;
    enum job_state state;
    bool partial, japanese;
    unsigned attempts;
    int64_t created, started, ended;
    uint64_t bytes, read;                      /* of the document; of them taken */
    uint64_t documents, added, changed, known; /* known: was there already */
    uint64_t failed;                           /* documents or rows; of them faults[] tells the first */
    VEC(struct job_fault) faults;
    struct job_fault error; /* why it failed; what absent: it did not */
    bool unsaved;           /* it is over, and there was no room to write that down */
    uint64_t serial;        /* rises with each change */
    atomic_bool stop;
};

struct jobs {
    struct app *app;
    struct ctx *ctx;
    str folder;
    struct arena *a;
    pthread_mutex_t lock; /* over all jobs and what follows */
    pthread_cond_t more;
    struct job *newest;
    struct job *running;
    bool closing;
    pthread_t thread;
    bool started;
};

/* job_file.c */
void job_json(const struct job *j, struct jw *w, bool whole); /* whole: as kept, else as shown */
MUST_USE bool job_save(const struct jobs *jobs, const struct job *j, struct err *e);
MUST_USE bool job_load(const struct jobs *jobs, str file, struct job **out, struct err *e);
str job_document(struct arena *a, const struct jobs *jobs, const struct job *j);
void job_forget(const struct jobs *jobs, const struct job *j); /* its files */

/* job_run.c: from the document to what it did; changes the job under the lock. */
void job_run(struct jobs *jobs, struct job *j);
void job_fault_add(struct job *j, const struct err *e);

#endif
