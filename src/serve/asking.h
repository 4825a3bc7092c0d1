/* SPDX-License-Identifier: Apache-2.0
 *
 * What routes about the portfolio share: for whom, as of when, which page.
 *
 * The reader is the caller's; ?audience= shows it as others would see it and can only narrow: whoever is not the owner
 * may name parties of their own, and no higher clearance than theirs.
 */
#ifndef AKASHI_SERVE_ASKING_H
#define AKASHI_SERVE_ASKING_H

#include "impact/audience.h"
#include "impact/cursor.h"
#include "serve/call.h"

enum { ROWS = 50, ROWS_MOST = 500 };
struct asking {
    struct reader reader;
    struct as_of when; /* of the page's list where there is a page */
    struct cursor at;  /* where the page begins */
    uint64_t limit;    /* rows of a page */
    str question;      /* everything that decides which list it is (cursor.h) */
};
MUST_USE bool call_reader(struct call *q, struct reader *out, struct err *e);
/* ?audience=, ?limit=, ?page=; `names` (ends with NULL) are the other arguments that decide which list it is. */
MUST_USE bool call_asking(struct call *q, const char *const *names, struct asking *out, struct err *e);
/* ERR_USAGE when the argument is not there. */
MUST_USE bool call_needs(struct call *q, const char *name, str *out, struct err *e);
/* A row of "choices" ("a|b"), as its place; `otherwise` when the argument is not there; ERR_USAGE for other words. */
MUST_USE bool call_choice(struct call *q, const char *name, const char *choices, int otherwise, int *out,
                          struct err *e);

/* ROUTE_BY_PARTY: whether the caller may do what the route does about something of this party (its number; -1:
 * nobody's); when not, 403 is said. */
MUST_USE bool call_may_for(struct call *q, int64_t party, bool *may, struct err *e);
bool call_not_theirs(struct call *q); /* true: 403, another party's */
/* "people": users by id as names for people, an object's member; those of them the caller may be told of: their own
 * name, and everybody's to the home's own people. */
MUST_USE bool call_people_json(struct call *q, struct jw *w, const str *users, uint32_t n, struct err *e);

/* Rows for route_doc tables. */
#define ARGUMENT_AUDIENCE                                                                                              \
    { "audience", "text", N_("PARTY[,PARTY][:TLP]: the answer as these may see it; it can only narrow") }
#define ARGUMENT_AS_OF                                                                                                 \
    { "as-of", "time", N_("as it was then: a time, a day, or a number of log entries") }
#define ARGUMENT_LIMIT                                                                                                 \
    { "limit", "number", N_("rows of a page: at most 500 (50)") }
#define ARGUMENT_PAGE                                                                                                  \
    { "page", "text", N_("\"next\" of the page before") }

/* What somebody else handed over, taken apart by a process that can do nothing else (confined.h). */
struct bundle;
struct reading_plan;
/* Who asks, in which language, and for how long at most. */
struct reading_plan call_reading(const struct call *q, str text, str name);
MUST_USE bool call_bundle(struct call *q, str text, struct bundle *out, struct err *e);

#endif
