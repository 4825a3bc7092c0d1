/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of the file "roots".
 */
#ifndef AKASHI_ARCHIVE_ROOTS_H
#define AKASHI_ARCHIVE_ROOTS_H

#include "archive/archive.h"

/* False for a line that says nothing. */
bool root_line_read(str line, struct archive_root *out, bool *drop);
/* It was erased: no longer a root. */
MUST_USE bool root_drop(struct archive *a, const struct body_name *name, struct err *e);

/* The names erased on purpose and not put by hand since. */
MUST_USE bool roots_erased(struct archive *a, struct arena *into, struct map *out, struct err *e);

#endif
