/* SPDX-License-Identifier: Apache-2.0
 *
 * Findings: flaw × component × release, in any order and with any filter, a page at a time. No finding is ever a row of
 * the store: flaws are walked in the order asked for, each opened into the components it hits, each of those into the
 * releases that contain it and that the reader may see, until the page is full. Whoever may see little is served from
 * the other end: from the components of those releases.
 *
 * By clock: findings that an open case of their product lists stand in the order in which those cases are due (due.h,
 * which the caller brings up to date), within a case as by severity; those without a clock follow, by severity.
 *
 * A release counts once, however many documents describe it. Within a flaw components go by id, releases newest first.
 */
#ifndef AKASHI_IMPACT_LISTS_H
#define AKASHI_IMPACT_LISTS_H

#include "impact/cursor.h"
#include "impact/hits.h"
#include "impact/question.h"
#include "impact/reach_rows.h"

enum findings_sort {
    FINDINGS_BY_SEVERITY,
    FINDINGS_BY_EPSS,
    FINDINGS_BY_KEV,
    FINDINGS_BY_NEWEST,
    FINDINGS_BY_CLOCK,
    FINDINGS_SORTS
};
bool findings_sort_parse(str word, enum findings_sort *out); /* "severity", "epss", "kev", "newest", "clock" */

/* Answered: a verdict that counts says not affected, fixed, or that the risk is accepted. */
enum findings_status { FINDINGS_OPEN, FINDINGS_ANSWERED, FINDINGS_ALL, FINDINGS_STATUSES };
bool findings_status_parse(str word, enum findings_status *out); /* "open", "answered", "all" */

struct clock_set;
struct findings_wish {
    enum findings_sort sort;
    enum findings_status status;
    unsigned severities;            /* 1 << enum severity, added up; 0: any */
    int32_t epss;                   /* at least so likely to be exploited, × 10,000; 0: any */
    bool kev, exploited, fixable;   /* only such; exploited: KEV, or CISA's SSVC says active */
    const struct question *package; /* only its components; NULL: any */
    const struct question *within;  /* only its releases (a product, a release, a party's products); NULL: any */
    const struct clock_set *clocks; /* by clock, for a moment of the past; NULL: the order of now */
};
struct findings;
MUST_USE bool findings_begin(struct portfolio *p, struct arena *a, const struct reader *reader,
                             const struct as_of *when, const struct findings_wish *wish, struct findings **out,
                             struct err *e);
void findings_free(struct findings *f); /* accepts NULL */
const struct as_of *findings_pin(const struct findings *f);

/* Rows behind `from` (from->name absent: from the first one on), at most n. Cells are those of findings_columns.
 * *next: where the next page begins; *more: there is one. */
MUST_USE bool findings_page(struct findings *f, const struct cursor *from, uint64_t n,
                            bool (*each)(void *arg, const struct reach_cell *cells, struct err *e), void *arg,
                            struct cursor *next, bool *more, struct err *e);
extern const struct reach_column findings_columns[];

/* Whether advisories were ever taken in: without, there are no findings, which says nothing about the releases. */
MUST_USE bool findings_have_data(struct portfolio *p, bool *yes, struct err *e);

/* How many there are; with *exact false, at least so many: the work ended after `budget` looks at flaws and
 * components. FINDINGS_BUDGET is for people who wait: then it also ends after FINDINGS_MS of processor time. */
enum { FINDINGS_BUDGET = 1024, FINDINGS_MS = 100 };
MUST_USE bool findings_count(struct findings *f, uint64_t budget, uint64_t *n, bool *exact, struct err *e);

#endif
