/* SPDX-License-Identifier: Apache-2.0
 *
 * OSCAL 1.1: catalogues out and in. What OSCAL has no place for travels in props of our own name space, each the JSON
 * of one member, so that reading back what was written gives the same digest.
 *
 *   catalogue                        OSCAL
 *   group, its parent                group in group; where a group holds both groups and practices, OSCAL's choice of
 * one is met by a group of our own ("transparent") around the practices practice                         control; its
 * English text is the part "statement" id                               token made from it; as it is in the props
 * "label" and "id" (ours) all other members                props (ours), class "json"
 */
#ifndef AKASHI_CONFORM_OSCAL_H
#define AKASHI_CONFORM_OSCAL_H

#include "conform/catalogue.h"

#define OSCAL_NS "tag:akashi,2026:oscal"
#define OSCAL_VERSION "1.1.2"

MUST_USE bool oscal_catalogue(struct ctx *c, struct arena *a, const struct catalogue *k, str *out, struct err *e);
/* A package as a profile of it; href: where the catalogue is to be found. */
MUST_USE bool oscal_profile(struct ctx *c, struct arena *a, const struct catalogue *k, str package, str href, str *out,
                            struct err *e);

/* What OSCAL takes for an identifier, made of any text: letters, digits, '.', '-', '_', not beginning with a digit. */
str oscal_token(struct arena *a, str text);
/* A UUID (version 5 in form) that follows from what is named. */
str oscal_uuid(struct arena *a, str name, str within);
/* Whether it can be the value of a prop: one line, no white space at its ends. */
bool oscal_string(str s);

#endif
