/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands as data. A command is one file holding one `const struct command` and one word in the list of commands.c;
 * dispatch, help, man pages and shell completion come from that struct.
 */
#ifndef AKASHI_CLI_CLI_H
#define AKASHI_CLI_CLI_H

#include <stdio.h>

#include "base/ctx.h"
#include "base/json.h"

enum option_kind { OPT_FLAG, OPT_TEXT, OPT_NUMBER };

struct option_spec {
    const char *name; /* "fail-on" for --fail-on */
    char letter;      /* 'o' for -o, or 0 */
    bool many;        /* may be given several times */
    enum option_kind kind;
    const char *value;   /* how help calls the value: "LEVEL"; NULL for a flag */
    const char *help;    /* N_("…") one line */
    const char *choices; /* "table|json|sarif": checked, and completed by shells; NULL = free */
};

struct example {
    const char *command, *says; /* N_() for says */
};

struct cli;
struct command {
    const char *name;                  /* "sbom make": up to three words */
    const char *args;                  /* "PATH|IMAGE" as shown in the usage line */
    const char *summary;               /* N_("…") one line */
    const char *text;                  /* N_("…") paragraphs, or NULL */
    const struct option_spec *options; /* ends with {0} */
    const struct example *examples;    /* ends with {0} */
    int min_args, max_args;            /* max_args < 0: any number */
    int (*run)(struct cli *cli);       /* returns the exit code; errors through cli_fail */
};
extern const struct command *const commands[];

/* What a command gets. */
struct cli {
    struct ctx *ctx;
    struct arena *arena;
    const struct command *command;
    const str *args;
    uint32_t n_args;
    FILE *out;      /* stdout, or --output FILE opened atomically */
    bool json;      /* --json */
    bool colour;    /* tty and no NO_COLOR */
    unsigned width; /* terminal columns; 0 = not a terminal */
    str home;       /* --home, AKASHI_HOME, XDG data folder; made on first use by cli_home_make */
    struct cli_values *values;
};

bool cli_flag(const struct cli *cli, const char *name);
str cli_text(const struct cli *cli, const char *name); /* absent when not given */
int64_t cli_number(const struct cli *cli, const char *name, int64_t otherwise);
const str *cli_texts(const struct cli *cli, const char *name, uint32_t *n); /* of a `many` option, in order */

/* Prints the error (and hint) on stderr and returns its exit code. */
int cli_fail(struct cli *cli, const struct err *e);
/* Prints the warnings collected so far on stderr; returns how many. */
uint32_t cli_warnings(struct cli *cli);
MUST_USE bool cli_home_make(struct cli *cli, struct err *e);
str cli_db_path(struct cli *cli); /* --db, AKASHI_DB, or HOME/advisories.db */

/* Options every command has: --json, --output, --quiet, --home, --lang, --help. */
int cli_main(int argc, char **argv);

/* ── tables that fit the terminal ── */
enum cell_style { CELL_PLAIN, CELL_BOLD, CELL_DIM, CELL_RED, CELL_YELLOW, CELL_GREEN, CELL_BLUE };
struct column {
    const char *head; /* N_(); NULL in all of them: a list without a head */
    bool right;       /* align right */
    bool shrink;      /* may be cut with … when the terminal is narrow */
    bool wrap;        /* may be wrapped onto lines */
    bool spare;       /* left out when the terminal is too narrow for all to be readable */
    bool tail;        /* when cut, the end stays: paths, names with their version */
};
struct table;
struct table *table_new(struct arena *a, const struct column *columns, uint32_t n);
void table_row(struct table *t);
void table_cell(struct table *t, str text, enum cell_style style); /* control characters are made visible */
void table_print(const struct table *t, const struct cli *cli);

#endif
