/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of people as a sheet: a row for each practice that waits for one, with the question in plain words, to be
 * filled in a spreadsheet and read back. A row that nobody filled in says nothing. Heads in English or Japanese.
 */
#ifndef AKASHI_CONFORM_ATTEST_SHEET_H
#define AKASHI_CONFORM_ATTEST_SHEET_H

#include "conform/attest_say.h"
#include "impact/things_state.h"

/* What of a package waits for somebody's word. */
struct word_wanted {
    const struct practice_state *state;
    int level;      /* that rules ask for */
    str asks;       /* what is so at that level, in the reader's language */
    str needs;      /* the rules in words */
    bool more_than; /* other evidence is missing besides */
};
VEC_NAMED(words_wanted, struct word_wanted);
/* `others`: practices below their target that no word brings forward. */
void words_wanted(struct arena *a, const struct evaluation *all, struct words_wanted *out, uint32_t *others);
/* To be filled in: practice, title, question, what is needed and the wanted level stand there, the rest is empty. */
void attest_sheet_write(struct buf *b, const struct words_wanted *all, bool japanese);

struct attest_row {
    struct attest_request ask;
    struct scope_names files; /* documents, as written */
    str where;                /* file:line */
};
VEC_NAMED(attest_rows, struct attest_row);
struct attest_sheet {
    struct attest_rows rows;
    uint32_t empty; /* rows that say nothing */
};
/* What a cell leaves open is as in `otherwise`. ERR_INPUT for a text that is no such sheet, at its line. */
MUST_USE bool attest_sheet_read(struct arena *a, str text, str where, const struct attest_request *otherwise,
                                struct attest_sheet *out, struct err *e);
/* Looks at all rows, their documents in the archive already; each that cannot be said is told in *bad, at its line. */
MUST_USE bool attest_sheet_check(struct portfolio *p, struct arena *a, const struct attest_sheet *s,
                                 struct attested *out, struct errs *bad, struct err *e);

#endif
