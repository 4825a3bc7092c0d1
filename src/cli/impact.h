/* SPDX-License-Identifier: Apache-2.0
 *
 * What the `akashi impact` commands share.
 */
#ifndef AKASHI_CLI_IMPACT_H
#define AKASHI_CLI_IMPACT_H

#include "cli/impact_words.h"
#include "cli/portfolio.h"
#include "impact/answer.h"
#include "impact/cursor.h"
#include "impact/lists.h"
#include "impact/reach_rows.h"

#define OPTION_AUDIENCE                                                                                                \
    {                                                                                                                  \
        .name = "audience", .kind = OPT_TEXT, .value = "PARTY[:TLP]",                                                  \
        .help = N_("answer what these parties may see (PARTY,PARTY), with the clearance clear, green, amber or "       \
                   "amber+strict")                                                                                     \
    }
#define OPTION_LIMIT                                                                                                   \
    { .name = "limit", .kind = OPT_NUMBER, .value = "N", .help = N_("rows of a page (default: 50)") }
#define OPTION_PAGE                                                                                                    \
    {                                                                                                                  \
        .name = "page", .kind = OPT_TEXT, .value = "CURSOR",                                                           \
        .help = N_("the page behind this one; the list stays as it was when the first page was shown")                 \
    }

struct impact {
    struct cli *cli;
    struct cli_portfolio views;
    struct portfolio *p;
    bool reading; /* all is asked of one state */
    struct as_of when;
    struct reader reader;
    struct cursor at; /* where the page begins */
    uint64_t limit;
};
/* Opens the views; reads --as-of, --audience, --limit and --page (with `question` deciding which list it is). */
MUST_USE bool impact_open(struct impact *x, struct cli *cli, str question, struct err *e);
void impact_close(struct impact *x);
MUST_USE bool limit_of(struct cli *cli, uint64_t *out, struct err *e);

/* Also reached by options of `akashi impact` itself. */
int impact_top(struct cli *cli);
int impact_what_if(struct cli *cli, str what);
bool impact_refuse_unknown(str asked, struct err *e); /* false */
/* Warns when no advisories were ever taken in. */
MUST_USE bool impact_check_data(struct impact *x, struct err *e);

/* ── rows, whatever the list ── */
/* Cells as a table takes them; `columns` has a table's columns for those with a head. */
uint32_t impact_columns(const struct reach_column *columns, struct column *out);
void impact_table_row(struct cli *cli, struct table *t, const struct reach_column *columns,
                      const struct reach_cell *cells);
/* A whole list, row by row. */
struct exporting {
    struct cli *cli;
    const struct reach_column *columns;
    struct arena *a; /* a row's */
    struct buf b;
    bool csv;
};
void impact_export_begin(struct exporting *x, struct cli *cli, const struct reach_column *columns, bool csv);
bool impact_export_put(void *arg, const struct reach_cell *cells, struct err *e); /* arg: struct exporting */
MUST_USE bool impact_export_end(struct exporting *x, struct err *e);

/* The answer to a question: counts first, then the page. */
MUST_USE bool impact_show(struct impact *x, struct reach *r, const struct reach_page *page, str question,
                          struct err *e);
MUST_USE bool impact_export(struct impact *x, struct reach *r, const struct reach_page *page, bool csv, struct err *e);

#endif
