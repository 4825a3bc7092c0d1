/* SPDX-License-Identifier: Apache-2.0
 *
 * A range in an ecosystem's own notation, taken apart: terms in groups. One group must hold with all its terms. Private
 * to this room.
 */
#ifndef AKASHI_IDENT_NATIVE_H
#define AKASHI_IDENT_NATIVE_H

#include "ident/version.h"

struct native_term {
    enum range_op op;
    str version;
    str upper; /* RANGE_NE with an upper end: not from version up to here */
    uint32_t group;
};
VEC_NAMED(native_terms, struct native_term);

struct native {
    struct arena *a;
    const struct ecosystem *eco;
    str text;
    bool published; /* as the makers of VERS write it, where that differs from what the package manager does */
    struct native_terms terms;
    uint32_t group;
    struct err *e;
};

MUST_USE bool native_parse(struct native *n);
void native_add(struct native *n, enum range_op op, str version);
bool native_fail(const struct native *n); /* fills e, returns false */

/* Interval notation of Maven and NuGet: "[1.0,2.0)", "(,1.0],[1.2,)". */
bool native_intervals(struct native *n);
/* "~", "^", "~>", "~=", "1.2.*" and whatever else stands for two bounds. */
enum native_shape { SHAPE_CARET, SHAPE_TILDE, SHAPE_PESSIMISTIC, SHAPE_WILDCARD };
bool native_expand(struct native *n, enum native_shape shape, enum range_op op, str version);

/* The version as VERS shows it in this ecosystem. */
str native_canonical(struct arena *a, const struct ecosystem *eco, str version);

#endif
