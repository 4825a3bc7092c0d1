/* SPDX-License-Identifier: Apache-2.0
 *
 * How commands of impact say numbers to people.
 */
#ifndef AKASHI_CLI_IMPACT_WORDS_H
#define AKASHI_CLI_IMPACT_WORDS_H

#include "impact/landscape.h"

str grouped(struct arena *a, double n);          /* "1,234,567" */
str people_text(struct arena *a, double people); /* "1,234,567"; "-" for nobody */
str span_text(struct arena *a, int64_t seconds); /* "45 min", "4 h", "3 d 12 h" */
str place_kind_text(enum place_kind k);          /* in the reader's language */

#endif
