/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers about packages that are kept, for all views of a store in this process: what was said once is said again,
 * byte by byte the same as if it were computed anew, for as long as nothing it depends on has changed.
 *
 * What it depends on is read from the store, so that it does not matter which process wrote:
 *   - how often the views were made anew, and how often what surrounds the releases changed since (portfolio_moved);
 *   - releases that came since: each is looked at once for all kept answers, with what is in it and whether it is
 *     another document of a release. One that contains no version of the package changes nothing; one that does is
 *     added to what is kept of the question, for who sees everything, and the page is written again;
 *   - the time, where a deployment ends.
 *
 * Whoever asks first computes; others who ask the same meanwhile wait for that.
 */
#ifndef AKASHI_IMPACT_RECALL_H
#define AKASHI_IMPACT_RECALL_H

#include "impact/answer.h"
#include "impact/reach.h"

struct recall;
struct recall *recall_new(size_t most); /* bytes, more or less */
void recall_free(struct recall *r);     /* accepts NULL; nobody asks any more */

/* These views keep their answers there, and find those of others; `store`: which store it is, for this process. */
void recall_use(struct recall *r, struct portfolio *p, uint64_t store);

struct recall_ask {
    str text; /* as question_parse() takes it */
    const struct reader *reader;
    uint64_t n;   /* rows of the page, which is the first one */
    str question; /* everything that decides which list it is (cursor.h) */
};
/* What reach_json() writes about the releases that a package reaches now. *said false, and nothing is written: it is
 * none of the questions whose answers are kept. ERR_USAGE as question_parse(). */
MUST_USE bool recall_reach(struct portfolio *p, struct arena *a, const struct recall_ask *k, struct jw *w, bool *said,
                           struct err *e);
/* The number of releases alone (reach_count()), and the name of what is asked about. */
MUST_USE bool recall_count(struct portfolio *p, struct arena *a, const struct recall_ask *k, bool *said, str *name,
                           uint64_t *n, struct err *e);

#endif
