/* SPDX-License-Identifier: Apache-2.0
 *
 * The schemas of this room's data files (catalogues/shapes), which imported ones are held against too.
 */
#ifndef AKASHI_CONFORM_SHAPE_H
#define AKASHI_CONFORM_SHAPE_H

#include "base/json.h"

/* "catalogue", "map", "choose": one of our own, so an unknown name is our mistake and aborts. */
MUST_USE bool conform_shape(struct ctx *c, struct arena *a, const char *name, const struct json *doc, struct err *e);

#endif
