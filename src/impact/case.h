/* SPDX-License-Identifier: Apache-2.0
 *
 * A case: what is being done about findings of one product that one upgrade of one package clears. It is made of steps,
 * each signed and logged (docs/predicates/case.json); its state is what the steps add up to. Only steps signed by the
 * home's own keys count.
 */
#ifndef AKASHI_IMPACT_CASE_H
#define AKASHI_IMPACT_CASE_H

#include "impact/things.h"

/* Numbers of both are stored. */
enum case_status {
    CASE_DETECTED,
    CASE_TRIAGED,
    CASE_FIXING,
    CASE_FIXED,     /* the newest release is without the findings */
    CASE_DELIVERED, /* and so is every deployment */
    CASE_VERIFIED,  /* at the customer, by somebody */
    CASE_CLOSED
};
const char *case_status_name(enum case_status s); /* "detected" */
bool case_status_parse(str word, enum case_status *out);
enum case_event {
    CASE_FOUND,
    CASE_UPDATED,
    CASE_REOPENED,
    CASE_ASSIGNED,
    CASE_NOTED,
    CASE_IS_TRIAGED,
    CASE_DECIDED,
    CASE_IS_FIXING,
    CASE_IS_FIXED,
    CASE_IS_DELIVERED,
    CASE_IS_VERIFIED,
    CASE_OVERRIDDEN,
    CASE_IS_CLOSED
};
const char *case_event_name(enum case_event x); /* "detected", "updated" … */
bool case_event_parse(str word, enum case_event *out);

struct case_finding {
    str component, flaw, fixed; /* fixed absent: no version without it is known */
    bool kev;                   /* as it stood, like the two below */
    int32_t epss, score;        /* × 10,000, × 10; -1 unknown */
    /* What CISA says for SSVC, as it stood; of steps alone (case_findings() leaves them out). */
    str exploitation, automatable, technical;
};
VEC_NAMED(case_findings, struct case_finding);
VEC_NAMED(case_names, str);
struct case_priority {
    str table, outcome, path;
    unsigned rank; /* 0 mildest … 100 */
};

struct case_row {
    int64_t number, product;
    str id, package, upgrade, decision, owner;
    enum case_status status;
    struct case_priority priority;
    bool overridden, kev;
    int32_t score, epss;             /* worst of its findings; -1 unknown */
    int64_t opened, changed, closed; /* log time; closed 0: it is open */
    uint64_t entry;                  /* that opened it */
};
MUST_USE bool case_find(struct portfolio *p, struct arena *a, str id, bool *found, struct case_row *out, struct err *e);
MUST_USE bool case_get(struct portfolio *p, struct arena *a, int64_t number, struct case_row *out, struct err *e);
/* All by number, or those that are open. */
MUST_USE bool cases_each(struct portfolio *p, bool open_only,
                         bool (*each)(void *arg, const struct case_row *x, struct err *e), void *arg, struct err *e);
/* Of a product and package, by number; closed ones too. */
VEC_NAMED(case_rows, struct case_row);
MUST_USE bool cases_of(struct portfolio *p, struct arena *a, int64_t product, str package, struct case_rows *out,
                       struct err *e);
MUST_USE bool case_findings(struct portfolio *p, struct arena *a, int64_t number, struct case_findings *out,
                            struct err *e);
MUST_USE bool case_places(struct portfolio *p, struct arena *a, int64_t number, struct case_names *releases,
                          struct case_names *deployments, struct err *e);

/* ── steps ── what is absent is left out */
struct case_step {
    str id;
    enum case_event event;
    str product, package, upgrade;
    struct case_findings findings;
    struct case_names releases, deployments;
    bool has_priority;
    struct case_priority priority;
    str owner, text, verdict, justification, impact, action, until;
    str by_release, by_body, by_vex, by_advisories; /* evidence */
    str happened;                                   /* what the clocks are told: "warned" */
    str root_cause, cause_class;                    /* class: of CASE_CAUSES */
    struct case_names practices;
};
/* Classes of root causes, "a|b|…". */
#define CASE_CAUSES                                                                                                    \
    "outdated-component|unknown-component|coding|design|configuration|build|supplier|not-noticed|not-delivered|"       \
    "unavoidable|other"
/* A statement with these steps; watch may be NULL. */
struct case_watch {
    str advisories; /* digest */
    uint64_t entries;
    bool more; /* of this watch comes behind it: it does not say yet how far that had looked */
};
MUST_USE bool case_payload(struct ctx *c, struct arena *a, const struct case_watch *watch,
                           const struct case_step *steps, uint32_t n, str *payload, struct err *e);
/* What happened, in order. */
struct case_happened {
    uint64_t entry;
    int64_t time; /* of the log */
    unsigned char signer[32];
    str by; /* the user who asked for it, by id; absent: nobody in particular */
    struct case_step step;
};
VEC_NAMED(case_history, struct case_happened);
MUST_USE bool case_history(struct portfolio *p, struct arena *a, int64_t number, struct case_history *out,
                           struct err *e);

/* The case as it was at a moment, with the steps that had happened: *found is false when it was not open yet. */
MUST_USE bool case_as_of(struct portfolio *p, struct arena *a, const struct case_row *now, const struct as_of *when,
                         bool *found, struct case_row *out, struct case_history *steps, struct err *e);

/* Steps of any case from an entry of the home's log on, with the case as it is now: for notices. */
struct case_told {
    struct case_row about; /* id, product, package, upgrade, priority, number */
    enum case_event event;
    uint64_t entry;
    int64_t place, time;
};
VEC_NAMED(case_tellings, struct case_told);
MUST_USE bool case_steps_from(struct portfolio *p, struct arena *a, uint64_t entry, struct case_tellings *out,
                              struct err *e);

/* How far the last watch of the home's log had looked, and with which advisories. */
MUST_USE bool case_watched(struct portfolio *p, struct arena *a, struct case_watch *out, struct err *e);

#endif
