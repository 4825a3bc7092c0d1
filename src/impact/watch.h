/* SPDX-License-Identifier: Apache-2.0
 *
 * From advisories to cases: what is new in the advisory database or in the portfolio, which live releases and
 * deployments it reaches, what verdicts answer, and what has to be done: one case for each upgrade of a package in a
 * product.
 *
 * Everything decided goes into the log as "case" statements, part after part, the last of which names the advisory
 * database it was decided with and how far the log had been looked at; a watch that is ended by force at any point and
 * run again opens nothing twice and loses nothing, because what remains to be looked at is forgotten only after the log
 * has the whole answer, and a case that is there already is not opened again.
 *
 * Live is the newest release of a product that is still supported, and every release that a deployment runs.
 */
#ifndef AKASHI_IMPACT_WATCH_H
#define AKASHI_IMPACT_WATCH_H

#include "impact/case.h"
#include "impact/ssvc.h"
#include "impact/verdict.h"

struct watch_plan {
    struct advdb *db; /* may be NULL where nothing is matched: watch_verdicts() */
    const struct verdict_policy *policy;
    const struct ssvc_set *ssvc;
    bool all;      /* look at everything again, not only at what is new: after a change of settings */
    uint32_t part; /* so many statements are logged and applied together; 0: as many as are quick */
};
struct watch_event { /* a step that was written, for notices */
    str id;
    enum case_event event;
    int64_t product;
};
struct watch_report {
    struct hits_change hits;
    uint64_t findings;     /* raw: release × component × flaw that was looked at */
    uint64_t not_live;     /* in releases that nobody runs and a newer one replaced */
    uint64_t vex, carried; /* answered by a verdict; by one that was given for another release or place */
    uint64_t accepted, ignored;
    uint64_t open;    /* nothing answers them: these became cases … */
    uint64_t grouped; /* … of which so many share a case with another */
    uint64_t places;  /* products × packages looked at */
    uint64_t opened, updated, reopened, advanced, closed, unchanged; /* cases */
    uint64_t statements;
    VEC(struct watch_event) events;
};
/* Brings the hits up to date, decides, and logs. The home must be open for signing. Report and events live in a. */
MUST_USE bool watch_run(struct portfolio *p, const struct watch_plan *plan, struct arena *a, struct watch_report *out,
                        struct err *e);

/* What is open of a product's package now: for `case close`, which must not close what is still there. */
struct open_finding {
    str component, flaw, fixed, release, deployment; /* deployment absent: the newest release */
};
VEC_NAMED(open_findings, struct open_finding);
MUST_USE bool watch_open(struct portfolio *p, const struct watch_plan *plan, struct arena *a, int64_t product,
                         str package, struct open_findings *out, struct err *e);

/* All that was said of a flaw in every release of a product that has it, with what counts. A deployment is told apart
 * where its customer's word changes something. */
struct verdict_view {
    str release, component, deployment; /* deployment absent: the release as such */
    struct standings all;
    int64_t winner; /* of all; -1: none */
};
VEC_NAMED(verdict_views, struct verdict_view);
MUST_USE bool watch_verdicts(struct portfolio *p, const struct watch_plan *plan, struct arena *a, int64_t product,
                             int64_t flaw, struct verdict_views *out, struct err *e);

#endif
