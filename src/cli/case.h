/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about cases, verdicts and watching share: views, settings, advisories.
 */
#ifndef AKASHI_CLI_CASE_H
#define AKASHI_CLI_CASE_H

#include "cli/portfolio.h"
#include "impact/case_clock.h"
#include "impact/watch.h"
#include "node/notify.h"

struct cli_watch {
    struct cli_portfolio views;
    struct verdict_policy policy;
    struct clock_set clocks;
    struct advdb *db; /* NULL: there is none */
    struct watch_plan plan;
};
MUST_USE bool cli_watch_open(struct cli *cli, enum home_use use, struct cli_watch *out, struct err *e);
void cli_watch_close(struct cli_watch *x);
/* The case an argument names; ERR_USAGE when there is none. */
MUST_USE bool cli_case(struct cli *cli, struct cli_watch *x, str id, struct case_row *out, struct err *e);
/* What happened to a case, as clocks see it, and its deadlines now. */
MUST_USE bool cli_case_clocks(struct cli *cli, struct cli_watch *x, const struct case_row *c, struct deadlines *out,
                              struct err *e);
/* Puts what deadlines are near or missed into the outbox; told once each. */
MUST_USE bool cli_tell_deadlines(struct cli *cli, struct cli_watch *x, struct err *e);
/* Adds a notice about a case, for us and for each party that runs or uses what it is about. */
VEC_NAMED(notices, struct notice);
MUST_USE bool cli_case_notice(struct cli *cli, struct cli_watch *x, const struct subscriptions *s,
                              const struct case_row *c, const struct notice *n, struct notices *out, struct err *e);
/* Whether a step CASE_UPDATED says more than what was known: another vulnerability, one that is exploited now, or a
 * higher priority. */
MUST_USE bool cli_case_grew(struct cli_watch *x, struct arena *a, const struct case_told *t, bool *grew, struct err *e);
/* A status, a step or what was decided, in the reader's language. */
const char *cli_case_word(const char *word);
str cli_case_decided(struct arena *a, str verdict);
str cli_product_id(struct cli *cli, struct cli_watch *x, int64_t product);

#endif
