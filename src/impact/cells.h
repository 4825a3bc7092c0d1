/* SPDX-License-Identifier: Apache-2.0
 *
 * What people type into cells of a sheet or fields of a form, as the rest of the program writes it. What is no other
 * way to write it comes back as it is: whether it is one at all is for whoever reads it next.
 */
#ifndef AKASHI_IMPACT_CELLS_H
#define AKASHI_IMPACT_CELLS_H

#include "base/arena.h"

/* Without blanks at its ends, full-width ones too. */
str cell_trim(str s);
/* Full-width letters, digits and signs, the Japanese comma too, as narrow ones: "２０２６／４" → "2026/4". */
str cell_narrow(struct arena *a, str s);
/* "2026/4/1", "2026.4.1", "2026年4月1日", "令和8年4月1日", "R8.4.1" → "2026-04-01". */
str cell_day(struct arena *a, str s);
/* "4時間", "4 h", "1日12時間" → "PT4H", "P1DT12H". */
str cell_duration(struct arena *a, str s);

#endif
