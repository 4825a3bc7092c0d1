/* SPDX-License-Identifier: Apache-2.0
 *
 * A verdict somebody states on a vulnerability in a product: checked, made a document, signed and logged; for commands
 * and the application alike.
 */
#ifndef AKASHI_IMPACT_VEX_REQUEST_H
#define AKASHI_IMPACT_VEX_REQUEST_H

#include "impact/publish.h"

struct vex_request {
    str flaw, product, component, status, justification, impact, action;
    struct case_names releases; /* none: all */
    const char *dashes;         /* what stands before the name of a field in messages: "--", "" */
};
/* ERR_USAGE when it says too little; told: the document's view of it. */
MUST_USE bool vex_request_log(struct portfolio *p, struct arena *a, const struct vex_request *r, struct truth *told,
                              struct err *e);
/* A document about a product, signed and logged. */
MUST_USE bool vex_document_log(struct portfolio *p, struct arena *a, const char *type, str product, str predicate,
                               bool *was_there, struct err *e);

#endif
