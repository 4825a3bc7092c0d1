/* SPDX-License-Identifier: Apache-2.0
 *
 * Distributions and runtimes whose makers no longer publish fixes: no finding there does not mean no flaw.
 */
#ifndef AKASHI_VULN_EOL_H
#define AKASHI_VULN_EOL_H

#include "vuln/finding.h"

/* Adds to scan->ended what of the input has ended by now, each once. */
void end_of_life_find(struct arena *a, struct scan *scan, const struct scan_input *input, int64_t now);
/* The date support ended ("2022-06-30") of a product and the beginning of its version; absent when not known. */
str end_of_life_date(str product, str version);

#endif
