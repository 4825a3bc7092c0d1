/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about parties, products, deployments and services share: each is one of these, for one kind.
 */
#ifndef AKASHI_CLI_THING_H
#define AKASHI_CLI_THING_H

#include "cli/portfolio.h"
#include "impact/thing_answer.h"
#include "impact/things_state.h"

/* Options for the fields of a kind: FIELD lines of impact/things_fields.list; FIELD_OPTION_kind is defined as
 * FIELD_OPTION where they are wanted, and as nothing else. */
#define FIELD_OPTION(n, v, c, h) {.name = n, .kind = OPT_TEXT, .value = v, .choices = c, .help = h},
#define OPTION_LIMIT                                                                                                   \
    { .name = "limit", .kind = OPT_NUMBER, .value = "N", .help = N_("at most so many (default: 100; 0: all)") }
#define OPTION_AFTER                                                                                                   \
    { .name = "after", .kind = OPT_TEXT, .value = "ID", .help = N_("begin behind this one") }
#define OPTION_PARTIAL                                                                                                 \
    { .name = "partial", .kind = OPT_FLAG, .help = N_("take the good rows although others are bad") }
#define OPTION_FORMAT                                                                                                  \
    {                                                                                                                  \
        .name = "format", .kind = OPT_TEXT, .value = "FORMAT", .choices = "csv|json",                                  \
        .help = N_("csv (default) or json")                                                                            \
    }
#define OPTION_EXCEL                                                                                                   \
    { .name = "excel", .kind = OPT_FLAG, .help = N_("CSV with Japanese heads, as Excel in Japan opens it") }

int thing_run_add(struct cli *cli, enum thing_kind kind);
int thing_run_list(struct cli *cli, enum thing_kind kind);
int thing_run_show(struct cli *cli, enum thing_kind kind);
int thing_run_import(struct cli *cli, enum thing_kind kind);
int thing_run_export(struct cli *cli, enum thing_kind kind);
/* Changes these fields of a thing that somebody has stated: NULL ends the list. */
struct thing_change {
    const char *field;
    str value;
};
int thing_run_change(struct cli *cli, enum thing_kind kind, str id, const struct thing_change *changes);

/* ── within thing_*.c ── */
void thing_close(struct cli_portfolio *h); /* also one that was never opened */
MUST_USE bool thing_must_find(struct cli_portfolio *h, enum thing_kind kind, str id, int64_t *number, struct err *e);
/* The head of a field's column in the reader's language. */
const char *thing_head(const struct field *f);

#endif
