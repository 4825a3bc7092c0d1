/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files that list findings.
 */
#ifndef AKASHI_IMPACT_LISTS_INNER_H
#define AKASHI_IMPACT_LISTS_INNER_H

#include "impact/due.h"
#include "impact/idlist.h"
#include "impact/lists.h"
#include "impact/reach_names.h"
#include "impact/verdict.h"

/* How often a component occurs in the releases that count; a hash table by id. */
struct occurrences {
    struct occurrence {
        component_id id; /* 0: free; component ids begin at 1 << COMPONENT_BITS */
        uint32_t n;
    } * v;
    uint32_t n, mask;
};
void occurrences_add(struct occurrences *o, component_id id, uint32_t n);
uint32_t occurrences_of(const struct occurrences *o, component_id id);
void occurrences_free(struct occurrences *o);

struct findings {
    struct portfolio *p;
    struct arena *a;
    const struct reader *reader;
    struct as_of when, pin;
    struct findings_wish wish;
    roaring_bitmap_t *mask; /* documents that count; NULL: all below limit */
    struct occurrences in;
    struct pair *held; /* narrow: component and release; sorted when first asked for */
    size_t n_held, cap_held;
    struct hit_rows near_; /* hits of the components that count, by flaw, then component; once they were gathered */
    struct map rows;       /* narrow: component (8 bytes) → struct component_row, of those that were shown; in `a` */
    roaring_bitmap_t *products; /* of the mask; read when first asked for */
    struct verdict_policy *policy;
    struct arena *known_arena;
    struct map known; /* product (8 bytes) → struct known_product */
    uint32_t limit;
    bool narrow; /* mask is small: `in` has every component of it */
    bool held_sorted, near_known;
    bool twins;   /* some of those in the mask are second documents */
    bool answers; /* there are verdicts */
    bool nothing; /* what it is limited to is empty */
};

bool flaw_wished(const struct findings_wish *w, const struct flaw_row *f);
bool is_component_in(const struct component_ids *ids, component_id id); /* ids ascending */
/* Is this component among those asked for? */
bool component_wished(const struct findings *f, component_id id);
int64_t flaw_value(enum findings_sort by, const struct flaw_row *f); /* the greatest comes first */
/* Releases with each component that count, by their first document; ids ascending. The caller frees them. */
MUST_USE bool releases_with(struct findings *f, const component_id *ids, uint32_t n, roaring_bitmap_t **out,
                            struct err *e);

/* What was said of a flaw. */
struct flaw_said {
    bool some; /* false: nothing, and the rest is empty */
    struct arena *a;
    int64_t flaw;
    struct flaw_names names;
    struct verdicts any;        /* those that may speak of any product */
    roaring_bitmap_t *products; /* that are named */
    roaring_bitmap_t *named;    /* their documents; NULL: they are too many */
    struct map by_product;      /* product (8 bytes) → struct verdicts, of those that were asked for */
};
MUST_USE bool status_begin(struct findings *f, struct err *e);
void status_end(struct findings *f);
/* In one product, or (-1) all of them; it lies in `a`. */
MUST_USE bool status_flaw(struct findings *f, struct arena *a, int64_t flaw, int64_t product, struct flaw_said *out,
                          struct err *e);
void status_flaw_end(struct flaw_said *said); /* accepts {0} */
/* The releases among these of which something may have been said; the others are open. The caller frees it. */
MUST_USE bool status_spoken_of(struct findings *f, struct arena *a, const struct flaw_said *said, str purl,
                               const roaring_bitmap_t *releases, roaring_bitmap_t **out, struct err *e);
/* Which of that counts for a finding: VEX_NONE when nothing does. */
MUST_USE bool status_finding(struct findings *f, struct arena *a, struct flaw_said *said, const struct flaw_row *flaw,
                             component_id component, str purl, uint32_t release, int *status, struct err *e);
/* Whether a verdict may answer the flaw for a product (-1: for any that counts). */
MUST_USE bool status_may_answer(struct findings *f, int64_t flaw, int64_t product, bool *yes, struct err *e);
/* Flaws that one may answer, with what hits_brief() says of them; *few false: they are too many to be gathered. */
MUST_USE bool status_answered(struct findings *f, bool *few, struct flaw_rows *out, struct err *e);
struct known_product { /* read once for all its findings */
    struct product of;
    struct verdict_place place;
    struct release_rows releases;
};
MUST_USE bool status_product(struct findings *f, int64_t number, struct known_product **out, struct err *e);
/* Products with a release that counts; NULL: all. It belongs to f. */
MUST_USE bool findings_products(struct findings *f, const roaring_bitmap_t **out, struct err *e);
str status_word(int status);
bool status_wished(const struct findings_wish *w, int status);

