/* SPDX-License-Identifier: Apache-2.0
 *
 * Licences in a scope of releases: what is stated, by how many components, in how many releases, and whether a list of
 * denied licences leaves a way to use it. A licence is denied when no choice it offers is free of denied ones:
 * "A OR B" is denied when both are, "A AND B" when either is.
 */
#ifndef AKASHI_IMPACT_LICENCES_H
#define AKASHI_IMPACT_LICENCES_H

#include "impact/scope.h"

struct licence_use {
    str text;          /* as stated; absent: none is stated */
    bool denied, odd;  /* odd: no SPDX expression */
    uint64_t releases; /* of the scope */
    VEC(component_id) components;
};
VEC_NAMED(licence_uses, struct licence_use);
/* What a reader may not see states nothing: for a scope with such releases its documents are read.
 * deny: SPDX ids; named: only licences that have this id or this very text; absent: all. The denied ones first, then
 * by releases. */
MUST_USE bool licences_find(struct portfolio *p, struct arena *a, const struct scope *s, str named, const str *deny,
                            uint32_t n_deny, struct licence_uses *out, struct err *e);
/* Whether an expression cannot be used without one of these; *odd when it is none. */
bool licence_denied(str expression, const str *deny, uint32_t n, bool *odd);

/* Suppliers of the components in a scope. */
struct supplier_use {
    str name; /* absent: no document names one */
    uint64_t releases;
    VEC(component_id) components;
};
VEC_NAMED(supplier_uses, struct supplier_use);
/* named: only this one; absent: all. By releases. */
MUST_USE bool suppliers_find(struct portfolio *p, struct arena *a, const struct scope *s, str named,
                             struct supplier_uses *out, struct err *e);

#endif
