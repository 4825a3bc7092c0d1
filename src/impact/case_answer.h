/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases as they are listed and shown, and what people do to them; for commands and the application alike, so that both
 * print the same JSON and refuse the same steps.
 */
#ifndef AKASHI_IMPACT_CASE_ANSWER_H
#define AKASHI_IMPACT_CASE_ANSWER_H

#include "impact/audience.h"
#include "impact/case_clock.h"
#include "impact/watch.h"

/* ── lists (case_list.c) ── */
struct case_wish {
    str owner, product, priority; /* absent: any */
    str word;                     /* in the id, the package or the product's id; absent: any */
    bool has_status;
    enum case_status status;
    bool open_only;
    bool due;   /* those with a deadline, the next one first; else the most urgent first */
    bool clock; /* tells the next deadline of each; else of none, for case_list_clocks() */
};
struct case_listed {
    struct case_row c;
    str product;
    struct case_history steps;   /* up to the moment asked for */
    const struct deadline *next; /* NULL: no clock runs */
};
VEC_NAMED(case_listing, struct case_listed);
/* When: also `now` for the clocks, when a moment is given. */
MUST_USE bool case_list(struct portfolio *p, struct arena *a, const struct clock_set *clocks,
                        const struct reader *reader, const struct as_of *when, const struct case_wish *wish,
                        struct case_listing *out, struct err *e);
MUST_USE bool case_list_clock(struct portfolio *p, struct arena *a, const struct clock_set *clocks,
                              const struct as_of *when, struct case_listed *x, struct err *e);
void case_listed_json(struct arena *a, struct jw *w, const struct case_listed *x); /* an object */

/* ── one (case_view.c) ── */
struct case_view {
    struct case_row c;
    str product, because; /* why this urgent, in the reader's language */
    struct case_findings findings;
    struct case_names releases, deployments;
    struct case_history history;
    struct deadlines deadlines;
};
/* Of the row in out->c, as it was at a moment or is: *found is false when it was not open yet. */
MUST_USE bool case_view(struct portfolio *p, struct arena *a, const struct clock_set *clocks, const struct as_of *when,
                        bool *found, struct case_view *out, struct err *e);
/* Drops deployments the reader may not know of. */
MUST_USE bool case_view_narrow(struct portfolio *p, struct arena *a, const struct reader *reader,
                               const struct as_of *when, struct case_view *v, struct err *e);
uint64_t case_version(const struct case_view *v);                              /* entry of its last step */
void case_view_json(struct arena *a, struct jw *w, const struct case_view *v); /* members */
/* Members: profile and rule by id and by name, state, when it is due. */
void deadline_json(struct arena *a, struct jw *w, const struct deadline *d);
bool case_has_cause(const struct case_step *p);
const struct case_step *case_last_cause(const struct case_history *h); /* NULL while nobody said */

/* Verdicts on a flaw in a product, side by side: an array. */
void verdict_views_json(struct jw *w, const struct verdict_views *v);

/* ── steps (case_request.c) ── what somebody wants to do, as given */
#define VEX_JUSTIFICATIONS                                                                                             \
    "component_not_present|vulnerable_code_not_present|vulnerable_code_not_in_execute_path|"                           \
    "vulnerable_code_cannot_be_controlled_by_adversary|inline_mitigations_already_exist"
enum case_doing { CASE_DO_ASSIGN, CASE_DO_NOTE, CASE_DO_MOVE, CASE_DO_DECIDE, CASE_DO_CLOSE };
struct case_request {
    enum case_doing what;
    str owner, text, status, release, event; /* event: what the clocks are told */
    str verdict, justification, impact, action, until, priority;
    str root_cause, cause_class;
    struct case_names practices;
    const char *dashes; /* what stands before the name of a field in messages: "--", "" */
};
struct case_means {
    const struct ssvc_set *ssvc;
    const struct verdict_policy *policy;
    str advisories; /* file of the advisory database: closing looks what is still open */
};
/* The step for it; ERR_USAGE says what is wrong with it. Nothing is written. */
MUST_USE bool case_request_step(struct portfolio *p, struct arena *a, const struct case_means *means,
                                const struct case_row *c, const struct case_request *r, struct case_step *out,
                                struct err *e);
/* One step, signed and logged. */
MUST_USE bool case_step_log(struct portfolio *p, struct arena *a, const struct case_step *step, struct err *e);

#endif
