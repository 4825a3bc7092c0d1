/* SPDX-License-Identifier: Apache-2.0
 *
 * What was read of a catalogue in any notation, and of a sheet of what is met, as bytes (base/wire.h), for whoever has
 * them read by another process. What was taken is written as the same bytes again.
 *
 *     "AkC1"  format  JSON of ours
 *     "AkG1"  n rows: line  level + 1  catalogue  id
 */
#ifndef AKASHI_CONFORM_IMPORT_FORM_H
#define AKASHI_CONFORM_IMPORT_FORM_H

#include "conform/gap.h"
#include "conform/import.h"

void import_form_write(const struct catalogue_import *x, struct buf *out);
/* Sets out->format and out->json, which is borrowed: catalogue_read() says whether it is a catalogue. */
MUST_USE bool import_form_take(str bytes, struct catalogue_import *out, struct err *e);

void gap_form_write(const struct hads *v, struct buf *out);
MUST_USE bool gap_form_take(struct arena *a, str bytes, struct hads *out, struct err *e);

#endif
