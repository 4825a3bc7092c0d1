/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about decisions share.
 */
#ifndef AKASHI_CLI_DECIDE_H
#define AKASHI_CLI_DECIDE_H

#include "cli/portfolio.h"
#include "conform/decision_say.h"
#include "conform/decision_words.h"
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
/* A day or a time behind an option; 0 when it was not given. */
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

#endif
