/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about decisions share.
 */
#ifndef AKASHI_CLI_DECIDE_H
#define AKASHI_CLI_DECIDE_H

#include "cli/portfolio.h"
#include "conform/decision.h"
#include "impact/audience.h"

/* The offer an argument names; ERR_USAGE when there is none. */
MUST_USE bool cli_decision(struct cli *cli, struct cli_portfolio *x, str id, enum decision_detail detail,
                           struct decision *out, struct err *e);
/* For a reader only what that reader is a side of; the owner of the home sees all. */
#define OPTION_READER                                                                                                  \
    {                                                                                                                  \
        .name = "audience", .kind = OPT_TEXT, .value = "PARTY[,PARTY]",                                                \
        .help = N_("only what these parties may see: what they are a side of")                                         \
    }
MUST_USE bool cli_reader(struct cli *cli, struct cli_portfolio *x, struct reader *out, struct err *e);
MUST_USE bool cli_reader_is_side(struct cli *cli, struct cli_portfolio *x, const struct reader *r, const str *parties,
                                 uint32_t n, bool *may, struct err *e);
MUST_USE bool cli_reader_sees(struct cli *cli, struct cli_portfolio *x, const struct reader *r,
                              const struct decision *d, bool *may, struct err *e);
/* A day or a time behind an option; 0 when it was not given. A bare day is its beginning, or its end. */
enum day_edge { DAY_BEGINS, DAY_ENDS };
MUST_USE bool cli_day(struct cli *cli, const char *option, enum day_edge edge, int64_t *out, struct err *e);
/* All of a decision into FOLDER/ID.END ("offer", "answer", "decision"; --to is the folder, or a name that ends in
 * .json). *path is where. */
MUST_USE bool cli_decision_write(struct cli *cli, struct cli_portfolio *x, const struct decision *d, const char *end,
                                 str *path, struct err *e);
#define OPTION_TO                                                                                                      \
    {                                                                                                                  \
        .name = "to", .kind = OPT_TEXT, .value = "DIR|FILE",                                                           \
        .help = N_("where the file to hand over is written: a folder, or a name that ends in .json")                   \
    }
/* After a watch: decisions that no longer do are opened again, and what is due is told. db may be NULL. */
struct advdb;
MUST_USE bool cli_decisions_watch(struct cli *cli, struct cli_portfolio *views, struct advdb *db, int32_t jump,
                                  uint32_t *reopened, uint32_t *due, struct err *e);
/* How many targets that both sides signed are not met now. */
MUST_USE bool cli_extents_watch(struct cli *cli, struct cli_portfolio *views, uint32_t *below, struct err *e);
str decision_side_text(const struct decision_side *s);            /* name, else id */
str decision_day(struct arena *a, int64_t t);                     /* "2026-12-31"; "-" when 0 */
const char *decision_state_text(const struct decision *d);        /* in the reader's language */
const char *answer_kind_text(enum answer_kind k);                 /* "declined" */
const char *reopened_text(enum reopened_because b);               /* "is exploited" */
str decision_due_text(struct arena *a, const struct decision *d); /* why it must be looked at; absent: it need not */

#endif
