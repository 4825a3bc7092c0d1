/* SPDX-License-Identifier: Apache-2.0
 *
 * A catalogue as a sheet: a row for each practice, which import reads again (ids, titles, texts, groups; levels and
 * evidence need JSON).
 */
#ifndef AKASHI_CONFORM_EXPORT_H
#define AKASHI_CONFORM_EXPORT_H

#include "conform/catalogue.h"

/* package: only what is in it; absent: all. */
MUST_USE bool catalogue_csv(struct arena *a, const struct catalogue *k, str package, str *out, struct err *e);

#endif
