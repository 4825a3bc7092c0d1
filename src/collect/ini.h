/* SPDX-License-Identifier: Apache-2.0
 *
 * "[section]" and "key = value" lines: Meson wraps, .gitmodules.
 */
#ifndef AKASHI_COLLECT_INI_H
#define AKASHI_COLLECT_INI_H

#include "collect/report.h"

struct ini_line {
    str section, key, value; /* key absent: the section begins here */
    uint32_t line;
};
/* The next section or key of l; section is kept in *out between calls. False at the end. */
bool ini_next(struct lines *l, struct ini_line *out);

#endif
