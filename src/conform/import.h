/* SPDX-License-Identifier: Apache-2.0
 *
 * Catalogues and what is like one, in the notations of others: OSCAL catalogues, profiles and component definitions,
 * CycloneDX standards, flat lists of requirements in JSON or CSV. All become JSON of ours. Every control, requirement
 * or row comes through; what cannot is an error or a warning at its place, never passed over in silence.
 */
#ifndef AKASHI_CONFORM_IMPORT_H
#define AKASHI_CONFORM_IMPORT_H

#include "conform/draft.h"

struct catalogue_import {
    str text, where;
    str id; /* wanted; absent: what the text says, else made from the file's name or the title */
    const struct catalogue
        *onto;          /* what an OSCAL profile chooses from; NULL: what it names itself must lie beside it */
    bool alone;         /* it came without a folder: nothing is looked for beside it */
    const char *format; /* out: "akashi", "oscal", "oscal-profile", "cyclonedx", "list", "csv" … */
    str json;           /* out */
};
MUST_USE bool catalogue_import(struct ctx *c, struct arena *a, struct catalogue_import *x, struct err *e);

/* ── one file each ── */
struct importing {
    struct ctx *c;
    struct arena *a;
    struct catalogue_import *ask;
    const struct json *doc; /* NULL for CSV */
    str csv;                /* UTF-8; absent for JSON */
    struct draft *draft;
    uint32_t depth; /* profiles of profiles */
};
struct import_format {
    const char *name;
    bool (*is)(struct jv root);                       /* NULL: never by content */
    bool (*read)(struct importing *i, struct err *e); /* into the draft; its strings may lie in the document */
};
extern const struct import_format *const import_formats[]; /* NULL at the end */
MUST_USE bool import_csv(struct importing *i, struct err *e);
/* Names it by what was asked for, `own`, the file or the title, in this order. */
str import_id(const struct importing *i, str own, str title);

#endif
