/* SPDX-License-Identifier: Apache-2.0
 *
 * A document from outside is read once by a process that can do nothing else (confine.h) before anybody here believes
 * it: what makes a reader crash, loop or swell ends that process, and one import.
 *
 * The process is this very program, started anew with "plumb try KIND": standard input is the document, standard output
 * what it found, as JSON.
 */
#ifndef AKASHI_SERVE_TRIAL_H
#define AKASHI_SERVE_TRIAL_H

#include <stdatomic.h>

#include "base/json.h"

enum import_kind {
    IMPORT_SBOM,
    IMPORT_ADVISORIES,
    IMPORT_PARTIES,
    IMPORT_PRODUCTS,
    IMPORT_DEPLOYMENTS,
    IMPORT_SERVICES,
    IMPORT_KINDS
};
extern const char *const import_kind_words[IMPORT_KINDS];
bool import_kind_of(str word, enum import_kind *out);

/* ── inside ── reads fd 0 to its end, gives everything up, tries, writes the report to `out`. */
MUST_USE bool trial_inside(struct ctx *c, enum import_kind kind, str name, struct buf *out, struct err *e);

/* ── outside ── */
struct trial {
    bool confined;      /* the kernel could do all of it */
    uint64_t documents; /* that can be read */
    struct jv faults;   /* array of {where, what, hint}; absent: none */
    struct json report;
};
struct trial_plan {
    const char *program; /* NULL: this one */
    str file;
    enum import_kind kind;
    str name; /* of the document, for messages */
    const char *lang;
    unsigned seconds;        /* by the clock */
    const atomic_bool *stop; /* may be NULL */
};
/* False with ERR_INPUT when the process did not come to an end by itself; ERR_ENV when it could not be started. */
MUST_USE bool trial_run(struct ctx *c, struct arena *a, const struct trial_plan *plan, struct trial *out,
                        struct err *e);

#endif
