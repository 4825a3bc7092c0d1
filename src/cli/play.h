/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands of this very program, run one after another as a user would type them, with what they print.
 *
 * Each runs in a process of its own that begins where main() begins: options, language, locks and exit code are those
 * of the terminal. Nothing but the clock is set: SOURCE_DATE_EPOCH is the time of the play.
 */
#ifndef AKASHI_CLI_PLAY_H
#define AKASHI_CLI_PLAY_H

#include "base/ctx.h"

struct play {
    struct arena *arena;
    struct limits limits;
    str folder;       /* where the commands run */
    str home;         /* AKASHI_HOME of those that name none */
    const char *lang; /* "ja", "en" */
    int64_t now;      /* seconds since 1970 */
    unsigned columns; /* how wide tables may be */
};
struct played {
    int code;
    str text; /* what it printed, messages among the rest */
};
/* A line of words as a shell reads them: blanks part them, '…' and "…" hold them together, and nothing else means
 * anything. The first word is "akashi". False only when it could not be run. */
MUST_USE bool play_run(const struct play *p, const char *line, struct played *out, struct err *e);
/* An exit code other than `code` is an error that says what was run and how what it printed ends. */
MUST_USE bool play_check(const char *line, int code, const struct played *p, struct err *e);

#endif