/* A page being filled: hits of a flaw at hand are opened into releases. */
struct clock_list;
struct paging {
    struct findings *f;
    struct thing_names names;
    struct reach reach; /* only for the names */
    struct arena *flaw_arena, *row_arena, *release_arena;
    struct release_row release; /* of the row put last; in release_arena */
    bool has_release;
    uint64_t skip, left; /* findings of the flaw to pass over; rows still to show */
    struct flaw_said said;
    int status;  /* of the finding at hand */
    uint64_t at; /* findings of the present flaw (or case) passed over or shown */
    const struct flaw_row *flaw;
    const struct due_case *in; /* by clock: the case at hand */
    struct clock_list *clock;  /* NULL: another order */
    /* Takes releases out that do not belong here; may be NULL. */
    bool (*narrow)(struct paging *x, str purl, roaring_bitmap_t *releases, struct err *e);
    struct cursor *next;
    bool more;
    bool (*each)(void *arg, const struct reach_cell *cells, struct err *e);
    void *arg;
};
bool hit_wished(const struct findings *f, const struct hit_row *hit);
MUST_USE bool paging_hits(struct paging *x, const struct hit_row *hits, uint32_t n, struct err *e);
bool paging_flaw(void *arg, const struct flaw_row *flaw, bool *stop, struct err *e); /* arg: struct paging */
/* By clock: what stands in cases, from a place on; afterwards paging_flaw() passes over that. Another order: nothing.
 */
MUST_USE bool clock_page(struct paging *x, const struct cursor *from, struct err *e);
MUST_USE bool clock_flaw(struct paging *x, const struct flaw_row *flaw, struct err *e);

/* Packages of the components asked for; false where they are many, or none was asked for. */
enum { FEW_PACKAGES = 16 };
bool few_packages(const struct question *of, int64_t *out, uint32_t *n); /* out: room for FEW_PACKAGES */

/* By clock: cases behind a place that may list findings of these products (NULL: all), in order. */
struct due_walk;
struct lists_past;
MUST_USE bool due_walk_begin(struct paging *x, const struct lists_past *past, const roaring_bitmap_t *products,
                             struct due_case after, struct due_walk **out, struct err *e);
MUST_USE bool due_walk_next(struct due_walk *w, struct due_case *out, bool *found, struct err *e);
int due_order(const void *x, const void *y); /* of struct due_case */

/* By clock, of a moment of the past (lists_past.c): cases that stood elsewhere then. NULL: none did. */
MUST_USE bool lists_past_find(struct findings *f, struct lists_past **out, struct err *e);
bool lists_past_moved(const struct lists_past *k, int64_t number);
/* Where such a case stood, and what it listed; NULL: it was not due. */
const struct due_case *lists_past_case(const struct lists_past *k, int64_t number,
                                       const struct case_findings **findings);
void lists_past_cases(const struct lists_past *k, struct arena *a, struct due_cases *out); /* all such, in order */
/* What is so now without those that moved, and where they stood behind it. */
void lists_past_findings(const struct lists_past *k, struct arena *a, str flaw, struct due_findings *out);

/* Flaws that a filter leaves few of, sorted; *some false where there is no such filter. */
MUST_USE bool flaws_filtered(struct findings *f, struct arena *a, bool *some, struct flaw_rows *out, struct err *e);
struct flaw_range scores_wished(const struct findings_wish *w);

/* hits_of_flaw(), or those of them that count, where they were gathered. */
MUST_USE bool hits_near(struct findings *f, struct arena *a, int64_t flaw, struct hit_rows *out, struct err *e);

/* Flaws in order behind a place; each() may stop the walk by setting *stop. */
MUST_USE bool flaws_in_order(struct findings *f, struct flaw_place after,
                             bool (*each)(void *arg, const struct flaw_row *flaw, bool *stop, struct err *e), void *arg,
                             struct err *e);

#endif
