/* SPDX-License-Identifier: Apache-2.0
 *
 * What can be imported, and "plumb try KIND": a document read once, by a process that can do nothing else (confine.h),
 * to say what an upload of it would say.
 */
#ifndef AKASHI_SERVE_TRIAL_H
#define AKASHI_SERVE_TRIAL_H

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

/* Reads fd 0 to its end, gives everything up, tries; what it found goes to `out` as JSON. */
MUST_USE bool trial_inside(struct ctx *c, enum import_kind kind, str name, struct buf *out, struct err *e);

#endif
