/* SPDX-License-Identifier: Apache-2.0
 *
 * CVSS 2.0, 3.0, 3.1 and 4.0: scores computed from vectors, and the words for them.
 */
#ifndef AKASHI_VULN_CVSS_H
#define AKASHI_VULN_CVSS_H

#include "base/str.h"

enum severity { SEVERITY_UNKNOWN, SEVERITY_NONE, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };

/* Score of a vector: the base score of versions 2 and 3, the CVSS-BTE score of version 4 (which equals its base score
 * when no threat or environmental metric is given). False when it is no complete vector of a known version. */
bool cvss_score(str vector, double *score);
/* "2.0", "3.0", "3.1", "4.0"; absent when it is no CVSS vector. A version 2 vector has no prefix. */
str cvss_version(str vector);
/* Value of a metric ("AV" → "N"); absent when it is not in the vector. */
str cvss_metric(str vector, const char *metric);

/* The qualitative scale of 3.x and 4.0 (2.0 has no CRITICAL of its own; its scores are put on the same scale). */
enum severity severity_of_score(double score);
/* "critical", "IMPORTANT", "Moderate", "low" …: what sources write; SEVERITY_UNKNOWN for other words. */
enum severity severity_of_word(str word);
const char *severity_name(enum severity s); /* "critical" … "unknown": for machines */

#endif
