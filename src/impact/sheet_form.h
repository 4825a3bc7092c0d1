/* SPDX-License-Identifier: Apache-2.0
 *
 * A sheet that was read (things_csv.h), as bytes (base/wire.h): for whoever must not read strangers' sheets itself.
 *
 *     "AkS1"  kind  the fields that have a column (a bit each)
 *             n rows: line  id  and a text for each of those fields
 *             faulty (wide)  n faults: kind  where  what  hint
 */
#ifndef AKASHI_IMPACT_SHEET_FORM_H
#define AKASHI_IMPACT_SHEET_FORM_H

#include "impact/things_csv.h"

void sheet_write(const struct sheet *s, struct buf *out);
/* Texts are borrowed; each is taken again as if it stood in a cell, so that only what is canonical comes through. */
MUST_USE bool sheet_take(struct ctx *c, struct arena *a, str bytes, struct sheet *out, struct err *e);

#endif
