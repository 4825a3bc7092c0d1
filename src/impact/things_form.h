/* SPDX-License-Identifier: Apache-2.0
 *
 * Parties, products, deployments and services as forms: a table of fields for each kind, and one text for each field.
 * Commands, CSV columns, statements and rows of the store are all made from that table, so that a field is one line.
 *
 * The text of a field has one way to be written (canonical), so equal forms say the same. Lists have ';' between
 * entries; needs have '|' between what can stand in for each other.
 */
#ifndef AKASHI_IMPACT_THINGS_FORM_H
#define AKASHI_IMPACT_THINGS_FORM_H

#include "base/json.h"
#include "impact/things.h"

enum field_type {
    FIELD_TEXT,
    FIELD_THING,    /* id of a thing of kind `of` */
    FIELD_FROM,     /* "2026-04-01" (the beginning of the day) or RFC 3339 */
    FIELD_UNTIL,    /* the same, a day is meant to its end */
    FIELD_DURATION, /* ISO 8601 */
    FIELD_COUNT,
    FIELD_PERCENT,
    FIELD_CHOICE,
    FIELD_FLAG,     /* "true", "false" */
    FIELD_ROLES,    /* "developer;supplier" */
    FIELD_PARTIES,  /* "a;b" */
    FIELD_CONTACTS, /* "psirt:Name <address>;…" */
    FIELD_NEEDS,    /* "deployment:a|deployment:b;zone:c" */
};
struct field {
    const char *name;     /* of column and option: "support-until" */
    const char *japanese; /* head of the column in Japanese */
    const char *path;     /* in the predicate: "support/until" */
    enum field_type type;
    enum thing_kind of;
    bool required;
    const char *choices; /* "small|controlled|open" */
    const char *help;    /* N_() one line */
};
enum { FIELDS_MOST = 14 };
struct thing_shape {
    const char *kind;           /* "party": word of the predicate, too */
    const char *title, *titles; /* N_() "party", "parties" */
    const struct field *fields; /* the id is none of them */
    uint32_t n;
    const struct query *say, *at; /* store/sql/things.sql; columns in the order of the fields */
};
extern const struct thing_shape thing_shapes[4]; /* by enum thing_kind */

struct form {
    enum thing_kind kind;
    str id;
    str v[FIELDS_MOST]; /* by field; absent = nothing is said */
};

/* An id: 1 to 200 bytes without white space, control characters and , ; | " ' < > \ */
bool thing_id_ok(str id);
MUST_USE bool thing_id_check(str id, struct err *e); /* says what is wrong with it */
/* What is typed or stands in a cell, made canonical; absent when it is empty. False: e says what is wrong with it and
 * what to do, without a place. */
MUST_USE bool field_take(struct ctx *c, struct arena *a, const struct field *f, str text, str *out, struct err *e);
/* What contradicts itself (an end before its start, a required field that is missing): *field is where. */
MUST_USE bool form_check(const struct form *f, const struct field **field, struct err *e);

/* The predicate as JSON text. revision: 1 for the first statement about it. */
str form_predicate(struct arena *a, const struct form *f, int64_t revision);
/* Tolerant: what does not fit is as if it were not said. A party without an id is known by its name. */
void form_of_predicate(struct ctx *c, struct arena *a, enum thing_kind kind, struct jv predicate, struct form *out);
/* The statement's payload, subject and all; checked against the schema. */
MUST_USE bool form_payload(struct ctx *c, struct arena *a, const struct form *f, int64_t revision, str *out,
                           struct err *e);
bool form_same(const struct form *x, const struct form *y);

/* ── what is in the store ── */
struct said {
    int64_t number;
    struct form form;
    bool mentioned; /* nothing that counts was said of it */
    int64_t entry, time;
    unsigned char signer[32];
};
VEC_NAMED(saids, struct said);
/* Up to n things behind number `after`, as of then. */
MUST_USE bool things_page(struct portfolio *p, struct arena *a, enum thing_kind kind, const struct as_of *when,
                          int64_t after, uint32_t n, struct saids *out, struct err *e);
MUST_USE bool thing_get(struct portfolio *p, struct arena *a, enum thing_kind kind, int64_t number,
                        const struct as_of *when, bool *found, struct said *out, struct err *e);
/* Everything that was said of it, what never held too, in the order of the log. */
struct said_once {
    struct said said;
    int64_t held_until; /* entry that replaced it; INT64_MAX while it holds; = said.entry: it never held */
};
VEC_NAMED(history, struct said_once);
MUST_USE bool thing_history(struct portfolio *p, struct arena *a, enum thing_kind kind, int64_t number,
                            const struct as_of *when, struct history *out, struct err *e);

#endif
