/* SPDX-License-Identifier: Apache-2.0
 *
 * A customer's own questionnaire, filled from what is computed or declared here: which questions stand for which
 * practices comes from a map, or from a column of the sheet. An answer never says more than the level that was computed
 * or declared carries; where nothing is known the cell stays blank, and why is told.
 */
#ifndef AKASHI_CONFORM_ANSWER_H
#define AKASHI_CONFORM_ANSWER_H

#include "base/csv_sheet.h"
#include "conform/mapping.h"
#include "conform/standing.h"

/* ── what is known ── */
struct answer_known { /* of one practice */
    int level;        /* computed, or declared on evidence */
    int claimed;      /* declared on a person's word beyond that; 0 nothing */
    int target;       /* of the package; -1: not part of it */
    enum basis basis;
    str by;      /* who claims it: "T. Yamada, President" */
    str reason;  /* of a claim, or why it does not apply */
    str entries; /* of the log: "12, 45 +3" */
};
struct answer_source {
    const struct catalogue *catalogue;
    str name;                   /* "D-1a2b3c4d5e6f sha256:0123456789abcdef", "log v.example/log" */
    struct answer_known *known; /* by practice */
};
void answer_source_computed(struct arena *a, const struct catalogue *c, const struct evaluation *levels, str origin,
                            struct answer_source *out);
/* now: what is computed today for the same scope, which no answer goes beyond; NULL where that cannot be known. */
void answer_source_declared(struct arena *a, const struct catalogue *c, const struct declaration_row *d,
                            const struct evaluation *now, struct answer_source *out);

/* ── which question stands for which practice ── */
struct answer_link {
    str practice;               /* or the id of a group: all of its practices */
    enum map_strength strength; /* of the question to it */
    uint32_t line;
};
VEC_NAMED(answer_links, struct answer_link);
struct answer_question {
    str question; /* id or text, as written */
    struct answer_links links;
    bool used; /* some row asks it */
};
VEC_NAMED(answer_questions, struct answer_question *);
struct answer_map {
    str where, to; /* to: the catalogue it leads to; absent: not said */
    struct answer_questions questions;
    struct map by_key;
};
/* CSV with the columns question, practice and, if wanted, strength (設問, 実践, 関係; or from, to, strength as in maps
 * between catalogues), or such a map in JSON. Without a strength the question asks for all of the practice; for several
 * practices it asks for all of them. ERR_INPUT at its line. */
MUST_USE bool answer_map_read(struct ctx *c, struct arena *a, str bytes, str where, struct answer_map *out,
                              struct err *e);
/* Without case, blanks, and the difference of full-width and half-width signs. */
str answer_key(struct arena *a, str text);

/* ── where things stand in the sheet ── */
enum answer_column {
    ANSWER_ID,
    ANSWER_TEXT,
    ANSWER_PRACTICE,
    ANSWER_ANSWER,
    ANSWER_LEVEL,
    ANSWER_REFERENCE,
    ANSWER_NOTE,
    ANSWER_COLUMNS
};
struct answer_columns {
    uint32_t head;               /* row */
    uint32_t at[ANSWER_COLUMNS]; /* SHEET_COLUMNS: there is none */
};
extern const char *const answer_column_names[ANSWER_COLUMNS]; /* "id", "text", … */
/* By the heads people use, in Japanese and English; given: "answer=対応状況", in place of these. ERR_INPUT when no row
 * of the first ones heads a column of questions; ERR_USAGE when a given one is not there. */
MUST_USE bool answer_columns_find(struct arena *a, const struct csv_sheet *s, const str *given, uint32_t n,
                                  struct answer_columns *out, struct err *e);

/* ── answering ── */
enum answer_state {
    ANSWERED_YES,
    ANSWERED_PARTLY,
    ANSWERED_NOT_APPLICABLE,
    ANSWERED_FIELD, /* a name, a product …: no practice */
    LEFT_AS_IT_WAS, /* somebody has answered already */
    BLANK_UNMAPPED, /* nothing says which practice it stands for */
    BLANK_UNKNOWN,  /* no evidence, and nobody's word */
    BLANK_OVERLAPS, /* what is known has only something in common with it */
    BLANK_FAULT,    /* the row is wrong */
    ANSWER_STATES
};
const char *answer_state_name(enum answer_state s); /* "partly" */
struct answered {
    enum answer_state state;
    uint32_t line;
    str question;  /* its id, else its text */
    str practices; /* "S(1)-2.1, S(1)-2.2" */
    str answer, reference, note;
    int level; /* -1: none */
    str why;   /* of a blank */
};
VEC_NAMED(answereds, struct answered);
struct answer_ask {
    const struct answer_source *source;
    const struct catalogue *of;      /* whose practices are named */
    const struct relation *relation; /* from the source's catalogue to it; NULL: they are one */
    struct answer_map *map;          /* NULL: the sheet names practices itself */
    str words[3];                    /* yes, in part, not applicable */
    int yes_at;                      /* level that is a yes; 0: what the package wants, else the highest */
    const struct map *fields;        /* id → struct str *: what no practice answers; NULL: none */
};
struct answers {
    struct answereds rows;
    uint32_t counts[ANSWER_STATES];
};
/* Fills the sheet; columns that are wanted and not there are appended. */
void answer_sheet(struct arena *a, const struct answer_ask *ask, struct csv_sheet *s, struct answer_columns *columns,
                  struct answers *out);

/* ── forms known by name (catalogues/forms) ── */
struct answer_form {
    str id, catalogue;
    struct label title, source, note;
    struct csv_sheet sheet;
    struct map fields; /* id of an item → str *, its field: "producer", "products" … */
};
/* A sheet in the reader's language with a row for each item. ERR_USAGE names the forms there are. */
MUST_USE bool answer_form_find(struct ctx *c, struct arena *a, str id, struct answer_form *out, struct err *e);

#endif
