/* SPDX-License-Identifier: Apache-2.0
 *
 * The SPDX licence list. Private to licence.c and licence_text.c.
 */
#ifndef AKASHI_IDENT_LICENCE_LIST_H
#define AKASHI_IDENT_LICENCE_LIST_H

#include "base/str.h"

struct licence_entry {
    const char *id, *name;
    bool deprecated;
};
extern const struct licence_entry licence_entries[], exception_entries[];
extern const size_t licence_entries_n, exception_entries_n;

#endif
