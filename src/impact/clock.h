/* SPDX-License-Identifier: Apache-2.0
 *
 * Clocks of a case: the deadlines that laws, directives and contracts set, from profiles that are data files
 * (catalogues/clocks, HOME/clocks; docs/clocks.md).
 *
 * A deadline is a function of what happened and when, and of nothing else: no state is kept, so a case has the same
 * clocks however often and by whom they are asked for, also as of an earlier day. One that was over before anybody
 * looked is missed, not an error.
 */
#ifndef AKASHI_IMPACT_CLOCK_H
#define AKASHI_IMPACT_CLOCK_H

#include "impact/calendar.h"
#include "impact/ssvc.h"

/* What happens to a case, in the order it mostly does. The words of the data files stand in clock_event_name(). */
enum clock_event {
    EVENT_PUBLISHED,     /* the advisory */
    EVENT_REPORTED,      /* somebody told us: IPA, a customer, a finder */
    EVENT_AWARE,         /* we know that it reaches something of ours */
    EVENT_EXPLOITED,     /* we know that it is exploited; a KEV entry says so too */
    EVENT_KEV_LISTED,    /* it came into KEV */
    EVENT_INCIDENT,      /* a severe incident at a product of ours */
    EVENT_CONTACTED,     /* a coordinator first tried to reach us */
    EVENT_ACKNOWLEDGED,  /* we answered */
    EVENT_WARNED,        /* early warning sent to the authority */
    EVENT_NOTIFIED,      /* notification sent */
    EVENT_FIX_AVAILABLE, /* a release without it, or a workaround */
    EVENT_FINAL_REPORT,  /* sent */
    EVENT_CUSTOMER_TOLD, /* those it reaches know */
    EVENT_OFFERED,       /* a measure was offered to the customer */
    EVENT_DECIDED,       /* by us, or the customer's answer */
    EVENT_FIXED,         /* at the developer */
    EVENT_DELIVERED,     /* runs where it was needed */
    EVENT_VERIFIED,      /* there, by somebody else than who delivered */
    EVENT_DISCLOSED,     /* published by us */
    EVENT_CLOSED,        /* nothing more to do: fixed, or not affected */
    EVENT_COUNT
};
const char *clock_event_name(enum clock_event event); /* "kev-listed" */
bool clock_event_parse(str word, enum clock_event *out);

#define CLOCK_NEVER INT64_MAX
struct clock_case {
    int64_t at[EVENT_COUNT]; /* first time of each; CLOCK_NEVER: not (yet) */
    enum severity severity;
    str exposure;             /* "small", "controlled", "open"; absent: unknown */
    str sector;               /* absent: unknown */
    int64_t kev_due;          /* any second of that day, UTC; CLOCK_NEVER: none */
    struct ssvc_inputs known; /* for profiles that ask a decision table */
};
/* Nothing happened, nothing known. */
void clock_case_init(struct clock_case *k);

enum clock_binds { BINDS_DEVELOPER, BINDS_SUPPLIER, BINDS_OPERATOR, BINDS_CUSTOMER };
enum clock_span { SPAN_HOURS, SPAN_DAYS, SPAN_BUSINESS_DAYS, SPAN_MONTHS, SPAN_KEV_DUE };
struct clock_rule {
    str id;
    struct label title, action, source; /* action: what must be done */
    enum clock_binds binds;
    uint32_t starts;  /* bits of events */
    bool starts_last; /* with the last of them (all must have happened); else the first */
    enum clock_span span;
    int64_t count;
    bool exact, roll; /* exact: to the second; else to the end of the day. roll: onto a business day */
    uint32_t done;    /* any of these events meets it */
    const struct calendar *calendar;
    /* conditions; all that are given hold */
    uint32_t happened, not_happened, severities, exposures;
    const str *sectors;
    uint32_t n_sectors;
    const struct ssvc_table *table; /* NULL: none */
    uint64_t outcomes[4];           /* bits of outcome values */
};
struct clock_profile {
    str id;
    struct label title, note, source;
    bool draft, by_default;
    int64_t from; /* what started earlier is not bound; INT64_MIN: always */
    struct zone zone;
    const struct clock_rule *rules;
    uint32_t n_rules;
};
struct clock_set {
    struct ssvc_set tables;
    VEC(struct clock_profile *) profiles; /* own ones, then built-in ones, each by id */
    VEC(str) used;                        /* ids in force */
};
/* The built-in profiles and those of HOME/clocks (which replace built-in ones of the same id), with calendars and
 * decision tables of HOME/calendars and HOME/ssvc. In force: `[clocks] use = ["kev", "eu-cra"]` of HOME/akashi.toml;
 * without it the profiles that say "default", and all of HOME/clocks that do not say otherwise. home absent: built-in
 * ones only. A faulty file is an error with its place. */
MUST_USE bool clock_load(struct ctx *c, struct arena *a, str home, struct clock_set *out, struct err *e);
/* Adds one profile from its text to a set that has its tables; built-in calendars only. */
MUST_USE bool clock_read(struct ctx *c, struct arena *a, str text, str id, struct clock_set *set, struct err *e);
const struct clock_profile *clock_profile(const struct clock_set *set, str id); /* NULL when there is none */

enum clock_state {
    CLOCK_MISSED,  /* over, and not done */
    CLOCK_RUNNING, /* due in the future */
    CLOCK_WAITING, /* what starts it has not happened yet: no due time */
    CLOCK_LATE,    /* done after it was due */
    CLOCK_MET,
    CLOCK_STOPPED, /* the case was closed in time */
};
const char *clock_state_name(enum clock_state s); /* "missed" … for machines */
struct deadline {
    const struct clock_profile *profile;
    const struct clock_rule *rule;
    enum clock_state state;
    uint32_t lacks;              /* bits of the events that start it and have not happened, while it waits */
    int64_t started, due, ended; /* CLOCK_NEVER: not; ended: met or stopped */
    int64_t over;                /* seconds by which it was or is missed; 0 else */
    bool estimated;              /* its calendar does not know those years: weekends alone were counted */
};
VEC_NAMED(deadlines, struct deadline);
/* The deadlines of the profiles in force whose conditions hold at `now` (what is later has not happened), open ones
 * first, by due time. */
MUST_USE bool clock_deadlines(const struct clock_set *set, struct arena *a, const struct clock_case *k, int64_t now,
                              struct deadlines *out, struct err *e);
/* The first that is missed or running, or NULL: what a list of cases shows and sorts by. */
const struct deadline *clock_next(const struct deadlines *all);

/* "in 3 h 20 min", "2 d 4 h over", "met", "waits for: fix-available" … in the reader's language. */
str clock_say(struct arena *a, const struct deadline *d, int64_t now);
/* When it is due, as clocks of the profile's zone show it: "2026-11-30 23:59 +01:00"; absent while it waits. */
str clock_due_text(struct arena *a, const struct deadline *d);

#endif
